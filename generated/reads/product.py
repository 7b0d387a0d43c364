# Generated from spec/product.yaml by `agora build`; do not edit.
# ruff: noqa: E501 (a part of a statement is one line of SQL)
"""The statements of Product: one for each read."""

from __future__ import annotations

from runtime.application import Sql
from runtime.reads import Bind, Filter, ItemRead, ListRead, RecordRead, SortKey

LIST_BODY = Sql(
    postgres="""
        (
          SELECT concat(
            '{"id":"', t."id",
            '","name":', to_json(t."name"),
            ',"slug":', to_json(t."slug"),
            ',"short_description":', to_json(t."short_description"),
            ',"seller":', coalesce((
              SELECT concat('{"id":', seller1."id", ',"username":', to_json(seller1."username"), '}')
              FROM "user" seller1
              WHERE seller1."id" = t."seller_id"
            ), 'null'),
            ',"category":', coalesce((
              SELECT concat(
                '{"id":', category1."id",
                ',"name":', to_json(category1."name"),
                ',"slug":', to_json(category1."slug"),
                '}'
              )
              FROM "category" category1
              WHERE category1."id" = t."category_id"
                AND category1."is_active"
            ), 'null'),
            ',"price":"', t."price" * 0.01,
            '","original_price":', coalesce('"' || (t."original_price" * 0.01)::text || '"', 'null'),
            ',"stock_quantity":', t."stock_quantity",
            ',"condition":', to_json(t."condition"),
            ',"brand":', to_json(t."brand"),
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
              WHERE images1."product_id" = t."id"
                AND images1."is_primary"
              ORDER BY images1."order", images1."id"
              LIMIT 1
            ), 'null'),
            ',"is_featured":', t."is_featured"::text,
            ',"is_digital":', t."is_digital"::text,
            ',"is_active":', t."is_active"::text,
            ',"average_rating":', pass1_1."average_rating" * 0.01,
            ',"review_count":', pass1_1."review_count",
            ',"is_in_stock":', (t."stock_quantity" > 0)::text,
            ',"is_on_sale":', (t."original_price" IS NOT NULL AND t."original_price" > t."price")::text,
            ',"discount_percentage":', (CASE WHEN t."original_price" IS NOT NULL AND t."original_price" > t."price" THEN coalesce(((((t."original_price" - t."price") * 100) - ((((t."original_price" - t."price") * 100) % NULLIF(t."original_price", 0)) + t."original_price") % t."original_price") / t."original_price"), 0) ELSE 0 END),
            ',"is_favorited":', (EXISTS (
              SELECT 1
              FROM "favorite" favorites1
              WHERE favorites1."product_id" = t."id"
                AND favorites1."user_id" = $actor_id::bigint
            ))::text,
            ',"created_at":"', to_char(t."created_at" AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
            '","view_count":', t."view_count",
            ',"favorite_count":', (
              SELECT count(*)
              FROM "favorite" favorites1
              WHERE favorites1."product_id" = t."id"
            ),
            '}'
          )
          FROM (
            SELECT coalesce(((2 * abs((100 * sum(reviews1."rating")::bigint)) + count(reviews1."rating")) / NULLIF(2 * count(reviews1."rating"), 0) * CASE WHEN (100 * sum(reviews1."rating")::bigint) < 0 THEN -1 ELSE 1 END), 0) AS "average_rating", count(*) AS "review_count"
            FROM "review" reviews1
            WHERE reviews1."product_id" = t."id"
              AND reviews1."is_active"
          ) pass1_1
        )
    """,
    sqlite="""
        (
          SELECT (
            '{"id":"' || t."id"
            || '","name":' || json_quote(t."name")
            || ',"slug":' || json_quote(t."slug")
            || ',"short_description":' || json_quote(t."short_description")
            || ',"seller":' || coalesce((
              SELECT ('{"id":' || seller1."id" || ',"username":' || json_quote(seller1."username") || '}')
              FROM "user" seller1
              WHERE seller1."id" = t."seller_id"
            ), 'null')
            || ',"category":' || coalesce((
              SELECT (
                '{"id":' || category1."id"
                || ',"name":' || json_quote(category1."name")
                || ',"slug":' || json_quote(category1."slug")
                || '}'
              )
              FROM "category" category1
              WHERE category1."id" = t."category_id"
                AND category1."is_active"
            ), 'null')
            || ',"price":"' || printf('%d.%02d', t."price" / 100, t."price" % 100)
            || '","original_price":' || coalesce('"' || CASE WHEN t."original_price" IS NOT NULL THEN printf('%d.%02d', t."original_price" / 100, t."original_price" % 100) END || '"', 'null')
            || ',"stock_quantity":' || t."stock_quantity"
            || ',"condition":' || json_quote(t."condition")
            || ',"brand":' || json_quote(t."brand")
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
              WHERE images1."product_id" = t."id"
                AND images1."is_primary"
              ORDER BY images1."order", images1."id"
              LIMIT 1
            ), 'null')
            || ',"is_featured":' || CASE WHEN t."is_featured" THEN 'true' ELSE 'false' END
            || ',"is_digital":' || CASE WHEN t."is_digital" THEN 'true' ELSE 'false' END
            || ',"is_active":' || CASE WHEN t."is_active" THEN 'true' ELSE 'false' END
            || ',"average_rating":' || printf('%s%d.%02d', CASE WHEN pass1_1."average_rating" < 0 THEN '-' ELSE '' END, abs(pass1_1."average_rating" / 100), abs(pass1_1."average_rating" % 100))
            || ',"review_count":' || pass1_1."review_count"
            || ',"is_in_stock":' || CASE WHEN (t."stock_quantity" > 0) THEN 'true' ELSE 'false' END
            || ',"is_on_sale":' || CASE WHEN (t."original_price" IS NOT NULL AND t."original_price" > t."price") THEN 'true' ELSE 'false' END
            || ',"discount_percentage":' || (CASE WHEN t."original_price" IS NOT NULL AND t."original_price" > t."price" THEN coalesce(((((t."original_price" - t."price") * 100) - ((((t."original_price" - t."price") * 100) % NULLIF(t."original_price", 0)) + t."original_price") % t."original_price") / t."original_price"), 0) ELSE 0 END)
            || ',"is_favorited":' || CASE WHEN EXISTS (
              SELECT 1
              FROM "favorite" favorites1
              WHERE favorites1."product_id" = t."id"
                AND favorites1."user_id" = $actor_id
            ) THEN 'true' ELSE 'false' END
            || ',"created_at":"' || t."created_at"
            || '","view_count":' || t."view_count"
            || ',"favorite_count":' || (
              SELECT count(*)
              FROM "favorite" favorites1
              WHERE favorites1."product_id" = t."id"
            )
            || '}'
          )
          FROM (
            SELECT coalesce(((2 * abs((100 * sum(reviews1."rating"))) + count(reviews1."rating")) / NULLIF(2 * count(reviews1."rating"), 0) * CASE WHEN (100 * sum(reviews1."rating")) < 0 THEN -1 ELSE 1 END), 0) AS "average_rating", count(*) AS "review_count"
            FROM "review" reviews1
            WHERE reviews1."product_id" = t."id"
              AND reviews1."is_active"
          ) pass1_1
        )
    """,
)

