"""Files that the application serves itself, as browsers ask for them."""

from __future__ import annotations

import re
import secrets
import socket
import time
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import psutil
import pytest

from runtime.storage.folder_links import FolderLinks
from tests.runtime.storage.conftest import SECRET, Maker, put
from tests.runtime.test_server import is_problem
from tests.runtime.tiny import project
from tests.support.objects import asked

CONTENT = secrets.token_bytes(600_000)


@pytest.fixture
async def url(make: Maker, served_folder: project.Served) -> str:
    """The link to a file of CONTENT."""
    storage = await make(f"file:{served_folder.folder}/kept", AGORA_PUBLIC_URL=served_folder.url)
    key = f"products/{secrets.token_hex(8)}.jpg"
    await storage.put(key, BytesIO(CONTENT), len(CONTENT), "whatever/is-said")
    return str(storage.url(key))


def test_what_a_browser_is_told(url: str) -> None:
    answer = asked("GET", url)
    assert (answer.status_code, answer.content == CONTENT) == (200, True)
    told = answer.headers
    assert told["content-type"] == "image/jpeg"
    assert told["content-length"] == str(len(CONTENT))
    assert told["x-content-type-options"] == "nosniff"
    assert told["content-security-policy"] == "default-src 'none'; sandbox"
    assert told["content-disposition"] == "inline"
    assert told["accept-ranges"] == "bytes"
    age = re.fullmatch(r"private, max-age=(\d+)", told["cache-control"])
    expires = re.search(r"expires=(\d+)", url)
    assert age and expires
    assert abs(int(expires[1]) - time.time() - int(age[1])) < 3
    assert told["etag"].startswith('"')
    assert told["x-request-id"]


def test_head_tells_the_same_without_the_file(url: str) -> None:
    head, whole = asked("HEAD", url), asked("GET", url)
    assert (head.status_code, head.content) == (200, b"")
    for name in ("content-type", "content-length", "etag", "accept-ranges", "content-security-policy"):
        assert head.headers[name] == whole.headers[name]


def test_a_client_that_has_it_gets_nothing_more(url: str) -> None:
    tag = asked("GET", url).headers["etag"]
    for said in (tag, f"W/{tag}", f'"other", {tag}', "*"):
        again = asked("GET", url, if_none_match=said)
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
        assert again.headers["cache-control"].startswith("private, max-age=")
    assert asked("GET", url, if_none_match='"other"').status_code == 200
    assert asked("GET", url, if_none_match=tag, range="bytes=0-1").status_code == 304


@pytest.mark.parametrize(
    ("said", "first", "last"),
    [
        ("bytes=0-0", 0, 0),
        ("bytes=0-", 0, 599_999),
        ("bytes=5-9", 5, 9),
        ("bytes=599999-", 599_999, 599_999),
        ("bytes=300000-9999999999", 300_000, 599_999),
        ("bytes=-5", 599_995, 599_999),
        ("bytes=-9999999", 0, 599_999),
        ("bytes=100-400000", 100, 400_000),
    ],
)
def test_ranges(url: str, said: str, first: int, last: int) -> None:
    answer = asked("GET", url, range=said)
    assert (answer.status_code, answer.headers["content-range"]) == (206, f"bytes {first}-{last}/600000")
    assert answer.content == CONTENT[first : last + 1]
    head = asked("HEAD", url, range=said)
    assert (head.status_code, head.headers["content-length"]) == (206, str(last - first + 1))


@pytest.mark.parametrize(
    "said",
    ["bytes=0-1,3-4", "bytes=", "bytes=-", "bytes=9-5", "lines=1-2", "bytes=a-b", "bytes=1", f"bytes={'9' * 30}-"],
)
def test_what_is_no_single_range_gets_the_whole(url: str, said: str) -> None:
    answer = asked("GET", url, range=said)
    assert (answer.status_code, len(answer.content)) == (200, 600_000)


@pytest.mark.parametrize("said", ["bytes=600000-", "bytes=700000-800000", "bytes=-0"])
def test_a_range_that_is_not_there(url: str, said: str) -> None:
    answer = asked("GET", url, range=said)
    is_problem(answer, 416, "RANGE_NOT_SATISFIABLE")
    assert answer.headers["content-range"] == "bytes */600000"


def test_a_range_of_what_it_was_before_gets_the_whole(url: str) -> None:
    tag = asked("GET", url).headers["etag"]
    assert asked("GET", url, range="bytes=0-1", if_range=tag).status_code == 206
    assert asked("GET", url, range="bytes=0-1", if_range='"other"').status_code == 200


