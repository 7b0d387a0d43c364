# Generated from spec/category.yaml by `agora build`; do not edit.
"""The operations of Category."""

from __future__ import annotations

from sanic.response import HTTPResponse

from generated import policies
from generated.reads import category as reads
from runtime.application import Routes
from runtime.call import Call

routes = Routes("category")


@routes.get("/api/marketplace/categories/", "category.list", spec="category.yaml:33")
async def list_(call: Call) -> HTTPResponse:
    """List categories. Policy: public. (category.yaml:33)"""
    return await call.list(reads.LIST, policies.public)


@routes.get("/api/marketplace/categories/{slug}/", "category.retrieve", spec="category.yaml:34")
async def retrieve(call: Call) -> HTTPResponse:
    """Retrieve a category. Policy: public. (category.yaml:34)"""
    return await call.retrieve(reads.RETRIEVE, policies.public)


@routes.get("/api/marketplace/categories/{slug}/products/", "category.products", spec="category.yaml:35")
async def products(call: Call) -> HTTPResponse:
    """Active products of a category. Policy: public. Tracks: category_view. (category.yaml:35)"""
    return await call.list(reads.PRODUCTS, policies.public, tracks="category.category_view")