LIST_FILTERS = (
    Filter(
        name="category",
        where=Sql(
            postgres="""
                t."category_id" IN (
                  WITH RECURSIVE "#found" ("id") AS (
                    SELECT category1."id"
                    FROM "category" category1
                    WHERE (category1."slug" = ANY ($filter_category_slug::text[]) OR category1."id" = ANY ($filter_category_id::bigint[]))
                      AND category1."is_active"
                    UNION
                    SELECT category1."id"
                    FROM "#found" f
                    JOIN "category" category1 ON category1."parent_id" = f."id"
                    WHERE category1."is_active"
                  )
                  SELECT f."id" FROM "#found" f
                )
            """,
            sqlite="""
                t."category_id" IN (
                  WITH RECURSIVE "#found" ("id") AS (
                    SELECT category1."id"
                    FROM "category" category1
                    WHERE (category1."slug" IN (SELECT v."value" FROM json_each($filter_category_slug) v) OR category1."id" IN (SELECT v."value" FROM json_each($filter_category_id) v))
                      AND category1."is_active"
                    UNION
                    SELECT category1."id"
                    FROM "#found" f
                    JOIN "category" category1 ON category1."parent_id" = f."id"
                    WHERE category1."is_active"
                  )
                  SELECT f."id" FROM "#found" f
                )
            """,
        ),
        binds=(Bind(name="filter_category_slug", type="string"), Bind(name="filter_category_id", type="id")),
        many=True,
    ),
    Filter(
        name="min_price",
        where=Sql(postgres='t."price" >= $filter_min_price::bigint', sqlite='t."price" >= $filter_min_price'),
        binds=(Bind(name="filter_min_price", type="decimal", places=2),),
    ),
    Filter(
        name="max_price",
        where=Sql(postgres='t."price" <= $filter_max_price::bigint', sqlite='t."price" <= $filter_max_price'),
        binds=(Bind(name="filter_max_price", type="decimal", places=2),),
    ),
    Filter(
        name="brand",
        where=Sql(
            postgres="""
                agora_fold(t."brand") IN (SELECT agora_fold(v."value") FROM unnest($filter_brand::text[]) v("value"))
            """,
            sqlite="""
                agora_fold(t."brand") IN (SELECT agora_fold(v."value") FROM json_each($filter_brand) v)
            """,
        ),
        binds=(Bind(name="filter_brand", type="string"),),
        many=True,
    ),
    Filter(
        name="condition",
        where=Sql(
            postgres='t."condition" = ANY ($filter_condition::text[])',
            sqlite="""
                t."condition" IN (SELECT v."value" FROM json_each($filter_condition) v)
            """,
        ),
        binds=(Bind(name="filter_condition", type="enum", values=("new", "like_new", "good", "fair", "poor")),),
        many=True,
    ),
    Filter(
        name="tags",
        where=Sql(
            postgres='t."tags" && $filter_tags::text[]',
            sqlite="""
                EXISTS (SELECT 1 FROM json_each(t."tags") e WHERE e."value" IN (SELECT v."value" FROM json_each($filter_tags) v))
            """,
        ),
        binds=(Bind(name="filter_tags", type="string"),),
        many=True,
        separator=",",
    ),
    Filter(
        name="seller",
        where=Sql(postgres='t."seller_id" = $filter_seller::bigint', sqlite='t."seller_id" = $filter_seller'),
        binds=(Bind(name="filter_seller", type="id"),),
    ),
    Filter(
        name="in_stock",
        where=Sql(
            postgres='(t."stock_quantity" > 0) = $filter_in_stock::boolean',
            sqlite='(t."stock_quantity" > 0) = $filter_in_stock',
        ),
        binds=(Bind(name="filter_in_stock", type="boolean"),),
    ),
    Filter(
        name="on_sale",
        where=Sql(
            postgres="""
                (t."original_price" IS NOT NULL AND t."original_price" > t."price") = $filter_on_sale::boolean
            """,
            sqlite="""
                (t."original_price" IS NOT NULL AND t."original_price" > t."price") = $filter_on_sale
            """,
        ),
        binds=(Bind(name="filter_on_sale", type="boolean"),),
    ),
    Filter(
        name="is_featured",
        where=Sql(
            postgres='t."is_featured" = $filter_is_featured::boolean', sqlite='t."is_featured" = $filter_is_featured'
        ),
        binds=(Bind(name="filter_is_featured", type="boolean"),),
    ),
    Filter(
        name="is_digital",
        where=Sql(
            postgres='t."is_digital" = $filter_is_digital::boolean', sqlite='t."is_digital" = $filter_is_digital'
        ),
        binds=(Bind(name="filter_is_digital", type="boolean"),),
    ),
    Filter(
        name="min_rating",
        where=Sql(
            postgres="""
                (
                  SELECT coalesce(((2 * abs((100 * sum(reviews1."rating")::bigint)) + count(reviews1."rating")) / NULLIF(2 * count(reviews1."rating"), 0) * CASE WHEN (100 * sum(reviews1."rating")::bigint) < 0 THEN -1 ELSE 1 END), 0)
                  FROM "review" reviews1
                  WHERE reviews1."product_id" = t."id"
                    AND reviews1."is_active"
                ) >= $filter_min_rating::bigint
            """,
            sqlite="""
                (
                  SELECT coalesce(((2 * abs((100 * sum(reviews1."rating"))) + count(reviews1."rating")) / NULLIF(2 * count(reviews1."rating"), 0) * CASE WHEN (100 * sum(reviews1."rating")) < 0 THEN -1 ELSE 1 END), 0)
                  FROM "review" reviews1
                  WHERE reviews1."product_id" = t."id"
                    AND reviews1."is_active"
                ) >= $filter_min_rating
            """,
        ),
        binds=(Bind(name="filter_min_rating", type="decimal", places=2),),
    ),
    Filter(
        name="created_after",
        where=Sql(
            postgres='t."created_at" >= $filter_created_after::timestamptz',
            sqlite='t."created_at" >= $filter_created_after',
        ),
        binds=(Bind(name="filter_created_after", type="datetime"),),
    ),
    Filter(
        name="created_before",
        where=Sql(
            postgres='t."created_at" <= $filter_created_before::timestamptz',
            sqlite='t."created_at" <= $filter_created_before',
        ),
        binds=(Bind(name="filter_created_before", type="datetime"),),
    ),
)

