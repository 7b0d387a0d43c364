"""What a picture's bytes say of its build, before any of it is decoded."""

from __future__ import annotations

from dataclasses import dataclass

MAX_FRAMES = 500
MAX_PARTS = 50_000  # segments, chunks or blocks: each costs a decoder a step, however small it is


@dataclass(frozen=True, slots=True)
class Anatomy:
    """The size in pixels, where the picture ends in its file, and what decoding it will cost.

    `lossless` is how it was written; `progressive`, that all of it has to be held twice before the first row is known.
    """

    width: int
    height: int
    end: int
    frames: int = 1
    lossless: bool = False
    progressive: bool = False

    @property
    def pixels(self) -> int:
        """Those of all frames together."""
        return self.width * self.height * self.frames
