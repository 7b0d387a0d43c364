"""State machines: every state is reached and left, or said to be final; every transition can be made by somebody."""

from __future__ import annotations

from collections.abc import Iterator

from generator.diagnostics import Diagnostic
from generator.expressions.tree import ActorField, Node, walk
from generator.members import is_custom
from generator.model import BelongsTo, Field, Place, Resource, StateMachine, Transition
from generator.nearest import did_you_mean, listed
from generator.partial import NOBODY, Caller, decided
from generator.rules.access import checked_policy
from generator.rules.sets import set_faults
from generator.rules.subject import Found, Subject, clash, policies_known_to, said_at, unknown
from generator.specs.nodes import ListNode, Step

MACHINE = "state_machine"
# What a field does not say of itself once it holds a state.
NOT_OF_STATES = {
    "default": "'{}' begins as the state machine says: '{initial}'",
    "nullable": "a record is always in some state",
    "required": "no client sends '{}': it begins as '{initial}'",
    "immutable": "transitions change '{}'",
}


def states_are_values(subject: Subject, resource: Resource) -> Found:
    """The field is an enum, and every state one of its values."""
    machine, field = resource.machine, _field(resource)
    if machine is None:
        return
    if field is None:
        enums = [each.name for each in resource.fields if each.type == "enum"]
        place = subject.at(resource, MACHINE, "field")
        yield unknown("unknown-field", place, machine.field, f"an enum field of {resource.name}", enums)
        return
    for state, path in _said(subject, resource, machine):
        if state not in field.values:
            yield unknown(
                "unknown-state", subject.at(resource, *path), state, f"a value of '{field.name}'", field.values
            )
    for key, message in NOT_OF_STATES.items():
        if said_at(subject, resource, "fields", field.name, key) is not None:
            place = subject.key(resource, "fields", field.name, key)
            said = message.format(field.name, initial=machine.initial)
            yield Diagnostic("contradiction", place, said, f"leave '{key}' out")


def _field(resource: Resource) -> Field | None:
    """The field that holds the state, if it is one that can."""
    named = (each for each in resource.fields if resource.machine and each.name == resource.machine.field)
    return next((each for each in named if each.type == "enum"), None)


def _said(subject: Subject, resource: Resource, machine: StateMachine) -> Iterator[tuple[str, tuple[Step, ...]]]:
    """Every state that is mentioned, with its path."""
    yield machine.initial, (MACHINE, "initial")
    yield from ((state, (MACHINE, "final", index)) for index, state in enumerate(machine.final))
    for each in machine.transitions:
        path = (MACHINE, "transitions", each.name)
        yield from ((state, _source(subject, resource, path, at)) for at, state in enumerate(each.sources))
        yield each.target, (*path, "to")


def _source(subject: Subject, resource: Resource, path: tuple[Step, ...], index: int) -> tuple[Step, ...]:
    """The path of one of the states that a transition starts from: a single one need not be a list."""
    listed_ = isinstance(subject.node(resource, *path, "from"), ListNode)
    return (*path, "from", *((index,) if listed_ else ()))


def states_are_reached_and_left(subject: Subject, resource: Resource) -> Found:
    """Every value of the field is a state that a record can come into; and out of, unless it is final."""
    machine, field = resource.machine, _field(resource)
    if machine is None or field is None or not _is_sound(machine, field):
        return
    reached = _reached(machine)
    lost = [state for state in field.values if state not in reached]
    if lost:
        message = f"no transition leads to {listed(lost, 'or')}"
        yield Diagnostic("unreachable-state", machine.place, message, "add a transition, or take the value away")
    left = {source for each in machine.transitions for source in each.sources}
    ends = [state for state in field.values if state in reached and state not in left and state not in machine.final]
    if ends:
        message = f"no transition leads out of {listed(ends, 'and')}"
        yield Diagnostic("dead-end", machine.place, message, f"say 'final: [{', '.join(ends)}]', if that is meant")
    for index, state in enumerate(machine.final):
        if state in left:
            place = subject.at(resource, MACHINE, "final", index)
            yield Diagnostic("contradiction", place, f"'{state}' is final, and a transition leads out of it")


