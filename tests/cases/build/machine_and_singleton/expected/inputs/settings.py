# Generated from spec/settings.yaml by `agora build`; do not edit.
"""What the operations of Settings take, and what its hooks answer."""

from __future__ import annotations

from dataclasses import dataclass

from runtime.inputs import UNSET, InputField, InputType, Unset


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdateInput:
    """The body of settings.update: what is left out stays."""

    dark: bool | Unset = UNSET


UPDATE = InputType(
    name="settings.update",
    make=UpdateInput,
    fields=(InputField(name="dark", type="boolean"),),
    schema={"type": "object", "properties": {"dark": {"type": "boolean"}}, "additionalProperties": False},
)
