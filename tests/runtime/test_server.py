"""The general rules of every endpoint, over HTTP against a small hand-written API."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from tests.runtime.tiny import project

ORIGIN = "https://shop.example"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[project.Served]:
    """One server for all tests of this file."""
    folder = project.write(tmp_path_factory.mktemp("tiny"))
    with project.Served(folder, project.SERVE, {"AGORA_CORS_ORIGINS": ORIGIN}) as served:
        yield served


@pytest.fixture(scope="module")
def http(server: project.Served) -> Iterator[httpx.Client]:
    """An anonymous client."""
    with server.client() as client:
        yield client


def signed_in(http: httpx.Client, name: str) -> dict[str, str]:
    """The headers of a member of that name."""
    account = {"username": name, "password": "a password"}
    http.post("/api/people/", json=account)
    return {"Authorization": f"Bearer {http.post('/api/token/', json=account).json()['access']}"}


@pytest.fixture(scope="module")
def ann(http: httpx.Client) -> dict[str, str]:
    """Ann's headers."""
    return signed_in(http, "ann")


@pytest.fixture(scope="module")
def bob(http: httpx.Client) -> dict[str, str]:
    """Bob's headers."""
    return signed_in(http, "bob")


def note(http: httpx.Client, owner: dict[str, str], title: str, **more: Any) -> str:
    """A new note; its path."""
    made = http.post("/api/notes/", json={"title": title, "price": "1.00", **more}, headers=owner)
    assert made.status_code == 201, made.text
    return made.headers["location"]


def is_problem(answer: httpx.Response, status: int, code: str) -> dict[str, Any]:
    """The document of a problem that is as it should be."""
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    document: dict[str, Any] = answer.json()
    assert {"type", "title", "status", "detail", "code"} <= document.keys()
    assert (document["status"], document["code"]) == (status, code)
    return document


# --- paths and methods ------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/api/notes", "/api/notes/", "/health/live", "/health/live/", "/health/ready"])
def test_answers_with_and_without_slash(http: httpx.Client, path: str) -> None:
    assert http.get(path).status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/nope",
        "/api/notes//",
        "/api//notes/",
        "/api/notes/none/",
        "/api/notes/%00/",
        "/api/notes/%zz/",
        "/api/notes/%ff/",
        "/api/notes/%ed%a0%80/",
        "/api/notes/a%2Fb/",
        "/api/people/0/",
        "/api/people/01/",
        "/api/people/+1/",
        "/api/people/1_0/",
        "/api/people/1.0/",
        "/api/people/%EF%BC%91/",
        "/api/people/99999999999999999999999999/",
        "/docs/nothing.js",
    ],
)
def test_what_is_not_there_is_404(http: httpx.Client, path: str) -> None:
    is_problem(http.get(path), 404, "NOT_FOUND")


def test_escapes_in_a_path_mean_their_characters(http: httpx.Client) -> None:
    assert http.get("/api/people/%31/").status_code == 200


@pytest.mark.parametrize("method", ["POST", "TRACE", "FOO"])
def test_other_methods_are_405_with_allow(http: httpx.Client, method: str) -> None:
    answer = http.request(method, "/health/live")
    is_problem(answer, 405, "METHOD_NOT_ALLOWED")
    assert answer.headers["allow"] == "GET, HEAD, OPTIONS"


def test_options_answers_allow(http: httpx.Client) -> None:
    answer = http.options("/api/notes/anything/")
    assert (answer.status_code, answer.content) == (204, b"")
    assert answer.headers["allow"] == "GET, HEAD, OPTIONS, PUT, PATCH, DELETE"
    assert "access-control-allow-methods" not in answer.headers


def test_head_is_get_without_body(http: httpx.Client, ann: dict[str, str]) -> None:
    path = note(http, ann, "head")
    got, head = http.get(path), http.head(path)
    assert (head.status_code, head.content) == (200, b"")
    varying = {"x-request-id", "date"}
    assert {k: v for k, v in head.headers.items() if k not in varying} == {
        k: v for k, v in got.headers.items() if k not in varying
    }


