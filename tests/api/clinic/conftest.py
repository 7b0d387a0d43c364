"""The clinic on each kind of database, and the people in its seeds."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

from tests.api.client import Caller, ok, token, unique
from tests.api.clinic.callers import PEOPLE, Visitor
from tests.api.conftest import client_of
from tests.support.servers import AGORA, ROOT, Server, running


@pytest.fixture(scope="session")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The clinic's specs and hooks, built in a folder of their own."""
    folder = tmp_path_factory.mktemp("clinic")
    for part in ("spec", "hooks"):
        shutil.copytree(ROOT / "tests" / "clinic" / part, folder / part)
    subprocess.run([AGORA, "--project", folder, "build"], check=True, capture_output=True)
    return folder


@pytest.fixture(scope="session")
def clinic_server(
    project: Path, new_database: Callable[[], str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    """The clinic, with its seeds, on a database of its own."""
    with running(project, new_database(), tmp_path_factory.mktemp("clinic-server")) as started:
        yield started


@pytest.fixture(scope="session")
def http(clinic_server: Server) -> Iterator[httpx.Client]:
    with client_of(clinic_server) as client:
        yield client


@pytest.fixture(scope="session")
def nobody(http: httpx.Client) -> Caller:
    return Visitor(http)


@pytest.fixture(scope="session")
def people(clinic_server: Server, http: httpx.Client) -> dict[str, Visitor]:
    """Everybody in the seeds: rui manages, joana is a doctor, nuno a nurse, eva and ivo are patients."""
    ids = {name: f"00000000-0000-4000-8000-{number:012}" for name, number in PEOPLE.items()}
    return {name: Visitor(http, token(clinic_server.key, key), {"key": key}) for name, key in ids.items()}


@pytest.fixture(scope="session")
def manager(people: dict[str, Visitor]) -> Visitor:
    return people["rui"]


@pytest.fixture
def department(manager: Visitor) -> str:
    """The path of a new department of the clinic in Porto."""
    made = ok(manager.post("clinics/PO01/departments/", {"name": unique("Radiology "), "floor": 2}), 201)
    return f"clinics/PO01/departments/{made['slug']}/"


@pytest.fixture
def room(manager: Visitor, department: str) -> str:
    """The path of a new room."""
    made = ok(manager.post(f"{department}rooms/", {"number": "12B", "area": "20.5"}), 201)
    return f"{department}rooms/{made['id']}/"
