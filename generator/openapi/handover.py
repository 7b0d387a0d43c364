"""From an answer to an operation: whether what the one shows matters to the other, and how it is handed over."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from generator.members import object_of
from generator.model import Field, Model, Resource, Result
from generator.openapi.examples import body_example
from generator.openapi.shown import Shown
from generator.openapi.taken import Taken
from generator.operations import Operation

Json = dict[str, Any]

CREATED = 201


@dataclass(frozen=True)
class Source:
    """An answer that links lead out of."""

    operation: Operation
    result: Result
    shown: tuple[Shown, ...]

    @property
    def owner(self) -> Resource:
        """Whose operation gave the answer."""
        return self.operation.resource

    @property
    def made(self) -> bool:
        """Whether something is there that was not there before."""
        return self.result.status == CREATED

    @property
    def listed(self) -> bool:
        """Whether it is one of many."""
        return self.operation.action.kind == "list"

    @property
    def whole(self) -> bool:
        """Whether all that can be done next matters: after a record was made or looked at, not when it was changed."""
        return self.made or _is_look(self.operation)

    def members(self, model: Model) -> dict[str, Field | None]:
        """What stands at the top of the answer's body; a field where it is no member of a record."""
        own = {name: None for one in self.shown for name, at in one.fields.items() if at == f"/{name}"}
        given = object_of(model, self.owner, self.result.object) if self.result.object else self.result.fields
        return {**own, **{each.name: each for each in given}}


@dataclass(frozen=True)
class Target:
    """An operation that links lead to, with what it takes of records."""

    operation: Operation
    takes: tuple[Taken, ...]

    @property
    def owner(self) -> Resource:
        """Whose operation it is."""
        return self.operation.resource

    @cached_property
    def at(self) -> Taken | None:
        """What its path ends with: the record that it is about."""
        return next((each for each in reversed(self.takes) if each.where == "path"), None)

    @cached_property
    def demanded(self) -> tuple[Taken, ...]:
        """The records that its body must name."""
        return tuple(each for each in self.takes if each.where == "body" and each.required)

    @property
    def needs_nothing(self) -> bool:
        """Whether it can be called without knowing of any record."""
        return self.at is None and not self.demanded


def matters(source: Source, record: Shown, target: Target) -> bool:
    """Whether a record of an answer is worth to be handed over to an operation that takes such records."""
    if target.operation.full_name == source.operation.full_name and target.operation.action.kind != "transition":
        return False
    if record.depth > 0:
        return source.operation.method == "GET" and (_looks_at(record, target) or _is_part(source, record, target))
    if _is_at(record, target):
        return _comes_next(source, record, target)
    if any(_fits(record, each) for each in target.demanded):
        return source.whole or source.listed or target.owner in (source.owner, record.resource)
    return source.whole and _narrows(record, target)


def _is_at(record: Shown, target: Target) -> bool:
    return target.at is not None and _fits(record, target.at)


def _fits(record: Shown, taken: Taken) -> bool:
    return taken.resource == record.resource.name and any(each in record.fields for each in taken.fields)


def _looks_at(record: Shown, target: Target) -> bool:
    return target.owner is record.resource and _is_at(record, target) and _is_look(target.operation)


def _is_look(operation: Operation) -> bool:
    """Whether it is the way to look at a record, and not at something of it."""
    mounted = (each for each in operation.resource.actions if each.on == operation.action.on)
    return operation.action is next((each for each in mounted if each.kind == "retrieve"), None)


def _narrows(record: Shown, target: Target) -> bool:
    """Whether it lists the records that belong to this one."""
    first = next((each for each in target.owner.actions if each.kind == "list"), None)
    filters = any(each.where == "query" and _fits(record, each) for each in target.takes)
    return filters and target.operation.action is first


def _is_part(source: Source, record: Shown, target: Target) -> bool:
    """Whether it works on a part of what the answer is about, as on a line of a list; makes another of such parts, as a
    second list with the same lines; or does something with what the record points at, as with a bookmarked page."""
    named = [each for each in target.demanded if _fits(record, each)]
    near = (source.owner,) if source.listed else (source.owner, record.resource)
    if record.part is not None and target.owner in near:
        return any(record.part == record.depth or len(each.path) > 1 for each in named)
    acts = target.operation.action.kind == "action" and target.operation.method != "DELETE"
    return bool(named) and record.depth == 1 and acts


