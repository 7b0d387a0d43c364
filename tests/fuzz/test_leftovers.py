"""What of a footprint is complained of."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.fuzz.leftovers import MEMORY, Footprint, leftovers

BEFORE = Footprint(80 * 2**20, 15, 0, 2, frozenset(), 1, 0, "Nothing to mend: every file has its row.")
POOL = 5


def test_what_grew_within_its_limits_is_no_leftover() -> None:
    after = replace(BEFORE, memory=BEFORE.memory + MEMORY, descriptors=19, connections=4, backends=5)
    assert not leftovers(BEFORE, after, POOL)


@pytest.mark.parametrize(
    "grown",
    [
        {"memory": BEFORE.memory + MEMORY + 1},
        {"descriptors": 16},
        {"connections": 1},
        {"tasks": 3},
        {"temporary": frozenset({"/tmp/upload"})},
        {"backends": 6},
        {"in_transaction": 1},
        {"astray": "Files that no row names: 1."},
    ],
)
def test_whatever_grew_beyond_is_told(grown: dict[str, Any]) -> None:
    assert len(leftovers(BEFORE, replace(BEFORE, **grown), POOL)) == 1
