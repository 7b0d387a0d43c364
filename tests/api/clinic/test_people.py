"""People, and the API as a whole."""

from __future__ import annotations

from openapi_spec_validator import validate

from tests.api.client import Caller, faults, ok, problem, unique
from tests.api.clinic.callers import Visitor, booking
from tests.api.test_statements import statements
from tests.support.documents import inlined

# --- people ------------------------------------------------------------------------------------


def test_who_is_shown_to_whom(nobody: Caller, people: dict[str, Visitor]) -> None:
    problem(nobody.get("people/"), 401, "NOT_AUTHENTICATED")
    found = ok(people["eva"].get("people/"))
    assert {each["login"] for each in found} >= {"joana", "nuno"}
    assert {each["duty"] for each in found} == {"doctor", "nurse"}
    assert "mail" not in found[0]
    assert ok(people["eva"].get(f"people/{people['eva'].account['key']}/"))["login"] == "eva"
    problem(people["eva"].get(f"people/{people['ivo'].account['key']}/"), 404, "NOT_FOUND")
    problem(people["eva"].get(f"people/{people['olga'].account['key']}/"), 404, "NOT_FOUND")
    problem(people["eva"].get("people/eva/"), 404, "NOT_FOUND")


def test_filters_on_people(people: dict[str, Visitor]) -> None:
    eva = people["eva"]
    assert [each["login"] for each in ok(eva.get("people/", duty=["doctor", "patient"], search="joana"))] == ["joana"]
    assert "nuno" not in [each["login"] for each in ok(eva.get("people/", speaks="en;fr", page_size=50))]
    assert faults(eva.get("people/", duty="plumber")) == {"duty"}


def test_new_people(people: dict[str, Visitor]) -> None:
    manager = people["rui"]
    login = unique("p")
    body = {"login": login, "full_name": "Ana Cruz", "mail": f"{login}@Example.org", "born_on": "1990-12-31"}
    made = ok(manager.post("people/", body), 201)
    assert (made["mail"], made["languages"], made["duty"]) == (f"{login}@example.org", ["pt"], "patient")
    problem(manager.post("people/", body | {"mail": "x@example.org"}), 409, "LOGIN_TAKEN")
    problem(manager.post("people/", body | {"login": unique("p")}), 409, "NOT_UNIQUE")
    assert problem(manager.post("people/", body), 409, "LOGIN_TAKEN")["errors"].keys() == {"login", "mail"}
    assert faults(manager.post("people/", body | {"born_on": "1899-12-31", "languages": ["x"] * 6})) == {
        "born_on",
        "languages",
    }
    problem(people["joana"].post("people/", body), 403, "FORBIDDEN")


def test_the_caller(nobody: Caller, people: dict[str, Visitor]) -> None:
    assert ok(people["joana"].get("myself/"))["born_on"] == "1984-05-17"
    problem(people["olga"].get("myself/"), 401, "INVALID_TOKEN")
    problem(people["olga"].get("clinics/"), 401, "INVALID_TOKEN")
    problem(nobody.get("myself/"), 401, "NOT_AUTHENTICATED")


# --- as a whole --------------------------------------------------------------------------------


def test_the_document_is_valid(nobody: Caller) -> None:
    document = ok(nobody.get("/api/openapi.json"))
    validate(document)
    assert document["info"]["title"] == "Clinic appointments"
    path = next(path for path in document["paths"] if path.endswith("/postpone"))
    assert document["paths"][path]["post"]["operationId"] == "postpone_room_appointment"
    assert "OVERLAPS" in str(inlined(document)["paths"][path]["post"]["responses"]["409"])
    assert "product" not in str(document).lower()


def test_every_read_is_one_statement(nobody: Caller, people: dict[str, Visitor], room: str) -> None:
    made = ok(people["eva"].post(f"{room}appointments/", booking(people)), 201)
    department, _, _ = room.partition("rooms/")
    lists = [
        "clinics/",
        "clinics/PO01/departments/",
        f"{department}rooms/",
        f"{room}appointments/",
        "agenda/",
        "people/",
    ]
    items = ["clinics/PO01/", department, room, f"{room}appointments/{made['id']}/", "myself/"]
    for caller in (nobody, *people.values()):
        for path in (*lists, *items):
            for query in ({}, {"page_size": 1}, {"page_size": 30, "count": "exact"}) if path in lists else ({},):
                answer = caller.get(path, **query)
                asked = answer.status_code != 401 or caller.token is not None
                assert statements(answer) == (1 if asked else 0), (path, query, answer.text)
