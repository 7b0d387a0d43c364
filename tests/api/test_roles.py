"""Every cell of role × operation, and of role × transition, is as the specs declare it.

What is expected is read from the manifest; what is written here is how a valid request is made. An operation for which
that is not written fails.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pytest

from tests.api.client import PASSWORD, Caller, ok, register, unique
from tests.api.conftest import NewProduct, offer
from tests.api.images.steps import part, picture
from tests.api.roles import (
    CELLS,
    MANIFEST,
    ORDER,
    PASSES,
    ROLES,
    Cell,
    Operation,
    Parameters,
    Person,
    Scene,
    cells,
    expected,
    holds,
    operations,
    policy,
)
from tests.api.shopping import ADDRESS


@pytest.fixture(scope="session")
def people(nobody: Caller, admin: Caller) -> dict[str, Person]:
    """One or two of each role."""
    new = [name for name in ROLES if name not in ("nobody", "admin")]
    return {name: Person(name, register(nobody, ROLES[name])) for name in new} | {"admin": Person("admin", admin)}


@pytest.fixture
def scene(
    people: dict[str, Person], nobody: Caller, new_product: NewProduct, categories: dict[str, Any]
) -> Iterator[Scene]:
    """Everything that a request can be about; carts are as empty afterwards as before."""
    yield Scene(people, nobody, new_product, categories)
    for each in people.values():
        ok(each.caller.delete("cart/clear/"))


# --- how valid requests are made --------------------------------------------------------------

Make = Callable[[Scene], tuple[Parameters, Any]]


@dataclass(frozen=True)
class Form:
    """A form that brings one picture."""

    name: str


def _order(body: Any = None, status: str = "pending_payment") -> Make:
    return lambda scene: ({"id": scene.order(status)["id"]}, body)


def _product(body: Any = None) -> Make:
    return lambda scene: ({"slug": scene.product()["slug"]}, body)


def _review(body: Any = None) -> Make:
    return lambda scene: (scene.review(), body)


def _image(body: Any = None) -> Make:
    def make(scene: Scene) -> tuple[Parameters, Any]:
        image = scene.image()
        return {"slug": image["slug"], "id": str(image["id"])}, body

    return make


def _deleting(scene: Scene) -> tuple[Parameters, Any]:
    image = scene.image()
    return {"slug": image["slug"]}, {"image_key": image["s3_key"]}


def _portrait(scene: Scene) -> tuple[Parameters, Any]:
    scene.portrait()
    return {}, None


def _item(**more: Any) -> Make:
    return lambda scene: ({}, {"item_id": scene.item()} | more)


def _simply(scene: Scene) -> tuple[Parameters, Any]:
    return {}, None


def _checkout(scene: Scene) -> tuple[Parameters, Any]:
    scene.item()
    return {}, {"shipping_address": ADDRESS}


def _placing(scene: Scene) -> tuple[Parameters, Any]:
    return {}, {"shipping_address": ADDRESS, "items": [{"product_id": scene.goods()["id"], "quantity": 1}]}


def _figures(scene: Scene) -> tuple[Parameters, Any]:
    page = ok(scene.of("seller").get(f"metrics/product_metrics/{scene.product()['slug']}/"))
    return {"id": page["product_metrics"]["id"]}, None


def _account(scene: Scene) -> tuple[Parameters, Any]:
    name = unique("somebody")
    return {}, {"username": name, "email": f"{name}@example.org", "password": PASSWORD}


def _credentials(scene: Scene) -> tuple[Parameters, Any]:
    return {}, {"username": scene.of("buyer").account["username"], "password": PASSWORD}


def _refresh(scene: Scene) -> tuple[Parameters, Any]:
    return {}, {"refresh": ok(scene.nobody.post("/api/auth/token/", _credentials(scene)[1]))["refresh"]}


CALLS: dict[str, Make] = {
    "Cart.retrieve": _simply,
    "Cart.add_item": lambda scene: ({}, {"product_id": scene.goods()["id"]}),
    "Cart.update_item": _item(quantity=2),
    "Cart.remove_item": _item(),
    "Cart.clear": _simply,
    "Cart.update_item_status": _item(status="for later"),
    "Cart.validate_stock": _simply,
    "Cart.checkout": _checkout,
    "Category.list": _simply,
    "Category.retrieve": lambda scene: ({"slug": scene.categories["Notebooks"]["slug"]}, None),
    "Category.products": lambda scene: ({"slug": scene.categories["Notebooks"]["slug"]}, None),
    "Favorite.list": _simply,
    "Order.list": _simply,
    "Order.retrieve": _order(),
    "Order.create": _placing,
    "Order.update": _order({"buyer_notes": "Ring twice."}),
    "Order.delete": _order(),
    "Order.my_orders": _simply,
    "Order.seller_orders": _simply,
    # Both are open to all parties of an order in this state.
    "Order.update_status": _order({"status": "cancelled"}, "payment_confirmed"),
    "Order.update_order_status": _order({"status": "cancelled"}, "payment_confirmed"),
    "Order.process_order": _order(None, "payment_confirmed"),
    "Order.cancel_order": _order({"cancellation_reason": "Sold out."}),
    "Order.update_carrier_code": _order({"carrier_code": "ctt"}, "payment_confirmed"),
    "Order.update_tracking": _order({"tracking_number": "T1"}, "payment_confirmed"),
    "Order.tracking_info": _order(),
    "Product.list": _simply,
    "Product.retrieve": _product(),
    "Product.create": lambda scene: ({}, offer(dict(scene.categories))),
    "Product.update": _product({"price": "5.00"}),
    "Product.replace": lambda scene: ({"slug": scene.product()["slug"]}, offer(dict(scene.categories))),
    "Product.delete": _product(),
    "Product.my_products": _simply,
    "Product.favorite": _product(),
    "Product.measured": lambda scene: ({"product_slug": scene.product()["slug"]}, None),
    "Product.click": _product(),
    "Product.images": _product(),
    "Product.main_image": _product(),
    "Product.images_with_presigned_urls": _product(),
    "ProductImage.retrieve": _image(),
    "ProductImage.update": _image({"order": 3}),
    "ProductImage.replace": _image({"order": 3}),
    "ProductImage.delete": _image(),
    "ProductImage.create": _product(Form("image")),
    "ProductImage.upload_image": _product(Form("image")),
    "ProductImage.delete_image": _deleting,
    "ProductImage.delete_all_images": _product(),
    "ProductMetrics.list": _simply,
    "ProductMetrics.retrieve": _figures,
    "Review.list": _product(),
    "Review.create": _product({"rating": 4}),
    "Review.add_review": _product({"rating": 4}),
    "Review.retrieve": _review(),
    "Review.update": _review({"rating": 4}),
    "Review.replace": _review({"rating": 4}),
    "Review.delete": _review(),
    "User.register": _account,
    "User.token": _credentials,
    "User.refresh_token": _refresh,
    "User.me": _simply,
    "User.update_me": lambda scene: ({}, {"first_name": "Marta"}),
    "User.profile_picture": _simply,
    "User.upload_profile_picture": lambda scene: ({}, Form("profile_picture")),
    "User.update_profile_picture": lambda scene: ({}, Form("image")),
    "User.delete_profile_picture": _portrait,
    "User.seller": lambda scene: ({"seller_id": str(scene.of("seller").id)}, None),
    "User.dashboard_metrics": _simply,
}
# For these the policy lets in more people than the transition behind them does.
BY_TRANSITION = {
    str(each): MANIFEST["resources"][each.resource]["state_machine"]["transitions"][each.action["transition"]]
    for each in operations()
    if "transition" in each.action
}


def test_a_valid_request_is_known_for_every_operation() -> None:
    assert {str(each) for each in operations()} == set(CALLS)


@pytest.mark.promise(
    "1.49", "1.50", "2.11", "3.50", "3.53", "3.59", "4.21", "5.13", "5.14", "7.15", "7.36", "7.39", "7.62", "7.63"
)
@pytest.mark.parametrize(
    ("operation", "cell"), [(each, cell) for each in operations() for cell in cells(each)], ids=str
)
def test_every_role_and_operation(operation: Operation, cell: Cell, scene: Scene) -> None:
    scene.cell = cell
    facts = scene.facts(operation.resource)
    outcome = expected(operation, scene.caller, facts)
    step = BY_TRANSITION.get(str(operation))
    if outcome == PASSES and step and not holds(policy(operation.resource, step["by"]), scene.caller, facts):
        outcome = 403
    check(scene, operation, outcome)


def sent(body: Any) -> dict[str, Any]:
    """A body as httpx takes it."""
    if isinstance(body, Form):
        return {"files": {body.name: part(picture())}}
    return {} if body is None else {"json": body}


def check(scene: Scene, operation: Operation, outcome: int | str) -> None:
    """Send a valid request and see what becomes of it."""
    parameters, body = CALLS[str(operation)](scene)
    url = operation.action["url"].format(**parameters)
    answer = scene.of(scene.cell.caller).request(operation.method, url, **sent(body))
    if outcome == PASSES:
        assert answer.is_success, answer.text
    else:
        assert answer.status_code == outcome, answer.text


# --- transitions ------------------------------------------------------------------------------

UNPAID = {"payment_status": "failed"}


@dataclass(frozen=True)
class Way:
    """A transition from one of its states, by one of the routes that make it."""

    transition: str
    source: str
    route: str

    def __str__(self) -> str:
        return f"{self.source}-{self.transition}-{self.route}"

    @property
    def declared(self) -> Mapping[str, Any]:
        """What the spec says of it."""
        found: Mapping[str, Any] = ORDER["transitions"][self.transition]
        return found

    @property
    def body(self) -> Any:
        """A valid request for it."""
        if "transition" not in MANIFEST["resources"]["Order"]["actions"][self.route]:
            return {ORDER["field"]: self.declared["to"]}
        return dict.fromkeys(self.declared.get("requires", {}), "Sold out.") or None


def ways() -> Iterator[Way]:
    """Every transition from each of its states by each route that can make it."""
    for route, action in MANIFEST["resources"]["Order"]["actions"].items():
        if action["kind"] == "transition":
            for name, declared in ORDER["transitions"].items():
                if action.get("transition", name) == name and ("transition" in action or "requires" not in declared):
                    yield from (Way(name, source, route) for source in declared["from"])


@pytest.mark.promise("7.41", "7.43", "7.48", "7.49", "7.50", "7.51", "7.52", "7.54")
@pytest.mark.parametrize("way", [*ways()], ids=str)
def test_every_role_and_transition(way: Way, scene: Scene) -> None:
    made: dict[str, dict[str, Any]] = {}  # by customer: what was refused is as it was
    for cell in CELLS:
        scene.cell = cell
        about = made[cell.customer] = made.get(cell.customer) or scene.order(way.source)
        caller = scene.of(cell.caller)
        asked = caller.request("PATCH", f"orders/{about['id']}/{way.route}/", **sent(way.body))
        outcome = transition_outcome(scene, way)
        assert asked.status_code == (200 if outcome == PASSES else outcome), f"{cell}: {asked.text}"
        now = ok(scene.of("admin").get(f"orders/{about['id']}/"))[ORDER["field"]]
        assert now == (way.declared["to"] if outcome == PASSES else way.source), str(cell)
        if outcome == PASSES:
            del made[cell.customer]


@pytest.mark.promise("7.55")
@pytest.mark.parametrize("way", [each for each in ways() if "when" in each.declared], ids=str)
def test_guards_hold_for_everybody(way: Way, scene: Scene) -> None:
    about = scene.order(way.source)
    ok(scene.of("admin").patch(f"orders/{about['id']}/", UNPAID))
    for cell in CELLS:
        if cell.customer == "buyer":
            scene.cell = cell
            asked = scene.of(cell.caller).request("PATCH", f"orders/{about['id']}/{way.route}/", **sent(way.body))
            outcome = transition_outcome(scene, way)
            assert asked.status_code == (409 if outcome == PASSES else outcome), f"{cell}: {asked.text}"
            assert asked.json()["code"] == "PAYMENT_REQUIRED" or outcome != PASSES


def transition_outcome(scene: Scene, way: Way) -> int | str:
    """What the route's policy, the record's visibility and the transition's own policy make of a request."""
    route = next(each for each in operations() if (each.resource, each.name) == ("Order", way.route))
    facts = scene.facts("Order")
    outcome = expected(route, scene.caller, facts)
    if outcome == PASSES and not holds(policy("Order", way.declared["by"]), scene.caller, facts):
        return 403
    return outcome
