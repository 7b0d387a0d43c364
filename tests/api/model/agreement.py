"""Whether an answer shows what it must: it may show more, but nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import httpx


@dataclass(frozen=True)
class Stamp:
    """A time, if it has happened."""

    happened: bool


@dataclass(frozen=True)
class Average:
    """The mean of whole numbers, with two places; 0 of none."""

    of: list[int]

    @property
    def exact(self) -> Decimal:
        """Before it is rounded."""
        return Decimal(sum(self.of)) / len(self.of) if self.of else Decimal(0)


def differences(found: Any, expected: Any, where: str = "") -> Iterator[str]:
    """What of an answer is not as expected, member by member. `...` is anything."""
    if isinstance(expected, Mapping):
        if not isinstance(found, Mapping):
            yield f"{where}: {found!r} is no object"
            return
        for name, value in expected.items():
            if name in found:
                yield from differences(found[name], value, f"{where}.{name}")
            else:
                yield f"{where}.{name}: is missing"
    elif isinstance(expected, list):
        if len(found) != len(expected):
            yield f"{where}: has {len(found)} and not {len(expected)}: {found!r}"
            return
        for index, (one, other) in enumerate(zip(found, expected, strict=True)):
            yield from differences(one, other, f"{where}.{index}")
    elif expected is not ... and not _same(found, expected):
        yield f"{where}: {found!r} and not {expected!r}"


def _same(found: Any, expected: Any) -> bool:
    if isinstance(expected, Stamp):
        return (found is not None) == expected.happened
    if isinstance(expected, Average):
        return abs(Decimal(str(found)) - expected.exact) <= Decimal("0.005")
    if isinstance(expected, Decimal):
        return bool(found == f"{expected:.2f}")
    if isinstance(expected, set):
        return isinstance(found, list) and len(found) == len(expected) and set(found) == expected
    return type(found) is type(expected) and bool(found == expected)


def agree(answer: httpx.Response, status: int, expected: Any) -> None:
    """Fail with the request, the answer and each difference, unless the answer is as expected."""
    wrong = [] if answer.status_code == status else [f"status: {answer.status_code} and not {status}"]
    if not wrong and expected is not None:
        wrong = list(differences(answer.json(), expected))
    if wrong:
        asked = answer.request
        raise AssertionError(
            "\n  ".join(
                [
                    f"{asked.method} {asked.url.raw_path.decode()} {asked.content.decode(errors='replace')}",
                    *wrong,
                    f"answered: {answer.status_code} {answer.text[:1500]}",
                ]
            )
        )
