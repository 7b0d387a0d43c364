"""The rules of every endpoint: paths, methods, bodies, problems, and writes at the same time."""

from __future__ import annotations

import gzip
import json
import re
from typing import Any

import pytest

from tests.api.client import BASE, Caller, at_once, eventually, ok, problem
from tests.api.conftest import offer
from tests.support.servers import ROOT

DOCUMENT = "/api/openapi.json"


@pytest.fixture(scope="module")
def document(nobody: Caller) -> Any:
    """The API's own description."""
    return ok(nobody.get(DOCUMENT))


@pytest.fixture(scope="module")
def offered(document: Any) -> dict[str, set[str]]:
    """The methods of every path without parameters, HEAD and OPTIONS among them."""
    found = {path: {each.upper() for each in item} | {"OPTIONS"} for path, item in document["paths"].items()}
    return {path: each | ({"HEAD"} if "GET" in each else set()) for path, each in found.items()}


def filled(path: str, product: dict[str, Any]) -> str:
    """The path with its parameters filled in; not everything below it need exist."""
    seller = str(product["seller"]["id"])
    values = {"slug": product["slug"], "product_slug": product["slug"], "id": "1", "seller_id": seller}
    return path.replace("/categories/{slug}", "/categories/watches").format(**values)


# --- paths and methods -------------------------------------------------------------------------


@pytest.mark.promise("1.02")
def test_every_path_answers_with_and_without_its_slash(nobody: Caller, offered: Any, product: dict[str, Any]) -> None:
    for path, methods in offered.items():
        if "GET" in methods:
            with_slash = nobody.get(f"{filled(path, product)}/")
            without = nobody.get(filled(path, product))
            assert without.status_code == with_slash.status_code < 500
            assert without.status_code not in (301, 302, 307, 308)
            assert without.json().get("code") if without.is_error else without.content == with_slash.content


@pytest.mark.promise("1.02")
def test_writing_works_without_the_slash(seller: Caller, categories: dict[str, Any]) -> None:
    made = ok(seller.post("products", offer(categories)), 201)
    assert ok(seller.patch(f"products/{made['slug']}", {"price": "5.00"}))["price"] == "5.00"
    ok(seller.delete(f"products/{made['slug']}"), 204)


@pytest.mark.promise("1.01", "1.50")
@pytest.mark.parametrize("path", ["/", "/api", "/api/marketplace", "/nothing/", "products//", "products/a/b/c/d/"])
def test_nothing_is_anywhere_else(nobody: Caller, path: str) -> None:
    problem(nobody.get(path), 404, "NOT_FOUND")


@pytest.mark.promise("1.55")
@pytest.mark.parametrize("slug", ["%00", "a%00b", "%ff%fe", "%zz", "%", "%ed%a0%80", "x" * 5000, "..", "%2e%2e%2f"])
def test_a_path_that_names_nothing(nobody: Caller, seller: Caller, slug: str) -> None:
    for request in (nobody.get, seller.delete):
        answer = request(f"products/{slug}/")
        assert answer.status_code in (404, 405)
        assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.promise("1.56")
def test_head_wherever_get(nobody: Caller, offered: Any, product: dict[str, Any]) -> None:
    detail = filled(f"{BASE}/products/{{slug}}/", product)
    eventually(lambda: ok(nobody.get(detail))["view_count"], 1)  # counted in between, it would make a difference
    for path, methods in offered.items():
        if "GET" in methods:
            get = nobody.get(filled(path, product))
            head = nobody.request("HEAD", filled(path, product))
            assert (head.status_code, head.content) == (get.status_code, b"")
            assert head.headers["content-type"] == get.headers["content-type"]
            assert head.headers.get("etag") == get.headers.get("etag")
            assert head.headers["content-length"] == str(len(get.content))


