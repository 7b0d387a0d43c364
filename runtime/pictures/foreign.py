"""Files that are also something else: a page to whoever looks at the first bytes, an archive to whoever at the last."""

from __future__ import annotations

import re
from struct import unpack_from

SNIFFED = 1024  # bytes in which programs look for the signs of a page or a document

_PAGE = re.compile(
    rb"<(?:!doctype|html|head|body|script|svg|iframe|object|embed|style|title|table|meta|link|form|img|div|font)"
    rb"[\s/>]|<!doctype|<\?php|javascript:|%PDF-",
    re.IGNORECASE,
)
_ARCHIVE_END, _ARCHIVE_ENTRY = b"PK\x05\x06", b"PK\x01\x02"
_ARCHIVE_TAIL = 22 + 65_535  # the end record and the longest comment that may follow it


def is_foreign(data: bytes) -> bool:
    """Whether a picture's bytes are also a page, a script, a document or an archive."""
    return _PAGE.search(data, 0, SNIFFED) is not None or _is_archive(data)


def _is_archive(data: bytes) -> bool:
    """Whether a ZIP reader finds its directory, wherever in the file that is."""
    at = len(data)
    first = max(at - _ARCHIVE_TAIL, 0)
    while (at := data.rfind(_ARCHIVE_END, first, at)) != -1:
        if at + 16 <= len(data):
            (length,) = unpack_from("<I", data, at + 12)
            if length == 0 or data.startswith(_ARCHIVE_ENTRY, max(at - length, 0)):
                return True
    return False
