"""Requests that are sent again under a key: done once, answered alike, whoever hangs up or dies meanwhile."""

from __future__ import annotations

import asyncio
import os
import signal
import sqlite3
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import asyncpg
import httpx
import psutil
import pytest

from runtime.calls.idempotency import Attempt
from tests.api.client import Caller, at_once, eventually, faults, ok, problem, token, unique
from tests.api.clinic.callers import PEOPLE, Visitor, booking
from tests.api.conftest import client_of
from tests.support.servers import Server, running, wait_until_ready
from tests.support.sql import execute

OLD = "INSERT INTO agora_idempotency (scope, key, fingerprint, status, created_at) VALUES ('old', '{}', '', 204, '{}')"


def sent(caller: Visitor, path: str, body: Any, key: str, **more: Any) -> httpx.Response:
    """A POST under a key."""
    return caller.post(path, body, headers={"Idempotency-Key": key}, **more)


def is_replay(answer: httpx.Response) -> bool:
    return answer.headers.get("idempotency-replayed") == "true"


def shown(answer: httpx.Response) -> tuple[int, bytes, str | None]:
    """What a client must get again."""
    return answer.status_code, answer.content, answer.headers.get("location")


# --- again ------------------------------------------------------------------------------------


def test_a_creation_is_done_once(people: dict[str, Visitor], nobody: Caller, room: str) -> None:
    eva, path, key = people["eva"], f"{room}appointments/", unique("booking-")
    first = sent(eva, path, booking(people), key)
    ok(first, 201)
    assert first.headers["location"] and not is_replay(first)
    for again in (f'"{key}"', key):
        second = sent(eva, path, booking(people), again)
        assert shown(second) == shown(first)
        assert is_replay(second)
        assert second.headers["content-type"] == "application/json"
        assert second.headers["x-request-id"] != first.headers["x-request-id"]
    assert len(ok(nobody.get(path))) == 1


def test_without_a_key_or_with_another_one_it_is_done_again(people: dict[str, Visitor], room: str) -> None:
    eva, path, key = people["eva"], f"{room}appointments/", unique("booking-")
    ok(sent(eva, path, booking(people), key), 201)
    problem(eva.post(path, booking(people)), 409, "SLOT_TAKEN")
    problem(sent(eva, path, booking(people), key + "x"), 409, "SLOT_TAKEN")


def test_an_action_is_done_once(people: dict[str, Visitor], room: str) -> None:
    eva, key = people["eva"], unique("later-")
    made = ok(eva.post(f"{room}appointments/", booking(people)), 201)
    path = f"{room}appointments/{made['id']}/"
    first = sent(eva, f"{path}postpone/", {"minutes": 30}, key)
    second = sent(eva, f"{path}postpone/", {"minutes": 30.0, "reason": None}, key)
    problem(second, 422, "IDEMPOTENCY_KEY_REUSED")  # what was left out is not what was sent as null
    second = sent(eva, f"{path}postpone/", {"minutes": 30.0}, key)
    assert shown(second) == shown(first) and is_replay(second)
    assert ok(eva.get(path))["starts_at"] == "2027-03-01T09:30:00.000000Z"


def test_the_answer_stays_what_it_was(people: dict[str, Visitor], room: str) -> None:
    eva, key = people["eva"], unique("later-")
    made = ok(eva.post(f"{room}appointments/", booking(people)), 201)
    path = f"{room}appointments/{made['id']}/"
    first = sent(eva, f"{path}postpone/", {"minutes": 30}, key)
    ok(eva.patch(path, {"kind": "surgery"}))
    ok(eva.delete(path), 204)
    assert shown(sent(eva, f"{path}postpone/", {"minutes": 30}, key)) == shown(first)
    problem(sent(eva, f"{path}postpone/", {"minutes": 30}, unique("later-")), 409, "ALREADY_CANCELLED")


def test_a_form_is_the_same_each_time_it_is_sent(people: dict[str, Visitor], room: str) -> None:
    eva, key = people["eva"], unique("series-")
    fields = {"doctor_id": people["joana"].account["key"], "times": '[{"starts_at": "2027-06-01T08:00:00Z"}]'}
    multipart = {"files": {name: (None, text) for name, text in fields.items()}}
    answers = [
        eva.request("POST", f"{room}series/", headers={"Idempotency-Key": key}, **form)
        for form in (multipart, multipart, {"data": fields})
    ]
    assert {shown(each) for each in answers} == {shown(answers[0])}
    assert [is_replay(each) for each in answers] == [False, True, True]


