"""Access tokens: what is accepted, what is not, and where the keys come from."""

from __future__ import annotations

import base64
import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from runtime import settings
from runtime.auth import jwks
from runtime.auth import tokens as tokens_module
from runtime.auth.tokens import Tokens
from runtime.errors import Problem

SECRET = "a secret of more than thirty-two bytes"
LONG = 4_000_000_000


def configured(**variables: str) -> settings.Settings:
    """Settings of these variables."""
    named = {f"AGORA_{name}": text for name, text in variables.items()}
    return settings.load({"AGORA_SECRET_KEY": SECRET} | named, Path("/nowhere"))


def signed(claims: dict[str, Any], key: Any = SECRET, algorithm: str = "HS256", **more: Any) -> str:
    """An Authorization header with these claims."""
    return f"Bearer {jwt.encode(claims, key, algorithm, **more)}"


async def refused(tokens: Tokens, header: str) -> Problem:
    """The problem that a header is."""
    with pytest.raises(Problem) as caught:
        await tokens.subject(header)
    return caught.value


async def test_what_was_issued_is_accepted() -> None:
    tokens = Tokens(configured())
    assert await tokens.subject(f"Bearer {tokens.access(7)}") == "7"
    assert await tokens.subject(f"bearer   {tokens.access(7)} ") == "7"
    assert await tokens.subject(None) is None


def part(value: object) -> str:
    """One part of a token that nobody signed properly."""
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


GOOD = {"sub": "1", "exp": LONG}
NESTED = base64.urlsafe_b64encode(b"[" * 2500).decode().rstrip("=")
HOSTILE = {
    "no exp": signed({"sub": "1"}),
    "no sub": signed({"exp": LONG}),
    "empty sub": signed({"sub": "", "exp": LONG}),
    "blank sub": signed({"sub": " ", "exp": LONG}),
    "expired": signed({"sub": "1", "exp": 1}),
    "not yet": signed(GOOD | {"nbf": LONG}),
    "exp is text": signed(GOOD | {"exp": "soon"}),
    "another key": signed(GOOD, "another secret of more than 32 bytes"),
    "another algorithm": signed(GOOD, SECRET, "HS512"),
    "no algorithm": f"Bearer {part({'alg': 'none'})}.{part(GOOD)}.",
    "no signature": f"Bearer {part({'alg': 'HS256'})}.{part(GOOD)}.",
    "sub is a number": f"Bearer {jwt.encode({'sub': '1', 'exp': LONG}, SECRET)}x",
    "header is a list": f"Bearer {part([])}.{part(GOOD)}.x",
    "header is deep": f"Bearer {NESTED}.{part(GOOD)}.x",
    "header is no JSON": "Bearer eHh4.eHh4.eHh4",
    "two parts": "Bearer a.b",
    "no token": "Bearer",
    "two tokens": "Bearer a b",
    "another scheme": "Basic YTpi",
    "nothing": "",
    "not ASCII": "Bearer żółć",
    "endless": "Bearer " + "x" * 5000,
}


@pytest.mark.promise("1.67", "1.68", "1.69")
@pytest.mark.parametrize("header", HOSTILE.values(), ids=HOSTILE.keys())
async def test_everything_else_is_401(header: str) -> None:
    problem = await refused(Tokens(configured()), header)
    assert (problem.status, problem.code) == (401, "INVALID_TOKEN")
    assert problem.headers["WWW-Authenticate"].startswith('Bearer error="invalid_token"')
    assert problem.headers["WWW-Authenticate"].isascii()


@pytest.mark.promise("1.70")
async def test_issuer_and_audience_where_configured() -> None:
    tokens = Tokens(configured(JWT_ISSUER="https://id.example", JWT_AUDIENCE="shop"))
    right = GOOD | {"iss": "https://id.example", "aud": "shop"}
    assert await tokens.subject(signed(right)) == "1"
    assert await tokens.subject(f"Bearer {tokens.access(1)}") == "1"
    for wrong in ({"iss": "https://evil.example"}, {"aud": "bank"}):
        await refused(tokens, signed(right | wrong))
    for missing in ("iss", "aud"):
        await refused(tokens, signed({name: item for name, item in right.items() if name != missing}))
    assert await Tokens(configured()).subject(signed(right)) == "1"


async def test_a_signature_is_remembered_until_it_expires(monkeypatch: pytest.MonkeyPatch) -> None:
    tokens = Tokens(configured(ACCESS_TOKEN_SECONDS="10"))
    header = f"Bearer {tokens.access(1)}"
    assert await tokens.subject(header) == "1"
    monkeypatch.setattr(jwt, "decode", lambda *_, **__: pytest.fail("checked again"))
    assert await tokens.subject(header) == "1"
    monkeypatch.undo()
    later = time.time() + 60
    monkeypatch.setattr(time, "time", lambda: later)
    monkeypatch.setattr(jwt, "decode", lambda *_, **__: (_ for _ in ()).throw(jwt.ExpiredSignatureError))
    await refused(tokens, header)


