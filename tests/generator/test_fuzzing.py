"""What fuzzers are told of an API: every check stays on, and only rules beyond all schemas excuse a refusal."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from generator.frontend import load_project
from generator.manifest import manifest
from generator.pipeline import compile_specs

ROOT = Path(__file__).parents[2]
PROJECTS = {"marketplace": ROOT, "clinic": ROOT / "tests" / "clinic"}


@pytest.fixture(scope="module", params=sorted(PROJECTS))
def root(request: pytest.FixtureRequest) -> Path:
    return PROJECTS[request.param]


@pytest.fixture(scope="module")
def actions(root: Path) -> dict[str, Any]:
    """By operation: what the manifest says of its action."""
    resources = manifest(load_project(root))["resources"].values()
    found = [each for resource in resources for each in resource.get("actions", {}).values()]
    return {f"{method} {each['url'].rstrip('/') or '/'}": each for each in found for method in each["methods"]}


@pytest.fixture(scope="module")
def settings(root: Path) -> dict[str, Any]:
    return tomllib.loads(compile_specs(root).tree["schemathesis.toml"])


def test_nothing_is_switched_off(settings: dict[str, Any]) -> None:
    assert set(settings) == {"warnings", "phases", "operations"}
    assert set(settings["phases"]) == {"stateful"}
    assert "enabled" not in settings["phases"]["stateful"]
    assert len(settings["warnings"]["display"]) == 15
    for each in settings["operations"]:
        assert set(each) == {"include-name", "checks"}
        assert set(each["checks"]) == {"positive_data_acceptance"}
        assert set(each["checks"]["positive_data_acceptance"]) == {"expected-statuses"}


def test_only_what_has_rules_beyond_its_schema_may_refuse_valid_requests(
    settings: dict[str, Any], actions: dict[str, Any]
) -> None:
    usual = {"2xx", "3xx", "401", "403", "404", "409", "429", "5xx"}
    excused = {
        each["include-name"]: set(each["checks"]["positive_data_acceptance"]["expected-statuses"])
        for each in settings["operations"]
    }
    for name, action in actions.items():
        more = {status for key, status in (("unstated", "400"), ("idempotency", "422")) if key in action}
        assert excused.get(name, usual) == usual | more


def test_what_no_schema_can_say() -> None:
    resources = manifest(load_project(ROOT))["resources"]
    product = resources["Product"]["actions"]
    assert set(product["list"]["unstated"]) == {"cursor"}
    assert set(product["create"]["unstated"]) == {
        *("category", "original_price", "main_image", "images", "uploaded_images"),
    }
    assert resources["Order"]["actions"]["create"]["unstated"] == {
        "items": "no two of them may have the same product_id"
    }
    assert "unstated" not in product["favorite"]
    assert "unstated" not in product["retrieve"]
