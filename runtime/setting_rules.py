"""What must hold of several settings together.

A rule answers with a sentence, or None where it is kept. It sees only what could be read, and is silent about the rest:
that has its own fault already.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from runtime import setting_texts as texts
from runtime.storage.places import Bucket, Folder, Off

Rule = Callable[[Mapping[str, Any]], str | None]


def _production_demands_a_secret_key(values: Mapping[str, Any]) -> str | None:
    if values.get("environment") == "production" and values.get("secret_key", b"") is None:
        least = texts.SECRET_MINIMUM
        return f"AGORA_SECRET_KEY is not set; production demands {least} bytes or more, kept secret."
    return None


def _production_hashes_passwords_at_full_cost(values: Mapping[str, Any]) -> str | None:
    if values.get("environment") == "production" and values.get("password_cost") == "test":
        return "AGORA_PASSWORD_COST is 'test', which is refused in production; accepted: normal."
    return None


def _public_key_algorithms_need_keys(values: Mapping[str, Any]) -> str | None:
    algorithm = values.get("jwt_algorithm")
    if algorithm in ("RS256", "ES256") and values.get("jwks_url", "") is None:
        return f"AGORA_JWKS_URL is not set; AGORA_JWT_ALGORITHM {algorithm} needs the address of its keys."
    return None


def _shared_secrets_need_no_keys(values: Mapping[str, Any]) -> str | None:
    if values.get("jwt_algorithm") == "HS256" and values.get("jwks_url"):
        return (
            "AGORA_JWKS_URL is set, but AGORA_JWT_ALGORITHM is HS256, which uses no public keys; "
            "choose RS256 or ES256, or unset it."
        )
    return None


def _production_fetches_keys_over_tls(values: Mapping[str, Any]) -> str | None:
    if values.get("environment") == "production" and str(values.get("jwks_url")).startswith("http://"):
        return "AGORA_JWKS_URL is not encrypted, so anyone on the way could hand out keys; accepted: https://."
    return None


def _production_demands_a_storage(values: Mapping[str, Any]) -> str | None:
    if values.get("environment") == "production" and values.get("storage", Off()) is None:
        return "AGORA_STORAGE_URL is not set; production demands a folder that lasts, a bucket, or `off`."
    return None


def _production_knows_where_its_files_are_served(values: Mapping[str, Any]) -> str | None:
    served = isinstance(values.get("storage"), Folder)
    if values.get("environment") == "production" and served and values.get("public_url", "") is None:
        return "AGORA_PUBLIC_URL is not set; with a `file:` storage production demands where clients reach it."
    return None


def _production_stores_files_over_tls(values: Mapping[str, Any]) -> str | None:
    place = values.get("storage")
    plain = isinstance(place, Bucket) and str(place.endpoint).startswith("http://")
    if values.get("environment") == "production" and plain:
        return "AGORA_STORAGE_URL has an endpoint that is not encrypted; accepted: https://."
    return None


RULES: tuple[Rule, ...] = (
    _production_demands_a_secret_key,
    _production_demands_a_storage,
    _production_knows_where_its_files_are_served,
    _production_stores_files_over_tls,
    _production_hashes_passwords_at_full_cost,
    _public_key_algorithms_need_keys,
    _shared_secrets_need_no_keys,
    _production_fetches_keys_over_tls,
)
