# Generated from spec/review.yaml by `agora build`; do not edit.
"""The operations of Review."""

from __future__ import annotations

from sanic.response import HTTPResponse

from generated import policies
from generated.inputs import review as inputs
from generated.models.review import Review
from generated.reads import review as reads
from runtime.application import Routes
from runtime.call import ACTOR, PARENT, Call

routes = Routes("review")


@routes.get("/api/marketplace/products/{slug}/reviews/", "review.list", spec="review.yaml:45")
async def list_(call: Call) -> HTTPResponse:
    """List reviews. Policy: public. (review.yaml:45)"""
    return await call.list(reads.LIST, policies.public)


@routes.post("/api/marketplace/products/{slug}/reviews/", "review.create", spec="review.yaml:46")
async def create(call: Call) -> HTTPResponse:
    """Create a review. Policy: not_own_product. (review.yaml:46)"""
    return await call.create(
        Review,
        inputs.CREATE,
        policies.review_not_own_product,
        sets={"reviewer_id": ACTOR, "product_id": PARENT},
        guard=reads.CREATE_GUARD,
        returns=reads.CREATE_RESULT,
        location="/api/marketplace/products/{slug}/reviews/{record.id}/",
    )


@routes.post("/api/marketplace/products/{slug}/add_review/", "review.add_review", spec="review.yaml:47")
async def add_review(call: Call) -> HTTPResponse:
    """Review a product. Policy: not_own_product. (review.yaml:47)"""
    return await call.create(
        Review,
        inputs.ADD_REVIEW,
        policies.review_not_own_product,
        sets={"reviewer_id": ACTOR, "product_id": PARENT},
        guard=reads.ADD_REVIEW_GUARD,
        returns=reads.ADD_REVIEW_RESULT,
        location="/api/marketplace/products/{slug}/reviews/{record.id}/",
    )


@routes.get(
    "/api/marketplace/products/{slug}/reviews/{id}/", "review.retrieve", parameters={"id": "id"}, spec="review.yaml:55"
)
async def retrieve(call: Call) -> HTTPResponse:
    """Retrieve a review. Policy: public. (review.yaml:55)"""
    return await call.retrieve(reads.RETRIEVE, policies.public)


@routes.patch(
    "/api/marketplace/products/{slug}/reviews/{id}/", "review.update", parameters={"id": "id"}, spec="review.yaml:56"
)
async def update(call: Call) -> HTTPResponse:
    """Change a review. Policy: author. (review.yaml:56)"""
    return await call.update(
        Review, inputs.UPDATE, policies.review_author, record=reads.UPDATE_RECORD, returns=reads.UPDATE_RESULT
    )


@routes.put(
    "/api/marketplace/products/{slug}/reviews/{id}/", "review.replace", parameters={"id": "id"}, spec="review.yaml:56"
)
async def replace(call: Call) -> HTTPResponse:
    """Replace a review. Policy: author. (review.yaml:56)"""
    return await call.update(
        Review, inputs.REPLACE, policies.review_author, record=reads.UPDATE_RECORD, returns=reads.UPDATE_RESULT
    )


@routes.delete(
    "/api/marketplace/products/{slug}/reviews/{id}/", "review.delete", parameters={"id": "id"}, spec="review.yaml:57"
)
async def delete(call: Call) -> HTTPResponse:
    """Delete a review. Policy: author_or_admin. (review.yaml:57)"""
    return await call.delete(
        Review, policies.review_author_or_admin, record=reads.DELETE_RECORD, soft={"is_active": False}
    )
