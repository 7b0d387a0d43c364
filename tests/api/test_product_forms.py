"""Products: offers that come as a form."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.api.client import Caller, faults, ok, problem
from tests.api.test_products import path


@pytest.mark.promise("1.04", "1.07", "1.08", "1.09", "3.54")
@pytest.mark.parametrize("multipart", [True, False])
def test_an_offer_may_come_as_a_form(seller: Caller, categories: dict[str, Any], multipart: bool) -> None:
    fields: dict[str, Any] = {
        "name": " Lampe für «Ä» ",
        "description": "Light.",
        "price": "12.5",
        "category": str(categories["Lighting"]["id"]),
        "stock_quantity": "4",
        "weight": "",
        "original_price": "",
        "is_digital": "YES",
        "is_active": "on",
        "colors": ["red", "blue"],
        "tags": json.dumps(["a,b", "c"]),
    }
    made = ok(_post_form(seller, fields, multipart), 201)
    assert (made["name"], made["price"], made["stock_quantity"]) == ("Lampe für «Ä»", "12.50", 4)
    assert (made["weight"], made["original_price"]) == (None, None)
    assert (made["is_digital"], made["is_active"]) == (True, True)
    assert (made["colors"], made["tags"]) == (["red", "blue"], ["a,b", "c"])


def _post_form(seller: Caller, fields: dict[str, Any], multipart: bool) -> Any:
    if not multipart:
        return seller.request("POST", "products/", data=fields)
    parts = [
        (name, (None, text))
        for name, value in fields.items()
        for text in (value if isinstance(value, list) else [value])
    ]
    return seller.request("POST", "products/", files=parts)


@pytest.mark.promise("1.06")
@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("true", True),
        ("False", False),
        ("1", True),
        ("0", False),
        ("Yes", True),
        ("no", False),
        ("ON", True),
        ("off", False),
    ],
)
def test_booleans_in_forms(seller: Caller, product: dict[str, Any], text: str, value: bool) -> None:
    changed = ok(seller.request("PATCH", path(product), data={"is_digital": text}))
    assert changed["is_digital"] is value


@pytest.mark.promise("1.06", "1.46")
def test_all_faults_of_a_form_at_once(seller: Caller) -> None:
    fields = {
        "name": "",
        "price": "x",
        "stock_quantity": "many",
        "is_digital": "maybe",
        "nonsense": "1",
        "category": "x",
    }
    expected = {"name", "price", "stock_quantity", "is_digital", "nonsense", "category", "description"}
    assert faults(seller.request("POST", "products/", data=fields)) == expected


@pytest.mark.promise("1.55", "1.74")
@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("multipart/form-data", b"x"),
        ("multipart/form-data; boundary=abc", b'--abc\r\nContent-Disposition: form-data; name="name"\r\n\r\nx'),
        ("multipart/form-data; boundary=abc", b"nothing of the kind"),
        ("application/x-www-form-urlencoded", b"name=%00"),
        ("application/x-www-form-urlencoded", b"name=%ff%fe"),
        ("application/x-www-form-urlencoded", b"name=%zz"),
    ],
)
def test_a_broken_form_is_refused(seller: Caller, content_type: str, body: bytes) -> None:
    answer = seller.request("POST", "products/", content=body, headers={"Content-Type": content_type})
    problem(answer, 400, "INVALID_INPUT")
    assert ok(seller.get("products/my_products/")) == []
