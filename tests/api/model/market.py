"""The marketplace that answers are compared with: what there is, in plain Python."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

MOST_STOCK = 2_147_483_647
MOST_IN_CART = 10_000
NOT_SHIPPED = ("pending_payment", "payment_confirmed", "awaiting_shipment")


class Refusal(Exception):
    """A request that changes nothing: the status and code of its answer, and what the problem tells besides."""

    def __init__(self, status: int, code: str, **tells: Any) -> None:
        super().__init__(f"{status} {code}")
        self.status, self.code, self.tells = status, code, tells


@dataclass(eq=False)
class Person:
    """Somebody who has signed in."""

    name: str
    role: str
    id: int
    username: str


@dataclass(eq=False)
class Product:
    """What a seller offers. `supply` is all that the seller ever put in stock, sold or not."""

    seller: Person
    name: str
    price: Decimal
    stock: int
    active: bool
    id: str = ""
    slug: str = ""
    supply: int = 0
    sold: int = 0
    revenue: Decimal = Decimal(0)
    views: set[Person | None] = field(default_factory=set)
    clicks: set[Person | None] = field(default_factory=set)
    additions: set[Person | None] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.supply = self.stock


@dataclass(eq=False)
class Review:
    """What somebody said of a product; a deleted one still counts as said."""

    product: Product
    author: Person
    rating: int
    id: int = 0
    deleted: bool = False


@dataclass(eq=False)
class CartLine:
    """So many of a product in somebody's cart."""

    owner: Person
    product: Product
    quantity: int
    id: int = 0


@dataclass(eq=False)
class OrderLine:
    """What was bought, at the price of that moment."""

    product: Product
    quantity: int
    price: Decimal
    name: str

    @property
    def total(self) -> Decimal:
        """The price of all of them."""
        return self.price * self.quantity


@dataclass(eq=False)
class Part:
    """How one seller's part of an order travels."""

    tracking: str = ""
    carrier: str = ""
    code: str = ""
    shipped: bool = False
    delivered: bool = False


@dataclass(eq=False)
class Order:
    """What a buyer ordered, and how far it has come."""

    buyer: Person
    lines: list[OrderLine]
    city: str
    notes: str
    id: str = ""
    status: str = "pending_payment"
    payment: str = "pending"
    amounts: dict[str, Decimal] = field(
        default_factory=lambda: dict.fromkeys(("shipping_cost", "tax_amount", "discount_amount"), Decimal(0))
    )
    admin_notes: str = ""
    tracking: str = ""
    carrier: str = ""
    code: str = ""
    reason: str = ""
    cancelled_by: Person | None = None
    stamps: set[str] = field(default_factory=set)
    been: set[str] = field(default_factory=lambda: {"pending_payment"})
    parts: dict[Person, Part] = field(default_factory=dict)
    deleted: bool = False

    @property
    def subtotal(self) -> Decimal:
        """What the lines cost."""
        return sum((each.total for each in self.lines), Decimal(0))

    @property
    def total(self) -> Decimal:
        """What the buyer pays."""
        costs = self.amounts
        return self.subtotal + costs["shipping_cost"] + costs["tax_amount"] - costs["discount_amount"]

    @property
    def sellers(self) -> set[Person]:
        """Everybody who has an item in it."""
        return {each.product.seller for each in self.lines}

    @property
    def is_sold(self) -> bool:
        """Whether it counts in the sellers' figures."""
        return not self.deleted and self.status != "pending_payment" and "cancelled_at" not in self.stamps

    @property
    def holds_stock(self) -> bool:
        """Whether its products are not in stock any more."""
        gone = self.deleted and self.status in NOT_SHIPPED
        return not gone and "cancelled_at" not in self.stamps


@dataclass
class Market:
    """Everything that there is, oldest first."""

    people: list[Person] = field(default_factory=list)
    products: list[Product] = field(default_factory=list)
    reviews: list[Review] = field(default_factory=list)
    favorites: list[tuple[Person, Product]] = field(default_factory=list)
    lines: list[CartLine] = field(default_factory=list)
    orders: list[Order] = field(default_factory=list)

    def cart(self, who: Person) -> list[CartLine]:
        """What is in somebody's cart."""
        return [each for each in self.lines if each.owner is who]

    def said_of(self, products: Iterable[Product]) -> list[Review]:
        """The reviews of products that were not deleted."""
        among = list(products)
        return [each for each in self.reviews if each.product in among and not each.deleted]

    def products_of(self, who: Person) -> list[Product]:
        """What somebody offers, or has offered."""
        return [each for each in self.products if each.seller is who]

    def orders_seen(self, who: Person) -> list[Order]:
        """The orders that somebody may look at."""
        return [each for each in self.orders if not each.deleted and is_party(who, each)]

    def lines_sold(self, who: Person) -> Iterator[tuple[Order, OrderLine]]:
        """What somebody has sold, in whatever state."""
        for order in self.orders:
            if not order.deleted:
                yield from ((order, line) for line in order.lines if line.product.seller is who)


def is_party(who: Person, order: Order) -> bool:
    """Whether an order is somebody's business."""
    return who is order.buyer or who in order.sellers or who.role == "admin"


# --- what every request is asked first --------------------------------------------------------


def known(who: Person | None) -> Person:
    """The caller, who must have signed in."""
    if who is None:
        raise Refusal(401, "NOT_AUTHENTICATED")
    return who


def merchant(who: Person | None) -> Person:
    """The caller, who must be somebody that sells."""
    if known(who).role == "buyer":
        raise Refusal(403, "FORBIDDEN")
    return known(who)


def seen(who: Person | None, product: Product) -> Product:
    """A product, if the caller can see it."""
    if not can_see(who, product):
        raise Refusal(404, "NOT_FOUND")
    return product


def can_see(who: Person | None, product: Product) -> bool:
    """Whether a product is offered, or the caller's business."""
    return product.active or (who is not None and (who is product.seller or who.role == "admin"))
