"""Bodies: read in the media type that they have, within the limits of their operation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from runtime.calls.files import Files
from runtime.errors import Errors, Problem, invalid, unsupported_encoding, unsupported_media_type
from runtime.inputs import FileInput, InputType
from runtime.inputs.form_input import is_multipart, read_form_stream
from runtime.inputs.uploads import FileRule, Uploads

if TYPE_CHECKING:
    from runtime.call import Call

JSON = "application/json"
FORMS = ("multipart/form-data", "application/x-www-form-urlencoded")
REQUIRED = "This member is required"


async def read(call: Call, input: InputType[Any]) -> dict[str, Any]:
    """The members that were sent, by attribute; 415, 413 or 400. Files are in `call.files` then."""
    content_type = call.headers.get("content-type", "")
    accepted = _accepted(call, input)
    by_query = call.route.method == "DELETE"
    said = has_body(call.headers) or (content_type and not by_query)
    if said and not _readable(content_type, accepted):
        raise unsupported_media_type(accepted)
    if call.headers.get("content-encoding", "identity").strip().lower() != "identity":
        raise unsupported_encoding()
    if input.files and is_multipart(content_type):
        return await _with_files(call, input, content_type)
    received = await call.receive(call.route.body_limit)
    if by_query and not received:
        return input.parse_query(call.query)
    return input.parse(received, content_type or JSON)


def _accepted(call: Call, input: InputType[Any]) -> Sequence[str]:
    """The media types of bodies. Only a multipart form brings files."""
    if any(each.required for each in input.files):
        return FORMS[:1]
    return (JSON, *FORMS) if call.route.form else (JSON,)


async def _with_files(call: Call, input: InputType[Any], content_type: str) -> dict[str, Any]:
    """The members of a form; its files are kept aside, and let go of when the request ends."""
    rules = {each.name: FileRule(each.attachment.max_bytes, each.most) for each in input.files}
    text_limit = call.route.body_limit
    whole = text_limit + sum(each.max_bytes * (each.many or 1) for each in rules.values())
    document, errors, uploads = await read_form_stream(
        call.stream(whole), content_type, input.by_name, rules, text_limit
    )
    call.files = Files.of(input.files, uploads)
    errors = _missing(input.files, uploads) | errors
    try:
        values = input.convert(document)
    except Problem as problem:
        raise invalid(problem.errors | errors) if problem.errors else problem from None
    if errors:
        raise invalid(errors)
    return values


def _missing(files: Sequence[FileInput], uploads: Uploads) -> Errors:
    """What is said of files that must come and did not: of several that stand for each other, under the first."""
    missing: Errors = {}
    for each in files:
        alike = [other.name for other in files if other.stands_for(each)]
        if each.required and each.name == alike[0] and not any(map(uploads.get, alike)):
            missing[each.name] = [REQUIRED if len(alike) == 1 else f"Send a file as {' or '.join(alike)}"]
    return missing


def has_body(headers: Mapping[str, str]) -> bool:
    """Whether a request says that a body follows."""
    return headers.get("content-length", "0") != "0" or "transfer-encoding" in headers


def _readable(content_type: str, accepted: Sequence[str]) -> bool:
    """Whether the body is of a kind, and in an encoding, that is read here."""
    media_type, *options = (part.strip().lower() for part in content_type.split(";"))
    charset = next((each.partition("=")[2].strip('"') for each in options if each.startswith("charset=")), "utf-8")
    return media_type in accepted and charset in ("utf-8", "utf8", "us-ascii")
