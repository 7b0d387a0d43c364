"""How the text of each kind of setting becomes a value.

A reader takes the text and the project's folder and returns the value, or raises `Refused`. What may hold a
password (the secret key, addresses of databases and storage) is never repeated in a message.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn
from urllib.parse import SplitResult, urlsplit

SECRET_MINIMUM = 32  # bytes: HS256 is no stronger than its key (RFC 7518, 3.2)


class Refused(ValueError):
    """A text is wrong. The message completes the sentence that begins with the variable's name."""


def one_of(*choices: str) -> Callable[[str, Path], str]:
    """A reader of one word out of several, exactly as spelt."""

    def read(text: str, _root: Path) -> str:
        if text not in choices:
            raise Refused(f"is {text!r}; accepted: {', '.join(choices)}.")
        return text

    return read


def whole_number(least: int, most: int) -> Callable[[str, Path], int]:
    """A reader of a decimal number between two bounds, both included."""

    def read(text: str, _root: Path) -> int:
        # int() would take "1_000", " 5 " and digits of other scripts.
        if not (text.isascii() and text.isdigit() and len(text) <= 10 and least <= int(text) <= most):
            raise Refused(f"is {text!r}; accepted: a whole number from {least} to {most}.")
        return int(text)

    return read


def plain(text: str, _root: Path) -> str:
    """Printable text without blanks around it, such as a name or an address to listen on."""
    if text != text.strip() or not text.isprintable():
        raise Refused("has blanks around it or characters that cannot be printed; accepted: plain text.")
    return text


def secret(text: str, _root: Path) -> bytes:
    """A key, byte for byte as given: blanks count."""
    try:
        return long_enough(text.encode())
    except UnicodeEncodeError:
        raise Refused("is not valid UTF-8; accepted: text.") from None


def long_enough(key: bytes) -> bytes:
    """The key itself; raises Refused when it is too short to sign with."""
    if len(key) < SECRET_MINIMUM:
        raise Refused(f"is {len(key)} bytes long; accepted: {SECRET_MINIMUM} bytes or more, kept secret.")
    return key


def database_url(text: str, root: Path) -> str:
    """The address of a database in one of two forms: `sqlite:///absolute/file` or `postgres://…`."""
    scheme, separator, rest = text.partition("://")
    if separator and scheme == "sqlite":
        return f"sqlite://{_sqlite_file(rest, root)}"
    if separator and scheme in ("postgres", "postgresql"):
        return _postgres_url(rest)
    raise Refused(
        "is not the address of a database; accepted: sqlite:///absolute/file, "
        "sqlite://file/below/the/project, postgres://user:password@host:port/name, "
        "postgres://user@/name?host=/folder/of/the/socket."
    )


def _sqlite_file(path: str, root: Path) -> Path:
    if not path or path.endswith("/"):
        raise Refused("names no file; accepted: sqlite:///absolute/file or sqlite://file/below/the/project.")
    if ":memory:" in path:
        raise Refused("keeps the data in memory, where no other worker sees it; accepted: a file.")
    if "?" in path or "#" in path or not path.isprintable():
        raise Refused("has '?', '#' or unprintable characters in the file's name; accepted: a plain file.")
    if path.startswith("/"):  # two slashes at the start would survive: POSIX gives them a meaning of their own
        path = "/" + path.lstrip("/")
    return Path(os.path.normpath(root / path))


def _postgres_url(rest: str) -> str:
    # The text holds a password, so no message repeats any of it.
    url = split(f"postgres://{rest}")
    if not url.path.strip("/") or "/" in url.path.strip("/"):
        raise Refused("names no database; accepted: postgres://user:password@host:port/name.")
    if url.fragment:
        raise Refused("has a '#'; write it as %23 inside a password.")
    if not url.hostname and "host=" not in url.query:
        raise Refused("names no host; accepted: postgres://user@host/name or …/name?host=/folder/of/the/socket.")
    return f"postgres://{rest}"


def split(text: str) -> SplitResult:
    """The parts of an address that may hold a password; raises Refused without repeating it."""
    if not text.isprintable():  # urlsplit would silently drop a line break
        raise Refused("has characters that cannot be printed; accepted: an address on one line.")
    try:
        url = urlsplit(text)
        _ = url.port  # raises when it is no number or too large
    except ValueError:
        raise Refused("cannot be read as an address: check the port, and %-encode a password.") from None
    return url


def origins(text: str, _root: Path) -> tuple[str, ...]:
    """Origins as browsers write them, each once; `none` is the empty list."""
    if text == "none":
        return ()
    found = tuple(dict.fromkeys(_origin(part.strip()) for part in text.split(",")))
    if "*" in found and len(found) > 1:
        raise Refused("has '*' beside other origins; accepted: '*' alone, or a list of origins.")
    return found


def _origin(text: str) -> str:
    """An origin as browsers write it: lower case, no port where it is the scheme's own, nothing after it."""
    if text == "*":
        return text
    url = _origin_url(text)
    own_port = {"http": 80, "https": 443}[url.scheme]
    host = f"[{url.hostname}]" if ":" in str(url.hostname) else url.hostname
    return f"{url.scheme}://{host}" + (f":{url.port}" if url.port not in (None, own_port) else "")


def _origin_url(text: str) -> SplitResult:
    def refuse() -> NoReturn:
        raise Refused(
            f"holds {text!r}, which is no origin; accepted: scheme, host and port alone, as in "
            "https://shop.example or http://localhost:3000, separated by commas; or *."
        )

    try:
        url = urlsplit(text)
        _ = url.port
    except ValueError:
        refuse()
    extra = url.path or url.query or url.fragment or "@" in url.netloc or text[-1:] in "/?#"
    if url.scheme not in ("http", "https") or not url.hostname or extra or not _plain_ascii(text):
        refuse()
    return url


def _plain_ascii(text: str) -> bool:
    return text.isascii() and text.isprintable() and not any(mark in text for mark in ' "<>\\^`{|}')


def web_address(text: str, _root: Path) -> str:
    """An http or https address that this process fetches."""
    url = split(text)
    if url.scheme not in ("http", "https") or not url.hostname or not _plain_ascii(text):
        raise Refused("is not a web address; accepted: https://host/path.")
    return text


def public_url(text: str, _root: Path) -> str:
    """The address under which the service is reached from outside, without a slash at its end."""
    url = split(text)
    extra = url.query or url.fragment or "@" in url.netloc or text[-1:] in "?#"
    if url.scheme not in ("http", "https") or not url.hostname or extra or not _plain_ascii(text):
        raise Refused("is not where a service can be; accepted: https://host or https://host/path.")
    return text.rstrip("/")
