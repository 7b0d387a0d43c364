-- 0003_alter_user: made by `agora build` from the specs; do not edit.
-- foreign_keys: off
-- step
CREATE TABLE "agora_new_user" (
  "id" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  "username" TEXT NOT NULL,
  "email" TEXT NOT NULL,
  "password" TEXT NOT NULL,
  "first_name" TEXT NOT NULL DEFAULT '',
  "last_name" TEXT NOT NULL DEFAULT '',
  "role" TEXT NOT NULL DEFAULT 'buyer',
  "avatar" TEXT,
  "avatar_size" INTEGER,
  "avatar_stored_at" TEXT,
  "is_active" INTEGER NOT NULL DEFAULT 1,
  "date_joined" TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f000Z', 'now')),
  CONSTRAINT "ck_user_username" CHECK (length("username") BETWEEN 3 AND 150),
  CONSTRAINT "ck_user_first_name" CHECK (length("first_name") <= 150),
  CONSTRAINT "ck_user_last_name" CHECK (length("last_name") <= 150),
  CONSTRAINT "ck_user_role" CHECK ("role" IN ('buyer', 'seller', 'admin')),
  CONSTRAINT "ck_user_avatar_size" CHECK ("avatar_size" >= 1),
  CONSTRAINT "ck_user_is_active" CHECK ("is_active" IN (0, 1))
);
-- step
INSERT INTO "agora_new_user" ("id", "username", "email", "password", "first_name", "last_name", "role", "avatar", "avatar_size", "avatar_stored_at", "is_active", "date_joined")
SELECT "id", "username", "email", "password", "first_name", "last_name", "role", "avatar", NULL, NULL, "is_active", "date_joined"
FROM "user";
-- step
DELETE FROM sqlite_sequence WHERE name = 'agora_new_user';
-- step
INSERT INTO sqlite_sequence (name, seq) SELECT 'agora_new_user', seq FROM sqlite_sequence WHERE name = 'user';
-- step
DROP TABLE "user";
-- step
ALTER TABLE "agora_new_user" RENAME TO "user";
-- step
CREATE UNIQUE INDEX "uq_user_username" ON "user" ("username");
-- step
CREATE UNIQUE INDEX "uq_user_email" ON "user" ("email");
