# Generated from spec/favorite.yaml by `agora build`; do not edit.
# ruff: noqa: E501 (a part of a statement is one line of SQL)
"""The statements of Favorite: one for each read."""

from __future__ import annotations

from runtime.application import Sql
from runtime.reads import ListRead, SortKey

LIST = ListRead(
    name="favorite.list",
    table="favorite",
    key="id",
    key_type="id",
    body=Sql(
        postgres="""
            concat(
              '{"id":', t."id",
              ',"product":', coalesce((
                SELECT (
                  SELECT concat(
                    '{"id":"', product1."id",
                    '","name":', to_json(product1."name"),
                    ',"slug":', to_json(product1."slug"),
                    ',"short_description":', to_json(product1."short_description"),
                    ',"seller":', coalesce((
                      SELECT concat('{"id":', seller1."id", ',"username":', to_json(seller1."username"), '}')
                      FROM "user" seller1
                      WHERE seller1."id" = product1."seller_id"
                    ), 'null'),
                    ',"category":', coalesce((
                      SELECT concat(
                        '{"id":', category1."id",
                        ',"name":', to_json(category1."name"),
                        ',"slug":', to_json(category1."slug"),
                        '}'
                      )
                      FROM "category" category1
                      WHERE category1."id" = product1."category_id"
                        AND category1."is_active"
                    ), 'null'),
                    ',"price":"', product1."price" * 0.01,
                    '","original_price":', coalesce('"' || (product1."original_price" * 0.01)::text || '"', 'null'),
                    ',"stock_quantity":', product1."stock_quantity",
                    ',"condition":', to_json(product1."condition"),
                    ',"brand":', to_json(product1."brand"),
                    ',"primary_image":', coalesce((
                      SELECT concat(
                        '{"id":', images1."id",
                        ',"alt_text":', to_json(images1."alt_text"),
                        ',"is_primary":', images1."is_primary"::text,
                        ',"order":', images1."order",
                        ',"s3_key":', to_json(images1."s3_key"),
                        ',"original_filename":', to_json(images1."original_filename"),
                        ',"file_size":', images1."file_size",
                        ',"content_type":', to_json(images1."content_type"),
                        ',"created_at":"', to_char(images1."created_at" AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
                        '","presigned_url":', chr(31) || images1."s3_key" || chr(31),
                        ',"image_url":', chr(31) || images1."s3_key" || chr(31),
                        '}'
                      )
                      FROM "product_image" images1
                      WHERE images1."product_id" = product1."id"
                        AND images1."is_primary"
                      ORDER BY images1."order", images1."id"
                      LIMIT 1
                    ), 'null'),
                    ',"is_featured":', product1."is_featured"::text,
                    ',"is_digital":', product1."is_digital"::text,
                    ',"is_active":', product1."is_active"::text,
                    ',"average_rating":', pass1_1."average_rating" * 0.01,
                    ',"review_count":', pass1_1."review_count",
                    ',"is_in_stock":', (product1."stock_quantity" > 0)::text,
                    ',"is_on_sale":', (product1."original_price" IS NOT NULL AND product1."original_price" > product1."price")::text,
                    ',"discount_percentage":', (CASE WHEN product1."original_price" IS NOT NULL AND product1."original_price" > product1."price" THEN coalesce(((((product1."original_price" - product1."price") * 100) - ((((product1."original_price" - product1."price") * 100) % NULLIF(product1."original_price", 0)) + product1."original_price") % product1."original_price") / product1."original_price"), 0) ELSE 0 END),
                    ',"is_favorited":', (EXISTS (
                      SELECT 1
                      FROM "favorite" favorites1
                      WHERE favorites1."product_id" = product1."id"
                        AND favorites1."user_id" = $actor_id::bigint
                    ))::text,
                    ',"created_at":"', to_char(product1."created_at" AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
                    '","view_count":', product1."view_count",
                    ',"favorite_count":', (
                      SELECT count(*)
                      FROM "favorite" favorites1
                      WHERE favorites1."product_id" = product1."id"
                    ),
                    '}'
                  )
                  FROM (
                    SELECT coalesce(((2 * abs((100 * sum(reviews1."rating")::bigint)) + count(reviews1."rating")) / NULLIF(2 * count(reviews1."rating"), 0) * CASE WHEN (100 * sum(reviews1."rating")::bigint) < 0 THEN -1 ELSE 1 END), 0) AS "average_rating", count(*) AS "review_count"
                    FROM "review" reviews1
                    WHERE reviews1."product_id" = product1."id"
                      AND reviews1."is_active"
                  ) pass1_1
                )
                FROM "product" product1
                WHERE product1."id" = t."product_id"
                  AND (product1."is_active" OR product1."seller_id" = $actor_id::bigint OR $actor_role::text = 'admin')
              ), 'null'),
              ',"created_at":"', to_char(t."created_at" AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
              '"}'
            )
        """,
        sqlite="""
            (
              '{"id":' || t."id"
              || ',"product":' || coalesce((
                SELECT (
                  SELECT (
                    '{"id":"' || product1."id"
                    || '","name":' || json_quote(product1."name")
                    || ',"slug":' || json_quote(product1."slug")
                    || ',"short_description":' || json_quote(product1."short_description")
                    || ',"seller":' || coalesce((
                      SELECT ('{"id":' || seller1."id" || ',"username":' || json_quote(seller1."username") || '}')
                      FROM "user" seller1
                      WHERE seller1."id" = product1."seller_id"
                    ), 'null')
                    || ',"category":' || coalesce((
                      SELECT (
                        '{"id":' || category1."id"
                        || ',"name":' || json_quote(category1."name")
                        || ',"slug":' || json_quote(category1."slug")
                        || '}'
                      )
                      FROM "category" category1
                      WHERE category1."id" = product1."category_id"
                        AND category1."is_active"
                    ), 'null')
                    || ',"price":"' || printf('%d.%02d', product1."price" / 100, product1."price" % 100)
                    || '","original_price":' || coalesce('"' || CASE WHEN product1."original_price" IS NOT NULL THEN printf('%d.%02d', product1."original_price" / 100, product1."original_price" % 100) END || '"', 'null')
                    || ',"stock_quantity":' || product1."stock_quantity"
                    || ',"condition":' || json_quote(product1."condition")
                    || ',"brand":' || json_quote(product1."brand")
                    || ',"primary_image":' || coalesce((
                      SELECT (
                        '{"id":' || images1."id"
                        || ',"alt_text":' || json_quote(images1."alt_text")
                        || ',"is_primary":' || CASE WHEN images1."is_primary" THEN 'true' ELSE 'false' END
                        || ',"order":' || images1."order"
                        || ',"s3_key":' || json_quote(images1."s3_key")
                        || ',"original_filename":' || json_quote(images1."original_filename")
                        || ',"file_size":' || images1."file_size"
                        || ',"content_type":' || json_quote(images1."content_type")
                        || ',"created_at":"' || images1."created_at"
                        || '","presigned_url":' || char(31) || images1."s3_key" || char(31)
                        || ',"image_url":' || char(31) || images1."s3_key" || char(31)
                        || '}'
                      )
                      FROM "product_image" images1
                      WHERE images1."product_id" = product1."id"
                        AND images1."is_primary"
                      ORDER BY images1."order", images1."id"
                      LIMIT 1
                    ), 'null')
                    || ',"is_featured":' || CASE WHEN product1."is_featured" THEN 'true' ELSE 'false' END
                    || ',"is_digital":' || CASE WHEN product1."is_digital" THEN 'true' ELSE 'false' END
                    || ',"is_active":' || CASE WHEN product1."is_active" THEN 'true' ELSE 'false' END
                    || ',"average_rating":' || printf('%s%d.%02d', CASE WHEN pass1_1."average_rating" < 0 THEN '-' ELSE '' END, abs(pass1_1."average_rating" / 100), abs(pass1_1."average_rating" % 100))
                    || ',"review_count":' || pass1_1."review_count"
                    || ',"is_in_stock":' || CASE WHEN (product1."stock_quantity" > 0) THEN 'true' ELSE 'false' END
                    || ',"is_on_sale":' || CASE WHEN (product1."original_price" IS NOT NULL AND product1."original_price" > product1."price") THEN 'true' ELSE 'false' END
                    || ',"discount_percentage":' || (CASE WHEN product1."original_price" IS NOT NULL AND product1."original_price" > product1."price" THEN coalesce(((((product1."original_price" - product1."price") * 100) - ((((product1."original_price" - product1."price") * 100) % NULLIF(product1."original_price", 0)) + product1."original_price") % product1."original_price") / product1."original_price"), 0) ELSE 0 END)
                    || ',"is_favorited":' || CASE WHEN EXISTS (
                      SELECT 1
                      FROM "favorite" favorites1
                      WHERE favorites1."product_id" = product1."id"
                        AND favorites1."user_id" = $actor_id
                    ) THEN 'true' ELSE 'false' END
                    || ',"created_at":"' || product1."created_at"
                    || '","view_count":' || product1."view_count"
                    || ',"favorite_count":' || (
                      SELECT count(*)
                      FROM "favorite" favorites1
                      WHERE favorites1."product_id" = product1."id"
                    )
                    || '}'
                  )
                  FROM (
                    SELECT coalesce(((2 * abs((100 * sum(reviews1."rating"))) + count(reviews1."rating")) / NULLIF(2 * count(reviews1."rating"), 0) * CASE WHEN (100 * sum(reviews1."rating")) < 0 THEN -1 ELSE 1 END), 0) AS "average_rating", count(*) AS "review_count"
                    FROM "review" reviews1
                    WHERE reviews1."product_id" = product1."id"
                      AND reviews1."is_active"
                  ) pass1_1
                )
                FROM "product" product1
                WHERE product1."id" = t."product_id"
                  AND (product1."is_active" OR product1."seller_id" = $actor_id OR $actor_role = 'admin')
              ), 'null')
              || ',"created_at":"' || t."created_at"
              || '"}'
            )
        """,
    ),
    where=Sql(
        postgres="""
            t."user_id" = $actor_id::bigint
            AND (SELECT t_product."is_active" FROM "product" t_product WHERE t_product."id" = t."product_id")
        """,
        sqlite="""
            t."user_id" = $actor_id
            AND (SELECT t_product."is_active" FROM "product" t_product WHERE t_product."id" = t."product_id")
        """,
    ),
    sorts=(SortKey(name="created_at", sql=Sql.same('t."created_at"'), type="datetime"),),
    default_sort=("-created_at",),
)
