"""A client in TypeScript, of the types that openapi-typescript makes: strict, complete, good for all of a purchase."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from tests.clients.tools import HERE, NODE, NODE_MODULES, run, run_on_node
from tests.support.servers import Server

TYPES = "marketplace.ts"
STRICT = ("--strict", "--noEmit", "--noUncheckedIndexedAccess", "--exactOptionalPropertyTypes", "--erasableSyntaxOnly")
NODE_TYPES = ("--target", "es2024", "--module", "nodenext", "--types", "node", "--allowImportingTsExtensions")


@pytest.fixture(scope="module")
def folder(fetched: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the types are, and what walks with them."""
    made = tmp_path_factory.mktemp("typescript")
    (made / "node_modules").symlink_to(NODE_MODULES)
    (made / "package.json").write_text('{"type": "module"}')
    shutil.copy(HERE / "walk.ts", made)
    # Without it, who sends a body would have to spell out every default.
    words = (fetched, "--output", TYPES, "--default-non-nullable=false")
    run_on_node("openapi-typescript/bin/cli.js", *words, inside=made)
    return made


def test_every_operation_is_in_it(folder: Path, operations: set[str]) -> None:
    _, _, listed = (folder / TYPES).read_text().partition("export interface operations {")
    assert set(re.findall(r"^    (\w+): \{$", listed, re.MULTILINE)) == operations


def test_it_is_strictly_typed_and_so_is_its_use(folder: Path) -> None:
    run_on_node("typescript/bin/tsc", *STRICT, *NODE_TYPES, "walk.ts", inside=folder)


def test_it_walks_from_register_to_a_verified_review(folder: Path, server: Server, picture: Path) -> None:
    said = json.loads(run(NODE, "walk.ts", server.url, picture, inside=folder))
    assert said == {"status": "delivered", "paid": "paid", "total": "75.00", "pictures": 1, "verified": True}
