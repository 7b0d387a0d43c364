"""Signing in: a password for tokens, and a refresh token for new ones. And profile pictures."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

from tortoise.expressions import Q

from generated.actor import Context
from generated.errors import InvalidCredentials, InvalidRefreshToken, NoProfilePicture
from generated.inputs import user as inputs
from generated.inputs.user import RefreshTokenInput, TokenInput, Tokens
from generated.models.refresh_token import RefreshToken
from generated.models.user import User
from hooks.demo.users import demo_users

__all__ = [
    "delete_profile_picture",
    "demo_users",
    "refresh_token",
    "token",
    "update_profile_picture",
    "upload_profile_picture",
]


async def token(ctx: Context, body: TokenInput) -> Tokens:
    """Tokens for a user name or email address and its password; as slow for people who do not exist."""
    named = await ctx.transaction(lambda inner: _named(inner, body.username.strip()))
    user = await _proven(ctx, named, body.password)
    if user is None or not user.is_active:
        raise InvalidCredentials
    signed_in = user.id
    return await ctx.transaction(lambda inner: _sign_in(inner, signed_in))


async def refresh_token(ctx: Context, body: RefreshTokenInput) -> Tokens:
    """New tokens for a refresh token that was not used before."""
    # The refusal is raised outside: what it revokes has to stay revoked.
    tokens = await ctx.transaction(lambda inner: _rotate(inner, body.refresh))
    if tokens is None:
        raise InvalidRefreshToken
    return tokens


async def _named(ctx: Context, name: str) -> list[User]:
    """Whoever has this email address or user name: the name of one may be the address of another, who comes first."""
    found = await User.filter(Q(username=name) | Q(email=name.lower())).using_db(ctx.db)
    return sorted(found, key=lambda user: user.username == name)


async def _proven(ctx: Context, named: list[User], password: str) -> User | None:
    """Whose password it is."""
    if not named:
        await ctx.passwords.check(None, password)
    for user in named:
        if await ctx.passwords.check(user.password, password):
            return user
    return None


async def _sign_in(ctx: Context, user: int) -> Tokens:
    """The first tokens of a new family. What has expired of the user's older ones is swept."""
    await RefreshToken.filter(user_id=user, expires_at__lt=ctx.now()).using_db(ctx.db).delete()
    return await _issue(ctx, user, str(uuid4()))


async def _rotate(ctx: Context, value: str) -> Tokens | None:
    """Use the token up and replace it; None where it is not good (any more)."""
    mine = RefreshToken.filter(hash=ctx.tokens.hashed(value)).using_db(ctx.db)
    fresh = mine.filter(used_at__isnull=True, revoked_at__isnull=True, expires_at__gt=ctx.now())
    # Conditional, so that of two simultaneous uses only one finds the token unused.
    won = await fresh.update(used_at=ctx.now())
    found = await mine.select_related("user").first()
    if found is None:
        return None
    if not won or not found.user.is_active:
        await _revoke(ctx, found.family)
        return None
    return await _issue(ctx, found.user_id, found.family)


async def _revoke(ctx: Context, family: str) -> None:
    """End everything that came from one sign-in: somebody else may have its tokens."""
    live = RefreshToken.filter(family=family, revoked_at__isnull=True)
    await live.using_db(ctx.db).update(revoked_at=ctx.now())


async def _issue(ctx: Context, user: int, family: str) -> Tokens:
    refresh = ctx.tokens.refresh()
    await RefreshToken.create(
        user_id=user,
        hash=refresh.hash,
        family=family,
        expires_at=ctx.now() + timedelta(seconds=ctx.tokens.refresh_seconds),
        using_db=ctx.db,
    )
    return Tokens(access=ctx.tokens.access(user), refresh=refresh.value, expires_in=ctx.tokens.access_seconds)


# --- profile pictures ---------------------------------------------------------------------------


async def upload_profile_picture(
    ctx: Context, user: User, body: inputs.UploadProfilePictureInput
) -> inputs.UploadProfilePicture201:
    """The picture from now on, under either of its names."""
    return inputs.UploadProfilePicture201(profile_picture=await _pictured(ctx, user, body))


async def update_profile_picture(
    ctx: Context, user: User, body: inputs.UpdateProfilePictureInput
) -> inputs.UpdateProfilePicture201:
    """The same."""
    return inputs.UpdateProfilePicture201(profile_picture=await _pictured(ctx, user, body))


async def _pictured(
    ctx: Context, user: User, body: inputs.UploadProfilePictureInput | inputs.UpdateProfilePictureInput
) -> User:
    picture, *_ = filter(None, (body.profile_picture, body.image))  # one of the two is required
    await ctx.replace(user, picture)
    return user


async def delete_profile_picture(ctx: Context, user: User) -> inputs.DeleteProfilePicture200:
    """No picture any more."""
    if user.avatar is None:
        raise NoProfilePicture
    await ctx.clear(user, "avatar")
    return inputs.DeleteProfilePicture200()
