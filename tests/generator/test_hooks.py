"""Hooks that are missing are named; what is there is read, never run."""

from __future__ import annotations

from pathlib import Path

from generator.frontend import load
from generator.hooks import missing_hooks

SHARED = "api: {title: Library, version: 1.0.0, base: /api}\n"
BOOK = """
resource: Book
path: books
fields:
  id: {type: id}
actions:
  lend: {kind: action, policy: public}
  sort: {kind: action, on: collection, policy: public, input: {by: {type: string, required: true}}}
  ping: {kind: action, policy: public, responds: {pong: true}}
seeds: {hook: demo_books}
"""


def project(root: Path, hooks: str | None) -> Path:
    """A project with one resource, and its hooks where there are any."""
    for folder in ("spec", "hooks"):
        (root / folder).mkdir()
    (root / "spec/_shared.yaml").write_text(SHARED, encoding="utf-8")
    (root / "spec/book.yaml").write_text(BOOK, encoding="utf-8")
    if hooks is not None:
        (root / "hooks/book.py").write_text(hooks, encoding="utf-8")
    return root


def missing(root: Path) -> list[tuple[str, str, tuple[str, ...]]]:
    model, faults = load(root / "spec")
    assert faults == []
    assert model is not None
    return [(each.file, each.hook.name, each.hook.parameters) for each in missing_hooks(model, root / "hooks")]


def test_without_a_file_everything_is_missing(tmp_path: Path) -> None:
    assert missing(project(tmp_path, None)) == [
        ("hooks/book.py", "lend", ("ctx", "book")),
        ("hooks/book.py", "sort", ("ctx", "body")),
        ("hooks/book.py", "demo_books", ("seed",)),
    ]


def test_what_is_written_or_imported_is_not_missing(tmp_path: Path) -> None:
    hooks = "from elsewhere import demo_books\n\nraise SystemExit('never run')\n\nasync def lend(ctx, _book): ...\n"
    assert [name for _, name, _ in missing(project(tmp_path, hooks))] == ["sort"]


def test_more_parameters_are_fine_when_they_have_defaults(tmp_path: Path) -> None:
    assert [name for _, name, _ in missing(project(tmp_path, "async def lend(ctx, book, days=14): ...\n"))] == [
        "sort",
        "demo_books",
    ]
