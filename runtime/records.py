"""The base class of the generated models."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import cache
from typing import Any, Self

from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.models import Model

from runtime.columns import DecimalColumn, UpdatedColumn
from runtime.database.errors import ConstraintViolation


class Record(Model):
    """A row of a table as an object."""

    class Meta:
        """Has no table of its own."""

        abstract = True

    @classmethod
    def from_row(cls, columns: Sequence[str], row: Sequence[Any]) -> Self:
        """The object of a row that a compiled statement read; `columns` names all columns of the table, as `row`
        has them (further members of `row` are left alone)."""
        return cls._init_from_db(**dict(zip(columns, row, strict=False)))

    def _set_kwargs(self, kwargs: dict[str, Any]) -> set[str]:
        # The ORM reads values given by the program as it reads the database's, where 20 means 0.20.
        fields = self._meta.fields_map
        for name, value in kwargs.items():
            if isinstance(value, int | str) and isinstance(fields.get(name), DecimalColumn):
                kwargs[name] = Decimal(value)
        return super()._set_kwargs(kwargs)

    async def save(
        self,
        using_db: BaseDBAsyncClient | None = None,
        update_fields: Iterable[str] | None = None,
        force_create: bool = False,
        force_update: bool = False,
    ) -> None:
        """Save all, or only `update_fields` and what every save sets."""
        if update_fields is not None:
            update_fields = [*update_fields, *(set_on_save(type(self)) - set(update_fields))]
        try:
            await super().save(using_db, update_fields, force_create, force_update)
        except ConstraintViolation as violation:
            violation.record = self
            raise


@cache
def set_on_save(model: type[Model]) -> frozenset[str]:
    """The columns that hold when a row was last written."""
    return frozenset(name for name, field in model._meta.fields_map.items() if isinstance(field, UpdatedColumn))
