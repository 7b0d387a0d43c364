"""The whole marketplace: all rules, and what must hold after each step."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from hypothesis.stateful import invariant

from tests.api.client import eventually, ok
from tests.api.model import shown
from tests.api.model.agreement import differences
from tests.api.model.catalogue_rules import CatalogueRules
from tests.api.model.driver import NOBODY
from tests.api.model.looking_rules import LookingRules
from tests.api.model.order_rules import OrderRules

WHOLE_EVERY = 20
SELLERS = ("sue", "sid", "admin")


class Marketplace(CatalogueRules, OrderRules, LookingRules):
    """Two buyers, two sellers, an administrator and nobody in particular, in front of empty shelves."""

    def __init__(self, *more: Any) -> None:
        super().__init__(*more)
        self.taken = -1  # what must hold is also asked before the first step

    @invariant()
    def all_is_well(self) -> None:
        """Nothing is lost in the model, and the server agrees: in part after each step, in whole now and then."""
        self.taken += 1
        self.world.steps += self.taken > 0
        self.count_stock()
        if self.taken % WHOLE_EVERY == WHOLE_EVERY - 1:
            self.compare_everything()
        elif self.taken % 2:
            self.compare_shelf(NOBODY, SELLERS[self.taken // 2 % len(SELLERS)])
        else:
            self.compare_cart([*self.present][self.taken // 2 % len(self.present)])

    def count_stock(self) -> None:
        """What the sellers put in stock is there, or in an order that holds it; totals are those of the lines."""
        held = [line for order in self.market.orders if order.holds_stock for line in order.lines]
        sold = [line for order in self.market.orders if order.is_sold for line in order.lines]
        for product in self.market.products:
            out = sum(line.quantity for line in held if line.product is product)
            assert product.stock == product.supply - out >= 0
            mine = [line for line in sold if line.product is product]
            assert product.sold == sum(line.quantity for line in mine)
            assert product.revenue == sum((line.total for line in mine), Decimal(0))

    def teardown(self) -> None:
        """The whole once more, with what is counted in the background."""
        self.world.reached.update(*(each.been for each in self.market.orders))
        if self.agrees:
            self.compare_everything()
            for seller in ("sue", "sid"):  # administrators see everybody's
                self.compare_counts(seller)

    # --- what can be seen of the model ----------------------------------------------------------

    def compare_everything(self) -> None:
        """All that anybody can see."""
        for who in self.present:
            self.all_orders(who)
            self.compare_cart(who)
            self.compare_favorites(who)
        for seller in SELLERS:
            self.compare_shelf(seller, seller)
            self.compare_own(seller)
            self.dashboard(seller)
            self.seller_page(NOBODY, seller)

    def compare_shelf(self, who: str, seller: str) -> None:
        """What a seller offers."""
        offered = [each for each in self.market.products_of(self.present[seller]) if each.active]
        expected = [shown.product(self.market, self.people[who], each) for each in shown.newest(offered)]
        self.see(who, "products/", expected, seller=self.present[seller].id, page_size=100)

    def compare_own(self, seller: str) -> None:
        """What a seller sees of everything they ever offered."""
        own = self.market.products_of(self.present[seller])
        expected = [shown.product(self.market, self.present[seller], each) for each in shown.newest(own)]
        self.see(seller, "products/my_products/", expected, page_size=100)

    def compare_cart(self, who: str) -> None:
        """What is in a cart."""
        self.see(who, "cart/", shown.cart(self.market, self.present[who]))

    def compare_favorites(self, who: str) -> None:
        """What somebody wants to find again."""
        self.see(who, "products/favorites/", shown.favorites(self.market, self.present[who]), page_size=100)

    def compare_counts(self, seller: str) -> None:
        """All figures of a seller's products; some are counted in the background."""
        expected = {
            each.id: shown.figures(self.market, each, counted=True)
            for each in self.market.products_of(self.present[seller])
        }

        def wrong() -> list[str]:
            found = {each["product"]: each for each in ok(self.callers[seller].get("metrics/", page_size=100))}
            return [
                *differences(found, expected),
                *(f"{each} is not theirs" for each in found.keys() - expected.keys()),
            ]

        eventually(wrong, [])
