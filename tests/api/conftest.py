"""A server with demo data per kind of database and test worker, and people to call it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import httpx
import pytest

from tests.api.client import Caller, ok, register, sign_in, unique
from tests.support.conformance import Contract
from tests.support.postgres import Postgres
from tests.support.servers import ROOT, Server, running

NewProduct = Callable[..., dict[str, Any]]
DEMO_PASSWORD = "demo-password-1"


@pytest.fixture(scope="session", params=["sqlite", "postgres"])
def backend(request: pytest.FixtureRequest) -> str:
    """The kind of database; every test runs once on each."""
    return str(request.param)


@pytest.fixture(scope="session")
def new_database(
    request: pytest.FixtureRequest, backend: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[], str]]:
    """Makes databases that last for the session: `new_database()` is the URL of one."""
    with databases(backend, request, tmp_path_factory) as make:
        yield make


@contextmanager
def databases(
    backend: str, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[], str]]:
    """Makes databases of a kind until the block ends.

    A folder with kinds of its own uses this: were it to put a fixture in the place of `backend`, what is made of that
    would be remembered for both.
    """
    if backend == "sqlite":
        yield lambda: f"sqlite://{tmp_path_factory.mktemp('sqlite')}/database.sqlite3"
        return
    postgres: Postgres = request.getfixturevalue("postgres")
    made: list[str] = []

    def make() -> str:
        made.append(postgres.create_database())
        return made[-1]

    yield make
    for url in made:
        postgres.drop_database(url)


@pytest.fixture(scope="session")
def server(new_database: Callable[[], str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The marketplace, with its demo data."""
    with running(ROOT, new_database(), tmp_path_factory.mktemp("server")) as started:
        yield started


@pytest.fixture(scope="session")
def nobody(server: Server) -> Iterator[Caller]:
    """A caller without a token."""
    with client_of(server) as http:
        yield Caller(http)


def client_of(server: Server) -> httpx.Client:
    """A client that fails a test when an answer is not one that the server's own document promises."""
    contract = Contract(httpx.get(f"{server.url}/api/openapi.json").json())
    limits = httpx.Limits(max_connections=60)
    return httpx.Client(base_url=server.url, timeout=30, limits=limits, event_hooks={"response": [contract.check]})


@pytest.fixture(scope="session")
def admin(nobody: Caller) -> Caller:
    """The demo's administrator."""
    return sign_in(nobody, "admin", DEMO_PASSWORD)


@pytest.fixture
def seller(nobody: Caller) -> Caller:
    """A seller who has nothing yet."""
    return register(nobody, "seller")


@pytest.fixture
def buyer(nobody: Caller) -> Caller:
    """A buyer who has done nothing yet."""
    return register(nobody, "buyer")


@pytest.fixture(scope="session")
def categories(nobody: Caller) -> dict[str, dict[str, Any]]:
    """The demo's categories by name."""
    found: dict[str, dict[str, Any]] = {}
    for page in (1, 2, 3):
        listed = ok(nobody.get("categories/", page=page, page_size=100))
        found |= {each["name"]: each for each in listed}
    return found


@pytest.fixture(scope="session")
def new_product(categories: dict[str, dict[str, Any]]) -> NewProduct:
    """Makes a product of a seller: `new_product(seller, price="9.90")`."""

    def make(seller: Caller, **more: Any) -> dict[str, Any]:
        made: dict[str, Any] = ok(seller.post("products/", offer(categories) | more), 201)
        return made

    return make


@pytest.fixture
def product(seller: Caller, new_product: NewProduct) -> dict[str, Any]:
    """A product of `seller`."""
    return new_product(seller)


def offer(categories: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """The least that makes a product."""
    return {
        "name": unique("Walnut desk organiser "),
        "description": "Five compartments and a groove for pens.",
        "price": "19.90",
        "category": categories["Notebooks"]["id"],
    }
