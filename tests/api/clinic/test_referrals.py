"""Referrals: a state machine that has nothing of an order, with guards, demands, stamps, and effects that hold beds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from tests.api.client import Caller, at_once, eventually, faults, ok, problem, stays
from tests.api.clinic.callers import CLINIC, Visitor, code
from tests.support.servers import Server

Refer = Callable[..., str]


@pytest.fixture
def clinic(manager: Visitor) -> dict[str, Any]:
    """A clinic with twenty beds."""
    made: dict[str, Any] = ok(manager.post("clinics/", CLINIC | {"code": code()}), 201)
    return made


@pytest.fixture
def refer(people: dict[str, Visitor], clinic: dict[str, Any]) -> Refer:
    """Refers ivo to the clinic as eva: the path of the draft, or of what it has become by `moves`."""

    def make(*moves: str, **more: Any) -> str:
        body = {"reason": "A knee.", "clinic": clinic["id"], "patient": people["ivo"].account["key"]} | more
        path = f"referrals/{ok(people['eva'].post('referrals/', body), 201)['id']}/"
        for move in moves:
            caller, sent = {"send": (people["eva"], None), "accept": (people["joana"], acceptance(people))}[move]
            ok(caller.request("PATCH" if move == "accept" else "POST", f"{path}{move}/", json=sent))
        return path

    return make


def acceptance(people: dict[str, Visitor]) -> dict[str, Any]:
    return {"doctor": people["joana"].account["key"], "due_on": "2027-03-01"}


def beds(manager: Visitor, clinic: dict[str, Any]) -> int:
    (figures,) = ok(manager.get(f"clinics/{clinic['code']}/figures/"))
    return int(figures["beds"])


def visits(nobody: Caller, clinic: dict[str, Any]) -> int:
    return int(ok(nobody.request("GET", f"/clinic/v1/clinics/{clinic['code']}/"))["visits"])


def give_away(people: dict[str, Visitor], clinic: dict[str, Any], number: int) -> None:
    """Fill so many beds with people nobody referred."""
    ok(people["nuno"].post(f"clinics/{clinic['code']}/admit/", {"people": number}))


# --- moving ------------------------------------------------------------------------------------


def test_a_draft_begins_where_the_machine_says(people: dict[str, Visitor], refer: Refer) -> None:
    draft = ok(people["eva"].get(refer()))
    assert (draft["phase"], draft["sent_at"], draft["moves"], draft["deposit"]) == ("drafted", None, 0, "20.000")


def test_nobody_writes_the_state(people: dict[str, Visitor], refer: Refer, clinic: dict[str, Any]) -> None:
    path = refer()
    body = {"clinic": clinic["id"], "patient": people["ivo"].account["key"], "phase": "sent"}
    assert faults(people["eva"].post("referrals/", body)) == {"phase"}
    assert faults(people["eva"].patch(path, {"phase": "sent"})) == {"phase"}


def test_a_named_transition_answers_with_what_was_and_what_is(people: dict[str, Visitor], refer: Refer) -> None:
    path = refer()
    answer = ok(people["eva"].post(f"{path}send/"))
    assert list(answer) == ["note", "was", "referral", "is"]
    assert (answer["note"], answer["was"], answer["is"]) == ("The clinic has it now.", "drafted", "sent")
    assert answer["referral"] == ok(people["eva"].get(path))
    assert answer["referral"]["phase"] == "sent"
    assert answer["referral"]["sent_at"] is not None
    assert answer["referral"]["moves"] == 1, "effects come before the answer is read"


def test_what_is_demanded_is_kept_beside_the_stamps(people: dict[str, Visitor], refer: Refer) -> None:
    path = refer("send")
    accepted = ok(people["joana"].request("PATCH", f"{path}accept/", json=acceptance(people)))
    assert (accepted["phase"], accepted["due_on"]) == ("accepted", "2027-03-01")
    assert accepted["doctor"]["full_name"] == accepted["decided_by"]["full_name"] == "Joana Pires"
    assert accepted["decided_at"] is not None


@pytest.mark.parametrize(
    ("body", "blamed"),
    [
        ({}, {"doctor", "due_on"}),
        ({"doctor": None, "due_on": None}, {"doctor", "due_on"}),
        ({"doctor": "joana", "due_on": "soon", "phase": "accepted"}, {"doctor", "due_on", "phase"}),
        ({"doctor": "00000000-0000-4000-8000-00000000ffff"}, {"doctor"}),
        ({"doctor": "00000000-0000-4000-8000-000000000006"}, {"doctor"}),  # she is not enabled, so not visible
        ({"doctor": "00000000-0000-4000-8000-000000000005"}, {"doctor"}),  # he is the patient
    ],
)
def test_what_is_demanded_is_checked(
    people: dict[str, Visitor], refer: Refer, manager: Visitor, clinic: dict[str, Any], body: Any, blamed: set[str]
) -> None:
    path = refer("send")
    sent = body if blamed != {"doctor"} else acceptance(people) | body
    assert faults(people["joana"].request("PATCH", f"{path}accept/", json=sent)) == blamed
    assert ok(people["eva"].get(path))["phase"] == "sent"
    assert beds(manager, clinic) == 20


def test_values_are_set_and_cleared(people: dict[str, Visitor], refer: Refer, manager: Visitor) -> None:
    path = refer("send")
    declined = ok(people["joana"].post(f"{path}decline/", {"answer": "  Try sports.  "}))
    assert (declined["deposit"], declined["answer"], declined["phase"]) == ("0.000", "Try sports.", "declined")
    assert faults(people["joana"].post(f"{path}decline/", {"answer": " no "})) == {"answer"}
    path = refer("send", "accept")
    again = ok(manager.put(f"{path}phase/", {"phase": "sent"}))
    assert (again["decided_at"], again["due_on"], again["moves"]) == (None, "2099-12-31", 3)
    assert again["decided_by"]["full_name"] == "Joana Pires", "what is not said stays"


def test_a_transition_may_answer_with_nothing(people: dict[str, Visitor], refer: Refer) -> None:
    path = refer()
    assert people["eva"].post(f"{path}take_back/").content == b""
    assert ok(people["eva"].get(path))["phase"] == "closed"


# --- what stands in the way --------------------------------------------------------------------


def test_where_the_state_does_not_lead(people: dict[str, Visitor], refer: Refer, manager: Visitor) -> None:
    path = refer()
    refused = problem(people["joana"].post(f"{path}decline/", {"answer": "No."}), 409, "INVALID_TRANSITION")
    assert (refused["current_phase"], refused["allowed_transitions"]) == ("drafted", [])
    refused = problem(people["eva"].put(f"{path}phase/", {"phase": "accepted"}), 409, "INVALID_TRANSITION")
    assert (refused["current_phase"], refused["allowed_transitions"]) == ("drafted", ["sent", "closed"])
    path = refer("send", "accept")
    refused = problem(manager.put(f"{path}phase/", {"phase": "declined"}), 409, "INVALID_TRANSITION")
    assert (refused["current_phase"], refused["allowed_transitions"]) == ("accepted", ["sent", "closed"])
    assert refused["detail"] == "What is accepted cannot become declined."


def test_what_demands_something_is_not_made_by_naming_a_state(people: dict[str, Visitor], refer: Refer) -> None:
    path = refer("send")
    refused = problem(people["joana"].put(f"{path}phase/", {"phase": "accepted"}), 409, "INVALID_TRANSITION")
    assert refused["allowed_transitions"] == ["accepted", "declined"]
    assert faults(people["joana"].put(f"{path}phase/", {"phase": "accepted", "due_on": "2027-03-01"})) == {"due_on"}
    assert faults(people["joana"].put(f"{path}phase/", {"phase": "lost"})) == {"phase"}
    assert faults(people["joana"].put(f"{path}phase/", {})) == {"phase"}


def test_a_guard_has_a_code_of_its_own(people: dict[str, Visitor], refer: Refer) -> None:
    path = refer(reason="")
    refused = problem(people["eva"].post(f"{path}send/"), 409, "NO_REASON")
    assert refused["detail"] == "A referral needs a reason before it is sent."
    problem(people["eva"].put(f"{path}phase/", {"phase": "sent"}), 409, "NO_REASON")
    refused = problem(people["eva"].put(f"{path}phase/", {"phase": "declined"}), 409, "INVALID_TRANSITION")
    assert refused["allowed_transitions"] == ["closed"], "what a guard forbids is not offered"
    ok(people["eva"].patch(path, {"reason": "An elbow."}))
    assert ok(people["eva"].put(f"{path}phase/", {"phase": "sent"}))["phase"] == "sent"


def test_an_actions_own_guard_comes_after_its_policy(people: dict[str, Visitor], refer: Refer) -> None:
    path = refer(reason="")
    problem(people["joana"].post(f"{path}decline/", {"answer": "No."}), 409, "NO_REASON")
    problem(people["ivo"].post(f"{path}decline/", {"answer": "No."}), 403, "FORBIDDEN")


def test_who_may_comes_before_what_can_be(people: dict[str, Visitor], refer: Refer, manager: Visitor) -> None:
    path = refer("send", "accept")
    problem(people["ivo"].request("PATCH", f"{path}accept/", json=acceptance(people)), 403, "FORBIDDEN")
    problem(people["ivo"].put(f"{path}phase/", {"phase": "sent"}), 403, "FORBIDDEN")
    problem(people["ivo"].post(f"{path}send/"), 404, "NOT_FOUND")  # who is no sender learns nothing
    assert ok(people["ivo"].get(path))["phase"] == "accepted"
    problem(people["nuno"].post(f"{path}discharge/"), 404, "NOT_FOUND")
    problem(manager.post(f"{path}discharge/"), 403, "FORBIDDEN")


def test_nobody_who_is_not_signed_in_moves_anything(nobody: Caller, people: dict[str, Visitor], refer: Refer) -> None:
    path = f"/clinic/v1/{refer()}"
    problem(nobody.request("POST", f"{path}send/"), 401, "NOT_AUTHENTICATED")
    problem(nobody.request("PUT", f"{path}phase/", json={"phase": "sent"}), 401, "NOT_AUTHENTICATED")


def test_a_guard_of_an_update_and_of_a_deletion(people: dict[str, Visitor], refer: Refer) -> None:
    path = refer("send", "accept")
    refused = problem(people["eva"].patch(path, {"reason": "Both knees."}), 409, "DECIDED")
    assert refused["detail"] == "The clinic has decided already."
    problem(people["eva"].put(path, {"reason": "Both knees."}), 409, "DECIDED")
    problem(people["eva"].delete(path), 409, "DECIDED")
    assert ok(people["eva"].get(path))["reason"] == "A knee."
    assert faults(people["eva"].patch(path, {"reason": 7})) == {"reason"}


# --- effects -----------------------------------------------------------------------------------


def test_effects_go_with_the_transition(
    people: dict[str, Visitor], refer: Refer, manager: Visitor, clinic: dict[str, Any]
) -> None:
    path = refer("send", "accept")
    assert beds(manager, clinic) == 19
    ended = ok(people["joana"].post(f"{path}discharge/"))
    assert (ended["days"], ended["referral"]["phase"], ended["referral"]["moves"]) == (0, "closed", 3)
    assert beds(manager, clinic) == 20


def test_a_hook_that_raises_after_it_moved_has_moved_nothing(
    people: dict[str, Visitor], refer: Refer, manager: Visitor, clinic: dict[str, Any]
) -> None:
    path = refer("send", "accept")
    made = ok(people["joana"].post(f"{path}prescribe/", {"drug": "Ibuprofen"}), 201)
    problem(people["joana"].post(f"{path}discharge/"), 409, "TREATMENT_GOES_ON")
    after = ok(people["eva"].get(path))
    assert (after["phase"], after["closed_at"], after["moves"]) == ("accepted", None, 2)
    assert beds(manager, clinic) == 19
    ok(people["joana"].patch(f"prescriptions/{made['id']}/", {"is_filled": True}))
    assert ok(people["joana"].post(f"{path}discharge/"))["referral"]["phase"] == "closed"


def test_an_effect_is_undone_with_the_deletion_that_fails(
    people: dict[str, Visitor], refer: Refer, manager: Visitor, clinic: dict[str, Any]
) -> None:
    path = refer()
    ok(people["joana"].post(f"{path}prescribe/", {"drug": "Ibuprofen"}), 201)
    problem(people["eva"].delete(path), 409, "CONFLICT")
    assert beds(manager, clinic) == 20
    ok(people["eva"].delete(refer()), 204)
    assert beds(manager, clinic) == 21


def test_an_error_that_no_spec_declares_is_the_programs_fault(
    people: dict[str, Visitor], refer: Refer, clinic: dict[str, Any], clinic_server: Server
) -> None:
    path = refer("send")
    give_away(people, clinic, 20)
    with httpx.Client(base_url=clinic_server.url) as unchecked:
        joana = Visitor(unchecked, people["joana"].token)
        answer = joana.request("PATCH", f"{path}accept/", json=acceptance(people))
        assert "NO_BEDS" not in answer.text
        problem(answer, 500, "INTERNAL_ERROR")
        problem(joana.post(f"{path}fast_track/", {}), 500, "INTERNAL_ERROR")
        eva = Visitor(unchecked, people["eva"].token)
        assert ok(eva.get(path))["phase"] == "sent"
        assert ok(eva.get(path))["moves"] == 1
    assert "referral.accept raised NO_BEDS, which is not declared" in clinic_server.log.read_text()


def test_what_is_put_off_until_the_commit_happens_with_it(
    people: dict[str, Visitor], nobody: Caller, refer: Refer, clinic: dict[str, Any]
) -> None:
    path = refer(reason="")
    eventually(lambda: visits(people["rui"], clinic), 1)  # the draft
    problem(people["eva"].post(f"{path}send/"), 409, "NO_REASON")
    assert faults(people["eva"].post("referrals/", {"clinic": clinic["id"]})) == {"patient"}
    stays(lambda: visits(people["rui"], clinic), 1)


# --- hooks that move ---------------------------------------------------------------------------


def test_a_hook_moves_by_what_it_decides(people: dict[str, Visitor], refer: Refer) -> None:
    declined = ok(people["joana"].post(f"{refer('send')}fast_track/", {"answer": "Nothing is broken."}))
    assert (declined["phase"], declined["answer"]) == ("declined", "Nothing is broken.")
    taken = ok(people["joana"].post(f"{refer('send')}fast_track/", {}))
    assert (taken["phase"], taken["doctor"]["full_name"]) == ("accepted", "Joana Pires")


def test_what_a_hook_moves_is_judged_as_if_the_caller_had_asked(people: dict[str, Visitor], refer: Refer) -> None:
    refused = problem(people["joana"].post(f"{refer()}fast_track/", {}), 409, "INVALID_TRANSITION")
    assert (refused["current_phase"], refused["allowed_transitions"]) == ("drafted", [])
    body = {"reason": "Tired.", "patient": people["ivo"].account["key"]}
    own = ok(people["joana"].post("referrals/", body | {"clinic": clinic_of(people, refer)}), 201)
    ok(people["joana"].post(f"referrals/{own['id']}/send/"))
    problem(people["joana"].post(f"referrals/{own['id']}/fast_track/", {}), 403, "FORBIDDEN")


def clinic_of(people: dict[str, Visitor], refer: Refer) -> int:
    """Any clinic's key."""
    listed = ok(people["eva"].get(refer()))["clinic"]["code"]
    return int(ok(people["rui"].get(f"clinics/{listed}/"))["id"])


