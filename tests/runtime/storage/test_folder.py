"""A folder of files: nothing gets out of it, nothing is half written, and crashes leave little behind."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from io import BytesIO
from pathlib import Path

import pytest

from runtime.storage import KeyRefused, StorageUnavailable
from runtime.storage import folder as folders
from tests.runtime.storage.conftest import Maker, put
from tests.runtime.tiny.project import REPOSITORY


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "kept"


@pytest.fixture
async def storage(make: Maker, root: Path) -> folders.FolderStorage:
    made = await make(f"file:{root}")
    assert isinstance(made, folders.FolderStorage)
    return made


def files_in(root: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in root.rglob("*") if path.is_file()}


@pytest.fixture
def left_behind(root: Path) -> tuple[Path, Path]:
    """What an old crash and a present writer have begun."""
    root.mkdir()
    files = root / f"{folders.TEMPORARY}old", root / f"{folders.TEMPORARY}young"
    for file in files:
        file.write_bytes(b"half")
    os.utime(files[0], (0, time.time() - folders.LEFT_BEHIND_SECONDS - 1))
    return files


@pytest.fixture
def no_folder(root: Path) -> Path:
    """Something else is in its place."""
    root.write_text("no folder")
    return root


@pytest.fixture
def linked_folder(root: Path, tmp_path: Path) -> Path:
    """The folder is a link to this one."""
    (tmp_path / "disk").mkdir()
    root.symlink_to(tmp_path / "disk")
    return tmp_path / "disk"


async def test_symbolic_links_lead_nowhere(storage: folders.FolderStorage, root: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.png").write_bytes(b"secret")
    (root / "a").symlink_to(outside)
    (root / "b").mkdir()
    (root / "b" / "secret.png").symlink_to(outside / "secret.png")
    for key in ("a/secret.png", "b/secret.png"):
        assert await storage.find(key) is None
        assert await storage.opened(key) is None
        with pytest.raises(KeyRefused):
            await put(storage, key)
        with pytest.raises(KeyRefused):
            await storage.delete([key])
    assert [each async for each in storage.listed()] == []
    assert (outside / "secret.png").read_bytes() == b"secret"


async def test_the_folder_itself_may_be_a_link(make: Maker, root: Path, linked_folder: Path) -> None:
    storage = await make(f"file:{root}")
    await put(storage, "a/1.png")
    assert files_in(linked_folder) == {"1.png": b"content"}
    assert [each.key async for each in storage.listed()] == ["a/1.png"]


async def test_what_was_being_written_is_cleared_away_when_it_is_old(
    make: Maker, root: Path, left_behind: tuple[Path, Path]
) -> None:
    storage = await make(f"file:{root}")
    assert [file.exists() for file in left_behind] == [False, True]
    assert [each async for each in storage.listed()] == []


async def test_content_that_breaks_off_leaves_nothing(storage: folders.FolderStorage, root: Path) -> None:
    class Broken(BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            raise OSError(5, "Input/output error")

    with pytest.raises(StorageUnavailable, match="Input/output error"):
        await storage.put("a/1.png", Broken(b"content"), 7, "image/png")
    assert files_in(root) == {}


async def test_whoever_gives_up_waiting_gets_no_file_afterwards(
    storage: folders.FolderStorage, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folders, "SECONDS", 0.2)
    release = threading.Event()

    class Slow(BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            release.wait(10)
            return super().read(size)

    began = time.monotonic()
    with pytest.raises(StorageUnavailable, match="no answer"):
        await storage.put("a/1.png", Slow(b"content"), 7, "image/png")
    assert time.monotonic() - began < 1.0
    release.set()
    storage._threads.shutdown(wait=True)
    assert files_in(root) == {}


FULL = """
import asyncio, resource, signal, sys
from io import BytesIO
from pathlib import Path
from runtime.storage import StorageUnavailable
from runtime.storage.folder import FolderStorage
from runtime.storage.folder_links import FolderLinks

async def main():
    storage = FolderStorage(Path(sys.argv[1]), FolderLinks("http://x", b"k", 60), 60)
    await storage.start()
    try:
        await storage.put("a/1.png", BytesIO(bytes(1_000_000)), 1_000_000, "image/png")
    except StorageUnavailable as error:
        print(error)
    await storage.put("a/2.png", BytesIO(b"small"), 5, "image/png")
    await storage.close()

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
asyncio.run(main())
"""


def test_a_disk_that_takes_no_more_is_unavailable_and_keeps_no_half(root: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", FULL, str(root)], cwd=REPOSITORY, capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout == f"the storage of files at {root} cannot be used: File too large\n"
    assert files_in(root) == {"2.png": b"small"}


async def test_a_folder_that_cannot_be_made_keeps_nobody_from_starting(make: Maker, no_folder: Path) -> None:
    storage = await make(f"file:{no_folder}")
    with pytest.raises(StorageUnavailable, match=str(no_folder)):
        await put(storage, "a/1.png")
