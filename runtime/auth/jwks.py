"""The public keys of an identity provider (JWKS, RFC 7517): fetched, kept, and fetched again when a new one is named.

Fetching is bounded: an unknown key id makes at most one request per `PAUSE` seconds, whoever sends it. A provider
that cannot be reached is not the client's fault: 503, unless the key is known already.
"""

from __future__ import annotations

import asyncio
import time
import urllib.request
from collections.abc import Mapping
from typing import Any
from urllib.error import URLError

import jwt
import msgspec

from runtime.errors import invalid_token, unavailable

FRESH = 600.0  # seconds after which the keys are fetched again, so that a withdrawn key goes away
PAUSE = 10.0  # seconds between two attempts
TIMEOUT = 5.0
MAX_BYTES = 1_000_000

KEY_TYPES = {"RS256": "RSA", "ES256": "EC"}


class KeySet:
    """The keys behind one address, for one algorithm."""

    def __init__(self, url: str, algorithm: str) -> None:
        self._url = url
        self._algorithm = algorithm
        self._keys: Mapping[str | None, Any] = {}
        self._fetched = float("-inf")
        self._tried = float("-inf")
        self._failed = False
        self._lock = asyncio.Lock()

    async def find(self, key_id: object) -> Any:
        """The key called `key_id` (or the only one, when the token names none)."""
        now = time.monotonic()
        if self._known(key_id) is None or now - self._fetched > FRESH:
            await self._refetch()
        key = self._known(key_id)
        if key is None and self._failed:
            raise unavailable("The keys that tokens are checked with cannot be fetched.")
        if key is None:
            raise invalid_token("The token is signed with an unknown key.")
        return key

    def _known(self, key_id: object) -> Any:
        if key_id is None and len(self._keys) == 1:
            return next(iter(self._keys.values()))
        return self._keys.get(key_id) if isinstance(key_id, str) else None

    async def _refetch(self) -> None:
        async with self._lock:
            now = time.monotonic()
            if now - self._tried < PAUSE:
                return
            self._tried = now
            try:
                self._keys = await asyncio.to_thread(self._fetch)
            except (URLError, OSError, ValueError):
                self._failed = True
                return
            self._fetched, self._failed = now, False

    def _fetch(self) -> Mapping[str | None, Any]:
        # The address is the operator's, and the settings accept http and https only.
        request = urllib.request.Request(self._url, headers={"Accept": "application/json"})  # noqa: S310 # see above
        with urllib.request.urlopen(request, timeout=TIMEOUT) as answer:  # noqa: S310 # see above
            document = msgspec.json.decode(answer.read(MAX_BYTES))
        entries = document.get("keys") if isinstance(document, dict) else None
        if not isinstance(entries, list):
            raise ValueError("no key set")
        return {entry.get("kid"): key for entry in entries if (key := self._key(entry)) is not None}

    def _key(self, entry: Any) -> Any:
        """The key, if it is one to check signatures of this algorithm with."""
        if not isinstance(entry, dict) or entry.get("kty") != KEY_TYPES[self._algorithm]:
            return None
        if entry.get("use", "sig") != "sig" or entry.get("alg", self._algorithm) != self._algorithm:
            return None
        try:
            return jwt.PyJWK(entry, self._algorithm).key
        except jwt.PyJWTError:
            return None
