"""An OpenAPI document as its operations mean it: the shapes of bodies, answers and problems where they are used."""

from __future__ import annotations

from typing import Any

SCHEMAS = "#/components/schemas/"
KEPT = {"Problem"}


def inlined(document: dict[str, Any]) -> dict[str, Any]:
    """The document with the shapes in place of their names; representations, which may hold themselves, stay named."""
    schemas = document["components"]["schemas"]
    named = {name for name in schemas if name in KEPT or "x-spec-source" in schemas[name]}

    def seen(piece: Any) -> Any:
        if isinstance(piece, list):
            return [seen(each) for each in piece]
        if not isinstance(piece, dict):
            return piece
        name = str(piece.get("$ref", "")).removeprefix(SCHEMAS)
        if name in schemas and name not in named:
            return seen(schemas[name] | {key: each for key, each in piece.items() if key != "$ref"})
        return _or_null({key: seen(each) for key, each in piece.items()})

    found: dict[str, Any] = seen(document)
    return found


def _or_null(piece: dict[str, Any]) -> dict[str, Any]:
    """`anyOf` with null, of one shape that has a type, as that shape with two types."""
    one, *others = piece.get("anyOf", [{}])
    if others != [{"type": "null"}] or not isinstance(one.get("type"), str):
        return piece
    allowed = one | {"type": [one["type"], "null"]} | {key: each for key, each in piece.items() if key != "anyOf"}
    return allowed | {"enum": [*one["enum"], None]} if "enum" in one else allowed
