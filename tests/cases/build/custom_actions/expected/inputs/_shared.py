# Generated from spec/_shared.yaml by `agora build`; do not edit.
"""Shared objects that hooks answer with, or take lists of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """The object Receipt."""

    number: str
    due_on: date | None
