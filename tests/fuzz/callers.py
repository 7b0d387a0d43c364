"""Who fuzzes: nobody in particular, and one account of the demo data for each role.

The peer of a seller is one who has nothing to sell: of two who sell both may see an order with something of each.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path

import httpx

from tests.support.servers import Server, command


@dataclass(frozen=True, slots=True)
class Role:
    """A kind of caller, and its account. The `peers` must not see each other's objects."""

    name: str
    account: str | None = None
    peers: tuple[str, ...] = ()


STRANGER = "no.wares.yet"
BUYERS, SELLERS = ("alice", "bob"), ("sofia", STRANGER)
ROLES = (
    Role("anonymous"),
    Role("buyer", "alice", BUYERS),
    Role("seller", "sofia", SELLERS),
    Role("admin", "admin", BUYERS),
)


def credentials(server: Server, accounts: Sequence[str], file: Path) -> None:
    """Write a Web Fuzzing Commons file with a token for each account; one that the demo data lacks is opened."""
    if STRANGER in accounts:
        account = {"username": STRANGER, "email": f"{STRANGER}@example.org", "password": secrets.token_hex(16)}
        answer = httpx.post(f"{server.url}/api/auth/register", json=account | {"role": "seller"})
        if answer.status_code != HTTPStatus.CONFLICT:  # it is there from an earlier run
            answer.raise_for_status()
    entries = [{"name": each, "fixedHeaders": [_bearer(command(server, "token", each).strip())]} for each in accounts]
    file.write_text(json.dumps({"auth": entries}))


def _bearer(token: str) -> dict[str, str]:
    return {"name": "Authorization", "value": f"Bearer {token}"}
