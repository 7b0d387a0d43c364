"""Access tokens: what is accepted, what is not, and where the keys come from."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import json
import re
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
    "sub with NUL": signed({"sub": "1\x00", "exp": LONG}),
    "endless sub": signed({"sub": "x" * 256, "exp": LONG}),
    "exp is a number as text": signed(GOOD | {"exp": str(LONG)}),
    "exp is text": signed(GOOD | {"exp": "soon"}),
    "another key": signed(GOOD, "another secret of more than 32 bytes"),
    "another algorithm": signed(GOOD, SECRET, "HS512"),
    "no algorithm": f"Bearer {part({'alg': 'none'})}.{part(GOOD)}.",
    "no signature": f"Bearer {part({'alg': 'HS256'})}.{part(GOOD)}.",
    "signature is longer": f"Bearer {jwt.encode({'sub': '1', 'exp': LONG}, SECRET)}x",
    "header is a list": f"Bearer {part([])}.{part(GOOD)}.x",
    "header is deep": f"Bearer {NESTED}.{part(GOOD)}.x",
    "header is no JSON": "Bearer eHh4.eHh4.eHh4",
    "two parts": "Bearer a.b",
    "exp is true": signed(GOOD | {"exp": True}),
    "sub is a list": signed(GOOD | {"sub": ["1"]}),
    "no token": "Bearer",
    "two tokens": "Bearer a b",
    "another scheme": "Basic YTpi",
    "nothing": "",
    "not ASCII": "Bearer żółć",
    "endless": "Bearer " + "x" * 5000,
}


EXPLAINED = {
    "no exp": "The token lacks a claim that is demanded.",
    "no sub": "The token lacks a claim that is demanded.",
    "empty sub": "The token names no subject.",
    "blank sub": "The token names no subject.",
    "sub with NUL": "The token names no subject.",
    "endless sub": "The token names no subject.",
    "expired": "The token has expired.",
    "not yet": "The token is not valid yet.",
    "another key": "The signature does not hold.",
    "no signature": "The signature does not hold.",
    "signature is longer": "The signature does not hold.",
    "exp is true": "The token has expired.",
    "exp is a number as text": "The token does not say when it expires.",
    "another algorithm": "The token is signed with another algorithm.",
    "no algorithm": "The token is signed with another algorithm.",
    "no token": "The Authorization header must be: Bearer, a blank, the token.",
    "another scheme": "The Authorization header must be: Bearer, a blank, the token.",
    "nothing": "The Authorization header must be: Bearer, a blank, the token.",
}


@pytest.mark.promise("1.67", "1.68", "1.69")
@pytest.mark.parametrize("fault", HOSTILE)
async def test_everything_else_is_401(fault: str) -> None:
    problem = await refused(Tokens(configured()), HOSTILE[fault])
    detail = EXPLAINED.get(fault, "This is no access token.")
    assert (problem.status, problem.code, problem.detail) == (401, "INVALID_TOKEN", detail)
    assert problem.headers["WWW-Authenticate"] == f'Bearer error="invalid_token", error_description="{detail}"'
    assert problem.headers["WWW-Authenticate"].isascii()


async def test_clocks_of_two_machines_may_differ_by_five_seconds() -> None:
    now = int(time.time())
    assert await Tokens(configured()).subject(signed({"sub": "1", "exp": now - 3})) == "1"
    assert await Tokens(configured()).subject(signed(GOOD | {"nbf": now + 4})) == "1"
    for late in ({"exp": now - 5}, {"exp": now - 6}, {"nbf": now + 7}):
        await refused(Tokens(configured()), signed(GOOD | late))


async def test_the_longest_token() -> None:
    tokens = Tokens(configured())
    body = signed(GOOD | {"fill": ""})
    fill = "x" * ((4096 + len("Bearer ") - len(body)) * 3 // 4)
    while len(longest := signed(GOOD | {"fill": fill})) < 4096 + len("Bearer "):
        fill += "x"
    assert len(longest) == 4096 + len("Bearer ")
    assert await tokens.subject(longest) == "1"
    while len(longer := signed(GOOD | {"fill": fill})) == len(longest):
        fill += "x"
    assert (await refused(tokens, longer)).detail == "This is no access token."


async def test_the_longest_subject() -> None:
    tokens = Tokens(configured())
    assert await tokens.subject(signed(GOOD | {"sub": "x" * 255})) == "x" * 255
    await refused(tokens, signed(GOOD | {"sub": "x" * 256}))


async def test_what_is_issued_says_who_for_how_long_and_by_whom() -> None:
    tokens = Tokens(configured(JWT_ISSUER="https://id.example", JWT_AUDIENCE="shop", ACCESS_TOKEN_SECONDS="600"))
    before = int(time.time())
    one, other = (jwt.decode(tokens.access(7), SECRET, ["HS256"], audience="shop") for _ in range(2))
    assert set(one) == {"sub", "iat", "exp", "jti", "iss", "aud"}
    assert (one["sub"], one["iss"], one["aud"]) == ("7", "https://id.example", "shop")
    assert before <= one["iat"] <= time.time()
    assert one["exp"] == one["iat"] + 600
    assert re.fullmatch("[0-9a-f]{16}", one["jti"])
    assert one["jti"] != other["jti"]
    assert set(jwt.decode(Tokens(configured()).access(7), SECRET, ["HS256"])) == {"sub", "iat", "exp", "jti"}


def test_for_how_long_they_are_good() -> None:
    tokens = Tokens(configured(ACCESS_TOKEN_SECONDS="600", REFRESH_TOKEN_SECONDS="7000"))
    assert (tokens.access_seconds, tokens.refresh_seconds) == (600, 7000)


@pytest.mark.promise("1.70")
async def test_issuer_and_audience_where_configured() -> None:
    tokens = Tokens(configured(JWT_ISSUER="https://id.example", JWT_AUDIENCE="shop"))
    right = GOOD | {"iss": "https://id.example", "aud": "shop"}
    assert await tokens.subject(signed(right)) == "1"
    assert await tokens.subject(f"Bearer {tokens.access(1)}") == "1"
    for wrong, where in (({"iss": "https://evil.example"}, "comes from"), ({"aud": "bank"}, "is for")):
        kind = "issuer" if "iss" in wrong else "audience"
        assert (await refused(tokens, signed(right | wrong))).detail == f"The token {where} another {kind}."
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
    assert [subject for subject, _ in tokens._known.values()] == ["7", "8", "9"]


def test_refresh_tokens_are_random_and_kept_as_hashes() -> None:
    tokens = Tokens(configured())
    one, other = tokens.refresh(), tokens.refresh()
    assert one.value != other.value
    assert len(one.value) == 43
    assert one.hash == tokens.hashed(one.value) != one.value
    assert one.hash == hashlib.sha256(one.value.encode()).hexdigest()
    assert tokens.hashed("\ud800") == hashlib.sha256(b"\xed\xa0\x80").hexdigest()  # whatever a client sends


# --- keys of an identity provider -------------------------------------------------------------


class Provider:
    """A server of public keys."""

    def __init__(self) -> None:
        self.keys: list[dict[str, Any]] = []
        self.document: bytes | None = None
        self.status = 200
        self.asked = 0
        self.accepted = ""
        self.silent = threading.Event()
        self.silent.set()
        provider = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                provider.asked += 1
                provider.accepted = self.headers["Accept"]
                provider.silent.wait()
                body = provider.document or json.dumps({"keys": provider.keys}).encode()
                self.send_response(provider.status)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                """Nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}/keys"
        threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()

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
    found.silent.set()
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
    with pytest.raises(Problem) as elsewhere:
        tokens.access(1)
    assert (elsewhere.value.status, elsewhere.value.code) == (409, "CONFLICT")
    assert elsewhere.value.detail == "Access tokens are issued by the identity provider, not here."


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
    assert provider.accepted == "application/json"


