"""Draws the demo's pictures: the product's name on a sheet in its category's colours, small and each one different."""

from __future__ import annotations

import colorsys
import textwrap
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from hashlib import sha256
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

from generated.models.product import Product
from runtime.seeds import SeedFile

SIZE = (480, 360)
MARGIN = 28
SECOND_EVERY = 3  # some products have a second picture: the same from the side
SHAPES = 5

Colour = tuple[int, int, int]


def pictures(products: Iterable[Product], categories: Mapping[int | None, str]) -> Iterator[SeedFile]:
    """One picture of each product, of some two."""
    for number, product in enumerate(products):
        category = categories[product.category_id]
        for place in range(2 if number % SECOND_EVERY == 0 else 1):
            yield SeedFile(
                content=_drawn(product.name, category, f"{product.slug}/{place}"),
                name=f"{product.slug}-{place + 1}.webp",
                media_type="image/webp",
                holder=product.id,
                values={
                    "product_id": product.id,
                    "alt_text": product.name[:200],
                    "order": place,
                    "is_primary": place == 0,
                    "created_at": product.created_at,
                },
            )


def _drawn(name: str, category: str, seed: str) -> bytes:
    """A sheet with a few round shapes and the name. The category decides over the colour, the product over the rest."""
    hue, dice = _number(category) / 256, sha256(seed.encode()).digest()
    sheet = Image.new("RGB", SIZE, _colour(hue, 0.18, 0.97))
    draw = ImageDraw.Draw(sheet)
    for index in range(SHAPES):
        x, y, radius, shade, form = dice[index * 5 : index * 5 + 5]
        box = _box(x * SIZE[0] // 255, y * SIZE[1] // 255, 30 + radius // 3)
        fill = _colour(hue + shade / 2500, 0.25 + shade / 600, 0.9)
        if form % 2:
            draw.ellipse(box, fill=fill)
        else:
            draw.rounded_rectangle(box, 18, fill=fill)
    ink = _colour(hue, 0.75, 0.32)
    draw.multiline_text((MARGIN, MARGIN), "\n".join(textwrap.wrap(name, 22)[:4]), ink, _font(34), spacing=8)
    draw.text((MARGIN, SIZE[1] - MARGIN), category, ink, _font(18), anchor="ls")
    content = BytesIO()
    sheet.save(content, "WEBP", quality=75, method=1)
    return content.getvalue()


def _box(x: int, y: int, radius: int) -> tuple[int, int, int, int]:
    return x - radius, y - radius, x + radius, y + radius


def _number(text: str) -> int:
    return sha256(text.encode()).digest()[0]


def _colour(hue: float, saturation: float, value: float) -> Colour:
    red, green, blue = colorsys.hsv_to_rgb(hue % 1, min(saturation, 1), value)
    return int(red * 255), int(green * 255), int(blue * 255)


@cache
def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.load_default(size)
