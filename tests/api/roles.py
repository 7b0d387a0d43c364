"""Who may do what, as the manifest declares it, and people of every kind to try it with."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

from tests.api.client import Caller, ok
from tests.api.conftest import NewProduct
from tests.api.images.steps import part, picture
from tests.api.shopping import move, order, put
from tests.support.servers import ROOT

MANIFEST: dict[str, Any] = json.loads((ROOT / "generated" / "manifest.json").read_text(encoding="utf-8"))
ORDER: dict[str, Any] = MANIFEST["resources"]["Order"]["state_machine"]
PASSES = "passes"

Parameters = dict[str, str]


@dataclass(frozen=True)
class Operation:
    """One method of one action."""

    resource: str
    name: str
    method: str
    action: Mapping[str, Any] = field(hash=False, compare=False)

    def __str__(self) -> str:
        return f"{self.resource}.{self.name}"

    @property
    def is_about_a_record(self) -> bool:
        """Whether it can be out of sight."""
        return self.action["on"] == "item" or self.action["kind"] in ("retrieve", "update", "delete")


@dataclass(frozen=True)
class Cell:
    """Somebody who calls, and whose record it is: who bought the order, wrote the review."""

    caller: str
    customer: str = "buyer"

    def __str__(self) -> str:
        return f"{self.caller} (of what {self.customer} did)"


# `seller` sells what `customer` buys and reviews; `trader` has the seller's role, and buys.
ROLES = {
    "nobody": "anonymous",
    "buyer": "buyer",
    "stranger": "buyer",
    "seller": "seller",
    "rival": "seller",
    "trader": "seller",
    "admin": "admin",
}
CELLS = (
    *(Cell(each) for each in ROLES if each != "trader"),
    Cell("trader", "trader"),
    Cell("buyer", "trader"),
    Cell("admin", "admin"),
)


class Person:
    """A caller and their role, as expressions ask for them: the same person is equal to nobody else."""

    def __init__(self, name: str, caller: Caller) -> None:
        self.name, self.caller, self.role = name, caller, ROLES[name]


def operations() -> Iterator[Operation]:
    """All of the API."""
    for resource, declared in MANIFEST["resources"].items():
        for name, action in declared.get("actions", {}).items():
            for method in action["methods"]:
                replaces = method == "PUT" and len(action["methods"]) > 1
                yield Operation(resource, "replace" if replaces else name, method, action)


def cells(operation: Operation) -> tuple[Cell, ...]:
    """Who tries it: everybody, and where it depends on the record also the same role on either side of it."""
    by_record = "by record" in operation.action["allows"].values()
    return CELLS if by_record else tuple(each for each in CELLS if each.customer == "buyer")


def expected(operation: Operation, caller: Person | None, facts: Mapping[str, Any]) -> int | str:
    """What the declared policy makes of a valid request: a status, or that it passes."""
    action = operation.action
    allowed = action["allows"]["anonymous" if caller is None else caller.role]
    if allowed == "no":
        return 401 if caller is None else 403
    if operation.is_about_a_record and not is_seen(operation.resource, caller, facts, action):
        return 404
    if allowed == "by record" and not holds(policy(operation.resource, action["policy"]), caller, facts):
        return 403
    return PASSES


def is_seen(resource: str, caller: Person | None, facts: Mapping[str, Any], action: Mapping[str, Any]) -> bool:
    """Whether a record can be seen, and is among those that the action is about."""
    rules = [MANIFEST["resources"][resource].get("visible")]
    if action["kind"] != "list":
        rules.append(action.get("scope"))
    return all(holds(each, caller, facts) for each in rules if each)


def policy(resource: str, name: str) -> str:
    """The expression of a policy."""
    return str(MANIFEST["resources"][resource].get("policies", {}).get(name) or MANIFEST["policies"][name])


def holds(expression: str, caller: Person | None, facts: Mapping[str, Any]) -> bool:
    """Whether an expression is true of a record. Its language is a subset of Python's, but for the word null."""
    names = {"null": None, "actor": caller or SimpleNamespace(role=None), **dict.fromkeys(["admin"], "admin"), **facts}
    return bool(eval(expression, {"__builtins__": {}}, names))


def way_to(status: str) -> list[str]:
    """The states on the shortest way to one, without transitions that need more than to be asked for."""
    found: dict[str, list[str]] = {ORDER["initial"]: []}
    waiting = [*found]
    while waiting:
        at = waiting.pop(0)
        for each in ORDER["transitions"].values():
            if at in each["from"] and "requires" not in each and each["to"] not in found:
                found[each["to"]] = [*found[at], each["to"]]
                waiting.append(each["to"])
    return found[status]


# --- something to do it to --------------------------------------------------------------------


@dataclass
class Scene:
    """People, and what a request of one of them is about."""

    people: Mapping[str, Person]
    nobody: Caller
    new_product: NewProduct
    categories: Mapping[str, Mapping[str, Any]]
    cell: Cell = CELLS[0]

    @property
    def caller(self) -> Person | None:
        """Who asks."""
        return self.people.get(self.cell.caller)

    def of(self, name: str) -> Caller:
        """Somebody as a client."""
        return self.people[name].caller if name in self.people else self.nobody

    def product(self) -> dict[str, Any]:
        """A product of `seller`."""
        return self.new_product(self.of("seller"), stock_quantity=50)

    def goods(self) -> dict[str, Any]:
        """A product that the caller can buy."""
        return self.new_product(self.of("rival" if self.cell.caller != "rival" else "seller"), stock_quantity=50)

    def item(self) -> int:
        """Something in the caller's cart; anything, if they have none."""
        return int(put(self.of(self.cell.caller), self.goods())["id"]) if self.caller else 1

    def order(self, status: str = "pending_payment") -> dict[str, Any]:
        """An order of `customer` at `seller`, in some state."""
        made = order(self.of(self.cell.customer), (self.product(), 1))
        for step in way_to(status):
            made = move(self.of("admin"), made, step)
        return made

    def image(self) -> dict[str, Any]:
        """An image of a product of `seller`, with the product's slug."""
        slug = self.product()["slug"]
        files = {"image": part(picture())}
        return ok(self.of("seller").request("POST", f"products/{slug}/images/", files=files), 201) | {"slug": slug}

    def portrait(self) -> None:
        """The caller has a profile picture, if they are anybody."""
        if self.caller:
            files = {"image": part(picture())}
            ok(self.caller.caller.request("POST", "profiles/upload_profile_picture/", files=files), 201)

    def review(self) -> Parameters:
        """A review by `customer` of a product of `seller`."""
        slug = self.product()["slug"]
        made = ok(self.of(self.cell.customer).post(f"products/{slug}/reviews/", {"rating": 3}), 201)
        return {"slug": slug, "id": made["id"]}

    def facts(self, resource: str) -> dict[str, Any]:
        """What expressions may ask of the record that a request is about."""
        seller, customer = self.people["seller"], self.people[self.cell.customer]
        product = SimpleNamespace(seller=seller, is_active=True)
        return {
            "Category": {"is_active": True},
            "Order": {"buyer": customer, "sold_by_actor": self.caller is seller},
            "Product": vars(product),
            "ProductImage": {"product": product},
            "ProductMetrics": {"product": product},
            "Review": {"product": product, "reviewer": customer, "is_active": True},
            "User": {"record": self.caller, "is_merchant": True, "is_active": True},
        }.get(resource, {})
