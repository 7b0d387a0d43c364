"""Every format and mode comes out as it went in, to the eye; what is not accepted is named."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from PIL import Image, ImageChops, ImageCms, ImageDraw

from runtime.pictures import PictureLimits, Pictures
from tests.runtime.pictures.conftest import ALL, refusal, stored
from tests.support.samples import encoded, film, gif_of, png_chunk, png_with, samsung_trailer, scene


def distance(one: Image.Image, other: Image.Image) -> int:
    """The largest difference of any channel, as shown on white."""
    white = Image.new("RGBA", one.size, "white")
    shown = [Image.alpha_composite(white, each.convert("RGBA")).convert("RGB") for each in (one, other)]
    return max(high for _, high in ImageChops.difference(*shown).getextrema())  # type: ignore[misc] # RGB has bands


def coarse_distance(one: Image.Image, other: Image.Image) -> int:
    """The same of areas of ten by ten pixels: what is lost at edges does not count."""
    return distance(one.convert("RGBA").reduce(10), other.convert("RGBA").reduce(10))


def see_through() -> Image.Image:
    """A picture of which a part is transparent, and a part half so."""
    image = scene().convert("RGBA")
    ImageDraw.Draw(image).rectangle((10, 10, 30, 30), fill=(0, 0, 0, 0))
    ImageDraw.Draw(image).rectangle((35, 10, 50, 30), fill=(9, 9, 9, 128))
    return image


def palette_with_hole() -> Image.Image:
    """A palette of which one colour is transparent."""
    image = scene().quantize(8)
    image.info["transparency"] = image.getpixel((0, 0))
    return image


MODES: dict[str, tuple[str, Callable[[], Image.Image], dict[str, Any]]] = {
    "JPEG": ("JPEG", scene, {"quality": 90}),
    "progressive JPEG": ("JPEG", scene, {"quality": 90, "progressive": True}),
    "JPEG in full colour": ("JPEG", scene, {"quality": 90, "subsampling": 0}),
    "grey JPEG": ("JPEG", lambda: scene().convert("L"), {"quality": 90}),
    "PNG": ("PNG", scene, {}),
    "PNG with alpha": ("PNG", see_through, {}),
    "grey PNG": ("PNG", lambda: scene().convert("L"), {}),
    "grey PNG with alpha": ("PNG", lambda: see_through().convert("LA"), {}),
    "black and white PNG": ("PNG", lambda: scene().convert("1"), {}),
    "palette PNG": ("PNG", lambda: scene().quantize(8), {}),
    "palette PNG with a transparent colour": ("PNG", palette_with_hole, {}),
    "PNG with a transparent colour": ("PNG", scene, {"transparency": (200, 30, 30)}),
    "WebP": ("WEBP", scene, {"quality": 90}),
    "WebP without loss": ("WEBP", scene, {"lossless": True}),
    "WebP with alpha": ("WEBP", see_through, {"lossless": True}),
    "GIF": ("GIF", scene, {}),
    "GIF with a transparent colour": ("GIF", palette_with_hole, {}),
}


@pytest.mark.parametrize("name", MODES)
async def test_a_picture_looks_the_same_afterwards(pictures: Pictures, name: str) -> None:
    kind, make, options = MODES[name]
    sent = encoded(make(), kind, **options)
    picture, data = await stored(pictures, sent)
    with Image.open(BytesIO(sent)) as before, Image.open(BytesIO(data)) as after:
        assert after.format == kind
        assert (picture.width, picture.height) == after.size == before.size
        if kind == "JPEG" or name == "WebP":
            assert coarse_distance(before, after) <= 8
        else:
            assert distance(before, after) == 0


@pytest.mark.parametrize(
    ("kind", "media_type", "extension"),
    [
        ("JPEG", "image/jpeg", "jpg"),
        ("PNG", "image/png", "png"),
        ("WEBP", "image/webp", "webp"),
        ("GIF", "image/gif", "gif"),
    ],
)
async def test_a_format_has_its_names(pictures: Pictures, kind: str, media_type: str, extension: str) -> None:
    picture, _ = await stored(pictures, encoded(scene(), kind))
    assert (picture.media_type, picture.extension) == (media_type, extension)


async def test_a_jpeg_keeps_its_tables(pictures: Pictures) -> None:
    sent = encoded(scene(), "JPEG", quality=71, subsampling=0)
    _, data = await stored(pictures, sent)
    with Image.open(BytesIO(sent)) as before, Image.open(BytesIO(data)) as after:
        assert before.quantization == after.quantization  # type: ignore[attr-defined] # of JPEGs


async def test_a_print_becomes_what_a_screen_shows(pictures: Pictures) -> None:
    _, data = await stored(pictures, encoded(scene().convert("CMYK"), "JPEG", quality=95))
    with Image.open(BytesIO(data)) as after:
        assert after.mode == "RGB"
        assert coarse_distance(scene(), after) < 30


async def test_sixteen_bits_of_grey_become_eight(pictures: Pictures) -> None:
    values = bytes(byte for level in range(256) for byte in (255 - level, level))  # the lower byte first
    wide = Image.frombytes("I;16", (16, 16), values)
    _, data = await stored(pictures, encoded(wide, "PNG"))
    with Image.open(BytesIO(data)) as after:
        assert (after.mode, after.tobytes()) == ("L", bytes(range(256)))


async def test_colours_of_another_space_are_put_into_srgb(pictures: Pictures) -> None:
    space = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    # The same space with red and blue exchanged: what is red in it is blue on a screen.
    red, blue = (space.index(tag) for tag in (b"rXYZ", b"bXYZ"))
    swapped = bytearray(space.replace(b"s\0R\0G\0B", b"o\0d\0d\0."))
    swapped[red : red + 4], swapped[blue : blue + 4] = b"bXYZ", b"rXYZ"
    for kind in ("JPEG", "PNG", "WEBP"):
        sent = encoded(Image.new("RGB", (16, 16), (250, 0, 0)), kind, icc_profile=bytes(swapped), quality=95)
        _, data = await stored(pictures, sent)
        with Image.open(BytesIO(data)) as after:
            assert "icc_profile" not in after.info
            assert distance(after, Image.new("RGB", (16, 16), (0, 0, 250))) < 12, kind


@pytest.mark.parametrize("profile", [b"x", b"secret" * 1000, bytes(5_000_000)], ids=["short", "none", "large"])
async def test_a_profile_that_is_none_is_dropped(pictures: Pictures, profile: bytes) -> None:
    limits = PictureLimits(("webp",), 10_000_000, 1_000_000)
    _, data = await stored(pictures, encoded(scene(), "WEBP", lossless=True, icc_profile=profile), limits)
    assert b"secret" not in data
    with Image.open(BytesIO(data)) as after:
        assert "icc_profile" not in after.info
        assert distance(after, scene()) == 0


# --- animations -------------------------------------------------------------------------------


def moving(size: tuple[int, int] = (60, 60)) -> list[Image.Image]:
    """A disc that crosses a transparent ground."""
    frames = []
    for number in range(6):
        frame = Image.new("RGBA", size, (0, 0, 0, 0))
        ImageDraw.Draw(frame).ellipse((number * 8, 10, number * 8 + 20, 40), fill=(255, number * 40, 0, 255))
        frames.append(frame)
    return frames


@pytest.mark.parametrize(("kind", "options"), [("GIF", {"disposal": 2}), ("WEBP", {"lossless": True})])
async def test_an_animation_goes_on_moving(pictures: Pictures, kind: str, options: dict[str, Any]) -> None:
    first, *others = moving()
    durations = [40, 80, 120, 40, 80, 120]
    sent = encoded(first, kind, save_all=True, append_images=others, duration=durations, loop=3, **options)
    _, data = await stored(pictures, sent)
    with Image.open(BytesIO(sent)) as before, Image.open(BytesIO(data)) as after:
        assert after.n_frames == 6  # type: ignore[attr-defined] # of animations
        assert after.info["loop"] == 3
        for number, duration in enumerate(durations):
            before.seek(number)
            after.seek(number)
            before.load()
            after.load()
            assert after.info["duration"] == duration
            assert distance(before, after) == 0


async def test_a_gif_that_plays_once_goes_on_playing_once(pictures: Pictures) -> None:
    first, *others = moving()
    _, data = await stored(pictures, encoded(first, "GIF", save_all=True, append_images=others, duration=50))
    with Image.open(BytesIO(data)) as after:
        assert "loop" not in after.info


async def test_of_an_animated_png_the_still_picture_stays(pictures: Pictures) -> None:
    first, *others = moving()
    _, data = await stored(pictures, encoded(first, "PNG", save_all=True, append_images=others))
    with Image.open(BytesIO(data)) as after:
        assert getattr(after, "n_frames", 1) == 1
        assert distance(after, first) == 0


# --- what phones append -----------------------------------------------------------------------

PHOTO = encoded(scene(), "JPEG")
APPENDED = {
    "padding": b"\0" * 5_000,
    "a preview": encoded(scene(20, 20), "JPEG"),
    "two previews with padding": b"\0\0" + encoded(scene(20, 20), "JPEG") + b"\0" * 30 + PHOTO,
    "a film": film(),
    "a gain map and a film": PHOTO + film(),
    "Samsung's blocks": samsung_trailer(),
    "a film, then Samsung's blocks": film() + samsung_trailer(),
    "a film in Samsung's blocks": samsung_trailer(film()),
}


@pytest.mark.parametrize("name", APPENDED)
async def test_what_cameras_append_is_let_in_and_left_out(pictures: Pictures, name: str) -> None:
    _, plain = await stored(pictures, PHOTO)
    _, data = await stored(pictures, PHOTO + APPENDED[name])
    assert data == plain


@pytest.mark.parametrize("name", [*APPENDED][1:])
async def test_what_cameras_append_to_jpegs_is_refused_elsewhere(pictures: Pictures, name: str) -> None:
    for kind in ("PNG", "GIF", "WEBP"):
        assert await refusal(pictures, encoded(scene(), kind) + APPENDED[name])


@pytest.mark.parametrize(
    "appended", [film()[:-1], samsung_trailer()[:-1], b"\1" + samsung_trailer(), PHOTO[:-1], film() + b"no box"]
)
async def test_what_only_begins_like_it_is_refused(pictures: Pictures, appended: bytes) -> None:
    assert await refusal(pictures, PHOTO + appended) == "Must be a picture and nothing else besides."


# --- limits -----------------------------------------------------------------------------------


@pytest.mark.promise("4.34")
@pytest.mark.parametrize(
    ("accept", "message"),
    [
        (("jpeg", "png", "webp"), "Must be a JPEG, PNG or WebP picture."),
        (("png", "jpeg"), "Must be a PNG or JPEG picture."),
        (("webp",), "Must be a WebP picture."),
    ],
)
async def test_only_what_is_accepted_is(pictures: Pictures, accept: tuple[str, ...], message: str) -> None:
    assert await refusal(pictures, encoded(scene(), "GIF"), PictureLimits(accept, 10_000, 10_000)) == message


@pytest.mark.promise("4.37")
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF"])
async def test_pixels_are_counted_exactly(pictures: Pictures, kind: str) -> None:
    content = encoded(scene(60, 40), kind)
    assert await refusal(pictures, content, PictureLimits(ALL.accept, 10_000, 2_400)) is None
    told = await refusal(pictures, content, PictureLimits(ALL.accept, 10_000, 2_399))
    assert told == "Must have at most 2399 pixels."


async def test_pixels_are_those_of_all_frames(pictures: Pictures) -> None:
    assert await refusal(pictures, gif_of(100), PictureLimits(("gif",), 10_000, 100)) is None
    told = await refusal(pictures, gif_of(101), PictureLimits(("gif",), 10_000, 100))
    assert told == "Must have at most 100 pixels, all frames together."
    assert await refusal(pictures, gif_of(501)) == "Must have at most 500 frames."


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF"])
async def test_bytes_are_counted_before_and_after(pictures: Pictures, kind: str) -> None:
    noise = Image.effect_noise((200, 200), 90).convert("RGB")
    content = encoded(noise, kind)
    for size in range(len(content) // 4, len(content) + 1000, len(content) // 4):
        limits = PictureLimits(ALL.accept, size, 1_000_000)
        if len(content) > size:
            assert await refusal(pictures, content, limits) == f"Must have at most {size} bytes."
        elif await refusal(pictures, content, limits) is None:
            _, data = await stored(pictures, content, limits)
            assert len(data) <= size


async def test_a_picture_that_grows_is_written_smaller_where_that_can_be(pictures: Pictures) -> None:
    noise = Image.effect_noise((300, 300), 90).convert("RGB")
    content = encoded(noise, "JPEG", quality=98, optimize=True, progressive=True)
    _, data = await stored(pictures, content, PictureLimits(("jpeg",), len(content), 1_000_000))
    assert len(data) <= len(content)
    packed = encoded(scene(400, 300), "PNG", optimize=True)
    ancillary = png_with(png_chunk(b"teSt", b"x" * 3000))
    assert await refusal(pictures, ancillary, PictureLimits(("png",), len(packed), 1_000_000))
