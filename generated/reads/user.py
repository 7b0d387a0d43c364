# Generated from spec/user.yaml by `agora build`; do not edit.
# ruff: noqa: E501 (a part of a statement is one line of SQL)
"""The statements of User: one for each read."""

from __future__ import annotations

from runtime.application import Sql
from runtime.reads import ItemRead, RecordRead

REGISTER_RESULT_BODY = Sql(
    postgres="""
        concat(
          '{"id":', t."id",
          ',"username":', to_json(t."username"),
          ',"email":', to_json(t."email"),
          ',"first_name":', to_json(t."first_name"),
          ',"last_name":', to_json(t."last_name"),
          ',"role":', to_json(t."role"),
          ',"is_active":', t."is_active"::text,
          ',"date_joined":"', to_char(t."date_joined" AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
          '","avatar":', coalesce(chr(31) || t."avatar" || chr(31), 'null'),
          '}'
        )
    """,
    sqlite="""
        (
          '{"id":' || t."id"
          || ',"username":' || json_quote(t."username")
          || ',"email":' || json_quote(t."email")
          || ',"first_name":' || json_quote(t."first_name")
          || ',"last_name":' || json_quote(t."last_name")
          || ',"role":' || json_quote(t."role")
          || ',"is_active":' || CASE WHEN t."is_active" THEN 'true' ELSE 'false' END
          || ',"date_joined":"' || t."date_joined"
          || '","avatar":' || coalesce(char(31) || t."avatar" || char(31), 'null')
          || '}'
        )
    """,
)

REGISTER_RESULT = ItemRead(
    name="user.register.result",
    table="user",
    key="id",
    body=REGISTER_RESULT_BODY,
    where=Sql(postgres='t."id" = $key::bigint', sqlite='t."id" = $key'),
)

ME = ItemRead(
    name="user.me",
    table="user",
    key="id",
    body=REGISTER_RESULT_BODY,
    where=Sql(postgres='t."id" = $actor_id::bigint', sqlite='t."id" = $actor_id'),
)

UPDATE_ME_RECORD = RecordRead(
    name="user.update_me.record",
    table="user",
    key="id",
    columns=(
        "id",
        "username",
        "email",
        "password",
        "first_name",
        "last_name",
        "role",
        "avatar",
        "avatar_size",
        "avatar_stored_at",
        "is_active",
        "date_joined",
    ),
    where=Sql(postgres='t."id" = $actor_id::bigint', sqlite='t."id" = $actor_id'),
)

UPDATE_ME_RESULT = ItemRead(
    name="user.update_me.result",
    table="user",
    key="id",
    body=REGISTER_RESULT_BODY,
    where=Sql(postgres='t."id" = $key::bigint', sqlite='t."id" = $key'),
)

PROFILE_PICTURE = ItemRead(
    name="user.profile_picture",
    table="user",
    key="id",
    body=Sql(
        postgres="""
            concat(
              '{"user_id":', t."id",
              ',"username":', to_json(t."username"),
              ',"profile_picture":', CASE WHEN t."avatar" IS NOT NULL THEN concat(
                  '{"url":', coalesce(chr(31) || t."avatar" || chr(31), 'null'),
                  ',"key":', coalesce(to_json(t."avatar")::text, 'null'),
                  ',"size":', coalesce((t."avatar_size")::text, 'null'),
                  ',"uploaded_at":', coalesce('"' || to_char(t."avatar_stored_at" AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') || '"', 'null'),
                  '}'
                ) ELSE 'null' END,
              '}'
            )
        """,
        sqlite="""
            (
              '{"user_id":' || t."id"
              || ',"username":' || json_quote(t."username")
              || ',"profile_picture":' || CASE WHEN t."avatar" IS NOT NULL THEN (
                  '{"url":' || coalesce(char(31) || t."avatar" || char(31), 'null')
                  || ',"key":' || json_quote(t."avatar")
                  || ',"size":' || coalesce(t."avatar_size", 'null')
                  || ',"uploaded_at":' || coalesce('"' || t."avatar_stored_at" || '"', 'null')
                  || '}'
                ) ELSE 'null' END
              || '}'
            )
        """,
    ),
    where=Sql(postgres='t."id" = $actor_id::bigint', sqlite='t."id" = $actor_id'),
)