def transitions_lead_elsewhere(subject: Subject, resource: Resource) -> Found:
    """A transition that changes nothing could be made twice at once, and would hide that its state is an end."""
    for each, path in _transitions(resource):
        if each.target in each.sources:
            place = subject.at(resource, *_source(subject, resource, path, each.sources.index(each.target)))
            message = f"'{each.name}' leads from '{each.target}' to '{each.target}' itself"
            yield Diagnostic("contradiction", place, message, "a transition leads to another state; else use an update")


def _is_sound(machine: StateMachine, field: Field) -> bool:
    states = {machine.initial, *machine.final}
    states |= {state for each in machine.transitions for state in (*each.sources, each.target)}
    return states <= set(field.values)


def _reached(machine: StateMachine) -> set[str]:
    reached, waiting = {machine.initial}, [machine.initial]
    while waiting:
        here = waiting.pop()
        for each in machine.transitions:
            if here in each.sources and each.target not in reached:
                reached.add(each.target)
                waiting.append(each.target)
    return reached


def transitions_use_known_names(subject: Subject, resource: Resource) -> Found:
    """Policies and guards that transitions name."""
    policies, guards = policies_known_to(subject, resource), [each.name for each in resource.guards]
    for each, path in _transitions(resource):
        if each.by and each.by not in policies:
            place = subject.at(resource, *path, "by")
            yield unknown("unknown-policy", place, each.by, f"a policy of {resource.name}", policies)
        if each.when is not None and each.when not in guards:
            place = subject.at(resource, *path, "when")
            yield unknown("unknown-guard", place, each.when, f"a guard of {resource.name}", guards)


def _transitions(resource: Resource) -> Iterator[tuple[Transition, tuple[Step, ...]]]:
    for each in resource.machine.transitions if resource.machine else ():
        yield each, (MACHINE, "transitions", each.name)


def transitions_write_columns(subject: Subject, resource: Resource) -> Found:
    """What a transition takes, sets and stamps are columns that can hold it, each of them once."""
    columns = subject.columns(resource)
    for each, path in _transitions(resource):
        written: dict[str, Place] = {}
        for name, place in _written(subject, resource, each, path):
            if name in written:
                message = f"'{each.name}' writes '{name}' twice"
                yield clash("contradiction", place, message, written[name], "keep one of the two")
            written.setdefault(name, place)
        for item in each.takes.items if each.takes else ():
            if item.source is None:
                message = f"nobody keeps '{item.name}': a transition has no hook that takes it"
                hint = f"make it a field of {resource.name}, or the input of an action whose hook makes the transition"
                yield Diagnostic("unknown-field", item.place, message, did_you_mean(item.name, columns) or hint)
        for name, value in each.sets:
            yield from set_faults(subject, resource, (*path, "set", name), value, "bad-set-value")
        for index, name in enumerate(each.stamps):
            yield from _stamp(subject, resource, (*path, "stamps", index), name)


def _written(
    subject: Subject, resource: Resource, transition: Transition, path: tuple[Step, ...]
) -> Iterator[tuple[str, Place]]:
    """Every column that a transition writes, beside the state, with where that is said."""
    taken = {each.name: each.place for each in reversed(transition.takes.items if transition.takes else ())}
    yield from taken.items()
    yield from ((name, subject.key(resource, *path, "set", name)) for name, _ in transition.sets)
    yield from ((name, subject.at(resource, *path, "stamps", at)) for at, name in enumerate(transition.stamps))