@pytest.mark.parametrize(
    "change",
    [
        lambda url: url.split("?")[0],
        lambda url: url.replace("signature=", "signature=0"),
        lambda url: re.sub("signature=.*", "signature=" + "0" * 64, url),
        lambda url: re.sub("signature=.*", "signature=" + "%C3%BC" * 64, url),
        lambda url: re.sub("expires=", "expires=1", url),
        lambda url: re.sub(r"expires=\d+", "expires=abc", url),
        lambda url: re.sub(r"expires=\d+", "expires=" + "9" * 5000, url),
        lambda url: url + "&expires=9999999999",
        lambda url: url + "&a=b" * 500,
        lambda url: url.replace(".jpg", ".png"),
        lambda url: url.replace("products/", "products/../products/"),
        lambda url: url.replace("products/", "products%2F..%2Fproducts/"),
        lambda url: url.replace("/files/", "/files//"),
    ],
)
def test_what_is_not_signed_so_is_refused(url: str, change: Any) -> None:
    # Not by httpx, which would tidy the path up.
    parts = urlsplit(change(url))
    with socket.create_connection((str(parts.hostname), int(parts.port or 0)), timeout=10) as connection:
        connection.sendall(f"GET {parts.path}?{parts.query} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
        answer = b"".join(iter(lambda: connection.recv(65_536), b""))
    assert answer.startswith((b"HTTP/1.1 403", b"HTTP/1.1 404")), answer[:100]
    assert b"application/problem+json" in answer


async def test_signed_and_not_there_is_404(make: Maker, served_folder: project.Served) -> None:
    storage = await make(f"file:{served_folder.folder}/kept", AGORA_PUBLIC_URL=served_folder.url)
    for key in ("products/none.jpg", "../../generated/app.py", "none", "x" * 300 + ".jpg"):
        is_problem(asked("GET", str(storage.url(key)).replace("..", "%2E%2E")), 404, "NOT_FOUND")


def test_only_get_is_offered(url: str) -> None:
    for method in ("PUT", "POST", "DELETE", "PATCH"):
        answer = asked(method, url)
        is_problem(answer, 405, "METHOD_NOT_ALLOWED")
        assert answer.headers["allow"] == "GET, HEAD, OPTIONS"


async def test_another_key_signs_another_link(make: Maker, served_folder: project.Served) -> None:
    folder = f"file:{served_folder.folder}/kept"
    storage = await make(folder, AGORA_PUBLIC_URL=served_folder.url, AGORA_SECRET_KEY="other" * 8)
    await put(storage, "products/other.png")
    is_problem(asked("GET", str(storage.url("products/other.png"))), 403, "FORBIDDEN")


def test_clients_that_hang_up_leave_nothing_open(url: str, served_folder: project.Served) -> None:
    server = psutil.Process(served_folder.process.pid)

    def kept_open() -> list[str]:
        return [file.path for file in server.open_files() if file.path.endswith(".jpg")]

    parts = urlsplit(url)
    for _ in range(50):
        connection = socket.create_connection((str(parts.hostname), int(parts.port or 0)), timeout=10)
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        connection.sendall(f"GET {parts.path}?{parts.query} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        connection.recv(1024)
        connection.close()
    end = time.monotonic() + 10
    while kept_open():
        assert time.monotonic() < end
        time.sleep(0.05)
    assert asked("GET", url).content == CONTENT


def test_there_is_no_route_without_a_folder(tmp_path: Path) -> None:
    folder = project.write(tmp_path)
    with project.Served(folder, project.SERVE, {"AGORA_STORAGE_URL": "off"}) as served:
        is_problem(httpx.get(f"{served.url}/files/products/1.jpg"), 404, "NOT_FOUND")


def test_a_storage_that_cannot_be_used_is_503(tmp_path: Path) -> None:
    folder = project.write(tmp_path)
    links = FolderLinks("", SECRET.encode(), 60)
    settings = {"AGORA_STORAGE_URL": f"file:{folder}/kept", "AGORA_SECRET_KEY": SECRET}
    (folder / "kept").write_text("no folder")
    with project.Served(folder, project.SERVE, settings) as served:
        link = served.url + links.sign("products/1.jpg", int(time.time()))
        answer = asked("GET", link)
        assert "storage" in is_problem(answer, 503, "UNAVAILABLE")["detail"]
        assert answer.headers["retry-after"]
        assert httpx.get(f"{served.url}/health/ready").status_code == 200
        (folder / "kept").unlink()
        is_problem(asked("GET", link), 404, "NOT_FOUND")
