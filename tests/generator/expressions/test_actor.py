"""What is known of a condition before a record is."""

from __future__ import annotations

import pytest

from generator.expressions import actor_part, to_python_condition, when_anonymous
from tests.generator.expressions.world import typed


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("true", True),
        ("actor is null", True),
        ("actor is not null", False),
        ("actor.role in [worn, lost]", False),
        ("actor.role == worn", False),
        ("actor.role != worn", True),
        ("not (actor.role == worn)", True),
        ("owner == actor", False),
        ("owner != actor", True),
        ("actor is not null and home.name != actor.name", False),
        ("is_active", None),
        ("is_active or owner == actor", None),
        ("is_active and owner == actor", False),
        ("is_active or not (owner == actor)", True),
        ("actor.level > 3", False),
        ("actor.level + 1 > 3", False),
        ("coalesce(actor.level, 5) > 3", True),
        ("coalesce(actor.level, count) > 3", None),
        ("actor.may_borrow", False),
        ("not actor.may_borrow", True),
        ("actor.is_trusted", False),
        ("actor.desk.is_open", False),
        ("actor.item_count > 0", False),
        ("owner.item_count > 0", None),
        ("(owner == actor) if actor is not null else is_active", None),
        ("(owner == actor) if is_active else (actor.role == worn)", False),
        ("actor.name in tags", False),
        ("name in tags", None),
        ("actor.level == extra", None),
        ("count is null", False),
        ("extra is null", None),
        ("made_at < now()", None),
        ("lent_by_actor", False),
        ("not lent_by_actor", True),
        ("owner == actor or lent_by_actor or actor.role == worn", False),
        ("is_active or lent_by_actor", None),
        ("fees_of_actor == 7", True),
        ("loans_of_no_fresh == 0", True),
        ("loan_count == 0", None),
        ("owner.card.label == actor.card.label", False),
        ("actor.name + 'x' == name", False),
        ("1 < 2", True),
    ],
)
def test_anonymous_callers(text: str, outcome: bool | None) -> None:
    assert when_anonymous(typed(text, condition=True)) is outcome


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("actor.role in [worn, lost] and owner == actor", 'actor is not None and actor.role in ("worn", "lost")'),
        ("owner == actor and actor.role == worn", 'actor is not None and actor.role == "worn"'),
        ("owner == actor or actor.role == worn", True),
        ("owner == actor", True),
        ("actor is not null and home.name != actor.name", "actor is not None"),
        ("actor.role == worn", 'actor is not None and actor.role == "worn"'),
        ("not (actor is null or is_active)", "actor is not None"),
        ("not (actor is null and is_active)", True),
        ("not is_active", True),
        ("(actor.role == worn and is_active) or actor.role == lost", "either"),
        ("false", "False"),
        ("true", True),
        ("false and owner == actor", "False"),
        ("actor.desk.is_open", True),
        ("actor is not null and made_at < now()", "actor is not None"),
        ("actor.is_trusted and is_active", "actor is not None and actor.is_trusted is True"),
    ],
)
def test_what_is_demanded_of_the_actor(text: str, part: str | bool) -> None:
    found = actor_part(typed(text, condition=True))
    if part == "either":
        part = 'actor is not None and actor.role == "worn" or actor is not None and actor.role == "lost"'
    assert (found if found is True else to_python_condition(found).text) == part
