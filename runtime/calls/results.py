"""Answers that show rows among other members: the database writes the rows, everything else is encoded here."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from sanic.response import HTTPResponse

from runtime.calls import rows
from runtime.database import Database, Transaction
from runtime.http import answers
from runtime.reads import ItemRead

if TYPE_CHECKING:
    from runtime.call import Call
    from runtime.machines import Moved

Source = Transaction | Database[Any]


class State(enum.Enum):
    """Members of an answer that only the transition knows."""

    BEFORE = "the state that the record was in"
    AFTER = "the state that it is in now"


BEFORE: Final = State.BEFORE
AFTER: Final = State.AFTER


async def answered(
    call: Call, source: Source, shown: ItemRead | Mapping[str, object] | None, key: object, moved: Moved
) -> HTTPResponse:
    """The answer to a transition: the record itself, or members of which some show it."""
    if shown is None:
        return answers.empty()
    if isinstance(shown, ItemRead):
        return answers.text(await rows.shown(call, source, shown, key))
    states: Mapping[object, str] = {BEFORE: moved.before, AFTER: moved.after}
    members = {name: states.get(item, item) for name, item in shown.items() if not isinstance(item, ItemRead)}
    texts = {
        name: await rows.shown(call, source, item, key) for name, item in shown.items() if isinstance(item, ItemRead)
    }
    ordered = {name: texts.get(name, members.get(name)) for name in shown}
    return answers.members(ordered, texts)


async def with_rows(
    call: Call, source: Source, result: Any, reads: Mapping[str, ItemRead], status: int
) -> HTTPResponse:
    """A hook's result, whose members named by `reads` are rows (or None)."""
    texts = {}
    for name, read in reads.items():
        row = getattr(result, name)
        if row is not None:
            texts[name] = await rows.shown(call, source, read, row.pk)
    values = {name: None if name in reads else getattr(result, name) for name in answers.names_of(result)}
    return answers.members(values, texts, status)
