"""Signed URLs that stay the same for a while: browsers can cache what they lead to, and signing costs next to nothing.

Time is cut into slots of a quarter of a URL's life, and each URL is signed for the beginning of the present one. So all
workers give the same URL for the same object, and it lives for three quarters of its life at least.
"""

from __future__ import annotations

import time
from collections.abc import Callable

SLOTS = 4  # in the life of a URL
REMEMBERED = 100_000  # keys in one slot; some 40 MB of URLs


class SlotLinks:
    """Gives the URL of a key; `sign` makes it from the key and the second at which its life of `seconds` begins."""

    def __init__(self, seconds: int, sign: Callable[[str, int], str]) -> None:
        self._length = max(1, seconds // SLOTS)
        self._sign = sign
        self._begin = self._end = 0
        self._known: dict[str, str] = {}

    def __call__(self, key: str) -> str:
        if not self._begin <= time.time() < self._end:
            self._turn()
        return self._known.get(key) or self._signed(key)

    def _turn(self) -> None:
        now = int(time.time())
        self._begin = now - now % self._length
        self._end = self._begin + self._length
        self._known = {}

    def _signed(self, key: str) -> str:
        if len(self._known) >= REMEMBERED:
            self._known.clear()
        made = self._known[key] = self._sign(key, self._begin)
        return made
