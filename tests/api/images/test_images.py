"""A product's images: uploading, looking, ordering, the primary one, deleting."""

from __future__ import annotations

from io import BytesIO
from typing import Any
from uuid import UUID

import pytest
from PIL import Image

from tests.api.client import Caller, eventually, faults, ok, problem, register
from tests.api.images.steps import PLACE, fetched, images, part, photo, picture, primaries, upload, uploaded

Json = dict[str, Any]

SHAPE = {
    "id", "alt_text", "is_primary", "order", "s3_key", "original_filename", "file_size", "content_type", "created_at",
    "presigned_url", "image_url",
}  # fmt: skip
LIMIT = 20
NOWHERE = 2**62


@pytest.mark.promise("4.02", "4.03", "4.07", "4.13", "4.18", "4.40")
def test_an_image_is_uploaded_and_there_for_everybody(seller: Caller, nobody: Caller, product: Json) -> None:
    sent = picture("png", (64, 48), "tomato")
    response = upload(seller, product, sent, alt_text="From above", order=3)
    made = ok(response, 201)
    assert set(made) == SHAPE
    assert (made["alt_text"], made["order"], made["content_type"]) == ("From above", 3, "image/png")
    assert made["original_filename"] == "picture.png"
    folder, holder, name = made["s3_key"].split("/")
    assert (folder, UUID(holder), name[-4:]) == ("products", UUID(product["id"]), ".png")
    assert made["presigned_url"] == made["image_url"]
    shown = fetched(made["presigned_url"])
    assert shown.status_code == 200
    assert shown.headers["content-type"] == "image/png"
    assert len(shown.content) == made["file_size"]
    found = Image.open(BytesIO(shown.content))
    assert (found.size, found.convert("RGB").getpixel((5, 5))) == ((64, 48), (255, 99, 71))
    there = response.headers["location"]
    assert ok(nobody.request("GET", there)) == made
    assert images(nobody, product) == [made]


@pytest.mark.promise("4.16")
def test_the_list_says_whose_images_they_are(seller: Caller, nobody: Caller, product: Json) -> None:
    made = uploaded(seller, product)
    listed = ok(nobody.get(f"products/{product['slug']}/images/"))
    assert listed == {
        "product_id": product["id"],
        "product_name": product["name"],
        "product_slug": product["slug"],
        "images": [made],
        "total_images": 1,
    }


@pytest.mark.promise("4.19", "4.20")
def test_upload_image_answers_in_its_own_way(seller: Caller, nobody: Caller, product: Json) -> None:
    files = {"image": part(picture("webp"), "from above.webp", "webp")}
    path = f"products/{product['slug']}/upload_image/"
    answer = ok(seller.request("POST", path, files=files, data={"image_type": "main"}), 201)
    assert answer["success"] is True
    assert set(answer["image"]) == {"id", "url", "key", "size", "type", "uploaded_at"}
    (image,) = images(nobody, product)
    assert (answer["image"]["id"], answer["image"]["key"]) == (image["id"], image["s3_key"])
    assert (answer["image"]["type"], image["is_primary"]) == ("image/webp", True)
    assert fetched(answer["image"]["url"]).status_code == 200


@pytest.mark.promise("4.13", "4.34", "4.35")
@pytest.mark.parametrize("kind", ["jpeg", "png", "webp"])
def test_what_a_picture_is_decides_its_content(seller: Caller, product: Json, kind: str) -> None:
    made = uploaded(seller, product, picture(kind))  # always sent as picture.png, image/png
    assert made["content_type"] == f"image/{kind}"
    assert fetched(made["image_url"]).headers["content-type"] == f"image/{kind}"


@pytest.mark.promise("4.39")
def test_what_a_photo_tells_about_its_place_is_not_stored(seller: Caller, product: Json) -> None:
    sent = photo()
    assert PLACE in sent
    stored = fetched(uploaded(seller, product, sent)["presigned_url"]).content
    assert PLACE not in stored
    found = Image.open(BytesIO(stored))
    assert not found.getexif()
    assert found.size == (30, 40), "the photo stands upright without being told to"


