"""A storage of each kind, with something that serves what its URLs lead to."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

import pytest

from runtime.settings import load
from runtime.storage import Storage, open_storage
from tests.runtime.tiny import project
from tests.support.objects import GIVEN_URL, OwnS3

SECRET = "k" * 40


@pytest.fixture(scope="session")
def served_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[project.Served]:
    """A server whose files are in `folder / "kept"`."""
    folder = project.write(tmp_path_factory.mktemp("files"))
    more = {"AGORA_STORAGE_URL": f"file:{folder}/kept", "AGORA_SECRET_KEY": SECRET}
    with project.Served(folder, project.SERVE, more) as served:
        yield served


@pytest.fixture(scope="session")
def s3(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OwnS3]:
    """An S3 server for tests that leave it as it is."""
    with OwnS3(tmp_path_factory.mktemp("s3")) as server:
        yield server


@pytest.fixture
async def own_s3(tmp_path: Path) -> AsyncIterator[OwnS3]:
    """An S3 server for one test, which may take it away."""
    with OwnS3(tmp_path / "s3") as server:
        yield server


@dataclass
class Maker:
    """Opens storages with settings of their own, and closes them all."""

    root: Path
    monkeypatch: pytest.MonkeyPatch
    opened: list[Storage] = field(default_factory=list)

    async def __call__(self, url: str, credentials: dict[str, str] | None = None, **more: str) -> Storage:
        for name, text in (credentials or {}).items():
            self.monkeypatch.setenv(name, text)
        settings = load({"AGORA_STORAGE_URL": url, "AGORA_SECRET_KEY": SECRET, **more}, self.root)
        storage = open_storage(settings)
        await storage.start()
        self.opened.append(storage)
        return storage


@pytest.fixture
async def make(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Maker]:
    """Opens storages."""
    for name in ("AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE"):  # a developer's own must not decide what is tested
        monkeypatch.setenv(name, "/dev/null")
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    maker = Maker(tmp_path, monkeypatch)
    yield maker
    for storage in maker.opened:
        await storage.close()


Reopened = Callable[..., "object"]


@pytest.fixture(params=["folder", "s3"])
async def kept(request: pytest.FixtureRequest, make: Maker) -> Callable[..., object]:
    """Opens the same storage again and again: `await kept(**settings)`."""
    if request.param == "folder":
        served: project.Served = request.getfixturevalue("served_folder")
        return lambda **more: make(f"file:{served.folder}/kept", AGORA_PUBLIC_URL=served.url, **more)
    if os.environ.get(GIVEN_URL):
        return lambda **more: make(os.environ[GIVEN_URL], **more)
    server: OwnS3 = request.getfixturevalue("s3")
    return lambda **more: make(server.url, server.credentials, **more)


@pytest.fixture
async def storage(kept: Callable[..., object]) -> Storage:
    """One of each kind."""
    return await kept()  # type: ignore[misc,no-any-return] # a fixture's own


async def put(storage: Storage, key: str, content: bytes = b"content", media_type: str = "image/png") -> None:
    """Store some bytes."""
    await storage.put(key, BytesIO(content), len(content), media_type)
