"""Compiled reads: their data, their assembly, and the plan of a request for them."""

from runtime.reads.reads import Bind, Filter, GuardRead, ItemRead, ListRead, Pages, RecordRead, Shape, SortKey

__all__ = [
    "Bind",
    "Filter",
    "GuardRead",
    "ItemRead",
    "ListRead",
    "Pages",
    "RecordRead",
    "Shape",
    "SortKey",
]