async def test_keys_are_for_signatures_of_the_configured_algorithm(provider: Provider) -> None:
    private = provider.add("plain", "RS256")
    (given,) = provider.keys
    public = {name: value for name, value in given.items() if name != "alg"}
    provider.keys[:] = [public, public | {"kid": "strong", "alg": "RS512"}, public | {"kid": "sig", "use": "sig"}]
    tokens = Tokens(configured(JWT_ALGORITHM="RS256", JWKS_URL=provider.url))
    for name in ("plain", "sig"):
        assert await tokens.subject(signed(GOOD, private, "RS256", headers={"kid": name})) == "1"
    refusal = await refused(tokens, signed(GOOD, private, "RS256", headers={"kid": "strong"}))
    assert (refusal.status, refusal.detail) == (401, "The token is signed with an unknown key.")


async def test_a_token_names_its_key_where_there_are_several(provider: Provider) -> None:
    private = provider.add("one", "ES256")
    nameless = {name: value for name, value in provider.keys[0].items() if name != "kid"}
    provider.keys.append(nameless)
    tokens = Tokens(configured(JWT_ALGORITHM="ES256", JWKS_URL=provider.url))
    assert await tokens.subject(signed(GOOD, private, "ES256", headers={"kid": "one"})) == "1"
    assert (await refused(tokens, signed(GOOD, private, "ES256"))).status == 401


