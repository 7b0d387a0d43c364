"""How the values of each field type are read from text and JSON, and written to JSON.

Every reader raises ValueError with a message for the client. Lengths count characters. Decimals are exact: they come
from text or from `Decimal`, never through a binary float.
"""

from __future__ import annotations

import datetime as dt
import json
import re
import uuid
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from runtime.fieldtypes import Limits

TRUE = frozenset({"true", "1", "yes", "on"})
FALSE = frozenset({"false", "0", "no", "off"})
INTEGER = re.compile(r"[+-]?[0-9]{1,40}")
DECIMAL = re.compile(r"[+-]?(?:[0-9]{1,20}(?:\.[0-9]{0,20})?|\.[0-9]{1,20})")
DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
INSTANT = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})[Tt ]([0-9]{2}:[0-9]{2}:[0-9]{2})(?:\.([0-9]{1,9}))?([Zz]|[+-][0-9]{2}:[0-9]{2})"
)


def same(value: Any, _: Limits | None = None) -> Any:
    """The JSON value is the Python value."""
    return value


# --- text -------------------------------------------------------------------------------------


# White space to every dialect of regular expressions. Python's own strip() takes control characters too, which a
# schema's `\s` does not know in all of them: text that the schema takes for some would be nothing afterwards.
WHITE = (
    "\t\n\v\f\r \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000"
)


def convert_text(value: str, limits: Limits) -> str:
    """Trimmed where the field says so; its length is checked again afterwards."""
    return _within_length(value.strip(WHITE), limits) if limits.trim else value


def parse_text(text: str, limits: Limits) -> str:
    """Text of a query or form, under the limits that a schema would have checked."""
    value = _within_length(text.strip(WHITE) if limits.trim else text, limits)
    if "\x00" in value:
        raise ValueError("must not contain the NUL character")
    if limits.pattern is not None and not re.fullmatch(limits.pattern, value):
        raise ValueError("has the wrong form")
    return value


def _within_length(value: str, limits: Limits) -> str:
    if limits.min_length is not None and len(value) < limits.min_length:
        raise ValueError(f"must have at least {_characters(limits.min_length)}")
    if limits.max_length is not None and len(value) > limits.max_length:
        raise ValueError(f"must have at most {_characters(limits.max_length)}")
    return value


def _characters(count: int) -> str:
    return f"{count} character" + ("" if count == 1 else "s")


def parse_email(text: str, _: Limits) -> str:
    """Addresses are compared without regard to case, so they are kept in lower case."""
    return text.strip().lower()


def parse_enum(text: str, limits: Limits) -> str:
    """One of the values, exactly."""
    if text not in limits.values:
        raise ValueError("must be one of " + ", ".join(limits.values))
    return text


# --- numbers ----------------------------------------------------------------------------------


def parse_integer(text: str, limits: Limits) -> int:
    """A whole number in decimal digits, within 63 bits and the field's limits."""
    if not INTEGER.fullmatch(text.strip()):
        raise ValueError("must be a whole number")
    return _within_range(int(text), limits)


def convert_integer(value: int | Decimal | float, limits: Limits) -> int:
    """A JSON number without a fraction (`1.0` is one)."""
    if isinstance(value, bool) or value != int(value):
        raise ValueError("must be a whole number")
    return _within_range(int(value), limits)


def _within_range(value: int, limits: Limits) -> int:
    low = -(2**63) if limits.min is None else int(limits.min)
    high = 2**63 - 1 if limits.max is None else int(limits.max)
    if value < low:
        raise ValueError(f"must be at least {low}")
    if value > high:
        raise ValueError(f"must be at most {high}")
    return value


def places_of(limits: Limits) -> int:
    """Decimal places of a decimal type; money has two."""
    return 2 if limits.places is None else limits.places


def decimal_pattern(limits: Limits, places: int) -> str:
    """What a decimal string looks like, as far as a pattern can say it: the usual limits exactly."""
    low, high = (None if each is None else Decimal(str(each)) for each in (limits.min, limits.max))
    sign = "" if low is not None and low >= 0 else "-?"
    fraction = rf"(?:\.[0-9]{{1,{places}}})?" if places else ""
    not_zero = r"(?!0+(?:\.0+)?$)" if low == Decimal(1).scaleb(-places) else ""
    if sign or high is None or high < 10 or high != Decimal(10) ** high.adjusted():
        digits = 16 if high is None else len(str(int(abs(high))))
        return rf"^{not_zero}{sign}[0-9]{{1,{digits}}}{fraction}$"
    # Up to a power of ten: all numbers with fewer digits, and the power itself.
    nothing_more = rf"(?:\.0{{1,{places}}})?" if places else ""
    return rf"^{not_zero}(?:[0-9]{{1,{high.adjusted()}}}{fraction}|{int(high)}{nothing_more})$"


