"""What a cursor looks like: an example for each list, a position before all its records in its own order."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping

from generator.members import key_of
from generator.model import Model, Resource
from generator.reads.compiler import SORT_TYPES
from generator.reads.rows import top_rows
from generator.reads.values import Values
from generator.sql.dialects import DIALECTS

# By the type of what is ordered by: a value that is as low, and one that is as high, as any that will be met.
EXTREMES: Mapping[str, tuple[object, object]] = {
    "string": ("", "~"),
    "slug": ("", "~"),
    "email": ("", "~"),
    "url": ("", "~"),
    "enum": ("", "~"),
    "id": (0, 2**63 - 1),
    "integer": (0, 2**31 - 1),
    "counter": (0, 2**31 - 1),
    "money": (0, 2**31 - 1),
    "boolean": (False, True),
    "uuid": ("00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff"),
    "datetime": ("0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z"),
    "created": ("0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z"),
    "updated": ("0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z"),
    "date": ("0001-01-01", "9999-12-31"),
}


def cursor_example(model: Model, resource: Resource) -> str:
    """A cursor as the server writes it: JSON of the order, the direction and the sort values, in base64url."""
    values = Values(model, DIALECTS[0])
    key, steps = key_of(resource), []
    for step in resource.sort.default:
        kind = values.member(top_rows(resource), step.removeprefix("-")).type
        steps.append((step, SORT_TYPES.get(kind, kind)))
    if key.name not in {step.removeprefix("-") for step, _ in steps}:
        steps.append((steps[-1][0] if steps else "", key.type))
    row = [EXTREMES[kind][step.startswith("-")] for step, kind in steps]
    document = json.dumps([",".join(resource.sort.default), 0, *row], separators=(",", ":"))
    return base64.urlsafe_b64encode(document.encode()).decode().rstrip("=")
