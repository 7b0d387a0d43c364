"""What a form or a query may say: values as text, without null, which neither can spell."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from generator.model import Field
from runtime.fieldtypes import NO_NUL, NUMBERS, TEXTS

Json = dict[str, Any]

FORMS = ("multipart/form-data", "application/x-www-form-urlencoded")
BOOLEAN: Json = {
    "anyOf": [
        {"type": "boolean"},
        {"type": "integer", "enum": [0, 1]},
        {
            "type": "string",
            "pattern": "^(?:[Tt][Rr][Uu][Ee]|[Ff][Aa][Ll][Ss][Ee]|[Yy][Ee][Ss]|[Nn][Oo]|[Oo][Nn]|[Oo][Ff][Ff]|[01])$",
        },
    ]
}
NOT_A_LIST = r"^(?!\s*\[)[^\x00]*$"
LIST = r"^\s*\["
OF_NUMBERS = ("minimum", "maximum", "multipleOf")
NOTES = ("description", "deprecated")


def form_schema(schema: Json, empty: Collection[str]) -> Json:
    """The schema of a form with the members of a body; those in `empty` may be sent without a value."""
    pieces = {name: _in_form(piece) for name, piece in schema["properties"].items()}
    return schema | {"properties": {name: _or_empty(each) if name in empty else each for name, each in pieces.items()}}


def may_be_empty(field: Field, kind: str) -> bool:
    """Whether a person who empties this field of a form says null, or nothing; `kind` is the type of its value."""
    return kind not in TEXTS and (field.nullable or (kind in NUMBERS and not field.required))


def _or_empty(piece: Json) -> Json:
    notes = {name: piece[name] for name in (*NOTES, "default") if name in piece}
    plain = {name: item for name, item in piece.items() if name not in notes}
    alternatives = plain["anyOf"] if set(plain) == {"anyOf"} else [plain]
    return notes | {"anyOf": [*alternatives, _empty_or_alike(alternatives[0])]}


def _empty_or_alike(piece: Json) -> Json:
    """No text, or the same as text: in a form there is no difference."""
    if piece.get("type") != "integer" or piece.get("minimum") != 0:
        return {"type": "string", "maxLength": 0}
    return {"type": "string", "pattern": f"^(?:{_digits(int(piece.get('maximum', 10**15 - 1)))})?$"}


def _digits(most: int) -> str:
    """Whole numbers from 0 to `most`, without needless zeros, as a pattern."""
    text = str(most)
    alternatives = ["0", *([f"[1-9][0-9]{{0,{len(text) - 2}}}"] if len(text) > 1 else [])]
    for place, digit in enumerate(text):
        least = 1 if place == 0 and len(text) > 1 else 0
        if int(digit) > least:
            rest = f"[0-9]{{{len(text) - place - 1}}}" if place < len(text) - 1 else ""
            alternatives.append(f"{text[:place]}[{least}-{int(digit) - 1}]{rest}")
    return "|".join([*alternatives, text])


def _in_form(piece: Json) -> Json:
    """As text; a form may say yes and no in more words than a query, and one of a list without a list."""
    made = as_text(piece)
    kind = made.get("type")
    if kind not in ("boolean", "array"):
        return made
    notes = {name: made[name] for name in (*NOTES, "default") if name in made}
    if kind == "boolean":
        return notes | BOOLEAN
    plain = {name: item for name, item in made.items() if name not in notes}
    words = f"{notes.get('description', '')} Repeated, or all in one field as a JSON array.".strip()
    return notes | {"description": words, "anyOf": [plain, _alone(made["items"])]}


def _alone(item: Json) -> Json:
    """One item by itself: the text must not begin as a JSON array does."""
    bare = NOT_A_LIST if item.get("pattern") == NO_NUL else None
    return item | ({"pattern": bare} if bare else {"not": {"pattern": LIST}})


def with_files(schema: Json, parts: dict[str, Json], required: list[list[str]]) -> Json:
    """The schema of a multipart form that brings files, too; of each group in `required` one must come."""
    whole = schema | {"properties": schema["properties"] | parts}
    demanded = [*schema.get("required", ()), *(name for name, *more in required if not more)]
    choices = [{"anyOf": [{"required": [name]} for name in group]} for group in required if len(group) > 1]
    return whole | ({"required": demanded} if demanded else {}) | _all_of(choices)


def _all_of(choices: list[Json]) -> Json:
    if len(choices) > 1:
        return {"allOf": choices}
    return choices[0] if choices else {}


def file_piece(description: str, most: int | None) -> Json:
    """The schema of a file, or of several of one name."""
    one: Json = {"type": "string", "format": "binary", "contentMediaType": "application/octet-stream"}
    piece = one if most is None else {"type": "array", "items": one, "maxItems": most}
    return piece | {"description": description}


def as_text(piece: Json) -> Json:
    """The schema of a value that is sent as text: exact decimals are strings only."""
    types = [each for each in _listed(piece.get("type", [])) if each != "null"]
    if types == ["object"] or _listed(piece.get("items", {}).get("type", [])) == ["object"]:
        return _as_json(piece)
    decimal = "string" in types and "number" in types
    left_out = {"type", "enum", "default", *(OF_NUMBERS if decimal else ())}
    made: Json = {"type": "string" if decimal else types[0]} if len(types) == 1 or decimal else {}
    if "enum" in piece:
        made["enum"] = [each for each in piece["enum"] if each is not None]
    if piece.get("default") is not None:
        made["default"] = piece["default"]
    return made | {name: item for name, item in piece.items() if name not in left_out}


def _as_json(piece: Json) -> Json:
    """Objects, and lists of them, are sent as the text of their JSON."""
    said = {name: piece[name] for name in NOTES if name in piece}
    return {"type": "string", "contentMediaType": "application/json", "contentSchema": piece} | said


def _listed(types: Any) -> list[str]:
    return [types] if isinstance(types, str) else list(types)
