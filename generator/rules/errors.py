"""Errors: each code means one thing, with one status."""

from __future__ import annotations

from collections.abc import Iterator

from generator.diagnostics import Diagnostic
from generator.model import Place, Resource
from generator.rules.subject import Found, Subject, clash

CONFLICT = 409
# What the runtime itself answers with, and the status of each.
BUILT_IN = {
    "INVALID_INPUT": 400,
    "NOT_AUTHENTICATED": 401,
    "INVALID_TOKEN": 401,
    "FORBIDDEN": 403,
    "NOT_FOUND": 404,
    "METHOD_NOT_ALLOWED": 405,
    "NOT_UNIQUE": 409,
    "CONFLICT": 409,
    "INVALID_TRANSITION": 409,
    "REQUEST_IN_PROGRESS": 409,
    "PAYLOAD_TOO_LARGE": 413,
    "UNSUPPORTED_MEDIA_TYPE": 415,
    "IDEMPOTENCY_KEY_REUSED": 422,
    "TOO_MANY_REQUESTS": 429,
    "UNAVAILABLE": 503,
    "INTERNAL_ERROR": 500,
}


def errors_are_errors(subject: Subject, resource: Resource) -> Found:
    """The status of a declared error says that the client can do something about it."""
    for action in resource.actions:
        for error in action.errors:
            if not 400 <= error.status <= 499:
                place = subject.at(resource, "actions", action.name, "errors", error.code, "status")
                yield Diagnostic("bad-status", place, f"{error.status} is no error of a client", "choose 400 to 499")


def codes_have_one_status(subject: Subject) -> Found:
    """A client tells errors apart by their code: it has one status throughout the API."""
    statuses: dict[str, tuple[int, Place]] = {}
    for code, status, place in _declared(subject):
        if code in BUILT_IN:
            yield Diagnostic("error-code-clash", place, f"'{code}' is built in, with status {BUILT_IN[code]}", OTHER)
            continue
        known, first = statuses.setdefault(code, (status, place))
        if known != status:
            yield clash("error-code-clash", place, f"'{code}' has the status {known} elsewhere", first, OTHER)


OTHER = "choose another code"


def _declared(subject: Subject) -> Iterator[tuple[str, int, Place]]:
    for resource in subject.model.resources:
        for field in resource.fields:
            if field.unique_code:
                yield field.unique_code, CONFLICT, subject.at(resource, "fields", field.name, "unique")
        yield from ((each.error, CONFLICT, each.place) for each in resource.guards)
        for identity in resource.identities:
            if identity.error:
                yield identity.error, CONFLICT, subject.at(resource, "identities", identity.name, "error")
        for action in resource.actions:
            yield from ((error.code, error.status, error.place) for error in action.errors)
