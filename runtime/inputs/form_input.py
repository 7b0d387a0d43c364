"""Forms → the JSON document they stand for, so that one schema checks both.

`multipart/form-data` and `application/x-www-form-urlencoded` carry the same names as JSON. Text that does not read as
its member's type is left as it is: the schema then says what is wrong with it.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header

from runtime.errors import Errors, Problem, invalid, malformed
from runtime.fieldvalues import FALSE, TRUE
from runtime.http import percent
from runtime.inputs.json_input import read_json

if TYPE_CHECKING:
    from runtime.inputs.inputs import InputField

Parts = list[tuple[str, str]]

MAX_PARTS = 1000
MULTIPART = "multipart/form-data"
URLENCODED = "application/x-www-form-urlencoded"

# A broken form is the client's fault and is answered as such; the parser would also write it into the log.
logging.getLogger("python_multipart").setLevel(logging.CRITICAL)

_INTEGER = re.compile(r"-?[0-9]{1,40}")
_DECIMAL = re.compile(r"-?[0-9]{1,40}(?:\.[0-9]{1,40})?")
_TEXT = frozenset({"string", "text", "password", "list", "object", "objects"})
_NUMBERS = frozenset({"id", "integer", "counter", "money", "decimal"})
_ABSENT = object()


def read_form(body: bytes, content_type: str, members: Mapping[str, InputField]) -> dict[str, Any]:
    """The document that a form stands for. A broken form, a file or a member sent twice is a 400 problem."""
    multipart = content_type.partition(";")[0].strip().lower() == MULTIPART
    return _document(_multipart(body, content_type) if multipart else _urlencoded(body), members)


def read_query(query: str, members: Mapping[str, InputField]) -> dict[str, Any]:
    """The document that a query stands for; parameters that are no members mean nothing here."""
    return _document([part for part in _pairs(query) if part[0] in members], members)


def _document(parts: Parts, members: Mapping[str, InputField]) -> dict[str, Any]:
    texts: dict[str, list[str]] = {}
    for name, text in parts:
        texts.setdefault(name, []).append(text)
    errors: Errors = {}
    document: dict[str, Any] = {}
    for name, several in texts.items():
        member = members.get(name)
        if len(several) > 1 and (member is None or member.type != "list"):
            errors[name] = ["Must not be sent more than once."]
            continue
        value = several[0] if member is None else _value(member, several)
        if value is not _ABSENT:
            document[name] = value
    _refuse_unreadable(texts, errors)
    return document


def _refuse_unreadable(texts: dict[str, list[str]], errors: Errors) -> None:
    for name, several in texts.items():
        if "\x00" in name or any("\x00" in text for text in several):
            errors.setdefault(name.replace("\x00", "�"), []).append("Must not contain the NUL character.")
    if errors:
        raise invalid(errors)


# --- text → JSON ------------------------------------------------------------------------------


def _value(member: InputField, several: list[str]) -> Any:
    if member.type == "list":
        return _list(several)
    text = several[0]
    kind = member.value_type
    if text == "" and kind not in _TEXT:
        return _empty(member, kind)
    read = READERS.get(kind)
    return read(text) if read else text


def _empty(member: InputField, kind: str) -> Any:
    """A form cannot leave a member out when a person empties its field: then it means null, or nothing."""
    if member.nullable:
        return None
    return _ABSENT if kind in _NUMBERS and not member.required else ""


def _list(several: list[str]) -> Any:
    if len(several) == 1 and several[0].lstrip().startswith("["):
        return _json(several[0])
    return [] if several == [""] else several


def _integer(text: str) -> Any:
    return int(text) if _INTEGER.fullmatch(text.strip()) else text


def _boolean(text: str) -> Any:
    word = text.strip().lower()
    return word in TRUE if word in TRUE | FALSE else text


def _json(text: str) -> Any:
    try:
        return read_json(text.encode())
    except Problem:
        return text


# How the text of a member becomes JSON, by field type. Types that are not here are text in JSON too: decimals are
# decimal strings.
READERS: dict[str, Callable[[str], Any]] = {
    "id": _integer,
    "integer": _integer,
    "counter": _integer,
    "boolean": _boolean,
    "money": str.strip,
    "decimal": str.strip,
    "object": _json,
    "objects": _json,
}


# --- bytes → parts ----------------------------------------------------------------------------


def _urlencoded(body: bytes) -> Parts:
    try:
        return _pairs(body.decode("ascii"))
    except UnicodeDecodeError:
        raise malformed("The form holds bytes that must be percent-encoded.") from None


def _pairs(text: str) -> Parts:
    parts: Parts = []
    pairs = text.split("&")
    if len(pairs) > MAX_PARTS:
        raise malformed(f"The form has more than {MAX_PARTS} parts.")
    for pair in filter(None, pairs):
        name, _, text = pair.replace("+", " ").partition("=")
        try:
            parts.append((percent.decoded(name), percent.decoded(text)))
        except ValueError as fault:
            raise malformed(f"The form {fault}.") from None
    return parts


def _multipart(body: bytes, content_type: str) -> Parts:
    _, options = parse_options_header(content_type)
    boundary = options.get(b"boundary", b"")
    if not 1 <= len(boundary) <= 70:
        raise malformed("The form's content type names no boundary, or one that is too long.")
    collector = _Collector()
    try:
        parser = MultipartParser(boundary, collector.callbacks())
        parser.write(body)
        parser.finalize()
    except FormParserError:
        raise malformed("The multipart form is broken.") from None
    if not collector.complete:
        raise malformed("The multipart form ends too early.")
    if collector.errors:
        raise invalid(collector.errors)
    return collector.parts


class _Collector:
    """Takes what the parser finds and puts the parts together."""

    def __init__(self) -> None:
        self.parts: Parts = []
        self.errors: Errors = {}
        self.complete = False
        self._header = b""
        self._value = b""
        self._disposition = ""
        self._data: list[bytes] = []

    def callbacks(self) -> Any:
        """The parser's hooks. It calls those that take data with the whole buffer and a range in it."""
        return {
            "on_part_begin": self._begin,
            "on_header_field": self._header_field,
            "on_header_value": self._header_value,
            "on_header_end": self._header_end,
            "on_part_data": lambda data, start, end: self._data.append(data[start:end]),
            "on_part_end": self._end,
            "on_end": self._finish,
        }

    def _begin(self) -> None:
        if len(self.parts) >= MAX_PARTS:
            raise malformed(f"The form has more than {MAX_PARTS} parts.")
        self._disposition = ""
        self._data = []

    def _header_field(self, data: bytes, start: int, end: int) -> None:
        self._header += data[start:end]

    def _header_value(self, data: bytes, start: int, end: int) -> None:
        self._value += data[start:end]

    def _header_end(self) -> None:
        if self._header.strip().lower() == b"content-disposition":
            self._disposition = self._value.decode("utf-8", "replace")
        self._header = self._value = b""

    def _end(self) -> None:
        kind, name, is_file = _disposition(self._disposition)
        if kind != "form-data" or name is None:
            raise malformed("A part of the form has no name.")
        if is_file:
            self.errors.setdefault(name, []).append("Files are not taken here.")
            return
        try:
            self.parts.append((name, b"".join(self._data).decode("utf-8")))
        except UnicodeDecodeError:
            self.errors.setdefault(name, []).append("Must be UTF-8.")

    def _finish(self) -> None:
        self.complete = True


_PARAMETER = re.compile(r';\s*([A-Za-z0-9*_-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;\s]*))')


def _disposition(header: str) -> tuple[str, str | None, bool]:
    """The kind, the name, and whether a file name is there. Browsers write names in UTF-8 with `"` as `%22`."""
    kind = header.partition(";")[0].strip().lower()
    found = {match[1].lower(): match[3] if match[2] is None else match[2] for match in _PARAMETER.finditer(header)}
    name = found.get("name")
    if name is not None:
        name = re.sub(r"\\(.)", r"\1", name).replace("%22", '"')
    return kind, name, "filename" in found or "filename*" in found
