# Generated from spec/product_image.yaml by `agora build`; do not edit.
"""The operations of ProductImage."""

from __future__ import annotations

from sanic.response import HTTPResponse

from generated import policies
from generated.actor import Context
from generated.inputs import product_image as inputs
from generated.models.product import Product
from generated.models.product_image import ProductImage
from generated.reads import product_image as reads
from hooks import product_image as hooks
from runtime.application import Routes
from runtime.call import Call

routes = Routes("product_image")


@routes.get(
    "/api/marketplace/products/{slug}/images/{id}/",
    "product_image.retrieve",
    parameters={"id": "id"},
    spec="product_image.yaml:73",
)
async def retrieve(call: Call) -> HTTPResponse:
    """Retrieve a product image. Policy: public. (product_image.yaml:73)"""
    return await call.retrieve(reads.RETRIEVE, policies.public)


@routes.patch(
    "/api/marketplace/products/{slug}/images/{id}/",
    "product_image.update",
    parameters={"id": "id"},
    spec="product_image.yaml:74",
)
async def update(call: Call) -> HTTPResponse:
    """Change a product image. Policy: product_owner. (product_image.yaml:74)"""
    return await call.update(
        ProductImage,
        inputs.UPDATE,
        policies.product_image_product_owner,
        record=reads.UPDATE_RECORD,
        returns=reads.UPDATE_RESULT,
    )


@routes.put(
    "/api/marketplace/products/{slug}/images/{id}/",
    "product_image.replace",
    parameters={"id": "id"},
    spec="product_image.yaml:74",
)
async def replace(call: Call) -> HTTPResponse:
    """Replace a product image. Policy: product_owner. (product_image.yaml:74)"""
    return await call.update(
        ProductImage,
        inputs.REPLACE,
        policies.product_image_product_owner,
        record=reads.UPDATE_RECORD,
        returns=reads.UPDATE_RESULT,
    )


@routes.delete(
    "/api/marketplace/products/{slug}/images/{id}/",
    "product_image.delete",
    parameters={"id": "id"},
    spec="product_image.yaml:75",
)
async def delete(call: Call) -> HTTPResponse:
    """Delete a product image. Policy: product_owner. (product_image.yaml:75)"""
    return await call.delete(ProductImage, policies.product_image_product_owner, record=reads.DELETE_RECORD)


@routes.post(
    "/api/marketplace/products/{slug}/images/", "product_image.create", form=True, spec="product_image.yaml:77"
)
async def create(call: Call) -> HTTPResponse:
    """Upload an image. Policy: product_owner. (product_image.yaml:77)"""
    await call.expect(policies.product_image_product_owner)
    body = await call.body(inputs.CREATE)
    await call.take_files(reads.CREATE_RECORD)

    async def work(ctx: Context) -> ProductImage:
        return await hooks.create(ctx, await ctx.record(Product, reads.CREATE_RECORD), body)

    return await call.action(
        work,
        statuses={ProductImage: 201},
        errors=frozenset({"TOO_MANY_IMAGES"}),
        shows={ProductImage: reads.CREATE_RESULT},
        location="/api/marketplace/products/{slug}/images/{record.id}/",
    )


@routes.post(
    "/api/marketplace/products/{slug}/upload_image/",
    "product_image.upload_image",
    form=True,
    spec="product_image.yaml:85",
)
async def upload_image(call: Call) -> HTTPResponse:
    """Upload an image. Policy: product_owner. (product_image.yaml:85)"""
    await call.expect(policies.product_image_product_owner)
    body = await call.body(inputs.UPLOAD_IMAGE)
    await call.take_files(reads.UPLOAD_IMAGE_RECORD)

    async def work(ctx: Context) -> inputs.UploadImage201:
        return await hooks.upload_image(ctx, await ctx.record(Product, reads.UPLOAD_IMAGE_RECORD), body)

    return await call.action(
        work,
        statuses={inputs.UploadImage201: 201},
        errors=frozenset({"TOO_MANY_IMAGES"}),
        shows={inputs.UploadImage201: {"image": reads.UPLOAD_IMAGE_RESULT_IMAGE}},
    )


@routes.delete(
    "/api/marketplace/products/{slug}/delete_image/", "product_image.delete_image", spec="product_image.yaml:98"
)
async def delete_image(call: Call) -> HTTPResponse:
    """Delete the image with this key. Policy: product_owner. (product_image.yaml:98)"""
    await call.expect(policies.product_image_product_owner)
    body = await call.body(inputs.DELETE_IMAGE)
    await call.needs_storage(reads.DELETE_IMAGE_RECORD)

    async def work(ctx: Context) -> inputs.DeleteImage200:
        return await hooks.delete_image(ctx, await ctx.record(Product, reads.DELETE_IMAGE_RECORD), body)

    return await call.action(work, statuses={inputs.DeleteImage200: 200}, errors=frozenset({"IMAGE_NOT_FOUND"}))


@routes.delete(
    "/api/marketplace/products/{slug}/delete_all_images/",
    "product_image.delete_all_images",
    spec="product_image.yaml:115",
)
async def delete_all_images(call: Call) -> HTTPResponse:
    """Delete all images of a product. Policy: product_owner. (product_image.yaml:115)"""
    await call.expect(policies.product_image_product_owner)
    await call.needs_storage(reads.DELETE_ALL_IMAGES_RECORD)

    async def work(ctx: Context) -> inputs.DeleteAllImages200:
        return await hooks.delete_all_images(ctx, await ctx.record(Product, reads.DELETE_ALL_IMAGES_RECORD))

    return await call.action(work, statuses={inputs.DeleteAllImages200: 200})
