"""Success answers: what a call found or made, as a response. Headers that every answer has come in `server.py`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import msgspec
from sanic.response import HTTPResponse

from runtime.fieldvalues import dump_datetime

JSON = "application/json"

_encoder = msgspec.json.Encoder()


def text(body: str, status: int = 200, headers: dict[str, str] | None = None) -> HTTPResponse:
    """JSON text that the database wrote."""
    return HTTPResponse(body, status, headers, JSON)


def members(
    values: Mapping[str, object], texts: Mapping[str, str], status: int = 200, headers: dict[str, str] | None = None
) -> HTTPResponse:
    """An object of values, and of JSON text that the database wrote where `texts` has some by the member's name."""
    raw = {name: msgspec.Raw(each.encode()) for name, each in texts.items()}
    whole = {name: raw.get(name, item) for name, item in values.items()}
    return HTTPResponse(encoded(whole), status, headers, JSON)


def value(result: object, status: int, headers: dict[str, str] | None = None) -> HTTPResponse:
    """A result as JSON; None as an answer without a body."""
    if result is None:
        return empty(status)
    return HTTPResponse(encoded(result), status, headers, JSON)


def empty(status: int = 204) -> HTTPResponse:
    """No body at all."""
    return HTTPResponse(None, status, None, None)


def encoded(result: object) -> bytes:
    """JSON as the reads write it: decimals and instants as strings, in full."""
    return _encoder.encode(plain(result))


def names_of(result: object) -> tuple[str, ...]:
    """The members of a dataclass, in order."""
    return tuple(each.name for each in fields(result)) if is_dataclass(result) else ()


def plain(result: object) -> Any:
    """Dataclasses, mappings and sequences of values → what JSON knows."""
    if is_dataclass(result):
        return {each.name: plain(getattr(result, each.name)) for each in fields(result)}
    if isinstance(result, Mapping):
        return {str(name): plain(item) for name, item in result.items()}
    if isinstance(result, list | tuple):
        return [plain(item) for item in result]
    for kind, show in SHOWN:
        if isinstance(result, kind):
            return show(result)
    return result


SHOWN: tuple[tuple[type, Any], ...] = (
    (datetime, dump_datetime),
    (date, date.isoformat),
    (Decimal, lambda exact: format(exact, "f")),
    (UUID, str),
)
