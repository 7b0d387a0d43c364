"""What earlier answers gave, for requests that should succeed: the document's links say what leads where.

Of every answer that is seen the links are followed, each item of a list for itself. Where a link leads, the parameters
and members that it hands over are kept together, for they belong together: the image of this product. What was of no
use is forgotten.
"""

from __future__ import annotations

import json
import re
from collections import deque
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from random import Random
from typing import Any

import jsonschema_rs

Json = dict[str, Any]

EXPRESSION = re.compile(r"\$(request\.path\.(?P<path>.+)|(?P<source>request|response)\.body#(?P<pointer>/.*))")
METHODS = frozenset({"get", "post", "put", "patch", "delete"})
ITEMS = 100  # of one answer
KEPT = 200  # for one operation
PATIENCE = 3  # how often in a row nothing is found
TRUST = 0.7  # how often what led somewhere is preferred to what may
NOT_FOUND, CONFLICT = 404, 409
MISSING = object()


@dataclass(frozen=True)
class Offer:
    """Values that go together: of path parameters, and of members of a body. `state` is that of a record that has one,
    as far as it was shown."""

    path: Mapping[str, Any]
    body: Mapping[str, Any]
    state: str | None = None


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
    """Of records that live through states: the member that shows it; by target from where an operation leads; by state
    the states on the way there from the birth; and the operation that makes such steps."""

    member: str
    sources: Mapping[str, frozenset[str]]
    ways: Mapping[str, tuple[str, ...]]
    mover: str | None

    def wanted(self, body: Any) -> frozenset[str]:
        """The states from which a request with this body can lead on."""
        target = body.get(self.member) if isinstance(body, dict) else None
        return self.sources.get(str(target)) or frozenset().union(*self.sources.values())


