"""Model → what each generated file says, as frozen values. Deriving never fails: the rules came before."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from generator.diagrams import entities, states
from generator.fuzzing import FuzzingPlan, plan_fuzzing
from generator.manifest import manifest
from generator.model import Model, Resource
from generator.openapi.document import openapi
from generator.permissions import PermissionsPlan, plan_permissions
from generator.plans.actor import plan_actor
from generator.plans.app import plan_app
from generator.plans.errors import plan_errors
from generator.plans.files import plan_attachments
from generator.plans.inputs import plan_inputs, shared_results
from generator.plans.machines import plan_machine
from generator.plans.models import plan_model
from generator.plans.module import Module
from generator.plans.policies import plan_policies
from generator.plans.reads import plan_reads
from generator.plans.routes import plan_routes
from generator.plans.rules import plan_rules

# What each resource has, and what there is once.
OF_RESOURCE: tuple[Callable[[Model, Resource], Module | None], ...] = (
    plan_model,
    plan_inputs,
    plan_rules,
    plan_reads,
    plan_machine,
    plan_routes,
)
OF_API: tuple[Callable[[Model], Module | None], ...] = (
    plan_actor,
    plan_policies,
    plan_errors,
    plan_attachments,
    shared_results,
    plan_app,
)
PACKAGES = {
    "": "What the specs in spec/ say, as a program.",
    "models/": "The tables as the ORM sees them.",
    "inputs/": "What operations take and hooks answer.",
    "rules/": "What must hold of every row.",
    "reads/": "The statements.",
    "machines/": "The lives of records.",
    "routes/": "The operations.",
}


@dataclass(frozen=True, slots=True)
class Plan:
    """All files: Python modules to be rendered, a page of Markdown, what fuzzers are told, and texts that are known."""

    modules: tuple[Module, ...]
    permissions: PermissionsPlan
    fuzzing: FuzzingPlan
    texts: Mapping[str, str]


def plan(model: Model, migrations: Mapping[str, str]) -> Plan:
    """Everything below `generated/`."""
    modules, described = tuple(_modules(model)), manifest(model)
    texts = {
        "openapi.json": _json(openapi(model)),
        "manifest.json": _json(described),
        "diagrams/entities.mmd": entities(model),
    }
    texts |= {f"diagrams/{each.stem}.mmd": states(each.machine) for each in model.resources if each.machine}
    return Plan(modules, plan_permissions(model), plan_fuzzing(described), texts | dict(migrations))


def _modules(model: Model) -> Iterator[Module]:
    found = [make(model) for make in OF_API]
    found += [make(model, resource) for resource in model.resources for make in OF_RESOURCE]
    modules = [module for module in found if module]
    yield from modules
    folders = {module.path.rpartition("/")[0] for module in modules}
    for path, summary in PACKAGES.items():
        if path.rstrip("/") in folders:
            yield Module(f"{path}__init__.py", "package.py", "spec/", summary, None)


def _json(document: object) -> str:
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"
