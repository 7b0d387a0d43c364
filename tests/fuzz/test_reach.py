"""What counts as reached in the report of a run."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

from tests.fuzz.reach import Reach, reach

STATES = ["open", "paid", "gone"]
DOCUMENT = {
    "paths": {
        "/bills": {
            "post": {
                "operationId": "create_bill",
                "responses": {
                    "201": {
                        "links": {"get_bill": {"operationId": "get_bill"}, "pay_bill": {"operationId": "pay_bill"}},
                        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Bill"}}},
                    }
                },
            }
        },
        "/bills/{id}": {
            "get": {
                "operationId": "get_bill",
                "responses": {
                    "200": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Bill"}}}}
                },
            },
            "patch": {
                "operationId": "pay_bill",
                "responses": {
                    "200": {
                        "content": {
                            "application/json": {
                                "schema": {"properties": {"bills": {"items": {"$ref": "#/components/schemas/Bill"}}}}
                            }
                        }
                    }
                },
            },
        },
    },
    "components": {"schemas": {"Bill": {"properties": {"state": {"enum": STATES}, "note": {"type": "string"}}}}},
}
MOVES = {"pay": {"from": ["open"], "to": "paid"}, "drop": {"from": ["open", "paid"], "to": "gone"}}
MANIFEST = {"resources": {"Bill": {"state_machine": {"initial": "open", "transitions": MOVES}}, "Other": {}}}
GOT, PAID = (
    f"POST /bills -> [201] {name} -> {to}"
    for name, to in (("get_bill", "GET /bills/{id}"), ("pay_bill", "PATCH /bills/{id}"))
)


def report(folder: Path, *steps: dict[str, Any]) -> Path:
    """A run of one scenario, as schemathesis writes it."""
    cases = {str(number): step["case"] for number, step in enumerate(steps)}
    interactions = {str(number): {"response": step["response"]} for number, step in enumerate(steps)}
    events = [
        {"Initialize": {}},
        {"ScenarioFinished": {"recorder": {"label": "without steps"}}},
        {"ScenarioFinished": {"recorder": {"cases": cases, "interactions": interactions}}},
    ]
    path = folder / "run.ndjson"
    path.write_text("".join(json.dumps(each) + "\n" for each in events))
    return path


def step(method: str, path: str, status: int, body: Any, link: str = "", **more: Any) -> dict[str, Any]:
    case: dict[str, Any] = {"value": {"method": method, "path": path}}
    if link:
        case |= {"transition": {"id": link, "is_inferred": False}, "is_transition_applied": True} | more
    content = base64.b64encode(json.dumps(body).encode()).decode()
    return {"case": case, "response": {"status_code": status, "content": {"$base64": content}}}


def read(folder: Path, *steps: dict[str, Any]) -> Reach:
    return reach(report(folder, *steps), DOCUMENT, MANIFEST)


def test_a_link_counts_when_what_it_handed_over_led_to_success(tmp_path: Path) -> None:
    bill = {"state": "open"}
    found = read(tmp_path, step("GET", "/bills/{id}", 200, bill, GOT), step("PATCH", "/bills/{id}", 409, {}, PAID))
    assert (found.followed, found.never) == ([GOT], [PAID])
    assert read(tmp_path, step("GET", "/bills/{id}", 304, None, GOT)).followed == [GOT]
    assert read(tmp_path, step("GET", "/bills/{id}", 200, bill, GOT, is_transition_applied=False)).followed == []


def test_states_count_where_answers_to_writes_show_them(tmp_path: Path) -> None:
    paid = {"bills": [{"state": "paid", "note": "gone"}, {"state": None}]}
    found = read(
        tmp_path,
        step("POST", "/bills", 201, {"state": "open"}),
        step("PATCH", "/bills/{id}", 200, paid),
        step("GET", "/bills/{id}", 200, {"state": "gone"}),
    )
    assert found.states == {"Bill": {"open": 1, "paid": 1, "gone": 0}}
    assert "2 of 3 states of Bill were seen; never gone" in str(found)


def test_runs_add_up(tmp_path: Path) -> None:
    first = read(tmp_path, step("POST", "/bills", 201, {"state": "open"}))
    second = read(tmp_path, step("PATCH", "/bills/{id}", 200, {"bills": [{"state": "gone"}]}, PAID))
    assert (first + second).seen("Bill") == ["open", "gone"]
    assert (first + second).followed == [PAID]
