"""How the peers write their answers: decimals as strings, times as the API writes them."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import msgspec
from tortoise.models import Model


def show(value: object) -> object:
    """What the encoder does not know: decimals as strings."""
    if isinstance(value, Decimal):
        return str(value)
    raise TypeError(type(value))


encode = msgspec.json.Encoder(enc_hook=show).encode


def when(value: dt.datetime) -> str:
    """RFC 3339 with six digits."""
    return value.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def when_known(value: dt.datetime | None) -> str | None:
    """The same of what may not have happened yet."""
    return None if value is None else when(value)


def plain(record: Model, *names: str) -> dict[str, Any]:
    """Columns as they are."""
    return {name: getattr(record, name) for name in names}
