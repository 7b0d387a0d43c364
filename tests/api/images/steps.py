"""Pictures, and the steps that several tests take with them."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import httpx
from PIL import Image

from tests.api.client import Caller, ok

Json = dict[str, Any]

TYPES = {"jpeg": "image/jpeg", "png": "image/png", "webp": "image/webp", "gif": "image/gif"}
# What the meta data of an uploaded photo says, and no stored byte may.
PLACE = b"somewhere in Porto"


def picture(kind: str = "png", size: tuple[int, int] = (40, 30), colour: str = "teal", **saved: Any) -> bytes:
    """A picture of one colour."""
    content = BytesIO()
    Image.new("RGB", size, colour).save(content, kind.upper(), **saved)
    return content.getvalue()


def photo() -> bytes:
    """A JPEG that tells where and how it was taken: it lies on its side."""
    exif = Image.Exif()
    exif[0x0112] = 6  # to be turned by a quarter
    exif[0x010E] = PLACE.decode()
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (41.0, 8.0, 59.0)
    return picture("jpeg", (40, 30), exif=exif)


def part(content: bytes, name: str = "picture.png", kind: str = "png") -> tuple[str, bytes, str]:
    """A file of a form, as httpx takes it."""
    return name, content, TYPES[kind]


def upload(caller: Caller, product: Json, content: bytes | None = None, **fields: Any) -> httpx.Response:
    """POST images/ of a product."""
    files = {"image": part(picture() if content is None else content)}
    return caller.request("POST", f"products/{product['slug']}/images/", files=files, data=fields)


def uploaded(caller: Caller, product: Json, content: bytes | None = None, **fields: Any) -> Json:
    """A new image of a product."""
    made: Json = ok(upload(caller, product, content, **fields), 201)
    return made


def images(caller: Caller, product: Json) -> list[Json]:
    """The images of a product, in order."""
    found: list[Json] = ok(caller.get(f"products/{product['slug']}/images/"))["images"]
    return found


def fetched(url: str, **headers: str) -> httpx.Response:
    """What is behind a link, for somebody who has nothing but the link."""
    return httpx.get(url, headers=headers, timeout=20)


def primaries(caller: Caller, product: Json) -> list[int]:
    """The ids of the images that are the primary one."""
    return [each["id"] for each in images(caller, product) if each["is_primary"]]