# --- not again --------------------------------------------------------------------------------


def test_another_request_under_the_key_is_refused(people: dict[str, Visitor], manager: Visitor, room: str) -> None:
    eva, path, key = people["eva"], f"{room}appointments/", unique("booking-")
    ok(sent(eva, path, booking(people), key), 201)
    problem(sent(eva, path, booking(people, kind="surgery"), key), 422, "IDEMPOTENCY_KEY_REUSED")
    problem(sent(eva, path, booking(people, 10), key), 422, "IDEMPOTENCY_KEY_REUSED")
    assert faults(sent(eva, path, booking(people, kind="nap"), key)) == {"kind"}
    made = ok(manager.post(room.partition("rooms/")[0] + "rooms/", {"number": "13"}), 201)
    elsewhere = f"{room.partition('rooms/')[0]}rooms/{made['id']}/appointments/"
    problem(sent(eva, elsewhere, booking(people), key), 422, "IDEMPOTENCY_KEY_REUSED")


def test_keys_belong_to_caller_and_operation(people: dict[str, Visitor], nobody: Caller, room: str) -> None:
    path, key = f"{room}appointments/", unique("booking-")
    made = ok(sent(people["eva"], path, booking(people), key), 201)
    other = sent(people["ivo"], path, booking(people, 10), key)
    assert ok(other, 201)["patient"]["full_name"] == "Ivo Reis" and not is_replay(other)
    moved = sent(people["eva"], f"{path}{made['id']}/postpone/", {"minutes": 20}, key)
    assert ok(moved)["id"] == made["id"] and not is_replay(moved)
    problem(nobody.post(path, booking(people), headers={"Idempotency-Key": key}), 401, "NOT_AUTHENTICATED")


def test_failures_are_not_kept(people: dict[str, Visitor], room: str) -> None:
    eva, ivo, path, key = people["eva"], people["ivo"], f"{room}appointments/", unique("booking-")
    taken = ok(ivo.post(path, booking(people)), 201)
    for _ in range(2):
        problem(sent(eva, path, booking(people), key), 409, "SLOT_TAKEN")
    ok(ivo.delete(f"{path}{taken['id']}/"), 204)
    first = sent(eva, path, booking(people), key)
    ok(first, 201)
    assert not is_replay(first)
    assert shown(sent(eva, path, booking(people), key)) == shown(first)


@pytest.mark.parametrize(
    "key", ["", '""', "a b", '"a b"', '"a', 'a"'[::-1], '"a"b"', '"\\a"', '"a";x=1', "x" * 256, "é"]
)
def test_a_malformed_key_is_refused(people: dict[str, Visitor], nobody: Caller, room: str, key: str) -> None:
    path = f"{room}appointments/"
    headers = {"Idempotency-Key": key.encode()}
    assert faults(people["eva"].post(path, booking(people), headers=headers)) == {"Idempotency-Key"}
    assert faults(people["eva"].post(path, booking(people, kind="nap"), headers=headers)) == {"kind"}
    assert ok(nobody.get(path)) == []


@pytest.mark.parametrize("key", ["x" * 255, '"' + "y" * 255 + '"', '"a\\"b\\\\"', "a/b;c=d,e:f", "~!"])
def test_a_key_is_any_visible_text(people: dict[str, Visitor], room: str, key: str) -> None:
    first = sent(people["eva"], f"{room}appointments/", booking(people), key)
    ok(first, 201)
    assert shown(sent(people["eva"], f"{room}appointments/", booking(people), key)) == shown(first)


def test_a_key_means_nothing_where_it_is_not_offered(people: dict[str, Visitor], room: str) -> None:
    made = ok(people["eva"].post(f"{room}appointments/", booking(people)), 201)
    remind = f"{room}appointments/{made['id']}/remind/"
    for _ in range(2):
        answer = sent(people["eva"], remind, None, "a key")
        assert ok(answer) == {"reminded": True} and not is_replay(answer)


