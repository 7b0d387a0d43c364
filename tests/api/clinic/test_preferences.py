"""Preferences: everybody's one record, which is there as soon as somebody looks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

from tests.api.client import Caller, at_once, faults, ok, problem, token, unique
from tests.api.clinic.callers import Visitor
from tests.support.servers import Server

PATH = "myself/preferences/"
NewPerson = Callable[[], Visitor]


@pytest.fixture
def somebody(manager: Visitor, clinic_server: Server) -> Visitor:
    """Somebody who has never looked."""
    login = unique("p")
    made = ok(manager.post("people/", {"login": login, "full_name": "Ana Sá", "mail": f"{login}@example.org"}), 201)
    return Visitor(manager.http, token(clinic_server.key, made["id"]), {"key": made["id"]})


def test_the_first_look_makes_it(somebody: Visitor) -> None:
    first = ok(somebody.get(PATH))
    assert first["person"]["id"] == somebody.account["key"]
    assert (first["channel"], first["language"], first["topics"], first["writes"]) == ("mail", "pt", [], 0)
    assert ok(somebody.get(PATH)) == first


def test_many_first_looks_make_one(somebody: Visitor) -> None:
    seen = at_once(30, lambda _: somebody.get(PATH))
    assert Counter(each.status_code for each in seen) == {200: 30}
    assert len({each.json()["id"] for each in seen}) == 1


def test_many_first_things_of_all_kinds_make_one(somebody: Visitor) -> None:
    def do(number: int) -> Any:
        if number % 3 == 0:
            return somebody.get(PATH)
        if number % 3 == 1:
            return somebody.patch(PATH, {"topics": ["news"]})
        return somebody.post(f"{PATH}greet/", {"name": "Ana"})

    answers = at_once(30, do)
    assert Counter(each.status_code for each in answers) == {200: 30}
    assert ok(somebody.get(PATH))["writes"] == 10
    keys = {each.json().get("id") or each.json()["preferences"]["id"] for each in answers}
    assert len(keys) == 1


def test_a_head_is_answered_like_a_look(somebody: Visitor) -> None:
    answer = somebody.request("HEAD", PATH)
    assert (answer.status_code, answer.content) == (200, b"")
    assert answer.headers["cache-control"] == "no-store"
    assert int(answer.headers["content-length"]) == len(somebody.get(PATH).content)


def test_a_change_can_be_the_first_thing(somebody: Visitor) -> None:
    changed = ok(somebody.patch(PATH, {"language": "en"}))
    assert (changed["language"], changed["channel"], changed["writes"]) == ("en", "mail", 1)
    assert ok(somebody.get(PATH)) == changed


def test_a_replacement_can_be_the_first_thing(somebody: Visitor) -> None:
    replaced = ok(somebody.put(PATH, {"topics": ["news"]}))
    assert (replaced["topics"], replaced["language"], replaced["writes"]) == (["news"], "pt", 1)
    assert ok(somebody.put(PATH, {"language": "en"}))["topics"] == []


def test_a_change_that_is_refused_leaves_nothing(somebody: Visitor) -> None:
    assert faults(somebody.patch(PATH, {"channel": "letter"})) == {"street"}
    assert ok(somebody.get(PATH))["writes"] == 0
    assert faults(somebody.patch(PATH, {"channel": "pigeon", "id": 7, "person": 1})) == {"channel", "id", "person"}


def test_an_action_can_be_the_first_thing(somebody: Visitor) -> None:
    greeted = ok(somebody.post(f"{PATH}greet/", {"name": "Ana"}))
    assert greeted["text"] == "Olá Ana!"
    assert greeted["preferences"] == ok(somebody.get(PATH))


def test_a_guard_judges_the_callers_own(somebody: Visitor) -> None:
    ok(somebody.patch(PATH, {"channel": "nothing"}))
    problem(somebody.post(f"{PATH}greet/", {"name": "Ana"}), 409, "UNREACHABLE")


def test_everybody_has_their_own(somebody: Visitor, people: dict[str, Visitor], nobody: Caller) -> None:
    assert ok(somebody.get(PATH))["id"] != ok(people["eva"].get(PATH))["id"]
    problem(nobody.get(PATH), 401, "NOT_AUTHENTICATED")
    problem(nobody.request("POST", f"{PATH}greet/", json={"name": "Ana"}), 401, "NOT_AUTHENTICATED")


def test_what_is_deleted_begins_anew(somebody: Visitor) -> None:
    first = ok(somebody.patch(PATH, {"language": "en"}))
    ok(somebody.delete(PATH), 204)
    second = ok(somebody.get(PATH))
    assert (second["language"], second["writes"]) == ("pt", 0)
    assert second["id"] != first["id"]


def test_there_is_no_list_and_no_creation(somebody: Visitor) -> None:
    answer = somebody.post(PATH, {})
    assert answer.status_code == 405
    assert set(answer.headers["allow"].split(", ")) == {"DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "PUT"}
