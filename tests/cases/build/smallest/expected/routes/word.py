# Generated from spec/word.yaml by `agora build`; do not edit.
"""The operations of Word."""

from __future__ import annotations

from sanic.response import HTTPResponse

from generated import policies
from generated.reads import word as reads
from runtime.application import Routes
from runtime.call import Call

routes = Routes("word")


@routes.get("/words/", "word.list", spec="word.yaml:17")
async def list_(call: Call) -> HTTPResponse:
    """List words. Policy: public. (word.yaml:17)"""
    return await call.list(reads.LIST, policies.public)


@routes.get("/words/{id}/", "word.retrieve", parameters={"id": "id"}, spec="word.yaml:18")
async def retrieve(call: Call) -> HTTPResponse:
    """Retrieve a word. Policy: public. (word.yaml:18)"""
    return await call.retrieve(reads.RETRIEVE, policies.public)
