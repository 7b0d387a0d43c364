"""How long what is sorted by can get: a cursor holds the sort values of a row, and must fit into a URL."""

from __future__ import annotations

from generator.expressions import Scope
from generator.expressions.tree import Concatenation, Literal, Node
from generator.model import Aggregate, Computed, Field, Resource
from generator.rules.behind import checked, fields_in, first_value, handed_on, parts
from generator.rules.subject import Subject

# So many characters do, whatever they are.
SORTED_LENGTH_MAX = 500
# How long texts can be that say no max_length; those not listed have no end.
TEXTS = ("string", "text", "slug", "email", "url")
LENGTHS = {"slug": 300, "email": 254, "url": 2000}
HINT = "or say 'cursor: false' under 'pagination'"


def too_long(subject: Subject, resource: Resource, name: str) -> tuple[str, str] | None:
    """What is wrong with a sort key that can be too long for a cursor, and what to do."""
    node = _computed_text(subject, resource, name)
    long = next((each for each in _texts_of(subject, resource, name, node) if _is_long(each)), None)
    if long is not None:
        through = "" if long.name == name else f", which reads '{long.name}',"
        size = "has no max_length" if _length(long) is None else f"can have {_length(long)} characters"
        hint = f"give '{long.name}' a max_length of at most {SORTED_LENGTH_MAX}, {HINT}"
        return f"'{name}'{through} {size}: too long for a cursor", hint
    length = _reach(subject, resource, node) if node else 0
    if length > SORTED_LENGTH_MAX:
        hint = f"give what it is made of a smaller max_length, {HINT}"
        return f"'{name}' can have {length} characters: too long for a cursor", hint
    return None


def _computed_text(subject: Subject, resource: Resource, name: str) -> Node | None:
    found = subject.members(resource).get(name)
    typed = checked(found.expression, Scope(subject.model, resource)) if isinstance(found, Computed) else None
    return typed.node if typed is not None and typed.type.kind == "text" else None


def _texts_of(subject: Subject, resource: Resource, name: str, node: Node | None) -> list[Field]:
    """The texts that a sort key is, or is made of."""
    found = subject.members(resource).get(name)
    read = [found] if isinstance(found, Field) else []
    if isinstance(found, Aggregate):
        read = [each.field for each in first_value(subject, resource, found)]
    if node is not None:
        read = [each.field for each in fields_in(subject, resource, handed_on(node))]
    return [each for each in read if each.type in TEXTS]


def _length(text: Field) -> int | None:
    return text.max_length or LENGTHS.get(text.type)


def _is_long(text: Field) -> bool:
    length = _length(text)
    return length is None or length > SORTED_LENGTH_MAX


def _reach(subject: Subject, resource: Resource, node: Node) -> int:
    """The most characters that a text can have: of alternatives the longest, of texts put together all."""
    if isinstance(node, Literal):
        return len(str(node.value or ""))
    read = [_length(each.field) or 0 for each in fields_in(subject, resource, [node])]
    below = [_reach(subject, resource, each) for each in parts(node)]
    return sum(below) if isinstance(node, Concatenation) else max([*read, *below], default=0)
