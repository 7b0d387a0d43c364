"""The `Link` header of a page (RFC 8288): its neighbours, as references relative to the server.

Built from the path and the query alone, never from a header that the client could have made up.
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

from runtime.reads.assembly import ListRow
from runtime.reads.cursors import write_cursor
from runtime.reads.query import ReadPlan

_PATH_SAFE = "/%:@!$&'()*+,;=-._~"


def link_header(path: str, plan: ReadPlan, row: ListRow) -> str:
    """`<…>; rel="first", <…>; rel="prev", <…>; rel="next"` of one page; `path` is percent-encoded already."""
    path = quote(path, safe=_PATH_SAFE)
    positions = _by_cursor(plan, row) if plan.page is None else _by_number(plan.page, row.more)
    return ", ".join(f'<{_reference(path, plan.others, position)}>; rel="{name}"' for name, position in positions)


def _reference(path: str, others: str, position: str) -> str:
    query = "&".join(filter(None, (others, position)))
    return f"{path}?{query}" if query else path


def _by_number(page: int, more: bool) -> Iterator[tuple[str, str]]:
    yield "first", "page=1"
    if page > 1:
        yield "prev", f"page={page - 1}"
    if more:
        yield "next", f"page={page + 1}"


def _by_cursor(plan: ReadPlan, row: ListRow) -> Iterator[tuple[str, str]]:
    """Read backwards, the row next to the cursor is the page's last, and a further row is one before the page."""
    yield "first", ""
    shape = plan.shape
    far = row.far if row.more else None
    before, after = (far, row.near) if shape.backward else (row.near if shape.cursor else None, far)
    for name, end in (("prev", before), ("next", after)):
        cursor = write_cursor(shape.order, end, backward=name == "prev") if end else None
        if cursor is not None:
            yield name, f"cursor={cursor}"
