"""The caller is Python's own values on both databases, while statements compare what is stored."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from runtime.application import ActorSource, Application, Policy, Route, Sql
from runtime.auth.actor import BaseActor
from runtime.call import Call
from runtime.calls.callers import readers
from runtime.calls.services import Services
from runtime.errors import Problem
from runtime.reads import RecordRead
from tests.runtime.things import open_things, settings_for, thing

KEY = uuid.UUID("5f0c6a0e-0f5e-4d7b-9c55-0c0ffee00001")
MOMENT = dt.datetime(2026, 1, 2, 3, 4, 5, 678901, dt.UTC)
VALUES: dict[str, object] = {
    "name": "Ann",
    "price": Decimal("10.00"),
    "weight": Decimal("0.125"),
    "active": True,
    "tags": ["a", "b"],
    "extra": {"level": 3},
    "day": dt.date(2020, 2, 29),
    "seen_at": MOMENT,
}


@dataclass(frozen=True, slots=True)
class Actor(BaseActor):
    """The caller, with a value of every stored form."""

    name: str
    price: Decimal
    weight: Decimal | None
    active: bool
    tags: list[str]
    extra: dict[str, Any] | None
    day: dt.date | None
    seen_at: dt.datetime | None
    created_at: dt.datetime


SOURCE = ActorSource(
    table="thing",
    key="id",
    key_type="uuid",
    active=None,
    fields=("id", *VALUES, "created_at"),
    make=Actor,
    types={
        "price": "money",
        "weight": "decimal",
        "active": "boolean",
        "tags": "list",
        "extra": "object",
        "day": "date",
        "seen_at": "datetime",
        "created_at": "created",
    },
    places={"weight": 3},
)
APPLICATION = Application("Things", "1", "/api", models=("tests.runtime.things",), routes=(), actor=SOURCE)
RECORD = RecordRead(
    "thing.ping",
    "thing",
    "id",
    ("id",),
    where=Sql('t."id" = $key::uuid', 't."id" = $key'),
    allowed=Sql.same('t."price" = $actor_price AND t."day" = $actor_day AND t."seen_at" = $actor_seen_at'),
)


@pytest.fixture
async def services(database_url: str, tmp_path: Path) -> AsyncIterator[Services]:
    database = await open_things(database_url, tmp_path)
    await database.transaction(lambda opened: thing(id=KEY, **VALUES).save(using_db=opened.connection))
    await database.close()
    services = await Services.open(APPLICATION, settings_for(database_url, tmp_path))
    yield services
    await services.close()


def call_of(services: Services) -> Call:
    """A call of the one caller there is."""

    async def receive(_: int) -> bytes:
        return b""

    async def stream(_: int) -> AsyncIterator[bytes]:
        yield b""

    route = Route("POST", "/api/ping/", "ping", receive)
    call = Call(services, route, "r", "/api/ping/", "", {}, "::1", receive, stream, {"key": KEY})
    call.key = KEY
    return call


async def test_the_caller_is_pythons_own_values(services: Services) -> None:
    call = call_of(services)
    await call.authorize(Policy("authenticated", needs_actor=True))
    assert isinstance(call.actor, Actor)
    assert {name: getattr(call.actor, name) for name in VALUES} == VALUES
    assert call.actor.active is True
    assert type(call.actor.price) is Decimal
    assert call.actor.seen_at is not None
    assert call.actor.seen_at.tzinfo is dt.UTC
    assert call.actor.created_at <= dt.datetime.now(dt.UTC)


@pytest.mark.parametrize(
    ("check", "passes"),
    [
        (lambda actor: actor.price == Decimal("10.00"), True),
        (lambda actor: actor.price < Decimal("999.00"), True),  # 1000 stored
        (lambda actor: actor.weight > Decimal("1.000"), False),  # 125 stored
        (lambda actor: actor.day < dt.date(2020, 3, 1), True),
        (lambda actor: actor.seen_at == MOMENT, True),
        (lambda actor: "b" in actor.tags, True),
    ],
)
async def test_policies_compare_them(services: Services, check: Callable[[Actor], bool], passes: bool) -> None:
    """In the statement that finds the caller beside the record, too."""
    policy = Policy("rich", needs_actor=True, check=check)
    call, other = call_of(services), call_of(services)
    if passes:
        await call.authorize(policy)
        await other.acknowledge(RECORD, policy, {"ok": True})
        return
    with pytest.raises(Problem) as refused:
        await call.authorize(policy)
    with pytest.raises(Problem) as refused_too:
        await other.acknowledge(RECORD, policy, {"ok": True})
    assert (refused.value.status, refused_too.value.status) == (403, 403)


async def test_statements_are_given_what_is_stored(services: Services) -> None:
    call = call_of(services)
    await call.authorize(Policy("authenticated", needs_actor=True))
    assert call.kind == "bound"
    answer = await call.acknowledge(RECORD, Policy("same"), {"ok": True})
    assert answer.status == 200


def test_nothing_to_convert_is_no_work() -> None:
    assert readers(None) == ()
    assert readers(ActorSource("person", "id", "id", None, ("id", "role"), Actor)) == ()
