"""With the storage off every route answers, and only what needs files is refused."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.api.client import Caller, ok, problem, register
from tests.api.conftest import client_of, offer
from tests.api.images.steps import part, picture, uploaded
from tests.support.servers import ROOT, Server, running

Json = dict[str, Any]


@pytest.fixture(scope="module")
def database(new_database: Callable[[], str]) -> str:
    """One database for a server with a storage and then one without."""
    return new_database()


@pytest.fixture(scope="module")
def pictured(database: str, tmp_path_factory: pytest.TempPathFactory) -> Json:
    """A product that got an image while there was a storage; its seller is in it under `token`."""
    folder = tmp_path_factory.mktemp("with")
    settings = {"AGORA_STORAGE_URL": f"file:{folder / 'files'}"}
    with running(ROOT, database, folder, **settings) as server, client_of(server) as http:
        seller = register(Caller(http), "seller")
        categories = {each["name"]: each for each in ok(seller.get("categories/", page_size=100))}
        made = ok(seller.post("products/", offer({"Notebooks": next(iter(categories.values()))})), 201)
        image = uploaded(seller, made)
        return {"product": made, "image": image, "username": seller.account["username"]}


@pytest.fixture(scope="module")
def off(database: str, pictured: Json, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The same database without a storage."""
    with running(ROOT, database, tmp_path_factory.mktemp("off"), AGORA_STORAGE_URL="off") as server:
        yield server


@pytest.fixture(scope="module")
def owner(off: Server, pictured: Json) -> Iterator[Caller]:
    """The product's seller."""
    with client_of(off) as http:
        tokens = ok(
            Caller(http).post(
                "/api/auth/token/", {"username": pictured["username"], "password": "correct-horse-battery"}
            )
        )
        yield Caller(http, tokens["access"])


@pytest.mark.promise("4.17")
def test_the_list_is_empty_and_says_why(owner: Caller, pictured: Json) -> None:
    listed = ok(owner.get(f"products/{pictured['product']['slug']}/images/"))
    assert (listed["images"], listed["total_images"]) == ([], 0)
    assert listed["product_id"] == pictured["product"]["id"]
    assert listed["detail"]


@pytest.mark.promise("4.04")
def test_images_have_no_links(owner: Caller, pictured: Json) -> None:
    path = f"products/{pictured['product']['slug']}/"
    one = ok(owner.get(f"{path}images/{pictured['image']['id']}/"))
    assert (one["presigned_url"], one["image_url"]) == (None, None)
    assert one["s3_key"] == pictured["image"]["s3_key"]
    assert ok(owner.get(path))["primary_image"]["image_url"] is None
    assert ok(owner.get(f"{path}main_image/"))["main_image"]["presigned_url"] is None
    assert ok(owner.get(f"{path}images_with_presigned_urls/"))["images"][0]["presigned_url"] is None
    assert ok(owner.get("profiles/profile_picture/"))["profile_picture"] is None


@pytest.mark.promise("4.32")
@pytest.mark.parametrize(
    ("method", "path", "name"),
    [
        ("POST", "products/{slug}/images/", "image"),
        ("POST", "products/{slug}/upload_image/", "image"),
        ("PATCH", "products/{slug}/", "main_image"),
        ("POST", "profiles/upload_profile_picture/", "profile_picture"),
        ("PATCH", "profiles/update_profile_picture/", "image"),
    ],
)
def test_nothing_is_uploaded(owner: Caller, pictured: Json, method: str, path: str, name: str) -> None:
    files = {name: part(picture())}
    url = path.format(slug=pictured["product"]["slug"])
    problem(owner.request(method, url, files=files), 409, "STORAGE_DISABLED")


@pytest.mark.promise("4.32")
@pytest.mark.parametrize(
    "path",
    [
        "products/{slug}/images/{id}/",
        "products/{slug}/delete_image/?image_key={key}",
        "products/{slug}/delete_all_images/",
        "profiles/delete_profile_picture/",
    ],
)
def test_nothing_is_deleted(owner: Caller, pictured: Json, path: str) -> None:
    image = pictured["image"]
    url = path.format(slug=pictured["product"]["slug"], id=image["id"], key=image["s3_key"])
    problem(owner.delete(url), 409, "STORAGE_DISABLED")
    assert ok(owner.get(f"products/{pictured['product']['slug']}/images/{image['id']}/"))["id"] == image["id"]


def test_what_brings_no_file_goes_on(owner: Caller, pictured: Json) -> None:
    path = f"products/{pictured['product']['slug']}/"
    assert ok(owner.request("PATCH", path, data={"brand": "Without"}))["brand"] == "Without"
    assert ok(owner.patch(f"{path}images/{pictured['image']['id']}/", {"alt_text": "Dark"}))["alt_text"] == "Dark"
