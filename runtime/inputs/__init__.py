"""Bodies: bytes → checked, typed input."""

from runtime.inputs.inputs import UNSET, InputField, InputType, Reference, Unset, sent

__all__ = ["UNSET", "InputField", "InputType", "Reference", "Unset", "sent"]
