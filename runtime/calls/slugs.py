"""Slugs: made from a name when a row is created, and never changed afterwards."""

from __future__ import annotations

import re
import secrets
import unicodedata
from dataclasses import dataclass

SUFFIX_BYTES = 4
MAX_LENGTH = 200
ATTEMPTS = 5

# Letters that Unicode does not take apart into a plain letter and a mark.
_FOLDED = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th"}
)


@dataclass(frozen=True, slots=True)
class Slug:
    """The column `attribute` is made from the column `source`; with `suffix`, a random part always follows."""

    attribute: str
    source: str
    suffix: bool = False


def made(name: str, *, suffix: bool) -> str:
    """`Walnut desk, 3 feet` → `walnut-desk-3-feet`, with a random suffix if asked for or if nothing is left."""
    base = folded(name)
    if base and not suffix:
        return base
    return "-".join(filter(None, (base, secrets.token_hex(SUFFIX_BYTES))))


def folded(name: str) -> str:
    """The ASCII letters and digits of `name`, in lower case, joined by single hyphens."""
    plain = unicodedata.normalize("NFKD", name.lower().translate(_FOLDED)).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")[:MAX_LENGTH].strip("-")
