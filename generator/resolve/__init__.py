"""Nodes → Model: every default filled in, every name looked up as far as that is possible without judging it.

said.py       reading nodes whose shape is known
mixins.py     shared parts, merged into the nodes
draft.py      what a resource tells the others
fields.py relations.py derived.py shown.py inputs.py queries.py    one concern each
files.py    what file fields hold, and which forms bring files
machines.py urls.py actions.py words.py    where actions stand, what they take, do and answer
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from generator.diagnostics import Diagnostic, Related
from generator.model import ActorSpec, Api, Enum, Field, HasMany, Model, Resource, Seeds
from generator.resolve import derived, queries, relations
from generator.resolve.actions import actions
from generator.resolve.draft import Draft, Findings, World
from generator.resolve.fields import fields_under
from generator.resolve.files import attachments, siblings
from generator.resolve.inputs import named_inputs
from generator.resolve.machines import guards, machine
from generator.resolve.mixins import with_mixins
from generator.resolve.said import entries, items, said, text, texts_of
from generator.resolve.shown import representations
from generator.specs.nodes import MapNode, Node, place_of, plain

__all__ = ["Findings", "resolve"]

DEFAULT_LOOKUP = "id"


def resolve(
    shared: MapNode, resources: Mapping[str, MapNode], findings: Findings
) -> tuple[Model, Mapping[str, MapNode]]:
    """The model, and by stem the nodes that it was made of, with mixins merged in."""
    enums = {key.text: Enum(key.text, texts_of(value), key.place) for key, value in entries(shared, "enums")}
    values = {name: each.values for name, each in enums.items()}
    mixins = {key.text: value for key, value in entries(shared, "mixins")}
    nodes = {stem: with_mixins(node, mixins, findings) for stem, node in sorted(resources.items())}
    drafts = _drafts(nodes, values, findings)
    objects = {
        key.text: fields_under(said(shared, "objects"), key.text, values) for key, _ in entries(shared, "objects")
    }
    api = _api(shared)
    world = World(api.base, drafts, values, objects, findings)
    found = tuple(_resource(world, draft) for draft in sorted(drafts.values(), key=lambda each: each.stem))
    model = Model(
        api=api,
        actor=_actor(shared),
        resources=found,
        policies=derived.policies(shared, findings),
        enums=tuple(enums.values()),
        objects=objects,
        by_name={each.name: each for each in found},
    )
    return model, nodes


def _api(shared: Node) -> Api:
    api = said(shared, "api")
    base = (text(api, "base") or "").rstrip("/")
    return Api(
        title=text(api, "title") or "",
        version=text(api, "version") or "",
        description=text(api, "description") or "",
        base=base,
        place=place_of(shared, "api"),
        contact=_card(api, "contact"),
        license=_card(api, "license"),
    )


def _card(api: Node | None, name: str) -> dict[str, str]:
    node = said(api, name)
    return {key.text: str(text(node, key.text)) for key, _ in node} if isinstance(node, MapNode) else {}


def _actor(shared: Node) -> ActorSpec | None:
    actor = said(shared, "actor")
    if actor is None:
        return None
    return ActorSpec(text(actor, "resource") or "", text(actor, "active"), place_of(actor, "resource"))


# --- drafts -----------------------------------------------------------------------------------


def _drafts(nodes: Mapping[str, MapNode], enums: Mapping[str, tuple[str, ...]], findings: Findings) -> dict[str, Draft]:
    """By name, with the relations that others imply. Of two resources with one name the first stays."""
    drafts: dict[str, Draft] = {}
    for stem, node in nodes.items():
        draft = _draft(stem, node, enums)
        first = drafts.setdefault(draft.name, draft)
        if first is not draft:
            message = f"there are two resources called '{draft.name}'"
            related = (Related(first.place, "the other one"),)
            findings.faults.append(Diagnostic("duplicate-resource", draft.place, message, None, related))
    for draft in list(drafts.values()):
        for target, inverses in relations.implied(draft.name, draft.belongs_to.values()).items():
            if target in drafts:
                drafts[target] = _with_inverses(drafts[target], inverses)
    return drafts


def _draft(stem: str, node: MapNode, enums: Mapping[str, tuple[str, ...]]) -> Draft:
    return Draft(
        name=text(node, "resource") or "",
        stem=stem,
        node=node,
        place=place_of(node, "resource"),
        path=text(node, "path"),
        lookup=text(node, "lookup") or DEFAULT_LOOKUP,
        parent=text(node, "parent"),
        fields={each.name: _begun(node, each) for each in fields_under(node, "fields", enums)},
        belongs_to=relations.belongs_to(node),
        has_many=relations.has_many(node),
        singleton=text(node, "singleton"),
    )


def _begun(node: Node, field: Field) -> Field:
    """A state begins as the state machine says; a misspelt one is told there."""
    machine = said(node, "state_machine")
    initial = text(machine, "initial")
    if text(machine, "field") != field.name or field.has_default or field.required or not field.values:
        return field
    return replace(field, has_default=True, default=initial if initial in field.values else field.values[0])


def _with_inverses(draft: Draft, inverses: list[HasMany]) -> Draft:
    """What was said stays as it was said."""
    added = {each.name: each for each in inverses if each.name not in draft.has_many}
    return replace(draft, has_many={**draft.has_many, **added})


# --- resources --------------------------------------------------------------------------------


def _resource(world: World, draft: Draft) -> Resource:
    node, findings = draft.node, world.findings
    inputs = named_inputs(world, draft)
    objects = {
        key.text: fields_under(said(node, "objects"), key.text, world.enums) for key, _ in entries(node, "objects")
    }
    return Resource(
        name=draft.name,
        stem=draft.stem,
        table=draft.stem,
        place=draft.place,
        description=text(node, "description") or "",
        path=draft.path,
        lookup=draft.lookup,
        parent=draft.parent,
        fields=tuple(draft.fields.values()),
        belongs_to=tuple(draft.belongs_to.values()),
        has_many=tuple(draft.has_many.values()),
        computed=derived.computed(node, findings),
        aggregates=derived.aggregates(world, draft),
        invariants=derived.invariants(node, findings),
        identities=derived.identities(node, findings),
        indexes=derived.indexes(node),
        policies=derived.policies(node, findings),
        visible=findings.expression(node, "visible"),
        representations=representations(world, draft),
        inputs=inputs,
        filters=queries.filters(world, draft),
        search=texts_of(said(node, "search")),
        sort=queries.sort(draft),
        pagination=queries.pagination(node),
        actions=actions(world, draft, {each.name or "": each for each in inputs}),
        events=derived.events(node, findings),
        objects=objects,
        seeds=_seeds(node),
        renamed_from=text(node, "renamed_from"),
        singleton=draft.singleton,
        guards=guards(node, findings),
        machine=machine(world, draft),
        accompanies=text(node, "accompanies"),
        metrics=derived.metrics(node, findings),
        attachments=attachments(node),
        siblings=siblings(node),
    )


def _seeds(node: Node) -> Seeds | None:
    seeds = said(node, "seeds")
    if seeds is None:
        return None
    rows = tuple(row for each in items(said(seeds, "rows")) if isinstance(row := plain(each), dict))
    return Seeds(place_of(seeds), rows, text(seeds, "hook"))
