"""Bodies: bytes → checked, typed input."""

from runtime.inputs.inputs import UNSET, InputField, InputType, Nested, Reference, Unset, sent

__all__ = ["UNSET", "InputField", "InputType", "Nested", "Reference", "Unset", "sent"]
