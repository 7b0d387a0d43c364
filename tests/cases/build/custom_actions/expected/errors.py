# Generated from spec/ by `agora build`; do not edit.
"""The errors that the specs declare. A hook raises those of its own action."""

from __future__ import annotations

from datetime import date

from generated.inputs import _shared as shared
from generated.inputs import book as book_inputs
from runtime.errors import Problem


class Lent(Problem):
    """409 LENT: Somebody else has the book."""

    def __init__(self, *, back_on: date | None) -> None:
        super().__init__(409, "LENT", "Somebody else has the book.", members={"back_on": back_on})


class TooLate(Problem):
    """409 TOO_LATE: Something is overdue."""

    def __init__(self, *, receipts: list[shared.Receipt]) -> None:
        super().__init__(409, "TOO_LATE", "Something is overdue.", members={"receipts": receipts})


class UnknownTitles(Problem):
    """409 UNKNOWN_TITLES: There are no such books."""

    def __init__(self, *, wishes: list[book_inputs.Wish]) -> None:
        super().__init__(409, "UNKNOWN_TITLES", "There are no such books.", members={"wishes": wishes})
