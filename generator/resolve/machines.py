"""State machines: transitions with what they take, set, stamp and bring about."""

from __future__ import annotations

from dataclasses import replace

from generator.model import Field, Guard, Input, InputItem, StateMachine, Transition
from generator.resolve.draft import Draft, Findings, World
from generator.resolve.fields import value
from generator.resolve.inputs import body
from generator.resolve.said import entries, said, text, texts
from generator.specs.nodes import Node, ScalarNode, key_place, plain


def guards(node: Node, findings: Findings) -> tuple[Guard, ...]:
    """What must hold of a record for something to be done with it now."""
    return tuple(
        Guard(key.text, check, text(value, "error") or "", text(value, "message") or "", key.place)
        for key, value in entries(node, "guards")
        if (check := findings.expression(value, "check"))
    )


def machine(world: World, draft: Draft) -> StateMachine | None:
    """The resource's state machine."""
    node = said(draft.node, "state_machine")
    if node is None:
        return None
    return StateMachine(
        field=text(node, "field") or "",
        initial=text(node, "initial") or "",
        final=texts(node, "final"),
        transitions=tuple(_transition(world, draft, key, each) for key, each in entries(node, "transitions")),
        place=key_place(draft.node, "state_machine"),
    )


def _transition(world: World, draft: Draft, key: ScalarNode, node: Node) -> Transition:
    single = text(node, "from")
    return Transition(
        name=key.text,
        sources=(single,) if single else texts(node, "from"),
        target=text(node, "to") or "",
        by=text(node, "by") or "",
        place=key.place,
        when=text(node, "when"),
        takes=taken(world, draft, node),
        sets=tuple((name.text, stored(draft, name.text, each)) for name, each in entries(node, "set")),
        stamps=texts(node, "stamps"),
        effects=texts(node, "effects"),
        description=text(node, "description") or "",
    )


def taken(world: World, draft: Draft, node: Node) -> Input | None:
    """What a transition demands of the client: all of it must be sent, and none of it may be null."""
    requires = said(node, "requires")
    if requires is None:
        return None
    given = body(world, draft, requires, requires.place, None)
    items = (
        replace(each, field=replace(each.field, required=True, nullable=False, has_default=False))
        for each in given.items
    )
    return Input(tuple(items), given.place)


def stored(draft: Draft, name: str, node: Node) -> object:
    """A value that a column is set to, as it is kept."""
    found = draft.fields.get(name)
    return value(found.type, node, found.places) if found else plain(node)


def state_input(field: Field) -> Input:
    """A body that says the state to move to."""
    member = replace(field, required=True, nullable=False, has_default=False, default=None)
    return Input((InputItem(field.name, member, field.place, source=field.name),), field.place)
