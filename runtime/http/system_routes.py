"""The routes that every API has beside its own: health, its OpenAPI document, and the page to try it on."""

from __future__ import annotations

import asyncio
import hashlib
from importlib import resources
from typing import Any

from sanic.response import HTTPResponse

from runtime import pages
from runtime.application import Application, Route
from runtime.call import Call
from runtime.database import DatabaseError, Unavailable
from runtime.errors import not_found
from runtime.http import answers
from runtime.migrations import migrate
from runtime.migrations.files import MigrationError

OPENAPI = "/api/openapi.json"
DOCS = "/docs"
READY_SECONDS = 3.0


def routes_of(application: Application) -> tuple[Route, ...]:
    """Health, document and page of an API."""
    document = _document(application)
    return (
        Route("GET", "/health/live", "health.live", live),
        Route("GET", "/health/ready", "health.ready", ready),
        Route("GET", OPENAPI, "openapi", document),
        Route("GET", DOCS, "docs", docs),
        Route("GET", f"{DOCS}/{{name}}", "docs.asset", asset),
    )


async def live(_: Call) -> HTTPResponse:
    """Whether the process answers at all."""
    return answers.value({"status": "ok"}, 200)


async def ready(call: Call) -> HTTPResponse:
    """Whether requests can be served: the database is there, and its schema is the one of this code."""
    try:
        async with asyncio.timeout(READY_SECONDS):
            pending = await migrate.pending(call.services.database, call.services.application)
    except (DatabaseError, TimeoutError, MigrationError):
        raise Unavailable("the database cannot be reached, or is not the one of this code") from None
    if pending:
        raise Unavailable("migrations are pending")
    return answers.value({"status": "ok"}, 200)


async def docs(call: Call) -> HTTPResponse:
    """The page to try the API on."""
    page = pages.page(call.services.application.title, OPENAPI, DOCS)
    headers = {"content-security-policy": pages.CONTENT_SECURITY_POLICY}
    call.shared = True
    return HTTPResponse(page, 200, headers, "text/html; charset=utf-8")


async def asset(call: Call) -> HTTPResponse:
    """What the page loads."""
    found = pages.asset(str(call.parameters["name"]))
    if found is None:
        raise not_found()
    if "gzip" not in call.headers.get("accept-encoding", ""):
        found = found.plain()
    headers = {"etag": found.etag} | ({"content-encoding": found.encoding} if found.encoding else {})
    call.shared = True
    return HTTPResponse(found.content, 200, headers, found.type)


def _document(application: Application) -> Any:
    file = resources.files(application.package) / "openapi.json"
    content = file.read_bytes() if file.is_file() else None
    tag = f'"{hashlib.sha256(content or b"").hexdigest()[:32]}"'

    async def document(call: Call) -> HTTPResponse:
        """The OpenAPI document."""
        if content is None:
            raise not_found("The OpenAPI document has not been generated.")
        call.shared = True
        return HTTPResponse(content, 200, {"etag": tag}, answers.JSON)

    return document
