"""Reviews: one per person and product, by buyers only, counted at once."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from tests.api.client import Caller, at_once, faults, ok, problem, register, sign_in
from tests.api.conftest import DEMO_PASSWORD, NewProduct

SHAPE = [
    *("id", "reviewer", "reviewer_name", "rating", "title", "comment", "is_verified_purchase", "created_at"),
    "updated_at",
]
WORDS = {"rating": 4, "title": " Good ", "comment": " Solid and well made. "}


def reviews_of(product: dict[str, Any]) -> str:
    return f"products/{product['slug']}/reviews/"


@pytest.fixture
def review(buyer: Caller, product: dict[str, Any]) -> dict[str, Any]:
    """A review by `buyer` of `product`."""
    made: dict[str, Any] = ok(buyer.post(reviews_of(product), WORDS), 201)
    return made


# --- writing ----------------------------------------------------------------------------------


@pytest.mark.promise("5.02", "5.12")
@pytest.mark.parametrize("way", ["reviews/", "add_review/"])
def test_both_ways_to_review(buyer: Caller, product: dict[str, Any], way: str) -> None:
    answer = buyer.post(f"products/{product['slug']}/{way}", WORDS)
    made = ok(answer, 201)
    assert list(made) == SHAPE
    assert (made["rating"], made["title"], made["comment"]) == (4, "Good", "Solid and well made.")
    assert made["reviewer_name"] == buyer.account["username"]
    assert set(made["reviewer"]) == {"id", "username", "first_name", "last_name", "avatar"}
    assert made["is_verified_purchase"] is False
    assert ok(buyer.request("GET", answer.headers["location"])) == made


def test_words_are_optional(buyer: Caller, product: dict[str, Any]) -> None:
    made = ok(buyer.post(reviews_of(product), {"rating": 1}), 201)
    assert (made["title"], made["comment"]) == ("", "")


@pytest.mark.promise("1.22", "5.03", "5.04", "5.05", "5.07")
@pytest.mark.parametrize("way", ["reviews/", "add_review/"])
@pytest.mark.parametrize(
    ("body", "blamed"),
    [
        ({}, "rating"),
        ({"rating": 0}, "rating"),
        ({"rating": 6}, "rating"),
        ({"rating": 4.5}, "rating"),
        ({"rating": "5"}, "rating"),
        ({"rating": None}, "rating"),
        ({"rating": True}, "rating"),
        ({"rating": 5, "title": "x" * 201}, "title"),
        ({"rating": 5, "comment": "x" * 5001}, "comment"),
        ({"rating": 5, "is_verified_purchase": True}, "is_verified_purchase"),
        ({"rating": 5, "reviewer": 1}, "reviewer"),
        ({"rating": 5, "product": "x"}, "product"),
        ({"rating": 5, "is_active": False}, "is_active"),
    ],
)
def test_a_wrong_review_is_refused(
    buyer: Caller, product: dict[str, Any], way: str, body: dict[str, Any], blamed: str
) -> None:
    assert faults(buyer.post(f"products/{product['slug']}/{way}", body)) == {blamed}
    assert ok(buyer.get(reviews_of(product))) == []


@pytest.mark.promise("5.10", "5.17")
def test_who_may_review(nobody: Caller, seller: Caller, admin: Caller, product: dict[str, Any]) -> None:
    problem(nobody.post(reviews_of(product), WORDS), 401, "NOT_AUTHENTICATED")
    problem(seller.post(reviews_of(product), WORDS), 403, "FORBIDDEN")
    problem(seller.post(f"products/{product['slug']}/add_review/", WORDS), 403, "FORBIDDEN")
    ok(admin.post(reviews_of(product), WORDS), 201)
    ok(register(nobody, "seller").post(reviews_of(product), WORDS), 201)


@pytest.mark.promise("5.08")
def test_one_review_per_person_and_product(
    buyer: Caller, review: dict[str, Any], product: dict[str, Any], seller: Caller, new_product: NewProduct
) -> None:
    for way in ("reviews/", "add_review/"):
        answer = buyer.post(f"products/{product['slug']}/{way}", {"rating": 1})
        assert problem(answer, 409, "ALREADY_REVIEWED")["detail"] == "You have reviewed this product already."
    ok(buyer.post(reviews_of(new_product(seller)), WORDS), 201)
    assert ok(buyer.get(reviews_of(product))) == [review]


@pytest.mark.promise("5.08")
def test_a_deleted_review_still_counts_as_the_one(
    buyer: Caller, review: dict[str, Any], product: dict[str, Any]
) -> None:
    ok(buyer.delete(f"{reviews_of(product)}{review['id']}/"), 204)
    problem(buyer.post(reviews_of(product), WORDS), 409, "ALREADY_REVIEWED")


@pytest.mark.promise("5.09")
def test_one_review_however_many_are_sent_at_once(buyer: Caller, product: dict[str, Any]) -> None:
    ways = ("reviews/", "add_review/")
    answers = at_once(50, lambda n: buyer.post(f"products/{product['slug']}/{ways[n % 2]}", {"rating": n % 5 + 1}))
    assert Counter(each.status_code for each in answers) == {201: 1, 409: 49}
    assert len(ok(buyer.get(reviews_of(product)))) == 1


# --- reading ----------------------------------------------------------------------------------


@pytest.mark.promise("5.11")
def test_the_newest_come_first(nobody: Caller, product: dict[str, Any]) -> None:
    made = [ok(register(nobody).post(reviews_of(product), {"rating": n}), 201)["id"] for n in (3, 5, 1)]
    assert [each["id"] for each in ok(nobody.get(reviews_of(product)))] == made[::-1]
    assert [each["rating"] for each in ok(nobody.get(reviews_of(product), ordering="-rating"))] == [5, 3, 1]
    shown = ok(nobody.get(f"products/{product['slug']}/"))["reviews"]
    assert [each["id"] for each in shown] == made[::-1]
    assert list(shown[0]) == SHAPE


@pytest.mark.promise("3.30")
def test_the_detail_shows_the_newest_twenty(nobody: Caller, product: dict[str, Any]) -> None:
    for _ in range(22):
        ok(register(nobody).post(reviews_of(product), {"rating": 5}), 201)
    shown = ok(nobody.get(f"products/{product['slug']}/"))
    assert (len(shown["reviews"]), shown["review_count"]) == (20, 22)
    assert shown["reviews"] == ok(nobody.get(reviews_of(product), page_size=20))


@pytest.mark.promise("5.16")
@pytest.mark.parametrize(
    ("ratings", "average"),
    [((5,), 5.0), ((4, 5), 4.5), ((5, 5, 4), 4.67), ((1, 1, 2), 1.33), ((1, 2, 2, 3, 5, 5, 5, 4), 3.38)],
)
def test_average_and_count_follow_at_once(
    nobody: Caller, seller: Caller, product: dict[str, Any], ratings: tuple[int, ...], average: float
) -> None:
    for rating in ratings:
        ok(register(nobody).post(reviews_of(product), {"rating": rating}), 201)
    detail = ok(nobody.get(f"products/{product['slug']}/"))
    (item,) = ok(nobody.get("products/", seller=seller.id))
    for shown in (detail, item):
        assert (shown["average_rating"], shown["review_count"]) == (average, len(ratings))


@pytest.mark.promise("3.31")
def test_the_average_has_two_places(nobody: Caller, product: dict[str, Any]) -> None:
    assert '"average_rating":0.00' in nobody.get(f"products/{product['slug']}/").text.replace(" ", "")
    ok(register(nobody).post(reviews_of(product), {"rating": 5}), 201)
    assert '"average_rating":5.00' in nobody.get(f"products/{product['slug']}/").text.replace(" ", "")


def test_a_review_belongs_to_its_product(
    nobody: Caller, review: dict[str, Any], product: dict[str, Any], seller: Caller, new_product: NewProduct
) -> None:
    assert ok(nobody.get(f"{reviews_of(product)}{review['id']}/")) == review
    problem(nobody.get(f"{reviews_of(new_product(seller))}{review['id']}/"), 404, "NOT_FOUND")
    problem(nobody.get(f"products/no-such-thing/reviews/{review['id']}/"), 404, "NOT_FOUND")
    problem(nobody.get("products/no-such-thing/reviews/"), 404, "NOT_FOUND")


@pytest.mark.promise("1.14")
@pytest.mark.parametrize(
    "key", ["0", "-1", "+1", "01", "1.0", "abc", "1e3", "9223372036854775808", "１", "%20", "1%00"]
)
def test_an_id_of_the_wrong_form_names_nothing(
    nobody: Caller, buyer: Caller, product: dict[str, Any], key: str
) -> None:
    problem(nobody.get(f"{reviews_of(product)}{key}/"), 404, "NOT_FOUND")
    problem(buyer.delete(f"{reviews_of(product)}{key}/"), 404, "NOT_FOUND")


def test_a_verified_purchase(nobody: Caller) -> None:
    """The demo's buyers have delivered orders of much of what they review."""
    everything = ok(nobody.get("products/", ordering="-average_rating", min_rating="1", page_size=60))
    marks = [each["is_verified_purchase"] for item in everything for each in ok(nobody.get(reviews_of(item)))]
    assert {True, False} == set(marks)


