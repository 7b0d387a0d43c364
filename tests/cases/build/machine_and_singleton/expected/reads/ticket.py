# Generated from spec/ticket.yaml by `agora build`; do not edit.
# ruff: noqa: E501 (a part of a statement is one line of SQL)
"""The statements of Ticket: one for each read."""

from __future__ import annotations

from runtime.application import Sql
from runtime.reads import Guard, ItemRead, ListRead, RecordRead, SortKey

LIST_BODY = Sql(
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
)

LIST = ListRead(
    name="ticket.list",
    table="ticket",
    key="id",
    key_type="id",
    body=LIST_BODY,
    where=Sql(
        postgres='(t."author_id" = $actor_id::bigint OR $actor_is_staff::boolean)',
        sqlite='(t."author_id" = $actor_id OR $actor_is_staff)',
    ),
    sorts=(SortKey(name="id", sql=Sql.same('t."id"'), type="integer", offered=False),),
    default_sort=("id",),
)

RETRIEVE_WHERE = Sql(
    postgres="""
        t."id" = $id::bigint
        AND (t."author_id" = $actor_id::bigint OR $actor_is_staff::boolean)
    """,
    sqlite="""
        t."id" = $id
        AND (t."author_id" = $actor_id OR $actor_is_staff)
    """,
)

RETRIEVE = ItemRead(name="ticket.retrieve", table="ticket", key="id", body=LIST_BODY, where=RETRIEVE_WHERE)

CREATE_RESULT = ItemRead(
    name="ticket.create.result",
    table="ticket",
    key="id",
    body=LIST_BODY,
    where=Sql(postgres='t."id" = $key::bigint', sqlite='t."id" = $key'),
)

DELETE_RECORD = RecordRead(
    name="ticket.delete.record",
    table="ticket",
    key="id",
    columns=("id", "title", "stage", "hours", "solution", "solved_at", "author_id", "solved_by_id"),
    where=RETRIEVE_WHERE,
    guards=(Guard(check=Sql.same('t."hours" > 0'), code="NOTHING_DONE", message="Nobody has worked on it yet."),),
)

STAGE_RECORD = RecordRead(
    name="ticket.stage.record",
    table="ticket",
    key="id",
    columns=("id", "title", "stage", "hours", "solution", "solved_at", "author_id", "solved_by_id"),
    where=RETRIEVE_WHERE,
)

STAGE_RESULT = ItemRead(
    name="ticket.stage.result",
    table="ticket",
    key="id",
    body=LIST_BODY,
    where=Sql(postgres='t."id" = $key::bigint', sqlite='t."id" = $key'),
)

SOLVE_RECORD = RecordRead(
    name="ticket.solve.record",
    table="ticket",
    key="id",
    columns=("id", "title", "stage", "hours", "solution", "solved_at", "author_id", "solved_by_id"),
    where=RETRIEVE_WHERE,
)

SOLVE_RESULT_TICKET = ItemRead(
    name="ticket.solve.result_ticket",
    table="ticket",
    key="id",
    body=LIST_BODY,
    where=Sql(postgres='t."id" = $key::bigint', sqlite='t."id" = $key'),
)

GIVE_UP_RECORD = RecordRead(
    name="ticket.give_up.record",
    table="ticket",
    key="id",
    columns=("id", "title", "stage", "hours", "solution", "solved_at", "author_id", "solved_by_id"),
    where=RETRIEVE_WHERE,
)

GIVE_UP_RESULT_TICKET = ItemRead(
    name="ticket.give_up.result_ticket",
    table="ticket",
    key="id",
    body=LIST_BODY,
    where=Sql(postgres='t."id" = $key::bigint', sqlite='t."id" = $key'),
)
