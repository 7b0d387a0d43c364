"""Whether two answers are the same, but for what holds the time at which they were made."""

from __future__ import annotations

import base64
import datetime as dt
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tests.fuzz.alike import TASKS
from tests.fuzz.messages import Answer

APART = dt.timedelta(minutes=3)  # between the two demo data; within one run it is milliseconds
UNCOMPARED = {"content-length", "date", "server-timing", "x-request-id", TASKS}

_MOMENT = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d(?::\d\d)?)")
_TOKEN = re.compile(r"\beyJ[\w-]+\.(eyJ[\w-]+)\.[\w-]+")
_SIGNED = re.compile(r"\bexpires=\d+&signature=[0-9a-f]{64}\b")
_TAG = re.compile(r'"[0-9a-f]{32}"')
_CURSOR = re.compile(r"\bcursor=([\w-]+)")


@dataclass(frozen=True, slots=True)
class Blind:
    """A text with its moments taken out."""

    text: str
    moments: tuple[dt.datetime, ...]


def differences(first: Answer, second: Answer) -> list[str]:
    """What is not the same, a line each; nothing where two answers are."""
    found = [] if first.start == second.start else [f"{first.start!r} and {second.start!r}"]
    found += _apart("header names", *(" ".join(name for name, _ in _compared(each)) for each in (first, second)))
    for (name, said), (_, also) in zip(_compared(first), _compared(second), strict=False):
        found += _apart(f"header {name}", said, also)
    return found + _apart("body", first.body.decode("utf-8", "replace"), second.body.decode("utf-8", "replace"))


def counterparts(first: Answer, second: Answer) -> Iterator[tuple[str, str]]:
    """What a client may send back and each server knows under another name: cursors and tags."""
    for pattern, header in ((_CURSOR, "link"), (_TAG, "etag")):
        said, also = (pattern.findall(each.header(header) or "") for each in (first, second))
        yield from zip(said, also, strict=False)


def blind(text: str) -> Blind:
    """Take out whatever holds a moment: instants, what a token says of its life, cursors, signed links, tags."""
    text = _CURSOR.sub(lambda found: f"cursor={_position(found[1])}", text)
    text = _TOKEN.sub(lambda found: f"token of {_claims(found[1])}", text)
    text = _TAG.sub("tag", _SIGNED.sub("signed", text))
    moments = []
    for found in _MOMENT.findall(text):
        try:
            moments.append(dt.datetime.fromisoformat(found))
        except ValueError:
            continue
    return Blind(_MOMENT.sub(lambda found: re.sub(r"\d", "0", found[0]), text), tuple(moments))


def _compared(answer: Answer) -> list[tuple[str, str]]:
    return sorted(each for each in answer.headers if each[0] not in UNCOMPARED)


def _apart(what: str, first: str, second: str) -> list[str]:
    if first == second:
        return []
    one, other = blind(first), blind(second)
    if one.text != other.text:
        at = next((at for at, pair in enumerate(zip(one.text, other.text, strict=False)) if pair[0] != pair[1]), 0)
        shown = slice(max(0, at - 150), at + 150)
        return [f"{what}: …{one.text[shown]}…\n{' ' * len(what)}  …{other.text[shown]}…"]
    return [
        f"{what}: {moment} and {also}"
        for moment, also in zip(one.moments, other.moments, strict=True)
        if abs(moment - also) > APART
    ]


def _position(cursor: str) -> str:
    """Which list and order, and what row: values as JSON, written one way."""
    content = _json(cursor)
    return "unreadable" if content is None else json.dumps([_written(each) for each in content])


def _written(value: Any) -> Any:
    """Inside of a cursor each database writes truth and time in its own way."""
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, str) and _MOMENT.fullmatch(value):
        return dt.datetime.fromisoformat(value).astimezone(dt.UTC).isoformat()
    return value


def _claims(payload: str) -> str:
    content = _json(payload) or {}
    return json.dumps({name: said for name, said in content.items() if name not in ("iat", "exp")})


def _json(encoded: str) -> Any:
    try:
        return json.loads(base64.urlsafe_b64decode(encoded + "=" * (-len(encoded) % 4)))
    except ValueError:
        return None
