# Generated from spec/ by `agora build`; do not edit.
"""Who is asking, and the context that hooks are given."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from runtime import context
from runtime.auth.actor import BaseActor


@dataclass(frozen=True, slots=True)
class Actor(BaseActor):
    """The caller: a row of User, as far as policies and hooks need it."""

    id: int
    role: Literal["buyer", "seller", "admin"]


Context: TypeAlias = context.Context[Actor]
