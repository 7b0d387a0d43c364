"""Kinds of values in expressions, and what kind each type of field has."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from generator.model import Field, Model, Resource

Kind = Literal[
    "boolean",
    "integer",
    "decimal",
    "text",
    "enum",
    "datetime",
    "date",
    "uuid",
    "list",
    "object",
    "reference",
    "null",
    "unknown",
]

# A password is no value: expressions would leak it, one comparison at a time.
FIELD_KINDS: Mapping[str, Kind] = {
    "id": "integer",
    "uuid": "uuid",
    "integer": "integer",
    "counter": "integer",
    "string": "text",
    "text": "text",
    "slug": "text",
    "email": "text",
    "url": "text",
    "file": "text",
    "enum": "enum",
    "boolean": "boolean",
    "money": "decimal",
    "decimal": "decimal",
    "date": "date",
    "datetime": "datetime",
    "created": "datetime",
    "updated": "datetime",
    "list": "list",
    "object": "object",
}

NAMES: Mapping[Kind, str] = {
    "boolean": "a boolean",
    "integer": "an integer",
    "text": "text",
    "datetime": "a datetime",
    "date": "a date",
    "uuid": "a uuid",
    "list": "a list",
    "object": "an object",
    "null": "null",
    "unknown": "unknown",
}

DEFAULT_PLACES = 2


@dataclass(frozen=True, slots=True)
class Type:
    """What a value is.

    `places` is the scale of decimals (SQL holds them as integers times 10**places) and 0 for integers. `values` are
    an enum's. `target` is the resource that a reference points at, `key` the kind of its key.
    """

    kind: Kind
    nullable: bool = False
    places: int = 0
    values: tuple[str, ...] = ()
    target: str | None = None
    key: Kind | None = None

    def described(self) -> str:
        """How messages name it."""
        if self.kind == "decimal":
            return f"a decimal with {self.places} places"
        if self.kind == "enum":
            return f"one of {', '.join(self.values)}"
        if self.kind == "reference":
            return f"a reference to {self.target}"
        return NAMES[self.kind]

    def or_null(self, nullable: bool = True) -> Type:
        """The same; nullable if it was or if `nullable` says so."""
        return replace(self, nullable=self.nullable or nullable)

    def known(self) -> Type:
        """The same, never null."""
        return replace(self, nullable=False)

    @property
    def stored(self) -> Kind:
        """The kind of what a database holds: a reference is its target's key."""
        return self.key or "unknown" if self.kind == "reference" else self.kind

    @property
    def is_number(self) -> bool:
        """Whether arithmetic can be done with it."""
        return self.kind in ("integer", "decimal")

    @property
    def is_text(self) -> bool:
        """Whether it is text, of any or of listed values."""
        return self.kind in ("text", "enum")


BOOLEAN = Type("boolean")
INTEGER = Type("integer")
TEXT = Type("text")
DATETIME = Type("datetime")
NULL = Type("null", nullable=True)
UNKNOWN = Type("unknown", nullable=True)


def number(places: int, *, nullable: bool = False, decimal: bool = True) -> Type:
    """A decimal with so many places, or an integer."""
    return Type("decimal" if decimal else "integer", nullable, places if decimal else 0)


def field_type(model: Model, field: Field) -> Type | None:
    """The type of a field's values; None where it is no value for expressions."""
    kind = FIELD_KINDS.get(field.type)
    if kind is None:
        return None
    places = (DEFAULT_PLACES if field.places is None else field.places) if kind == "decimal" else 0
    return Type(kind, field.nullable, places, enum_values(model, field) if kind == "enum" else ())


def enum_values(model: Model, field: Field) -> tuple[str, ...]:
    """The values of an enum field: its own, else those of the shared enum that it names."""
    if field.values:
        return field.values
    return next((enum.values for enum in model.enums if enum.name == field.enum), ())


def key_field(resource: Resource) -> Field:
    """The primary key, as `members.key_of`; a stand-in where a spec forgot it, which the rules tell."""
    return next((each for each in resource.fields if each.name == "id"), Field("id", "id", resource.place))


def reference_type(target: Resource, *, nullable: bool = False) -> Type:
    """A reference to a row of `target`, which is kept as its key."""
    return Type("reference", nullable, target=target.name, key=FIELD_KINDS.get(key_field(target).type))


def united(left: Type, right: Type) -> Type | None:
    """The type of a value that is one or the other; None where they do not go together."""
    nullable = left.nullable or right.nullable
    for one, other in ((left, right), (right, left)):
        if one.kind in ("null", "unknown"):
            return replace(other, nullable=nullable)
    if left.is_number and right.is_number:
        decimal = "decimal" in (left.kind, right.kind)
        return number(max(left.places, right.places), nullable=nullable, decimal=decimal)
    if left.is_text and right.is_text:
        same = left.kind == right.kind == "enum" and set(left.values) == set(right.values)
        return replace(left, nullable=nullable) if same else TEXT.or_null(nullable)
    return replace(left, nullable=nullable) if left.known() == right.known() else None


def comparable(left: Type, right: Type) -> bool:
    """Whether == between the two can be true or false for a reason."""
    if left.kind == right.kind == "enum":
        return not set(left.values).isdisjoint(right.values)
    return left.kind not in ("list", "object") and united(left, right) is not None
