"""`python -m tests.contract`: every promise, and the tests that fail if it is broken."""

from __future__ import annotations

import io
import sys
from collections import Counter
from contextlib import redirect_stdout

import pytest

from tests.contract.plugin import claimed
from tests.contract.promises import promises, sections


class Claims:
    """How many cases of each test function claim a promise."""

    def __init__(self) -> None:
        self.tests: dict[str, Counter[str]] = {each: Counter() for each in promises()}

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Look at what was collected."""
        for item in items:
            for each in claimed(item):
                self.tests[each][item.nodeid.partition("[")[0]] += 1


def main() -> int:
    """Print the table; a failure if a promise has no test."""
    claims = Claims()
    said = io.StringIO()
    with redirect_stdout(said):
        status = pytest.main(["--collect-only", "-q"], plugins=[claims])
    if status != pytest.ExitCode.OK:
        print(said.getvalue())
        return 1
    for number, text in promises().items():
        if number.endswith(".01"):
            print(f"\n{number[0]}. {sections()[number[0]]}\n")
        print(f"{number} {text}")
        for test, cases in claims.tests[number].items():
            print(f"       {test}" + (f" ({cases} cases)" if cases > 1 else ""))
    bare = [number for number, found in claims.tests.items() if not found]
    print(f"\n{len(promises())} promises" + (f", without a test: {', '.join(bare)}" if bare else ", each with a test"))
    return int(bool(bare))


if __name__ == "__main__":
    sys.exit(main())
