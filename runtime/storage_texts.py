"""How the text of AGORA_STORAGE_URL becomes a place. No message repeats any of it: it may hold a secret."""

from __future__ import annotations

import os
import re
from pathlib import Path
from urllib.parse import SplitResult, parse_qsl

from runtime.setting_texts import Refused, public_url, split
from runtime.storage.places import Bucket, Folder, Off, Place

STORAGES = "off, file:folder/below/the/project, file:/absolute/folder, s3://bucket/prefix?endpoint=https://…&region=…"
CREDENTIALS = "credentials are given as AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or in another way AWS tools know"
PARAMETERS = ("endpoint", "region")

_BUCKET = re.compile(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")
_PREFIX = re.compile(r"(?:/[A-Za-z0-9][A-Za-z0-9._-]*)*/?")
_REGION = re.compile(r"[a-z0-9-]+")


def storage_url(text: str, root: Path) -> Place:
    """Where files are kept."""
    scheme, _, rest = text.partition(":")
    if text == "off":
        return Off()
    if scheme == "file":
        return _folder(rest, root)
    if scheme == "s3" and rest.startswith("//"):
        return _bucket(split(text))
    raise Refused(f"names a storage that does not exist; accepted: {STORAGES}.")


def _folder(path: str, root: Path) -> Folder:
    if not path or path.startswith("//"):
        raise Refused("names no folder; accepted: file:folder/below/the/project or file:/absolute/folder.")
    if "?" in path or "#" in path or not path.isprintable():
        raise Refused("has '?', '#' or unprintable characters in the folder's name; accepted: a plain folder.")
    return Folder(Path(os.path.normpath(root / path)))


def _bucket(url: SplitResult) -> Bucket:
    if "@" in url.netloc:
        raise Refused(f"holds credentials, which would be shown to many; {CREDENTIALS}.")
    if not _BUCKET.fullmatch(url.netloc):
        raise Refused("names no bucket; accepted: s3://bucket, with a name of 3 to 63 of a-z, 0-9, '.' and '-'.")
    if url.fragment or not _PREFIX.fullmatch(url.path):
        raise Refused("has no plain prefix; accepted: s3://bucket/prefix of letters, digits, '.', '_', '-' and '/'.")
    said = parse_qsl(url.query, keep_blank_values=True)
    names = [name for name, _ in said]
    if not set(names) <= set(PARAMETERS) or len(set(names)) < len(names):
        raise Refused(f"has other parameters than endpoint and region, or one twice; {CREDENTIALS}.")
    prefix = url.path.strip("/")
    given = dict(said)
    return Bucket(url.netloc, f"{prefix}/" if prefix else "", _endpoint(given), _region(given))


def _endpoint(given: dict[str, str]) -> str | None:
    if "endpoint" not in given:
        return None
    try:
        return public_url(given["endpoint"], Path())
    except Refused:
        raise Refused("has no endpoint that can be reached; accepted: endpoint=https://host.") from None


def _region(given: dict[str, str]) -> str | None:
    if "region" in given and not _REGION.fullmatch(given["region"]):
        raise Refused("has no region; accepted: a name such as region=eu-west-1.")
    return given.get("region")
