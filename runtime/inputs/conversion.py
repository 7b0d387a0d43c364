"""JSON values that a schema has judged → Python values, member by member; what is still wrong is filed by its path.

What the schema has faulted is passed over, everything beside it is looked at, so that all faults are told at once.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from runtime.errors import Errors
from runtime.fieldtypes import FIELD_TYPES
from runtime.inputs.messages import WRONG_FORM

if TYPE_CHECKING:
    from runtime.inputs.inputs import InputField, Nested

TWICE = "Must not be the same as in another item."


class Conversion:
    """One document's: `errors` are the schema's to begin with, those found here are added."""

    def __init__(self, errors: Errors) -> None:
        self.errors = errors
        self._lists = {path.rpartition(".")[0] for path in errors}  # some item of theirs is at fault

    def value(self, member: InputField, value: Any, path: str, *, as_json: bool = False) -> Any:
        """The value of one member. With `as_json` it is JSON again, in the one form that this value has."""
        if path in self.errors:
            if self.errors[path] == [WRONG_FORM] and isinstance(value, str):
                self.errors[path] = [member.complaint(value)]
            return None
        if value is None:
            return None
        if member.nested is None:
            return self._plain(member, value, path, as_json=as_json)
        if member.type == "objects":
            return self._items(member.nested, value, path)
        return self._members(member.nested, value, path)

    def _plain(self, member: InputField, value: Any, path: str, *, as_json: bool) -> Any:
        kind = FIELD_TYPES[member.value_type]
        if path in self._lists:
            return None
        try:
            converted = kind.convert(value, member.limits)
        except ValueError as fault:
            self.errors[path] = [str(fault)]
            return None
        return kind.dump(converted, member.limits) if as_json else converted

    def _members(self, nested: Nested, value: Mapping[str, Any], path: str) -> Any:
        """An object. A dataclass is only made where nothing is wrong: nobody would see it otherwise."""
        values = {
            each.name: self.value(each, value[each.name], f"{path}.{each.name}", as_json=nested.make is None)
            for each in nested.members
            if each.name in value
        }
        return values if nested.make is None or self.errors else nested.make(**values)

    def _items(self, nested: Nested, value: list[Any], path: str) -> list[Any]:
        items: list[Any] = []
        seen: set[Any] = set()
        for index, item in enumerate(value):
            here = f"{path}.{index}"
            if here not in self.errors:
                items.append(self._members(nested, item, here))
                if nested.unique_by is not None:
                    self._tell_apart(items[-1], nested.unique_by, here, seen)
        return items

    def _tell_apart(self, item: Any, name: str, path: str, seen: set[Any]) -> None:
        """No earlier item has the same; one that has none is the same as another that has none."""
        place = f"{path}.{name}"
        if place in self.errors:
            return
        mark = item.get(name) if isinstance(item, dict) else getattr(item, name)
        if mark in seen:
            self.errors[place] = [TWICE]
        seen.add(mark)