UPLOAD_PROFILE_PICTURE_RECORD = RecordRead(
    name="user.upload_profile_picture.record",
    table="user",
    key="id",
    columns=(
        "id",
        "username",
        "email",
        "password",
        "first_name",
        "last_name",
        "role",
        "avatar",
        "avatar_size",
        "avatar_stored_at",
        "is_active",
        "date_joined",
    ),
    where=Sql(postgres='t."id" = $actor_id::bigint', sqlite='t."id" = $actor_id'),
)

UPLOAD_PROFILE_PICTURE_RESULT_PROFILE_PICTURE_BODY = Sql(
    postgres="""
        concat(
          '{"url":', coalesce(chr(31) || t."avatar" || chr(31), 'null'),
          ',"key":', coalesce(to_json(t."avatar")::text, 'null'),
          ',"size":', coalesce((t."avatar_size")::text, 'null'),
          ',"uploaded_at":', coalesce('"' || to_char(t."avatar_stored_at" AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') || '"', 'null'),
          '}'
        )
    """,
    sqlite="""
        (
          '{"url":' || coalesce(char(31) || t."avatar" || char(31), 'null')
          || ',"key":' || json_quote(t."avatar")
          || ',"size":' || coalesce(t."avatar_size", 'null')
          || ',"uploaded_at":' || coalesce('"' || t."avatar_stored_at" || '"', 'null')
          || '}'
        )
    """,
)

UPLOAD_PROFILE_PICTURE_RESULT_PROFILE_PICTURE = ItemRead(
    name="user.upload_profile_picture.result_profile_picture",
    table="user",
    key="id",
    body=UPLOAD_PROFILE_PICTURE_RESULT_PROFILE_PICTURE_BODY,
    where=Sql(postgres='t."id" = $key::bigint', sqlite='t."id" = $key'),
)

UPDATE_PROFILE_PICTURE_RECORD = RecordRead(
    name="user.update_profile_picture.record",
    table="user",
    key="id",
    columns=(
        "id",
        "username",
        "email",
        "password",
        "first_name",
        "last_name",
        "role",
        "avatar",
        "avatar_size",
        "avatar_stored_at",
        "is_active",
        "date_joined",
    ),
    where=Sql(postgres='t."id" = $actor_id::bigint', sqlite='t."id" = $actor_id'),
)

UPDATE_PROFILE_PICTURE_RESULT_PROFILE_PICTURE = ItemRead(
    name="user.update_profile_picture.result_profile_picture",
    table="user",
    key="id",
    body=UPLOAD_PROFILE_PICTURE_RESULT_PROFILE_PICTURE_BODY,
    where=Sql(postgres='t."id" = $key::bigint', sqlite='t."id" = $key'),
)

DELETE_PROFILE_PICTURE_RECORD = RecordRead(
    name="user.delete_profile_picture.record",
    table="user",
    key="id",
    columns=(
        "id",
        "username",
        "email",
        "password",
        "first_name",
        "last_name",
        "role",
        "avatar",
        "avatar_size",
        "avatar_stored_at",
        "is_active",
        "date_joined",
    ),
    where=Sql(postgres='t."id" = $actor_id::bigint', sqlite='t."id" = $actor_id'),
)

