"""Names as English: what an action says of itself when the spec leaves it out."""

from __future__ import annotations

import re
from collections.abc import Mapping

from generator.model import ActionKind

SENTENCES: Mapping[ActionKind, str] = {
    "list": "List {many}",
    "retrieve": "Retrieve {one}",
    "create": "Create {one}",
    "update": "Change {one}",
    "delete": "Delete {one}",
}


def summary(resource: str, path: str | None, action: str, kind: ActionKind, *, single: bool = False) -> str:
    """`List books` for the standard actions; for others their name. Of a `single` record everybody has their own."""
    if action != kind:
        return action.replace("_", " ").capitalize()
    noun = words(resource)
    one = f"the caller's {noun}" if single else f"{article(noun)} {noun}"
    return SENTENCES[kind].format(one=one, many=plural(noun, path))


def pascal(name: str) -> str:
    """`book_shelf` → `BookShelf`."""
    return "".join(part[:1].upper() + part[1:] for part in name.split("_"))


def words(name: str) -> str:
    """`BookShelf` → `book shelf`."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", " ", name).lower()


def article(noun: str) -> str:
    """Before the noun; of vowels only the letter is known, and `u` more often sounds like `you`."""
    return "an" if noun[:1].lower() in "aeio" else "a"


def plural(noun: str, path: str | None) -> str:
    """As the path says it, where that is the noun's plural; else by the common rules."""
    last = (path or "").rstrip("/").rsplit("/", 1)[-1].replace("_", " ").replace("-", " ")
    if last[:2] == noun[:2]:
        return last
    if noun.endswith("ics"):
        return noun
    if re.search(r"[^aeiou]y$", noun):
        return f"{noun[:-1]}ies"
    return f"{noun}es" if noun.endswith(("s", "x", "ch", "sh")) else f"{noun}s"
