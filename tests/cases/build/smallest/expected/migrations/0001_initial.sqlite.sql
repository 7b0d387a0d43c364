-- 0001_initial: made by `agora build` from the specs; do not edit.
-- step
CREATE TABLE "word" (
  "id" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  "text" TEXT NOT NULL,
  "meaning" TEXT NOT NULL DEFAULT '',
  CONSTRAINT "ck_word_text" CHECK (length("text") <= 100),
  CONSTRAINT "ck_word_meaning" CHECK (length("meaning") <= 1000)
);
