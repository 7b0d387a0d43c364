"""What lists offer: filters, search, order, pages."""

from __future__ import annotations

from generator.model import Filter, Pagination, Place, Sort
from generator.resolve.draft import Draft, World
from generator.resolve.said import entries, flag, number, said, text, texts
from generator.specs.nodes import Node, ScalarNode

PAGES = Pagination()


def filters(world: World, draft: Draft) -> tuple[Filter, ...]:
    """The query parameters of lists."""
    found = (_filter(world, draft, key.text, key.place, value) for key, value in entries(draft.node, "filters"))
    return tuple(each for each in found if each)


def _filter(world: World, draft: Draft, name: str, place: Place, node: Node) -> Filter | None:
    condition = node if isinstance(node, ScalarNode) else said(node, "where")
    where = world.findings.parsed(condition)
    if condition is not None and where is None:
        return None
    through = text(node, "through")
    return Filter(
        name=name,
        place=place,
        where=where,
        through=through,
        lookup=texts(node, "lookup") or _lookup(world, draft, through),
        descendants=flag(node, "descendants"),
        many=flag(node, "many"),
        separator=text(node, "separator"),
        any=text(node, "any"),
        description=text(node, "description") or "",
    )


def _lookup(world: World, draft: Draft, through: str | None) -> tuple[str, ...]:
    target = world.drafts.get(draft.target(through) or "") if through else None
    return (target.lookup,) if target else ()


def sort(draft: Draft) -> Sort:
    """The order of lists: newest first where nothing is said and records know when they were made."""
    node = said(draft.node, "sort")
    created = next((each.name for each in draft.fields.values() if each.type == "created"), None)
    usual = (f"-{created}",) if created else ("id",)
    place = node.place if node else draft.place
    return Sort(texts(node, "fields"), texts(node, "default") or usual, place)


def pagination(node: Node) -> Pagination:
    """The bounds of pages."""
    pages = said(node, "pagination")
    most = number(pages, "max")
    usual = PAGES.default if most is None else min(PAGES.default, most)
    first = number(pages, "default")
    first = usual if first is None else first
    return Pagination(first, max(PAGES.max, first) if most is None else most, flag(pages, "cursor", PAGES.cursor))
