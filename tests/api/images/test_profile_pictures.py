"""Profile pictures: one for each user, the next takes the place of the last."""

from __future__ import annotations

from typing import Any

import pytest

from tests.api.client import Caller, eventually, faults, ok, problem
from tests.api.images.steps import fetched, part, picture

UPLOADS = (("POST", "upload_profile_picture"), ("PATCH", "update_profile_picture"))


def send(caller: Caller, content: bytes, name: str = "profile_picture", way: tuple[str, str] = UPLOADS[0]) -> Any:
    """Upload a profile picture."""
    method, path = way
    return caller.request(method, f"profiles/{path}/", files={name: part(content)})


@pytest.mark.promise("4.43", "4.46")
def test_at_first_there_is_none(buyer: Caller) -> None:
    found = ok(buyer.get("profiles/profile_picture/"))
    assert found == {"user_id": buyer.id, "username": buyer.account["username"], "profile_picture": None}
    problem(buyer.delete("profiles/delete_profile_picture/"), 404, "NO_PROFILE_PICTURE")


@pytest.mark.promise("4.34", "4.40", "4.44")
@pytest.mark.parametrize("way", UPLOADS)
@pytest.mark.parametrize("name", ["profile_picture", "image"])
def test_a_picture_is_uploaded(buyer: Caller, way: tuple[str, str], name: str) -> None:
    answer = ok(send(buyer, picture("gif"), name, way), 201)
    assert answer["success"] is True
    shown = answer["profile_picture"]
    assert set(shown) == {"url", "key", "size", "uploaded_at"}
    assert shown["key"].startswith(f"profiles/{buyer.id}/")
    assert ok(buyer.get("profiles/profile_picture/"))["profile_picture"] == shown
    behind = fetched(shown["url"])
    assert (behind.status_code, behind.headers["content-type"]) == (200, "image/gif")
    assert len(behind.content) == shown["size"]
    assert ok(buyer.get("/api/auth/me/"))["avatar"] == shown["url"]


def test_one_of_the_two_names_must_bring_a_picture(buyer: Caller) -> None:
    nothing = buyer.request("POST", "profiles/upload_profile_picture/", files={"other": ("a.txt", b"a")})
    assert nothing.json()["errors"]["profile_picture"] == ["Send a file as profile_picture or image."]
    problem(buyer.post("profiles/upload_profile_picture/", {}), 415, "UNSUPPORTED_MEDIA_TYPE")


@pytest.mark.promise("4.45")
def test_the_next_takes_the_place_of_the_last(buyer: Caller) -> None:
    old = ok(send(buyer, picture(colour="red")), 201)["profile_picture"]
    new = ok(send(buyer, picture(colour="blue")), 201)["profile_picture"]
    assert old["key"] != new["key"]
    eventually(lambda: fetched(old["url"]).status_code, 404)
    assert fetched(new["url"]).status_code == 200


@pytest.mark.promise("4.46")
def test_a_picture_is_deleted(buyer: Caller) -> None:
    shown = ok(send(buyer, picture()), 201)["profile_picture"]
    assert ok(buyer.delete("profiles/delete_profile_picture/"))["success"] is True
    assert ok(buyer.get("profiles/profile_picture/"))["profile_picture"] is None
    eventually(lambda: fetched(shown["url"]).status_code, 404)


@pytest.mark.promise("2.10")
def test_everybody_sees_the_picture_on_a_sellers_page(seller: Caller, nobody: Caller, product: dict[str, Any]) -> None:
    shown = ok(send(seller, picture()), 201)["profile_picture"]
    assert ok(nobody.get(f"sellers/{seller.id}/"))["seller"]["avatar"] == shown["url"]
    assert ok(nobody.get(f"products/{product['slug']}/"))["seller"]["avatar"] == shown["url"]


@pytest.mark.promise("4.38", "4.47")
def test_what_is_no_picture_changes_nothing(buyer: Caller, nobody: Caller) -> None:
    shown = ok(send(buyer, picture()), 201)["profile_picture"]
    assert faults(send(buyer, b"GIF89a no picture")) == {"profile_picture"}
    assert faults(buyer.request("POST", "profiles/upload_profile_picture/", files={"x": (None, "y")})) >= {"x"}
    assert ok(buyer.get("profiles/profile_picture/"))["profile_picture"] == shown
    problem(send(nobody, picture()), 401, "NOT_AUTHENTICATED")


@pytest.mark.promise("4.36")
def test_a_large_picture_is_refused(buyer: Caller) -> None:
    problem(send(buyer, picture() + b"\0" * 5 * 1024 * 1024), 413, "PAYLOAD_TOO_LARGE")
