"""Presigned URLs of S3, signed here and now: the same for everybody who signs for the same second."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

from botocore.auth import SIGV4_TIMESTAMP, S3SigV4QueryAuth
from botocore.awsrequest import AWSRequest


class Presigner:
    """Signs URLs to get objects below `base`, good for `seconds`. `credentials` are frozen ones."""

    def __init__(self, credentials: Any, region: str, base: str, seconds: int) -> None:
        self._credentials = credentials
        self._region = region
        self._base = base
        self._seconds = seconds

    def sign(self, key: str, begin: int) -> str:
        """The URL of an object, with a life that begins at this second."""
        request = AWSRequest("GET", self._base + quote(key))
        auth = _AuthSince(self._credentials, "s3", self._region, self._seconds)
        auth.timestamp = datetime.fromtimestamp(begin, UTC).strftime(SIGV4_TIMESTAMP)
        auth.add_auth(request)
        url: str = request.url
        return url


class _AuthSince(S3SigV4QueryAuth):  # type: ignore[misc] # botocore has no types
    """Signs for `timestamp`, where the library would take the present."""

    timestamp = ""

    def add_auth(self, request: Any) -> None:
        """Add the signature to the request's URL."""
        request.context["timestamp"] = self.timestamp
        self._modify_request_before_signing(request)
        text = self.string_to_sign(request, self.canonical_request(request))
        self._inject_signature_to_request(request, self.signature(text, request))
