"""What is derived from records, or must hold of them: computed values, aggregates, constraints, policies, events."""

from __future__ import annotations

from typing import Literal, cast

from generator.model import (
    Aggregate,
    Computed,
    Event,
    Identity,
    Index,
    Invariant,
    Metric,
    Place,
    Policy,
)
from generator.resolve.draft import Draft, Findings, World
from generator.resolve.said import dotted, entries, items, number, one_or_more, said, text, texts, texts_of
from generator.specs.nodes import Node, ScalarNode

Function = Literal["count", "sum", "avg", "exists", "first"]
FUNCTIONS = ("count", "sum", "avg", "exists", "first")
OF_A_VALUE = ("sum", "avg")


def computed(node: Node, findings: Findings) -> tuple[Computed, ...]:
    """Values by expression."""
    found = []
    for key, value in entries(node, "computed"):
        expression = findings.parsed(value)
        if expression is None:
            findings.left_out.add(key.text)
        else:
            found.append(Computed(key.text, expression, key.place))
    return tuple(found)


def function_of(node: Node) -> Function | None:
    """Which aggregate a definition is."""
    return cast("Function | None", next((name for name in FUNCTIONS if text(node, name)), None))


def aggregate(world: World, draft: Draft, name: str, place: Place, node: Node) -> Aggregate:
    """One aggregate; `first` takes the order of the relation where none is said, and is a value where its way ends in
    one."""
    function = function_of(node) or "count"
    way = dotted(node, function)
    of_a_value = function in OF_A_VALUE or (function == "first" and _ends_in_a_value(world, draft, way))
    path = way[:-1] if of_a_value else way
    sort = texts(node, "sort") or (relation_sort(world, draft, path) if function == "first" else ())
    return Aggregate(
        name=name,
        function=function,
        path=path,
        place=place,
        value=way[-1] if of_a_value else None,
        where=world.findings.expression(node, "where"),
        places=number(node, "places"),
        default=number(node, "default"),
        sort=sort,
    )


def aggregates(world: World, draft: Draft) -> tuple[Aggregate, ...]:
    """The resource's aggregates."""
    return tuple(
        aggregate(world, draft, key.text, key.place, value) for key, value in entries(draft.node, "aggregates")
    )


def _ends_in_a_value(world: World, draft: Draft, way: tuple[str, ...]) -> bool:
    """Whether the last name of a way is no relation, but something of a resource that relations lead to."""
    here = _draft_at(world, draft, way[:-1])
    return len(way) > 1 and here is not None and here.target(way[-1]) is None


def _draft_at(world: World, draft: Draft, path: tuple[str, ...]) -> Draft | None:
    here: Draft | None = draft
    for step in path:
        here = world.drafts.get(here.target(step) or "") if here else None
    return here


def relation_sort(world: World, draft: Draft, path: tuple[str, ...]) -> tuple[str, ...]:
    """The order that the last relation of a way says its records have."""
    here = _draft_at(world, draft, path[:-1])
    last = here.has_many.get(path[-1]) if here and path else None
    return last.sort if last else ()


def invariants(node: Node, findings: Findings) -> tuple[Invariant, ...]:
    """What must hold of every row."""
    return tuple(
        Invariant(key.text, check, text(value, "on") or "", text(value, "message") or "", key.place)
        for key, value in entries(node, "invariants")
        if (check := findings.expression(value, "check"))
    )


def identities(node: Node, findings: Findings) -> tuple[Identity, ...]:
    """Columns that are unique together."""
    return tuple(
        Identity(
            name=key.text,
            fields=texts(value, "fields"),
            place=key.place,
            where=findings.expression(value, "where"),
            error=text(value, "error"),
            message=text(value, "message"),
        )
        for key, value in entries(node, "identities")
    )


def indexes(node: Node) -> tuple[Index, ...]:
    """Indexes over columns."""
    return tuple(
        Index(
            fields=tuple(name.removeprefix("-") for name in texts_of(each)),
            descending=tuple(name.startswith("-") for name in texts_of(each)),
            place=each.place,
        )
        for each in items(said(node, "indexes"))
    )


def policies(node: Node, findings: Findings) -> tuple[Policy, ...]:
    """Named conditions: an expression, or one with more to say."""
    found = []
    for key, value in entries(node, "policies"):
        condition = value if isinstance(value, ScalarNode) else said(value, "check")
        expression = findings.parsed(condition)
        if expression is None:
            findings.left_out.add(key.text)
        else:
            found.append(Policy(key.text, expression, key.place, hide=text(value, "on_deny") == "hide"))
    return tuple(found)


def metrics(node: Node, findings: Findings) -> tuple[Metric, ...]:
    """Stored numbers that must equal an expression."""
    return tuple(
        Metric(key.text, expression, key.place)
        for key, value in entries(node, "metrics")
        if (expression := findings.parsed(value))
    )


def events(node: Node, findings: Findings) -> tuple[Event, ...]:
    """What is counted in the background."""
    return tuple(
        Event(
            name=key.text,
            place=key.place,
            counts=one_or_more(value, "counts"),
            unless=findings.expression(value, "unless"),
            description=text(value, "description") or "",
        )
        for key, value in entries(node, "events")
    )
