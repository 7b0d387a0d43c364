-- 0001_initial: made by `agora build` from the specs; do not edit.
-- step
CREATE TABLE "agora_event" (
  "id" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  "event" TEXT NOT NULL,
  "subject" TEXT NOT NULL,
  "actor" TEXT,
  "visitor" TEXT NOT NULL,
  "created_at" TEXT NOT NULL
);
-- step
CREATE TABLE "agora_event_seen" (
  "event" TEXT NOT NULL,
  "subject" TEXT NOT NULL,
  "visitor" TEXT NOT NULL,
  "at" TEXT NOT NULL
);
-- step
CREATE TABLE "category" (
  "id" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  "name" TEXT NOT NULL,
  "slug" TEXT NOT NULL,
  "description" TEXT NOT NULL DEFAULT '',
  "is_active" INTEGER NOT NULL DEFAULT 1,
  "created_at" TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f000Z', 'now')),
  "updated_at" TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f000Z', 'now')),
  "parent_id" INTEGER,
  CONSTRAINT "ck_category_name" CHECK (length("name") BETWEEN 1 AND 100),
  CONSTRAINT "ck_category_description" CHECK (length("description") <= 2000),
  CONSTRAINT "ck_category_is_active" CHECK ("is_active" IN (0, 1)),
  CONSTRAINT "fk_category_parent" FOREIGN KEY ("parent_id") REFERENCES "category" ("id") ON DELETE SET NULL
);
-- step
CREATE TABLE "favorite" (
  "id" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  "created_at" TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f000Z', 'now')),
  "user_id" INTEGER NOT NULL,
  "product_id" TEXT NOT NULL,
  CONSTRAINT "fk_favorite_user" FOREIGN KEY ("user_id") REFERENCES "user" ("id") ON DELETE CASCADE,
  CONSTRAINT "fk_favorite_product" FOREIGN KEY ("product_id") REFERENCES "product" ("id") ON DELETE CASCADE
);
-- step
CREATE TABLE "order" (
  "id" TEXT NOT NULL,
  "status" TEXT NOT NULL DEFAULT 'pending_payment',
  "created_at" TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f000Z', 'now')),
  "updated_at" TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f000Z', 'now')),
  "buyer_id" INTEGER NOT NULL,
  CONSTRAINT "pk_order" PRIMARY KEY ("id"),
  CONSTRAINT "ck_order_status" CHECK ("status" IN ('pending_payment', 'payment_confirmed', 'awaiting_shipment', 'shipped', 'delivered', 'cancelled', 'refunded')),
  CONSTRAINT "fk_order_buyer" FOREIGN KEY ("buyer_id") REFERENCES "user" ("id") ON DELETE RESTRICT
);
-- step
CREATE TABLE "order_item" (
  "id" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  "quantity" INTEGER NOT NULL,
  "order_id" TEXT NOT NULL,
  "product_id" TEXT,
  "seller_id" INTEGER NOT NULL,
  CONSTRAINT "ck_order_item_quantity" CHECK ("quantity" BETWEEN 1 AND 10000),
  CONSTRAINT "fk_order_item_order" FOREIGN KEY ("order_id") REFERENCES "order" ("id") ON DELETE CASCADE,
  CONSTRAINT "fk_order_item_product" FOREIGN KEY ("product_id") REFERENCES "product" ("id") ON DELETE SET NULL,
  CONSTRAINT "fk_order_item_seller" FOREIGN KEY ("seller_id") REFERENCES "user" ("id") ON DELETE RESTRICT
);
-- step
CREATE TABLE "product" (
  "id" TEXT NOT NULL,
  "name" TEXT NOT NULL,
  "slug" TEXT NOT NULL,
  "description" TEXT NOT NULL,
  "short_description" TEXT NOT NULL DEFAULT '',
  "price" INTEGER NOT NULL,
  "original_price" INTEGER,
  "stock_quantity" INTEGER NOT NULL DEFAULT 1,
  "condition" TEXT NOT NULL DEFAULT 'new',
  "brand" TEXT NOT NULL DEFAULT '',
  "model" TEXT NOT NULL DEFAULT '',
  "weight" INTEGER,
  "dimensions_length" INTEGER,
  "dimensions_width" INTEGER,
  "dimensions_height" INTEGER,
  "colors" TEXT NOT NULL DEFAULT '[]',
  "tags" TEXT NOT NULL DEFAULT '[]',
  "materials" TEXT NOT NULL DEFAULT '',
  "is_active" INTEGER NOT NULL DEFAULT 1,
  "is_featured" INTEGER NOT NULL DEFAULT 0,
  "is_digital" INTEGER NOT NULL DEFAULT 0,
  "view_count" INTEGER NOT NULL DEFAULT 0,
  "click_count" INTEGER NOT NULL DEFAULT 0,
  "created_at" TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f000Z', 'now')),
  "updated_at" TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f000Z', 'now')),
  "seller_id" INTEGER NOT NULL,
  "category_id" INTEGER,
  CONSTRAINT "pk_product" PRIMARY KEY ("id"),
  CONSTRAINT "ck_product_name" CHECK (length("name") BETWEEN 1 AND 200),
  CONSTRAINT "ck_product_description" CHECK (length("description") BETWEEN 1 AND 20000),
  CONSTRAINT "ck_product_short_description" CHECK (length("short_description") <= 300),
  CONSTRAINT "ck_product_price" CHECK ("price" BETWEEN 1 AND 10000000),
  CONSTRAINT "ck_product_original_price" CHECK ("original_price" BETWEEN 1 AND 100000000),
  CONSTRAINT "ck_product_stock_quantity" CHECK ("stock_quantity" BETWEEN 0 AND 2147483647),
  CONSTRAINT "ck_product_condition" CHECK ("condition" IN ('new', 'like_new', 'good', 'fair', 'poor')),
  CONSTRAINT "ck_product_brand" CHECK (length("brand") <= 100),
  CONSTRAINT "ck_product_model" CHECK (length("model") <= 100),
  CONSTRAINT "ck_product_weight" CHECK ("weight" BETWEEN 0 AND 10000000),
  CONSTRAINT "ck_product_dimensions_length" CHECK ("dimensions_length" BETWEEN 0 AND 10000000),
  CONSTRAINT "ck_product_dimensions_width" CHECK ("dimensions_width" BETWEEN 0 AND 10000000),
  CONSTRAINT "ck_product_dimensions_height" CHECK ("dimensions_height" BETWEEN 0 AND 10000000),
  CONSTRAINT "ck_product_colors" CHECK (json_array_length("colors") <= 30 AND json_type("colors") = 'array'),
  CONSTRAINT "ck_product_tags" CHECK (json_array_length("tags") <= 30 AND json_type("tags") = 'array'),
  CONSTRAINT "ck_product_materials" CHECK (length("materials") <= 2000),
  CONSTRAINT "ck_product_is_active" CHECK ("is_active" IN (0, 1)),
  CONSTRAINT "ck_product_is_featured" CHECK ("is_featured" IN (0, 1)),
  CONSTRAINT "ck_product_is_digital" CHECK ("is_digital" IN (0, 1)),
  CONSTRAINT "ck_product_view_count" CHECK ("view_count" >= 0),
  CONSTRAINT "ck_product_click_count" CHECK ("click_count" >= 0),
  CONSTRAINT "ck_product_original_price_above_price" CHECK (("original_price" IS NULL OR "original_price" > "price")),
  CONSTRAINT "fk_product_seller" FOREIGN KEY ("seller_id") REFERENCES "user" ("id") ON DELETE CASCADE,
  CONSTRAINT "fk_product_category" FOREIGN KEY ("category_id") REFERENCES "category" ("id") ON DELETE SET NULL
);
-- step
CREATE TABLE "product_image" (
  "id" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  "alt_text" TEXT NOT NULL DEFAULT '',
  "is_primary" INTEGER NOT NULL DEFAULT 0,
  "order" INTEGER NOT NULL DEFAULT 0,
  "s3_key" TEXT NOT NULL,
  "original_filename" TEXT NOT NULL,
  "file_size" INTEGER NOT NULL,
  "content_type" TEXT NOT NULL,
  "created_at" TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f000Z', 'now')),
  "product_id" TEXT NOT NULL,
  CONSTRAINT "ck_product_image_alt_text" CHECK (length("alt_text") <= 200),
  CONSTRAINT "ck_product_image_is_primary" CHECK ("is_primary" IN (0, 1)),
  CONSTRAINT "ck_product_image_order" CHECK ("order" BETWEEN 0 AND 2147483647),
  CONSTRAINT "ck_product_image_original_filename" CHECK (length("original_filename") <= 255),
  CONSTRAINT "ck_product_image_file_size" CHECK ("file_size" >= 1),
  CONSTRAINT "ck_product_image_content_type" CHECK (length("content_type") <= 100),
  CONSTRAINT "fk_product_image_product" FOREIGN KEY ("product_id") REFERENCES "product" ("id") ON DELETE CASCADE
);
-- step
CREATE TABLE "refresh_token" (
  "id" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  "hash" TEXT NOT NULL,
  "family" TEXT NOT NULL,
  "used_at" TEXT,
  "revoked_at" TEXT,
  "expires_at" TEXT NOT NULL,
  "created_at" TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f000Z', 'now')),
  "user_id" INTEGER NOT NULL,
  CONSTRAINT "ck_refresh_token_hash" CHECK (length("hash") <= 64),
  CONSTRAINT "ck_refresh_token_family" CHECK (length("family") <= 36),
  CONSTRAINT "fk_refresh_token_user" FOREIGN KEY ("user_id") REFERENCES "user" ("id") ON DELETE CASCADE
);
-- step
CREATE TABLE "review" (
  "id" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  "rating" INTEGER NOT NULL,
  "title" TEXT NOT NULL DEFAULT '',
  "comment" TEXT NOT NULL DEFAULT '',
  "is_active" INTEGER NOT NULL DEFAULT 1,
  "created_at" TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f000Z', 'now')),
  "updated_at" TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f000Z', 'now')),
  "product_id" TEXT NOT NULL,
  "reviewer_id" INTEGER NOT NULL,
  CONSTRAINT "ck_review_rating" CHECK ("rating" BETWEEN 1 AND 5),
  CONSTRAINT "ck_review_title" CHECK (length("title") <= 200),
  CONSTRAINT "ck_review_comment" CHECK (length("comment") <= 5000),
  CONSTRAINT "ck_review_is_active" CHECK ("is_active" IN (0, 1)),
  CONSTRAINT "fk_review_product" FOREIGN KEY ("product_id") REFERENCES "product" ("id") ON DELETE CASCADE,
  CONSTRAINT "fk_review_reviewer" FOREIGN KEY ("reviewer_id") REFERENCES "user" ("id") ON DELETE CASCADE
);
-- step
CREATE TABLE "user" (
  "id" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  "username" TEXT NOT NULL,
  "email" TEXT NOT NULL,
  "password" TEXT NOT NULL,
  "first_name" TEXT NOT NULL DEFAULT '',
  "last_name" TEXT NOT NULL DEFAULT '',
  "role" TEXT NOT NULL DEFAULT 'buyer',
  "avatar" TEXT,
  "is_active" INTEGER NOT NULL DEFAULT 1,
  "date_joined" TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f000Z', 'now')),
  CONSTRAINT "ck_user_username" CHECK (length("username") BETWEEN 3 AND 150),
  CONSTRAINT "ck_user_first_name" CHECK (length("first_name") <= 150),
  CONSTRAINT "ck_user_last_name" CHECK (length("last_name") <= 150),
  CONSTRAINT "ck_user_role" CHECK ("role" IN ('buyer', 'seller', 'admin')),
  CONSTRAINT "ck_user_is_active" CHECK ("is_active" IN (0, 1))
);
-- step
CREATE INDEX "ix_agora_event_event_subject_created_at" ON "agora_event" ("event", "subject", "created_at");
-- step
CREATE UNIQUE INDEX "uq_agora_event_seen" ON "agora_event_seen" ("event", "subject", "visitor");
-- step
CREATE INDEX "ix_agora_event_seen_at" ON "agora_event_seen" ("at");
-- step
CREATE UNIQUE INDEX "uq_category_name" ON "category" ("name");
-- step
CREATE UNIQUE INDEX "uq_category_slug" ON "category" ("slug");
-- step
CREATE INDEX "ix_category_parent_id" ON "category" ("parent_id");
-- step
CREATE TRIGGER "ck_category_parent_acyclic_insert" AFTER INSERT ON "category"
WHEN NEW."parent_id" IS NOT NULL
BEGIN
  SELECT RAISE(ABORT, 'CHECK constraint failed: ck_category_parent_acyclic') WHERE NEW."id" IN (
    WITH RECURSIVE above(id) AS (
      SELECT NEW."parent_id"
      UNION
      SELECT t."parent_id" FROM "category" t JOIN above a ON t."id" = a.id
      WHERE t."parent_id" IS NOT NULL
    )
    SELECT id FROM above
  );
