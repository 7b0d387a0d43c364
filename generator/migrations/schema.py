"""Model → the schema that its database should have."""

from __future__ import annotations

from collections.abc import Iterator

from generator.expressions import Expression, Scope, SqlBinding, check, to_condition
from generator.members import column_of, key_of, member
from generator.migrations.literals import literal, places_of, quoted
from generator.migrations.tables import (
    DIALECTS,
    Acyclic,
    Both,
    Check,
    Column,
    Companion,
    Dialect,
    Foreign,
    Index,
    Schema,
    Table,
    constraint_name,
)
from generator.model import BelongsTo, Field, Identity, Model, Resource
from runtime.fieldtypes import FIELD_TYPES

BINDING = SqlBinding(record=None)
NOW = Both("now()", "(strftime('%Y-%m-%dT%H:%M:%f000Z', 'now'))")
ON_DELETE = {"cascade": "CASCADE", "set_null": "SET NULL", "restrict": "RESTRICT"}


def plan_schema(model: Model) -> Schema:
    """The tables of all resources; of events, and of what is kept under idempotency keys, if there are any."""
    tables = [_table(model, resource) for resource in model.resources]
    if any(resource.events for resource in model.resources):
        tables += EVENT_TABLES
    if any(action.idempotency for resource in model.resources for action in resource.actions):
        tables.append(IDEMPOTENCY_TABLE)
    return Schema(tuple(sorted(tables, key=lambda table: table.name)))


def _table(model: Model, resource: Resource) -> Table:
    columns = [_column(field) for field in resource.fields]
    columns += [_reference(model, relation) for relation in resource.belongs_to]
    return Table(
        name=resource.table,
        columns=tuple(columns),
        checks=tuple(_checks(model, resource)),
        foreign=tuple(_foreign(model, resource, relation) for relation in resource.belongs_to),
        indexes=tuple(_indexes(model, resource)),
        acyclic=tuple(
            Acyclic(constraint_name("ck", resource.table, f"{each.name}_acyclic"), column_of(each))
            for each in resource.belongs_to
            if each.acyclic
        ),
        companions=tuple(_companions(model, resource)),
    )


def _companions(model: Model, resource: Resource) -> Iterator[Companion]:
    """The tables whose rows accompany those of a resource."""
    for other in model.resources:
        for relation in other.belongs_to:
            if relation.name == other.accompanies and relation.target == resource.name:
                name = constraint_name("tg", other.table, relation.name)
                yield Companion(name, other.table, column_of(relation), key_of(resource).name)


# --- columns ----------------------------------------------------------------------------------


def _column(field: Field) -> Column:
    kind = FIELD_TYPES[field.type]
    return Column(
        name=field.name,
        type=Both(kind.postgres, kind.sqlite),
        nullable=field.nullable,
        default=_default(field),
        key=field.name == "id",
        counted=field.type == "id",
        places=places_of(field),
    )


def _reference(model: Model, relation: BelongsTo) -> Column:
    kind = FIELD_TYPES[key_of(model.by_name[relation.target]).type]
    return Column(column_of(relation), Both(kind.postgres, kind.sqlite), relation.nullable)


def _default(field: Field) -> Both | None:
    if field.type in ("created", "updated"):
        return NOW
    if field.type == "counter":
        return Both.same("0")
    if not field.has_default or field.default is None:
        return None
    return literal(field, field.default)


# --- checks -----------------------------------------------------------------------------------


def _checks(model: Model, resource: Resource) -> Iterator[Check]:
    for field in resource.fields:
        limits = {dialect: " AND ".join(_limits(field, dialect)) for dialect in DIALECTS}
        if any(limits.values()):
            yield Check(constraint_name("ck", resource.table, field.name), Both(**limits))
    for invariant in resource.invariants:
        name = constraint_name("ck", resource.table, invariant.name)
        yield Check(name, _condition(model, resource, invariant.check, positive=False))


def _limits(field: Field, dialect: Dialect) -> Iterator[str]:
    column, kind = f'"{field.name}"', FIELD_TYPES[field.type]
    if field.type == "counter":
        yield f"{column} >= 0"
    if "min" in kind.limits:
        yield from _range(field, dialect)
    if "max_length" in kind.limits and field.type not in ("list", "password"):
        yield from _between(f"{LENGTH[dialect]}({column})", field.min_length or None, field.max_length)
    if field.type == "enum":
        yield f"{column} IN ({', '.join(quoted(value) for value in field.values)})"
    if field.type == "list" and field.max_items is not None:
        yield f"{ITEMS[dialect]}({column}) <= {field.max_items}"
    if dialect == "sqlite" and field.type in SQLITE_SHAPES:
        yield SQLITE_SHAPES[field.type].format(column)


LENGTH: dict[Dialect, str] = {"postgres": "char_length", "sqlite": "length"}
ITEMS: dict[Dialect, str] = {"postgres": "cardinality", "sqlite": "json_array_length"}
SQLITE_SHAPES = {"boolean": "{} IN (0, 1)", "list": "json_type({}) = 'array'", "object": "json_type({}) = 'object'"}


def _range(field: Field, dialect: Dialect) -> Iterator[str]:
    low, high = (None if limit is None else literal(field, limit).of(dialect) for limit in (field.min, field.max))
    yield from _between(f'"{field.name}"', low, high)


