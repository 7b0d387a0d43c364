"""How far stateful runs of schemathesis got: which links they followed with success, and which states they saw.

python -m tests.fuzz.reach var/fuzz/run.ndjson
"""

from __future__ import annotations

import base64
import json
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]

Json = dict[str, Any]


@dataclass(frozen=True)
class Reach:
    """What runs reached: each link of the document with how often it was followed with success, and by resource with a
    state machine how often answers to writes showed each of its states."""

    links: dict[str, int]
    states: dict[str, dict[str, int]]

    @property
    def followed(self) -> list[str]:
        """The links that were followed with success at least once."""
        return [name for name, times in self.links.items() if times]

    @property
    def never(self) -> list[str]:
        """The links that were not."""
        return [name for name, times in self.links.items() if not times]

    def seen(self, resource: str) -> list[str]:
        """The states of a resource's records that were seen."""
        return [state for state, times in self.states[resource].items() if times]

    def __add__(self, other: Reach) -> Reach:
        """What two runs reached together."""
        links = {name: times + other.links[name] for name, times in self.links.items()}
        states = {
            resource: {state: times + other.states[resource][state] for state, times in seen.items()}
            for resource, seen in self.states.items()
        }
        return Reach(links, states)

    def __str__(self) -> str:
        lines = [f"{len(self.followed)} of {len(self.links)} links were followed with success"]
        for resource, states in self.states.items():
            missing = [state for state, times in states.items() if not times]
            rest = f"; never {', '.join(missing)}" if missing else ""
            lines.append(f"{len(states) - len(missing)} of {len(states)} states of {resource} were seen{rest}")
        return "\n".join([*lines, *(f"  never: {name}" for name in self.never)])


def reach(report: Path, document: Json, manifest: Json) -> Reach:
    """What a run reached, by its NDJSON report: `schemathesis run --report ndjson`."""
    followed: Counter[str] = Counter()
    seen: Counter[tuple[str, str]] = Counter()
    machines = _machines(manifest)
    shown = Shown(document, {frozenset(states): name for name, states in machines.items()})
    for step in _steps(report):
        if step.followed is not None:
            followed[step.followed] += 1
        if step.method != "GET":
            seen.update(shown.states(step))
    links = {name: followed[name] for name in _links(document)}
    return Reach(links, {name: {each: seen[name, each] for each in states} for name, states in machines.items()})


# --- the report -------------------------------------------------------------------------------


@dataclass(frozen=True)
class Step:
    """One request of a run that was answered: `followed` is the link that brought it to success."""

    method: str
    path: str
    status: int
    body: Any
    followed: str | None


def _steps(report: Path) -> Iterator[Step]:
    with report.open() as lines:
        for line in lines:
            event = json.loads(line)
            if "ScenarioFinished" in event:
                yield from _of_scenario(event["ScenarioFinished"]["recorder"])


def _of_scenario(recorder: Json) -> Iterator[Step]:
    for name, case in recorder.get("cases", {}).items():
        answer = recorder["interactions"].get(name, {}).get("response")
        if answer is None:
            continue
        value, transition, status = case["value"], case.get("transition"), answer["status_code"]
        applied = transition is not None and case.get("is_transition_applied") and 200 <= status < 400
        followed = transition["id"] if applied and not transition["is_inferred"] else None
        yield Step(value["method"], value["path"], status, _body(answer), followed)


def _body(answer: Json) -> Any:
    try:
        return json.loads(base64.b64decode((answer.get("content") or {}).get("$base64", "")))
    except ValueError:
        return None


# --- the document and the manifest ------------------------------------------------------------


def _links(document: Json) -> Iterator[str]:
    """The document's links, called as in the report."""
    operations = {
        each["operationId"]: f"{method.upper()} {path}"
        for path, item in document["paths"].items()
        for method, each in item.items()
    }
    for item in document["paths"].values():
        for each in item.values():
            for status, answer in each["responses"].items():
                for name, link in answer.get("links", {}).items():
                    yield f"{operations[each['operationId']]} -> [{status}] {name} -> {operations[link['operationId']]}"


def _machines(manifest: Json) -> dict[str, list[str]]:
    """The states of each resource that has a state machine."""
    found: dict[str, list[str]] = {}
    for name, resource in manifest["resources"].items():
        if machine := resource.get("state_machine"):
            moves = machine["transitions"].values()
            every = [machine["initial"], *(state for each in moves for state in (*each["from"], each["to"]))]
            found[name] = list(dict.fromkeys(every))
    return found


@dataclass(frozen=True)
class Shown:
    """Finds the states that bodies show, by the schemas of the answers: a state is one of all that there are."""

    document: Json
    machines: dict[frozenset[str], str]

    def states(self, step: Step) -> Iterator[tuple[str, str]]:
        """Each state in the answer of a step, after the resource that it is one of."""
        said = self.document["paths"][step.path].get(step.method.lower(), {})  # nothing of methods that are not offered
        answer = self._resolved(said.get("responses", {}).get(str(step.status)))
        for content in answer.get("content", {}).values():
            yield from self._in(content["schema"], step.body)

    def _in(self, schema: Json, value: Any) -> Iterator[tuple[str, str]]:
        if value is None:
            return
        schema = self._resolved(schema)
        if isinstance(value, str) and (resource := self.machines.get(frozenset(schema.get("enum", ())) - {None})):
            yield resource, value
        for each in (*schema.get("anyOf", ()), *schema.get("oneOf", ()), *schema.get("allOf", ())):
            yield from self._in(each, value)
        if isinstance(value, list) and "items" in schema:
            for item in value:
                yield from self._in(schema["items"], item)
        if isinstance(value, dict):
            for name, piece in schema.get("properties", {}).items():
                yield from self._in(piece, value.get(name))

    def _resolved(self, piece: Json | None) -> Json:
        found: Any = piece or {}
        while "$ref" in found:
            way = found["$ref"].removeprefix("#/").split("/")
            found = self.document
            for name in way:
                found = found[name]
        return dict(found)


def main() -> None:
    """Say what the reports named on the command line reached together."""
    document, manifest = (
        json.loads((ROOT / "generated" / name).read_text()) for name in ("openapi.json", "manifest.json")
    )
    first, *others = (reach(Path(name), document, manifest) for name in sys.argv[1:])
    print(sum(others, start=first))


if __name__ == "__main__":
    main()
