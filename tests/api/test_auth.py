"""People: accounts, tokens, refresh tokens that work once, and what anybody may see of whom."""

from __future__ import annotations

import time
from collections import Counter
from types import SimpleNamespace
from typing import Any

import pytest

from generated.models.user import User
from hooks import user
from runtime.auth.passwords import Passwords
from tests.api.client import PASSWORD, Caller, at_once, faults, ok, problem, register, sign_in, unique
from tests.api.conftest import DEMO_PASSWORD
from tests.support.servers import Server
from tests.support.sql import execute, rows

TOKEN = "/api/auth/token/"
REFRESH = "/api/auth/token/refresh/"
REGISTER = "/api/auth/register/"
ME = "/api/auth/me/"


def account(**more: Any) -> dict[str, Any]:
    name = unique("person")
    return {"username": name, "email": f"{name}@example.org", "password": PASSWORD} | more


def tokens_of(nobody: Caller, caller: Caller) -> Any:
    return ok(nobody.post(TOKEN, {"username": caller.account["username"], "password": PASSWORD}))


# --- accounts ---------------------------------------------------------------------------------


@pytest.mark.promise("2.06", "2.10", "2.12")
def test_registering_answers_with_the_account_and_never_with_the_password(nobody: Caller) -> None:
    body = account(first_name="Marta", last_name="Kowalska", role="seller")
    made = ok(nobody.post(REGISTER, body), 201)
    assert set(made) == {
        *("id", "username", "email", "first_name", "last_name", "role", "is_active", "date_joined", "avatar")
    }
    assert (made["username"], made["email"], made["role"]) == (body["username"], body["email"], "seller")
    assert made["is_active"] is True
    assert made["avatar"] is None


@pytest.mark.promise("2.12")
def test_a_new_account_is_a_buyers_unless_it_says_otherwise(nobody: Caller) -> None:
    assert ok(nobody.post(REGISTER, account()), 201)["role"] == "buyer"


@pytest.mark.promise("1.22", "2.01", "2.05", "2.07")
@pytest.mark.parametrize(
    ("more", "blamed"),
    [
        ({"role": "admin"}, "role"),
        ({"username": "ab"}, "username"),
        ({"username": "x" * 151}, "username"),
        ({"username": "with blank"}, "username"),
        ({"username": "ünal"}, "username"),
        ({"email": "nobody"}, "email"),
        ({"email": "a@b"}, "email"),
        ({"password": "too short"}, "password"),
        ({"is_active": True}, "is_active"),
        ({"id": 1}, "id"),
        ({"date_joined": "2020-01-01T00:00:00Z"}, "date_joined"),
        ({"avatar": "x"}, "avatar"),
        ({"first_name": "x" * 151}, "first_name"),
        ({"first_name": None}, "first_name"),
    ],
)
def test_a_wrong_account_is_refused(nobody: Caller, more: dict[str, Any], blamed: str) -> None:
    assert faults(nobody.post(REGISTER, account(**more))) == {blamed}


@pytest.mark.parametrize("missing", ["username", "email", "password"])
def test_what_an_account_needs(nobody: Caller, missing: str) -> None:
    body = account()
    del body[missing]
    assert faults(nobody.post(REGISTER, body)) == {missing}


@pytest.mark.promise("1.21", "1.46")
def test_all_faults_are_named_at_once(nobody: Caller) -> None:
    body = account(username="a", email="b", password="c", role="d", nonsense=1)
    assert faults(nobody.post(REGISTER, body)) == {"username", "email", "password", "role", "nonsense"}


@pytest.mark.promise("2.02", "2.03")
def test_user_names_and_addresses_are_unique(nobody: Caller) -> None:
    first = account()
    ok(nobody.post(REGISTER, first), 201)
    problem(nobody.post(REGISTER, account(username=first["username"])), 409, "USERNAME_TAKEN")
    problem(nobody.post(REGISTER, account(email=first["email"])), 409, "EMAIL_TAKEN")
    problem(nobody.post(REGISTER, account(email=first["email"].upper())), 409, "EMAIL_TAKEN")


