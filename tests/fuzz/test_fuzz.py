"""A short run of what `make fuzz` does at length: as one kind of caller on each kind of database."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.fuzz.callers import ROLES
from tests.fuzz.run import Settings, run
from tests.fuzz.verdict import Contract
from tests.support.postgres import Postgres
from tests.support.servers import ROOT

SEED, EXAMPLES = 1, 10


@pytest.mark.promise("1.55")
@pytest.mark.parametrize(("database", "role"), [("sqlite", "admin"), ("postgres", "seller")])
def test_nothing_is_found(database: str, role: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    contract = Contract.of(json.loads((ROOT / "generated" / "manifest.json").read_text()))
    caller = next(each for each in ROLES if each.name == role)
    postgres: Postgres | None = request.getfixturevalue("postgres") if database == "postgres" else None
    outcome = run(caller, Settings(SEED, EXAMPLES, database), tmp_path, contract, postgres)
    assert not outcome.verdict.faults, "\n".join([*outcome.verdict.faults, f"see {tmp_path}"])
    assert outcome.verdict.cases > 5000
    assert len(outcome.reach.followed) > len(outcome.reach.links) / 10
