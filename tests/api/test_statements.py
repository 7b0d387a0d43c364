"""Every read is one statement: whoever asks, and however much is shown."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.api.client import Caller, ok, sign_in, statements
from tests.api.conftest import DEMO_PASSWORD

DOCUMENT = json.loads((Path(__file__).parents[2] / "generated" / "openapi.json").read_text())


def reads() -> Iterator[tuple[str, bool]]:
    """The path of every GET, and whether it is a list."""
    for path, item in DOCUMENT["paths"].items():
        if "get" in item:
            parameters = {each["name"] for each in item["get"].get("parameters", ())}
            yield f"{path}/", "page_size" in parameters


@pytest.fixture(scope="module")
def values(nobody: Caller) -> dict[str, dict[str, str]]:
    """What the parameters of paths may be, by the beginning of the path."""
    product = ok(nobody.get("products/", ordering="-average_rating", page_size=1))[0]
    review = ok(nobody.get(f"products/{product['slug']}/reviews/"))[0]
    admin = sign_in(nobody, "admin", DEMO_PASSWORD)
    return {
        "/api/marketplace/cart/": {},
        "/api/marketplace/orders/": {"id": ok(admin.get("orders/", page_size=1))[0]["id"]},
        "/api/marketplace/metrics/": {
            "id": str(ok(admin.get("metrics/", page_size=1))[0]["id"]),
            "product_slug": product["slug"],
        },
        "/api/marketplace/products/": {"slug": product["slug"], "id": str(review["id"])},
        "/api/marketplace/categories/": {"slug": "lighting"},
        "/api/marketplace/sellers/": {"seller_id": str(product["seller"]["id"])},
        "/api/marketplace/profiles/": {},
        "/api/auth/": {},
    }


@pytest.mark.promise("3.06", "3.67")
@pytest.mark.parametrize("who", ["nobody", "buyer", "seller", "admin"])
@pytest.mark.parametrize(("path", "is_list"), list(reads()))
def test_one_statement(nobody: Caller, values: Any, who: str, path: str, is_list: bool) -> None:
    names = {"buyer": "alice", "seller": "sofia", "admin": "admin"}
    caller = nobody if who == "nobody" else sign_in(nobody, names[who], DEMO_PASSWORD)
    url = path.format(**next(named for prefix, named in values.items() if path.startswith(prefix)))
    if path.endswith("/cart/"):
        caller.get(url)  # it is made at the first look
    queries: list[dict[str, Any]] = [{}]
    if is_list:
        queries = [{"page_size": 1}, {"page_size": 100}, {"page": 2, "count": "exact"}, {"ordering": "-created_at"}]
    if "products" in path and is_list:
        queries += [{"search": "oak", "category": "home-kitchen", "min_rating": "1", "tags": "gift", "brand": "stille"}]
    for query in queries:
        answer = caller.get(url, **query)
        refused = answer.status_code in (400, 401, 403, 404)
        assert answer.status_code == 200 or refused, answer.text
        assert statements(answer) == (0 if answer.status_code in (400, 401) else 1), (url, query)


@pytest.mark.parametrize("path", ["products/nothing/", "categories/nothing/", "sellers/999999/", "products/x/reviews/"])
def test_what_is_not_there_takes_one_too(nobody: Caller, path: str) -> None:
    answer = nobody.get(path)
    assert answer.status_code == 404
    assert statements(answer) == 1


def test_an_unchanged_answer_takes_one(nobody: Caller) -> None:
    tag = nobody.get("products/").headers["etag"]
    answer = nobody.request("GET", "products/", headers={"If-None-Match": tag})
    assert (answer.status_code, statements(answer)) == (304, 1)
