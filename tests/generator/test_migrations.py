"""A schema grows with its specs, on both databases, and the rows that are there survive it."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from generator.frontend import load
from generator.migrations.files import INDEX, MigrationFaults, plan_migrations
from generator.model import Model
from runtime.database import ConstraintViolation, Database, Transaction
from runtime.migrations import migrate
from runtime.migrations.files import MigrationError
from runtime.settings import Settings
from tests.runtime.things import settings_for

SHARED = "api: {title: T, version: 1.0.0, description: D., base: /api}\n"
SHELF = """
resource: Shelf
path: shelves
description: Holds books.
fields:
  id:    {type: id}
  label: {type: string, max_length: 20, required: true, unique: true}
relations:
  above: {belongs_to: Shelf, inverse: below, on_delete: set_null, nullable: true, acyclic: true}
representations:
  full: [id, label]
actions:
  list: {policy: public, returns: full}
"""
BOOK = """
resource: Book
path: books
description: Stands on a shelf.
fields:
  id:     {type: id}
  title:  {type: string, max_length: 50, required: true}
  pages:  {type: integer, min: 1, nullable: true}
  price:  {type: decimal, places: 2, min: "0", default: "1.50"}
  state:  {type: enum, values: [new, used], default: new}
relations:
  shelf: {belongs_to: Shelf, inverse: books, on_delete: cascade, required: true}
representations:
  full: [id, title]
actions:
  list: {policy: public, returns: full}
"""


class Project:
    """Specs that change, the migrations that this gives, and a database that follows."""

    def __init__(self, root: Path, url: str) -> None:
        self.root = root
        self.settings: Settings = settings_for(url, root)
        self.specs = {"_shared": SHARED, "shelf": SHELF, "book": BOOK}
        self.files: Mapping[str, str] = {}

    def model(self) -> Model:
        folder = self.root / "spec"
        folder.mkdir(exist_ok=True)
        for old in folder.iterdir():
            old.unlink()
        for name, text in self.specs.items():
            (folder / f"{name}.yaml").write_text(text)
        model, faults = load(folder)
        assert model is not None, faults
        return model

    def edit(self, name: str, *changes: tuple[str, str]) -> None:
        for old, new in changes:
            assert old in self.specs[name]
            self.specs[name] = self.specs[name].replace(old, new)

    @property
    def folder(self) -> Path:
        return self.root / "generated" / "migrations"

    def build(self) -> str:
        """The text of the migration for this dialect that the build added, or an empty one."""
        before = set(self.files)
        self.files = plan_migrations(self.model(), self.files)
        self.folder.mkdir(parents=True, exist_ok=True)
        for name, text in self.files.items():
            (self.folder.parent / name).write_text(text)
        added = [name for name in self.files if name not in before and f".{self.settings.dialect}." in name]
        return self.files[added[0]] if added else ""

    async def migrate(self, *, confirm: bool = False) -> tuple[str, ...]:
        self.build()
        return await migrate.apply(self.settings, self.folder, confirm_destructive=confirm)

    async def run(self, *statements: str) -> None:
        database = await Database.open(self.settings)
        try:
            for sql in statements:
                await database.transaction(lambda t, sql=sql: t.execute(sql))
        finally:
            await database.close()

    async def rows(self, sql: str) -> list[tuple[Any, ...]]:
        database = await Database.open(self.settings)
        try:
            return [tuple(row) for row in await database.fetch_all(sql)]
        finally:
            await database.close()

    async def refused(self, sql: str) -> ConstraintViolation:
        with pytest.raises(ConstraintViolation) as caught:
            await self.run(sql)
        return caught.value

    async def schema(self) -> set[str]:
        """Everything the database itself knows of its tables, in whatever words it has for that."""
        if self.settings.dialect == "sqlite":
            made = await self.rows("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL")
            return {part for name, sql in made for part in _parts(name, " ".join(sql.split()))}
        found = await self.rows(
            """SELECT conname || ' ' || pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid <> 0
            UNION ALL SELECT pg_get_indexdef(indexrelid) FROM pg_index JOIN pg_class c ON c.oid = indexrelid
              WHERE relnamespace = 'public'::regnamespace
            UNION ALL SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal
            UNION ALL SELECT
              concat_ws(' ', table_name, column_name, data_type, is_nullable, column_default, is_identity)
              FROM information_schema.columns WHERE table_schema = 'public'"""
        )
        return {text for (text,) in found}


def _parts(name: str, sql: str) -> list[str]:
    """SQLite keeps statements as they were written: a table's columns may be in another order."""
    if not sql.startswith("CREATE TABLE"):
        return [sql]
    body = sql[sql.index("(") + 1 : sql.rindex(")")]
    return [f"{name}: {part.strip()}" for part in re.split(r',\s*(?="|CONSTRAINT )', body)]