def test_after_a_day_a_key_is_free_again(clinic_server: Server, people: dict[str, Visitor], room: str) -> None:
    eva, path, key = people["eva"], f"{room}appointments/", unique("booking-")
    first = ok(sent(eva, path, booking(people), key), 201)
    move = "UPDATE agora_idempotency SET created_at = {} WHERE key = '" + key + "'"
    for hours, replayed in ((23, True), (25, False)):
        ago = {
            "sqlite": f"strftime('%Y-%m-%dT%H:%M:%f000Z', 'now', '-{hours} hours')",
            "postgres": f"now() - interval '{hours} hours'",
        }[clinic_server.database.partition(":")[0]]
        execute(clinic_server.database, move.format(ago))
        if not replayed:
            ok(eva.delete(f"{path}{first['id']}/"), 204)
        answer = sent(eva, path, booking(people), key)
        assert (ok(answer, 201)["id"] == first["id"], is_replay(answer)) == (replayed, replayed)
    assert is_replay(sent(eva, path, booking(people), key))


def test_a_caller_who_is_no_longer_active_gets_nothing(
    clinic_server: Server, http: httpx.Client, manager: Visitor, people: dict[str, Visitor], room: str
) -> None:
    login = unique("zoe")
    person = {"login": login, "full_name": "Zoe", "mail": f"{login}@example.org"}
    made = ok(manager.post("people/", person), 201)
    zoe = Visitor(http, token(clinic_server.key, made["id"]))
    ok(sent(zoe, f"{room}appointments/", booking(people), "one"), 201)
    execute(clinic_server.database, f"UPDATE person SET is_enabled = false WHERE id = '{made['id']}'")
    problem(sent(zoe, f"{room}appointments/", booking(people), "one"), 401, "INVALID_TOKEN")


