"""The README tells the truth: what is generated into it is what the code says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from generator.reference import reference
from runtime.settings import VARIABLES

README = Path(__file__).resolve().parents[1] / "README.md"


def between(name: str) -> str:
    """The part of the README between two markers."""
    found = re.search(rf"<!-- {name} -->\n(.*)<!-- /{name} -->", README.read_text(), re.DOTALL)
    assert found, f"README.md has no part {name}"
    return found[1]


def settings_table() -> str:
    """The settings as a Markdown table."""
    rows = [f"| `{each.name}` | {each.documented_default} | {each.meaning} |" for each in VARIABLES]
    return "\n".join(["| variable | default | meaning |", "| --- | --- | --- |", *rows]) + "\n"


def test_the_table_of_settings_is_what_the_code_reads() -> None:
    assert between("settings").strip() == settings_table().strip()


@pytest.mark.parametrize("path", re.findall(r"\]\((?!https?:)([^)#]+)\)", README.read_text()))
def test_links_lead_somewhere(path: str) -> None:
    assert (README.parent / path).exists()


def test_the_language_reference_is_that_of_the_meta_schema() -> None:
    kept = README.parent / "generator" / "schema" / "README.md"
    assert kept.read_text() == reference(), "run: agora reference > generator/schema/README.md"
