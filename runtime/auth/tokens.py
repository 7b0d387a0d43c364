"""Access tokens (JWT, RFC 7519) and refresh tokens: how they are checked, and how they are made.

The algorithm is pinned by configuration. `exp` and `sub` are demanded; issuer and audience are checked where they are
configured. A signature that held is remembered until its token expires; role and active flag are never remembered.
"""

from __future__ import annotations

import hashlib
import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import jwt

from runtime.auth.jwks import KeySet
from runtime.errors import Problem, invalid_token
from runtime.settings import Settings

REMEMBERED = 10_000
MAX_TOKEN = 4096  # characters; no honest token is longer
LEEWAY = 5  # seconds that clocks of two machines may differ


@dataclass(frozen=True, slots=True)
class Refresh:
    """A refresh token: what the client gets, and the only thing that is stored."""

    value: str
    hash: str


class Tokens:
    """Checks and makes tokens. One per process."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._keys = KeySet(settings.jwks_url, settings.jwt_algorithm) if settings.jwks_url else None
        self._known: dict[str, tuple[str, float]] = {}

    async def subject(self, header: str | None) -> str | None:
        """The `sub` of an Authorization header; None without one. Raises a 401 problem for anything unsound."""
        if header is None:
            return None
        token = _bearer(header)
        known = self._known.get(token)
        if known is not None:
            if known[1] > time.time():
                return known[0]
            del self._known[token]
        subject, expires = await self._verified(token)
        self._remember(token, subject, expires)
        return subject

    def access(self, subject: object) -> str:
        """A new access token (HS256 with the secret key). Providers with their own keys issue their own tokens."""
        if self._settings.jwt_algorithm != "HS256":
            raise Problem(409, "CONFLICT", "Access tokens are issued by the identity provider, not here.")
        now = int(time.time())
        claims: dict[str, Any] = {
            "sub": str(subject),
            "iat": now,
            "exp": now + self._settings.access_token_seconds,
            "jti": secrets.token_hex(8),
        }
        if self._settings.jwt_issuer:
            claims["iss"] = self._settings.jwt_issuer
        if self._settings.jwt_audience:
            claims["aud"] = self._settings.jwt_audience
        return jwt.encode(claims, self._settings.secret_key, "HS256")

    @property
    def access_seconds(self) -> int:
        """For how long a new access token is good."""
        return self._settings.access_token_seconds

    @property
    def refresh_seconds(self) -> int:
        """For how long a new refresh token is good."""
        return self._settings.refresh_token_seconds

    def refresh(self) -> Refresh:
        """A new refresh token: 256 random bits."""
        value = secrets.token_urlsafe(32)
        return Refresh(value, self.hashed(value))

    def hashed(self, value: str) -> str:
        """What is stored of a refresh token. It is random, so a plain hash cannot be turned back."""
        return hashlib.sha256(value.encode("utf-8", "surrogatepass")).hexdigest()

    async def _verified(self, token: str) -> tuple[str, float]:
        try:
            header = jwt.get_unverified_header(token)
            if header.get("alg") != self._settings.jwt_algorithm:
                raise invalid_token("The token is signed with another algorithm.")
            key: Any = await self._key(header)
            claims = jwt.decode(
                token,
                key,
                algorithms=[self._settings.jwt_algorithm],
                audience=self._settings.jwt_audience,
                issuer=self._settings.jwt_issuer,
                leeway=LEEWAY,
                options={
                    "require": self._demanded,
                    "verify_aud": self._settings.jwt_audience is not None,
                },
            )
        except (jwt.PyJWTError, ValueError, TypeError, OverflowError, RecursionError) as fault:
            # Beside its own errors the library lets through what its JSON reader says of a hostile header.
            raise invalid_token(_explained(fault)) from None
        return _sound(claims)

    async def _key(self, header: Mapping[str, Any]) -> Any:
        return self._settings.secret_key if self._keys is None else await self._keys.find(header.get("kid"))

    @property
    def _demanded(self) -> list[str]:
        names = ["exp", "sub"]
        if self._settings.jwt_issuer:
            names.append("iss")
        if self._settings.jwt_audience:
            names.append("aud")
        return names

    def _remember(self, token: str, subject: str, expires: float) -> None:
        if len(self._known) >= REMEMBERED:
            self._known.pop(next(iter(self._known)))  # the oldest: a dict keeps its order
        self._known[token] = (subject, expires)


def _bearer(header: str) -> str:
    scheme, _, token = header.strip().partition(" ")
    token = token.strip()
    if scheme.lower() != "bearer" or not token:
        raise invalid_token("The Authorization header must be: Bearer, a blank, the token.")
    if len(token) > MAX_TOKEN or not token.isascii() or " " in token:
        raise invalid_token("This is no access token.")
    return token


def _sound(claims: Mapping[str, Any]) -> tuple[str, float]:
    subject, expires = claims.get("sub"), claims.get("exp")
    if not isinstance(subject, str) or not subject.strip() or len(subject) > 255 or "\x00" in subject:
        raise invalid_token("The token names no subject.")
    if not isinstance(expires, int | float):
        raise invalid_token("The token does not say when it expires.")
    return subject, float(expires)


EXPLANATIONS: tuple[tuple[type[Exception], str], ...] = (
    (jwt.ExpiredSignatureError, "The token has expired."),
    (jwt.InvalidSignatureError, "The signature does not hold."),
    (jwt.MissingRequiredClaimError, "The token lacks a claim that is demanded."),
    (jwt.InvalidIssuerError, "The token comes from another issuer."),
    (jwt.InvalidAudienceError, "The token is for another audience."),
    (jwt.ImmatureSignatureError, "The token is not valid yet."),
)


def _explained(fault: Exception) -> str:
    for kind, explanation in EXPLANATIONS:
        if isinstance(fault, kind):
            return explanation
    return "This is no access token."
