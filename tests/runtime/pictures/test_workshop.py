"""Pictures wait for memory, not for each other; other requests wait for neither."""

from __future__ import annotations

import asyncio
import time
from io import BytesIO

import pytest
from PIL import Image

from runtime.pictures import Picture, PictureRefused, Pictures
from runtime.pictures.budget import Budget
from tests.runtime.pictures.conftest import ALL
from tests.support.samples import encoded, scene


async def settled() -> None:
    """Until everybody who can go on has gone on."""
    for _ in range(5):
        await asyncio.sleep(0)


class Takers:
    """Tasks that hold a share of a budget until they are told to let go."""

    def __init__(self, size: int) -> None:
        self.budget = Budget(size)
        self.holding: list[str] = []
        self.leave = {name: asyncio.Event() for name in "abcdef"}

    def take(self, name: str, share: int) -> asyncio.Task[None]:
        """Begin one."""

        async def hold() -> None:
            async with self.budget.taken(share):
                self.holding.append(name)
                await self.leave[name].wait()
                self.holding.remove(name)

        return asyncio.create_task(hold())


async def test_who_does_not_fit_waits_in_line() -> None:
    takers = Takers(10)
    tasks = [takers.take("a", 6), takers.take("b", 6), takers.take("c", 3), takers.take("d", 100)]
    await settled()
    assert takers.holding == ["a"]  # c would fit, and waits behind b, who would starve otherwise
    takers.leave["a"].set()
    await settled()
    assert takers.holding == ["b", "c"]
    for name in "bc":
        takers.leave[name].set()
    await settled()
    assert takers.holding == ["d"]  # more than there is: all of it, alone
    takers.leave["d"].set()
    await asyncio.gather(*tasks)


@pytest.mark.parametrize("ready", [False, True], ids=["in line", "at its turn"])
async def test_who_leaves_the_line_holds_nothing_up(ready: bool) -> None:
    takers = Takers(10)
    first, second, third = takers.take("a", 6), takers.take("b", 10), takers.take("c", 4)
    await settled()
    if ready:
        takers.leave["a"].set()
        await asyncio.sleep(0)
    second.cancel()
    await settled()
    assert "c" in takers.holding
    for name in "abc":
        takers.leave[name].set()
    await asyncio.gather(first, second, third, return_exceptions=True)
    last = takers.take("e", 10)
    await settled()
    assert takers.holding == ["e"]
    takers.leave["e"].set()
    await last


async def test_memory_is_given_back_by_refused_and_abandoned_pictures() -> None:
    photo = encoded(scene(1200, 900), "JPEG")
    broken = encoded(scene(1200, 900), "PNG", compress_level=0)
    broken = broken[:2000] + b"\x5a" * 1000 + broken[3000:]
    pictures = Pictures(threads=1, memory=1)  # one at a time
    for _ in range(3):
        with pytest.raises(PictureRefused):
            await pictures.check(BytesIO(broken), ALL)
    tasks = [asyncio.create_task(pictures.check(BytesIO(photo), ALL)) for _ in range(6)]
    await asyncio.sleep(0.01)
    for task in tasks[::2]:
        task.cancel()
    done = await asyncio.gather(*tasks, return_exceptions=True)
    for result in done[1::2]:
        assert isinstance(result, Picture)
        result.content.close()
    pictures.close()


async def test_a_file_is_let_go_of_when_its_request_is_cancelled() -> None:
    pictures = Pictures(threads=1)
    photo = encoded(Image.effect_noise((2000, 1500), 60), "JPEG", quality=95)
    for _ in range(20):
        file = BytesIO(photo)
        task = asyncio.create_task(pictures.check(file, ALL))
        await asyncio.sleep(0.002)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        file.close()  # nobody reads it any more, or a thread would fail
    (await pictures.check(BytesIO(photo), ALL)).content.close()
    pictures.close()


async def test_other_requests_go_on_while_photos_are_checked() -> None:
    """Not a measurement: a check that held the loop would hold it for the whole of a photo's time."""
    pictures = Pictures()
    photo = encoded(scene(4000, 3000).effect_spread(3), "JPEG", quality=90)
    turns = 0

    async def count() -> None:
        nonlocal turns
        while True:
            await asyncio.sleep(0.001)
            turns += 1

    counting = asyncio.create_task(count())
    began = time.monotonic()
    checked = await asyncio.gather(*(pictures.check(BytesIO(photo), ALL) for _ in range(8)))
    seconds = time.monotonic() - began
    counting.cancel()
    assert turns / seconds > 20
    for picture in checked:
        picture.content.close()
    pictures.close()
