"""What the meta-schema refuses, as plain values: the schema library's errors with nothing left open."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from jsonschema import ValidationError

from generator.specs.metaschema import metaschema
from generator.specs.nodes import Node, Step, plain

Path = tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Refusal:
    """One error: `keyword` of `schema` with the value `demanded` refuses `instance`, which stands at `path`.

    `in_keys`: it is a key that is refused. `branch` is the alternative that it belongs to, `inner` are those of all
    alternatives where none fits.
    """

    keyword: str
    demanded: Any
    instance: Any
    schema: Mapping[str, Any]
    path: Path
    message: str
    in_keys: bool
    branch: int
    inner: tuple[Refusal, ...]

    @property
    def title(self) -> str:
        """What the schema calls the thing."""
        return str(self.schema.get("title", "mapping"))

    @property
    def purpose(self) -> str | None:
        """What the schema says it is for."""
        return self.schema.get("description")

    @property
    def known(self) -> Mapping[str, Any]:
        """The keys that a mapping has."""
        found: Mapping[str, Any] = self.schema.get("properties", {})
        return found

    @property
    def unknown(self) -> list[str]:
        """Of a closed mapping: the keys that it does not have."""
        return [key for key in self.instance if key not in self.known]


def refusals(node: Node, kind: str) -> list[Refusal]:
    """Everything that the meta-schema refuses. The quick check spares a sound spec the thorough one."""
    data = plain(node)
    schema = metaschema(kind)
    return [] if schema.quick.is_valid(data) else [_refusal(error) for error in schema.thorough.iter_errors(data)]


def _refusal(error: ValidationError) -> Refusal:
    branch = error.relative_schema_path[0] if error.relative_schema_path else 0
    return Refusal(
        keyword=str(error.validator),
        demanded=error.validator_value,
        instance=error.instance,
        schema=error.schema if isinstance(error.schema, Mapping) else {},
        path=tuple(error.absolute_path),
        message=error.message,
        in_keys="propertyNames" in error.absolute_schema_path,
        branch=branch if isinstance(branch, int) else 0,
        inner=tuple(_refusal(each) for each in error.context or ()),
    )
