"""The demo catalogue: what stands in which shelf."""

from __future__ import annotations

from collections.abc import Iterator

from hooks.demo.books import PAPER
from hooks.demo.clothing import CLOTHES
from hooks.demo.electronics import ELECTRONICS
from hooks.demo.home import HOME
from hooks.demo.making import MAKING
from hooks.demo.outdoors import OUTDOORS
from hooks.demo.play import PLAY
from hooks.demo.shelf import Shelf

CATALOGUE = (HOME, ELECTRONICS, CLOTHES, PAPER, OUTDOORS, PLAY, MAKING)


def levels() -> Iterator[list[tuple[Shelf, Shelf | None]]]:
    """The shelves level by level, each with the shelf it stands in."""
    level: list[tuple[Shelf, Shelf | None]] = [(shelf, None) for shelf in CATALOGUE]
    while level:
        yield level
        level = [(inner, shelf) for shelf, _ in level for inner in shelf.shelves]


def stocked() -> Iterator[tuple[Shelf, str]]:
    """The shelves that hold products, each with the user name of who fills it."""
    for top in CATALOGUE:
        for section in top.shelves:
            for shelf in section.shelves:
                yield shelf, section.seller