END;
-- step
CREATE TRIGGER "ck_category_parent_acyclic_update" AFTER UPDATE OF "parent_id" ON "category"
WHEN NEW."parent_id" IS NOT NULL
BEGIN
  SELECT RAISE(ABORT, 'CHECK constraint failed: ck_category_parent_acyclic') WHERE NEW."id" IN (
    WITH RECURSIVE above(id) AS (
      SELECT NEW."parent_id"
      UNION
      SELECT t."parent_id" FROM "category" t JOIN above a ON t."id" = a.id
      WHERE t."parent_id" IS NOT NULL
    )
    SELECT id FROM above
  );
END;
-- step
CREATE UNIQUE INDEX "uq_favorite_one_per_user" ON "favorite" ("user_id", "product_id");
-- step
CREATE INDEX "ix_favorite_product_id" ON "favorite" ("product_id");
-- step
CREATE INDEX "ix_order_buyer_id" ON "order" ("buyer_id");
-- step
CREATE INDEX "ix_order_item_order_id" ON "order_item" ("order_id");
-- step
CREATE INDEX "ix_order_item_product_id" ON "order_item" ("product_id");
-- step
CREATE INDEX "ix_order_item_seller_id" ON "order_item" ("seller_id");
-- step
CREATE UNIQUE INDEX "uq_product_slug" ON "product" ("slug");
-- step
CREATE INDEX "ix_product_seller_id_created_at" ON "product" ("seller_id", "created_at" DESC);
-- step
CREATE INDEX "ix_product_seller_id_is_active" ON "product" ("seller_id", "is_active");
-- step
CREATE INDEX "ix_product_category_id_is_active" ON "product" ("category_id", "is_active");
-- step
CREATE INDEX "ix_product_created_at" ON "product" ("created_at" DESC);
-- step
CREATE INDEX "ix_product_price" ON "product" ("price");
-- step
CREATE UNIQUE INDEX "uq_product_image_s3_key" ON "product_image" ("s3_key");
-- step
CREATE UNIQUE INDEX "uq_product_image_one_primary" ON "product_image" ("product_id") WHERE "is_primary";
-- step
CREATE INDEX "ix_product_image_product_id" ON "product_image" ("product_id");
-- step
CREATE UNIQUE INDEX "uq_refresh_token_hash" ON "refresh_token" ("hash");
-- step
CREATE INDEX "ix_refresh_token_family" ON "refresh_token" ("family");
-- step
CREATE INDEX "ix_refresh_token_user_id" ON "refresh_token" ("user_id");
-- step
CREATE UNIQUE INDEX "uq_review_one_per_reviewer" ON "review" ("product_id", "reviewer_id");
-- step
CREATE INDEX "ix_review_product_id_is_active_created_at" ON "review" ("product_id", "is_active", "created_at" DESC);
-- step
CREATE INDEX "ix_review_product_id_is_active_rating" ON "review" ("product_id", "is_active", "rating");
-- step
CREATE INDEX "ix_review_reviewer_id" ON "review" ("reviewer_id");
-- step
CREATE UNIQUE INDEX "uq_user_username" ON "user" ("username");
-- step
CREATE UNIQUE INDEX "uq_user_email" ON "user" ("email");