# --- changing and deleting --------------------------------------------------------------------


def test_the_author_changes_the_words(
    nobody: Caller, buyer: Caller, review: dict[str, Any], product: dict[str, Any]
) -> None:
    path = f"{reviews_of(product)}{review['id']}/"
    changed = ok(buyer.patch(path, {"rating": 2}))
    assert (changed["rating"], changed["title"]) == (2, "Good")
    assert changed["updated_at"] > review["updated_at"]
    assert changed["created_at"] == review["created_at"]
    assert ok(nobody.get(f"products/{product['slug']}/"))["average_rating"] == 2
    replaced = ok(buyer.put(path, {"rating": 3}))
    assert (replaced["rating"], replaced["title"], replaced["comment"]) == (3, "", "")
    assert faults(buyer.put(path, {"title": "x"})) == {"rating"}
    assert faults(buyer.patch(path, {"reviewer_name": "x"})) == {"reviewer_name"}


@pytest.mark.promise("5.13")
def test_nobody_else_changes_them(
    nobody: Caller, seller: Caller, admin: Caller, review: dict[str, Any], product: dict[str, Any]
) -> None:
    path = f"{reviews_of(product)}{review['id']}/"
    problem(nobody.patch(path, {"rating": 1}), 401, "NOT_AUTHENTICATED")
    for other in (seller, register(nobody), admin):
        problem(other.patch(path, {"rating": 1}), 403, "FORBIDDEN")
        problem(other.put(path, {"rating": 1}), 403, "FORBIDDEN")
    assert ok(nobody.get(path)) == review


