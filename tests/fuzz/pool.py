"""What earlier answers gave, for requests that should succeed: the document's links say what leads where.

Of every answer that is seen the links are followed, each item of a list for itself. Where a link leads, the parameters
and members that it hands over are kept together, for they belong together: the image of this product. What was of no
use is forgotten.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Any

Json = dict[str, Any]

EXPRESSION = re.compile(r"\$(request\.path\.(?P<path>.+)|(?P<source>request|response)\.body#(?P<pointer>/.*))")
METHODS = frozenset({"get", "post", "put", "patch", "delete"})
ITEMS = 60  # of one answer
KEPT = 200  # for one operation
MISSING = object()


@dataclass(frozen=True)
class Offer:
    """Values that go together: of path parameters, and of members of a body."""

    path: Mapping[str, Any]
    body: Mapping[str, Any]


@dataclass(frozen=True)
class Answer:
    """What was asked and answered; bodies are parsed, None where there is none."""

    name: str
    status: int
    path: Mapping[str, Any]
    sent: Any
    body: Any


@dataclass(frozen=True)
class Life:
    """Of records that live through states: the member that shows it, and from which an operation can lead on."""

    member: str
    sources: frozenset[str]


@dataclass
class Pool:
    """Offers by operation ("GET /books/{id}"), the newest first."""

    document: Json
    manifest: Json
    offers: dict[str, deque[Offer]] = field(default_factory=dict)
    random: Random = field(default_factory=lambda: Random(1))

    def __post_init__(self) -> None:
        self.operations: dict[str, Json] = {
            f"{method.upper()} {path}": each
            for path, item in self.document["paths"].items()
            for method, each in item.items()
            if method in METHODS
        }
        self.names = {each["operationId"]: name for name, each in self.operations.items()}
        self.lives = dict(_lives(self.manifest))

    def learn(self, answer: Answer) -> None:
        """Keep what an answer hands over."""
        said = self.operations.get(answer.name, {}).get("responses", {}).get(str(answer.status), {})
        for link in said.get("links", {}).values():
            name = self.names[link["operationId"]]
            kept = self.offers.setdefault(name, deque(maxlen=KEPT))
            for offer in self._followed(link, answer, self.lives.get(name)):
                if offer not in kept:
                    kept.appendleft(offer)

    def take(self, name: str) -> Offer | None:
        """Any of the offers: two operations that use records up do not meet at the same ones."""
        kept = self.offers.get(name)
        return self.random.choice(kept) if kept else None

    def forget(self, name: str, offer: Offer) -> None:
        """An offer led to nothing."""
        kept = self.offers.get(name, deque())
        if offer in kept:
            kept.remove(offer)

    def gone(self, name: str, path: Mapping[str, Any]) -> None:
        """What stood at the path of an operation was deleted, and with it what is below."""
        deleted = name.partition(" ")[2]
        for other, kept in self.offers.items():
            if f"{other.partition(' ')[2]}/".startswith(f"{deleted}/"):
                left = [each for each in kept if any(each.path.get(key) != value for key, value in path.items())]
                self.offers[other] = deque(left, maxlen=KEPT)

    def made_by(self) -> Iterator[tuple[str, Offer]]:
        """Requests that make what is missing: operations that lead to others for which there is no offer yet."""
        for name, each in self.operations.items():
            leads_to = {
                self.names[link["operationId"]]
                for status, answer in each["responses"].items()
                for link in answer.get("links", {}).values()
                if status.startswith("2")
            }
            missing = [other for other in leads_to if not self.offers.get(other)]
            if name.startswith("POST ") and missing and self.offers.get(name):
                yield from ((name, offer) for offer in list(self.offers[name]))

    def _followed(self, link: Json, answer: Answer, life: Life | None) -> Iterator[Offer]:
        for index in range(ITEMS):
            path = _value(link.get("parameters", {}), answer, index)
            body = {name: _value(each, answer, index) for name, each in _handed_over(link.get("requestBody")).items()}
            if path is MISSING or MISSING in body.values():
                return
            if (path or body) and (life is None or _can_move(life, link, answer, index)):
                yield Offer(path, body)
            if not _is_of_a_list(link):
                return


def _lives(manifest: Json) -> Iterator[tuple[str, Life]]:
    for resource in manifest["resources"].values():
        machine = resource.get("state_machine")
        for action in resource.get("actions", {}).values() if machine else ():
            named = {*action.get("transitions", ()), action.get("transition")} - {None}
            if action["kind"] == "transition" and not named:
                named = set(machine["transitions"])
            sources = {state for each in named for state in machine["transitions"][each]["from"]}
            for method in action["methods"] if sources else ():
                yield f"{method} {action['url'].rstrip('/')}", Life(machine["field"], frozenset(sources))


def _can_move(life: Life, link: Json, answer: Answer, index: int) -> bool:
    """Whether the record that is handed over is in a state that leads on, as far as the answer shows it."""
    for expression in link.get("parameters", {}).values():
        match = EXPRESSION.fullmatch(str(expression))
        if match and match["source"] == "response":
            beside = match["pointer"].rpartition("/")[0]
            state = _at(answer.body, f"{beside}/{life.member}", index)
            return state is MISSING or state in life.sources
    return True


def _handed_over(template: Any) -> Json:
    """The members of a body that an expression fills; what is constant in a link is only an example."""
    members = template if isinstance(template, dict) else {}
    return {name: value for name, value in members.items() if "$re" in str(value)}


def _is_of_a_list(link: Json) -> bool:
    return "/0/" in str(link.get("parameters")) or "/0/" in str(link.get("requestBody"))


def _value(template: Any, answer: Answer, index: int) -> Any:
    """A template with its expressions replaced; MISSING if any leads nowhere."""
    if isinstance(template, dict):
        found = {name: _value(each, answer, index) for name, each in template.items()}
        return MISSING if MISSING in found.values() else found
    if isinstance(template, list):
        items = [_value(each, answer, index) for each in template]
        return MISSING if MISSING in items else items
    match = EXPRESSION.fullmatch(template) if isinstance(template, str) else None
    if match is None:
        return template
    if match["path"]:
        return answer.path.get(match["path"], MISSING)
    return _at(answer.body if match["source"] == "response" else answer.sent, match["pointer"], index)


def _at(value: Any, pointer: str, index: int) -> Any:
    """What stands at a pointer, whose first item stands for the one at `index`."""
    for step in pointer.replace("/0/", f"/{index}/", 1).split("/")[1:]:
        if isinstance(value, list) and step.isdigit() and int(step) < len(value):
            value = value[int(step)]
        elif isinstance(value, dict) and step in value:
            value = value[step]
        else:
            return MISSING
    return MISSING if value is None else value
