"""Products that come with their pictures: all or nothing."""

from __future__ import annotations

from typing import Any

import pytest

from tests.api.client import Caller, faults, ok, problem, unique
from tests.api.conftest import offer
from tests.api.images.steps import fetched, images, part, picture

Json = dict[str, Any]


def form(categories: dict[str, Json]) -> dict[str, str]:
    """The least that makes a product, as a form."""
    return {name: str(value) for name, value in offer(categories).items()}


@pytest.mark.promise("3.55", "3.58")
def test_a_product_is_made_with_its_pictures(seller: Caller, nobody: Caller, categories: dict[str, Json]) -> None:
    files = [
        ("images", part(picture(colour="red"), "1.png")),
        ("images", part(picture(colour="green"), "2.png")),
        ("main_image", part(picture(colour="blue"), "3.png")),
        ("uploaded_images", part(picture(colour="black"), "4.png")),
    ]
    response = seller.request("POST", "products/", data=form(categories), files=files)
    made = ok(response, 201)
    assert made["total_images"] == 4
    assert made["primary_image"]["original_filename"] == "3.png"
    assert {each["original_filename"] for each in made["images"]} == {"1.png", "2.png", "3.png", "4.png"}
    assert [each["is_primary"] for each in made["images"]].count(True) == 1
    assert all(each["s3_key"].startswith(f"products/{made['id']}/") for each in made["images"])
    assert all(fetched(each["image_url"]).status_code == 200 for each in made["images"])
    assert ok(nobody.request("GET", response.headers["location"]))["images"] == made["images"]


def test_without_a_main_image_the_first_one_is_it(seller: Caller, categories: dict[str, Json]) -> None:
    files = [("images", part(picture(), "1.png")), ("images", part(picture(), "2.png"))]
    made = ok(seller.request("POST", "products/", data=form(categories), files=files), 201)
    assert made["primary_image"]["original_filename"] == "1.png"


@pytest.mark.promise("3.56")
def test_one_bad_picture_and_there_is_no_product(seller: Caller, nobody: Caller, categories: dict[str, Json]) -> None:
    sent = form(categories) | {"name": unique("Half a product ")}
    files = [("images", part(picture())), ("images", part(b"no picture at all")), ("main_image", part(b"nor this"))]
    assert faults(seller.request("POST", "products/", data=sent, files=files)) == {"images", "main_image"}
    assert ok(nobody.get("products/", search=sent["name"])) == []


def test_every_fault_is_told_at_once(seller: Caller, categories: dict[str, Json]) -> None:
    sent = form(categories) | {"price": "free"}
    files = [("pictures", part(picture())), ("main_image", part(picture())), ("main_image", part(picture()))]
    assert faults(seller.request("POST", "products/", data=sent, files=files)) == {"price", "pictures", "main_image"}


def test_pictures_are_added_to_those_that_are_there(seller: Caller, product: Json) -> None:
    path = f"products/{product['slug']}/"
    first = ok(seller.request("PATCH", path, files=[("images", part(picture(), "1.png"))]))
    assert (first["total_images"], first["name"]) == (1, product["name"])
    files = [("main_image", part(picture(), "2.png"))]
    second = ok(seller.request("PATCH", path, data={"price": "25.00"}, files=files))
    assert (second["total_images"], second["price"]) == (2, "25.00")
    assert second["primary_image"]["original_filename"] == "2.png"


@pytest.mark.promise("1.74")
def test_a_change_with_a_bad_picture_changes_nothing(seller: Caller, nobody: Caller, product: Json) -> None:
    path = f"products/{product['slug']}/"
    files = [("images", part(picture())), ("main_image", part(b"no picture"))]
    assert faults(seller.request("PATCH", path, data={"price": "25.00"}, files=files)) == {"main_image"}
    assert ok(nobody.get(path))["price"] == product["price"]
    assert images(nobody, product) == []


@pytest.mark.promise("4.12")
def test_too_many_pictures_and_nothing_is_changed(seller: Caller, nobody: Caller, product: Json) -> None:
    path = f"products/{product['slug']}/"
    ok(seller.request("PATCH", path, files=[("images", part(picture())) for _ in range(15)]))
    more = [("images", part(picture())) for _ in range(3)] + [("uploaded_images", part(picture())) for _ in range(3)]
    problem(seller.request("PATCH", path, data={"price": "25.00"}, files=more), 409, "TOO_MANY_IMAGES")
    assert ok(nobody.get(path))["price"] == product["price"]
    assert len(images(nobody, product)) == 15
    crowd = [("images", part(picture())) for _ in range(21)]
    assert faults(seller.request("PATCH", path, files=crowd)) == {"images"}


def test_json_is_taken_as_before(seller: Caller, categories: dict[str, Json]) -> None:
    assert ok(seller.post("products/", offer(categories)), 201)["total_images"] == 0
    assert faults(seller.post("products/", offer(categories) | {"main_image": "x"})) == {"main_image"}
