"""Model → the stored numbers that can be calculated anew: what events count, and metrics."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from generator.expressions import field_type
from generator.expressions.reads import Stored, stored_in
from generator.members import column_named, key_of, member
from generator.migrations.schema import EVENT_TABLES
from generator.model import Computed, Event, Field, HasMany, Model, Resource
from generator.model import Metric as Said
from generator.reads.plans import Sql
from generator.reads.rows import Rows, top_rows
from generator.reads.values import Values
from generator.sql.dialects import DIALECTS, Dialect
from generator.sql.layout import all_of, indented
from generator.sql.primitives import rescale

ACTOR = re.compile(r"\$actor_id\b")
ACTIVITY = EVENT_TABLES[0].name


@dataclass(frozen=True, slots=True)
class Metric:
    """Prints as the runtime's own class of this name."""

    table: str
    key: str
    key_type: str
    column: str
    value: Sql
    places: int = 0


def metrics(model: Model) -> tuple[Metric, ...]:
    """Counters first, then each metric after those that it is made from."""
    counters = sorted(_counted(model).items())
    return (
        *(_counter(model, model.by_name[owner], column, events) for (owner, column), events in counters),
        *(_metric(model, resource, each) for resource, each in _in_order(model)),
    )


# --- metrics ----------------------------------------------------------------------------------


def _in_order(model: Model) -> Iterator[tuple[Resource, Said]]:
    all_ = {(resource.name, each.name): (resource, each) for resource in model.resources for each in resource.metrics}
    needs = {name: stored_in(model, each.expression, resource) for name, (resource, each) in all_.items()}
    done: list[Stored] = []
    for name in all_:
        _visit(name, needs, done)
    return (all_[name] for name in done)


def _visit(name: Stored, needs: Mapping[Stored, frozenset[Stored]], done: list[Stored]) -> None:
    """The rules have made sure that this ends."""
    if name in done or name not in needs:
        return
    for needed in sorted(needs[name]):
        _visit(needed, needs, done)
    done.append(name)


def _metric(model: Model, resource: Resource, metric: Said) -> Metric:
    field = column_named(resource, metric.name)
    assert isinstance(field, Field)
    kept = field_type(model, field)
    assert kept is not None
    postgres, sqlite = (_expression(Values(model, each), resource, metric, field, kept.places) for each in DIALECTS)
    return _stored(resource, metric.name, Sql(postgres, sqlite), kept.places)


def _expression(values: Values, resource: Resource, metric: Said, field: Field, places: int) -> str:
    said = Computed(metric.name, metric.expression, metric.place)
    value = values.computed(said, top_rows(resource))
    scaled = rescale(value.sql, places - value.places)
    return f"coalesce({scaled}, 0)" if value.nullable and not field.nullable else scaled


def _stored(resource: Resource, column: str, value: Sql, places: int = 0) -> Metric:
    key = key_of(resource)
    return Metric(resource.table, key.name, key.type, column, value, places)


# --- counters ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Counting:
    """An event of `resource` that counts on the rows whose column `by` is the key of its own row."""

    resource: Resource
    event: Event
    by: str


def _counted(model: Model) -> Mapping[Stored, list[_Counting]]:
    """What counts each counter."""
    found: dict[Stored, list[_Counting]] = {}
    for resource in model.resources:
        for event in resource.events:
            for name in event.counts:
                relation, _, column = name.rpartition(".")
                owner, by = _end(resource, relation)
                found.setdefault((owner, column), []).append(_Counting(resource, event, by))
    return found


def _end(resource: Resource, relation: str) -> tuple[str, str]:
    if not relation:
        return resource.name, key_of(resource).name
    found = member(resource, relation)
    assert isinstance(found, HasMany)
    return found.target, f"{found.inverse}_id"


def _counter(model: Model, owner: Resource, column: str, events: list[_Counting]) -> Metric:
    postgres, sqlite = (" + ".join(_happened(Values(model, each), one) for one in events) for each in DIALECTS)
    return _stored(owner, column, Sql(postgres, sqlite))


def _happened(values: Values, counting: _Counting) -> str:
    """How often an event has happened to the row at hand (`t`) and counted; `s` is the row that it happened to."""
    rows = Rows(counting.resource, "s", frozenset({"s", "t", "e"}))
    name = f"{counting.resource.stem}.{counting.event.name}"
    conditions = [f'{rows.key} = t."{counting.by}"', f"e.\"event\" = '{name}'"]
    if counting.event.unless is not None:
        unless = values.of_event().condition(counting.event.unless, rows)
        conditions.append(f"""({ACTOR.sub('e."actor"', unless)}) IS NOT TRUE""")
    source = f'{rows.table}\nJOIN "{ACTIVITY}" e ON e."subject" = {_as_text(values.dialect, rows.key)}'
    return f"(\n  SELECT count(*)\n  FROM {indented(source)}\n  WHERE {indented(all_of(conditions))}\n)"


def _as_text(dialect: Dialect, key: str) -> str:
    """So that the index over subjects serves, which are text."""
    return f"{key}::text" if dialect.name == "postgres" else f"CAST({key} AS TEXT)"
