"""The parameters of an operation: those of its path, and what the query of a list understands."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from generator.members import listed_by
from generator.model import Action, Filter, Model, PathParameter, Resource
from generator.openapi.cursors import cursor_example
from generator.openapi.examples import value_example
from generator.openapi.forms import as_text
from generator.operations import Operation
from generator.reads.filters import Filters
from generator.reads.plans import Bind
from generator.reads.rows import top_rows
from generator.reads.values import Values
from generator.sql.dialects import DIALECTS
from runtime.fieldtypes import FIELD_TYPES, NO_NUL, Bounds

Json = dict[str, Any]

VALUES_MAX = 100
SEARCH_MAX = 200
CURSOR_MAX = 4000
PAGE_MAX = 2**53 - 1
INTEGER_MAX = 2**63 - 1


def path_parameters(model: Model, action: Action) -> list[Json]:
    """Those in the URL, in its order."""
    return [_path(model, each) for each in action.parameters]


def query_parameters(model: Model, operation: Operation) -> list[Json]:
    """Of a list: filters, search, ordering and the page."""
    if operation.action.kind != "list":
        return []
    listed = listed_by(model, operation.resource, operation.action)
    filters = [_filter(model, listed, each) for each in listed.filters]
    return [*filters, *_search(listed), *_ordering(listed), *_page(model, listed)]


IF_NONE_MATCH: Json = {
    "name": "If-None-Match",
    "in": "header",
    "description": "The `ETag` of an answer that the caller has: 304 if it is still the same.",
    "schema": {"type": "string"},
}


IDEMPOTENCY_KEY: Json = {
    "name": "Idempotency-Key",
    "in": "header",
    "description": "Chosen by the client, in double quotes or without. Within 24 hours the same request under the same "
    "key is not done again but gets the first success again; another request under it is refused.",
    "schema": {
        "type": "string",
        "pattern": r'^(?:"(?:[\x21\x23-\x5b\x5d-\x7e]|\\["\\]){1,255}"|[\x21\x23-\x7e][\x21-\x7e]{0,254})$',
    },
}


# --- the path ---------------------------------------------------------------------------------


def _path(model: Model, parameter: PathParameter) -> Json:
    resource = model.by_name[parameter.resource]
    field = next(each for each in resource.fields if each.name == parameter.field)
    schema = FIELD_TYPES[field.type].schema(field, input=True)
    if schema["type"] == "string" and "format" not in schema:
        schema = {"minLength": 1} | schema
    said: Json = {"name": parameter.name, "in": "path", "required": True}
    said["description"] = f"The {field.name} of the {resource.name}."
    return said | {"schema": schema, "example": value_example(model, resource, field)}


# --- filters ----------------------------------------------------------------------------------


def _filter(model: Model, resource: Resource, filter: Filter) -> Json:
    binds = Filters(Values(model, DIALECTS[0]), top_rows(resource)).binds(filter)
    value = _or_any(filter, _alternatives([_value(bind) for bind in binds]))
    description = " ".join(filter_text(filter))
    said = _query(filter.name, value, description)
    if not filter.many:
        return said
    if filter.separator not in (None, ","):
        return _query(filter.name, {"type": "string", "pattern": NO_NUL}, description)
    said["schema"] = {"type": "array", "items": value, "minItems": 1, "maxItems": VALUES_MAX}
    return said | {"style": "form", "explode": filter.separator is None}


def _alternatives(values: list[Json]) -> Json:
    """One of several forms. Beside a plain string the others say nothing: all of a query is text."""
    plain = next((each for each in values if each["type"] == "string" and not {"format", "enum"} & set(each)), None)
    return plain or (values[0] if len(values) == 1 else {"anyOf": values})


def filter_text(filter: Filter) -> Iterator[str]:
    """What a filter does, for a reader."""
    if filter.description:
        yield filter.description
    elif filter.where:
        yield f"Only those with `{filter.where.text}`."
    if filter.many and filter.separator:
        yield f"Several values: separated by `{filter.separator}`, or the parameter repeated; any of them counts."
    elif filter.many:
        yield "May be repeated: any of the values counts."
    if filter.any:
        yield f"`{filter.any}` stands for every value: nothing is narrowed."


def _or_any(filter: Filter, value: Json) -> Json:
    """With the word that stands for every value."""
    if filter.any is None:
        return value
    if "enum" in value:
        return value | {"enum": [*value["enum"], filter.any]}
    return {"anyOf": [value, {"type": "string", "enum": [filter.any]}]}


def _value(bind: Bind) -> Json:
    low = 1 if bind.type == "id" else None
    limits = Bounds(min=low, places=bind.places, values=bind.values)
    return as_text(FIELD_TYPES[bind.type].schema(limits, input=True))


# --- what every list understands --------------------------------------------------------------


def _search(resource: Resource) -> Iterator[Json]:
    if resource.search:
        names = ", ".join(resource.search)
        words = f"Words that must all occur, in any of: {names}. Case makes no difference."
        yield _query("search", {"type": "string", "maxLength": SEARCH_MAX, "pattern": NO_NUL}, words)


def _ordering(resource: Resource) -> Iterator[Json]:
    if not resource.sort.fields:
        return
    allowed = [sign + name for name in resource.sort.fields for sign in ("", "-")]
    words = f"What to order by, a minus for descending. Without it: `{','.join(resource.sort.default)}`."
    schema = {"type": "array", "items": {"type": "string", "enum": allowed}, "minItems": 1}
    yield _query("ordering", schema, words) | {"style": "form", "explode": False}


def _page(model: Model, resource: Resource) -> Iterator[Json]:
    pages = resource.pagination
    most = min(PAGE_MAX, INTEGER_MAX // pages.max)
    number = {"type": "integer", "format": "int64", "minimum": 1, "maximum": most}
    size = {"type": "integer", "minimum": 1, "maximum": pages.max, "default": pages.default}
    yield _query("page", number, "Which page, by number. Past the end: an empty list.")
    yield _query("page_size", size, "How many on a page.")
    if pages.cursor:
        cursor = {"type": "string", "minLength": 1, "maxLength": CURSOR_MAX, "pattern": "^[A-Za-z0-9_-]+$"}
        cursor["examples"] = [cursor_example(model, resource)]
        words = (
            "Where to go on: taken from the `Link` header of an earlier answer. It knows its order and its place: "
            "beside it, `ordering` and `page` have no effect."
        )
        yield _query("cursor", cursor, words)
    exact = {"type": "string", "enum": ["exact"]}
    yield _query("count", exact, "`exact`: also count all, and say it in `X-Total-Count`.")


def _query(name: str, schema: Json, description: str) -> Json:
    return {"name": name, "in": "query", "description": description, "schema": schema}
