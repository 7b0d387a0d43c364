"""Runs the server in one process or in several; replaces those that die.

Sanic's manager starts its workers and stops them, but does not notice when one is killed, nor that it is told to stop
while they are starting. A thread beside it watches them, asks for a restart the way a worker would, and sees to it
that a stop comes to an end. A worker whose manager is gone stops itself, so that no process goes on holding the port.
"""

from __future__ import annotations

import asyncio
import logging
import multiprocessing
import os
import signal
import socket
import threading
import time
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any, NoReturn

from sanic import Sanic
from sanic.exceptions import ServerKilled
from sanic.worker.constants import ProcessState
from sanic.worker.loader import AppLoader
from sanic.worker.process import WorkerProcess

from runtime import project
from runtime.http.protocol import BoundedProtocol
from runtime.settings import Settings

logger = logging.getLogger("agora")

START_SECONDS = 60.0
WATCH_SECONDS = 0.5
STOP_SECONDS = 10.0  # longer than a worker takes that finishes its requests
KILL_SECONDS = 3.0
RESTART_PAUSE = 2.0  # between two restarts of the same worker, so that one that cannot start does not spin


class PortTaken(Exception):
    """The address cannot be listened on."""


def check_port(host: str, port: int) -> None:
    """Raise PortTaken, with one clear line, before anything is started."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as fault:
            reason = fault.strerror or str(fault)
            raise PortTaken(f"Cannot listen on {host} port {port}: {reason}.") from fault


def run(root: Path, settings: Settings) -> None:
    """Serve until a signal says stop."""
    app = project.load_server(root)
    several = settings.workers > 1
    app.prepare(
        host=settings.host,
        port=settings.port,
        workers=settings.workers if several else 1,
        single_process=not several,
        protocol=BoundedProtocol,
        access_log=False,
        motd=False,
    )
    if not several:
        Sanic.serve_single(primary=app)
        return
    app.main_process_ready(_watch)
    Sanic.serve(primary=app, app_loader=AppLoader(factory=partial(worker, root)))


def worker(root: Path) -> Sanic[Any, Any]:
    """The server in a worker process."""
    app = project.load_server(root)
    app.register_listener(_stop_with_the_manager, "after_server_start")
    return app


async def _stop_with_the_manager(app: Sanic[Any, Any]) -> None:
    async def watch(manager: int) -> None:
        while os.getppid() == manager:  # noqa: ASYNC110 # nothing tells of a parent's death
            await asyncio.sleep(WATCH_SECONDS)
        logger.error("the manager is gone; this worker stops")
        last = threading.Timer(STOP_SECONDS, os._exit, (1,))  # whatever still hangs then must not hold the port
        last.daemon = True
        last.start()
        app.stop(terminate=False)

    # Not os.getppid(): the manager may be gone already, and that would be whoever took its place.
    parent = multiprocessing.parent_process()
    if parent is not None and parent.pid is not None:
        app.add_task(watch(parent.pid), name="manager")


async def _watch(app: Sanic[Any, Any]) -> None:
    manager: Any = app.manager
    manager.wait_for_ack = partial(_wait_for_workers, manager)
    manager.kill = partial(_kill_workers, manager)
    threading.Thread(target=_replace_the_dead, args=(manager,), name="watch", daemon=True).start()


def _wait_for_workers(manager: Any) -> None:
    """As the manager's own, which would go on waiting when it is told to stop meanwhile."""
    end = time.monotonic() + START_SECONDS
    while not manager._all_workers_ack():
        message = manager.monitor_subscriber.recv() if manager.monitor_subscriber.poll(0.1) else ""
        if message is None:
            manager.monitor_publisher.send(None)  # for the loop that comes next
            return
        if message == "__TERMINATE_EARLY__" or time.monotonic() > end:
            logger.error("a worker could not start; the server stops")
            manager.kill()
        elif isinstance(message, str) and message:
            manager._handle_message(message)


def _kill_workers(manager: Any) -> NoReturn:
    """The manager's own way ends the whole process group, and with it whoever has started the server."""
    for process in list(manager.processes):
        _send(process, signal.SIGKILL)
    raise ServerKilled


def _replace_the_dead(manager: Any) -> None:
    restarted: dict[str, float] = {}
    while not manager._shutting_down:
        time.sleep(WATCH_SECONDS)
        for process in list(manager.transient_processes):
            if _is_dead(process) and not manager._shutting_down:
                if time.monotonic() - restarted.get(process.name, float("-inf")) < RESTART_PAUSE:
                    continue
                restarted[process.name] = time.monotonic()
                logger.error("worker %s died (exit code %s) and is replaced", process.name, process.exitcode)
                manager.monitor_publisher.send(f"{process.name}:")
    _end_the_rest(manager)


def _end_the_rest(manager: Any) -> None:
    """The manager waits for ever for a worker that was not told to stop: one that it was starting at that moment."""
    time.sleep(STOP_SECONDS)
    for number in (signal.SIGTERM, signal.SIGKILL):
        for process in list(manager.transient_processes):
            if process.is_alive():
                logger.error("worker %s is still there and gets %s", process.name, number.name)
                _send(process, number)
        time.sleep(KILL_SECONDS)


def _send(process: WorkerProcess, number: signal.Signals) -> None:
    if process.pid is not None:
        with suppress(ProcessLookupError):
            os.kill(process.pid, number)


def _is_dead(process: WorkerProcess) -> bool:
    """Started once, not meant to stop, and gone."""
    if process.state in (ProcessState.IDLE, ProcessState.RESTARTING, ProcessState.STARTING):
        return False
    return process.exitcode is not None
