# Generated from spec/ by `agora build`; do not edit.
"""The lives of records."""
