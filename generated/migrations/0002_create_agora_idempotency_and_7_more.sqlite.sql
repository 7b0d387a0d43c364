-- 0002_create_agora_idempotency_and_7_more: made by `agora build` from the specs; do not edit.
-- foreign_keys: off
-- step
CREATE TABLE "agora_idempotency" (
  "scope" TEXT NOT NULL,
  "key" TEXT NOT NULL,
  "fingerprint" TEXT NOT NULL,
  "status" INTEGER NOT NULL,
  "location" TEXT,
  "body" TEXT,
  "created_at" TEXT NOT NULL
);
-- step
CREATE TABLE "cart" (
  "id" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  "created_at" TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f000Z', 'now')),
  "updated_at" TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f000Z', 'now')),
  "user_id" INTEGER NOT NULL,
  CONSTRAINT "fk_cart_user" FOREIGN KEY ("user_id") REFERENCES "user" ("id") ON DELETE CASCADE
);
-- step
CREATE TABLE "cart_item" (
  "id" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  "quantity" INTEGER NOT NULL,
  "added_at" TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f000Z', 'now')),
  "cart_id" INTEGER NOT NULL,
  "product_id" TEXT NOT NULL,
  CONSTRAINT "ck_cart_item_quantity" CHECK ("quantity" BETWEEN 1 AND 10000),
  CONSTRAINT "fk_cart_item_cart" FOREIGN KEY ("cart_id") REFERENCES "cart" ("id") ON DELETE CASCADE,
  CONSTRAINT "fk_cart_item_product" FOREIGN KEY ("product_id") REFERENCES "product" ("id") ON DELETE CASCADE
);
-- step
CREATE TABLE "order_shipping" (
  "id" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  "tracking_number" TEXT NOT NULL DEFAULT '',
  "shipping_carrier" TEXT NOT NULL DEFAULT '',
  "carrier_code" TEXT NOT NULL DEFAULT '',
  "shipped_at" TEXT,
  "delivered_at" TEXT,
  "created_at" TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f000Z', 'now')),
  "updated_at" TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f000Z', 'now')),
  "order_id" TEXT NOT NULL,
  "seller_id" INTEGER NOT NULL,
  CONSTRAINT "ck_order_shipping_tracking_number" CHECK (length("tracking_number") <= 100),
  CONSTRAINT "ck_order_shipping_shipping_carrier" CHECK (length("shipping_carrier") <= 100),
  CONSTRAINT "ck_order_shipping_carrier_code" CHECK (length("carrier_code") <= 100),
  CONSTRAINT "fk_order_shipping_order" FOREIGN KEY ("order_id") REFERENCES "order" ("id") ON DELETE CASCADE,
  CONSTRAINT "fk_order_shipping_seller" FOREIGN KEY ("seller_id") REFERENCES "user" ("id") ON DELETE RESTRICT
);
-- step
CREATE TABLE "product_metrics" (
  "id" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  "total_views" INTEGER NOT NULL DEFAULT 0,
  "total_clicks" INTEGER NOT NULL DEFAULT 0,
  "total_cart_additions" INTEGER NOT NULL DEFAULT 0,
  "total_sales" INTEGER NOT NULL DEFAULT 0,
  "total_revenue" INTEGER NOT NULL DEFAULT 0,
  "last_updated" TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f000Z', 'now')),
  "product_id" TEXT NOT NULL,
  CONSTRAINT "ck_product_metrics_total_views" CHECK ("total_views" >= 0),
  CONSTRAINT "ck_product_metrics_total_clicks" CHECK ("total_clicks" >= 0),
  CONSTRAINT "ck_product_metrics_total_cart_additions" CHECK ("total_cart_additions" >= 0),
  CONSTRAINT "ck_product_metrics_total_sales" CHECK ("total_sales" >= 0),
  CONSTRAINT "ck_product_metrics_total_revenue" CHECK ("total_revenue" >= 0),
  CONSTRAINT "fk_product_metrics_product" FOREIGN KEY ("product_id") REFERENCES "product" ("id") ON DELETE CASCADE
);
-- step
CREATE TABLE "agora_new_order" (
  "id" TEXT NOT NULL,
  "status" TEXT NOT NULL DEFAULT 'pending_payment',
  "payment_status" TEXT NOT NULL DEFAULT 'pending',
  "subtotal" INTEGER NOT NULL DEFAULT 0,
  "shipping_cost" INTEGER NOT NULL DEFAULT 0,
  "tax_amount" INTEGER NOT NULL DEFAULT 0,
  "discount_amount" INTEGER NOT NULL DEFAULT 0,
  "shipping_address" TEXT NOT NULL DEFAULT '{"name":"","street":"unknown","city":"unknown","state":"","postal_code":"unknown","country":"AQ","phone":""}',
  "tracking_number" TEXT NOT NULL DEFAULT '',
  "shipping_carrier" TEXT NOT NULL DEFAULT '',
  "carrier_code" TEXT NOT NULL DEFAULT '',
  "buyer_notes" TEXT NOT NULL DEFAULT '',
  "admin_notes" TEXT NOT NULL DEFAULT '',
  "cancellation_reason" TEXT NOT NULL DEFAULT '',
  "cancelled_at" TEXT,
  "processed_at" TEXT,
  "shipped_at" TEXT,
  "delivered_at" TEXT,
  "created_at" TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f000Z', 'now')),
  "updated_at" TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f000Z', 'now')),
  "buyer_id" INTEGER NOT NULL,
  "cancelled_by_id" INTEGER,
  CONSTRAINT "pk_order" PRIMARY KEY ("id"),
  CONSTRAINT "ck_order_status" CHECK ("status" IN ('pending_payment', 'payment_confirmed', 'awaiting_shipment', 'shipped', 'delivered', 'cancelled', 'refunded')),
  CONSTRAINT "ck_order_payment_status" CHECK ("payment_status" IN ('pending', 'processing', 'paid', 'failed', 'refunded', 'failed_refund', 'partial_refund')),
  CONSTRAINT "ck_order_subtotal" CHECK ("subtotal" >= 0),
  CONSTRAINT "ck_order_shipping_cost" CHECK ("shipping_cost" BETWEEN 0 AND 100000000),
  CONSTRAINT "ck_order_tax_amount" CHECK ("tax_amount" BETWEEN 0 AND 100000000),
  CONSTRAINT "ck_order_discount_amount" CHECK ("discount_amount" BETWEEN 0 AND 100000000),
  CONSTRAINT "ck_order_shipping_address" CHECK (json_type("shipping_address") = 'object'),
  CONSTRAINT "ck_order_tracking_number" CHECK (length("tracking_number") <= 100),
  CONSTRAINT "ck_order_shipping_carrier" CHECK (length("shipping_carrier") <= 100),
  CONSTRAINT "ck_order_carrier_code" CHECK (length("carrier_code") <= 100),
  CONSTRAINT "ck_order_buyer_notes" CHECK (length("buyer_notes") <= 2000),
  CONSTRAINT "ck_order_admin_notes" CHECK (length("admin_notes") <= 2000),
  CONSTRAINT "ck_order_cancellation_reason" CHECK (length("cancellation_reason") <= 1000),
  CONSTRAINT "ck_order_discount_within_the_rest" CHECK ("discount_amount" <= (("subtotal" + "shipping_cost") + "tax_amount")),
  CONSTRAINT "fk_order_buyer" FOREIGN KEY ("buyer_id") REFERENCES "user" ("id") ON DELETE RESTRICT,
  CONSTRAINT "fk_order_cancelled_by" FOREIGN KEY ("cancelled_by_id") REFERENCES "user" ("id") ON DELETE SET NULL
);
-- step
INSERT INTO "agora_new_order" ("id", "status", "payment_status", "subtotal", "shipping_cost", "tax_amount", "discount_amount", "shipping_address", "tracking_number", "shipping_carrier", "carrier_code", "buyer_notes", "admin_notes", "cancellation_reason", "cancelled_at", "processed_at", "shipped_at", "delivered_at", "created_at", "updated_at", "buyer_id", "cancelled_by_id")
SELECT "id", "status", 'pending', 0, 0, 0, 0, '{"name":"","street":"unknown","city":"unknown","state":"","postal_code":"unknown","country":"AQ","phone":""}', '', '', '', '', '', '', NULL, NULL, NULL, NULL, "created_at", "updated_at", "buyer_id", NULL
FROM "order";
-- step
DROP TABLE "order";
-- step
ALTER TABLE "agora_new_order" RENAME TO "order";
-- step
CREATE INDEX "ix_order_buyer_id_created_at" ON "order" ("buyer_id", "created_at" DESC);
-- step
CREATE INDEX "ix_order_created_at" ON "order" ("created_at" DESC);
-- step
CREATE INDEX "ix_order_cancelled_by_id" ON "order" ("cancelled_by_id");
-- step
CREATE TABLE "agora_new_order_item" (
  "id" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  "quantity" INTEGER NOT NULL,
  "unit_price" INTEGER NOT NULL DEFAULT 0,
  "total_price" INTEGER NOT NULL DEFAULT 0,
  "product_name" TEXT NOT NULL DEFAULT '',
  "product_description" TEXT NOT NULL DEFAULT '',
  "product_image" TEXT,
  "created_at" TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f000Z', 'now')),
  "order_id" TEXT NOT NULL,
  "product_id" TEXT,
  "seller_id" INTEGER NOT NULL,
  CONSTRAINT "ck_order_item_quantity" CHECK ("quantity" BETWEEN 1 AND 10000),
  CONSTRAINT "ck_order_item_unit_price" CHECK ("unit_price" >= 0),
  CONSTRAINT "ck_order_item_total_price" CHECK ("total_price" >= 0),
  CONSTRAINT "ck_order_item_product_name" CHECK (length("product_name") <= 200),
  CONSTRAINT "ck_order_item_product_description" CHECK (length("product_description") <= 20000),
  CONSTRAINT "fk_order_item_order" FOREIGN KEY ("order_id") REFERENCES "order" ("id") ON DELETE CASCADE,
  CONSTRAINT "fk_order_item_product" FOREIGN KEY ("product_id") REFERENCES "product" ("id") ON DELETE SET NULL,
  CONSTRAINT "fk_order_item_seller" FOREIGN KEY ("seller_id") REFERENCES "user" ("id") ON DELETE RESTRICT
);
-- step
INSERT INTO "agora_new_order_item" ("id", "quantity", "unit_price", "total_price", "product_name", "product_description", "product_image", "created_at", "order_id", "product_id", "seller_id")
SELECT "id", "quantity", 0, 0, '', '', NULL, (strftime('%Y-%m-%dT%H:%M:%f000Z', 'now')), "order_id", "product_id", "seller_id"
FROM "order_item";
-- step
DELETE FROM sqlite_sequence WHERE name = 'agora_new_order_item';
-- step
INSERT INTO sqlite_sequence (name, seq) SELECT 'agora_new_order_item', seq FROM sqlite_sequence WHERE name = 'order_item';
-- step
DROP TABLE "order_item";
-- step
ALTER TABLE "agora_new_order_item" RENAME TO "order_item";
-- step
CREATE INDEX "ix_order_item_order_id_seller_id" ON "order_item" ("order_id", "seller_id");
-- step
CREATE INDEX "ix_order_item_seller_id_created_at" ON "order_item" ("seller_id", "created_at" DESC);
-- step
CREATE INDEX "ix_order_item_product_id_created_at" ON "order_item" ("product_id", "created_at" DESC);
-- step
CREATE UNIQUE INDEX "uq_agora_idempotency" ON "agora_idempotency" ("scope", "key");
-- step
CREATE INDEX "ix_agora_idempotency_created_at" ON "agora_idempotency" ("created_at");
-- step
CREATE UNIQUE INDEX "uq_cart_one_each" ON "cart" ("user_id");
-- step
CREATE UNIQUE INDEX "uq_cart_item_one_per_product" ON "cart_item" ("cart_id", "product_id");
-- step
CREATE INDEX "ix_cart_item_product_id" ON "cart_item" ("product_id");
-- step
CREATE UNIQUE INDEX "uq_order_shipping_one_per_seller" ON "order_shipping" ("order_id", "seller_id");
-- step
CREATE INDEX "ix_order_shipping_seller_id" ON "order_shipping" ("seller_id");
-- step
CREATE UNIQUE INDEX "uq_product_metrics_one_per_product" ON "product_metrics" ("product_id");
-- step
CREATE TRIGGER "tg_product_metrics_product" AFTER INSERT ON "product"
BEGIN
  INSERT INTO "product_metrics" ("product_id") VALUES (NEW."id") ON CONFLICT DO NOTHING;
END;
-- step
INSERT INTO "product_metrics" ("product_id")
SELECT t."id" FROM "product" t WHERE true ORDER BY t."id"
ON CONFLICT DO NOTHING;
