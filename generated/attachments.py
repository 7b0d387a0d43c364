# Generated from spec/ by `agora build`; do not edit.
"""What the file fields hold."""

from __future__ import annotations

from runtime.application import Attachment

PRODUCT_IMAGE_S3_KEY = Attachment(
    table="product_image",
    key="id",
    column="s3_key",
    prefix="products",
    by_holder=True,
    nullable=False,
    accept=("jpeg", "png", "webp"),
    max_bytes=10485760,
    max_pixels=40000000,
    original_name="original_filename",
    size="file_size",
    media_type="content_type",
)
USER_AVATAR = Attachment(
    table="user",
    key="id",
    column="avatar",
    prefix="profiles",
    by_holder=True,
    nullable=True,
    accept=("jpeg", "png", "webp", "gif"),
    max_bytes=5242880,
    max_pixels=40000000,
    size="avatar_size",
    stored_at="avatar_stored_at",
)

ATTACHMENTS = (
    PRODUCT_IMAGE_S3_KEY,
    USER_AVATAR,
)
