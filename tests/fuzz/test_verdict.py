"""A verdict finds what the tool itself lets pass."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

import pytest

from tests.fuzz.verdict import EVENTS, SUMMARY, Contract, judge

ACTIONS = {
    "list": {
        "methods": ["GET"],
        "url": "/books/",
        "kind": "list",
        "allows": {"reader": "yes"},
        "unstated": {"cursor": "x"},
    },
    "create": {"methods": ["POST"], "url": "/books/", "kind": "create", "allows": {"reader": "no"}},
    "lend": {"methods": ["POST"], "url": "/lend/", "kind": "transition", "allows": {"reader": "by record"}},
}
CONTRACT = Contract.of({"resources": {"Book": {"actions": ACTIONS}}})
GOOD: dict[str, Any] = {
    "test_cases": {"generated": 10},
    "failures": [],
    "errors": [],
    "operations": {"tested": 3, "total": 3},
    "complete": True,
    "stop_reason": "completed",
    "phases": {"fuzzing": {"status": "success", "skip_reason": None}},
    "warnings": {},
}


def faults(folder: Path, *answers: tuple[str, str, int, Any], mode: str = "positive", **summary: Any) -> list[str]:
    """What is found wrong with a run that had these answers: method, path, status and body of each."""
    (folder / SUMMARY).write_text(json.dumps(GOOD | summary))
    cases, interactions = {}, {}
    for number, (method, path, status, body) in enumerate(answers):
        meta = {"generation": {"mode": mode}, "phase": {"name": "fuzzing", "data": None}}
        cases[str(number)] = {"value": {"method": method, "path": path, "meta": meta}}
        content = {"$base64": base64.b64encode(json.dumps(body).encode()).decode()}
        interactions[str(number)] = {"response": {"status_code": status, "content": content}}
    event = {"ScenarioFinished": {"recorder": {"cases": cases, "interactions": interactions}}}
    (folder / EVENTS).write_text(json.dumps(event) + "\n")
    return judge(folder, "reader", CONTRACT).faults


def test_a_good_run_has_no_faults(tmp_path: Path) -> None:
    assert faults(tmp_path, ("GET", "/books", 200, []), ("POST", "/books", 403, {})) == []


def test_a_rule_beyond_the_schema_excuses_a_refusal_and_nothing_else_does(tmp_path: Path) -> None:
    assert faults(tmp_path, ("GET", "/books", 400, {"errors": {"cursor": ["no"]}})) == []
    found = faults(tmp_path, ("GET", "/books", 400, {"errors": {"cursor": ["no"], "page": ["no"]}}))
    assert len(found) == 1 and "page" in found[0]
    assert faults(tmp_path, ("POST", "/lend", 400, {"code": "INVALID_INPUT"}))
    assert not faults(tmp_path, ("POST", "/lend", 400, {"errors": {"x": ["no"]}}), mode="negative")


def test_whoever_may_not_must_not_succeed(tmp_path: Path) -> None:
    assert faults(tmp_path, ("POST", "/books", 201, {})) == ["answered 201 to a caller who may not: POST /books"]


def test_an_error_of_the_server_is_one_whatever_was_sent(tmp_path: Path) -> None:
    assert faults(tmp_path, ("POST", "/lend", 503, {}), mode="negative") == ["answered 503: POST /lend"]


@pytest.mark.parametrize("kind", ["missing_auth", "missing_test_data", "validation_mismatch", "low_valid_rate"])
def test_warnings_are_faults_unless_the_caller_had_to_be_turned_away(tmp_path: Path, kind: str) -> None:
    assert faults(tmp_path, warnings={kind: ["GET /books"]}) == [f"warning {kind}: GET /books"]
    assert faults(tmp_path, warnings={kind: ["POST /books"]}) == []


def test_an_unfinished_run_is_no_good_run(tmp_path: Path) -> None:
    assert faults(tmp_path, complete=False)
    assert faults(tmp_path, operations={"tested": 2, "total": 3})
    assert faults(tmp_path, phases={"stateful": {"status": "skip", "skip_reason": "nothing to test"}})
