"""Views and clicks: counted in the background, once per visitor, never for the seller."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.api.client import Caller, eventually, ok, problem, register, stays, unique
from tests.support.servers import AGORA, ROOT, Server, running


def view(caller: Caller, product: dict[str, Any], agent: str | None = None) -> None:
    headers = {"User-Agent": agent} if agent else {}
    ok(caller.request("GET", f"products/{product['slug']}/", headers=headers))


def click(caller: Caller, product: dict[str, Any], agent: str | None = None) -> None:
    headers = {"User-Agent": agent} if agent else {}
    answer = caller.request("POST", f"products/{product['slug']}/click/", headers=headers)
    assert ok(answer) == {"clicked": True}


def counted(seller: Caller, product: dict[str, Any]) -> tuple[int, int]:
    """Views and clicks, seen by the one who does not raise them."""
    detail = ok(seller.get(f"products/{product['slug']}/"))
    return detail["view_count"], detail["click_count"]


@pytest.mark.promise("3.73", "3.74")
def test_every_visitor_counts_once(nobody: Caller, seller: Caller, buyer: Caller, product: dict[str, Any]) -> None:
    for _ in range(3):
        view(buyer, product)
        view(nobody, product, "browser one")
        view(nobody, product, "browser two")
    eventually(lambda: counted(seller, product), (3, 0))
    stays(lambda: counted(seller, product), (3, 0), seconds=1)


@pytest.mark.promise("3.65", "3.73")
def test_clicks_are_counted_apart_from_views(
    nobody: Caller, seller: Caller, buyer: Caller, product: dict[str, Any]
) -> None:
    for _ in range(2):
        click(buyer, product)
        click(nobody, product, "browser one")
    view(buyer, product)
    eventually(lambda: counted(seller, product), (1, 2))
    stays(lambda: counted(seller, product), (1, 2), seconds=1)


@pytest.mark.promise("3.72")
def test_a_seller_does_not_raise_their_own(nobody: Caller, seller: Caller, product: dict[str, Any]) -> None:
    rival = register(nobody, "seller")
    for caller in (seller, rival):
        view(caller, product)
        click(caller, product)
    eventually(lambda: counted(seller, product), (1, 1))
    stays(lambda: counted(seller, product), (1, 1), seconds=1)


@pytest.mark.promise("3.71")
def test_lists_do_not_count_as_views(nobody: Caller, seller: Caller, buyer: Caller, product: dict[str, Any]) -> None:
    category = product["category"]["slug"]
    for caller in (nobody, buyer):
        ok(caller.get("products/", seller=seller.id))
        ok(caller.get(f"categories/{category}/products/", seller=seller.id))
    stays(lambda: counted(seller, product), (0, 0))


def test_reading_the_head_does_not_count(nobody: Caller, seller: Caller, product: dict[str, Any]) -> None:
    assert nobody.request("HEAD", f"products/{product['slug']}/").status_code == 200
    stays(lambda: counted(seller, product), (0, 0))


def test_a_burst_is_counted_in_full(server: Server, seller: Caller, product: dict[str, Any]) -> None:
    with httpx.Client(base_url=server.url) as http:
        for number in range(300):
            click(Caller(http), product, f"{unique('agent')} {number}")
    eventually(lambda: counted(seller, product), (0, 300))


def test_what_is_not_there_is_not_clicked(nobody: Caller) -> None:
    problem(nobody.post("products/no-such-thing/click/"), 404, "NOT_FOUND")


def test_counters_order_the_list(nobody: Caller, seller: Caller, product: dict[str, Any]) -> None:
    view(nobody, product, "browser one")
    eventually(lambda: ok(nobody.get("products/", seller=seller.id))[0]["view_count"], 1)


def test_demo_data_is_counted_as_it_happened(server: Server) -> None:
    environment = os.environ | {"AGORA_DATABASE_URL": server.database, "AGORA_SECRET_KEY": server.key}
    command = [AGORA, "--project", ROOT, "metrics", "rebuild"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    assert re.fullmatch(r"Nothing differed: [1-9][0-9,]* values are right\.\n", done.stdout)


@pytest.mark.promise("3.69")
def test_a_graceful_stop_loses_nothing(new_database: Callable[[], str], tmp_path: Path) -> None:
    url = new_database()

    def clicks(http: httpx.Client, slug: str) -> int:
        return int(ok(Caller(http).get(f"products/{slug}/"))["click_count"])

    with running(ROOT, url, tmp_path) as first, httpx.Client(base_url=first.url) as http:
        product = ok(Caller(http).get("products/", page_size=1))[0]
        before = clicks(http, product["slug"])
        for number in range(100):
            click(Caller(http), product, f"agent {number}")
    with running(ROOT, url, tmp_path) as second, httpx.Client(base_url=second.url) as http:
        assert clicks(http, product["slug"]) == before + 100
