"""What an answer shows of records: where in its body the fields stand that lead on to other operations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from generator.members import Member, end_of, member, representation_of, result_owner, shown_record
from generator.model import Aggregate, BelongsTo, Field, HasMany, Item, Model, Resource, Result
from generator.operations import Operation

DEEPEST = 2


@dataclass(frozen=True, slots=True)
class Shown:
    """A record in an answer: where in the body its fields are, as JSON pointers, by their names.

    `depth` is 0 for what the answer is about, and counts the records around the others; `via` is the relation that
    leads to it. `part` is the depth of the first of these that is one of several: of a line of a list, also for what
    the line points at.
    """

    resource: Resource
    depth: int = 0
    via: str = ""
    part: int | None = None
    fields: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Around:
    """What a member of an answer stands in: the record, and the pointer to its parent."""

    model: Model
    record: Shown
    prefix: str


def shown(model: Model, operation: Operation, result: Result) -> tuple[Shown, ...]:
    """The records that an answer shows, those that it is about first; of a list, those of its first item."""
    action = operation.action
    found: list[Shown] = []
    if result.representation:
        owner = result_owner(model, operation.resource, action, result)
        prefix = "/0" if action.kind == "list" else ""
        found += _record(model, Shown(owner), result.representation, prefix)
    for each in result.fields:
        if each.record is not None:
            owner, shape = shown_record(model, each)
            found += _record(model, Shown(owner), shape, f"/{each.name}")
    return tuple(sorted(found, key=lambda each: each.depth))


def _record(model: Model, record: Shown, shape: str, prefix: str) -> Iterator[Shown]:
    if record.depth <= DEEPEST:
        yield record
        items = representation_of(record.resource, shape).items
        yield from _members(Around(model, record, prefix), items)


def _members(around: Around, items: Iterable[Item]) -> Iterator[Shown]:
    for item in items:
        yield from _member(around, item)


def _member(around: Around, item: Item) -> Iterator[Shown]:
    """The records in a member; a field of the record around it is noted."""
    model, owner = around.model, around.record.resource
    inside = Around(model, around.record, f"{around.prefix}/{item.name}")
    if item.items:
        yield from _members(inside, item.items)
    elif item.is_self:
        yield from _members(inside, representation_of(owner, str(item.shape)).items)
    elif item.aggregate is None:
        source = member(owner, str(item.source))
        if isinstance(source, Field) and (source.type != "file" or item.as_key):
            around.record.fields.setdefault(source.name, inside.prefix)
        elif isinstance(source, BelongsTo) and item.shape is None:
            target, record = model.by_name[source.target], around.record
            yield Shown(target, record.depth + 1, source.name, record.part, {"id": inside.prefix})
        elif item.shape is not None:
            yield from _related(inside, item, source)


def _related(inside: Around, item: Item, source: Member) -> Iterator[Shown]:
    """One record at the other end of a way over relations: the first where there are several."""
    model, record = inside.model, inside.record
    path = source.path if isinstance(source, Aggregate) else item.path or (str(item.source),)
    steps = (member(end_of(model, record.resource, path[:at]), name) for at, name in enumerate(path))
    many = any(isinstance(each, HasMany) for each in steps)
    first = "/0" if many and not isinstance(source, Aggregate) else ""
    depth, target = record.depth + 1, end_of(model, record.resource, path)
    part = depth if many and record.part is None else record.part
    yield from _record(model, Shown(target, depth, path[-1], part), str(item.shape), inside.prefix + first)
