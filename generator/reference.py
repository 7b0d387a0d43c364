"""The reference of the spec language, in Markdown, from the meta-schema: what editors show, as one page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from generator.codes import codes_table
from generator.resolve.words import words
from generator.specs.metaschema import Schema, read

TYPE_WORDS: Mapping[str, str] = {
    "string": "text",
    "integer": "integer",
    "number": "number",
    "boolean": "true or false",
    "array": "list",
    "object": "mapping",
    "null": "nothing",
}
REFERENCE = "#/definitions/"

# The parts of the page, each with the definitions that it describes.
CHAPTERS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Fields", ("field",)),
    ("Relations", ("belongs_to", "has_many")),
    ("Derived values", ("aggregate",)),
    ("Constraints", ("invariants", "identities", "indexes")),
    ("Policies and guards", ("policy", "guard")),
    ("State machines", ("state_machine", "transition")),
    ("Files", ("attachment", "siblings", "file_part")),
    ("Representations", ("item", "related_item", "self_item", "value_item", "key_item", "group_item")),
    ("Inputs", ("input", "input_item", "narrowing")),
    ("Lists", ("filter", "sort", "pagination")),
    ("Actions", ("action", "returns", "shown_record", "shown_state", "declared_error")),
    ("Events and demo data", ("events", "seeds")),
)

INTRODUCTION = """# The spec language

Made from the meta-schema (`generator/schema/`), which editors complete from as well. A spec is one YAML file for each
resource in `spec/`, and `spec/_shared.yaml` for what is said once. Keys that are not listed here are faults. Required
keys are **bold**.
"""


def reference() -> str:
    """The whole page."""
    resource, shared = read("resource"), read("shared")
    definitions: Mapping[str, Schema] = resource["definitions"]
    parts = [INTRODUCTION, "## The shared spec\n", *_object(shared, definitions)]
    parts += [f"### `{key}`\n\n{table}" for key, table in _inner_objects(shared, definitions)]
    parts += ["## A resource\n", *_object(resource, definitions)]
    for title, names in CHAPTERS:
        parts.append(f"## {title}\n")
        for name in names:
            parts += _definition(name, definitions)
    parts += ["## Faults\n", "`agora explain <code>` says the same in a terminal.\n", codes_table()]
    return "\n".join(parts).replace("|\n#", "|\n\n#")


def _inner_objects(schema: Schema, definitions: Mapping[str, Schema]) -> Iterator[tuple[str, str]]:
    for key, value in schema["properties"].items():
        inner = value if "properties" in value else value.get("additionalProperties", {})
        if isinstance(inner, dict) and "properties" in inner:
            yield key, "\n".join(_object(inner, definitions))


def _definition(name: str, definitions: Mapping[str, Schema]) -> Iterator[str]:
    schema = definitions[name]
    yield f"### {_title(name, schema)}\n"
    for shape in _objects_of(schema):
        yield from _object(shape, definitions)
        yield ""
    if not any(True for _ in _objects_of(schema)):
        yield f"{schema.get('description', '')} ({_type(schema, definitions)})\n"


def _title(name: str, schema: Schema) -> str:
    return str(schema.get("title") or words(name.replace("_", " "))).capitalize()


def _objects_of(schema: Schema) -> Iterator[Schema]:
    """The mappings that a definition allows: itself, those of its alternatives, or those that it holds by name."""
    candidates = [schema, *schema.get("anyOf", ()), schema.get("additionalProperties")]
    for each in candidates:
        if isinstance(each, dict):
            inner = [each, *each.get("anyOf", ())] if each is not schema else [each]
            yield from (one for one in inner if isinstance(one, dict) and "properties" in one)


def _object(schema: Schema, definitions: Mapping[str, Schema]) -> Iterator[str]:
    """Its sentence, and its keys as a table."""
    yield f"{schema.get('description', '')}\n"
    yield "| key | value | meaning |"
    yield "| --- | --- | --- |"
    required = schema.get("required", ())
    for key, value in schema["properties"].items():
        name = f"**`{key}`**" if key in required else f"`{key}`"
        yield f"| {name} | {_cell(_type(value, definitions))} | {_cell(_meaning(value, definitions))} |"


def _resolved(schema: Schema, definitions: Mapping[str, Schema]) -> Schema:
    """The schema that a reference, or the one part of an allOf, stands for; what is said beside it counts more."""
    inner = schema["allOf"][0] if "allOf" in schema else schema
    if "$ref" not in inner:
        return schema
    target = definitions[inner["$ref"].removeprefix(REFERENCE)]
    return {**target, **{key: value for key, value in schema.items() if key not in ("allOf", "$ref")}}


def _meaning(schema: Schema, definitions: Mapping[str, Schema]) -> str:
    found = _resolved(schema, definitions)
    said = str(found.get("description", ""))
    if "default" in found:
        said += f" Default: `{_value(found['default'])}`."
    if "examples" in found:
        said += f" Example: `{_value(found['examples'][0])}`."
    return said


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return f"[{', '.join(_value(each) for each in value)}]"
    if isinstance(value, dict):
        return f"{{{', '.join(f'{key}: {_value(each)}' for key, each in value.items())}}}"
    return str(value)


def _type(schema: Schema, definitions: Mapping[str, Schema]) -> str:
    found = _resolved(schema, definitions)
    if "enum" in found:
        return ", ".join(f"`{each}`" for each in found["enum"])
    if "anyOf" in found:
        return " or ".join(dict.fromkeys(_type(each, definitions) for each in found["anyOf"]))
    names = found.get("type", "any value")
    listed = [names] if isinstance(names, str) else names
    said = " or ".join(TYPE_WORDS.get(each, each) for each in listed)
    if names == "array" and "items" in found:
        return f"list of {_type(found['items'], definitions)}"
    return said


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")
