# Generated from spec/word.yaml by `agora build`; do not edit.
"""The statements of Word: one for each read."""

from __future__ import annotations

from runtime.application import Sql
from runtime.reads import ItemRead, ListRead, SortKey

LIST_BODY = Sql(
    postgres="""
        concat('{"id":', t."id", ',"text":', to_json(t."text"), ',"meaning":', to_json(t."meaning"), '}')
    """,
    sqlite="""
        (
          '{"id":' || t."id"
          || ',"text":' || json_quote(t."text")
          || ',"meaning":' || json_quote(t."meaning")
          || '}'
        )
    """,
)

LIST = ListRead(
    name="word.list",
    table="word",
    key="id",
    key_type="id",
    body=LIST_BODY,
    sorts=(SortKey(name="text", sql=Sql.same('t."text"'), type="string"),),
    default_sort=("text",),
    public=True,
)

RETRIEVE = ItemRead(
    name="word.retrieve",
    table="word",
    key="id",
    body=LIST_BODY,
    where=Sql(postgres='t."id" = $id::bigint', sqlite='t."id" = $id'),
    public=True,
)