# --- headers ----------------------------------------------------------------------------------


def test_every_answer_has_the_common_headers(http: httpx.Client) -> None:
    for path in ("/api/notes/", "/nope", "/api/broken/"):
        headers = http.get(path).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert len(headers["x-request-id"]) == 32
        assert headers["vary"] == "Authorization, Origin"


@pytest.mark.parametrize(
    ("sent", "kept"), [("abc-123", True), ("x" * 128, True), ("x" * 129, False), ("a b", False), ("é", False)]
)
def test_request_id_is_echoed_when_well_formed(http: httpx.Client, sent: str, kept: bool) -> None:
    answer = http.get("/health/live", headers={"X-Request-ID": sent.encode("latin-1")})
    assert (answer.headers["x-request-id"] == sent) is kept


def test_public_reads_revalidate(http: httpx.Client, ann: dict[str, str]) -> None:
    path = note(http, ann, "etag")
    first = http.get(path)
    tag = first.headers["etag"]
    assert first.headers["cache-control"] == "no-cache"
    for asked in (tag, f"W/{tag}", f'"other", {tag}', "*"):
        again = http.get(path, headers={"If-None-Match": asked})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
        assert "content-type" not in again.headers
    assert http.get(path, headers={"If-None-Match": '"other"'}).status_code == 200
    http.patch(path, json={"title": "changed"}, headers=ann)
    assert http.get(path, headers={"If-None-Match": tag}).status_code == 200


def test_private_data_is_not_stored(http: httpx.Client, ann: dict[str, str]) -> None:
    for answer in (
        http.get("/api/notes/mine/", headers=ann),
        http.get("/api/notes/", headers=ann),
        http.post("/api/token/", json={"username": "ann", "password": "a password"}),
    ):
        assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-store")


@pytest.mark.promise("1.64")
def test_cross_origin_only_for_configured_origins(http: httpx.Client) -> None:
    answered = http.get("/api/notes/", headers={"Origin": ORIGIN}).headers
    assert answered["access-control-allow-origin"] == ORIGIN
    assert "Idempotency-Replayed" in answered["access-control-expose-headers"]
    asked = {"Origin": ORIGIN, "Access-Control-Request-Method": "PATCH"}
    preflight = http.options("/api/notes/x/", headers=asked).headers
    assert "PATCH" in preflight["access-control-allow-methods"]
    assert {"Authorization", "Idempotency-Key"} <= set(preflight["access-control-allow-headers"].split(", "))
    refused = http.options("/api/notes/x/", headers=asked | {"Origin": "https://evil.example"}).headers
    assert not [name for name in refused if name.startswith("access-control")]


def test_server_timing_counts_statements(http: httpx.Client, ann: dict[str, str]) -> None:
    for headers in ({}, ann):
        assert http.get("/api/notes/", headers=headers).headers["server-timing"] == 'db;desc="1 statements"'


# --- who is asking ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "header", ["Bearer", "Bearer x", "Bearer a.b.c", "Basic YTpi", "bearer x y", "Bearer " + "x" * 9000, ""]
)
def test_a_bad_token_is_401_even_where_none_is_needed(http: httpx.Client, header: str) -> None:
    answer = http.get("/api/notes/", headers={"Authorization": header})
    is_problem(answer, 401, "INVALID_TOKEN")
    assert answer.headers["www-authenticate"].startswith('Bearer error="invalid_token"')


def test_no_token_where_one_is_needed(http: httpx.Client) -> None:
    for answer in (http.get("/api/notes/mine/"), http.post("/api/notes/", content=b"not even JSON")):
        is_problem(answer, 401, "NOT_AUTHENTICATED")
        assert answer.headers["www-authenticate"] == "Bearer"


