# Generated from spec/product.yaml by `agora build`; do not edit.
"""The operations of Product."""

from __future__ import annotations

from sanic.response import HTTPResponse

from generated import policies
from generated.actor import Context
from generated.inputs import product as inputs
from generated.models.product import Product
from generated.reads import product as reads
from generated.rules import product as rules
from hooks import product as hooks
from runtime.application import Routes
from runtime.call import ACTOR, Call, Slug

routes = Routes("product")


@routes.get("/api/marketplace/products/", "product.list", spec="product.yaml:224")
async def list_(call: Call) -> HTTPResponse:
    """List products. Policy: public. Tracks: listing_view. (product.yaml:224)"""
    return await call.list(reads.LIST, policies.public, tracks="product.listing_view")


@routes.get("/api/marketplace/products/{slug}/", "product.retrieve", spec="product.yaml:225")
async def retrieve(call: Call) -> HTTPResponse:
    """Retrieve a product. Policy: public. Tracks: detail_view. (product.yaml:225)"""
    return await call.retrieve(reads.RETRIEVE, policies.public, tracks="product.detail_view")


@routes.post("/api/marketplace/products/", "product.create", form=True, spec="product.yaml:226")
async def create(call: Call) -> HTTPResponse:
    """Create a product. Policy: merchant. (product.yaml:226)"""
    return await call.create(
        Product,
        inputs.CREATE,
        policies.merchant,
        sets={"seller_id": ACTOR},
        returns=reads.CREATE_RESULT,
        location="/api/marketplace/products/{record.slug}/",
        invariants=rules.INVARIANTS,
        slugs=(Slug("slug", "name", suffix=True),),
    )


@routes.patch("/api/marketplace/products/{slug}/", "product.update", form=True, spec="product.yaml:235")
async def update(call: Call) -> HTTPResponse:
    """Change a product. Policy: owner. (product.yaml:235)"""
    return await call.update(
        Product,
        inputs.UPDATE,
        policies.product_owner,
        record=reads.UPDATE_RECORD,
        returns=reads.UPDATE_RESULT,
        invariants=rules.INVARIANTS,
    )


@routes.put("/api/marketplace/products/{slug}/", "product.replace", form=True, spec="product.yaml:235")
async def replace(call: Call) -> HTTPResponse:
    """Replace a product. Policy: owner. (product.yaml:235)"""
    return await call.update(
        Product,
        inputs.REPLACE,
        policies.product_owner,
        record=reads.UPDATE_RECORD,
        returns=reads.UPDATE_RESULT,
        invariants=rules.INVARIANTS,
    )


@routes.delete("/api/marketplace/products/{slug}/", "product.delete", spec="product.yaml:244")
async def delete(call: Call) -> HTTPResponse:
    """Delete a product. Policy: owner. (product.yaml:244)"""
    return await call.delete(Product, policies.product_owner, record=reads.DELETE_RECORD, soft={"is_active": False})


@routes.get("/api/marketplace/products/my_products/", "product.my_products", spec="product.yaml:246")
async def my_products(call: Call) -> HTTPResponse:
    """The caller's own products, inactive ones too. Policy: merchant. (product.yaml:246)"""
    return await call.list(reads.MY_PRODUCTS, policies.merchant)


@routes.post("/api/marketplace/products/{slug}/favorite/", "product.favorite", spec="product.yaml:254")
async def favorite(call: Call) -> HTTPResponse:
    """Add to or remove from the caller's favourites. Policy: authenticated. (product.yaml:254)"""
    await call.expect(policies.authenticated)

    async def work(ctx: Context) -> inputs.Favorite201 | inputs.Favorite200:
        return await hooks.favorite(ctx, await ctx.record(Product, reads.FAVORITE_RECORD))

    return await call.action(work, statuses={inputs.Favorite201: 201, inputs.Favorite200: 200})


@routes.get("/api/marketplace/products/{slug}/images/", "product.images", spec="product.yaml:264")
async def images(call: Call) -> HTTPResponse:
    """List the images of a product. Policy: public. (product.yaml:264)"""
    return await call.retrieve(
        reads.IMAGES,
        policies.public,
        storage_off={"images": [], "total_images": 0, "detail": "This service runs without a storage for images."},
    )


@routes.get("/api/marketplace/products/{slug}/main_image/", "product.main_image", spec="product.yaml:271")
async def main_image(call: Call) -> HTTPResponse:
    """The main image of a product. Policy: public. (product.yaml:271)"""
    return await call.retrieve(reads.MAIN_IMAGE, policies.public)


@routes.get(
    "/api/marketplace/products/{slug}/images_with_presigned_urls/",
    "product.images_with_presigned_urls",
    spec="product.yaml:277",
)
async def images_with_presigned_urls(call: Call) -> HTTPResponse:
    """The images of a product with links to them. Policy: public. (product.yaml:277)"""
    return await call.retrieve(reads.IMAGES_WITH_PRESIGNED_URLS, policies.public)


@routes.get("/api/marketplace/metrics/product_metrics/{product_slug}/", "product.measured", spec="product.yaml:283")
async def measured(call: Call) -> HTTPResponse:
    """What became of one of the caller's products. Policy: merchant. (product.yaml:283)"""
    return await call.retrieve(reads.MEASURED, policies.merchant)


@routes.post("/api/marketplace/products/{slug}/click/", "product.click", spec="product.yaml:291")
async def click(call: Call) -> HTTPResponse:
    """Record that the caller clicked on the product. Policy: public. Tracks: click. (product.yaml:291)"""
    return await call.acknowledge(reads.CLICK_RECORD, policies.public, {"clicked": True}, tracks="product.click")
