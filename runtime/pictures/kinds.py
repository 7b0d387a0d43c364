"""TABLE: the formats of pictures. One entry says how one is recognised, surveyed, decoded and named."""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import BinaryIO

from PIL import Image
from PIL.GifImagePlugin import GifImageFile
from PIL.ImageFile import ImageFile
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile
from PIL.WebPImagePlugin import WebPImageFile

from runtime.pictures import gif, jpeg, png, webp
from runtime.pictures.anatomy import Anatomy
from runtime.pictures.trailers import only_camera_data, only_padding

# Pillow's own limit only warns, and is one for the whole process; here each use has its own, checked before Pillow is.
Image.MAX_IMAGE_PIXELS = None
# What strangers' metadata looks like is nothing that an operator needs to know.
warnings.filterwarnings("ignore", category=UserWarning, module=r"PIL\.")


@dataclass(frozen=True, slots=True)
class Kind:
    """A format. `pixel_bytes` is what a pixel takes at most at one time while the picture is written anew."""

    name: str
    label: str
    media_type: str
    extension: str
    signature: re.Pattern[bytes]
    survey: Callable[[bytes], Anatomy]
    ends_at: Callable[[bytes, int], bool]
    open: Callable[[BinaryIO], ImageFile]
    pixel_bytes: int

    @property
    def encoder(self) -> str:
        """Pillow's name for it."""
        return self.name.upper()


KINDS = {
    kind.name: kind
    for kind in (
        Kind(
            "jpeg",
            "JPEG",
            "image/jpeg",
            "jpg",
            re.compile(rb"\xff\xd8\xff"),
            jpeg.survey,
            only_camera_data,
            JpegImageFile,
            8,
        ),
        Kind(
            "png",
            "PNG",
            "image/png",
            "png",
            re.compile(rb"\x89PNG\r\n\x1a\n"),
            png.survey,
            only_padding,
            PngImageFile,
            8,
        ),
        Kind(
            "webp",
            "WebP",
            "image/webp",
            "webp",
            re.compile(rb"RIFF....WEBP", re.DOTALL),
            webp.survey,
            only_padding,
            WebPImageFile,
            16,
        ),
        Kind("gif", "GIF", "image/gif", "gif", re.compile(rb"GIF8[79]a"), gif.survey, only_padding, GifImageFile, 12),
    )
}
PROGRESSIVE_PIXEL_BYTES = 2  # what a decoder holds besides, until the last scan is there: measured, as the others


def recognised(data: bytes, accept: Iterable[str]) -> Kind | None:
    """The format that the bytes begin like, if it is among those accepted."""
    return next((KINDS[name] for name in accept if KINDS[name].signature.match(data)), None)


def any_of(accept: Iterable[str]) -> str:
    """`JPEG, PNG or WebP`."""
    *others, last = (KINDS[name].label for name in accept)
    return f"{', '.join(others)} or {last}" if others else last
