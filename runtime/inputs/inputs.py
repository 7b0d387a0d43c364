"""What an operation takes: bytes → checked against the operation's own published schema → a frozen, typed value.

`InputType` is made once per operation by generated code. The schema it holds is the object that the OpenAPI document
shows: what is published is what checks. Only what a schema cannot say (exact decimals, trimmed lengths, impossible
dates) is checked by the conversion that follows, and reported together with the rest.
"""

from __future__ import annotations

import enum
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from functools import cached_property
from typing import Any, Final, Generic, TypeVar

import jsonschema_rs

from runtime.application import Attachment, Policy, Sql
from runtime.errors import invalid
from runtime.fieldtypes import FIELD_TYPES, UNLIMITED, Limits
from runtime.inputs.conversion import Conversion
from runtime.inputs.form_input import read_form, read_query
from runtime.inputs.json_input import read_json
from runtime.inputs.messages import WRONG_FORM, faults_of

T = TypeVar("T")


class Unset(enum.Enum):
    """The type of `UNSET`: what was not sent at all, as opposed to null."""

    UNSET = "UNSET"


UNSET: Final = Unset.UNSET


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """The row that a member points at: it must exist, be visible to the caller, and not lead back to itself.

    `visible` is a condition on the row (alias `t`). `acyclic` names the column of the same table that must never lead
    a row back to itself.
    """

    table: str
    key: str
    key_type: str
    visible: Sql | None = None
    acyclic: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Nested:
    """What is in a member of type `object`, or in each item of one of type `objects`.

    `make` is the dataclass that is made of it; without one it stays a JSON object, each value in the one form it has.
    `unique_by` is the member that no two items may share.
    """

    members: tuple[InputField, ...]
    make: Callable[..., Any] | None = None
    unique_by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class InputField:
    """One member of a body. `attribute` is its name in the value where that differs (`category` → `category_id`).

    `type` is a field type, or `reference` with `reference` set. `policy` limits who may send the member at all; only
    the part of it that needs no record counts. `nested` says what is in an object, or in a list of them.
    """

    name: str
    type: str
    attribute: str = ""
    limits: Limits = UNLIMITED
    nullable: bool = False
    required: bool = False
    policy: Policy | None = None
    reference: Reference | None = None
    nested: Nested | None = None

    @property
    def target(self) -> str:
        """The attribute that holds the value."""
        return self.attribute or self.name

    @property
    def value_type(self) -> str:
        """The field type of the value itself: that of the key for a reference."""
        return self.reference.key_type if self.reference else self.type

    def complaint(self, text: str) -> str:
        """What is wrong with text that does not match the schema's pattern, in the words of its type."""
        try:
            FIELD_TYPES[self.value_type].parse(text, self.limits)
        except ValueError as fault:
            return str(fault)
        return WRONG_FORM


@dataclass(frozen=True, slots=True, kw_only=True)
class FileInput:
    """A file that a form may bring, or with `most` several of one name.

    It becomes the attachment of the row at hand, or, with `model`, a row of that model with `sets`, whose column
    `relation` is the key of the row at hand. Of several that become the same attachment one is enough.
    """

    name: str
    attachment: Attachment
    most: int | None = None
    required: bool = False
    model: type[Any] | None = None
    relation: str = ""
    sets: Mapping[str, Any] = field(default_factory=dict)

    def stands_for(self, other: FileInput) -> bool:
        """Whether a file under this name is as good as one under the other."""
        return self.name == other.name or (self.model is other.model is None and self.attachment is other.attachment)


@dataclass(frozen=True)
class InputType(Generic[T]):
    """The body of one operation: its schema, its members, and the dataclass that is made of them.

    A member that is not sent is not passed to `make`: the dataclass has the default, or `UNSET` where its absence
    has a meaning.
    """

    name: str
    make: Callable[..., T]
    fields: tuple[InputField, ...]
    schema: Mapping[str, Any]
    files: tuple[FileInput, ...] = ()

    def read(self, body: bytes, content_type: str = "application/json") -> T:
        """The value in `body`; a problem with every fault at once otherwise."""
        return self.make(**self.parse(body, content_type))

    def parse(self, body: bytes, content_type: str = "application/json") -> dict[str, Any]:
        """As `read`, but only the members that were sent, by attribute."""
        if content_type.partition(";")[0].strip().lower() == "application/json":
            document = read_json(body)
        else:
            document = read_form(body, content_type, self.by_name)
        return self.convert(document)

    def parse_query(self, query: str) -> dict[str, Any]:
        """As `parse`, of the members in a query."""
        return self.convert(read_query(query, self.by_name))

    def convert(self, document: Any) -> dict[str, Any]:
        """The members of a JSON document as Python values, by attribute."""
        conversion = Conversion(faults_of(self.validator, document))
        if not isinstance(document, dict):
            raise invalid(conversion.errors)
        values: dict[str, Any] = {}
        for name, member in self.by_name.items():
            if name in document:
                whole = completed(document[name], self.schema["properties"][name])
                values[member.target] = conversion.value(member, whole, name)
        if conversion.errors:
            raise invalid(conversion.errors)
        return values

    @cached_property
    def by_name(self) -> Mapping[str, InputField]:
        """The members by the name they have in the body."""
        return {each.name: each for each in self.fields}

    @cached_property
    def guarded(self) -> tuple[InputField, ...]:
        """The members that not everybody may send."""
        return tuple(each for each in self.fields if each.policy)

    @cached_property
    def references(self) -> tuple[InputField, ...]:
        """The members that point at other rows."""
        return tuple(each for each in self.fields if each.reference)

    @cached_property
    def secrets(self) -> tuple[str, ...]:
        """The attributes that hold a password."""
        return tuple(each.target for each in self.fields if each.type == "password")

    @cached_property
    def validator(self) -> jsonschema_rs.Draft202012Validator:
        """The schema, compiled once."""
        return jsonschema_rs.Draft202012Validator(dict(self.schema), validate_formats=True)


def completed(value: Any, schema: Mapping[str, Any]) -> Any:
    """Objects with the defaults of the members that they leave out; any other value as it is."""
    if isinstance(value, list) and "properties" in schema.get("items", ()):
        return [completed(item, schema["items"]) for item in value]
    members = schema.get("properties")
    if members is None or not isinstance(value, dict):
        return value
    defaults = {name: member["default"] for name, member in members.items() if "default" in member}
    whole = defaults | value
    return {name: completed(whole[name], member) for name, member in members.items() if name in whole}


def sent(value: Any) -> dict[str, Any]:
    """The attributes of an input that are not `UNSET`."""
    named = ((each.name, getattr(value, each.name)) for each in fields(value))
    return {name: item for name, item in named if item is not UNSET}