LIST_SEARCH = Sql(
    postgres="""
        agora_fold(concat_ws(chr(10), t."name", t."description", t."brand", array_to_string(t."tags", chr(10)))) LIKE ALL (ARRAY(SELECT agora_fold(w) FROM unnest($search_patterns::text[]) w))
    """,
    sqlite="""
        NOT EXISTS (
          SELECT 1
          FROM (SELECT agora_fold(t."name" || char(10) || t."description" || char(10) || t."brand" || char(10) || coalesce((SELECT group_concat(e."value", char(10)) FROM json_each(t."tags") e), '')) AS "text" LIMIT 1) h
          CROSS JOIN json_each($search_words) w
          WHERE instr(h."text", w."value") = 0
        )
    """,
)

LIST_SORTS = (
    SortKey(name="created_at", sql=Sql.same('t."created_at"'), type="datetime"),
    SortKey(name="price", sql=Sql.same('t."price"'), type="integer"),
    SortKey(name="view_count", sql=Sql.same('t."view_count"'), type="integer"),
    SortKey(
        name="favorite_count",
        sql=Sql.same("""
                (
                  SELECT count(*)
                  FROM "favorite" favorites1
                  WHERE favorites1."product_id" = t."id"
                )
            """),
        type="integer",
    ),
    SortKey(name="name", sql=Sql.same('t."name"'), type="string"),
    SortKey(
        name="average_rating",
        sql=Sql(
            postgres="""
                (
                  SELECT coalesce(((2 * abs((100 * sum(reviews1."rating")::bigint)) + count(reviews1."rating")) / NULLIF(2 * count(reviews1."rating"), 0) * CASE WHEN (100 * sum(reviews1."rating")::bigint) < 0 THEN -1 ELSE 1 END), 0)
                  FROM "review" reviews1
                  WHERE reviews1."product_id" = t."id"
                    AND reviews1."is_active"
                )
            """,
            sqlite="""
                (
                  SELECT coalesce(((2 * abs((100 * sum(reviews1."rating"))) + count(reviews1."rating")) / NULLIF(2 * count(reviews1."rating"), 0) * CASE WHEN (100 * sum(reviews1."rating")) < 0 THEN -1 ELSE 1 END), 0)
                  FROM "review" reviews1
                  WHERE reviews1."product_id" = t."id"
                    AND reviews1."is_active"
                )
            """,
        ),
        type="integer",
    ),
)

LIST = ListRead(
    name="product.list",
    table="product",
    key="id",
    key_type="uuid",
    body=LIST_BODY,
    where=Sql.same('t."is_active"'),
    filters=LIST_FILTERS,
    search=LIST_SEARCH,
    sorts=LIST_SORTS,
    default_sort=("-created_at",),
    public=True,
)

