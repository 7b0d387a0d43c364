"""Figures that accompany clinics: there from the beginning, counted in the background, calculated anew and mended."""

from __future__ import annotations

import asyncio
import os
import subprocess
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest

from runtime.database import Database
from tests.api.client import at_once, eventually, ok, problem, token
from tests.api.clinic.callers import CLINIC, PEOPLE, Visitor, code
from tests.api.conftest import client_of
from tests.runtime.things import settings_for
from tests.support.servers import AGORA, Server, running

NEW = {"visits": 0, "rooms": 0, "fees": "0.0000", "fee": None, "beds": 20, "donations": "0.00"}


@pytest.fixture(scope="module")
def server(
    project: Path, new_database: Callable[[], str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    """A clinic that no other test changes."""
    with running(project, new_database(), tmp_path_factory.mktemp("figures")) as started:
        yield started


@pytest.fixture(scope="module")
def http(server: Server) -> Iterator[httpx.Client]:
    with client_of(server) as client:
        yield client


@pytest.fixture(scope="module")
def somebody(server: Server, http: httpx.Client) -> Callable[[str], Visitor]:
    def sign_in(name: str) -> Visitor:
        key = f"00000000-0000-4000-8000-{PEOPLE[name]:012}"
        return Visitor(http, token(server.key, key), {"key": key})

    return sign_in


@pytest.fixture
def rui(somebody: Callable[[str], Visitor]) -> Visitor:
    """A manager, whose visits do not count."""
    return somebody("rui")


@pytest.fixture
def clinic(rui: Visitor) -> str:
    """The path of a new clinic."""
    name = code()
    ok(rui.post("clinics/", CLINIC | {"code": name}), 201)
    return f"clinics/{name}/"


def figures(manager: Visitor, clinic: str) -> dict[str, Any]:
    (found,) = ok(manager.get(f"{clinic}figures/"))
    return dict(found)


def visit(http: httpx.Client, clinic: str, agent: str) -> None:
    ok(Visitor(http).request("GET", clinic, headers={"User-Agent": agent}))


def rebuild(project: Path, server: Server) -> list[str]:
    """What `agora metrics rebuild` prints."""
    environment = os.environ | {"AGORA_DATABASE_URL": server.database, "AGORA_SECRET_KEY": server.key}
    done = subprocess.run(
        [AGORA, "--project", project, "metrics", "rebuild"], env=environment, capture_output=True, text=True, check=True
    )
    return done.stdout.splitlines()


def tamper(server: Server, folder: Path, *statements: str) -> list[Any]:
    """Change the database behind the server's back; the rows of the last statement."""

    async def work() -> list[Any]:
        database = await Database.open(settings_for(server.database, folder))
        try:
            for sql in statements[:-1]:
                await database.transaction(lambda t, sql=sql: t.execute(sql))
            return [tuple(row) for row in await database.fetch_all(statements[-1])]
        finally:
            await database.close()

    return asyncio.run(work())


def test_every_clinic_has_its_figures(rui: Visitor, clinic: str) -> None:
    for path in ("clinics/PO01/", "clinics/LX07/", clinic):
        found = figures(rui, path)
        assert {name: found[name] for name in NEW} == NEW
    problem(rui.post(f"{clinic}figures/", {}), 405, "METHOD_NOT_ALLOWED")


def test_a_visit_raises_both_counters(http: httpx.Client, rui: Visitor, clinic: str) -> None:
    before, changed = figures(rui, clinic), ok(rui.get(clinic))["changed_at"]
    for agent in ("one", "two", "one"):
        visit(http, clinic, agent)
    ok(rui.get(clinic))
    eventually(lambda: (ok(rui.get(clinic))["visits"], figures(rui, clinic)["visits"]), (2, 2))
    assert figures(rui, clinic)["counted_at"] > before["counted_at"]
    assert ok(rui.get(clinic))["changed_at"] == changed


def test_beds_are_never_given_twice(somebody: Callable[[str], Visitor], rui: Visitor, clinic: str) -> None:
    doctor = somebody("joana")
    assert ok(doctor.post(f"{clinic}admit/", {"people": 5, "donation": "0.05"})) == {"admitted": 5}
    problem(doctor.post(f"{clinic}admit/", {"people": 16}), 409, "NO_BEDS")
    answers = at_once(12, lambda _: doctor.post(f"{clinic}admit/", {"people": 2, "donation": "1.10"}))
    assert sorted(each.status_code for each in answers) == [200] * 7 + [409] * 5
    found = figures(rui, clinic)
    assert (found["beds"], found["donations"]) == (1, "7.75")


def test_what_is_wrong_is_told_and_mended(
    project: Path, server: Server, http: httpx.Client, rui: Visitor, clinic: str, tmp_path: Path
) -> None:
    for agent in ("one", "two", "three"):
        visit(http, clinic, agent)
    eventually(lambda: figures(rui, clinic)["visits"], 3)
    rebuild(project, server)
    department = ok(rui.post(f"{clinic}departments/", {"name": "Radiology"}), 201)
    for number in ("1", "2"):
        ok(rui.post(f"{clinic}departments/{department['slug']}/rooms/", {"number": number}), 201)
    name = clinic.split("/")[1]
    ((key, figure),) = tamper(
        server,
        tmp_path,
        f"UPDATE clinic SET visits = 1234 WHERE code = '{name}'",
        f"SELECT c.id, f.id FROM clinic c JOIN figures f ON f.clinic_id = c.id WHERE c.code = '{name}'",
    )
    tamper(server, tmp_path, f"UPDATE figures SET fees = 12345, visits = 0 WHERE id = {figure}", "SELECT 1")
    ((clinics,),) = tamper(server, tmp_path, "SELECT count(*) FROM clinic")
    assert rebuild(project, server) == [
        f"clinic.visits of {key}: 1234 → 3",
        f"figures.visits of {figure}: 0 → 3",
        f"figures.rooms of {figure}: 0 → 2",
        f"figures.fees of {figure}: 1.2345 → 0.0000",
        f"figures.fee of {figure}: null → 0.000",
        f"5 of {clinics * 5} values differed and are mended.",
    ]
    assert rebuild(project, server) == [f"Nothing differed: {clinics * 5} values are right."]
    found = figures(rui, clinic)
    assert (found["visits"], found["rooms"], found["fees"], found["fee"]) == (3, 2, "0.0000", "0.000")


def test_many_differences_are_not_all_shown(project: Path, server: Server, rui: Visitor, tmp_path: Path) -> None:
    for _ in range(24):
        ok(rui.post("clinics/", CLINIC | {"code": code()}), 201)
    rebuild(project, server)
    ((clinics,),) = tamper(server, tmp_path, "UPDATE figures SET visits = visits + 1", "SELECT count(*) FROM figures")
    lines = rebuild(project, server)
    assert len(lines) == 22
    assert lines[20:] == [
        f"… and {clinics - 20} more",
        f"{clinics} of {clinics * 5} values differed and are mended.",
    ]


def test_a_server_that_goes_on_loses_nothing(
    project: Path, server: Server, http: httpx.Client, rui: Visitor, clinic: str
) -> None:
    visits = 0
    with ThreadPoolExecutor(1) as threads:
        for _ in range(3):
            rebuilt = threads.submit(rebuild, project, server)
            while not rebuilt.done():
                visits += 1
                visit(http, clinic, f"browser {visits}")
            rebuilt.result()
    eventually(lambda: (ok(rui.get(clinic))["visits"], figures(rui, clinic)["visits"]), (visits, visits))
    assert rebuild(project, server)[-1].startswith("Nothing differed")
