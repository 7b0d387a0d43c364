"""Configuration from the environment: one table, one frozen value, every fault reported at once.

`VARIABLES` is the table. Each entry names a variable, says what it means, and holds the function that
reads its text (`setting_texts`). A further setting is one entry there and one field of `Settings`. What must hold of
several together is in `setting_rules`.
"""

from __future__ import annotations

import difflib
import fcntl
import os
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from runtime import setting_texts as texts
from runtime.setting_rules import RULES
from runtime.storage.places import Folder, Place
from runtime.storage_texts import storage_url

Environment = Literal["development", "production"]
Algorithm = Literal["HS256", "RS256", "ES256"]
LogLevel = Literal["debug", "info", "warning", "error"]
PasswordCost = Literal["normal", "test"]

PREFIX = "AGORA_"
TEST_PREFIX = "AGORA_TEST_"  # belongs to the test suite, which may run the server with its own environment
SECRET_FILE = Path("var/secret-key")
FILES_FOLDER = Path("var/files")
EVERY_ADDRESS = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 # to listen on; nobody can go there


class SettingsError(Exception):
    """The configuration cannot be used. `faults` holds one line per wrong variable, each naming it."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = tuple(faults)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a process was told. What may hold a password is kept out of `repr` and so out of logs."""

    environment: Environment
    database_url: str = field(repr=False)
    storage: Place
    public_url: str
    file_url_seconds: int
    secret_key: bytes = field(repr=False)
    host: str
    port: int
    workers: int
    cors_origins: tuple[str, ...]
    jwt_algorithm: Algorithm
    jwks_url: str | None
    jwt_issuer: str | None
    jwt_audience: str | None
    access_token_seconds: int
    refresh_token_seconds: int
    track_once_seconds: int
    log_level: LogLevel
    password_cost: PasswordCost
    database_pool: int
    root: Path

    @property
    def production(self) -> bool:
        """Whether this process serves the public: nothing is made up that has to be secret."""
        return self.environment == "production"

    @property
    def dialect(self) -> Literal["sqlite", "postgres"]:
        """Which of the two dialects the database speaks."""
        return "sqlite" if self.database_url.startswith("sqlite:") else "postgres"

    @property
    def sqlite_file(self) -> Path | None:
        """The file of an SQLite database, absolute; None with PostgreSQL."""
        return Path(self.database_url.removeprefix("sqlite://")) if self.dialect == "sqlite" else None


@dataclass(frozen=True, slots=True)
class Variable:
    """One row of the table: what a reader of the documentation is told, and how the text is read."""

    name: str
    field: str  # of Settings
    default: str | None  # as one would write it; None: no value
    meaning: str
    read: Callable[[str, Path], Any]  # (text, root) -> value; raises Refused
    note: str | None = None  # what the documentation says instead of the default, where that needs more words

    @property
    def documented_default(self) -> str:
        """The default as Markdown, for a table of settings."""
        return self.note or f"`{self.default}`"


def load(environ: Mapping[str, str], root: Path) -> Settings:
    """Read the settings of a project at `root` from `environ`; an empty variable counts as unset.

    In development without AGORA_SECRET_KEY this makes and keeps a key under var/, the only side effect.
    Raises SettingsError with every fault there is.
    """
    root = root.absolute()
    faults = _unknown(environ)
    values: dict[str, Any] = {}
    for variable in VARIABLES:
        text = environ.get(variable.name) or variable.default
        try:
            values[variable.field] = None if text is None else variable.read(text, root)
        except texts.Refused as refused:
            faults.append(f"{variable.name} {refused}")
    faults += [fault for rule in RULES if (fault := rule(values))]
    if not faults and values["secret_key"] is None:
        try:
            values["secret_key"] = development_key(root / SECRET_FILE)
        except (OSError, texts.Refused) as problem:
            faults.append(f"AGORA_SECRET_KEY is not set and {SECRET_FILE} cannot serve instead: {problem}")
    if faults:
        raise SettingsError(faults)
    values["storage"] = values["storage"] or Folder(root / FILES_FOLDER)
    values["public_url"] = values["public_url"] or _own_address(values["host"], values["port"])
    return Settings(root=root, **values)


