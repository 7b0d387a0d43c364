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
CREATE TABLE "book" (
  "id" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  "title" TEXT NOT NULL,
  "slug" TEXT NOT NULL,
  "year" INTEGER,
  "fee" INTEGER NOT NULL DEFAULT 0,
  "topics" TEXT NOT NULL DEFAULT '["misc"]',
  "reads" INTEGER NOT NULL DEFAULT 0,
  "borrower_id" TEXT,
  CONSTRAINT "ck_book_title" CHECK (length("title") BETWEEN 1 AND 200),
  CONSTRAINT "ck_book_year" CHECK ("year" BETWEEN 1450 AND 2100),
  CONSTRAINT "ck_book_fee" CHECK ("fee" BETWEEN 0 AND 5000),
  CONSTRAINT "ck_book_topics" CHECK (json_array_length("topics") <= 5 AND json_type("topics") = 'array'),
  CONSTRAINT "ck_book_reads" CHECK ("reads" >= 0),
  CONSTRAINT "ck_book_old_books_are_free" CHECK (("year" IS NULL OR "year" >= 1800 OR "fee" = 0)),
  CONSTRAINT "fk_book_borrower" FOREIGN KEY ("borrower_id") REFERENCES "member" ("id") ON DELETE SET NULL
);
-- step
CREATE TABLE "member" (
  "id" TEXT NOT NULL,
  "name" TEXT NOT NULL,
  "is_active" INTEGER NOT NULL DEFAULT 1,
  "is_librarian" INTEGER NOT NULL DEFAULT 0,
  CONSTRAINT "pk_member" PRIMARY KEY ("id"),
  CONSTRAINT "ck_member_name" CHECK (length("name") <= 100),
  CONSTRAINT "ck_member_is_active" CHECK ("is_active" IN (0, 1)),
  CONSTRAINT "ck_member_is_librarian" CHECK ("is_librarian" IN (0, 1))
);
-- step
CREATE INDEX "ix_agora_event_event_subject_created_at" ON "agora_event" ("event", "subject", "created_at");
-- step
CREATE UNIQUE INDEX "uq_agora_event_seen" ON "agora_event_seen" ("event", "subject", "visitor");
-- step
CREATE INDEX "ix_agora_event_seen_at" ON "agora_event_seen" ("at");
-- step
CREATE UNIQUE INDEX "uq_agora_idempotency" ON "agora_idempotency" ("scope", "key");
-- step
CREATE INDEX "ix_agora_idempotency_created_at" ON "agora_idempotency" ("created_at");
-- step
CREATE UNIQUE INDEX "uq_book_slug" ON "book" ("slug");
-- step
CREATE INDEX "ix_book_borrower_id" ON "book" ("borrower_id");
-- step
CREATE UNIQUE INDEX "uq_member_name" ON "member" ("name");
