"""Migrations are made once, in order, by one process at a time, and after a crash they go on where they broke."""

from __future__ import annotations

import hashlib
import json
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from runtime.database import Database, Unavailable
from runtime.migrations import migrate
from runtime.migrations.files import INDEX, MigrationError
from runtime.settings import Settings
from tests.runtime.things import settings_for

FIRST = ["CREATE TABLE parent (id INTEGER PRIMARY KEY)", "INSERT INTO parent (id) VALUES (1)"]
SECOND = [
    "CREATE TABLE child (id INTEGER PRIMARY KEY, parent_id INTEGER NOT NULL REFERENCES parent (id) ON DELETE CASCADE)",
    "INSERT INTO child (id, parent_id) VALUES (7, 1)",
]
BROKEN = ["CREATE TABLE other (id INTEGER PRIMARY KEY)", "INSERT INTO nowhere (id) VALUES (1)"]
FOLDER = "migrations"


def write(root: Path, migrations: Mapping[str, Sequence[str]], heads: Mapping[str, str] = {}) -> Path:
    """The files as a build would have written them, the same for both dialects."""
    folder = root / FOLDER
    folder.mkdir(exist_ok=True)
    checksums = {}
    for name, steps in migrations.items():
        text = f"-- {name}\n{heads.get(name, '')}" + "".join(f"-- step\n{step};\n" for step in steps)
        for dialect in ("sqlite", "postgres"):
            (folder / f"{name}.{dialect}.sql").write_text(text)
            checksums[f"{name}.{dialect}.sql"] = hashlib.sha256(text.encode()).hexdigest()
    (folder / INDEX).write_text(json.dumps({"order": list(migrations), "sha256": checksums}))
    return folder


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    return settings_for(database_url, tmp_path)


async def tables(settings: Settings) -> set[str]:
    """What there is, beside our own bookkeeping."""
    database = await Database.open(settings)
    names = (
        "SELECT name FROM sqlite_master WHERE type = 'table'"
        if settings.dialect == "sqlite"
        else "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
    )
    found = {name for (name,) in await database.fetch_all(names)}
    await database.close()
    return found - {"agora_migration", "sqlite_sequence"}


async def test_what_is_pending_is_made_in_order_and_once(settings: Settings, tmp_path: Path) -> None:
    folder = write(tmp_path, {"0001_a": FIRST, "0002_b": SECOND})
    before = await migrate.status(settings, folder)
    assert ([each.name for each in before.pending], before.made) == (["0001_a", "0002_b"], ())
    assert await tables(settings) == set()
    assert await migrate.apply(settings, folder) == ("0001_a", "0002_b")
    assert await migrate.apply(settings, folder) == ()
    after = await migrate.status(settings, folder)
    assert (after.pending, after.made, after.ahead) == ((), ("0001_a", "0002_b"), ())
    assert await tables(settings) == {"parent", "child"}


async def test_a_failure_keeps_what_came_before_and_nothing_of_itself(settings: Settings, tmp_path: Path) -> None:
    folder = write(tmp_path, {"0001_a": FIRST, "0002_b": BROKEN})
    with pytest.raises(MigrationError, match="0002_b failed and nothing of it was kept"):
        await migrate.apply(settings, folder)
    assert await tables(settings) == {"parent"}
    folder = write(tmp_path, {"0001_a": FIRST, "0002_b": SECOND})
    assert await migrate.apply(settings, folder) == ("0002_b",)


async def test_an_edited_file_is_refused(settings: Settings, tmp_path: Path) -> None:
    folder = write(tmp_path, {"0001_a": FIRST})
    file = folder / f"0001_a.{settings.dialect}.sql"
    text = file.read_text()
    file.write_text(text + "-- step\nDROP TABLE parent;\n")
    with pytest.raises(MigrationError, match="not what `agora build` wrote"):
        await migrate.apply(settings, folder)
    file.write_text(text)
    await migrate.apply(settings, folder)
    write(tmp_path, {"0001_a": BROKEN})
    with pytest.raises(MigrationError, match="another form"):
        await migrate.apply(settings, folder)
    with pytest.raises(MigrationError, match="another form"):
        await migrate.status(settings, folder)


async def test_a_missing_file_or_folder_is_told(settings: Settings, tmp_path: Path) -> None:
    folder = write(tmp_path, {"0001_a": FIRST})
    (folder / f"0001_a.{settings.dialect}.sql").unlink()
    with pytest.raises(MigrationError, match="is missing"):
        await migrate.apply(settings, folder)
    with pytest.raises(MigrationError, match="agora build"):
        await migrate.apply(settings, tmp_path / "elsewhere")


async def test_old_code_before_a_newer_database(settings: Settings, tmp_path: Path) -> None:
    await migrate.apply(settings, write(tmp_path, {"0001_a": FIRST, "0002_b": SECOND}))
    folder = write(tmp_path, {"0001_a": FIRST})
    assert await migrate.apply(settings, folder) == ()
    assert (await migrate.status(settings, folder)).ahead == ("0002_b",)
    folder = write(tmp_path, {"0001_a": FIRST, "0002_c": SECOND})
    with pytest.raises(MigrationError, match="0002_b, which this code does not know"):
        await migrate.apply(settings, folder)


