"""The marketplace and a plain model of it answer the same, whoever does what in whatever order.

`AGORA_TEST_STEPS=20000 pytest tests/api/model` takes that many steps on each database, at random instead of the same
ones each time.
"""

from __future__ import annotations

import itertools
import os
import secrets
from collections.abc import Callable, Iterator

import pytest
from hypothesis import HealthCheck, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.api.client import Caller, ok
from tests.api.conftest import client_of
from tests.api.model.driver import World
from tests.api.model.machine import Marketplace
from tests.api.model.ordering import TABLE
from tests.support.servers import ROOT, running

STEPS = 1_400  # some of them dull: Hypothesis begins with its simplest example, twice for each seed
EACH = 50  # steps of one example
EXAMPLES = 10  # of one seed: with more of them Hypothesis begins to vary those that it has had
RANDOM_STEPS = os.environ.get("AGORA_TEST_STEPS")


@pytest.fixture
def world(new_database: Callable[[], str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """A marketplace of its own, where the same visitor counts once for as long as this lasts."""
    folder = tmp_path_factory.mktemp("model")
    with running(ROOT, new_database(), folder, AGORA_TRACK_ONCE_SECONDS="86400") as server, client_of(server) as http:
        nobody = Caller(http)
        yield World(nobody, server.database, ok(nobody.get("categories/"))[0]["id"])


@pytest.mark.promise("7.53", "7.65", "8.07", "8.18")
def test_the_server_and_the_model_agree(world: World) -> None:
    steps = int(RANDOM_STEPS or STEPS)
    seeds = (secrets.randbits(64) for _ in itertools.count()) if RANDOM_STEPS else itertools.count(1)
    while world.steps < steps:
        explore(world, next(seeds))
    assert world.steps >= STEPS or RANDOM_STEPS
    assert world.reached == {"pending_payment", *(each.target for each in TABLE)} or RANDOM_STEPS


def explore(world: World, seeded: int) -> None:
    """Some examples; the same for the same seed."""
    run_state_machine_as_test(
        seed(seeded)(lambda: Marketplace(world)),
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=EACH,
            database=None,
            deadline=None,
            print_blob=True,
            suppress_health_check=list(HealthCheck),
        ),
    )