@pytest.mark.promise("4.07", "4.41")
def test_a_name_never_becomes_a_path(seller: Caller, product: Json) -> None:
    path = f"products/{product['slug']}/images/"
    made = ok(seller.request("POST", path, files={"image": ("/etc/shadow\\passwd", picture(), "image/png")}), 201)
    assert made["original_filename"] == "passwd"
    assert "passwd" not in made["s3_key"]
    assert faults(seller.request("POST", path, files={"image": ("../../etc/passwd", picture(), "image/png")})) == {
        "image"
    }


# --- the primary one ----------------------------------------------------------------------------


def test_the_first_image_is_the_primary_one(seller: Caller, nobody: Caller, product: Json) -> None:
    first, second = uploaded(seller, product), uploaded(seller, product)
    assert primaries(nobody, product) == [first["id"]]
    assert not second["is_primary"]
    item = ok(nobody.get("products/", search=product["name"]))[0]
    assert item["primary_image"]["id"] == first["id"]
    assert fetched(item["primary_image"]["image_url"]).status_code == 200


@pytest.mark.promise("4.09", "4.20")
def test_making_one_primary_unmakes_the_other(seller: Caller, nobody: Caller, product: Json) -> None:
    first = uploaded(seller, product)
    second = uploaded(seller, product, image_type="main")
    assert primaries(nobody, product) == [second["id"]]
    path = f"products/{product['slug']}/images/{first['id']}/"
    assert ok(seller.patch(path, {"is_primary": True}))["is_primary"] is True
    assert primaries(nobody, product) == [first["id"]]


@pytest.mark.promise("4.10", "4.11", "4.31")
def test_when_the_primary_one_goes_the_next_takes_its_place(seller: Caller, nobody: Caller, product: Json) -> None:
    first = uploaded(seller, product, order=0)
    later, next_one = uploaded(seller, product, order=5), uploaded(seller, product, order=2)
    assert seller.delete(f"products/{product['slug']}/images/{first['id']}/").status_code == 204
    assert primaries(nobody, product) == [next_one["id"]]
    assert [each["id"] for each in images(nobody, product)] == [next_one["id"], later["id"]]


@pytest.mark.promise("4.28")
def test_the_main_image_has_a_route_of_its_own(seller: Caller, nobody: Caller, product: Json) -> None:
    path = f"products/{product['slug']}/main_image/"
    none = ok(nobody.get(path))
    assert none["main_image"] is None
    assert none["message"]
    made = uploaded(seller, product)
    some = ok(nobody.get(path))
    assert (some["main_image"], some["message"]) == (made, None)
    assert some["product_slug"] == product["slug"]


@pytest.mark.promise("4.29")
def test_all_images_come_with_links(seller: Caller, nobody: Caller, product: Json) -> None:
    path = f"products/{product['slug']}/images_with_presigned_urls/"
    none = ok(nobody.get(path))
    assert (none["images"], none["total_images"], none["primary_image"]) == ([], 0, None)
    assert none["message"]
    made = [uploaded(seller, product) for _ in range(2)]
    some = ok(nobody.get(path))
    assert [each["id"] for each in some["images"]] == [each["id"] for each in made]
    assert (some["total_images"], some["primary_image"]["id"]) == (2, made[0]["id"])


# --- what is told of an image -------------------------------------------------------------------


@pytest.mark.promise("4.06", "4.30")
def test_what_is_told_of_an_image_can_be_changed(seller: Caller, nobody: Caller, product: Json) -> None:
    made = uploaded(seller, product, alt_text="Before")
    path = f"products/{product['slug']}/images/{made['id']}/"
    changed = ok(seller.patch(path, {"alt_text": "After"}))
    assert changed == made | {"alt_text": "After"}
    replaced = ok(seller.put(path, {"is_primary": True, "order": 7}))
    assert replaced == made | {"alt_text": "", "order": 7}
    assert faults(seller.patch(path, {"order": -1, "s3_key": "products/x.png"})) == {"order", "s3_key"}


@pytest.mark.promise("2.11", "4.21")
def test_images_are_their_owners(seller: Caller, nobody: Caller, buyer: Caller, admin: Caller, product: Json) -> None:
    made = uploaded(seller, product)
    other = register(nobody, "seller")
    path = f"products/{product['slug']}/images/{made['id']}/"
    for caller, status, code in (
        (nobody, 401, "NOT_AUTHENTICATED"),
        (buyer, 403, "FORBIDDEN"),
        (other, 403, "FORBIDDEN"),
    ):
        problem(upload(caller, product), status, code)
        problem(caller.patch(path, {"order": 1}), status, code)
        problem(caller.delete(path), status, code)
        problem(caller.delete(f"products/{product['slug']}/delete_all_images/"), status, code)
    assert images(nobody, product) == [made]
    assert ok(admin.patch(path, {"order": 1}))["order"] == 1
    assert uploaded(admin, product)["is_primary"] is False