def _between(value: str, low: object, high: object) -> Iterator[str]:
    if low is not None and high is not None:
        yield f"{value} BETWEEN {low} AND {high}"
    elif low is not None:
        yield f"{value} >= {low}"
    elif high is not None:
        yield f"{value} <= {high}"


def _condition(model: Model, resource: Resource, expression: Expression, *, positive: bool) -> Both:
    typed = check(expression, Scope.of_row(model, resource), condition=True)
    postgres, sqlite = (to_condition(typed, each, BINDING, positive=positive) for each in DIALECTS)
    return Both(postgres, sqlite)


# --- relations and indexes --------------------------------------------------------------------


def _foreign(model: Model, resource: Resource, relation: BelongsTo) -> Foreign:
    target = model.by_name[relation.target]
    return Foreign(
        name=constraint_name("fk", resource.table, relation.name),
        column=column_of(relation),
        target=target.table,
        target_column=key_of(target).name,
        on_delete=ON_DELETE[relation.on_delete],
    )


def _indexes(model: Model, resource: Resource) -> Iterator[Index]:
    found = [*_uniques(model, resource), *_declared(resource)]
    yield from found
    for relation in resource.belongs_to:
        column = column_of(relation)
        # Without one, deleting the row that is pointed at reads the whole table.
        if not any(index.columns[0] == column and index.where is None for index in found):
            yield _index(resource, (column,), (False,))


def _uniques(model: Model, resource: Resource) -> Iterator[Index]:
    for field in resource.fields:
        if field.unique and field.name != "id":
            name = constraint_name("uq", resource.table, field.name)
            yield Index(name, (field.name,), (False,), unique=True)
    for identity in resource.identities:
        yield _identity(model, resource, identity)


def _identity(model: Model, resource: Resource, identity: Identity) -> Index:
    columns = tuple(_column_named(resource, name) for name in identity.fields)
    return Index(
        name=constraint_name("uq", resource.table, identity.name),
        columns=columns,
        descending=(False,) * len(columns),
        unique=True,
        where=None if identity.where is None else _condition(model, resource, identity.where, positive=True),
    )


def _declared(resource: Resource) -> Iterator[Index]:
    taken: set[str] = set()
    for index in resource.indexes:
        made = _index(resource, tuple(_column_named(resource, each) for each in index.fields), index.descending)
        if made.name in taken:
            made = _index(resource, made.columns, made.descending, "desc")
        taken.add(made.name)
        yield made
    for field in resource.fields:
        made = _index(resource, (field.name,), (False,))
        if field.index and not field.unique and made.name not in taken:
            yield made


def _index(
    resource: Resource, columns: tuple[str, ...], descending: tuple[bool, ...], suffix: str | None = None
) -> Index:
    words = [*columns, suffix] if suffix else columns
    return Index(constraint_name("ix", resource.table, "_".join(words)), columns, descending)


def _column_named(resource: Resource, name: str) -> str:
    found = member(resource, name)
    if not isinstance(found, Field | BelongsTo):
        raise TypeError(f"{name} is no column of {resource.name}")  # the rules have made sure
    return column_of(found)


# --- tables of the runtime's own ----------------------------------------------------------------

_TEXT = Both(FIELD_TYPES["string"].postgres, FIELD_TYPES["string"].sqlite)
_INSTANT = Both(FIELD_TYPES["datetime"].postgres, FIELD_TYPES["datetime"].sqlite)
_INTEGER = Both(FIELD_TYPES["integer"].postgres, FIELD_TYPES["integer"].sqlite)
_ID = Both(FIELD_TYPES["id"].postgres, FIELD_TYPES["id"].sqlite)

# `seen` says when an event was last counted of a visitor; the other one is the activity itself.
EVENT_TABLES = (
    Table(
        name="agora_event",
        columns=(
            Column("id", _ID, key=True, counted=True),
            Column("event", _TEXT),
            Column("subject", _TEXT),
            Column("actor", _TEXT, nullable=True),
            Column("visitor", _TEXT),
            Column("created_at", _INSTANT),
        ),
        indexes=(
            Index("ix_agora_event_event_subject_created_at", ("event", "subject", "created_at"), (False, False, False)),
        ),
    ),
    Table(
        name="agora_event_seen",
        columns=(
            Column("event", _TEXT),
            Column("subject", _TEXT),
            Column("visitor", _TEXT),
            Column("at", _INSTANT),
        ),
        indexes=(
            Index("uq_agora_event_seen", ("event", "subject", "visitor"), (False, False, False), unique=True),
            Index("ix_agora_event_seen_at", ("at",), (False,)),
        ),
    ),
)

# The first success under each key; `scope` is the operation and the caller.
IDEMPOTENCY_TABLE = Table(
    name="agora_idempotency",
    columns=(
        Column("scope", _TEXT),
        Column("key", _TEXT),
        Column("fingerprint", _TEXT),
        Column("status", _INTEGER),
        Column("location", _TEXT, nullable=True),
        Column("body", _TEXT, nullable=True),
        Column("created_at", _INSTANT),
    ),
    indexes=(
        Index("uq_agora_idempotency", ("scope", "key"), (False, False), unique=True),
        Index("ix_agora_idempotency_created_at", ("created_at",), (False,)),
    ),
)
