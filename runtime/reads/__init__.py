"""Compiled reads: their data, their assembly, and the plan of a request for them."""

from runtime.reads.reads import (
    AskRead,
    Bind,
    Filter,
    Guard,
    GuardRead,
    ItemRead,
    ListRead,
    Pages,
    RecordRead,
    Shape,
    SortKey,
)

__all__ = [
    "AskRead",
    "Bind",
    "Filter",
    "Guard",
    "GuardRead",
    "ItemRead",
    "ListRead",
    "Pages",
    "RecordRead",
    "Shape",
    "SortKey",
]
