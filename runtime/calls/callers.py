"""The caller's row in Python's own values: an amount is stored as a whole number, SQLite's dates are text."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from runtime import columns
from runtime.application import ActorSource
from runtime.fieldtypes import FIELD_TYPES

Reader = Callable[[Any], Any]


def readers(source: ActorSource | None) -> tuple[tuple[str, Reader], ...]:
    """What makes Python's values of stored ones, for the columns that need it; the rest is left as it is."""
    if source is None:
        return ()
    return tuple((name, _column(kind, source.places.get(name)).to_python_value) for name, kind in source.types.items())


def _column(kind: str, places: int | None) -> Any:
    """The column that reads a field of this type."""
    made = getattr(columns, FIELD_TYPES[kind].column)
    return made() if places is None else made(places)
