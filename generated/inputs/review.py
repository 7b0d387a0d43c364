# Generated from spec/review.yaml by `agora build`; do not edit.
"""What the operations of Review take, and what its hooks answer."""

from __future__ import annotations

from dataclasses import dataclass

from runtime.fieldtypes import Bounds
from runtime.inputs import UNSET, InputField, InputType, Unset


@dataclass(frozen=True, slots=True, kw_only=True)
class CreateInput:
    """The body of review.create."""

    rating: int
    title: str = ""
    comment: str = ""


CREATE = InputType(
    name="review.create",
    make=CreateInput,
    fields=(
        InputField(name="rating", type="integer", limits=Bounds(min=1, max=5), required=True),
        InputField(name="title", type="string", limits=Bounds(max_length=200, trim=True)),
        InputField(name="comment", type="text", limits=Bounds(max_length=5000, trim=True)),
    ),
    schema={
        "type": "object",
        "properties": {
            "rating": {"type": "integer", "format": "int32", "minimum": 1, "maximum": 5, "examples": [5]},
            "title": {
                "type": "string",
                "maxLength": 200,
                "pattern": "^[^\\x00]*$",
                "default": "",
                "examples": ["Exactly as described"],
            },
            "comment": {
                "type": "string",
                "maxLength": 5000,
                "pattern": "^[^\\x00]*$",
                "default": "",
                "examples": ["Solid and well made."],
            },
        },
        "required": ["rating"],
        "additionalProperties": False,
    },
)
ADD_REVIEW = InputType(name="review.add_review", make=CreateInput, fields=CREATE.fields, schema=CREATE.schema)


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdateInput:
    """The body of review.update: what is left out stays."""

    rating: int | Unset = UNSET
    title: str | Unset = UNSET
    comment: str | Unset = UNSET


UPDATE = InputType(
    name="review.update",
    make=UpdateInput,
    fields=CREATE.fields,
    schema={
        "type": "object",
        "properties": {
            "rating": {"type": "integer", "format": "int32", "minimum": 1, "maximum": 5, "examples": [5]},
            "title": {
                "type": "string",
                "maxLength": 200,
                "pattern": "^[^\\x00]*$",
                "examples": ["Exactly as described"],
            },
            "comment": {
                "type": "string",
                "maxLength": 5000,
                "pattern": "^[^\\x00]*$",
                "examples": ["Solid and well made."],
            },
        },
        "additionalProperties": False,
    },
)
REPLACE = InputType(name="review.replace", make=CreateInput, fields=CREATE.fields, schema=CREATE.schema)
