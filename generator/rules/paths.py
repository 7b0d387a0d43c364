"""Paths: every action has one, no two share one, and parameters name records."""

from __future__ import annotations

import re

from generator.diagnostics import Diagnostic
from generator.model import Action, Place, Resource
from generator.rules.subject import Found, Subject, clash, said_at

PARAMETER = re.compile(r"\{[^}]*\}")


def actions_have_a_path(subject: Subject, resource: Resource) -> Found:
    """A resource with actions stands somewhere, unless every action says its whole path."""
    if resource.path is not None:
        return
    for action in resource.actions:
        if not (_said_path(subject, resource, action) or "").startswith("/") and action.on != "parent":
            message = f"{resource.name} has no 'path', so '{action.name}' has none"
            yield Diagnostic("missing-path", action.place, message, "say it at the top of the resource")
            return


def nested_paths_are_relative(subject: Subject, resource: Resource) -> Found:
    """A nested resource stands below its parent's item."""
    if resource.parent is not None and (resource.path or "").startswith("/"):
        place = subject.at(resource, "path")
        message = f"{resource.name} is nested: its path stands below that of its parent"
        yield Diagnostic("bad-path", place, message, "leave the leading slash out")
    if "{" in (resource.path or ""):
        place = subject.at(resource, "path")
        yield Diagnostic("bad-path", place, "a resource's path has no parameters", "nest it under a 'parent'")


def parameters_name_records(subject: Subject, resource: Resource) -> Found:
    """Every parameter of a path looks a record up: only whole paths name them, as many as there are to look up."""
    for action in resource.actions:
        said = _said_path(subject, resource, action) or ""
        place = subject.at(resource, "actions", action.name, "path")
        parameters = PARAMETER.findall(said)
        if parameters and not said.startswith("/"):
            message = f"{parameters[0]} has nothing to look up: the parameters of a relative path are there already"
            yield Diagnostic("bad-path", place, message)
        elif len(action.parameters) < len(PARAMETER.findall(action.url)):
            message = f"'{said}' has more parameters than '{action.name}' has records to look up"
            yield Diagnostic("bad-path", place, message)
        elif said.startswith("/") and action.on == "item" and not parameters and not resource.singleton:
            message = f"'{action.name}' is about one record: its path needs the parameter that names it"
            yield Diagnostic("bad-path", place, message, f"add '/{{{resource.lookup}}}'")


def _said_path(subject: Subject, resource: Resource, action: Action) -> str | None:
    node = said_at(subject, resource, "actions", action.name, "path")
    return getattr(node, "text", None)


def parameters_have_names_of_their_own(subject: Subject, resource: Resource) -> Found:
    """A path cannot have two parameters of one name."""
    for action in resource.actions:
        names = [each.name for each in action.parameters]
        twice = next((name for index, name in enumerate(names) if name in names[:index]), None)
        if twice:
            message = f"the path {action.url} has two parameters called '{twice}'"
            yield Diagnostic("parameter-clash", action.place, message, "give the resources different lookups")


def routes_are_unique(subject: Subject) -> Found:
    """One method at one path is one action; what parameters are called makes no difference."""
    seen: dict[tuple[str, str], Place] = {}
    for resource in subject.model.resources:
        standing = resource.actions if resource.path is not None else ()
        for action in standing:
            for method in action.methods:
                route = (method, PARAMETER.sub("{}", action.url))
                if route in seen:
                    message = f"{method} {action.url} is another action's route already"
                    yield clash("duplicate-route", action.place, message, seen[route], "give it another path or method")
                seen.setdefault(route, action.place)