RETRIEVE_BODY = Sql(
    postgres="""
        (
          SELECT concat(
            '{"id":"', t."id",
            '","name":', to_json(t."name"),
            ',"slug":', to_json(t."slug"),
            ',"description":', to_json(t."description"),
            ',"short_description":', to_json(t."short_description"),
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
              WHERE seller1."id" = t."seller_id"
            ), 'null'),
            ',"category":', coalesce((
              SELECT (
                WITH RECURSIVE "#walk" ("#id", "#depth", "#place") AS (
                  SELECT category1."id", 0, ARRAY[]::bigint[]
                  UNION ALL
                  SELECT node1."id", w."#depth" + 1,
                    w."#place" || row_number() OVER (PARTITION BY w."#id" ORDER BY node1."name", node1."id")
                  FROM "#walk" w
                  JOIN "category" node1 ON node1."parent_id" = w."#id"
                  WHERE node1."is_active"
                    AND w."#depth" < 64
                )
                SELECT string_agg(concat(
                    '{"id":', node1."id",
                    ',"name":', to_json(node1."name"),
                    ',"slug":', to_json(node1."slug"),
                    ',"description":', to_json(node1."description"),
                    ',"parent":', coalesce((node1."parent_id")::text, 'null'),
                    ',"product_count":', (
                      SELECT count(*)
                      FROM "product" products1
                      WHERE products1."category_id" = node1."id"
                        AND products1."is_active"
                    ),
                    ',"is_active":', node1."is_active"::text,
                    ',"created_at":"', to_char(node1."created_at" AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
                    '","subcategories":[', repeat(']}', node1."#depth" - coalesce(node1."#next", 0) + 1), CASE WHEN node1."#next" <= node1."#depth" THEN ',' ELSE '' END
                  ), '' ORDER BY node1."#place")
                FROM (
                  SELECT node1.*, w."#depth", w."#next", w."#place"
                  FROM (
                    SELECT w.*, lead(w."#depth") OVER (ORDER BY w."#place") AS "#next"
                    FROM "#walk" w
                  ) w
                  JOIN "category" node1 ON node1."id" = w."#id"
                ) node1
              )
              FROM "category" category1
              WHERE category1."id" = t."category_id"
                AND category1."is_active"
            ), 'null'),
            ',"price":"', t."price" * 0.01,
            '","original_price":', coalesce('"' || (t."original_price" * 0.01)::text || '"', 'null'),
            ',"stock_quantity":', t."stock_quantity",
            ',"condition":', to_json(t."condition"),
            ',"brand":', to_json(t."brand"),
            ',"model":', to_json(t."model"),
            ',"weight":', coalesce('"' || (t."weight" * 0.01)::text || '"', 'null'),
            ',"dimensions_length":', coalesce('"' || (t."dimensions_length" * 0.01)::text || '"', 'null'),
            ',"dimensions_width":', coalesce('"' || (t."dimensions_width" * 0.01)::text || '"', 'null'),
            ',"dimensions_height":', coalesce('"' || (t."dimensions_height" * 0.01)::text || '"', 'null'),
            ',"colors":', to_json(t."colors"),
            ',"tags":', to_json(t."tags"),
            ',"materials":', to_json(t."materials"),
            ',"is_active":', t."is_active"::text,
            ',"is_featured":', t."is_featured"::text,
            ',"is_digital":', t."is_digital"::text,
            ',"created_at":"', to_char(t."created_at" AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
            '","updated_at":"', to_char(t."updated_at" AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
            '","view_count":', t."view_count",
            ',"click_count":', t."click_count",
            ',"favorite_count":', (
              SELECT count(*)
              FROM "favorite" favorites1
              WHERE favorites1."product_id" = t."id"
            ),
            ',"images":', (
              SELECT concat('[', string_agg(
                concat(
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
                ),
                ',' ORDER BY images1."order", images1."id"
              ), ']')
              FROM "product_image" images1
              WHERE images1."product_id" = t."id"
            ),
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
              WHERE images1."product_id" = t."id"
                AND images1."is_primary"
              ORDER BY images1."order", images1."id"
              LIMIT 1
            ), 'null'),
            ',"total_images":', (
              SELECT count(*)
              FROM "product_image" images1
              WHERE images1."product_id" = t."id"
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
                FROM "review" reviews1
                WHERE reviews1."product_id" = t."id"
                  AND reviews1."is_active"
                ORDER BY reviews1."created_at" DESC, reviews1."id" DESC
                LIMIT 20
              ) reviews1
            ),
            ',"average_rating":', pass1_1."average_rating" * 0.01,
            ',"review_count":', pass1_1."review_count",
            ',"is_in_stock":', (t."stock_quantity" > 0)::text,
            ',"is_on_sale":', (t."original_price" IS NOT NULL AND t."original_price" > t."price")::text,
            ',"discount_percentage":', (CASE WHEN t."original_price" IS NOT NULL AND t."original_price" > t."price" THEN coalesce(((((t."original_price" - t."price") * 100) - ((((t."original_price" - t."price") * 100) % NULLIF(t."original_price", 0)) + t."original_price") % t."original_price") / t."original_price"), 0) ELSE 0 END),
            ',"is_favorited":', (EXISTS (
              SELECT 1
              FROM "favorite" favorites1
              WHERE favorites1."product_id" = t."id"
                AND favorites1."user_id" = $actor_id::bigint
            ))::text,
            ',"seller_product_count":', (
              SELECT count(*)
              FROM "product" products1
              WHERE products1."seller_id" = t."seller_id"
                AND products1."is_active"
            ),
            '}'
          )
          FROM (
            SELECT coalesce(((2 * abs((100 * sum(reviews1."rating")::bigint)) + count(reviews1."rating")) / NULLIF(2 * count(reviews1."rating"), 0) * CASE WHEN (100 * sum(reviews1."rating")::bigint) < 0 THEN -1 ELSE 1 END), 0) AS "average_rating", count(*) AS "review_count"
            FROM "review" reviews1
            WHERE reviews1."product_id" = t."id"
              AND reviews1."is_active"
          ) pass1_1
        )
    """,
    sqlite="""
        (
          SELECT (
            '{"id":"' || t."id"
            || '","name":' || json_quote(t."name")
            || ',"slug":' || json_quote(t."slug")
            || ',"description":' || json_quote(t."description")
            || ',"short_description":' || json_quote(t."short_description")
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
              WHERE seller1."id" = t."seller_id"
            ), 'null')
            || ',"category":' || coalesce((
              SELECT (
                WITH RECURSIVE "#walk" ("#id", "#depth", "#sort1") AS (
                  SELECT category1."id", 0, NULL
                  UNION ALL
                  SELECT node1."id", w."#depth" + 1, node1."name"
                  FROM "#walk" w
                  JOIN "category" node1 ON node1."parent_id" = w."#id"
                  WHERE node1."is_active"
                    AND w."#depth" < 64
                  ORDER BY 2 DESC, 3, 1
                )
                SELECT group_concat((
                    '{"id":' || node1."id"
                    || ',"name":' || json_quote(node1."name")
                    || ',"slug":' || json_quote(node1."slug")
                    || ',"description":' || json_quote(node1."description")
                    || ',"parent":' || coalesce(node1."parent_id", 'null')
                    || ',"product_count":' || (
                      SELECT count(*)
                      FROM "product" products1
                      WHERE products1."category_id" = node1."id"
                        AND products1."is_active"
                    )
                    || ',"is_active":' || CASE WHEN node1."is_active" THEN 'true' ELSE 'false' END
                    || ',"created_at":"' || node1."created_at"
                    || '","subcategories":[' || replace(hex(zeroblob(node1."#depth" - coalesce(node1."#next", 0) + 1)), '00', ']}') || CASE WHEN node1."#next" <= node1."#depth" THEN ',' ELSE '' END
                  ), '')
                FROM (
                  SELECT node1.*, w."#depth", w."#next", w."#place"
                  FROM (
                    SELECT w.*, lead(w."#depth") OVER (ORDER BY w."#place") AS "#next"
                    FROM (SELECT w.*, row_number() OVER () AS "#place" FROM "#walk" w) w
                  ) w
                  JOIN "category" node1 ON node1."id" = w."#id"
                  ORDER BY w."#place"
                  LIMIT -1
                ) node1
              )
              FROM "category" category1
              WHERE category1."id" = t."category_id"
                AND category1."is_active"
            ), 'null')
            || ',"price":"' || printf('%d.%02d', t."price" / 100, t."price" % 100)
            || '","original_price":' || coalesce('"' || CASE WHEN t."original_price" IS NOT NULL THEN printf('%d.%02d', t."original_price" / 100, t."original_price" % 100) END || '"', 'null')
            || ',"stock_quantity":' || t."stock_quantity"
            || ',"condition":' || json_quote(t."condition")
            || ',"brand":' || json_quote(t."brand")
            || ',"model":' || json_quote(t."model")
            || ',"weight":' || coalesce('"' || CASE WHEN t."weight" IS NOT NULL THEN printf('%d.%02d', t."weight" / 100, t."weight" % 100) END || '"', 'null')
            || ',"dimensions_length":' || coalesce('"' || CASE WHEN t."dimensions_length" IS NOT NULL THEN printf('%d.%02d', t."dimensions_length" / 100, t."dimensions_length" % 100) END || '"', 'null')
            || ',"dimensions_width":' || coalesce('"' || CASE WHEN t."dimensions_width" IS NOT NULL THEN printf('%d.%02d', t."dimensions_width" / 100, t."dimensions_width" % 100) END || '"', 'null')
            || ',"dimensions_height":' || coalesce('"' || CASE WHEN t."dimensions_height" IS NOT NULL THEN printf('%d.%02d', t."dimensions_height" / 100, t."dimensions_height" % 100) END || '"', 'null')
            || ',"colors":' || t."colors"
            || ',"tags":' || t."tags"
            || ',"materials":' || json_quote(t."materials")
            || ',"is_active":' || CASE WHEN t."is_active" THEN 'true' ELSE 'false' END
            || ',"is_featured":' || CASE WHEN t."is_featured" THEN 'true' ELSE 'false' END
            || ',"is_digital":' || CASE WHEN t."is_digital" THEN 'true' ELSE 'false' END
            || ',"created_at":"' || t."created_at"
            || '","updated_at":"' || t."updated_at"
            || '","view_count":' || t."view_count"
            || ',"click_count":' || t."click_count"
            || ',"favorite_count":' || (
              SELECT count(*)
              FROM "favorite" favorites1
              WHERE favorites1."product_id" = t."id"
            )
            || ',"images":' || (
              SELECT '[' || coalesce(group_concat(
                (
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
                ),
                ','
              ), '') || ']'
              FROM (
                SELECT images1.*
                FROM "product_image" images1
                WHERE images1."product_id" = t."id"
                ORDER BY images1."order", images1."id"
                LIMIT -1
              ) images1
            )
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
              WHERE images1."product_id" = t."id"
                AND images1."is_primary"
              ORDER BY images1."order", images1."id"
              LIMIT 1
            ), 'null')
            || ',"total_images":' || (
              SELECT count(*)
              FROM "product_image" images1
              WHERE images1."product_id" = t."id"
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
                FROM "review" reviews1
                WHERE reviews1."product_id" = t."id"
                  AND reviews1."is_active"
                ORDER BY reviews1."created_at" DESC, reviews1."id" DESC
                LIMIT 20
              ) reviews1
            )
            || ',"average_rating":' || printf('%s%d.%02d', CASE WHEN pass1_1."average_rating" < 0 THEN '-' ELSE '' END, abs(pass1_1."average_rating" / 100), abs(pass1_1."average_rating" % 100))
            || ',"review_count":' || pass1_1."review_count"
            || ',"is_in_stock":' || CASE WHEN (t."stock_quantity" > 0) THEN 'true' ELSE 'false' END
            || ',"is_on_sale":' || CASE WHEN (t."original_price" IS NOT NULL AND t."original_price" > t."price") THEN 'true' ELSE 'false' END
            || ',"discount_percentage":' || (CASE WHEN t."original_price" IS NOT NULL AND t."original_price" > t."price" THEN coalesce(((((t."original_price" - t."price") * 100) - ((((t."original_price" - t."price") * 100) % NULLIF(t."original_price", 0)) + t."original_price") % t."original_price") / t."original_price"), 0) ELSE 0 END)
            || ',"is_favorited":' || CASE WHEN EXISTS (
              SELECT 1
              FROM "favorite" favorites1
              WHERE favorites1."product_id" = t."id"
                AND favorites1."user_id" = $actor_id
            ) THEN 'true' ELSE 'false' END
            || ',"seller_product_count":' || (
              SELECT count(*)
              FROM "product" products1
              WHERE products1."seller_id" = t."seller_id"
                AND products1."is_active"
            )
            || '}'
          )
          FROM (
            SELECT coalesce(((2 * abs((100 * sum(reviews1."rating"))) + count(reviews1."rating")) / NULLIF(2 * count(reviews1."rating"), 0) * CASE WHEN (100 * sum(reviews1."rating")) < 0 THEN -1 ELSE 1 END), 0) AS "average_rating", count(*) AS "review_count"
            FROM "review" reviews1
            WHERE reviews1."product_id" = t."id"
              AND reviews1."is_active"
          ) pass1_1
        )
    """,
)