SELLER = ItemRead(
    name="user.seller",
    table="user",
    key="id",
    body=Sql(
        postgres="""
            (
              SELECT concat(
                '{"seller":{"id":', t."id",
                ',"username":', to_json(t."username"),
                ',"first_name":', to_json(t."first_name"),
                ',"last_name":', to_json(t."last_name"),
                ',"role":', to_json(t."role"),
                ',"date_joined":"', to_char(t."date_joined" AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
                '","avatar":', coalesce(chr(31) || t."avatar" || chr(31), 'null'),
                '},"stats":{"total_products":', (
                  SELECT count(*)
                  FROM "product" products1
                  WHERE products1."seller_id" = t."id"
                    AND products1."is_active"
                ),
                ',"total_reviews":', pass1_1."total_reviews",
                ',"average_rating":', pass1_1."average_rating" * 0.01,
                ',"total_sales":', (
                  SELECT coalesce(sum(sales1."quantity")::bigint, 0)
                  FROM "order_item" sales1
                  WHERE sales1."seller_id" = t."id"
                    AND (SELECT sales1_order."status" FROM "order" sales1_order WHERE sales1_order."id" = sales1."order_id") = 'delivered'
                ),
                '},"products":', (
                  SELECT concat('[', string_agg(
                    (
                      SELECT concat(
                        '{"id":"', products1."id",
                        '","name":', to_json(products1."name"),
                        ',"slug":', to_json(products1."slug"),
                        ',"short_description":', to_json(products1."short_description"),
                        ',"seller":', coalesce((
                          SELECT concat('{"id":', seller1."id", ',"username":', to_json(seller1."username"), '}')
                          FROM "user" seller1
                          WHERE seller1."id" = products1."seller_id"
                        ), 'null'),
                        ',"category":', coalesce((
                          SELECT concat(
                            '{"id":', category1."id",
                            ',"name":', to_json(category1."name"),
                            ',"slug":', to_json(category1."slug"),
                            '}'
                          )
                          FROM "category" category1
                          WHERE category1."id" = products1."category_id"
                            AND category1."is_active"
                        ), 'null'),
                        ',"price":"', products1."price" * 0.01,
                        '","original_price":', coalesce('"' || (products1."original_price" * 0.01)::text || '"', 'null'),
                        ',"stock_quantity":', products1."stock_quantity",
                        ',"condition":', to_json(products1."condition"),
                        ',"brand":', to_json(products1."brand"),
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
                          WHERE images1."product_id" = products1."id"
                            AND images1."is_primary"
                          ORDER BY images1."order", images1."id"
                          LIMIT 1
                        ), 'null'),
                        ',"is_featured":', products1."is_featured"::text,
                        ',"is_digital":', products1."is_digital"::text,
                        ',"is_active":', products1."is_active"::text,
                        ',"average_rating":', pass1_1."average_rating" * 0.01,
                        ',"review_count":', pass1_1."review_count",
                        ',"is_in_stock":', (products1."stock_quantity" > 0)::text,
                        ',"is_on_sale":', (products1."original_price" IS NOT NULL AND products1."original_price" > products1."price")::text,
                        ',"discount_percentage":', (CASE WHEN products1."original_price" IS NOT NULL AND products1."original_price" > products1."price" THEN coalesce(((((products1."original_price" - products1."price") * 100) - ((((products1."original_price" - products1."price") * 100) % NULLIF(products1."original_price", 0)) + products1."original_price") % products1."original_price") / products1."original_price"), 0) ELSE 0 END),
                        ',"is_favorited":', (EXISTS (
                          SELECT 1
                          FROM "favorite" favorites1
                          WHERE favorites1."product_id" = products1."id"
                            AND favorites1."user_id" = $actor_id::bigint
                        ))::text,
                        ',"created_at":"', to_char(products1."created_at" AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
                        '","view_count":', products1."view_count",
                        ',"favorite_count":', (
                          SELECT count(*)
                          FROM "favorite" favorites1
                          WHERE favorites1."product_id" = products1."id"
                        ),
                        '}'
                      )
                      FROM (
                        SELECT coalesce(((2 * abs((100 * sum(reviews1."rating")::bigint)) + count(reviews1."rating")) / NULLIF(2 * count(reviews1."rating"), 0) * CASE WHEN (100 * sum(reviews1."rating")::bigint) < 0 THEN -1 ELSE 1 END), 0) AS "average_rating", count(*) AS "review_count"
                        FROM "review" reviews1
                        WHERE reviews1."product_id" = products1."id"
                          AND reviews1."is_active"
                      ) pass1_1
                    ),
                    ',' ORDER BY products1."created_at" DESC, products1."id" DESC
                  ), ']')
                  FROM (
                    SELECT products1.*
                    FROM "product" products1
                    WHERE products1."seller_id" = t."id"
                      AND (products1."is_active" OR products1."seller_id" = $actor_id::bigint OR $actor_role::text = 'admin')
                      AND products1."is_active"
                    ORDER BY products1."created_at" DESC, products1."id" DESC
                    LIMIT 20
                  ) products1
                ),
                ',"reviews":', (
                  SELECT concat('[', string_agg(
                    concat(
                      '{"id":', reviews1."id",
                      ',"reviewer":', coalesce((
                        SELECT concat(
                          '{"id":', reviewer1."id",
                          ',"username":', to_json(reviewer1."username"),
                          ',"first_name":', to_json(reviewer1."first_name"),
                          ',"last_name":', to_json(reviewer1."last_name"),
                          ',"avatar":', coalesce(chr(31) || reviewer1."avatar" || chr(31), 'null'),
                          '}'
                        )
                        FROM "user" reviewer1
                        WHERE reviewer1."id" = reviews1."reviewer_id"
                      ), 'null'),
                      ',"reviewer_name":', to_json((SELECT reviews1_reviewer."username" FROM "user" reviews1_reviewer WHERE reviews1_reviewer."id" = reviews1."reviewer_id")),
                      ',"rating":', reviews1."rating",
                      ',"title":', to_json(reviews1."title"),
                      ',"comment":', to_json(reviews1."comment"),
                      ',"is_verified_purchase":', (EXISTS (
                        SELECT 1
                        FROM "order_item" order_items1
                        WHERE order_items1."product_id" = reviews1."product_id"
                          AND ((SELECT order_items1_order."buyer_id" FROM "order" order_items1_order WHERE order_items1_order."id" = order_items1."order_id") = reviews1."reviewer_id" AND (SELECT order_items1_order."status" FROM "order" order_items1_order WHERE order_items1_order."id" = order_items1."order_id") = 'delivered')
                      ))::text,
                      ',"created_at":"', to_char(reviews1."created_at" AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
                      '","updated_at":"', to_char(reviews1."updated_at" AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
                      '"}'
                    ),
                    ',' ORDER BY reviews1."created_at" DESC, reviews1."id" DESC
                  ), ']')
                  FROM (
                    SELECT reviews1.*
                    FROM "product" products1
                    JOIN "review" reviews1 ON reviews1."product_id" = products1."id"
                    WHERE products1."seller_id" = t."id"
                      AND (products1."is_active" OR products1."seller_id" = $actor_id::bigint OR $actor_role::text = 'admin')
                      AND reviews1."is_active"
                      AND (SELECT reviews1_product."is_active" FROM "product" reviews1_product WHERE reviews1_product."id" = reviews1."product_id")
                    ORDER BY reviews1."created_at" DESC, reviews1."id" DESC
                    LIMIT 20
                  ) reviews1
                ),
                '}'
              )
              FROM (
                SELECT count(*) AS "total_reviews", coalesce(((2 * abs((100 * sum(reviews1."rating")::bigint)) + count(reviews1."rating")) / NULLIF(2 * count(reviews1."rating"), 0) * CASE WHEN (100 * sum(reviews1."rating")::bigint) < 0 THEN -1 ELSE 1 END), 0) AS "average_rating"
                FROM "product" products1
                JOIN "review" reviews1 ON reviews1."product_id" = products1."id"
                WHERE products1."seller_id" = t."id"
                  AND (reviews1."is_active" AND (SELECT reviews1_product."is_active" FROM "product" reviews1_product WHERE reviews1_product."id" = reviews1."product_id"))
              ) pass1_1
            )
        """,
        sqlite="""
            (
              SELECT (
                '{"seller":{"id":' || t."id"
                || ',"username":' || json_quote(t."username")
                || ',"first_name":' || json_quote(t."first_name")
                || ',"last_name":' || json_quote(t."last_name")
                || ',"role":' || json_quote(t."role")
                || ',"date_joined":"' || t."date_joined"
                || '","avatar":' || coalesce(char(31) || t."avatar" || char(31), 'null')
                || '},"stats":{"total_products":' || (
                  SELECT count(*)
                  FROM "product" products1
                  WHERE products1."seller_id" = t."id"
                    AND products1."is_active"
                )
                || ',"total_reviews":' || pass1_1."total_reviews"
                || ',"average_rating":' || printf('%s%d.%02d', CASE WHEN pass1_1."average_rating" < 0 THEN '-' ELSE '' END, abs(pass1_1."average_rating" / 100), abs(pass1_1."average_rating" % 100))
                || ',"total_sales":' || (
                  SELECT coalesce(sum(sales1."quantity"), 0)
                  FROM "order_item" sales1
                  WHERE sales1."seller_id" = t."id"
                    AND (SELECT sales1_order."status" FROM "order" sales1_order WHERE sales1_order."id" = sales1."order_id") = 'delivered'
                )
                || '},"products":' || (
                  SELECT '[' || coalesce(group_concat(
                    (
                      SELECT (
                        '{"id":"' || products1."id"
                        || '","name":' || json_quote(products1."name")
                        || ',"slug":' || json_quote(products1."slug")
                        || ',"short_description":' || json_quote(products1."short_description")
                        || ',"seller":' || coalesce((
                          SELECT ('{"id":' || seller1."id" || ',"username":' || json_quote(seller1."username") || '}')
                          FROM "user" seller1
                          WHERE seller1."id" = products1."seller_id"
                        ), 'null')
                        || ',"category":' || coalesce((
                          SELECT (
                            '{"id":' || category1."id"
                            || ',"name":' || json_quote(category1."name")
                            || ',"slug":' || json_quote(category1."slug")
                            || '}'
                          )
                          FROM "category" category1
                          WHERE category1."id" = products1."category_id"
                            AND category1."is_active"
                        ), 'null')
                        || ',"price":"' || printf('%d.%02d', products1."price" / 100, products1."price" % 100)
                        || '","original_price":' || coalesce('"' || CASE WHEN products1."original_price" IS NOT NULL THEN printf('%d.%02d', products1."original_price" / 100, products1."original_price" % 100) END || '"', 'null')
                        || ',"stock_quantity":' || products1."stock_quantity"
                        || ',"condition":' || json_quote(products1."condition")
                        || ',"brand":' || json_quote(products1."brand")
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
                          WHERE images1."product_id" = products1."id"
                            AND images1."is_primary"
                          ORDER BY images1."order", images1."id"
                          LIMIT 1
                        ), 'null')
                        || ',"is_featured":' || CASE WHEN products1."is_featured" THEN 'true' ELSE 'false' END
                        || ',"is_digital":' || CASE WHEN products1."is_digital" THEN 'true' ELSE 'false' END
                        || ',"is_active":' || CASE WHEN products1."is_active" THEN 'true' ELSE 'false' END
                        || ',"average_rating":' || printf('%s%d.%02d', CASE WHEN pass1_1."average_rating" < 0 THEN '-' ELSE '' END, abs(pass1_1."average_rating" / 100), abs(pass1_1."average_rating" % 100))
                        || ',"review_count":' || pass1_1."review_count"
                        || ',"is_in_stock":' || CASE WHEN (products1."stock_quantity" > 0) THEN 'true' ELSE 'false' END
                        || ',"is_on_sale":' || CASE WHEN (products1."original_price" IS NOT NULL AND products1."original_price" > products1."price") THEN 'true' ELSE 'false' END
                        || ',"discount_percentage":' || (CASE WHEN products1."original_price" IS NOT NULL AND products1."original_price" > products1."price" THEN coalesce(((((products1."original_price" - products1."price") * 100) - ((((products1."original_price" - products1."price") * 100) % NULLIF(products1."original_price", 0)) + products1."original_price") % products1."original_price") / products1."original_price"), 0) ELSE 0 END)
                        || ',"is_favorited":' || CASE WHEN EXISTS (
                          SELECT 1
                          FROM "favorite" favorites1
                          WHERE favorites1."product_id" = products1."id"
                            AND favorites1."user_id" = $actor_id
                        ) THEN 'true' ELSE 'false' END
                        || ',"created_at":"' || products1."created_at"
                        || '","view_count":' || products1."view_count"
                        || ',"favorite_count":' || (
                          SELECT count(*)
                          FROM "favorite" favorites1
                          WHERE favorites1."product_id" = products1."id"
                        )
                        || '}'
                      )
                      FROM (
                        SELECT coalesce(((2 * abs((100 * sum(reviews1."rating"))) + count(reviews1."rating")) / NULLIF(2 * count(reviews1."rating"), 0) * CASE WHEN (100 * sum(reviews1."rating")) < 0 THEN -1 ELSE 1 END), 0) AS "average_rating", count(*) AS "review_count"
                        FROM "review" reviews1
                        WHERE reviews1."product_id" = products1."id"
                          AND reviews1."is_active"
                      ) pass1_1
                    ),
                    ','
                  ), '') || ']'
                  FROM (
                    SELECT products1.*
                    FROM "product" products1
                    WHERE products1."seller_id" = t."id"
                      AND (products1."is_active" OR products1."seller_id" = $actor_id OR $actor_role = 'admin')
                      AND products1."is_active"
                    ORDER BY products1."created_at" DESC, products1."id" DESC
                    LIMIT 20
                  ) products1
                )
                || ',"reviews":' || (
                  SELECT '[' || coalesce(group_concat(
                    (
                      '{"id":' || reviews1."id"
                      || ',"reviewer":' || coalesce((
                        SELECT (
                          '{"id":' || reviewer1."id"
                          || ',"username":' || json_quote(reviewer1."username")
                          || ',"first_name":' || json_quote(reviewer1."first_name")
                          || ',"last_name":' || json_quote(reviewer1."last_name")
                          || ',"avatar":' || coalesce(char(31) || reviewer1."avatar" || char(31), 'null')
                          || '}'
                        )
                        FROM "user" reviewer1
                        WHERE reviewer1."id" = reviews1."reviewer_id"
                      ), 'null')
                      || ',"reviewer_name":' || json_quote((SELECT reviews1_reviewer."username" FROM "user" reviews1_reviewer WHERE reviews1_reviewer."id" = reviews1."reviewer_id"))
                      || ',"rating":' || reviews1."rating"
                      || ',"title":' || json_quote(reviews1."title")
                      || ',"comment":' || json_quote(reviews1."comment")
                      || ',"is_verified_purchase":' || CASE WHEN EXISTS (
                        SELECT 1
                        FROM "order_item" order_items1
                        WHERE order_items1."product_id" = reviews1."product_id"
                          AND ((SELECT order_items1_order."buyer_id" FROM "order" order_items1_order WHERE order_items1_order."id" = order_items1."order_id") = reviews1."reviewer_id" AND (SELECT order_items1_order."status" FROM "order" order_items1_order WHERE order_items1_order."id" = order_items1."order_id") = 'delivered')
                      ) THEN 'true' ELSE 'false' END
                      || ',"created_at":"' || reviews1."created_at"
                      || '","updated_at":"' || reviews1."updated_at"
                      || '"}'
                    ),
                    ','
                  ), '') || ']'
                  FROM (
                    SELECT reviews1.*
                    FROM "product" products1
                    JOIN "review" reviews1 ON reviews1."product_id" = products1."id"
                    WHERE products1."seller_id" = t."id"
                      AND (products1."is_active" OR products1."seller_id" = $actor_id OR $actor_role = 'admin')
                      AND reviews1."is_active"
                      AND (SELECT reviews1_product."is_active" FROM "product" reviews1_product WHERE reviews1_product."id" = reviews1."product_id")
                    ORDER BY reviews1."created_at" DESC, reviews1."id" DESC
                    LIMIT 20
                  ) reviews1
                )
                || '}'
              )
              FROM (
                SELECT count(*) AS "total_reviews", coalesce(((2 * abs((100 * sum(reviews1."rating"))) + count(reviews1."rating")) / NULLIF(2 * count(reviews1."rating"), 0) * CASE WHEN (100 * sum(reviews1."rating")) < 0 THEN -1 ELSE 1 END), 0) AS "average_rating"
                FROM "product" products1
                JOIN "review" reviews1 ON reviews1."product_id" = products1."id"
                WHERE products1."seller_id" = t."id"
                  AND (reviews1."is_active" AND (SELECT reviews1_product."is_active" FROM "product" reviews1_product WHERE reviews1_product."id" = reviews1."product_id"))
              ) pass1_1
            )
        """,
    ),
    where=Sql(
        postgres="""
            t."id" = $seller_id::bigint
            AND (t."role" IN ('seller', 'admin') AND t."is_active")
        """,
        sqlite="""
            t."id" = $seller_id
            AND (t."role" IN ('seller', 'admin') AND t."is_active")
        """,
    ),
    public=True,
)

