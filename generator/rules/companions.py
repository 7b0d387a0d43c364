"""Companions: records that the database makes together with others, out of nothing but a reference."""

from __future__ import annotations

from generator.diagnostics import Diagnostic
from generator.model import BelongsTo, Model, Resource
from generator.rules.subject import Found, Subject, unknown

STAMPED = ("counter", "created", "updated")


def accompanied(resource: Resource) -> BelongsTo | None:
    """The relation to the records that those of `resource` accompany."""
    return next((each for each in resource.belongs_to if each.name == resource.accompanies), None)


def companions_accompany_a_belongs_to(subject: Subject, resource: Resource) -> Found:
    """`accompanies` names one."""
    if resource.accompanies is not None and accompanied(resource) is None:
        place = subject.at(resource, "accompanies")
        relations = [each.name for each in resource.belongs_to]
        yield unknown("unknown-relation", place, resource.accompanies, f"a belongs_to of {resource.name}", relations)


def companions_go_with_theirs(subject: Subject, resource: Resource) -> Found:
    """Without the record that it accompanies there is none."""
    relation = accompanied(resource)
    if relation is None:
        return
    if relation.nullable:
        place = subject.key(resource, "relations", relation.name, "nullable")
        message = f"'{relation.name}' may be null: that would accompany nothing"
        yield Diagnostic("bad-companion", place, message, "leave 'nullable' out")
    if relation.on_delete != "cascade":
        place = subject.at(resource, "relations", relation.name, "on_delete")
        message = f"a record would be in the way when the {relation.target} that it accompanies is deleted"
        yield Diagnostic("bad-companion", place, message, f"add 'on_delete: cascade' to '{relation.name}'")


def companions_are_one_each(subject: Subject, resource: Resource) -> Found:
    """There is one and no more."""
    relation = accompanied(resource)
    if relation and not any(each.fields == (relation.name,) and each.where is None for each in resource.identities):
        message = f"nothing keeps a {relation.target} from having several"
        hint = f"add 'identities: {{one_each: {{fields: [{relation.name}]}}}}'"
        yield Diagnostic("bad-companion", subject.at(resource, "accompanies"), message, hint)


def companions_need_nothing_else(subject: Subject, resource: Resource) -> Found:
    """The database knows a value for every other column."""
    if accompanied(resource) is None:
        return
    for field in resource.fields:
        if not (field.name == "id" or field.type in STAMPED or field.nullable or field.has_default):
            message = f"the database makes these records, and has no value for '{field.name}'"
            yield Diagnostic("bad-companion", field.place, message, "give it a default, or make it nullable")
    for relation in resource.belongs_to:
        if relation.name != resource.accompanies and not relation.nullable:
            message = f"the database makes these records, and has no value for '{relation.name}'"
            yield Diagnostic("bad-companion", relation.place, message, "make it nullable")


def companions_are_counted_by_the_database(subject: Subject, resource: Resource) -> Found:
    """The key, too, is made by it."""
    if accompanied(resource) is not None and any(each.name == "id" and each.type == "uuid" for each in resource.fields):
        place = subject.at(resource, "fields", "id", "type")
        message = "the database makes these records, and counts their keys itself"
        yield Diagnostic("bad-companion", place, message, "write 'type: id'")


def companions_are_made_by_nobody_else(subject: Subject, resource: Resource) -> Found:
    """A second one could not be."""
    if accompanied(resource) is None:
        return
    for action in resource.actions:
        if action.kind == "create":
            message = f"'{action.name}' could create nothing: every record is there already"
            yield Diagnostic("bad-companion", subject.key(resource, "actions", action.name), message, "leave it out")
    if resource.seeds is not None and resource.seeds.rows:
        message = "these rows could not be written: every record is there already"
        yield Diagnostic(
            "bad-companion", subject.key(resource, "seeds", "rows"), message, "change the records in a hook"
        )


def companions_do_not_go_round(subject: Subject, resource: Resource) -> Found:
    """One that accompanies itself, over others or directly, would never end."""
    if resource.name in _followed(subject.model, resource):
        message = f"each {resource.name} would make another one"
        yield Diagnostic("bad-companion", subject.at(resource, "accompanies"), message)


def _followed(model: Model, resource: Resource) -> list[str]:
    """The resources that are accompanied, one after the other, until one comes again."""
    way: list[str] = []
    here: Resource | None = resource
    while here is not None and (relation := accompanied(here)) is not None and relation.target not in way:
        way.append(relation.target)
        here = model.by_name.get(relation.target)
    return way
