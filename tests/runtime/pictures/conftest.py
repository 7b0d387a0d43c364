"""One workshop for all tests of the folder."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from io import BytesIO

import pytest

from runtime.pictures import Picture, PictureLimits, PictureRefused, Pictures

ALL = PictureLimits(("jpeg", "png", "webp", "gif"), 5_000_000, 40_000_000)

Check = Callable[..., "tuple[Picture, bytes]"]


@pytest.fixture(scope="package")
def pictures() -> Iterator[Pictures]:
    """What a worker has."""
    opened = Pictures()
    yield opened
    opened.close()


async def stored(pictures: Pictures, content: bytes, limits: PictureLimits = ALL) -> tuple[Picture, bytes]:
    """What is known of a picture that was taken, and the bytes that would be stored."""
    picture = await pictures.check(BytesIO(content), limits)
    with picture.content as file:
        data = file.read()
    assert len(data) == picture.size
    return picture, data


async def refusal(pictures: Pictures, content: bytes, limits: PictureLimits = ALL) -> str | None:
    """What is said of a file that is refused; None where it was taken."""
    try:
        picture = await pictures.check(BytesIO(content), limits)
    except PictureRefused as refused:
        return refused.message
    picture.content.close()
    return None
