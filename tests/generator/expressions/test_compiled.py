"""What expressions compile to: readable, friendly to indexes, and no null where none may be."""

from __future__ import annotations

import pytest

from generator.expressions import (
    ExpressionError,
    Scope,
    SqlBinding,
    equality_on_value,
    to_condition,
    to_python,
    to_python_condition,
    to_sql,
)
from tests.generator.expressions.world import BINDING, FILTER, IN_LOANS, LOAN, MODEL, ON_ITEM, ROW, typed

NULLSAFE = "runtime.nullsafe"


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        ("price >= value", 't."price" >= $value::bigint'),
        ("weight <= value", 't."weight" <= $value::bigint'),
        ("count > 3", 't."count" > 3'),
        ("price == 2.5", 't."price" = 250'),
        ("old_price > price", 't."old_price" > t."price"'),
        ("price > count", 't."price" > (t."count" * 100)'),
        ("state == worn", "t.\"state\" = 'worn'"),
        ("old_state == worn", "t.\"old_state\" = 'worn'"),
        ("state in [worn, lost]", "t.\"state\" IN ('worn', 'lost')"),
        ("old_state in [worn]", "t.\"old_state\" IN ('worn')"),
        ("owner == actor", 't."owner_id" = $actor_id::bigint'),
        ("owner == value", 't."owner_id" = $value::bigint'),
        ("is_active", 't."is_active"'),
        ("is_rare", 't."is_rare"'),
        ("not is_active", 'NOT t."is_active"'),
        ("not is_rare", 'NOT coalesce(t."is_rare", false)'),
        ("note is null", 't."note" IS NULL'),
        ("not (note is null)", 't."note" IS NOT NULL'),
        ("not (count == 3)", 't."count" <> 3'),
        ("extra != 3", 't."extra" IS DISTINCT FROM 3'),
        ("note == old_state", 't."note" IS NOT DISTINCT FROM t."old_state"'),
        ("lower(name) == lower(value)", 'agora_fold(t."name") = agora_fold($value::text)'),
        ("lower(name) < lower(note)", 'agora_fold(t."name") < agora_fold(t."note") COLLATE "C"'),
        ("value in tags", '$value::text = ANY(t."tags")'),
        ("made_at < now()", 't."made_at" < $now::timestamptz'),
        ("is_active or owner == actor", '(t."is_active" OR t."owner_id" = $actor_id::bigint)'),
        (
            "is_active and (is_rare or count > 0)",
            '(t."is_active" AND (t."is_rare" OR t."count" > 0))',
        ),
        ("is_cheaper == value", '(t."old_price" IS NOT NULL AND t."old_price" > t."price") = $value::boolean'),
        ("loan_count > 2", "([Item.loan_count of t]) > 2"),
        ("home.is_open", '(SELECT t_home."is_open" FROM "shelf" t_home WHERE t_home."id" = t."home_id")'),
        ("home.id == 3", 't."home_id" = 3'),
        (
            "home.parent.name == 'a'",
            '(SELECT (SELECT t_home_parent."name" FROM "shelf" t_home_parent '
            'WHERE t_home_parent."id" = t_home."parent_id") FROM "shelf" t_home '
            'WHERE t_home."id" = t."home_id") = \'a\'',
        ),
        ("name == 'it''s'", "t.\"name\" = 'its'"),
        ('name == "it\'s $5"', "t.\"name\" = ('it''s ' || chr(36) || '5')"),
        ("name == ''", "t.\"name\" = ''"),
        ("actor.may_borrow", "($actor_id::bigint IS NOT NULL AND NOT $actor_is_banned::boolean)"),
        (
            "actor.item_count > 1",
            '(SELECT [Person.item_count of actor_row] FROM "person" actor_row '
            'WHERE actor_row."id" = $actor_id::bigint) > 1',
        ),
    ],
)
def test_positive_conditions(text: str, condition: str) -> None:
    assert to_condition(typed(text, FILTER), "postgres", BINDING) == condition


