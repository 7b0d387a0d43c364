"""What every response has, whatever it answers: ids, caching, cross-origin headers, and problems as documents."""

from __future__ import annotations

import hashlib
import logging
import os
import re
from collections.abc import Callable, Mapping

from sanic.response import HTTPResponse

from runtime.database import Unavailable, ValueRefused
from runtime.errors import Problem, internal_error, malformed, unavailable
from runtime.http.answers import encoded
from runtime.storage import StorageUnavailable

logger = logging.getLogger("agora")

PROBLEM = "application/problem+json"
REQUEST_ID = re.compile(r"[\x21-\x7e]{1,128}")
VARY = "Authorization, Origin"
EXPOSED = "ETag, Idempotency-Replayed, Link, Location, Retry-After, WWW-Authenticate, X-Request-ID, X-Total-Count"
ASKED_METHODS = "GET, HEAD, POST, PUT, PATCH, DELETE"
ASKED_HEADERS = "Authorization, Content-Type, Idempotency-Key, If-None-Match, X-Request-ID"


def request_id_of(headers: Mapping[str, str]) -> str:
    """The id that the client sent, if it is well formed; else a new one."""
    sent = headers.get("x-request-id")
    if sent is not None and REQUEST_ID.fullmatch(sent):
        return sent
    return os.urandom(16).hex()


# --- problems ---------------------------------------------------------------------------------


def problem_response(problem: Problem) -> HTTPResponse:
    """A problem as its document; a 401 always says how to sign in."""
    headers = {"WWW-Authenticate": "Bearer"} if problem.status == 401 else {}
    return HTTPResponse(encoded(problem.document()), problem.status, headers | problem.headers, PROBLEM)


def problem_for(error: Exception, request_id: str) -> Problem:
    """The problem that an error of any kind is to the client; what is our own fault goes to the log."""
    if isinstance(error, Problem):
        return error
    for kind, make in EXPECTED:
        if isinstance(error, kind):
            logger.warning("%s", error, extra={"request_id": request_id})
            return make()
    logger.error("unexpected error", exc_info=error, extra={"request_id": request_id})
    return internal_error()


EXPECTED: tuple[tuple[type[Exception], Callable[[], Problem]], ...] = (
    (Unavailable, unavailable),
    (StorageUnavailable, lambda: unavailable("The storage of files is away. Try again soon.")),
    (ValueRefused, lambda: malformed("A value cannot be stored: it is too large, or no text.")),
)


# --- headers ----------------------------------------------------------------------------------


def finish(
    response: HTTPResponse, request_id: str, headers: Mapping[str, str], origins: tuple[str, ...]
) -> HTTPResponse:
    """Add what every response has."""
    added = response.headers
    added["x-request-id"] = request_id
    added["x-content-type-options"] = "nosniff"
    added["vary"] = VARY
    if "cache-control" not in added:
        added["cache-control"] = "no-store"
    if origins:
        allow_origin(response, headers.get("origin"), origins)
    return response


def allow_origin(response: HTTPResponse, origin: str | None, origins: tuple[str, ...]) -> None:
    """Let a page of an allowed origin read the response."""
    if origin is not None and (origin in origins or "*" in origins):
        response.headers["access-control-allow-origin"] = origin if origin in origins else "*"
        response.headers["access-control-expose-headers"] = EXPOSED


def options(allow: str, headers: Mapping[str, str], origins: tuple[str, ...]) -> HTTPResponse:
    """What is offered at a path; to a page of an allowed origin, that it may use it."""
    response = HTTPResponse(None, 204, {"allow": allow}, None)
    origin = headers.get("origin")
    if "access-control-request-method" in headers and origin and (origin in origins or "*" in origins):
        response.headers["access-control-allow-methods"] = ASKED_METHODS
        response.headers["access-control-allow-headers"] = ASKED_HEADERS
        response.headers["access-control-max-age"] = "600"
    return response


def revalidated(response: HTTPResponse, headers: Mapping[str, str], anonymous: bool) -> HTTPResponse:
    """Give a public answer its ETag; 304 instead of it to a client that has it already."""
    tag = response.headers.get("etag")
    if tag is None:
        tag = response.headers["etag"] = tag_of(response.body or b"")
    if anonymous and "cache-control" not in response.headers:
        response.headers["cache-control"] = "no-cache"
    asked = headers.get("if-none-match")
    if asked is None or not names(asked, tag):
        return response
    kept = {name: item for name, item in response.headers.items() if name not in ("content-type",)}
    return HTTPResponse(None, 304, kept, None)


def tag_of(content: bytes) -> str:
    """The ETag of what an answer is made of."""
    return f'"{hashlib.sha256(content).hexdigest()[:32]}"'


def names(asked: str, tag: str) -> bool:
    """Whether `asked` (If-None-Match) names the tag; the comparison is the weak one (RFC 9110, 13.1.2)."""
    if asked.strip() == "*":
        return True
    return any(each.strip().removeprefix("W/") == tag for each in asked.split(","))
