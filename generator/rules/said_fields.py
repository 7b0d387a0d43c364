"""A field together with where it was said: what the rules about fields judge."""

from __future__ import annotations

from dataclasses import dataclass

from generator.diagnostics import Diagnostic
from generator.model import Field
from generator.specs.nodes import MapNode, Node, Step, child, place_of


@dataclass(frozen=True, slots=True)
class Said:
    """A field together with the node that defines it. `stored`: it is a column; `taken`: clients send it."""

    field: Field
    root: Node
    path: tuple[Step, ...]
    stored: bool
    taken: bool

    def fault(self, key: str, code: str, message: str, hint: str | None = None) -> Diagnostic:
        """A fault at the value of one key."""
        return Diagnostic(code, place_of(self.root, *self.path, key), message, hint)

    def says(self, key: str) -> bool:
        """Whether a key was said."""
        here: Node | None = self.root
        for step in self.path:
            here = child(here, step) if here is not None else None
        return isinstance(here, MapNode) and key in here.entries