def test_an_effect_of_an_update_moves_too(people: dict[str, Visitor], refer: Refer) -> None:
    path = refer("send")
    problem(people["eva"].patch(path, {"is_urgent": True}), 403, "FORBIDDEN")  # she receives nothing herself
    assert ok(people["eva"].get(path))["is_urgent"] is False


# --- at once -----------------------------------------------------------------------------------


def test_of_two_who_move_it_at_once_one_does(
    people: dict[str, Visitor], refer: Refer, manager: Visitor, clinic: dict[str, Any]
) -> None:
    path = refer("send")

    def move(number: int) -> httpx.Response:
        if number % 2:
            return people["joana"].post(f"{path}decline/", {"answer": "No beds."})
        return manager.request("PATCH", f"{path}accept/", json=acceptance(people))

    answers = at_once(20, move)
    assert Counter(each.status_code for each in answers) == {200: 1, 409: 19}
    after = ok(people["eva"].get(path))
    assert after["moves"] == 2
    assert beds(manager, clinic) == (19 if after["phase"] == "accepted" else 20)


# --- answers with records of other resources ---------------------------------------------------


def test_a_hook_makes_a_record_of_another_resource(people: dict[str, Visitor], refer: Refer) -> None:
    answer = people["joana"].post(f"{refer()}prescribe/", {"drug": "Ibuprofen"})
    made = ok(answer, 201)
    assert answer.headers["location"] == f"/clinic/v1/prescriptions/{made['id']}/"
    assert ok(people["joana"].request("GET", answer.headers["location"])) == made
    assert made["patient"] == people["ivo"].account["key"]


def test_a_creation_by_a_hook_stands_where_creations_stand(people: dict[str, Visitor]) -> None:
    body = {"drug": "Paracetamol", "patient": people["ivo"].account["key"]}
    answer = people["joana"].post("prescriptions/", body)
    made = ok(answer, 201)
    assert answer.headers["location"] == f"/clinic/v1/prescriptions/{made['id']}/"
    assert made["doctor"] == people["joana"].account["key"]
    turned_down = people["joana"].post("prescriptions/", body | {"drug": "Arsenic"})
    assert ok(turned_down, 202) == {"rejected": "Arsenic"}
    assert "location" not in turned_down.headers
    problem(people["ivo"].post("prescriptions/", body), 403, "FORBIDDEN")
    nobodys = body | {"patient": "00000000-0000-4000-8000-00000000ffff"}
    problem(people["joana"].post("prescriptions/", nobodys), 404, "NO_SUCH_PATIENT")
    assert faults(people["joana"].post("prescriptions/", {"doctor": "x"})) == {"drug", "patient", "doctor"}
