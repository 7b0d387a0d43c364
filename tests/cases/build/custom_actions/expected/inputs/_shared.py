# Generated from spec/_shared.yaml by `agora build`; do not edit.
"""Objects that hooks of several resources answer with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """The object Receipt."""

    number: str
    due_on: date | None
