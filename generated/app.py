# Generated from spec/ by `agora build`; do not edit.
# ruff: noqa: E501 (a part of a statement is one line of SQL)
"""Marketplace API: everything that the runtime serves."""

from __future__ import annotations

from generated.actor import Actor
from generated.attachments import ATTACHMENTS
from generated.machines import order as order_machine
from generated.routes import cart, category, favorite, order, product, product_image, product_metrics, review, user
from hooks import category as category_hooks
from hooks import order as order_hooks
from hooks import product as product_hooks
from hooks import review as review_hooks
from hooks import user as user_hooks
from runtime.application import ActorSource, Application, Constraint, EventCount, Metric, Raised, Seed, Siblings, Sql

CONSTRAINTS = (
    Constraint(name="uq_cart_one_each", kind="unique", table="cart", columns=("user_id",)),
    Constraint(name="fk_cart_user", kind="foreign", table="cart", columns=("user_id",)),
    Constraint(
        name="uq_cart_item_one_per_product", kind="unique", table="cart_item", columns=("cart_id", "product_id")
    ),
    Constraint(name="fk_cart_item_cart", kind="foreign", table="cart_item", columns=("cart_id",)),
    Constraint(name="fk_cart_item_product", kind="foreign", table="cart_item", columns=("product_id",)),
    Constraint(name="uq_category_name", kind="unique", table="category", columns=("name",)),
    Constraint(name="uq_category_slug", kind="unique", table="category", columns=("slug",)),
    Constraint(name="fk_category_parent", kind="foreign", table="category", columns=("parent_id",)),
    Constraint(
        name="ck_category_parent_acyclic",
        kind="check",
        table="category",
        columns=("parent_id",),
        message="Would lead back to the record itself.",
    ),
    Constraint(name="uq_favorite_one_per_user", kind="unique", table="favorite", columns=("user_id", "product_id")),
    Constraint(name="fk_favorite_user", kind="foreign", table="favorite", columns=("user_id",)),
    Constraint(name="fk_favorite_product", kind="foreign", table="favorite", columns=("product_id",)),
    Constraint(
        name="ck_order_discount_within_the_rest",
        kind="check",
        table="order",
        columns=("discount_amount",),
        on=("discount_amount",),
        message="discount_amount must not be more than everything else together.",
    ),
    Constraint(name="fk_order_buyer", kind="foreign", table="order", columns=("buyer_id",)),
    Constraint(name="fk_order_cancelled_by", kind="foreign", table="order", columns=("cancelled_by_id",)),
    Constraint(name="fk_order_item_order", kind="foreign", table="order_item", columns=("order_id",)),
    Constraint(name="fk_order_item_product", kind="foreign", table="order_item", columns=("product_id",)),
    Constraint(name="fk_order_item_seller", kind="foreign", table="order_item", columns=("seller_id",)),
    Constraint(
        name="uq_order_shipping_one_per_seller",
        kind="unique",
        table="order_shipping",
        columns=("order_id", "seller_id"),
    ),
    Constraint(name="fk_order_shipping_order", kind="foreign", table="order_shipping", columns=("order_id",)),
    Constraint(name="fk_order_shipping_seller", kind="foreign", table="order_shipping", columns=("seller_id",)),
    Constraint(name="uq_product_slug", kind="unique", table="product", columns=("slug",)),
    Constraint(
        name="ck_product_original_price_above_price",
        kind="check",
        table="product",
        columns=("original_price",),
        on=("original_price",),
        message="original_price must be higher than price.",
    ),
    Constraint(name="fk_product_seller", kind="foreign", table="product", columns=("seller_id",)),
    Constraint(name="fk_product_category", kind="foreign", table="product", columns=("category_id",), on=("category",)),
    Constraint(name="uq_product_image_s3_key", kind="unique", table="product_image", columns=("s3_key",)),
    Constraint(
        name="uq_product_image_one_primary", kind="unique", table="product_image", columns=("product_id",), partial=True
    ),
    Constraint(name="fk_product_image_product", kind="foreign", table="product_image", columns=("product_id",)),
    Constraint(
        name="uq_product_metrics_one_per_product", kind="unique", table="product_metrics", columns=("product_id",)
    ),
    Constraint(name="fk_product_metrics_product", kind="foreign", table="product_metrics", columns=("product_id",)),
    Constraint(name="uq_refresh_token_hash", kind="unique", table="refresh_token", columns=("hash",)),
    Constraint(name="fk_refresh_token_user", kind="foreign", table="refresh_token", columns=("user_id",)),
    Constraint(
        name="uq_review_one_per_reviewer",
        kind="unique",
        table="review",
        columns=("product_id", "reviewer_id"),
        code="ALREADY_REVIEWED",
        message="You have reviewed this product already.",
    ),
    Constraint(name="fk_review_product", kind="foreign", table="review", columns=("product_id",)),
    Constraint(name="fk_review_reviewer", kind="foreign", table="review", columns=("reviewer_id",)),
    Constraint(
        name="uq_user_username",
        kind="unique",
        table="user",
        columns=("username",),
        on=("username",),
        code="USERNAME_TAKEN",
    ),
    Constraint(
        name="uq_user_email", kind="unique", table="user", columns=("email",), on=("email",), code="EMAIL_TAKEN"
    ),
)

