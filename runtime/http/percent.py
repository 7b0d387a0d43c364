"""Percent-encoding (RFC 3986), read strictly: a broken escape is a fault, never itself."""

from __future__ import annotations

import re
from urllib.parse import unquote_to_bytes

_BROKEN = re.compile(r"%(?![0-9A-Fa-f]{2})")


def decoded(text: str) -> str:
    """The characters that `text` stands for; ValueError for broken escapes and for what is not UTF-8."""
    if "%" not in text and text.isascii():
        return text
    if _BROKEN.search(text):
        raise ValueError("has a broken percent escape")
    try:
        return unquote_to_bytes(text).decode("utf-8")
    except UnicodeError:
        raise ValueError("is not UTF-8") from None
