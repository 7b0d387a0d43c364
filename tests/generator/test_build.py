"""`agora build` and `agora check`: what they write, what they find, and what they leave alone."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator import cli, pipeline
from tests.support.goldens import compare_folder

ROOT = Path(__file__).resolve().parents[2]
CASES = ROOT / "tests" / "cases" / "build"
BROKEN = "resource: Word\npath: /words\nfields:\n  id: {type: idd}\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project of its own, with the specs of a case."""
    shutil.copytree(CASES / "custom_actions" / "spec", tmp_path / "spec")
    return tmp_path


def agora(command: str, project: Path, *options: str) -> Result:
    return CliRunner().invoke(getattr(cli, command), list(options), obj=project)


def generated(project: Path) -> dict[str, str]:
    folder = project / "generated"
    return {str(file.relative_to(folder)): file.read_text() for file in folder.rglob("*") if file.is_file()}


def tool(*command: str, inside: Path) -> None:
    done = subprocess.run([sys.executable, "-m", *command], cwd=inside, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


# --- what is written --------------------------------------------------------------------------


@pytest.mark.parametrize("case", sorted(CASES.iterdir()), ids=lambda case: case.name)
def test_a_case_gives_its_expected_files(case: Path, request: pytest.FixtureRequest) -> None:
    update_goldens = request.config.getoption("--update-goldens", default=False)
    compare_folder(dict(pipeline.compile_specs(case).tree), case / "expected", update=update_goldens)


def test_the_same_specs_give_the_same_bytes(project: Path) -> None:
    assert pipeline.compile_specs(project).tree == pipeline.compile_specs(project).tree


def test_a_second_build_touches_nothing(project: Path) -> None:
    agora("build", project)
    before = {file: file.stat().st_mtime_ns for file in (project / "generated").rglob("*")}
    assert "up to date" in agora("build", project).output
    assert before == {file: file.stat().st_mtime_ns for file in (project / "generated").rglob("*")}


def test_a_small_change_of_a_spec_is_a_small_change_of_the_output(project: Path) -> None:
    agora("build", project)
    spec = project / "spec" / "book.yaml"
    spec.write_text(spec.read_text().replace("short: [id, title]", "short: [id, title, year]"))
    changes = pipeline.check(project).differences
    changed = {change.path.removeprefix("generated/") for change in changes}
    assert changed == {"reads/book.py", "openapi.json", "manifest.json"}
    lines = [line for each in changes for line in each.diff.splitlines() if line[:1] in "+-"]
    assert len(lines) < 70


def test_a_resource_that_is_gone_leaves_nothing_behind(project: Path) -> None:
    agora("build", project)
    (project / "spec" / "book.yaml").unlink()
    assert agora("build", project).exit_code == 0
    left = {name for name in generated(project) if "book" in name and not name.startswith("migrations/")}
    assert left == set()
    assert not (project / "generated" / "routes").exists()


def test_removing_a_resource_removes_its_caches_too(project: Path) -> None:
    agora("build", project)
    cache = project / "generated" / "routes" / "__pycache__" / "book.cpython-311.pyc"
    cache.parent.mkdir()
    cache.write_bytes(b"")
    (project / "spec" / "book.yaml").unlink()
    agora("build", project)
    assert not (project / "generated" / "routes").exists()


@pytest.mark.parametrize("case", ["custom_actions", "machine_and_singleton"])
def test_generated_code_and_begun_hooks_are_strictly_typed_and_lint_free(case: str, tmp_path: Path) -> None:
    project = tmp_path
    shutil.copytree(CASES / case / "spec", project / "spec")
    agora("build", project)
    (project / "hooks" / "__init__.py").touch()
    (project / "runtime").symlink_to(ROOT / "runtime")
    (project / "pyproject.toml").symlink_to(ROOT / "pyproject.toml")
    tool("ruff", "check", "--no-cache", "generated", "hooks", inside=project)
    tool("ruff", "format", "--check", "--no-cache", "generated", "hooks", inside=project)
    tool("mypy", "--cache-dir", str(ROOT / ".mypy_cache" / "goldens"), "generated", "hooks", inside=project)


# --- what check finds -------------------------------------------------------------------------


def edit(folder: Path) -> str:
    file = folder / "routes" / "book.py"
    file.write_text(file.read_text().replace("policies.librarian", "policies.public"))
    return "generated/routes/book.py: different"


def add(folder: Path) -> str:
    (folder / "routes" / "extra.py").write_text("")
    return "generated/routes/extra.py: stray"


def remove(folder: Path) -> str:
    (folder / "openapi.json").unlink()
    return "generated/openapi.json: missing"


@pytest.mark.parametrize("spoil", [edit, add, remove])
def test_check_finds_what_is_not_generated_and_build_repairs_it(project: Path, spoil: Callable[[Path], str]) -> None:
    agora("build", project)
    whole = generated(project)
    expected = spoil(project / "generated")
    found = agora("check", project)
    assert found.exit_code == 1
    assert expected in found.output
    assert agora("build", project).exit_code == 0
    assert generated(project) == whole
    assert agora("check", project).exit_code == 0


def test_check_shows_the_lines_that_differ(project: Path) -> None:
    agora("build", project)
    edit(project / "generated")
    output = agora("check", project).output
    assert "\n-        policies.public,\n" in output
    assert "\n+        policies.librarian,\n" in output


def test_check_writes_nothing(project: Path) -> None:
    assert agora("check", project).exit_code == 1
    assert not (project / "generated").exists()
    assert not (project / "hooks").exists()


def test_an_edited_migration_is_a_fault_and_not_overwritten(project: Path) -> None:
    agora("build", project)
    migration = project / "generated" / "migrations" / "0001_initial.sqlite.sql"
    migration.write_text(migration.read_text() + "-- edited\n")
    before = generated(project)
    built = agora("build", project)
    assert built.exit_code == 1
    assert "migration-edited" in built.output
    assert generated(project) == before


# --- faults -----------------------------------------------------------------------------------


def test_with_a_fault_nothing_is_written(project: Path) -> None:
    agora("build", project)
    before = generated(project)
    (project / "spec" / "word.yaml").write_text(BROKEN)
    spec = project / "spec" / "book.yaml"
    spec.write_text(spec.read_text().replace("short: [id, title]", "short: [id]"))
    built = agora("build", project)
    assert built.exit_code == 1
    assert "spec/word.yaml:4" in built.output
    assert generated(project) == before


@pytest.mark.parametrize("command", ["build", "check", "routes"])
def test_faults_as_data(project: Path, command: str) -> None:
    (project / "spec" / "word.yaml").write_text(BROKEN)
    found = agora(command, project, "--format", "json")
    assert found.exit_code == 1
    data = json.loads(found.output)
    assert "spec/word.yaml" in json.dumps(data)


def test_faults_as_annotations(project: Path) -> None:
    (project / "spec" / "word.yaml").write_text(BROKEN)
    assert agora("check", project, "--format", "github").output.startswith("::error file=spec/word.yaml")


# --- hooks ------------------------------------------------------------------------------------


def test_missing_hooks_are_begun_once(project: Path) -> None:
    built = agora("build", project)
    assert "hooks/book.py: to be written by you: borrow, give_back, order, count_all" in built.output
    hooks = project / "hooks" / "book.py"
    assert "async def borrow(ctx: Context, book: Book, body: inputs.BorrowInput)" in hooks.read_text()
    hooks.write_text(hooks.read_text() + "\n\nMINE = True\n")
    mine = hooks.read_text()
    agora("build", project)
    assert hooks.read_text() == mine


def test_a_new_hook_is_added_to_what_is_there(project: Path) -> None:
    hooks = project / "hooks" / "book.py"
    hooks.parent.mkdir()
    hooks.write_text(
        '"""Mine."""\n\nfrom generated.models.book import Book\n\n\nasync def borrow(ctx, book, body):\n    ...\n'
    )
    built = agora("build", project)
    assert "hooks/book.py: to be written by you: give_back, order, count_all" in built.output
    text = hooks.read_text()
    assert text.count("async def borrow") == 1
    assert text.count("from generated.models.book import Book") == 1
    compile(text, "book.py", "exec")


TICKET_HOOKS = '''"""What is particular to Ticket."""

from __future__ import annotations

from generated.actor import Context
from generated.inputs import ticket as inputs
from generated.models.ticket import Ticket
from runtime.machines import Moved


async def give_up(ctx: Context, ticket: Ticket) -> inputs.GiveUp200:
    """Give up."""
    raise NotImplementedError("give_up (ticket.yaml:47) is not written yet")


async def welcome(ctx: Context, ticket: Ticket) -> None:
    """What goes with create."""
    raise NotImplementedError("welcome (ticket.yaml:40) is not written yet")


async def tell_author(ctx: Context, ticket: Ticket, moved: Moved) -> None:
    """What goes with solve."""
    raise NotImplementedError("tell_author (ticket.yaml:24) is not written yet")
'''


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A project with a state machine and a singleton."""
    shutil.copytree(CASES / "machine_and_singleton" / "spec", tmp_path / "spec")
    return tmp_path


def test_effects_are_begun_with_their_exact_signatures(desk: Path) -> None:
    built = agora("build", desk)
    assert "hooks/ticket.py: to be written by you: give_up, welcome, tell_author" in built.output
    assert (desk / "hooks" / "ticket.py").read_text() == TICKET_HOOKS
    assert "async def complain(ctx: Context, settings: Settings) -> Ticket:" in (desk / "hooks/settings.py").read_text()
    assert agora("check", desk).exit_code == 0


def test_a_missing_effect_is_added_to_what_is_there(desk: Path) -> None:
    agora("build", desk)
    hooks = desk / "hooks" / "ticket.py"
    mine = TICKET_HOOKS.partition("\n\nasync def tell_author")[0].replace("from runtime.machines import Moved\n", "")
    hooks.write_text(mine)
    assert "hooks/ticket.py: missing: tell_author" in agora("check", desk).output
    assert hooks.read_text() == mine
    agora("build", desk)
    assert hooks.read_text() == TICKET_HOOKS


# --- routes -----------------------------------------------------------------------------------


def test_routes_are_listed_with_their_policy_handler_and_line(project: Path) -> None:
    lines = agora("routes", project).output.splitlines()
    borrow = next(line for line in lines if "/borrow/" in line)
    assert borrow.split() == [
        *("POST", "/library/books/{slug}/borrow/", "authenticated", "hooks.book.borrow", "spec/book.yaml:41")
    ]
    assert len({line.index("spec/") for line in lines}) == 1


def test_routes_tell_what_moves_a_record_and_what_goes_with_a_write(desk: Path) -> None:
    listed = [re.split("  +", line)[3:] for line in agora("routes", desk).output.splitlines()]
    assert [handler for handler, line in listed if "ticket" in line] == [
        "list Ticket",
        "retrieve Ticket",
        "create Ticket + hooks.ticket.welcome",
        "delete Ticket",
        "transition Ticket, whichever leads there",
        "transition Ticket.solve",
        "hooks.ticket.give_up",
    ]


# --- size -------------------------------------------------------------------------------------


def test_many_resources_build(tmp_path: Path) -> None:
    """How long it takes is measured by `python -m tests.bench.build`."""
    from tests.bench.build import write_specs

    write_specs(tmp_path, 30)
    assert agora("build", tmp_path).exit_code == 0
    assert sum(name.startswith("routes/") for name in generated(tmp_path)) == 32  # and the package itself


# --- explanations -----------------------------------------------------------------------------


def test_a_code_is_explained() -> None:
    explained = CliRunner().invoke(cli.explain, ["duplicate-key"])
    assert explained.exit_code == 0
    assert explained.output.startswith("duplicate-key")


def test_an_unknown_code_is_a_mistake_in_the_command() -> None:
    assert CliRunner().invoke(cli.explain, ["no-such-code"]).exit_code == 2


def test_the_reference_is_markdown() -> None:
    assert CliRunner().invoke(cli.reference).output.startswith("# ")
