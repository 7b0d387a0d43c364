# Generated from spec/ by `agora build`; do not edit.
"""What the specs in spec/ say, as a program."""
