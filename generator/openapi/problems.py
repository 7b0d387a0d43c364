"""The answers of an operation when something is wrong: each status with the codes that can occur."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from generator.members import guard_named, is_custom, machine_of
from generator.model import Field, Model, Resource, Transition
from generator.openapi.access import Access, access, guarded, of_policy
from generator.openapi.responses import headers
from generator.operations import Operation, moves_of
from generator.plans.hooks import guard_codes, sibling_codes
from generator.schemas import members_schema

Json = dict[str, Any]

DESCRIPTIONS = {
    400: "The input is invalid; `errors` names every fault at once.",
    401: "Credentials are missing, or they do not hold.",
    403: "Known, but not allowed.",
    404: "Absent, or not visible to this caller.",
    409: "The input is valid, but the present state forbids it.",
    413: "The body is too large.",
    415: "The body's media type is not supported.",
    422: "The idempotency key was sent before, with another request.",
    503: "A backing service is away.",
}


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One code that an operation can answer with; `fields` are what it adds to the document."""

    status: int
    code: str
    fields: tuple[Field, ...] = ()


def problems(model: Model, operation: Operation) -> dict[str, Json]:
    """The answers when something is wrong, by status; the usual ones stand in the components."""
    found: dict[int, list[Fault]] = {}
    for fault in sorted(set(faults(model, operation)), key=lambda each: (each.status, each.code)):
        found.setdefault(fault.status, []).append(fault)
    return {str(status): _problem(model, operation.resource, listed) for status, listed in found.items()}


def faults(model: Model, operation: Operation) -> Iterator[Fault]:
    """Every code that can occur."""
    action, who = operation.action, access(model, operation)
    yield Fault(400, "INVALID_INPUT")  # at least the query may be no text
    if action.input:
        yield from (Fault(413, "PAYLOAD_TOO_LARGE"), Fault(415, "UNSUPPORTED_MEDIA_TYPE"))
    if model.actor is not None:
        yield from _refusals([who, *guarded(model, operation).values()])
    if action.parameters or (action.scope is not None and action.kind != "list") or who.hides:
        yield Fault(404, "NOT_FOUND")
    yield from (Fault(409, code) for code in _conflicts(model, operation))
    if action.idempotency:
        yield from (Fault(409, IN_PROGRESS), Fault(422, "IDEMPOTENCY_KEY_REUSED"))
    yield from (Fault(error.status, error.code, error.fields) for error in action.errors)
    yield from (Fault(409, code) for code in guard_codes(operation.resource, action))
    yield from _of_transitions(model, operation)
    yield from _of_files(model, operation)
    yield Fault(503, "UNAVAILABLE")


def _of_transitions(model: Model, operation: Operation) -> Iterator[Fault]:
    """Where the state does not lead there, where a guard forbids it, and where somebody else may."""
    moves = moves_of(operation)
    if not moves:
        return
    resource = operation.resource
    field = next(each for each in resource.fields if each.name == machine_of(resource).field)
    names = Field("allowed_transitions", "list", field.place)
    yield Fault(409, "INVALID_TRANSITION", (replace(field, name=f"current_{field.name}"), names))
    yield from (Fault(409, guard_named(resource, each.when).error) for each in moves if each.when)
    yield from _refusals([of_policy(model, resource, each.by) for each in moves])


def _of_files(model: Model, operation: Operation) -> Iterator[Fault]:
    """Where there is no storage, and where there are enough records."""
    action, resource = operation.action, operation.resource
    removes = action.kind == "delete" and not action.soft and bool(resource.attachments)
    if action.files or action.storage or removes:
        yield Fault(409, "STORAGE_DISABLED")
    yield from (Fault(409, code) for code in sibling_codes(model, resource, action))
    if action.kind == "create" and resource.siblings is not None and resource.siblings.most is not None:
        yield Fault(409, resource.siblings.error or "CONFLICT")


def _refusals(who: Iterable[Access]) -> Iterator[Fault]:
    yield Fault(401, "INVALID_TOKEN")
    for each in who:
        if each.anonymous is not True:
            yield Fault(401, "NOT_AUTHENTICATED")
        if each.refuses and each.hides:
            yield Fault(404, "NOT_FOUND")
        elif each.refuses:
            yield Fault(403, "FORBIDDEN")


def _conflicts(model: Model, operation: Operation) -> Iterator[str]:
    """What the database may refuse: a value that is taken, a row that others refer to, a row that has just gone."""
    action, resource = operation.action, operation.resource
    if action.kind == "delete" and not action.soft and _is_restricted(model, resource):
        yield "CONFLICT"
    if operation.method != "GET" and (is_custom(action) or action.effect or moves_of(operation)):
        yield "CONFLICT"  # what a hook writes may break a constraint, and a state may change under a transition
    if action.kind not in ("create", "update", "transition"):
        return
    written = _written(operation)
    yield from (each.unique_code or "NOT_UNIQUE" for each in resource.fields if each.unique and each.name in written)
    yield from (each.error or "NOT_UNIQUE" for each in resource.identities if written & set(each.fields))
    if action.kind == "create" and written & {each.name for each in resource.belongs_to} - _sent(operation):
        yield "CONFLICT"


