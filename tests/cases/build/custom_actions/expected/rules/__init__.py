# Generated from spec/ by `agora build`; do not edit.
"""What must hold of every row."""
