"""What holds of images, beyond what the API's own tests show."""

from __future__ import annotations

import os
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from tests.api.client import Caller, eventually, faults, ok, problem
from tests.api.conftest import offer
from tests.api.images.steps import fetched, images, part, picture, primaries, upload, uploaded
from tests.support.servers import Server

Json = dict[str, Any]
MEGABYTE = 1024 * 1024


def objects(server: Server) -> set[str]:
    """The keys of all files in the server's storage."""
    folder = Path(server.environment["AGORA_STORAGE_URL"].removeprefix("file:"))
    return {each.relative_to(folder).as_posix() for each in folder.rglob("*") if each.is_file()}


def noise(width: int, height: int) -> bytes:
    """A picture that nothing makes smaller: its bytes are its pixels."""
    content = BytesIO()
    Image.frombytes("RGB", (width, height), os.urandom(width * height * 3)).save(content, "PNG", compress_level=0)
    return content.getvalue()


@pytest.mark.promise("1.74", "3.56", "3.57")
def test_one_bad_picture_leaves_no_object(server: Server, seller: Caller, categories: Json) -> None:
    before = objects(server)
    sent = {name: str(value) for name, value in offer(categories).items()}
    files = [("images", part(picture())), ("images", part(picture())), ("uploaded_images", part(b"no picture"))]
    assert faults(seller.request("POST", "products/", data=sent, files=files)) == {"uploaded_images"}
    assert ok(seller.get("products/my_products/")) == []
    eventually(lambda: objects(server), before)


@pytest.mark.promise("4.12", "4.26", "4.33")
def test_what_is_refused_at_the_end_leaves_no_object(server: Server, seller: Caller, product: Json) -> None:
    """The files are stored by then, and it is the database that has the last word."""
    for _ in range(20):
        uploaded(seller, product)
    before = objects(server)
    problem(upload(seller, product), 409, "TOO_MANY_IMAGES")
    files = [("images", part(picture())) for _ in range(3)]
    problem(seller.request("PATCH", f"products/{product['slug']}/", files=files), 409, "TOO_MANY_IMAGES")
    eventually(lambda: objects(server), before)
    assert {each["s3_key"] for each in images(seller, product)} <= before


@pytest.mark.promise("4.25")
@pytest.mark.parametrize("way", ["id", "key", "all"])
def test_row_and_object_go_by_every_way(server: Server, seller: Caller, product: Json, way: str) -> None:
    made = uploaded(seller, product)
    path = f"products/{product['slug']}/"
    assert made["s3_key"] in objects(server)
    if way == "id":
        ok(seller.delete(f"{path}images/{made['id']}/"), 204)
    elif way == "key":
        ok(seller.request("DELETE", f"{path}delete_image/", json={"image_key": made["s3_key"]}))
    else:
        ok(seller.delete(f"{path}delete_all_images/"))
    assert images(seller, product) == []
    eventually(lambda: made["s3_key"] in objects(server), False)


@pytest.mark.promise("4.05", "4.06", "4.20")
def test_what_is_told_of_an_image_has_its_limits(seller: Caller, product: Json) -> None:
    longest = uploaded(seller, product, alt_text="ö" * 200, order="0", image_type="thumbnail")
    assert longest["alt_text"] == "ö" * 200
    assert faults(upload(seller, product, alt_text="x" * 201)) == {"alt_text"}
    for order in ("-1", "1.5", "x", "2147483648"):
        assert faults(upload(seller, product, order=order)) == {"order"}
    assert faults(upload(seller, product, image_type="poster")) == {"image_type"}
    path = f"products/{product['slug']}/images/{longest['id']}/"
    assert faults(seller.patch(path, {"alt_text": "x" * 201, "order": -1})) == {"alt_text", "order"}
    assert [each["id"] for each in images(seller, product)] == [longest["id"]]


@pytest.mark.promise("4.20")
def test_only_the_main_image_becomes_the_primary_one(seller: Caller, nobody: Caller, product: Json) -> None:
    first = uploaded(seller, product)
    for kind in ("gallery", "thumbnail"):
        uploaded(seller, product, image_type=kind)
        assert primaries(nobody, product) == [first["id"]]
    main = uploaded(seller, product, image_type="main")
    assert primaries(nobody, product) == [main["id"]]


