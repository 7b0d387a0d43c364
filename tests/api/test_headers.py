"""What every answer carries, what may be kept, and what is served beside the API."""

from __future__ import annotations

import re
import uuid
from typing import Any

import pytest

from tests.api.client import Caller, ok, problem, unique
from tests.support.servers import Server

DOCUMENT = "/api/openapi.json"


# --- headers -----------------------------------------------------------------------------------


@pytest.mark.promise("1.61")
def test_request_ids(nobody: Caller, seller: Caller) -> None:
    sent = "my-own.id/42"
    for answer in (
        nobody.request("GET", "products/", headers={"X-Request-ID": sent}),
        nobody.request("GET", "products/nothing/", headers={"X-Request-ID": sent}),
        nobody.request("GET", "/nowhere", headers={"X-Request-ID": sent}),
        nobody.request("PATCH", "products/", headers={"X-Request-ID": sent}),
        seller.request("POST", "products/", json={}, headers={"X-Request-ID": sent}),
    ):
        assert answer.headers["x-request-id"] == sent
    first, second = (nobody.get("products/").headers["x-request-id"] for _ in range(2))
    assert first != second
    for wrong in ("with blank", "x" * 129, "\u00e9"):
        answer = nobody.request("GET", "products/", headers={"X-Request-ID": wrong.encode("latin-1")})
        assert answer.headers["x-request-id"] != wrong


@pytest.mark.promise("1.62")
def test_the_log_has_the_request_id(server: Server, nobody: Caller) -> None:
    sent = unique("trace-me-")
    ok(nobody.request("GET", "products/", headers={"X-Request-ID": sent}))
    assert sent in server.log.read_text()


@pytest.mark.promise("1.63")
def test_every_answer_says_what_it_is(nobody: Caller, buyer: Caller) -> None:
    answers = [nobody.get("products/"), nobody.get("nothing/"), buyer.get("/api/auth/me/"), nobody.get("/docs")]
    for answer in answers:
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "access-control-allow-origin" not in answer.headers


@pytest.mark.promise("1.64")
def test_no_foreign_page_may_read_by_default(nobody: Caller) -> None:
    headers = {"Origin": "https://evil.example", "Access-Control-Request-Method": "POST"}
    for method in ("GET", "OPTIONS"):
        answer = nobody.request(method, "products/", headers=headers)
        assert not [name for name in answer.headers if name.startswith("access-control-")]


@pytest.mark.promise("1.59")
@pytest.mark.parametrize("path", ["products/", "categories/", "categories/watches/", "sellers/2/"])
def test_public_answers_can_be_revalidated(nobody: Caller, path: str) -> None:
    first = nobody.get(path)
    ok(first)
    tag = first.headers["etag"]
    for sent in (tag, f"W/{tag}", f'"other", {tag}', "*"):
        again = nobody.request("GET", path, headers={"If-None-Match": sent})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["etag"] == tag
    for sent in ('"other"', tag.strip('"'), ""):
        assert nobody.request("GET", path, headers={"If-None-Match": sent}).status_code == 200
    assert "no-store" not in first.headers["cache-control"]


@pytest.mark.promise("1.60")
def test_an_etag_changes_with_the_answer(nobody: Caller, seller: Caller, product: dict[str, Any]) -> None:
    path = f"products/{product['slug']}/"
    tag = nobody.get(path).headers["etag"]
    assert nobody.request("GET", path, headers={"If-None-Match": tag}).status_code == 304
    ok(seller.patch(path, {"price": "3.00"}))
    answer = nobody.request("GET", path, headers={"If-None-Match": tag})
    assert ok(answer)["price"] == "3.00"


@pytest.mark.promise("1.58")
@pytest.mark.parametrize("path", ["/api/auth/me/", "products/my_products/", "products/favorites/", "products/"])
def test_what_is_meant_for_one_is_kept_by_nobody(seller: Caller, path: str) -> None:
    answer = seller.get(path)
    ok(answer)
    assert answer.headers["cache-control"] == "no-store"
    assert "authorization" in answer.headers["vary"].lower()


@pytest.mark.promise("1.58")
def test_problems_are_kept_by_nobody(nobody: Caller) -> None:
    assert nobody.get("products/nothing/").headers["cache-control"] == "no-store"


# --- what is served beside the API -------------------------------------------------------------


def test_health(nobody: Caller) -> None:
    for path in ("/health/live", "/health/ready"):
        assert ok(nobody.get(path)) == {"status": "ok"}


def test_the_docs_page_loads_nothing_from_elsewhere(nobody: Caller) -> None:
    page = nobody.get("/docs")
    assert page.status_code == 200
    assert page.headers["content-type"].startswith("text/html")
    assert "script-src 'self'" in page.headers["content-security-policy"]
    assert not re.search(r"""(src|href)=["'](https?:)?//""", page.text)
    assert "<script>" not in page.text
    loaded = re.findall(r"""(?:src|href)="(/[^"]+)\"""", page.text)
    assert {"/docs/swagger-ui.css", "/docs/swagger-ui-bundle.js", DOCUMENT} <= set(loaded)
    for each in loaded:
        assert nobody.get(each).status_code == 200


def test_assets_of_the_docs_page(nobody: Caller) -> None:
    packed = nobody.request("GET", "/docs/swagger-ui.css", headers={"Accept-Encoding": "gzip"})
    plain = nobody.request("GET", "/docs/swagger-ui.css", headers={"Accept-Encoding": "identity"})
    assert packed.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert packed.text == plain.text
    assert packed.headers["etag"] != plain.headers["etag"]
    again = nobody.request("GET", "/docs/swagger-ui.css", headers={"If-None-Match": packed.headers["etag"]})
    assert again.status_code == 304
    problem(nobody.get("/docs/nothing.js"), 404, "NOT_FOUND")


def test_the_document_is_served(nobody: Caller) -> None:
    answer = nobody.get(DOCUMENT)
    assert ok(answer)["openapi"] == "3.1.0"
    again = nobody.request("GET", DOCUMENT, headers={"If-None-Match": answer.headers["etag"]})
    assert again.status_code == 304


def test_a_uuid_names_a_product_nowhere(nobody: Caller, product: dict[str, Any]) -> None:
    assert str(uuid.UUID(product["id"])) == product["id"]
    problem(nobody.get(f"products/{product['id']}/"), 404, "NOT_FOUND")
