"""The marketplace on a folder and on an S3 server, each with either database."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

# Of this folder's own: those of the folder above would remember what they were made of here, and these there, because
# pytest keeps one value of each whatever a folder puts in the place of `server`.
from tests.api.conftest import admin, categories, new_product, nobody  # noqa: F401
from tests.support.objects import OwnS3
from tests.support.servers import ROOT, Server, running


@pytest.fixture(scope="session")
def s3(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OwnS3]:
    """An S3 server that verifies signatures."""
    with OwnS3(tmp_path_factory.mktemp("s3")) as server:
        yield server


@dataclass(frozen=True, slots=True)
class Place:
    """A storage: the settings that name it, and the folder that its objects are in behind it."""

    settings: dict[str, str]
    folder: Path

    def objects(self) -> set[str]:
        """The keys of all objects."""
        return {file.relative_to(self.folder).as_posix() for file in self.folder.rglob("*") if file.is_file()}


@pytest.fixture(scope="session", params=["folder", "s3"])
def place(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Place:
    """One kind of storage; the suite is the same on each."""
    if request.param == "folder":
        folder = tmp_path_factory.mktemp("files")
        return Place({"AGORA_STORAGE_URL": f"file:{folder}"}, folder)
    server: OwnS3 = request.getfixturevalue("s3")
    return Place({"AGORA_STORAGE_URL": server.url, **server.credentials}, server.bucket)


@pytest.fixture(scope="session")
def server(new_database: Callable[[], str], place: Place, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The marketplace, with its demo data and their pictures."""
    with running(ROOT, new_database(), tmp_path_factory.mktemp("server"), **place.settings) as started:
        yield started