RETRIEVE_WHERE = Sql(
    postgres="""
        t."slug" = $slug::text
        AND (t."is_active" OR t."seller_id" = $actor_id::bigint OR $actor_role::text = 'admin')
    """,
    sqlite="""
        t."slug" = $slug
        AND (t."is_active" OR t."seller_id" = $actor_id OR $actor_role = 'admin')
    """,
)

RETRIEVE = ItemRead(
    name="product.retrieve", table="product", key="id", body=RETRIEVE_BODY, where=RETRIEVE_WHERE, public=True
)

CREATE_RESULT = ItemRead(
    name="product.create.result",
    table="product",
    key="id",
    body=RETRIEVE_BODY,
    where=Sql(postgres='t."id" = $key::uuid', sqlite='t."id" = $key'),
)

UPDATE_RECORD = RecordRead(
    name="product.update.record",
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
    where=RETRIEVE_WHERE,
    allowed=Sql(
        postgres="(t.\"seller_id\" = $actor_id::bigint OR $actor_role::text = 'admin')",
        sqlite="(t.\"seller_id\" = $actor_id OR $actor_role = 'admin')",
    ),
)

UPDATE_RESULT = ItemRead(
    name="product.update.result",
    table="product",
    key="id",
    body=RETRIEVE_BODY,
    where=Sql(postgres='t."id" = $key::uuid', sqlite='t."id" = $key'),
)

DELETE_RECORD = RecordRead(
    name="product.delete.record",
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
    where=RETRIEVE_WHERE,
    allowed=Sql(
        postgres="(t.\"seller_id\" = $actor_id::bigint OR $actor_role::text = 'admin')",
        sqlite="(t.\"seller_id\" = $actor_id OR $actor_role = 'admin')",
    ),
)

MY_PRODUCTS = ListRead(
    name="product.my_products",
    table="product",
    key="id",
    key_type="uuid",
    body=LIST_BODY,
    where=Sql(postgres='t."seller_id" = $actor_id::bigint', sqlite='t."seller_id" = $actor_id'),
    filters=LIST_FILTERS,
    search=LIST_SEARCH,
    sorts=LIST_SORTS,
    default_sort=("-created_at",),
)

