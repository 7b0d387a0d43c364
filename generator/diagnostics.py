"""What is wrong with a spec, as located data; and the three ways to print it."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from generator.model import Place


@dataclass(frozen=True, slots=True)
class Related:
    """Another place that the fault has to do with, and why."""

    place: Place
    message: str


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One fault. `code` is a key of `codes.CODES`, `message` a sentence without its full stop, `hint` the way out."""

    code: str
    place: Place
    message: str
    hint: str | None = None
    related: tuple[Related, ...] = ()

    def sentence(self) -> str:
        """Message and hint, as one reads them."""
        return f"{_closed(self.message)} {_closed(_capital(self.hint))}" if self.hint else _closed(self.message)


def tidied(found: Iterable[Diagnostic]) -> list[Diagnostic]:
    """In the order of the files, each fault once."""
    return sorted(dict.fromkeys(found), key=_order)


def _order(diagnostic: Diagnostic) -> tuple[str, int, int, str, str]:
    place = diagnostic.place
    return (place.file, place.line, place.column, diagnostic.code, diagnostic.message)


def _closed(text: str) -> str:
    return text if text.endswith((".", "?", "!")) else f"{text}."


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def lines_of(text: str) -> list[str]:
    """The lines of a text as YAML counts them."""
    return re.split("\r\n|[\n\r\x85\u2028\u2029]", text)


# --- text -------------------------------------------------------------------------------------


def render_text(diagnostics: Iterable[Diagnostic], root: Path) -> str:
    """For people: each fault with its source line and a caret. `root` is the folder that places are relative to."""
    lines = _Lines(root)
    return "".join(_as_text(each, lines) for each in diagnostics)


def _as_text(diagnostic: Diagnostic, lines: _Lines) -> str:
    place = diagnostic.place
    head = f"{_position(place)}: error[{diagnostic.code}]: {diagnostic.sentence()}\n"
    notes = "".join(f"  {_position(each.place)}: note: {each.message}\n" for each in diagnostic.related)
    return head + _excerpt(place, lines.line(place)) + notes


def _position(place: Place) -> str:
    return f"{place.file}:{place.line}:{place.column}"


def _excerpt(place: Place, line: str | None) -> str:
    if line is None:
        return ""
    before = " " * _width(line[: place.column - 1])
    marked = line[place.column - 1 : place.column - 1 + place.length]
    return f"{place.line:>5} | {line}\n      | {before}{'^' * max(_width(marked), 1)}\n"


def _width(text: str) -> int:
    """Columns of a terminal: combining marks take none, East Asian wide characters two."""
    return sum(_cells(char) for char in text)


def _cells(char: str) -> int:
    if unicodedata.combining(char):
        return 0
    return 2 if unicodedata.east_asian_width(char) in ("W", "F") else 1


class _Lines:
    """The lines of the files that are quoted, each file read once."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._files: dict[str, list[str]] = {}

    def line(self, place: Place) -> str | None:
        """The text of a place's line with tabs as single blanks; None where the file has no such line."""
        if place.file not in self._files:
            path = self._root / place.file
            text = path.read_text(encoding="utf-8", errors="replace") if path.is_file() else ""
            self._files[place.file] = lines_of(text.removeprefix("\ufeff")) if text else []
        lines = self._files[place.file]
        return _printable(lines[place.line - 1]) if place.line <= len(lines) else None


def _printable(line: str) -> str:
    return "".join(char if char.isprintable() else " " for char in line)


# --- machine formats --------------------------------------------------------------------------


def render_json(diagnostics: Iterable[Diagnostic], _root: Path) -> str:
    """For editors and scripts: a list of objects, one for each fault."""
    return json.dumps([_as_data(each) for each in diagnostics], indent=2, ensure_ascii=False) + "\n"


def _as_data(diagnostic: Diagnostic) -> dict[str, object]:
    return {
        **_place_data(diagnostic.place),
        "severity": "error",
        "code": diagnostic.code,
        "message": _closed(diagnostic.message),
        "hint": _closed(_capital(diagnostic.hint)) if diagnostic.hint else None,
        "related": [{**_place_data(each.place), "message": each.message} for each in diagnostic.related],
    }


def _place_data(place: Place) -> dict[str, object]:
    return {"file": place.file, "line": place.line, "column": place.column, "length": place.length}


def render_github(diagnostics: Iterable[Diagnostic], _root: Path) -> str:
    """For GitHub's log: annotations at the lines of a pull request."""
    return "".join(_as_annotation(each) for each in diagnostics)


def _as_annotation(diagnostic: Diagnostic) -> str:
    place = diagnostic.place
    properties = {
        "file": place.file,
        "line": place.line,
        "col": place.column,
        "endColumn": place.column + place.length,
        "title": f"agora[{diagnostic.code}]",
    }
    said = ",".join(f"{name}={_property(str(value))}" for name, value in properties.items())
    return f"::error {said}::{_escaped(diagnostic.sentence())}\n"


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _escaped(text).replace(":", "%3A").replace(",", "%2C")


RENDERERS: Mapping[str, Callable[[Iterable[Diagnostic], Path], str]] = {
    "text": render_text,
    "json": render_json,
    "github": render_github,
}
