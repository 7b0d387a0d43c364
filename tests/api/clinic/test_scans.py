"""Scans: records that are files, made and changed without a hook."""

from __future__ import annotations

from typing import Any

import pytest

from tests.api.client import Caller, at_once, eventually, faults, ok, problem, token, unique
from tests.api.clinic.callers import Visitor
from tests.api.images.steps import fetched, part, picture
from tests.support.servers import Server


@pytest.fixture
def patient(manager: Visitor, clinic_server: Server) -> Visitor:
    """Somebody without scans."""
    login = unique("p")
    made = ok(manager.post("people/", {"login": login, "full_name": "Ana Sá", "mail": f"{login}@example.org"}), 201)
    return Visitor(manager.http, token(clinic_server.key, made["id"]), {"key": made["id"]})


def scan(patient: Caller, content: bytes | None = None, **fields: str) -> Any:
    """Send a scan."""
    data = {"title": "Left knee"} | fields
    return patient.request("POST", "scans/", data=data, files={"image": part(content or picture())})


def test_a_scan_is_made_changed_and_deleted(patient: Visitor, nobody: Caller) -> None:
    made = ok(scan(patient), 201)
    assert (made["title"], made["kind"]) == ("Left knee", "image/png")
    assert made["key"].startswith(f"scans/{made['id']}/")
    assert made["dated"]["taken_at"]
    assert len(fetched(made["link"]).content) == made["bytes"]
    path = f"scans/{made['id']}/"
    assert ok(patient.patch(path, {"title": "Right knee"}))["key"] == made["key"]
    changed = ok(patient.request("PATCH", path, files={"image": part(picture("jpeg"))}))
    assert (changed["title"], changed["kind"]) == ("Right knee", "image/jpeg")
    assert changed["key"] != made["key"]
    eventually(lambda: fetched(made["link"]).status_code, 404)
    assert fetched(changed["link"]).headers["content-type"] == "image/jpeg"
    assert patient.delete(path).status_code == 204
    eventually(lambda: fetched(changed["link"]).status_code, 404)
    problem(nobody.get(path), 401, "NOT_AUTHENTICATED")


def test_a_scan_needs_its_picture(patient: Visitor) -> None:
    assert faults(patient.request("POST", "scans/", data={"title": ""}, files={"x": part(picture())})) == {
        "image", "title", "x",
    }  # fmt: skip
    assert faults(scan(patient, picture("gif"))) == {"image"}
    assert faults(scan(patient, picture(size=(1001, 1000)))) == {"image"}
    assert ok(patient.get("scans/")) == []


def test_three_are_enough(patient: Visitor) -> None:
    answers = [each.status_code for each in at_once(8, lambda _: scan(patient))]
    assert (answers.count(201), answers.count(409)) == (3, 5)
    problem(scan(patient), 409, "TOO_MANY_SCANS")
    assert len(ok(patient.get("scans/"))) == 3
