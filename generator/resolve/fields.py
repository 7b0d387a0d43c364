"""Fields: of resources, of inputs, of objects and results."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation

from generator.model import Field, Place
from generator.nearest import nearest
from generator.resolve.said import dotted, entries, flag, items, number, pairs, said, text, texts
from generator.specs.nodes import ListNode, MapNode, Node, ScalarNode, plain

EXACT = ("money", "decimal")
TEXTUAL = (*EXACT, "date")
MONEY_PLACES = 2

Enums = Mapping[str, tuple[str, ...]]


def fields(node: Node | None, enums: Enums) -> tuple[Field, ...]:
    """A mapping of field definitions."""
    return tuple(field(key.text, key.place, value, enums) for key, value in pairs(node))


def fields_under(node: Node | None, key: str, enums: Enums) -> tuple[Field, ...]:
    """The mapping of field definitions under `key`."""
    return tuple(field(name.text, name.place, value, enums) for name, value in entries(node, key))


def field(name: str, place: Place, node: Node, enums: Enums) -> Field:
    """One definition, complete: an enum's values are there, decimals are text."""
    record = text(node, "record")
    type_name = "record" if record else text(node, "type") or ""
    enum = text(node, "enum")
    places = places_of(type_name, number(node, "places"))
    unique = said(node, "unique")
    code = unique.text if isinstance(unique, ScalarNode) and isinstance(unique.value, str) else None
    return Field(
        name=name,
        type=type_name,
        place=place,
        description=text(node, "description") or "",
        required=flag(node, "required"),
        nullable=flag(node, "nullable"),
        has_default=isinstance(node, MapNode) and "default" in node.entries,
        default=value(type_name, said(node, "default"), places),
        unique=code is not None or flag(node, "unique"),
        unique_code=code,
        index=flag(node, "index"),
        immutable=flag(node, "immutable") or type_name == "slug",
        sensitive=flag(node, "sensitive"),
        deprecated=flag(node, "deprecated"),
        renamed_from=text(node, "renamed_from"),
        min=limit(type_name, said(node, "min")),
        max=limit(type_name, said(node, "max")),
        min_length=number(node, "min_length"),
        max_length=number(node, "max_length"),
        min_items=number(node, "min_items"),
        max_items=number(node, "max_items"),
        unique_by=text(node, "unique_by"),
        pattern=text(node, "pattern"),
        trim=flag(node, "trim"),
        places=places,
        enum=enum,
        values=texts(node, "values") or _values(enum, enums),
        slug_from=next(iter(dotted(node, "from")), None),
        slug_suffix=flag(node, "suffix"),
        object=text(node, "object"),
        const=plain(const) if (const := said(node, "const")) else None,
        has_const=isinstance(node, MapNode) and "const" in node.entries,
        examples=tuple(value(type_name, item, places) for item in items(said(node, "examples"))),
        record=record,
        state=text(node, "state"),
    )


def _values(enum: str | None, enums: Enums) -> tuple[str, ...]:
    """Those of the shared enum; of a misspelt one those of the one that is probably meant."""
    if enum is None:
        return ()
    return enums[enum] if enum in enums else enums.get(nearest(enum, enums) or "", ())


def places_of(type_name: str, said_places: int | None) -> int | None:
    """The digits after the point: money has two."""
    if type_name == "money":
        return MONEY_PLACES
    return said_places if type_name == "decimal" else None


def limit(type_name: str, node: Node | None) -> str | int | None:
    """A limit: text for decimals and dates, exactly as it was written."""
    if not isinstance(node, ScalarNode):
        return None
    if type_name in TEXTUAL or not isinstance(node.value, int):
        return node.text
    return node.value


def value(type_name: str, node: Node | None, places: int | None) -> object:
    """A value as JSON has it; a decimal is text with all its places."""
    if isinstance(node, ScalarNode) and type_name in EXACT and not isinstance(node.value, bool | None):
        return padded(node.text, places)
    if isinstance(node, ListNode) and type_name == "list":
        return [item.text if isinstance(item, ScalarNode) else plain(item) for item in node.items]
    return plain(node) if node else None


def padded(number_text: str, places: int | None) -> str:
    """`0` → `0.00`; what is no number, or has more places than there are, stays for the rules to judge."""
    try:
        exact = Decimal(number_text)
    except InvalidOperation:
        return number_text
    exponent = exact.as_tuple().exponent
    if places is None or not isinstance(exponent, int) or -exponent > places:
        return number_text
    return f"{exact:.{places}f}"
