"""Appointments: references, invariants, hidden records, and a custom action."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.api.client import Caller, at_once, faults, links, ok, problem
from tests.api.clinic.callers import BASE, Visitor, booking


def test_booking(nobody: Caller, people: dict[str, Visitor], room: str) -> None:
    eva = people["eva"]
    answer = eva.post(f"{room}appointments/", booking(people, kind="vaccination", notes="  Afraid of needles. "))
    made = ok(answer, 201)
    assert answer.headers["location"].startswith(f"{BASE}/{room}appointments/")
    assert made["patient"] == {"id": eva.account["key"], "full_name": "Eva Lopes", "duty": "patient"}
    assert made["doctor"]["full_name"] == "Joana Pires"
    assert (made["fee"], made["is_free_of_charge"], made["notes"]) == ("0.000", True, "Afraid of needles.")
    assert made["starts_at"] == "2027-03-01T09:00:00.000000Z"
    assert ok(eva.request("GET", answer.headers["location"])) == made
    (slot,) = ok(nobody.get(f"{room}appointments/"))
    assert list(slot) == ["id", "starts_at", "ends_at", "kind"]


def test_a_booking_needs_somebody(nobody: Caller, people: dict[str, Visitor], room: str) -> None:
    problem(nobody.post(f"{room}appointments/", booking(people)), 401, "NOT_AUTHENTICATED")


@pytest.mark.parametrize(
    ("more", "blamed"),
    [
        ({"ends_at": "2027-03-01T09:00:00Z"}, "ends_at"),
        ({"ends_at": "2027-03-01T10:30:00+02:00"}, "ends_at"),
        ({"starts_at": "2027-03-01 nine"}, "starts_at"),
        ({"starts_at": "2027-03-01T09:00:00"}, "starts_at"),
        ({"starts_at": "2027-02-29T09:00:00Z"}, "starts_at"),
        ({"kind": "nap"}, "kind"),
        ({"is_remote": True}, "meeting_url"),
        ({"doctor": "00000000-0000-4000-8000-00000000ffff"}, "doctor"),
        ({"doctor": "00000000-0000-4000-8000-000000000006"}, "doctor"),
        ({"doctor": "joana"}, "doctor"),
        ({"doctor": 2}, "doctor"),
        ({"patient": "00000000-0000-4000-8000-000000000005"}, "patient"),
    ],
)
def test_a_wrong_booking_is_refused(people: dict[str, Visitor], room: str, more: dict[str, Any], blamed: str) -> None:
    assert faults(people["eva"].post(f"{room}appointments/", booking(people, **more))) == {blamed}
    assert ok(people["eva"].get(f"{room}appointments/")) == []


def test_only_the_manager_sets_a_fee(people: dict[str, Visitor], nobody: Caller, room: str) -> None:
    problem(people["eva"].post(f"{room}appointments/", booking(people, fee="1.000")), 403, "FORBIDDEN")
    made = ok(people["rui"].post(f"{room}appointments/", booking(people, fee="33.7")), 201)
    assert (made["fee"], made["is_free_of_charge"]) == ("33.700", False)
    ok(people["rui"].post(f"{room}appointments/", booking(people, 10, fee="0.301")), 201)
    assert (ok(nobody.get(room))["booked"], ok(nobody.get(room))["turnover"]) == (2, "34.001")


def test_a_slot_is_taken_until_it_is_cancelled(people: dict[str, Visitor], nobody: Caller, room: str) -> None:
    eva, ivo = people["eva"], people["ivo"]
    made = ok(eva.post(f"{room}appointments/", booking(people)), 201)
    path = f"{room}appointments/{made['id']}/"
    problem(ivo.post(f"{room}appointments/", booking(people)), 409, "SLOT_TAKEN")
    ok(eva.delete(path), 204)
    assert ok(eva.get(path))["is_cancelled"] is True
    assert ok(nobody.get(f"{room}appointments/")) == []
    ok(ivo.post(f"{room}appointments/", booking(people)), 201)


def test_one_of_many_gets_the_slot(people: dict[str, Visitor], room: str) -> None:
    callers = [people["eva"], people["ivo"]]
    answers = at_once(30, lambda n: callers[n % 2].post(f"{room}appointments/", booking(people)))
    assert Counter(each.status_code for each in answers) == {201: 1, 409: 29}


def test_what_is_hidden_does_not_exist(nobody: Caller, people: dict[str, Visitor], room: str) -> None:
    made = ok(people["eva"].post(f"{room}appointments/", booking(people)), 201)
    path = f"{room}appointments/{made['id']}/"
    for name in ("eva", "joana", "rui"):
        assert ok(people[name].get(path))["id"] == made["id"]
    for name in ("ivo", "nuno"):
        problem(people[name].get(path), 404, "NOT_FOUND")
        problem(people[name].delete(path), 404, "NOT_FOUND")
        problem(people[name].post(f"{path}postpone/", {"minutes": 30}), 404, "NOT_FOUND")
        problem(people[name].post(f"{path}remind/"), 404, "NOT_FOUND")
    problem(people["joana"].patch(path, {"kind": "surgery"}), 404, "NOT_FOUND")
    problem(nobody.get(path), 401, "NOT_AUTHENTICATED")
    assert ok(people["eva"].patch(path, {"kind": "surgery"}))["kind"] == "surgery"
    assert ok(people["eva"].post(f"{path}remind/")) == {"reminded": True}


def test_changing_a_booking_is_checked_as_a_whole(people: dict[str, Visitor], room: str) -> None:
    eva = people["eva"]
    made = ok(eva.post(f"{room}appointments/", booking(people)), 201)
    path = f"{room}appointments/{made['id']}/"
    assert faults(eva.patch(path, {"starts_at": "2027-03-01T09:45:00Z"})) == {"ends_at"}
    assert faults(eva.patch(path, {"is_remote": True})) == {"meeting_url"}
    changed = ok(eva.patch(path, {"is_remote": True, "meeting_url": "https://meet.example/1"}))
    assert (changed["is_remote"], changed["meeting_url"]) == (True, "https://meet.example/1")
    assert faults(eva.patch(path, {"meeting_url": None})) == {"meeting_url"}
    replaced = ok(eva.put(path, booking(people, 11)))
    assert (replaced["is_remote"], replaced["meeting_url"]) == (False, None)


def test_postponing(people: dict[str, Visitor], room: str) -> None:
    eva, ivo = people["eva"], people["ivo"]
    first = ok(eva.post(f"{room}appointments/", booking(people, 9)), 201)
    second = ok(ivo.post(f"{room}appointments/", booking(people, 10)), 201)
    path = f"{room}appointments/{first['id']}/postpone/"
    moved = ok(eva.post(path, {"minutes": 30}))
    assert (moved["starts_at"], moved["ends_at"]) == ("2027-03-01T09:30:00.000000Z", "2027-03-01T10:00:00.000000Z")
    assert ok(eva.get(f"{room}appointments/{first['id']}/")) == moved
    refused = problem(eva.post(path, {"minutes": 20, "reason": "Late"}), 409, "OVERLAPS")
    assert refused["conflicting_id"] == second["id"]
    assert refused["free_from"] == "2027-03-01T10:30:00.000000Z"
    assert refused["detail"] == "The room is taken at that time."
    assert ok(eva.get(f"{room}appointments/{first['id']}/")) == moved
    assert faults(eva.post(path, {"minutes": 4, "reason": ""})) == {"minutes", "reason"}
    assert faults(eva.post(path, {})) == {"minutes"}
    ok(eva.delete(f"{room}appointments/{first['id']}/"), 204)
    problem(eva.post(path, {"minutes": 60}), 409, "ALREADY_CANCELLED")


def test_the_agenda_is_the_callers_own(nobody: Caller, people: dict[str, Visitor], room: str) -> None:
    made = ok(people["ivo"].post(f"{room}appointments/", booking(people, 15)), 201)
    for name, expected in (("ivo", True), ("joana", True), ("nuno", False), ("rui", False)):
        start, end = "2027-03-01T14:59:00Z", "2027-03-01T15:01:00Z"
        answer = people[name].get("agenda/", **{"from": start, "until": end, "page_size": 30})
        assert (made["id"] in [each["id"] for each in ok(answer)]) is expected
        assert answer.headers["cache-control"] == "no-store"
    problem(nobody.get("agenda/"), 401, "NOT_AUTHENTICATED")


def test_pages_of_another_size(people: dict[str, Visitor], nobody: Caller, room: str) -> None:
    begin = datetime.fromisoformat("2027-05-01T08:00:00+00:00")
    for number in range(12):
        start = begin + timedelta(hours=number)
        times = {"starts_at": start.isoformat(), "ends_at": (start + timedelta(minutes=20)).isoformat()}
        ok(people["eva"].post(f"{room}appointments/", booking(people) | times), 201)
    first = nobody.get(f"{room}appointments/")
    assert len(ok(first)) == 10
    assert len(ok(nobody.request("GET", links(first)["next"]))) == 2
    assert faults(nobody.get(f"{room}appointments/", page_size=31)) == {"page_size"}


# --- lists of objects, and a body that may be a query ------------------------------------------


def series(people: dict[str, Visitor], *times: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"doctor_id": people["joana"].account["key"], "times": list(times)} | more


def test_a_series_is_booked_at_once(people: dict[str, Visitor], nobody: Caller, room: str) -> None:
    first = {"starts_at": "2027-06-01T10:00:00+02:00", "fee": 12.5, "notes": " First time. "}
    second = {"starts_at": "2027-06-08T08:00:00Z", "minutes": 60}
    made = ok(people["eva"].post(f"{room}series/", series(people, first, second, kind="vaccination")), 201)
    assert made["total_fee"] == "12.500"
    assert [(each["starts_at"], each["fee"], each["notes"]) for each in made["booked"]] == [
        ("2027-06-01T08:00:00.000000Z", "12.500", "First time."),
        ("2027-06-08T08:00:00.000000Z", "0.000", ""),
    ]
    kept = ok(nobody.get(f"{room}appointments/"))
    assert [each["id"] for each in kept] == [each["id"] for each in made["booked"]]
    assert {each["kind"] for each in kept} == {"vaccination"}


def test_a_series_is_booked_in_full_or_not(people: dict[str, Visitor], nobody: Caller, room: str) -> None:
    times = [{"starts_at": f"2027-06-0{day}T08:00:00Z"} for day in (1, 2, 3)]
    ok(people["ivo"].post(f"{room}series/", series(people, *times[1:])), 201)
    refused = problem(people["eva"].post(f"{room}series/", series(people, *times)), 409, "TIMES_TAKEN")
    assert refused["taken"] == [
        {"starts_at": f"2027-06-0{day}T08:00:00.000000Z", "free_from": f"2027-06-0{day}T08:30:00.000000Z"}
        for day in (2, 3)
    ]
    assert len(ok(nobody.get(f"{room}appointments/"))) == 2


@pytest.mark.parametrize(
    ("times", "blamed"),
    [
        ([], {"times"}),
        ([{"starts_at": "2027-06-01T08:00:00Z", "minutes": number} for number in range(5, 30)], {"times"}),
        ({"starts_at": "2027-06-01T08:00:00Z"}, {"times"}),
        ([7], {"times.0"}),
        ([{}], {"times.0.starts_at"}),
        ([{"starts_at": "2027-06-01T08:00:00Z"}, {"starts_at": "2027-06-01T10:00:00+02:00"}], {"times.1.starts_at"}),
        ([{"starts_at": "2027-06-01T08:00:00Z"}, {"starts_at": "2027-06-01T08:00:00Z"}], {"times.1.starts_at"}),
        (
            [
                {"starts_at": "2027-02-29T08:00:00Z", "minutes": 4},
                {"starts_at": "2027-06-01T08:00:00Z", "fee": "1.2345", "notes": "x" * 21, "patient": 1},
            ],
            {"times.0.starts_at", "times.0.minutes", "times.1.fee", "times.1.notes", "times.1.patient"},
        ),
    ],
)
def test_a_wrong_series_is_refused(people: dict[str, Visitor], room: str, times: Any, blamed: set[str]) -> None:
    body = series(people) | {"times": times}
    assert faults(people["eva"].post(f"{room}series/", body)) == blamed
    assert faults(people["eva"].post(f"{room}series/", body | {"kind": "nap"})) == blamed | {"kind"}


@pytest.mark.parametrize("multipart", [False, True])
def test_a_form_sends_a_list_of_objects_as_json(people: dict[str, Visitor], room: str, multipart: bool) -> None:
    fields = {"doctor_id": people["joana"].account["key"], "times": '[{"starts_at": "2027-06-01T08:00:00Z"}]'}
    form = {"files": {name: (None, text) for name, text in fields.items()}} if multipart else {"data": fields}
    made = ok(people["eva"].request("POST", f"{room}series/", **form), 201)
    assert [each["starts_at"] for each in made["booked"]] == ["2027-06-01T08:00:00.000000Z"]
    form = {"files": {"times": (None, "[{]")}} if multipart else {"data": {"times": "[{]"}}
    assert faults(people["eva"].request("POST", f"{room}series/", **form)) == {"doctor_id", "times"}


def test_a_deletion_takes_its_input_from_body_or_query(people: dict[str, Visitor], room: str) -> None:
    eva = people["eva"]

    def booked(hour: int) -> str:
        return str(ok(eva.post(f"{room}appointments/", booking(people, hour)), 201)["id"])

    def withdraw(**more: Any) -> Any:
        return eva.request("DELETE", "agenda/withdraw/", **more)

    first, second, third = booked(9), booked(10), booked(11)
    body = {"appointment_id": first, "reasons": ["Ill", "Late"], "notify": False}
    expected = {"appointment_id": first, "reasons": ["Ill", "Late"], "notified": False}
    assert ok(withdraw(json=body, params={"appointment_id": third, "notify": "true"})) == expected
    query = {"appointment_id": second, "reasons": ["Ill", "Late"], "notify": "no", "utm_source": "mail"}
    assert ok(withdraw(params=query)) == expected | {"appointment_id": second}
    problem(withdraw(params=query), 404, "NO_APPOINTMENT")
    untyped = withdraw(params={"appointment_id": third}, headers={"Content-Type": "application/json"})
    assert ok(untyped) == {"appointment_id": third, "reasons": [], "notified": True}


def test_a_deletions_input_has_the_same_faults_either_way(people: dict[str, Visitor]) -> None:
    eva = people["eva"]
    wrong = {"appointment_id": "7", "reasons": ["x" * 41], "notify": "perhaps"}
    blamed = {"appointment_id", "reasons.0", "notify"}
    assert faults(eva.request("DELETE", "agenda/withdraw/", json=wrong)) == blamed
    assert faults(eva.request("DELETE", "agenda/withdraw/", params=wrong)) == blamed
    assert faults(eva.request("DELETE", "agenda/withdraw/", json={})) == {"appointment_id"}
    assert faults(eva.request("DELETE", "agenda/withdraw/")) == {"appointment_id"}
    twice = [("appointment_id", "a"), ("appointment_id", "b")]
    assert faults(eva.request("DELETE", "agenda/withdraw/", params=twice)) == {"appointment_id"}
    text = eva.request("DELETE", "agenda/withdraw/", content=b"x", headers={"Content-Type": "text/plain"})
    problem(text, 415, "UNSUPPORTED_MEDIA_TYPE")
