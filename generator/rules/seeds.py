"""Seeds: rows that the resource can hold."""

from __future__ import annotations

from generator.diagnostics import Diagnostic
from generator.model import Field, Resource
from generator.rules.subject import Found, Subject, unknown
from generator.rules.values import problem


def seed_rows_are_records(subject: Subject, resource: Resource) -> Found:
    """Every name is a column's, every value one that it takes, and nothing is missing."""
    if resource.seeds is None:
        return
    columns = subject.columns(resource)
    for index, row in enumerate(resource.seeds.rows):
        for name, value in row.items():
            path = ("seeds", "rows", index, name)
            column = columns.get(name)
            if column is None:
                what = f"a column of {resource.name}"
                yield unknown("unknown-field", subject.key(resource, *path), name, what, columns)
            elif isinstance(column, Field):
                yield from _value(subject, resource, column, value, path)
        for field in resource.fields:
            if field.required and field.name not in row:
                place = subject.at(resource, "seeds", "rows", index)
                yield Diagnostic("bad-seed", place, f"this row lacks '{field.name}', which is required")


def _value(subject: Subject, resource: Resource, column: Field, value: object, path: tuple[str | int, ...]) -> Found:
    exact = column.type in ("money", "decimal")
    node = subject.node(resource, *path)
    given = getattr(node, "text", value) if exact and value is not None else value
    wrong = problem(column, given)
    if wrong:
        yield Diagnostic("bad-seed", subject.at(resource, *path), f"this is not a value of '{column.name}': {wrong}")