FAVORITE_RECORD = RecordRead(
    name="product.favorite.record",
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
    where=RETRIEVE_WHERE,
)

IMAGES = ItemRead(
    name="product.images",
    table="product",
    key="id",
    body=Sql(
        postgres="""
            concat(
              '{"product_id":"', t."id",
              '","product_name":', to_json(t."name"),
              ',"product_slug":', to_json(t."slug"),
              ',"images":', (
                SELECT concat('[', string_agg(
                  concat(
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
                  ),
                  ',' ORDER BY images1."order", images1."id"
                ), ']')
                FROM "product_image" images1
                WHERE images1."product_id" = t."id"
              ),
              ',"total_images":', (
                SELECT count(*)
                FROM "product_image" images1
                WHERE images1."product_id" = t."id"
              ),
              '}'
            )
        """,
        sqlite="""
            (
              '{"product_id":"' || t."id"
              || '","product_name":' || json_quote(t."name")
              || ',"product_slug":' || json_quote(t."slug")
              || ',"images":' || (
                SELECT '[' || coalesce(group_concat(
                  (
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
                  ),
                  ','
                ), '') || ']'
                FROM (
                  SELECT images1.*
                  FROM "product_image" images1
                  WHERE images1."product_id" = t."id"
                  ORDER BY images1."order", images1."id"
                  LIMIT -1
                ) images1
              )
              || ',"total_images":' || (
                SELECT count(*)
                FROM "product_image" images1
                WHERE images1."product_id" = t."id"
              )
              || '}'
            )
        """,
    ),
    where=RETRIEVE_WHERE,
    public=True,
)

MAIN_IMAGE = ItemRead(
    name="product.main_image",
    table="product",
    key="id",
    body=Sql(
        postgres="""
            concat(
              '{"product_id":"', t."id",
              '","product_name":', to_json(t."name"),
              ',"product_slug":', to_json(t."slug"),
              ',"main_image":', coalesce((
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
                WHERE images1."product_id" = t."id"
                  AND images1."is_primary"
                ORDER BY images1."order", images1."id"
                LIMIT 1
              ), 'null'),
              ',"message":', coalesce(to_json((CASE WHEN EXISTS (
                SELECT 1
                FROM "product_image" images1
                WHERE images1."product_id" = t."id"
                  AND images1."is_primary"
              ) THEN NULL ELSE 'This product has no main image.' END))::text, 'null'),
              '}'
            )
        """,
        sqlite="""
            (
              '{"product_id":"' || t."id"
              || '","product_name":' || json_quote(t."name")
              || ',"product_slug":' || json_quote(t."slug")
              || ',"main_image":' || coalesce((
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
                WHERE images1."product_id" = t."id"
                  AND images1."is_primary"
                ORDER BY images1."order", images1."id"
                LIMIT 1
              ), 'null')
              || ',"message":' || json_quote((CASE WHEN EXISTS (
                SELECT 1
                FROM "product_image" images1
                WHERE images1."product_id" = t."id"
                  AND images1."is_primary"
              ) THEN NULL ELSE 'This product has no main image.' END))
              || '}'
            )
        """,
    ),
    where=RETRIEVE_WHERE,
    public=True,
)

IMAGES_WITH_PRESIGNED_URLS = ItemRead(
    name="product.images_with_presigned_urls",
    table="product",
    key="id",
    body=Sql(
        postgres="""
            concat(
              '{"product_id":"', t."id",
              '","product_name":', to_json(t."name"),
              ',"product_slug":', to_json(t."slug"),
              ',"total_images":', (
                SELECT count(*)
                FROM "product_image" images1
                WHERE images1."product_id" = t."id"
              ),
              ',"images":', (
                SELECT concat('[', string_agg(
                  concat(
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
                  ),
                  ',' ORDER BY images1."order", images1."id"
                ), ']')
                FROM "product_image" images1
                WHERE images1."product_id" = t."id"
              ),
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
                WHERE images1."product_id" = t."id"
                  AND images1."is_primary"
                ORDER BY images1."order", images1."id"
                LIMIT 1
              ), 'null'),
              ',"message":', coalesce(to_json((CASE WHEN EXISTS (
                SELECT 1
                FROM "product_image" images1
                WHERE images1."product_id" = t."id"
              ) THEN NULL ELSE 'This product has no images.' END))::text, 'null'),
              '}'
            )
        """,
        sqlite="""
            (
              '{"product_id":"' || t."id"
              || '","product_name":' || json_quote(t."name")
              || ',"product_slug":' || json_quote(t."slug")
              || ',"total_images":' || (
                SELECT count(*)
                FROM "product_image" images1
                WHERE images1."product_id" = t."id"
              )
              || ',"images":' || (
                SELECT '[' || coalesce(group_concat(
                  (
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
                  ),
                  ','
                ), '') || ']'
                FROM (
                  SELECT images1.*
                  FROM "product_image" images1
                  WHERE images1."product_id" = t."id"
                  ORDER BY images1."order", images1."id"
                  LIMIT -1
                ) images1
              )
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
                WHERE images1."product_id" = t."id"
                  AND images1."is_primary"
                ORDER BY images1."order", images1."id"
                LIMIT 1
              ), 'null')
              || ',"message":' || json_quote((CASE WHEN EXISTS (
                SELECT 1
                FROM "product_image" images1
                WHERE images1."product_id" = t."id"
              ) THEN NULL ELSE 'This product has no images.' END))
              || '}'
            )
        """,
    ),
    where=RETRIEVE_WHERE,
    public=True,
)

