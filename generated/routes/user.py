# Generated from spec/user.yaml by `agora build`; do not edit.
"""The operations of User."""

from __future__ import annotations

from sanic.response import HTTPResponse

from generated import policies
from generated.actor import Context
from generated.inputs import user as inputs
from generated.models.user import User
from generated.reads import user as reads
from hooks import user as hooks
from runtime.application import Routes
from runtime.call import Call

routes = Routes("user")


@routes.post("/api/auth/register/", "user.register", spec="user.yaml:78")
async def register(call: Call) -> HTTPResponse:
    """Open an account. Policy: public. (user.yaml:78)"""
    return await call.create(User, inputs.REGISTER, policies.public, returns=reads.REGISTER_RESULT)


@routes.post("/api/auth/token/", "user.token", spec="user.yaml:87")
async def token(call: Call) -> HTTPResponse:
    """Exchange a user name (or email address) and password for tokens. Policy: public. (user.yaml:87)"""
    await call.authorize(policies.public)
    body = await call.body(inputs.TOKEN)

    async def work(ctx: Context) -> inputs.Tokens:
        return await hooks.token(ctx, body)

    return await call.action(
        work, statuses={inputs.Tokens: 200}, errors=frozenset({"INVALID_CREDENTIALS"}), transaction=False
    )


@routes.post("/api/auth/token/refresh/", "user.refresh_token", spec="user.yaml:103")
async def refresh_token(call: Call) -> HTTPResponse:
    """Exchange a refresh token for new tokens. Policy: public. (user.yaml:103)"""
    await call.authorize(policies.public)
    body = await call.body(inputs.REFRESH_TOKEN)

    async def work(ctx: Context) -> inputs.Tokens:
        return await hooks.refresh_token(ctx, body)

    return await call.action(
        work, statuses={inputs.Tokens: 200}, errors=frozenset({"INVALID_REFRESH_TOKEN"}), transaction=False
    )


@routes.get("/api/auth/me/", "user.me", spec="user.yaml:118")
async def me(call: Call) -> HTTPResponse:
    """The caller's own account. Policy: authenticated. (user.yaml:118)"""
    return await call.retrieve(reads.ME, policies.authenticated)


@routes.patch("/api/auth/me/", "user.update_me", spec="user.yaml:127")
async def update_me(call: Call) -> HTTPResponse:
    """Change the caller's own account. Policy: authenticated. (user.yaml:127)"""
    return await call.update(
        User, inputs.UPDATE_ME, policies.authenticated, record=reads.UPDATE_ME_RECORD, returns=reads.UPDATE_ME_RESULT
    )


@routes.get(
    "/api/marketplace/sellers/{seller_id}/", "user.seller", parameters={"seller_id": "id"}, spec="user.yaml:138"
)
async def seller(call: Call) -> HTTPResponse:
    """A seller's public page. Policy: public. (user.yaml:138)"""
    return await call.retrieve(reads.SELLER, policies.public)


@routes.get("/api/marketplace/metrics/dashboard_metrics/", "user.dashboard_metrics", spec="user.yaml:146")
async def dashboard_metrics(call: Call) -> HTTPResponse:
    """What became of the caller's products altogether. Policy: merchant. (user.yaml:146)"""
    return await call.retrieve(reads.DASHBOARD_METRICS, policies.merchant)
