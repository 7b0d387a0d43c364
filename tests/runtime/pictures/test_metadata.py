"""What a picture says of its maker does not stay; how it is to be held does."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from PIL import Image, ImageOps
from PIL.ExifTags import GPS, IFD, Base

from runtime.pictures import Pictures
from tests.runtime.pictures.conftest import stored
from tests.runtime.pictures.test_formats import coarse_distance, distance, moving
from tests.support.samples import encoded, gif_of, jpeg_with, png_chunk, png_with, scene

SECRET = b"51.4778 N, 0.0014 W"
XMP = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF>" + SECRET + b"</rdf:RDF></x:xmpmeta>"


def telling(orientation: int = 1) -> Image.Exif:
    """EXIF with the place, the maker, and how the camera was held."""
    exif = Image.Exif()
    exif[Base.Orientation] = orientation
    exif[Base.Make] = "secret camera"
    exif[Base.ImageDescription] = SECRET.decode()
    place = exif.get_ifd(IFD.GPSInfo)
    place[GPS.GPSLatitudeRef], place[GPS.GPSLongitudeRef] = "N", "W"
    place[GPS.GPSLatitude], place[GPS.GPSLongitude] = (51.0, 28.0, 40.12), (0.0, 0.0, 5.31)
    place[GPS.GPSAreaInformation] = SECRET
    return exif


TELLING: dict[str, bytes] = {
    "JPEG with EXIF": encoded(scene(), "JPEG", exif=telling(), xmp=XMP, comment=SECRET, dpi=(300, 300)),
    "turned JPEG with EXIF": encoded(scene(), "JPEG", exif=telling(6), xmp=XMP, comment=SECRET),
    "JPEG with IPTC": jpeg_with(b"Photoshop 3.0\0" + b"8BIM\x04\x04\0\0" + SECRET, 0xED),
    "JPEG with an unknown segment": jpeg_with(SECRET, 0xEA),
    "PNG with EXIF": encoded(scene(), "PNG", exif=telling(3), dpi=(300, 300)),
    "PNG with texts": png_with(
        png_chunk(b"tEXt", b"Comment\0" + SECRET),
        png_chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + XMP),
        png_chunk(b"seCr", SECRET),
        png_chunk(b"tIME", b"\x07\xe8\1\1\1\1\1"),
    ),
    "WebP with EXIF": encoded(scene(), "WEBP", exif=telling(), xmp=XMP),
    "animated WebP with EXIF": encoded(
        moving()[0], "WEBP", exif=telling(8), xmp=XMP, save_all=True, append_images=moving()[1:]
    ),
    "GIF with a comment": gif_of(1, SECRET),
    "animated GIF with a comment": encoded(
        moving()[0], "GIF", comment=SECRET, save_all=True, append_images=moving()[1:], disposal=2
    ),
}


@pytest.mark.promise("4.39")
@pytest.mark.parametrize("name", TELLING)
async def test_nothing_of_it_is_stored(pictures: Pictures, name: str) -> None:
    sent = TELLING[name]
    assert SECRET in sent
    _, data = await stored(pictures, sent)
    for trace in (SECRET, b"secret", b"Exif", b"http://ns.adobe.com", b"xmpmeta", b"8BIM", b"tEXt", b"eXIf", b"EXIF"):
        assert trace not in data, trace
    with Image.open(BytesIO(data)) as after:
        after.load()
        assert not after.getexif()
        assert not after.getexif().get_ifd(IFD.GPSInfo)
        left = {name for name in after.info if name in ("exif", "xmp", "comment", "dpi", "photoshop", "Comment")}
        assert not left


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize(("kind", "options"), [("JPEG", {"quality": 95}), ("PNG", {}), ("WEBP", {"lossless": True})])
async def test_it_is_put_upright(pictures: Pictures, kind: str, options: dict[str, Any], orientation: int) -> None:
    sent = encoded(scene(), kind, exif=telling(orientation), **options)
    with Image.open(BytesIO(sent)) as before:
        upright = ImageOps.exif_transpose(before)
    picture, data = await stored(pictures, sent)
    with Image.open(BytesIO(data)) as after:
        assert after.size == upright.size == (picture.width, picture.height)
        assert after.size == ((40, 60) if orientation > 4 else (60, 40))
        assert (coarse_distance(after, upright) <= 8) if kind == "JPEG" else (distance(after, upright) == 0)


@pytest.mark.parametrize(
    "exif", [b"Exif\0\0nonsense", b"Exif\0\0II*\0\xff\xff\xff\xff", b"Exif\0\0MM\0*\0\0\0\x08\xff\xff"]
)
async def test_metadata_that_cannot_be_read_does_not_matter(pictures: Pictures, exif: bytes) -> None:
    _, data = await stored(pictures, jpeg_with(exif, 0xE1))
    with Image.open(BytesIO(data)) as after:
        assert coarse_distance(after, scene()) <= 15
