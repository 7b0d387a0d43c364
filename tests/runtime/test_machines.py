"""Moving records by a state machine: who may, when, what it leaves behind, and what those who may not are told."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from runtime.application import ActorSource, Application, Policy, Route, Sql
from runtime.auth.actor import BaseActor
from runtime.call import Call
from runtime.calls import transitions
from runtime.calls.effects import UndeclaredError
from runtime.calls.services import Services
from runtime.context import Context
from runtime.errors import Problem, conflict, not_found
from runtime.machines import Machine, Moved, Transition
from runtime.reads import Guard
from tests.runtime.things import Thing, open_things, settings_for, thing

KEY = uuid.UUID("5f0c6a0e-0f5e-4d7b-9c55-0c0ffee00001")


@dataclass(frozen=True, slots=True)
class Actor(BaseActor):
    """The caller: a thing with so many others in stock."""

    stock: int


RICH = Policy("rich", needs_actor=True, check=lambda actor: actor is not None and actor.stock >= 5)
ANYBODY = Policy("anybody")
KNOWN = Policy("known", needs_actor=True)
ACTIVE = Guard(check=Sql.same('t."active"'), code="NOT_ACTIVE", message="It is not active.")

OPEN = Transition(name="open", sources=("new",), target="opened", policy=RICH, stamps=("seen_at",), sets={"stock": 8})
PACK = Transition(
    name="pack",
    sources=("opened",),
    target="packed",
    policy=KNOWN,
    allowed=Sql.same('t."price" >= 100'),
    guard=ACTIVE,
    takes=("day",),
    effects=("thing.note",),
)
REPACK = Transition(name="repack", sources=("opened", "packed"), target="packed", policy=KNOWN, guard=ACTIVE)
DROP = Transition(
    name="drop", sources=("packed",), target="dropped", policy=replace(KNOWN, hide=True), allowed=Sql.same("false")
)
MACHINE = Machine(table="thing", key="id", key_type="uuid", field="name", transitions=(OPEN, PACK, REPACK, DROP))
noted: list[tuple[str, Moved]] = []
SOURCE = ActorSource("thing", "id", "uuid", None, ("id", "stock"), Actor)


async def note(ctx: Context[Any], record: Thing, moved: Moved) -> None:
    """An effect: what it is told."""
    if record.day == dt.date(1999, 1, 1):
        raise conflict("TOO_OLD", "Too old.")
    if record.day == dt.date(1999, 1, 2):
        raise not_found()
    noted.append((record.name, moved))


APPLICATION = Application(
    "Things", "1", "/api", models=("tests.runtime.things",), routes=(), actor=SOURCE, effects={"thing.note": note}
)


@pytest.fixture
async def services(database_url: str, tmp_path: Path) -> AsyncIterator[Services]:
    noted.clear()
    await (await open_things(database_url, tmp_path)).close()
    services = await Services.open(APPLICATION, settings_for(database_url, tmp_path))
    yield services
    await services.close()


async def made(services: Services, state: str, **values: object) -> Thing:
    """A thing in this state."""
    record = thing(id=KEY, name=state, **values)
    await services.database.transaction(lambda opened: record.save(using_db=opened.connection))
    return record


async def moved(
    services: Services,
    record: Thing,
    wanted: Transition | str,
    values: Mapping[str, Any] | None = None,
    machine: Machine = MACHINE,
    stock: int | None = 5,
) -> Moved:
    """Move it as a caller with so much in stock, or as nobody."""

    async def receive(_: int) -> bytes:
        return b""

    async def stream(_: int) -> AsyncIterator[bytes]:
        yield b""

    route = Route("POST", "/api/move/", "move", receive)
    call = Call(services, route, "r", "/api/move/", "", {}, "::1", receive, stream, {"key": KEY})
    call.actor = None if stock is None else Actor(KEY, stock)
    return await Context(call).transaction(lambda ctx: transitions.move(ctx, machine, record, wanted, values or {}))


async def refused(services: Services, record: Thing, wanted: Transition | str, **more: Any) -> Problem:
    """The problem that it is; nothing has changed."""
    before = await stored(services)
    with pytest.raises(Problem) as caught:
        await moved(services, record, wanted, **more)
    assert await stored(services) == before
    return caught.value


async def stored(services: Services) -> list[tuple[Any, ...]]:
    rows = await services.database.fetch_all("SELECT name, stock, seen_at, day, updated_at FROM thing ORDER BY id")
    return [tuple(row) for row in rows]


async def test_a_record_is_what_it_has_become(services: Services) -> None:
    record = await made(services, "new", stock=1)
    made_at = record.updated_at
    assert await moved(services, record, "opened") == Moved("open", "new", "opened")
    found = await services.database.transaction(lambda _: Thing.get(id=KEY))
    for each in (record, found):
        assert (each.name, each.stock) == ("opened", 8)
        assert each.seen_at is not None
        assert each.seen_at == each.updated_at > made_at
    assert record.seen_at == found.seen_at


async def test_others_are_left_alone(services: Services) -> None:
    record = await made(services, "new")
    other = thing(name="other")
    await services.database.transaction(lambda opened: other.save(using_db=opened.connection))
    await moved(services, record, OPEN)
    assert (await services.database.transaction(lambda _: Thing.get(id=other.id))).name == "other"


async def test_what_a_transition_takes_comes_from_the_request(services: Services) -> None:
    record = await made(services, "opened", stock=1)
    await moved(services, record, PACK, {"day": dt.date(2026, 1, 31), "stock": 99})
    assert (record.name, record.day, record.stock) == ("packed", dt.date(2026, 1, 31), 1)
    assert noted == [("packed", Moved("pack", "opened", "packed"))]


async def test_what_it_takes_may_be_left_out(services: Services) -> None:
    record = await made(services, "opened", day=dt.date(2020, 2, 29))
    await moved(services, record, PACK)
    assert (record.name, record.day) == ("packed", dt.date(2020, 2, 29))


async def test_to_a_state_leads_what_takes_nothing(services: Services) -> None:
    record = await made(services, "opened")
    assert (await moved(services, record, "packed")).transition == "repack"
    assert noted == []


async def test_who_may_not(services: Services) -> None:
    record = await made(services, "new")
    for wanted in (OPEN, "opened"):
        problem = await refused(services, record, wanted, stock=4)
        assert (problem.status, problem.code) == (403, "FORBIDDEN")
        problem = await refused(services, record, wanted, stock=None)
        assert (problem.status, problem.code) == (401, "NOT_AUTHENTICATED")
    cheap = await moved_cheap(services, record)
    problem = await refused(services, cheap, PACK)
    assert (problem.status, problem.code) == (403, "FORBIDDEN")


async def moved_cheap(services: Services, record: Thing) -> Thing:
    """Opened, and not worth enough to be packed."""
    await moved(services, record, OPEN)
    await services.database.transaction(lambda t: t.execute("UPDATE thing SET price = 99"))
    return record


async def test_who_may_not_know(services: Services) -> None:
    record = await made(services, "packed")
    for wanted in (DROP, "dropped"):
        assert (await refused(services, record, wanted)).status == 404


async def test_a_guard_that_does_not_hold(services: Services) -> None:
    record = await made(services, "opened", active=False)
    for wanted in (PACK, "packed"):
        problem = await refused(services, record, wanted)
        assert (problem.status, problem.code, problem.detail) == (409, "NOT_ACTIVE", "It is not active.")


@pytest.mark.parametrize(
    ("state", "values", "stock", "wanted", "allowed"),
    [
        ("opened", {}, 5, OPEN, ["packed"]),
        ("opened", {}, 5, "opened", ["packed"]),
        ("new", {}, 5, "packed", ["opened"]),
        ("new", {}, 4, "packed", []),
        ("opened", {"active": False}, 5, "opened", []),
        ("packed", {}, 5, OPEN, ["packed"]),
        ("dropped", {}, 5, "packed", []),
        ("new", {}, 5, "nowhere", ["opened"]),
    ],
)
async def test_what_the_table_does_not_have(
    services: Services,
    state: str,
    values: dict[str, Any],
    stock: int,
    wanted: Transition | str,
    allowed: list[str],
) -> None:
    problem = await refused(services, await made(services, state, **values), wanted, stock=stock)
    target = wanted.target if isinstance(wanted, Transition) else wanted
    assert (problem.status, problem.code) == (409, "INVALID_TRANSITION")
    assert problem.detail == f"What is {state} cannot become {target}."
    assert problem.members == {"current_name": state, "allowed_transitions": allowed}


async def test_a_transition_that_somebody_may_not_make_is_not_explained(services: Services) -> None:
    assert (await refused(services, await made(services, "opened"), OPEN, stock=4)).status == 403


async def test_of_two_who_move_it_one_does(services: Services) -> None:
    record = await made(services, "new")
    stale = await services.database.transaction(lambda _: Thing.get(id=KEY))
    await moved(services, record, OPEN)
    problem = await refused(services, stale, OPEN)
    assert (problem.status, problem.code) == (409, "CONFLICT")
    assert problem.detail == "Somebody else has just changed this record."
    assert stale.name == "new"


async def test_effects_raise_what_every_client_knows_or_what_is_declared(services: Services) -> None:
    record = await made(services, "opened")
    assert (await refused(services, record, PACK, values={"day": dt.date(1999, 1, 2)})).status == 404
    again = await services.database.transaction(lambda _: Thing.get(id=KEY))
    with pytest.raises(UndeclaredError, match=r"^move raised TOO_OLD, which is not declared$"):
        await moved(services, again, PACK, {"day": dt.date(1999, 1, 1)})
    assert (await services.database.transaction(lambda _: Thing.get(id=KEY))).name == "opened"


async def test_where_nothing_has_to_be_asked(services: Services) -> None:
    record = await made(services, "new")
    free = Transition(name="free", sources=("new",), target="free", policy=ANYBODY)
    machine = replace(MACHINE, transitions=(free,))
    assert await moved(services, record, "free", machine=machine, stock=None) == Moved("free", "new", "free")
