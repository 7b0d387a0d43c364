"""A client of the API: nobody in particular, or somebody who is signed in."""

from __future__ import annotations

import itertools
import re
import secrets
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import jwt

BASE = "/api/marketplace"
PASSWORD = "correct-horse-battery"

_numbers = itertools.count(1)
_run = secrets.token_hex(3)


def unique(word: str) -> str:
    """A name that no other test has, in this run or an earlier one on the same database."""
    return f"{word}{_run}{next(_numbers)}"


class Caller:
    """Sends requests; paths that begin without a slash are the marketplace's."""

    def __init__(self, http: httpx.Client, token: str | None = None, account: dict[str, Any] | None = None) -> None:
        self.http = http
        self.token = token
        self.account = account or {}

    @property
    def id(self) -> int:
        """The key of the signed-in user."""
        return int(self.account["id"])

    def request(self, method: str, path: str, **more: Any) -> httpx.Response:
        """Any request, as this caller."""
        headers = httpx.Headers(more.pop("headers", None))
        if self.token is not None:
            headers.setdefault("Authorization", f"Bearer {self.token}")
        url = path if path.startswith("/") else f"{BASE}/{path}"
        return self.http.request(method, url, headers=headers, **more)

    def get(self, path: str, **query: Any) -> httpx.Response:
        """GET with a query."""
        return self.request("GET", path, params=query or None)

    def post(self, path: str, body: Any = None, **more: Any) -> httpx.Response:
        """POST with a JSON body, if any."""
        return self.request("POST", path, **({"json": body} if body is not None else {}), **more)

    def put(self, path: str, body: Any) -> httpx.Response:
        """PUT with a JSON body."""
        return self.request("PUT", path, json=body)

    def patch(self, path: str, body: Any) -> httpx.Response:
        """PATCH with a JSON body."""
        return self.request("PATCH", path, json=body)

    def delete(self, path: str) -> httpx.Response:
        """DELETE."""
        return self.request("DELETE", path)


def register(nobody: Caller, role: str = "buyer", **more: Any) -> Caller:
    """A new user, signed in."""
    name = unique(role)
    body = {"username": name, "email": f"{name}@example.org", "password": PASSWORD, "role": role} | more
    account = ok(nobody.post("/api/auth/register/", body), 201)
    return sign_in(nobody, body["username"], body["password"], account)


def sign_in(nobody: Caller, username: str, password: str, account: dict[str, Any] | None = None) -> Caller:
    """An existing user, signed in."""
    tokens = ok(nobody.post("/api/auth/token/", {"username": username, "password": password}))
    caller = Caller(nobody.http, tokens["access"])
    caller.account = account or ok(caller.get("/api/auth/me/"))
    return caller


def ok(response: httpx.Response, status: int = 200) -> Any:
    """The body of a success."""
    assert response.status_code == status, f"{response.request.method} {response.url}: {response.text[:2000]}"
    return response.json() if response.content else None


def problem(response: httpx.Response, status: int, code: str) -> dict[str, Any]:
    """The document of a problem with this status and code."""
    assert response.status_code == status, f"{response.request.method} {response.url}: {response.text[:2000]}"
    assert response.headers["content-type"] == "application/problem+json"
    document: dict[str, Any] = response.json()
    assert document["status"] == status
    assert document["code"] == code
    assert {"type", "title", "detail"} <= set(document)
    return document


def statements(response: httpx.Response) -> int:
    """How many statements an answer took; those that begin and end a transaction are not counted."""
    found = re.fullmatch(r'db;desc="(\d+) statements?"', response.headers["server-timing"])
    assert found, response.headers["server-timing"]
    return int(found[1])


def faults(response: httpx.Response) -> set[str]:
    """The members that a 400 names."""
    return set(problem(response, 400, "INVALID_INPUT")["errors"])


def at_once(number: int, call: Callable[[int], httpx.Response]) -> list[httpx.Response]:
    """So many requests at the same time."""
    with ThreadPoolExecutor(number) as threads:
        return list(threads.map(call, range(number)))


def eventually(found: Callable[[], Any], expected: Any, seconds: float = 6.0) -> None:
    """Wait for what happens in the background."""
    deadline = time.monotonic() + seconds
    value = found()
    while value != expected and time.monotonic() < deadline:
        time.sleep(0.1)
        value = found()
    assert value == expected


def stays(found: Callable[[], Any], expected: Any, seconds: float = 1.5) -> None:
    """What must not happen in the background has not happened a moment later either."""
    time.sleep(seconds)
    assert found() == expected


def token(key: str, subject: object, *, expires_in: int | None = 300, algorithm: str = "HS256", **claims: Any) -> str:
    """An access token signed with `key`."""
    made: dict[str, Any] = {"sub": subject, **claims}
    if expires_in is not None:
        made["exp"] = int(time.time()) + expires_in
    return jwt.encode({name: value for name, value in made.items() if value is not None}, key, algorithm)


def links(response: httpx.Response) -> dict[str, str]:
    """The targets of the Link header by relation."""
    return {relation: str(link["url"]) for relation, link in response.links.items() if relation}


def pages(caller: Caller, response: httpx.Response) -> Iterable[list[Any]]:
    """The pages that `next` leads to, the first one included."""
    yield ok(response)
    while "next" in links(response):
        response = caller.request("GET", links(response)["next"])
        yield ok(response)