DASHBOARD_METRICS = ItemRead(
    name="user.dashboard_metrics",
    table="user",
    key="id",
    body=Sql(
        postgres="""
            (
              SELECT concat(
                '{"product_metrics":{"total_views":', pass1_1."total_views",
                ',"total_clicks":', pass1_1."total_clicks",
                ',"total_favorites":', pass2_1."total_favorites",
                ',"total_cart_additions":', pass1_1."total_cart_additions",
                ',"total_sales":', pass1_1."sold_units",
                ',"total_revenue":"', pass1_1."total_revenue" * 0.01,
                '","views":', pass1_1."total_views",
                ',"clicks":', pass1_1."total_clicks",
                ',"wishlist_adds":', pass2_1."total_favorites",
                ',"cart_adds":', pass1_1."total_cart_additions",
                ',"sales":', pass1_1."sold_units",
                ',"revenue":"', pass1_1."total_revenue" * 0.01,
                '"},"product_counts":{"total_products":', (
                  SELECT count(*)
                  FROM "product" products1
                  WHERE products1."seller_id" = t."id"
                ),
                ',"active_listings":', (
                  SELECT count(*)
                  FROM "product" products1
                  WHERE products1."seller_id" = t."id"
                    AND products1."is_active"
                ),
                ',"featured_products":', (
                  SELECT count(*)
                  FROM "product" products1
                  WHERE products1."seller_id" = t."id"
                    AND products1."is_featured"
                ),
                ',"total_categories":', (
                  SELECT count(DISTINCT category1."id")
                  FROM "product" products1
                  JOIN "category" category1 ON category1."id" = products1."category_id"
                  WHERE products1."seller_id" = t."id"
                ),
                '},"recent_orders":', (
                  SELECT concat('[', string_agg(
                    concat(
                      '{"id":"', sales1."order_id",
                      '","customer":', to_json((SELECT (SELECT sales1_order_buyer."username" FROM "user" sales1_order_buyer WHERE sales1_order_buyer."id" = sales1_order."buyer_id") FROM "order" sales1_order WHERE sales1_order."id" = sales1."order_id")),
                      ',"date":"', to_char((SELECT sales1_order."created_at" FROM "order" sales1_order WHERE sales1_order."id" = sales1."order_id") AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
                      '","product_name":', to_json(sales1."product_name"),
                      ',"quantity":', sales1."quantity",
                      ',"total_price":"', sales1."total_price" * 0.01,
                      '","status":', to_json((SELECT sales1_order."status" FROM "order" sales1_order WHERE sales1_order."id" = sales1."order_id")),
                      ',"shipping_address":', coalesce(to_json((SELECT ((((((((sales1_order."shipping_address" ->> 'street') COLLATE "C") || ', ') || ((sales1_order."shipping_address" ->> 'postal_code') COLLATE "C")) || ' ') || ((sales1_order."shipping_address" ->> 'city') COLLATE "C")) || ', ') || (CASE WHEN ((sales1_order."shipping_address" ->> 'state') COLLATE "C") <> '' THEN ((sales1_order."shipping_address" ->> 'state') COLLATE "C") || ', ' ELSE '' END)) || ((sales1_order."shipping_address" ->> 'country') COLLATE "C") FROM "order" sales1_order WHERE sales1_order."id" = sales1."order_id"))::text, 'null'),
                      '}'
                    ),
                    ',' ORDER BY sales1."created_at" DESC, sales1."id" DESC
                  ), ']')
                  FROM (
                    SELECT sales1.*
                    FROM "order_item" sales1
                    WHERE sales1."seller_id" = t."id"
                    ORDER BY sales1."created_at" DESC, sales1."id" DESC
                    LIMIT 10
                  ) sales1
                ),
                '}'
              )
              FROM (
                SELECT coalesce(sum(metrics1."total_views")::bigint, 0) AS "total_views", coalesce(sum(metrics1."total_clicks")::bigint, 0) AS "total_clicks", coalesce(sum(metrics1."total_cart_additions")::bigint, 0) AS "total_cart_additions", coalesce(sum(metrics1."total_sales")::bigint, 0) AS "sold_units", coalesce(sum(metrics1."total_revenue")::bigint, 0) AS "total_revenue"
                FROM "product" products1
                JOIN "product_metrics" metrics1 ON metrics1."product_id" = products1."id"
                WHERE products1."seller_id" = t."id"
              ) pass1_1, (
                SELECT count(*) AS "total_favorites"
                FROM "product" products1
                JOIN "favorite" favorites1 ON favorites1."product_id" = products1."id"
                WHERE products1."seller_id" = t."id"
              ) pass2_1
            )
        """,
        sqlite="""
            (
              SELECT (
                '{"product_metrics":{"total_views":' || pass1_1."total_views"
                || ',"total_clicks":' || pass1_1."total_clicks"
                || ',"total_favorites":' || pass2_1."total_favorites"
                || ',"total_cart_additions":' || pass1_1."total_cart_additions"
                || ',"total_sales":' || pass1_1."sold_units"
                || ',"total_revenue":"' || printf('%d.%02d', pass1_1."total_revenue" / 100, pass1_1."total_revenue" % 100)
                || '","views":' || pass1_1."total_views"
                || ',"clicks":' || pass1_1."total_clicks"
                || ',"wishlist_adds":' || pass2_1."total_favorites"
                || ',"cart_adds":' || pass1_1."total_cart_additions"
                || ',"sales":' || pass1_1."sold_units"
                || ',"revenue":"' || printf('%d.%02d', pass1_1."total_revenue" / 100, pass1_1."total_revenue" % 100)
                || '"},"product_counts":{"total_products":' || (
                  SELECT count(*)
                  FROM "product" products1
                  WHERE products1."seller_id" = t."id"
                )
                || ',"active_listings":' || (
                  SELECT count(*)
                  FROM "product" products1
                  WHERE products1."seller_id" = t."id"
                    AND products1."is_active"
                )
                || ',"featured_products":' || (
                  SELECT count(*)
                  FROM "product" products1
                  WHERE products1."seller_id" = t."id"
                    AND products1."is_featured"
                )
                || ',"total_categories":' || (
                  SELECT count(DISTINCT category1."id")
                  FROM "product" products1
                  JOIN "category" category1 ON category1."id" = products1."category_id"
                  WHERE products1."seller_id" = t."id"
                )
                || '},"recent_orders":' || (
                  SELECT '[' || coalesce(group_concat(
                    (
                      '{"id":"' || sales1."order_id"
                      || '","customer":' || json_quote((SELECT (SELECT sales1_order_buyer."username" FROM "user" sales1_order_buyer WHERE sales1_order_buyer."id" = sales1_order."buyer_id") FROM "order" sales1_order WHERE sales1_order."id" = sales1."order_id"))
                      || ',"date":"' || (SELECT sales1_order."created_at" FROM "order" sales1_order WHERE sales1_order."id" = sales1."order_id")
                      || '","product_name":' || json_quote(sales1."product_name")
                      || ',"quantity":' || sales1."quantity"
                      || ',"total_price":"' || printf('%d.%02d', sales1."total_price" / 100, sales1."total_price" % 100)
                      || '","status":' || json_quote((SELECT sales1_order."status" FROM "order" sales1_order WHERE sales1_order."id" = sales1."order_id"))
                      || ',"shipping_address":' || json_quote((SELECT ((((((json_extract(sales1_order."shipping_address", '$.street') || ', ') || json_extract(sales1_order."shipping_address", '$.postal_code')) || ' ') || json_extract(sales1_order."shipping_address", '$.city')) || ', ') || (CASE WHEN json_extract(sales1_order."shipping_address", '$.state') <> '' THEN json_extract(sales1_order."shipping_address", '$.state') || ', ' ELSE '' END)) || json_extract(sales1_order."shipping_address", '$.country') FROM "order" sales1_order WHERE sales1_order."id" = sales1."order_id"))
                      || '}'
                    ),
                    ','
                  ), '') || ']'
                  FROM (
                    SELECT sales1.*
                    FROM "order_item" sales1
                    WHERE sales1."seller_id" = t."id"
                    ORDER BY sales1."created_at" DESC, sales1."id" DESC
                    LIMIT 10
                  ) sales1
                )
                || '}'
              )
              FROM (
                SELECT coalesce(sum(metrics1."total_views"), 0) AS "total_views", coalesce(sum(metrics1."total_clicks"), 0) AS "total_clicks", coalesce(sum(metrics1."total_cart_additions"), 0) AS "total_cart_additions", coalesce(sum(metrics1."total_sales"), 0) AS "sold_units", coalesce(sum(metrics1."total_revenue"), 0) AS "total_revenue"
                FROM "product" products1
                JOIN "product_metrics" metrics1 ON metrics1."product_id" = products1."id"
                WHERE products1."seller_id" = t."id"
              ) pass1_1, (
                SELECT count(*) AS "total_favorites"
                FROM "product" products1
                JOIN "favorite" favorites1 ON favorites1."product_id" = products1."id"
                WHERE products1."seller_id" = t."id"
              ) pass2_1
            )
        """,
    ),
    where=Sql(postgres='t."id" = $actor_id::bigint', sqlite='t."id" = $actor_id'),
)
