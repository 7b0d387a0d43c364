"""What a replay takes for the same, and what not."""

from __future__ import annotations

import base64

import pytest

from tests.fuzz.messages import Answer
from tests.fuzz.sameness import differences

ROW = (
    '{{"id":{id},"price":"1.00","created_at":"{at}","image_url":"http://x/a.png?expires={expires}&signature={signed}"}}'
)


def answer(status: str = "200 OK", id: str = "1", at: str = "2026-01-01T10:00:00.000000Z", **headers: str) -> Answer:
    told = {"content-type": "application/json", "etag": f'"{int(at[17:19]):032x}"', **headers}
    lines = [f"HTTP/1.1 {status}", *(f"{name}: {said}" for name, said in told.items())]
    signed = ROW.format(id=id, at=at, expires=at[17:19], signed=f"{int(at[17:19]):064x}")
    return Answer("\r\n".join([*lines, "", ""]).encode(), signed.encode())


def link(*row: object) -> str:
    cursor = base64.urlsafe_b64encode(str(list(row)).replace("'", '"').encode()).decode().rstrip("=")
    return f'</things/?cursor={cursor}>; rel="next"'


def test_what_a_moment_later_was_said_is_the_same() -> None:
    assert not differences(answer(), answer(at="2026-01-01T10:00:59.123456Z"))
    first, second = link("f", 0, "2026-01-01T10:00:00Z", 7), link("f", 0, "2026-01-01T10:00:01+00:00", 7)
    assert not differences(answer(link=first), answer(link=second))


@pytest.mark.parametrize(
    "other",
    [
        answer(status="201 Created"),
        answer(id="2"),
        answer(id="1.0"),
        answer(id=" 1"),
        answer(id="null"),
        answer(at="2026-01-01T10:00:00Z"),
        answer(at="2026-01-01T11:00:00.000000Z"),
        answer(**{"content-type": "text/plain"}),
        answer(**{"cache-control": "no-store"}),
        answer(link=link("f", 0, "2026-01-01T10:00:00Z", 7)),
    ],
)
def test_what_differs_otherwise_is_told(other: Answer) -> None:
    assert differences(answer(), other)


def test_a_cursor_at_another_row_is_told() -> None:
    assert differences(answer(link=link("f", 0, 7)), answer(link=link("f", 0, 8)))
