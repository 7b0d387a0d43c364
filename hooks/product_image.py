"""What is particular to ProductImage: how an upload says that it is the main one, and deletions by key."""

from __future__ import annotations

from generated.actor import Context
from generated.errors import ImageNotFound
from generated.inputs import product_image as inputs
from generated.models.product import Product
from generated.models.product_image import ProductImage

MAIN = "main"


async def create(ctx: Context, product: Product, body: inputs.CreateInput) -> ProductImage:
    """One more image of the product."""
    return await _added(ctx, product, body)


async def upload_image(ctx: Context, product: Product, body: inputs.UploadImageInput) -> inputs.UploadImage201:
    """The same, with an answer of its own."""
    return inputs.UploadImage201(image=await _added(ctx, product, body))


async def _added(ctx: Context, product: Product, body: inputs.CreateInput | inputs.UploadImageInput) -> ProductImage:
    (image,) = await ctx.attach(
        ProductImage,
        body.image,
        product_id=product.id,
        alt_text=body.alt_text,
        order=body.order,
        is_primary=body.image_type == MAIN,
    )
    return image


async def delete_image(ctx: Context, product: Product, body: inputs.DeleteImageInput) -> inputs.DeleteImage200:
    """Row and object; the next image becomes the primary one where it was that."""
    image = await ProductImage.get_or_none(product_id=product.id, s3_key=body.image_key, using_db=ctx.db)
    if image is None:
        raise ImageNotFound
    await ctx.remove([image])
    return inputs.DeleteImage200(deleted_key=body.image_key)


async def delete_all_images(ctx: Context, product: Product) -> inputs.DeleteAllImages200:
    """All rows and all objects."""
    images = await ProductImage.filter(product_id=product.id).using_db(ctx.db)
    await ctx.remove(images)
    return inputs.DeleteAllImages200(deleted_count=len(images))
