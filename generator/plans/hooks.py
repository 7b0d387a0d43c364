"""Model → what a route says of a custom action: what its hook is handed, and what becomes of the answer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.literals import literal
from generator.members import guard_named, is_about_a_record, kept_in, result_owner, transition_named
from generator.model import Action, Model, Resource, Result
from generator.operations import Operation
from generator.plans.inputs import input_constant, result_class, several_shapes
from generator.plans.policies import policy_name
from generator.reads.compiler import record_reads

CREATED = 201


@dataclass(frozen=True, slots=True)
class HookPlan:
    """What a custom action hands to its hook, and what it makes of the answer; everything is source text.

    `admission` is how the caller is found: beside the record where there is one. `record` is set where the row is
    needed twice: `tracks` counts an event on it. `prepared` is called once the body is there: it takes the files that
    came with it, or makes sure of the storage.
    """

    admission: str
    policy: str
    function: str
    arguments: tuple[str, ...]
    record: str | None
    body: str | None
    tracks: str | None
    returns: str
    options: tuple[str, ...]
    prepared: str | None = None

    @property
    def source(self) -> str:
        """Everything it mentions, as one expression."""
        said = (self.policy, self.function, *self.arguments, self.record, self.body, self.returns, self.prepared)
        return f"f({', '.join([*filter(None, said), *self.options])})"


def read_source(operation: Operation, suffix: str = "") -> str:
    """The name of one of an operation's reads."""
    return "reads." + "_".join(filter(None, (operation.action.name.upper(), suffix)))


def policy_source(operation: Operation) -> str:
    """The name of an operation's policy."""
    return f"policies.{policy_name(operation.resource, operation.action.policy)}"


def plan_hook(model: Model, operation: Operation) -> HookPlan:
    """The hook of a custom action."""
    action = operation.action
    body = f"inputs.{input_constant(operation)}" if action.input else None
    record = _record(model, operation)
    tracks = literal(f"{operation.resource.stem}.{action.tracks}") if action.tracks and record else None
    arguments = ["ctx", *(["record" if tracks else record] if record else []), *(["body"] if body else [])]
    classes = answers(operation.resource, action)
    statuses = "{" + ", ".join(f"{name}: {status}" for name, status in classes.items()) + "}"
    codes = frozenset(error.code for error in action.errors) | guard_codes(operation.resource, action)
    codes |= frozenset(sibling_codes(model, operation.resource, action))
    options = [f"statuses={statuses.replace('None:', 'type(None):')}"]
    options += [f"errors={literal(codes)}"] if codes else []
    options += ["transaction=False"] if not action.transaction else []
    options += _shows(model, operation)
    location = location_source(model, operation)
    options += [f"location={location}"] if location else []
    return HookPlan(
        admission="expect" if record else "authorize",
        policy=policy_source(operation),
        function=f"hooks.{action.name}",
        arguments=tuple(arguments),
        record=record if tracks else None,
        body=body,
        tracks=tracks,
        returns=" | ".join(classes) or "None",
        options=tuple(options),
        prepared=_prepared(model, operation),
    )


def _prepared(model: Model, operation: Operation) -> str | None:
    """What is done between the body and the transaction: files are checked and stored for the record they go to."""
    action, owner = operation.action, record_owner(model, operation)
    if not action.files and not action.storage:
        return None
    single = single_source(owner) if owner is not None and is_about_a_record(action) else None
    said = [read_source(operation, "RECORD")] if owner is not None else []
    said += [f"single={single}"] if single else []
    return f"call.{'take_files' if action.files else 'needs_storage'}({', '.join(said)})"


def guard_codes(resource: Resource, action: Action) -> frozenset[str]:
    """The codes of the guards that an action meets: its own, and those of the transitions that its hook makes."""
    machine = resource.machine
    moves = [transition_named(machine, name) for name in action.moves] if machine else []
    names = {each.when for each in moves if each.when} | ({action.when} if action.when else set())
    return frozenset(guard_named(resource, name).error for name in names)


def sibling_codes(model: Model, resource: Resource, action: Action) -> Iterator[str]:
    """The codes of too many records, of those that an action's files become."""
    for part in action.files:
        family = kept_in(model, resource, part)[0].siblings
        if family is not None and family.most is not None:
            yield family.error or "CONFLICT"


def location_source(model: Model, operation: Operation) -> str | None:
    """The path of a row that a 201 of a hook returns, as source text: of what can be looked up by itself."""
    action = operation.action
    made = next((each for each in action.returns if each.status == CREATED and each.representation), None)
    if made is None or several_shapes(action) or not action.location:
        return None
    path = location(result_owner(model, operation.resource, action, made), action)
    return literal(path) if path else None


def location(resource: Resource, action: Action) -> str | None:
    """Where a new record of a resource is: the URL of its retrieve, with what leads there known to `action`."""
    found = next((each for each in resource.actions if each.kind == "retrieve" and each.on == "item"), None)
    if found is None or not found.parameters:
        return None
    *above, own = found.parameters
    if any(each not in action.parameters for each in above):
        return None
    return found.url.replace(f"{{{own.name}}}", f"{{record.{own.field}}}")


def _shows(model: Model, operation: Operation) -> list[str]:
    """How the rows that the hook returns, or that are members of what it returns, are shown."""
    resource, action = operation.resource, operation.action
    shown = [result for result in action.returns if result.representation]
    reads = [read_source(operation, f"RESULT_{each.status}" if len(shown) > 1 else "RESULT") for each in shown]
    named = [f"{answer(resource, action, each)}: {read}" for each, read in zip(shown, reads, strict=True)]
    records = record_reads(action)
    for result in action.returns:
        members = [
            f"{literal(name)}: {read_source(operation, read)}"
            for (status, name), (read, _) in records.items()
            if status == result.status
        ]
        named += [f"{answer(resource, action, result)}: {{{', '.join(members)}}}"] if members else []
    return [f"shows={{{', '.join(named)}}}"] if named else []


def record_owner(model: Model, operation: Operation) -> Resource | None:
    """Whose record the path names: the resource's own, its parent's, or nobody's."""
    action = operation.action
    if is_about_a_record(action):
        return operation.resource
    return model.by_name[action.parameters[-1].resource] if action.parameters else None


def answers(resource: Resource, action: Action) -> dict[str, int]:
    """The types that a hook may answer with, each with its status."""
    return {answer(resource, action, result): result.status for result in action.returns}


def _record(model: Model, operation: Operation) -> str | None:
    owner = record_owner(model, operation)
    if owner is None:
        return None
    single = single_source(owner)
    more = f", single={single}" if single and operation.action.on == "item" else ""
    return f"await ctx.record({owner.name}, {read_source(operation, 'RECORD')}{more})"


def single_source(resource: Resource) -> str | None:
    """Of a singleton: how its rows are made, as source text."""
    return f"Single({resource.name}, {literal(resource.singleton + '_id')})" if resource.singleton else None


def answer(resource: Resource, action: Action, result: Result) -> str:
    """The type that a hook answers with: the model for a representation, a dataclass of `inputs`, or nothing."""
    if result.representation and not several_shapes(action):
        return result.of or resource.name
    if result.object and result.object not in resource.objects:
        return f"shared.{result.object}"
    if result.representation or result.object or result.fields:
        return f"inputs.{result_class(action, result)}"
    return "None"
