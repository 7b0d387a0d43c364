"""Where pictures are checked: in a few threads and within a bounded memory, so that other requests do not wait."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from struct import error as StructError
from typing import BinaryIO, TypeVar

from runtime.pictures.anatomy import Anatomy
from runtime.pictures.budget import Budget
from runtime.pictures.foreign import is_foreign
from runtime.pictures.kinds import PROGRESSIVE_PIXEL_BYTES, Kind, any_of, recognised
from runtime.pictures.picture import BrokenPicture, Picture, PictureLimits, PictureRefused
from runtime.pictures.rewrite import rewritten

T = TypeVar("T")

THREADS = 2
MEMORY = 400_000_000


@dataclass(frozen=True, slots=True)
class Seen:
    """What a first look found: cheap, and before anything is decoded."""

    kind: Kind
    anatomy: Anatomy

    @property
    def cost(self) -> int:
        """The bytes of memory that writing it anew takes, about."""
        more = PROGRESSIVE_PIXEL_BYTES if self.anatomy.progressive else 0
        return self.anatomy.pixels * (self.kind.pixel_bytes + more)


class Pictures:
    """One per worker. A picture is looked at first; what it will cost is reserved before it is decoded."""

    def __init__(self, threads: int = THREADS, memory: int = MEMORY) -> None:
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="pictures")
        self._budget = Budget(memory)

    async def check(self, file: BinaryIO, limits: PictureLimits) -> Picture:
        """The picture in `file` as it may be stored; PictureRefused for anything else.

        Nothing touches `file` any more when this returns, raises or is cancelled.
        """
        seen = await self._run(lambda: looked_at(file, limits))
        async with self._budget.taken(seen.cost):
            return await self._run(lambda: _anew(file, seen, limits))

    def close(self) -> None:
        """Finish what is under way; nothing is begun after it."""
        self._threads.shutdown(cancel_futures=True)

    async def _run(self, work: Callable[[], T]) -> T:
        """Do `work` in a thread and wait for its end even when cancelled: until then it has the file and the memory."""
        job = self._threads.submit(work)
        waiting = asyncio.wrap_future(job)
        try:
            return await asyncio.shield(waiting)
        except asyncio.CancelledError:
            job.cancel()
            while not job.done():
                await _passed(waiting)
            _let_go(job)
            raise


async def _passed(waiting: asyncio.Future[T]) -> None:
    """Once `waiting` is done, or this has been cancelled once more."""
    try:
        await asyncio.wait([waiting])
    except asyncio.CancelledError:
        return


def _let_go(job: Future[T]) -> None:
    """Close what nobody is there to take."""
    if not job.cancelled() and job.exception() is None and isinstance(picture := job.result(), Picture):
        picture.content.close()


def looked_at(file: BinaryIO, limits: PictureLimits) -> Seen:
    """What kind of picture it is and how large, from its bytes alone; what is not accepted is refused here."""
    data = _read(file, limits)
    kind = recognised(data, limits.accept)
    if kind is None:
        raise PictureRefused(f"Must be a {any_of(limits.accept)} picture.")
    try:
        anatomy = kind.survey(data)
        alone = kind.ends_at(data, anatomy.end) and not is_foreign(data)
    except (StructError, IndexError):  # it ends where something was announced
        raise BrokenPicture from None
    if not anatomy.pixels:
        raise BrokenPicture
    if anatomy.pixels > limits.max_pixels:
        of_all = ", all frames together" if anatomy.frames > 1 else ""
        raise PictureRefused(f"Must have at most {_counted(limits.max_pixels)}{of_all}.")
    if not alone:
        raise PictureRefused("Must be a picture and nothing else besides.")
    return Seen(kind, anatomy)


def _anew(file: BinaryIO, seen: Seen, limits: PictureLimits) -> Picture:
    data = _read(file, limits)[: seen.anatomy.end]
    return rewritten(data, seen.kind, seen.anatomy, limits.max_bytes)


def _read(file: BinaryIO, limits: PictureLimits) -> bytes:
    file.seek(0)
    data = file.read(limits.max_bytes + 1)
    if len(data) > limits.max_bytes:
        raise PictureRefused(f"Must have at most {limits.max_bytes} bytes.")
    return data


def _counted(pixels: int) -> str:
    return f"{pixels // 1_000_000} megapixels" if pixels >= 1_000_000 else f"{pixels} pixels"
