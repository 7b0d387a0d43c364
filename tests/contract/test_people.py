"""What holds of people: an address is nobody else's business, and a password is kept as what cannot be read."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from tests.api.client import PASSWORD, Caller, faults, ok, problem, unique
from tests.contract.conftest import Sight, operations
from tests.support.servers import ROOT, Server, running
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
                assert address not in answer.text or (caller is people[name] and path == "/api/auth/me"), path
    assert seen > 50


@pytest.mark.promise("2.06")
def test_a_password_is_kept_as_its_hash(server: Server, buyer: Caller) -> None:
    ((kept,),) = rows(server.database, f'SELECT password FROM "user" WHERE id = {buyer.id}')
    assert kept.startswith("$argon2id$")
    assert PASSWORD not in kept


@pytest.mark.promise("2.15")
def test_wrong_credentials_take_as_long_for_nobody(new_database: Callable[[], str], tmp_path: Path) -> None:
    with running(ROOT, new_database(), tmp_path, AGORA_PASSWORD_COST="normal") as served:
        name = unique("somebody")
        body = {"username": name, "email": f"{name}@example.org", "password": PASSWORD}
        ok(httpx.post(f"{served.url}/api/auth/register/", json=body), 201)

        def seconds(username: str) -> float:
            began = time.perf_counter()
            wrong = {"username": username, "password": "not the password"}
            problem(httpx.post(f"{served.url}/api/auth/token/", json=wrong), 401, "INVALID_CREDENTIALS")
            return time.perf_counter() - began

        somebody, nobody = (min(seconds(each) for _ in range(4)) for each in (name, "nobody-at-all"))
        assert 0.5 < somebody / nobody < 2


@pytest.mark.promise("2.01", "2.07")
def test_the_shortest_that_is_taken(nobody: Caller) -> None:
    name = unique("x")[-3:]
    body = {"username": name, "email": f"{unique('s')}@example.org", "password": "1234567890"}
    ok(nobody.post("/api/auth/register/", body), 201)
    short = body | {"username": "ab", "password": "123456789"}
    assert faults(nobody.post("/api/auth/register/", short)) == {"username", "password"}
