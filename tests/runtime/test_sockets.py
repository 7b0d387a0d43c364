"""What only a socket shows: framing, dripping clients, clients that hang up. The deadlines here are one second."""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Iterator
from contextlib import closing

import pytest

from runtime.http.protocol import SLOWEST, Patience
from tests.runtime.test_server import note, signed_in
from tests.runtime.tiny import project
from tests.support.hostile import FORM, end, file_part

PATIENCE = 10.0
GET = b"GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n"
LAST = GET.replace(b"Host", b"Connection: close\r\nHost")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[project.Served]:
    """One server for all tests of this file."""
    folder = project.write(tmp_path_factory.mktemp("tiny"))
    with project.Served(folder, project.SERVE) as served:
        yield served


@pytest.fixture(scope="module")
def ann(server: project.Served) -> dict[str, str]:
    """Ann's headers."""
    with server.client() as http:
        return signed_in(http, "ann")


def connected(server: project.Served) -> socket.socket:
    """A fresh connection."""
    return socket.create_connection(("127.0.0.1", server.port), timeout=PATIENCE)


def everything(connection: socket.socket) -> bytes:
    """All that comes until the server closes."""
    received = b""
    try:
        while piece := connection.recv(65_536):
            received += piece
    except ConnectionResetError:
        pass
    return received


def answered(server: project.Served, request: bytes) -> bytes:
    """What is answered to raw bytes, up to the end of the connection."""
    with closing(connected(server)) as connection:
        connection.sendall(request)
        return everything(connection)


def post(headers: dict[str, str], body: bytes, path: str = "/api/notes/") -> bytes:
    """A POST with a body that is framed by its headers."""
    lines = [f"POST {path} HTTP/1.1", "Host: x", "Content-Type: application/json"]
    lines += [f"{name}: {text}" for name, text in headers.items()]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def chunked(pieces: list[bytes]) -> bytes:
    """The pieces as chunks, with the end."""
    return b"".join(b"%x\r\n%b\r\n" % (len(piece), piece) for piece in pieces) + b"0\r\n\r\n"


CHUNKED = {"Transfer-Encoding": "chunked"}


# --- framing ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        (b"NONSENSE\r\n\r\n", b"400"),
        (b"GET /health/live HTTP/9.9\r\nHost: x\r\n\r\n", b"400"),
        (b"GET /\xff HTTP/1.1\r\nHost: x\r\n\r\n", b"400"),
        (b"GET /\x00 HTTP/1.1\r\nHost: x\r\n\r\n", b"400"),
        (b"GET nowhere HTTP/1.1\r\nHost: x\r\n\r\n", b"400"),
        (b"GET http://[ HTTP/1.1\r\nHost: x\r\n\r\n", b"400"),
        (b"CONNECT x:443 HTTP/1.1\r\nHost: x\r\n\r\n", b"400"),
        (b"GET /health/live HTTP/1.1\r\nHost: x\r\nContent-Length: x\r\n\r\n", b"400"),
        (b"GET /health/live HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n", b"400"),
        (b"GET / HTTP/1.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", b"400"),
        (b"GET /health/live HTTP/1.1\r\nHost: x\r\nX: " + b"y" * 20_000 + b"\r\n\r\n", b"413"),
        (b"POST /api/notes/ HTTP/1.1\r\nHost: x\r\nExpect: magic\r\nContent-Length: 1\r\n\r\nx", b"417"),
    ],
)
def test_a_broken_request_is_a_problem_document(server: project.Served, request_: bytes, status: bytes) -> None:
    head, _, body = answered(server, request_).partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 " + status), head
    assert b"application/problem+json" in head.lower()
    assert json.loads(body)["status"] == int(status)


def test_requests_in_a_row_on_one_connection(server: project.Served) -> None:
    received = answered(server, GET * 2 + LAST)
    assert received.count(b"HTTP/1.1 200 OK") == 3


def test_a_chunked_body(server: project.Served, ann: dict[str, str]) -> None:
    body = json.dumps({"title": "in pieces", "price": 1}).encode()
    received = answered(server, post(ann | CHUNKED, chunked([body[:7], body[7:]])) + LAST)
    assert received.count(b"HTTP/1.1 ") == 2
    assert received.startswith(b"HTTP/1.1 201")


def test_a_broken_chunk(server: project.Served, ann: dict[str, str]) -> None:
    received = answered(server, post(ann | CHUNKED, b"zz\r\nx\r\n") + LAST)
    assert received.startswith(b"HTTP/1.1 400")
    assert received.count(b"HTTP/1.1 ") == 1


