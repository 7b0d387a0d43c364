"""A server of the marketplace, its document as a client's author fetches it, and a picture to upload."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from PIL import Image

from tests.support.servers import ROOT, Server, running


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The marketplace with its demo data, on SQLite."""
    folder = tmp_path_factory.mktemp("clients")
    with running(ROOT, f"sqlite://{folder}/database.sqlite3", folder) as started:
        yield started


@pytest.fixture(scope="session")
def fetched(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file that holds the document which the server gives."""
    file = tmp_path_factory.mktemp("document") / "openapi.json"
    file.write_bytes(httpx.get(f"{server.url}/api/openapi.json").content)
    return file


@pytest.fixture(scope="session")
def operations(fetched: Path) -> set[str]:
    """The names of every operation of the document."""
    document: dict[str, Any] = json.loads(fetched.read_text())
    return {operation["operationId"] for item in document["paths"].values() for operation in item.values()}


@pytest.fixture(scope="session")
def picture(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A picture that a seller may upload."""
    file = tmp_path_factory.mktemp("picture") / "desk.png"
    Image.new("RGB", (40, 30), "peru").save(file)
    return file
