"""The ORM's fields, one per way of storing a value; the same Python values on PostgreSQL and SQLite.

`runtime.fieldtypes` says which type of the language is stored in which of these. What is bound to a statement is
the Python value wherever PostgreSQL's driver takes it; SQLite's is taught the same types in `runtime.database.sqlite`.
"""

from __future__ import annotations

import datetime
import json
import uuid
from collections.abc import Mapping
from decimal import ROUND_HALF_EVEN, Context, Decimal, Inexact
from typing import Any, Literal, TypeVar, overload

from tortoise.fields import BigIntField
from tortoise.fields.base import Field
from tortoise.models import Model

T_TEXT = TypeVar("T_TEXT", str, str | None)
T_BOOLEAN = TypeVar("T_BOOLEAN", bool, bool | None)
T_DECIMAL = TypeVar("T_DECIMAL", Decimal, Decimal | None)
T_UUID = TypeVar("T_UUID", uuid.UUID, uuid.UUID | None)
T_DATE = TypeVar("T_DATE", datetime.date, datetime.date | None)
T_INSTANT = TypeVar("T_INSTANT", datetime.datetime, datetime.datetime | None)
T_LIST = TypeVar("T_LIST", list[str], list[str] | None)
T_OBJECT = TypeVar("T_OBJECT", dict[str, Any], dict[str, Any] | None)

Owner = type[Model] | Model


class IntegerColumn(BigIntField):
    """A whole number of 64 bits."""

    def to_db_value(self, value: Any, instance: Owner) -> int | None:
        """A number as it is; text or a fraction is a mistake of the caller, not something to round."""
        if value is None or type(value) is int:
            return value
        raise TypeError(f"{self.model_field_name}: {value!r} is no whole number")


class IdColumn(IntegerColumn):
    """A primary key that the database counts up."""


class TextColumn(Field[T_TEXT]):
    """Text of any length; its limits are checked on input and by the database."""

    field_type = str
    SQL_TYPE = "TEXT"

    @overload
    def __init__(self: TextColumn[str], *, null: Literal[False] = False, **options: Any) -> None: ...
    @overload
    def __init__(self: TextColumn[str | None], *, null: Literal[True], **options: Any) -> None: ...
    def __init__(self, **options: Any) -> None:
        super().__init__(**options)


class BooleanColumn(Field[T_BOOLEAN]):
    """true or false; 1 and 0 in SQLite."""

    field_type = bool
    SQL_TYPE = "BOOLEAN"

    @overload
    def __init__(self: BooleanColumn[bool], *, null: Literal[False] = False, **options: Any) -> None: ...
    @overload
    def __init__(self: BooleanColumn[bool | None], *, null: Literal[True], **options: Any) -> None: ...
    def __init__(self, **options: Any) -> None:
        super().__init__(**options)

    def to_python_value(self, value: Any) -> bool | None:
        """SQLite gives a number."""
        return None if value is None else bool(value)


class DecimalColumn(Field[T_DECIMAL]):
    """An exact decimal with `places` digits after the point, stored as a whole number of its smallest unit."""

    field_type = Decimal
    SQL_TYPE = "BIGINT"

    @overload
    def __init__(
        self: DecimalColumn[Decimal], places: int = 2, *, null: Literal[False] = False, **options: Any
    ) -> None: ...
    @overload
    def __init__(
        self: DecimalColumn[Decimal | None], places: int = 2, *, null: Literal[True], **options: Any
    ) -> None: ...
    def __init__(self, places: int = 2, **options: Any) -> None:
        super().__init__(**options)
        self.places = places

    def to_db_value(self, value: Any, instance: Owner) -> int | None:
        """19.90 → 1990. A digit that would be lost, NaN and floats are mistakes of the caller, and raise."""
        if value is None:
            return None
        if isinstance(value, float):
            raise TypeError(f"{self.model_field_name}: {value!r} is a float, which is not exact")
        scaled = Decimal(value).scaleb(self.places, _EXACT)
        return int(scaled.to_integral_exact(ROUND_HALF_EVEN, _EXACT))

    def to_python_value(self, value: Any) -> Decimal | None:
        """1990 → 19.90. What the program itself sets is a Decimal already, and gets its places."""
        if value is None:
            return None
        if isinstance(value, Decimal):
            return value.quantize(Decimal(1).scaleb(-self.places), context=_EXACT)
        return Decimal(value).scaleb(-self.places, _EXACT)


_EXACT = Context(prec=40, traps=[Inexact])


