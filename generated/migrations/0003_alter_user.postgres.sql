-- 0003_alter_user: made by `agora build` from the specs; do not edit.
-- step
ALTER TABLE "user" ADD COLUMN "avatar_size" bigint;
-- step
ALTER TABLE "user" ADD COLUMN "avatar_stored_at" timestamptz;
-- step
ALTER TABLE "user" ADD CONSTRAINT "ck_user_avatar_size" CHECK ("avatar_size" >= 1);
