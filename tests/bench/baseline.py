"""The two peers that Agora is measured against, on the same database, models and framework; here the catalogue.

`orm`: the ordinary way, prefetched model objects turned into dictionaries. `bare`: asyncpg and the very statement
that the compiled read sends, and nothing else. Run as `python -m tests.bench.baseline KIND PORT URL`.
"""

from __future__ import annotations

import asyncio
import math
import sys
from functools import partial
from typing import Any

import asyncpg
from sanic import Request, Sanic
from sanic.response import HTTPResponse, raw
from sanic.worker.loader import AppLoader
from tortoise import Tortoise

from generated.app import APPLICATION
from generated.models.category import Category
from generated.models.product import Product
from generated.models.user import User
from generated.reads import product as reads
from runtime.database.postgres import SERVER_SETTINGS
from runtime.reads import Shape
from runtime.reads.assembly import item_statement, list_statement
from tests.bench import shopping
from tests.bench.answers import encode, plain, when

PATH = "/api/marketplace/products"
WORKERS = 2


# --- the ordinary way -------------------------------------------------------------------------


def rating(product: Product) -> float:
    """The average of the active reviews, to two places, half up."""
    ratings = [review.rating for review in product.reviews if review.is_active]
    return math.floor(sum(ratings) / len(ratings) * 100 + 0.5) / 100 if ratings else 0


def derived(product: Product) -> dict[str, Any]:
    """What is computed from a product and its related rows."""
    on_sale = product.original_price is not None and product.original_price > product.price
    return {
        "average_rating": rating(product),
        "review_count": sum(review.is_active for review in product.reviews),
        "is_in_stock": product.stock_quantity > 0,
        "is_on_sale": on_sale,
        "discount_percentage": discount(product) if on_sale else 0,
        "is_favorited": False,
        "view_count": product.view_count,
        "favorite_count": len(product.favorites),
        "created_at": when(product.created_at),
        "primary_image": next((image.id for image in product.images if image.is_primary), None),
    }


