"""Representations that contain themselves: a whole tree by one recursive statement.

The rows below a root are walked depth-first. Each writes its own members and leaves its object open; how many
brackets to close after it is told by the depth of the row that follows. So the recursive member comes last in its
object.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from generator.members import member
from generator.model import BelongsTo, HasMany, Item, Model, Representation, Resource
from generator.reads.rows import Rows
from generator.sql.layout import all_of, code, constant, indented

if TYPE_CHECKING:
    from generator.reads.json import Shapes

# Rows further down are not shown; and a cycle, which the writes prevent, still comes to an end.
DEPTH_MAX = 64


def recursive_item(model: Model, resource: Resource, representation: Representation) -> Item | None:
    """The member through which a representation contains itself; the rules see to it that it is one has_many."""
    found = (item for item in representation.items if _is_recursive(model, resource, representation, item))
    return next(found, None)


def _is_recursive(model: Model, resource: Resource, representation: Representation, item: Item) -> bool:
    if item.shape != representation.name or item.is_self or len(item.path) > 1 or item.items:
        return False
    relation = member(resource, item.source or item.name)
    return isinstance(relation, HasMany | BelongsTo) and relation.target == resource.name


def tree(shapes: Shapes, root: Rows, representation: Representation, again: Item) -> str:
    """The JSON text of a root with all that is below it."""
    relation = member(root.resource, again.source or again.name)
    assert isinstance(relation, HasMany), f"{again.name} of {root.resource.name}: only a has_many can contain itself"
    node = root.inner(root.resource, "node")
    others = [item for item in representation.items if item is not again]
    walk = _WALKS[shapes.values.dialect.name](shapes, root, node, relation, again)
    text = shapes.values.dialect.joined(
        [
            constant("{"),
            *shapes.members(node, others),
            constant(("," if others else "") + f'"{again.name}":['),
            code(_closing(shapes.values.dialect.name, node)),
            code(f"""CASE WHEN {node.alias}."#next" <= {node.alias}."#depth" THEN ',' ELSE '' END"""),
        ]
    )
    collected = _collected(shapes.values.dialect.name, text, node)
    return "(\n  " + indented(f"{walk}\n{collected}") + "\n)"


def _closing(dialect: str, node: Rows) -> str:
    levels = f'{node.alias}."#depth" - coalesce({node.alias}."#next", 0) + 1'
    if dialect == "postgres":
        return f"repeat(']}}', {levels})"
    return f"replace(hex(zeroblob({levels})), '00', ']}}')"


def _collected(dialect: str, text: str, node: Rows) -> str:
    """The rows in the order of the walk, each with the depth of the one that follows."""
    steps = f'SELECT w.*, lead(w."#depth") OVER (ORDER BY w."#place") AS "#next"\nFROM {_PLACED[dialect]}'
    rows = (
        f'SELECT {node.alias}.*, w."#depth", w."#next", w."#place"\n'
        f'FROM (\n  {indented(steps)}\n) w\nJOIN {node.table} ON {node.key} = w."#id"'
    )
    if dialect == "postgres":
        made = f"string_agg({indented(text)}, '' ORDER BY {node.alias}.\"#place\")"
    else:
        made, rows = f"group_concat({indented(text)}, '')", f'{rows}\nORDER BY w."#place"\nLIMIT -1'
    return f"SELECT {made}\nFROM (\n  {indented(rows)}\n) {node.alias}"


# SQLite walks in the right order and leaves it to us to count; PostgreSQL walks in breadth and keeps the paths.
_PLACED = {
    "postgres": '"#walk" w',
    "sqlite": '(SELECT w.*, row_number() OVER () AS "#place" FROM "#walk" w) w',
}


def _below(shapes: Shapes, node: Rows, relation: HasMany, again: Item) -> str:
    """From the rows reached to their visible children."""
    conditions, joined = shapes.values.visible(node), ""
    if again.where is not None:
        above = node.inner(node.resource, "above")
        joined = f'\nJOIN {above.table} ON {above.key} = w."#id"'
        conditions.append(shapes.values.condition(again.where, node, above))
    where = indented(all_of([*conditions, f'w."#depth" < {DEPTH_MAX}']))
    tie = f'{node.column(f"{relation.inverse}_id")} = w."#id"'
    return f'FROM "#walk" w{joined}\nJOIN {node.table} ON {tie}\nWHERE {where}'


def _postgres_walk(shapes: Shapes, root: Rows, node: Rows, relation: HasMany, again: Item) -> str:
    """Depth-first by the path of ranks among siblings."""
    order = shapes.values.order(node, again.sort or relation.sort)
    step = (
        f'SELECT {node.key}, w."#depth" + 1,\n'
        f'  w."#place" || row_number() OVER (PARTITION BY w."#id" ORDER BY {indented(order, 4)})\n'
        f"{_below(shapes, node, relation, again)}"
    )
    return _recursive(["#id", "#depth", "#place"], f"SELECT {root.key}, 0, ARRAY[]::bigint[]", step)


def _sqlite_walk(shapes: Shapes, root: Rows, node: Rows, relation: HasMany, again: Item) -> str:
    """Depth-first because the deepest row that was reached is always the next."""
    names = again.sort or relation.sort
    values = [shapes.values.member(node, name.removeprefix("-")) for name in names]
    columns = ["#id", "#depth", *(f"#sort{place}" for place in range(1, len(values) + 1))]
    order = ["2 DESC"]
    for place, (name, value) in enumerate(zip(names, values, strict=True), 3):
        order.append(f"{place}{' DESC' if name.startswith('-') else ''}{' NULLS LAST' if value.nullable else ''}")
    order.append("1 DESC" if names and names[-1].startswith("-") else "1")
    sorts = "".join(f", {value.sql}" for value in values)
    step = (
        f'SELECT {node.key}, w."#depth" + 1{indented(sorts)}\n{_below(shapes, node, relation, again)}\n'
        f"ORDER BY {', '.join(order)}"
    )
    return _recursive(columns, f"SELECT {root.key}, 0{', NULL' * len(values)}", step)


def _recursive(columns: Sequence[str], first: str, step: str) -> str:
    named = ", ".join(f'"{name}"' for name in columns)
    return f'WITH RECURSIVE "#walk" ({named}) AS (\n  {first}\n  UNION ALL\n  {indented(step)}\n)'


_WALKS = {"postgres": _postgres_walk, "sqlite": _sqlite_walk}
