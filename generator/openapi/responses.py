"""The answers of an operation when all goes well, with their headers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from generator.model import Model
from generator.openapi.access import access
from generator.openapi.schemas import answer_schema
from generator.operations import Operation
from generator.plans.hooks import location, location_source

Json = dict[str, Any]

DESCRIPTIONS = {
    200: "Done.",
    201: "Made.",
    202: "Accepted.",
    204: "Done; there is nothing to say.",
    304: "The answer that the caller has is still the same.",
}


def successes(model: Model, operation: Operation) -> dict[str, Json]:
    """The answers when all goes well, by status."""
    answers = {str(status): _success(model, operation, status, schema) for status, schema in _bodies(model, operation)}
    if is_shared(model, operation):
        answers["304"] = {"description": DESCRIPTIONS[304], "headers": headers("ETag", "X-Request-ID")}
    return answers


def is_shared(model: Model, operation: Operation) -> bool:
    """Whether the answer is the same for all anonymous callers, and may be kept by them."""
    return operation.method == "GET" and access(model, operation).anonymous is True


def _bodies(model: Model, operation: Operation) -> Iterator[tuple[int, Json | None]]:
    action = operation.action
    if action.responds is not None:
        yield 200, _constant(dict(action.responds))
    for result in action.returns:
        schema = answer_schema(model, operation, result)
        yield result.status, {"type": "array", "items": schema} if action.kind == "list" else schema
    if not action.returns and action.responds is None:
        yield 204, None


def _constant(body: Json) -> Json:
    pieces = {name: {"const": value} for name, value in body.items()}
    return {"type": "object", "properties": pieces, "required": list(pieces), "additionalProperties": False}


def _success(model: Model, operation: Operation, status: int, schema: Json | None) -> Json:
    answer: Json = {"description": DESCRIPTIONS.get(status, "Done.")}
    replayed = {"Idempotency-Replayed": REPLAYED} if operation.action.idempotency else {}
    answer["headers"] = replayed | headers(*_header_names(model, operation, status))
    return answer | ({"content": {"application/json": {"schema": schema}}} if schema else {})


def _header_names(model: Model, operation: Operation, status: int) -> Iterator[str]:
    if operation.action.kind == "list":
        yield from ("Link", "X-Total-Count")
    if status == 201 and has_location(model, operation):
        yield "Location"
    if is_shared(model, operation):
        yield "ETag"
    yield from ("Cache-Control", "X-Request-ID")


def has_location(model: Model, operation: Operation) -> bool:
    """Whether the answer to a creation says where the new record is."""
    action = operation.action
    if action.kind == "action":
        return location_source(model, operation) is not None
    return action.kind == "create" and action.location and location(operation.resource, action) is not None


def headers(*names: str) -> Json:
    """References to these headers."""
    return {name: {"$ref": f"#/components/headers/{name}"} for name in names}


REPLAYED: Json = {
    "description": "There when this is the answer to an earlier request with the same idempotency key.",
    "schema": {"type": "string", "const": "true"},
}
HEADERS: Json = {
    "Cache-Control": {
        "description": "Whether the answer may be kept: `no-store` for what is private.",
        "schema": {"type": "string"},
    },
    "ETag": {
        "description": "Changes with the answer; send it as `If-None-Match`. Only for anonymous callers.",
        "schema": {"type": "string"},
    },
    "Link": {
        "description": "Where the neighbouring pages are: `first`, `prev`, `next` (RFC 8288).",
        "schema": {"type": "string"},
    },
    "Location": {
        "description": "Where the new record is.",
        "required": True,
        "schema": {"type": "string", "format": "uri-reference"},
    },
    "Retry-After": {
        "description": "After how many seconds to try again.",
        "required": True,
        "schema": {"type": "integer", "minimum": 0},
    },
    "WWW-Authenticate": {
        "description": "How to authenticate (RFC 6750).",
        "required": True,
        "schema": {"type": "string"},
    },
    "X-Request-ID": {
        "description": "The request's id: the one that was sent, or a new one.",
        "required": True,
        "schema": {"type": "string"},
    },
    "X-Total-Count": {
        "description": "How many there are on all pages, where `count=exact` asked for it.",
        "schema": {"type": "integer", "minimum": 0},
    },
}
