"""Defaults, paths and inverses: what a spec leaves out."""

from __future__ import annotations

import pytest

from generator.frontend import load
from generator.model import Action, Model

SHARED = "api: {title: Library, version: 1.0.0, base: /api/}\nenums: {State: [new, used]}\n"
LIBRARY = {
    "shelf": """
resource: Shelf
path: shelves
fields:
  id: {type: id}
relations:
  books: {has_many: Book, inverse: shelf, sort: [title]}
representations:
  full: [id, books_by_title, {books: short}]
  short: [id]
aggregates:
  books_by_title: {exists: books}
  first_book: {first: books}
actions:
  retrieve: {policy: public, returns: full}
""",
    "book": """
resource: Book
parent: shelf
path: books
fields:
  id:    {type: id}
  title: {type: string, max_length: 200, required: true, unique: TITLE_TAKEN}
  price: {type: money, min: 0.10, default: 5}
  state: {type: enum, enum: State, default: new}
  made:  {type: created}
relations:
  shelf:  {belongs_to: Shelf, inverse: books}
  sequel: {belongs_to: Book, inverse: prequels, nullable: true}
representations:
  short: [id, title]
inputs:
  writable: [title, {price: {max: 9.90}}, {state: {values: [used]}}, {sequel: {required: true}}]
actions:
  list:   {policy: public, returns: short}
  create: {policy: public, input: writable, returns: short}
  update: {policy: public, input: writable, returns: short}
  delete: {policy: public}
  lend:   {kind: action, policy: public, input: {until: {type: date, required: true}}}
  gift:   {kind: create, on: parent, path: gift, policy: public, input: writable, returns: short}
""",
    "page": """
resource: Page
parent: book
path: pages
pagination: {max: 10}
fields:
  id: {type: id}
relations:
  book: {belongs_to: Book, inverse: pages}
representations:
  full: [id, book]
actions:
  retrieve: {policy: public, returns: full}
""",
}


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Model:
    folder = tmp_path_factory.mktemp("library") / "spec"
    folder.mkdir()
    for stem, text in {"_shared": SHARED, **LIBRARY}.items():
        (folder / f"{stem}.yaml").write_text(text, encoding="utf-8")
    model, faults = load(folder)
    assert faults == []
    assert model is not None
    return model


def action(model: Model, resource: str, name: str) -> Action:
    return next(each for each in model.by_name[resource].actions if each.name == name)


@pytest.mark.parametrize(
    ("resource", "name", "methods", "url"),
    [
        ("Shelf", "retrieve", ("GET",), "/api/shelves/{id}/"),
        ("Book", "list", ("GET",), "/api/shelves/{shelf_id}/books/"),
        ("Book", "create", ("POST",), "/api/shelves/{shelf_id}/books/"),
        ("Book", "update", ("PATCH", "PUT"), "/api/shelves/{shelf_id}/books/{id}/"),
        ("Book", "delete", ("DELETE",), "/api/shelves/{shelf_id}/books/{id}/"),
        ("Book", "lend", ("POST",), "/api/shelves/{shelf_id}/books/{id}/lend/"),
        ("Book", "gift", ("POST",), "/api/shelves/{id}/gift/"),
        ("Page", "retrieve", ("GET",), "/api/shelves/{shelf_id}/books/{book_id}/pages/{id}/"),
    ],
)
def test_urls(library: Model, resource: str, name: str, methods: tuple[str, ...], url: str) -> None:
    found = action(library, resource, name)
    assert (found.methods, found.url) == (methods, url)


def test_parameters_know_what_they_look_up(library: Model) -> None:
    parameters = action(library, "Page", "retrieve").parameters
    assert [(each.name, each.resource, each.field) for each in parameters] == [
        ("shelf_id", "Shelf", "id"),
        ("book_id", "Book", "id"),
        ("id", "Page", "id"),
    ]


def test_the_other_end_of_a_belongs_to_is_there_unsaid(library: Model) -> None:
    implied = {each.name: each for each in library.by_name["Book"].has_many}
    assert {name: (each.target, each.inverse, each.implicit) for name, each in implied.items()} == {
        "pages": ("Page", "book", True),
        "prequels": ("Book", "sequel", True),
    }


def test_decimals_stay_text_and_defaults_get_their_places(library: Model) -> None:
    price = next(each for each in library.by_name["Book"].fields if each.name == "price")
    assert (price.min, price.default, price.places) == ("0.10", "5.00", 2)


def test_an_enum_brings_its_values_and_a_code_makes_unique(library: Model) -> None:
    fields = {each.name: each for each in library.by_name["Book"].fields}
    assert fields["state"].values == ("new", "used")
    assert (fields["title"].unique, fields["title"].unique_code) == (True, "TITLE_TAKEN")


def test_inputs_are_narrowed(library: Model) -> None:
    given = action(library, "Book", "create").input
    assert given is not None
    fields = {each.name: each.field for each in given.items}
    assert (fields["price"].min, fields["price"].max) == ("0.10", "9.90")
    assert (fields["state"].values, fields["state"].enum) == (("used",), None)
    sequel = fields["sequel"]
    assert (sequel.type, sequel.object, sequel.required, sequel.nullable) == ("reference", "Book", True, False)


def test_answers_have_the_usual_statuses(library: Model) -> None:
    statuses = {name: [each.status for each in action(library, "Book", name).returns] for name in ("create", "update")}
    assert statuses == {"create": [201], "update": [200]}
    assert [each.status for each in action(library, "Book", "delete").returns] == [204]
    assert [each.status for each in action(library, "Book", "lend").returns] == [204]


def test_order_and_pages(library: Model) -> None:
    book, page, shelf = (library.by_name[name] for name in ("Book", "Page", "Shelf"))
    assert book.sort.default == ("-made",)
    assert page.sort.default == ("id",)
    assert (page.pagination.default, page.pagination.max) == (10, 10)
    shown = next(each for each in shelf.representations if each.name == "full").items
    assert next(each for each in shown if each.name == "books").sort == ("title",)
    assert next(each for each in shelf.aggregates if each.name == "first_book").sort == ("title",)


def test_summaries_are_made_from_names(library: Model) -> None:
    names = ("list", "create", "update", "delete", "lend")
    assert [action(library, "Book", name).summary for name in names] == [
        "List books",
        "Create a book",
        "Change a book",
        "Delete a book",
        "Lend",
    ]
