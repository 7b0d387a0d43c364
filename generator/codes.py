"""Every code that a fault can have: what it means, and how it is mended. The data is `schema/codes.json`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from generator.specs.metaschema import FOLDER


@dataclass(frozen=True, slots=True)
class Code:
    """A stable name for one kind of fault. `wrong` and `right` are pieces of a spec (or of a hook)."""

    name: str
    meaning: str
    wrong: str
    right: str

    def __str__(self) -> str:
        """What `agora explain` says."""
        return f"{self.name}: {self.meaning}\n\n  not:  {self.wrong}\n  but:  {self.right}"


def _read() -> Mapping[str, Code]:
    data: dict[str, dict[str, str]] = json.loads((FOLDER / "codes.json").read_text(encoding="utf-8"))
    return {name: Code(name, **said) for name, said in data.items()}


CODES = _read()


def codes_table() -> str:
    """All codes as a table in Markdown."""
    rows = (
        f"| `{each.name}` | {each.meaning} | `{_cell(each.wrong)}` | `{_cell(each.right)}` |" for each in CODES.values()
    )
    return "\n".join(["| code | meaning | not | but |", "| --- | --- | --- | --- |", *rows, ""])


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\t", "⇥")