@pytest.mark.parametrize(
    ("text", "postgres", "sqlite"),
    [
        ("count > 3", '(t."count" > 3)', '(t."count" > 3)'),
        ("extra > 3", 'coalesce(t."extra" > 3, false)', 'coalesce(t."extra" > 3, 0)'),
        ("extra == 3", '(t."extra" IS NOT DISTINCT FROM 3)', '(t."extra" IS 3)'),
        ("extra in [3]", 'coalesce(t."extra" IN (3), false)', 'coalesce(t."extra" IN (3), 0)'),
        ("is_rare", 't."is_rare"', 't."is_rare"'),
        (
            "extra is not null and extra > 3",
            '(t."extra" IS NOT NULL AND t."extra" > 3)',
            '(t."extra" IS NOT NULL AND t."extra" > 3)',
        ),
        ("true", "true", "1"),
        ("length(name)", "char_length(t.\"name\")::bigint", 'length(t."name")'),
        ("count * 2 + 1", '((t."count" * 2) + 1)', '((t."count" * 2) + 1)'),
        ("count - -5", '(t."count" - (-5))', '(t."count" - (-5))'),
        ("-count", '(-(t."count"))', '(-(t."count"))'),
        ("name + ' ' + note", '((t."name" || \' \') || t."note")', '((t."name" || \' \') || t."note")'),
        ("details.is_new", '(t."details" ->> \'is_new\')::boolean', "json_extract(t.\"details\", '$.is_new')"),
        (
            "details.label == extras.remark",
            '(((t."details" ->> \'label\') COLLATE "C") IS NOT DISTINCT FROM '
            '((t."extras" ->> \'remark\') COLLATE "C"))',
            "(json_extract(t.\"details\", '$.label') IS json_extract(t.\"extras\", '$.remark'))",
        ),
        (
            "(1 if is_active else 2) * 3",
            '((CASE WHEN t."is_active" THEN 1 ELSE 2 END)::bigint * 3)',
            '((CASE WHEN t."is_active" THEN 1 ELSE 2 END) * 3)',
        ),
        ("'a' in tags", "('a' = ANY(t.\"tags\"))", "('a' IN (SELECT value FROM json_each(t.\"tags\")))"),
    ],
)  # fmt: skip
def test_values(text: str, postgres: str, sqlite: str) -> None:
    assert to_sql(typed(text), "postgres", BINDING) == postgres
    assert to_sql(typed(text), "sqlite", BINDING) == sqlite


def test_a_constraint_has_bare_columns_and_takes_no_null_for_true() -> None:
    bare = SqlBinding(record=None)
    rule = typed("old_price is null or old_price > price", ROW)
    assert to_condition(rule, "postgres", bare, positive=False) == '("old_price" IS NULL OR "old_price" > "price")'
    weak = typed("old_price > price", ROW)
    assert to_condition(weak, "postgres", bare, positive=False) == 'coalesce("old_price" > "price", false)'


def test_a_constraint_may_look_into_an_object() -> None:
    rule = typed("details.count > 0", ROW)
    bare = SqlBinding(record=None)
    assert to_condition(rule, "postgres", bare, positive=False) == (
        "coalesce((\"details\" ->> 'count')::bigint > 0, false)"
    )
    assert to_condition(rule, "sqlite", bare, positive=False) == "coalesce(json_extract(\"details\", '$.count') > 0, 0)"


def test_constraints_cannot_see_other_rows() -> None:
    with pytest.raises(ExpressionError) as caught:
        to_condition(typed("home.is_open"), "postgres", SqlBinding(record=None))
    assert [each.code for each in caught.value.faults] == ["needs-database"]


def test_the_row_that_owns_an_aggregate() -> None:
    binding = SqlBinding(record="l", outer="t", value="v.value")
    where = typed("by == record.owner and days > record.home.size", IN_LOANS)
    assert to_condition(where, "postgres", binding) == (
        '(l."by_id" = t."owner_id" AND l."days" > '
        '(SELECT t_home."size" FROM "shelf" t_home WHERE t_home."id" = t."home_id"))'
    )


def test_bindings_may_be_any_sql() -> None:
    binding = SqlBinding(record="x", value='v."value"', now="now()", actor=lambda name: f'(SELECT a."{name}" FROM a)')
    found = to_condition(typed("price > value and owner == actor and made_at < now()", FILTER), "postgres", binding)
    assert found == ('(x."price" > v."value" AND x."owner_id" = (SELECT a."id" FROM a) AND x."made_at" < now())')


