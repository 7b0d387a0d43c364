"""Names for what operations say in place: bodies, answers, problems, shared enums and objects become components.

A client's types are called after the components. What is published stays, but for the names, the very schema that
checks each request.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from generator.model import Model
from generator.openapi.forms import FORMS
from generator.schemas import COMPONENTS, object_name, object_schema, pascal
from runtime.fieldtypes import FIELD_TYPES, Bounds

Json = dict[str, Any]

BODIES = {"application/json": "Input", FORMS[0]: "Multipart", FORMS[1]: "Form"}
PROBLEM = "application/problem+json"
VALUES = frozenset({"const", "default", "enum", "example", "examples"})  # what is no schema, whatever it looks like
NOTES = frozenset({"default", "deprecated", "description", "examples"})  # what may stand beside a reference


@dataclass(frozen=True, slots=True)
class Site:
    """A place where a schema stands: `holder[key]`, what it would be called, and after which operation otherwise."""

    holder: Any
    key: str | int
    wish: str
    operation: str = ""

    @property
    def schema(self) -> Json:
        """What stands there."""
        found: Json = self.holder[self.key]
        return found


def name_shapes(model: Model, paths: Json, components: Json) -> None:
    """Give a name to every shape, in place."""
    sites = [site for site in _sites(paths, components["responses"]) if "$ref" not in site.schema]
    shapes: dict[str, set[str]] = {}
    for site in sites:
        shapes.setdefault(site.wish, set()).add(_text(site.schema))
    schemas = components["schemas"]
    for site in sites:
        clash = len(shapes[site.wish]) > 1
        name = _free(site.operation + site.wish if clash else site.wish, site.schema, schemas)
        schemas[name] = site.schema
        site.holder[site.key] = {"$ref": COMPONENTS + name}
    _name_pieces(model, paths, schemas)


def _free(wish: str, schema: Json, taken: Json) -> str:
    """The name itself, or with a number where something else has it."""
    name, number = wish, 1
    while name in taken and taken[name] != schema:
        number += 1
        name = f"{wish}{number}"
    return name


def _text(schema: Json) -> str:
    return json.dumps(schema, sort_keys=True)


# --- bodies, answers and problems -------------------------------------------------------------


def _sites(paths: Json, responses: Json) -> Iterator[Site]:
    for item in paths.values():
        for operation in item.values():
            yield from _of_operation(operation)
    for response in responses.values():
        yield from _problems(response, "")


def _of_operation(operation: Json) -> Iterator[Site]:
    name = pascal(operation["operationId"])
    for media_type, content in operation.get("requestBody", {}).get("content", {}).items():
        yield Site(content, "schema", name + BODIES[media_type])
    answers = {
        status: answer["content"]["application/json"]
        for status, answer in operation["responses"].items()
        if "properties" in answer.get("content", {}).get("application/json", {}).get("schema", {})
    }
    for status, content in answers.items():
        yield Site(content, "schema", f"{name}Answer{status if len(answers) > 1 else ''}")
    for answer in operation["responses"].values():
        yield from _problems(answer, name)


def _problems(response: Json, operation: str) -> Iterator[Site]:
    """A problem is called after its codes; of several that differ in their members, each is."""
    content = response.get("content", {}).get(PROBLEM)
    if content is None:
        return
    alternatives = content["schema"].get("oneOf")
    places = [(content, "schema")] if alternatives is None else [(alternatives, at) for at in range(len(alternatives))]
    for holder, key in places:
        codes = holder[key]["allOf"][1]["properties"]["code"]["enum"]
        yield Site(holder, key, "Or".join(pascal(code.lower()) for code in codes) + "Problem", operation)


# --- enums and objects ------------------------------------------------------------------------


def _name_pieces(model: Model, paths: Json, schemas: Json) -> None:
    """Have what is the same as a named enum or object refer to it."""
    known = _Known({**_enums(model, schemas), **_objects(model, schemas)}, {})
    for name, schema in schemas.items():
        schemas[name] = known.within(schema)
    for path, item in paths.items():
        paths[path] = known.within(item)
    while new := {name: schema for name, schema in known.used.items() if name not in schemas}:
        schemas |= {name: known.within(schema) for name, schema in new.items()}


@dataclass(frozen=True, slots=True)
class _Known:
    """Enums and objects with their names, by schema; `used` are those that something referred to."""

    named: dict[str, tuple[str, Json]]
    used: dict[str, Json]

    def within(self, piece: Json) -> Json:
        """The piece, with references in it."""
        return {name: each if name in VALUES else self.seen(each) for name, each in piece.items()}

    def seen(self, piece: Any) -> Any:
        """A reference where the piece has a name."""
        if isinstance(piece, list):
            return [self.seen(each) for each in piece]
        if not isinstance(piece, dict):
            return piece
        found = self.named.get(_text(_bare(piece)))
        if found is None:
            return self.within(piece)
        name, self.used[name] = found
        reference: Json = {"$ref": COMPONENTS + name}
        notes = {note: each for note, each in piece.items() if note in NOTES}
        return ({"anyOf": [reference, {"type": "null"}]} if "null" in piece["type"] else reference) | notes


def _bare(piece: Json) -> Json:
    """Without notes, and without null."""
    bare = {name: each for name, each in piece.items() if name not in NOTES}
    if isinstance(bare.get("type"), list) and "null" in bare["type"]:
        others = [each for each in bare["type"] if each != "null"]
        bare["type"] = others[0] if len(others) == 1 else others
        if "enum" in bare:
            bare["enum"] = [each for each in bare["enum"] if each is not None]
    return bare


def _enums(model: Model, schemas: Json) -> dict[str, tuple[str, Json]]:
    """By their schemas."""
    found = {}
    for enum in model.enums:
        schema = FIELD_TYPES["enum"].schema(Bounds(values=enum.values), input=False)
        found[_text(schema)] = (_free(enum.name, schema, schemas), schema)
    return found


def _objects(model: Model, schemas: Json) -> dict[str, tuple[str, Json]]:
    """By their schemas as inputs; where that is what answers show, there is one component for both."""
    found = {}
    for resource in model.resources:
        for name in (*resource.objects, *model.objects):
            schema, shown = object_schema(model, resource, name, input=True), object_name(model, resource, name)
            wish = shown if object_schema(model, resource, name) == schema else f"{shown}Input"
            found[_text(schema)] = (_free(wish, schema, schemas), schema)
    return found