EVENTS = (
    EventCount(name="category.category_view", table="category", key="id"),
    EventCount(name="product.listing_view", table="product", key="id"),
    EventCount(
        name="product.detail_view",
        table="product",
        key="id",
        raises=(
            Raised(table="product", by="id", columns=("view_count",)),
            Raised(table="product_metrics", by="product_id", columns=("total_views",), stamps=("last_updated",)),
        ),
        unless=Sql(postgres='t."seller_id" = $actor_id::bigint', sqlite='t."seller_id" = $actor_id'),
    ),
    EventCount(
        name="product.click",
        table="product",
        key="id",
        raises=(
            Raised(table="product", by="id", columns=("click_count",)),
            Raised(table="product_metrics", by="product_id", columns=("total_clicks",), stamps=("last_updated",)),
        ),
        unless=Sql(postgres='t."seller_id" = $actor_id::bigint', sqlite='t."seller_id" = $actor_id'),
    ),
    EventCount(
        name="product.cart_addition",
        table="product",
        key="id",
        raises=(
            Raised(
                table="product_metrics", by="product_id", columns=("total_cart_additions",), stamps=("last_updated",)
            ),
        ),
        unless=Sql(postgres='t."seller_id" = $actor_id::bigint', sqlite='t."seller_id" = $actor_id'),
    ),
)

METRICS = (
    Metric(
        table="product",
        key="id",
        key_type="uuid",
        column="click_count",
        value=Sql(
            postgres="""
            (
              SELECT count(*)
              FROM "product" s
              JOIN "agora_event" e ON e."subject" = s."id"::text
              WHERE s."id" = t."id"
              AND e."event" = 'product.click'
              AND (s."seller_id" = e."actor"::bigint) IS NOT TRUE
            )
        """,
            sqlite="""
            (
              SELECT count(*)
              FROM "product" s
              JOIN "agora_event" e ON e."subject" = CAST(s."id" AS TEXT)
              WHERE s."id" = t."id"
              AND e."event" = 'product.click'
              AND (s."seller_id" = e."actor") IS NOT TRUE
            )
        """,
        ),
    ),
    Metric(
        table="product",
        key="id",
        key_type="uuid",
        column="view_count",
        value=Sql(
            postgres="""
            (
              SELECT count(*)
              FROM "product" s
              JOIN "agora_event" e ON e."subject" = s."id"::text
              WHERE s."id" = t."id"
              AND e."event" = 'product.detail_view'
              AND (s."seller_id" = e."actor"::bigint) IS NOT TRUE
            )
        """,
            sqlite="""
            (
              SELECT count(*)
              FROM "product" s
              JOIN "agora_event" e ON e."subject" = CAST(s."id" AS TEXT)
              WHERE s."id" = t."id"
              AND e."event" = 'product.detail_view'
              AND (s."seller_id" = e."actor") IS NOT TRUE
            )
        """,
        ),
    ),
    Metric(
        table="product_metrics",
        key="id",
        key_type="id",
        column="total_cart_additions",
        value=Sql(
            postgres="""
            (
              SELECT count(*)
              FROM "product" s
              JOIN "agora_event" e ON e."subject" = s."id"::text
              WHERE s."id" = t."product_id"
              AND e."event" = 'product.cart_addition'
              AND (s."seller_id" = e."actor"::bigint) IS NOT TRUE
            )
        """,
            sqlite="""
            (
              SELECT count(*)
              FROM "product" s
              JOIN "agora_event" e ON e."subject" = CAST(s."id" AS TEXT)
              WHERE s."id" = t."product_id"
              AND e."event" = 'product.cart_addition'
              AND (s."seller_id" = e."actor") IS NOT TRUE
            )
        """,
        ),
    ),
    Metric(
        table="product_metrics",
        key="id",
        key_type="id",
        column="total_clicks",
        value=Sql(
            postgres="""
            (
              SELECT count(*)
              FROM "product" s
              JOIN "agora_event" e ON e."subject" = s."id"::text
              WHERE s."id" = t."product_id"
              AND e."event" = 'product.click'
              AND (s."seller_id" = e."actor"::bigint) IS NOT TRUE
            )
        """,
            sqlite="""
            (
              SELECT count(*)
              FROM "product" s
              JOIN "agora_event" e ON e."subject" = CAST(s."id" AS TEXT)
              WHERE s."id" = t."product_id"
              AND e."event" = 'product.click'
              AND (s."seller_id" = e."actor") IS NOT TRUE
            )
        """,
        ),
    ),
    Metric(
        table="product_metrics",
        key="id",
        key_type="id",
        column="total_views",
        value=Sql(
            postgres="""
            (
              SELECT count(*)
              FROM "product" s
              JOIN "agora_event" e ON e."subject" = s."id"::text
              WHERE s."id" = t."product_id"
              AND e."event" = 'product.detail_view'
              AND (s."seller_id" = e."actor"::bigint) IS NOT TRUE
            )
        """,
            sqlite="""
            (
              SELECT count(*)
              FROM "product" s
              JOIN "agora_event" e ON e."subject" = CAST(s."id" AS TEXT)
              WHERE s."id" = t."product_id"
              AND e."event" = 'product.detail_view'
              AND (s."seller_id" = e."actor") IS NOT TRUE
            )
        """,
        ),
    ),
    Metric(
        table="product_metrics",
        key="id",
        key_type="id",
        column="total_sales",
        value=Sql(
            postgres="""
            (SELECT (
              SELECT coalesce(sum(order_items1."quantity")::bigint, 0)
              FROM "order_item" order_items1
              WHERE order_items1."product_id" = t_product."id"
                AND (SELECT order_items1_order."status" <> 'pending_payment' AND order_items1_order."cancelled_at" IS NULL FROM "order" order_items1_order WHERE order_items1_order."id" = order_items1."order_id")
            ) FROM "product" t_product WHERE t_product."id" = t."product_id")
        """,
            sqlite="""
            (SELECT (
              SELECT coalesce(sum(order_items1."quantity"), 0)
              FROM "order_item" order_items1
              WHERE order_items1."product_id" = t_product."id"
                AND (SELECT order_items1_order."status" <> 'pending_payment' AND order_items1_order."cancelled_at" IS NULL FROM "order" order_items1_order WHERE order_items1_order."id" = order_items1."order_id")
            ) FROM "product" t_product WHERE t_product."id" = t."product_id")
        """,
        ),
    ),
    Metric(
        table="product_metrics",
        key="id",
        key_type="id",
        column="total_revenue",
        value=Sql(
            postgres="""
            (SELECT (
              SELECT coalesce(sum(order_items1."total_price")::bigint, 0)
              FROM "order_item" order_items1
              WHERE order_items1."product_id" = t_product."id"
                AND (SELECT order_items1_order."status" <> 'pending_payment' AND order_items1_order."cancelled_at" IS NULL FROM "order" order_items1_order WHERE order_items1_order."id" = order_items1."order_id")
            ) FROM "product" t_product WHERE t_product."id" = t."product_id")
        """,
            sqlite="""
            (SELECT (
              SELECT coalesce(sum(order_items1."total_price"), 0)
              FROM "order_item" order_items1
              WHERE order_items1."product_id" = t_product."id"
                AND (SELECT order_items1_order."status" <> 'pending_payment' AND order_items1_order."cancelled_at" IS NULL FROM "order" order_items1_order WHERE order_items1_order."id" = order_items1."order_id")
            ) FROM "product" t_product WHERE t_product."id" = t."product_id")
        """,
        ),
        places=2,
    ),
)

