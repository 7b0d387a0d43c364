# Generated from spec/book.yaml by `agora build`; do not edit.
"""The statements of Book: one for each read."""

from __future__ import annotations

from runtime.application import Sql
from runtime.reads import ItemRead, ListRead, RecordRead, SortKey

LIST = ListRead(
    name="book.list",
    table="book",
    key="id",
    key_type="id",
    body=Sql(
        postgres='concat(\'{"id":\', t."id", \',"title":\', to_json(t."title"), \'}\')',
        sqlite='(\'{"id":\' || t."id" || \',"title":\' || json_quote(t."title") || \'}\')',
    ),
    sorts=(SortKey(name="id", sql=Sql.same('t."id"'), type="integer", offered=False),),
    default_sort=("id",),
    public=True,
)

RETRIEVE_BODY = Sql(
    postgres="""
        concat(
          '{"id":', t."id",
          ',"title":', to_json(t."title"),
          ',"slug":', to_json(t."slug"),
          ',"year":', coalesce((t."year")::text, 'null'),
          ',"fee":"', t."fee" * 0.01,
          '","topics":', to_json(t."topics"),
          ',"reads":', t."reads",
          ',"borrower":', coalesce('"' || t."borrower_id"::text || '"', 'null'),
          '}'
        )
    """,
    sqlite="""
        (
          '{"id":' || t."id"
          || ',"title":' || json_quote(t."title")
          || ',"slug":' || json_quote(t."slug")
          || ',"year":' || coalesce(t."year", 'null')
          || ',"fee":"' || printf('%d.%02d', t."fee" / 100, t."fee" % 100)
          || '","topics":' || t."topics"
          || ',"reads":' || t."reads"
          || ',"borrower":' || coalesce('"' || t."borrower_id" || '"', 'null')
          || '}'
        )
    """,
)

RETRIEVE = ItemRead(
    name="book.retrieve",
    table="book",
    key="id",
    body=RETRIEVE_BODY,
    where=Sql(postgres='t."slug" = $slug::text', sqlite='t."slug" = $slug'),
    public=True,
)

CREATE_RESULT = ItemRead(
    name="book.create.result",
    table="book",
    key="id",
    body=RETRIEVE_BODY,
    where=Sql(postgres='t."id" = $key::bigint', sqlite='t."id" = $key'),
)

UPDATE_RECORD = RecordRead(
    name="book.update.record",
    table="book",
    key="id",
    columns=("id", "title", "slug", "year", "fee", "topics", "reads", "borrower_id"),
    where=Sql(postgres='t."slug" = $slug::text', sqlite='t."slug" = $slug'),
)

UPDATE_RESULT = ItemRead(
    name="book.update.result",
    table="book",
    key="id",
    body=RETRIEVE_BODY,
    where=Sql(postgres='t."id" = $key::bigint', sqlite='t."id" = $key'),
)

BORROW_RECORD = RecordRead(
    name="book.borrow.record",
    table="book",
    key="id",
    columns=("id", "title", "slug", "year", "fee", "topics", "reads", "borrower_id"),
    where=Sql(postgres='t."slug" = $slug::text', sqlite='t."slug" = $slug'),
)

BORROW_RESULT_201 = ItemRead(
    name="book.borrow.result_201",
    table="book",
    key="id",
    body=RETRIEVE_BODY,
    where=Sql(postgres='t."id" = $key::bigint', sqlite='t."id" = $key'),
)

BORROW_RESULT_200 = ItemRead(
    name="book.borrow.result_200",
    table="book",
    key="id",
    body=Sql(
        postgres='concat(\'{"id":\', t."id", \',"title":\', to_json(t."title"), \'}\')',
        sqlite='(\'{"id":\' || t."id" || \',"title":\' || json_quote(t."title") || \'}\')',
    ),
    where=Sql(postgres='t."id" = $key::bigint', sqlite='t."id" = $key'),
)

GIVE_BACK_RECORD = RecordRead(
    name="book.give_back.record",
    table="book",
    key="id",
    columns=("id", "title", "slug", "year", "fee", "topics", "reads", "borrower_id"),
    where=Sql(postgres='t."slug" = $slug::text', sqlite='t."slug" = $slug'),
    allowed=Sql(
        postgres='($actor_id::uuid IS NOT NULL AND t."borrower_id" = $actor_id::uuid)',
        sqlite='($actor_id IS NOT NULL AND t."borrower_id" = $actor_id)',
    ),
)
