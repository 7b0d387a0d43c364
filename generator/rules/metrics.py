"""Metrics: stored numbers that must equal an expression, whoever asks and whenever."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.diagnostics import Diagnostic
from generator.expressions import ExpressionError, Scope, Type, check, field_type
from generator.expressions.reads import Stored, stored_in, whole
from generator.model import Metric, Model, Resource
from generator.rules.aggregated import NUMBERS
from generator.rules.subject import Found, Subject, is_automatic, unknown


def metrics_are_stored_numbers(subject: Subject, resource: Resource) -> Found:
    """Each is a field that holds a number, and has one before anything has happened."""
    fields = {each.name: each for each in resource.fields}
    for metric in resource.metrics:
        field = fields.get(metric.name)
        if field is None:
            yield unknown("unknown-field", metric.place, metric.name, f"a field of {resource.name}", fields)
        elif field.type not in NUMBERS:
            message = f"'{metric.name}' is of type {field.type}: a metric is a number"
            yield Diagnostic("bad-metric", metric.place, message, f"make it one of {', '.join(NUMBERS)}")
        elif not (field.has_default or field.nullable or is_automatic(field)):
            message = f"'{metric.name}' is set by the server, and has no value before that"
            yield Diagnostic("bad-metric", metric.place, message, "give the field a default, or make it nullable")


def metrics_are_kept_by_one(subject: Subject, resource: Resource) -> Found:
    """What events count is what they count, and nothing else."""
    counted = _counted(subject.model)
    for metric in resource.metrics:
        event = counted.get((resource.name, metric.name))
        if event is not None:
            message = f"'{metric.name}' is counted by the event '{event}': it cannot be a metric as well"
            yield Diagnostic("bad-metric", metric.place, message, "keep one of the two")


def _counted(model: Model) -> Mapping[Stored, str]:
    found: dict[Stored, str] = {}
    for resource in model.resources:
        relations = {each.name: each.target for each in resource.has_many}
        for event in resource.events:
            for name in event.counts:
                relation, _, column = name.rpartition(".")
                owner = relations.get(relation, "") if relation else resource.name
                found.setdefault((owner, column), event.name)
    return found


def metrics_fit_their_fields(subject: Subject, resource: Resource) -> Found:
    """The expression is a number of which the field loses nothing."""
    fields = {each.name: each for each in resource.fields}
    for metric in resource.metrics:
        field = fields.get(metric.name)
        kept = field_type(subject.model, field) if field and field.type in NUMBERS else None
        try:
            given = check(metric.expression, Scope(subject.model, resource)).type
        except ExpressionError:
            continue
        if kept is not None and given.kind not in ("unknown", "null"):
            yield from _fits(metric, kept, given)


def _fits(metric: Metric, kept: Type, given: Type) -> Iterator[Diagnostic]:
    if not given.is_number:
        message = f"'{metric.name}' is a number; this is {given.described()}"
        yield Diagnostic("type-mismatch", metric.expression.place, message)
    elif given.places > kept.places:
        message = f"this has {given.places} places; '{metric.name}' keeps {kept.places}"
        hint = f"keep it in a decimal with 'places: {given.places}'"
        yield Diagnostic("bad-metric", metric.expression.place, message, hint)


def metrics_hold_whoever_asks(subject: Subject, resource: Resource) -> Found:
    """Nor do the parts that the expression uses depend on who asks, or when."""
    for metric in resource.metrics:
        if _is_faulty(subject, resource, metric):
            continue
        parts = list(whole(subject.model, metric.expression, Scope(subject.model, resource)))
        if any(each.uses_actor for each in parts):
            message = f"what '{metric.name}' must equal depends on who is asking"
            yield Diagnostic("no-actor", metric.expression.place, message)
        if any(each.uses_now for each in parts):
            message = f"what '{metric.name}' must equal depends on when that is asked"
            yield Diagnostic("no-clock", metric.expression.place, message)


def _is_faulty(subject: Subject, resource: Resource, metric: Metric) -> bool:
    """What the expression itself says of actor and time is told there."""
    try:
        check(metric.expression, Scope.of_metric(subject.model, resource))
    except ExpressionError:
        return True
    return False


def metrics_do_not_go_round(subject: Subject, resource: Resource) -> Found:
    """None is made from itself, over others or directly."""
    made = {
        (each.name, metric.name): stored_in(subject.model, metric.expression, each)
        for each in subject.model.resources
        for metric in each.metrics
    }
    for metric in resource.metrics:
        if (resource.name, metric.name) in _needed(made, (resource.name, metric.name)):
            message = f"'{metric.name}' is made from what is made from it"
            yield Diagnostic("circular-expression", metric.expression.place, message)


def _needed(made: Mapping[Stored, frozenset[Stored]], start: Stored) -> set[Stored]:
    found: set[Stored] = set()
    todo = [start]
    while todo:
        for each in made.get(todo.pop(), ()):
            if each not in found:
                found.add(each)
                todo.append(each)
    return found
