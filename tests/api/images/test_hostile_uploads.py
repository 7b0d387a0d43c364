"""What hostile clients upload: each its refusal, nothing stored, little memory spent."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.api.client import Caller, ok, problem
from tests.api.images.conftest import Place
from tests.api.images.steps import images, uploaded
from tests.support import hostile
from tests.support.servers import Server

Json = dict[str, Any]

IMAGE_BYTES = 10 * 1024 * 1024
GROWTH = 100_000_000
CODES = {400: "INVALID_INPUT", 413: "PAYLOAD_TOO_LARGE"}


def resident(server: Server) -> int:
    """The server's resident memory in bytes."""
    status = Path(f"/proc/{server.process.pid}/status").read_text()
    return int(next(line.split()[1] for line in status.splitlines() if line.startswith("VmRSS"))) * 1024


@pytest.mark.promise("1.55", "4.35", "4.36", "4.38")
def test_everything_hostile_is_refused(server: Server, place: Place, seller: Caller, product: Json) -> None:
    path = f"products/{product['slug']}/images/"
    uploaded(seller, product)
    objects, before = place.objects(), resident(server)
    for file in hostile.files(IMAGE_BYTES):
        headers = {"Content-Type": hostile.FORM}
        refused = seller.request("POST", path, content=hostile.form_of("image", file), headers=headers)
        problem(refused, file.status, CODES[file.status])
        if file.status == 400:
            assert "image" in refused.json()["errors"], file.name
    for form in hostile.forms("image"):
        refused = seller.request("POST", path, content=form.body, headers={"Content-Type": form.content_type})
        assert refused.status_code == form.status, f"{form.name}: {refused.text[:300]}"
    assert place.objects() == objects
    assert len(images(seller, product)) == 1
    assert resident(server) - before < GROWTH


@pytest.mark.parametrize("kind", ["product", "profile"])
def test_the_limits_are_those_of_what_is_uploaded(seller: Caller, product: Json, kind: str) -> None:
    animated = next(each for each in hostile.contents(IMAGE_BYTES) if "frames" in each.name)
    name, path = {
        "product": ("image", f"products/{product['slug']}/upload_image/"),
        "profile": ("profile_picture", "profiles/upload_profile_picture/"),
    }[kind]
    body = hostile.form_of(name, animated)
    problem(seller.request("POST", path, content=body, headers={"Content-Type": hostile.FORM}), 400, "INVALID_INPUT")
    assert ok(seller.get("profiles/profile_picture/"))["profile_picture"] is None
