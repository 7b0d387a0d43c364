"""What people do with their carts."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import multiple, rule

from tests.api.model import selling, shown
from tests.api.model.driver import ANYBODY, BUYERS, CUSTOMERS, FEW, UNKNOWN, Driver, items, products
from tests.api.model.market import CartLine, Product

QUANTITIES = st.one_of(FEW, FEW, st.just(10_000))


class CartRules(Driver):
    """Filling carts and emptying them."""

    @rule(target=items, who=BUYERS, product=st.one_of(products, products, products, st.none()), quantity=QUANTITIES)
    def add_item(self, who: str, product: Product | None, quantity: int) -> Any:
        """Put a product into a cart, or more of it."""
        made = self.ask(
            who,
            "POST",
            "cart/add_item/",
            lambda: selling.add_item(self.market, self.people[who], product, quantity),
            lambda added: {"success": True, "was_created": added[1], "item": shown.item(self.market, added[0])},
            status=lambda added: 201 if added[1] else 200,
            binds=_takes_key,
            json={"product_id": product.id if product else UNKNOWN, "quantity": quantity},
        )
        return multiple() if made is None else made[0]

    @rule(target=items, who=CUSTOMERS, product=products, quantity=FEW)
    def shop(self, who: str, product: Product, quantity: int) -> Any:
        """Put something into a cart that can mostly be had."""
        return self.add_item(who, product, quantity)

    @rule(who=BUYERS, item=items, quantity=st.one_of(FEW, st.sampled_from([-1, 0, 40, 10_000])))
    def update_item(self, who: str, item: CartLine, quantity: int) -> None:
        """Say how many there should be."""
        self.ask(
            who,
            "PATCH",
            "cart/update_item/",
            lambda: selling.update_item(self.market, self.people[who], item, quantity),
            lambda line: {"success": True, "item": shown.item(self.market, line) if line else None},
            json={"item_id": item.id, "quantity": quantity},
        )

    @rule(who=BUYERS, item=items, by=st.sampled_from(["json", "params"]))
    def remove_item(self, who: str, item: CartLine, by: str) -> None:
        """Take an item out, by body or by query."""
        does = lambda: selling.remove_item(self.market, self.people[who], item)  # noqa: E731
        self.ask(who, "DELETE", "cart/remove_item/", does, **{by: {"item_id": item.id}})

    @rule(who=BUYERS)
    def clear(self, who: str) -> None:
        """Take everything out."""
        self.ask(who, "DELETE", "cart/clear/", lambda: selling.clear(self.market, self.people[who]))

    @rule(who=BUYERS, item=items)
    def update_item_status(self, who: str, item: CartLine) -> None:
        """Say a status and hear it again."""
        self.ask(
            who,
            "PATCH",
            "cart/update_item_status/",
            lambda: selling.echo(self.market, self.people[who], item, "for later"),
            json={"item_id": item.id, "status": "for later"},
        )

    @rule(who=ANYBODY)
    def validate_stock(self, who: str) -> None:
        """Ask whether the cart could be bought now."""
        does = lambda: selling.validate_stock(self.market, self.people[who])  # noqa: E731
        self.ask(who, "POST", "cart/validate_stock/", does)


def _takes_key(added: tuple[CartLine, bool], answer: dict[str, Any]) -> None:
    added[0].id = answer["item"]["id"]
