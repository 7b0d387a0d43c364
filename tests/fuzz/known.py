"""Keys that earlier answers gave, to put in the place of made-up ones: most of what a document alone leads to is a 404.

What names what comes from the document's paths and from the names of members: an object in the member `product` of an
answer has the `id` that a body calls `product_id`; what a list at `/orders/` shows is found at `/orders/{id}/`.
"""

from __future__ import annotations

import base64
import json
import random
import re
from collections import defaultdict, deque
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import parse_qsl, urlencode

from tests.fuzz.messages import Answer, Request

KEPT = 40  # the latest, of each kind
OFTEN = 0.8
KEYS = ("id", "slug", "key")

# 4 × 4 red pixels.
PICTURE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAQAAAAECAIAAAAmkwkpAAAAEElEQVR4nGP4z8AARwzEcQCukw/x0F8jngAAAABJRU5ErkJggg=="
)
_FILE = re.compile(rb'(?si)(content-disposition:[^\r\n]*filename="[^\r\n]*\r\n(?:[^\r\n]+\r\n)*\r\n).*?(?=\r\n--)')
_CURSOR = re.compile(r"\bcursor=([\w-]+)")
_PARAMETER = re.compile(r"\{(\w+)\}")


class Known:
    """What has been seen so far. Random, but the same every time for one seed."""

    def __init__(self, document: dict[str, Any], seed: int) -> None:
        self._random = random.Random(seed)
        self._named: dict[tuple[str | None, ...], deque[Any]] = defaultdict(lambda: deque(maxlen=KEPT))
        self._places: dict[str, deque[str]] = defaultdict(lambda: deque(maxlen=KEPT))  # by what the document calls them
        self._used: list[tuple[deque[Any], Any]] = []  # what the request that is under way got
        # The longest beginning of each path that ends in a parameter: where a record is found.
        found = {template[: template.rindex("}") + 1] for template in document["paths"] if "}" in template}
        self._records = [
            (template, _PARAMETER.findall(template)[-1], _pattern(template))
            for template in sorted(found, key=len)[::-1]
        ]

    # --- what answers show ------------------------------------------------------------------------

    def learn(self, request: Request, answer: Answer) -> None:
        """Remember the keys in an answer, if it was a success; forget those that have led to nothing."""
        seen = _Seen(request)
        if answer.status == 404:
            for kept, value in self._used:
                if value in kept:
                    kept.remove(value)
        if answer.status == 409:
            self._look_for_ways(seen, request, answer)
        if answer.status >= 300 or not answer.is_json or not answer.body:
            return
        self._place(answer.header("location") or "")
        for cursor in _CURSOR.findall(answer.header("link") or ""):
            self._keep(seen, "cursor", cursor)
        content = json.loads(answer.body)
        for item in content if isinstance(content, list) else [content]:
            self._place_all(request.path.rstrip("/"), item)
        self._look(seen, content, _singular(seen.path.rpartition("/")[2]))

    def _look_for_ways(self, seen: _Seen, request: Request, answer: Answer) -> None:
        """A refusal may list what would have been accepted in the place of what was said."""
        told = [each for name, each in json.loads(answer.body or b"{}").items() if name.startswith("allowed_")]
        if told and request.is_json and request.body:
            for name, value in json.loads(request.body).items():
                ways = [each for each in told[0] if type(each) is type(value)]
                self._named[seen.caller, seen.path, name] = deque(ways, maxlen=KEPT)

    def _place_all(self, base: str, item: Any) -> None:
        """An item of a list is below it, and so is what the item has lists of."""
        for _, parameter, _ in self._records:
            if isinstance(item, dict) and isinstance(item.get(parameter), str | int):
                self._place(f"{base}/{item[parameter]}")
        for member, nested in item.items() if isinstance(item, dict) else ():
            below = base if base.endswith(f"/{member}") else f"{base}/{member}"
            for each in nested if isinstance(nested, list) else ():
                if isinstance(each, dict) and "id" in each:
                    self._place(f"{below}/{each['id']}")

    def _place(self, path: str) -> None:
        path = path.rstrip("/")
        for template, _, pattern in self._records:
            if pattern.fullmatch(path) and path not in self._places[template]:
                self._places[template].append(path)

    def _look(self, seen: _Seen, content: Any, name: str) -> None:
        """Remember the keys of the objects in an answer by what bodies and paths may call them."""
        if isinstance(content, list):
            for each in content[:KEPT]:
                self._look(seen, each, name)
        elif isinstance(content, dict):
            for member, value in content.items():
                if isinstance(value, dict | list):
                    self._look(seen, value, _singular(member))
                elif member in KEYS and isinstance(value, str | int):
                    self._keep(seen, f"{name}_{member}", value)
                    self._keep(seen, name, value)
                elif member.endswith(tuple(f"_{key}" for key in KEYS)) and isinstance(value, str | int):
                    self._keep(seen, member, value)

    def _keep(self, seen: _Seen, name: str, value: Any) -> None:
        for where in ((None, None), (seen.caller, seen.path), (seen.caller, seen.parent)):
            kept = self._named[*where, name]
            if value not in kept:
                kept.append(value)

    # --- what requests get of it ------------------------------------------------------------------

    def renewed(self, request: Request) -> Request:
        """The request, often with keys that exist."""
        self._used = []
        request = self._pictured(self._aimed(request))
        seen = _Seen(request)
        asked = parse_qsl(request.target.partition("?")[2], keep_blank_values=True)
        renewed = [(name, self._value(seen, name, value)) for name, value in asked]
        if renewed != asked:
            request = request.aimed(f"{request.path}?{urlencode(renewed, errors='surrogateescape')}")
        return self._filled_in(seen, request)

    def _filled_in(self, seen: _Seen, request: Request) -> Request:
        if not request.is_json or not request.body or self._random.random() > OFTEN:
            return request
        try:
            content = json.loads(request.body)
        except (ValueError, RecursionError):
            return request
        renewed = self._filled(seen, content)
        return request if renewed == content else request.saying(json.dumps(renewed).encode())

    def _pictured(self, request: Request) -> Request:
        """Files of a form are pictures: what is no picture is refused whoever sends it."""
        if not request.is_form or self._random.random() > OFTEN:
            return request
        return request.saying(_FILE.sub(lambda found: found[1] + PICTURE, request.body))

    def _aimed(self, request: Request) -> Request:
        path, mark, query = request.target.partition("?")
        for template, parameter, pattern in self._records:
            found = pattern.match(path)
            if found is None or self._random.random() > OFTEN:
                continue
            there: deque[Any] = self._places[template]
            named = self._named[None, None, parameter]
            if there or named:
                begin = self._one_of(there) if there else f"{found[0].rpartition('/')[0]}/{self._one_of(named)}"
                return request.aimed(f"{begin}{path[found.end() :]}{mark}{query}")
        return request

    def _filled(self, seen: _Seen, content: Any) -> Any:
        if isinstance(content, list):
            return [self._filled(seen, each) for each in content]
        if isinstance(content, dict):
            return {name: self._value(seen, name, value) for name, value in content.items()}
        return content

    def _value(self, seen: _Seen, name: str, value: Any) -> Any:
        """What the same caller saw in the same place; else what anybody saw under that name anywhere."""
        for where in ((seen.caller, seen.path), (seen.caller, seen.parent), (None, None)):
            kept = self._named.get((*where, name))
            if kept and type(kept[-1]) is type(value):
                return self._one_of(kept) if self._random.random() < OFTEN else value
        return self._filled(seen, value)

    def _one_of(self, kept: deque[Any]) -> Any:
        """Any of them, the latest more often: what was made a moment ago is in the state that it begins with."""
        value = kept[max(self._random.randrange(len(kept)) for _ in range(3))]
        self._used.append((kept, value))
        return value


@dataclass(frozen=True)
class _Seen:
    """Who asks, and where."""

    request: Request

    @cached_property
    def caller(self) -> str:
        return self.request.header("authorization") or ""

    @cached_property
    def path(self) -> str:
        return self.request.path.rstrip("/")

    @cached_property
    def parent(self) -> str:
        return self.path.rpartition("/")[0]


def _pattern(template: str) -> re.Pattern[str]:
    return re.compile(_PARAMETER.sub("[^/]+", template) + r"(?=/|$)")


def _singular(name: str) -> str:
    return f"{name[:-3]}y" if name.endswith("ies") else name.removesuffix("s")