async def test_fresh_keys_are_not_fetched_again(provider: Provider, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jwks, "PAUSE", 0.0)
    private = provider.add("one", "ES256")
    tokens = Tokens(configured(JWT_ALGORITHM="ES256", JWKS_URL=provider.url))
    for subject in "12":
        header = signed(GOOD | {"sub": subject}, private, "ES256", headers={"kid": "one"})
        assert await tokens.subject(header) == subject
    assert provider.asked == 1


async def test_a_withdrawn_key_goes_away(provider: Provider, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jwks, "PAUSE", 0.0)
    monkeypatch.setattr(jwks, "FRESH", 0.0)
    private = provider.add("one", "ES256")
    tokens = Tokens(configured(JWT_ALGORITHM="ES256", JWKS_URL=provider.url))
    assert await tokens.subject(signed(GOOD, private, "ES256", headers={"kid": "one"})) == "1"
    provider.keys.clear()
    assert (await refused(tokens, signed(GOOD | {"sub": "2"}, private, "ES256", headers={"kid": "one"}))).status == 401


@pytest.mark.parametrize("document", [b"[]", b"{}", b'{"keys": {}}', b"no JSON"])
async def test_what_is_no_key_set_is_503(provider: Provider, document: bytes) -> None:
    private = provider.add("one", "ES256")
    provider.document = document
    tokens = Tokens(configured(JWT_ALGORITHM="ES256", JWKS_URL=provider.url))
    problem = await refused(tokens, signed(GOOD, private, "ES256", headers={"kid": "one"}))
    assert (problem.status, problem.detail) == (503, "The keys that tokens are checked with cannot be fetched.")


async def test_a_key_set_is_not_read_without_end(provider: Provider, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jwks, "MAX_BYTES", 100)
    private = provider.add("one", "ES256")
    tokens = Tokens(configured(JWT_ALGORITHM="ES256", JWKS_URL=provider.url))
    assert (await refused(tokens, signed(GOOD, private, "ES256", headers={"kid": "one"}))).status == 503


async def test_a_silent_provider_is_not_waited_for(provider: Provider, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jwks, "TIMEOUT", 0.1)
    private = provider.add("one", "ES256")
    provider.silent.clear()
    tokens = Tokens(configured(JWT_ALGORITHM="ES256", JWKS_URL=provider.url))
    try:
        asked = refused(tokens, signed(GOOD, private, "ES256", headers={"kid": "one"}))
        assert (await asyncio.wait_for(asked, 5)).status == 503
    finally:
        provider.silent.set()


def test_what_a_provider_may_take_of_us() -> None:
    assert (jwks.TIMEOUT, jwks.MAX_BYTES) == (5.0, 1_000_000)
    assert (jwks.PAUSE, jwks.FRESH) == (10.0, 600.0)