@pytest.fixture
async def project(database_url: str, tmp_path: Path) -> Project:
    project = Project(tmp_path, database_url)
    assert await project.migrate() == ("0001_initial",)
    await project.run(
        "INSERT INTO shelf (label, above_id) VALUES ('top', NULL), ('low', 1)",
        """INSERT INTO book (title, pages, shelf_id, state)
        VALUES ('Emma', 474, 1, 'used'), ('Ilias', NULL, 2, 'new')""",
    )
    return project


async def same_as_new(project: Project, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    """The database is what it would have been, had it been made from today's specs."""
    fresh = Project(tmp_path / "fresh", f"sqlite://{tmp_path}/fresh.sqlite3")
    fresh.root.mkdir()
    if project.settings.dialect == "postgres":
        fresh.settings = settings_for(request.getfixturevalue("postgres").create_database(), fresh.root)
    fresh.specs = project.specs
    await fresh.migrate()
    assert await project.schema() == await fresh.schema()


@pytest.fixture
async def checked(project: Project, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Project]:
    """The project; afterwards it must be as a fresh one, and building again must add nothing."""
    yield project
    await same_as_new(project, tmp_path, request)
    files = project.files
    project.build()
    assert project.files == files


# --- the first one ----------------------------------------------------------------------------


async def test_the_rules_of_the_specs_hold_in_the_database(project: Project) -> None:
    for sql, kind, name in (
        ("INSERT INTO shelf (label) VALUES ('top')", "unique", "uq_shelf_label"),
        ("UPDATE book SET pages = 0", "check", "ck_book_pages"),
        ("UPDATE book SET state = 'lost'", "check", "ck_book_state"),
        (f"UPDATE book SET title = '{'x' * 51}'", "check", "ck_book_title"),
        ("UPDATE book SET shelf_id = 99", "foreign", "fk_book_shelf"),
        ("UPDATE shelf SET above_id = 2 WHERE id = 1", "check", "ck_shelf_above_acyclic"),
        ("UPDATE shelf SET above_id = id", "check", "ck_shelf_above_acyclic"),
        ("INSERT INTO shelf (id, label, above_id) VALUES (9, 'x', 9)", "check", "ck_shelf_above_acyclic"),
    ):
        violation = await project.refused(sql)
        assert violation.kind == kind, sql
        assert violation.name in (name, None), sql
    await project.run("UPDATE shelf SET above_id = NULL", "UPDATE shelf SET above_id = 2 WHERE id = 1")
    await project.run("DELETE FROM shelf WHERE id = 2")
    assert await project.rows("SELECT id, above_id FROM shelf") == [(1, None)]
    assert await project.rows("SELECT title, price FROM book") == [("Emma", 150)]


async def test_two_moves_cannot_make_a_circle_together(project: Project) -> None:
    """Each alone is fine, and neither sees the other's before it is committed."""
    await project.run("UPDATE shelf SET above_id = NULL")
    first, second = [await Database.open(project.settings) for _ in range(2)]
    later: list[asyncio.Task[int]] = []

    async def move(transaction: Transaction) -> None:
        await transaction.execute("UPDATE shelf SET above_id = 2 WHERE id = 1")
        other = second.transaction(lambda t: t.execute("UPDATE shelf SET above_id = 1 WHERE id = 2"))
        later.append(asyncio.create_task(other))
        done, _ = await asyncio.wait(later, timeout=0.3)  # enough for it to end, if nothing stopped it
        assert not done

    await first.transaction(move)
    with pytest.raises(ConstraintViolation):
        await later[0]
    await first.close()
    await second.close()


async def test_text_is_folded_alike(project: Project) -> None:
    await project.run("UPDATE book SET title = agora_fold('İSTANBUL ΣΑΣ CAFÉ')")
    assert await project.rows("SELECT DISTINCT title FROM book") == [("i̇stanbul σας café",)]


# --- changes ----------------------------------------------------------------------------------


async def test_nothing_changed(project: Project) -> None:
    files = project.files
    assert project.build() == ""
    assert project.files == files
    project.edit("book", ("description: Stands on a shelf.", "description: Another text."))
    assert project.build() == ""


async def test_a_column_is_added(checked: Project) -> None:
    checked.edit(
        "book", ("  state:", "  isbn: {type: string, nullable: true}\n  copies: {type: integer, default: 3}\n  state:")
    )
    assert await checked.migrate() == ("0002_alter_book",)
    assert await checked.rows("SELECT title, isbn, copies FROM book ORDER BY id") == [
        ("Emma", None, 3),
        ("Ilias", None, 3),
    ]


async def test_a_new_column_that_may_not_be_null_needs_a_value(project: Project) -> None:
    project.edit("book", ("  state:", "  isbn: {type: string, required: true}\n  state:"))
    with pytest.raises(MigrationFaults) as caught:
        project.build()
    (fault,) = caught.value.faults
    assert fault.code == "migration-needs-default"
    assert (fault.place.file, fault.place.line) == ("spec/book.yaml", 10)


async def test_a_column_is_renamed(checked: Project) -> None:
    checked.edit(
        "book",
        ("  title:  {type: string,", "  name: {type: string, renamed_from: title,"),
        ("[id, title]", "[id, name]"),
    )
    assert "destructive" not in checked.build()
    await checked.migrate()
    assert await checked.rows("SELECT name FROM book ORDER BY id") == [("Emma",), ("Ilias",)]
    assert (await checked.refused(f"UPDATE book SET name = '{'x' * 51}'")).name == "ck_book_name"
    await checked.migrate()  # renamed_from may stay in the spec


async def test_a_relation_is_renamed(checked: Project) -> None:
    checked.edit("book", ("  shelf: {", "  place: {renamed_from: shelf, "))
    await checked.migrate()
    assert await checked.rows("SELECT place_id FROM book ORDER BY id") == [(1,), (2,)]
    assert (await checked.refused("UPDATE book SET place_id = 99")).kind == "foreign"


async def test_a_column_is_dropped_only_when_confirmed(checked: Project) -> None:
    checked.edit("book", ("  pages:  {type: integer, min: 1, nullable: true}\n", ""))
    assert '-- destructive: drops column "book"."pages"' in checked.build()
    with pytest.raises(MigrationError, match=r"(?s)confirm-destructive.*drops column"):
        await checked.migrate()
    assert await checked.rows("SELECT pages FROM book WHERE id = 1") == [(474,)]
    assert await checked.migrate(confirm=True) == ("0002_drop_book_pages",)
    assert await checked.rows("SELECT title FROM book ORDER BY id") == [("Emma",), ("Ilias",)]


async def test_null_is_allowed_and_forbidden(checked: Project) -> None:
    checked.edit(
        "book",
        ("max_length: 50, required: true", "max_length: 50, nullable: true"),
        ("nullable: true}\n  price", "default: 100}\n  price"),
    )
    await checked.migrate()
    await checked.run("UPDATE book SET title = NULL WHERE id = 1")
    assert await checked.rows("SELECT title, pages FROM book ORDER BY id") == [(None, 474), ("Ilias", 100)]
    assert (await checked.refused("UPDATE book SET pages = NULL")).kind == "not_null"


async def test_a_check_changes(checked: Project) -> None:
    checked.edit("book", ("min: 1,", "min: 1, max: 500,"))
    await checked.migrate()
    assert (await checked.refused("UPDATE book SET pages = 501")).name == "ck_book_pages"
    assert await checked.rows("SELECT count(*) FROM book") == [(2,)]


async def test_a_check_that_existing_rows_break_changes_nothing(project: Project) -> None:
    before = await project.schema()
    project.edit("book", ("min: 1,", "min: 1, max: 300,"))
    with pytest.raises(MigrationError, match="0002_alter_book failed"):
        await project.migrate()
    assert await project.schema() == before
    assert await project.rows("SELECT pages FROM book WHERE id = 1") == [(474,)]
    await project.run("UPDATE book SET pages = 300 WHERE id = 1")
    assert await project.migrate() == ("0002_alter_book",)


async def test_an_enum_gets_a_value(checked: Project) -> None:
    checked.edit("book", ("[new, used]", "[new, used, lost]"))
    await checked.migrate()
    await checked.run("UPDATE book SET state = 'lost' WHERE id = 1")
    assert await checked.rows("SELECT state FROM book ORDER BY id") == [("lost",), ("new",)]


async def test_an_invariant_and_an_identity_come_and_go(checked: Project) -> None:
    rules = """invariants:
  long: {check: pages is null or pages > 100 or state == used, on: pages, message: Too short.}
identities:
  once: {fields: [title, shelf], where: state == new}
"""
    checked.edit("book", ("representations:", f"{rules}representations:"))
    await checked.migrate()
    assert (
        await checked.refused("INSERT INTO book (title, pages, shelf_id) VALUES ('x', 5, 1)")
    ).name == "ck_book_long"
    again = await checked.refused("INSERT INTO book (title, shelf_id) VALUES ('Ilias', 2)")
    assert again.kind == "unique"
    await checked.run("INSERT INTO book (title, shelf_id, state) VALUES ('Emma', 1, 'used')")
    checked.edit("book", (rules, ""))
    await checked.migrate()
    await checked.run("INSERT INTO book (title, pages, shelf_id) VALUES ('x', 5, 1), ('x', 5, 1)")


async def test_indexes_come_and_go(checked: Project) -> None:
    checked.edit("book", ("representations:", "indexes:\n  - [state, -pages]\nrepresentations:"))
    text = await asyncio.to_thread(checked.build)
    assert "CREATE INDEX" in text
    assert "CREATE TABLE" not in text
    await checked.migrate()
    checked.edit("book", ("indexes:\n  - [state, -pages]\n", ""))
    await checked.migrate()


async def test_a_default_changes(checked: Project) -> None:
    checked.edit("book", ('default: "1.50"', 'default: "2.00"'))
    await checked.migrate()
    await checked.run("INSERT INTO book (title, shelf_id) VALUES ('x', 1)")
    assert await checked.rows("SELECT price FROM book ORDER BY id") == [(150,), (150,), (200,)]


async def test_places_change(checked: Project) -> None:
    checked.edit("book", ("places: 2", "places: 4"))
    await checked.migrate()
    assert await checked.rows("SELECT DISTINCT price FROM book") == [(15000,)]
    await checked.run("UPDATE book SET price = 14950 WHERE id = 1")
    checked.edit("book", ("places: 4", "places: 1"), ("1.50", "1.5"))
    assert "-- destructive: rounds column" in checked.build()
    await checked.migrate(confirm=True)
    assert await checked.rows("SELECT price FROM book ORDER BY id") == [(15,), (15,)]


async def test_a_number_becomes_text_and_nothing_else(checked: Project) -> None:
    checked.edit("book", ("pages:  {type: integer, min: 1,", "pages:  {type: string, max_length: 9,"))
    await checked.migrate()
    assert await checked.rows("SELECT pages FROM book ORDER BY id") == [("474",), (None,)]
    kept = checked.specs["book"]
    checked.edit("book", ("pages:  {type: string, max_length: 9,", "pages:  {type: boolean,"))
    with pytest.raises(MigrationFaults, match="cannot become"):
        checked.build()
    checked.specs["book"] = kept


async def test_a_table_comes_and_goes(checked: Project) -> None:
    checked.specs["loan"] = """
resource: Loan
description: Somebody has it.
fields:
  id:         {type: uuid}
  by:         {type: string, required: true}
  created_at: {type: created}
relations:
  book: {belongs_to: Book, inverse: loans, on_delete: cascade, required: true}
"""
    assert await checked.migrate() == ("0002_create_loan",)
    await checked.run("INSERT INTO loan (id, by, book_id) VALUES ('0f8fad5b-d9cb-469f-a165-70867728950e', 'me', 1)")
    del checked.specs["loan"]
    assert '-- destructive: drops table "loan"' in checked.build()
    assert await checked.migrate(confirm=True) == ("0003_drop_loan",)
    assert await checked.rows("SELECT count(*) FROM book") == [(2,)]


async def test_a_parent_that_is_rebuilt_keeps_its_children_and_its_numbers(checked: Project) -> None:
    await checked.run("INSERT INTO shelf (id, label) VALUES (50, 'gone')", "DELETE FROM shelf WHERE id = 50")
    checked.edit("shelf", ("max_length: 20", "max_length: 30"))
    await checked.migrate()
    assert await checked.rows("SELECT id, label, above_id FROM shelf ORDER BY id") == [(1, "top", None), (2, "low", 1)]
    assert await checked.rows("SELECT id, shelf_id FROM book ORDER BY id") == [(1, 1), (2, 2)]
    assert (await checked.refused("UPDATE shelf SET above_id = 2 WHERE id = 1")).kind == "check"
    assert (await checked.refused("INSERT INTO book (title, shelf_id) VALUES ('x', 99)")).kind == "foreign"
    if checked.settings.dialect == "sqlite":
        await checked.run("INSERT INTO shelf (label) VALUES ('new')")
        assert await checked.rows("SELECT max(id) FROM shelf") == [(51,)]
    await checked.run("DELETE FROM shelf WHERE id = 2")
    assert await checked.rows("SELECT id FROM book") == [(1,)]


async def test_a_table_is_renamed(checked: Project) -> None:
    checked.specs["rack"] = (
        checked.specs.pop("shelf")
        .replace("resource: Shelf", "resource: Rack\nrenamed_from: shelf")
        .replace("belongs_to: Shelf", "belongs_to: Rack")
    )
    checked.edit("book", ("belongs_to: Shelf", "belongs_to: Rack"))
    assert "destructive" not in checked.build()
    await checked.migrate()
    assert await checked.rows("SELECT id, label, above_id FROM rack ORDER BY id") == [(1, "top", None), (2, "low", 1)]
    assert await checked.rows("SELECT id, shelf_id FROM book ORDER BY id") == [(1, 1), (2, 2)]
    assert (await checked.refused("UPDATE rack SET above_id = 2 WHERE id = 1")).kind == "check"
    await checked.run("DELETE FROM rack WHERE id = 1")
    assert await checked.rows("SELECT id FROM book") == [(2,)]


async def test_events_bring_their_tables(checked: Project) -> None:
    checked.edit("book", ("representations:", "events:\n  opened: {}\nrepresentations:"))
    await checked.migrate()
    assert await checked.rows("SELECT count(*) FROM agora_event") == [(0,)]


async def test_what_is_kept_under_keys_brings_its_table(checked: Project) -> None:
    checked.edit("_shared", ("api:", "actor: {resource: Shelf}\napi:"))
    checked.edit("book", ("actions:", "actions:\n  lend: {kind: action, policy: authenticated, idempotency: true}"))
    assert "agora_idempotency" in checked.build()
    await checked.migrate()
    row = "('lend 1', 'a', 'f', 204, '2026-01-01T00:00:00.000000Z')"
    insert = f'INSERT INTO agora_idempotency (scope, "key", fingerprint, status, created_at) VALUES {row}'
    await checked.run(insert)
    assert (await checked.refused(insert)).kind == "unique"


async def test_many_changes_at_once(checked: Project) -> None:
    checked.edit(
        "shelf",
        ("max_length: 20", "max_length: 25"),
        ("unique: true}", "unique: true}\n  width: {type: integer, default: 80}"),
    )
    checked.edit(
        "book",
        ("  title:  {", "  name: {renamed_from: title, "),
        ("[id, title]", "[id, name]"),
        ("[new, used]", "[new, used, torn]"),
    )
    checked.specs["author"] = (
        "resource: Author\ndescription: Writes.\nfields:\n  id: {type: id}\n  name: {type: string, required: true}\n"
    )
    checked.edit(
        "book",
        (
            "relations:",
            "relations:\n  author: {belongs_to: Author, inverse: books, on_delete: restrict, nullable: true}",
        ),
    )
    assert await checked.migrate() == ("0002_create_author_and_2_more",)
    assert await checked.rows("SELECT name, author_id FROM book ORDER BY id") == [("Emma", None), ("Ilias", None)]


# --- the files --------------------------------------------------------------------------------


def test_files_are_added_and_never_changed(tmp_path: Path) -> None:
    project = Project(tmp_path, "sqlite:///unused")
    project.build()
    first = dict(project.files)
    project.edit("book", ("[new, used]", "[new, used, lost]"))
    project.build()
    assert {name: project.files[name] for name in first if name != INDEX} == {
        name: text for name, text in first.items() if name != INDEX
    }
    assert json.loads(project.files[INDEX])["order"] == ["0001_initial", "0002_alter_book"]
    again = Project(tmp_path, "sqlite:///unused")
    again.specs = project.specs
    assert plan_migrations(again.model(), project.files) == project.files


@pytest.mark.parametrize("name", ["migrations/0001_initial.sqlite.sql", INDEX])
def test_an_edited_file_is_found(tmp_path: Path, name: str) -> None:
    project = Project(tmp_path, "sqlite:///unused")
    project.build()
    edited = {**project.files, name: project.files[name].replace("shelf", "sheep") if name != INDEX else "{}"}
    with pytest.raises(MigrationFaults) as caught:
        plan_migrations(project.model(), edited)
    assert [fault.code for fault in caught.value.faults] == ["migration-edited"]
    assert caught.value.faults[0].place.file == f"generated/{name}"


def test_a_missing_file_is_found(tmp_path: Path) -> None:
    project = Project(tmp_path, "sqlite:///unused")
    project.build()
    left = {name: text for name, text in project.files.items() if "postgres" not in name}
    with pytest.raises(MigrationFaults, match="is missing"):
        plan_migrations(project.model(), left)


# --- companions -------------------------------------------------------------------------------

TALLY = """
resource: Tally
accompanies: book
description: What is counted of a book.
fields:
  id:    {type: id}
  loans: {type: counter}
  note:  {type: string, max_length: 20, default: none yet}
  since: {type: created}
relations:
  book: {belongs_to: Book, inverse: tallies, on_delete: cascade}
identities:
  one_each: {fields: [book]}
"""
TALLIES = "SELECT book_id, loans, note FROM tally ORDER BY book_id"
NEW_BOOK = "INSERT INTO book (title, shelf_id) VALUES ('new', 1)"


async def test_companions_are_there_from_the_beginning(tmp_path: Path, database_url: str) -> None:
    project = Project(tmp_path, database_url)
    project.specs["tally"] = TALLY
    await project.migrate()
    await project.run("INSERT INTO shelf (label) VALUES ('top')", *[NEW_BOOK] * 2)
    assert await project.rows(TALLIES) == [(1, 0, "none yet"), (2, 0, "none yet")]
    await project.run("DELETE FROM book WHERE id = 1")
    assert await project.rows(TALLIES) == [(2, 0, "none yet")]


async def test_companions_come_to_rows_that_are_there_and_go(checked: Project) -> None:
    checked.specs["tally"] = TALLY
    await checked.migrate()
    assert await checked.rows(TALLIES) == [(1, 0, "none yet"), (2, 0, "none yet")]
    await checked.run(NEW_BOOK, "UPDATE tally SET loans = 7 WHERE book_id = 3")
    assert await checked.rows(TALLIES) == [(1, 0, "none yet"), (2, 0, "none yet"), (3, 7, "none yet")]
    checked.edit("tally", ("accompanies: book\n", ""))
    await checked.migrate()
    await checked.run(NEW_BOOK, "DELETE FROM tally WHERE book_id = 2")
    assert await checked.rows("SELECT book_id FROM tally ORDER BY book_id") == [(1,), (3,)]
    checked.edit("tally", ("description:", "accompanies: book\ndescription:"))
    await checked.migrate()
    assert await checked.rows("SELECT book_id, loans FROM tally ORDER BY book_id") == [(1, 0), (2, 0), (3, 7), (4, 0)]
    del checked.specs["tally"]
    await checked.migrate(confirm=True)
    await checked.run(NEW_BOOK)


async def test_companions_survive_the_changes_of_both_tables(checked: Project) -> None:
    checked.specs["tally"] = TALLY
    await checked.migrate()
    changes = {
        "the other table is made anew": lambda: checked.edit("book", ("max_length: 50", "max_length: 60")),
        "their own table is made anew": lambda: checked.edit("tally", ("max_length: 20", "max_length: 30")),
        "both are": lambda: (
            checked.edit("book", ("max_length: 60", "max_length: 70")),
            checked.edit("tally", ("max_length: 30", "max_length: 40")),
        ),
        "the reference is renamed": lambda: checked.edit(
            "tally", ("  book: {", "  volume: {renamed_from: book, "), ("[book]", "[volume]"), ("s: book", "s: volume")
        ),
        "another table is made anew": lambda: checked.edit("shelf", ("max_length: 20", "max_length: 30")),
    }
    books = 2
    for change, make in changes.items():
        make()
        await checked.migrate()
        await checked.run(NEW_BOOK)
        books += 1
        assert await checked.rows("SELECT count(*), count(DISTINCT note) FROM tally") == [(books, 1)], change


async def test_companions_survive_renames_of_both_tables(checked: Project) -> None:
    checked.specs["tally"] = TALLY
    await checked.migrate()
    checked.specs["score"] = checked.specs.pop("tally").replace(
        "resource: Tally", "resource: Score\nrenamed_from: tally"
    )
    await checked.migrate()
    await checked.run(NEW_BOOK, "UPDATE score SET loans = 3 WHERE book_id = 3")
    assert await checked.rows("SELECT book_id, loans FROM score ORDER BY book_id") == [(1, 0), (2, 0), (3, 3)]
    checked.edit("score", ("renamed_from: tally\n", ""))
    checked.specs["volume"] = checked.specs.pop("book").replace(
        "resource: Book", "resource: Volume\nrenamed_from: book"
    )
    checked.edit("score", ("belongs_to: Book", "belongs_to: Volume"), ("max_length: 20", "max_length: 30"))
    await checked.migrate()
    await checked.run(NEW_BOOK.replace("book", "volume"))
    assert await checked.rows("SELECT book_id, loans FROM score ORDER BY book_id") == [(1, 0), (2, 0), (3, 3), (4, 0)]
    del checked.specs["volume"]
    del checked.specs["score"]
    await checked.migrate(confirm=True)
    checked.specs |= {"tally": TALLY, "book": BOOK}
    await checked.migrate()


async def test_a_companion_breaks_no_rule_in_silence(project: Project) -> None:
    before = await project.schema()
    project.specs["tally"] = TALLY + "invariants:\n  lent: {check: loans > 0, on: loans, message: Too few.}\n"
    with pytest.raises(MigrationError, match="ck_tally_lent"):
        await project.migrate()
    assert await project.schema() == before
