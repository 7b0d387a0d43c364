"""Strict JSON: what RFC 8259 leaves to the reader is refused here, so that two readers never disagree about a body.

UTF-8 only; a byte order mark is skipped. NaN, Infinity, duplicate names, lone surrogates, NUL characters, deep nesting
and numbers of absurd size are faults. Numbers with a point or an exponent become `Decimal`, from their literal text.
"""

from __future__ import annotations

import codecs
import json
import re
from decimal import Decimal
from typing import Any, NoReturn

from runtime.errors import Errors, invalid, malformed

MAX_DEPTH = 32
MAX_DIGITS = 100
MAX_EXPONENT = 400

_SURROGATE = re.compile("[\ud800-\udfff]")
_OPENING = re.compile(r"[\[{]")


class _Refused(Exception):
    """The text is no JSON that is accepted here; the message says why."""


def read_json(body: bytes) -> Any:
    """The value in `body`. Raises a 400 problem when there is none, or when its text cannot be trusted."""
    text = _decoded(body)
    try:
        value = _DECODER.decode(text)
    except _Refused as refused:
        raise malformed(f"The body is not acceptable JSON: {refused}") from None
    except RecursionError:
        raise malformed(f"The body is nested more than {MAX_DEPTH} deep.") from None
    except ValueError as fault:
        raise malformed(f"The body is not JSON: {_position(fault)}") from None
    _inspect(value, text)
    return value


def _decoded(body: bytes) -> str:
    if not body.strip():
        raise malformed("The body is empty; JSON is needed.")
    try:
        return body.removeprefix(codecs.BOM_UTF8).decode("utf-8")
    except UnicodeDecodeError:
        raise malformed("The body is not UTF-8.") from None


def _position(fault: ValueError) -> str:
    if isinstance(fault, json.JSONDecodeError):
        return f"{fault.msg} at line {fault.lineno}, column {fault.colno}."
    return "a number cannot be read."


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise _Refused(f"the member {json.dumps(twice)} occurs twice.")
    return members


def _integer(literal: str) -> int:
    if len(literal) > MAX_DIGITS:
        raise _Refused("a number has too many digits.")
    return int(literal)


def _decimal(literal: str) -> Decimal:
    mantissa, _, exponent = literal.lower().partition("e")
    if len(mantissa) > MAX_DIGITS:
        raise _Refused("a number has too many digits.")
    if len(exponent) > 6 or abs(int(exponent or "0")) > MAX_EXPONENT:
        raise _Refused("a number has too large an exponent.")
    return Decimal(literal)


def _constant(literal: str) -> NoReturn:
    raise _Refused(f"{literal} is no JSON number.")


_DECODER = json.JSONDecoder(
    object_pairs_hook=_object, parse_int=_integer, parse_float=_decimal, parse_constant=_constant
)


def _inspect(value: Any, text: str) -> None:
    """Look into the value only where its text gives a reason to: most bodies are flat and without escapes."""
    escaped = "\\u" in text or "\x00" in text
    deep = text.count("[") + text.count("{") > MAX_DEPTH
    if not escaped and not deep:
        return
    errors: Errors = {}
    _walk(value, (), errors)
    if errors:
        raise invalid(errors)


def _walk(value: Any, path: tuple[str, ...], errors: Errors) -> None:
    if len(path) > MAX_DEPTH:
        raise malformed(f"The body is nested more than {MAX_DEPTH} deep.")
    if isinstance(value, str):
        _check_text(value, path, errors)
    elif isinstance(value, dict):
        for name, item in value.items():
            _check_text(name, path, errors)
            _walk(item, (*path, name), errors)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            _walk(item, (*path, str(index)), errors)


def _check_text(text: str, path: tuple[str, ...], errors: Errors) -> None:
    if "\x00" in text:
        _add(errors, path, "Must not contain the NUL character.")
    if _SURROGATE.search(text):
        _add(errors, path, "Must not contain a lone surrogate.")


def _add(errors: Errors, path: tuple[str, ...], message: str) -> None:
    name = ".".join(path).encode("utf-8", "replace").decode() or "body"
    errors.setdefault(name, []).append(message)