async def test_one_that_is_missing_in_between(settings: Settings, tmp_path: Path) -> None:
    await migrate.apply(settings, write(tmp_path, {"0001_a": FIRST, "0003_b": SECOND}))
    with pytest.raises(MigrationError, match="0002_x is missing though 0003_b was made after it"):
        await migrate.apply(settings, write(tmp_path, {"0001_a": FIRST, "0002_x": [], "0003_b": SECOND}))


async def test_what_is_lost_needs_a_word(settings: Settings, tmp_path: Path) -> None:
    heads = {"0003_c": '-- destructive: drops table "child"\n-- foreign_keys: off\n'}
    folder = write(tmp_path, {"0001_a": FIRST, "0002_b": SECOND, "0003_c": ["DROP TABLE child"]}, heads)
    with pytest.raises(MigrationError, match=r'(?s)--confirm-destructive.*0003_c: drops table "child"'):
        await migrate.apply(settings, folder)
    assert await tables(settings) == set()
    assert (await migrate.status(settings, folder)).destructive == ('0003_c: drops table "child"',)
    await migrate.apply(settings, folder, confirm_destructive=True)
    assert await tables(settings) == {"parent"}


async def test_rows_that_would_point_nowhere_undo_a_rebuild(tmp_path: Path) -> None:
    settings = settings_for(f"sqlite://{tmp_path}/database.sqlite3", tmp_path)
    heads = {"0003_c": "-- foreign_keys: off\n"}
    folder = write(tmp_path, {"0001_a": FIRST, "0002_b": SECOND, "0003_c": ["DELETE FROM parent"]}, heads)
    with pytest.raises(MigrationError, match="child → parent"):
        await migrate.apply(settings, folder)
    database = await Database.open(settings)
    assert await database.fetch_row("SELECT count(*) FROM parent") == (1,)
    assert await database.fetch_row("SELECT count(*) FROM child") == (1,)
    await database.close()


# --- several processes ------------------------------------------------------------------------

WORKER = """
import asyncio, sys
from pathlib import Path
from runtime.migrations import migrate
from tests.runtime.things import settings_for
root, url = Path(sys.argv[1]), sys.argv[2]
sys.stdin.readline()
print(len(asyncio.run(migrate.apply(settings_for(url, root), root / "migrations"))))
"""


def worker(url: str, root: Path) -> subprocess.Popen[str]:
    """A process that waits for a line and then migrates."""
    return subprocess.Popen(
        [sys.executable, "-c", WORKER, str(root), url],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
    )


async def test_many_processes_at_once_make_each_one_once(settings: Settings, database_url: str, tmp_path: Path) -> None:
    many = {f"{number:04}_more": [f"CREATE TABLE t{number} (id INTEGER PRIMARY KEY)"] for number in range(3, 30)}
    write(tmp_path, {"0001_a": FIRST, "0002_b": SECOND, **many})
    workers = [worker(database_url, tmp_path) for _ in range(4)]
    for each in workers:
        assert each.stdin is not None
        each.stdin.write("go\n")
        each.stdin.flush()
    outcomes = [each.communicate(timeout=60) for each in workers]
    assert [error for _, error in outcomes if error] == []
    assert sum(int(made) for made, _ in outcomes) == 29
    assert len(await tables(settings)) == 29


async def test_a_crash_in_the_middle_leaves_whole_migrations(
    settings: Settings, database_url: str, tmp_path: Path
) -> None:
    # The second one never ends by itself; the process is killed once it is in the middle of it.
    endless = {
        "postgres": "SELECT pg_sleep(600)",
        "sqlite": "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT count(*) FROM n",
    }[settings.dialect]
    folder = write(tmp_path, {"0001_a": FIRST, "0002_b": [*SECOND, endless]})
    process = worker(database_url, tmp_path)
    assert process.stdin is not None
    process.stdin.write("go\n")
    process.stdin.flush()
    await first_is_made(settings, folder)
    process.send_signal(signal.SIGKILL)
    process.communicate(timeout=30)
    assert await tables(settings) == {"parent"}
    folder = write(tmp_path, {"0001_a": FIRST, "0002_b": SECOND})
    if settings.dialect == "postgres":
        await end_sleepers(settings)
    assert await migrate.apply(settings, folder) == ("0002_b",)
    assert await tables(settings) == {"parent", "child"}


async def first_is_made(settings: Settings, folder: Path) -> None:
    """Ask until the other process has made the first one (it never makes the second)."""
    while not (await migrate.status(settings, folder)).made:
        pass


async def end_sleepers(settings: Settings) -> None:
    """A server notices a client's death when it next speaks to it; here it is told."""
    database = await Database.open(settings)
    await database.fetch_all(
        "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity "
        "WHERE application_name = 'agora migrate' AND datname = current_database()"
    )
    await database.close()


async def test_a_database_that_is_away(tmp_path: Path) -> None:
    settings = settings_for("postgres://nobody@127.0.0.1:1/nothing", tmp_path)
    with pytest.raises(Unavailable):
        await migrate.apply(settings, write(tmp_path, {"0001_a": FIRST}))
