"""What lists offer: search, order, pages and filters are over what there is, and betray nothing."""

from __future__ import annotations

from generator.diagnostics import Diagnostic
from generator.expressions import Expression, ExpressionError, Scope, Typed, check
from generator.expressions.tree import Column, walk
from generator.model import Aggregate, BelongsTo, Computed, Field, Filter, HasMany, Place, Resource
from generator.rules.subject import Found, Subject, named, unknown

SEARCHABLE = ("string", "text", "slug", "email", "url", "list")
UNSORTABLE = ("list", "object", "password", "file")
# A cursor holds the sort values of a row, and must fit into a URL: so many characters do, whatever they are.
SORTED_LENGTH_MAX = 500
# How long texts can be that say no max_length; those not listed have no end.
TEXTS = ("string", "text", "slug", "email", "url")
LENGTHS = {"slug": 300, "email": 254, "url": 2000}


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
            elif not _has_order(found):
                yield Diagnostic("not-sortable", place, f"there is no order to '{name}'")
            elif isinstance(found, Field) and found.sensitive:
                yield _exposed(name, place, "sorting by it")


def _has_order(found: Field | BelongsTo | HasMany | Computed | Aggregate) -> bool:
    if isinstance(found, Field):
        return found.type not in UNSORTABLE
    if isinstance(found, Aggregate):
        return found.function != "first"
    return isinstance(found, Computed)


def order_fits_into_a_cursor(subject: Subject, resource: Resource) -> Found:
    """What is sorted by is short enough for a cursor: one that gets too long would end the paging early."""
    if not resource.pagination.cursor:
        return
    told: set[str] = set()
    for key in ("fields", "default"):
        for name, place in named(resource, subject, "sort", key):
            long = next((each for each in _texts_of(subject, resource, name) if _is_long(each)), None)
            if long is not None and name not in told:
                through = "" if long.name == name else f", which reads '{long.name}',"
                size = "has no max_length" if _length(long) is None else f"can have {_length(long)} characters"
                message = f"'{name}'{through} {size}: too long for a cursor"
                hint = f"give '{long.name}' a max_length of at most {SORTED_LENGTH_MAX}, or say 'cursor: false'"
                yield Diagnostic("sort-too-long", place, message, f"{hint} under 'pagination'")
                told.add(name)


def _texts_of(subject: Subject, resource: Resource, name: str) -> list[Field]:
    """The texts that a sort key is, or is made of: nothing in an expression makes a text longer."""
    found = subject.members(resource).get(name)
    read = [found] if isinstance(found, Field) else []
    if isinstance(found, Computed):
        typed = _checked(found.expression, Scope(subject.model, resource))
        read = _fields_in(subject, resource, typed) if typed is not None and typed.type.kind == "text" else []
    return [each for each in read if each.type in TEXTS]


def _length(text: Field) -> int | None:
    return text.max_length or LENGTHS.get(text.type)


def _is_long(text: Field) -> bool:
    length = _length(text)
    return length is None or length > SORTED_LENGTH_MAX


def pages_are_bounded(subject: Subject, resource: Resource) -> Found:
    """A page by default is not larger than a page can be."""
    pages = resource.pagination
    if pages.default > pages.max:
        place = subject.at(resource, "pagination", "default")
        yield Diagnostic("page-bounds", place, f"the default {pages.default} is more than the most, {pages.max}")


def filters_betray_nothing(subject: Subject, resource: Resource) -> Found:
    """A condition on a sensitive field would tell its value, one question at a time."""
    for filter_ in resource.filters:
        for field in _sensitive_in(subject, resource, filter_.where) if filter_.where else ():
            yield _exposed(field, filter_.place, "a filter by it")


def _sensitive_in(subject: Subject, resource: Resource, where: Expression) -> list[str]:
    """The sensitive fields that a condition reads, through computed values too."""
    typed = _checked(where, Scope(subject.model, resource, value=True), condition=True)
    return [each.name for each in _fields_in(subject, resource, typed) if each.sensitive] if typed else []


def _checked(expression: Expression, scope: Scope, *, condition: bool = False) -> Typed | None:
    """None where the expression is faulty, which is told elsewhere."""
    try:
        return check(expression, scope, condition=condition)
    except ExpressionError:
        return None


def _fields_in(subject: Subject, resource: Resource, typed: Typed) -> list[Field]:
    """The fields that an expression reads, of the record and of those that it points at."""
    columns = [each for each in walk(typed.node) if isinstance(each, Column) and each.row.base == "record"]
    owners = [(subject.far(resource, column.row.hops), column.name) for column in columns]
    fields = [subject.members(owner).get(name) for owner, name in owners if owner is not None]
    return [field for field in fields if isinstance(field, Field)]


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
