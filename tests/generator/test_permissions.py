"""The table of permissions: what can be said of a policy when only the kind of caller is known."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.expressions import Scope, check, parse
from generator.frontend import load_project
from generator.model import Model, Place
from generator.partial import NOBODY, SOMEBODY, Caller, decided
from generator.permissions import plan_permissions

CASE = Path(__file__).parent.parent / "cases" / "build" / "custom_actions"
LIBRARY = Path(__file__).parent / "library"
LIBRARIAN = Caller(True, {"is_librarian": True})
READER = Caller(True, {"is_librarian": False})


@pytest.fixture(scope="module")
def model() -> Model:
    return load_project(CASE)


@pytest.mark.parametrize(
    ("text", "nobody", "reader", "librarian"),
    [
        ("actor is not null", False, True, True),
        ("actor is null", True, False, False),
        ("actor.is_librarian", False, False, True),
        ("not actor.is_librarian", True, True, False),
        ("actor is not null and borrower == actor", False, None, None),
        ("actor.is_librarian or year > 1900", None, None, True),
        ("actor.is_librarian and year > 1900", False, False, None),
        ("not (actor.is_librarian and year > 1900)", True, True, None),
        ("actor.name in ['ann', 'bob']", False, None, None),
        ("year > 1900 if actor.is_librarian else false", False, False, None),
        ("actor.is_librarian == true", False, False, True),
    ],
)
def test_what_a_kind_of_caller_may(
    model: Model, text: str, nobody: bool | None, reader: bool | None, librarian: bool | None
) -> None:
    expression = parse(text, Place("spec/book.yaml", 1, 1))
    node = check(expression, Scope(model, model.by_name["Book"]), condition=True).node
    assert [decided(node, each) for each in (NOBODY, READER, LIBRARIAN)] == [nobody, reader, librarian]


def test_somebody_is_there(model: Model) -> None:
    expression = parse("actor is not null", Place("spec/book.yaml", 1, 1))
    assert decided(check(expression, Scope(model)).node, SOMEBODY) is True


def test_what_is_about_the_caller_is_never_so_of_nobody() -> None:
    plan = plan_permissions(load_project(LIBRARY))
    assert plan.head[-3:] == ("anonymous", "reader", "keeper")
    rows = {
        row.cells[0]: row.cells[-3:] for section in plan.sections if section.title == "Book" for row in section.rows
    }
    assert rows["update"] == ("no", "by record", "yes")


def test_every_operation_has_a_line_for_every_kind_of_caller(model: Model) -> None:
    plan = plan_permissions(model)
    assert plan.head[-3:] == ("anonymous", "is_librarian", "not is_librarian")
    rows = {row.cells[0]: row.cells[-3:] for row in plan.sections[0].rows}
    assert rows["list"] == ("yes", "yes", "yes")
    assert rows["create"] == ("no", "yes", "no")
    assert rows["give_back"] == ("no", "by record", "by record")
    assert rows["borrow"] == ("no", "yes", "yes")


DESK = Path(__file__).parent.parent / "cases" / "build" / "machine_and_singleton"


def test_transitions_have_a_table_of_their_own() -> None:
    plan = plan_permissions(load_project(DESK))
    assert plan.moves_head == ("Transition", "From", "To", "When", "Policy", "anonymous", "is_staff", "not is_staff")
    ticket = next(each for each in plan.sections if each.title == "Ticket")
    assert [row.cells for row in ticket.moves] == [
        ("solve", "open", "solved", "`hours > 0`", "staff", "no", "yes", "no"),
        ("reopen", "solved", "open", "", "authors_own", "no", "by record", "by record"),
        ("shut", "open or solved", "shut", "", "authors_own", "no", "by record", "by record"),
    ]
    assert "`delete` only while `hours > 0`." in ticket.notes
    assert "`stage` makes `reopen`, `shut`, for those who may." in ticket.notes
    assert "`give_up` makes `shut`, for those who may." in ticket.notes
    assert not any("`solve` makes" in note for note in ticket.notes)
