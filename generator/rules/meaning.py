"""Every expression of the specs, checked where it stands with what it may use there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.diagnostics import Diagnostic
from generator.expressions import Expression, ExpressionError, ExpressionFault, Scope, check
from generator.model import Resource
from generator.resolve.draft import from_expression
from generator.rules.derived import all_aggregates, all_items
from generator.rules.subject import Found, Subject


@dataclass(frozen=True, slots=True)
class Stated:
    """An expression with what it may use; a condition must be true or false."""

    expression: Expression
    scope: Scope
    condition: bool = True


def expressions_mean_something(subject: Subject, resource: Resource) -> Found:
    """All expressions of a resource."""
    for stated in _stated(subject, resource):
        yield from _faults(stated)


def shared_expressions_mean_something(subject: Subject) -> Found:
    """Shared policies know only the caller."""
    for policy in subject.model.policies:
        yield from _faults(Stated(policy.expression, Scope(subject.model)))


def _faults(stated: Stated) -> Iterator[Diagnostic]:
    try:
        check(stated.expression, stated.scope, condition=stated.condition)
    except ExpressionError as error:
        yield from map(from_expression, _without_echoes(error.faults))


def _without_echoes(faults: Sequence[ExpressionFault]) -> list[ExpressionFault]:
    """Without those that come from others: words beside what is not understood, and any word of an empty enum."""
    known = [each for each in faults if "one of  " not in f"{each.message} "]
    return [each for each in known if each is known[0] or not each.message.endswith("is not known here")]


def _stated(subject: Subject, resource: Resource) -> Iterator[Stated]:
    here = Scope(subject.model, resource)
    yield from (Stated(each.expression, here, condition=False) for each in resource.computed)
    yield from (Stated(each.expression, here) for each in resource.policies)
    yield from (Stated(each.check, here) for each in resource.guards)
    yield from (Stated(each.unless, here) for each in resource.events if each.unless)
    stored = Scope.of_metric(subject.model, resource)
    yield from (Stated(each.expression, stored, condition=False) for each in resource.metrics)
    if resource.visible:
        yield Stated(resource.visible, here)
    yield from _of_rows(subject, resource)
    filters = Scope(subject.model, resource, value=True)
    yield from (Stated(each.where, filters) for each in resource.filters if each.where)
    for action in resource.actions:
        if action.scope:
            yield Stated(action.scope, Scope(subject.model, subject.listed(resource, action)))
    yield from _of_others(subject, resource)


def _of_rows(subject: Subject, resource: Resource) -> Iterator[Stated]:
    row = Scope.of_row(subject.model, resource)
    yield from (Stated(each.check, row) for each in resource.invariants)
    yield from (Stated(each.where, row) for each in resource.identities if each.where)


def _of_others(subject: Subject, resource: Resource) -> Iterator[Stated]:
    """Conditions on related records; a way that leads nowhere is told elsewhere."""
    conditions = [(each.where, each.path) for each, _ in all_aggregates(resource)]
    for representation in resource.representations:
        for item, _ in all_items(representation.items, ()):
            if item.is_self and item.where is not None:
                yield Stated(item.where, Scope(subject.model, resource))
            conditions += [(item.where, item.path)] if not item.is_self else []
    for where, path in conditions:
        far = subject.far(resource, path)
        if where is not None and far is not None:
            yield Stated(where, Scope(subject.model, far, outer=resource))
