# Generated from spec/product_metrics.yaml by `agora build`; do not edit.
# ruff: noqa: E501 (a part of a statement is one line of SQL)
"""The statements of ProductMetrics: one for each read."""

from __future__ import annotations

from runtime.application import Sql
from runtime.reads import ItemRead, ListRead, SortKey

LIST_BODY = Sql(
    postgres="""
        concat(
          '{"id":', t."id",
          ',"product":"', t."product_id",
          '","total_views":', t."total_views",
          ',"total_clicks":', t."total_clicks",
          ',"total_favorites":', (SELECT (
            SELECT count(*)
            FROM "favorite" favorites1
            WHERE favorites1."product_id" = t_product."id"
          ) FROM "product" t_product WHERE t_product."id" = t."product_id"),
          ',"total_cart_additions":', t."total_cart_additions",
          ',"total_sales":', t."total_sales",
          ',"total_revenue":"', t."total_revenue" * 0.01,
          '","view_to_click_rate":"', coalesce(((2 * abs(((t."total_clicks" * 100) * 100)) + abs(t."total_views")) / NULLIF(2 * abs(t."total_views"), 0) * CASE WHEN (((t."total_clicks" * 100) * 100) < 0) = (t."total_views" < 0) THEN 1 ELSE -1 END), 0) * 0.01,
          '","click_to_cart_rate":"', coalesce(((2 * abs(((t."total_cart_additions" * 100) * 100)) + abs(t."total_clicks")) / NULLIF(2 * abs(t."total_clicks"), 0) * CASE WHEN (((t."total_cart_additions" * 100) * 100) < 0) = (t."total_clicks" < 0) THEN 1 ELSE -1 END), 0) * 0.01,
          '","cart_to_purchase_rate":"', coalesce(((2 * abs(((t."total_sales" * 100) * 100)) + abs(t."total_cart_additions")) / NULLIF(2 * abs(t."total_cart_additions"), 0) * CASE WHEN (((t."total_sales" * 100) * 100) < 0) = (t."total_cart_additions" < 0) THEN 1 ELSE -1 END), 0) * 0.01,
          '","last_updated":"', to_char(t."last_updated" AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
          '"}'
        )
    """,
    sqlite="""
        (
          '{"id":' || t."id"
          || ',"product":"' || t."product_id"
          || '","total_views":' || t."total_views"
          || ',"total_clicks":' || t."total_clicks"
          || ',"total_favorites":' || (SELECT (
            SELECT count(*)
            FROM "favorite" favorites1
            WHERE favorites1."product_id" = t_product."id"
          ) FROM "product" t_product WHERE t_product."id" = t."product_id")
          || ',"total_cart_additions":' || t."total_cart_additions"
          || ',"total_sales":' || t."total_sales"
          || ',"total_revenue":"' || printf('%d.%02d', t."total_revenue" / 100, t."total_revenue" % 100)
          || '","view_to_click_rate":' || (
            SELECT (
              '"' || printf('%s%d.%02d', CASE WHEN v."v" < 0 THEN '-' ELSE '' END, abs(v."v" / 100), abs(v."v" % 100))
              || '"'
            )
            FROM (SELECT coalesce(((2 * abs(((t."total_clicks" * 100) * 100)) + abs(t."total_views")) / NULLIF(2 * abs(t."total_views"), 0) * CASE WHEN (((t."total_clicks" * 100) * 100) < 0) = (t."total_views" < 0) THEN 1 ELSE -1 END), 0) AS "v") v
          )
          || ',"click_to_cart_rate":' || (
            SELECT (
              '"' || printf('%s%d.%02d', CASE WHEN v."v" < 0 THEN '-' ELSE '' END, abs(v."v" / 100), abs(v."v" % 100))
              || '"'
            )
            FROM (SELECT coalesce(((2 * abs(((t."total_cart_additions" * 100) * 100)) + abs(t."total_clicks")) / NULLIF(2 * abs(t."total_clicks"), 0) * CASE WHEN (((t."total_cart_additions" * 100) * 100) < 0) = (t."total_clicks" < 0) THEN 1 ELSE -1 END), 0) AS "v") v
          )
          || ',"cart_to_purchase_rate":' || (
            SELECT (
              '"' || printf('%s%d.%02d', CASE WHEN v."v" < 0 THEN '-' ELSE '' END, abs(v."v" / 100), abs(v."v" % 100))
              || '"'
            )
            FROM (SELECT coalesce(((2 * abs(((t."total_sales" * 100) * 100)) + abs(t."total_cart_additions")) / NULLIF(2 * abs(t."total_cart_additions"), 0) * CASE WHEN (((t."total_sales" * 100) * 100) < 0) = (t."total_cart_additions" < 0) THEN 1 ELSE -1 END), 0) AS "v") v
          )
          || ',"last_updated":"' || t."last_updated"
          || '"}'
        )
    """,
)

LIST = ListRead(
    name="product_metrics.list",
    table="product_metrics",
    key="id",
    key_type="id",
    body=LIST_BODY,
    either=(
        Sql(postgres="$actor_role::text = 'admin'", sqlite="$actor_role = 'admin'"),
        Sql(
            postgres="""
                (t."product_id" IN (SELECT t_product."id" FROM "product" t_product WHERE t_product."seller_id" = $actor_id::bigint) AND $actor_role::text IS DISTINCT FROM 'admin')
            """,
            sqlite="""
                (t."product_id" IN (SELECT t_product."id" FROM "product" t_product WHERE t_product."seller_id" = $actor_id) AND $actor_role IS NOT 'admin')
            """,
        ),
    ),
    sorts=(
        SortKey(name="total_views", sql=Sql.same('t."total_views"'), type="integer"),
        SortKey(name="total_sales", sql=Sql.same('t."total_sales"'), type="integer"),
        SortKey(name="total_revenue", sql=Sql.same('t."total_revenue"'), type="integer"),
        SortKey(name="last_updated", sql=Sql.same('t."last_updated"'), type="datetime"),
    ),
    default_sort=("-total_revenue",),
)

RETRIEVE = ItemRead(
    name="product_metrics.retrieve",
    table="product_metrics",
    key="id",
    body=LIST_BODY,
    where=Sql(
        postgres="""
            t."id" = $id::bigint
            AND ((SELECT t_product."seller_id" FROM "product" t_product WHERE t_product."id" = t."product_id") = $actor_id::bigint OR $actor_role::text = 'admin')
        """,
        sqlite="""
            t."id" = $id
            AND ((SELECT t_product."seller_id" FROM "product" t_product WHERE t_product."id" = t."product_id") = $actor_id OR $actor_role = 'admin')
        """,
    ),
)
