"""Makes the demo's products out of the catalogue."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any
from uuid import UUID

from generated.models.category import Category
from generated.models.product import Product
from generated.models.product_image import ProductImage
from generated.models.user import User
from hooks.demo.catalogue import stocked
from hooks.demo.pictures import pictures
from hooks.demo.shelf import Offer, Shelf
from runtime.calls.slugs import folded
from runtime.seeds import SeedContext

CONDITIONS = {
    "like_new": "Second hand, used once or twice, and looks it: like new.",
    "good": "Second hand, in good condition, with light traces of use.",
    "fair": "Second hand. Marks outside, everything works.",
    "poor": "Second hand, well worn and honest about it; sold for parts or for repair.",
}
CLICKED = 0.3
INACTIVE_EVERY = 41  # sellers take something off the shelf now and then


async def demo_products(seed: SeedContext) -> None:
    """Every offer of the catalogue, with stock, prices and a past in which it was looked at."""
    sellers: dict[str, int] = dict(await User.all(using_db=seed.db).values_list("username", "id"))
    categories: dict[str, int] = dict(await Category.all(using_db=seed.db).values_list("name", "id"))
    products = [
        Product(
            seller_id=sellers[shelf.seller or seller],
            category_id=categories[shelf.name],
            is_active=number % INACTIVE_EVERY != 0,
            **_values(seed.random, shelf, offer, seed.now),
        )
        for number, (shelf, seller, offer) in enumerate(_offers(), start=1)
    ]
    await Product.bulk_create(products, batch_size=200, using_db=seed.db)
    await _noticed(seed, products)
    names: dict[int | None, str] = {key: name for name, key in categories.items()}
    await seed.attach(ProductImage, pictures(products, names))


async def _noticed(seed: SeedContext, products: list[Product]) -> None:
    """Strangers who looked at the products since, and those of them who clicked."""
    looks = [
        (product.id, None, f"anonymous:{seed.random.getrandbits(128):032x}", _since(seed, product))
        for product in products
        for _ in range(min(int(seed.random.paretovariate(0.9) * 14), 9000))
    ]
    await seed.record("product.detail_view", looks)
    await seed.record("product.click", [look for look in looks if seed.random.random() < CLICKED])


def _since(seed: SeedContext, product: Product) -> datetime:
    return product.created_at + (seed.now - product.created_at) * seed.random.random()


def _offers() -> Iterator[tuple[Shelf, str, Offer]]:
    for shelf, seller in stocked():
        for offer in shelf.read_offers():
            yield shelf, seller, offer


def _values(random: Random, shelf: Shelf, offer: Offer, now: datetime) -> dict[str, Any]:
    created = now - timedelta(minutes=random.randint(90, 400 * 24 * 60))
    return {
        "id": UUID(int=random.getrandbits(128), version=4),
        "name": offer.name,
        "slug": f"{folded(offer.name)}-{random.getrandbits(24):06x}",
        "short_description": offer.text.split(". ")[0].rstrip(".") + ".",
        "brand": offer.brand,
        "model": f"{shelf.model}-{random.randint(100, 990)}" if shelf.model else "",
        "materials": offer.materials,
        "colors": sorted(random.sample(shelf.colors, random.randint(1, min(3, len(shelf.colors)))))
        if shelf.colors
        else [],
        "is_digital": shelf.digital,
        "is_featured": random.random() < 0.08,
        "created_at": created,
        "updated_at": created + (now - created) * random.random() / 2,
        **_sold_as(random, shelf, offer),
        **_measures(random, shelf),
    }


def _sold_as(random: Random, shelf: Shelf, offer: Offer) -> dict[str, Any]:
    """New or second hand: price, stock, tags and description follow."""
    used = random.random() < shelf.used
    condition = random.choices(tuple(CONDITIONS), (4, 5, 2, 1))[0] if used else "new"
    price = _round(offer.price * Decimal(random.randint(52, 80)) / 100) if used else offer.price
    before = random.random() < (0.8 if used else 0.2)
    about = " ".join(random.sample(shelf.about, 2))
    tags = random.sample(shelf.tags, random.randint(2, 4))
    return {
        "price": price,
        "original_price": _before(random, offer.price, used) if before else None,
        "condition": condition,
        "stock_quantity": 1 if used else _stock(random, shelf),
        "description": "\n\n".join([offer.text, about, *([CONDITIONS[condition]] if used else [])]),
        "tags": sorted([*tags, *(["second hand"] if used else [])]),
    }


def _before(random: Random, price: Decimal, used: bool) -> Decimal:
    """What it cost: the price of a new one, or the price before the sale."""
    return price if used else _round(price * Decimal(random.randint(112, 140)) / 100)


def _round(price: Decimal) -> Decimal:
    """Prices end in .90, dear ones in .00."""
    whole = price.to_integral_value()
    return whole if whole > 100 else whole - Decimal("0.10")


def _stock(random: Random, shelf: Shelf) -> int:
    if shelf.digital:
        return 9999
    return 0 if random.random() < 0.06 else random.choice((2, 3, 5, 8, 12, 18, 25, 40, 65, 120))


def _measures(random: Random, shelf: Shelf) -> dict[str, Any]:
    """Weight and size somewhere between the shelf's least and most, small things being light."""
    share = random.random()
    measures: dict[str, Any] = {}
    if shelf.weight:
        low, high = map(Decimal, shelf.weight)
        measures["weight"] = (low + (high - low) * Decimal(str(round(share, 3)))).quantize(Decimal("0.01"))
    if shelf.size:
        for side, low_side, high_side in zip(("length", "width", "height"), *shelf.size, strict=True):
            size = low_side + (high_side - low_side) * share * random.uniform(0.85, 1)
            measures[f"dimensions_{side}"] = Decimal(round(size * 2)) / 2
    return measures
