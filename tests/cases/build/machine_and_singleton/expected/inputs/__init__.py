# Generated from spec/ by `agora build`; do not edit.
"""What operations take and hooks answer."""
