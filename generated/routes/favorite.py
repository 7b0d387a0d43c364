# Generated from spec/favorite.yaml by `agora build`; do not edit.
"""The operations of Favorite."""

from __future__ import annotations

from sanic.response import HTTPResponse

from generated import policies
from generated.reads import favorite as reads
from runtime.application import Routes
from runtime.call import Call

routes = Routes("favorite")


@routes.get("/api/marketplace/products/favorites/", "favorite.list", spec="favorite.yaml:25")
async def list_(call: Call) -> HTTPResponse:
    """List favorites. Policy: authenticated. (favorite.yaml:25)"""
    return await call.list(reads.LIST, policies.authenticated)
