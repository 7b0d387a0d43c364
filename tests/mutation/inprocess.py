"""A server of the marketplace in a thread of the test's own process, where the mutant is chosen.

It answers on a real socket, from a copy of a database that was filled once; so one is ready in a moment.
"""

from __future__ import annotations

import asyncio
import secrets
import shutil
import sqlite3
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any, cast

import psutil
from sanic import Sanic

from runtime import project, seeds, settings
from runtime.http.protocol import BoundedProtocol
from runtime.migrations import migrate
from runtime.migrations.files import folder_of
from runtime.server import create_app
from tests.support.servers import ROOT, Server, free_port

TEMPLATE = ROOT / "var" / "mutation"


@contextmanager
def running(root: Path, database_url: str, folder: Path, **more: str) -> Iterator[Server]:
    """As `tests.support.servers.running`, without a process of its own."""
    shutil.copy(_template(root), database_url.removeprefix("sqlite://"))
    key, port = secrets.token_hex(32), free_port()
    environment = _environment(database_url, key) | {"AGORA_PORT": str(port)} | more
    log = folder / "server.log"
    log.touch()
    app = create_app(project.load_application(root), settings.load(environment, root))
    Sanic.unregister_app(app)  # another one may have the same name
    ready: Future[Callable[[], object]] = Future()
    thread = threading.Thread(target=lambda: asyncio.run(_serve(app, port, ready)), daemon=True)
    thread.start()
    stop = ready.result(20)
    try:
        process = cast(Any, psutil.Process())
        yield Server(f"http://127.0.0.1:{port}", key, database_url, log, process, root, environment)
    finally:
        stop()
        thread.join(10)


def _environment(database_url: str, key: str) -> dict[str, str]:
    return {
        "AGORA_ENV": "development",
        "AGORA_DATABASE_URL": database_url,
        "AGORA_SECRET_KEY": key,
        "AGORA_HOST": "127.0.0.1",
        "AGORA_PASSWORD_COST": "test",
        "AGORA_STORAGE_URL": f"file:{TEMPLATE}/files",
    }


def _template(root: Path) -> Path:
    """A migrated database with demo data: made by whoever comes first, which is the run without a mutant."""
    made = TEMPLATE / "database.sqlite3"
    if not made.exists():
        TEMPLATE.mkdir(parents=True, exist_ok=True)
        asyncio.run(_fill(root, TEMPLATE / "unfinished.sqlite3"))
        with sqlite3.connect(TEMPLATE / "unfinished.sqlite3") as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.close()
        (TEMPLATE / "unfinished.sqlite3").rename(made)
    return made


async def _fill(root: Path, file: Path) -> None:
    application = project.load_application(root)
    found = settings.load(_environment(f"sqlite://{file}", "x" * 64), root)
    await migrate.apply(found, folder_of(application.package))
    await seeds.run(application, found)


async def _serve(app: Sanic[Any, Any], port: int, ready: Future[Callable[[], object]]) -> None:
    """Serve until what `ready` was given is called."""
    stop = asyncio.Event()
    try:
        server: Any = await app.create_server(
            "127.0.0.1", port, protocol=BoundedProtocol, return_asyncio_server=True, access_log=False
        )
        await server.startup()
        await server.before_start()
        await server.start_serving()
        await server.after_start()
    except BaseException as failure:
        ready.set_exception(failure)
        raise
    ready.set_result(partial(asyncio.get_running_loop().call_soon_threadsafe, stop.set))
    await stop.wait()
    server.close()
    await server.before_stop()
    await server.after_stop()
