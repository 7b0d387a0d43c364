"""What people do in the catalogue."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import initialize, multiple, rule

from tests.api.model import selling, shown
from tests.api.model.driver import ANYBODY, BUYERS, PRICES, SELLERS, Driver, products, reviews
from tests.api.model.market import MOST_STOCK, Person, Product, Review

STOCK = st.sampled_from([0, 1, 2, 3, 5, 5, 10, 10, 30, 30, 20_000, MOST_STOCK])
CHANGES = st.one_of(
    st.fixed_dictionaries({"price": PRICES}),
    st.fixed_dictionaries({"stock_quantity": STOCK}),
    st.fixed_dictionaries({"is_active": st.booleans()}),
    st.fixed_dictionaries({"price": PRICES, "stock_quantity": STOCK, "is_active": st.just(True)}),
)
RATINGS = st.integers(1, 5)
ROUTES = st.sampled_from(["reviews", "add_review"])


class CatalogueRules(Driver):
    """Products, favourites and reviews."""

    @initialize(target=products, prices=st.lists(PRICES, min_size=4, max_size=4))
    def fill_shelves(self, prices: list[str]) -> Any:
        """Two products of each seller, so that there is something to buy."""
        sellers = ("sue", "sue", "sid", "sid")
        return multiple(*(self.offer(who, price, 10, True) for who, price in zip(sellers, prices, strict=True)))

    @rule(target=products, who=SELLERS, price=PRICES, stock=STOCK, active=st.sampled_from([True, True, True, False]))
    def offer(self, who: str, price: str, stock: int, active: bool) -> Any:
        """Offer a product."""
        name = f"Thing {len(self.market.products) + 1}"
        body = {
            "name": name,
            "description": "Just so.",
            "category": self.world.category,
            "price": price,
            "stock_quantity": stock,
            "is_active": active,
        }
        made = self.ask(
            who,
            "POST",
            "products/",
            lambda: selling.offer(self.market, self.people[who], name, Decimal(price), stock, active),
            lambda product: self.product_shown(who, product),
            status=201,
            binds=_takes_keys,
            json=body,
        )
        return multiple() if made is None else made

    @rule(who=SELLERS, product=products, changes=CHANGES)
    def change(self, who: str, product: Product, changes: dict[str, Any]) -> None:
        """Change a product's price, stock, or whether it is offered."""
        meant = changes | ({"price": Decimal(changes["price"])} if "price" in changes else {})
        self.ask(
            who,
            "PATCH",
            f"products/{product.slug}/",
            lambda: selling.change(self.people[who], product, **meant),
            lambda changed: self.product_shown(who, changed),
            json=changes,
        )

    @rule(who=SELLERS, product=products)
    def withdraw(self, who: str, product: Product) -> None:
        """Offer a product no more."""
        does = lambda: selling.change(self.people[who], product, is_active=False)  # noqa: E731
        self.ask(who, "DELETE", f"products/{product.slug}/", does, lambda _: None, status=204)

    @rule(who=ANYBODY, product=products)
    def look(self, who: str, product: Product) -> None:
        """Look at a product and its reviews."""
        self.ask(
            who,
            "GET",
            f"products/{product.slug}/",
            lambda: selling.look(self.people[who], product),
            lambda found: (
                self.product_shown(who, found)
                | {"reviews": [shown.review(self.market, each) for each in shown.newest(self.market.said_of([found]))]}
            ),
        )

    @rule(who=ANYBODY, product=products)
    def click(self, who: str, product: Product) -> None:
        """Click on a product."""
        self.ask(who, "POST", f"products/{product.slug}/click/", lambda: selling.click(self.people[who], product))

    @rule(who=BUYERS, product=products)
    def favorite(self, who: str, product: Product) -> None:
        """Make a product a favourite, or no longer one."""
        self.ask(
            who,
            "POST",
            f"products/{product.slug}/favorite/",
            lambda: selling.favorite(self.market, self.people[who], product),
            status=lambda found: 201 if found["favorited"] else 200,
        )

    @rule(
        target=reviews, who=BUYERS, product=products, rating=RATINGS, route=st.sampled_from(["reviews", "add_review"])
    )
    def review(self, who: str, product: Product, rating: int, route: str) -> Any:
        """Review a product."""
        made = self.ask(
            who,
            "POST",
            f"products/{product.slug}/{route}/",
            lambda: selling.review(self.market, self.people[who], product, rating),
            lambda said: shown.review(self.market, said),
            status=201,
            binds=_takes_keys,
            json={"rating": rating},
        )
        return multiple() if made is None else made

    @rule(who=ANYBODY, review=reviews, rating=RATINGS)
    def edit_review(self, who: str, review: Review, rating: int) -> None:
        """Change a review."""
        self.ask(
            who,
            "PATCH",
            _place(review),
            lambda: selling.edit_review(self.people[who], review, rating),
            lambda said: shown.review(self.market, said),
            json={"rating": rating},
        )

    @rule(who=ANYBODY, review=reviews)
    def delete_review(self, who: str, review: Review) -> None:
        """Take a review away."""
        self.ask(who, "DELETE", _place(review), lambda: selling.delete_review(self.people[who], review), status=204)

    def product_shown(self, who: str, product: Product) -> shown.Shown:
        """A product as somebody sees it."""
        person: Person | None = self.people[who]
        return shown.product(self.market, person, product)


def _takes_keys(made: Product | Review, answer: dict[str, Any]) -> None:
    made.id = answer["id"]
    if isinstance(made, Product):
        made.slug = answer["slug"]


def _place(review: Review) -> str:
    return f"products/{review.product.slug}/reviews/{review.id}/"
