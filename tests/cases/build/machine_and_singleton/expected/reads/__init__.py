# Generated from spec/ by `agora build`; do not edit.
"""The statements."""
