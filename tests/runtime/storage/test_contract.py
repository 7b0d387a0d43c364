"""What every storage of files does, whichever it is."""

from __future__ import annotations

import asyncio
import secrets
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import pytest

from runtime.storage import KeyRefused, Storage, s3
from runtime.storage import folder as folders
from tests.runtime.storage.conftest import put
from tests.support.objects import asked, status_of

WRONG_KEYS = ("", "/a.png", "a/../b.png", "../a.png", "a//b.png", "a/.png", "A/b.png", "a/b", "a/b.png/", "a/b.png\n")
REFUSED = (400, 403)  # not every server of S3 says 403


def new_key(ending: str = "png", folder: str = "products") -> str:
    return f"{folder}/{secrets.randbelow(1000)}/{secrets.token_hex(16)}.{ending}"


def changed(url: str, **parts: str) -> str:
    return urlunsplit(urlsplit(url)._replace(**parts))


@pytest.mark.promise("4.13")
async def test_what_is_stored_is_found_and_can_be_had_by_anybody(storage: Storage) -> None:
    assert storage.enabled
    key, content = new_key("webp"), secrets.token_bytes(700_000)
    assert await storage.find(key) is None
    await put(storage, key, content, "image/webp")
    found = await storage.find(key)
    assert found is not None
    assert (found.key, found.size) == (key, len(content))
    assert abs(found.modified - datetime.now(UTC)) < timedelta(seconds=10)
    answer = asked("GET", str(storage.url(key)))
    assert (answer.status_code, answer.headers["content-type"]) == (200, "image/webp")
    assert answer.content == content
    assert answer.headers["cache-control"].startswith("private, max-age=")
    part = asked("GET", str(storage.url(key)), range="bytes=5-9")
    assert part.content == content[5:10]  # with status 206, but for rclone


async def test_a_key_can_be_stored_to_again(storage: Storage) -> None:
    key = new_key()
    await put(storage, key, b"first")
    await put(storage, key, b"second one")
    assert asked("GET", str(storage.url(key))).content == b"second one"


async def test_what_is_deleted_is_gone(storage: Storage) -> None:
    keys = [new_key() for _ in range(40)]
    for key in keys[:3]:
        await put(storage, key)
    await storage.delete([])
    await storage.delete(keys)  # most are not there
    for key in keys[:3]:
        assert await storage.find(key) is None
        assert status_of("GET", str(storage.url(key))) == 404


async def test_no_other_size_is_stored_than_was_told(storage: Storage) -> None:
    key = new_key()
    for size in (6, 8):
        with pytest.raises(ValueError, match="7 bytes"):
            await storage.put(key, BytesIO(b"content"), size, "image/png")
    assert await storage.find(key) is None


@pytest.mark.parametrize("key", WRONG_KEYS)
async def test_keys_that_could_lead_elsewhere_are_refused(storage: Storage, key: str) -> None:
    with pytest.raises(KeyRefused):
        await put(storage, key)
    with pytest.raises(KeyRefused):
        await storage.delete([new_key(), key])
    assert await storage.find(key) is None


async def test_a_list_has_more_than_one_page(storage: Storage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(s3, "PAGE", 7)
    monkeypatch.setattr(folders, "BATCH", 7)
    folder = f"list{secrets.token_hex(4)}"
    keys = {new_key(folder=folder) for _ in range(20)}
    await asyncio.gather(*(put(storage, key, b"x" * 11) for key in keys))
    await put(storage, new_key(folder=f"{folder}er"))
    listed = [each async for each in storage.listed(f"{folder}/")]
    assert sorted(each.key for each in listed) == sorted(keys)
    assert {each.size for each in listed} == {11}
    assert all(abs(each.modified - datetime.now(UTC)) < timedelta(minutes=1) for each in listed)
    assert keys < {each.key async for each in storage.listed()}
    assert [each async for each in storage.listed("nobody/")] == []


# --- URLs -------------------------------------------------------------------------------------


async def test_a_url_is_for_one_object_and_to_get_it_only(storage: Storage) -> None:
    key, other = new_key(), new_key()
    await put(storage, key)
    await put(storage, other)
    url = str(storage.url(key))
    path = urlsplit(url).path
    assert status_of("GET", url) == 200
    assert status_of("GET", changed(url, path=path.replace(key, other))) == 403
    assert status_of("GET", changed(url, path=path.removesuffix(key))) in (403, 404)
    assert status_of("GET", changed(url, query="")) in REFUSED
    for method in ("PUT", "DELETE", "POST"):
        assert status_of(method, url) in (400, 403, 405, 501)
    assert asked("GET", url).content == b"content"


@pytest.mark.promise("4.14")
async def test_no_part_of_a_signature_can_be_changed(storage: Storage) -> None:
    key = new_key()
    await put(storage, key)
    parts = urlsplit(str(storage.url(key)))
    for pair in parts.query.split("&"):
        name, _, text = pair.partition("=")
        last = "1" if text[-1] != "1" else "2"
        tampered = parts.query.replace(pair, f"{name}={text[:-1]}{last}")
        assert status_of("GET", urlunsplit(parts._replace(query=tampered))) in REFUSED, name
        without = "&".join(each for each in parts.query.split("&") if each != pair)
        assert status_of("GET", urlunsplit(parts._replace(query=without))) in REFUSED, name


@pytest.mark.promise("4.15")
async def test_a_url_ends_with_its_time(kept: Callable[..., Any]) -> None:
    storage: Storage = await kept(AGORA_FILE_URL_SECONDS="4")
    key = new_key()
    await put(storage, key)
    url = str(storage.url(key))
    made = time.time()
    assert status_of("GET", url) == 200
    while status_of("GET", url) == 200:
        assert time.time() - made < 6
        await asyncio.sleep(0.1)
    assert time.time() - made > 2.9  # three quarters of its life at least
    assert status_of("GET", url) in REFUSED
    assert status_of("GET", str(storage.url(key))) == 200


async def test_urls_are_the_same_for_a_while_and_in_every_worker(kept: Callable[..., Any]) -> None:
    one, other = await kept(AGORA_FILE_URL_SECONDS="40"), await kept(AGORA_FILE_URL_SECONDS="40")
    key = new_key()
    if time.time() % 10 > 9:  # the next slot is about to begin
        await asyncio.sleep(1.1)
    assert one.url(key) == other.url(key) == one.url(key)
    assert one.url(key) != one.url(new_key())


@pytest.mark.parametrize("key", ['a"b', "a\\b", "ü", "a b", "a\nb", "../x", "a?b#c"])
async def test_a_url_can_stand_in_json_whatever_the_key(storage: Storage, key: str) -> None:
    url = str(storage.url(key))
    assert url.isascii()
    assert url.isprintable()
    assert not set('"\\ ') & set(url)
    assert status_of("GET", url) in (*REFUSED, 404)


async def test_off_has_nothing(make: Any) -> None:
    storage: Storage = await make("off")
    assert not storage.enabled
    assert storage.url("a.png") is None
    await storage.delete(["a.png"])
    assert await storage.find("a.png") is None
    assert [each async for each in storage.listed()] == []
