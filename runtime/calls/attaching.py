"""Files and rows: a file becomes a row or part of one, and goes when that goes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from runtime.application import Attachment, Siblings
from runtime.calls import siblings as families
from runtime.calls.files import File, Files, removed
from runtime.records import Record

if TYPE_CHECKING:
    from runtime.context import Context

R = TypeVar("R", bound=Record)


def attachments_of(ctx: Context[Any], model: type[Record]) -> tuple[Attachment, ...]:
    """What the file columns of a model hold."""
    return tuple(each for each in ctx.call.services.application.attachments if each.table == model._meta.db_table)


def siblings_of(ctx: Context[Any], model: type[Record]) -> Siblings | None:
    """What the rows of a model are to each other."""
    return ctx.call.services.application.siblings.get(model._meta.db_table)


def columns_of(ctx: Context[Any], file: File) -> dict[str, Any]:
    """The columns that are set with a file."""
    taken, picture = file.attachment, file.checked
    said = {
        taken.column: file.key,
        taken.original_name: file.name,
        taken.size: picture.size,
        taken.media_type: picture.media_type,
        taken.stored_at: ctx.now(),
    }
    return {name: value for name, value in said.items() if name is not None}


async def add(ctx: Context[Any], model: type[R], files: Iterable[File], values: Mapping[str, Any]) -> list[R]:
    """Rows that files become, with these values, in a few statements whatever their number."""
    taken = list(files)
    records = [model(**values, **columns_of(ctx, file)) for file in taken]
    return await insert(ctx, model, records, [file.key for file in taken])


async def insert(ctx: Context[Any], model: type[R], records: list[R], keys: Sequence[str]) -> list[R]:
    """New rows that name these objects."""
    family = siblings_of(ctx, model)
    if family is not None and records:
        await families.admit(ctx.transaction_open, family, families.of_row(family, records[0]), records)
    if len(records) == 1:
        await records[0].save(using_db=ctx.db, force_create=True)
    else:
        await model.bulk_create(records, using_db=ctx.db)
    _use(ctx, keys)
    return records


async def replace(ctx: Context[Any], record: Record, file: File) -> None:
    """The file of a row's column, from now on; the object that was there goes after the commit."""
    old = getattr(record, file.attachment.column)
    values = columns_of(ctx, file)
    for name, value in values.items():
        setattr(record, name, value)
    await record.save(using_db=ctx.db, update_fields=list(values), force_update=True)
    _use(ctx, [file.key])
    forget(ctx, [old])


async def clear(ctx: Context[Any], record: Record, column: str) -> None:
    """No file in a row's column any more."""
    taken = next(each for each in attachments_of(ctx, type(record)) if each.column == column)
    old = getattr(record, column)
    names = [taken.column, taken.original_name, taken.size, taken.media_type, taken.stored_at]
    known = [name for name in names if name is not None]
    for name in known:
        setattr(record, name, None)
    await record.save(using_db=ctx.db, update_fields=known, force_update=True)
    forget(ctx, [old])


async def remove(ctx: Context[Any], records: Sequence[Record]) -> None:
    """Delete rows of one model (siblings of each other, where they have any), and after the commit their objects."""
    if not records:
        return
    model = type(records[0])
    family = siblings_of(ctx, model)
    if family is not None:
        await families.lock(ctx.transaction_open, family, families.of_row(family, records[0]))
    await model.filter(pk__in=[each.pk for each in records]).using_db(ctx.db).delete()
    if family is not None:
        await families.succeed(ctx.transaction_open, family, families.of_row(family, records[0]))
    forget_rows(ctx, records)


def forget_rows(ctx: Context[Any], records: Sequence[Record]) -> None:
    """The objects of rows that are deleted go after the commit."""
    for each in attachments_of(ctx, type(records[0])) if records else ():
        forget(ctx, [getattr(record, each.column) for record in records])


def forget(ctx: Context[Any], keys: Iterable[str | None]) -> None:
    """Objects that no row names once the transaction is committed."""
    named = [key for key in keys if key]
    if named:
        ctx.after_commit(partial(removed, ctx.call.services.storage, named))


def _use(ctx: Context[Any], keys: Iterable[str]) -> None:
    files: Files | None = ctx.call.files
    if files is not None:
        files.used.update(keys)
