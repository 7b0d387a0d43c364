"""Makes what the demo's buyers did: what they bought, kept in mind and said."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from random import Random

from generated.models.favorite import Favorite
from generated.models.product import Product
from generated.models.review import Review
from generated.models.user import User
from hooks.demo.noticed import NOTICED
from hooks.demo.opinions import CLOSINGS, OPENINGS, RATINGS, TITLES
from hooks.demo.orders import write_orders
from runtime.seeds import SeedContext

# How many reviews a product has, and how often.
POPULARITY = {0: 10, 1: 12, 2: 16, 3: 17, 4: 13, 6: 12, 8: 9, 12: 7, 19: 4}
BOUGHT = 0.6  # of those who review
HIDDEN = 0.01  # reviews taken down


async def demo_reviews(seed: SeedContext) -> None:
    """Reviews, with the orders and favourites of the same people."""
    people = await User.filter(role="buyer").order_by("id").using_db(seed.db)
    buyers = [each.id for each in people]
    products = await Product.all(using_db=seed.db).order_by("slug").select_related("category")
    reviews = list(_reviews(seed, products, buyers))
    await Review.bulk_create(reviews, batch_size=400, using_db=seed.db)
    by_id = {each.id: each for each in products}
    bought = [(by_id[each.product_id], each.reviewer_id, each.created_at) for each in reviews]
    delivered = [each for each in bought if seed.random.random() < BOUGHT]
    named = [(each.id, f"{each.first_name} {each.last_name}") for each in people]
    await write_orders(seed, delivered, named, products)
    await _favorites(seed, products, buyers)


# --- reviews ----------------------------------------------------------------------------------


def _reviews(seed: SeedContext, items: list[Product], buyers: list[int]) -> Iterator[Review]:
    random = seed.random
    for item in items:
        number = random.choices(tuple(POPULARITY), tuple(POPULARITY.values()))[0]
        quality = random.gauss(1.0, 0.35)
        for reviewer in random.sample(buyers, number):
            said = item.created_at + (seed.now - item.created_at) * random.uniform(0.05, 1)
            yield _review(random, item, reviewer, _rating(random, quality), said)


def _rating(random: Random, quality: float) -> int:
    """Good products get more of the good ratings."""
    weights = [share * max(quality, 0.6) ** (rating - 3) for rating, share in RATINGS.items()]
    return random.choices(tuple(RATINGS), weights)[0]


def _review(random: Random, item: Product, reviewer: int, rating: int, said: datetime) -> Review:
    return Review(
        product_id=item.id,
        reviewer_id=reviewer,
        rating=rating,
        title=random.choice(TITLES[rating]) if random.random() < 0.94 else "",
        comment=_comment(random, _shelf(item), rating) if random.random() < 0.92 else "",
        is_active=random.random() >= HIDDEN,
        created_at=said,
        updated_at=said,
    )


def _shelf(item: Product) -> str:
    return item.category.name if item.category else ""


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


# --- favourites ------------------------------------------------------------------------------


async def _favorites(seed: SeedContext, items: list[Product], buyers: list[int]) -> None:
    random = seed.random
    rows = [
        Favorite(
            user_id=buyer,
            product_id=item.id,
            created_at=item.created_at + (seed.now - item.created_at) * random.random(),
        )
        for buyer in buyers
        for item in random.sample(items, random.randint(2, 24))
    ]
    await Favorite.bulk_create(rows, batch_size=400, using_db=seed.db)
