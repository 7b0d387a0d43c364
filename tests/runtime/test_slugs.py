"""Slugs."""

from __future__ import annotations

import re

import pytest

from runtime.calls.slugs import MAX_LENGTH, made


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Walnut desk, 3 feet", "walnut-desk-3-feet"),
        ("Café Crème", "cafe-creme"),
        ("Łódź – Straße Ørsted", "lodz-strasse-orsted"),
        ("--a  b--", "a-b"),
        ("ﬁne", "fine"),
        ("x" * 500, "x" * MAX_LENGTH),
        ("a" * (MAX_LENGTH - 1) + " b", "a" * (MAX_LENGTH - 1)),
    ],
)
def test_from_a_name(name: str, slug: str) -> None:
    assert made(name, suffix=False) == slug
    assert re.fullmatch(re.escape(slug) + "-[0-9a-f]{8}", made(name, suffix=True))


@pytest.mark.parametrize("name", ["日本", "!!!", "́"])
def test_where_nothing_is_left_of_the_name(name: str) -> None:
    assert re.fullmatch("[0-9a-f]{8}", made(name, suffix=False))
