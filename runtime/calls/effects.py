"""Effects: hooks that go with a write or a transition, in its transaction."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from runtime.application import EffectHook
from runtime.errors import CODES, Problem

if TYPE_CHECKING:
    from runtime.call import Call
    from runtime.context import Context


class UndeclaredError(Exception):
    """A hook raised an error that its spec does not declare."""


@dataclass(frozen=True, slots=True)
class Effect:
    """A hook that goes with a write or a transition. `errors` are those of guards, where it moves records."""

    hook: EffectHook
    errors: frozenset[str] = frozenset()

    async def run(self, ctx: Context[Any], *given: Any) -> None:
        """Let the hook do its work; it gets the record, and of a transition what has just happened."""
        try:
            await self.hook(ctx, *given)
        except Problem as problem:
            check_declared(ctx.call, problem, self.errors)
            raise


def check_declared(call: Call, problem: Problem, declared: frozenset[str]) -> None:
    """Raise where a hook's problem is none that its operation tells clients of."""
    if problem.code not in declared and problem.code not in CODES:
        raise UndeclaredError(f"{call.route.name} raised {problem.code}, which is not declared") from problem
