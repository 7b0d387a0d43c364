"""Links to files in the text of answers: put there last of all, and never kept."""

from __future__ import annotations

import json

import pytest
from sanic.response import HTTPResponse

from runtime.http.answers import JSON
from runtime.http.links import FILE_MARK, finish_links, finished
from runtime.storage import slots
from runtime.storage.slots import SlotLinks


def marked(key: str) -> str:
    return f"{FILE_MARK}{key}{FILE_MARK}"


def test_every_key_becomes_its_url_or_null() -> None:
    body = f'[{{"a":{marked("x.png")},"b":null,"c":[{marked("gone.png")},{marked("x.png")}]}},"ü"]'
    urls = {"x.png": "https://f.example/x.png?a=1&b=2"}
    assert json.loads(finished(body, urls.get)) == [
        {"a": urls["x.png"], "b": None, "c": [None, urls["x.png"]]},
        "ü",
    ]
    assert json.loads(finished(body, lambda key: None))[0] == {"a": None, "b": None, "c": [None, None]}


def test_only_json_has_links() -> None:
    raw = marked("x.png").encode()
    for kind in ("image/png", "text/plain", None):
        response = HTTPResponse(raw, 200, None, kind)
        finish_links(response, lambda key: "https://f.example")
        assert response.body == raw
    empty = HTTPResponse(None, 204, None, None)
    finish_links(empty, lambda key: "https://f.example")
    assert not empty.body
    answer = HTTPResponse(raw, 200, None, JSON)
    finish_links(answer, lambda key: "https://f.example")
    assert answer.body == b'"https://f.example"'


class Clock:
    """A time that the test sets."""

    def __init__(self, now: float) -> None:
        self.now = now

    def time(self) -> float:
        return self.now


def test_a_url_lives_for_three_quarters_of_its_life_at_least(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock(0)
    monkeypatch.setattr(slots, "time", clock)
    signed: list[tuple[str, int]] = []

    def sign(key: str, begin: int) -> str:
        signed.append((key, begin))
        return f"{key}@{begin}"

    for seconds in (4, 7, 60, 3600, 604_800):
        one, other = SlotLinks(seconds, sign), SlotLinks(seconds, sign)
        for now in (1e9, 1e9 + 0.5, 1e9 + seconds / 8, 1e9 + seconds / 4, 1e9 + seconds * 3, 1e9 - seconds):
            clock.now = now
            begin = int(one("a").partition("@")[2])
            assert other("a") == one("a")
            assert begin <= now
            assert begin + seconds - now >= seconds * 3 / 4 - (seconds < 8)
    signed.clear()
    links = SlotLinks(3600, sign)
    for now in (900.0, 1000.0, 1799.9):
        clock.now = now
        assert links("a") == "a@900"
    clock.now = 1800.0
    assert links("a") == "a@1800"
    assert signed == [("a", 900), ("a", 1800)]


def test_only_so_much_is_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slots, "REMEMBERED", 10)
    links = SlotLinks(3600, lambda key, begin: key)
    for number in range(1000):
        assert links(str(number)) == str(number)
    assert len(links._known) <= 10
