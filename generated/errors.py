# Generated from spec/ by `agora build`; do not edit.
"""The errors that the specs declare. A hook raises those of its own action."""

from __future__ import annotations

from generated.inputs import _shared as shared
from runtime.errors import Problem


class CartAddItemInsufficientStock(Problem):
    """409 INSUFFICIENT_STOCK: Not enough is in stock."""

    def __init__(self, *, available_stock: int, requested_quantity: int, current_in_cart: int) -> None:
        super().__init__(
            409,
            "INSUFFICIENT_STOCK",
            "Not enough is in stock.",
            members={
                "available_stock": available_stock,
                "requested_quantity": requested_quantity,
                "current_in_cart": current_in_cart,
            },
        )


class CartCheckoutInsufficientStock(Problem):
    """409 INSUFFICIENT_STOCK: Not enough is in stock."""

    def __init__(self, *, lines: list[shared.ShortLine]) -> None:
        super().__init__(409, "INSUFFICIENT_STOCK", "Not enough is in stock.", members={"lines": lines})


class CartEmpty(Problem):
    """409 CART_EMPTY: There is nothing in your cart."""

    def __init__(self) -> None:
        super().__init__(409, "CART_EMPTY", "There is nothing in your cart.")


class CartUpdateItemInsufficientStock(Problem):
    """409 INSUFFICIENT_STOCK: Not enough is in stock."""

    def __init__(self, *, available_stock: int, requested_quantity: int, current_in_cart: int) -> None:
        super().__init__(
            409,
            "INSUFFICIENT_STOCK",
            "Not enough is in stock.",
            members={
                "available_stock": available_stock,
                "requested_quantity": requested_quantity,
                "current_in_cart": current_in_cart,
            },
        )


class ImageNotFound(Problem):
    """404 IMAGE_NOT_FOUND: This product has no image with this key."""

    def __init__(self) -> None:
        super().__init__(404, "IMAGE_NOT_FOUND", "This product has no image with this key.")


class InvalidCredentials(Problem):
    """401 INVALID_CREDENTIALS: The user name or password is wrong."""

    def __init__(self) -> None:
        super().__init__(401, "INVALID_CREDENTIALS", "The user name or password is wrong.")


class InvalidRefreshToken(Problem):
    """401 INVALID_REFRESH_TOKEN: The refresh token is unknown, expired or was used before."""

    def __init__(self) -> None:
        super().__init__(401, "INVALID_REFRESH_TOKEN", "The refresh token is unknown, expired or was used before.")


class ItemNotFound(Problem):
    """404 ITEM_NOT_FOUND: There is no such item in your cart."""

    def __init__(self) -> None:
        super().__init__(404, "ITEM_NOT_FOUND", "There is no such item in your cart.")


class NoProfilePicture(Problem):
    """404 NO_PROFILE_PICTURE: There is no profile picture."""

    def __init__(self) -> None:
        super().__init__(404, "NO_PROFILE_PICTURE", "There is no profile picture.")


class OrderCreateInsufficientStock(Problem):
    """409 INSUFFICIENT_STOCK: Not enough is in stock."""

    def __init__(self, *, lines: list[shared.ShortLine]) -> None:
        super().__init__(409, "INSUFFICIENT_STOCK", "Not enough is in stock.", members={"lines": lines})


class OutOfStock(Problem):
    """409 OUT_OF_STOCK: The product is out of stock."""

    def __init__(self) -> None:
        super().__init__(409, "OUT_OF_STOCK", "The product is out of stock.")


class OwnProduct(Problem):
    """409 OWN_PRODUCT: Sellers cannot buy their own products."""

    def __init__(self) -> None:
        super().__init__(409, "OWN_PRODUCT", "Sellers cannot buy their own products.")


class ProductNotFound(Problem):
    """404 PRODUCT_NOT_FOUND: A product does not exist, or is not offered any more."""

    def __init__(self) -> None:
        super().__init__(404, "PRODUCT_NOT_FOUND", "A product does not exist, or is not offered any more.")
