"""Files in a bucket of S3, or of anything that speaks its protocol.

Only what every such service knows is used: PUT, HEAD, DELETE of one object each, and lists.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any, BinaryIO

from aiobotocore.config import AioConfig
from aiobotocore.session import get_session
from botocore.exceptions import BotoCoreError, ClientError

from runtime.storage.objects import SECONDS, StorageUnavailable, Stored, check_key, is_key, rewind
from runtime.storage.places import Bucket
from runtime.storage.s3_links import Presigner
from runtime.storage.slots import SlotLinks

logger = logging.getLogger("agora")

PARALLEL = 16
PAGE = 1_000
REGION = "us-east-1"
RENEW_SECONDS = 60.0  # credentials of roles are renewed a quarter of an hour before they end
RETRY_SECONDS = 5.0
ABSENT = ("404", "NoSuchKey", "NotFound")
NO_CREDENTIALS = (
    "no credentials for it were found; set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, "
    "or give them in another way that AWS tools know"
)


class S3Storage:
    """Objects of a bucket, by one client for the whole worker; their URLs live for `seconds`."""

    enabled = True

    def __init__(self, bucket: Bucket, seconds: int) -> None:
        self._bucket = bucket
        self._seconds = seconds
        self._turns = asyncio.Semaphore(PARALLEL)
        self._connecting = asyncio.Lock()
        self._open = AsyncExitStack()
        self._client: Any = None
        self._credentials: Any = None
        self._signing: Any = None  # the credentials that URLs are signed with
        self._urls: SlotLinks | None = None
        self._renewing: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Find credentials, without which there are no URLs, and keep them good."""
        await self._renew()
        self._renewing = asyncio.create_task(self._keep_renewing())

    async def close(self) -> None:
        """Close the connections."""
        if self._renewing is not None:
            self._renewing.cancel()
        await self._open.aclose()

    async def put(self, key: str, content: BinaryIO, size: int, media_type: str) -> None:
        """One request, which the service takes as a whole or not at all."""
        check_key(key)
        rewind(content, size)
        async with self._asking() as client:
            await client.put_object(
                **self._named(key),
                Body=content,
                ContentLength=size,
                ContentType=media_type,
                CacheControl=f"private, max-age={self._seconds}",
            )

    async def delete(self, keys: Sequence[str]) -> None:
        """One request for each, because not every service takes a list; many at once."""
        for key in keys:
            check_key(key)
        left = iter(keys)
        # Not a task group: of Python 3.11's first releases it leaves whoever waits for it half cancelled.
        work = (self._delete_each(left) for _ in range(min(len(keys), PARALLEL)))
        for failure in await asyncio.gather(*work, return_exceptions=True):
            if isinstance(failure, BaseException):
                raise failure

    async def _delete_each(self, keys: Iterator[str]) -> None:
        for key in keys:
            async with self._asking() as client:
                try:
                    await client.delete_object(**self._named(key))
                except ClientError as error:
                    if _code(error) not in ABSENT:
                        raise

    async def find(self, key: str) -> Stored | None:
        """The object under a key."""
        if not is_key(key):
            return None
        async with self._asking() as client:
            try:
                found = await client.head_object(**self._named(key))
            except ClientError as error:
                if _code(error) not in ABSENT:
                    raise
                return None
        return Stored(key, found["ContentLength"], found["LastModified"])

    async def listed(self, prefix: str = "") -> AsyncIterator[Stored]:
        """All of them, a page at a time."""
        more: dict[str, object] = {}
        while True:
            async with self._asking() as client:
                page = await client.list_objects_v2(
                    Bucket=self._bucket.name, Prefix=self._bucket.prefix + prefix, MaxKeys=PAGE, **more
                )
            for each in page.get("Contents", ()):
                key = each["Key"].removeprefix(self._bucket.prefix)
                if is_key(key):
                    yield Stored(key, each["Size"], each["LastModified"])
            if not page.get("IsTruncated"):
                return
            more = {"ContinuationToken": page["NextContinuationToken"]}

    def url(self, key: str) -> str | None:
        """A presigned URL; None for as long as no credentials were found to sign it with."""
        return None if self._urls is None else self._urls(key)

    # --- the client -------------------------------------------------------------------------------

    def _named(self, key: str) -> dict[str, str]:
        return {"Bucket": self._bucket.name, "Key": self._bucket.prefix + key}

    @asynccontextmanager
    async def _asking(self) -> AsyncIterator[Any]:
        """The client, when it is one's turn; the time for all of it is limited, and what goes wrong is translated."""
        try:
            async with asyncio.timeout(SECONDS), self._turns:
                yield await self._connected()
        except (BotoCoreError, ClientError, OSError) as error:  # a timeout is one
            raise StorageUnavailable(f"the storage of files s3://{self._bucket.name}: {_told(error)}") from error

    async def _connected(self) -> Any:
        async with self._connecting:
            if self._client is None:
                await self._connect()
        return self._client

    async def _connect(self) -> None:
        session = get_session()
        credentials = await session.get_credentials()
        if credentials is None:
            raise StorageUnavailable(f"the storage of files s3://{self._bucket.name}: {NO_CREDENTIALS}")
        region = self._bucket.region or session.get_config_variable("region") or REGION
        self._client = await self._open.enter_async_context(
            session.create_client("s3", region, endpoint_url=self._bucket.endpoint, config=self._configuration())
        )
        self._credentials = credentials
        await self._sign_with_present_credentials()

    def _configuration(self) -> AioConfig:
        # A name with dots is no part of a host that TLS knows. What is not Amazon's own may have no such hosts at all.
        in_path = self._bucket.endpoint is not None or "." in self._bucket.name
        return AioConfig(
            connect_timeout=2,
            read_timeout=2 * SECONDS,  # never at the moment of our own: two cancellations at once are not told apart
            retries={"mode": "standard", "total_max_attempts": 2},
            max_pool_connections=PARALLEL,
            signature_version="s3v4",
            # Bodies are neither hashed nor wrapped: both cost time, and not every service knows the wrapping. That
            # what arrives is what was sent is the business of TLS.
            s3={"addressing_style": "path" if in_path else "virtual", "payload_signing_enabled": False},
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
        )

    async def _sign_with_present_credentials(self) -> None:
        """Asks for new credentials if those at hand are about to end; URLs change with them, and not otherwise."""
        present = await self._credentials.get_frozen_credentials()
        if present == self._signing:
            return
        # How a bucket is addressed is the library's business: its own URL of a key that ends with "-" has it.
        own: str = await self._client.generate_presigned_url("get_object", Params=self._named("-"))
        base = own.partition("?")[0].removesuffix("-")
        signer = Presigner(present, self._client.meta.region_name, base, self._seconds)
        self._signing, self._urls = present, SlotLinks(self._seconds, signer.sign)

    async def _renew(self) -> None:
        try:
            async with self._asking():
                await self._sign_with_present_credentials()
        except StorageUnavailable as away:
            logger.error("%s", away)

    async def _keep_renewing(self) -> None:
        while True:
            await asyncio.sleep(RENEW_SECONDS if self._signing else RETRY_SECONDS)
            await self._renew()


def _code(error: ClientError) -> str:
    return str(error.response.get("Error", {}).get("Code", ""))


def _told(error: Exception) -> str:
    """What went wrong, without anything that was sent: addresses of requests may be signed."""
    if isinstance(error, ClientError):
        return f"{error.operation_name} was refused ({_code(error)})"
    if isinstance(error, TimeoutError):
        return f"no answer within {SECONDS:g} seconds"
    return type(error).__name__
