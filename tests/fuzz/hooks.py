"""What schemathesis is told in Python, so that more of its valid requests are about something that is there.

Three of four requests that agree with the document name records that an earlier answer has shown, and bring pictures
that are pictures; every use of an idempotency key is the first. The fourth stays as it was made up, and so does what
is meant to be refused.
"""

from __future__ import annotations

import json
import os
import re
from collections import deque
from io import BytesIO
from itertools import count
from pathlib import Path
from typing import Any

import httpx
import schemathesis
from hypothesis import strategies as st
from PIL import Image
from schemathesis.transport.serialization import contains_binary

from tests.fuzz.pool import MISSING, Answer, Offer, Pool

URL, TOKEN, MANIFEST = "AGORA_FUZZ_URL", "AGORA_FUZZ_TOKEN", "AGORA_FUZZ_MANIFEST"
HEADER, JSON, FORM = "Idempotency-Key", "application/json", "multipart/form-data"
GOOD_KEY = re.compile(r'"?[!#-\[\]-~]{1,200}"?')
EVERY = 4  # as many requests, and one of them is left alone
TRIES = 5  # to make something
AHEAD = 40  # records of a kind that are looked at before the run
NUMBERS = count(1)

TAKEN: dict[str, Offer] = {}
DELETED_BELOW: deque[str | None] = deque(maxlen=10)  # the owners of what the last deletions have deleted
NOBODY = httpx.Client(base_url=os.environ[URL], timeout=60)
CALLER = httpx.Client(
    base_url=os.environ[URL],
    headers={"Authorization": f"Bearer {os.environ[TOKEN]}"} if os.environ.get(TOKEN) else {},
    timeout=60,
)


# --- what is there ----------------------------------------------------------------------------


def filled() -> Pool:
    """What the caller sees of the demo data: its lists, and some of what they lead to."""
    pool = Pool(NOBODY.get("/api/openapi.json").json(), json.loads(Path(os.environ[MANIFEST]).read_text()))
    reads = [name.removeprefix("GET ") for name in pool.operations if name.startswith("GET ")]
    for path in (each for each in reads if "{" not in each):
        _read(pool, path, {})
    for path in (each for each in reads if "{" in each):
        for _ in range(AHEAD):
            offer = pool.take(f"GET {path}", None)
            if offer is not None:
                _read(pool, path, dict(offer.path))
    return pool


def _read(pool: Pool, path: str, parameters: dict[str, Any]) -> None:
    answer = CALLER.get(path.format(**parameters), params={"page_size": 100})
    if answer.status_code == 200:
        pool.learn(Answer(f"GET {path}", 200, parameters, None, answer.json()))


def _make(pool: Pool, name: str) -> None:
    """A record that is about something that is there, and else as in the document's example."""
    for _ in range(TRIES):
        offer = pool.take(name, None) or Offer({}, {})
        if not set(re.findall(r"\{(\w+)\}", name)) <= offer.path.keys():
            return
        sent = _example(pool, name, offer)
        answer = CALLER.post(name.removeprefix("POST ").format(**offer.path), **sent)
        if answer.is_success:
            pool.learn(Answer(name, answer.status_code, offer.path, sent.get("json"), answer.json()))
            return
        pool.forget(name, offer, answer.status_code)


def _example(pool: Pool, name: str, offer: Offer) -> dict[str, Any]:
    """A body for an operation, in the terms of the client."""
    content = pool.operations[name].get("requestBody", {}).get("content", {})
    if JSON in content:
        return {"json": {**content[JSON]["example"], **offer.body}}
    pieces = pool.resolved(content[FORM]["schema"])["properties"] if content else {}
    return {"files": {key: PICTURES[0] for key, piece in pieces.items() if piece.get("format") == "binary"}}


def _offer(name: str, body: Any) -> Offer:
    """Something that is there, or is made for the purpose."""
    found = POOL.take(name, body)
    for maker in POOL.makers(name) if found is None else ():
        _make(POOL, maker)
        found = found or POOL.take(name, body)
    return found or _moved(name, body) or Offer({}, {})


def _moved(name: str, body: Any) -> Offer | None:
    """A new record that is led to where a request could lead on from."""
    life = POOL.lives.get(name)
    ways = [life.ways[state] for state in life.wanted(body) if state in life.ways] if life else []
    if life is None or life.mover is None or not ways:
        return None
    for maker in POOL.makers(life.mover):
        _make(POOL, maker)
    for state in min(ways, key=len):
        offer = POOL.take(life.mover, {life.member: state})
        method, _, path = life.mover.partition(" ")
        if offer is None:
            return None
        answer = CALLER.request(method, path.format(**offer.path), json={life.member: state})
        if not answer.is_success:
            POOL.forget(life.mover, offer, answer.status_code)
            return None
        POOL.learn(Answer(life.mover, answer.status_code, offer.path, None, answer.json()))
    return POOL.take(name, body)


