"""What schemathesis is told in Python: each request under an idempotency key has a key of its own.

A key is for one request. The tool sends one and the same with whatever it makes up, and would learn no more from it
than that the second use is refused; that is tested elsewhere.
"""

from __future__ import annotations

import re
from itertools import count
from typing import Any

import schemathesis

HEADER = "Idempotency-Key"
GOOD = re.compile(r'"?[!#-\[\]-~]{1,200}"?')
NUMBERS = count(1)


@schemathesis.hook
def before_call(context: schemathesis.HookContext, case: schemathesis.Case, **kwargs: Any) -> None:
    """Make a key another one; what is no key stays as it is."""
    key = (case.headers or {}).get(HEADER, "")
    if GOOD.fullmatch(key) and key.startswith('"') == key.endswith('"'):
        quote = '"' * key.startswith('"')
        case.headers[HEADER] = f"{quote}{next(NUMBERS)}{key.removeprefix(quote)}"
