"""Who is asking: the row behind the token, as a frozen value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class BaseActor:
    """The caller. Generated code derives one with the columns that policies and hooks read."""

    id: Any
