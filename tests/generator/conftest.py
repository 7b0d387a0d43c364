"""Goldens are only rewritten when somebody says so."""

from __future__ import annotations

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """`pytest tests/generator --update-goldens`"""
    parser.addoption("--update-goldens", action="store_true", help="rewrite the expected outputs of golden cases")


@pytest.fixture
def update_goldens(request: pytest.FixtureRequest) -> bool:
    """Whether expected outputs are rewritten instead of compared."""
    return bool(request.config.getoption("--update-goldens", default=False))
