"""What a form or a query may say: values as text, without null, which neither can spell."""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]

FORMS = ("multipart/form-data", "application/x-www-form-urlencoded")
OF_NUMBERS = ("minimum", "maximum", "multipleOf")


def form_schema(schema: Json) -> Json:
    """The schema of a form with the members of a body."""
    return schema | {"properties": {name: as_text(piece) for name, piece in schema["properties"].items()}}


def as_text(piece: Json) -> Json:
    """The schema of a value that is sent as text: exact decimals are strings only."""
    types = [each for each in _listed(piece.get("type", [])) if each != "null"]
    decimal = "string" in types and "number" in types
    left_out = {"type", "enum", "default", *(OF_NUMBERS if decimal else ())}
    made: Json = {"type": "string" if decimal else types[0]} if len(types) == 1 or decimal else {}
    if "enum" in piece:
        made["enum"] = [each for each in piece["enum"] if each is not None]
    if piece.get("default") is not None:
        made["default"] = piece["default"]
    return made | {name: item for name, item in piece.items() if name not in left_out}


def _listed(types: Any) -> list[str]:
    return [types] if isinstance(types, str) else list(types)