MEASURED = ItemRead(
    name="product.measured",
    table="product",
    key="id",
    body=Sql(
        postgres="""
            concat(
              '{"product_info":{"id":"', t."id",
              '","name":', to_json(t."name"),
              ',"slug":', to_json(t."slug"),
              ',"price":"', t."price" * 0.01,
              '","stock_quantity":', t."stock_quantity",
              ',"is_active":', t."is_active"::text,
              ',"created_at":"', to_char(t."created_at" AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
              '"},"product_metrics":', coalesce((
                SELECT concat(
                  '{"id":', metrics1."id",
                  ',"product":"', metrics1."product_id",
                  '","total_views":', metrics1."total_views",
                  ',"total_clicks":', metrics1."total_clicks",
                  ',"total_favorites":', (SELECT (
                    SELECT count(*)
                    FROM "favorite" favorites1
                    WHERE favorites1."product_id" = metrics1_product."id"
                  ) FROM "product" metrics1_product WHERE metrics1_product."id" = metrics1."product_id"),
                  ',"total_cart_additions":', metrics1."total_cart_additions",
                  ',"total_sales":', metrics1."total_sales",
                  ',"total_revenue":"', metrics1."total_revenue" * 0.01,
                  '","view_to_click_rate":"', coalesce(((2 * abs(((metrics1."total_clicks" * 100) * 100)) + abs(metrics1."total_views")) / NULLIF(2 * abs(metrics1."total_views"), 0) * CASE WHEN (((metrics1."total_clicks" * 100) * 100) < 0) = (metrics1."total_views" < 0) THEN 1 ELSE -1 END), 0) * 0.01,
                  '","click_to_cart_rate":"', coalesce(((2 * abs(((metrics1."total_cart_additions" * 100) * 100)) + abs(metrics1."total_clicks")) / NULLIF(2 * abs(metrics1."total_clicks"), 0) * CASE WHEN (((metrics1."total_cart_additions" * 100) * 100) < 0) = (metrics1."total_clicks" < 0) THEN 1 ELSE -1 END), 0) * 0.01,
                  '","cart_to_purchase_rate":"', coalesce(((2 * abs(((metrics1."total_sales" * 100) * 100)) + abs(metrics1."total_cart_additions")) / NULLIF(2 * abs(metrics1."total_cart_additions"), 0) * CASE WHEN (((metrics1."total_sales" * 100) * 100) < 0) = (metrics1."total_cart_additions" < 0) THEN 1 ELSE -1 END), 0) * 0.01,
                  '","last_updated":"', to_char(metrics1."last_updated" AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
                  '"}'
                )
                FROM "product_metrics" metrics1
                WHERE metrics1."product_id" = t."id"
                  AND ((SELECT metrics1_product."seller_id" FROM "product" metrics1_product WHERE metrics1_product."id" = metrics1."product_id") = $actor_id::bigint OR $actor_role::text = 'admin')
                ORDER BY metrics1."id"
                LIMIT 1
              ), 'null'),
              ',"product_counts":', coalesce((
                SELECT concat(
                  '{"total_products":', (
                    SELECT count(*)
                    FROM "product" products1
                    WHERE products1."seller_id" = seller1."id"
                  ),
                  ',"active_listings":', (
                    SELECT count(*)
                    FROM "product" products1
                    WHERE products1."seller_id" = seller1."id"
                      AND products1."is_active"
                  ),
                  ',"featured_products":', (
                    SELECT count(*)
                    FROM "product" products1
                    WHERE products1."seller_id" = seller1."id"
                      AND products1."is_featured"
                  ),
                  ',"total_categories":', (
                    SELECT count(DISTINCT category1."id")
                    FROM "product" products1
                    JOIN "category" category1 ON category1."id" = products1."category_id"
                    WHERE products1."seller_id" = seller1."id"
                  ),
                  '}'
                )
                FROM "user" seller1
                WHERE seller1."id" = t."seller_id"
              ), 'null'),
              ',"recent_orders":', (
                SELECT concat('[', string_agg(
                  concat(
                    '{"id":"', order_items1."order_id",
                    '","customer":', to_json((SELECT (SELECT order_items1_order_buyer."username" FROM "user" order_items1_order_buyer WHERE order_items1_order_buyer."id" = order_items1_order."buyer_id") FROM "order" order_items1_order WHERE order_items1_order."id" = order_items1."order_id")),
                    ',"date":"', to_char((SELECT order_items1_order."created_at" FROM "order" order_items1_order WHERE order_items1_order."id" = order_items1."order_id") AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
                    '","product_name":', to_json(order_items1."product_name"),
                    ',"quantity":', order_items1."quantity",
                    ',"total_price":"', order_items1."total_price" * 0.01,
                    '","status":', to_json((SELECT order_items1_order."status" FROM "order" order_items1_order WHERE order_items1_order."id" = order_items1."order_id")),
                    ',"shipping_address":', coalesce(to_json((SELECT ((((((((order_items1_order."shipping_address" ->> 'street') COLLATE "C") || ', ') || ((order_items1_order."shipping_address" ->> 'postal_code') COLLATE "C")) || ' ') || ((order_items1_order."shipping_address" ->> 'city') COLLATE "C")) || ', ') || (CASE WHEN ((order_items1_order."shipping_address" ->> 'state') COLLATE "C") <> '' THEN ((order_items1_order."shipping_address" ->> 'state') COLLATE "C") || ', ' ELSE '' END)) || ((order_items1_order."shipping_address" ->> 'country') COLLATE "C") FROM "order" order_items1_order WHERE order_items1_order."id" = order_items1."order_id"))::text, 'null'),
                    '}'
                  ),
                  ',' ORDER BY order_items1."created_at" DESC, order_items1."id" DESC
                ), ']')
                FROM (
                  SELECT order_items1.*
                  FROM "order_item" order_items1
                  WHERE order_items1."product_id" = t."id"
                  ORDER BY order_items1."created_at" DESC, order_items1."id" DESC
                  LIMIT 10
                ) order_items1
              ),
              '}'
            )
        """,
        sqlite="""
            (
              '{"product_info":{"id":"' || t."id"
              || '","name":' || json_quote(t."name")
              || ',"slug":' || json_quote(t."slug")
              || ',"price":"' || printf('%d.%02d', t."price" / 100, t."price" % 100)
              || '","stock_quantity":' || t."stock_quantity"
              || ',"is_active":' || CASE WHEN t."is_active" THEN 'true' ELSE 'false' END
              || ',"created_at":"' || t."created_at"
              || '"},"product_metrics":' || coalesce((
                SELECT (
                  '{"id":' || metrics1."id"
                  || ',"product":"' || metrics1."product_id"
                  || '","total_views":' || metrics1."total_views"
                  || ',"total_clicks":' || metrics1."total_clicks"
                  || ',"total_favorites":' || (SELECT (
                    SELECT count(*)
                    FROM "favorite" favorites1
                    WHERE favorites1."product_id" = metrics1_product."id"
                  ) FROM "product" metrics1_product WHERE metrics1_product."id" = metrics1."product_id")
                  || ',"total_cart_additions":' || metrics1."total_cart_additions"
                  || ',"total_sales":' || metrics1."total_sales"
                  || ',"total_revenue":"' || printf('%d.%02d', metrics1."total_revenue" / 100, metrics1."total_revenue" % 100)
                  || '","view_to_click_rate":' || (
                    SELECT (
                      '"' || printf('%s%d.%02d', CASE WHEN v."v" < 0 THEN '-' ELSE '' END, abs(v."v" / 100), abs(v."v" % 100))
                      || '"'
                    )
                    FROM (SELECT coalesce(((2 * abs(((metrics1."total_clicks" * 100) * 100)) + abs(metrics1."total_views")) / NULLIF(2 * abs(metrics1."total_views"), 0) * CASE WHEN (((metrics1."total_clicks" * 100) * 100) < 0) = (metrics1."total_views" < 0) THEN 1 ELSE -1 END), 0) AS "v") v
                  )
                  || ',"click_to_cart_rate":' || (
                    SELECT (
                      '"' || printf('%s%d.%02d', CASE WHEN v."v" < 0 THEN '-' ELSE '' END, abs(v."v" / 100), abs(v."v" % 100))
                      || '"'
                    )
                    FROM (SELECT coalesce(((2 * abs(((metrics1."total_cart_additions" * 100) * 100)) + abs(metrics1."total_clicks")) / NULLIF(2 * abs(metrics1."total_clicks"), 0) * CASE WHEN (((metrics1."total_cart_additions" * 100) * 100) < 0) = (metrics1."total_clicks" < 0) THEN 1 ELSE -1 END), 0) AS "v") v
                  )
                  || ',"cart_to_purchase_rate":' || (
                    SELECT (
                      '"' || printf('%s%d.%02d', CASE WHEN v."v" < 0 THEN '-' ELSE '' END, abs(v."v" / 100), abs(v."v" % 100))
                      || '"'
                    )
                    FROM (SELECT coalesce(((2 * abs(((metrics1."total_sales" * 100) * 100)) + abs(metrics1."total_cart_additions")) / NULLIF(2 * abs(metrics1."total_cart_additions"), 0) * CASE WHEN (((metrics1."total_sales" * 100) * 100) < 0) = (metrics1."total_cart_additions" < 0) THEN 1 ELSE -1 END), 0) AS "v") v
                  )
                  || ',"last_updated":"' || metrics1."last_updated"
                  || '"}'
                )
                FROM "product_metrics" metrics1
                WHERE metrics1."product_id" = t."id"
                  AND ((SELECT metrics1_product."seller_id" FROM "product" metrics1_product WHERE metrics1_product."id" = metrics1."product_id") = $actor_id OR $actor_role = 'admin')
                ORDER BY metrics1."id"
                LIMIT 1
              ), 'null')
              || ',"product_counts":' || coalesce((
                SELECT (
                  '{"total_products":' || (
                    SELECT count(*)
                    FROM "product" products1
                    WHERE products1."seller_id" = seller1."id"
                  )
                  || ',"active_listings":' || (
                    SELECT count(*)
                    FROM "product" products1
                    WHERE products1."seller_id" = seller1."id"
                      AND products1."is_active"
                  )
                  || ',"featured_products":' || (
                    SELECT count(*)
                    FROM "product" products1
                    WHERE products1."seller_id" = seller1."id"
                      AND products1."is_featured"
                  )
                  || ',"total_categories":' || (
                    SELECT count(DISTINCT category1."id")
                    FROM "product" products1
                    JOIN "category" category1 ON category1."id" = products1."category_id"
                    WHERE products1."seller_id" = seller1."id"
                  )
                  || '}'
                )
                FROM "user" seller1
                WHERE seller1."id" = t."seller_id"
              ), 'null')
              || ',"recent_orders":' || (
                SELECT '[' || coalesce(group_concat(
                  (
                    '{"id":"' || order_items1."order_id"
                    || '","customer":' || json_quote((SELECT (SELECT order_items1_order_buyer."username" FROM "user" order_items1_order_buyer WHERE order_items1_order_buyer."id" = order_items1_order."buyer_id") FROM "order" order_items1_order WHERE order_items1_order."id" = order_items1."order_id"))
                    || ',"date":"' || (SELECT order_items1_order."created_at" FROM "order" order_items1_order WHERE order_items1_order."id" = order_items1."order_id")
                    || '","product_name":' || json_quote(order_items1."product_name")
                    || ',"quantity":' || order_items1."quantity"
                    || ',"total_price":"' || printf('%d.%02d', order_items1."total_price" / 100, order_items1."total_price" % 100)
                    || '","status":' || json_quote((SELECT order_items1_order."status" FROM "order" order_items1_order WHERE order_items1_order."id" = order_items1."order_id"))
                    || ',"shipping_address":' || json_quote((SELECT ((((((json_extract(order_items1_order."shipping_address", '$.street') || ', ') || json_extract(order_items1_order."shipping_address", '$.postal_code')) || ' ') || json_extract(order_items1_order."shipping_address", '$.city')) || ', ') || (CASE WHEN json_extract(order_items1_order."shipping_address", '$.state') <> '' THEN json_extract(order_items1_order."shipping_address", '$.state') || ', ' ELSE '' END)) || json_extract(order_items1_order."shipping_address", '$.country') FROM "order" order_items1_order WHERE order_items1_order."id" = order_items1."order_id"))
                    || '}'
                  ),
                  ','
                ), '') || ']'
                FROM (
                  SELECT order_items1.*
                  FROM "order_item" order_items1
                  WHERE order_items1."product_id" = t."id"
                  ORDER BY order_items1."created_at" DESC, order_items1."id" DESC
                  LIMIT 10
                ) order_items1
              )
              || '}'
            )
        """,
    ),
    where=Sql(
        postgres="""
            t."slug" = $product_slug::text
            AND (t."is_active" OR t."seller_id" = $actor_id::bigint OR $actor_role::text = 'admin')
            AND (t."seller_id" = $actor_id::bigint OR $actor_role::text = 'admin')
        """,
        sqlite="""
            t."slug" = $product_slug
            AND (t."is_active" OR t."seller_id" = $actor_id OR $actor_role = 'admin')
            AND (t."seller_id" = $actor_id OR $actor_role = 'admin')
        """,
    ),
)

CLICK_RECORD = RecordRead(
    name="product.click.record",
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
    where=RETRIEVE_WHERE,
)
