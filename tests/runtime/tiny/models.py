"""People and their notes."""

from __future__ import annotations

from runtime.columns import BooleanColumn, CreatedColumn, DecimalColumn, IdColumn, IntegerColumn, TextColumn
from runtime.records import Record


class Person(Record):
    """Who calls."""

    id = IdColumn(primary_key=True)
    username = TextColumn()
    password = TextColumn()
    role = TextColumn(default="member")
    is_active = BooleanColumn(default=True)

    class Meta:
        """Its table."""

        table = "person"


class Note(Record):
    """What is written."""

    id = IdColumn(primary_key=True)
    title = TextColumn()
    slug = TextColumn()
    price = DecimalColumn(2)
    original_price = DecimalColumn(2, null=True)
    pinned = BooleanColumn(default=False)
    is_active = BooleanColumn(default=True)
    owner_id = IntegerColumn()
    parent_id = IntegerColumn(null=True)
    created_at = CreatedColumn()

    class Meta:
        """Its table."""

        table = "note"


SCHEMA = """
CREATE TABLE "person" (
  "id" INTEGER PRIMARY KEY AUTOINCREMENT, "username" TEXT NOT NULL, "password" TEXT NOT NULL,
  "role" TEXT NOT NULL, "is_active" INTEGER NOT NULL, CONSTRAINT "uq_person_username" UNIQUE ("username"));
CREATE TABLE "note" (
  "id" INTEGER PRIMARY KEY AUTOINCREMENT, "title" TEXT NOT NULL, "slug" TEXT NOT NULL, "price" INTEGER NOT NULL,
  "original_price" INTEGER, "pinned" INTEGER NOT NULL, "is_active" INTEGER NOT NULL,
  "owner_id" INTEGER NOT NULL REFERENCES "person" ("id"), "parent_id" INTEGER REFERENCES "note" ("id"),
  "created_at" TEXT NOT NULL, CONSTRAINT "uq_note_slug" UNIQUE ("slug"),
  CONSTRAINT "ck_note_price" CHECK ("price" < 500000));
CREATE TABLE "agora_event" (
  "id" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, "event" TEXT NOT NULL, "subject" TEXT NOT NULL, "actor" TEXT,
  "visitor" TEXT NOT NULL, "created_at" TEXT NOT NULL);
CREATE TABLE "agora_event_seen" (
  "event" TEXT NOT NULL, "subject" TEXT NOT NULL, "visitor" TEXT NOT NULL, "at" TEXT NOT NULL);
CREATE UNIQUE INDEX "uq_agora_event_seen" ON "agora_event_seen" ("event", "subject", "visitor");
"""
