# Generated from spec/ticket.yaml by `agora build`; do not edit.
"""What the operations of Ticket take, and what its hooks answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from runtime.fieldtypes import Bounds
from runtime.inputs import InputField, InputType

if TYPE_CHECKING:
    from generated.models.ticket import Ticket


@dataclass(frozen=True, slots=True, kw_only=True)
class GiveUp200:
    """200 of ticket.give_up."""

    ticket: Ticket


@dataclass(frozen=True, slots=True, kw_only=True)
class CreateInput:
    """The body of ticket.create."""

    title: str


CREATE = InputType(
    name="ticket.create",
    make=CreateInput,
    fields=(InputField(name="title", type="string", limits=Bounds(max_length=80), required=True),),
    schema={
        "type": "object",
        "properties": {"title": {"type": "string", "maxLength": 80, "pattern": "^[^\\x00]*$"}},
        "required": ["title"],
        "additionalProperties": False,
    },
)


@dataclass(frozen=True, slots=True, kw_only=True)
class StageInput:
    """The body of ticket.stage."""

    stage: Literal["open", "solved", "shut"]


STAGE = InputType(
    name="ticket.stage",
    make=StageInput,
    fields=(InputField(name="stage", type="enum", limits=Bounds(values=("open", "solved", "shut")), required=True),),
    schema={
        "type": "object",
        "properties": {"stage": {"type": "string", "enum": ["open", "solved", "shut"]}},
        "required": ["stage"],
        "additionalProperties": False,
    },
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SolveInput:
    """The body of ticket.solve."""

    solution: str


SOLVE = InputType(
    name="ticket.solve",
    make=SolveInput,
    fields=(InputField(name="solution", type="text", limits=Bounds(min_length=1, max_length=500), required=True),),
    schema={
        "type": "object",
        "properties": {"solution": {"type": "string", "minLength": 1, "maxLength": 500, "pattern": "^[^\\x00]*$"}},
        "required": ["solution"],
        "additionalProperties": False,
    },
)