def test_all_that_is_taken_is_named_at_once(nobody: Caller) -> None:
    first, second = account(), account()
    for each in (first, second):
        ok(nobody.post(REGISTER, each), 201)
    refused = nobody.post(REGISTER, account(username=first["username"], email=second["email"]))
    assert problem(refused, 409, "USERNAME_TAKEN")["errors"].keys() == {"username", "email"}


@pytest.mark.promise("2.02")
def test_one_user_name_is_given_once_however_many_ask(nobody: Caller) -> None:
    name = unique("rush")
    bodies = [account(username=name) for _ in range(12)]
    statuses = Counter(each.status_code for each in at_once(12, lambda n: nobody.post(REGISTER, bodies[n])))
    assert statuses == {201: 1, 409: 11}


@pytest.mark.promise("2.01")
def test_the_longest_and_strangest_user_name_works(nobody: Caller) -> None:
    name = (unique("A") + "@.+-_" + "9" * 150)[:150]
    assert register(nobody, username=name, email=f"{unique('m')}@example.org").account["username"] == name


# --- signing in -------------------------------------------------------------------------------


@pytest.mark.promise("2.13")
def test_signing_in_by_user_name_and_by_address(nobody: Caller) -> None:
    person = register(nobody)
    for name in (person.account["username"], person.account["email"], person.account["email"].upper()):
        tokens = ok(nobody.post(TOKEN, {"username": name, "password": PASSWORD}))
        assert set(tokens) == {"access", "refresh", "expires_in"}
        assert tokens["expires_in"] > 0
        assert ok(Caller(nobody.http, tokens["access"]).get(ME))["id"] == person.id


@pytest.mark.promise("1.58")
def test_answers_with_tokens_are_not_kept_by_anybody(nobody: Caller) -> None:
    person = register(nobody)
    answer = nobody.post(TOKEN, {"username": person.account["username"], "password": PASSWORD})
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.promise("1.48", "2.14")
@pytest.mark.parametrize("name", ["alice", "nobody-at-all", "nobody@example.org", "alice@example.org"])
def test_wrong_credentials_say_nothing_about_who_exists(nobody: Caller, name: str) -> None:
    answer = nobody.post(TOKEN, {"username": name, "password": "not the password"})
    document = problem(answer, 401, "INVALID_CREDENTIALS")
    assert document["detail"] == "The user name or password is wrong."
    assert answer.headers["www-authenticate"].startswith("Bearer")


async def test_who_does_not_exist_costs_as_much_as_who_does() -> None:
    passwords = Passwords("normal")
    ctx: Any = SimpleNamespace(passwords=passwords)  # all that is asked of a context here
    somebody = User(username="somebody", password=await passwords.hash(PASSWORD))

    async def seconds(named: list[User]) -> float:
        began = time.perf_counter()
        assert await user._proven(ctx, named, "not the password") is None
        return time.perf_counter() - began

    known, unknown = [min([await seconds(named) for _ in range(3)]) for named in ([somebody], [])]
    passwords.close()
    assert 0.5 < known / unknown < 2


def test_a_user_name_is_not_an_address_of_somebody_else(nobody: Caller) -> None:
    victim = register(nobody)
    thief = register(nobody, username=victim.account["email"])
    tokens = ok(nobody.post(TOKEN, {"username": victim.account["email"], "password": PASSWORD}))
    assert ok(Caller(nobody.http, tokens["access"]).get(ME))["id"] == victim.id != thief.id


def test_an_address_does_not_lock_out_who_has_it_as_a_user_name(nobody: Caller) -> None:
    name = f"{unique('first')}@example.org"
    first = register(nobody, username=name, email=f"{unique('own')}@example.org")
    later = register(nobody, email=name, password="another-long-password")
    assert sign_in(nobody, name, PASSWORD).id == first.id
    assert sign_in(nobody, name, "another-long-password").id == later.id


