"""Model → what `reads/<stem>.py` says: the statements that `generator.reads` computes, as constants."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from generator.literals import Name, literal
from generator.model import Model, Resource
from generator.plans.module import Module, is_wide, names_in
from generator.reads.compiler import reads_of

CLASSES = ("Bind", "Filter", "Guard", "GuardRead", "ItemRead", "ListRead", "Pages", "RecordRead", "SortKey")


@dataclass(frozen=True, slots=True)
class ReadsPlan:
    """Constants with their source text."""

    constants: tuple[tuple[str, str], ...]


def plan_reads(model: Model, resource: Resource) -> Module | None:
    """The module of one resource's reads; None where it needs none."""
    constants = tuple((name, literal(value)) for name, value in _said_once(reads_of(model, resource)))
    if not constants:
        return None
    names = names_in(*(text for _, text in constants))
    return Module(
        path=f"reads/{resource.stem}.py",
        template="reads.py",
        source=f"spec/{resource.stem}.yaml",
        summary=f"The statements of {resource.name}: one for each read.",
        plan=ReadsPlan(constants),
        wide=is_wide(*(text for _, text in constants)),
        imports=(
            *(["from runtime.application import Sql"] if "Sql" in names else []),
            f"from runtime.reads import {', '.join(name for name in CLASSES if name in names)}",
        ),
    )


def _said_once(reads: Mapping[str, Any]) -> Iterator[tuple[str, object]]:
    """The reads, and before each the parts that later ones share with it, named after it: `LIST_BODY`."""
    uses = Counter(part for read in reads.values() for part in _parts(read))
    names: dict[tuple[str, object], Name] = {}
    for name, read in reads.items():
        for part in _parts(read):
            if uses[part] > 1 and part not in names:
                names[part] = Name(f"{name}_{part[0].upper()}")
                yield names[part], part[1]
        yield name, replace(read, **{part[0]: names[part] for part in _parts(read) if part in names})


def _parts(read: Any) -> Iterator[tuple[str, object]]:
    """The parts of a read that take more than a line."""
    for each in fields(read):
        value = getattr(read, each.name)
        if not isinstance(value, str) and "\n" in literal(value):
            yield each.name, value