@dataclass
class Pool:
    """Offers by operation ("GET /books/{id}"), the newest first."""

    document: Json
    manifest: Json
    offers: dict[str, deque[Offer]] = field(default_factory=dict)
    misses: dict[str, int] = field(default_factory=dict)
    proven: dict[str, deque[Offer]] = field(default_factory=dict)
    hopeless: dict[str, set[str | None]] = field(default_factory=dict)
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
        self.made_by = self._makers()
        self.soft = frozenset(
            f"{method} {action['url'].rstrip('/')}"
            for resource in self.manifest["resources"].values()
            for action in resource.get("actions", {}).values()
            for method in action["methods"]
            if "soft" in action
        )

    def learn(self, answer: Answer) -> None:
        """Keep what an answer hands over."""
        said = self.operations.get(answer.name, {}).get("responses", {}).get(str(answer.status), {})
        for link in said.get("links", {}).values():
            name = self.names[link["operationId"]]
            kept = self.offers.setdefault(name, deque(maxlen=KEPT))
            for offer in self._followed(link, answer, self.lives.get(name)):
                older = [each for each in kept if (each.path, each.body) == (offer.path, offer.body)]
                for each in older:
                    kept.remove(each)
                kept.appendleft(offer)
                if offer.state is not None:
                    self._moved(offer)

    def _moved(self, shown: Offer) -> None:
        """A record is in this state now, whatever other operations have been told of it."""
        for name in self.lives.keys() & self.offers.keys():
            kept = self.offers[name]
            for place, each in enumerate(kept):
                if each.path == shown.path and each.state != shown.state:
                    kept[place] = replace(each, state=shown.state)

    def take(self, name: str, body: Any) -> Offer | None:
        """Any of the offers that have a chance: two operations that use records up do not meet at the same ones."""
        life, kept = self.lives.get(name), self.offers.get(name, deque())
        proven = self.proven.get(name)
        if life is None:
            known = proven if proven and self.random.random() < TRUST else kept
            return self.random.choice(known) if known else None
        sources = life.wanted(body)
        hopeless = self.hopeless.get(name, set())
        hopeful = [each for each in kept if each.state not in hopeless and (not sources or each.state in sources)]
        return self.random.choice(hopeful) if hopeful else None

    def trust(self, name: str, offer: Offer) -> None:
        """An offer led somewhere."""
        self.misses[name] = 0
        proven = self.proven.setdefault(name, deque(maxlen=KEPT))
        if (offer.path or offer.body) and offer not in proven:
            proven.append(offer)

    def forget(self, name: str, offer: Offer, status: int) -> None:
        """An offer led to nothing; where the state was in the way, the same is true of others in that state. Where all
        seems to be gone, what can be made anew is not looked for any longer."""
        kept = self.offers.get(name, deque())
        self.misses[name] = self.misses.get(name, 0) + 1 if status == NOT_FOUND else 0
        if offer in self.proven.get(name, ()):
            self.proven[name].remove(offer)
        if self.misses[name] >= PATIENCE and self.makers(name):
            kept.clear()
        elif offer in kept:
            kept.remove(offer)
        life = self.lives.get(name)
        if status == CONFLICT and life is not None and not life.sources:
            self.hopeless.setdefault(name, set()).add(offer.state)

    def gone(self, name: str, path: Mapping[str, Any]) -> None:
        """What stood at the path of an operation was deleted, and with it what is below."""
        deleted = name.partition(" ")[2]
        for other, kept in self.offers.items():
            if f"{other.partition(' ')[2]}/".startswith(f"{deleted}/"):
                left = [each for each in kept if any(each.path.get(key) != value for key, value in path.items())]
                self.offers[other] = deque(left, maxlen=KEPT)
                self.proven[other] = deque((each for each in self.proven.get(other, ()) if each in left), maxlen=KEPT)

    def resolved(self, schema: Json) -> Json:
        """A schema, or the one that it refers to."""
        name = schema.get("$ref", "").removeprefix("#/components/schemas/")
        found: Json = self.document["components"]["schemas"][name] if name else schema
        return found

    def takes_form(self, name: str, media_type: str, form: Json) -> bool:
        """Whether a form, all of it text, agrees with the document: numbers and booleans are meant by their text."""
        components = {"components": self.document["components"]}
        schema = self.resolved(self.operations[name]["requestBody"]["content"][media_type]["schema"])
        pieces = schema.get("properties", {})
        read = {key: _read_as(each, pieces.get(key, False), components) for key, each in form.items()}
        return bool(jsonschema_rs.is_valid(schema | components, read))

    def makers(self, name: str) -> list[str]:
        """The operations that make what another is about: their answers lead there."""
        return self.made_by.get(name, [])

    def _makers(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for name, each in self.operations.items():
            made = each["responses"].get("201", {}) if name.startswith("POST ") else {}
            for link in made.get("links", {}).values():
                found.setdefault(self.names[link["operationId"]], []).append(name)
        return found

    def _followed(self, link: Json, answer: Answer, life: Life | None) -> Iterator[Offer]:
        for index in range(ITEMS):
            path = _value(link.get("parameters", {}), answer, index)
            body = {name: _value(each, answer, index) for name, each in _handed_over(link.get("requestBody")).items()}
            if path is MISSING or MISSING in body.values():
                return
            if path or body:
                yield Offer(path, body, _state(life, link, answer, index) if life else None)
            if not _is_of_a_list(link):
                return


def _lives(manifest: Json) -> Iterator[tuple[str, Life]]:
    """Of operations on records that live through states; where they are no transitions, without targets."""
    for resource in manifest["resources"].values():
        machine = resource.get("state_machine")
        actions = resource.get("actions", {}).values() if machine else ()
        ways = _ways(machine) if machine else {}
        mover = next(
            (f"{each['methods'][0]} {each['url'].rstrip('/')}" for each in actions if _names_state(each)), None
        )
        for action in actions:
            named = {*action.get("transitions", ()), action.get("transition")} - {None}
            if _names_state(action):
                named = set(machine["transitions"])
            sources: dict[str, frozenset[str]] = {}
            for each in (machine["transitions"][name] for name in named):
                sources[each["to"]] = sources.get(each["to"], frozenset()) | frozenset(each["from"])
            for method in action["methods"] if action["kind"] in ("transition", "action", "update") else ():
                yield f"{method} {action['url'].rstrip('/')}", Life(machine["field"], sources, ways, mover)


def _names_state(action: Json) -> bool:
    """Whether the body says where to."""
    return action["kind"] == "transition" and "transition" not in action


def _ways(machine: Json) -> dict[str, tuple[str, ...]]:
    """By state: through which states a new record gets there, the shortest way."""
    ways: dict[str, tuple[str, ...]] = {machine["initial"]: ()}
    line = deque([machine["initial"]])
    while line:
        state = line.popleft()
        for each in machine["transitions"].values():
            if state in each["from"] and each["to"] not in ways and not each.get("requires"):
                ways[each["to"]] = (*ways[state], each["to"])
                line.append(each["to"])
    return ways


def _state(life: Life, link: Json, answer: Answer, index: int) -> str | None:
    """The state of the record that is handed over, as far as the answer shows it."""
    for expression in link.get("parameters", {}).values():
        match = EXPRESSION.fullmatch(str(expression))
        if match and match["source"] == "response":
            beside = match["pointer"].rpartition("/")[0]
            state = _at(answer.body, f"{beside}/{life.member}", index)
            return None if state is MISSING else str(state)
    return None


def _read_as(text: Any, piece: Any, components: Json) -> Any:
    """The value that a text stands for, in a form that the schema takes; the text itself if there is none. One part of
    a name is a list of one."""
    values = [text, [text]]
    with suppress(ValueError, TypeError):
        values.append(json.loads(text))
    taken = (each for each in values if piece is not False and jsonschema_rs.is_valid(piece | components, each))
    return next(taken, text)


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
