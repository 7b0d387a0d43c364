"""From a folder of specs to the model, or to everything that is wrong with them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from generator.diagnostics import Diagnostic, tidied
from generator.hooks import hook_faults
from generator.model import Model, Place
from generator.resolve import Findings, resolve
from generator.resolve.words import pascal
from generator.rules import rule_faults
from generator.specs import source
from generator.specs.nodes import MapNode
from generator.specs.salvage import Lost, position, salvaged
from generator.specs.shape import shape_faults

SHARED = "_shared"
STEM = re.compile(r"[a-z][a-z0-9_]*")
HOOKS = "hooks"


@dataclass(slots=True)
class _Specs:
    """The files of a folder as far as they can be judged, and what is wrong with them."""

    nodes: dict[str, MapNode] = field(default_factory=dict)
    faults: list[Diagnostic] = field(default_factory=list)
    lost: Lost = field(default_factory=Lost)


class Faults(Exception):
    """What is wrong with the specs of a project; `root` is the folder that places are relative to."""

    def __init__(self, diagnostics: Iterable[Diagnostic], root: Path) -> None:
        self.diagnostics = tuple(diagnostics)
        self.root = root
        super().__init__(f"{len(self.diagnostics)} faults")


def load(spec_dir: Path) -> tuple[Model | None, list[Diagnostic]]:
    """The model of the specs in a folder; None, and all faults, where there are any.

    Places name files relative to the folder's parent: `spec/book.yaml`. Hooks are looked for beside the folder.
    """
    specs = _read(spec_dir)
    if SHARED not in specs.nodes:
        return None, tidied(specs.faults)
    shared = specs.nodes.pop(SHARED)
    findings = Findings()
    model, nodes = resolve(shared, specs.nodes, findings)
    specs.lost.names |= findings.left_out
    if model.actor is not None and model.actor.resource not in model.by_name:
        specs.lost.sections.add("actor")
    meant = [*findings.faults, *rule_faults(model, {**nodes, SHARED: shared})]
    meant += hook_faults(model, spec_dir.parent / HOOKS)
    faults = tidied([*specs.faults, *(each for each in meant if not specs.lost.shadows(each))])
    return (None if faults else model), faults


def load_project(root: Path) -> Model:
    """The model of the project in `root`; raises `Faults`."""
    model, faults = load(root / "spec")
    if model is None:
        raise Faults(faults, root)
    return model


def _read(spec_dir: Path) -> _Specs:
    specs = _Specs()
    files = sorted(each for each in spec_dir.glob("*") if each.suffix in (".yaml", ".yml")) if spec_dir.is_dir() else []
    for path in files:
        name = f"{spec_dir.name}/{path.name}"
        if _is_well_named(path, name, specs):
            _read_file(path, name, specs)
    if SHARED not in {path.stem for path in files}:
        message = f"{SHARED}.yaml is missing: it says the API's title, version and base"
        place = Place(f"{spec_dir.name}/{SHARED}.yaml", 1, 1)
        specs.faults.append(Diagnostic("missing-shared", place, message))
    return specs


def _is_well_named(path: Path, name: str, specs: _Specs) -> bool:
    if path.suffix == ".yaml" and (path.stem == SHARED or STEM.fullmatch(path.stem)):
        return True
    hint = "name it after the resource, in lower case with underscores: book_shelf.yaml"
    specs.faults.append(Diagnostic("file-name", Place(name, 1, 1), f"'{path.name}' is no name for a spec", hint))
    return False


def _read_file(path: Path, name: str, specs: _Specs) -> None:
    node, found = source.read(path, name)
    specs.faults += found
    if node is None:
        specs.lost.add_text(path.read_text(encoding="utf-8", errors="replace"))
        specs.lost.names.add(pascal(path.stem))
        return
    kind = "shared" if path.stem == SHARED else "resource"
    specs.lost.holes |= {position(fault.place) for fault in found}
    specs.faults += [fault for fault in shape_faults(node, kind) if position(fault.place) not in specs.lost.holes]
    kept = salvaged(node, kind, specs.lost)
    if kept is None:
        specs.lost.names.add(pascal(path.stem))
    else:
        specs.nodes[path.stem] = kept
