"""What a pool makes of answers: offers for the operations that their links lead to."""

from __future__ import annotations

from typing import Any

import pytest

from tests.fuzz.pool import Answer, Pool

BOOK = {"operationId": "get_book", "parameters": {"id": "$response.body#/0/id"}}
LEND = {"operationId": "lend_book", "parameters": {"id": "$response.body#/0/id"}}
LOAN = {"operationId": "return_loan", "requestBody": {"loan": "$response.body#/loan/id", "late": False}}
DOCUMENT: dict[str, Any] = {
    "paths": {
        "/books": {"get": {"operationId": "list_books", "responses": {"200": {"links": {"b": BOOK, "l": LEND}}}}},
        "/books/{id}": {
            "get": {"operationId": "get_book", "responses": {"200": {}}},
            "delete": {"operationId": "delete_book", "responses": {"204": {}}},
        },
        "/books/{id}/lend": {"post": {"operationId": "lend_book", "responses": {"201": {"links": {"r": LOAN}}}}},
        "/loans/return": {"post": {"operationId": "return_loan", "responses": {"200": {}}}},
    },
    "components": {"schemas": {}},
}
MACHINE = {
    "field": "state",
    "initial": "there",
    "transitions": {"lend": {"from": ["there"], "to": "lent"}, "lose": {"from": ["lent"], "to": "lost"}},
}
ACTIONS = {
    "lend": {"methods": ["POST"], "url": "/books/{id}/lend/", "kind": "transition", "transition": "lend"},
    "delete": {"methods": ["DELETE"], "url": "/books/{id}/", "kind": "delete", "soft": {"there": False}},
}
MANIFEST = {"resources": {"Book": {"state_machine": MACHINE, "actions": ACTIONS}}}
BOOKS = [{"id": 1, "state": "there"}, {"id": 2, "state": "lent"}, {"id": 3, "state": "there"}, {"id": None}]


@pytest.fixture
def pool() -> Pool:
    """One that has seen the list of books."""
    made = Pool(DOCUMENT, MANIFEST)
    made.learn(Answer("GET /books", 200, {}, None, BOOKS))
    return made


def taken(pool: Pool, name: str, body: Any = None) -> set[Any]:
    """What is offered for an operation, in many draws."""
    offers = [pool.take(name, body) for _ in range(100)]
    return {each.path["id"] for each in offers if each is not None}


def test_each_item_of_a_list_is_handed_over(pool: Pool) -> None:
    assert taken(pool, "GET /books/{id}") == {1, 2, 3}


def test_only_what_is_in_the_right_state_is_offered(pool: Pool) -> None:
    assert taken(pool, "POST /books/{id}/lend") == {1, 3}


def test_what_led_to_nothing_is_forgotten(pool: Pool) -> None:
    offer = pool.take("GET /books/{id}", None)
    assert offer is not None
    pool.forget("GET /books/{id}", offer, 404)
    assert taken(pool, "GET /books/{id}") == {1, 2, 3} - {offer.path["id"]}


def test_what_was_deleted_is_offered_nowhere(pool: Pool) -> None:
    pool.gone("DELETE /books/{id}", {"id": 1})
    assert taken(pool, "GET /books/{id}") == {2, 3}
    assert taken(pool, "POST /books/{id}/lend") == {3}


def test_members_of_a_body_are_handed_over_without_what_is_constant(pool: Pool) -> None:
    pool.learn(Answer("POST /books/{id}/lend", 201, {"id": 1}, None, {"loan": {"id": 7}}))
    offer = pool.take("POST /loans/return", None)
    assert offer is not None
    assert (offer.path, offer.body) == ({}, {"loan": 7})
    assert pool.makers("POST /loans/return") == ["POST /books/{id}/lend"]


def test_soft_deletions_are_known(pool: Pool) -> None:
    assert pool.soft == {"DELETE /books/{id}"}


def test_a_form_is_judged_by_what_was_sent() -> None:
    properties = {
        "file": {"type": "string", "format": "binary"},
        "other": {"type": "string", "format": "binary"},
        "words": {"type": "string", "maxLength": 5},
        "number": {"$ref": "#/components/schemas/Number"},
        "several": {"type": "array", "items": {"type": "string"}, "maxItems": 2},
    }
    either = [{"required": ["file"]}, {"required": ["other"]}]
    schema = {"type": "object", "properties": properties, "additionalProperties": False, "anyOf": either}
    said = {"operationId": "put", "responses": {}, "requestBody": {"content": {"form": {"schema": schema}}}}
    components = {"schemas": {"Number": {"type": "integer", "minimum": 1}}}
    pool = Pool({"paths": {"/put": {"post": said}}, "components": components}, {"resources": {}})
    for good in (
        {"file": ""},
        {"other": "", "words": "-5.5"},
        {"file": "", "number": "7"},
        {"file": "", "several": ""},
    ):
        assert pool.takes_form("POST /put", "form", good)
    for bad in ({}, {"file": "", "words": "-5.5718"}, {"file": "", "number": "0"}, {"file": "", "else": "1"}):
        assert not pool.takes_form("POST /put", "form", bad)
