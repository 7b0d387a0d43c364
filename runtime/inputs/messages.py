"""What a client is told when its input does not fit the schema: one sentence per keyword, by the table `MESSAGES`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any

import jsonschema_rs

from runtime.errors import Errors

BODY = "body"  # where a fault of the whole body is filed
WRONG_FORM = "Has the wrong form."

TYPE_NAMES = {
    "string": "text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "array": "a list",
    "object": "an object",
    "null": "null",
}

FORMAT_NAMES = {
    "date-time": "a time such as 2026-01-31T12:00:00Z",
    "date": "a date such as 2026-01-31",
    "email": "an email address",
    "uuid": "a UUID",
    "uri": "a web address",
}

Kind = Any  # jsonschema_rs.ValidationErrorKind; its members differ by keyword


def faults_of(validator: jsonschema_rs.Draft202012Validator, document: Any) -> Errors:
    """Every fault of `document`, by the dotted path of the member it is about."""
    errors: Errors = {}
    if validator.is_valid(document):
        return errors
    for fault in validator.iter_errors(document):
        for path, message in _located(fault):
            messages = errors.setdefault(path, [])
            if message not in messages:
                messages.append(message)
    for messages in errors.values():
        if len(messages) > 1 and WRONG_FORM in messages:
            messages.remove(WRONG_FORM)  # what else is wrong with it says more
    return errors


def _located(fault: jsonschema_rs.ValidationError) -> Iterable[tuple[str, str]]:
    """One fault may be about several members: those that are missing or unknown are named one by one."""
    path = [str(step) for step in fault.instance_path]
    kind: Kind = fault.kind
    if kind.name == "required":
        return [(_joined([*path, kind.property]), "This member is required.")]
    if kind.name == "additionalProperties":
        return [(_joined([*path, name]), "This member is not known here.") for name in kind.unexpected]
    if kind.name == "uniqueItems":
        return []  # items are told apart by one of their members, and the conversion names the one that is there twice
    return [(_joined(path), _message(fault))]


def _joined(path: list[str]) -> str:
    return ".".join(path) or BODY


def _message(fault: jsonschema_rs.ValidationError) -> str:
    say = MESSAGES.get(fault.kind.name)
    return say(fault.kind) if say else WRONG_FORM


def _type(kind: Kind) -> str:
    names = [kind.types] if isinstance(kind.types, str) else sorted(kind.types, key="null".__eq__)
    return f"Must be {' or '.join(TYPE_NAMES[name] for name in names)}."


def _options(kind: Kind) -> str:
    return f"Must be one of {', '.join('null' if each is None else str(each) for each in kind.options)}."


def _length(word: str) -> Callable[[Kind], str]:
    return lambda kind: f"Must have {word} {_counted(kind.limit, 'character')}."


def _items(word: str) -> Callable[[Kind], str]:
    return lambda kind: f"Must have {word} {_counted(kind.limit, 'item')}."


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'s' * (number != 1)}"


def _multiple(kind: Kind) -> str:
    """Multiples of 0.01 are how a schema says: two decimal places."""
    step = Decimal(str(kind.multiple_of))
    if step < 1 and step == Decimal(1).scaleb(step.adjusted()):
        return f"Must have at most {_counted(-step.adjusted(), 'decimal place')}."
    return f"Must be a multiple of {step}."


def _any_of(kind: Kind) -> str:
    """The branch that came nearest: the first whose type was right."""
    for branch in kind.context:
        if branch and all(fault.kind.name != "type" for fault in branch):
            return _message(branch[0])
    return WRONG_FORM


MESSAGES: dict[str, Callable[[Kind], str]] = {
    "type": _type,
    "enum": _options,
    "const": lambda kind: f"Must be {kind.expected_value}.",
    "minimum": lambda kind: f"Must be at least {kind.limit}.",
    "maximum": lambda kind: f"Must be at most {kind.limit}.",
    "exclusiveMinimum": lambda kind: f"Must be more than {kind.limit}.",
    "exclusiveMaximum": lambda kind: f"Must be less than {kind.limit}.",
    "multipleOf": _multiple,
    "minLength": _length("at least"),
    "maxLength": _length("at most"),
    "minItems": _items("at least"),
    "maxItems": _items("at most"),
    "pattern": lambda kind: WRONG_FORM,
    "format": lambda kind: f"Must be {FORMAT_NAMES.get(kind.format, kind.format)}.",
    "anyOf": _any_of,
    "oneOf": lambda kind: WRONG_FORM,
}
