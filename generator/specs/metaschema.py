"""The meta-schema: what a spec may say at all. Editors complete from it, the compiler checks with it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import jsonschema_rs

Schema = dict[str, Any]

FOLDER = Path(__file__).parents[1] / "schema"
KINDS = ("resource", "shared")


@dataclass(frozen=True, slots=True)
class MetaSchema:
    """One of the two schemas, twice compiled: `quick` only tells whether, `thorough` tells what is wrong and where."""

    schema: Schema
    quick: jsonschema_rs.Draft7Validator
    thorough: jsonschema.Draft7Validator


@cache
def metaschema(kind: str) -> MetaSchema:
    """The schema of a resource's spec, or of the shared one. What that takes from the other is put into it."""
    schema = read(kind)
    definitions = read("resource")["definitions"]
    whole: Schema = {**schema, "definitions": definitions}
    return MetaSchema(whole, jsonschema_rs.Draft7Validator(whole), jsonschema.Draft7Validator(whole))


def read(kind: str) -> Schema:
    """The schema as it is published, with references into the other file made its own."""
    text = (FOLDER / f"{kind}.schema.json").read_text(encoding="utf-8")
    schema: Schema = json.loads(text.replace('"resource.schema.json#', '"#'))
    return schema