def test_a_chunked_body_is_cut_off_at_the_limit(server: project.Served, ann: dict[str, str]) -> None:
    piece = b" " * 8_000
    with closing(connected(server)) as connection:
        connection.sendall(post(ann | CHUNKED, b""))
        sent = 0
        try:
            for _ in range(5_000):
                connection.sendall(b"%x\r\n%b\r\n" % (len(piece), piece))
                sent += len(piece)
        except OSError:
            pass
        assert everything(connection).startswith(b"HTTP/1.1 413") or sent < 40_000_000
    assert sent < 40_000_000


@pytest.mark.parametrize(
    ("framing", "goes_on"),
    [({"Content-Length": "300"}, True), ({"Content-Length": "3000000"}, False), (CHUNKED, False)],
    ids=["small", "large", "of unknown size"],
)
@pytest.mark.parametrize(("path", "status"), [("/api/notes/", b"401"), ("/nowhere", b"404")])
def test_a_refusal_says_whether_the_connection_goes_on(
    server: project.Served, framing: dict[str, str], goes_on: bool, path: str, status: bytes
) -> None:
    answer = answered(server, post(framing, b"2\r\n", path))
    assert answer.startswith(b"HTTP/1.1 " + status)
    assert (b"connection: keep-alive" if goes_on else b"connection: close") in answer.lower()


def test_too_large_a_body_ends_the_connection(server: project.Served, ann: dict[str, str]) -> None:
    answer = answered(server, post(ann | {"Content-Length": "3000000"}, b""))
    assert answer.startswith(b"HTTP/1.1 413")
    assert b"connection: close" in answer.lower()


def test_continue_is_said_only_for_a_body_that_is_wanted(server: project.Served, ann: dict[str, str]) -> None:
    body = json.dumps({"title": "expected", "price": 1}).encode()
    headers = ann | {"Expect": "100-continue", "Content-Length": str(len(body))}
    with closing(connected(server)) as connection:
        connection.sendall(post(headers, b""))
        assert connection.recv(1000).startswith(b"HTTP/1.1 100")
        connection.sendall(body)
        assert connection.recv(1000).startswith(b"HTTP/1.1 201")
    with closing(connected(server)) as connection:
        connection.sendall(post(headers | {"Content-Length": "900000000"}, b""))
        assert b"HTTP/1.1 413" in everything(connection)


# --- slow clients -----------------------------------------------------------------------------


def dripped(server: project.Served, start: bytes, drip: bytes) -> tuple[float, bytes]:
    """Send `start`, then one byte at a time; how long the server put up with it, and what it said."""
    began = time.monotonic()
    with closing(connected(server)) as connection:
        connection.sendall(start)
        connection.settimeout(0.2)
        received = b""
        while time.monotonic() - began < PATIENCE:
            try:
                connection.sendall(drip)
                piece = connection.recv(65_536)
            except TimeoutError:
                continue
            except OSError:
                break
            if not piece:
                break
            received += piece
    return time.monotonic() - began, received


def test_dripping_headers_are_cut_off(server: project.Served) -> None:
    seconds, received = dripped(server, b"GET /health/live HTTP/1.1\r\nHost: x\r\nX: ", b"y")
    assert seconds < 3
    assert received.startswith(b"HTTP/1.1 408")


@pytest.mark.parametrize("framing", [{"Content-Length": "15000"}, CHUNKED])
def test_a_dripping_body_is_cut_off(server: project.Served, ann: dict[str, str], framing: dict[str, str]) -> None:
    drip = b" " if "Content-Length" in framing else b"1\r\n \r\n"
    seconds, received = dripped(server, post(ann | framing, b""), drip)
    assert seconds < 3
    assert received.startswith(b"HTTP/1.1 408")


def test_a_dripping_body_that_nobody_reads_is_cut_off(server: project.Served) -> None:
    start = post({"Content-Length": "15000"}, b"", "/api/notes/none/seen/")
    seconds, received = dripped(server, start, b" ")
    assert seconds < 4
    assert received.startswith(b"HTTP/1.1 404")


def test_an_idle_connection_is_closed(server: project.Served) -> None:
    with closing(connected(server)) as connection:
        connection.sendall(GET)
        began = time.monotonic()
        assert everything(connection).startswith(b"HTTP/1.1 200")
        assert 1 < time.monotonic() - began < 5


# --- uploads ----------------------------------------------------------------------------------


def upload(size: int) -> tuple[bytes, bytes]:
    """The head of a request that uploads a photo, and its body."""
    body = file_part("photo", b"x" * size, "a.jpg") + end()
    lines = ["POST /api/photos/ HTTP/1.1", "Host: x", f"Content-Type: {FORM}", f"Content-Length: {len(body)}"]
    return "\r\n".join([*lines, "Connection: close", "", ""]).encode(), body


