# Generated from spec/word.yaml by `agora build`; do not edit.
"""The table of Word as the ORM sees it."""

from __future__ import annotations

from runtime import columns
from runtime.records import Record


class Word(Record):
    """A word and what it means."""

    id = columns.IdColumn(primary_key=True)
    text = columns.TextColumn()
    meaning = columns.TextColumn(default="")

    class Meta:
        """The table."""

        table = "word"
