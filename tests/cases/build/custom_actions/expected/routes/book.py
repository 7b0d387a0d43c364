# Generated from spec/book.yaml by `agora build`; do not edit.
"""The operations of Book."""

from __future__ import annotations

from sanic.response import HTTPResponse

from generated import policies
from generated.actor import Context
from generated.inputs import _shared as shared
from generated.inputs import book as inputs
from generated.models.book import Book
from generated.reads import book as reads
from generated.rules import book as rules
from hooks import book as hooks
from runtime.application import Routes
from runtime.call import Call, Slug

routes = Routes("book")


@routes.get("/library/books/", "book.list", spec="book.yaml:36")
async def list_(call: Call) -> HTTPResponse:
    """List books. Policy: public. (book.yaml:36)"""
    return await call.list(reads.LIST, policies.public)


@routes.get("/library/books/{slug}/", "book.retrieve", spec="book.yaml:37")
async def retrieve(call: Call) -> HTTPResponse:
    """Retrieve a book. Policy: public. Tracks: opening. (book.yaml:37)"""
    return await call.retrieve(reads.RETRIEVE, policies.public, tracks="book.opening")


@routes.post("/library/books/", "book.create", spec="book.yaml:38")
async def create(call: Call) -> HTTPResponse:
    """Create a book. Policy: librarian. (book.yaml:38)"""
    return await call.create(
        Book,
        inputs.CREATE,
        policies.librarian,
        returns=reads.CREATE_RESULT,
        location="/library/books/{record.slug}/",
        invariants=rules.INVARIANTS,
        slugs=(Slug("slug", "title"),),
    )


@routes.patch("/library/books/{slug}/", "book.update", spec="book.yaml:39")
async def update(call: Call) -> HTTPResponse:
    """Change a book. Policy: librarian. (book.yaml:39)"""
    return await call.update(
        Book,
        inputs.UPDATE,
        policies.librarian,
        record=reads.UPDATE_RECORD,
        returns=reads.UPDATE_RESULT,
        invariants=rules.INVARIANTS,
    )


@routes.put("/library/books/{slug}/", "book.replace", spec="book.yaml:39")
async def replace(call: Call) -> HTTPResponse:
    """Replace a book. Policy: librarian. (book.yaml:39)"""
    return await call.update(
        Book,
        inputs.REPLACE,
        policies.librarian,
        record=reads.UPDATE_RECORD,
        returns=reads.UPDATE_RESULT,
        invariants=rules.INVARIANTS,
    )


@routes.post("/library/books/{slug}/borrow/", "book.borrow", spec="book.yaml:41")
async def borrow(call: Call) -> HTTPResponse:
    """Borrow. Policy: authenticated. (book.yaml:41)"""
    await call.expect(policies.authenticated)
    body = await call.body(inputs.BORROW)

    async def work(ctx: Context) -> inputs.Borrow201 | inputs.Borrow200:
        return await hooks.borrow(ctx, await ctx.record(Book, reads.BORROW_RECORD), body)

    return await call.action(
        work,
        statuses={inputs.Borrow201: 201, inputs.Borrow200: 200},
        errors=frozenset({"LENT"}),
        shows={inputs.Borrow201: reads.BORROW_RESULT_201, inputs.Borrow200: reads.BORROW_RESULT_200},
    )


@routes.post("/library/books/{slug}/give_back/", "book.give_back", spec="book.yaml:53")
async def give_back(call: Call) -> HTTPResponse:
    """Give back. Policy: reader. Tracks: opening. (book.yaml:53)"""
    await call.expect(policies.book_reader)

    async def work(ctx: Context) -> shared.Receipt:
        record = await ctx.record(Book, reads.GIVE_BACK_RECORD)
        ctx.track("book.opening", record.id)
        return await hooks.give_back(ctx, record)

    return await call.action(work, statuses={shared.Receipt: 200}, errors=frozenset({"LENT"}))


@routes.post("/library/books/order/", "book.order", idempotency=True, spec="book.yaml:63")
async def order(call: Call) -> HTTPResponse:
    """Order. Policy: authenticated. (book.yaml:63)"""
    await call.authorize(policies.authenticated)
    body = await call.body(inputs.ORDER)

    async def work(ctx: Context) -> inputs.Order201:
        return await hooks.order(ctx, body)

    return await call.action(work, statuses={inputs.Order201: 201}, errors=frozenset({"TOO_LATE", "UNKNOWN_TITLES"}))


@routes.post("/library/books/count_all/", "book.count_all", spec="book.yaml:78")
async def count_all(call: Call) -> HTTPResponse:
    """Count all. Policy: librarian. (book.yaml:78)"""
    await call.authorize(policies.librarian)

    async def work(ctx: Context) -> inputs.CountAll200 | None:
        return await hooks.count_all(ctx)

    return await call.action(work, statuses={inputs.CountAll200: 200, type(None): 204}, transaction=False)
