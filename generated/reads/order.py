# Generated from spec/order.yaml by `agora build`; do not edit.
# ruff: noqa: E501 (a part of a statement is one line of SQL)
"""The statements of Order: one for each read."""

from __future__ import annotations

from runtime.application import Sql
from runtime.reads import Bind, Filter, Guard, ItemRead, ListRead, RecordRead, SortKey

LIST_BODY = Sql(
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
)

LIST = ListRead(
    name="order.list",
    table="order",
    key="id",
    key_type="uuid",
    body=LIST_BODY,
    either=(
        Sql(postgres="$actor_role::text = 'admin'", sqlite="$actor_role = 'admin'"),
        Sql(
            postgres="""
                (t."buyer_id" = $actor_id::bigint AND $actor_role::text IS DISTINCT FROM 'admin')
            """,
            sqlite="(t.\"buyer_id\" = $actor_id AND $actor_role IS NOT 'admin')",
        ),
        Sql(
            postgres="""
                (t."id" IN (
                  SELECT items1."order_id"
                  FROM "order_item" items1
                  WHERE items1."seller_id" = $actor_id::bigint
                ) AND $actor_role::text IS DISTINCT FROM 'admin' AND t."buyer_id" IS DISTINCT FROM $actor_id::bigint)
            """,
            sqlite="""
                (t."id" IN (
                  SELECT items1."order_id"
                  FROM "order_item" items1
                  WHERE items1."seller_id" = $actor_id
                ) AND $actor_role IS NOT 'admin' AND t."buyer_id" IS NOT $actor_id)
            """,
        ),
    ),
    filters=(
        Filter(
            name="status",
            where=Sql(postgres='t."status" = $filter_status::text', sqlite='t."status" = $filter_status'),
            binds=(
                Bind(
                    name="filter_status",
                    type="enum",
                    values=(
                        "pending_payment",
                        "payment_confirmed",
                        "awaiting_shipment",
                        "shipped",
                        "delivered",
                        "cancelled",
                        "refunded",
                    ),
                ),
            ),
            any="all",
        ),
        Filter(
            name="payment_status",
            where=Sql(
                postgres='t."payment_status" = $filter_payment_status::text',
                sqlite='t."payment_status" = $filter_payment_status',
            ),
            binds=(
                Bind(
                    name="filter_payment_status",
                    type="enum",
                    values=("pending", "processing", "paid", "failed", "refunded", "failed_refund", "partial_refund"),
                ),
            ),
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
    sorts=(SortKey(name="created_at", sql=Sql.same('t."created_at"'), type="datetime"),),
    default_sort=("-created_at",),
)

RETRIEVE_WHERE = Sql(
    postgres="""
        t."id" = $id::uuid
        AND (t."buyer_id" = $actor_id::bigint OR EXISTS (
          SELECT 1
          FROM "order_item" items1
          WHERE items1."order_id" = t."id"
            AND items1."seller_id" = $actor_id::bigint
        ) OR $actor_role::text = 'admin')
    """,
    sqlite="""
        t."id" = $id
        AND (t."buyer_id" = $actor_id OR EXISTS (
          SELECT 1
          FROM "order_item" items1
          WHERE items1."order_id" = t."id"
            AND items1."seller_id" = $actor_id
        ) OR $actor_role = 'admin')
    """,
)

RETRIEVE_ALLOWED = Sql(
    postgres="""
        (t."buyer_id" = $actor_id::bigint OR EXISTS (
          SELECT 1
          FROM "order_item" items1
          WHERE items1."order_id" = t."id"
            AND items1."seller_id" = $actor_id::bigint
        ) OR $actor_role::text = 'admin')
    """,
    sqlite="""
        (t."buyer_id" = $actor_id OR EXISTS (
          SELECT 1
          FROM "order_item" items1
          WHERE items1."order_id" = t."id"
            AND items1."seller_id" = $actor_id
        ) OR $actor_role = 'admin')
    """,
)

RETRIEVE = ItemRead(
    name="order.retrieve", table="order", key="id", body=LIST_BODY, where=RETRIEVE_WHERE, allowed=RETRIEVE_ALLOWED
)

CREATE_RESULT = ItemRead(
    name="order.create.result",
    table="order",
    key="id",
    body=LIST_BODY,
    where=Sql(postgres='t."id" = $key::uuid', sqlite='t."id" = $key'),
)

UPDATE_RECORD = RecordRead(
    name="order.update.record",
    table="order",
    key="id",
    columns=(
        "id",
        "status",
        "payment_status",
        "subtotal",
        "shipping_cost",
        "tax_amount",
        "discount_amount",
        "shipping_address",
        "tracking_number",
        "shipping_carrier",
        "carrier_code",
        "buyer_notes",
        "admin_notes",
        "cancellation_reason",
        "cancelled_at",
        "processed_at",
        "shipped_at",
        "delivered_at",
        "created_at",
        "updated_at",
        "buyer_id",
        "cancelled_by_id",
    ),
    where=RETRIEVE_WHERE,
    allowed=Sql(
        postgres="(t.\"buyer_id\" = $actor_id::bigint OR $actor_role::text = 'admin')",
        sqlite="(t.\"buyer_id\" = $actor_id OR $actor_role = 'admin')",
    ),
    guards=(
        Guard(
            check=Sql(
                postgres="(t.\"status\" = 'pending_payment' OR $actor_role::text = 'admin')",
                sqlite="(t.\"status\" = 'pending_payment' OR $actor_role = 'admin')",
            ),
            code="ORDER_CLOSED",
            message="The order is being worked on; its buyer can no longer change it.",
        ),
    ),
)

UPDATE_RESULT = ItemRead(
    name="order.update.result",
    table="order",
    key="id",
    body=LIST_BODY,
    where=Sql(postgres='t."id" = $key::uuid', sqlite='t."id" = $key'),
)

DELETE_RECORD = RecordRead(
    name="order.delete.record",
    table="order",
    key="id",
    columns=(
        "id",
        "status",
        "payment_status",
        "subtotal",
        "shipping_cost",
        "tax_amount",
        "discount_amount",
        "shipping_address",
        "tracking_number",
        "shipping_carrier",
        "carrier_code",
        "buyer_notes",
        "admin_notes",
        "cancellation_reason",
        "cancelled_at",
        "processed_at",
        "shipped_at",
        "delivered_at",
        "created_at",
        "updated_at",
        "buyer_id",
        "cancelled_by_id",
    ),
    where=RETRIEVE_WHERE,
)

MY_ORDERS = ListRead(
    name="order.my_orders",
    table="order",
    key="id",
    key_type="uuid",
    body=LIST_BODY,
    where=Sql(postgres='t."buyer_id" = $actor_id::bigint', sqlite='t."buyer_id" = $actor_id'),
    filters=(
        Filter(
            name="status",
            where=Sql(postgres='t."status" = $filter_status::text', sqlite='t."status" = $filter_status'),
            binds=(
                Bind(
                    name="filter_status",
                    type="enum",
                    values=(
                        "pending_payment",
                        "payment_confirmed",
                        "awaiting_shipment",
                        "shipped",
                        "delivered",
                        "cancelled",
                        "refunded",
                    ),
                ),
            ),
            any="all",
        ),
        Filter(
            name="payment_status",
            where=Sql(
                postgres='t."payment_status" = $filter_payment_status::text',
                sqlite='t."payment_status" = $filter_payment_status',
            ),
            binds=(
                Bind(
                    name="filter_payment_status",
                    type="enum",
                    values=("pending", "processing", "paid", "failed", "refunded", "failed_refund", "partial_refund"),
                ),
            ),
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
    sorts=(SortKey(name="created_at", sql=Sql.same('t."created_at"'), type="datetime"),),
    default_sort=("-created_at",),
)

SELLER_ORDERS = ListRead(
    name="order.seller_orders",
    table="order",
    key="id",
    key_type="uuid",
    body=Sql(
        postgres="""
            (
              SELECT concat(
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
                    AND items1."seller_id" = $actor_id::bigint
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
                    AND shipping_info1."seller_id" = $actor_id::bigint
                ),
                ',"seller_shipping":', coalesce((
                  SELECT concat(
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
                  )
                  FROM "order_shipping" shipping_info1
                  WHERE shipping_info1."order_id" = t."id"
                    AND shipping_info1."seller_id" = $actor_id::bigint
                  ORDER BY shipping_info1."id"
                  LIMIT 1
                ), 'null'),
                ',"seller_items_count":', pass1_1."seller_items_count",
                ',"seller_items_total":"', pass1_1."seller_items_total" * 0.01,
                '"}'
              )
              FROM (
                SELECT count(*) AS "seller_items_count", coalesce(sum(items1."total_price")::bigint, 0) AS "seller_items_total"
                FROM "order_item" items1
                WHERE items1."order_id" = t."id"
                  AND items1."seller_id" = $actor_id::bigint
              ) pass1_1
            )
        """,
        sqlite="""
            (
              SELECT (
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
                      AND items1."seller_id" = $actor_id
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
                      AND shipping_info1."seller_id" = $actor_id
                    ORDER BY shipping_info1."id"
                    LIMIT -1
                  ) shipping_info1
                )
                || ',"seller_shipping":' || coalesce((
                  SELECT (
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
                  )
                  FROM "order_shipping" shipping_info1
                  WHERE shipping_info1."order_id" = t."id"
                    AND shipping_info1."seller_id" = $actor_id
                  ORDER BY shipping_info1."id"
                  LIMIT 1
                ), 'null')
                || ',"seller_items_count":' || pass1_1."seller_items_count"
                || ',"seller_items_total":"' || printf('%d.%02d', pass1_1."seller_items_total" / 100, pass1_1."seller_items_total" % 100)
                || '"}'
              )
              FROM (
                SELECT count(*) AS "seller_items_count", coalesce(sum(items1."total_price"), 0) AS "seller_items_total"
                FROM "order_item" items1
                WHERE items1."order_id" = t."id"
                  AND items1."seller_id" = $actor_id
              ) pass1_1
            )
        """,
    ),
    where=Sql(
        postgres="""
            t."id" IN (
              SELECT items1."order_id"
              FROM "order_item" items1
              WHERE items1."seller_id" = $actor_id::bigint
            )
        """,
        sqlite="""
            t."id" IN (
              SELECT items1."order_id"
              FROM "order_item" items1
              WHERE items1."seller_id" = $actor_id
            )
        """,
    ),
    filters=(
        Filter(
            name="status",
            where=Sql(postgres='t."status" = $filter_status::text', sqlite='t."status" = $filter_status'),
            binds=(
                Bind(
                    name="filter_status",
                    type="enum",
                    values=(
                        "pending_payment",
                        "payment_confirmed",
                        "awaiting_shipment",
                        "shipped",
                        "delivered",
                        "cancelled",
                        "refunded",
                    ),
                ),
            ),
            any="all",
        ),
        Filter(
            name="payment_status",
            where=Sql(
                postgres='t."payment_status" = $filter_payment_status::text',
                sqlite='t."payment_status" = $filter_payment_status',
            ),
            binds=(
                Bind(
                    name="filter_payment_status",
                    type="enum",
                    values=("pending", "processing", "paid", "failed", "refunded", "failed_refund", "partial_refund"),
                ),
            ),
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
    sorts=(SortKey(name="created_at", sql=Sql.same('t."created_at"'), type="datetime"),),
    default_sort=("-created_at",),
)

UPDATE_STATUS_RECORD = RecordRead(
    name="order.update_status.record",
    table="order",
    key="id",
    columns=(
        "id",
        "status",
        "payment_status",
        "subtotal",
        "shipping_cost",
        "tax_amount",
        "discount_amount",
        "shipping_address",
        "tracking_number",
        "shipping_carrier",
        "carrier_code",
        "buyer_notes",
        "admin_notes",
        "cancellation_reason",
        "cancelled_at",
        "processed_at",
        "shipped_at",
        "delivered_at",
        "created_at",
        "updated_at",
        "buyer_id",
        "cancelled_by_id",
    ),
    where=RETRIEVE_WHERE,
    allowed=RETRIEVE_ALLOWED,
)

UPDATE_STATUS_RESULT = ItemRead(
    name="order.update_status.result",
    table="order",
    key="id",
    body=LIST_BODY,
    where=Sql(postgres='t."id" = $key::uuid', sqlite='t."id" = $key'),
)

UPDATE_ORDER_STATUS_RECORD = RecordRead(
    name="order.update_order_status.record",
    table="order",
    key="id",
    columns=(
        "id",
        "status",
        "payment_status",
        "subtotal",
        "shipping_cost",
        "tax_amount",
        "discount_amount",
        "shipping_address",
        "tracking_number",
        "shipping_carrier",
        "carrier_code",
        "buyer_notes",
        "admin_notes",
        "cancellation_reason",
        "cancelled_at",
        "processed_at",
        "shipped_at",
        "delivered_at",
        "created_at",
        "updated_at",
        "buyer_id",
        "cancelled_by_id",
    ),
    where=RETRIEVE_WHERE,
    allowed=RETRIEVE_ALLOWED,
)

UPDATE_ORDER_STATUS_RESULT_ORDER = ItemRead(
    name="order.update_order_status.result_order",
    table="order",
    key="id",
    body=LIST_BODY,
    where=Sql(postgres='t."id" = $key::uuid', sqlite='t."id" = $key'),
)

PROCESS_ORDER_RECORD = RecordRead(
    name="order.process_order.record",
    table="order",
    key="id",
    columns=(
        "id",
        "status",
        "payment_status",
        "subtotal",
        "shipping_cost",
        "tax_amount",
        "discount_amount",
        "shipping_address",
        "tracking_number",
        "shipping_carrier",
        "carrier_code",
        "buyer_notes",
        "admin_notes",
        "cancellation_reason",
        "cancelled_at",
        "processed_at",
        "shipped_at",
        "delivered_at",
        "created_at",
        "updated_at",
        "buyer_id",
        "cancelled_by_id",
    ),
    where=RETRIEVE_WHERE,
    allowed=RETRIEVE_ALLOWED,
)

PROCESS_ORDER_RESULT_ORDER = ItemRead(
    name="order.process_order.result_order",
    table="order",
    key="id",
    body=LIST_BODY,
    where=Sql(postgres='t."id" = $key::uuid', sqlite='t."id" = $key'),
)

CANCEL_ORDER_RECORD = RecordRead(
    name="order.cancel_order.record",
    table="order",
    key="id",
    columns=(
        "id",
        "status",
        "payment_status",
        "subtotal",
        "shipping_cost",
        "tax_amount",
        "discount_amount",
        "shipping_address",
        "tracking_number",
        "shipping_carrier",
        "carrier_code",
        "buyer_notes",
        "admin_notes",
        "cancellation_reason",
        "cancelled_at",
        "processed_at",
        "shipped_at",
        "delivered_at",
        "created_at",
        "updated_at",
        "buyer_id",
        "cancelled_by_id",
    ),
    where=RETRIEVE_WHERE,
    allowed=RETRIEVE_ALLOWED,
)

CANCEL_ORDER_RESULT_ORDER = ItemRead(
    name="order.cancel_order.result_order",
    table="order",
    key="id",
    body=LIST_BODY,
    where=Sql(postgres='t."id" = $key::uuid', sqlite='t."id" = $key'),
)

UPDATE_CARRIER_CODE_RECORD_ALLOWED = Sql(
    postgres="""
        (EXISTS (
          SELECT 1
          FROM "order_item" items1
          WHERE items1."order_id" = t."id"
            AND items1."seller_id" = $actor_id::bigint
        ) OR $actor_role::text = 'admin')
    """,
    sqlite="""
        (EXISTS (
          SELECT 1
          FROM "order_item" items1
          WHERE items1."order_id" = t."id"
            AND items1."seller_id" = $actor_id
        ) OR $actor_role = 'admin')
    """,
)

UPDATE_CARRIER_CODE_RECORD = RecordRead(
    name="order.update_carrier_code.record",
    table="order",
    key="id",
    columns=(
        "id",
        "status",
        "payment_status",
        "subtotal",
        "shipping_cost",
        "tax_amount",
        "discount_amount",
        "shipping_address",
        "tracking_number",
        "shipping_carrier",
        "carrier_code",
        "buyer_notes",
        "admin_notes",
        "cancellation_reason",
        "cancelled_at",
        "processed_at",
        "shipped_at",
        "delivered_at",
        "created_at",
        "updated_at",
        "buyer_id",
        "cancelled_by_id",
    ),
    where=RETRIEVE_WHERE,
    allowed=UPDATE_CARRIER_CODE_RECORD_ALLOWED,
    guards=(
        Guard(
            check=Sql.same("t.\"status\" IN ('payment_confirmed', 'awaiting_shipment')"),
            code="NOT_BEFORE_SHIPMENT",
            message="Carrier codes are for orders that are paid and not yet shipped.",
        ),
    ),
)

UPDATE_CARRIER_CODE_RESULT_ORDER = ItemRead(
    name="order.update_carrier_code.result_order",
    table="order",
    key="id",
    body=LIST_BODY,
    where=Sql(postgres='t."id" = $key::uuid', sqlite='t."id" = $key'),
)

UPDATE_TRACKING_RECORD = RecordRead(
    name="order.update_tracking.record",
    table="order",
    key="id",
    columns=(
        "id",
        "status",
        "payment_status",
        "subtotal",
        "shipping_cost",
        "tax_amount",
        "discount_amount",
        "shipping_address",
        "tracking_number",
        "shipping_carrier",
        "carrier_code",
        "buyer_notes",
        "admin_notes",
        "cancellation_reason",
        "cancelled_at",
        "processed_at",
        "shipped_at",
        "delivered_at",
        "created_at",
        "updated_at",
        "buyer_id",
        "cancelled_by_id",
    ),
    where=RETRIEVE_WHERE,
    allowed=UPDATE_CARRIER_CODE_RECORD_ALLOWED,
    guards=(
        Guard(
            check=Sql.same("t.\"status\" IN ('payment_confirmed', 'awaiting_shipment', 'shipped')"),
            code="NOT_TRACKABLE",
            message="Tracking is for orders that are paid and not yet delivered.",
        ),
    ),
)

UPDATE_TRACKING_RESULT_ORDER = ItemRead(
    name="order.update_tracking.result_order",
    table="order",
    key="id",
    body=LIST_BODY,
    where=Sql(postgres='t."id" = $key::uuid', sqlite='t."id" = $key'),
)

UPDATE_TRACKING_RESULT_SHIPPING_INFO = ItemRead(
    name="order.update_tracking.result_shipping_info",
    table="order_shipping",
    key="id",
    body=Sql(
        postgres="""
            concat(
              '{"id":', t."id",
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
              ',"tracking_number":', to_json(t."tracking_number"),
              ',"shipping_carrier":', to_json(t."shipping_carrier"),
              ',"carrier_code":', to_json(t."carrier_code"),
              ',"shipped_at":', coalesce('"' || to_char(t."shipped_at" AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') || '"', 'null'),
              ',"delivered_at":', coalesce('"' || to_char(t."delivered_at" AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') || '"', 'null'),
              ',"created_at":"', to_char(t."created_at" AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
              '","updated_at":"', to_char(t."updated_at" AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
              '"}'
            )
        """,
        sqlite="""
            (
              '{"id":' || t."id"
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
              || ',"tracking_number":' || json_quote(t."tracking_number")
              || ',"shipping_carrier":' || json_quote(t."shipping_carrier")
              || ',"carrier_code":' || json_quote(t."carrier_code")
              || ',"shipped_at":' || coalesce('"' || t."shipped_at" || '"', 'null')
              || ',"delivered_at":' || coalesce('"' || t."delivered_at" || '"', 'null')
              || ',"created_at":"' || t."created_at"
              || '","updated_at":"' || t."updated_at"
              || '"}'
            )
        """,
    ),
    where=Sql(postgres='t."id" = $key::bigint', sqlite='t."id" = $key'),
)

TRACKING_INFO = ItemRead(
    name="order.tracking_info",
    table="order",
    key="id",
    body=Sql(
        postgres="""
            concat(
              '{"order_id":"', t."id",
              '","order_status":', to_json(t."status"),
              ',"total_sellers":', (
                SELECT count(DISTINCT seller1."id")
                FROM "order_item" items1
                JOIN "user" seller1 ON seller1."id" = items1."seller_id"
                WHERE items1."order_id" = t."id"
              ),
              ',"tracking_information":', (
                SELECT concat('[', string_agg(
                  (
                    SELECT concat(
                      '{"seller":', coalesce((
                        SELECT concat(
                          '{"id":', seller1."id",
                          ',"username":', to_json(seller1."username"),
                          ',"full_name":', to_json((CASE WHEN seller1."first_name" <> '' AND seller1."last_name" <> '' THEN (seller1."first_name" || ' ') || seller1."last_name" ELSE seller1."first_name" || seller1."last_name" END)),
                          '}'
                        )
                        FROM "user" seller1
                        WHERE seller1."id" = shipping_info1."seller_id"
                      ), 'null'),
                      ',"tracking_number":', to_json(shipping_info1."tracking_number"),
                      ',"shipping_carrier":', to_json(shipping_info1."shipping_carrier"),
                      ',"shipped_at":', coalesce('"' || to_char(shipping_info1."shipped_at" AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') || '"', 'null'),
                      ',"item_count":', pass1_1."item_count",
                      ',"items_total":"', pass1_1."items_total" * 0.01,
                      '"}'
                    )
                    FROM (
                      SELECT count(*) AS "item_count", coalesce(sum(items1."total_price")::bigint, 0) AS "items_total"
                      FROM "order_item" items1
                      WHERE items1."order_id" = shipping_info1."order_id"
                        AND items1."seller_id" = shipping_info1."seller_id"
                    ) pass1_1
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
              '{"order_id":"' || t."id"
              || '","order_status":' || json_quote(t."status")
              || ',"total_sellers":' || (
                SELECT count(DISTINCT seller1."id")
                FROM "order_item" items1
                JOIN "user" seller1 ON seller1."id" = items1."seller_id"
                WHERE items1."order_id" = t."id"
              )
              || ',"tracking_information":' || (
                SELECT '[' || coalesce(group_concat(
                  (
                    SELECT (
                      '{"seller":' || coalesce((
                        SELECT (
                          '{"id":' || seller1."id"
                          || ',"username":' || json_quote(seller1."username")
                          || ',"full_name":' || json_quote((CASE WHEN seller1."first_name" <> '' AND seller1."last_name" <> '' THEN (seller1."first_name" || ' ') || seller1."last_name" ELSE seller1."first_name" || seller1."last_name" END))
                          || '}'
                        )
                        FROM "user" seller1
                        WHERE seller1."id" = shipping_info1."seller_id"
                      ), 'null')
                      || ',"tracking_number":' || json_quote(shipping_info1."tracking_number")
                      || ',"shipping_carrier":' || json_quote(shipping_info1."shipping_carrier")
                      || ',"shipped_at":' || coalesce('"' || shipping_info1."shipped_at" || '"', 'null')
                      || ',"item_count":' || pass1_1."item_count"
                      || ',"items_total":"' || printf('%d.%02d', pass1_1."items_total" / 100, pass1_1."items_total" % 100)
                      || '"}'
                    )
                    FROM (
                      SELECT count(*) AS "item_count", coalesce(sum(items1."total_price"), 0) AS "items_total"
                      FROM "order_item" items1
                      WHERE items1."order_id" = shipping_info1."order_id"
                        AND items1."seller_id" = shipping_info1."seller_id"
                    ) pass1_1
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
    where=RETRIEVE_WHERE,
    allowed=RETRIEVE_ALLOWED,
)
