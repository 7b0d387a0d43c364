"""A short run of what `make fuzz` does at length."""

from __future__ import annotations

from pathlib import Path

from tests.fuzz.replay import report, run
from tests.support.postgres import Postgres


def test_both_databases_answer_the_same(postgres: Postgres, tmp_path: Path) -> None:
    outcome = run(postgres, tmp_path, seeds=[1], examples=1, short=True)
    told = "\n".join([*report(outcome), *outcome.findings.differing[:5]])
    assert outcome.is_good, told
    assert outcome.findings.total > 500, told
    assert outcome.findings.share(writes=True) > 0.05, told