def test_signing_in_needs_both_members(nobody: Caller) -> None:
    assert faults(nobody.post(TOKEN, {})) == {"username", "password"}
    assert faults(nobody.post(TOKEN, {"username": "alice", "password": 5})) == {"password"}


@pytest.mark.parametrize("name", ["admin", "sofia", "sam", "alice", "bob"])
def test_the_demo_people_can_sign_in(nobody: Caller, name: str) -> None:
    assert sign_in(nobody, name, DEMO_PASSWORD).account["username"] == name


# --- refresh tokens ---------------------------------------------------------------------------


@pytest.mark.promise("2.16")
def test_a_refresh_token_gives_new_tokens(nobody: Caller, buyer: Caller) -> None:
    first = tokens_of(nobody, buyer)
    second = ok(nobody.post(REFRESH, {"refresh": first["refresh"]}))
    assert second["refresh"] != first["refresh"]
    assert ok(Caller(nobody.http, second["access"]).get(ME))["id"] == buyer.id


@pytest.mark.promise("2.17", "2.18")
def test_a_used_refresh_token_ends_its_family(nobody: Caller, buyer: Caller) -> None:
    other_sign_in = tokens_of(nobody, buyer)
    first = tokens_of(nobody, buyer)
    second = ok(nobody.post(REFRESH, {"refresh": first["refresh"]}))
    problem(nobody.post(REFRESH, {"refresh": first["refresh"]}), 401, "INVALID_REFRESH_TOKEN")
    problem(nobody.post(REFRESH, {"refresh": second["refresh"]}), 401, "INVALID_REFRESH_TOKEN")
    ok(nobody.post(REFRESH, {"refresh": other_sign_in["refresh"]}))


@pytest.mark.parametrize("refresh", ["x", "é" * 40, "A" * 43])
def test_an_unknown_refresh_token_is_refused(nobody: Caller, refresh: str) -> None:
    problem(nobody.post(REFRESH, {"refresh": refresh}), 401, "INVALID_REFRESH_TOKEN")


def test_an_access_token_is_no_refresh_token(nobody: Caller, buyer: Caller) -> None:
    access = tokens_of(nobody, buyer)["access"]
    problem(nobody.post(REFRESH, {"refresh": access}), 401, "INVALID_REFRESH_TOKEN")


@pytest.mark.promise("2.17")
def test_of_simultaneous_uses_one_wins(nobody: Caller, buyer: Caller) -> None:
    refresh = tokens_of(nobody, buyer)["refresh"]
    answers = at_once(12, lambda _: nobody.post(REFRESH, {"refresh": refresh}))
    assert Counter(each.status_code for each in answers) == {200: 1, 401: 11}


@pytest.mark.promise("2.19")
def test_an_expired_refresh_token_is_refused(server: Server, nobody: Caller, buyer: Caller) -> None:
    refresh = tokens_of(nobody, buyer)["refresh"]
    long_ago = "'2020-01-01T00:00:00.000000Z'"
    execute(server.database, f"UPDATE refresh_token SET expires_at = {long_ago} WHERE user_id = {buyer.id}")
    problem(nobody.post(REFRESH, {"refresh": refresh}), 401, "INVALID_REFRESH_TOKEN")
    ok(nobody.post(REFRESH, {"refresh": tokens_of(nobody, buyer)["refresh"]}))


def test_signing_in_sweeps_what_has_expired_of_ones_own(server: Server, nobody: Caller, buyer: Caller) -> None:
    def kept(caller: Caller) -> int:
        return int(rows(server.database, f"SELECT count(*) FROM refresh_token WHERE user_id = {caller.id}")[0][0])

    other = register(nobody)
    long_ago = "'2020-01-01T00:00:00.000000Z'"
    execute(
        server.database, f"UPDATE refresh_token SET expires_at = {long_ago} WHERE user_id IN ({buyer.id}, {other.id})"
    )
    tokens_of(nobody, buyer)
    assert (kept(buyer), kept(other)) == (1, 1)
    fresh = tokens_of(nobody, buyer)
    assert kept(buyer) == 2
    ok(nobody.post(REFRESH, {"refresh": fresh["refresh"]}))
    assert kept(buyer) == 3  # what was used stays, to be known when it comes again


