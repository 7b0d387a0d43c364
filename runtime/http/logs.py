"""The log: one JSON object per line on standard error, for requests and for everything else."""

from __future__ import annotations

import logging
import os
import sys
import time
from contextlib import suppress
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

import msgspec

STDERR = 2

_encoder = msgspec.json.Encoder()
access = logging.getLogger("agora.access")


class JsonFormatter(logging.Formatter):
    """A log record as one line of JSON; a traceback is one member of it."""

    def format(self, record: logging.LogRecord) -> str:
        """The line, without its end."""
        line: dict[str, Any] = {
            "time": _instant(record.created),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        request_id = getattr(record, "request_id", None)
        if request_id is not None:
            line["request_id"] = request_id
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        return _encoder.encode(line).decode()


def configure(level: str) -> None:
    """Send the log of this process to standard error, from `level` upwards."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonFormatter())
    logging.basicConfig(handlers=[handler], level=level.upper(), force=True)
    # What the server says of its own comings and goings is for those who debug it.
    for name in ("sanic.root", "sanic.server", "sanic.error", "asyncio"):
        logging.getLogger(name).setLevel(logging.DEBUG if level == "debug" else logging.WARNING)


def log_request(request_id: str, method: str, path: str | None, status: int, seconds: float, actor: object) -> None:
    """One line for one request. Written directly: at this rate the logging machinery would cost as much as all else."""
    if not access.isEnabledFor(logging.INFO):
        return
    line = {
        "time": _instant(time.time()),
        "request_id": request_id,
        "method": method,
        "path": path,
        "status": status,
        "ms": round(seconds * 1000, 2),
        "actor": actor if actor is None or isinstance(actor, int) else str(actor),
    }
    with suppress(OSError):  # a log that cannot be written must not be the end of a request that was served
        os.write(STDERR, _encoder.encode(line) + b"\n")


def _instant(moment: float) -> str:
    second = int(moment)
    return f"{_to_the_second(second)}.{int((moment - second) * 1000):03}Z"


@lru_cache(maxsize=4)
def _to_the_second(moment: int) -> str:
    return datetime.fromtimestamp(moment, UTC).strftime("%Y-%m-%dT%H:%M:%S")
