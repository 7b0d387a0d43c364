"""Access tokens: what is refused, everywhere."""

from __future__ import annotations

from typing import Any

import pytest

from tests.api.client import Caller, faults, ok, problem, token
from tests.api.conftest import offer
from tests.api.shopping import ADDRESS, put
from tests.support.servers import Server
from tests.support.sql import execute

DOCUMENT = "/api/openapi.json"


def unsound(server: Server, someone: int) -> dict[str, str]:
    """Tokens that must not pass, by what is wrong with them."""
    good = token(server.key, str(someone))
    header, claims, signature = good.split(".")
    return {
        "another key": token("x" * 64, str(someone)),
        "expired": token(server.key, str(someone), expires_in=-60),
        "without exp": token(server.key, str(someone), expires_in=None),
        "without sub": token(server.key, None),
        "empty sub": token(server.key, ""),
        "blank sub": token(server.key, " "),
        "another algorithm": token(server.key, str(someone), algorithm="HS512"),
        "no algorithm": token("", str(someone), algorithm="none"),
        "unknown": token(server.key, "999999999"),
        "no id": token(server.key, "alice"),
        "too large an id": token(server.key, "9223372036854775808"),
        "a nul": token(server.key, "1\x00"),
        "not yet valid": token(server.key, str(someone), nbf=4_000_000_000),
        "cut off": good[:-5],
        "no signature": f"{header}.{claims}.",
        "swapped": f"{claims}.{header}.{signature}",
        "garbage": "garbage",
        "dots": "a.b.c",
        "long": "a" * 10_000,
    }


@pytest.mark.promise("1.48", "1.65", "1.67", "1.68", "1.69", "1.71")
def test_unsound_tokens_are_refused_everywhere(server: Server, nobody: Caller, seller: Caller) -> None:
    for fault, value in unsound(server, seller.id).items():
        impostor = Caller(nobody.http, value)
        for method, path in (
            ("GET", "/api/auth/me/"),
            ("GET", "products/"),
            ("GET", "categories/"),
            ("GET", "products/nothing/"),
            ("POST", "products/"),
            ("POST", "/api/auth/token/"),
        ):
            answer = impostor.request(method, path, **({"json": {}} if method == "POST" else {}))
            assert answer.status_code == 401, (fault, method, path, answer.text)
            problem(answer, 401, "INVALID_TOKEN")
            assert 'error="invalid_token"' in answer.headers["www-authenticate"], fault
            assert answer.headers["www-authenticate"].startswith("Bearer ")


@pytest.mark.promise("1.71")
@pytest.mark.parametrize("header", ["", "Bearer", "Basic YTpi", "Token x", "bearer x y", "Bearer é"])
def test_another_kind_of_credentials(nobody: Caller, header: str) -> None:
    answer = nobody.request("GET", "products/", headers={"Authorization": header.encode("latin-1")})
    problem(answer, 401, "INVALID_TOKEN")


@pytest.mark.promise("1.65", "1.69")
def test_a_token_of_our_own_making_is_good(server: Server, nobody: Caller, seller: Caller) -> None:
    caller = Caller(nobody.http, token(server.key, str(seller.id)))
    assert ok(caller.get("/api/auth/me/"))["id"] == seller.id
    shouted = nobody.request("GET", "/api/auth/me/", headers={"Authorization": f"BEARER {caller.token}"})
    assert ok(shouted)["id"] == seller.id


@pytest.mark.promise("1.72")
def test_the_role_is_not_taken_from_the_token(
    server: Server, nobody: Caller, buyer: Caller, categories: dict[str, Any]
) -> None:
    caller = Caller(nobody.http, token(server.key, str(buyer.id), role="admin", is_admin=True))
    problem(caller.post("products/", offer(categories)), 403, "FORBIDDEN")


@pytest.mark.promise("1.48")
def test_a_missing_token_is_asked_for(nobody: Caller) -> None:
    answer = nobody.get("/api/auth/me/")
    problem(answer, 401, "NOT_AUTHENTICATED")
    assert answer.headers["www-authenticate"] == "Bearer"


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("PATCH", "products/{slug}/"),
        ("DELETE", "products/{slug}/"),
        ("PATCH", "products/{slug}/images/1/"),
        ("DELETE", "products/{slug}/images/1/"),
        ("DELETE", "products/{slug}/delete_image/"),
        ("POST", "products/{slug}/reviews/"),
        ("PATCH", "products/{slug}/reviews/1/"),
        ("DELETE", "products/{slug}/reviews/1/"),
        ("GET", "orders/00000000-0000-4000-8000-000000000000/"),
        ("PATCH", "orders/00000000-0000-4000-8000-000000000000/"),
        ("DELETE", "orders/00000000-0000-4000-8000-000000000000/"),
    ],
)
def test_without_a_token_nobody_learns_what_is_there(
    method: str, path: str, nobody: Caller, product: dict[str, Any]
) -> None:
    for slug in ("nothing", product["slug"]):
        body = {"json": {}} if method in ("PATCH", "POST") else {}
        problem(nobody.request(method, path.format(slug=slug), **body), 401, "NOT_AUTHENTICATED")


@pytest.mark.promise("1.49")
def test_nothing_else_is_told_to_who_may_not_ask(
    server: Server, nobody: Caller, buyer: Caller, product: dict[str, Any]
) -> None:
    """Whatever is wrong with a write on a record as well, and whether the record is there."""
    unknown = Caller(nobody.http, token(server.key, "999999999"))
    for path in (f"products/{product['slug']}/", "products/nothing/"):
        for body in ({"price": "3.00"}, {"price": "free"}, {"prize": 1}):
            problem(unknown.patch(path, body), 401, "INVALID_TOKEN")
        problem(
            unknown.request("PATCH", path, content=b"{", headers={"Content-Type": "text/plain"}), 401, "INVALID_TOKEN"
        )
        problem(unknown.request("PATCH", f"{path}?a=%00", json={"price": "3.00"}), 401, "INVALID_TOKEN")
        problem(unknown.delete(path), 401, "INVALID_TOKEN")
        problem(unknown.post(f"{path}favorite/"), 401, "INVALID_TOKEN")
        problem(unknown.post(f"{path}reviews/", {"rating": 9}), 401, "INVALID_TOKEN")
    problem(unknown.post("cart/add_item/", {"product_id": product["id"]}), 401, "INVALID_TOKEN")
    nowhere = "orders/00000000-0000-4000-8000-000000000000/"
    problem(buyer.delete(nowhere), 403, "FORBIDDEN")  # for administrators
    problem(buyer.patch(f"{nowhere}process_order/", {}), 404, "NOT_FOUND")
    assert faults(buyer.patch("products/nothing/", {"price": "free"})) == {"price"}


@pytest.mark.promise("1.73")
def test_who_is_not_active_any_more_is_given_nothing_again(
    server: Server, buyer: Caller, product: dict[str, Any]
) -> None:
    put(buyer, product)
    body, key = {"shipping_address": ADDRESS}, {"Idempotency-Key": "once"}
    first = ok(buyer.post("cart/checkout/", body, headers=key), 201)
    assert ok(buyer.post("cart/checkout/", body, headers=key), 201) == first
    execute(server.database, f'UPDATE "user" SET is_active = false WHERE id = {buyer.id}')
    problem(buyer.post("cart/checkout/", body, headers=key), 401, "INVALID_TOKEN")
    problem(buyer.post("cart/add_item/", {"product_id": product["id"]}), 401, "INVALID_TOKEN")