def parse_decimal(text: str, limits: Limits) -> Decimal:
    """A decimal number as text, exact, under the field's limits."""
    if not DECIMAL.fullmatch(text.strip()):
        raise ValueError("must be a decimal number")
    return _within_decimal(Decimal(text.strip()), limits)


def convert_decimal(value: str | int | float | Decimal, limits: Limits) -> Decimal:
    """A JSON string or number; more decimal places than the field has are a fault, not rounded away."""
    if isinstance(value, bool):
        raise ValueError("must be a decimal number")
    try:
        exact = Decimal(str(value))
    except InvalidOperation:
        raise ValueError("must be a decimal number") from None
    return _within_decimal(exact, limits)


def _within_decimal(value: Decimal, limits: Limits) -> Decimal:
    places = places_of(limits)
    exponent = value.as_tuple().exponent
    if not isinstance(exponent, int) or value.adjusted() > 17:
        raise ValueError("is out of range")
    if value != round(value, places):
        raise ValueError(f"must have at most {places} decimal places")
    if limits.min is not None and value < Decimal(str(limits.min)):
        raise ValueError(f"must be at least {limits.min}")
    if limits.max is not None and value > Decimal(str(limits.max)):
        raise ValueError(f"must be at most {limits.max}")
    return round(value, places)


def dump_decimal(value: Decimal, limits: Limits) -> str:
    """A decimal string with all its places: `"19.90"`."""
    return format(value, f".{places_of(limits)}f")


# --- times ------------------------------------------------------------------------------------


def parse_date(text: str, limits: Limits) -> dt.date:
    """A calendar date of RFC 3339, `2026-01-31`."""
    try:
        value = dt.date.fromisoformat(text) if DATE.fullmatch(text) else None
    except ValueError:
        value = None
    if value is None:
        raise ValueError("must be a date such as 2026-01-31")
    if limits.min is not None and value.isoformat() < str(limits.min):
        raise ValueError(f"must not be before {limits.min}")
    if limits.max is not None and value.isoformat() > str(limits.max):
        raise ValueError(f"must not be after {limits.max}")
    return value


def parse_datetime(text: str, _: Limits) -> dt.datetime:
    """An instant of RFC 3339 with its offset, in UTC; digits past the microsecond are dropped."""
    match = INSTANT.fullmatch(text)
    try:
        if match is None:
            raise ValueError
        text = f"{match[1]}T{match[2]}.{match[3] or 0}{match[4].upper()}"
        return dt.datetime.fromisoformat(text).astimezone(dt.UTC)
    except (ValueError, OverflowError):
        raise ValueError("must be a time such as 2026-01-31T12:00:00Z") from None


def dump_datetime(value: dt.datetime, _: Limits | None = None) -> str:
    """RFC 3339 in UTC with six digits: the same text that the compiled reads write."""
    return value.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ").rjust(27, "0")


def dump_date(value: dt.date, _: Limits | None = None) -> str:
    """RFC 3339 full-date."""
    return value.isoformat()


# --- the rest ---------------------------------------------------------------------------------


def parse_boolean(text: str, _: Limits) -> bool:
    """true/false, 1/0, yes/no, on/off, in any case."""
    word = text.strip().lower()
    if word not in TRUE and word not in FALSE:
        raise ValueError("must be true or false")
    return word in TRUE


def parse_uuid(text: str, _: Limits) -> uuid.UUID:
    """A UUID in its usual form with hyphens."""
    if not re.fullmatch(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}", text):
        raise ValueError("must be a UUID")
    return uuid.UUID(text)


def dump_uuid(value: uuid.UUID, _: Limits | None = None) -> str:
    """Lower case with hyphens."""
    return str(value)


def parse_list(text: str, limits: Limits) -> list[str]:
    """A JSON array of strings in one string, or one item."""
    if not text.lstrip().startswith("["):
        return convert_list([text], limits)
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        raise ValueError("must be a JSON array of strings") from None
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise ValueError("must be a JSON array of strings")
    return convert_list(value, limits)


def convert_list(value: list[str], limits: Limits) -> list[str]:
    """Strings under the list's limits."""
    if limits.max_items is not None and len(value) > limits.max_items:
        raise ValueError(f"must have at most {limits.max_items} items")
    for item in value:
        _within_length(item, limits)
        if "\x00" in item:
            raise ValueError("must not contain the NUL character")
    return value


def parse_object(text: str, _: Limits) -> dict[str, Any]:
    """A JSON object in one string."""
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        value = None
    if not isinstance(value, dict):
        raise ValueError("must be a JSON object")
    return value


def parse_objects(text: str, limits: Limits) -> list[dict[str, Any]]:
    """A JSON array of objects in one string."""
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        value = None
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        raise ValueError("must be a JSON array of objects")
    if limits.max_items is not None and len(value) > limits.max_items:
        raise ValueError(f"must have at most {limits.max_items} items")
    return value
