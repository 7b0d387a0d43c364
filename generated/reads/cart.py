# Generated from spec/cart.yaml by `agora build`; do not edit.
# ruff: noqa: E501 (a part of a statement is one line of SQL)
"""The statements of Cart: one for each read."""

from __future__ import annotations

from runtime.application import Sql
from runtime.reads import ItemRead, RecordRead

RETRIEVE = ItemRead(
    name="cart.retrieve",
    table="cart",
    key="id",
    body=Sql(
        postgres="""
            (
              SELECT concat(
                '{"id":', t."id",
                ',"items":', (
                  SELECT concat('[', string_agg(
                    concat(
                      '{"id":', items1."id",
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
                        WHERE product1."id" = items1."product_id"
                          AND (product1."is_active" OR product1."seller_id" = $actor_id::bigint OR $actor_role::text = 'admin')
                      ), 'null'),
                      ',"quantity":', items1."quantity",
                      ',"total_price":"', (items1."quantity" * (SELECT items1_product."price" FROM "product" items1_product WHERE items1_product."id" = items1."product_id")) * 0.01,
                      '","added_at":"', to_char(items1."added_at" AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
                      '"}'
                    ),
                    ',' ORDER BY items1."added_at", items1."id"
                  ), ']')
                  FROM "cart_item" items1
                  WHERE items1."cart_id" = t."id"
                ),
                ',"total_items":', pass1_1."total_items",
                ',"total_amount":"', pass1_1."total_amount" * 0.01,
                '","created_at":"', to_char(t."created_at" AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
                '","updated_at":"', to_char(t."updated_at" AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
                '"}'
              )
              FROM (
                SELECT coalesce(sum(items1."quantity")::bigint, 0) AS "total_items", coalesce(sum((items1."quantity" * (SELECT items1_product."price" FROM "product" items1_product WHERE items1_product."id" = items1."product_id")))::bigint, 0) AS "total_amount"
                FROM "cart_item" items1
                WHERE items1."cart_id" = t."id"
              ) pass1_1
            )
        """,
        sqlite="""
            (
              SELECT (
                '{"id":' || t."id"
                || ',"items":' || (
                  SELECT '[' || coalesce(group_concat(
                    (
                      '{"id":' || items1."id"
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
                        WHERE product1."id" = items1."product_id"
                          AND (product1."is_active" OR product1."seller_id" = $actor_id OR $actor_role = 'admin')
                      ), 'null')
                      || ',"quantity":' || items1."quantity"
                      || ',"total_price":' || (
                        SELECT (
                          '"' || printf('%s%d.%02d', CASE WHEN v."v" < 0 THEN '-' ELSE '' END, abs(v."v" / 100), abs(v."v" % 100))
                          || '"'
                        )
                        FROM (SELECT (items1."quantity" * (SELECT items1_product."price" FROM "product" items1_product WHERE items1_product."id" = items1."product_id")) AS "v") v
                      )
                      || ',"added_at":"' || items1."added_at"
                      || '"}'
                    ),
                    ','
                  ), '') || ']'
                  FROM (
                    SELECT items1.*
                    FROM "cart_item" items1
                    WHERE items1."cart_id" = t."id"
                    ORDER BY items1."added_at", items1."id"
                    LIMIT -1
                  ) items1
                )
                || ',"total_items":' || pass1_1."total_items"
                || ',"total_amount":"' || printf('%s%d.%02d', CASE WHEN pass1_1."total_amount" < 0 THEN '-' ELSE '' END, abs(pass1_1."total_amount" / 100), abs(pass1_1."total_amount" % 100))
                || '","created_at":"' || t."created_at"
                || '","updated_at":"' || t."updated_at"
                || '"}'
              )
              FROM (
                SELECT coalesce(sum(items1."quantity"), 0) AS "total_items", coalesce(sum((items1."quantity" * (SELECT items1_product."price" FROM "product" items1_product WHERE items1_product."id" = items1."product_id"))), 0) AS "total_amount"
                FROM "cart_item" items1
                WHERE items1."cart_id" = t."id"
              ) pass1_1
            )
        """,
    ),
    where=Sql(postgres='t."user_id" = $actor_id::bigint', sqlite='t."user_id" = $actor_id'),
)

ADD_ITEM_RECORD = RecordRead(
    name="cart.add_item.record",
    table="cart",
    key="id",
    columns=("id", "created_at", "updated_at", "user_id"),
    where=Sql(postgres='t."user_id" = $actor_id::bigint', sqlite='t."user_id" = $actor_id'),
)