def discount(product: Product) -> int:
    """Whole percent below the original price, rounded down."""
    assert product.original_price is not None
    return int((product.original_price - product.price) * 100 // product.original_price)


COMMON = [
    "id",
    "name",
    "slug",
    "short_description",
    "price",
    "original_price",
    "stock_quantity",
    "condition",
    "brand",
    "is_featured",
    "is_digital",
    "is_active",
]
DETAIL = [
    "description",
    "model",
    "weight",
    "dimensions_length",
    "dimensions_width",
    "dimensions_height",
    "colors",
    "tags",
    "materials",
    "click_count",
]


def card(user: User) -> dict[str, Any]:
    """A user as others see them."""
    return {
        "id": user.id,
        "username": user.username,
        "first_name": user.first_name,
        "last_name": user.last_name,
        "avatar": None,
    }


def listed(product: Product, caller: int | None = None) -> dict[str, Any]:
    """A product in a list, as the caller sees it."""
    category = product.category
    return {
        **plain(product, *COMMON),
        "seller": {"id": product.seller.id, "username": product.seller.username},
        "category": {"id": category.id, "name": category.name, "slug": category.slug} if category else None,
        **derived(product),
        "is_favorited": any(each.user_id == caller for each in product.favorites),
    }


async def tree(category: Category) -> dict[str, Any]:
    """A category with all that is below it."""
    children = await Category.filter(parent_id=category.id, is_active=True).order_by("name")
    return {
        "id": category.id,
        "name": category.name,
        "slug": category.slug,
        "description": category.description,
        "parent": category.parent_id,
        "product_count": await Product.filter(category_id=category.id, is_active=True).count(),
        "is_active": category.is_active,
        "created_at": when(category.created_at),
        "subcategories": [await tree(child) for child in children],
    }


async def detailed(product: Product) -> dict[str, Any]:
    """A product on its own page."""
    recent = sorted(product.reviews, key=lambda review: review.created_at, reverse=True)[:20]
    return {
        **plain(product, *COMMON, *DETAIL),
        "seller": card(product.seller),
        "category": await tree(product.category) if product.category else None,
        "updated_at": when(product.updated_at),
        **derived(product),
        "images": [image.id for image in product.images],
        "total_images": len(product.images),
        "reviews": [
            {
                "id": review.id,
                "reviewer": card(review.reviewer),
                "reviewer_name": review.reviewer.username,
                "rating": review.rating,
                "title": review.title,
                "comment": review.comment,
                "is_verified_purchase": False,
                "created_at": when(review.created_at),
                "updated_at": when(review.updated_at),
            }
            for review in recent
            if review.is_active
        ],
        "seller_product_count": await Product.filter(seller_id=product.seller_id, is_active=True).count(),
    }


async def orm_list(_: Request) -> HTTPResponse:
    """Twenty products, prefetched."""
    related = ("seller", "category", "images", "reviews", "favorites")
    rows = await Product.filter(is_active=True).order_by("-created_at", "-id").limit(20).prefetch_related(*related)
    return raw(encode([listed(row) for row in rows]), content_type="application/json")


async def orm_detail(_: Request, slug: str) -> HTTPResponse:
    """One product, prefetched."""
    related = ("seller", "category", "images", "reviews__reviewer", "favorites")
    row = await Product.get(slug=slug, is_active=True).prefetch_related(*related)
    return raw(encode(await detailed(row)), content_type="application/json")


def orm(url: str) -> Sanic[Any, Any]:
    """The ordinary way as an application."""
    app: Sanic[Any, Any] = Sanic("orm", configure_logging=False)

    async def connect(_: Sanic[Any, Any]) -> None:
        await Tortoise.init(
            db_url=url.replace("postgres://", "asyncpg://", 1),
            modules={"models": list(APPLICATION.models)},
            _enable_global_fallback=True,
        )

    app.before_server_start(connect)
    app.add_route(orm_list, PATH + "/", name="list")
    app.add_route(orm_detail, PATH + "/<slug:str>/", name="detail")
    shopping.add_orm(app, listed)
    return app


# --- the bare driver --------------------------------------------------------------------------


def bare(url: str) -> Sanic[Any, Any]:
    """asyncpg and the compiled statement as an application."""
    app: Sanic[Any, Any] = Sanic("bare", configure_logging=False)
    order = tuple((name.lstrip("-"), name.startswith("-")) for name in reads.LIST.default_sort)
    listing = list_statement(reads.LIST, Shape(order=order), "postgres", "anonymous")
    item = item_statement(reads.RETRIEVE, "postgres", "anonymous")

    async def connect(app: Sanic[Any, Any], loop: asyncio.AbstractEventLoop) -> None:
        app.ctx.pool = await asyncpg.create_pool(
            url, max_size=10, max_cacheable_statement_size=0, server_settings=SERVER_SETTINGS
        )

    async def list_(request: Request) -> HTTPResponse:
        row = await request.app.ctx.pool.fetchrow(listing.text)
        return raw(row[0].encode(), content_type="application/json")

    async def detail(request: Request, slug: str) -> HTTPResponse:
        row = await request.app.ctx.pool.fetchrow(item.text, slug)
        return raw(row[0].encode(), content_type="application/json")

    app.before_server_start(connect)
    app.add_route(list_, PATH + "/", name="list")
    app.add_route(detail, PATH + "/<slug:str>/", name="detail")
    shopping.add_bare(app)
    return app


def main(kind: str, port: str, url: str) -> None:
    """Serve one of them with two workers."""
    loader = AppLoader(factory=partial({"orm": orm, "bare": bare}[kind], url))
    app = loader.load()
    app.prepare(host="127.0.0.1", port=int(port), workers=WORKERS, access_log=False, motd=False)
    Sanic.serve(primary=app, app_loader=loader)


if __name__ == "__main__":
    main(*sys.argv[1:])
