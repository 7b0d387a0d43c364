# Generated from spec/product_metrics.yaml by `agora build`; do not edit.
"""The operations of ProductMetrics."""

from __future__ import annotations

from sanic.response import HTTPResponse

from generated import policies
from generated.reads import product_metrics as reads
from runtime.application import Routes
from runtime.call import Call

routes = Routes("product_metrics")


@routes.get("/api/marketplace/metrics/", "product_metrics.list", spec="product_metrics.yaml:52")
async def list_(call: Call) -> HTTPResponse:
    """What became of the caller's products. Policy: merchant. (product_metrics.yaml:52)"""
    return await call.list(reads.LIST, policies.merchant)


@routes.get(
    "/api/marketplace/metrics/{id}/",
    "product_metrics.retrieve",
    parameters={"id": "id"},
    spec="product_metrics.yaml:53",
)
async def retrieve(call: Call) -> HTTPResponse:
    """What became of a product. Policy: merchant. (product_metrics.yaml:53)"""
    return await call.retrieve(reads.RETRIEVE, policies.merchant)
