"""Many at once: one primary image, and no more images than a product may have."""

from __future__ import annotations

from typing import Any

import pytest

from tests.api.client import Caller, at_once
from tests.api.images.steps import images, picture, primaries, upload, uploaded

Json = dict[str, Any]


@pytest.mark.promise("4.08")
def test_of_many_who_make_theirs_the_primary_one_stays(seller: Caller, nobody: Caller, product: Json) -> None:
    made = [uploaded(seller, product)["id"] for _ in range(10)]

    def make(number: int) -> Any:
        path = f"products/{product['slug']}/images/{made[number % len(made)]}/"
        return seller.patch(path, {"is_primary": True})

    answers = at_once(100, make)
    assert {each.status_code for each in answers} == {200}
    assert len(primaries(nobody, product)) == 1


@pytest.mark.promise("4.08", "4.12")
def test_uploads_that_come_together_keep_to_the_limit(seller: Caller, nobody: Caller, product: Json) -> None:
    content = picture()
    answers = [each.status_code for each in at_once(50, lambda _: upload(seller, product, content))]
    assert (answers.count(201), answers.count(409)) == (20, 30)
    found = images(nobody, product)
    assert len(found) == 20
    assert len(primaries(nobody, product)) == 1


@pytest.mark.promise("4.08", "4.10")
def test_deletions_and_uploads_leave_one_primary(seller: Caller, nobody: Caller, product: Json) -> None:
    made = [uploaded(seller, product)["id"] for _ in range(10)]

    def act(number: int) -> Any:
        if number % 2:
            return seller.delete(f"products/{product['slug']}/images/{made[number // 2]}/")
        return upload(seller, product)

    answers = [each.status_code for each in at_once(20, act)]
    assert sorted(set(answers)) == [201, 204]
    assert len(images(nobody, product)) == 10
    assert len(primaries(nobody, product)) == 1
