"""The command `agora` for servers that must answer the same as one another, whatever database they stand on.

    python -P tests/fuzz/alike.py --project DIR serve

What is random comes in the same order in each process, because random keys decide the order of rows that are equal
otherwise. What is counted in the background is counted before the answer goes out, because the next one may show it.
Answers tell in a header how many tasks the process has.
"""

from __future__ import annotations

import asyncio
import base64
import random
import secrets
import sys
import uuid
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sanic.request import Request
    from sanic.response import HTTPResponse

TASKS = "x-tasks"


def draw_alike() -> None:
    """Keys, slugs, names of files and tokens come from a generator that begins the same in every process of a kind."""
    source = random.Random(sys.argv[-1])  # another one for each command: what was seeded is not drawn again
    uuid.uuid4 = lambda: uuid.UUID(bytes=source.randbytes(16), version=4)
    secrets.token_bytes = lambda nbytes=None: source.randbytes(nbytes or secrets.DEFAULT_ENTROPY)
    secrets.token_hex = lambda nbytes=None: secrets.token_bytes(nbytes).hex()
    secrets.token_urlsafe = lambda nbytes=None: (
        base64.urlsafe_b64encode(secrets.token_bytes(nbytes)).rstrip(b"=").decode()
    )


def count_first() -> None:
    """No answer before what its request gave to count is counted."""
    from runtime.http.endpoints import Endpoint

    answered = Endpoint.answer

    async def answer(self: Endpoint, request: Request, /, **raw: str) -> HTTPResponse:
        response = await answered(self, request, **raw)
        if self.services is not None:
            await self.services.tracker.flush()
        response.headers[TASKS] = str(len(asyncio.all_tasks()))
        return response

    Endpoint.answer = answer  # type: ignore[method-assign] # this process is here for the comparison alone


if __name__ == "__main__":
    draw_alike()
    count_first()
    from runtime.cli import main

    main()
