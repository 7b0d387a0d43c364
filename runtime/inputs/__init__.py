"""Bodies: bytes → checked, typed input."""

from runtime.inputs.inputs import UNSET, FileInput, InputField, InputType, Nested, Reference, Unset, sent

__all__ = ["UNSET", "FileInput", "InputField", "InputType", "Nested", "Reference", "Unset", "sent"]
