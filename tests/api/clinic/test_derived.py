"""What is derived: texts put together, members of objects, sums of computed numbers, firsts, and who has to do with
what."""

from __future__ import annotations

from tests.api.client import Caller, eventually, faults, ok, problem
from tests.api.clinic.callers import CLINIC, Visitor, booking, code

MADRID = {"street": "Calle Mayor 1", "city": "Madrid", "postal_code": "2801-300", "country": "ES"}


def test_texts_are_put_together_and_found_by_their_parts(nobody: Caller, manager: Visitor) -> None:
    name = code()
    made = ok(manager.post("clinics/", CLINIC | {"code": name, "address": MADRID}), 201)
    assert made["directions"] == "Calle Mayor 1, 2801-300 Madrid"
    for query in ({"city": "MADRID"}, {"city": ["nowhere", "madrid"]}):
        assert [each["code"] for each in ok(nobody.get("clinics/", **query))] == [name]
    cities = [each["city"] for each in ok(nobody.get("clinics/", ordering="-city", page_size=100))]
    assert cities == sorted(cities, reverse=True)
    moved = ok(manager.patch(f"clinics/{name}/", {"address": CLINIC["address"]}))
    assert moved["directions"] == "Rua Nova 1, 4700-001 Braga"
    ok(manager.delete(f"clinics/{name}/"), 204)


def test_a_rule_about_a_member_of_an_object(manager: Visitor) -> None:
    name = code()
    abroad = CLINIC | {"code": name, "address": MADRID}
    assert faults(manager.post("clinics/", abroad | {"takes_walk_ins": True})) == {"takes_walk_ins"}
    ok(manager.post("clinics/", abroad), 201)
    path = f"clinics/{name}/"
    assert faults(manager.patch(path, {"takes_walk_ins": True})) == {"takes_walk_ins"}
    ok(manager.patch(path, {"takes_walk_ins": True, "address": CLINIC["address"]}))
    assert faults(manager.patch(path, {"address": MADRID})) == {"takes_walk_ins"}
    ok(manager.delete(path), 204)


def test_a_word_for_every_kind(nobody: Caller, people: dict[str, Visitor], room: str) -> None:
    for hour, kind in ((9, "vaccination"), (10, "surgery")):
        ok(people["eva"].post(f"{room}appointments/", booking(people, hour, kind=kind)), 201)

    def kinds(*asked: str) -> list[str]:
        return [each["kind"] for each in ok(nobody.get(f"{room}appointments/", kind=list(asked)))]

    assert kinds("surgery") == ["surgery"]
    assert kinds("all") == kinds("surgery", "all") == ["vaccination", "surgery"]
    assert faults(nobody.get(f"{room}appointments/", kind=["all", "nap"])) == {"kind"}
    document = ok(nobody.get("/api/openapi.json"))
    path = next(path for path in document["paths"] if path.endswith("{room_id}/appointments"))
    parameter = next(each for each in document["paths"][path]["get"]["parameters"] if each["name"] == "kind")
    assert parameter["schema"]["items"]["enum"] == ["check_up", "vaccination", "surgery", "all"]


def test_computed_numbers_are_summed(nobody: Caller, people: dict[str, Visitor], room: str) -> None:
    rui, eva = people["rui"], people["eva"]
    assert ok(eva.post(f"{room}appointments/", booking(people, 12)), 201)["total"] == "0.000"
    paid = ok(rui.post(f"{room}appointments/", booking(people, 9, fee="33.7")), 201)
    late = ok(rui.post(f"{room}appointments/", booking(people, 10, fee="0.301")), 201)
    assert (paid["total"], late["total"]) == ("39.325", "5.926")
    found = ok(nobody.get(room))
    assert (found["booked"], found["turnover"], found["total"]) == (3, "34.001", "45.251")
    assert found["next_start"] == paid["starts_at"]
    ok(rui.delete(f"{room}appointments/{paid['id']}/"), 204)
    found = ok(nobody.get(room))
    assert (found["total"], found["next_start"]) == ("5.926", late["starts_at"])


def test_each_doctor_counts_once_and_sees_where_they_work(nobody: Caller, people: dict[str, Visitor]) -> None:
    name, rui, joana = code(), people["rui"], people["joana"]
    clinic = f"clinics/{name}/"
    ok(rui.post("clinics/", CLINIC | {"code": name}), 201)
    department = f"{clinic}departments/{ok(rui.post(f'{clinic}departments/', {'name': 'A'}), 201)['slug']}/"
    room = f"{department}rooms/{ok(rui.post(f'{department}rooms/', {'number': '1'}), 201)['id']}/"
    problem(joana.patch(department, {"floor": 1}), 403, "FORBIDDEN")
    for hour in (9, 10):
        ok(people["ivo"].post(f"{room}appointments/", booking(people, hour)), 201)
    assert ok(rui.get(clinic))["numbers"] == {"department_count": 1, "room_count": 1, "doctors": 1}
    assert ok(joana.patch(department, {"floor": 1}))["floor"] == 1
    problem(people["nuno"].patch(department, {"floor": 2}), 403, "FORBIDDEN")
    problem(nobody.patch(department, {"floor": 2}), 401, "NOT_AUTHENTICATED")
    for caller in (nobody, joana, people["nuno"], rui):
        ok(caller.get(clinic))
    eventually(lambda: ok(rui.get(clinic))["visits"], 2)
    ok(rui.delete(clinic), 204)
    assert ok(joana.get(clinic))["is_open"] is False
    assert name in [each["code"] for each in ok(joana.get("clinics/", page_size=100))]
    for other in (nobody, people["nuno"], people["ivo"]):
        problem(other.get(clinic), 404, "NOT_FOUND")
        assert name not in [each["code"] for each in ok(other.get("clinics/", page_size=100))]


def test_doctors_find_their_patients(people: dict[str, Visitor], room: str) -> None:
    rui = people["rui"]
    ok(rui.post(f"{room}appointments/", booking(people)), 201)
    patient = f"people/{rui.account['key']}/"
    assert ok(people["joana"].get(patient))["login"] == "rui"
    for name in ("eva", "ivo", "nuno"):
        problem(people[name].get(patient), 404, "NOT_FOUND")
