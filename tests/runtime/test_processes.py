"""Processes: starting and refusing to, stopping gracefully, several workers and their deaths."""

from __future__ import annotations

import json
import os
import signal
import socket
import sqlite3
import subprocess
import threading
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import httpx
import psutil
import pytest

from tests.runtime.test_server import note, signed_in
from tests.runtime.tiny import project


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A tiny project that was never started."""
    return project.write(tmp_path)


def agora(folder: Path, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """Run one command to its end."""
    return subprocess.run(
        [*project.AGORA, "--project", str(folder), *arguments],
        capture_output=True,
        text=True,
        timeout=60,
        env=project.environment(project.free_port(), **settings),
        check=False,
    )


def serving(folder: Path, **settings: str) -> project.Served:
    """`agora serve`."""
    return project.Served(folder, (*project.AGORA, "--project", str(folder), "serve"), settings)


def wait_for(condition: Callable[[], bool], seconds: float) -> None:
    """Until it holds."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited too long"
        time.sleep(0.1)


# --- commands ---------------------------------------------------------------------------------


def test_every_wrong_setting_is_one_line(folder: Path) -> None:
    done = agora(folder, "serve", AGORA_WORKERS="many", AGORA_LOG_LEVEL="loud")
    assert done.returncode == 2
    lines = done.stderr.splitlines()
    assert [line.split()[1] for line in lines] == ["AGORA_WORKERS", "AGORA_LOG_LEVEL"]


