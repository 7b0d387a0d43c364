"""Problems (RFC 9457): what went wrong, as a value that knows nothing of the server that will show it.

`CODES` is the table: every code the runtime itself answers with. A code is part of the contract; an API adds its own
in its specs.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from http import HTTPStatus
from typing import Any

Errors = dict[str, list[str]]

CODES: dict[str, tuple[int, str]] = {
    "INVALID_INPUT": (400, "The input is invalid"),
    "NOT_AUTHENTICATED": (401, "Credentials are needed"),
    "INVALID_TOKEN": (401, "The access token is not valid"),
    "FORBIDDEN": (403, "This is not allowed"),
    "NOT_FOUND": (404, "There is nothing here"),
    "METHOD_NOT_ALLOWED": (405, "The method is not offered here"),
    "REQUEST_TIMEOUT": (408, "The request took too long to arrive"),
    "NOT_UNIQUE": (409, "This exists already"),
    "CONFLICT": (409, "The present state does not allow this"),
    "INVALID_TRANSITION": (409, "The present state does not lead there"),
    "REQUEST_IN_PROGRESS": (409, "The first such request is still at work"),
    "STORAGE_DISABLED": (409, "There is no storage for files"),
    "PAYLOAD_TOO_LARGE": (413, "The request is too large"),
    "UNSUPPORTED_MEDIA_TYPE": (415, "The media type is not supported"),
    "RANGE_NOT_SATISFIABLE": (416, "The range is not there"),
    "EXPECTATION_FAILED": (417, "The expectation cannot be met"),
    "IDEMPOTENCY_KEY_REUSED": (422, "The idempotency key belongs to another request"),
    "TOO_MANY_REQUESTS": (429, "Too many requests"),
    "INTERNAL_ERROR": (500, "Something went wrong on our side"),
    "UNAVAILABLE": (503, "The service is not available at the moment"),
}


class Problem(Exception):
    """An answer other than success. Raised anywhere; turned into a response in one place.

    `members` are added to the document; `errors` maps a path in the input to what is wrong with it.
    """

    def __init__(
        self,
        status: int,
        code: str,
        detail: str,
        *,
        title: str | None = None,
        errors: Errors | None = None,
        headers: Mapping[str, str] | None = None,
        members: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(f"{status} {code}: {detail}")
        self.status = status
        self.code = code
        self.title = title or _title(status, code)
        self.detail = detail
        self.errors = errors or {}
        self.headers = dict(headers or {})
        self.members = dict(members or {})

    def document(self) -> dict[str, Any]:
        """The body: the five members every problem has, the faults of the input, and what the problem adds."""
        document: dict[str, Any] = {
            "type": f"urn:agora:problem:{self.code.lower().replace('_', '-')}",
            "title": self.title,
            "status": self.status,
            "detail": self.detail,
            "code": self.code,
        }
        if self.errors:
            document["errors"] = self.errors
        return document | self.members


def _title(status: int, code: str) -> str:
    if code in CODES:
        return CODES[code][1]
    return HTTPStatus(status).phrase


def problem(code: str, detail: str, **more: Any) -> Problem:
    """A problem with one of the runtime's own codes."""
    return Problem(CODES[code][0], code, detail, **more)


def not_found(detail: str = "There is nothing here, or it is not visible to you.") -> Problem:
    """404: absent, or not visible to this caller."""
    return problem("NOT_FOUND", detail)


def unauthorized(detail: str = "Send an access token: Authorization: Bearer <token>.") -> Problem:
    """401: no credentials were sent where they are needed."""
    return problem("NOT_AUTHENTICATED", detail, headers={"WWW-Authenticate": "Bearer"})


def invalid_token(detail: str) -> Problem:
    """401: credentials were sent and do not hold (RFC 6750, 3.1). `detail` must be plain ASCII without quotes."""
    challenge = f'Bearer error="invalid_token", error_description="{detail}"'
    return problem("INVALID_TOKEN", detail, headers={"WWW-Authenticate": challenge})


def forbidden(detail: str = "You are signed in, but you may not do this.") -> Problem:
    """403: known but not allowed."""
    return problem("FORBIDDEN", detail)


def invalid(errors: Errors, detail: str | None = None) -> Problem:
    """400 with all faults of the input at once."""
    number = sum(len(messages) for messages in errors.values())
    told = {name: [sentence(message) for message in messages] for name, messages in errors.items()}
    return problem("INVALID_INPUT", detail or f"The input has {number} fault{'s' * (number != 1)}.", errors=told)


def sentence(text: str) -> str:
    """`must be a UUID` → `Must be a UUID.`; what ends as a sentence does (a spec's own message) stays as written."""
    return text if text.endswith((".", "!", "?")) else f"{text[:1].upper()}{text[1:]}."


def malformed(detail: str) -> Problem:
    """400: the request cannot be read at all, so there is no member to blame."""
    return problem("INVALID_INPUT", detail)


def conflict(code: str = "CONFLICT", detail: str | None = None, **members: Any) -> Problem:
    """409: valid input that the present state forbids."""
    return Problem(409, code, detail or "The present state does not allow this.", members=members)


def storage_disabled() -> Problem:
    """409: files are asked for where the storage is off."""
    return problem("STORAGE_DISABLED", "This service runs without a storage for files.")


def unavailable(detail: str = "A service behind this one is away. Try again soon.", after: int = 5) -> Problem:
    """503: a backing service is away."""
    return problem("UNAVAILABLE", detail, headers={"Retry-After": str(after)})


def too_large(limit: int) -> Problem:
    """413: more bytes than the operation takes."""
    return problem("PAYLOAD_TOO_LARGE", f"The body may have {limit} bytes at most.")


def unsupported_media_type(accepted: Collection[str]) -> Problem:
    """415: a body of a kind the operation does not read."""
    return problem(
        "UNSUPPORTED_MEDIA_TYPE",
        f"Accepted here: {', '.join(accepted)}.",
        headers={"Accept": ", ".join(accepted)},
    )


def unsupported_encoding() -> Problem:
    """415: a compressed body (RFC 9110, 8.4); what it would grow to could not be bounded beforehand."""
    return problem("UNSUPPORTED_MEDIA_TYPE", "Bodies are taken uncompressed.", headers={"Accept-Encoding": "identity"})


def method_not_allowed(allow: Collection[str]) -> Problem:
    """405, with what is offered instead."""
    offered = ", ".join(allow)
    return problem("METHOD_NOT_ALLOWED", f"Offered here: {offered}.", headers={"Allow": offered})


def internal_error() -> Problem:
    """500: a fault of the program; the log knows more, under the request's id."""
    return problem("INTERNAL_ERROR", "The fault has been recorded under the request id of this answer.")
