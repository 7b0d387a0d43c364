"""Typing: what expressions are, and what is wrong with those that are nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest

from generator.expressions import ExpressionError, Scope, check
from generator.expressions.tree import Column, Equal, Literal
from generator.expressions.types import Type
from tests.generator.expressions.world import (
    FILTER,
    IN_LOANS,
    ITEM,
    LOAN,
    MODEL,
    ON_ITEM,
    ROW,
    SHARED,
    STATES,
    faults,
    field,
    typed,
)


@pytest.mark.parametrize(
    ("text", "type"),
    [
        ("count", Type("integer")),
        ("extra", Type("integer", nullable=True)),
        ("price", Type("decimal", places=2)),
        ("weight", Type("decimal", nullable=True, places=3)),
        ("price + weight", Type("decimal", nullable=True, places=3)),
        ("price * price", Type("decimal", places=4)),
        ("price * 2", Type("decimal", places=2)),
        ("count * 2", Type("integer")),
        ("count * 1.50", Type("decimal", places=1)),
        ("-price", Type("decimal", places=2)),
        ("price // 3", Type("integer")),
        ("price // count", Type("integer", nullable=True)),
        ("round(price / 3, 4)", Type("decimal", places=4)),
        ("round(price / count, 0)", Type("integer", nullable=True)),
        ("2.500", Type("decimal", places=1)),
        ("1 + 2 * 3", Type("integer")),
        ("state", Type("enum", values=STATES)),
        ("worn if is_active else state", Type("enum", values=STATES)),
        ("coalesce(old_state, worn)", Type("enum", values=STATES)),
        ("coalesce(old_state, name)", Type("text")),
        ("coalesce(old_price, 0)", Type("decimal", places=2)),
        ("coalesce(extra, 1.25)", Type("decimal", places=2)),
        ("lower(note)", Type("text", nullable=True)),
        ("name + ' ' + state", Type("text")),
        ("state + name", Type("text")),
        ("name + note", Type("text", nullable=True)),
        ("name + (note if note is not null else '')", Type("text")),
        ("'a' + 'b'", Type("text")),
        ("details.label", Type("text")),
        ("details.remark", Type("text", nullable=True)),
        ("details.state", Type("enum", values=STATES)),
        ("details.is_new", Type("boolean")),
        ("details.count", Type("integer", nullable=True)),
        ("extras.label", Type("text", nullable=True)),
        ("extras.label if extras is not null else ''", Type("text")),
        ("holder.card.label", Type("text", nullable=True)),
        ("owner.card.label", Type("text")),
        ("actor.card.label", Type("text", nullable=True)),
        ("actor.card.label if actor is not null else ''", Type("text")),
        ("lower(state)", Type("text")),
        ("length(tags)", Type("integer")),
        ("length(hints)", Type("integer", nullable=True)),
        ("now()", Type("datetime")),
        ("null", Type("null", nullable=True)),
        ("null if is_active else null", Type("null", nullable=True)),
        ("price if is_active else null", Type("decimal", nullable=True, places=2)),
        ("count if is_active else price", Type("decimal", places=2)),
        ("owner", Type("reference", target="Person", key="integer")),
        ("holder", Type("reference", nullable=True, target="Person", key="integer")),
        ("record", Type("reference", target="Item", key="uuid")),
        ("actor", Type("reference", nullable=True, target="Person", key="integer")),
        ("actor.role", Type("enum", nullable=True, values=STATES)),
        ("actor.may_borrow", Type("boolean", nullable=True)),
        ("home.name", Type("text")),
        ("home.parent.name", Type("text", nullable=True)),
        ("shelf.name", Type("text", nullable=True)),
        ("shelf.id", Type("integer", nullable=True)),
        ("home.parent", Type("reference", nullable=True, target="Shelf", key="integer")),
        ("home.is_closed", Type("boolean")),
        ("shelf.is_closed", Type("boolean", nullable=True)),
        ("discount", Type("integer", nullable=True)),
        ("is_cheaper", Type("boolean")),
        ("loan_count", Type("integer")),
        ("average_days", Type("decimal", places=1)),
        ("fees", Type("decimal", nullable=True, places=2)),
        ("last_fee", Type("decimal", nullable=True, places=2)),
        ("dues", Type("decimal", nullable=True, places=2)),
        ("mean_due", Type("decimal", places=3)),
        ("lent_by_actor", Type("boolean")),
        ("owner.item_count", Type("integer")),
        ("actor.item_count", Type("integer", nullable=True)),
        ("extra if extra is not null else 0", Type("integer")),
        ("0 if extra is null else extra", Type("integer")),
        ("extra if count > 0 and extra > 3 else 0", Type("integer")),
        ("extra if not (extra is null or count > 0) else 0", Type("integer")),
        ("extra if extra is not null or count > 0 else 0", Type("integer", nullable=True)),
        ("shelf.name if shelf is not null else ''", Type("text")),
        ("shelf.size if shelf.size is not null else 0", Type("integer")),
        ("actor.role if actor is not null else worn", Type("enum", values=STATES)),
        ("actor.level if actor.role in [worn] else 0", Type("integer", nullable=True)),
    ],
)
def test_types(text: str, type: Type) -> None:
    assert typed(text).type == type


@pytest.mark.parametrize(
    "text",
    [
        "is_active",
        "not is_rare",
        "count > 1 and price <= 3.5 or name == 'a'",
        "extra is null",
        "state == worn",
        "worn == state",
        "state != 'worn'",
        "state in [worn, lost]",
        "state not in ['worn']",
        "old_state == state",
        "state == (worn if is_active else lost)",
        "coalesce(old_state, worn) == lost",
        "name == state",
        "name in ['a', 'b']",
        "'a' in tags",
        "name not in hints",
        "state in tags",
        "price in [1, 2.5, -3]",
        "owner == holder",
        "owner == actor",
        "actor == owner",
        "holder == null",
        "null == null",
        "actor is not null and holder == actor",
        "actor.role in [worn] and holder == actor",
        "extras is null",
        "tags is not null",
        "made_at < now()",
        "day == due",
        "true",
        "is_active == is_rare",
        "(count > 0) == is_active",
        "actor.may_borrow and owner == actor",
        "shelf.parent == home",
    ],
)
def test_conditions(text: str) -> None:
    assert typed(text, condition=True).type.kind == "boolean"


@pytest.mark.parametrize(
    ("text", "type"),
    [
        ("price >= value", Type("decimal", places=2)),
        ("value < weight", Type("decimal", places=3)),
        ("state == value", Type("enum", values=STATES)),
        ("owner == value", Type("integer", target="Person")),
        ("record == value", Type("uuid", target="Item")),
        ("lower(name) == lower(value)", Type("text")),
        ("value in tags", Type("text")),
        ("value in [1, 2]", Type("integer")),
        ("is_cheaper == value", Type("boolean")),
        ("value", Type("boolean")),
        ("not value", Type("boolean")),
        ("count > value * 2", Type("integer")),
        ("made_at >= value and made_at < value", Type("datetime")),
        ("average_days >= value", Type("decimal", places=1)),
        ("coalesce(note, '') == value", Type("text")),
    ],
)
def test_the_type_of_value(text: str, type: Type) -> None:
    assert typed(text, FILTER, condition=True).value_type == type


def test_what_an_expression_uses() -> None:
    found = typed("owner == actor and actor.role == worn and actor.desk.name == 'a' and made_at < now()")
    assert found.actor_fields == {"id", "role", "desk_id"}
    assert (found.uses_record, found.uses_actor, found.uses_now, found.needs_database) == (True, True, True, True)
    assert found.value_type is None
    inner = typed("by == record.owner and days > 3", IN_LOANS)
    assert (inner.uses_record, inner.uses_outer, inner.uses_actor) == (True, True, False)
    assert [each.name for each in typed("loan_count > fees").aggregates] == ["loan_count", "fees"]
    assert not typed("actor.role == worn").uses_record


# Columns count from 10, where the scalar begins. Several faults: several entries.
FAULTS: list[tuple[Scope, str, list[tuple[str, int, int, str | None]]]] = [
    (ON_ITEM, "nme == 'a'", [("unknown-name", 10, 3, "Did you mean `name`?")]),
    (ON_ITEM, "price > 3 and is_activ", [("unknown-name", 24, 8, "Did you mean `is_active`?")]),
    (ON_ITEM, "is_acti and is_rar", [("unknown-name", 10, 7, None), ("unknown-name", 22, 6, None)]),
    (ON_ITEM, "'ärger' == nam", [("unknown-name", 21, 3, "Did you mean `name`?")]),
    (ON_ITEM, "state == wornn", [("unknown-enum-value", 19, 5, "Did you mean `worn`?")]),
    (ON_ITEM, "wornn == state", [("unknown-enum-value", 10, 5, "Did you mean `worn`?")]),
    (ON_ITEM, "state == 'wornn'", [("unknown-enum-value", 19, 7, "Did you mean `worn`?")]),
    (ON_ITEM, "'wornn' == state", [("unknown-enum-value", 10, 7, "Did you mean `worn`?")]),
    (
        ON_ITEM,
        "state in [worn, lots, frsh]",
        [
            ("unknown-enum-value", 26, 4, "Did you mean `lost`?"),
            ("unknown-enum-value", 32, 4, "Did you mean `fresh`?"),
        ],
    ),
    (ON_ITEM, "statee == worn", [("unknown-name", 10, 6, "Did you mean `state`?")]),
    (ON_ITEM, "name in [acme]", [("unknown-name", 19, 4, "Text is written in quotes: 'acme'.")]),
    (ON_ITEM, "name in [note]", [("not-a-literal", 19, 4, None)]),
    (ON_ITEM, "name in [null]", [("not-a-literal", 19, 4, None)]),
    (ON_ITEM, "name in []", [("empty-list", 18, 2, None)]),
    (ON_ITEM, "name in ('a', 'b')", [("unsupported-syntax", 18, 10, None)]),
    (ON_ITEM, "name in count", [("type-mismatch", 18, 5, None)]),
    (ON_ITEM, "count in tags", [("type-mismatch", 10, 5, None)]),
    (ON_ITEM, "count in [1, 'a']", [("type-mismatch", 23, 3, None)]),
    (ON_ITEM, "count == 'a'", [("type-mismatch", 10, 12, None)]),
    (ON_ITEM, "is_active == 1", [("type-mismatch", 10, 14, "Booleans are true and false.")]),
    (ON_ITEM, "owner == 5", [("type-mismatch", 10, 10, None)]),
    (ON_ITEM, "record == actor", [("type-mismatch", 10, 15, None)]),
    (ON_ITEM, "made_at < day", [("type-mismatch", 10, 13, None)]),
    (ON_ITEM, "tags == hints", [("type-mismatch", 10, 13, None)]),
    (ON_ITEM, "extra < null", [("type-mismatch", 10, 12, "Use `is null`.")]),
    (ON_ITEM, "is_active < is_rare", [("type-mismatch", 10, 19, None)]),
    (ON_ITEM, "state < worn", [("type-mismatch", 10, 12, None)]),
    (ON_ITEM, "price + name", [("type-mismatch", 18, 4, None)]),
    (ON_ITEM, "name - note", [("type-mismatch", 10, 4, None), ("type-mismatch", 17, 4, None)]),
    (ON_ITEM, "is_active + made_at", [("type-mismatch", 10, 9, None), ("type-mismatch", 22, 7, None)]),
    (ON_ITEM, "name + 1", [("type-mismatch", 17, 1, None)]),
    (ON_ITEM, "name + null", [("type-mismatch", 17, 4, None)]),
    (ON_ITEM, "worn + name == 'a'", [("unknown-name", 10, 4, None)]),
    (ON_ITEM, "details.lable == 'a'", [("unknown-name", 18, 5, "Did you mean `label`?")]),
    (ON_ITEM, "owner.card.lable == 'a'", [("unknown-name", 21, 5, "Did you mean `label`?")]),
    (ON_ITEM, "'a' in details.words", [("not-a-value", 25, 5, None)]),
    (ON_ITEM, "details.label.first == 'a'", [("not-a-relation", 24, 5, None)]),
    (ON_ITEM, "details.state == wron", [("unknown-enum-value", 27, 4, "Did you mean `worn`?")]),
    (ON_ITEM, "last_scan is null", [("not-a-value", 10, 9, None)]),
    (ON_ITEM, "last_fee.days == 1", [("not-a-relation", 19, 4, None)]),
    (ON_ITEM, "-name == name", [("type-mismatch", 11, 4, None)]),
    (ON_ITEM, "lower(price) == 'a'", [("type-mismatch", 16, 5, None)]),
    (ON_ITEM, "length(count) > 1", [("type-mismatch", 17, 5, None)]),
    (ON_ITEM, "coalesce(name, 1)", [("type-mismatch", 25, 1, None)]),
    (ON_ITEM, "name if is_active else 1", [("type-mismatch", 33, 1, None)]),
    (ON_ITEM, "name if count else note", [("not-a-condition", 18, 5, None)]),
    (ON_ITEM, "count and name", [("not-a-condition", 10, 5, None), ("not-a-condition", 20, 4, None)]),
    (ON_ITEM, "not null", [("not-a-condition", 14, 4, None)]),
    (ON_ITEM, "price / 2 > 1", [("unsupported-operator", 10, 9, None)]),
    (ON_ITEM, "count % 2 == 0", [("unsupported-operator", 10, 9, None)]),
    (ON_ITEM, "+count", [("unsupported-operator", 10, 6, None)]),
    (ON_ITEM, "1 < count < 3", [("unsupported-operator", 22, 1, "Write `a < b and b < c`.")]),
    (ON_ITEM, "count is 3", [("unsupported-operator", 19, 1, "Write `==` to compare.")]),
    (ON_ITEM, "round(price, 2)", [("unsupported-syntax", 16, 5, "round(a / b, 2)")]),
    (ON_ITEM, "round(price / 2)", [("wrong-arguments", 10, 16, None)]),
    (ON_ITEM, "round(price / 2, count)", [("wrong-arguments", 27, 5, None)]),
    (ON_ITEM, "lower(name, note)", [("wrong-arguments", 10, 17, None)]),
    (ON_ITEM, "now(1)", [("wrong-arguments", 10, 6, None)]),
    (ON_ITEM, "coalesce(name)", [("wrong-arguments", 10, 14, None)]),
    (ON_ITEM, "lowr(name)", [("unknown-function", 10, 4, "Did you mean `lower`?")]),
    (ON_ITEM, "name.lower()", [("unknown-function", 10, 10, None)]),
    (ON_ITEM, "lower(name, x=1)", [("unsupported-syntax", 10, 5, None)]),
    (ON_ITEM, "[1]", [("unsupported-syntax", 10, 3, None)]),
    (ON_ITEM, "tags[0] == 'a'", [("unsupported-syntax", 10, 7, None)]),
    (ON_ITEM, "(lambda: 1) == 2", [("unsupported-syntax", 11, 9, None)]),
    (ON_ITEM, "name == f'{note}'", [("unsupported-syntax", 18, 9, None)]),
    (ON_ITEM, "note is None", [("unsupported-operator", 18, 4, "Write `==` to compare.")]),
    (ON_ITEM, "is_active == True", [("unsupported-syntax", 23, 4, None)]),
    (ON_ITEM, "count == 0x10", [("unsupported-syntax", 19, 4, None)]),
    (ON_ITEM, "price == 1e3", [("unsupported-syntax", 19, 3, None)]),
    (ON_ITEM, "count == 9223372036854775808", [("number-out-of-range", 19, 19, None)]),
    (ON_ITEM, "name == 'a\\0'", [("unsupported-syntax", 18, 5, None)]),
    (ON_ITEM, "secret == 'a'", [("not-a-value", 10, 6, None)]),
    (ON_ITEM, "loans is null", [("not-a-value", 10, 5, "Count or sum them in an aggregate.")]),
    (ON_ITEM, "last_loan is null", [("not-a-value", 10, 9, None)]),
    (ON_ITEM, "owner.nme == 'a'", [("unknown-name", 16, 3, "Did you mean `name`?")]),
    (ON_ITEM, "home.parent.nam == 'a'", [("unknown-name", 22, 3, "Did you mean `name`?")]),
    (ON_ITEM, "name.first == 'a'", [("not-a-relation", 15, 5, None)]),
    (ON_ITEM, "loans.days == 1", [("not-a-relation", 16, 4, None)]),
    (ON_ITEM, "actor.rol == worn", [("unknown-name", 16, 3, "Did you mean `role`?")]),
    (ON_ITEM, "record.nam == 'a'", [("unknown-name", 17, 3, "Did you mean `name`?")]),
    (ON_ITEM, "holder == actor", [("nullable-actor", 10, 15, "Write `actor is not null and ...` before it.")]),
    (ON_ITEM, "value > 3", [("unknown-name", 10, 5, None)]),
    (ON_ITEM, "broken > 'a' and nam == 'a'", [("unknown-name", 27, 3, "Did you mean `name`?")]),
    (FILTER, "value is null", [("value-type-unknown", 10, 5, "Compare it with a field: `price <= value`.")]),
    (FILTER, "value == value", [("value-type-unknown", 10, 5, "Compare it with a field: `price <= value`.")]),
    (FILTER, "price > value or name == value", [("type-mismatch", 27, 13, None)]),
    (FILTER, "value.name == 'a'", [("not-a-relation", 10, 10, None)]),
    (ROW, "owner == actor", [("no-actor", 19, 5, None)]),
    (ROW, "made_at < now()", [("no-clock", 20, 5, None)]),
    (ROW, "home.name == 'a'", [("needs-database", 15, 4, None)]),
    (ROW, "loan_count > 1", [("needs-database", 10, 10, None)]),
    (ROW, "'a' in tags", [("needs-database", 10, 11, None)]),
    (SHARED, "rol == worn", [("unknown-name", 10, 3, "Only `actor` is known here.")]),
    (SHARED, "record.name == 'a'", [("unknown-name", 10, 6, None)]),
    (SHARED, "actr.role == worn", [("unknown-name", 10, 4, "Did you mean `actor`?")]),
    (IN_LOANS, "by == record.ownr", [("unknown-name", 23, 4, "Did you mean `owner`?")]),
]  # fmt: skip


@pytest.mark.parametrize(("scope", "text", "expected"), FAULTS)
def test_faults(scope: Scope, text: str, expected: list[tuple[str, int, int, str | None]]) -> None:
    found = faults(text, scope)
    assert [(each.code, each.place.column, each.place.length) for each in found] == [each[:3] for each in expected]
    for each, (*_, hint) in zip(found, expected, strict=True):
        assert hint is None or each.hint == hint


def test_the_whole_must_be_a_condition_where_one_is_wanted() -> None:
    assert [each.code for each in faults("count + 1", condition=True)] == ["not-a-condition"]


def test_an_api_without_an_actor() -> None:
    [found] = faults("actor is null", Scope(replace(MODEL, actor=None), ITEM))
    assert (found.code, found.hint) == ("no-actor", "Declare `actor` in _shared.yaml.")


def test_rings_are_told_where_they_are_defined_and_only_there() -> None:
    ring = next(each for each in ITEM.computed if each.name == "ring_a")
    with pytest.raises(ExpressionError) as caught:
        check(ring.expression, ON_ITEM)
    [found] = caught.value.faults
    assert (found.code, found.place.column, found.place.length) == ("circular-expression", 10, 6)
    assert typed("uses_ring").type.kind == "unknown"


def test_names_that_are_members_and_enum_values() -> None:
    item = replace(ITEM, fields=(*ITEM.fields, field("worn", "string")))
    scope = Scope(replace(MODEL, by_name={**MODEL.by_name, "Item": item}), item)
    for text, kinds in (
        ("state == worn", (Column, Literal)),
        ("worn == state", (Literal, Column)),
        ("worn == name", (Column, Column)),
    ):
        node = typed(text, scope).node
        assert isinstance(node, Equal)
        assert (type(node.left), type(node.right)) == kinds


def test_loans_know_their_own_names() -> None:
    assert typed("days > record.count", IN_LOANS).type == Type("boolean")
    assert typed("record == item", Scope(MODEL, LOAN, outer=ITEM)).type == Type("boolean")