@pytest.mark.promise("1.51", "1.57")
def test_options_and_every_other_method_name_what_is_offered(
    nobody: Caller, offered: Any, product: dict[str, Any]
) -> None:
    for path, methods in offered.items():
        # A fixed path may also be an id of its neighbour's form; the more exact one counts.
        url = filled(path, product)
        answer = nobody.request("OPTIONS", url)
        assert answer.status_code == 204
        assert set(answer.headers["allow"].split(", ")) == methods
        others = {"GET", "POST", "PUT", "PATCH", "DELETE", "TRACE", "PROPFIND"} - methods
        for method in others:
            refused = nobody.request(method, url)
            problem(refused, 405, "METHOD_NOT_ALLOWED")
            assert set(refused.headers["allow"].split(", ")) == methods


# --- bodies ------------------------------------------------------------------------------------


@pytest.mark.promise("1.03", "1.39", "1.55")
@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"5",
        b'"text"',
        b"{}{}",
        b"{'name': 'x'}",
        b'{"name": "a", "name": "b"}',
        b'{"price": NaN}',
        b'{"price": Infinity}',
        b'{"price": -Infinity}',
        b'{"price": 1e400}',
        b'{"stock_quantity": 1e400}',
        b'{"stock_quantity": 99999999999999999999999999}',
        b'{"name": "\\u0000"}',
        b'{"name": "a\\u0000b"}',
        b'{"name": "\\ud800"}',
        b'{"name": "\\udc00\\ud800"}',
        b'{"\\ud800": 1}',
        b'{"name": "\xff\xfe"}',
        b'{"name": "\xed\xa0\x80"}',
        b"\xff\xfe{\x00}\x00",
        b'{"name":' + b"[" * 100_000,
        b'{"a":' * 5_000 + b"1" + b"}" * 5_000,
        b'{"tags": ["\\u0000"]}',
        b'{"tags": ["\\udfff"]}',
    ],
    ids=lambda body: repr(body[:30]),
)
def test_a_body_that_cannot_be_meant(seller: Caller, body: bytes) -> None:
    headers = {"Content-Type": "application/json"}
    problem(seller.request("POST", "products/", content=body, headers=headers), 400, "INVALID_INPUT")
    assert ok(seller.get("products/my_products/")) == []


@pytest.mark.promise("1.10")
@pytest.mark.parametrize(
    "content_type",
    ["text/plain", "application/xml", "text/json", "application/octet-stream", "application/jsonp", "nonsense"],
)
def test_a_body_of_another_kind(seller: Caller, categories: dict[str, Any], content_type: str) -> None:
    content = json.dumps(offer(categories))
    answer = seller.request("POST", "products/", content=content, headers={"Content-Type": content_type})
    problem(answer, 415, "UNSUPPORTED_MEDIA_TYPE")


@pytest.mark.promise("1.03")
@pytest.mark.parametrize("content_type", ["application/json", "application/json; charset=utf-8", "Application/JSON"])
def test_json_in_utf_8(seller: Caller, categories: dict[str, Any], content_type: str) -> None:
    content = json.dumps(offer(categories) | {"name": "Ünïcödé 🦔"}, ensure_ascii=False).encode()
    answer = seller.request("POST", "products/", content=content, headers={"Content-Type": content_type})
    assert ok(answer, 201)["name"] == "Ünïcödé 🦔"
    assert answer.headers["content-type"] == "application/json"


def test_compressed_bodies_are_not_taken(seller: Caller, categories: dict[str, Any]) -> None:
    headers = {"Content-Type": "application/json", "Content-Encoding": "gzip"}
    content = gzip.compress(json.dumps(offer(categories)).encode())
    answer = seller.request("POST", "products/", content=content, headers=headers)
    problem(answer, 415, "UNSUPPORTED_MEDIA_TYPE")
    assert answer.headers["accept-encoding"] == "identity"


@pytest.mark.promise("1.05")
def test_forms_only_where_they_are_allowed(nobody: Caller, buyer: Caller) -> None:
    answer = nobody.request("POST", "/api/auth/token/", data={"username": "alice", "password": "x"})
    problem(answer, 415, "UNSUPPORTED_MEDIA_TYPE")
    problem(buyer.request("PATCH", "/api/auth/me/", data={"first_name": "x"}), 415, "UNSUPPORTED_MEDIA_TYPE")


