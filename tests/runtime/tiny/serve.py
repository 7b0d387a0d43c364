"""Serves the tiny project in the current folder with short deadlines: `python -m tests.runtime.tiny.serve`."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

from sanic import Sanic

from runtime import settings
from runtime.http import logs
from runtime.http.protocol import BoundedProtocol, Deadlines
from runtime.migrations import migrate
from runtime.migrations.files import folder_of
from runtime.project import load_application
from runtime.server import create_app

if __name__ == "__main__":
    root = Path.cwd()
    found = settings.load(os.environ, root)
    logs.configure(found.log_level)
    application = load_application(root)
    asyncio.run(migrate.apply(found, folder_of(application.package)))
    app = create_app(application, found, Deadlines(header=1.0, body=1.0, answer=4.0, idle=2.0))
    app.prepare(
        host="127.0.0.1",
        port=found.port,
        single_process=True,
        protocol=BoundedProtocol,
        access_log=False,
        motd=False,
    )
    Sanic.serve_single(primary=app)
