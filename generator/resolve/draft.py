"""What resolving one resource needs to know: its own nodes, and of the others what they hold and where they stand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from generator.diagnostics import Diagnostic
from generator.expressions import Expression, ExpressionError, ExpressionFault, parse
from generator.model import BelongsTo, Field, HasMany, Place
from generator.resolve.said import said, text
from generator.specs.nodes import MapNode, Node, ScalarNode


@dataclass(slots=True)
class Findings:
    """Faults, and the names of what had to be left out because of them: that they are unknown is no further fault."""

    faults: list[Diagnostic] = field(default_factory=list)
    left_out: set[str] = field(default_factory=set)

    def add(self, code: str, place: Place, message: str, hint: str | None = None) -> None:
        """Note a fault."""
        self.faults.append(Diagnostic(code, place, message, hint))

    def expression(self, node: Node | None, key: str) -> Expression | None:
        """The expression under `key`."""
        return self.parsed(said(node, key))

    def parsed(self, node: Node | None) -> Expression | None:
        """The expression that a scalar holds; None, and a fault, where it is none."""
        if not isinstance(node, ScalarNode):
            return None
        try:
            return parse(node.text, node.place)
        except ExpressionError as error:
            self.faults += [from_expression(fault) for fault in error.faults]
            return None


def from_expression(fault: ExpressionFault) -> Diagnostic:
    """An expression's fault as a diagnostic; names are quoted as everywhere else."""
    hint = fault.hint.replace("`", "'") if fault.hint else None
    return Diagnostic(fault.code, fault.place, fault.message.replace("`", "'"), hint)


@dataclass(frozen=True, slots=True)
class Draft:
    """One resource before its actions have URLs: its nodes with mixins merged in, and what others ask of it."""

    name: str
    stem: str
    node: MapNode
    place: Place
    path: str | None
    lookup: str
    parent: str | None
    fields: Mapping[str, Field]
    belongs_to: Mapping[str, BelongsTo]
    has_many: Mapping[str, HasMany]
    singleton: str | None = None

    @property
    def state(self) -> Field | None:
        """The field that holds the state of the resource's state machine."""
        machine = said(self.node, "state_machine")
        return self.fields.get(text(machine, "field") or "") if machine else None

    def target(self, relation: str) -> str | None:
        """The name of the resource that a relation leads to."""
        found = self.belongs_to.get(relation) or self.has_many.get(relation)
        return found.target if found else None


@dataclass(frozen=True, slots=True)
class World:
    """Everything that one resource can refer to."""

    base: str
    drafts: Mapping[str, Draft]
    enums: Mapping[str, tuple[str, ...]]
    objects: Mapping[str, tuple[Field, ...]]
    findings: Findings
