# Generated from spec/ by `agora build`; do not edit.
"""Lending library: everything that the runtime serves."""

from __future__ import annotations

from generated.actor import Actor
from generated.routes import book
from runtime.application import ActorSource, Application, Constraint, EventCount, Metric, Raised, Seed, Sql

CONSTRAINTS = (
    Constraint(name="uq_book_slug", kind="unique", table="book", columns=("slug",)),
    Constraint(
        name="ck_book_old_books_are_free",
        kind="check",
        table="book",
        columns=("fee",),
        on=("fee",),
        message="A book from before 1800 costs nothing.",
    ),
    Constraint(name="fk_book_borrower", kind="foreign", table="book", columns=("borrower_id",)),
    Constraint(name="uq_member_name", kind="unique", table="member", columns=("name",), code="NAME_TAKEN"),
)

EVENTS = (
    EventCount(
        name="book.opening",
        table="book",
        key="id",
        raises=(Raised(table="book", by="id", columns=("reads",)),),
        unless=Sql(
            postgres="""
            (SELECT a."is_librarian" FROM "member" a WHERE a."id" = $actor_id::uuid)
        """,
            sqlite='(SELECT a."is_librarian" FROM "member" a WHERE a."id" = $actor_id)',
        ),
    ),
)

METRICS = (
    Metric(
        table="book",
        key="id",
        key_type="id",
        column="reads",
        value=Sql(
            postgres="""
            (
              SELECT count(*)
              FROM "book" s
              JOIN "agora_event" e ON e."subject" = s."id"::text
              WHERE s."id" = t."id"
              AND e."event" = 'book.opening'
              AND ((SELECT a."is_librarian" FROM "member" a WHERE a."id" = e."actor"::uuid)) IS NOT TRUE
            )
        """,
            sqlite="""
            (
              SELECT count(*)
              FROM "book" s
              JOIN "agora_event" e ON e."subject" = CAST(s."id" AS TEXT)
              WHERE s."id" = t."id"
              AND e."event" = 'book.opening'
              AND ((SELECT a."is_librarian" FROM "member" a WHERE a."id" = e."actor")) IS NOT TRUE
            )
        """,
        ),
    ),
)

APPLICATION = Application(
    title="Lending library",
    version="1.0.0",
    base="/library",
    models=(
        "generated.models.book",
        "generated.models.member",
    ),
    routes=(*book.routes.routes,),
    actor=ActorSource(
        table="member",
        key="id",
        key_type="uuid",
        active="is_active",
        fields=("id", "is_librarian"),
        make=Actor,
        types={"is_librarian": "boolean"},
        names="name",
    ),
    constraints={each.name: each for each in CONSTRAINTS},
    events={each.name: each for each in EVENTS},
    metrics=METRICS,
    seeds=(
        Seed(
            name="book",
            model="generated.models.book:Book",
            rows=({"title": "Don Quixote", "slug": "don-quixote", "year": 1605},),
        ),
    ),
)
