"""Clinics: values of every type, and resources four levels deep."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from tests.api.client import Caller, at_once, eventually, faults, ok, problem, unique
from tests.api.clinic.callers import BASE, CLINIC, Visitor, code

# --- values of every type ----------------------------------------------------------------------


def test_what_a_clinic_looks_like(nobody: Caller) -> None:
    found = ok(nobody.get("clinics/LX07/"))
    expected = {
        "code": "LX07",
        "address": {"street": "Av. Ribeira 3", "city": "Lisboa", "postal_code": "1100-001", "country": "PT"},
        "directions": "Av. Ribeira 3, 1100-001 Lisboa",
        "website": None,
        "opened_on": "2022-10-15",
        "is_premium": False,
        "minute_rate": "0.750",
        "hourly_rate": "45.000",
        "services": ["surgery"],
        "takes_walk_ins": False,
        "is_open": True,
        "numbers": {"department_count": 0, "room_count": 0, "doctors": 0},
        "departments": [],
    }
    assert {name: found[name] for name in expected} == expected
    assert ok(nobody.get("clinics/PO01/"))["website"] == "https://baixa.example.org/"


def test_making_a_clinic(manager: Visitor) -> None:
    name = code()
    answer = manager.post("clinics/", CLINIC | {"code": name, "services": ["x-ray", "fisioterapia"]})
    made = ok(answer, 201)
    assert answer.headers["location"] == f"{BASE}/clinics/{name}/"
    assert (made["name"], made["minute_rate"], made["hourly_rate"]) == ("Clínica Nova", "2.500", "150.000")
    assert made["address"] == CLINIC["address"] | {"country": "PT"}
    assert made["services"] == ["x-ray", "fisioterapia"]
    assert made["is_premium"] is True
    problem(manager.post("clinics/", CLINIC | {"code": name}), 409, "CODE_TAKEN")
    ok(manager.delete(f"clinics/{name}/"), 204)


def test_what_is_in_an_object_is_kept_in_one_form(manager: Visitor, nobody: Caller) -> None:
    sent = {"street": " Rua Nova 1", "city": "Braga ", "altitude": 190, "surveyed_at": "2024-05-01T12:00:00+01:00"}
    kept = {"street": "Rua Nova 1", "city": "Braga", "altitude": "190.0", "surveyed_at": "2024-05-01T11:00:00.000000Z"}
    body = CLINIC | {"code": code(), "address": CLINIC["address"] | sent}
    made = ok(manager.post("clinics/", body), 201)
    assert made["address"] == CLINIC["address"] | kept | {"country": "PT"}
    wrong = {"city": "   ", "altitude": "190.05", "surveyed_at": "2024-05-32T12:00:00Z"}
    body["address"] |= wrong
    assert faults(manager.post("clinics/", body)) == {f"address.{name}" for name in wrong}
    ok(manager.delete(f"clinics/{made['code']}/"), 204)


@pytest.mark.parametrize(
    ("more", "blamed"),
    [
        ({"code": "po01"}, "code"),
        ({"code": "PO1"}, "code"),
        ({"opened_on": "2023-02-29"}, "opened_on"),
        ({"opened_on": "2023-2-9"}, "opened_on"),
        ({"opened_on": "2023-02-09T00:00:00Z"}, "opened_on"),
        ({"opened_on": 20230209}, "opened_on"),
        ({"opened_on": "1849-12-31"}, "opened_on"),
        ({"minute_rate": "1.2345"}, "minute_rate"),
        ({"minute_rate": "0.000"}, "minute_rate"),
        ({"minute_rate": "100"}, "minute_rate"),
        ({"website": "baixa.example.org"}, "website"),
        ({"website": "javascript:alert(1)"}, "website"),
        ({"website": "https://"}, "website"),
        ({"takes_walk_ins": "yes"}, "takes_walk_ins"),
        ({"services": ["x" * 41]}, "services.0"),
        ({"services": {}}, "services"),
        ({"address": "Rua Nova 1"}, "address"),
        ({"address": {}}, "address"),
        ({"address": {"street": "", "city": "x", "postal_code": "1000-001"}}, "address.street"),
        ({"address": {"street": "x", "city": "x", "postal_code": "1000"}}, "address.postal_code"),
        ({"address": {"street": "x", "city": "x", "postal_code": "1000-001", "planet": "Mars"}}, "address.planet"),
        ({"visits": 5}, "visits"),
        ({"is_open": True}, "is_open"),
    ],
)
def test_a_wrong_clinic_is_refused(manager: Visitor, more: dict[str, Any], blamed: str) -> None:
    named = faults(manager.post("clinics/", {"code": "ZZ99", **CLINIC} | more))
    assert blamed in named or {name.partition(".")[0] for name in named} == {blamed}
    problem(manager.get("clinics/ZZ99/"), 404, "NOT_FOUND")


def test_changing_a_clinic(manager: Visitor) -> None:
    name = code()
    made = ok(manager.post("clinics/", CLINIC | {"code": name, "website": "https://a.example/"}), 201)
    path = f"clinics/{name}/"
    changed = ok(manager.patch(path, {"website": None, "takes_walk_ins": True}))
    assert (changed["website"], changed["takes_walk_ins"]) == (None, True)
    assert changed["changed_at"] > made["changed_at"]
    assert faults(manager.patch(path, {"code": "AA00"})) == {"code"}
    replaced = ok(manager.put(path, CLINIC | {"name": "Outra"}))
    assert (replaced["name"], replaced["takes_walk_ins"], replaced["code"]) == ("Outra", False, name)
    ok(manager.delete(path), 204)


def test_a_closed_clinic_is_for_its_manager_only(nobody: Caller, people: dict[str, Visitor]) -> None:
    name = code()
    manager = people["rui"]
    ok(manager.post("clinics/", CLINIC | {"code": name}), 201)
    ok(manager.post(f"clinics/{name}/departments/", {"name": "A"}), 201)
    ok(manager.delete(f"clinics/{name}/"), 204)
    ok(manager.delete(f"clinics/{name}/"), 204)
    assert ok(manager.get(f"clinics/{name}/"))["is_open"] is False
    for other in (nobody, people["joana"], people["eva"]):
        problem(other.get(f"clinics/{name}/"), 404, "NOT_FOUND")
        problem(other.get(f"clinics/{name}/departments/"), 404, "NOT_FOUND")
        assert name not in [each["code"] for each in ok(other.get("clinics/", page_size=100))]


def test_filters_of_other_types(nobody: Caller) -> None:
    def found(**query: Any) -> set[str]:
        return {each["code"] for each in ok(nobody.get("clinics/", page_size=100, **query))} & {"PO01", "LX07"}

    assert found() == {"PO01", "LX07"}
    assert found(offers="x-ray,nothing") == {"PO01"}
    assert found(walk_ins="no") == {"LX07"}
    assert found(opened_since="2022-10-15") == {"LX07"}
    assert found(max_rate="0.75") == {"LX07"}
    assert found(search="tejo") == {"LX07"}
    names = [each["name"] for each in ok(nobody.get("clinics/", ordering="name", page_size=100))]
    assert names == sorted(names)
    assert faults(nobody.get("clinics/", opened_since="2022-13-01", max_rate="0.7501")) == {"opened_since", "max_rate"}


def test_who_may_run_clinics(nobody: Caller, people: dict[str, Visitor]) -> None:
    problem(nobody.post("clinics/", {}), 401, "NOT_AUTHENTICATED")
    for name in ("joana", "nuno", "eva"):
        problem(people[name].post("clinics/", {}), 403, "FORBIDDEN")
        problem(people[name].patch("clinics/PO01/", {}), 403, "FORBIDDEN")
        problem(people[name].delete("clinics/PO01/"), 403, "FORBIDDEN")


def test_visits_are_counted_but_not_the_managers(nobody: Caller, people: dict[str, Visitor]) -> None:
    name = code()
    manager = people["rui"]
    ok(manager.post("clinics/", CLINIC | {"code": name}), 201)
    for caller in (nobody, people["eva"], people["eva"], manager):
        ok(caller.get(f"clinics/{name}/"))
    eventually(lambda: ok(manager.get(f"clinics/{name}/"))["visits"], 2)
    ok(manager.delete(f"clinics/{name}/"), 204)


# --- four levels deep --------------------------------------------------------------------------


def test_a_name_is_unique_within_its_clinic(manager: Visitor) -> None:
    name = unique("Surgery ")
    first = ok(manager.post("clinics/PO01/departments/", {"name": name}), 201)
    problem(manager.post("clinics/PO01/departments/", {"name": name}), 409, "DEPARTMENT_EXISTS")
    ok(manager.post("clinics/LX07/departments/", {"name": name}), 201)
    other = ok(manager.post("clinics/PO01/departments/", {"name": unique("Other ")}), 201)
    answer = manager.patch(f"clinics/PO01/departments/{other['slug']}/", {"name": name})
    problem(answer, 409, "DEPARTMENT_EXISTS")
    assert ok(manager.put(f"clinics/PO01/departments/{first['slug']}/", {"name": name}))["name"] == name
    assert first["clinic"]["code"] == "PO01"


def test_of_simultaneous_departments_one_is_made(manager: Visitor) -> None:
    name = unique("Rush ")
    answers = at_once(12, lambda _: manager.post("clinics/PO01/departments/", {"name": name}))
    assert Counter(each.status_code for each in answers) == {201: 1, 409: 11}


def test_a_room_is_found_under_its_own_parents_only(nobody: Caller, manager: Visitor, room: str) -> None:
    found = ok(nobody.get(room))
    assert found == {
        "id": found["id"],
        "number": "12B",
        "area": "20.5",
        "equipment": [],
        "is_usable": True,
        "booked": 0,
        "turnover": "0.000",
        "total": "0.000",
        "next_start": None,
    }
    department, _, _ = room.partition("rooms/")
    slug = department.split("/")[3]
    other = ok(manager.post("clinics/LX07/departments/", {"name": unique("Elsewhere ")}), 201)
    for wrong in (
        f"clinics/LX07/departments/{slug}/rooms/{found['id']}/",
        f"clinics/LX07/departments/{other['slug']}/rooms/{found['id']}/",
        f"clinics/XX99/departments/{slug}/rooms/{found['id']}/",
        f"{department}rooms/0/",
        f"{department}rooms/{found['id']}x/",
    ):
        problem(nobody.get(wrong), 404, "NOT_FOUND")
        problem(manager.patch(wrong, {"is_usable": False}), 404, "NOT_FOUND")
        problem(nobody.get(f"{wrong}appointments/"), 404, "NOT_FOUND")


def test_a_room_is_really_deleted_and_a_full_department_is_not(manager: Visitor, nobody: Caller, room: str) -> None:
    department, _, _ = room.partition("rooms/")
    problem(manager.post(f"{department}rooms/", {"number": "12B"}), 409, "ROOM_NUMBER_TAKEN")
    problem(manager.delete(department), 409, "CONFLICT")
    assert [each["number"] for each in ok(nobody.get(department))["rooms"]] == ["12B"]
    ok(manager.delete(room), 204)
    problem(manager.delete(room), 404, "NOT_FOUND")
    problem(nobody.get(room), 404, "NOT_FOUND")
    ok(manager.delete(department), 204)
    problem(nobody.get(department), 404, "NOT_FOUND")
