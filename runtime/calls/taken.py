"""Which unique values of a refused row are taken: a database names one of them, and not every database the same one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from runtime.application import Constraint
from runtime.database import ConstraintViolation
from runtime.records import Record

if TYPE_CHECKING:
    from runtime.call import Call


async def taken(call: Call, violation: ConstraintViolation) -> tuple[Constraint, ...]:
    """All that the row broke, in the order of the spec; nothing where only one can be meant, or another row was in
    the way that is gone by now. For after the transaction, which is good for nothing more."""
    record = violation.record
    if violation.kind != "unique" or not isinstance(record, Record):
        return ()
    model = type(record)
    table = model._meta.db_table
    declared = [each for each in call.services.application.constraints.values() if _is_plain(each, table)]
    if len(declared) < 2:
        return ()
    database = call.services.database
    statement = _statement(model, tuple(each.columns for each in declared), database.dialect)
    found = await database.fetch_row(statement, [*_arguments(record, declared)]) or ()
    return tuple(each for each, is_taken in zip(declared, found, strict=False) if is_taken)


def _is_plain(constraint: Constraint, table: str) -> bool:
    return constraint.kind == "unique" and constraint.table == table and not constraint.partial


def _arguments(record: Record, declared: Sequence[Constraint]) -> Iterator[Any]:
    names = _names(type(record))
    for column in (record._meta.db_pk_column, *(column for each in declared for column in each.columns)):
        value = getattr(record, names[column])
        yield record._meta.fields_map[names[column]].to_db_value(value, record)


@cache
def _names(model: type[Record]) -> Mapping[str, str]:
    """Attributes by column."""
    return {column: name for name, column in model._meta.fields_db_projection.items()}


@cache
def _statement(model: type[Record], declared: tuple[tuple[str, ...], ...], dialect: str) -> str:
    """Per constraint, whether another row has the same values. The first argument is the row's own key, or null."""
    mark, place, asked = ("$" if dialect == "postgres" else "?"), 1, []
    table, key = model._meta.db_table, model._meta.db_pk_column
    same = "IS DISTINCT FROM" if dialect == "postgres" else "IS NOT"
    for columns in declared:
        conditions = [f'"{key}" {same} {mark}1']
        for column in columns:
            place += 1
            conditions.append(f'"{column}" = {mark}{place}')
        asked.append(f'EXISTS (SELECT 1 FROM "{table}" WHERE {" AND ".join(conditions)})')  # noqa: S608 # names of models
    return f"SELECT {', '.join(asked)}"
