"""Values as specs write them → SQL literals of the columns that store them."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from decimal import Decimal

from generator.migrations.tables import Both
from generator.model import Field


def places_of(field: Field) -> int:
    """How many digits after the point a field's stored number has."""
    return field.places or 0


def literal(field: Field, value: object) -> Both:
    """A value as the spec writes it, as SQL of the type that stores it."""
    return LITERALS.get(field.type, _text)(field, value)


def _text(_: Field, value: object) -> Both:
    return Both.same(quoted(str(value)))


def _whole(_: Field, value: object) -> Both:
    return Both.same(str(value))


def _scaled(field: Field, value: object) -> Both:
    return Both.same(str(int(Decimal(str(value)).scaleb(places_of(field)))))


def _truth(_: Field, value: object) -> Both:
    return Both("true", "1") if value else Both("false", "0")


def _instant(_: Field, value: object) -> Both:
    moment = dt.datetime.fromisoformat(str(value)).astimezone(dt.UTC)
    return Both.same(quoted(moment.strftime("%Y-%m-%dT%H:%M:%S.%fZ")))


def _list(_: Field, value: object) -> Both:
    items = [str(item) for item in value] if isinstance(value, list | tuple) else [str(value)]
    array = f"ARRAY[{', '.join(map(quoted, items))}]::text[]" if items else "'{}'"
    return Both(array, quoted(_json(items)))


def _object(_: Field, value: object) -> Both:
    return Both.same(quoted(_json(value)))


LITERALS: dict[str, Callable[[Field, object], Both]] = {
    "integer": _whole,
    "counter": _whole,
    "money": _scaled,
    "decimal": _scaled,
    "boolean": _truth,
    "datetime": _instant,
    "list": _list,
    "object": _object,
}


def quoted(text: str) -> str:
    """A text literal of both dialects."""
    return "'" + text.replace("'", "''") + "'"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
