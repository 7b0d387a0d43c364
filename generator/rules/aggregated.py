"""What aggregates read of the records they are about: numbers to sum, the one value of the first."""

from __future__ import annotations

from generator.diagnostics import Diagnostic
from generator.expressions import Scope
from generator.model import Aggregate, BelongsTo, Computed, Field, HasMany, Place, Resource
from generator.rules.behind import checked
from generator.rules.subject import Found, Subject, reaches_twice, unknown
from generator.specs.nodes import Step

NUMBERS = ("integer", "counter", "money", "decimal")


def values_can_be_read(subject: Subject, resource: Resource, aggregate: Aggregate, path: tuple[Step, ...]) -> Found:
    """`sum` and `avg` read numbers, each of them once; `first` reads a field."""
    far = subject.far(resource, aggregate.path)
    if far is None:
        return
    place = subject.at(resource, *path, aggregate.function)
    if aggregate.function == "first":
        yield from _field(subject, far, str(aggregate.value), place)
        yield from _order(subject, far, aggregate, place)
        return
    yield from _number(subject, far, aggregate, place)
    if reaches_twice(subject, resource, aggregate.path):
        way = ".".join(aggregate.path)
        message = f"'{way}' may reach the same {far.name} several times: its '{aggregate.value}' would count as often"
        yield Diagnostic("bad-aggregate", place, message, "begin at a resource that has each only once")
    if aggregate.function == "avg" and aggregate.places is None:
        message = "an average needs 'places', the digits after the point"
        yield Diagnostic("bad-aggregate", subject.key(resource, *path), message, "add 'places: 2'")


def _field(subject: Subject, far: Resource, name: str, place: Place) -> Found:
    known = {key: each for key, each in subject.members(far).items() if isinstance(each, Field | BelongsTo | HasMany)}
    found = known.get(name)
    if not isinstance(found, Field):
        yield unknown("unknown-field", place, name, f"a field or relation of {far.name}", known)
    elif found.type == "password":
        yield Diagnostic("secret-shown", place, f"'{name}' of {far.name} is a password: it is never shown")


def _order(subject: Subject, far: Resource, aggregate: Aggregate, place: Place) -> Found:
    """Aggregates can stand in expressions, so two that are ordered by each other would go round."""
    names = [name.removeprefix("-") for name in aggregate.sort]
    derived = next((name for name in names if isinstance(subject.members(far).get(name), Aggregate)), None)
    if derived is not None:
        message = f"'{aggregate.name}' is ordered by '{derived}', which is an aggregate itself"
        yield Diagnostic("bad-aggregate", place, message, "say a 'sort' by fields or computed values")


def _number(subject: Subject, far: Resource, aggregate: Aggregate, place: Place) -> Found:
    known = {key: each for key, each in subject.members(far).items() if isinstance(each, Field | Computed)}
    found = known.get(str(aggregate.value))
    if found is None:
        yield unknown("unknown-field", place, str(aggregate.value), f"a field or computed value of {far.name}", known)
    elif not _is_number(subject, far, found):
        message = f"'{found.name}' of {far.name} is no number: there is no {aggregate.function} of it"
        yield Diagnostic("bad-aggregate", place, message)


def _is_number(subject: Subject, far: Resource, found: Field | Computed) -> bool:
    """Also where a computed value is faulty, which is told elsewhere."""
    if isinstance(found, Field):
        return found.type in NUMBERS
    typed = checked(found.expression, Scope(subject.model, far))
    return typed is None or typed.type.is_number
