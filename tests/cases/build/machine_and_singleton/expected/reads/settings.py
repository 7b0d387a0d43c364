# Generated from spec/settings.yaml by `agora build`; do not edit.
# ruff: noqa: E501 (a part of a statement is one line of SQL)
"""The statements of Settings: one for each read."""

from __future__ import annotations

from runtime.application import Sql
from runtime.reads import ItemRead, RecordRead

RETRIEVE_BODY = Sql(
    postgres='concat(\'{"id":\', t."id", \',"dark":\', t."dark"::text, \'}\')',
    sqlite="""
        ('{"id":' || t."id" || ',"dark":' || CASE WHEN t."dark" THEN 'true' ELSE 'false' END || '}')
    """,
)

RETRIEVE = ItemRead(
    name="settings.retrieve",
    table="settings",
    key="id",
    body=RETRIEVE_BODY,
    where=Sql(postgres='t."member_id" = $actor_id::bigint', sqlite='t."member_id" = $actor_id'),
)

UPDATE_RECORD = RecordRead(
    name="settings.update.record",
    table="settings",
    key="id",
    columns=("id", "dark", "member_id"),
    where=Sql(postgres='t."member_id" = $actor_id::bigint', sqlite='t."member_id" = $actor_id'),
)

UPDATE_RESULT = ItemRead(
    name="settings.update.result",
    table="settings",
    key="id",
    body=RETRIEVE_BODY,
    where=Sql(postgres='t."id" = $key::bigint', sqlite='t."id" = $key'),
)

COMPLAIN_RECORD = RecordRead(
    name="settings.complain.record",
    table="settings",
    key="id",
    columns=("id", "dark", "member_id"),
    where=Sql(postgres='t."member_id" = $actor_id::bigint', sqlite='t."member_id" = $actor_id'),
)

COMPLAIN_RESULT = ItemRead(
    name="settings.complain.result",
    table="ticket",
    key="id",
    body=Sql(
        postgres="""
            concat(
              '{"id":', t."id",
              ',"title":', to_json(t."title"),
              ',"stage":', to_json(t."stage"),
              ',"hours":"', t."hours" * 0.1,
              '","solution":', to_json(t."solution"),
              ',"solved_at":', coalesce('"' || to_char(t."solved_at" AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') || '"', 'null'),
              ',"solved_by":', coalesce((t."solved_by_id")::text, 'null'),
              '}'
            )
        """,
        sqlite="""
            (
              '{"id":' || t."id"
              || ',"title":' || json_quote(t."title")
              || ',"stage":' || json_quote(t."stage")
              || ',"hours":"' || printf('%d.%01d', t."hours" / 10, t."hours" % 10)
              || '","solution":' || json_quote(t."solution")
              || ',"solved_at":' || coalesce('"' || t."solved_at" || '"', 'null')
              || ',"solved_by":' || coalesce(t."solved_by_id", 'null')
              || '}'
            )
        """,
    ),
    where=Sql(postgres='t."id" = $key::bigint', sqlite='t."id" = $key'),
)
