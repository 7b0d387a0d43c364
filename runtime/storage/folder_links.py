"""Links to the files of a folder, which the application serves itself: signed, and good for a time."""

from __future__ import annotations

import hmac
import math
import time
from urllib.parse import quote

PATH = "/files/"


class FolderLinks:
    """Signs and checks them with a key that nothing else is signed with."""

    def __init__(self, public_url: str, secret_key: bytes, seconds: int) -> None:
        self._base = public_url + PATH
        self._key = hmac.digest(secret_key, b"links to files", "sha256")
        self._seconds = seconds

    def sign(self, key: str, begin: int) -> str:
        """The link to a file, with a life that begins at this second."""
        expires = str(begin + self._seconds)
        return f"{self._base}{quote(key)}?expires={expires}&signature={self._signature(key, expires)}"

    def seconds_left(self, key: str, expires: str, signature: str) -> int:
        """For how long a link will still be good; 0 for one that is not."""
        right = hmac.compare_digest(self._signature(key, expires).encode(), signature.encode())
        return max(0, math.ceil(int(expires) - time.time())) if right else 0

    def _signature(self, key: str, expires: str) -> str:
        return hmac.new(self._key, f"{expires}\n{key}".encode(), "sha256").hexdigest()
