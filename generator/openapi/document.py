"""Model → the OpenAPI 3.1 document, as data."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from generator.members import guard_named, value_type
from generator.model import Action, Model, Resource
from generator.openapi.access import access, guarded
from generator.openapi.examples import body_example, form_example
from generator.openapi.files import brought
from generator.openapi.forms import FORMS, form_schema, may_be_empty, with_files
from generator.openapi.links import Links
from generator.openapi.named import name_shapes
from generator.openapi.names import operation_ids, shown_with, summary, tag
from generator.openapi.parameters import IDEMPOTENCY_KEY, IF_NONE_MATCH, path_parameters, query_parameters
from generator.openapi.problems import PROBLEM, problems, usual_problems
from generator.openapi.responses import HEADERS, is_shared, successes
from generator.openapi.schemas import components
from generator.operations import Operation, all_operations, moves_of
from generator.schemas import input_schema, patch_schema

Json = dict[str, Any]

RULES = """
Every path answers with and without its trailing slash. Money and other decimals are strings, times are UTC. Lists are \
JSON arrays; the `Link` header leads to their neighbouring pages. What is wrong is said as a problem document \
(RFC 9457) whose `code` is part of the contract. Every answer carries `X-Request-ID`.
"""


def openapi(model: Model) -> Json:
    """The whole document; the same model gives the same document."""
    operations = list(all_operations(model))
    paths = _paths(model, operations)
    shapes: Json = {
        "schemas": {"Problem": PROBLEM} | components(model, operations),
        "responses": usual_problems(model, operations),
    }
    name_shapes(model, paths, shapes)
    return {
        "openapi": "3.1.0",
        "info": _info(model),
        "servers": [{"url": "/"}],
        "tags": [_tag(each) for each in model.resources if each.actions],
        "paths": paths,
        "components": {
            "schemas": dict(sorted(shapes["schemas"].items())),
            "responses": shapes["responses"],
            "headers": HEADERS,
            **_security_schemes(model),
        },
    }


def _info(model: Model) -> Json:
    api = model.api
    text = "\n\n".join(filter(None, (api.description.strip(), RULES.strip())))
    said = {"title": api.title, "version": api.version, "description": text}
    return said | {name: dict(card) for name, card in (("contact", api.contact), ("license", api.license)) if card}


def _tag(resource: Resource) -> Json:
    name = tag(resource)
    return {"name": name, "description": resource.description.strip() or f"{name}."}


def _security_schemes(model: Model) -> Json:
    if model.actor is None:
        return {}
    bearer = {
        "type": "http",
        "scheme": "bearer",
        "bearerFormat": "JWT",
        "description": "An access token. While developing, `agora token NAME` prints one.",
    }
    return {"securitySchemes": {"bearer": bearer}}


# --- operations -------------------------------------------------------------------------------


def _paths(model: Model, operations: list[Operation]) -> Json:
    links, paths = Links(model, operation_ids(model)), Json()
    for operation in operations:
        document = _operation(model, operation, links)
        paths.setdefault(_path(operation), {})[operation.method.lower()] = document
    return paths


def _path(operation: Operation) -> str:
    """Without the trailing slash: clients' tools hold that a path has none, and both are answered."""
    return operation.action.url.rstrip("/") or "/"


def _operation(model: Model, operation: Operation, links: Links) -> Json:
    action = operation.action
    said: Json = {
        "operationId": links.ids[operation.full_name],
        "tags": [tag(shown_with(model, operation))],
        "summary": summary(model, operation),
        "description": "\n\n".join(_description(model, operation)),
        "deprecated": action.deprecated,
        "parameters": _parameters(model, operation),
        "requestBody": _request_body(model, operation) if action.input else None,
        "responses": _responses(model, operation, links),
        "security": _security(model, operation),
        "x-policy": action.policy,
        "x-spec-source": action.place.short(),
    }
    return {name: value for name, value in said.items() if value not in (None, False, [])}


def _description(model: Model, operation: Operation) -> Iterator[str]:
    action = operation.action
    if action.description:
        yield action.description.strip()
    yield access(model, operation).words
    for name, who in guarded(model, operation).items():
        yield f"`{name}`: {who.words}"
    if action.soft:
        changes = ", ".join(f"`{name}` becomes `{str(value).lower()}`" for name, value in action.soft)
        yield f"Nothing is lost: {changes}."
    if action.kind == "update":
        yield PARTIAL[operation.partial]
    if operation.method == "DELETE" and action.input:
        yield "A request without a body may say the same in its query."
    if action.when:
        guard = guard_named(operation.resource, action.when)
        yield f"Only while `{guard.check.text}`; `{guard.error}` otherwise."
    yield from (f"{each}." for each in _moves(operation))


def _moves(operation: Operation) -> Iterator[str]:
    """The transitions that an operation can make, in words."""
    for each in moves_of(operation):
        when = f" while `{guard_named(operation.resource, each.when).check.text}`" if each.when else ""
        sources = " or ".join(f"`{source}`" for source in each.sources)
        more = f". {each.description.strip().rstrip('.')}" if each.description else ""
        yield f"From {sources} to `{each.target}`: for callers who fulfil the policy `{each.by}`{when}{more}"


PARTIAL = {
    True: "What is not sent stays as it is.",
    False: "What is not sent returns to its default.",
}


def _parameters(model: Model, operation: Operation) -> list[Json]:
    sent = [IF_NONE_MATCH] if is_shared(model, operation) else []
    sent += [IDEMPOTENCY_KEY] if operation.action.idempotency else []
    return [*path_parameters(model, operation.action), *query_parameters(model, operation), *sent]


def _request_body(model: Model, operation: Operation) -> Json:
    resource, action = operation.resource, operation.action
    make = patch_schema if operation.partial else input_schema
    schema = make(model, resource, action)
    example = body_example(model, resource, action, partial=operation.partial)
    content: Json = {"application/json": {"schema": schema, "example": example}}
    if action.form:
        form = form_schema(schema, _emptied(model, action))
        content |= {media_type: {"schema": form, "example": form_example(form, example)} for media_type in FORMS}
    if action.files:
        content = _with_files(model, operation, content)
    return {"required": operation.method != "DELETE" or bool(schema.get("required")), "content": content}


def _emptied(model: Model, action: Action) -> set[str]:
    fields = [item.field for item in action.input.items] if action.input else []
    kinds = ((each, value_type(model, each)) for each in fields)
    return {each.name for each, kind in kinds if may_be_empty(each, kind)}


def _with_files(model: Model, operation: Operation, content: Json) -> Json:
    """Only a multipart form brings files; where one must come, there is no other way to say the rest."""
    multipart, files = FORMS[0], brought(model, operation)
    form = {
        "schema": with_files(content[multipart]["schema"], files.pieces, files.required),
        "encoding": files.encoding,
    }
    return {multipart: form} if files.required else content | {multipart: content[multipart] | form}


def _security(model: Model, operation: Operation) -> list[Json] | None:
    """A token, or none where it is optional."""
    if model.actor is None:
        return None
    optional: list[Json] = [] if access(model, operation).anonymous is False else [{}]
    return [*optional, {"bearer": []}]


# --- answers ----------------------------------------------------------------------------------


def _responses(model: Model, operation: Operation, links: Links) -> Json:
    answers = successes(model, operation) | problems(model, operation)
    for status, found in links.of(operation).items():
        answers[status] = answers[status] | {"links": found}
    return dict(sorted(answers.items()))