ADD_ITEM_RESULT_ITEM_BODY = Sql(
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
          ',"quantity":', t."quantity",
          ',"total_price":"', (t."quantity" * (SELECT t_product."price" FROM "product" t_product WHERE t_product."id" = t."product_id")) * 0.01,
          '","added_at":"', to_char(t."added_at" AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
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
          || ',"quantity":' || t."quantity"
          || ',"total_price":' || (
            SELECT (
              '"' || printf('%s%d.%02d', CASE WHEN v."v" < 0 THEN '-' ELSE '' END, abs(v."v" / 100), abs(v."v" % 100))
              || '"'
            )
            FROM (SELECT (t."quantity" * (SELECT t_product."price" FROM "product" t_product WHERE t_product."id" = t."product_id")) AS "v") v
          )
          || ',"added_at":"' || t."added_at"
          || '"}'
        )
    """,
)

ADD_ITEM_RESULT_ITEM = ItemRead(
    name="cart.add_item.result_item",
    table="cart_item",
    key="id",
    body=ADD_ITEM_RESULT_ITEM_BODY,
    where=Sql(postgres='t."id" = $key::bigint', sqlite='t."id" = $key'),
)

UPDATE_ITEM_RECORD = RecordRead(
    name="cart.update_item.record",
    table="cart",
    key="id",
    columns=("id", "created_at", "updated_at", "user_id"),
    where=Sql(postgres='t."user_id" = $actor_id::bigint', sqlite='t."user_id" = $actor_id'),
)

UPDATE_ITEM_RESULT_ITEM = ItemRead(
    name="cart.update_item.result_item",
    table="cart_item",
    key="id",
    body=ADD_ITEM_RESULT_ITEM_BODY,
    where=Sql(postgres='t."id" = $key::bigint', sqlite='t."id" = $key'),
)

REMOVE_ITEM_RECORD = RecordRead(
    name="cart.remove_item.record",
    table="cart",
    key="id",
    columns=("id", "created_at", "updated_at", "user_id"),
    where=Sql(postgres='t."user_id" = $actor_id::bigint', sqlite='t."user_id" = $actor_id'),
)

CLEAR_RECORD = RecordRead(
    name="cart.clear.record",
    table="cart",
    key="id",
    columns=("id", "created_at", "updated_at", "user_id"),
    where=Sql(postgres='t."user_id" = $actor_id::bigint', sqlite='t."user_id" = $actor_id'),
)

UPDATE_ITEM_STATUS_RECORD = RecordRead(
    name="cart.update_item_status.record",
    table="cart",
    key="id",
    columns=("id", "created_at", "updated_at", "user_id"),
    where=Sql(postgres='t."user_id" = $actor_id::bigint', sqlite='t."user_id" = $actor_id'),
)

VALIDATE_STOCK_RECORD = RecordRead(
    name="cart.validate_stock.record",
    table="cart",
    key="id",
    columns=("id", "created_at", "updated_at", "user_id"),
    where=Sql(postgres='t."user_id" = $actor_id::bigint', sqlite='t."user_id" = $actor_id'),
)

CHECKOUT_RECORD = RecordRead(
    name="cart.checkout.record",
    table="cart",
    key="id",
    columns=("id", "created_at", "updated_at", "user_id"),
    where=Sql(postgres='t."user_id" = $actor_id::bigint', sqlite='t."user_id" = $actor_id'),
)

CHECKOUT_RESULT = ItemRead(
    name="cart.checkout.result",
    table="order",
    key="id",
    body=Sql(
        postgres="""
            concat(
              '{"id":"', t."id",
              '","buyer":', t."buyer_id",
              ',"status":', to_json(t."status"),
              ',"payment_status":', to_json(t."payment_status"),
              ',"subtotal":"', t."subtotal" * 0.01,
              '","shipping_cost":"', t."shipping_cost" * 0.01,
              '","tax_amount":"', t."tax_amount" * 0.01,
              '","discount_amount":"', t."discount_amount" * 0.01,
              '","total_amount":"', (((t."subtotal" + t."shipping_cost") + t."tax_amount") - t."discount_amount") * 0.01,
              '","shipping_address":', t."shipping_address",
              ',"tracking_number":', to_json(t."tracking_number"),
              ',"shipping_carrier":', to_json(t."shipping_carrier"),
              ',"carrier_code":', to_json(t."carrier_code"),
              ',"buyer_notes":', to_json(t."buyer_notes"),
              ',"admin_notes":', coalesce(to_json((CASE WHEN $actor_role::text = 'admin' THEN t."admin_notes" ELSE NULL END))::text, 'null'),
              ',"cancellation_reason":', to_json(t."cancellation_reason"),
              ',"cancelled_by":', coalesce((t."cancelled_by_id")::text, 'null'),
              ',"cancelled_at":', coalesce('"' || to_char(t."cancelled_at" AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') || '"', 'null'),
              ',"processed_at":', coalesce('"' || to_char(t."processed_at" AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') || '"', 'null'),
              ',"shipped_at":', coalesce('"' || to_char(t."shipped_at" AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') || '"', 'null'),
              ',"delivered_at":', coalesce('"' || to_char(t."delivered_at" AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') || '"', 'null'),
              ',"created_at":"', to_char(t."created_at" AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
              '","updated_at":"', to_char(t."updated_at" AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
              '","items":', (
                SELECT concat('[', string_agg(
                  concat(
                    '{"id":', items1."id",
                    ',"product":', coalesce('"' || items1."product_id"::text || '"', 'null'),
                    ',"seller":', items1."seller_id",
                    ',"quantity":', items1."quantity",
                    ',"unit_price":"', items1."unit_price" * 0.01,
                    '","total_price":"', items1."total_price" * 0.01,
                    '","product_name":', to_json(items1."product_name"),
                    ',"product_description":', to_json(items1."product_description"),
                    ',"product_image":', coalesce(chr(31) || items1."product_image" || chr(31), 'null'),
                    ',"product_image_fresh":', coalesce(chr(31) || (
                      SELECT images1."s3_key"
                      FROM "product_image" images1
                      WHERE images1."product_id" = items1."product_id"
                        AND images1."is_primary"
                      ORDER BY images1."order", images1."id"
                      LIMIT 1
                    ) || chr(31), 'null'),
                    '}'
                  ),
                  ',' ORDER BY items1."id"
                ), ']')
                FROM "order_item" items1
                WHERE items1."order_id" = t."id"
              ),
              ',"shipping_info":', (
                SELECT concat('[', string_agg(
                  concat(
                    '{"id":', shipping_info1."id",
                    ',"seller":', coalesce((
                      SELECT concat(
                        '{"id":', seller1."id",
                        ',"username":', to_json(seller1."username"),
                        ',"first_name":', to_json(seller1."first_name"),
                        ',"last_name":', to_json(seller1."last_name"),
                        ',"avatar":', coalesce(chr(31) || seller1."avatar" || chr(31), 'null'),
                        '}'
                      )
                      FROM "user" seller1
                      WHERE seller1."id" = shipping_info1."seller_id"
                    ), 'null'),
                    ',"tracking_number":', to_json(shipping_info1."tracking_number"),
                    ',"shipping_carrier":', to_json(shipping_info1."shipping_carrier"),
                    ',"carrier_code":', to_json(shipping_info1."carrier_code"),
                    ',"shipped_at":', coalesce('"' || to_char(shipping_info1."shipped_at" AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') || '"', 'null'),
                    ',"delivered_at":', coalesce('"' || to_char(shipping_info1."delivered_at" AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') || '"', 'null'),
                    ',"created_at":"', to_char(shipping_info1."created_at" AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
                    '","updated_at":"', to_char(shipping_info1."updated_at" AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
                    '"}'
                  ),
                  ',' ORDER BY shipping_info1."id"
                ), ']')
                FROM "order_shipping" shipping_info1
                WHERE shipping_info1."order_id" = t."id"
              ),
              '}'
            )
        """,
        sqlite="""
            (
              '{"id":"' || t."id"
              || '","buyer":' || t."buyer_id"
              || ',"status":' || json_quote(t."status")
              || ',"payment_status":' || json_quote(t."payment_status")
              || ',"subtotal":"' || printf('%d.%02d', t."subtotal" / 100, t."subtotal" % 100)
              || '","shipping_cost":"' || printf('%d.%02d', t."shipping_cost" / 100, t."shipping_cost" % 100)
              || '","tax_amount":"' || printf('%d.%02d', t."tax_amount" / 100, t."tax_amount" % 100)
              || '","discount_amount":"' || printf('%d.%02d', t."discount_amount" / 100, t."discount_amount" % 100)
              || '","total_amount":' || (
                SELECT (
                  '"' || printf('%s%d.%02d', CASE WHEN v."v" < 0 THEN '-' ELSE '' END, abs(v."v" / 100), abs(v."v" % 100))
                  || '"'
                )
                FROM (SELECT (((t."subtotal" + t."shipping_cost") + t."tax_amount") - t."discount_amount") AS "v") v
              )
              || ',"shipping_address":' || t."shipping_address"
              || ',"tracking_number":' || json_quote(t."tracking_number")
              || ',"shipping_carrier":' || json_quote(t."shipping_carrier")
              || ',"carrier_code":' || json_quote(t."carrier_code")
              || ',"buyer_notes":' || json_quote(t."buyer_notes")
              || ',"admin_notes":' || json_quote((CASE WHEN $actor_role = 'admin' THEN t."admin_notes" ELSE NULL END))
              || ',"cancellation_reason":' || json_quote(t."cancellation_reason")
              || ',"cancelled_by":' || coalesce(t."cancelled_by_id", 'null')
              || ',"cancelled_at":' || coalesce('"' || t."cancelled_at" || '"', 'null')
              || ',"processed_at":' || coalesce('"' || t."processed_at" || '"', 'null')
              || ',"shipped_at":' || coalesce('"' || t."shipped_at" || '"', 'null')
              || ',"delivered_at":' || coalesce('"' || t."delivered_at" || '"', 'null')
              || ',"created_at":"' || t."created_at"
              || '","updated_at":"' || t."updated_at"
              || '","items":' || (
                SELECT '[' || coalesce(group_concat(
                  (
                    '{"id":' || items1."id"
                    || ',"product":' || coalesce('"' || items1."product_id" || '"', 'null')
                    || ',"seller":' || items1."seller_id"
                    || ',"quantity":' || items1."quantity"
                    || ',"unit_price":"' || printf('%d.%02d', items1."unit_price" / 100, items1."unit_price" % 100)
                    || '","total_price":"' || printf('%d.%02d', items1."total_price" / 100, items1."total_price" % 100)
                    || '","product_name":' || json_quote(items1."product_name")
                    || ',"product_description":' || json_quote(items1."product_description")
                    || ',"product_image":' || coalesce(char(31) || items1."product_image" || char(31), 'null')
                    || ',"product_image_fresh":' || coalesce(char(31) || (
                      SELECT images1."s3_key"
                      FROM "product_image" images1
                      WHERE images1."product_id" = items1."product_id"
                        AND images1."is_primary"
                      ORDER BY images1."order", images1."id"
                      LIMIT 1
                    ) || char(31), 'null')
                    || '}'
                  ),
                  ','
                ), '') || ']'
                FROM (
                  SELECT items1.*
                  FROM "order_item" items1
                  WHERE items1."order_id" = t."id"
                  ORDER BY items1."id"
                  LIMIT -1
                ) items1
              )
              || ',"shipping_info":' || (
                SELECT '[' || coalesce(group_concat(
                  (
                    '{"id":' || shipping_info1."id"
                    || ',"seller":' || coalesce((
                      SELECT (
                        '{"id":' || seller1."id"
                        || ',"username":' || json_quote(seller1."username")
                        || ',"first_name":' || json_quote(seller1."first_name")
                        || ',"last_name":' || json_quote(seller1."last_name")
                        || ',"avatar":' || coalesce(char(31) || seller1."avatar" || char(31), 'null')
                        || '}'
                      )
                      FROM "user" seller1
                      WHERE seller1."id" = shipping_info1."seller_id"
                    ), 'null')
                    || ',"tracking_number":' || json_quote(shipping_info1."tracking_number")
                    || ',"shipping_carrier":' || json_quote(shipping_info1."shipping_carrier")
                    || ',"carrier_code":' || json_quote(shipping_info1."carrier_code")
                    || ',"shipped_at":' || coalesce('"' || shipping_info1."shipped_at" || '"', 'null')
                    || ',"delivered_at":' || coalesce('"' || shipping_info1."delivered_at" || '"', 'null')
                    || ',"created_at":"' || shipping_info1."created_at"
                    || '","updated_at":"' || shipping_info1."updated_at"
                    || '"}'
                  ),
                  ','
                ), '') || ']'
                FROM (
                  SELECT shipping_info1.*
                  FROM "order_shipping" shipping_info1
                  WHERE shipping_info1."order_id" = t."id"
                  ORDER BY shipping_info1."id"
                  LIMIT -1
                ) shipping_info1
              )
              || '}'
            )
        """,
    ),
    where=Sql(postgres='t."id" = $key::uuid', sqlite='t."id" = $key'),
)
