"""The migration files of a project: those that there are stay as they are, and what changed is added.

`index.json` holds their order, a checksum of each, and the schema after the last one, which is what the next build
compares with. The runtime reads the same files (`runtime.migrations.files`).
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from generator.members import column_of
from generator.migrations import steps_postgres, steps_sqlite
from generator.migrations.diff import Difference, Impossible, Renames, difference, impossible, losses
from generator.migrations.schema import plan_schema
from generator.migrations.tables import DIALECTS, Dialect, Schema, from_data, to_data
from generator.model import BelongsTo, Field, Model, Place, Resource

FOLDER = "migrations/"
INDEX = f"{FOLDER}index.json"


@dataclass(frozen=True, slots=True)
class MigrationFault:
    """A change of the specs that cannot be migrated, or migration files that cannot be trusted."""

    code: str
    place: Place
    message: str
    hint: str


class MigrationFaults(Exception):
    """All that is wrong; nothing may be written."""

    def __init__(self, faults: tuple[MigrationFault, ...]) -> None:
        super().__init__("\n".join(fault.message for fault in faults))
        self.faults = faults


def plan_migrations(model: Model, existing: Mapping[str, str]) -> Mapping[str, str]:
    """All files below `generated/` that belong to migrations, given those there are (same keys: `migrations/…`).

    Raises MigrationFaults.
    """
    index = _index(existing)
    if faults := tuple(_edited(index, existing)):
        raise MigrationFaults(faults)
    known = {name: existing[name] for name in sorted(existing) if name in _names(index)} | (
        {INDEX: existing[INDEX]} if INDEX in existing else {}
    )
    old = from_data(index["schema"])
    new = plan_schema(model)
    found = difference(old, new, _renames(model, old))
    if faults := tuple(_located(model, each) for each in impossible(found)):
        raise MigrationFaults(faults)
    if old == new and index["order"]:
        return known
    added = dict(_files(found, len(index["order"]) + 1)) if _does_something(found, index) else {}
    return known | added | {INDEX: _new_index(index, added, new)}


# --- files that are there ---------------------------------------------------------------------


def _index(existing: Mapping[str, str]) -> dict[str, Any]:
    if INDEX not in existing:
        return {"order": [], "sha256": {}, "schema": {"tables": []}}
    try:
        index: dict[str, Any] = json.loads(existing[INDEX])
        from_data(index["schema"])
        return index
    except (ValueError, KeyError, TypeError):
        raise MigrationFaults((_file_fault("migration-edited", INDEX, "is not what `agora build` wrote"),)) from None


def _names(index: Mapping[str, Any]) -> set[str]:
    return {f"{FOLDER}{name}" for name in index["sha256"]}


def _edited(index: Mapping[str, Any], existing: Mapping[str, str]) -> Iterator[MigrationFault]:
    for name, checksum in index["sha256"].items():
        text = existing.get(f"{FOLDER}{name}")
        if text is None:
            yield _file_fault("migration-missing", f"{FOLDER}{name}", "is missing")
        elif _checksum(text) != checksum:
            yield _file_fault("migration-edited", f"{FOLDER}{name}", "is not what `agora build` wrote")


def _file_fault(code: str, name: str, what: str) -> MigrationFault:
    place = Place(f"generated/{name}", 1, 1)
    return MigrationFault(
        code, place, f"{name} {what}; databases may have been migrated by it", "restore it from version control"
    )


def _checksum(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


# --- what the specs say -----------------------------------------------------------------------


def _renames(model: Model, old: Schema) -> Renames:
    tables, columns = {}, {}
    for resource in model.resources:
        if resource.renamed_from:
            tables[resource.table] = _old_table(resource.renamed_from, old)
        for each in _members(resource):
            if each.renamed_from:
                suffix = column_of(each).removeprefix(each.name)
                columns[resource.table, column_of(each)] = each.renamed_from.removesuffix(suffix) + suffix
    return Renames(tables, columns)


def _members(resource: Resource) -> list[Field | BelongsTo]:
    return [*resource.fields, *resource.belongs_to]


def _old_table(name: str, old: Schema) -> str:
    """Said as the old resource's name or as its table's."""
    return name if old.table(name) else re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()


def _located(model: Model, fault: Impossible) -> MigrationFault:
    resource = next(each for each in model.resources if each.table == fault.table)
    place = next((each.place for each in _members(resource) if column_of(each) == fault.column), resource.place)
    return MigrationFault(fault.code, place, fault.message, fault.hint)


# --- files that are new -----------------------------------------------------------------------


def _files(found: Difference, number: int) -> Iterator[tuple[str, str]]:
    name = f"{number:04}_{_slug(found) if number > 1 else 'initial'}"
    lost = [f"-- destructive: {loss}" for loss in losses(found)]
    for dialect in DIALECTS:
        head = [f"-- {name}: made by `agora build` from the specs; do not edit.", *lost]
        if dialect == "sqlite" and steps_sqlite.foreign_keys_off(found):
            head.append("-- foreign_keys: off")
        text = "".join(f"-- step\n{step};\n" for step in _steps(found, dialect, first=number == 1))
        yield f"{FOLDER}{name}.{dialect}.sql", "\n".join(head) + "\n" + text


def _does_something(found: Difference, index: Mapping[str, Any]) -> bool:
    """Columns that only moved, for example, need nothing done."""
    return not index["order"] or any(any(_steps(found, each, first=False)) for each in DIALECTS)


def _steps(found: Difference, dialect: Dialect, *, first: bool) -> Iterator[str]:
    return steps_postgres.steps(found, first=first) if dialect == "postgres" else steps_sqlite.steps(found)


def _slug(found: Difference) -> str:
    """A name that tells a reader of the folder what it is about."""
    tables = [f"create_{table.name}" for table in found.created]
    tables += [f"drop_{table.name}" for table in found.dropped]
    tables += [_change(kept.new.name, kept.columns, kept.dropped) for kept in found.changed]
    slug = tables[0] if len(tables) == 1 else f"{tables[0]}_and_{len(tables) - 1}_more"
    return slug[:100]


def _change(table: str, columns: Any, dropped: Any) -> str:
    added = [after.name for before, after in columns if before is None]
    if len(added) == 1 and not dropped:
        return f"add_{table}_{added[0]}"
    if len(dropped) == 1 and not added:
        return f"drop_{table}_{dropped[0].name}"
    return f"alter_{table}"


def _new_index(index: Mapping[str, Any], added: Mapping[str, str], schema: Schema) -> str:
    names = sorted({name.removeprefix(FOLDER).split(".")[0] for name in added})
    checksums = {name.removeprefix(FOLDER): _checksum(text) for name, text in added.items()}
    data = {
        "order": [*index["order"], *names],
        "sha256": {**index["sha256"], **checksums},
        "schema": to_data(schema),
    }
    return json.dumps(data, indent=1, ensure_ascii=False) + "\n"