def test_a_port_that_is_taken_is_one_line(folder: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        done = agora(folder, "serve", AGORA_PORT=port)
    assert done.returncode == 1
    assert done.stderr == f"Error: Cannot listen on 127.0.0.1 port {port}: Address already in use.\n"


def test_a_folder_without_an_application_is_one_line(tmp_path: Path) -> None:
    done = agora(tmp_path, "serve")
    assert done.returncode == 1
    assert done.stderr.startswith("Error: There is no generated/app.py in ")


def test_production_refuses_to_start_while_migrations_are_pending(folder: Path) -> None:
    production = {
        "AGORA_ENV": "production",
        "AGORA_SECRET_KEY": "k" * 32,
        "AGORA_PASSWORD_COST": "normal",
        "AGORA_STORAGE_URL": "off",
    }
    refused = agora(folder, "serve", **production)
    assert (refused.returncode, "run `agora migrate` first" in refused.stderr) == (1, True)
    assert agora(folder, "migrate", **production).stdout == "Made 0001_initial.\n"
    assert agora(folder, "migrate", **production).stdout == "The schema is up to date.\n"
    assert agora(folder, "migrate", "--status", **production).stdout == "made     0001_initial\n"
    with serving(folder, **production) as served:
        assert httpx.get(f"{served.url}/health/ready").status_code == 200
        assert "server-timing" not in httpx.get(f"{served.url}/api/notes/").headers


def test_a_token_for_somebody(folder: Path) -> None:
    with serving(folder) as served:
        text = served.log.read_text()
        assert f"API    {served.url}/api/" in text
        assert f"docs   {served.url}/docs" in text
        token = agora(folder, "token", "root").stdout.strip()
        headers = {"Authorization": f"Bearer {token}"}
        assert httpx.get(f"{served.url}/api/admin/", headers=headers).status_code == 200
        inactive = {"Authorization": f"Bearer {agora(folder, 'token', 'gone').stdout.strip()}"}
        assert httpx.get(f"{served.url}/api/notes/", headers=inactive).status_code == 401
    unknown = agora(folder, "token", "nobody")
    assert (unknown.returncode, unknown.stderr) == (1, "Error: There is no person called nobody.\n")


def test_a_sweep(folder: Path) -> None:
    refused = agora(folder, "sweep")
    assert (refused.returncode, "run `agora migrate` first" in refused.stderr) == (1, True)
    agora(folder, "migrate")
    done = agora(folder, "sweep", "--apply", "--older-than", "5")
    assert (done.returncode, done.stdout) == (
        0,
        "Nothing to mend: every file has its row, and every row its file.\n",
    )
    off = agora(folder, "sweep", AGORA_STORAGE_URL="off")
    assert (off.returncode, off.stderr) == (1, "Error: AGORA_STORAGE_URL is off, so nothing is known about files.\n")


def test_ready_only_with_the_right_schema(folder: Path) -> None:
    with serving(folder) as served, sqlite3.connect(folder / "var/agora.sqlite3") as database:
        assert httpx.get(f"{served.url}/health/ready").status_code == 200
        database.execute("DELETE FROM agora_migration")
        database.commit()
        answer = httpx.get(f"{served.url}/health/ready")
        assert (answer.status_code, answer.json()["code"]) == (503, "UNAVAILABLE")
        assert answer.headers["retry-after"]
        assert httpx.get(f"{served.url}/health/live").status_code == 200


# --- stopping ---------------------------------------------------------------------------------


@pytest.mark.parametrize("workers", ["1", "2"])
def test_a_graceful_stop_finishes_what_was_begun(folder: Path, workers: str) -> None:
    answers: list[httpx.Response] = []
    with serving(folder, AGORA_WORKERS=workers) as served:
        with served.client() as http:
            ann = signed_in(http, "ann")
            path = note(http, ann, "slow")
        slow = threading.Thread(
            target=lambda: answers.append(httpx.post(f"{served.url}{path}act/", headers=ann, timeout=20))
        )
        slow.start()
        time.sleep(0.7)
        began = time.monotonic()
        assert served.stop() == 0
        assert time.monotonic() - began < 12
        slow.join()
    assert [answer.json() for answer in answers] == [{"done": True, "amount": "1.00"}]
    assert not psutil.pid_exists(served.process.pid)


def test_a_stop_while_starting(folder: Path) -> None:
    with serving(folder) as served:  # so that the database is there
        pass
    for pause in (1.0, 1.5, 2.0):
        process = subprocess.Popen(
            served.command,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=project.environment(served.port, AGORA_WORKERS="2"),
        )
        time.sleep(pause)
        process.terminate()
        assert process.wait(15) in (0, 1, -signal.SIGTERM)


def test_who_is_told_twice_to_stop_takes_nobody_along(folder: Path) -> None:
    """Whoever started the server may share its process group, as a shell's script does."""
    command = (*project.AGORA, "--project", str(folder), "serve")
    script = ("sh", "-c", 'sleep 60 & exec "$@"', "sh", *command)
    with project.Served(folder, script, {"AGORA_WORKERS": "2"}) as served, served.client() as http:
        bystander, *others = psutil.Process(served.process.pid).children()
        assert bystander.name() == "sleep"
        ann = signed_in(http, "ann")
        path = note(http, ann, "slow")
        with closing(socket.create_connection(("127.0.0.1", served.port))) as connection:
            head = f"POST {path}act/ HTTP/1.1\r\nHost: x\r\nAuthorization: {ann['Authorization']}\r\n"
            connection.sendall(f"{head}Content-Length: 0\r\n\r\n".encode())
            time.sleep(0.7)
            served.process.terminate()
            time.sleep(0.7)  # the action takes longer
            served.process.terminate()
            served.process.wait(15)
        assert psutil.wait_procs(others, timeout=5)[1] == []
        assert bystander.status() == psutil.STATUS_SLEEPING


# --- several workers --------------------------------------------------------------------------


def serving_pids(served: project.Served) -> set[int]:
    """The manager's children that have the database open."""
    found = set()
    for child in psutil.Process(served.process.pid).children():
        try:
            if any(file.path.endswith("agora.sqlite3") for file in child.open_files()):
                found.add(child.pid)
        except psutil.Error:  # it is just dying
            continue
    return found


def test_a_killed_worker_is_replaced(folder: Path) -> None:
    with serving(folder, AGORA_WORKERS="2") as served:
        wait_for(lambda: len(serving_pids(served)) == 2, 20)
        before = serving_pids(served)
        os.kill(next(iter(before)), signal.SIGKILL)
        wait_for(lambda: len(serving_pids(served)) == 2 and serving_pids(served) != before, 20)
        for pid in serving_pids(served):
            os.kill(pid, signal.SIGKILL)
        served.wait_until_live()
        wait_for(lambda: len(serving_pids(served)) == 2, 20)
        assert served.stop() == 0
    assert "died" in served.log.read_text()


def test_workers_do_not_outlive_their_manager(folder: Path) -> None:
    with serving(folder, AGORA_WORKERS="2") as served:
        wait_for(lambda: len(serving_pids(served)) == 2, 20)
        workers = [psutil.Process(pid) for pid in serving_pids(served)]
        os.kill(served.process.pid, signal.SIGKILL)
        served.process.wait()
        _, alive = psutil.wait_procs(workers, timeout=15)
        assert alive == []
    with socket.create_server(("127.0.0.1", served.port)):
        pass


def test_lines_of_several_workers_stay_whole(folder: Path) -> None:
    with serving(folder, AGORA_WORKERS="2") as served:
        with served.client() as http:
            for _ in range(50):
                http.get("/api/notes/", headers={"X-Request-ID": "whole"})
        served.stop()
    lines = [line for line in served.log.read_text().splitlines() if "whole" in line]
    assert len(lines) == 50
    assert {json.loads(line)["status"] for line in lines} == {200}
