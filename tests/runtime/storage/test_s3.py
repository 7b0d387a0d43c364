"""S3 that hangs, is away, refuses us or has no credentials for us."""

from __future__ import annotations

import asyncio
import logging
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from runtime.settings import load
from runtime.storage import Storage, StorageUnavailable, open_storage
from runtime.storage.s3 import PARALLEL, S3Storage
from tests.runtime.storage.conftest import SECRET, Maker, put
from tests.support.objects import OwnS3, asked, status_of

LIMIT = 5.0


async def until_it_works(storage: Storage, key: str) -> None:
    """It recovers by itself, and soon."""
    end = time.monotonic() + 10
    while True:
        try:
            await put(storage, key)
            return
        except StorageUnavailable:
            assert time.monotonic() < end
            await asyncio.sleep(0.1)


async def everything(storage: Storage) -> None:
    """Whatever can be asked fails in time, and says what it is about."""

    async def asks() -> Any:
        return [each async for each in storage.listed("a/")]

    for ask in (
        lambda: put(storage, "a/1.png"),
        lambda: storage.delete([f"a/{n}.png" for n in range(100)]),
        lambda: storage.find("a/1.png"),
        asks,
    ):
        began = time.monotonic()
        with pytest.raises(StorageUnavailable, match="storage of files"):
            await ask()
        assert time.monotonic() - began < LIMIT


async def test_a_storage_that_hangs_is_given_up_in_time_and_comes_back(own_s3: OwnS3, make: Maker) -> None:
    storage = await make(own_s3.url, own_s3.credentials)
    await put(storage, "a/kept.png")
    own_s3.pause()
    await everything(storage)
    own_s3.resume()
    await until_it_works(storage, "a/2.png")
    assert await storage.find("a/kept.png") is not None


async def test_nobody_waits_longer_because_many_wait(own_s3: OwnS3, make: Maker) -> None:
    storage = await make(own_s3.url, own_s3.credentials)
    own_s3.pause()
    began = time.monotonic()
    failed = await asyncio.gather(*(put(storage, f"a/{n}.png") for n in range(PARALLEL * 3)), return_exceptions=True)
    assert time.monotonic() - began < LIMIT
    assert {type(each) for each in failed} == {StorageUnavailable}
    own_s3.resume()
    await until_it_works(storage, "a/again.png")


async def test_those_who_give_up_leave_nothing_taken(own_s3: OwnS3, make: Maker) -> None:
    storage = await make(own_s3.url, own_s3.credentials)
    own_s3.pause()
    for _ in range(3):
        waiting = [asyncio.create_task(put(storage, f"a/{n}.png")) for n in range(PARALLEL * 3)]
        await asyncio.sleep(0.05)
        for task in waiting:
            task.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)
    own_s3.resume()
    await until_it_works(storage, "a/again.png")


async def test_a_storage_that_is_away_comes_back_with_all_that_was_in_it(own_s3: OwnS3, make: Maker) -> None:
    storage = await make(own_s3.url, own_s3.credentials)
    await put(storage, "a/1.png", b"kept")
    own_s3.kill()
    await everything(storage)
    assert storage.url("a/1.png")
    own_s3.start()
    await until_it_works(storage, "a/2.png")
    assert asked("GET", str(storage.url("a/1.png"))).content == b"kept"


async def test_a_storage_that_is_away_at_the_start_keeps_nobody_from_starting(own_s3: OwnS3, make: Maker) -> None:
    own_s3.kill()
    storage = await make(own_s3.url, own_s3.credentials)
    url = str(storage.url("a/1.png"))
    own_s3.start()
    await until_it_works(storage, "a/1.png")
    assert status_of("GET", url) == 200


async def test_missing_credentials_are_told_at_the_start_and_may_come_later(
    own_s3: OwnS3, make: Maker, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR, "agora"):
        storage = await make(own_s3.url)
    assert "set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY" in caplog.text
    assert storage.url("a/1.png") is None
    with pytest.raises(StorageUnavailable, match="AWS_ACCESS_KEY_ID"):
        await put(storage, "a/1.png")
    for name, text in own_s3.credentials.items():
        monkeypatch.setenv(name, text)
    await put(storage, "a/1.png")
    assert status_of("GET", str(storage.url("a/1.png"))) == 200


