"""The name that was probably meant."""

from __future__ import annotations

import difflib
from collections.abc import Iterable


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The one of `known` that looks most like `name`; None where none does."""
    candidates = sorted(set(known))
    folded = {each.lower(): each for each in candidates}
    if name.lower() in folded:
        return folded[name.lower()]
    found = difflib.get_close_matches(name, candidates, n=1, cutoff=0.6)
    return found[0] if found else None


def did_you_mean(name: str, known: Iterable[str]) -> str | None:
    """A hint with the nearest name; with few names and none near, all of them."""
    candidates = sorted(set(known))
    found = nearest(name, candidates)
    if found:
        return f"Did you mean '{found}'?"
    if len(candidates) == 1:
        return f"there is only '{candidates[0]}'"
    return f"there are {listed(candidates, 'and')}" if 0 < len(candidates) <= 8 else None


def listed(names: list[str], word: str) -> str:
    """`'a', 'b' and 'c'`"""
    quoted = [f"'{each}'" for each in names]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} {word} {quoted[-1]}"
