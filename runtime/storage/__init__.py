"""Storage of files: one protocol, a module per backend, and the one place that chooses among them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from runtime.storage.folder import FolderStorage
from runtime.storage.folder_links import FolderLinks
from runtime.storage.objects import KeyRefused, Storage, StorageUnavailable, Stored, is_key
from runtime.storage.off import OffStorage
from runtime.storage.places import Bucket, Folder

if TYPE_CHECKING:
    from runtime.settings import Settings

__all__ = ["KeyRefused", "Storage", "StorageUnavailable", "Stored", "is_key", "open_storage"]


def open_storage(settings: Settings) -> Storage:
    """The storage that the settings name; `start` gets it ready."""
    place, seconds = settings.storage, settings.file_url_seconds
    if isinstance(place, Folder):
        links = FolderLinks(settings.public_url, settings.secret_key, seconds)
        return FolderStorage(place.root, links, seconds)
    if isinstance(place, Bucket):
        from runtime.storage.s3 import S3Storage  # a quarter of a second to import, which only it is worth

        return S3Storage(place, seconds)
    return OffStorage()
