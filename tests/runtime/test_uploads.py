"""Forms with files, as they arrive: in pieces of any size, within limits, with nothing left open."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator, Iterable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from runtime.errors import Problem, invalid
from runtime.fieldtypes import Bounds
from runtime.inputs import InputField
from runtime.inputs.form_input import read_form, read_form_stream
from runtime.inputs.multipart import FormReader
from runtime.inputs.uploads import FileRule, Upload, Uploads, close_all, safe_name
from tests.support import hostile
from tests.support.hostile import BOUNDARY, FORM, end, file_part, text_part

MEMBERS = {
    each.name: each
    for each in (
        InputField(name="title", type="string", limits=Bounds(max_length=50)),
        InputField(name="count", type="integer"),
        InputField(name="tags", type="list", limits=Bounds(max_items=5, max_length=50)),
    )
}
FILES = {"photo": FileRule(300_000, None), "photos": FileRule(1_000, 3), "huge": FileRule(50_000_000, None)}
TEXT_LIMIT = 10_000
ROOT = Path(__file__).parents[2]


async def pieces_of(body: bytes, size: int) -> AsyncIterator[bytes]:
    """The body in pieces."""
    for start in range(0, len(body), size):
        yield body[start : start + size]


async def read(body: bytes, size: int = 65_536, content_type: str = FORM) -> tuple[dict[str, Any], Uploads]:
    """What a form stands for."""
    document, errors, uploads = await read_form_stream(pieces_of(body, size), content_type, MEMBERS, FILES, TEXT_LIMIT)
    if errors:
        for several in uploads.values():
            close_all(several)
        raise invalid(errors)
    return document, uploads


async def refused(body: bytes, size: int = 65_536, content_type: str = FORM) -> Problem:
    """The problem that a form is refused with."""
    with pytest.raises(Problem) as caught:
        await read(body, size, content_type)
    return caught.value


def told(uploads: Uploads) -> dict[str, list[tuple[str, bytes]]]:
    """Names and contents; the files are closed afterwards."""
    contents = {}
    for member, several in uploads.items():
        contents[member] = [(each.name, each.file.read()) for each in several]
        assert [each.size for each in several] == [len(content) for _, content in contents[member]]
        close_all(several)
    return contents


@pytest.fixture(autouse=True)
def nothing_left_open() -> Iterator[None]:
    """No test leaves a temporary file open."""
    before = open_files()
    yield
    assert open_files() == before


def open_files() -> int:
    """The temporary files that this process has open; pytest has some of its own."""
    folder, found = tempfile.gettempdir(), 0
    for link in Path("/proc/self/fd").iterdir():
        try:
            found += str(link.readlink()).startswith(folder)
        except OSError:
            continue
    return found


async def test_texts_and_files_side_by_side() -> None:
    body = (
        text_part("title", "żółw".encode())
        + file_part("photo", b"\x89PNG" + bytes(range(256)), "a.png")
        + text_part("count", b"7")
        + file_part("photos", b"one", "1.png")
        + text_part("tags", b"x")
        + file_part("photos", b"two\r\n--hostile\r", "2.png")
        + text_part("tags", b"y")
        + end()
    )
    document, uploads = await read(body)
    assert document == {"title": "żółw", "count": 7, "tags": ["x", "y"]}
    assert told(uploads) == {
        "photo": [("a.png", b"\x89PNG" + bytes(range(256)))],
        "photos": [("1.png", b"one"), ("2.png", b"two\r\n--hostile\r")],
    }


@pytest.mark.parametrize("size", [0, 300_000, 5_000_000])
async def test_a_file_is_the_same_in_memory_and_on_disk(size: int) -> None:
    content = bytes(range(256)) * (size // 256) + b"end"
    _, uploads = await read(file_part("huge", content, "a.bin") + end())
    assert told(uploads) == {"huge": [("a.bin", content)]}


async def test_files_that_are_small_alone_do_not_fill_the_memory_together() -> None:
    rules = {"photos": FileRule(200_000, 20)}
    before = open_files()
    body = b"".join(file_part("photos", bytes([number]) * 150_000, f"{number}.png") for number in range(20)) + end()
    document, _, uploads = await read_form_stream(pieces_of(body, 65_536), FORM, {}, rules, TEXT_LIMIT)
    assert document == {}
    assert open_files() - before >= 18
    for number, (name, content) in enumerate(told(uploads)["photos"]):
        assert (name, content) == (f"{number}.png", bytes([number]) * 150_000)


async def test_a_urlencoded_form_has_no_files() -> None:
    document, uploads = await read(b"title=a+b&count=3", 2, "application/x-www-form-urlencoded")
    assert (document, uploads) == ({"title": "a b", "count": 3}, {})
    long = await refused(b"title=" + b"x" * TEXT_LIMIT, 1000, "application/x-www-form-urlencoded")
    assert long.status == 413


# --- pieces of any size -----------------------------------------------------------------------

parts = st.one_of(
    st.builds(text_part, st.sampled_from(["title", "count", "tags", "nope"]), st.binary(max_size=30)),
    st.builds(
        file_part,
        st.sampled_from(["photo", "photos", "title"]),
        st.one_of(
            st.binary(max_size=60),
            st.sampled_from([b"\r\n--hostil", b"\r\n--hostile", b"\r\n\r\n--", b"x" * 1001, b"\r" * 20]),
        ),
        st.sampled_from(["", "a.png", "../x", "ż.png"]),
    ),
)
bodies = st.builds(
    lambda several, ending: b"".join(several) + ending,
    st.lists(parts, max_size=6),
    st.sampled_from([end(), b"", end() + b"x"]),
)


def outcome(pieces: Iterable[bytes]) -> object:
    """Everything that can be seen of reading a form."""
    reader = FormReader(FORM, FILES, TEXT_LIMIT)
    try:
        for piece in pieces:
            reader.write(piece)
        parts, errors, uploads = reader.finish()
        return parts, errors, told(uploads)
    except Problem as problem:
        return problem.status, problem.detail
    finally:
        reader.close()


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(bodies, st.integers(1, 40))
def test_where_the_pieces_end_does_not_matter(body: bytes, size: int) -> None:
    assert outcome(body[start : start + size] for start in range(0, len(body), size)) == outcome([body])


def test_a_piece_may_end_anywhere() -> None:
    content = b"a\r\n--hostil\r\n--hostil\r\r\n--hostilf\r\n-"
    body = text_part("title", b"x") + file_part("photo", content, "a.png") + end()
    whole = ([("title", "x")], {}, {"photo": [("a.png", content)]})
    for at in range(len(body)):
        assert outcome([body[:at], body[at:]]) == whole
    assert outcome(bytes((each,)) for each in body) == whole


# --- refusals ---------------------------------------------------------------------------------


async def test_a_byte_over_the_rule_is_refused_at_once() -> None:
    exact = file_part("photos", b"x" * 1_000, "a.png") + end()
    assert len(told((await read(exact))[1])["photos"]) == 1
    asked = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal asked
        yield file_part("photos", b"", "a.png")[:-2]
        while True:
            asked += 1
            yield b"x" * 70_000

    with pytest.raises(Problem) as caught:
        await read_form_stream(endless(), FORM, MEMBERS, FILES, TEXT_LIMIT)
    assert (caught.value.status, caught.value.code) == (413, "PAYLOAD_TOO_LARGE")
    assert "'photos' may have 1000 bytes" in caught.value.detail
    assert asked <= 2


async def test_texts_have_a_limit_of_their_own() -> None:
    long = await refused(text_part("title", b"x" * TEXT_LIMIT) + end())
    assert (long.status, long.detail) == (413, "The form's text may have 10000 bytes at most.")
    assert (await refused(text_part("x" * 30, b"") * 400 + end())).status == 413
    _, uploads = await read(file_part("huge", b"x" * 1_000_000, "a.bin") + end())
    assert told(uploads)


async def test_all_that_is_wrong_is_told_at_once() -> None:
    body = (
        file_part("photo", b"1", "1.png")
        + file_part("photo", b"2", "2.png")
        + b"".join(file_part("photos", b"x", "a.png") for _ in range(5))
        + file_part("title", b"x", "a.txt")
        + file_part("unknown", b"x", "a.png")
        + text_part("huge", b"x")
        + text_part("count", b"1")
        + text_part("count", b"2")
        + text_part("tags", b"\xff")
        + end()
    )
    problem = await refused(body)
    assert problem.status == 400
    assert problem.errors == {
        "photo": ["Takes one file."],
        "photos": ["Takes 3 files at most."],
        "title": ["Files are not taken here."],
        "unknown": ["Files are not taken here."],
        "huge": ["Must be a file."],
        "count": ["Must not be sent more than once."],
        "tags": ["Must be UTF-8."],
    }


async def test_an_empty_field_of_a_browser_is_not_sent() -> None:
    body = file_part("photo", b"", "", "application/octet-stream") + text_part("title", b"x") + end()
    assert await read(body) == ({"title": "x"}, {})
    empty = await refused(file_part("photo", b"", "a.png") + end())
    assert empty.errors == {"photo": ["Must not be empty."]}


@pytest.mark.parametrize(("media_type", "is_file"), [("image/png", True), ("text/plain", False), (None, False)])
async def test_a_file_needs_no_name_but_is_no_text(media_type: str | None, is_file: bool) -> None:
    """RFC 7578, 4.2: clients need not say what a file was called."""
    kind = f"Content-Type: {media_type}\r\n" if media_type else ""
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="photo"\r\n{kind}\r\n'
    body = head.encode() + b"content\r\n" + end()
    if not is_file:
        assert (await refused(body)).errors == {"photo": ["Must be a file."]}
        return
    _, uploads = await read(body)
    (upload,) = uploads["photo"]
    assert upload.size == len(b"content")
    close_all(uploads["photo"])


@pytest.mark.parametrize("form", hostile.forms("photo"), ids=lambda form: form.name)
async def test_hostile_forms(form: hostile.HostileForm) -> None:
    assert (await refused(form.body, content_type=form.content_type)).status == form.status


@pytest.mark.parametrize("file", hostile.names(), ids=lambda file: file.name)
async def test_names_that_lead_astray(file: hostile.HostileFile) -> None:
    assert list((await refused(hostile.form_of("photo", file))).errors) == ["photo"]


def test_many_parts_are_refused_without_forms_of_files_too() -> None:
    with pytest.raises(Problem) as caught:
        read_form(text_part("tags", b"x") * 20_000 + end(), FORM, MEMBERS)
    assert caught.value.detail == "The form has more than 1000 parts."


# --- names ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("a.png", "a.png"),
        ("żółw 🐢.png", "żółw 🐢.png"),
        ("C:\\Users\\me\\a.png", "a.png"),
        ("/tmp/a.png", "a.png"),
        ("a\tb\x1b[31m\x7f.png", "ab[31m.png"),
        ("gnp.\u202egif", "gnp.gif"),
        ("a\ud800.png", "a.png"),
        ("", "picture"),
        ("folder/", "picture"),
        (" . ", "picture"),
        ("x" * 300, "x" * 255),
    ],
)
def test_a_name_is_safe_to_show(sent: str, kept: str) -> None:
    assert safe_name(sent) == kept


@given(st.text(max_size=400))
def test_every_name_is_safe_to_show(sent: str) -> None:
    name = safe_name(sent)
    assert 1 <= len(name) <= 255
    assert not set(name) & {"/", "\\", "\0", "\n", "\r"}
    assert name not in (".", "..")
    name.encode()


@pytest.mark.parametrize(
    ("parameter", "kept"),
    [
        ('filename="a b;c.png"', "a b;c.png"),
        ("filename=a.png", "a.png"),
        ('filename="a%22b.png"', 'a"b.png'),
        ('filename="a\\"b.png"', 'a"b.png'),
        ("filename*=UTF-8''%C5%BC.png", "ż.png"),
        ('FileName="a.png"; size=3', "a.png"),
        ('filename="\xff.png"', "ÿ.png"),
    ],
)
async def test_a_file_name_in_the_ways_that_clients_write_it(parameter: str, kept: str) -> None:
    body = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="photo"; {parameter}\r\n\r\nx\r\n'.encode() + end()
    _, uploads = await read(body)
    assert told(uploads) == {"photo": [(kept, b"x")]}


# --- nothing stays open -----------------------------------------------------------------------


class Gone(Exception):
    """The client has hung up."""


@pytest.mark.parametrize("broken_by", ["exception", "cancellation"])
async def test_files_are_closed_when_the_client_goes(broken_by: str) -> None:
    reached = asyncio.Event()
    before = open_files()

    async def until_gone() -> AsyncIterator[bytes]:
        yield file_part("photos", b"x" * 500, "a.png")
        yield file_part("huge", b"x" * 900_000, "a.bin")[:-2]
        if broken_by == "exception":
            raise Gone
        reached.set()
        await asyncio.Event().wait()

    reading = asyncio.create_task(read_form_stream(until_gone(), FORM, MEMBERS, FILES, TEXT_LIMIT))
    if broken_by == "cancellation":
        await reached.wait()
        assert open_files() == before + 1
        reading.cancel()
    with pytest.raises((Gone, asyncio.CancelledError)):
        await reading


async def test_cancelling_at_any_moment_leaves_nothing_open() -> None:
    body = file_part("huge", b"x" * 2_000_000, "a.bin") + end()
    for ticks in range(60):
        reading = asyncio.create_task(read(body, 50_000))
        for _ in range(ticks):
            await asyncio.sleep(0)
        reading.cancel()
        try:
            _, uploads = await reading
        except asyncio.CancelledError:
            pass
        else:
            told(uploads)


def test_a_large_upload_is_never_whole_in_memory() -> None:
    ran = subprocess.run([sys.executable, "-m", __name__], cwd=ROOT, capture_output=True, text=True, check=True)
    measured = json.loads(ran.stdout)
    assert measured["received"] == 10_000_000
    assert measured["peak"] < 1_000_000


async def measure() -> dict[str, int]:
    """Take ten megabytes; the peak is that of all that Python has allocated."""
    import tracemalloc

    async def body() -> AsyncIterator[bytes]:
        yield file_part("huge", b"", "a.bin")[:-2]
        for _ in range(200):
            yield b"x" * 50_000
        yield b"\r\n" + end()

    await read(file_part("huge", b"x", "a.bin") + end())
    tracemalloc.start()
    _, _, uploads = await read_form_stream(body(), FORM, MEMBERS, FILES, TEXT_LIMIT)
    peak = tracemalloc.get_traced_memory()[1]
    upload: Upload = uploads["huge"][0]
    content = BytesIO(upload.file.read())
    upload.file.close()
    return {"received": len(content.getvalue()), "peak": peak}


if __name__ == "__main__":
    print(json.dumps(asyncio.run(measure())))
