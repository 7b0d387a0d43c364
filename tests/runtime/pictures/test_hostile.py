"""Files that are meant to do harm, and files that make no sense, are refused, and cost next to nothing."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from runtime.pictures import PictureLimits, Pictures
from tests.runtime.pictures.conftest import ALL, refusal
from tests.runtime.pictures.test_metadata import TELLING
from tests.support import hostile
from tests.support.samples import encoded, film, png_with, samsung_trailer, scene

FILES = {file.name: file.content for file in hostile.contents(ALL.max_bytes)}
SAMPLES = [
    *TELLING.values(),
    *(encoded(scene(), kind) for kind in ("JPEG", "PNG", "WEBP", "GIF")),
    encoded(scene(), "JPEG", progressive=True),
    encoded(scene(), "JPEG") + film() + samsung_trailer(),
    png_with(),
]
ROOT = Path(__file__).parents[3]
SMALL = PictureLimits(ALL.accept, 100_000, 1_000_000)


@pytest.mark.promise("4.38")
@pytest.mark.parametrize("name", FILES)
async def test_each_is_refused(pictures: Pictures, name: str) -> None:
    assert await refusal(pictures, FILES[name])


def test_the_whole_set_takes_little_memory() -> None:
    ran = subprocess.run([sys.executable, "-m", __name__], cwd=ROOT, capture_output=True, text=True, check=True)
    measured = json.loads(ran.stdout)
    assert measured["refused"] == measured["files"] * 3
    assert measured["grown"] < 60_000_000


# --- nonsense ---------------------------------------------------------------------------------

slow = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@slow
@given(
    st.binary(max_size=400),
    st.sampled_from([b"", b"\xff\xd8\xff", hostile.PNG_SIGNATURE, b"GIF89a", b"RIFF\0\0\0\0WEBP"]),
)
@example(b"", b"\xff\xd8\xff")
async def test_bytes_are_taken_or_refused(pictures: Pictures, content: bytes, beginning: bytes) -> None:
    await refusal(pictures, beginning + content, SMALL)


@slow
@given(st.sampled_from(SAMPLES), st.integers(0, 2**32))
async def test_mutations_are_taken_or_refused(pictures: Pictures, sample: bytes, seed: int) -> None:
    await refusal(pictures, mutated(sample, random.Random(seed)), SMALL)


def mutated(sample: bytes, chance: random.Random) -> bytes:
    """The sample with a few bytes changed, and perhaps a piece left out, put in twice, or cut off."""
    content = bytearray(sample)
    for _ in range(chance.randint(1, 12)):
        content[chance.randrange(len(content))] = chance.randrange(256)
    start, stop = sorted(chance.randrange(len(content)) for _ in range(2))
    match chance.randrange(5):
        case 0:
            del content[start:stop]
        case 1:
            content[start:start] = content[start:stop]
        case 2:
            del content[start:]
    return bytes(content)


# --- run as a program: how much memory the hostile set takes ------------------------------------


async def measure() -> dict[str, int]:
    """Refuse everything three times, several at once; the growth is that of the peak."""
    import asyncio
    import resource

    files = list(FILES.values())
    pictures = Pictures()
    await refusal(pictures, encoded(scene(), "JPEG"))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    told = await asyncio.gather(*(refusal(pictures, content) for content in files * 3))
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    pictures.close()
    return {"files": len(files), "refused": sum(map(bool, told)), "grown": (after - before) * 1024}


if __name__ == "__main__":
    import asyncio

    print(json.dumps(asyncio.run(measure())))
