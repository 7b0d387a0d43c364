"""What generated modules say of one another fits together, where no golden case shows it."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.frontend import load
from generator.model import Model
from generator.plans.actor import plan_actor
from generator.plans.app import plan_app
from generator.plans.policies import plan_policies
from generator.plans.routes import plan_routes
from generator.reads.compiler import reads_of

SHARED = """
api: {title: Library, version: 1.0.0, base: /api}
actor: {resource: Reader}
policies:
  trusted: actor.deposit >= 10 and actor.rate < 2 and (actor.joined_on is null or actor.joined_on == actor.joined_on)
"""
READER = """
resource: Reader
path: readers
fields:
  id:        {type: uuid}
  name:      {type: string, max_length: 50, required: true}
  deposit:   {type: money, default: 0}
  rate:      {type: decimal, places: 3, default: 1}
  joined_on: {type: date, nullable: true}
representations:
  full: [id, name]
  short: [id]
actions:
  retrieve: {policy: trusted, returns: full}
  enrol:    {kind: action, policy: trusted, returns: {200: full, 201: full}}
"""


AGGREGATES = """
relations:
  friend: {belongs_to: Reader, inverse: friends, nullable: true}
computed:
  tie: actor.rate * deposit
aggregates:
  namesakes: {exists: friends, where: actor is not null and name == actor.name}
  ties: {sum: friends.tie}
representations:"""


def loaded(tmp_path: Path, shared: str, reader: str) -> Model:
    """The model of two specs."""
    folder = tmp_path / "spec"
    folder.mkdir()
    (folder / "_shared.yaml").write_text(shared, encoding="utf-8")
    (folder / "reader.yaml").write_text(reader, encoding="utf-8")
    model, faults = load(folder)
    assert model is not None, faults
    return model


@pytest.fixture
def model(tmp_path: Path) -> Model:
    return loaded(tmp_path, SHARED, READER)


def test_the_runtime_is_told_what_is_stored_in_another_form(model: Model) -> None:
    actor = plan_app(model).plan.actor
    assert 'fields=("id", "deposit", "rate", "joined_on")' in actor.replace("'", '"')
    assert 'types={"deposit": "money", "rate": "decimal", "joined_on": "date"}' in actor.replace("'", '"')
    assert 'places={"deposit": 2, "rate": 3}' in actor.replace("'", '"')


def test_a_policy_compares_the_callers_values(model: Model) -> None:
    trusted = next(each for each in plan_policies(model).plan if each.name == "trusted")
    assert "actor.deposit" in trusted.check


def test_the_caller_has_what_conditions_of_aggregates_ask_for(tmp_path: Path) -> None:
    reader = READER.replace("representations:", AGGREGATES)
    found = plan_actor(loaded(tmp_path, SHARED.replace("actor.rate < 2 and ", ""), reader)).plan
    assert [name for name, _ in found.attributes] == ["id", "name", "deposit", "rate", "joined_on"]


def test_one_representation_under_two_statuses_has_a_read_for_each(model: Model) -> None:
    reader = model.by_name["Reader"]
    module = plan_routes(model, reader)
    assert module is not None
    enrol = next(each for each in module.plan.handlers if each.function == "enrol")
    named = {word for option in enrol.hook.options for word in option.replace("}", " ").replace(",", " ").split()}
    reads = {word.removeprefix("reads.") for word in named if word.startswith("reads.")}
    assert reads == {"ENROL_RESULT_200", "ENROL_RESULT_201"}
    assert reads <= reads_of(model, reader).keys()
