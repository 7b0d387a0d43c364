"""Forms → the JSON document they stand for, so that one schema checks both.

`multipart/form-data` and `application/x-www-form-urlencoded` carry the same names as JSON. Text that does not read as
its member's type is left as it is: the schema then says what is wrong with it. Files are kept beside the document.
"""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Callable, Mapping
from typing import TYPE_CHECKING, Any

from runtime.errors import Errors, Problem, invalid, malformed, too_large
from runtime.fieldtypes import NUMBERS, TEXTS
from runtime.fieldvalues import FALSE, TRUE
from runtime.http import percent
from runtime.inputs.json_input import read_json
from runtime.inputs.multipart import MAX_PARTS, FormReader, Parts
from runtime.inputs.uploads import FileRule, Uploads

if TYPE_CHECKING:
    from runtime.inputs.inputs import InputField

MULTIPART = "multipart/form-data"
URLENCODED = "application/x-www-form-urlencoded"

_INTEGER = re.compile(r"-?[0-9]{1,40}")
_DECIMAL = re.compile(r"-?[0-9]{1,40}(?:\.[0-9]{1,40})?")
_ABSENT = object()


def read_form(body: bytes, content_type: str, members: Mapping[str, InputField]) -> dict[str, Any]:
    """The document that a form stands for. A broken form, a file or a member sent twice is a 400 problem."""
    if not is_multipart(content_type):
        return document_of(_urlencoded(body), members)
    reader = FormReader(content_type, {}, len(body))
    reader.write(body)
    parts, errors, _ = reader.finish()
    return document_of(parts, members, errors)


async def read_form_stream(
    stream: AsyncIterator[bytes],
    content_type: str,
    members: Mapping[str, InputField],
    files: Mapping[str, FileRule],
    text_limit: int,
) -> tuple[dict[str, Any], Errors, Uploads]:
    """As `read_form`, of a form that is never whole in memory, with the files that `files` takes, by member.

    What is wrong with single members is given back, to be told with all else. Whoever has the uploads closes them.
    Where this raises or is cancelled, they are closed already.
    """
    if not is_multipart(content_type):
        errors: Errors = {}
        return understood(_urlencoded(await _gathered(stream, text_limit)), members, errors), errors, {}
    reader = FormReader(content_type, files, text_limit)
    try:
        await reader.read(stream)
        parts, errors, uploads = reader.finish()
        return understood(parts, members, errors), errors, uploads
    except BaseException:
        reader.close()
        raise


def is_multipart(content_type: str) -> bool:
    """Whether a form is one of those that can hold files."""
    return content_type.partition(";")[0].strip().lower() == MULTIPART


async def _gathered(stream: AsyncIterator[bytes], limit: int) -> bytes:
    pieces: list[bytes] = []
    size = 0
    async for piece in stream:
        size += len(piece)
        if size > limit:
            raise too_large(limit)
        pieces.append(piece)
    return b"".join(pieces)


def read_query(query: str, members: Mapping[str, InputField]) -> dict[str, Any]:
    """The document that a query stands for; parameters that are no members mean nothing here."""
    return document_of([part for part in _pairs(query) if part[0] in members], members)


def document_of(parts: Parts, members: Mapping[str, InputField], errors: Errors | None = None) -> dict[str, Any]:
    """The document that texts by name stand for; a 400 problem with what is wrong with them, and with `errors`."""
    errors = {} if errors is None else errors
    document = understood(parts, members, errors)
    if errors:
        raise invalid(errors)
    return document


def understood(parts: Parts, members: Mapping[str, InputField], errors: Errors) -> dict[str, Any]:
    """The document that texts by name stand for, without what cannot be read; that is added to `errors`."""
    texts: dict[str, list[str]] = {}
    for name, text in parts:
        texts.setdefault(name, []).append(text)
    document: dict[str, Any] = {}
    for name, several in texts.items():
        member = members.get(name)
        if len(several) > 1 and (member is None or member.type != "list"):
            errors.setdefault(name, []).append("Must not be sent more than once.")
            continue
        value = several[0] if member is None else _value(member, several)
        if value is not _ABSENT:
            document[name] = value
    _note_unreadable(texts, errors)
    return document


def _note_unreadable(texts: dict[str, list[str]], errors: Errors) -> None:
    for name, several in texts.items():
        if "\x00" in name or any("\x00" in text for text in several):
            errors.setdefault(name.replace("\x00", "�"), []).append("Must not contain the NUL character.")


# --- text → JSON ------------------------------------------------------------------------------


def _value(member: InputField, several: list[str]) -> Any:
    if member.type == "list":
        return _list(several)
    text = several[0]
    kind = member.value_type
    if text == "" and kind not in TEXTS:
        return _empty(member, kind)
    read = READERS.get(kind)
    return read(text) if read else text


def _empty(member: InputField, kind: str) -> Any:
    """A form cannot leave a member out when a person empties its field: then it means null, or nothing."""
    if member.nullable:
        return None
    return _ABSENT if kind in NUMBERS and not member.required else ""


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
