"""What hostile clients upload, by name: each file and each form is refused with its status, and costs next to nothing.

`files` is for the member of a form that takes a JPEG, PNG, WebP or GIF picture of at most `max_bytes`; `forms` is whole
bodies for it.
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from dataclasses import dataclass
from io import BytesIO

from PIL import Image

from tests.support.samples import PNG_SIGNATURE, box, encoded, gif_of, jpeg_with, png_chunk, png_with, scene

BOUNDARY = "hostile"
FORM = f"multipart/form-data; boundary={BOUNDARY}"
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
HTML = b"<!DOCTYPE html><html><body><script>alert(document.domain)</script></body></html>"
SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


@dataclass(frozen=True, slots=True)
class HostileFile:
    """A file, what the client says of it, and the status that it is refused with."""

    name: str
    content: bytes
    content_type: str
    file_name: str
    status: int = 400


@dataclass(frozen=True, slots=True)
class HostileForm:
    """The body of a request, and the status that it is refused with."""

    name: str
    body: bytes
    content_type: str = FORM
    status: int = 400


def files(max_bytes: int) -> list[HostileFile]:
    """Every hostile file."""
    return [*contents(max_bytes), *names()]


def contents(max_bytes: int) -> list[HostileFile]:
    """Those of which the content is to blame."""
    return [*_wrong_types(), *_polyglots(), *_cut_off(), *_bombs(), _too_large(max_bytes)]


def names() -> list[HostileFile]:
    """Those of which the file name is to blame: the content is a picture."""
    png = encoded(Image.new("RGB", (8, 8)), "PNG")
    return [
        HostileFile("a NUL in the file name", png, "image/png", "a.png\0.html"),
        HostileFile("a way out in the file name", png, "image/png", "../../../etc/cron.d/a.png"),
        HostileFile("a way out with backslashes", png, "image/png", "..\\..\\a.png"),
    ]


def forms(member: str) -> list[HostileForm]:
    """Every hostile form; `member` is the one that takes a picture."""
    part = file_part(member, encoded(scene(), "PNG"), "a.png")
    whole = part + end()
    empty = file_part(member, b"", "a.png")
    lines = b"X: y\r\n" * 200
    return [
        HostileForm("no boundary in the content type", whole, "multipart/form-data"),
        HostileForm("another boundary in the content type", whole, "multipart/form-data; boundary=other"),
        HostileForm("a boundary that is too long", whole, "multipart/form-data; boundary=" + "x" * 300),
        HostileForm("no last boundary", part),
        HostileForm("cut off in the file", whole[:-60]),
        HostileForm("cut off in a part's head", whole[:40]),
        HostileForm("nothing at all", b""),
        HostileForm("no boundary in the body", b"x" * 5_000),
        HostileForm("a part without a name", whole.replace(b'name="', b'title="', 1)),
        HostileForm("a part's head that is too large", b"--hostile\r\nX: " + b"y" * 20_000 + b"\r\n" + whole),
        HostileForm("a part's head of too many lines", whole.replace(b"Content-Type", lines + b"Content-Type", 1)),
        HostileForm("20,000 parts", text_part("alt_text", b"x") * 20_000 + whole),
        HostileForm("20,000 files", part * 20_000 + end()),
        HostileForm("20,000 empty files", empty * 20_000 + end()),
        HostileForm("text in the place of a file", text_part(member, b"x") + end()),
    ]


def text_part(member: str, content: bytes) -> bytes:
    """A part with text."""
    return f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{member}"\r\n\r\n'.encode() + content + b"\r\n"


def file_part(member: str, content: bytes, file_name: str, content_type: str = "image/png") -> bytes:
    """A part with a file, its name sent as it is."""
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{member}"; filename="{file_name}"\r\n'
    return head.encode() + f"Content-Type: {content_type}\r\n\r\n".encode() + content + b"\r\n"


def end() -> bytes:
    """The last boundary."""
    return f"--{BOUNDARY}--\r\n".encode()


def form_of(member: str, file: HostileFile) -> bytes:
    """The body that sends a file; the content type is `FORM`."""
    return file_part(member, file.content, file.file_name, file.content_type) + end()


# --- files ------------------------------------------------------------------------------------


def _wrong_types() -> list[HostileFile]:
    small = scene()
    return [
        HostileFile("SVG named .png", SVG, "image/png", "a.png"),
        HostileFile("HTML named .jpg", HTML, "image/jpeg", "a.jpg"),
        HostileFile("PDF", PDF, "application/pdf", "a.pdf"),
        HostileFile("PDF named .png", PDF, "image/png", "a.png"),
        HostileFile("TIFF", encoded(small, "TIFF"), "image/tiff", "a.tiff"),
        HostileFile("BMP", encoded(small, "BMP"), "image/bmp", "a.bmp"),
        HostileFile("BMP named .png", encoded(small, "BMP"), "image/png", "a.png"),
        HostileFile("ICO", encoded(small, "ICO", sizes=[(16, 16)]), "image/x-icon", "a.ico"),
        HostileFile("PPM", encoded(small, "PPM"), "image/x-portable-pixmap", "a.ppm"),
        HostileFile("EPS", encoded(small, "EPS"), "image/jpeg", "a.jpg"),
        HostileFile("text", b"Hello, world!\n" * 100, "text/plain", "a.txt"),
        HostileFile("a program", b"\x7fELF" + bytes(500), "image/png", "a.png"),
        HostileFile("a signature and nothing else", PNG_SIGNATURE, "image/png", "a.png"),
        HostileFile("empty", b"", "image/png", "a.png"),
    ]


def _polyglots() -> list[HostileFile]:
    jpeg, png, webp, gif = (encoded(scene(), kind) for kind in ("JPEG", "PNG", "WEBP", "GIF"))
    archive = BytesIO()
    with zipfile.ZipFile(archive, "w") as target:
        target.writestr("a.html", HTML)
    packed = archive.getvalue()
    film = box(b"ftyp", b"mp42") + box(b"mdat", packed)
    script = png_chunk(b"tEXt", b"Title\0<script>alert(1)</script>")
    return [
        HostileFile("JPEG and ZIP", jpeg + packed, "image/jpeg", "a.jpg"),
        HostileFile("PNG and ZIP", png + packed, "image/png", "a.png"),
        HostileFile("GIF and ZIP", gif + packed, "image/gif", "a.gif"),
        HostileFile("WebP and ZIP", webp + packed, "image/webp", "a.webp"),
        HostileFile("JPEG and ZIP in a film", jpeg + film, "image/jpeg", "a.jpg"),
        HostileFile("JPEG and ZIP in a comment", jpeg_with(_commenting(packed, jpeg)), "image/jpeg", "a.jpg"),
        HostileFile("JPEG and HTML", jpeg + HTML, "image/jpeg", "a.jpg"),
        HostileFile("JPEG and HTML after padding", jpeg + b"\0" * 3000 + HTML, "image/jpeg", "a.jpg"),
        HostileFile("JPEG with a script in a comment", jpeg_with(HTML), "image/jpeg", "a.jpg"),
        HostileFile("JPEG and PDF", jpeg + PDF, "image/jpeg", "a.jpg"),
        HostileFile("JPEG with a PDF in a comment", jpeg_with(PDF), "image/jpeg", "a.jpg"),
        HostileFile("GIF with HTML", gif_of(1, b"<html><script>alert(1)</script>"), "image/gif", "a.gif"),
        HostileFile("GIF with a script after it", gif_of(1) + b"/**/=1;alert(1)", "image/gif", "a.gif"),
        HostileFile("PNG with a script", png_with(script), "image/png", "a.png"),
        HostileFile("PNG with an SVG", png_with(png_chunk(b"tEXt", b"Title\0" + SVG)), "image/png", "a.png"),
        HostileFile("PNG and PHP", png + b"<?php system($_GET[0]); ?>", "image/png", "a.png"),
    ]


def _commenting(packed: bytes, jpeg: bytes) -> bytes:
    """An archive that calls all that follows it in the JPEG its own comment."""
    return packed[:-2] + struct.pack("<H", len(jpeg) - 2)


def _cut_off() -> list[HostileFile]:
    kinds = (("JPEG", "a.jpg"), ("PNG", "a.png"), ("WEBP", "a.webp"), ("GIF", "a.gif"))
    return [
        HostileFile(f"{kind} cut off at {part}/4", whole[: len(whole) * part // 4], f"image/{kind.lower()}", name)
        for kind, name in kinds
        for whole in [encoded(scene(300, 200).effect_spread(20), kind)]
        for part in (1, 2, 3)
    ]


def _bombs() -> list[HostileFile]:
    side = struct.pack(">H", 30_000)
    jpeg = encoded(scene(), "JPEG")
    frame = jpeg.index(b"\xff\xc0") + 5
    huge_jpeg = jpeg[:frame] + side + side + jpeg[frame + 4 :]
    huge_gif = gif_of(1)[:6] + struct.pack("<HH", 30_000, 30_000) + gif_of(1)[10:]
    wide_gif = gif_of(1).replace(struct.pack("<HHHHB", 0, 0, 1, 1, 0), struct.pack("<HHHHB", 29_999, 29_999, 1, 1, 0))
    zeros = zlib.compress(bytes(100_000_000), 9)
    less = zlib.compress(bytes(900_000), 9)
    profile = png_chunk(b"iCCP", b"a\0\0" + zeros)
    return [
        HostileFile("PNG of 30,000 × 30,000 pixels", _huge_png(), "image/png", "a.png"),
        HostileFile("JPEG of 30,000 × 30,000 pixels", huge_jpeg, "image/jpeg", "a.jpg"),
        HostileFile("GIF of 30,000 × 30,000 pixels", huge_gif, "image/gif", "a.gif"),
        HostileFile("GIF with a frame far outside", wide_gif, "image/gif", "a.gif"),
        HostileFile("WebP of 16,383 × 16,383 pixels", _huge_webp(), "image/webp", "a.webp"),
        HostileFile("GIF of 10,000 frames", gif_of(10_000), "image/gif", "a.gif"),
        HostileFile("PNG with a text of 100 MB", png_with(png_chunk(b"zTXt", b"a\0\0" + zeros)), "image/png", "a.png"),
        HostileFile("PNG with 500 texts", png_with(png_chunk(b"zTXt", b"a\0\0" + less) * 500), "image/png", "a.png"),
        HostileFile("PNG with a profile of 100 MB", png_with(profile), "image/png", "a.png"),
        HostileFile("PNG of 100,000 chunks", png_with(png_chunk(b"teSt") * 100_000), "image/png", "a.png"),
        HostileFile("JPEG of 1,000 scans", _many_scans(), "image/jpeg", "a.jpg"),
    ]


def _huge_png() -> bytes:
    """All white, and well-formed: 112 MB of pixels in 110 KB."""
    packer = zlib.compressobj(9)
    row = b"\0" + b"\xff" * 3_750
    rows = b"".join(packer.compress(row * 100) for _ in range(300)) + packer.flush()
    header = png_chunk(b"IHDR", struct.pack(">IIBBBBB", 30_000, 30_000, 1, 0, 0, 0, 0))
    return PNG_SIGNATURE + header + png_chunk(b"IDAT", rows) + png_chunk(b"IEND")


def _huge_webp() -> bytes:
    canvas = struct.pack("<I", 0) + struct.pack("<I", 16_382)[:3] * 2
    inner = encoded(scene(), "WEBP")[12:]
    chunks = b"WEBPVP8X" + struct.pack("<I", 10) + canvas + inner
    return b"RIFF" + struct.pack("<I", len(chunks)) + chunks


def _many_scans() -> bytes:
    jpeg = encoded(scene(), "JPEG", progressive=True)
    last = jpeg[jpeg.rindex(b"\xff\xda") : -2]
    return jpeg[:-2] + last * 1_000 + jpeg[-2:]


def _too_large(max_bytes: int) -> HostileFile:
    jpeg = encoded(scene(), "JPEG")
    padded = jpeg + b"\0" * (max_bytes + 1 - len(jpeg))
    return HostileFile("a byte over the limit", padded, "image/jpeg", "a.jpg", 413)