@pytest.mark.promise("5.14", "5.15", "5.16")
@pytest.mark.parametrize("who", ["author", "admin"])
def test_author_and_admin_delete(
    nobody: Caller, buyer: Caller, admin: Caller, review: dict[str, Any], product: dict[str, Any], who: str
) -> None:
    path = f"{reviews_of(product)}{review['id']}/"
    answer = (buyer if who == "author" else admin).delete(path)
    assert (answer.status_code, answer.content) == (204, b"")
    problem(nobody.get(path), 404, "NOT_FOUND")
    detail = ok(nobody.get(f"products/{product['slug']}/"))
    assert (detail["reviews"], detail["review_count"], detail["average_rating"]) == ([], 0, 0)
    assert ok(nobody.get(reviews_of(product))) == []


@pytest.mark.promise("5.14")
def test_others_do_not_delete(nobody: Caller, seller: Caller, review: dict[str, Any], product: dict[str, Any]) -> None:
    path = f"{reviews_of(product)}{review['id']}/"
    problem(nobody.delete(path), 401, "NOT_AUTHENTICATED")
    for other in (seller, register(nobody)):
        problem(other.delete(path), 403, "FORBIDDEN")
    ok(nobody.get(path))


def test_a_review_takes_no_form(buyer: Caller, product: dict[str, Any]) -> None:
    answer = buyer.request("POST", reviews_of(product), data={"rating": "5"})
    problem(answer, 415, "UNSUPPORTED_MEDIA_TYPE")


def test_the_demo_has_reviews_to_read(nobody: Caller) -> None:
    alice = sign_in(nobody, "alice", DEMO_PASSWORD)
    assert alice.account["role"] == "buyer"
    best = ok(nobody.get("products/", ordering="-average_rating", page_size=20))
    assert all(item["review_count"] > 0 for item in best)