APPLICATION = Application(
    title="Marketplace API",
    version="1.0.0",
    base="/api/marketplace",
    models=(
        "generated.models.cart",
        "generated.models.cart_item",
        "generated.models.category",
        "generated.models.favorite",
        "generated.models.order",
        "generated.models.order_item",
        "generated.models.order_shipping",
        "generated.models.product",
        "generated.models.product_image",
        "generated.models.product_metrics",
        "generated.models.refresh_token",
        "generated.models.review",
        "generated.models.user",
    ),
    routes=(
        *cart.routes.routes,
        *category.routes.routes,
        *favorite.routes.routes,
        *order.routes.routes,
        *product.routes.routes,
        *product_image.routes.routes,
        *product_metrics.routes.routes,
        *review.routes.routes,
        *user.routes.routes,
    ),
    actor=ActorSource(
        table="user", key="id", key_type="id", active="is_active", fields=("id", "role"), make=Actor, names="username"
    ),
    constraints={each.name: each for each in CONSTRAINTS},
    events={each.name: each for each in EVENTS},
    metrics=METRICS,
    machines={
        order_machine.MACHINE.table: order_machine.MACHINE,
    },
    effects={
        "order.count_sales": order_hooks.count_sales,
        "order.take_back": order_hooks.take_back,
        "order.mark_shipped": order_hooks.mark_shipped,
        "order.mark_delivered": order_hooks.mark_delivered,
    },
    attachments=ATTACHMENTS,
    siblings={
        "product_image": Siblings(
            table="product_image",
            key="id",
            of="product_id",
            parent="product",
            parent_key="id",
            most=20,
            code="TOO_MANY_IMAGES",
            message="A product has 20 images at most.",
            primary="is_primary",
            order=(("order", False), ("id", False)),
        ),
    },
    seeds=(
        Seed(name="user", make=user_hooks.demo_users),
        Seed(name="category", make=category_hooks.demo_categories),
        Seed(name="product", make=product_hooks.demo_products),
        Seed(name="review", make=review_hooks.demo_reviews),
    ),
)
