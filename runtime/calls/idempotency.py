"""Requests that are sent again: the first success is kept under the client's key, and given again instead of repeated.

draft-ietf-httpapi-idempotency-key-header. What is kept is written in the transaction of the work itself, so there is
never one without the other. On PostgreSQL a lock of that transaction tells a second request that the first is still
at work; on SQLite transactions follow one another, so the second finds what the first has kept.
"""

from __future__ import annotations

import asyncio
import contextvars
import datetime as dt
import hashlib
import hmac
import logging
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sanic.response import HTTPResponse

from runtime.application import Sql
from runtime.database import Unavailable
from runtime.errors import Problem, invalid, problem
from runtime.http import answers

if TYPE_CHECKING:
    from runtime.call import Call
    from runtime.calls.services import Services
    from runtime.database import Database, Transaction

logger = logging.getLogger("agora")

HEADER = "Idempotency-Key"
REPLAYED = "idempotency-replayed"
LONGEST = 255
KEPT = dt.timedelta(hours=24)
PRUNE_SECONDS = 300.0
PRUNE_ROWS = 1_000

# A string of RFC 9651, or its text without the quotes.
_QUOTED = re.compile(r'"((?:[\x21\x23-\x5b\x5d-\x7e]|\\["\\])+)"')
_BARE = re.compile(r"[\x21\x23-\x7e][\x21-\x7e]*")

LOCK = "SELECT pg_try_advisory_xact_lock($1)"
FIND = Sql(
    'SELECT fingerprint, status, location, body FROM agora_idempotency WHERE scope = $1 AND "key" = $2 '
    "AND created_at > $3",
    'SELECT fingerprint, status, location, body FROM agora_idempotency WHERE scope = ?1 AND "key" = ?2 '
    "AND created_at > ?3",
)
_KEEP = """INSERT INTO agora_idempotency (scope, "key", fingerprint, status, location, body, created_at)
VALUES ({}) ON CONFLICT (scope, "key") DO UPDATE SET fingerprint = excluded.fingerprint, status = excluded.status,
location = excluded.location, body = excluded.body, created_at = excluded.created_at"""
KEEP = Sql(_KEEP.format("$1, $2, $3, $4, $5, $6, $7"), _KEEP.format("?1, ?2, ?3, ?4, ?5, ?6, ?7"))
PRUNE = Sql(
    "DELETE FROM agora_idempotency WHERE ctid = ANY(ARRAY("
    "SELECT ctid FROM agora_idempotency WHERE created_at < $1 LIMIT $2 FOR UPDATE SKIP LOCKED))",
    "DELETE FROM agora_idempotency WHERE rowid IN (SELECT rowid FROM agora_idempotency WHERE created_at < ?1 LIMIT ?2)",
)


@dataclass(frozen=True, slots=True)
class Attempt:
    """One request under a key. `scope` is the operation and the caller, `fingerprint` stands for what was sent."""

    scope: str
    key: str
    fingerprint: str

    @property
    def lock(self) -> int:
        """What a transaction holds while it is at work on it: 64 bits, as PostgreSQL takes them."""
        said = hashlib.blake2b(f"{self.scope}\n{self.key}".encode(), digest_size=8)
        return int.from_bytes(said.digest(), "big", signed=True)


async def once(call: Call, transaction: Transaction, run: Callable[[], Awaitable[HTTPResponse]]) -> HTTPResponse:
    """What `run` answers; or what it answered when the same request was made before. Only a success is kept."""
    header = call.headers.get(HEADER.lower()) if call.route.idempotency else None
    if header is None:
        return await run()
    await call.find_caller(transaction)  # nothing is given again to who may not ask any more
    attempt = Attempt(f"{call.route.name} {call.key}", key_of(header), _fingerprint(call))
    dialect = call.services.database.dialect
    if dialect == "postgres":
        await _lock(transaction, attempt)
    # A statement of its own: one that began before the lock was there would not see what was committed meanwhile.
    since = dt.datetime.now(dt.UTC) - KEPT
    kept = await transaction.fetch_row(FIND.of(dialect), [attempt.scope, attempt.key, since])
    if kept is not None:
        return _again(attempt, *kept)
    response = await run()
    await transaction.execute(KEEP.of(dialect), _row(attempt, response))
    call.services.pruning.begin(call.services)
    return response


def key_of(header: str) -> str:
    """The key in a header; quoted and bare it is the same one."""
    quoted = _QUOTED.fullmatch(header)
    key = re.sub(r"\\(.)", r"\1", quoted[1]) if quoted else header
    if not (quoted or _BARE.fullmatch(header)) or len(key) > LONGEST:
        raise invalid({HEADER: [f"must be 1 to {LONGEST} visible ASCII characters, in double quotes or without"]})
    return key


def _fingerprint(call: Call) -> str:
    """Of the values that were read, not of the bytes: a form is another one each time it is sent. With the secret
    key, so that nobody finds out from it what a short value was."""
    files = {name: [each.digest for each in sent] for name, sent in call.files.parts.items()} if call.files else {}
    sent = answers.encoded([call.parameters, call.received, *([files] if files else [])])
    return hmac.new(call.services.settings.secret_key, sent, "sha256").hexdigest()


async def _lock(transaction: Transaction, attempt: Attempt) -> None:
    row = await transaction.fetch_row(LOCK, [attempt.lock])
    if row is None or not row[0]:
        detail = "The first request with this idempotency key is still at work. Try again soon."
        raise problem("REQUEST_IN_PROGRESS", detail, headers={"Retry-After": "1"})


def _again(attempt: Attempt, fingerprint: str, status: int, location: str | None, body: str | None) -> HTTPResponse:
    if not hmac.compare_digest(fingerprint, attempt.fingerprint):
        raise _reused()
    headers = {REPLAYED: "true"} | ({} if location is None else {"location": location})
    return HTTPResponse(body, status, headers, None if body is None else answers.JSON)


def _reused() -> Problem:
    return problem("IDEMPOTENCY_KEY_REUSED", "This idempotency key was sent before, with another request.")


def _row(attempt: Attempt, response: HTTPResponse) -> list[Any]:
    said = [response.status, response.headers.get("location"), response.body.decode() if response.body else None]
    return [attempt.scope, attempt.key, attempt.fingerprint, *said, dt.datetime.now(dt.UTC)]


# --- what is too old --------------------------------------------------------------------------


class Pruning:
    """Forgets what was kept for long enough: now and then, in the background of a request."""

    def __init__(self) -> None:
        self._next = 0.0

    def begin(self, services: Services) -> None:
        """Start, unless that was done not long ago."""
        now = asyncio.get_running_loop().time()
        if now < self._next:
            return
        self._next = now + PRUNE_SECONDS
        # In a context of its own: nothing that it does belongs to the transaction or the counts of this request.
        contextvars.Context().run(services.in_background, prune(services.database))


async def prune(database: Database[Any]) -> None:
    """A bounded number of rows at a time, until none is left that is too old; a database that is away is no failure."""
    before = dt.datetime.now(dt.UTC) - KEPT
    sql = PRUNE.of(database.dialect)
    try:
        while await database.transaction(lambda opened: opened.execute(sql, [before, PRUNE_ROWS])) == PRUNE_ROWS:
            pass
    except Unavailable as error:
        logger.warning("old answers were not forgotten this time: %s", error)