def test_long_ways_have_aliases_of_their_own() -> None:
    sql = to_sql(typed("item.home" + ".parent" * 12 + ".name", Scope(MODEL, LOAN)), "postgres", BINDING)
    aliases = [part.split()[0] for part in sql.split('FROM "shelf" ')[1:]]
    assert len(set(aliases)) == len(aliases) == 13
    assert max(map(len, aliases)) <= 63


@pytest.mark.parametrize(
    ("text", "sides"),
    [
        ("lower(name) == lower(value)", ('agora_fold(t."name")', "agora_fold($value::text)")),
        ("value == owner", ('t."owner_id"', "$value::bigint")),
        ("name != value", None),
        ("name == (value if is_active else 'a')", None),
        ("price > value", None),
    ],
)
def test_filters_that_compare_with_one_value(text: str, sides: tuple[str, str] | None) -> None:
    found = equality_on_value(typed(text, FILTER))
    assert (found and tuple(to_sql(each, "postgres", BINDING) for each in found)) == sides


@pytest.mark.parametrize(
    ("text", "python", "imports"),
    [
        ("old_price is null or old_price > price", "record.old_price is None or record.old_price > record.price", ()),
        ("price >= 2.50", 'record.price >= Decimal("2.50")', (("decimal", "Decimal"),)),
        ("owner == actor", "actor is not None and record.owner_id == actor.id", ()),
        ("owner != actor", "actor is None or record.owner_id != actor.id", ()),
        ("actor is not null and owner != actor", "actor is not None and record.owner_id != actor.id", ()),
        (
            "actor.role in [worn, lost] and owner == actor",
            'actor is not None and actor.role in ("worn", "lost") and record.owner_id == actor.id',
            (),
        ),
        ("actor.role not in [worn]", 'actor is None or actor.role not in ("worn",)', ()),
        ("actor.level > 3", "actor is not None and less(3, actor.level)", ((NULLSAFE, "less"),)),
        ("actor.may_borrow", "actor is not None and not actor.is_banned", ()),
        ("actor.is_trusted", "actor is not None and actor.is_trusted is True", ()),
        ("is_rare and is_active", "record.is_rare is True and record.is_active", ()),
        ("not is_rare", "record.is_rare is not True", ()),
        ("not (is_active or count > 1)", "not (record.is_active or record.count > 1)", ()),
        ("is_active == false", "record.is_active is False", ()),
        ("extra > count", "less(record.count, record.extra)", ((NULLSAFE, "less"),)),
        ("count // 2 > -3", "record.count // 2 > -3", ()),
        ("price // 2 > 1", "floor_quotient(record.price, 2) > 1", ((NULLSAFE, "floor_quotient"),)),
        ("state not in [worn]", 'record.state not in ("worn",)', ()),
        ("note in hints", "record.note in (record.hints or ())", ()),
        ("name + ' ' + state == 'a'", 'record.name + " " + record.state == "a"', ()),
        ("name + note == 'a'", 'concatenate(record.name, record.note) == "a"', ((NULLSAFE, "concatenate"),)),
        ("details.label == 'a'", 'record.details.get("label") == "a"', ()),
        ("extras.is_new", '(record.extras or {}).get("is_new") is True', ()),
        ("name == 'say \"a\"'", "record.name == 'say \"a\"'", ()),
        ("made_at < now()", "record.made_at < now", ()),
    ],
)
def test_python(text: str, python: str, imports: tuple[tuple[str, str], ...]) -> None:
    found = to_python_condition(typed(text))
    assert (found.text, found.imports) == (python, imports)


def test_python_says_what_it_mentions() -> None:
    found = to_python(typed("owner == actor or made_at < now()"))
    assert found.names == ("actor", "now", "record")


@pytest.mark.parametrize("text", ["home.is_open", "loan_count > 1", "is_active or not home.parent.is_closed"])
def test_python_does_not_know_other_rows(text: str) -> None:
    with pytest.raises(ExpressionError) as caught:
        to_python(typed(text, ON_ITEM))
    assert {each.code for each in caught.value.faults} == {"needs-database"}


def test_what_has_faults_of_its_own_does_not_compile() -> None:
    for compile in (lambda each: to_sql(each, "sqlite", BINDING), to_python):
        with pytest.raises(ExpressionError, match="faults of its own"):
            compile(typed("uses_ring"))
