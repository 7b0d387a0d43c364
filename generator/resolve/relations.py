"""Both ends of relations: belongs_to as it was said, has_many as it was said or as a belongs_to implies it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from generator.model import BelongsTo, HasMany, OnDelete
from generator.resolve.said import entries, flag, text, texts
from generator.specs.nodes import Node


def belongs_to(node: Node) -> dict[str, BelongsTo]:
    """The relations that are columns."""
    return {
        key.text: BelongsTo(
            name=key.text,
            target=target,
            inverse=text(value, "inverse") or "",
            place=key.place,
            on_delete=cast("OnDelete", text(value, "on_delete") or "restrict"),
            nullable=flag(value, "nullable"),
            required=flag(value, "required"),
            set_to_actor=text(value, "set") == "actor",
            acyclic=flag(value, "acyclic"),
            renamed_from=text(value, "renamed_from"),
            description=text(value, "description") or "",
        )
        for key, value in entries(node, "relations")
        if (target := text(value, "belongs_to"))
    }


def has_many(node: Node) -> dict[str, HasMany]:
    """The relations to many that were said."""
    return {
        key.text: HasMany(
            name=key.text,
            target=target,
            inverse=text(value, "inverse") or "",
            place=key.place,
            sort=texts(value, "sort"),
        )
        for key, value in entries(node, "relations")
        if (target := text(value, "has_many"))
    }


def implied(source: str, columns: Iterable[BelongsTo]) -> dict[str, list[HasMany]]:
    """For each target, the relations to many that the belongs_to of `source` imply."""
    found: dict[str, list[HasMany]] = {}
    for each in columns:
        inverse = HasMany(each.inverse, source, each.name, each.place, implicit=True)
        found.setdefault(each.target, []).append(inverse)
    return found
