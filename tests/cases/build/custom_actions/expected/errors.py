# Generated from spec/ by `agora build`; do not edit.
"""The errors that the specs declare. A hook raises those of its own action."""

from __future__ import annotations

from datetime import date

from runtime.errors import Problem


class Lent(Problem):
    """409 LENT: Somebody else has the book."""

    def __init__(self, *, back_on: date | None) -> None:
        super().__init__(409, "LENT", "Somebody else has the book.", members={"back_on": back_on})
