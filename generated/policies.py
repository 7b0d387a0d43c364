# Generated from spec/ by `agora build`; do not edit.
"""The policies. A check is the part of a policy that needs no record, and so runs before anything is read; the
part about a record is in the `allowed` of each read.
"""

from __future__ import annotations

from generated.actor import Actor
from runtime.application import Policy

public = Policy("public")
authenticated = Policy("authenticated", needs_actor=True)


def _admin(actor: Actor | None) -> bool:
    """actor.role == admin (_shared.yaml:33)"""
    return actor is not None and actor.role == "admin"


admin = Policy("admin", needs_actor=True, check=_admin)


def _merchant(actor: Actor | None) -> bool:
    """actor.role in [seller, admin] (_shared.yaml:34)"""
    return actor is not None and actor.role in ("seller", "admin")


merchant = Policy("merchant", needs_actor=True, check=_merchant)


order_party = Policy("order_party", needs_actor=True)
"""buyer == actor or sold_by_actor or actor.role == admin (order.yaml:61)"""


order_buying = Policy("order_buying", needs_actor=True)
"""buyer == actor or actor.role == admin (order.yaml:62)"""


order_selling = Policy("order_selling", needs_actor=True)
"""sold_by_actor or actor.role == admin (order.yaml:63)"""


product_owner = Policy("product_owner", needs_actor=True)
"""seller == actor or actor.role == admin (product.yaml:70)"""


product_image_product_owner = Policy("product_image_product_owner", needs_actor=True)
"""product.seller == actor or actor.role == admin (product_image.yaml:43)"""


review_not_own_product = Policy("review_not_own_product", needs_actor=True)
"""actor is not null and product.seller != actor (review.yaml:31)"""


review_author = Policy("review_author", needs_actor=True)
"""reviewer == actor (review.yaml:32)"""


review_author_or_admin = Policy("review_author_or_admin", needs_actor=True)
"""reviewer == actor or actor.role == admin (review.yaml:33)"""
