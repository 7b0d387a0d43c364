# Generated from spec/book.yaml by `agora build`; do not edit.
"""What must hold of every Book."""

from __future__ import annotations

from generated.models.book import Book
from runtime.call import Invariant


def old_books_are_free(record: Book) -> bool:
    """year is null or year >= 1800 or fee == 0"""
    return record.year is None or record.year >= 1800 or record.fee == 0


INVARIANTS = (
    Invariant("old_books_are_free", old_books_are_free, on="fee", message="A book from before 1800 costs nothing."),
)
