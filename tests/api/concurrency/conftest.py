"""One server per set-up and test worker: SQLite with one worker and with four, PostgreSQL with four."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator

import httpx
import pytest

from tests.api.concurrency.crowds import People, crowd_of, people_of

# The last four are of this folder's own by this: those of the folder above would be remembered with its server, because
# pytest keeps one value of each fixture whatever a folder puts in the place of what it is made of.
from tests.api.conftest import admin, categories, databases, new_product, nobody  # noqa: F401
from tests.support.crowd import Crowd
from tests.support.servers import ROOT, Server, command, complaints, running

WORKERS = {"sqlite-1": "1", "sqlite-4": "4", "postgres-4": "4"}
BUYERS = 200
WHOLE = 100  # rounds of a soak
HOURS = {"AGORA_ACCESS_TOKEN_SECONDS": "86400"}  # a soak lasts longer than a token


@pytest.fixture(scope="session", params=WORKERS)
def setup(request: pytest.FixtureRequest) -> str:
    """A kind of database, and how many processes serve; every test runs once on each."""
    return str(request.param)


@pytest.fixture(scope="session")
def new_database(
    setup: str, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[], str]]:
    """Makes databases of this kind."""
    with databases(setup.partition("-")[0], request, tmp_path_factory) as make:
        yield make


@pytest.fixture(scope="session")
def server(setup: str, new_database: Callable[[], str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The marketplace. Whatever was done to it, in the end its stored totals are right and its log tells no failure."""
    with running(
        ROOT, new_database(), tmp_path_factory.mktemp("server"), AGORA_WORKERS=WORKERS[setup], **HOURS
    ) as started:
        yield started
        said = command(started, "metrics", "rebuild")
        assert said.startswith("Nothing differed"), said
        assert complaints(started) == []


@pytest.fixture(scope="session")
def crowd(server: Server) -> Crowd:
    """Clients that all send at the same moment; every answer is one that the document promises."""
    return crowd_of(server)


@pytest.fixture(scope="session")
def buyers(server: Server) -> Iterator[People]:
    """As many buyers as a burst needs."""
    with httpx.Client(base_url=server.url, timeout=30) as http:
        yield people_of(server, BUYERS, http)


@pytest.fixture(scope="session")
def times() -> Callable[[int], int]:
    """How often to do what a soak does so often: `make soak` has a hundred rounds, AGORA_TEST_ROUNDS says how many."""
    rounds = int(os.environ.get("AGORA_TEST_ROUNDS", "2"))
    return lambda whole: max(2, whole * rounds // WHOLE)
