"""What a form or a query may say: values as text, without null, which neither can spell."""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]

FORMS = ("multipart/form-data", "application/x-www-form-urlencoded")
OF_NUMBERS = ("minimum", "maximum", "multipleOf")
NOTES = ("description", "deprecated")


def form_schema(schema: Json) -> Json:
    """The schema of a form with the members of a body."""
    return schema | {"properties": {name: as_text(piece) for name, piece in schema["properties"].items()}}


def with_files(schema: Json, parts: dict[str, Json], required: list[str]) -> Json:
    """The schema of a multipart form that brings files beside its members."""
    whole = schema | {"properties": schema["properties"] | parts}
    demanded = [*schema.get("required", ()), *required]
    return whole | ({"required": demanded} if demanded else {})


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
