"""Model → the diagrams of entities and of states, in Mermaid's language."""

from __future__ import annotations

from collections.abc import Iterator

from generator.members import column_of, key_of
from generator.model import BelongsTo, Model, Resource, StateMachine


def entities(model: Model) -> str:
    """Every table with its columns, and every belongs_to as a line between two tables."""
    lines = ["erDiagram"]
    for resource in model.resources:
        lines += [f"    {resource.table} {{", *_columns(model, resource), "    }"]
    for resource in model.resources:
        lines += [_line(model, resource, relation) for relation in resource.belongs_to]
    return "\n".join(lines) + "\n"


def _columns(model: Model, resource: Resource) -> Iterator[str]:
    unique = {each.fields for each in resource.identities if each.where is None}
    for field in resource.fields:
        key = " PK" if field.name == "id" else " UK" if field.unique or (field.name,) in unique else ""
        yield f"        {field.type} {field.name}{key}"
    for relation in resource.belongs_to:
        key = ", UK" if (relation.name,) in unique else ""
        yield f"        {key_of(model.by_name[relation.target]).type} {column_of(relation)} FK{key}"


def _line(model: Model, resource: Resource, relation: BelongsTo) -> str:
    """The far end is exactly one row, or at most one where the relation may be null."""
    far = "|o" if relation.nullable else "||"
    return f'    {model.by_name[relation.target].table} {far}--o{{ {resource.table} : "{relation.name}"'


def states(machine: StateMachine) -> str:
    """The states of a machine, and the transitions between them: who may, when."""
    lines = ["stateDiagram-v2", f"    [*] --> {machine.initial}"]
    for each in machine.transitions:
        when = f" when {each.when}" if each.when else ""
        lines += [f"    {source} --> {each.target}: {each.name} ({each.by}{when})" for source in each.sources]
    return "\n".join([*lines, *(f"    {state} --> [*]" for state in machine.final)]) + "\n"
