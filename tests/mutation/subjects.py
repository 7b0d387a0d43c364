"""What is mutated, and which tests have to notice: those of the rule itself, and of what a client sees of it."""

from __future__ import annotations

from fnmatch import fnmatch

FIELDS = ("tests/runtime/test_field_values.py", "tests/runtime/test_field_types.py")
TOKENS = ("tests/runtime/test_tokens.py", "tests/api/test_access_tokens.py", "tests/api/test_auth.py")
POLICIES = ("tests/runtime/test_policies.py", "tests/runtime/test_callers.py")
ORDERS = ("tests/api/test_order_life.py", "tests/api/test_orders.py")
MOVES = ("tests/runtime/test_machines.py", *ORDERS)

SUBJECTS: dict[str, tuple[str, ...]] = {
    "generated.machines.*": ORDERS,
    "generated.policies": ("tests/api/test_access_tokens.py", "tests/api/test_roles.py"),
    "hooks.order": (*ORDERS, "tests/api/test_metrics.py"),
    "hooks.placing": (*ORDERS, "tests/api/test_cart.py"),
    "hooks.user": ("tests/api/test_auth.py",),
    "runtime.auth.jwks": ("tests/runtime/test_tokens.py",),
    "runtime.auth.passwords": ("tests/runtime/test_passwords.py",),
    "runtime.auth.policy": POLICIES,
    "runtime.auth.tokens": TOKENS,
    "runtime.calls.callers": POLICIES,
    "runtime.calls.effects": MOVES,
    "runtime.calls.moving": MOVES,
    "runtime.calls.transitions": MOVES,
    "runtime.columns": ("tests/runtime/test_columns.py",),
    "runtime.database.amounts": ("tests/runtime/test_amounts.py",),
    "runtime.fieldtypes": FIELDS,
    "runtime.fieldvalues": FIELDS,
    "runtime.machines": MOVES,
}
ALL = tuple(sorted({each for tests in SUBJECTS.values() for each in tests}))


def noticed_by(mutant: str) -> tuple[str, ...]:
    """The files of tests for a mutant, by its name; all of them for what is no mutant."""
    module = mutant.rpartition(".")[0]
    return next((tests for pattern, tests in SUBJECTS.items() if fnmatch(module, pattern)), ALL)
