"""How long `agora build` takes, by the number of resources: `python -m tests.bench.build [NUMBER …]`."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path

SHARED = """\
api: {title: Many, version: 1.0.0, base: /many}
actor: {resource: Person, active: is_active}
enums: {Role: [member, admin]}
policies: {admin: actor.role == admin}
"""
PERSON = """\
resource: Person
path: people
fields:
  id: {type: id}
  name: {type: string, max_length: 50, required: true, unique: true}
  role: {type: enum, enum: Role, default: member}
  is_active: {type: boolean, default: true}
representations: {card: [id, name]}
actions:
  retrieve: {policy: public, returns: card}
"""
THING = """\
resource: Thing{number}
path: things{number}
lookup: slug
fields:
  id: {{type: uuid}}
  name: {{type: string, min_length: 1, max_length: 200, required: true, trim: true}}
  slug: {{type: slug, from: name, suffix: true, unique: true}}
  price: {{type: money, min: "0", max: "1000.00", default: "1.00"}}
  kind: {{type: enum, values: [red, green], default: red}}
  is_active: {{type: boolean, default: true}}
  made_at: {{type: created}}
relations:
  owner: {{belongs_to: Person, inverse: things{number}, on_delete: cascade, set: actor}}
{before}
computed:
  is_cheap: price < 10
aggregates:
  {aggregates}
invariants:
  priced: {{check: price > 0 or kind == red, on: price, message: Only red things are free.}}
visible: is_active or owner == actor or actor.role == admin
policies:
  owner: owner == actor or actor.role == admin
representations:
  short: [id, name, slug]
  full: [id, name, slug, price, kind, is_active, is_cheap, made_at, {{owner: card}}{shown}]
inputs:
  writable: [name, price, kind, is_active]
filters:
  min_price: price >= value
  kind: {{where: kind == value, many: true}}
search: [name]
sort: {{fields: [made_at, price, name], default: [-made_at]}}
actions:
  list: {{policy: public, returns: full}}
  retrieve: {{policy: public, returns: full}}
  create: {{policy: authenticated, input: writable, returns: full}}
  update: {{policy: owner, input: writable, returns: full}}
  delete: {{policy: owner}}
"""


def write_specs(project: Path, number: int) -> None:
    """The specs of an API with so many resources, each pointing at the one before, and a person."""
    folder = project / "spec"
    folder.mkdir()
    (folder / "_shared.yaml").write_text(SHARED)
    (folder / "person.yaml").write_text(PERSON)
    for index in range(number):
        (folder / f"thing{index}.yaml").write_text(_thing(index, last=index == number - 1))


def _thing(index: int, *, last: bool) -> str:
    before = f"  before: {{belongs_to: Thing{index - 1}, inverse: after, on_delete: set_null, nullable: true}}"
    return THING.format(
        number=index,
        before=before if index else "",
        shown=", {before: short}" if index else "",
        aggregates="none: {count: owner.things0}" if last else "after_count: {count: after, where: is_active}",
    )


def seconds(number: int) -> float:
    """The wall time of one whole command, the start of Python included."""
    with tempfile.TemporaryDirectory() as folder:
        write_specs(Path(folder), number)
        started = time.perf_counter()
        command = [str(Path(sys.executable).with_name("agora")), "--project", folder, "build"]
        subprocess.run(command, check=True, capture_output=True)
        return time.perf_counter() - started


def main() -> None:
    """Print a line for each size."""
    for number in [int(each) for each in sys.argv[1:]] or [10, 100, 300]:
        print(f"{number:5} resources: {seconds(number):6.2f} s")


if __name__ == "__main__":
    main()
