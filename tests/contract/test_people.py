"""What holds of people: an address is nobody else's business, and a password is kept as what cannot be read."""

from __future__ import annotations

import pytest

from tests.api.client import PASSWORD, Caller, faults, ok, unique
from tests.contract.conftest import Sight, operations
from tests.support.servers import Server
from tests.support.sql import rows


@pytest.mark.promise("2.04", "2.06", "8.17")
def test_no_read_shows_the_address_of_somebody_else(
    nobody: Caller, admin: Caller, seller: Caller, buyer: Caller, sight: Sight
) -> None:
    people = {"seller": sight.seller, "buyer": sight.buyer}
    addresses = {name: each.account["email"] for name, each in people.items()}
    seen = 0
    for path, method, _ in operations():
        if method != "get":
            continue
        for caller in (nobody, admin, seller, buyer, *people.values()):
            answer = caller.get(sight.url(path))
            seen += answer.status_code == 200
            assert "argon2" not in answer.text
            for name, address in addresses.items():
                assert address not in answer.text or (caller is people[name] and path == "/api/auth/me/"), path
    assert seen > 50


@pytest.mark.promise("2.06")
def test_a_password_is_kept_as_its_hash(server: Server, buyer: Caller) -> None:
    ((kept,),) = rows(server.database, f'SELECT password FROM "user" WHERE id = {buyer.id}')
    assert kept.startswith("$argon2id$")
    assert PASSWORD not in kept


@pytest.mark.promise("2.01", "2.07")
def test_the_shortest_that_is_taken(nobody: Caller) -> None:
    name = unique("x")[-3:]
    body = {"username": name, "email": f"{unique('s')}@example.org", "password": "1234567890"}
    ok(nobody.post("/api/auth/register/", body), 201)
    short = body | {"username": "ab", "password": "123456789"}
    assert faults(nobody.post("/api/auth/register/", short)) == {"username", "password"}