async def test_what_is_remembered_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tokens_module, "REMEMBERED", 3)
    tokens = Tokens(configured())
    for number in range(10):
        await tokens.subject(f"Bearer {tokens.access(number)}")
    assert len(tokens._known) == 3


def test_refresh_tokens_are_random_and_kept_as_hashes() -> None:
    tokens = Tokens(configured())
    one, other = tokens.refresh(), tokens.refresh()
    assert one.value != other.value
    assert len(one.value) >= 43
    assert one.hash == tokens.hashed(one.value) != one.value
    assert len(one.hash) == 64


# --- keys of an identity provider -------------------------------------------------------------


class Provider:
    """A server of public keys."""

    def __init__(self) -> None:
        self.keys: list[dict[str, Any]] = []
        self.status = 200
        self.asked = 0
        provider = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                provider.asked += 1
                body = json.dumps({"keys": provider.keys}).encode()
                self.send_response(provider.status)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                """Nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}/keys"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def add(self, name: str, algorithm: str) -> Any:
        """A new key; the private half."""
        private: Any = (
            rsa.generate_private_key(65537, 2048) if algorithm == "RS256" else ec.generate_private_key(ec.SECP256R1())
        )
        maker: Any = jwt.get_algorithm_by_name(algorithm)
        self.keys.append(maker.to_jwk(private.public_key(), as_dict=True) | {"kid": name, "alg": algorithm})
        return private


@pytest.fixture
def provider() -> Iterator[Provider]:
    """Stopped afterwards."""
    found = Provider()
    yield found
    found.server.shutdown()
    found.server.server_close()


@pytest.mark.promise("1.66")
@pytest.mark.parametrize("algorithm", ["RS256", "ES256"])
async def test_keys_are_found_by_name_and_kept(provider: Provider, algorithm: str) -> None:
    private = provider.add("one", algorithm)
    tokens = Tokens(configured(JWT_ALGORITHM=algorithm, JWKS_URL=provider.url))
    for subject in "12":
        header = signed(GOOD | {"sub": subject}, private, algorithm, headers={"kid": "one"})
        assert await tokens.subject(header) == subject
    assert await tokens.subject(signed(GOOD, private, algorithm)) == "1"  # the only key needs no name
    assert provider.asked == 1
    await refused(tokens, signed(GOOD))  # HS256 with the secret key
    with pytest.raises(Problem):
        tokens.access(1)


@pytest.mark.promise("1.67")
async def test_a_public_key_is_no_secret(provider: Provider) -> None:
    provider.add("one", "RS256")
    tokens = Tokens(configured(JWT_ALGORITHM="RS256", JWKS_URL=provider.url))
    forged = f"{part({'alg': 'HS256', 'kid': 'one'})}.{part(GOOD)}.{part('x')}"
    assert (await refused(tokens, f"Bearer {forged}")).status == 401
    assert provider.asked == 0


async def test_a_new_key_is_fetched_but_not_too_often(provider: Provider, monkeypatch: pytest.MonkeyPatch) -> None:
    first = provider.add("one", "ES256")
    tokens = Tokens(configured(JWT_ALGORITHM="ES256", JWKS_URL=provider.url))
    await tokens.subject(signed(GOOD, first, "ES256", headers={"kid": "one"}))
    second = provider.add("two", "ES256")
    header = signed(GOOD, second, "ES256", headers={"kid": "two"})
    for _ in range(5):
        assert (await refused(tokens, header)).status == 401
    assert provider.asked == 1
    monkeypatch.setattr(jwks, "PAUSE", 0.0)
    assert await tokens.subject(header) == "1"
    assert provider.asked == 2


async def test_a_provider_that_is_away_is_503_and_comes_back(
    provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    private = provider.add("one", "ES256")
    header = signed(GOOD, private, "ES256", headers={"kid": "one"})
    tokens = Tokens(configured(JWT_ALGORITHM="ES256", JWKS_URL=provider.url))
    provider.status = 500
    problem = await refused(tokens, header)
    assert (problem.status, "Retry-After" in problem.headers) == (503, True)
    monkeypatch.setattr(jwks, "PAUSE", 0.0)
    provider.status = 200
    assert await tokens.subject(header) == "1"
    provider.status = 500
    monkeypatch.setattr(jwks, "FRESH", 0.0)
    again = signed(GOOD | {"sub": "2"}, private, "ES256", headers={"kid": "one"})
    assert await tokens.subject(again) == "2"  # with the key that is known


async def test_unusable_keys_are_passed_over(provider: Provider) -> None:
    private = provider.add("good", "ES256")
    provider.keys += [{"kty": "EC"}, {"kty": "oct", "k": "eHg", "kid": "s"}, {"kid": "x"}, "nonsense"]  # type: ignore[list-item]
    provider.keys.append(provider.keys[0] | {"kid": "enc", "use": "enc"})
    tokens = Tokens(configured(JWT_ALGORITHM="ES256", JWKS_URL=provider.url))
    assert await tokens.subject(signed(GOOD, private, "ES256", headers={"kid": "good"})) == "1"
    assert (await refused(tokens, signed(GOOD, private, "ES256", headers={"kid": "enc"}))).status == 401
