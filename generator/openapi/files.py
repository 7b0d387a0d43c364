"""The files that an operation's form may bring, as a document says them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from generator.members import kept_in, stand_ins
from generator.model import Attachment, FilePart, Model
from generator.openapi.forms import file_piece
from generator.operations import Operation

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Brought:
    """The schemas of the parts, how each is encoded, and which must come: of each group one."""

    pieces: dict[str, Json]
    encoding: dict[str, Json]
    required: list[list[str]]


def brought(model: Model, operation: Operation) -> Brought:
    """What a multipart form may bring."""
    action = operation.action
    held = {part: kept_in(model, operation.resource, part)[1] for part in action.files}
    return Brought(
        pieces={part.name: file_piece(_said(part, found), part.most) for part, found in held.items()},
        encoding={part.name: {"contentType": ", ".join(_types(found))} for part, found in held.items()},
        required=_required(operation),
    )


def _required(operation: Operation) -> list[list[str]]:
    """Groups of names that stand for each other."""
    resource, action = operation.resource, operation.action
    groups = (stand_ins(resource, action, part) for part in action.files if part.required)
    return [list(each) for each in dict.fromkeys(groups)]


def _types(attachment: Attachment) -> list[str]:
    return [f"image/{each}" for each in attachment.accept]


def _said(part: FilePart, attachment: Attachment) -> str:
    *most, last = (each.upper() if each != "webp" else "WebP" for each in attachment.accept)
    kinds = f"{', '.join(most)} or {last}" if most else last
    limits = f"{kinds}, at most {attachment.max_bytes:,} bytes and {attachment.max_pixels:,} pixels."
    return f"{part.description.strip()} {limits}".strip()