def test_policies_forbid_or_hide(http: httpx.Client, ann: dict[str, str]) -> None:
    is_problem(http.get("/api/admin/", headers=ann), 403, "FORBIDDEN")
    is_problem(http.get("/api/hidden/", headers=ann), 404, "NOT_FOUND")
    is_problem(http.get("/api/hidden/"), 401, "NOT_AUTHENTICATED")


def test_a_record_of_somebody_else(http: httpx.Client, ann: dict[str, str], bob: dict[str, str]) -> None:
    path = note(http, ann, "mine alone")
    assert http.get(f"{path}secret/", headers=ann).json()["mine"] is True
    is_problem(http.get(f"{path}secret/", headers=bob), 403, "FORBIDDEN")
    is_problem(http.patch(path, json={}, headers=bob), 403, "FORBIDDEN")
    is_problem(http.delete(path, headers=bob), 403, "FORBIDDEN")
    is_problem(http.patch("/api/notes/none/", json={}, headers=bob), 404, "NOT_FOUND")


# --- bodies -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content_type", "status"),
    [
        ("application/json", 201),
        ("Application/JSON; charset=UTF-8", 201),
        ("text/plain", 415),
        ("application/json; charset=latin-1", 415),
        ("application/xml", 415),
        ("", 415),
    ],
)
def test_media_types(http: httpx.Client, ann: dict[str, str], content_type: str, status: int) -> None:
    body = json.dumps({"title": "typed", "price": 1}).encode()
    answer = http.post("/api/notes/", content=body, headers=ann | {"Content-Type": content_type})
    assert answer.status_code == status, answer.text


def test_forms_only_where_they_are_offered(http: httpx.Client, ann: dict[str, str]) -> None:
    form = {"title": "a form", "price": "1.50", "original_price": ""}
    assert http.post("/api/notes/", data=form, headers=ann).json()["price"] == "1.50"
    parts = {name: (None, text) for name, text in form.items()}
    assert http.post("/api/notes/", files=parts, headers=ann).status_code == 201
    files = parts | {"picture": ("a.png", b"png")}
    errors = is_problem(http.post("/api/notes/", files=files, headers=ann), 400, "INVALID_INPUT")["errors"]
    assert errors == {"picture": ["Files are not taken here."]}
    path = note(http, ann, "put")
    is_problem(http.put(path, data=form, headers=ann), 415, "UNSUPPORTED_MEDIA_TYPE")


def test_all_faults_at_once(http: httpx.Client, ann: dict[str, str]) -> None:
    body = {"title": "", "original_price": "x", "parent": 0, "owner_id": 1, "id": 7}
    errors = is_problem(http.post("/api/notes/", json=body, headers=ann), 400, "INVALID_INPUT")["errors"]
    assert set(errors) == {"title", "price", "original_price", "parent", "owner_id", "id"}


def test_references_and_invariants_at_once(http: httpx.Client, ann: dict[str, str]) -> None:
    body = {"title": "x", "price": 2, "original_price": 1, "parent": 999_999}
    errors = is_problem(http.post("/api/notes/", json=body, headers=ann), 400, "INVALID_INPUT")["errors"]
    assert set(errors) == {"original_price", "parent"}


def test_a_reference_to_what_is_not_visible(http: httpx.Client, ann: dict[str, str], bob: dict[str, str]) -> None:
    path = note(http, bob, "hidden parent")
    hidden = http.get(path).json()["id"]
    assert http.delete(path, headers=bob).status_code == 204
    body = {"title": "child", "price": 1, "parent": hidden}
    assert set(is_problem(http.post("/api/notes/", json=body, headers=ann), 400, "INVALID_INPUT")["errors"]) == {
        "parent"
    }
    assert http.post("/api/notes/", json=body, headers=bob).status_code == 201


@pytest.mark.promise("3.09")
def test_no_circles(http: httpx.Client, ann: dict[str, str]) -> None:
    top = note(http, ann, "top")
    key = http.get(top).json()["id"]
    below = note(http, ann, "below", parent=key)
    for parent in (http.get(below).json()["id"], key):
        answer = http.patch(top, json={"parent": parent}, headers=ann)
        assert set(is_problem(answer, 400, "INVALID_INPUT")["errors"]) == {"parent"}
    assert http.patch(below, json={"parent": None}, headers=ann).status_code == 200