@pytest.mark.promise("1.52")
def test_a_body_that_is_too_large(seller: Caller, categories: dict[str, Any]) -> None:
    body = json.dumps(offer(categories) | {"description": "x" * 3_000_000})
    answer = seller.request("POST", "products/", content=body, headers={"Content-Type": "application/json"})
    problem(answer, 413, "PAYLOAD_TOO_LARGE")


@pytest.mark.promise("1.52")
def test_a_body_in_pieces(seller: Caller, categories: dict[str, Any]) -> None:
    content = json.dumps(offer(categories)).encode()
    headers = {"Content-Type": "application/json"}
    pieces = (content[start : start + 7] for start in range(0, len(content), 7))
    ok(seller.request("POST", "products/", content=pieces, headers=headers), 201)
    endless = (b" " * 100_000 for _ in range(60))
    problem(seller.request("POST", "products/", content=endless, headers=headers), 413, "PAYLOAD_TOO_LARGE")


@pytest.mark.promise("1.11")
@pytest.mark.parametrize("accept", ["text/html", "application/xml", "application/json;q=0, text/plain", "*/*", ""])
def test_the_answer_is_json_whatever_is_accepted(nobody: Caller, accept: str) -> None:
    answer = nobody.request("GET", "categories/", headers={"Accept": accept})
    assert ok(answer)
    assert answer.headers["content-type"] == "application/json"


# --- problems ----------------------------------------------------------------------------------


@pytest.mark.promise("1.44", "1.46")
def test_a_problem_is_a_document(nobody: Caller) -> None:
    found = problem(nobody.get("products/", page="x", min_price="y"), 400, "INVALID_INPUT")
    assert set(found) == {"type", "title", "status", "detail", "code", "errors"}
    assert set(found["errors"]) == {"page", "min_price"}
    for messages in found["errors"].values():
        assert messages
        assert all(isinstance(message, str) and message for message in messages)
    absent = problem(nobody.get("products/nothing/"), 404, "NOT_FOUND")
    assert set(absent) == {"type", "title", "status", "detail", "code"}


@pytest.mark.promise("1.47", "1.55")
@pytest.mark.parametrize("text", ["' OR 1=1 --", '"; DROP TABLE product; --', "$1", "?1", "%(x)s", "{0}", "\x7f"])
def test_nothing_of_the_server_shows(nobody: Caller, seller: Caller, categories: dict[str, Any], text: str) -> None:
    answers = [
        nobody.get("products/", search=text, brand=text, tags=text, category=text),
        nobody.get("products/", ordering=text, cursor=text, min_price=text),
        seller.post("products/", offer(categories) | {"name": text, "brand": text, "tags": [text]}),
        nobody.post("/api/auth/token/", {"username": text, "password": text}),
    ]
    for answer in answers:
        assert answer.status_code < 500
        if answer.is_error:
            assert not re.search(r"Traceback|SELECT|sqlite|asyncpg|psycopg|\.py\b", answer.text)
            assert str(ROOT) not in answer.text


# --- writes ------------------------------------------------------------------------------------


@pytest.mark.promise("3.12")
def test_writers_do_not_disturb_each_other(seller: Caller, categories: dict[str, Any]) -> None:
    answers = at_once(20, lambda n: seller.post("products/", offer(categories) | {"name": f"Same name {n % 2}"}))
    assert {each.status_code for each in answers} == {201}
    assert len({each.json()["slug"] for each in answers}) == 20
    assert len(ok(seller.get("products/my_products/", page_size=100))) == 20


def test_simultaneous_changes_all_arrive(seller: Caller, product: dict[str, Any]) -> None:
    bodies: list[dict[str, Any]] = [{"brand": "B"}, {"model": "M"}, {"materials": "W"}, {"stock_quantity": 8}]
    answers = at_once(20, lambda n: seller.patch(f"products/{product['slug']}/", bodies[n % 4]))
    assert {each.status_code for each in answers} == {200}
    found = ok(seller.get(f"products/{product['slug']}/"))
    assert (found["brand"], found["model"], found["materials"], found["stock_quantity"]) == ("B", "M", "W", 8)
