# Generated from spec/ by `agora build`; do not edit.
"""The errors that the specs declare. A hook raises those of its own action."""

from __future__ import annotations