def development_key(file: Path) -> bytes:
    """The key kept in `file`, made on first use; processes that start together agree on one.

    Raises OSError when the file cannot be read or written, Refused when its content is too short.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(file, os.O_RDWR | os.O_CREAT, 0o600)
    with os.fdopen(descriptor, "r+b") as opened:
        fcntl.flock(opened, fcntl.LOCK_EX)  # whoever comes second waits here and then finds a key
        key = opened.read().strip()
        if not key:
            key = secrets.token_urlsafe(48).encode()
            opened.write(key + b"\n")
        return texts.long_enough(key)


def _own_address(host: str, port: int) -> str:
    """Where this process can be reached from this machine."""
    host = EVERY_ADDRESS.get(host, host)
    return f"http://{f'[{host}]' if ':' in host else host}:{port}"


def _unknown(environ: Mapping[str, str]) -> list[str]:
    """A misspelt variable would otherwise be ignored, and the default used in its place."""
    known = [variable.name for variable in VARIABLES]
    faults = []
    for name in sorted(environ):
        if not name.startswith(PREFIX) or name.startswith(TEST_PREFIX) or name in known:
            continue
        nearest = difflib.get_close_matches(name, known, n=1)
        hint = f"did you mean {nearest[0]}?" if nearest else f"known are {', '.join(known)}."
        faults.append(f"{name} is not a setting; {hint}")
    return faults


# --- the table --------------------------------------------------------------------------------

VARIABLES: tuple[Variable, ...] = (
    Variable(
        "AGORA_ENV",
        "environment",
        "development",
        "`development` makes up what is missing; `production` demands it.",
        texts.one_of("development", "production"),
    ),
    Variable(
        "AGORA_DATABASE_URL",
        "database_url",
        "sqlite://var/agora.sqlite3",
        "`sqlite:///absolute/file`, `sqlite://file/below/the/project`, "
        "`postgres://user:password@host:port/name` or `postgres://user@/name?host=/folder/of/the/socket`.",
        texts.database_url,
    ),
    Variable(
        "AGORA_DATABASE_POOL",
        "database_pool",
        "5",
        "Connections to PostgreSQL that one worker opens at most; more than a few per core make all of them wait "
        "longer. SQLite has one per worker.",
        texts.whole_number(1, 1000),
    ),
    Variable(
        "AGORA_STORAGE_URL",
        "storage",
        None,
        "Where uploaded files go. `off`: there are none. `file:folder/below/the/project` or `file:/absolute/folder`: "
        "served by this process. `s3://bucket/prefix?endpoint=https://host&region=name`: S3, or with an endpoint "
        "whatever speaks its protocol; credentials as for AWS tools (`AWS_ACCESS_KEY_ID`, profiles, roles).",
        storage_url,
        note=f"development: `file:{FILES_FOLDER}`; production: demanded",
    ),
    Variable(
        "AGORA_PUBLIC_URL",
        "public_url",
        None,
        "Where clients reach this service, for links to files that it serves itself.",
        texts.public_url,
        note="`http://` with host and port; production with a `file:` storage: demanded",
    ),
    Variable(
        "AGORA_FILE_URL_SECONDS",
        "file_url_seconds",
        "3600",
        "How long the link to a file is good for at most; three quarters of it at least.",
        texts.whole_number(4, 604_800),
        note="`3600` (1 hour)",
    ),
    Variable(
        "AGORA_SECRET_KEY",
        "secret_key",
        None,
        f"Signs tokens and cursors; {texts.SECRET_MINIMUM} bytes or more. One deployment, one key.",
        texts.secret,
        note=f"development: made once and kept in `{SECRET_FILE}`; production: demanded",
    ),
    Variable("AGORA_HOST", "host", "127.0.0.1", "The address to listen on; `0.0.0.0` for all.", texts.plain),
    Variable("AGORA_PORT", "port", "8000", "The port to listen on.", texts.whole_number(1, 65535)),
    Variable("AGORA_WORKERS", "workers", "1", "Processes that serve requests.", texts.whole_number(1, 256)),
    Variable(
        "AGORA_CORS_ORIGINS",
        "cors_origins",
        "none",
        "Origins whose pages may call the API from a browser, separated by commas; `*` for any.",
        texts.origins,
    ),
    Variable(
        "AGORA_JWT_ALGORITHM",
        "jwt_algorithm",
        "HS256",
        "The one algorithm a token may be signed with: `HS256` with the secret key, `RS256` or `ES256` "
        "with the keys at AGORA_JWKS_URL.",
        texts.one_of("HS256", "RS256", "ES256"),
    ),
    Variable(
        "AGORA_JWKS_URL",
        "jwks_url",
        None,
        "Where the public keys of an identity provider are; demanded with `RS256` and `ES256`.",
        texts.web_address,
        note="none",
    ),
    Variable(
        "AGORA_JWT_ISSUER",
        "jwt_issuer",
        None,
        "The `iss` that a token must carry.",
        texts.plain,
        note="not checked",
    ),
    Variable(
        "AGORA_JWT_AUDIENCE",
        "jwt_audience",
        None,
        "The `aud` that a token must carry.",
        texts.plain,
        note="not checked",
    ),
    Variable(
        "AGORA_ACCESS_TOKEN_SECONDS",
        "access_token_seconds",
        "900",
        "How long an access token is good for.",
        texts.whole_number(1, 86_400),
        note="`900` (15 minutes)",
    ),
    Variable(
        "AGORA_REFRESH_TOKEN_SECONDS",
        "refresh_token_seconds",
        "1209600",
        "How long a refresh token is good for.",
        texts.whole_number(1, 31_536_000),
        note="`1209600` (14 days)",
    ),
    Variable(
        "AGORA_TRACK_ONCE_SECONDS",
        "track_once_seconds",
        "60",
        "For how long the same visitor's repeated view or click counts once; `0`: each one counts.",
        texts.whole_number(0, 86_400),
    ),
    Variable(
        "AGORA_LOG_LEVEL",
        "log_level",
        "info",
        "`debug`, `info`, `warning` or `error`.",
        texts.one_of("debug", "info", "warning", "error"),
    ),
    Variable(
        "AGORA_PASSWORD_COST",
        "password_cost",
        "normal",
        "`test` makes password hashes cheap, for test suites; refused in production.",
        texts.one_of("normal", "test"),
    ),
)
