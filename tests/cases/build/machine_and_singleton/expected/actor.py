# Generated from spec/ by `agora build`; do not edit.
"""Who is asking, and the context that hooks are given."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from runtime import context
from runtime.auth.actor import BaseActor


@dataclass(frozen=True, slots=True)
class Actor(BaseActor):
    """The caller: a row of Member, as far as policies and hooks need it."""

    id: int
    is_staff: bool


Context: TypeAlias = context.Context[Actor]
