"""What answers must show of the model: the members that it knows, as a client reads them."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from tests.api.model.agreement import Average, Stamp
from tests.api.model.market import CartLine, Market, Order, OrderLine, Person, Product, Review, can_see

Shown = dict[str, Any]


def card(who: Person) -> Shown:
    """Who somebody is."""
    return {"id": who.id, "username": who.username}


# --- the catalogue ----------------------------------------------------------------------------


def product(market: Market, who: Person | None, shown: Product) -> Shown:
    """A product, in a list or alone."""
    said = [each.rating for each in market.said_of([shown])]
    return {
        "id": shown.id,
        "slug": shown.slug,
        "name": shown.name,
        "seller": card(shown.seller),
        "price": shown.price,
        "stock_quantity": shown.stock,
        "is_active": shown.active,
        "is_in_stock": shown.stock > 0,
        "is_favorited": (who, shown) in market.favorites,
        "favorite_count": sum(each is shown for _, each in market.favorites),
        "review_count": len(said),
        "average_rating": Average(said),
    }


def review(market: Market, shown: Review) -> Shown:
    """A review; it is verified for as long as what was bought counts as delivered."""
    bought = (each for each in market.orders if each.buyer is shown.author and not each.deleted)
    delivered = (each for each in bought if each.status == "delivered")
    return {
        "id": shown.id,
        "reviewer": card(shown.author),
        "rating": shown.rating,
        "is_verified_purchase": any(line.product is shown.product for order in delivered for line in order.lines),
    }


def favorites(market: Market, who: Person) -> list[Shown]:
    """Somebody's favourites, the newest first."""
    mine = [each for person, each in market.favorites if person is who and each.active]
    return [{"product": product(market, who, each)} for each in reversed(mine)]


def seller_page(market: Market, who: Person | None, seller: Person) -> Shown:
    """What everybody sees of a seller."""
    active = [each for each in market.products_of(seller) if each.active]
    said = market.said_of(active)
    delivered = [line.quantity for order, line in market.lines_sold(seller) if order.status == "delivered"]
    return {
        "seller": card(seller) | {"role": seller.role},
        "stats": {
            "total_products": len(active),
            "total_reviews": len(said),
            "average_rating": Average([each.rating for each in said]),
            "total_sales": sum(delivered),
        },
        "products": [product(market, who, each) for each in newest(active, 20)],
        "reviews": [review(market, each) for each in newest(said, 20)],
    }


def newest(things: Iterable[Any], number: int = 100) -> list[Any]:
    """The newest of what is kept oldest first."""
    return list(things)[::-1][:number]


# --- carts ------------------------------------------------------------------------------------


def item(market: Market, line: CartLine) -> Shown:
    """A line of a cart, at the present price; what has become invisible to its owner is not shown there either."""
    return {
        "id": line.id,
        "product": product(market, line.owner, line.product) if can_see(line.owner, line.product) else None,
        "quantity": line.quantity,
        "total_price": line.quantity * line.product.price,
    }


def cart(market: Market, who: Person) -> Shown:
    """Somebody's cart."""
    lines = market.cart(who)
    return {
        "items": [item(market, each) for each in lines],
        "total_items": sum(each.quantity for each in lines),
        "total_amount": sum((each.quantity * each.product.price for each in lines), Decimal(0)),
    }


# --- orders -----------------------------------------------------------------------------------


def order(who: Person, shown: Order) -> Shown:
    """An order as somebody sees it who may."""
    return {
        "id": shown.id,
        "buyer": shown.buyer.id,
        "status": shown.status,
        "payment_status": shown.payment,
        "subtotal": shown.subtotal,
        **shown.amounts,
        "total_amount": shown.total,
        "shipping_address": {"city": shown.city},
        "tracking_number": shown.tracking,
        "shipping_carrier": shown.carrier,
        "carrier_code": shown.code,
        "buyer_notes": shown.notes,
        "admin_notes": shown.admin_notes if who.role == "admin" else None,
        "cancellation_reason": shown.reason,
        "cancelled_by": shown.cancelled_by.id if shown.cancelled_by else None,
        **{
            name: Stamp(name in shown.stamps) for name in ("cancelled_at", "processed_at", "shipped_at", "delivered_at")
        },
        "items": [order_line(each) for each in shown.lines],
        "shipping_info": [part(shown, each) for each in shown.parts],
    }