def test_a_member_for_admins_only(http: httpx.Client, ann: dict[str, str]) -> None:
    body = {"title": "x", "price": 1, "pinned": False}
    is_problem(http.post("/api/notes/", json=body, headers=ann), 403, "FORBIDDEN")
    is_problem(http.post("/api/notes/", json=body | {"price": 0}, headers=ann), 400, "INVALID_INPUT")


@pytest.mark.parametrize("size", [20_001, 3_000_000])
def test_too_large(http: httpx.Client, ann: dict[str, str], size: int) -> None:
    headers = ann | {"Content-Type": "application/json"}
    is_problem(http.post("/api/notes/", content=b" " * size, headers=headers), 413, "PAYLOAD_TOO_LARGE")


def test_a_body_that_nobody_reads(http: httpx.Client, ann: dict[str, str]) -> None:
    path = note(http, ann, "unread")
    for size in (10, 5_000_000):
        answer = http.post(f"{path}seen/", content=b"x" * size)
        assert answer.json() == {"seen": True}
    assert http.get(path).status_code == 200


# --- writes -----------------------------------------------------------------------------------


def test_slugs_are_made_and_never_collide(http: httpx.Client, ann: dict[str, str]) -> None:
    assert note(http, ann, "Zażółć gęślą: Straße") == "/api/notes/zazolc-gesla-strasse/"
    assert note(http, ann, "Zażółć gęślą: Straße").startswith("/api/notes/zazolc-gesla-strasse-")
    assert len(note(http, ann, "日本")) > len("/api/notes//")


def test_put_replaces_and_patch_changes(http: httpx.Client, ann: dict[str, str]) -> None:
    path = note(http, ann, "both", original_price="5.00")
    assert http.patch(path, json={"price": "2.00"}, headers=ann).json()["price"] == "2.00"
    too_high = http.patch(path, json={"price": "6.00"}, headers=ann)
    assert set(is_problem(too_high, 400, "INVALID_INPUT")["errors"]) == {"original_price"}
    assert set(is_problem(http.put(path, json={}, headers=ann), 400, "INVALID_INPUT")["errors"]) == {"title", "price"}
    assert http.put(path, json={"title": "b", "price": 6}, headers=ann).json()["title"] == "b"
    assert http.patch(path, json={}, headers=ann).json()["price"] == "6.00"


def test_the_database_has_the_last_word(http: httpx.Client, ann: dict[str, str]) -> None:
    account = {"username": "ann", "password": "x"}
    document = is_problem(http.post("/api/people/", json=account), 409, "USERNAME_TAKEN")
    assert document["errors"] == {"username": ["Taken."]}
    answer = http.post("/api/notes/", json={"title": "dear", "price": "9000.00"}, headers=ann)
    assert is_problem(answer, 400, "INVALID_INPUT")["errors"] == {"price": ["Too much."]}


def test_delete_soft_and_for_good(http: httpx.Client, ann: dict[str, str]) -> None:
    path = note(http, ann, "to go")
    for _ in range(2):
        answer = http.delete(path, headers=ann)
        assert (answer.status_code, answer.content) == (204, b"")
        assert "content-length" not in answer.headers
    is_problem(http.get(path), 404, "NOT_FOUND")
    assert http.delete(f"{path}really/", headers=ann).status_code == 204
    is_problem(http.delete(path, headers=ann), 404, "NOT_FOUND")
    parent = note(http, ann, "in use")
    note(http, ann, "user", parent=http.get(parent).json()["id"])
    is_problem(http.delete(f"{parent}really/", headers=ann), 409, "CONFLICT")


# --- hooks ------------------------------------------------------------------------------------


