# Generated from spec/product_image.yaml by `agora build`; do not edit.
# ruff: noqa: E501 (a part of a statement is one line of SQL)
"""The statements of ProductImage: one for each read."""

from __future__ import annotations

from runtime.application import Sql
from runtime.reads import ItemRead, RecordRead

RETRIEVE_BODY = Sql(
    postgres="""
        concat(
          '{"id":', t."id",
          ',"alt_text":', to_json(t."alt_text"),
          ',"is_primary":', t."is_primary"::text,
          ',"order":', t."order",
          ',"s3_key":', to_json(t."s3_key"),
          ',"original_filename":', to_json(t."original_filename"),
          ',"file_size":', t."file_size",
          ',"content_type":', to_json(t."content_type"),
          ',"created_at":"', to_char(t."created_at" AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
          '","presigned_url":', chr(31) || t."s3_key" || chr(31),
          ',"image_url":', chr(31) || t."s3_key" || chr(31),
          '}'
        )
    """,
    sqlite="""
        (
          '{"id":' || t."id"
          || ',"alt_text":' || json_quote(t."alt_text")
          || ',"is_primary":' || CASE WHEN t."is_primary" THEN 'true' ELSE 'false' END
          || ',"order":' || t."order"
          || ',"s3_key":' || json_quote(t."s3_key")
          || ',"original_filename":' || json_quote(t."original_filename")
          || ',"file_size":' || t."file_size"
          || ',"content_type":' || json_quote(t."content_type")
          || ',"created_at":"' || t."created_at"
          || '","presigned_url":' || char(31) || t."s3_key" || char(31)
          || ',"image_url":' || char(31) || t."s3_key" || char(31)
          || '}'
        )
    """,
)

RETRIEVE_WHERE = Sql(
    postgres="""
        t."id" = $id::bigint
        AND (t."product_id" = (
          SELECT product1."id"
          FROM "product" product1
          WHERE product1."slug" = $slug::text
            AND (product1."is_active" OR product1."seller_id" = $actor_id::bigint OR $actor_role::text = 'admin')
        ))
    """,
    sqlite="""
        t."id" = $id
        AND (t."product_id" = (
          SELECT product1."id"
          FROM "product" product1
          WHERE product1."slug" = $slug
            AND (product1."is_active" OR product1."seller_id" = $actor_id OR $actor_role = 'admin')
        ))
    """,
)

RETRIEVE = ItemRead(
    name="product_image.retrieve",
    table="product_image",
    key="id",
    body=RETRIEVE_BODY,
    where=RETRIEVE_WHERE,
    public=True,
)

UPDATE_RECORD_ALLOWED = Sql(
    postgres="""
        ((SELECT t_product."seller_id" FROM "product" t_product WHERE t_product."id" = t."product_id") = $actor_id::bigint OR $actor_role::text = 'admin')
    """,
    sqlite="""
        ((SELECT t_product."seller_id" FROM "product" t_product WHERE t_product."id" = t."product_id") = $actor_id OR $actor_role = 'admin')
    """,
)

UPDATE_RECORD = RecordRead(
    name="product_image.update.record",
    table="product_image",
    key="id",
    columns=(
        "id",
        "alt_text",
        "is_primary",
        "order",
        "s3_key",
        "original_filename",
        "file_size",
        "content_type",
        "created_at",
        "product_id",
    ),
    where=RETRIEVE_WHERE,
    allowed=UPDATE_RECORD_ALLOWED,
)

UPDATE_RESULT = ItemRead(
    name="product_image.update.result",
    table="product_image",
    key="id",
    body=RETRIEVE_BODY,
    where=Sql(postgres='t."id" = $key::bigint', sqlite='t."id" = $key'),
)

DELETE_RECORD = RecordRead(
    name="product_image.delete.record",
    table="product_image",
    key="id",
    columns=(
        "id",
        "alt_text",
        "is_primary",
        "order",
        "s3_key",
        "original_filename",
        "file_size",
        "content_type",
        "created_at",
        "product_id",
    ),
    where=RETRIEVE_WHERE,
    allowed=UPDATE_RECORD_ALLOWED,
)

CREATE_RECORD_WHERE = Sql(
    postgres="""
        t."slug" = $slug::text
        AND (t."is_active" OR t."seller_id" = $actor_id::bigint OR $actor_role::text = 'admin')
    """,
    sqlite="""
        t."slug" = $slug
        AND (t."is_active" OR t."seller_id" = $actor_id OR $actor_role = 'admin')
    """,
)

