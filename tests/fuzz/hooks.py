"""What schemathesis is told in Python, so that more of its valid requests are about something that is there.

Three of four requests that agree with the document name records that an earlier answer has shown, and bring pictures
that are pictures; every use of an idempotency key is the first. The fourth stays as it was made up, and so does what
is meant to be refused.
"""

from __future__ import annotations

import json
import os
import re
from io import BytesIO
from itertools import count, islice
from pathlib import Path
from typing import Any

import httpx
import schemathesis
from hypothesis import strategies as st
from PIL import Image

from tests.fuzz.pool import MISSING, Answer, Offer, Pool

URL, TOKEN, MANIFEST = "AGORA_FUZZ_URL", "AGORA_FUZZ_TOKEN", "AGORA_FUZZ_MANIFEST"
HEADER, JSON = "Idempotency-Key", "application/json"
GOOD_KEY = re.compile(r'"?[!#-\[\]-~]{1,200}"?')
EVERY = 4  # as many requests, and one of them is left alone
AHEAD = 40  # records of a kind that are looked at before the run
NUMBERS = count(1)

taken: dict[str, Offer] = {}


# --- what is there at the beginning -----------------------------------------------------------


def filled() -> Pool:
    """What the caller sees of the demo data: its lists, and some of what they lead to."""
    headers = {"Authorization": f"Bearer {os.environ[TOKEN]}"} if os.environ.get(TOKEN) else {}
    with httpx.Client(base_url=os.environ[URL], headers=headers, timeout=60) as http:
        manifest = json.loads(Path(os.environ[MANIFEST]).read_text())
        pool = Pool(http.get("/api/openapi.json").json(), manifest)
        reads = [name.removeprefix("GET ") for name in pool.operations if name.startswith("GET ")]
        for path in (each for each in reads if "{" not in each):
            _read(http, pool, path, {})
        for path in (each for each in reads if "{" in each):
            for _ in range(AHEAD):
                offer = pool.take(f"GET {path}")
                if offer is not None:
                    _read(http, pool, path, dict(offer.path))
        for name, offer in islice(pool.made_by(), AHEAD):
            _make(http, pool, name, offer)
    return pool


def _make(http: httpx.Client, pool: Pool, name: str, offer: Offer) -> None:
    """A record that is about an offer, and else as in the document's example."""
    content = pool.operations[name].get("requestBody", {}).get("content", {})
    if content and JSON not in content:
        return
    body = {**content[JSON]["example"], **offer.body} if content else None
    answer = http.post(name.removeprefix("POST ").format(**offer.path), json=body)
    if answer.is_success:
        pool.learn(Answer(name, answer.status_code, offer.path, body, answer.json()))


def _read(http: httpx.Client, pool: Pool, path: str, parameters: dict[str, Any]) -> None:
    answer = http.get(path.format(**parameters), params={"page_size": 100})
    if answer.status_code == 200:
        pool.learn(Answer(f"GET {path}", 200, parameters, None, answer.json()))


POOL = filled()


# --- requests and answers ---------------------------------------------------------------------


@schemathesis.hook
def before_call(context: schemathesis.HookContext, case: schemathesis.Case, **kwargs: Any) -> None:
    """Give a valid request something that is there."""
    _renew_key(case)
    meta = case.meta
    if meta is None or meta.generation.mode.value != "positive" or meta.phase.name.value == "stateful":
        return
    if case.operation.label != f"{case.method} {case.operation.path}" or next(NUMBERS) % EVERY == 0:
        return
    offer = POOL.take(case.operation.label)
    if offer is None:
        return
    for name, value in offer.path.items():
        if name in case.path_parameters:
            case.path_parameters[name] = value
    if isinstance(case.body, dict):
        case.body.update({name: value for name, value in offer.body.items() if name in case.body})
    taken[case.id] = offer


@schemathesis.hook
def after_call(context: schemathesis.HookContext, case: schemathesis.Case, response: schemathesis.Response) -> None:
    """Learn from an answer."""
    offer = taken.pop(case.id, None)
    if offer is not None and response.status_code in (403, 404, 409):
        POOL.forget(case.operation.label, offer)
    name = f"{case.method} {case.operation.path}"
    if response.status_code in (200, 204) and case.method == "DELETE":
        POOL.gone(name, case.path_parameters or {})
    if 200 <= response.status_code < 300 and response.content:
        POOL.learn(Answer(name, response.status_code, case.path_parameters or {}, case.body, _parsed(response)))


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


def picture(kind: str, size: tuple[int, int]) -> bytes:
    """A picture of one colour."""
    content = BytesIO()
    Image.new("RGB", size, "teal").save(content, kind.upper())
    return content.getvalue()


for kind in ("jpeg", "png", "webp", "gif"):
    pictures = st.sampled_from([picture(kind, size) for size in ((1, 1), (40, 30), (300, 200))])
    schemathesis.openapi.media_type(f"image/{kind}", pictures | pictures | pictures | st.binary(max_size=200))
