# Generated from spec/ by `agora build`; do not edit.
"""Who is asking, and the context that hooks are given."""

from __future__ import annotations

from typing import TypeAlias

from runtime import context
from runtime.auth.actor import BaseActor

Actor: TypeAlias = BaseActor


Context: TypeAlias = context.Context[Actor]