CREATE_RECORD_ALLOWED = Sql(
    postgres="""
        (
          SELECT ((SELECT new1_product."seller_id" FROM "product" new1_product WHERE new1_product."id" = new1."product_id") = $actor_id::bigint OR $actor_role::text = 'admin')
          FROM (SELECT t."id" AS "product_id") new1
        )
    """,
    sqlite="""
        (
          SELECT ((SELECT new1_product."seller_id" FROM "product" new1_product WHERE new1_product."id" = new1."product_id") = $actor_id OR $actor_role = 'admin')
          FROM (SELECT t."id" AS "product_id") new1
        )
    """,
)

CREATE_RECORD = RecordRead(
    name="product_image.create.record",
    table="product",
    key="id",
    columns=(
        "id",
        "name",
        "slug",
        "description",
        "short_description",
        "price",
        "original_price",
        "stock_quantity",
        "condition",
        "brand",
        "model",
        "weight",
        "dimensions_length",
        "dimensions_width",
        "dimensions_height",
        "colors",
        "tags",
        "materials",
        "is_active",
        "is_featured",
        "is_digital",
        "view_count",
        "click_count",
        "created_at",
        "updated_at",
        "seller_id",
        "category_id",
    ),
    where=CREATE_RECORD_WHERE,
    allowed=CREATE_RECORD_ALLOWED,
)

CREATE_RESULT = ItemRead(
    name="product_image.create.result",
    table="product_image",
    key="id",
    body=RETRIEVE_BODY,
    where=Sql(postgres='t."id" = $key::bigint', sqlite='t."id" = $key'),
)

UPLOAD_IMAGE_RECORD = RecordRead(
    name="product_image.upload_image.record",
    table="product",
    key="id",
    columns=(
        "id",
        "name",
        "slug",
        "description",
        "short_description",
        "price",
        "original_price",
        "stock_quantity",
        "condition",
        "brand",
        "model",
        "weight",
        "dimensions_length",
        "dimensions_width",
        "dimensions_height",
        "colors",
        "tags",
        "materials",
        "is_active",
        "is_featured",
        "is_digital",
        "view_count",
        "click_count",
        "created_at",
        "updated_at",
        "seller_id",
        "category_id",
    ),
    where=CREATE_RECORD_WHERE,
    allowed=CREATE_RECORD_ALLOWED,
)

UPLOAD_IMAGE_RESULT_IMAGE = ItemRead(
    name="product_image.upload_image.result_image",
    table="product_image",
    key="id",
    body=Sql(
        postgres="""
            concat(
              '{"id":', t."id",
              ',"url":', chr(31) || t."s3_key" || chr(31),
              ',"key":', to_json(t."s3_key"),
              ',"size":', t."file_size",
              ',"type":', to_json(t."content_type"),
              ',"uploaded_at":"', to_char(t."created_at" AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
              '"}'
            )
        """,
        sqlite="""
            (
              '{"id":' || t."id"
              || ',"url":' || char(31) || t."s3_key" || char(31)
              || ',"key":' || json_quote(t."s3_key")
              || ',"size":' || t."file_size"
              || ',"type":' || json_quote(t."content_type")
              || ',"uploaded_at":"' || t."created_at"
              || '"}'
            )
        """,
    ),
    where=Sql(postgres='t."id" = $key::bigint', sqlite='t."id" = $key'),
)

DELETE_IMAGE_RECORD = RecordRead(
    name="product_image.delete_image.record",
    table="product",
    key="id",
    columns=(
        "id",
        "name",
        "slug",
        "description",
        "short_description",
        "price",
        "original_price",
        "stock_quantity",
        "condition",
        "brand",
        "model",
        "weight",
        "dimensions_length",
        "dimensions_width",
        "dimensions_height",
        "colors",
        "tags",
        "materials",
        "is_active",
        "is_featured",
        "is_digital",
        "view_count",
        "click_count",
        "created_at",
        "updated_at",
        "seller_id",
        "category_id",
    ),
    where=CREATE_RECORD_WHERE,
    allowed=CREATE_RECORD_ALLOWED,
)

DELETE_ALL_IMAGES_RECORD = RecordRead(
    name="product_image.delete_all_images.record",
    table="product",
    key="id",
    columns=(
        "id",
        "name",
        "slug",
        "description",
        "short_description",
        "price",
        "original_price",
        "stock_quantity",
        "condition",
        "brand",
        "model",
        "weight",
        "dimensions_length",
        "dimensions_width",
        "dimensions_height",
        "colors",
        "tags",
        "materials",
        "is_active",
        "is_featured",
        "is_digital",
        "view_count",
        "click_count",
        "created_at",
        "updated_at",
        "seller_id",
        "category_id",
    ),
    where=CREATE_RECORD_WHERE,
    allowed=CREATE_RECORD_ALLOWED,
)
