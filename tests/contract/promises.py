"""The table of promises, as it stands in promises.md."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

TABLE = Path(__file__).with_name("promises.md")
HEADING = re.compile(r"## (\d)\. (.+)")
PROMISE = re.compile(r"- \*\*(\d\.\d\d)\*\* (.+\.)")


@cache
def promises() -> dict[str, str]:
    """Every promise by its number."""
    found: dict[str, str] = {}
    for line in _lines():
        if line.startswith("- "):
            matched = PROMISE.fullmatch(line)
            assert matched, f"{TABLE.name}: no promise: {line}"
            assert matched[1] > max(found, default=""), f"{TABLE.name}: {matched[1]} is not in its place"
            found[matched[1]] = matched[2]
    return found


@cache
def sections() -> dict[str, str]:
    """The headings by the digit that their promises begin with."""
    return {matched[1]: matched[2] for line in _lines() if (matched := HEADING.fullmatch(line))}


def _lines() -> list[str]:
    return TABLE.read_text(encoding="utf-8").splitlines()
