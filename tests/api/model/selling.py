"""What requests to the catalogue and the carts do in the model, or why they are refused."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from tests.api.model.market import (
    MOST_IN_CART,
    CartLine,
    Market,
    Person,
    Product,
    Refusal,
    Review,
    known,
    merchant,
    seen,
)

# --- the catalogue ----------------------------------------------------------------------------


def offer(market: Market, who: Person | None, name: str, price: Decimal, stock: int, active: bool) -> Product:
    """A seller offers something new."""
    product = Product(merchant(who), name, price, stock, active)
    market.products.append(product)
    return product


def change(who: Person | None, product: Product, **values: Any) -> Product:
    """Its seller says something else of a product."""
    _owned(who, product)
    if "stock_quantity" in values:
        product.supply += values["stock_quantity"] - product.stock
        product.stock = values["stock_quantity"]
    product.price = values.get("price", product.price)
    product.active = values.get("is_active", product.active)
    return product


def look(who: Person | None, product: Product) -> Product:
    """Somebody looks at a product."""
    seen(who, product).views.update({who} - {product.seller})
    return product


def click(who: Person | None, product: Product) -> dict[str, Any]:
    """Somebody clicks on a product."""
    seen(who, product).clicks.update({who} - {product.seller})
    return {"clicked": True}


def favorite(market: Market, who: Person | None, product: Product) -> dict[str, Any]:
    """Somebody makes a product a favourite, or no longer one."""
    mine = (known(who), seen(who, product))
    if mine in market.favorites:
        market.favorites.remove(mine)
    else:
        market.favorites.append(mine)
    return {"favorited": mine in market.favorites}


def review(market: Market, who: Person | None, product: Product, rating: int) -> Review:
    """Somebody says what they think of a product, once and for all."""
    made = Review(seen(known(who), product), known(who), rating)
    if who is product.seller:
        raise Refusal(403, "FORBIDDEN")
    if any(each.product is product and each.author is who for each in market.reviews):
        raise Refusal(409, "ALREADY_REVIEWED")
    market.reviews.append(made)
    return made


def edit_review(who: Person | None, said: Review, rating: int) -> Review:
    """The author thinks otherwise now."""
    if _readable(who, said).author is not who:
        raise Refusal(403, "FORBIDDEN")
    said.rating = rating
    return said


def delete_review(who: Person | None, said: Review) -> None:
    """The author or an administrator takes a review away."""
    if who is not _readable(who, said).author and known(who).role != "admin":
        raise Refusal(403, "FORBIDDEN")
    said.deleted = True


def _owned(who: Person | None, product: Product) -> None:
    seen(known(who), product)
    if who is not product.seller and known(who).role != "admin":
        raise Refusal(403, "FORBIDDEN")


def _readable(who: Person | None, said: Review) -> Review:
    seen(known(who), said.product)
    if said.deleted:
        raise Refusal(404, "NOT_FOUND")
    return said


# --- carts ------------------------------------------------------------------------------------


def add_item(market: Market, who: Person | None, product: Product | None, quantity: int) -> tuple[CartLine, bool]:
    """Put a product into a cart; the line, and whether it is new."""
    owner = known(who)
    if product is None or not product.active:
        raise Refusal(404, "PRODUCT_NOT_FOUND")
    if product.seller is owner:
        raise Refusal(409, "OWN_PRODUCT")
    if product.stock == 0:
        raise Refusal(409, "OUT_OF_STOCK")
    line = next((each for each in market.cart(owner) if each.product is product), None)
    held = line.quantity if line else 0
    if held + quantity > product.stock:
        raise _short(product, quantity, held)
    if held + quantity > MOST_IN_CART:
        raise Refusal(409, "CONFLICT")
    product.additions.add(owner)
    if line is None:
        market.lines.append(line := CartLine(owner, product, 0))
    line.quantity += quantity
    return line, held == 0


def update_item(market: Market, who: Person | None, line: CartLine, quantity: int) -> CartLine | None:
    """Have just so many of something in a cart; None where that is nothing."""
    _held(market, who, line)
    if quantity <= 0:
        market.lines.remove(line)
        return None
    if quantity > line.product.stock:
        raise _short(line.product, quantity, line.quantity)
    line.quantity = quantity
    return line


def remove_item(market: Market, who: Person | None, line: CartLine) -> dict[str, Any]:
    """Take something out of a cart."""
    market.lines.remove(_held(market, who, line))
    return {"success": True}


def clear(market: Market, who: Person | None) -> dict[str, Any]:
    """Take everything out of a cart."""
    gone = market.cart(known(who))
    market.lines = [each for each in market.lines if each not in gone]
    return {"success": True, "removed_count": len(gone)}


def echo(market: Market, who: Person | None, line: CartLine, status: str) -> dict[str, Any]:
    """Hear a status again."""
    held = _held(market, who, line)
    return {
        "item": {"id": line.id, "product_name": held.product.name, "quantity": held.quantity, "status": status},
    }


def validate_stock(market: Market, who: Person | None) -> dict[str, Any]:
    """What of a cart could be bought now."""
    checked = [(line, line.product.stock if line.product.active else 0) for line in market.cart(known(who))]
    valid = [line.product.active and line.quantity <= left for line, left in checked]
    return {
        "cart_valid": all(valid),
        "total_items": len(valid),
        "valid_items": sum(valid),
        "invalid_items": len(valid) - sum(valid),
        "items": [
            {
                "item_id": line.id,
                "product_id": line.product.id,
                "product_name": line.product.name,
                "requested_quantity": line.quantity,
                "available_stock": left,
                "is_valid": fine,
            }
            for (line, left), fine in zip(checked, valid, strict=True)
        ],
    }


def _held(market: Market, who: Person | None, line: CartLine) -> CartLine:
    if line not in market.cart(known(who)):
        raise Refusal(404, "ITEM_NOT_FOUND")
    return line


def _short(product: Product, wanted: int, held: int) -> Refusal:
    tells = {"available_stock": product.stock, "requested_quantity": wanted, "current_in_cart": held}
    return Refusal(409, "INSUFFICIENT_STOCK", **tells)