class UuidColumn(Field[T_UUID]):
    """A UUID; a random one where it is the primary key."""

    field_type = uuid.UUID
    SQL_TYPE = "UUID"

    @overload
    def __init__(self: UuidColumn[uuid.UUID], *, null: Literal[False] = False, **options: Any) -> None: ...
    @overload
    def __init__(self: UuidColumn[uuid.UUID | None], *, null: Literal[True], **options: Any) -> None: ...
    def __init__(self, **options: Any) -> None:
        if options.get("primary_key"):
            options.setdefault("default", uuid.uuid4)
        super().__init__(**options)

    def to_python_value(self, value: Any) -> uuid.UUID | None:
        """SQLite gives text; PostgreSQL's driver a subclass of its own."""
        if value is None or type(value) is uuid.UUID:
            return value
        return uuid.UUID(str(value))

    def to_db_value(self, value: Any, instance: Owner) -> uuid.UUID | None:
        """The value itself, which both drivers can bind."""
        return self.to_python_value(value)


class DateColumn(Field[T_DATE]):
    """A day."""

    field_type = datetime.date
    SQL_TYPE = "DATE"

    @overload
    def __init__(self: DateColumn[datetime.date], *, null: Literal[False] = False, **options: Any) -> None: ...
    @overload
    def __init__(self: DateColumn[datetime.date | None], *, null: Literal[True], **options: Any) -> None: ...
    def __init__(self, **options: Any) -> None:
        super().__init__(**options)

    def to_python_value(self, value: Any) -> datetime.date | None:
        """SQLite gives text."""
        return datetime.date.fromisoformat(value) if isinstance(value, str) else value


class InstantColumn(Field[T_INSTANT]):
    """A moment: an aware datetime, always in UTC."""

    field_type = datetime.datetime
    SQL_TYPE = "TIMESTAMPTZ"

    @overload
    def __init__(self: InstantColumn[datetime.datetime], *, null: Literal[False] = False, **options: Any) -> None: ...
    @overload
    def __init__(self: InstantColumn[datetime.datetime | None], *, null: Literal[True], **options: Any) -> None: ...
    def __init__(self, **options: Any) -> None:
        super().__init__(**options)

    def to_python_value(self, value: Any) -> datetime.datetime | None:
        """SQLite gives text, which says its zone."""
        if isinstance(value, str):
            value = datetime.datetime.fromisoformat(value)
        return None if value is None else _in_utc(value)

    def to_db_value(self, value: Any, instance: Owner) -> datetime.datetime | None:
        """One without a zone is a mistake of the caller: nobody knows which moment is meant."""
        return None if value is None else _in_utc(value)


def _in_utc(value: datetime.datetime) -> datetime.datetime:
    if value.tzinfo is None:
        raise ValueError(f"{value!r} has no time zone")
    return value.astimezone(datetime.UTC)


class CreatedColumn(InstantColumn[datetime.datetime]):
    """When the row was made; set when it is first saved, unless the program has set it."""

    def __init__(self, **options: Any) -> None:
        super().__init__(default=_now, **options)


class UpdatedColumn(InstantColumn[datetime.datetime]):
    """When the row was last saved; set on every save. `Record.save` includes it in partial ones."""

    def __init__(self, **options: Any) -> None:
        super().__init__(default=_now, **options)

    def to_db_value(self, value: Any, instance: Owner) -> datetime.datetime | None:
        """Of a row that is being saved, the present; in a filter, the value."""
        if not isinstance(instance, Model) or not instance._saved_in_db:
            return super().to_db_value(value, instance)
        now = _now()
        setattr(instance, self.model_field_name, now)
        return now


def _now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC)


class TextListColumn(Field[T_LIST]):
    """A list of texts: an array in PostgreSQL, JSON in SQLite."""

    field_type = list
    SQL_TYPE = "TEXT[]"
    indexable = False

    @overload
    def __init__(self: TextListColumn[list[str]], *, null: Literal[False] = False, **options: Any) -> None: ...
    @overload
    def __init__(self: TextListColumn[list[str] | None], *, null: Literal[True], **options: Any) -> None: ...
    def __init__(self, **options: Any) -> None:
        super().__init__(**options)

    def to_python_value(self, value: Any) -> list[str] | None:
        """SQLite gives text."""
        if value is None:
            return None
        return list(json.loads(value) if isinstance(value, str) else value)

    def to_db_value(self, value: Any, instance: Owner) -> list[str] | None:
        """The list itself, which both drivers can bind."""
        return None if value is None else list(value)


class ObjectColumn(Field[T_OBJECT]):
    """A JSON object: text in both databases, kept as it was written."""

    field_type = dict
    SQL_TYPE = "JSON"
    indexable = False

    @overload
    def __init__(self: ObjectColumn[dict[str, Any]], *, null: Literal[False] = False, **options: Any) -> None: ...
    @overload
    def __init__(self: ObjectColumn[dict[str, Any] | None], *, null: Literal[True], **options: Any) -> None: ...
    def __init__(self, **options: Any) -> None:
        super().__init__(**options)

    def to_python_value(self, value: Any) -> dict[str, Any] | None:
        """Both drivers give text; what the program itself sets is a dictionary already."""
        parsed: dict[str, Any] | None = json.loads(value) if isinstance(value, str) else value
        return parsed

    def to_db_value(self, value: Mapping[str, Any] | None, instance: Owner) -> str | None:
        """Compact JSON."""
        if value is None:
            return None
        return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
