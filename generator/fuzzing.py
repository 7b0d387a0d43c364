"""`manifest.json` → `schemathesis.toml`: how an API is fuzzed by its own document, with every check in force.

Only what the document cannot say is said here: which operations may refuse a request that agrees with it, because of
rules that no schema can express. Who may call an operation stands above it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]


IDEMPOTENCY = "Idempotency-Key: must not have come with another request"


@dataclass(frozen=True, slots=True)
class Fuzzed:
    """One operation: `POST /books/`, who may call it, the rules beside its schemas, and the statuses they lead to."""

    name: str
    callers: str
    rules: tuple[str, ...]
    statuses: str


@dataclass(frozen=True, slots=True)
class FuzzingPlan:
    """The whole file."""

    title: str
    operations: tuple[Fuzzed, ...]


def plan_fuzzing(manifest: Json) -> FuzzingPlan:
    """All operations of an API, in the order of its specs."""
    return FuzzingPlan(manifest["api"]["title"], tuple(_operations(manifest)))


def _operations(manifest: Json) -> Iterator[Fuzzed]:
    for resource in manifest["resources"].values():
        for action in resource.get("actions", {}).values():
            for method in action["methods"]:
                callers = ", ".join(f"{name} {answer}" for name, answer in action["allows"].items())
                yield Fuzzed(f"{method} {action['url'].rstrip('/') or '/'}", callers, *_rules(action))


def _rules(action: Json) -> tuple[tuple[str, ...], str]:
    rules = [f"{member}: {rule}" for member, rule in action.get("unstated", {}).items()]
    statuses = ["400"] if rules else []
    if "idempotency" in action:
        rules.append(IDEMPOTENCY)
        statuses.append("422")
    return tuple(rules), ", ".join(f'"{each}"' for each in statuses)
