"""Files: what a resource's file fields hold, what its records are to their siblings, which forms bring files."""

from __future__ import annotations

from collections.abc import Iterator

from generator.model import Attachment, FilePart, Siblings
from generator.resolve import machines
from generator.resolve.draft import Draft, World
from generator.resolve.said import entries, flag, number, said, text, texts
from generator.specs.nodes import Node, ScalarNode, place_of


def attachments(node: Node) -> tuple[Attachment, ...]:
    """What is said of each `file` field."""
    return tuple(_attachment(key, value) for key, value in entries(node, "attachments"))


def _attachment(key: ScalarNode, value: Node) -> Attachment:
    folder = text(value, "folder") or ""
    words, _, holder = folder.partition("{")
    return Attachment(
        name=key.text,
        accept=texts(value, "accept"),
        max_bytes=number(value, "max_bytes") or 0,
        max_pixels=number(value, "max_pixels") or 0,
        folder=words.rstrip("/"),
        holder=holder.rstrip("}") or None,
        place=key.place,
        original_name=text(value, "original_name"),
        size=text(value, "size"),
        media_type=text(value, "media_type"),
        stored_at=text(value, "stored_at"),
    )


def siblings(node: Node) -> Siblings | None:
    """What is said of records that belong to one."""
    value = said(node, "siblings")
    if value is None:
        return None
    return Siblings(
        of=text(value, "of") or "",
        place=place_of(node, "siblings"),
        most=number(value, "most"),
        error=text(value, "error"),
        message=text(value, "message"),
        primary=text(value, "primary"),
        order=texts(value, "order"),
    )


def files(world: World, draft: Draft, node: Node) -> tuple[FilePart, ...]:
    """The files that an action's form may bring."""
    return tuple(_part(world, draft, key, value) for key, value in entries(node, "files"))


def _part(world: World, draft: Draft, key: ScalarNode, value: Node) -> FilePart:
    into = text(value, "into") or ""
    relation = draft.has_many.get(into)
    owner = world.drafts.get(relation.target) if relation else None
    return FilePart(
        name=key.text,
        into=into,
        place=key.place,
        most=number(value, "most"),
        required=flag(value, "required"),
        sets=tuple(_sets(owner or draft, value)),
        description=text(value, "description") or "",
    )


def _sets(owner: Draft, value: Node) -> Iterator[tuple[str, object]]:
    for key, node in entries(value, "set"):
        yield key.text, machines.stored(owner, key.text, node)