@pytest.mark.promise("2.20")
def test_refresh_tokens_are_not_kept_as_they_are(server: Server, nobody: Caller, buyer: Caller) -> None:
    refresh = tokens_of(nobody, buyer)["refresh"]
    execute(
        server.database,
        f"UPDATE refresh_token SET hash = '{refresh}' WHERE user_id = {buyer.id} AND id = "
        f"(SELECT max(id) FROM refresh_token WHERE user_id = {buyer.id})",
    )
    problem(nobody.post(REFRESH, {"refresh": refresh}), 401, "INVALID_REFRESH_TOKEN")


@pytest.mark.promise("1.73", "2.23")
def test_an_inactive_person_is_nobody(server: Server, nobody: Caller, buyer: Caller) -> None:
    """Nobody can be made inactive over HTTP yet, so the database is told directly."""
    refresh = tokens_of(nobody, buyer)["refresh"]
    ok(buyer.get(ME))
    execute(server.database, f'UPDATE "user" SET is_active = false WHERE id = {buyer.id}')
    problem(buyer.get(ME), 401, "INVALID_TOKEN")
    problem(buyer.get("products/"), 401, "INVALID_TOKEN")
    body = {"username": buyer.account["username"], "password": PASSWORD}
    problem(nobody.post(TOKEN, body), 401, "INVALID_CREDENTIALS")
    problem(nobody.post(REFRESH, {"refresh": refresh}), 401, "INVALID_REFRESH_TOKEN")


# --- the caller's own account ------------------------------------------------------------------


@pytest.mark.promise("1.58", "2.21")
def test_me_is_private(nobody: Caller, buyer: Caller) -> None:
    answer = buyer.get(ME)
    assert ok(answer)["email"] == buyer.account["email"]
    assert answer.headers["cache-control"] == "no-store"
    problem(nobody.get(ME), 401, "NOT_AUTHENTICATED")


@pytest.mark.promise("1.42", "2.03", "2.21")
def test_changing_ones_own_account(nobody: Caller, buyer: Caller) -> None:
    changed = ok(buyer.patch(ME, {"first_name": "  Ana ", "email": f"{unique('New')}@Example.org"}))
    assert changed["first_name"] == "Ana"
    assert changed["email"] == changed["email"].lower()
    assert changed["last_name"] == buyer.account["last_name"]
    assert ok(buyer.get(ME)) == changed
    other = register(nobody)
    problem(other.patch(ME, {"email": changed["email"]}), 409, "EMAIL_TAKEN")
    problem(nobody.patch(ME, {"first_name": "x"}), 401, "NOT_AUTHENTICATED")


@pytest.mark.promise("2.05", "2.22")
@pytest.mark.parametrize("member", ["role", "username", "password", "is_active", "id", "date_joined"])
def test_what_nobody_changes_about_themselves(buyer: Caller, member: str) -> None:
    assert faults(buyer.patch(ME, {member: "seller"})) == {member}


@pytest.mark.promise("2.04", "2.06")
def test_an_email_is_shown_to_its_owner_only(
    nobody: Caller, seller: Caller, buyer: Caller, product: dict[str, Any]
) -> None:
    ok(buyer.post(f"products/{product['slug']}/reviews/", {"rating": 5}), 201)
    seen = [
        nobody.get(f"products/{product['slug']}/"),
        nobody.get(f"products/{product['slug']}/reviews/"),
        nobody.get(f"sellers/{seller.id}/"),
        nobody.get("products/", seller=seller.id),
    ]
    for answer in seen:
        assert "email" not in answer.text
        assert "@example.org" not in answer.text
        assert "password" not in answer.text
