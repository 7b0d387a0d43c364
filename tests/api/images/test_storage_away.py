"""An S3 server that hangs, is gone, or comes back: nothing half done, nobody else waits, and all is well again."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.api.client import Caller, at_once, ok, problem, register
from tests.api.conftest import client_of, offer
from tests.api.images.steps import fetched, part, picture, upload, uploaded
from tests.support.objects import OwnS3
from tests.support.servers import ROOT, running

Json = dict[str, Any]

SOON = 5.5  # seconds in which a storage that hangs is told of
PROMPT = 1.0  # seconds in which others are answered meanwhile


@pytest.fixture(scope="module")
def away(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OwnS3]:
    """An S3 server of this module's own, to be stopped and started."""
    with OwnS3(tmp_path_factory.mktemp("away")) as server:
        yield server


@pytest.fixture(scope="module")
def nobody(away: OwnS3, new_database: Callable[[], str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Caller]:
    """A marketplace that depends on it."""
    settings = {"AGORA_STORAGE_URL": away.url, **away.credentials}
    with (
        running(ROOT, new_database(), tmp_path_factory.mktemp("server"), **settings) as server,
        client_of(server) as http,
    ):
        yield Caller(http)


@pytest.fixture
def owner(nobody: Caller) -> Caller:
    """A seller."""
    return register(nobody, "seller")


@pytest.fixture
def product(owner: Caller) -> Json:
    """With one image."""
    category = ok(owner.get("categories/"))[0]
    made: Json = ok(owner.post("products/", offer({"Notebooks": category})), 201)
    uploaded(owner, made)
    return made


def unchanged(owner: Caller, product: Json) -> None:
    """The product is as it was, with its one image and nothing more in the storage."""
    assert ok(owner.get(f"products/{product['slug']}/images/"))["total_images"] == 1


def whole(owner: Caller, product: Json) -> None:
    """Once the storage is back, what the row names is in it."""
    (image,) = ok(owner.get(f"products/{product['slug']}/images/"))["images"]
    assert fetched(image["presigned_url"]).status_code == 200


def refused(owner: Caller, product: Json) -> None:
    """Everything that needs the storage says soon that it is away."""
    (image,) = ok(owner.get(f"products/{product['slug']}/images/"))["images"]
    wishes: list[Callable[[], Any]] = [
        lambda: upload(owner, product),
        lambda: owner.request("PATCH", f"products/{product['slug']}/", files={"main_image": part(picture())}),
        lambda: owner.request("POST", "profiles/upload_profile_picture/", files={"image": part(picture())}),
        lambda: owner.delete(f"products/{product['slug']}/images/{image['id']}/"),
        lambda: owner.delete(f"products/{product['slug']}/delete_all_images/"),
    ]
    started = time.monotonic()
    for response in at_once(len(wishes), lambda number: wishes[number]()):
        assert problem(response, 503, "UNAVAILABLE")
        assert int(response.headers["retry-after"]) > 0
    assert time.monotonic() - started < SOON
    unchanged(owner, product)


@pytest.mark.promise("1.53", "4.26", "4.33")
def test_a_storage_that_hangs(away: OwnS3, owner: Caller, product: Json) -> None:
    away.pause()
    try:
        refused(owner, product)
    finally:
        away.resume()
    whole(owner, product)
    assert uploaded(owner, product)["id"]


@pytest.mark.promise("1.53", "4.26", "4.33")
def test_a_storage_that_is_gone(away: OwnS3, owner: Caller, product: Json) -> None:
    away.kill()
    try:
        refused(owner, product)
    finally:
        away.start()
    whole(owner, product)
    made = uploaded(owner, product)
    assert fetched(made["presigned_url"]).status_code == 200


def test_nobody_else_waits(away: OwnS3, owner: Caller, nobody: Caller, product: Json) -> None:
    away.pause()
    try:

        def act(number: int) -> Any:
            started = time.monotonic()
            if number % 2:
                return upload(owner, product), None
            return nobody.get("products/"), time.monotonic() - started

        answers = at_once(20, act)  # type: ignore[arg-type] # pairs, beside answers
        assert {response.status_code for response, _ in answers} == {200, 503}  # type: ignore[misc]
        assert max(taken for _, taken in answers if taken is not None) < PROMPT  # type: ignore[misc]
    finally:
        away.resume()
    unchanged(owner, product)
