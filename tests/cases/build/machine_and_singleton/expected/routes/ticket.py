# Generated from spec/ticket.yaml by `agora build`; do not edit.
"""The operations of Ticket."""

from __future__ import annotations

from sanic.response import HTTPResponse

from generated import policies
from generated.actor import Context
from generated.inputs import ticket as inputs
from generated.machines import ticket as machines
from generated.models.ticket import Ticket
from generated.reads import ticket as reads
from hooks import ticket as hooks
from runtime.application import Routes
from runtime.call import ACTOR, AFTER, BEFORE, Call

routes = Routes("ticket")


@routes.get("/desk/tickets/", "ticket.list", spec="ticket.yaml:38")
async def list_(call: Call) -> HTTPResponse:
    """List tickets. Policy: authenticated. (ticket.yaml:38)"""
    return await call.list(reads.LIST, policies.authenticated)


@routes.get("/desk/tickets/{id}/", "ticket.retrieve", parameters={"id": "id"}, spec="ticket.yaml:39")
async def retrieve(call: Call) -> HTTPResponse:
    """Retrieve a ticket. Policy: authenticated. (ticket.yaml:39)"""
    return await call.retrieve(reads.RETRIEVE, policies.authenticated)


@routes.post("/desk/tickets/", "ticket.create", spec="ticket.yaml:40")
async def create(call: Call) -> HTTPResponse:
    """Create a ticket. Policy: authenticated. (ticket.yaml:40)"""
    return await call.create(
        Ticket,
        inputs.CREATE,
        policies.authenticated,
        sets={"author_id": ACTOR},
        returns=reads.CREATE_RESULT,
        location="/desk/tickets/{record.id}/",
        effect=hooks.welcome,
    )


@routes.delete("/desk/tickets/{id}/", "ticket.delete", parameters={"id": "id"}, spec="ticket.yaml:41")
async def delete(call: Call) -> HTTPResponse:
    """Delete a ticket. Policy: staff. (ticket.yaml:41)"""
    return await call.delete(Ticket, policies.staff, record=reads.DELETE_RECORD)


@routes.put("/desk/tickets/{id}/stage/", "ticket.stage", parameters={"id": "id"}, spec="ticket.yaml:42")
async def stage(call: Call) -> HTTPResponse:
    """Take a ticket to another stage. Policy: authenticated. (ticket.yaml:42)"""
    return await call.transition(
        machines.MACHINE,
        Ticket,
        policies.authenticated,
        record=reads.STAGE_RECORD,
        input=inputs.STAGE,
        returns=reads.STAGE_RESULT,
    )


@routes.post("/desk/tickets/{id}/solve/", "ticket.solve", parameters={"id": "id"}, spec="ticket.yaml:43")
async def solve(call: Call) -> HTTPResponse:
    """Solve. Policy: authenticated. (ticket.yaml:43)"""
    return await call.transition(
        machines.MACHINE,
        Ticket,
        policies.authenticated,
        record=reads.SOLVE_RECORD,
        input=inputs.SOLVE,
        by=machines.SOLVE,
        answer={"ticket": reads.SOLVE_RESULT_TICKET, "was": BEFORE, "is": AFTER, "thanks": "Done."},
    )


@routes.post("/desk/tickets/{id}/give_up/", "ticket.give_up", parameters={"id": "id"}, spec="ticket.yaml:47")
async def give_up(call: Call) -> HTTPResponse:
    """Give up. Policy: authenticated. (ticket.yaml:47)"""
    await call.expect(policies.authenticated)

    async def work(ctx: Context) -> inputs.GiveUp200:
        return await hooks.give_up(ctx, await ctx.record(Ticket, reads.GIVE_UP_RECORD))

    return await call.action(
        work, statuses={inputs.GiveUp200: 200}, shows={inputs.GiveUp200: {"ticket": reads.GIVE_UP_RESULT_TICKET}}
    )
