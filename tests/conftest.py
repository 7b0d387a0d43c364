"""What every test may ask for: a PostgreSQL, and a fresh database of either kind."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.postgres import OwnPostgres, Postgres, Run

pytest_plugins = ["tests.contract.plugin"]  # tests say which promises they keep

RUN_FOLDER = "AGORA_TEST_RUN_FOLDER"  # how the workers of one run find each other
RUN = pytest.StashKey[Run]()

# A developer's own settings must not decide what is tested.
for variable in [name for name in os.environ if name.startswith("AGORA_") and not name.startswith("AGORA_TEST_")]:
    del os.environ[variable]


def pytest_configure(config: pytest.Config) -> None:
    """One run, one cluster: a folder from the process that starts the workers, a server when a test asks."""
    if not hasattr(config, "workerinput"):
        config.stash[RUN] = Run()
        os.environ[RUN_FOLDER] = str(config.stash[RUN].folder)


def pytest_unconfigure(config: pytest.Config) -> None:
    """The cluster goes with the run that needed it, whatever became of the tests."""
    if RUN in config.stash:
        config.stash[RUN].close()


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """The PostgreSQL of this test run, shared by all workers."""
    with Postgres(Path(os.environ[RUN_FOLDER])) as server:
        yield server


@pytest.fixture
def own_postgres() -> Iterator[OwnPostgres]:
    """A PostgreSQL for this test alone, to take away and bring back."""
    with OwnPostgres() as server:
        yield server


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a fresh, empty database; the test runs once on each kind."""
    if request.param == "sqlite":
        yield f"sqlite://{tmp_path}/database.sqlite3"
        return
    server: Postgres = request.getfixturevalue("postgres")  # only here: SQLite alone needs no server
    url = server.create_database()
    yield url
    server.drop_database(url)
