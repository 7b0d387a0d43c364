"""How the demo catalogue is written down, and read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Offer:
    """One product of the demo catalogue."""

    name: str
    brand: str
    price: Decimal
    materials: str
    text: str


@dataclass(frozen=True, slots=True)
class Shelf:
    """One category. Only shelves without `shelves` have `offers`.

    `about` completes the offers' descriptions, `size` is length, width and height in centimetres and `weight` in
    kilograms, both as the least and the most. `used` is the share of second-hand goods.
    """

    name: str
    description: str
    shelves: tuple[Shelf, ...] = ()
    offers: str = ""
    about: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    colors: tuple[str, ...] = ()
    weight: tuple[str, str] | None = None
    size: tuple[tuple[int, int, int], tuple[int, int, int]] | None = None
    model: str = ""
    used: float = 0.0
    digital: bool = False
    seller: str = ""

    def read_offers(self) -> Iterator[Offer]:
        """Reads `offers`: a line `name | brand | price | materials`, then indented lines of text."""
        for block in self.offers.strip().split("\n\n"):
            head, *text = block.split("\n")
            name, brand, price, materials = (part.strip() for part in head.split("|"))
            yield Offer(name, brand, Decimal(price), materials, " ".join(line.strip() for line in text))
