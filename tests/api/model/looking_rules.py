"""What people look at without changing anything."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import rule

from tests.api.model import shown
from tests.api.model.driver import ANYBODY, Driver, products
from tests.api.model.market import Order, Person, Product, Refusal, known, merchant
from tests.api.model.order_rules import PAYMENTS, STATES

FILTERS = st.fixed_dictionaries({}, optional={"status": st.one_of(st.just("all"), STATES), "payment_status": PAYMENTS})


class LookingRules(Driver):
    """Lists and figures."""

    @rule(who=ANYBODY, filters=FILTERS)
    def list_orders(self, who: str, filters: dict[str, str]) -> None:
        """List the orders that can be seen, those bought, and those to send."""
        self.all_orders(who, **filters)

    @rule(who=ANYBODY)
    def dashboard(self, who: str) -> None:
        """Look at the figures of all that one offers."""
        does = lambda: shown.dashboard(self.market, merchant(self.people[who]))  # noqa: E731
        self.ask(who, "GET", "metrics/dashboard_metrics/", does)

    @rule(who=ANYBODY, product=products)
    def product_page(self, who: str, product: Product) -> None:
        """Look at the figures of a product."""

        def does() -> Any:
            person = merchant(self.people[who])
            if person is not product.seller and person.role != "admin":
                raise Refusal(404, "NOT_FOUND")
            return shown.product_page(self.market, product)

        self.ask(who, "GET", f"metrics/product_metrics/{product.slug}/", does)

    @rule(who=ANYBODY, seller=st.sampled_from(["sue", "sid", "ann"]))
    def seller_page(self, who: str, seller: str) -> None:
        """Look at what everybody can see of a seller."""

        def does() -> Any:
            if self.present[seller].role == "buyer":
                raise Refusal(404, "NOT_FOUND")
            return shown.seller_page(self.market, self.people[who], self.present[seller])

        self.ask(who, "GET", f"sellers/{self.present[seller].id}/", does)

    def all_orders(self, who: str, **filters: str) -> None:
        """Compare the three lists of orders."""
        person = self.people[who]

        def found() -> list[Order]:
            visible = self.market.orders_seen(known(person))
            status, payment = filters.get("status", "all"), filters.get("payment_status")
            fitting = [each for each in visible if status in ("all", each.status)]
            return shown.newest(each for each in fitting if payment in (None, each.payment))

        bought = lambda: [each for each in found() if each.buyer is person]  # noqa: E731
        sold = lambda: [each for each in found() if merchant(person) in each.sellers]  # noqa: E731
        self.list_of("orders/", who, found, shown.order, filters)
        self.list_of("orders/my_orders/", who, bought, shown.order, filters)
        self.list_of("orders/seller_orders/", who, lambda: (merchant(person), sold())[1], shown.sellers_order, filters)

    def list_of(
        self,
        path: str,
        who: str,
        does: Callable[[], list[Order]],
        shows: Callable[[Person, Order], Any],
        filters: dict[str, str],
    ) -> None:
        """Compare a list of orders; an administrator's begins with this example."""
        query = {"created_after": self.began, "page_size": "100"} | filters
        every = lambda orders: [shows(known(self.people[who]), each) for each in orders]  # noqa: E731
        self.ask(who, "GET", path, does, every, params=query)
