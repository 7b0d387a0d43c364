"""What became of a run. Stricter than schemathesis: it counts what the tool only warns of or was told to let pass."""

from __future__ import annotations

import base64
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

SUMMARY, EVENTS = "run.json", "run.ndjson"

Json = dict[str, Any]

# What is to be expected where a kind of caller is turned away: always, or from records that are not its own. Of the
# latter some other kind of caller must have the right ones.
RARELY = "low_valid_rate"
MOVING, MOVE = {"transition", "transitions"}, "transition"
TURNED_AWAY = frozenset({"missing_auth", "missing_test_data", "low_valid_rate", "validation_mismatch"})


@dataclass(slots=True)
class Verdict:
    """One run: how many requests, and what was wrong. Operations in `open` another kind of caller has to use."""

    cases: int = 0
    faults: list[str] = field(default_factory=list)
    open: set[str] = field(default_factory=set)
    statuses: Counter[int] = field(default_factory=Counter)
    served: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Contract:
    """By operation ("GET /books/"): who may call it, and which members have rules that no schema can say. `moves` are
    the operations that lead records from state to state."""

    manifest: Json
    allows: Mapping[str, Mapping[str, str]]
    unstated: Mapping[str, frozenset[str]]
    moves: frozenset[str]

    @staticmethod
    def of(manifest: Json) -> Contract:
        """What a manifest says."""
        actions = {
            f"{method} {action['url'].rstrip('/') or '/'}": action
            for resource in manifest["resources"].values()
            for action in resource.get("actions", {}).values()
            for method in action["methods"]
        }
        return Contract(
            manifest,
            {name: action["allows"] for name, action in actions.items()},
            {name: frozenset(action.get("unstated", ())) for name, action in actions.items()},
            frozenset(name for name, action in actions.items() if MOVING & action.keys() or action["kind"] == MOVE),
        )


def judge(folder: Path, role: str, contract: Contract) -> Verdict:
    """Read the reports of a run."""
    if not (folder / SUMMARY).exists():
        return Verdict(faults=["schemathesis did not finish"])
    summary = json.loads((folder / SUMMARY).read_text())
    verdict = Verdict(cases=summary["test_cases"]["generated"])
    verdict.faults += _found(summary)
    for name, case, interaction in _interactions(folder / EVENTS):
        _look_at(name, case, interaction, role, contract, verdict)
    _weigh(summary["warnings"], role, contract, verdict)
    return verdict


def _found(summary: Json) -> Iterator[str]:
    """Failures and errors as the tool itself counts them; and whether it did all of its work."""
    for failure in summary["failures"]:
        yield f"{failure['code']} {failure['title']}: {failure['count']} ({', '.join(failure['operations'])})"
    for error in summary["errors"]:
        yield f"error: {error['title']}: {error['count']}"
    operations = summary["operations"]
    if not summary["complete"] or operations["tested"] != operations["total"]:
        yield f"only {operations['tested']} of {operations['total']} operations were tested ({summary['stop_reason']})"
    for phase, outcome in summary["phases"].items():
        if outcome["status"] == "skip":
            yield f"the phase {phase} was skipped: {outcome['skip_reason']}"


def _weigh(warnings: Json, role: str, contract: Contract, verdict: Verdict) -> None:
    """A warning is a fault, unless it only says that somebody was kept out who had to be, or that most states of a
    record refuse to be left: of those that move records some have to be moved."""
    for kind, names in warnings.items():
        for name in names:
            answer = contract.allows.get(name, {}).get(role, "yes")
            if kind == RARELY and name in contract.moves & verdict.served:
                continue
            if answer == "yes" or kind not in TURNED_AWAY:
                verdict.faults.append(f"warning {kind}: {name}")
            elif answer == "by record":
                verdict.open.add(name)


def _look_at(name: str, case: Json, interaction: Json, role: str, contract: Contract, verdict: Verdict) -> None:
    """One request and its answer, as recorded."""
    response = interaction.get("response")
    if response is None:
        verdict.faults.append(f"no answer: {name}")
        return
    status = response["status_code"]
    verdict.statuses[status] += 1
    if status >= 500:
        verdict.faults.append(f"answered {status}: {name}")
    if not _is_positive(case) or name != f"{case['value']['method']} {case['value']['path']}":
        return
    if 200 <= status < 300:
        verdict.served.add(name)
        if contract.allows.get(name, {}).get(role) == "no":
            verdict.faults.append(f"answered {status} to a caller who may not: {name}")
    elif status == 400:
        verdict.faults += _unexplained(name, response, contract.unstated.get(name, frozenset()))


def _unexplained(name: str, response: Json, unstated: frozenset[str]) -> Iterator[str]:
    """A request that agrees with the document is refused only for rules that are known to be beyond it."""
    problem = json.loads(base64.b64decode(response["content"]["$base64"]))
    members = {path.split(".")[0] for path in problem.get("errors", {"(the body)": []})}
    for member in sorted(members - unstated):
        yield f"refused though valid: {name}: {member}: {problem.get('errors', problem)}"


def _is_positive(case: Json) -> bool:
    """Whether the request agrees with the document. The tool holds a form for right whose texts it has left empty."""
    meta = case["value"].get("meta")
    if meta is None or meta["generation"]["mode"] != "positive":
        return False
    return (meta["phase"]["data"] or {}).get("description") != "Multipart body with custom encoding"


def _interactions(events: Path) -> Iterator[tuple[str, Json, Json]]:
    """Every request: the operation it was made for, the case, and what went over the wire."""
    with events.open(encoding="utf-8") as lines:
        for line in lines:
            recorder = json.loads(line).get("ScenarioFinished", {}).get("recorder")
            if recorder is None:
                continue
            for key, case in recorder.get("cases", {}).items():
                if key in recorder.get("interactions", {}):
                    value = case["value"]
                    yield f"{value['method']} {value['path']}", case, recorder["interactions"][key]
