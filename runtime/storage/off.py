"""No storage: nothing is stored, and nothing is there."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from typing import BinaryIO

from runtime.storage.objects import StorageUnavailable, Stored


class OffStorage:
    """What is in the place of a storage where there is none."""

    enabled = False

    async def start(self) -> None:
        """Nothing to do."""

    async def close(self) -> None:
        """Nothing to do."""

    async def put(self, key: str, content: BinaryIO, size: int, media_type: str) -> None:
        """Refuse: whoever stores something asks first whether that is possible."""
        raise StorageUnavailable("there is no storage of files: AGORA_STORAGE_URL is off")

    async def delete(self, keys: Sequence[str]) -> None:
        """Nothing is there."""

    async def find(self, key: str) -> Stored | None:
        """Nothing is there."""
        return None

    async def listed(self, prefix: str = "") -> AsyncIterator[Stored]:
        """Nothing is there."""
        nothing: tuple[Stored, ...] = ()
        for each in nothing:
            yield each

    def url(self, key: str) -> str | None:
        """Nowhere."""
        return None
