"""The query of a list request → a frozen plan: what to read, in which order, from where on.

Pure: knows neither the server nor the database. Names that a list does not know are ignored; of those it knows, every
bad value is named at once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from runtime.errors import Errors, invalid
from runtime.fieldtypes import FIELD_TYPES, Bounds
from runtime.http.percent import decoded
from runtime.reads import cursors
from runtime.reads.cursors import Order
from runtime.reads.reads import Bind, Filter, ListRead, Shape

Pairs = Sequence[tuple[str, str]]

INTEGER_MAX = 2**63 - 1
PAGE_MAX = 2**53 - 1  # what every JSON reader keeps exact
SEARCH_MAX = 200
VALUES_MAX = 100
KEPT_PLANS = 1000


@dataclass(frozen=True, slots=True)
class ReadPlan:
    """A request for a page, understood.

    `values` are the statement's parameters by name. `page` is the number that was asked for; None means that the
    page's neighbours are found by cursor. `others` is what a link to a neighbour repeats: the query without its
    position, encoded.
    """

    shape: Shape
    values: Mapping[str, Any]
    page: int | None
    others: str


@dataclass(slots=True)
class Plans:
    """Plans of queries that were asked before. Bounded: the oldest goes."""

    limit: int = KEPT_PLANS
    kept: dict[tuple[int, str], tuple[ListRead, ReadPlan]] = field(default_factory=dict)

    def plan(self, read: ListRead, query: str) -> ReadPlan:
        """The plan of a raw query string."""
        known = self.kept.get((id(read), query))
        if known is not None:
            return known[1]
        plan = plan_read(read, query)
        if len(self.kept) >= self.limit:
            del self.kept[next(iter(self.kept))]
        self.kept[id(read), query] = (read, plan)
        return plan


def plan_read(read: ListRead, query: str) -> ReadPlan:
    """Plan a raw query string; a 400 with all its faults otherwise."""
    errors: Errors = {}
    return _Reader(read, pairs_of(query, errors), errors).plan()


def check_text(query: str) -> None:
    """A 400 for a query whose text nobody may send, where nothing in it is understood."""
    errors: Errors = {}
    pairs_of(query, errors)
    if errors:
        raise invalid(errors)


def pairs_of(query: str, errors: Errors) -> list[tuple[str, str]]:
    """The pairs of a form-encoded query, decoded strictly; faults go to `errors` under the pair's name."""
    pairs = []
    for piece in filter(None, query.split("&")):
        name, _, value = piece.replace("+", " ").partition("=")
        try:
            pair = (_text(name), _text(value))
        except ValueError as fault:
            errors.setdefault(_printable(name), []).append(str(fault))
        else:
            pairs.append(pair)
    return pairs


def _text(encoded: str) -> str:
    text = decoded(encoded)
    if "\x00" in text:
        raise ValueError("must not contain the NUL character")
    return text


def _printable(name: str) -> str:
    return name.encode("ascii", "replace").decode("ascii")[:100] or "query"


