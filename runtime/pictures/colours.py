"""Colours as every screen takes them to be: sRGB, eight bits a channel."""

from __future__ import annotations

from io import BytesIO

from PIL import Image, ImageCms

MAX_PROFILE = 4_000_000  # those of printing presses have up to two million bytes

# Profiles that say what a picture without one means anyway.
_SRGB = frozenset({"sRGB", "sRGB IEC61966-2.1", "sRGB built-in", "sRGB2014", "c2"})
_MODES = {"RGB ": ("RGB", "RGBA"), "GRAY": ("L",), "CMYK": ("CMYK",)}


def in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """The picture in sRGB, without a profile.

    A profile that does not fit or cannot be read is dropped, not kept: browsers ignore it too, and nobody could say
    what else it holds.
    """
    image = _eight_bits(image)
    if profile and len(profile) <= MAX_PROFILE:
        try:
            return _converted(image, ImageCms.ImageCmsProfile(BytesIO(profile)))
        except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
            pass
    return _plain(image)


def _converted(image: Image.Image, profile: ImageCms.ImageCmsProfile) -> Image.Image:
    if ImageCms.getProfileDescription(profile).strip() in _SRGB:
        return _plain(image)
    modes = _MODES.get(profile.profile.xcolor_space, ())
    if "RGB" in modes and image.mode == "P":
        image = image.convert("RGBA" if "transparency" in image.info else "RGB")
    if image.mode not in modes:
        return _plain(image)
    target = image.mode if "RGB" in modes else "RGB"
    converted = ImageCms.profileToProfile(
        image,
        profile,
        ImageCms.createProfile("sRGB"),
        renderingIntent=ImageCms.Intent.RELATIVE_COLORIMETRIC,
        outputMode=target,
        flags=ImageCms.Flags.BLACKPOINTCOMPENSATION,
    )
    if converted is None:  # only where it is done in place, which was not asked for
        return _plain(image)
    return converted.convert("L") if image.mode == "L" else converted


def _eight_bits(image: Image.Image) -> Image.Image:
    """Sixteen bits of grey as eight: the higher byte of each."""
    if not image.mode.startswith("I"):
        return image
    wide = image if image.mode == "I;16" else image.convert("I;16")
    return Image.frombytes("L", wide.size, wide.tobytes()[1::2])


def _plain(image: Image.Image) -> Image.Image:
    return image.convert("RGB") if image.mode == "CMYK" else image
