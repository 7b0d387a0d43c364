"""Calls that only read: one statement each, for signed-in callers too."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING

import msgspec
from sanic.response import HTTPResponse

from runtime.application import Policy
from runtime.auth import policy
from runtime.calls.rows import ITEM_COLUMNS, check_guards, problem_of, settle
from runtime.calls.singletons import Single
from runtime.database import ConstraintViolation
from runtime.errors import not_found, unauthorized
from runtime.http import answers, links
from runtime.reads import ItemRead, ListRead, RecordRead
from runtime.reads.assembly import ItemRow, ListRow
from runtime.reads.links import link_header
from runtime.reads.query import check_text

if TYPE_CHECKING:
    from runtime.call import Call

LIST_COLUMNS = len(ListRow._fields)


async def page(call: Call, read: ListRead, rule: Policy, tracks: str | None) -> HTTPResponse:
    """A page of rows as a JSON array, with links to its neighbours."""
    _begin(call, rule, read.public)
    plan = call.services.plans.plan(read, call.query)
    statement = call.services.statements.list(read, plan.shape, call.kind)
    row = await call.services.database.fetch_row(statement.text, statement.arguments({**call.values, **plan.values}))
    if row is None:
        raise RuntimeError(f"{read.name}: the statement gave no row")
    found = ListRow(*row[:LIST_COLUMNS])
    settle(call, rule, row[LIST_COLUMNS:])
    if not found.found:
        raise not_found()
    headers = {"link": link_header(call.path, plan, found)}
    if found.total is not None:
        headers["x-total-count"] = str(found.total)
    call.track(tracks, "/".join(map(str, call.parameters.values())))
    return answers.text(found.body, headers=headers)


async def item(
    call: Call,
    read: ItemRead,
    rule: Policy,
    tracks: str | None,
    single: Single | None = None,
    storage_off: Mapping[str, object] | None = None,
) -> HTTPResponse:
    """One row as a JSON object; with `single` the caller's own, made where there is none yet."""
    _begin(call, rule, read.public)
    check_text(call.query)
    body, key, allowed = await _item(call, read, rule)
    if body is None and single is not None:
        await _made(call, single)
        body, key, allowed = await _item(call, read, rule)
    if body is None:
        raise not_found()
    policy.check_record(rule, call.actor, allowed)
    call.track(tracks, key)
    if storage_off is not None and not call.services.storage.enabled:
        return answers.value(msgspec.json.decode(links.finished(body, call.services.storage.url)) | storage_off, 200)
    return answers.text(body)


async def _made(call: Call, single: Single) -> None:
    try:
        await call.services.database.transaction(partial(single.make, call))
    except ConstraintViolation as violation:  # the caller has just gone
        raise await problem_of(call, violation) from violation


async def _item(call: Call, read: ItemRead, rule: Policy) -> ItemRow:
    statement = call.services.statements.item(read, call.kind)
    row = await call.services.database.fetch_row(statement.text, statement.arguments(call.values))
    if row is None:
        raise RuntimeError(f"{read.name}: the statement gave no row")
    settle(call, rule, row[ITEM_COLUMNS:])
    return ItemRow(*row[:ITEM_COLUMNS])


async def acknowledgement(
    call: Call, read: RecordRead, rule: Policy, body: Mapping[str, object], tracks: str | None
) -> HTTPResponse:
    """A fixed answer about a row that is there, visible and within the policy."""
    _begin(call, rule, public=False)
    check_text(call.query)
    statement = call.services.statements.record(read, call.kind)
    row = await call.services.database.fetch_row(statement.text, statement.arguments(call.values))
    if row is None:
        raise RuntimeError(f"{read.name}: the statement gave no row")
    width = len(read.columns)
    settle(call, rule, row[width + 1 + len(read.guards) :])
    key = row[read.columns.index(read.key)]
    if key is None:
        raise not_found()
    policy.check_record(rule, call.actor, row[width])
    check_guards(read, row[width + 1 :])
    call.track(tracks, key)
    return answers.value(body, 200)


def _begin(call: Call, rule: Policy, public: bool) -> None:
    """Nothing is asked of the database for an anonymous caller who cannot pass."""
    call.policy = rule
    call.shared = public
    if call.key is None and rule.needs_actor:
        raise unauthorized()
