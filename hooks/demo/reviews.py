"""Makes what the demo's buyers did: what they bought, kept in mind and said."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from generated.models.favorite import Favorite
from generated.models.order import Order
from generated.models.order_item import OrderItem
from generated.models.product import Product
from generated.models.review import Review
from generated.models.user import User
from hooks.demo.noticed import NOTICED
from hooks.demo.opinions import CLOSINGS, OPENINGS, RATINGS, TITLES
from runtime.seeds import SeedContext

# How many reviews a product has, and how often.
POPULARITY = {0: 10, 1: 12, 2: 16, 3: 17, 4: 13, 6: 12, 8: 9, 12: 7, 19: 4}
BOUGHT = 0.6  # of those who review
HIDDEN = 0.01  # reviews taken down
UNFINISHED = ("pending_payment", "payment_confirmed", "awaiting_shipment", "shipped", "cancelled", "refunded")


@dataclass(frozen=True, slots=True)
class Item:
    """What has to be known of a product to buy and review it."""

    id: UUID
    seller: int
    shelf: str
    created: datetime


async def demo_reviews(seed: SeedContext) -> None:
    """Reviews, with the orders and favourites of the same people."""
    rows = await User.filter(role="buyer").order_by("id").using_db(seed.db).values_list("id")
    buyers = [key for (key,) in rows]
    items = await _items(seed)
    reviews = list(_reviews(seed, items, buyers))
    await Review.bulk_create(reviews, batch_size=400, using_db=seed.db)
    by_id = {item.id: item for item in items}
    bought = [(by_id[review.product_id], review.reviewer_id, review.created_at) for review in reviews]
    await _orders(seed, [each for each in bought if seed.random.random() < BOUGHT], buyers, items)
    await _favorites(seed, items, buyers)


async def _items(seed: SeedContext) -> list[Item]:
    columns = ("id", "seller_id", "category__name", "created_at")
    return [Item(*row) for row in await Product.all(using_db=seed.db).order_by("slug").values_list(*columns)]


# --- reviews ----------------------------------------------------------------------------------


def _reviews(seed: SeedContext, items: list[Item], buyers: list[int]) -> Iterator[Review]:
    random = seed.random
    for item in items:
        number = random.choices(tuple(POPULARITY), tuple(POPULARITY.values()))[0]
        quality = random.gauss(1.0, 0.35)
        for reviewer in random.sample(buyers, number):
            said = item.created + (seed.now - item.created) * random.uniform(0.05, 1)
            yield _review(random, item, reviewer, _rating(random, quality), said)


def _rating(random: Random, quality: float) -> int:
    """Good products get more of the good ratings."""
    weights = [share * max(quality, 0.6) ** (rating - 3) for rating, share in RATINGS.items()]
    return random.choices(tuple(RATINGS), weights)[0]


def _review(random: Random, item: Item, reviewer: int, rating: int, said: datetime) -> Review:
    return Review(
        product_id=item.id,
        reviewer_id=reviewer,
        rating=rating,
        title=random.choice(TITLES[rating]) if random.random() < 0.94 else "",
        comment=_comment(random, item.shelf, rating) if random.random() < 0.92 else "",
        is_active=random.random() >= HIDDEN,
        created_at=said,
        updated_at=said,
    )


def _comment(random: Random, shelf: str, rating: int) -> str:
    good, bad = (random.choice(sentences.split("|")) for sentences in NOTICED[shelf])
    small = f"Just one thing: {bad[0].lower()}{bad[1:]}"
    noticed = {
        5: [good],
        4: [good] if random.random() < 0.6 else [good, small],
        3: [good, bad],
        2: [bad],
        1: [bad],
    }[rating]
    return " ".join([random.choice(OPENINGS[rating]), *noticed, random.choice(CLOSINGS[rating])]).strip()


# --- orders and favourites --------------------------------------------------------------------


async def _orders(
    seed: SeedContext, bought: list[tuple[Item, int, datetime]], buyers: list[int], items: list[Item]
) -> None:
    """A delivered order for each of `bought`, and some that are still on their way."""
    random = seed.random
    orders: list[Order] = []
    lines: list[OrderItem] = []
    for item, buyer, said in bought:
        ordered = said - timedelta(days=random.randint(4, 30))
        _order(random, orders, lines, "delivered", buyer, [item], ordered)
    for _ in range(120):
        ordered = seed.now - timedelta(hours=random.randint(1, 24 * 60))
        chosen = random.sample(items, random.choice((1, 1, 1, 2, 3)))
        _order(random, orders, lines, random.choice(UNFINISHED), random.choice(buyers), chosen, ordered)
    await Order.bulk_create(orders, batch_size=400, using_db=seed.db)
    await OrderItem.bulk_create(lines, batch_size=400, using_db=seed.db)


def _order(
    random: Random,
    orders: list[Order],
    lines: list[OrderItem],
    status: str,
    buyer: int,
    items: list[Item],
    ordered: datetime,
) -> None:
    key = UUID(int=random.getrandbits(128), version=4)
    orders.append(Order(id=key, status=status, buyer_id=buyer, created_at=ordered, updated_at=ordered))
    for item in items:
        quantity = random.choice((1, 1, 1, 1, 2, 2, 3))
        lines.append(OrderItem(order_id=key, product_id=item.id, seller_id=item.seller, quantity=quantity))


async def _favorites(seed: SeedContext, items: list[Item], buyers: list[int]) -> None:
    random = seed.random
    rows = [
        Favorite(
            user_id=buyer, product_id=item.id, created_at=item.created + (seed.now - item.created) * random.random()
        )
        for buyer in buyers
        for item in random.sample(items, random.randint(2, 24))
    ]
    await Favorite.bulk_create(rows, batch_size=400, using_db=seed.db)