def _comes_next(source: Source, record: Shown, target: Target) -> bool:
    """Of what can be done with the record itself: from a list only what is its own, from a change what may follow."""
    action = target.operation.action
    if source.whole:
        return True
    if target.owner is not record.resource:
        return False
    if source.listed:
        return action.kind in ("retrieve", "list", "transition", "action")
    if _is_look(target.operation):
        return True
    lives_on = record.resource.machine is not None and action.kind in ("transition", "action")
    ends = record.resource.machine is None and action.kind == "delete"
    return source.operation.method != "GET" and (lives_on or ends)


# --- how it is handed over --------------------------------------------------------------------


def filled(model: Model, source: Source, record: Shown, target: Target) -> Json | None:
    """The parameters and the body of a link; None where it needs what the answer does not show."""
    parameters: Json = {}
    for each in target.takes:
        if each.where == "path":
            found = _of(record, each) or _sent_in_path(source, each) or _of_first(source, each)
            if found is None:
                return None
            parameters[each.path[0]] = found
    if not _is_at(record, target):
        query = next((each for each in target.takes if each.where == "query" and _fits(record, each)), None)
        parameters |= {f"query.{query.path[0]}": _of(record, query)} if query else {}
    named = _named(source, record, target)
    if any(each.resource == target.owner.name and each.path not in named for each in target.demanded):
        return None  # it is about the record that its body names
    if source.made and any("/0/" in each for each in named.values()):
        return None  # what is new has no parts yet
    said = {"parameters": parameters} if parameters else {}
    return said | ({"requestBody": _body(model, target, named)} if named else {})


def _of(record: Shown, taken: Taken) -> str | None:
    """What a record shows of what is taken, as an expression."""
    pointers = (record.fields[each] for each in taken.fields if each in record.fields)
    found = next(pointers, None) if taken.resource == record.resource.name else None
    return f"$response.body#{found}" if found is not None else None


def _sent_in_path(source: Source, taken: Taken) -> str | None:
    sent = source.operation.action.parameters
    same = (each.name for each in sent if each.resource == taken.resource and each.field in taken.fields)
    return next((f"$request.path.{name}" for name in same), None)


def _of_first(source: Source, taken: Taken) -> str | None:
    """Of another record that the answer is about."""
    found = (_of(each, taken) for each in source.shown if each.depth == 0)
    return next(filter(None, found), None)


def _named(source: Source, record: Shown, target: Target) -> dict[tuple[str, ...], str]:
    """The members of a body that name records, with the expressions for them: the record itself, which is named once;
    the file of a part of it; and in a change what stays as it is."""
    named: dict[tuple[str, ...], str] = {}
    for each in target.demanded:
        if ((found := _of(record, each)) and found not in named.values()) or (found := _of_near(source, each, target)):
            named[each.path] = found
    return named


def _of_near(source: Source, taken: Taken, target: Target) -> str | None:
    stays, is_part = target.operation.action.kind == "update", taken.resource == target.owner.name
    near = (each for each in source.shown if is_part or (stays and each.depth == 1 and each.via == taken.path[0]))
    return next(filter(None, (_of(each, taken) for each in near)), None)


def _body(model: Model, target: Target, named: dict[tuple[str, ...], str]) -> Any:
    """A whole body: what the answer shows for it, and for the rest the example."""
    operation = target.operation
    body: Any = body_example(model, operation.resource, operation.action, partial=False)
    for path, expression in named.items():
        body = _with(body, path, expression)
    return body


def _with(body: Any, path: tuple[str, ...], value: str) -> Any:
    """The body with one member changed; of a list its first item's."""
    if not path:
        return value
    if isinstance(body, list):
        return [_with(body[0], path, value), *body[1:]]
    return {**body, path[0]: _with(body.get(path[0]), path[1:], value)}


def same_names(model: Model, source: Source, target: Target) -> Json | None:
    """A body whose members are called as members of the answer, some perhaps as those of the request before."""
    given = target.operation.action.input
    required = [item.field for item in given.items if item.field.required] if given else []
    wanted = [each.name for each in required if each.type not in ("object", "objects", "list")]
    shown = source.members(model)
    sent = set() if target.operation == source.operation else set(_sent(source.operation))
    if not shown.keys() & set(wanted) or not set(wanted) <= shown.keys() | sent or len(wanted) < len(required):
        return None
    return {name: f"$response.body#/{name}" if name in shown else f"$request.body#/{name}" for name in wanted}


def _sent(operation: Operation) -> Iterator[str]:
    given = operation.action.input
    yield from (item.name for item in given.items if item.field.required) if given else ()
