# Generated from spec/review.yaml by `agora build`; do not edit.
# ruff: noqa: E501 (a part of a statement is one line of SQL)
"""The statements of Review: one for each read."""

from __future__ import annotations

from runtime.application import Sql
from runtime.reads import GuardRead, ItemRead, ListRead, RecordRead, SortKey

LIST_BODY = Sql(
    postgres="""
        concat(
          '{"id":', t."id",
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
            WHERE reviewer1."id" = t."reviewer_id"
          ), 'null'),
          ',"reviewer_name":', to_json((SELECT t_reviewer."username" FROM "user" t_reviewer WHERE t_reviewer."id" = t."reviewer_id")),
          ',"rating":', t."rating",
          ',"title":', to_json(t."title"),
          ',"comment":', to_json(t."comment"),
          ',"is_verified_purchase":', (EXISTS (
            SELECT 1
            FROM "order_item" order_items1
            WHERE order_items1."product_id" = t."product_id"
              AND ((SELECT order_items1_order."buyer_id" FROM "order" order_items1_order WHERE order_items1_order."id" = order_items1."order_id") = t."reviewer_id" AND (SELECT order_items1_order."status" FROM "order" order_items1_order WHERE order_items1_order."id" = order_items1."order_id") = 'delivered')
          ))::text,
          ',"created_at":"', to_char(t."created_at" AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
          '","updated_at":"', to_char(t."updated_at" AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
          '"}'
        )
    """,
    sqlite="""
        (
          '{"id":' || t."id"
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
            WHERE reviewer1."id" = t."reviewer_id"
          ), 'null')
          || ',"reviewer_name":' || json_quote((SELECT t_reviewer."username" FROM "user" t_reviewer WHERE t_reviewer."id" = t."reviewer_id"))
          || ',"rating":' || t."rating"
          || ',"title":' || json_quote(t."title")
          || ',"comment":' || json_quote(t."comment")
          || ',"is_verified_purchase":' || CASE WHEN EXISTS (
            SELECT 1
            FROM "order_item" order_items1
            WHERE order_items1."product_id" = t."product_id"
              AND ((SELECT order_items1_order."buyer_id" FROM "order" order_items1_order WHERE order_items1_order."id" = order_items1."order_id") = t."reviewer_id" AND (SELECT order_items1_order."status" FROM "order" order_items1_order WHERE order_items1_order."id" = order_items1."order_id") = 'delivered')
          ) THEN 'true' ELSE 'false' END
          || ',"created_at":"' || t."created_at"
          || '","updated_at":"' || t."updated_at"
          || '"}'
        )
    """,
)

LIST = ListRead(
    name="review.list",
    table="review",
    key="id",
    key_type="id",
    body=LIST_BODY,
    where=Sql(
        postgres="""
            (t."product_id" = (
              SELECT product1."id"
              FROM "product" product1
              WHERE product1."slug" = $slug::text
                AND (product1."is_active" OR product1."seller_id" = $actor_id::bigint OR $actor_role::text = 'admin')
            ))
            AND t."is_active"
        """,
        sqlite="""
            (t."product_id" = (
              SELECT product1."id"
              FROM "product" product1
              WHERE product1."slug" = $slug
                AND (product1."is_active" OR product1."seller_id" = $actor_id OR $actor_role = 'admin')
            ))
            AND t."is_active"
        """,
    ),
    parent=Sql(
        postgres="""
            EXISTS (
              SELECT 1
              FROM "product" product1
              WHERE product1."slug" = $slug::text
                AND (product1."is_active" OR product1."seller_id" = $actor_id::bigint OR $actor_role::text = 'admin')
            )
        """,
        sqlite="""
            EXISTS (
              SELECT 1
              FROM "product" product1
              WHERE product1."slug" = $slug
                AND (product1."is_active" OR product1."seller_id" = $actor_id OR $actor_role = 'admin')
            )
        """,
    ),
    sorts=(
        SortKey(name="created_at", sql=Sql.same('t."created_at"'), type="datetime"),
        SortKey(name="rating", sql=Sql.same('t."rating"'), type="integer"),
    ),
    default_sort=("-created_at",),
    public=True,
)