# --- requests and answers ---------------------------------------------------------------------


@schemathesis.hook
def before_call(context: schemathesis.HookContext, case: schemathesis.Case, **kwargs: Any) -> None:
    """Give a valid request something that is there."""
    _renew_key(case)
    meta, name = case.meta, case.operation.label
    if meta is None or meta.generation.mode.value != "positive" or meta.phase.name.value == "stateful":
        return
    if name != f"{case.method} {case.operation.path}" or next(NUMBERS) % EVERY == 0:
        return
    offer = TAKEN[case.id] = _offer(name, case.body)
    for key in offer.path.keys() & case.path_parameters.keys():
        case.path_parameters[key] = offer.path[key]
    # A form with files is left as it is: the tool holds it for wrong as soon as it was touched.
    if isinstance(case.body, dict) and not contains_binary(case.body):
        case.body = case.body | {key: value for key, value in offer.body.items() if key in case.body}


@schemathesis.hook
def after_call(context: schemathesis.HookContext, case: schemathesis.Case, response: schemathesis.Response) -> None:
    """Learn from an answer."""
    offer, status = TAKEN.pop(case.id, None), response.status_code
    name = f"{case.method} {case.operation.path}"
    good = 200 <= status < 300
    if offer is not None and (status in (403, 404, 409) or (good and case.method == "DELETE")):
        POOL.forget(name, offer, status)
    elif offer is not None and good:
        POOL.trust(name, offer)
    if good and case.method == "DELETE":
        POOL.gone(name, case.path_parameters or {})
        DELETED_BELOW.append(case.formatted_path.rstrip("/").rpartition("/")[0] if not name.endswith("}") else None)
    elif good and response.content:
        POOL.learn(Answer(name, status, case.path_parameters or {}, case.body, _parsed(response)))


@schemathesis.hook
def filter_failure(
    context: schemathesis.HookContext, failure: Any, case: schemathesis.Case, response: schemathesis.Response
) -> bool:
    """Whether it is one. The tool does not know two ways to be gone: softly, so that those whose it is still see it but
    nobody else does; and by a deletion at another path of the same owner, a few steps before. And it cannot check
    forms with files: whether one is wrong that it holds for wrong is seen from what was sent."""
    match type(failure).__name__:
        case "UseAfterFree" if failure.operation in POOL.soft:
            return NOBODY.get(case.formatted_path).status_code not in (401, 404)
        case "AcceptedNegativeData" if contains_binary(case.body) and isinstance(case.body, dict):
            return not (_is_all_else_right(case) and POOL.takes_form(case.operation.label, FORM, _as_text(case.body)))
        case "EnsureResourceAvailability":
            return not any(case.formatted_path.startswith(f"{owner}/") for owner in DELETED_BELOW)
    return True


def _is_all_else_right(case: schemathesis.Case) -> bool:
    components = case.meta.components if case.meta else {}
    wrong = {where.value for where, each in components.items() if each.mode.value == "negative"}
    return wrong <= {"body"} and case.media_type == FORM


def _as_text(value: Any) -> Any:
    """A form as it is sent: all of it is text, and of files only that they are there."""
    if isinstance(value, dict):
        return {key: _as_text(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_as_text(each) for each in value]
    if contains_binary(value):
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _parsed(response: schemathesis.Response) -> Any:
    try:
        return response.json()
    except ValueError:
        return MISSING


def _renew_key(case: schemathesis.Case) -> None:
    """A key is for one request; what is no key stays as it is."""
    key = (case.headers or {}).get(HEADER, "")
    if GOOD_KEY.fullmatch(key) and key.startswith('"') == key.endswith('"'):
        quote = '"' * key.startswith('"')
        case.headers[HEADER] = f"{quote}{next(NUMBERS)}{key.removeprefix(quote)}"


# --- files ------------------------------------------------------------------------------------


def _picture(kind: str, size: tuple[int, int]) -> bytes:
    content = BytesIO()
    Image.new("RGB", size, "teal").save(content, kind)
    return content.getvalue()


# Whatever kind a file is called, it is its content that counts.
PICTURES = [_picture(kind, size) for kind in ("JPEG", "PNG", "WEBP") for size in ((1, 1), (40, 30), (300, 200))]


for kind in ("jpeg", "png", "webp", "gif"):
    schemathesis.openapi.media_type(f"image/{kind}", st.sampled_from(PICTURES) | st.binary(max_size=200))


POOL = filled()