def test_an_image_is_found_under_its_own_product_only(
    seller: Caller, nobody: Caller, product: Json, new_product: Any
) -> None:
    made, other = uploaded(seller, product), new_product(seller)
    problem(nobody.get(f"products/{other['slug']}/images/{made['id']}/"), 404, "NOT_FOUND")
    problem(nobody.get(f"products/{product['slug']}/images/{NOWHERE}/"), 404, "NOT_FOUND")
    problem(seller.delete(f"products/{other['slug']}/images/{made['id']}/"), 404, "NOT_FOUND")


def test_what_is_no_upload_is_refused(seller: Caller, product: Json) -> None:
    path = f"products/{product['slug']}/images/"
    problem(seller.post(path, {"image": "text"}), 415, "UNSUPPORTED_MEDIA_TYPE")
    assert faults(seller.request("POST", path, files={"other": part(picture())}, data={"order": "x"})) == {
        "image", "other", "order",
    }  # fmt: skip
    twice = [("image", part(picture())), ("image", part(picture()))]
    assert faults(seller.request("POST", path, files=twice)) == {"image"}
    assert images(seller, product) == []


# --- deleting -----------------------------------------------------------------------------------


@pytest.mark.promise("4.22", "4.25")
def test_row_and_object_go_together(seller: Caller, nobody: Caller, product: Json) -> None:
    made = uploaded(seller, product)
    answer = ok(
        seller.request("DELETE", f"products/{product['slug']}/delete_image/", json={"image_key": made["s3_key"]})
    )
    assert (answer["success"], answer["deleted_key"]) == (True, made["s3_key"])
    assert images(nobody, product) == []
    eventually(lambda: fetched(made["presigned_url"]).status_code, 404)


@pytest.mark.promise("4.23")
def test_a_key_is_deleted_from_its_own_product_only(seller: Caller, product: Json, new_product: Any) -> None:
    made, other = uploaded(seller, product), new_product(seller)
    path = f"products/{other['slug']}/delete_image/"
    problem(seller.request("DELETE", path, json={"image_key": made["s3_key"]}), 404, "IMAGE_NOT_FOUND")
    assert fetched(made["presigned_url"]).status_code == 200


@pytest.mark.promise("4.24", "4.25")
def test_all_images_go_at_once(seller: Caller, nobody: Caller, product: Json) -> None:
    made = [uploaded(seller, product) for _ in range(3)]
    answer = ok(seller.delete(f"products/{product['slug']}/delete_all_images/"))
    assert (answer["success"], answer["deleted_count"]) == (True, 3)
    assert images(nobody, product) == []
    for each in made:
        assert fetched(each["presigned_url"]).status_code == 404
    assert ok(seller.delete(f"products/{product['slug']}/delete_all_images/"))["deleted_count"] == 0


@pytest.mark.promise("4.12")
def test_a_product_has_so_many_images(seller: Caller, product: Json) -> None:
    for _ in range(LIMIT):
        uploaded(seller, product)
    problem(upload(seller, product), 409, "TOO_MANY_IMAGES")
    assert len(images(seller, product)) == LIMIT


# --- links --------------------------------------------------------------------------------------


@pytest.mark.promise("4.14")
def test_a_link_is_for_one_object_as_it_was_signed(seller: Caller, product: Json) -> None:
    first, second = uploaded(seller, product), uploaded(seller, product)
    link, key, other = first["presigned_url"], first["s3_key"], second["s3_key"]
    assert fetched(link).status_code == 200
    assert fetched(link.replace(key, other)).status_code == 403
    assert fetched(link.split("?")[0]).status_code >= 400


def test_links_are_the_same_for_a_while(seller: Caller, nobody: Caller, product: Json) -> None:
    uploaded(seller, product)
    path = f"products/{product['slug']}/images/"
    first, again = nobody.get(path), nobody.get(path)
    assert first.json() == again.json()
    assert nobody.request("GET", path, headers={"If-None-Match": first.headers["etag"]}).status_code == 304