# --- at once ----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def workers(
    project: Path, new_database: Callable[[], str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    """Four workers, and answers in their database that are too old."""
    folder = tmp_path_factory.mktemp("clinic-workers")
    with running(project, new_database(), folder, AGORA_WORKERS="4") as started:
        for number in range(3):
            execute(started.database, OLD.format(number, "2020-01-01T00:00:00.000000Z"))
        yield started


@pytest.fixture(scope="module")
def eva(workers: Server) -> Iterator[Visitor]:
    """A patient of theirs, with a room that nobody else uses."""
    with client_of(workers) as http:
        manager = Visitor(http, token(workers.key, f"00000000-0000-4000-8000-{PEOPLE['rui']:012}"))
        department = ok(manager.post("clinics/PO01/departments/", {"name": "Radiology"}), 201)
        rooms = f"clinics/PO01/departments/{department['slug']}/rooms/"
        room = ok(manager.post(rooms, {"number": "1"}), 201)
        key = token(workers.key, f"00000000-0000-4000-8000-{PEOPLE['eva']:012}")
        yield Visitor(http, key, {"series": f"{rooms}{room['id']}/series/", "room": f"{rooms}{room['id']}/"})


def one_time(day: int) -> dict[str, Any]:
    """A series of one appointment, which could be booked several times if nobody looked."""
    doctor = f"00000000-0000-4000-8000-{PEOPLE['joana']:012}"
    return {"doctor_id": doctor, "times": [{"starts_at": f"2028-01-{day:02}T08:00:00Z"}]}


def booked(eva: Visitor, day: int) -> int:
    """How many appointments there are on a day."""
    start, end = f"2028-01-{day:02}T00:00:00Z", f"2028-01-{day:02}T23:00:00Z"
    return len(ok(eva.get(f"{eva.account['room']}appointments/", **{"from": start, "until": end, "page_size": 30})))


def test_fifty_at_once_do_it_once(eva: Visitor) -> None:
    key, body = unique("series-"), one_time(1)
    answers = at_once(50, lambda _: sent(eva, eva.account["series"], body, key))
    counts = Counter(each.status_code for each in answers)
    assert set(counts) <= {201, 409} and counts[201] >= 1
    for each in answers:
        if each.status_code == 409:
            problem(each, 409, "REQUEST_IN_PROGRESS")
            assert each.headers["retry-after"] == "1"
    done = [each for each in answers if each.status_code == 201]
    assert len({shown(each) for each in done}) == 1
    assert sum(not is_replay(each) for each in done) == 1
    assert booked(eva, 1) == 1
    assert shown(sent(eva, eva.account["series"], body, key)) == shown(done[0])


def test_what_is_too_old_is_forgotten_in_the_background(workers: Server, eva: Visitor) -> None:
    ok(sent(eva, eva.account["series"], one_time(2), unique("series-")), 201)
    eventually(lambda: counted(workers, "SELECT count(*) FROM agora_idempotency WHERE scope = 'old'"), 0)


# SQLite's transactions follow one another: there the second request finds what the first one has kept.
@pytest.mark.parametrize("backend", ["postgres"], indirect=True, scope="session")
def test_what_is_under_way_is_not_begun_again(workers: Server, eva: Visitor) -> None:
    key, body = unique("series-"), one_time(3)
    attempt = Attempt(f"appointment.book_series 00000000-0000-4000-8000-{PEOPLE['eva']:012}", key, "")
    with holding(workers, f"SELECT pg_advisory_xact_lock({attempt.lock})"):
        refused = sent(eva, eva.account["series"], body, key)
        problem(refused, 409, "REQUEST_IN_PROGRESS")
        assert refused.headers["retry-after"] == "1"
        ok(sent(eva, eva.account["series"], one_time(4), key + "x"), 201)
    first = sent(eva, eva.account["series"], body, key)
    assert ok(first, 201) and not is_replay(first)


def test_a_client_that_hangs_up_gets_the_answer_later(workers: Server, eva: Visitor) -> None:
    key, body = unique("series-"), one_time(5)
    with holding(workers, BLOCK), pytest.raises(httpx.ReadTimeout):
        sent(eva, eva.account["series"], body, key, timeout=0.5)
    eventually(lambda: booked(eva, 5), 1)
    answer = sent(eva, eva.account["series"], body, key)
    assert ok(answer, 201) and is_replay(answer)
    assert booked(eva, 5) == 1


def test_a_killed_worker_leaves_nothing_half_done(workers: Server, eva: Visitor) -> None:
    key, body = unique("series-"), one_time(6)
    lost: list[Exception] = []

    def send() -> None:
        try:
            sent(eva, eva.account["series"], body, key)
        except httpx.TransportError as error:
            lost.append(error)

    with holding(workers, BLOCK):
        request = threading.Thread(target=send)
        request.start()
        request.join(0.5)
        assert request.is_alive()
        for worker in talking(workers):
            os.kill(worker.pid, signal.SIGKILL)
        request.join(10)
    assert len(lost) == 1
    wait_until_ready(workers)
    eventually(lambda: sent(eva, eva.account["series"], body, key).status_code, 201)
    assert booked(eva, 6) == 1


# --- behind the server's back -----------------------------------------------------------------

BLOCK = "LOCK TABLE appointment IN SHARE MODE"  # on PostgreSQL; on SQLite whoever writes keeps the others out


@contextmanager
def holding(server: Server, statement: str) -> Iterator[None]:
    """A transaction of somebody else's, in which nobody can write (or that holds a lock)."""
    if server.database.startswith("sqlite"):
        connection = sqlite3.connect(server.database.removeprefix("sqlite://"), isolation_level=None, timeout=30)
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield
        finally:
            connection.execute("ROLLBACK")
            connection.close()
        return
    with asyncio.Runner() as runner:
        other = runner.run(asyncpg.connect(server.database))
        runner.run(other.execute("BEGIN"))
        try:
            runner.run(other.execute(statement))
            yield
        finally:
            runner.run(other.execute("ROLLBACK"))
            runner.run(other.close())


def talking(server: Server) -> list[psutil.Process]:
    """The workers that have a client's connection open."""
    port = int(server.url.rpartition(":")[2])
    return [
        child
        for child in psutil.Process(server.process.pid).children()
        if any(each.laddr.port == port and each.status == "ESTABLISHED" for each in child.net_connections("tcp"))
    ]


def counted(server: Server, query: str) -> int:
    """The number that a query gives."""
    if server.database.startswith("sqlite"):
        connection = sqlite3.connect(server.database.removeprefix("sqlite://"), timeout=30)
        number = connection.execute(query).fetchone()[0]
        connection.close()
        return int(number)
    with asyncio.Runner() as runner:
        other = runner.run(asyncpg.connect(server.database))
        number = runner.run(other.fetchval(query))
        runner.run(other.close())
        return int(number)
