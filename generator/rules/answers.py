"""Answers: what an action returns is known, fits its kind, and can be told apart."""

from __future__ import annotations

from generator.diagnostics import Diagnostic
from generator.model import Action, Field, Resource, Result
from generator.rules.actions import a_kind
from generator.rules.subject import Found, Subject, said_at, unknown


def answers_are_known(subject: Subject, resource: Resource) -> Found:
    """What an action returns is a representation or an object that there is."""
    objects = {*subject.model.objects, *resource.objects}
    for action in resource.actions:
        for result in action.returns:
            place = result.place
            listed = subject.model.by_name.get(result.of) if result.of else subject.listed(resource, action)
            if listed is None:
                yield unknown("unknown-resource", place, str(result.of), "a resource", subject.model.by_name)
                continue
            shapes = [each.name for each in listed.representations]
            if result.representation is not None and result.representation not in shapes:
                what = f"a representation of {listed.name}"
                yield unknown("unknown-representation", place, result.representation, what, shapes)
            if result.object is not None and result.object not in objects:
                yield unknown("unknown-object", place, result.object, "an object", objects)


def shown_records_are_known(subject: Subject, resource: Resource) -> Found:
    """A member of an answer that shows a record shows it in a representation that there is."""
    for action in resource.actions:
        for result in action.returns:
            for field in result.fields:
                if field.record is not None:
                    yield from _shown_record(subject, resource, action, result, field)


def _shown_record(subject: Subject, resource: Resource, action: Action, result: Result, field: Field) -> Found:
    owner, _, shape = str(field.record).partition(".")
    place = subject.at(resource, "actions", action.name, "returns", str(result.status), field.name, "record")
    found = subject.model.by_name.get(owner)
    if found is None:
        yield unknown("unknown-resource", place, owner, "a resource", subject.model.by_name)
        return
    shapes = [each.name for each in found.representations]
    if shape not in shapes:
        yield unknown("unknown-representation", place, shape, f"a representation of {owner}", shapes)


def transitions_answer_by_themselves(subject: Subject, resource: Resource) -> Found:
    """Without a hook, an answer is the record, or made of it, of its states and of constants."""
    for action in resource.actions:
        for result in action.returns:
            for field in result.fields:
                path = ("actions", action.name, "returns", str(result.status), field.name)
                if action.kind != "transition":
                    if field.state is not None:
                        message = f"'{field.name}' shows a state of a transition, and '{action.name}' is none"
                        yield Diagnostic("bad-returns", subject.key(resource, *path), message)
                elif not (field.has_const or field.state or (field.record or "").startswith(f"{resource.name}.")):
                    message = f"nobody says what '{field.name}' is: a transition has no hook"
                    hint = "give it a 'const', or let it show the 'record' or its 'state'"
                    yield Diagnostic("bad-returns", subject.key(resource, *path), message, hint)


def answers_fit_the_kind(subject: Subject, resource: Resource) -> Found:
    """Reads show a representation; what the server writes by itself answers with one, or with nothing."""
    for action in resource.actions:
        if action.kind == "action":
            continue
        place = subject.at(resource, "actions", action.name, "returns")
        if (
            action.kind in ("list", "retrieve")
            and said_at(subject, resource, "actions", action.name, "returns") is None
        ):
            message = f"'{action.name}' does not say what it shows"
            yield Diagnostic("missing-returns", action.place, message, "add 'returns' with a representation")
        elif action.kind == "delete" and any(each.representation or each.object for each in action.returns):
            yield Diagnostic("bad-returns", place, "a deletion answers with nothing", "leave it out")
        elif action.kind == "transition":
            if len(action.returns) > 1 or not all(map(_shows_what_moved, action.returns)):
                message = "a transition answers with one representation, or with members, and 200; or with nothing"
                yield Diagnostic("bad-returns", place, message)
        elif len(action.returns) > 1 or any(each.object or each.of or each.fields for each in action.returns):
            yield Diagnostic("bad-returns", place, f"{a_kind(action)} answers with one representation")


def _shows_what_moved(result: Result) -> bool:
    says = bool(result.representation or result.fields)
    return not (result.object or result.of) and result.status == (200 if says else 204)


def constant_answers_stand_alone(subject: Subject, resource: Resource) -> Found:
    """With `responds` there is no hook, so nothing that a hook would do."""
    for action in resource.actions:
        if action.responds is None or action.kind != "action":
            continue
        for key in ("returns", "errors", "input", "idempotency"):
            if said_at(subject, resource, "actions", action.name, key) is not None:
                place = subject.key(resource, "actions", action.name, key)
                message = f"'{key}' needs a hook, and with 'responds' there is none"
                yield Diagnostic("responds-conflict", place, message, "keep one of the two")


def statuses_are_successes(subject: Subject, resource: Resource) -> Found:
    """Results are successes; errors are declared under `errors`."""
    for action in resource.actions:
        for result in action.returns:
            if not 200 <= result.status <= 299:
                place = subject.key(resource, "actions", action.name, "returns", str(result.status))
                message = f"{result.status} is no success"
                yield Diagnostic("bad-status", place, message, "results are 200 to 299; say errors under 'errors'")


def answers_are_told_apart(subject: Subject, resource: Resource) -> Found:
    """The type of a hook's result decides over the status, so no two statuses have one type.

    A representation, and fields written in place, are types of their own for each status.
    """
    for action in resource.actions:
        first: dict[str, int] = {}
        for result in action.returns if action.kind == "action" else ():
            if result.representation or result.fields:
                continue
            what = f"'{result.object}'" if result.object else "an empty answer"
            if what in first:
                place = subject.key(resource, "actions", action.name, "returns", str(result.status))
                message = f"{what} is what {first[what]} means already: {result.status} could not be told from it"
                hint = "give one of the two another object, or its fields in place" if result.object else None
                yield Diagnostic("duplicate-item", place, message, hint or "keep one of the two")
            first.setdefault(what, result.status)