def _is_restricted(model: Model, resource: Resource) -> bool:
    links = (link for each in model.resources for link in each.belongs_to)
    return any(link.target == resource.name and link.on_delete == "restrict" for link in links)


def _sent(operation: Operation) -> set[str]:
    items = operation.action.input.items if operation.action.input else ()
    return {item.source or item.name for item in items}


def _written(operation: Operation) -> set[str]:
    """The fields and relations that an operation sets."""
    sent, resource = _sent(operation), operation.resource
    if operation.action.kind == "transition":
        return sent | {name for each in moves_of(operation) for name in _given(each)} | {machine_of(resource).field}
    if operation.action.kind != "create":
        return sent
    made = {field.name for field in resource.fields if field.slug_from}
    actors = {each.name for each in resource.belongs_to if each.set_to_actor}
    parent = {resource.parent} if resource.parent and operation.action.parameters else set()
    return sent | made | actors | parent


def _given(transition: Transition) -> Iterator[str]:
    yield from (name for name, _ in transition.sets)
    yield from transition.stamps


# --- problem documents ------------------------------------------------------------------------


PROBLEM: Json = {
    "type": "object",
    "description": "What went wrong (RFC 9457).",
    "properties": {
        "type": {"type": "string", "format": "uri-reference", "examples": ["urn:agora:problem:invalid-input"]},
        "title": {"type": "string", "examples": ["The input is invalid"]},
        "status": {"type": "integer", "minimum": 400, "maximum": 599},
        "detail": {"type": "string", "examples": ["The input has 1 fault."]},
        "code": {"type": "string", "pattern": "^[A-Z][A-Z0-9_]*$", "description": "Stable: part of the contract."},
        "errors": {
            "type": "object",
            "description": "By path in the input: what is wrong there.",
            "additionalProperties": {"type": "array", "items": {"type": "string"}, "minItems": 1},
            "examples": [{"name": ["This member is required."]}],
        },
    },
    "required": ["type", "title", "status", "detail", "code"],
}

IN_PROGRESS = "REQUEST_IN_PROGRESS"
CHALLENGES = {401: ("WWW-Authenticate", "X-Request-ID"), 503: ("Retry-After", "X-Request-ID")}


SOON: Json = {
    "description": f"With `{IN_PROGRESS}`: after how many seconds to try again.",
    "schema": {"type": "integer", "minimum": 0},
}


def _problem(model: Model, resource: Resource, listed: list[Fault]) -> Json:
    if any(fault.fields for fault in listed):
        return _answer(listed, _alternatives(model, resource, listed))
    return {"$ref": f"#/components/responses/{response_name(listed)}"}


def response_name(listed: Iterable[Fault]) -> str:
    """The component that holds a usual problem: its codes in camel case."""
    codes = [fault.code for fault in listed]
    return "Or".join("".join(word.capitalize() for word in code.split("_")) for code in codes)


def usual_problems(model: Model, operations: Iterable[Operation]) -> Json:
    """The components that `problems` refers to."""
    made: Json = {}
    for operation in operations:
        by_status: dict[int, set[Fault]] = {}
        for fault in faults(model, operation):
            by_status.setdefault(fault.status, set()).add(fault)
        for found in by_status.values():
            listed = sorted(found, key=lambda each: each.code)
            if not any(fault.fields for fault in listed):
                made[response_name(listed)] = _answer(listed, _plain(listed))
    return dict(sorted(made.items()))


def _answer(listed: list[Fault], schema: Json) -> Json:
    status = listed[0].status
    sometimes = {"Retry-After": SOON} if any(fault.code == IN_PROGRESS for fault in listed) else {}
    return {
        "description": DESCRIPTIONS.get(status, "Something is wrong."),
        "headers": sometimes | headers(*CHALLENGES.get(status, ("X-Request-ID",))),
        "content": {"application/problem+json": {"schema": schema}},
    }


def _plain(listed: list[Fault]) -> Json:
    codes = sorted(fault.code for fault in listed)
    members = {"status": {"enum": [listed[0].status], "type": "integer"}, "code": {"enum": codes, "type": "string"}}
    return {"allOf": [{"$ref": "#/components/schemas/Problem"}, {"properties": members}]}


def _alternatives(model: Model, resource: Resource, listed: list[Fault]) -> Json:
    """One alternative for each code that brings members of its own."""
    plain = [fault for fault in listed if not fault.fields]
    each = [_with_members(model, resource, fault) for fault in listed if fault.fields]
    alternatives = [*([_plain(plain)] if plain else []), *each]
    return alternatives[0] if len(alternatives) == 1 else {"oneOf": alternatives}


def _with_members(model: Model, resource: Resource, fault: Fault) -> Json:
    schema = _plain([fault])
    own = members_schema(model, resource, fault.fields)
    schema["allOf"][1]["properties"] |= own["properties"]
    schema["allOf"][1]["required"] = list(own["properties"])
    return schema