@pytest.mark.promise("4.07", "4.41")
@pytest.mark.parametrize("length", [255, 256, 400])
def test_a_long_name_is_kept_to_its_limit(seller: Caller, product: Json, length: int) -> None:
    name = "n" * (length - 4) + ".png"
    path = f"products/{product['slug']}/images/"
    answer = seller.request("POST", path, files={"image": (name, picture(), "image/png")})
    if answer.status_code == 400:
        assert length > 255
        assert faults(answer) == {"image"}
    else:
        made = ok(answer, 201)
        assert len(made["original_filename"]) <= 255
        assert length > 255 or made["original_filename"] == name
        assert "nnn" not in made["s3_key"]


@pytest.mark.promise("4.11")
def test_images_are_in_order(seller: Caller, nobody: Caller, product: Json) -> None:
    made = [uploaded(seller, product, order=order)["id"] for order in (2, 1, 2, 0, 1)]
    expected = [made[at] for at in (3, 1, 4, 0, 2)]
    assert [each["id"] for each in images(nobody, product)] == expected
    path = f"products/{product['slug']}/"
    assert [each["id"] for each in ok(nobody.get(path))["images"]] == expected
    assert [each["id"] for each in ok(nobody.get(f"{path}images_with_presigned_urls/"))["images"]] == expected


@pytest.mark.promise("4.10", "4.11")
def test_of_equal_ones_the_older_takes_the_place(seller: Caller, nobody: Caller, product: Json) -> None:
    made = [uploaded(seller, product, order=order)["id"] for order in (0, 5, 5)]
    for gone, next_one in ((0, 1), (1, 2)):
        ok(seller.delete(f"products/{product['slug']}/images/{made[gone]}/"), 204)
        assert primaries(nobody, product) == [made[next_one]]


@pytest.mark.promise("4.34")
def test_gifs_are_for_profiles(seller: Caller, product: Json) -> None:
    assert faults(upload(seller, product, picture("gif"))) == {"image"}
    files = {"image": part(picture("gif"))}
    ok(seller.request("POST", "profiles/upload_profile_picture/", files=files), 201)


@pytest.mark.promise("4.36")
@pytest.mark.parametrize("limit", [10, 5])
def test_bytes_are_limited_just_so(seller: Caller, product: Json, limit: int) -> None:
    """A little less is taken, a little more is not."""
    height = limit * MEGABYTE // (3 * 1000 + 1)  # of a thousand pixels each, and a byte for the filter
    fits, too_large = noise(1000, height - 10), noise(1000, height + 10)
    assert len(fits) < limit * MEGABYTE < len(too_large)

    def send(content: bytes) -> Any:
        if limit == 10:
            return upload(seller, product, content)
        return seller.request("POST", "profiles/upload_profile_picture/", files={"image": part(content)})

    ok(send(fits), 201)
    problem(send(too_large), 413, "PAYLOAD_TOO_LARGE")


@pytest.mark.promise("4.37")
def test_forty_megapixels_and_not_a_row_more(seller: Caller, product: Json) -> None:
    assert uploaded(seller, product, picture(size=(8_000, 5_000)))["id"]
    assert faults(upload(seller, product, picture(size=(8_000, 5_001)))) == {"image"}


@pytest.mark.promise("4.38")
def test_a_picture_that_is_cut_off(seller: Caller, product: Json) -> None:
    for kind in ("jpeg", "png", "webp"):
        content = picture(kind, (300, 200))
        assert faults(upload(seller, product, content[: len(content) * 3 // 4])) == {"image"}
    assert images(seller, product) == []


@pytest.mark.promise("4.15")
def test_a_link_says_that_it_ends_within_the_hour(seller: Caller, product: Json) -> None:
    link = uploaded(seller, product)["presigned_url"]
    answer = fetched(link)
    assert answer.status_code == 200
    lasts = {
        int(part)
        for part in answer.headers["cache-control"].replace("=", " ").replace(",", " ").split()
        if part.isdigit()
    }
    assert lasts and max(lasts) <= 3600


@pytest.mark.promise("4.47")
@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "profile_picture"),
        ("POST", "upload_profile_picture"),
        ("PATCH", "update_profile_picture"),
        ("DELETE", "delete_profile_picture"),
    ],
)
def test_a_profile_is_somebodys(nobody: Caller, method: str, path: str) -> None:
    problem(nobody.request(method, f"profiles/{path}/"), 401, "NOT_AUTHENTICATED")
