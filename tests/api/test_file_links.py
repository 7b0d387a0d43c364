"""Links to files in answers: the same for a while, alive for whoever gets them, in replayed answers too."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from tests.api.client import Caller, ok, register
from tests.api.conftest import DEMO_PASSWORD, client_of, offer, sign_in
from tests.api.shopping import ADDRESS
from tests.support.servers import ROOT, running
from tests.support.sql import execute

ROW = """INSERT INTO product_image
    (product_id, s3_key, is_primary, original_filename, file_size, content_type, created_at)
VALUES ('{}', '{}', true, 'a.png', 7, 'image/png', '2026-01-01T00:00:00.000000Z')"""
LIFE = 4


@pytest.mark.promise("4.15", "7.11")
def test_links(new_database: Callable[[], str], tmp_path: Path) -> None:
    with running(ROOT, new_database(), tmp_path, AGORA_FILE_URL_SECONDS=str(LIFE)) as server, client_of(server) as http:
        nobody = Caller(http)
        seller, buyer = register(nobody, "seller"), register(nobody, "buyer")
        admin = sign_in(nobody, "admin", DEMO_PASSWORD)
        notebooks = next(each for each in ok(nobody.get("categories/", page_size=100)) if each["name"] == "Notebooks")
        product = ok(seller.post("products/", offer({"Notebooks": notebooks})), 201)
        key = f"products/{product['id']}/picture.png"
        execute(server.database, ROW.format(product["id"], key))
        file = tmp_path / "files" / key
        file.parent.mkdir(parents=True)
        file.write_bytes(b"content")

        body = {"shipping_address": ADDRESS, "items": [{"product_id": product["id"], "quantity": 1}]}
        sent = {"Idempotency-Key": "with-a-link"}
        first = buyer.post("orders/", body, headers=sent)
        again = buyer.post("orders/", body, headers=sent)
        link = ok(first, 201)["items"][0]["product_image"]
        assert key in link
        assert httpx.get(link).content == b"content"
        order = {name: item for name, item in first.json().items() if name != "items"}

        begun = time.monotonic()
        while httpx.get(link).status_code == 200:
            assert time.monotonic() - begun < LIFE + 1
            time.sleep(0.1)
        later = buyer.post("orders/", body, headers=sent)
        for replayed in (again, later):
            assert replayed.headers["idempotency-replayed"] == "true"
            assert {name: item for name, item in replayed.json().items() if name != "items"} == order
        fresh = later.json()["items"][0]["product_image"]
        assert fresh.split("?")[0] == link.split("?")[0]
        assert httpx.get(fresh).content == b"content"
        # In an object with a record among its members too, and in a list.
        path = f"orders/{order['id']}/update_order_status/"
        moved = ok(admin.patch(path, {"status": "payment_confirmed"}))
        assert httpx.get(moved["order"]["items"][0]["product_image"]).content == b"content"
        listed = ok(buyer.get("orders/"))
        assert httpx.get(listed[0]["items"][0]["product_image"]).content == b"content"
