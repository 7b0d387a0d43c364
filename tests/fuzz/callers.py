"""Who fuzzes: nobody in particular, and one account of the demo data for each role."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.support.servers import Server, command


@dataclass(frozen=True, slots=True)
class Role:
    """A kind of caller, and its account. The `peers` must not see each other's objects."""

    name: str
    account: str | None = None
    peers: tuple[str, ...] = ()


BUYERS, SELLERS = ("alice", "bob"), ("sofia", "sam")
ROLES = (
    Role("anonymous"),
    Role("buyer", "alice", BUYERS),
    Role("seller", "sofia", SELLERS),
    Role("admin", "admin", BUYERS),
)


def credentials(server: Server, accounts: Sequence[str], file: Path) -> None:
    """Write a Web Fuzzing Commons file with a token for each account."""
    entries = [{"name": each, "fixedHeaders": [_bearer(command(server, "token", each).strip())]} for each in accounts]
    file.write_text(json.dumps({"auth": entries}))


def _bearer(token: str) -> dict[str, str]:
    return {"name": "Authorization", "value": f"Bearer {token}"}