CREATE_GUARD_WHERE = Sql(
    postgres="""
        t."slug" = $slug::text
        AND (t."is_active" OR t."seller_id" = $actor_id::bigint OR $actor_role::text = 'admin')
    """,
    sqlite="""
        t."slug" = $slug
        AND (t."is_active" OR t."seller_id" = $actor_id OR $actor_role = 'admin')
    """,
)

CREATE_GUARD_ALLOWED = Sql(
    postgres="""
        (
          SELECT ($actor_id::bigint IS NOT NULL AND (SELECT new1_product."seller_id" FROM "product" new1_product WHERE new1_product."id" = new1."product_id") <> $actor_id::bigint)
          FROM (SELECT t."id" AS "product_id", $actor_id::bigint AS "reviewer_id") new1
        )
    """,
    sqlite="""
        (
          SELECT ($actor_id IS NOT NULL AND (SELECT new1_product."seller_id" FROM "product" new1_product WHERE new1_product."id" = new1."product_id") <> $actor_id)
          FROM (SELECT t."id" AS "product_id", $actor_id AS "reviewer_id") new1
        )
    """,
)

CREATE_GUARD = GuardRead(
    name="review.create.guard", table="product", key="id", where=CREATE_GUARD_WHERE, allowed=CREATE_GUARD_ALLOWED
)

CREATE_RESULT = ItemRead(
    name="review.create.result",
    table="review",
    key="id",
    body=LIST_BODY,
    where=Sql(postgres='t."id" = $key::bigint', sqlite='t."id" = $key'),
)

ADD_REVIEW_GUARD = GuardRead(
    name="review.add_review.guard", table="product", key="id", where=CREATE_GUARD_WHERE, allowed=CREATE_GUARD_ALLOWED
)

ADD_REVIEW_RESULT = ItemRead(
    name="review.add_review.result",
    table="review",
    key="id",
    body=LIST_BODY,
    where=Sql(postgres='t."id" = $key::bigint', sqlite='t."id" = $key'),
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
        AND t."is_active"
    """,
    sqlite="""
        t."id" = $id
        AND (t."product_id" = (
          SELECT product1."id"
          FROM "product" product1
          WHERE product1."slug" = $slug
            AND (product1."is_active" OR product1."seller_id" = $actor_id OR $actor_role = 'admin')
        ))
        AND t."is_active"
    """,
)

RETRIEVE = ItemRead(name="review.retrieve", table="review", key="id", body=LIST_BODY, where=RETRIEVE_WHERE, public=True)

UPDATE_RECORD = RecordRead(
    name="review.update.record",
    table="review",
    key="id",
    columns=("id", "rating", "title", "comment", "is_active", "created_at", "updated_at", "product_id", "reviewer_id"),
    where=RETRIEVE_WHERE,
    allowed=Sql(postgres='t."reviewer_id" = $actor_id::bigint', sqlite='t."reviewer_id" = $actor_id'),
)

UPDATE_RESULT = ItemRead(
    name="review.update.result",
    table="review",
    key="id",
    body=LIST_BODY,
    where=Sql(postgres='t."id" = $key::bigint', sqlite='t."id" = $key'),
)

DELETE_RECORD = RecordRead(
    name="review.delete.record",
    table="review",
    key="id",
    columns=("id", "rating", "title", "comment", "is_active", "created_at", "updated_at", "product_id", "reviewer_id"),
    where=RETRIEVE_WHERE,
    allowed=Sql(
        postgres="(t.\"reviewer_id\" = $actor_id::bigint OR $actor_role::text = 'admin')",
        sqlite="(t.\"reviewer_id\" = $actor_id OR $actor_role = 'admin')",
    ),
)