@pytest.mark.parametrize("size", [1, 300_000, 2_000_000])
def test_an_upload_may_be_larger_than_other_bodies(server: project.Served, size: int) -> None:
    head, body = upload(size)
    assert answered(server, head + body).endswith(b"\r\n\r\n%d" % size)


def test_a_chunked_upload(server: project.Served) -> None:
    body = file_part("photo", b"x" * 1_900_000, "a.jpg") + end()
    head = f"POST /api/photos/ HTTP/1.1\r\nHost: x\r\nContent-Type: {FORM}\r\nTransfer-Encoding: chunked\r\n\r\n"
    pieces = [body[start : start + 70_000] for start in range(0, len(body), 70_000)]
    received = answered(server, head.encode() + chunked(pieces) + LAST)
    assert received.startswith(b"HTTP/1.1 200")
    assert b"\r\n\r\n1900000HTTP/1.1 200" in received


@pytest.mark.parametrize("size", [2_000_001, 5_000_000, 9_999_000, 30_000_000])
def test_too_large_an_upload_is_refused_to_a_client_that_goes_on_sending(server: project.Served, size: int) -> None:
    with server.client() as http:
        refused = http.post("/api/photos/", files={"photo": ("a.jpg", b"x" * size)})
        assert (refused.status_code, refused.json()["code"]) == (413, "PAYLOAD_TOO_LARGE")


def test_a_refused_file_is_not_waited_for(server: project.Served) -> None:
    head, body = upload(5_000_000)
    with closing(connected(server)) as connection:
        connection.sendall(head + body[:2_100_000])
        answer = everything(connection)
    assert answer.startswith(b"HTTP/1.1 413")
    assert b"connection: close" in answer.lower()


def test_a_slow_line_has_time_for_what_it_sends(server: project.Served) -> None:
    """Five seconds, at thirty kilobytes each: longer than the deadlines of bodies (one second) and answers (four)."""
    head, body = upload(150_000)
    with closing(connected(server)) as connection:
        connection.sendall(head)
        for start in range(0, len(body), 3_000):
            connection.sendall(body[start : start + 3_000])
            time.sleep(0.1)
        assert everything(connection).endswith(b"\r\n\r\n150000")


@pytest.mark.parametrize("begun", [0, 1_000_000])
def test_an_upload_that_drips_is_cut_off(server: project.Served, begun: int) -> None:
    head, body = upload(1_500_000)
    seconds, received = dripped(server, head + body[:begun], b"x")
    assert seconds < 3
    assert received.startswith(b"HTTP/1.1 408")


def test_patience_is_for_those_who_send() -> None:
    steady = Patience(30.0)
    for _ in range(1_000):
        steady.waited(1.0, SLOWEST)
    assert steady.left == 30.0
    seconds = 0
    while steady.left >= 1.0 and seconds < 100:  # it is cut off where it waits longer than that
        steady.waited(1.0, SLOWEST // 10)
        seconds += 1
    assert seconds == 33
    hasty = Patience(30.0)
    hasty.waited(0.1, 10_000_000)
    assert hasty.left == 30.0


# --- clients that hang up ---------------------------------------------------------------------


def test_hanging_up_in_the_middle_of_writes_leaves_the_server_well(server: project.Served, ann: dict[str, str]) -> None:
    body = json.dumps({"title": "abandoned", "price": 1}).encode()
    request = post(ann | {"Content-Length": str(len(body))}, body)
    for number in range(200):
        with closing(connected(server)) as connection:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\0\0\0\0\0\0\0")
            connection.sendall(request)
            time.sleep(number % 10 / 1000)
    with server.client() as http:
        began = time.monotonic()
        path = note(http, ann, "after all that")
        assert http.get(path).status_code == 200
        assert time.monotonic() - began < 5


def test_an_action_runs_to_its_end_without_its_client(server: project.Served, ann: dict[str, str]) -> None:
    with server.client() as http:
        path = note(http, ann, "slow")
        with closing(connected(server)) as connection:
            connection.sendall(post(ann | {"Content-Length": "0"}, b"", f"{path}act/"))
            time.sleep(0.5)
        assert http.get(path).json()["title"] == "slow"
        time.sleep(2.5)
        assert http.get(path).json()["title"] == "acted"


def test_an_action_that_takes_too_long_is_503(server: project.Served, ann: dict[str, str]) -> None:
    with server.client() as http:
        path = note(http, ann, "too slow")
        answer = http.post(f"{path}act/", headers=ann | {"X-Request-ID": "too-slow"})
        assert (answer.status_code, answer.json()["code"]) == (503, "UNAVAILABLE")
        assert answer.headers["retry-after"]
    lines = [json.loads(line) for line in server.log.read_text().splitlines() if "too-slow" in line]
    assert [line["status"] for line in lines] == [503]
