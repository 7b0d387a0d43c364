# Generated from spec/ by `agora build`; do not edit.
"""The tables as the ORM sees them."""
