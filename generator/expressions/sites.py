"""Where names stand: rows and the resources they are rows of, and what is known of nulls there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple, Protocol

from generator.expressions.scope import Scope
from generator.expressions.text import Expression
from generator.expressions.tree import ActorField, Follow, Member, Node, Row, Unknown
from generator.expressions.types import NULL
from generator.model import Place, Resource

Facts = frozenset[Node]  # what is known not to be null
ACTOR = Row("actor")
RECORD = Row("record")


class Part(NamedTuple):
    """One name of a dotted path, and where it stands."""

    name: str
    place: Place


class Site(NamedTuple):
    """A row and the resource it is one of."""

    resource: Resource
    row: Row


class Checker(Protocol):
    """What resolving needs of the one who checks."""

    @property
    def scope(self) -> Scope: ...
    def fault(self, place: Place, code: str, message: str, hint: str | None = None) -> Unknown: ...
    def inline(self, expression: Expression, scope: Scope, row: Row, facts: Facts, at: Part) -> Node: ...


def narrowed(node: Node, facts: Facts) -> Node:
    """The node, not nullable where it is known to be not null."""
    return replace(node, type=node.type.known()) if node.type.nullable and node in facts else node


def implied(node: Node) -> Iterator[Node]:
    """What is not null, too, where `node` is not."""
    yield node
    if isinstance(node, Follow):
        yield from implied(node.key)
        yield from implied(node.value)
    if isinstance(node, Member):
        yield from implied(node.operand)
    if isinstance(node, ActorField) and not node.is_key:
        yield ActorField("id", True, type=NULL, place=node.place)
