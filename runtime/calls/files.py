"""Files that come with a request: checked, stored before the transaction begins, and gone again where it fails.

The object is there before the row that names it, so that no row names nothing; what a crash between the two leaves
behind is an object that no row names, which `agora sweep` finds.
"""

from __future__ import annotations

import asyncio
import hashlib
import logging
import secrets
from collections.abc import Awaitable, Callable, Coroutine, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

from runtime.application import Attachment
from runtime.database import Unavailable
from runtime.errors import Errors, invalid, storage_disabled
from runtime.inputs.inputs import FileInput
from runtime.inputs.uploads import Upload
from runtime.pictures import Picture, PictureLimits, PictureRefused

if TYPE_CHECKING:
    from runtime.calls.services import Services
    from runtime.storage import Storage

T = TypeVar("T")

logger = logging.getLogger("agora")

RANDOM_BYTES = 16
PIECE = 65_536
NO_OBJECT = "none/none.jpg"  # what is asked for to find out whether the storage answers


@dataclass(slots=True)
class File:
    """A picture that a client sent. A hook gets it checked and stored under `key`; what it does not put into a row is
    taken away again."""

    part: FileInput
    upload: Upload
    picture: Picture | None = None
    key: str = ""

    @property
    def name(self) -> str:
        """What the client called it: a base name without a path."""
        return self.upload.name

    @property
    def attachment(self) -> Attachment:
        """What it may become."""
        return self.part.attachment

    @property
    def digest(self) -> str:
        """What tells this file from others."""
        self.upload.file.seek(0)
        digest = hashlib.sha256()
        while piece := self.upload.file.read(PIECE):
            digest.update(piece)
        return digest.hexdigest()

    @property
    def checked(self) -> Picture:
        """The picture as it is stored: its size, media type, width and height."""
        if self.picture is None:
            raise RuntimeError("A file is looked at only after call.take_files.")
        return self.picture


@dataclass(slots=True)
class Files:
    """All files of one request, by the names of their parts."""

    parts: Mapping[str, list[File]]
    stored: list[str] = field(default_factory=list)
    used: set[str] = field(default_factory=set)
    held: int = 0
    released: bool = False

    @staticmethod
    def of(inputs: Sequence[FileInput], uploads: Mapping[str, list[Upload]]) -> Files:
        """The uploads as files of their parts."""
        named = {each.name: each for each in inputs}
        return Files({name: [File(named[name], each) for each in sent] for name, sent in uploads.items()})

    def __iter__(self) -> Iterator[File]:
        return (each for files in self.parts.values() for each in files)

    def values(self, inputs: Sequence[FileInput]) -> dict[str, File | tuple[File, ...] | None]:
        """By member: one file, or all of that name."""
        found: dict[str, File | tuple[File, ...] | None] = {}
        for each in inputs:
            files = self.parts.get(each.name, [])
            if each.most is not None:
                found[each.name] = tuple(files)
            elif files:
                found[each.name] = files[0]
        return found

    async def check(self, services: Services) -> None:
        """409 where the storage is off; 400 with all files at once that are not what is taken."""
        if not services.storage.enabled:
            raise storage_disabled()
        errors: Errors = {}
        for name, files in self.parts.items():
            for file in files:
                taken = file.attachment
                limits = PictureLimits(taken.accept, taken.max_bytes, taken.max_pixels)
                try:
                    file.picture = await services.pictures.check(file.upload.file, limits)
                except PictureRefused as refused:
                    errors.setdefault(name, []).append(refused.message)
        if errors:
            raise invalid(errors)

    def place(self, holder: object, file: File) -> None:
        """Give a file its key: random, below that of the record that has it."""
        below = [file.attachment.prefix, *([str(holder)] if file.attachment.by_holder else [])]
        file.key = f"{'/'.join(below)}/{secrets.token_hex(RANDOM_BYTES)}.{file.checked.extension}"

    async def store(self, services: Services) -> None:
        """Put all objects under their keys; where one cannot be, none is left."""
        try:
            for file in self:
                picture = file.checked
                picture.content.seek(0)
                self.stored.append(file.key)
                await services.storage.put(file.key, picture.content, picture.size, picture.media_type)
        except BaseException:
            # Nobody waits for it: a storage that hangs would hang for this as well.
            services.in_background(removed(services.storage, self.stored))
            self.stored = []
            raise

    async def settle(self, storage: Storage, failure: BaseException | None) -> None:
        """After the transaction: take away what no row names. Where nobody knows whether the transaction was committed
        nothing is taken away: better an object without a row than a row without an object."""
        if failure is None:
            await removed(storage, [key for key in self.stored if key not in self.used])
        elif isinstance(failure, Exception) and not isinstance(failure, Unavailable):
            await removed(storage, self.stored)
            self.stored = []

    def around(self, services: Services, begin: Callable[[], Awaitable[asyncio.Task[T]]]) -> Coroutine[Any, Any, T]:
        """Store the objects, do the work that `begin` begins, and see to what became of it. The temporary files stay
        until then, which may outlast the request."""
        self.held += 1
        return self._around(services, begin)

    async def _around(self, services: Services, begin: Callable[[], Awaitable[asyncio.Task[T]]]) -> T:
        try:
            await self.store(services)
            try:
                result = await (await begin())
            except BaseException as failure:
                await self.settle(services.storage, failure)
                raise
            await self.settle(services.storage, None)
            return result
        finally:
            self.held -= 1
            self._let_go()

    def release(self) -> None:
        """The request is over."""
        self.released = True
        self._let_go()

    def _let_go(self) -> None:
        if self.held or not self.released:
            return
        for file in self:
            file.upload.file.close()
            if file.picture is not None:
                file.picture.content.close()


async def removed(storage: Storage, keys: Sequence[str]) -> None:
    """Take objects away that no row names; what cannot be is logged, and left to `agora sweep`."""
    if not keys:
        return
    try:
        await storage.delete(keys)
    except Exception as error:
        logger.warning("objects were left in the storage: %s", error)


async def ready(services: Services) -> None:
    """409 where the storage is off, 503 where it does not answer."""
    if not services.storage.enabled:
        raise storage_disabled()
    await services.storage.find(NO_OBJECT)
