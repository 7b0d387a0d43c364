"""A picture → the same picture written anew: upright, in sRGB, with nothing in the file but what is to be seen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from io import BytesIO
from tempfile import SpooledTemporaryFile
from typing import Any, BinaryIO, cast

from PIL import Image, JpegImagePlugin, PngImagePlugin
from PIL.Image import Transpose
from PIL.ImageFile import ImageFile

from runtime.pictures.anatomy import Anatomy
from runtime.pictures.colours import in_srgb
from runtime.pictures.kinds import Kind
from runtime.pictures.picture import BrokenPicture, Picture, PictureRefused

# Texts in a PNG are unpacked while it is read; Pillow's own limit for all of them together is 64 MB.
PngImagePlugin.MAX_TEXT_MEMORY = 4_000_000

IN_MEMORY = 256_000  # bytes of the result; a larger one is on disk
ORIENTATION = 0x0112

_TURNS = {
    2: Transpose.FLIP_LEFT_RIGHT,
    3: Transpose.ROTATE_180,
    4: Transpose.FLIP_TOP_BOTTOM,
    5: Transpose.TRANSPOSE,
    6: Transpose.ROTATE_270,
    7: Transpose.TRANSVERSE,
    8: Transpose.ROTATE_90,
}

Options = Mapping[str, Any]


@dataclass(slots=True)
class Drawn:
    """What is to be seen: frames, how long each is shown, and how often all are; `written` is how a JPEG was."""

    frames: list[Image.Image]
    durations: list[int]
    loop: int | None
    written: Options | None = None


def rewritten(data: bytes, kind: Kind, anatomy: Anatomy, max_bytes: int) -> Picture:
    """The picture in `data` anew; refused where it cannot be decoded, or can only be written larger than allowed."""
    try:
        drawn = _drawn(data, kind, anatomy)
    except PictureRefused:
        raise
    except Exception as fault:  # what a decoder raises for bytes that make no sense is not for us to list
        raise BrokenPicture from fault
    for options in _ways(kind, anatomy, drawn):
        content = _encoded(drawn, kind, options)
        if content is None:
            continue
        size = content.seek(0, 2)
        if size <= max_bytes:
            content.seek(0)
            return Picture(content, size, kind.media_type, kind.extension, *drawn.frames[0].size)
        content.close()
    raise PictureRefused(f"Must have at most {max_bytes} bytes; written anew without its metadata, it has more.")


# --- decoding ---------------------------------------------------------------------------------


def _drawn(data: bytes, kind: Kind, anatomy: Anatomy) -> Drawn:
    with kind.open(BytesIO(data)) as image:
        if image.size != (anatomy.width, anatomy.height):
            raise BrokenPicture
        drawn = Drawn([], [], None)
        for frame in _frames(image, kind, anatomy):
            profile = image.info.get("icc_profile")
            turn = _turn(image)
            drawn.durations.append(int(image.info.get("duration") or 0))
            drawn.frames.append(_bare(in_srgb(frame if turn is None else frame.transpose(turn), profile)))
            if isinstance(image, JpegImagePlugin.JpegImageFile) and turn is None and image.mode != "CMYK":
                sampling = JpegImagePlugin.get_sampling(image)
                drawn.written = {"qtables": image.quantization, "subsampling": sampling}
        drawn.loop = image.info.get("loop")
        return drawn


def _frames(image: ImageFile, kind: Kind, anatomy: Anatomy) -> Iterator[Image.Image]:
    """Each frame, decoded. Of an animated PNG only the still picture is taken: few programs show more of it."""
    for number in range(anatomy.frames):
        if number:
            image.seek(number)
        image.load()
        yield image if anatomy.frames == 1 else image.copy()


def _turn(image: Image.Image) -> Transpose | None:
    """What puts the picture upright. Metadata that cannot be read says nothing; the picture is well without it."""
    try:
        return _TURNS.get(image.getexif().get(ORIENTATION, 1))
    except Exception:
        return None


def _bare(image: Image.Image) -> Image.Image:
    """The picture without what its file said besides; encoders would write some of it again."""
    bare = image.copy() if isinstance(image, ImageFile) else image
    bare.info = {name: value for name, value in image.info.items() if name == "transparency"}
    return bare


# --- encoding ---------------------------------------------------------------------------------


def _ways(kind: Kind, anatomy: Anatomy, drawn: Drawn) -> Iterator[Options]:
    """How to write it, best first; the next is tried where the result is larger than allowed."""
    if kind.name == "jpeg":
        if drawn.written:
            yield drawn.written
        yield {"quality": 92}
        yield {"quality": 80}
    elif kind.name == "webp":
        if anatomy.lossless:
            yield {"lossless": True, "quality": 50, "method": 2}
        yield {"quality": 90, "method": 2}
        yield {"quality": 75, "method": 4}
    else:
        yield {}


def _encoded(drawn: Drawn, kind: Kind, options: Options) -> BinaryIO | None:
    """The file's content; None where it cannot be written in this way, such as with tables that are none."""
    first, *others = drawn.frames
    moving = _moving(drawn, kind) if others else {}
    with ExitStack() as stack:
        content = cast(BinaryIO, stack.enter_context(SpooledTemporaryFile(max_size=IN_MEMORY)))
        try:
            first.save(content, kind.encoder, **moving, **options)
        except (OSError, ValueError, TypeError, KeyError) as fault:
            if isinstance(fault, OSError) and fault.errno:
                raise  # the disk's fault, not the picture's
            return None
        stack.pop_all()
        return content


def _moving(drawn: Drawn, kind: Kind) -> Options:
    options: dict[str, Any] = {"save_all": True, "append_images": drawn.frames[1:], "duration": drawn.durations}
    if drawn.loop is not None:
        options["loop"] = drawn.loop
    if kind.name == "gif" and any("transparency" in each.info or each.mode == "RGBA" for each in drawn.frames):
        options["disposal"] = 2  # what is transparent in one frame must not show the one before
    return options
