"""Favourites: a switch per person and product, exact however often it is pressed at once."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from tests.api.client import Caller, at_once, ok, problem, register
from tests.api.conftest import NewProduct

PATH = "products/favorites/"


def switch(product: dict[str, Any]) -> str:
    return f"products/{product['slug']}/favorite/"


@pytest.mark.promise("3.35", "3.62", "3.64")
def test_on_and_off(nobody: Caller, buyer: Caller, seller: Caller, product: dict[str, Any]) -> None:
    for _ in range(2):
        assert ok(buyer.post(switch(product)), 201) == {"favorited": True}
        assert ok(buyer.get(f"products/{product['slug']}/"))["is_favorited"] is True
        (item,) = ok(buyer.get("products/", seller=seller.id))
        assert (item["is_favorited"], item["favorite_count"]) == (True, 1)
        assert ok(nobody.get(f"products/{product['slug']}/"))["is_favorited"] is False
        assert ok(buyer.post(switch(product)), 200) == {"favorited": False}
        detail = ok(buyer.get(f"products/{product['slug']}/"))
        assert (detail["is_favorited"], detail["favorite_count"]) == (False, 0)


@pytest.mark.promise("3.64", "3.66")
def test_everybody_has_their_own(nobody: Caller, product: dict[str, Any]) -> None:
    people = [register(nobody) for _ in range(3)]
    for person in people:
        ok(person.post(switch(product)), 201)
    ok(people[0].post(switch(product)), 200)
    assert ok(nobody.get(f"products/{product['slug']}/"))["favorite_count"] == 2
    assert ok(people[0].get(PATH)) == []
    assert len(ok(people[1].get(PATH))) == 1


@pytest.mark.promise("3.66")
def test_the_list(nobody: Caller, buyer: Caller, seller: Caller, new_product: NewProduct) -> None:
    made = [new_product(seller) for _ in range(3)]
    for each in made:
        ok(buyer.post(switch(each)), 201)
    found = ok(buyer.get(PATH))
    assert [list(each) for each in found] == [["id", "product", "created_at"]] * 3
    assert [each["product"]["slug"] for each in found] == [each["slug"] for each in made[::-1]]
    items = {each["slug"]: each for each in ok(buyer.get("products/", seller=seller.id))}
    assert [each["product"] for each in found] == [items[each["slug"]] for each in made[::-1]]
    problem(nobody.get(PATH), 401, "NOT_AUTHENTICATED")
    assert buyer.get(PATH).headers["cache-control"] == "no-store"


def test_what_is_not_for_sale_is_not_listed(buyer: Caller, seller: Caller, product: dict[str, Any]) -> None:
    ok(buyer.post(switch(product)), 201)
    ok(seller.delete(f"products/{product['slug']}/"), 204)
    assert ok(buyer.get(PATH)) == []
    ok(seller.patch(f"products/{product['slug']}/", {"is_active": True}))
    assert len(ok(buyer.get(PATH))) == 1


def test_who_may(nobody: Caller, seller: Caller, product: dict[str, Any]) -> None:
    problem(nobody.post(switch(product)), 401, "NOT_AUTHENTICATED")
    problem(seller.post("products/no-such-thing/favorite/"), 404, "NOT_FOUND")
    ok(seller.post(switch(product)), 201)


@pytest.mark.promise("3.63", "3.64")
@pytest.mark.parametrize("presses", [50, 49])
def test_one_person_presses_many_times_at_once(
    nobody: Caller, buyer: Caller, product: dict[str, Any], presses: int
) -> None:
    answers = at_once(presses, lambda _: buyer.post(switch(product)))
    counted = Counter((each.status_code, each.text.replace(" ", "")) for each in answers)
    on, off = counted[201, '{"favorited":true}'], counted[200, '{"favorited":false}']
    assert on + off == presses
    assert on - off == presses % 2
    assert ok(nobody.get(f"products/{product['slug']}/"))["favorite_count"] == presses % 2
    assert len(ok(buyer.get(PATH))) == presses % 2


@pytest.mark.promise("3.64")
def test_many_people_press_at_once(nobody: Caller, product: dict[str, Any]) -> None:
    people = [register(nobody) for _ in range(20)]
    answers = at_once(20, lambda n: people[n].post(switch(product)))
    assert {each.status_code for each in answers} == {201}
    assert ok(nobody.get(f"products/{product['slug']}/"))["favorite_count"] == 20
