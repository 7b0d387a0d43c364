# Generated from spec/settings.yaml by `agora build`; do not edit.
"""The operations of Settings."""

from __future__ import annotations

from sanic.response import HTTPResponse

from generated import policies
from generated.actor import Context
from generated.inputs import settings as inputs
from generated.models.settings import Settings
from generated.models.ticket import Ticket
from generated.reads import settings as reads
from hooks import settings as hooks
from runtime.application import Routes
from runtime.call import Call, Single

routes = Routes("settings")


@routes.get("/desk/settings/", "settings.retrieve", spec="settings.yaml:15")
async def retrieve(call: Call) -> HTTPResponse:
    """Retrieve the caller's settings. Policy: authenticated. (settings.yaml:15)"""
    return await call.retrieve(reads.RETRIEVE, policies.authenticated, single=Single(Settings, "member_id"))


@routes.patch("/desk/settings/", "settings.update", spec="settings.yaml:16")
async def update(call: Call) -> HTTPResponse:
    """Change the caller's settings. Policy: authenticated. (settings.yaml:16)"""
    return await call.update(
        Settings,
        inputs.UPDATE,
        policies.authenticated,
        record=reads.UPDATE_RECORD,
        returns=reads.UPDATE_RESULT,
        single=Single(Settings, "member_id"),
    )


@routes.post("/desk/settings/complain/", "settings.complain", spec="settings.yaml:17")
async def complain(call: Call) -> HTTPResponse:
    """Open a ticket about the desk. Policy: authenticated. (settings.yaml:17)"""
    await call.expect(policies.authenticated)

    async def work(ctx: Context) -> Ticket:
        return await hooks.complain(
            ctx, await ctx.record(Settings, reads.COMPLAIN_RECORD, single=Single(Settings, "member_id"))
        )

    return await call.action(
        work, statuses={Ticket: 201}, shows={Ticket: reads.COMPLAIN_RESULT}, location="/desk/tickets/{record.id}/"
    )
