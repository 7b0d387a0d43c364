"""Who calls the clinic, and with what."""

from __future__ import annotations

import re
from typing import Any

import httpx

from tests.api.client import Caller, unique

BASE = "/clinic/v1"
PEOPLE = {"rui": 1, "joana": 2, "nuno": 3, "eva": 4, "ivo": 5, "olga": 6}
CLINIC: dict[str, Any] = {
    "name": " Clínica Nova ",
    "address": {"street": "Rua Nova 1", "city": "Braga", "postal_code": "4700-001"},
    "opened_on": "2024-02-29",
    "minute_rate": "2.5",
}


class Visitor(Caller):
    """Paths without a slash are the clinic's."""

    def request(self, method: str, path: str, **more: Any) -> httpx.Response:
        return super().request(method, path if path.startswith("/") else f"{BASE}/{path}", **more)


def code() -> str:
    """A code that no clinic has yet."""
    digits = int(re.sub(r"\D", "", unique("x"))[-4:])
    return f"{chr(65 + digits // 100 % 26)}{chr(65 + digits // 2600 % 26)}{digits % 100:02}"


def booking(people: dict[str, Visitor], hour: int = 9, **more: Any) -> dict[str, Any]:
    return {
        "starts_at": f"2027-03-01T{hour:02}:00:00Z",
        "ends_at": f"2027-03-01T{hour:02}:30:00Z",
        "doctor": people["joana"].account["key"],
    } | more