def order_line(line: OrderLine) -> Shown:
    """A line of an order, as it was when it was bought."""
    return {
        "product": line.product.id,
        "seller": line.product.seller.id,
        "quantity": line.quantity,
        "unit_price": line.price,
        "total_price": line.total,
        "product_name": line.name,
    }


def part(shown: Order, seller: Person) -> Shown:
    """How a seller's part of an order travels."""
    found = shown.parts[seller]
    return {
        "seller": card(seller),
        "tracking_number": found.tracking,
        "shipping_carrier": found.carrier,
        "carrier_code": found.code,
        "shipped_at": Stamp(found.shipped),
        "delivered_at": Stamp(found.delivered),
    }


def sellers_order(who: Person, shown: Order) -> Shown:
    """An order as one of its sellers finds it among those to send: only what is theirs."""
    mine = [each for each in shown.lines if each.product.seller is who]
    parts = [part(shown, who)] if who in shown.parts else []
    return order(who, shown) | {
        "items": [order_line(each) for each in mine],
        "shipping_info": parts,
        "seller_shipping": parts[0] if parts else None,
        "seller_items_count": len(mine),
        "seller_items_total": sum((each.total for each in mine), Decimal(0)),
    }


def tracking(shown: Order) -> Shown:
    """How an order can be followed."""
    found = []
    for seller, each in shown.parts.items():
        lines = [line for line in shown.lines if line.product.seller is seller]
        found.append(
            {
                "seller": card(seller) | {"full_name": ""},
                "tracking_number": each.tracking,
                "shipping_carrier": each.carrier,
                "shipped_at": Stamp(each.shipped),
                "item_count": len(lines),
                "items_total": sum((line.total for line in lines), Decimal(0)),
            }
        )
    return {
        "order_id": shown.id,
        "order_status": shown.status,
        "total_sellers": len(shown.sellers),
        "tracking_information": found,
    }


# --- figures ----------------------------------------------------------------------------------


def figures(market: Market, shown: Product, *, counted: bool = False) -> Shown:
    """What became of a product; with `counted` also what is counted in the background."""
    found: Shown = {
        "product": shown.id,
        "total_favorites": sum(each is shown for _, each in market.favorites),
        "total_sales": shown.sold,
        "total_revenue": shown.revenue,
    }
    if counted:
        views, clicks, additions = len(shown.views), len(shown.clicks), len(shown.additions)
        found |= {"total_views": views, "total_clicks": clicks, "total_cart_additions": additions}
        found |= {
            "view_to_click_rate": rate(clicks, views),
            "click_to_cart_rate": rate(additions, clicks),
            "cart_to_purchase_rate": rate(shown.sold, additions),
        }
    return found


def rate(part_: int, whole: int) -> Decimal:
    """Percent, with two places; nothing of nothing is nothing."""
    return Decimal(0) if whole == 0 else (Decimal(part_) * 100 / whole).quantize(Decimal("0.01"))


def dashboard(market: Market, who: Person) -> Shown:
    """What became of all that somebody offers."""
    mine = market.products_of(who)
    sold, revenue = sum(each.sold for each in mine), sum((each.revenue for each in mine), Decimal(0))
    wished = sum(each in mine for _, each in market.favorites)
    return {
        "product_metrics": {
            "total_favorites": wished,
            "wishlist_adds": wished,
            "total_sales": sold,
            "sales": sold,
            "total_revenue": revenue,
            "revenue": revenue,
        },
        "product_counts": {
            "total_products": len(mine),
            "active_listings": sum(each.active for each in mine),
            "featured_products": 0,
            "total_categories": 1 if mine else 0,
        },
        "recent_orders": recent(market.lines_sold(who)),
    }


def product_page(market: Market, shown: Product) -> Shown:
    """What became of one product."""
    lines = ((order, line) for order, line in market.lines_sold(shown.seller) if line.product is shown)
    return {
        "product_info": {"id": shown.id, "price": shown.price, "stock_quantity": shown.stock},
        "product_metrics": figures(market, shown),
        "recent_orders": recent(lines),
    }


def recent(lines: Iterable[tuple[Order, OrderLine]]) -> list[Shown]:
    """The newest sales; which line of an order comes first is not said."""
    return [
        {"id": order.id, "customer": order.buyer.username, "status": order.status} for order, _ in newest(lines, 10)
    ]
