"""A client in Python, made by openapi-python-client: strictly typed, complete, and good for all of a purchase."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path

import pytest

from tests.clients.tools import BIN, HERE, run
from tests.support.servers import Server

PACKAGE = "marketplace_client"
# The generated client hands what it was given as `*args: object` to the typed `__exit__` of httpx.
TYPES = f"[mypy]\nstrict = true\n[mypy-{PACKAGE}.client]\ndisable_error_code = arg-type\n"


@pytest.fixture(scope="module")
def folder(fetched: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the client is, and what walks with it."""
    made = tmp_path_factory.mktemp("python")
    words = ("generate", "--path", fetched, "--output-path", PACKAGE, "--meta=none", "--fail-on-warning")
    said = run(BIN / "openapi-python-client", *words, f"--config={HERE / 'openapi-python-client.yaml'}", inside=made)
    assert "warning" not in said.lower(), said
    shutil.copy(HERE / "walk.py", made)
    return made


def test_every_operation_is_in_it(folder: Path, operations: set[str]) -> None:
    assert {each.stem for each in (folder / PACKAGE / "api").glob("*/[!_]*.py")} == operations


def test_it_is_strictly_typed_and_so_is_its_use(folder: Path) -> None:
    (folder / "mypy.ini").write_text(TYPES)
    run(BIN / "mypy", "--config-file=mypy.ini", PACKAGE, "walk.py", inside=folder)


def test_it_walks_from_register_to_a_verified_review(folder: Path, server: Server, picture: Path) -> None:
    said = json.loads(run(sys.executable, "walk.py", server.url, picture, inside=folder))
    assert said == {"status": "delivered", "paid": "paid", "total": "75.00", "pictures": 1, "verified": True}
