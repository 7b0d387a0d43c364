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
from collections.abc import Sequence
from typing import Any, TypeVar

from tests.fuzz.messages import Answer, Request

T = TypeVar("T")

KEPT = 40  # the latest, of each kind
OFTEN = 0.6
KEYS = ("id", "slug", "key")

# 4 × 4 red pixels.
PICTURE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAQAAAAECAIAAAAmkwkpAAAAEElEQVR4nGP4z8AARwzEcQCukw/x0F8jngAAAABJRU5ErkJggg=="
)
_FILE = re.compile(rb'(?si)(content-disposition:[^\r\n]*filename="[^\r\n]*\r\n(?:[^\r\n]+\r\n)*\r\n).*?(?=\r\n--)')
_PARAMETER = re.compile(r"\{(\w+)\}")


class Known:
    """What has been seen so far. Random, but the same every time for one seed."""

    def __init__(self, document: dict[str, Any], seed: int) -> None:
        self._random = random.Random(seed)
        self._named: dict[str, deque[Any]] = defaultdict(lambda: deque(maxlen=KEPT))
        self._places: dict[str, deque[str]] = defaultdict(lambda: deque(maxlen=KEPT))  # by what the document calls them
        # The longest beginning of each path that ends in a parameter: where a record is found.
        found = {template[: template.rindex("}") + 1] for template in document["paths"] if "}" in template}
        self._records = [(template, _PARAMETER.findall(template)[-1], _pattern(template)) for template in sorted(found)]

    def learn(self, request: Request, answer: Answer) -> None:
        """Remember the keys in an answer, if it was a success."""
        if answer.status >= 300 or not answer.is_json or not answer.body:
            return
        location = answer.header("location")
        if location is not None:
            self._place(location)
        content = json.loads(answer.body)
        base = request.path.rstrip("/")
        for item in content if isinstance(content, list) else [content]:
            for _, parameter, _ in self._records:
                if isinstance(item, dict) and isinstance(item.get(parameter), str | int):
                    self._place(f"{base}/{item[parameter]}")
        self._look(content, _singular(base.rpartition("/")[2]))

    def renewed(self, request: Request) -> Request:
        """The request, often with keys that exist."""
        request = self._pictured(self._aimed(request))
        if request.is_json and request.body and self._random.random() < OFTEN:
            try:
                content = json.loads(request.body)
            except (ValueError, RecursionError):
                return request
            renewed = self._filled(content)
            if renewed != content:
                return request.saying(json.dumps(renewed).encode())
        return request

    def _pictured(self, request: Request) -> Request:
        """Files of a form are pictures: what is no picture is refused whoever sends it."""
        if not request.is_form or self._random.random() > OFTEN:
            return request
        return request.saying(_FILE.sub(lambda found: found[1] + PICTURE, request.body))

    def _place(self, path: str) -> None:
        for template, _, pattern in self._records:
            if pattern.fullmatch(path.rstrip("/")) and path not in self._places[template]:
                self._places[template].append(path.rstrip("/"))

    def _look(self, content: Any, name: str) -> None:
        """Remember the keys of the objects in an answer by what bodies and paths may call them."""
        if isinstance(content, list):
            for each in content[:KEPT]:
                self._look(each, name)
        elif isinstance(content, dict):
            for member, value in content.items():
                if isinstance(value, dict | list):
                    self._look(value, _singular(member))
                elif member in KEYS and isinstance(value, str | int):
                    self._keep(f"{name}_{member}", value)
                    self._keep(name, value)
                elif member.endswith(tuple(f"_{key}" for key in KEYS)) and isinstance(value, str | int):
                    self._keep(member, value)

    def _keep(self, name: str, value: Any) -> None:
        if value not in self._named[name]:
            self._named[name].append(value)

    def _aimed(self, request: Request) -> Request:
        path, mark, query = request.target.partition("?")
        for template, parameter, pattern in sorted(self._records, key=lambda each: -len(each[0])):
            found = pattern.match(path)
            if found is None or self._random.random() > OFTEN:
                continue
            there: deque[Any] = self._places[template]
            if there:
                return request.aimed(self._one_of(there) + path[found.end() :] + mark + query)
            if self._named[parameter]:
                value = self._one_of(self._named[parameter])
                begin = found[0].rpartition("/")[0]
                return request.aimed(f"{begin}/{value}{path[found.end() :]}{mark}{query}")
        return request

    def _filled(self, content: Any) -> Any:
        if isinstance(content, list):
            return [self._filled(each) for each in content]
        if isinstance(content, dict):
            return {name: self._value(name, value) for name, value in content.items()}
        return content

    def _value(self, name: str, value: Any) -> Any:
        alike = [each for each in self._named.get(name, ()) if type(each) is type(value)]
        return self._one_of(alike) if alike and self._random.random() < OFTEN else self._filled(value)

    def _one_of(self, values: Sequence[T]) -> T:
        """Any of them, the latest more often: what was made a moment ago is in the state that it begins with."""
        return values[max(self._random.randrange(len(values)) for _ in range(3))]


def _pattern(template: str) -> re.Pattern[str]:
    return re.compile(_PARAMETER.sub("[^/]+", template) + r"(?=/|$)")


def _singular(name: str) -> str:
    return f"{name[:-3]}y" if name.endswith("ies") else name.removesuffix("s")
