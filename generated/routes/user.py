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


@routes.post("/api/auth/register/", "user.register", spec="user.yaml:99")
async def register(call: Call) -> HTTPResponse:
    """Open an account. Policy: public. (user.yaml:99)"""
    return await call.create(User, inputs.REGISTER, policies.public, returns=reads.REGISTER_RESULT)


@routes.post("/api/auth/token/", "user.token", spec="user.yaml:108")
async def token(call: Call) -> HTTPResponse:
    """Exchange a user name (or email address) and password for tokens. Policy: public. (user.yaml:108)"""
    await call.authorize(policies.public)
    body = await call.body(inputs.TOKEN)

    async def work(ctx: Context) -> inputs.Tokens:
        return await hooks.token(ctx, body)

    return await call.action(
        work, statuses={inputs.Tokens: 200}, errors=frozenset({"INVALID_CREDENTIALS"}), transaction=False
    )


@routes.post("/api/auth/token/refresh/", "user.refresh_token", spec="user.yaml:124")
async def refresh_token(call: Call) -> HTTPResponse:
    """Exchange a refresh token for new tokens. Policy: public. (user.yaml:124)"""
    await call.authorize(policies.public)
    body = await call.body(inputs.REFRESH_TOKEN)

    async def work(ctx: Context) -> inputs.Tokens:
        return await hooks.refresh_token(ctx, body)

    return await call.action(
        work, statuses={inputs.Tokens: 200}, errors=frozenset({"INVALID_REFRESH_TOKEN"}), transaction=False
    )


@routes.get("/api/auth/me/", "user.me", spec="user.yaml:139")
async def me(call: Call) -> HTTPResponse:
    """The caller's own account. Policy: authenticated. (user.yaml:139)"""
    return await call.retrieve(reads.ME, policies.authenticated)


@routes.patch("/api/auth/me/", "user.update_me", spec="user.yaml:148")
async def update_me(call: Call) -> HTTPResponse:
    """Change the caller's own account. Policy: authenticated. (user.yaml:148)"""
    return await call.update(
        User, inputs.UPDATE_ME, policies.authenticated, record=reads.UPDATE_ME_RECORD, returns=reads.UPDATE_ME_RESULT
    )


@routes.get("/api/marketplace/profiles/profile_picture/", "user.profile_picture", spec="user.yaml:159")
async def profile_picture(call: Call) -> HTTPResponse:
    """The caller's profile picture. Policy: authenticated. (user.yaml:159)"""
    return await call.retrieve(reads.PROFILE_PICTURE, policies.authenticated)


@routes.post(
    "/api/marketplace/profiles/upload_profile_picture/", "user.upload_profile_picture", form=True, spec="user.yaml:168"
)
async def upload_profile_picture(call: Call) -> HTTPResponse:
    """Upload the caller's profile picture, in the place of the one before. Policy: authenticated. (user.yaml:168)"""
    await call.expect(policies.authenticated)
    body = await call.body(inputs.UPLOAD_PROFILE_PICTURE)
    await call.take_files(reads.UPLOAD_PROFILE_PICTURE_RECORD)

    async def work(ctx: Context) -> inputs.UploadProfilePicture201:
        return await hooks.upload_profile_picture(
            ctx, await ctx.record(User, reads.UPLOAD_PROFILE_PICTURE_RECORD), body
        )

    return await call.action(
        work,
        statuses={inputs.UploadProfilePicture201: 201},
        shows={
            inputs.UploadProfilePicture201: {"profile_picture": reads.UPLOAD_PROFILE_PICTURE_RESULT_PROFILE_PICTURE}
        },
    )


@routes.patch(
    "/api/marketplace/profiles/update_profile_picture/", "user.update_profile_picture", form=True, spec="user.yaml:184"
)
async def update_profile_picture(call: Call) -> HTTPResponse:
    """Upload the caller's profile picture, in the place of the one before. Policy: authenticated. (user.yaml:184)"""
    await call.expect(policies.authenticated)
    body = await call.body(inputs.UPDATE_PROFILE_PICTURE)
    await call.take_files(reads.UPDATE_PROFILE_PICTURE_RECORD)

    async def work(ctx: Context) -> inputs.UpdateProfilePicture201:
        return await hooks.update_profile_picture(
            ctx, await ctx.record(User, reads.UPDATE_PROFILE_PICTURE_RECORD), body
        )

    return await call.action(
        work,
        statuses={inputs.UpdateProfilePicture201: 201},
        shows={
            inputs.UpdateProfilePicture201: {"profile_picture": reads.UPDATE_PROFILE_PICTURE_RESULT_PROFILE_PICTURE}
        },
    )


@routes.delete("/api/marketplace/profiles/delete_profile_picture/", "user.delete_profile_picture", spec="user.yaml:201")
async def delete_profile_picture(call: Call) -> HTTPResponse:
    """Delete the caller's profile picture. Policy: authenticated. (user.yaml:201)"""
    await call.expect(policies.authenticated)
    await call.needs_storage(reads.DELETE_PROFILE_PICTURE_RECORD)

    async def work(ctx: Context) -> inputs.DeleteProfilePicture200:
        return await hooks.delete_profile_picture(ctx, await ctx.record(User, reads.DELETE_PROFILE_PICTURE_RECORD))

    return await call.action(
        work, statuses={inputs.DeleteProfilePicture200: 200}, errors=frozenset({"NO_PROFILE_PICTURE"})
    )


@routes.get(
    "/api/marketplace/sellers/{seller_id}/", "user.seller", parameters={"seller_id": "id"}, spec="user.yaml:217"
)
async def seller(call: Call) -> HTTPResponse:
    """A seller's public page. Policy: public. (user.yaml:217)"""
    return await call.retrieve(reads.SELLER, policies.public)


@routes.get("/api/marketplace/metrics/dashboard_metrics/", "user.dashboard_metrics", spec="user.yaml:225")
async def dashboard_metrics(call: Call) -> HTTPResponse:
    """What became of the caller's products altogether. Policy: merchant. (user.yaml:225)"""
    return await call.retrieve(reads.DASHBOARD_METRICS, policies.merchant)