async def test_wrong_credentials_are_unavailable_and_told_without_secrets(
    own_s3: OwnS3, make: Maker, caplog: pytest.LogCaptureFixture
) -> None:
    wrong = own_s3.credentials | {"AWS_SECRET_ACCESS_KEY": "a-secret-that-is-wrong"}
    storage = await make(own_s3.url, wrong)
    with pytest.raises(StorageUnavailable, match="PutObject was refused") as caught:
        await put(storage, "a/1.png")
    told = f"{caught.value} {caplog.text}"
    assert "a-secret-that-is-wrong" not in told
    assert "Signature=" not in told
    assert status_of("GET", str(storage.url("a/1.png"))) in (400, 403)


async def test_urls_follow_credentials_that_change(own_s3: OwnS3, make: Maker) -> None:
    storage = await make(own_s3.url, own_s3.credentials)
    assert isinstance(storage, S3Storage)
    before = str(storage.url("a/1.png"))

    class Renewed:
        """As those of a role, which are others after some hours."""

        async def get_frozen_credentials(self) -> Any:
            from botocore.credentials import ReadOnlyCredentials

            return ReadOnlyCredentials("another", "secret", "token/of+a session")

    storage._credentials = Renewed()
    await storage._renew()
    after = str(storage.url("a/1.png"))
    assert before.split("?")[0] == after.split("?")[0]
    assert "X-Amz-Credential=another%2F" in after
    assert "X-Amz-Security-Token=token%2Fof%2Ba%20session" in after


async def test_a_prefix_keeps_services_apart_in_one_bucket(own_s3: OwnS3, make: Maker) -> None:
    one = await make(own_s3.url.replace("?", "/One/shop?"), own_s3.credentials)
    other = await make(own_s3.url.replace("?", "/two?"), own_s3.credentials)
    await put(one, "a/1.png")
    assert (own_s3.bucket / "One" / "shop" / "a" / "1.png").exists()
    assert [each.key async for each in one.listed()] == ["a/1.png"]
    assert [each.key async for each in other.listed()] == []
    assert await other.find("a/1.png") is None
    assert status_of("GET", str(one.url("a/1.png"))) == 200


@pytest.mark.parametrize(
    ("url", "begins"),
    [
        ("s3://shop?region=eu-west-1", "https://shop.s3.eu-west-1.amazonaws.com/a/1.png?"),
        ("s3://shop/x?region=us-east-1", "https://shop.s3.amazonaws.com/x/a/1.png?"),
        ("s3://shop.files?region=eu-west-1", "https://s3.eu-west-1.amazonaws.com/shop.files/a/1.png?"),
        ("s3://shop?endpoint=https://s3.example/base", "https://s3.example/base/shop/a/1.png?"),
    ],
)
async def test_where_urls_lead(url: str, begins: str, make: Maker) -> None:
    storage = await make(url, {"AWS_ACCESS_KEY_ID": "key", "AWS_SECRET_ACCESS_KEY": "secret"})
    assert str(storage.url("a/1.png")).startswith(begins)


async def test_a_url_is_the_one_that_the_library_itself_signs(
    own_s3: OwnS3, make: Maker, monkeypatch: pytest.MonkeyPatch
) -> None:
    storage = await make(own_s3.url, own_s3.credentials, AGORA_FILE_URL_SECONDS="4")
    assert isinstance(storage, S3Storage)
    for _ in range(20):  # the slot is a second long: one of them is the present
        params = {"Bucket": storage._bucket.name, "Key": "a/1.png"}
        theirs = await storage._client.generate_presigned_url("get_object", Params=params, ExpiresIn=4)
        if theirs == storage.url("a/1.png"):
            return
    raise AssertionError(f"{theirs}\n{storage.url('a/1.png')}")


def test_a_storage_can_be_opened_outside_any_loop(tmp_path: Path) -> None:
    settings = load({"AGORA_STORAGE_URL": "s3://shop", "AGORA_SECRET_KEY": SECRET}, tmp_path)
    assert open_storage(replace(settings)).enabled
