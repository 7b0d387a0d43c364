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


@routes.get("/api/marketplace/products/", "product.list", spec="product.yaml:199")
async def list_(call: Call) -> HTTPResponse:
    """List products. Policy: public. Tracks: listing_view. (product.yaml:199)"""
    return await call.list(reads.LIST, policies.public, tracks="product.listing_view")


@routes.get("/api/marketplace/products/{slug}/", "product.retrieve", spec="product.yaml:200")
async def retrieve(call: Call) -> HTTPResponse:
    """Retrieve a product. Policy: public. Tracks: detail_view. (product.yaml:200)"""
    return await call.retrieve(reads.RETRIEVE, policies.public, tracks="product.detail_view")


@routes.post("/api/marketplace/products/", "product.create", form=True, spec="product.yaml:201")
async def create(call: Call) -> HTTPResponse:
    """Create a product. Policy: merchant. (product.yaml:201)"""
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


@routes.patch("/api/marketplace/products/{slug}/", "product.update", form=True, spec="product.yaml:206")
async def update(call: Call) -> HTTPResponse:
    """Change a product. Policy: owner. (product.yaml:206)"""
    return await call.update(
        Product,
        inputs.UPDATE,
        policies.product_owner,
        record=reads.UPDATE_RECORD,
        returns=reads.UPDATE_RESULT,
        invariants=rules.INVARIANTS,
    )


@routes.put("/api/marketplace/products/{slug}/", "product.replace", form=True, spec="product.yaml:206")
async def replace(call: Call) -> HTTPResponse:
    """Replace a product. Policy: owner. (product.yaml:206)"""
    return await call.update(
        Product,
        inputs.REPLACE,
        policies.product_owner,
        record=reads.UPDATE_RECORD,
        returns=reads.UPDATE_RESULT,
        invariants=rules.INVARIANTS,
    )


@routes.delete("/api/marketplace/products/{slug}/", "product.delete", spec="product.yaml:207")
async def delete(call: Call) -> HTTPResponse:
    """Delete a product. Policy: owner. (product.yaml:207)"""
    return await call.delete(Product, policies.product_owner, record=reads.DELETE_RECORD, soft={"is_active": False})


@routes.get("/api/marketplace/products/my_products/", "product.my_products", spec="product.yaml:209")
async def my_products(call: Call) -> HTTPResponse:
    """The caller's own products, inactive ones too. Policy: merchant. (product.yaml:209)"""
    return await call.list(reads.MY_PRODUCTS, policies.merchant)


@routes.post("/api/marketplace/products/{slug}/favorite/", "product.favorite", spec="product.yaml:217")
async def favorite(call: Call) -> HTTPResponse:
    """Add to or remove from the caller's favourites. Policy: authenticated. (product.yaml:217)"""
    await call.expect(policies.authenticated)

    async def work(ctx: Context) -> inputs.Favorite201 | inputs.Favorite200:
        return await hooks.favorite(ctx, await ctx.record(Product, reads.FAVORITE_RECORD))

    return await call.action(work, statuses={inputs.Favorite201: 201, inputs.Favorite200: 200})


@routes.get("/api/marketplace/metrics/product_metrics/{product_slug}/", "product.measured", spec="product.yaml:227")
async def measured(call: Call) -> HTTPResponse:
    """What became of one of the caller's products. Policy: merchant. (product.yaml:227)"""
    return await call.retrieve(reads.MEASURED, policies.merchant)


@routes.post("/api/marketplace/products/{slug}/click/", "product.click", spec="product.yaml:235")
async def click(call: Call) -> HTTPResponse:
    """Record that the caller clicked on the product. Policy: public. Tracks: click. (product.yaml:235)"""
    return await call.acknowledge(reads.CLICK_RECORD, policies.public, {"clicked": True}, tracks="product.click")