def _stamp(subject: Subject, resource: Resource, path: tuple[Step, ...], name: str) -> Found:
    columns = subject.columns(resource)
    column, actor = columns.get(name), subject.model.actor
    place = subject.at(resource, *path)
    if column is None:
        yield unknown("unknown-field", place, name, f"a column of {resource.name}", columns)
    elif isinstance(column, BelongsTo):
        if actor is None or column.target != actor.resource:
            yield Diagnostic("bad-stamp", place, f"'{name}' does not point at callers: it cannot hold who did it")
    elif column.type != "datetime":
        yield Diagnostic("bad-stamp", place, f"'{name}' is of type {column.type}: it cannot hold when it was done")


def transitions_can_be_made(subject: Subject, resource: Resource) -> Found:
    """Somebody may make each transition, and some action or hook makes it."""
    generic = any(each.kind == "transition" and each.transition is None for each in resource.actions)
    named = {each.transition for each in resource.actions} | {name for each in resource.actions for name in each.moves}
    for each, path in _transitions(resource):
        if _is_nobodys(subject, resource, each.by):
            place = subject.at(resource, *path, "by")
            yield Diagnostic("nobody-may", place, f"nobody fulfils '{each.by}': '{each.name}' is never made")
        if each.name not in named and (each.takes is not None or not generic):
            demanded = " with what it requires" if each.takes else ""
            message = f"no action makes '{each.name}'{demanded}"
            hint = f"add one: '{each.name}: {{kind: transition, policy: …}}'"
            yield Diagnostic("transition-without-action", each.place, message, hint)


def _is_nobodys(subject: Subject, resource: Resource, name: str) -> bool:
    typed = checked_policy(subject, resource, name)
    if typed is None or decided(typed.node, NOBODY) is not False:
        return False
    return all(decided(typed.node, caller) is False for caller in _callers(typed.node))


def _callers(node: Node) -> list[Caller]:
    """One of each kind, as far as the condition tells them apart by enums."""
    callers = [Caller(True)]
    for each in walk(node):
        if isinstance(each, ActorField) and each.type.kind == "enum":
            callers = [
                Caller(True, {**caller.fields, each.name: value}) for caller in callers for value in each.type.values
            ]
    return callers


def transitions_are_told_apart(subject: Subject, resource: Resource) -> Found:
    """Of the transitions that a state in the body can mean, one leads from one state to another."""
    if not any(each.kind == "transition" and each.transition is None for each in resource.actions):
        return
    seen: dict[tuple[str, str], Transition] = {}
    for each, _ in _transitions(resource):
        for source in each.sources if each.takes is None else ():
            first = seen.setdefault((source, each.target), each)
            if first is not each:
                message = f"'{each.name}' leads from '{source}' to '{each.target}', as another transition does"
                yield clash(
                    "ambiguous-transition", each.place, message, first.place, "let one of the two require something"
                )


def hooks_have_one_form(subject: Subject, resource: Resource) -> Found:
    """A hook is an action, goes with a write or a transition, or makes demo data: each is called in its own way."""
    forms: dict[str, tuple[str, Place]] = {}
    for name, form, place in _hooks(subject, resource):
        first, where = forms.setdefault(name, (form, place))
        if first != form:
            message = f"'{name}' is the hook of {first} already, which is called otherwise"
            yield clash("duplicate-name", place, message, where, "choose another name")


def _hooks(subject: Subject, resource: Resource) -> Iterator[tuple[str, str, Place]]:
    yield from ((each.name, "an action", each.place) for each in resource.actions if is_custom(each))
    if resource.seeds and resource.seeds.hook:
        yield resource.seeds.hook, "the demo data", subject.at(resource, "seeds", "hook")
    yield from _effects(subject, resource)


def _effects(subject: Subject, resource: Resource) -> Iterator[tuple[str, str, Place]]:
    for action in resource.actions:
        if action.effect:
            yield action.effect, "a write", subject.at(resource, "actions", action.name, "effect")
    for each, path in _transitions(resource):
        for index, name in enumerate(each.effects):
            yield name, "a transition", subject.at(resource, *path, "effects", index)
