"""Whatever a folder of specs holds, the front end answers with a model or with located faults."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator.codes import CODES
from generator.frontend import Faults, load, load_project
from generator.reference import reference
from generator.specs import source
from generator.specs.metaschema import read
from generator.specs.nodes import plain
from generator.specs.source import MAX_BYTES
from runtime.fieldtypes import FIELD_TYPES

ROOT = Path(__file__).parents[2]
SPECS = [ROOT / "spec", ROOT / "tests/clinic/spec"]
ODD: tuple[Any, ...] = (
    None, True, 0, -1, 10**30, 1.5, "", "x", "id", "no", "a.b", "{x}", "/a/{b}", "-id", "Ünïcode", "a\nb",
    [], {}, [[]], [None], {"a": 1}, ["x", "x"], {"type": "id"}, {"belongs_to": "X"}, "list", "public",
)  # fmt: skip


@pytest.mark.parametrize("folder", SPECS, ids=str)
def test_the_specs_of_this_repository_have_no_faults(folder: Path) -> None:
    model, faults = load(folder)
    assert faults == []
    assert model is not None
    assert model.by_name.keys() == {each.name for each in model.resources}


@pytest.mark.parametrize("seed", range(150))
def test_no_spec_makes_it_stumble(seed: int, tmp_path: Path) -> None:
    """Specs with one to three values replaced, taken away, moved or misspelt."""
    chance = random.Random(seed)
    folder = tmp_path / "spec"
    shutil.copytree(chance.choice(SPECS), folder)
    for _ in range(chance.randint(1, 3)):
        path = chance.choice(sorted(folder.iterdir()))
        spec = as_data(path)
        spoil(chance, spec)
        path.write_text(yaml.safe_dump(spec, sort_keys=False, allow_unicode=True), encoding="utf-8")
    model, faults = load(folder)
    assert (model is None) == bool(faults)
    assert {fault.code for fault in faults} <= CODES.keys()
    assert all(fault.place.line > 0 and fault.place.column > 0 and fault.place.length > 0 for fault in faults)


def as_data(path: Path) -> Any:
    """A spec as plain data: read as the compiler reads it, so that `on` stays a word."""
    node, _ = source.read(path, path.name)
    return plain(node) if node else None


def spoil(chance: random.Random, spec: Any) -> None:
    """Change one place of a spec."""
    here = spec
    while isinstance(here, dict | list) and here:
        key = chance.choice(sorted(here, key=str) if isinstance(here, dict) else range(len(here)))
        deeper = here[key]
        if not isinstance(deeper, dict | list) or not deeper or chance.random() < 0.3:
            chance.choice(CHANGES)(chance, here, key)
            return
        here = deeper


def _replace(chance: random.Random, here: Any, key: Any) -> None:
    here[key] = chance.choice(ODD)


def _remove(_: random.Random, here: Any, key: Any) -> None:
    del here[key]


def _misspell(chance: random.Random, here: Any, key: Any) -> None:
    if isinstance(here, dict):
        here[f"{key}{chance.choice('xyz')}"] = here.pop(key)
    elif isinstance(here[key], str):
        here[key] = here[key][::-1]


def _misspell_value(_: random.Random, here: Any, key: Any) -> None:
    if isinstance(here[key], str) and len(here[key]) > 1:
        here[key] = here[key][1:]


CHANGES: tuple[Callable[[random.Random, Any, Any], None], ...] = (_replace, _remove, _misspell, _misspell_value)


def test_a_project_with_faults_raises_them(tmp_path: Path) -> None:
    with pytest.raises(Faults) as raised:
        load_project(tmp_path)
    assert [fault.code for fault in raised.value.diagnostics] == ["missing-shared"]
    assert raised.value.root == tmp_path


def test_a_file_can_be_too_large(tmp_path: Path) -> None:
    (tmp_path / "book.yaml").write_text("#" * (MAX_BYTES + 1), encoding="utf-8")
    assert "file-too-large" in {fault.code for fault in load(tmp_path)[1]}


def test_the_meta_schema_knows_every_type_of_field() -> None:
    assert set(read("resource")["definitions"]["field"]["properties"]["type"]["enum"]) == FIELD_TYPES.keys()


@pytest.mark.parametrize("kind", ["resource", "shared"])
def test_the_meta_schema_describes_everything(kind: str) -> None:
    """Editors show the descriptions; what is closed is closed everywhere."""
    assert [path for path, schema in _schemas(read(kind), kind) if not _is_described(schema)] == []


def _schemas(schema: Any, path: str) -> list[tuple[str, Any]]:
    found = [(path, schema)]
    for name, inner in schema.get("properties", {}).items():
        found += _schemas(inner, f"{path}.{name}")
    for name, inner in schema.get("definitions", {}).items():
        found += _schemas(inner, f"#{name}")
    return found


def _is_described(schema: Any) -> bool:
    closed = schema.get("additionalProperties") is False or "properties" not in schema
    return closed and ("description" in schema or "$ref" in schema)


def test_the_reference_names_every_key_and_every_code() -> None:
    page = reference()
    keys = {key for _, schema in _schemas(read("resource"), "") for key in schema.get("properties", {})}
    assert [key for key in sorted(keys) if f"`{key}`" not in page] == []
    assert [code for code in CODES if f"`{code}`" not in page] == []
