# Generated from spec/category.yaml by `agora build`; do not edit.
# ruff: noqa: E501 (a part of a statement is one line of SQL)
"""The statements of Category: one for each read."""

from __future__ import annotations

from runtime.application import Sql
from runtime.reads import Bind, Filter, ItemRead, ListRead, SortKey

LIST_BODY = Sql(
    postgres="""
        (
          WITH RECURSIVE "#walk" ("#id", "#depth", "#place") AS (
            SELECT t."id", 0, ARRAY[]::bigint[]
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
    """,
    sqlite="""
        (
          WITH RECURSIVE "#walk" ("#id", "#depth", "#sort1") AS (
            SELECT t."id", 0, NULL
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
    """,
)

LIST = ListRead(
    name="category.list",
    table="category",
    key="id",
    key_type="id",
    body=LIST_BODY,
    where=Sql.same('t."is_active"'),
    search=Sql(
        postgres="""
            agora_fold(concat_ws(chr(10), t."name", t."description")) LIKE ALL (ARRAY(SELECT agora_fold(w) FROM unnest($search_patterns::text[]) w))
        """,
        sqlite="""
            NOT EXISTS (
              SELECT 1
              FROM (SELECT agora_fold(t."name" || char(10) || t."description") AS "text" LIMIT 1) h
              CROSS JOIN json_each($search_words) w
              WHERE instr(h."text", w."value") = 0
            )
        """,
    ),
    sorts=(SortKey(name="name", sql=Sql.same('t."name"'), type="string"),),
    default_sort=("name",),
    public=True,
)

RETRIEVE = ItemRead(
    name="category.retrieve",
    table="category",
    key="id",
    body=LIST_BODY,
    where=Sql(
        postgres="""
            t."slug" = $slug::text
            AND t."is_active"
        """,
        sqlite="""
            t."slug" = $slug
            AND t."is_active"
        """,
    ),
    public=True,
)

PRODUCTS = ListRead(
    name="category.products",
    table="product",
    key="id",
    key_type="uuid",
    body=Sql(
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
    ),
    where=Sql(
        postgres="""
            t."category_id" = (
              SELECT category1."id"
              FROM "category" category1
              WHERE category1."slug" = $slug::text
                AND category1."is_active"
            )
            AND t."is_active"
        """,
        sqlite="""
            t."category_id" = (
              SELECT category1."id"
              FROM "category" category1
              WHERE category1."slug" = $slug
                AND category1."is_active"
            )
            AND t."is_active"
        """,
    ),
    parent=Sql(
        postgres="""
            EXISTS (
              SELECT 1
              FROM "category" category1
              WHERE category1."slug" = $slug::text
                AND category1."is_active"
            )
        """,
        sqlite="""
            EXISTS (
              SELECT 1
              FROM "category" category1
              WHERE category1."slug" = $slug
                AND category1."is_active"
            )
        """,
    ),
    filters=(
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
                postgres='t."is_featured" = $filter_is_featured::boolean',
                sqlite='t."is_featured" = $filter_is_featured',
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
    ),
    search=Sql(
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
    ),
    sorts=(
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
    ),
    default_sort=("-created_at",),
    public=True,
)