class _Reader:
    """Reads one query's pairs against one list."""

    def __init__(self, read: ListRead, pairs: Pairs, errors: Errors) -> None:
        self.read = read
        self.pairs = pairs
        self.errors = errors
        self.given: dict[str, list[str]] = {}
        for name, value in pairs:
            self.given.setdefault(name, []).append(value)

    def plan(self) -> ReadPlan:
        read = self.read
        values: dict[str, Any] = {}
        filters = tuple(each.name for each in read.filters if self._filter(each, values))
        search = self._search(values)
        order: Order | None = self._single("ordering", self._order) if self._sortable() else None
        order = _default_order(read) if order is None else order
        size: int = self._single("page_size", self._page_size) or read.pages.default
        page = self._single("page", self._page)
        exact = bool(self._single("count", _exact))
        cursor = self._single("cursor", self._cursor) if read.pages.cursor else None
        if self.errors:
            raise invalid(self.errors)
        if cursor is not None:
            order, page = cursor.order, None
            values |= cursor.values
        by_cursor = read.pages.cursor and page is None
        if page is not None and page > 1:
            values["offset"] = (page - 1) * size
        pages = read.pages
        if size != pages.default:
            values["size"] = size
        shape = Shape(
            order=order,
            size=pages.default if size <= pages.default else pages.max,
            sized=size != pages.default,
            filters=filters,
            search=search,
            offset="offset" in values,
            cursor=cursor.nulls if cursor is not None else None,
            backward=cursor.backward if cursor is not None else False,
            keys=by_cursor,
            count=exact,
        )
        return ReadPlan(shape, values, None if by_cursor else page or 1, self._others())

    def _single(self, name: str, parse: Callable[[str], Any]) -> Any:
        """The value of a parameter that may be given once; None when it is absent or wrong."""
        texts = self.given.get(name)
        if texts is None:
            return None
        if len(texts) > 1:
            return self._wrong(name, "must be given once")
        return self._parsed(name, texts[0], parse)

    def _parsed(self, name: str, text: str, parse: Callable[[str], Any]) -> Any:
        try:
            return parse(text)
        except ValueError as fault:
            return self._wrong(name, str(fault))

    def _wrong(self, name: str, message: str) -> None:
        messages = self.errors.setdefault(name, [])
        if message not in messages:
            messages.append(message)

    def _page(self, text: str) -> int:
        most = min(PAGE_MAX, INTEGER_MAX // self.read.pages.max)
        return int(FIELD_TYPES["integer"].parse(text, Bounds(min=1, max=most)))

    def _page_size(self, text: str) -> int:
        return int(FIELD_TYPES["integer"].parse(text, Bounds(min=1, max=self.read.pages.max)))

    def _sortable(self) -> bool:
        return any(each.offered for each in self.read.sorts)

    def _order(self, text: str) -> Order:
        """`-price,name`; a name that comes again decides nothing any more."""
        offered = [each.name for each in self.read.sorts if each.offered]
        order: dict[str, bool] = {}
        for step in text.split(","):
            name = step.removeprefix("-")
            if name not in offered:
                raise ValueError(f"must name some of {', '.join(offered)}, each perhaps with a minus before it")
            order.setdefault(name, step.startswith("-"))
        return tuple(order.items())

    def _search(self, values: dict[str, Any]) -> bool:
        words = self._single("search", _words) if self.read.search is not None else None
        if not words:
            return False
        # Which of the two the statement binds depends on the database.
        values["search_patterns"] = [f"%{_escaped(word)}%" for word in words]
        values["search_words"] = [word.lower() for word in words]
        return True

    def _filter(self, filter: Filter, values: dict[str, Any]) -> bool:
        """Whether the filter narrows anything; its values are in `values` then."""
        texts = self.given.get(filter.name)
        if texts is None:
            return False
        if not filter.many and len(texts) > 1:
            self._wrong(filter.name, "must be given once")
            return False
        if filter.separator is not None:
            texts = [part for text in texts for part in text.split(filter.separator)]
        if len(texts) > VALUES_MAX:
            self._wrong(filter.name, f"must have at most {VALUES_MAX} values")
            return False
        named = [text for text in texts if text != filter.any]
        if len(named) < len(texts):
            values = {}  # the others must be right, too
        self._bind(filter, named, values)
        return len(named) == len(texts)

    def _bind(self, filter: Filter, texts: list[str], values: dict[str, Any]) -> None:
        found: dict[str, list[Any]] = {bind.name: [] for bind in filter.binds}
        for text in texts:
            faults = [_read_into(found[bind.name], bind, text) for bind in filter.binds]
            if all(faults):
                self._wrong(filter.name, str(faults[0]))
        for name, items in found.items():
            values[name] = items if filter.many or not items else items[0]

    def _cursor(self, text: str) -> cursors.Cursor:
        return cursors.read_cursor(text, self.read)

    def _others(self) -> str:
        position = ("page", "cursor") if self.read.pages.cursor else ("page",)
        return urlencode([pair for pair in self.pairs if pair[0] not in position])


def _read_into(found: list[Any], bind: Bind, text: str) -> str | None:
    """Add the value of `text` to `found`, or say what is wrong with it."""
    try:
        found.append(value_of(bind, text))
    except ValueError as fault:
        return str(fault)
    return None


def value_of(bind: Bind, text: str) -> Any:
    """The value that is bound for `text`: as it is stored, so decimals become scaled integers."""
    least = 1 if bind.type == "id" else None
    value = FIELD_TYPES[bind.type].parse(text, Bounds(min=least, places=bind.places, values=bind.values))
    if not isinstance(value, Decimal):
        return value
    scaled = int(value.scaleb(2 if bind.places is None else bind.places))
    if abs(scaled) > INTEGER_MAX:
        raise ValueError("is out of range")
    return scaled


def _default_order(read: ListRead) -> Order:
    return tuple((name.removeprefix("-"), name.startswith("-")) for name in read.default_sort)


def _exact(text: str) -> bool:
    if text != "exact":
        raise ValueError("must be exact")
    return True


def _words(text: str) -> list[str]:
    if len(text) > SEARCH_MAX:
        raise ValueError(f"must have at most {SEARCH_MAX} characters")
    return list(dict.fromkeys(text.split()))


def _escaped(word: str) -> str:
    """The word as part of a LIKE pattern, its own signs plain."""
    return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
