"""Values that the spec itself sets: of columns that the server does not make, and that take them."""

from __future__ import annotations

from generator.diagnostics import Diagnostic
from generator.model import Resource
from generator.rules.subject import Found, Subject, is_automatic, unknown
from generator.rules.values import problem
from generator.specs.nodes import Step

# What is never stored as it is said.
MADE = ("password", "file")


def set_faults(subject: Subject, resource: Resource, path: tuple[Step, ...], value: object, code: str) -> Found:
    """What is wrong with setting the field at the end of `path`."""
    name, fields = str(path[-1]), {each.name: each for each in resource.fields}
    field, key = fields.get(name), subject.key(resource, *path)
    if field is None:
        yield unknown("unknown-field", key, name, f"a field of {resource.name}", fields)
    elif resource.machine and name == resource.machine.field:
        yield Diagnostic("contradiction", key, f"'{name}' holds the state, which only transitions change by their 'to'")
    elif is_automatic(field) or field.type in MADE:
        yield Diagnostic("contradiction", key, f"'{name}' is of type {field.type}: its value is made, not said")
    elif wrong := problem(field, value):
        yield Diagnostic(code, subject.at(resource, *path), f"this is not a value of '{name}': {wrong}")
