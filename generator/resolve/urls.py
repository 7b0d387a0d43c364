"""Where actions stand: whole paths with their parameters."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from generator.model import PathParameter
from generator.resolve.draft import Draft, World

PARAMETER = re.compile(r"\{([a-z][a-z0-9_]*)\}")
MAX_DEPTH = 10


@dataclass(frozen=True, slots=True)
class Url:
    """A path as its segments; parameters know what they look up."""

    segments: tuple[str | PathParameter, ...]

    @property
    def text(self) -> str:
        """`/base/path/{slug}/`"""
        return "".join(f"/{_segment(each)}" for each in self.segments) + "/"

    @property
    def parameters(self) -> tuple[PathParameter, ...]:
        """In order."""
        return tuple(each for each in self.segments if isinstance(each, PathParameter))

    def then(self, path: str) -> Url:
        """The path further on."""
        return Url((*self.segments, *split(path)))


def _segment(segment: str | PathParameter) -> str:
    return segment if isinstance(segment, str) else f"{{{segment.name}}}"


def split(path: str) -> tuple[str, ...]:
    """The segments of a path."""
    return tuple(part for part in path.split("/") if part)


def collection(world: World, draft: Draft) -> Url:
    """`/base/books/`, `/base/books/{slug}/pages/`: with the parameters' names that the item has."""
    own = item(world, draft)
    return own if draft.singleton else Url(own.segments[:-1])


def item(world: World, draft: Draft) -> Url:
    """The collection's path and the record's lookup; a singleton has no other path than the collection's."""
    return Url(tuple(_named(world, _way(world, draft, MAX_DEPTH))))


def parent_of(world: World, draft: Draft) -> Draft | None:
    """The resource that this one is nested under."""
    relation = draft.belongs_to.get(draft.parent or "")
    return world.drafts.get(relation.target) if relation else None


def _way(world: World, draft: Draft, depth: int) -> tuple[str | PathParameter, ...]:
    own = () if draft.singleton else (PathParameter(draft.lookup, draft.name, draft.lookup),)
    path = draft.path or ""
    parent = parent_of(world, draft)
    if path.startswith("/"):
        return (*split(path), *own)
    if parent is None or depth == 0:
        return (*split(world.base), *split(path), *own)
    return (*_way(world, parent, depth - 1), *split(path), *own)


def _named(world: World, segments: Iterable[str | PathParameter]) -> list[str | PathParameter]:
    """Of parameters with one name all but the last are told apart by their resource."""
    named = list(segments)
    taken: set[str] = set()
    for index in reversed(range(len(named))):
        each = named[index]
        if isinstance(each, PathParameter) and each.name in taken:
            each = replace(each, name=f"{world.drafts[each.resource].stem}_{each.name}")
            named[index] = each
        if isinstance(each, PathParameter):
            taken.add(each.name)
    return named


def absolute(world: World, draft: Draft, path: str, looks_up: bool) -> Url:
    """A whole path: its last parameter is the record's lookup, those before it the parents' in order."""
    owners = [*_ancestors(world, draft), *([draft] if looks_up and not draft.singleton else [])]
    names = PARAMETER.findall(path)
    known = dict(zip(reversed(names), reversed(owners), strict=False))
    return Url(tuple(_absolute_segment(part, known) for part in split(path)))


def _absolute_segment(part: str, known: dict[str, Draft]) -> str | PathParameter:
    found = PARAMETER.fullmatch(part)
    owner = known.get(found.group(1)) if found else None
    return PathParameter(found.group(1), owner.name, owner.lookup) if found and owner else part


def _ancestors(world: World, draft: Draft) -> list[Draft]:
    found: list[Draft] = []
    here = parent_of(world, draft)
    while here is not None and len(found) < MAX_DEPTH:
        found.insert(0, here)
        here = parent_of(world, here)
    return found