def test_a_hook_changes_and_answers(http: httpx.Client, ann: dict[str, str]) -> None:
    path = note(http, ann, "to act on")
    assert http.post(f"{path}act/", headers=ann).json() == {"done": True, "amount": "1.00"}
    assert http.get(path).json()["title"] == "acted"


def test_a_hooks_errors(http: httpx.Client, ann: dict[str, str], server: project.Served) -> None:
    refused = is_problem(http.post(f"{note(http, ann, 'refuse')}act/", headers=ann), 409, "REFUSED")
    assert refused["why"] == "title"
    is_problem(http.post(f"{note(http, ann, 'undeclared')}act/", headers=ann), 500, "INTERNAL_ERROR")
    broken = note(http, ann, "broken", price="666.00")
    is_problem(http.post(f"{broken}act/", headers=ann), 500, "INTERNAL_ERROR")
    assert http.get(broken).json()["title"] == "broken"  # nothing of the write stayed


@pytest.mark.promise("1.47")
def test_no_detail_of_a_fault_reaches_the_client(http: httpx.Client, server: project.Served) -> None:
    answer = http.get("/api/broken/", headers={"X-Request-ID": "find-me-500"})
    is_problem(answer, 500, "INTERNAL_ERROR")
    assert "secret detail" not in answer.text
    lines = [json.loads(line) for line in server.log.read_text().splitlines() if "find-me-500" in line]
    fault, access = lines
    assert "secret detail" in fault["traceback"]
    assert access | {"ms": 0, "time": ""} == {
        "time": "",
        "request_id": "find-me-500",
        "method": "GET",
        "path": "/api/broken/",
        "status": 500,
        "ms": 0,
        "actor": None,
    }


def test_wrong_credentials_are_401(http: httpx.Client, ann: dict[str, str]) -> None:
    for account in ({"username": "ann", "password": "no"}, {"username": "nobody", "password": "no"}):
        answer = http.post("/api/token/", json=account)
        is_problem(answer, 401, "INVALID_CREDENTIALS")
        assert answer.headers["www-authenticate"] == "Bearer"


# --- lists ------------------------------------------------------------------------------------


def test_pages(http: httpx.Client, ann: dict[str, str]) -> None:
    for number in range(3):
        note(http, ann, f"page {number}")
    first = http.get("/api/notes/?page_size=2&count=exact&ordering=-price")
    assert int(first.headers["x-total-count"]) >= 3
    assert len(first.json()) == 2
    following = http.get(first.links["next"]["url"])
    assert {each["id"] for each in following.json()}.isdisjoint({each["id"] for each in first.json()})
    assert http.get("/api/notes/?page=999").json() == []
    errors = is_problem(http.get("/api/notes/?page_size=0&max_price=x&ordering=no&other=1"), 400, "INVALID_INPUT")
    assert set(errors["errors"]) == {"page_size", "max_price", "ordering"}


# --- the page and its document ----------------------------------------------------------------


def test_the_docs_page_loads_only_what_is_here(http: httpx.Client) -> None:
    page = http.get("/docs")
    assert page.headers["content-type"].startswith("text/html")
    assert "default-src 'none'" in page.headers["content-security-policy"]
    script = http.get("/docs/docs.js")
    assert script.headers["content-type"].startswith("text/javascript")
    assert http.get("/docs/docs.js", headers={"If-None-Match": script.headers["etag"]}).status_code == 304


# --- many at once -----------------------------------------------------------------------------


def test_two_hundred_writers_at_once_are_served(server: project.Served, ann: dict[str, str]) -> None:
    limits = httpx.Limits(max_connections=200)

    async def write(http: httpx.AsyncClient, number: int) -> int:
        body = {"title": f"burst {number}", "price": "1.00"}
        return (await http.post("/api/notes/", json=body, headers=ann)).status_code

    async def burst() -> list[int]:
        async with httpx.AsyncClient(base_url=server.url, timeout=30.0, limits=limits) as http:
            return await asyncio.gather(*(write(http, number) for number in range(200)))

    assert asyncio.run(burst()) == [201] * 200
