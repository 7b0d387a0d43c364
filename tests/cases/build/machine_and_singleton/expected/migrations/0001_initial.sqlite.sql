-- 0001_initial: made by `agora build` from the specs; do not edit.
-- step
CREATE TABLE "member" (
  "id" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  "name" TEXT NOT NULL,
  "is_staff" INTEGER NOT NULL DEFAULT 0,
  CONSTRAINT "ck_member_name" CHECK (length("name") <= 50),
  CONSTRAINT "ck_member_is_staff" CHECK ("is_staff" IN (0, 1))
);
-- step
CREATE TABLE "settings" (
  "id" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  "dark" INTEGER NOT NULL DEFAULT 0,
  "member_id" INTEGER NOT NULL,
  CONSTRAINT "ck_settings_dark" CHECK ("dark" IN (0, 1)),
  CONSTRAINT "fk_settings_member" FOREIGN KEY ("member_id") REFERENCES "member" ("id") ON DELETE CASCADE
);
-- step
CREATE TABLE "ticket" (
  "id" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  "title" TEXT NOT NULL,
  "stage" TEXT NOT NULL DEFAULT 'open',
  "hours" INTEGER NOT NULL DEFAULT 0,
  "solution" TEXT NOT NULL DEFAULT '',
  "solved_at" TEXT,
  "author_id" INTEGER NOT NULL,
  "solved_by_id" INTEGER,
  CONSTRAINT "ck_ticket_title" CHECK (length("title") <= 80),
  CONSTRAINT "ck_ticket_stage" CHECK ("stage" IN ('open', 'solved', 'shut')),
  CONSTRAINT "ck_ticket_hours" CHECK ("hours" BETWEEN 0 AND 999),
  CONSTRAINT "ck_ticket_solution" CHECK (length("solution") <= 500),
  CONSTRAINT "fk_ticket_author" FOREIGN KEY ("author_id") REFERENCES "member" ("id") ON DELETE CASCADE,
  CONSTRAINT "fk_ticket_solved_by" FOREIGN KEY ("solved_by_id") REFERENCES "member" ("id") ON DELETE SET NULL
);
-- step
CREATE UNIQUE INDEX "uq_settings_one_each" ON "settings" ("member_id");
-- step
CREATE INDEX "ix_ticket_author_id" ON "ticket" ("author_id");
-- step
CREATE INDEX "ix_ticket_solved_by_id" ON "ticket" ("solved_by_id");
