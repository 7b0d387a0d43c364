"""What lists offer: search, order, pages and filters are over what there is, and betray nothing."""

from __future__ import annotations

from generator.diagnostics import Diagnostic
from generator.expressions import Expression, Scope
from generator.expressions.tree import Value, walk
from generator.model import Filter, Place, Resource
from generator.reads.filters import BIND_TYPES
from generator.rules import lengths
from generator.rules.behind import checked, fields_asked, fields_of
from generator.rules.relations import has_order
from generator.rules.subject import Found, Subject, named, unknown
from runtime.fieldtypes import FIELD_TYPES, Bounds

SEARCHABLE = ("string", "text", "slug", "email", "url", "list")


def search_is_over_texts(subject: Subject, resource: Resource) -> Found:
    """`search` looks into texts that are not sensitive."""
    fields = {each.name: each for each in resource.fields}
    for name, place in named(resource, subject, "search"):
        field = fields.get(name)
        if field is None:
            yield unknown("unknown-field", place, name, f"a field of {resource.name}", fields)
        elif field.type not in SEARCHABLE:
            yield Diagnostic("not-searchable", place, f"'{name}' is of type {field.type}, which has no words to search")
        elif field.sensitive:
            yield _exposed(name, place, "search")


def _exposed(name: str, place: Place, where: str) -> Diagnostic:
    message = f"'{name}' is sensitive: {where} would betray it"
    return Diagnostic("sensitive-exposed", place, message, "leave it out here, or do not mark it as sensitive")


def order_is_by_what_has_one(subject: Subject, resource: Resource) -> Found:
    """`sort` names fields, computed values and aggregates that can be compared."""
    known = subject.members(resource)
    for key in ("fields", "default"):
        for name, place in named(resource, subject, "sort", key):
            found = known.get(name)
            if found is None:
                yield unknown("unknown-field", place, name, f"a field of {resource.name}", known)
            elif not has_order(subject, resource, found):
                yield Diagnostic("not-sortable", place, f"there is no order to '{name}'")
            elif any(each.field.sensitive for each in fields_of(subject, resource, found)):
                yield _exposed(name, place, "sorting by it")


def order_fits_into_a_cursor(subject: Subject, resource: Resource) -> Found:
    """What is sorted by is short enough for a cursor: one that gets too long would end the paging early."""
    if not resource.pagination.cursor:
        return
    told: set[str] = set()
    for key in ("fields", "default"):
        for name, place in named(resource, subject, "sort", key):
            fault = lengths.too_long(subject, resource, name)
            if fault is not None and name not in told:
                yield Diagnostic("sort-too-long", place, *fault)
                told.add(name)


def pages_are_bounded(subject: Subject, resource: Resource) -> Found:
    """A page by default is not larger than a page can be."""
    pages = resource.pagination
    if pages.default > pages.max:
        place = subject.at(resource, "pagination", "default")
        yield Diagnostic("page-bounds", place, f"the default {pages.default} is more than the most, {pages.max}")


def filters_betray_nothing(subject: Subject, resource: Resource) -> Found:
    """A condition on a sensitive field would tell its value, one question at a time."""
    for filter_ in resource.filters:
        for field in fields_asked(subject, resource, filter_.where) if filter_.where else ():
            if field.sensitive:
                yield _exposed(field.name, filter_.place, "a filter by it")


def filters_use_their_value(subject: Subject, resource: Resource) -> Found:
    """What a client sends decides which records are found; a condition without it is a `scope`."""
    for filter_ in resource.filters:
        scope = Scope(subject.model, resource, value=True)
        typed = checked(filter_.where, scope, condition=True) if filter_.where else None
        if typed is not None and not any(isinstance(each, Value) for each in walk(typed.node)):
            message = f"'{filter_.name}' is the same whatever a client sends: its condition has no 'value'"
            hint = "compare something with 'value', or make it the scope of a list"
            yield Diagnostic("filter-without-value", filter_.place, message, hint)


def words_for_any_are_no_values(subject: Subject, resource: Resource) -> Found:
    """The word that stands for every value is none itself, and comes in one piece."""
    for filter_ in resource.filters:
        if filter_.any is None or filter_.where is None:
            continue
        place = subject.at(resource, "filters", filter_.name, "any")
        if _is_value(subject, resource, filter_.where, filter_.any):
            message = f"'{filter_.any}' is a value that '{filter_.name}' can look for: it cannot stand for all of them"
            yield Diagnostic("contradiction", place, message, "choose another word")
        elif filter_.separator and filter_.separator in filter_.any:
            message = f"'{filter_.any}' contains the separator '{filter_.separator}'"
            yield Diagnostic("contradiction", place, message, "choose another word")


def _is_value(subject: Subject, resource: Resource, where: Expression, word: str) -> bool:
    """Whether a filter would read the word as one of its values. Of texts any word is one, so there it just wins."""
    typed = checked(where, Scope(subject.model, resource, value=True), condition=True)
    type = typed.value_type if typed else None
    if type is None or type.kind == "text":
        return False
    try:
        FIELD_TYPES[BIND_TYPES[type.kind]].parse(word, Bounds(places=type.places, values=type.values))
    except ValueError:
        return False
    return True


def filters_look_up_what_there_is(subject: Subject, resource: Resource) -> Found:
    """`through` is a belongs_to, `lookup` fields of its target, `descendants` a tree there."""
    relations = {each.name: each for each in resource.belongs_to}
    for filter_ in resource.filters:
        if filter_.through is None:
            continue
        place = subject.at(resource, "filters", filter_.name, "through")
        relation = relations.get(filter_.through)
        if relation is None:
            yield unknown("unknown-relation", place, filter_.through, f"a belongs_to of {resource.name}", relations)
            continue
        target = subject.model.by_name.get(relation.target)
        if target is not None:
            yield from _looked_up(subject, resource, filter_, target)


def _looked_up(subject: Subject, resource: Resource, filter_: Filter, target: Resource) -> Found:
    fields = {each.name: each for each in target.fields}
    for name, place in named(resource, subject, "filters", filter_.name, "lookup"):
        if name not in fields:
            yield unknown("unknown-field", place, name, f"a field of {target.name}", fields)
        elif fields[name].sensitive:
            yield _exposed(name, place, "a filter by it")
    trees = [each for each in target.belongs_to if each.target == target.name and each.acyclic]
    if filter_.descendants and not trees:
        place = subject.key(resource, "filters", filter_.name, "descendants")
        message = f"{target.name} is no tree: it has no acyclic relation to itself"
        yield Diagnostic("not-a-tree", place, message)
