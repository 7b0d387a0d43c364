"""What the database refused → what the client is told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from runtime.application import Constraint
from runtime.database import ConstraintViolation
from runtime.errors import Problem, conflict, invalid, problem

UNIQUE = "This is taken already."
MISSING = "Does not exist, or is not visible to you."


def translated(
    violation: ConstraintViolation, constraints: Mapping[str, Constraint], taken: Sequence[Constraint] = ()
) -> Problem | None:
    """The problem; None when it is a mistake of the program and not of the client. `taken`: all that is not unique,
    where that is known."""
    known = constraint_of(violation, constraints)
    if violation.kind == "unique":
        return _unique(taken or ([known] if known else []))
    if violation.kind == "check" and known and known.on:
        return invalid(_errors(known.on, known.message or "Is not acceptable."))
    if violation.kind == "check":
        return conflict(detail=known.message if known else None)
    if violation.kind == "foreign":
        return _foreign(known)
    return None


def in_use() -> Problem:
    """409 for a deletion: other rows point at this one."""
    return conflict(detail="Other records still refer to this one.")


def constraint_of(violation: ConstraintViolation, constraints: Mapping[str, Constraint]) -> Constraint | None:
    """The declared constraint: by name, or by table and columns where the database does not say the name."""
    if violation.name is not None:
        return constraints.get(violation.name)
    return next((each for each in constraints.values() if _same(each, violation)), None)


def _same(constraint: Constraint, violation: ConstraintViolation) -> bool:
    if constraint.kind != violation.kind or constraint.table != violation.table:
        return False
    return set(constraint.columns) == set(violation.columns)


def _unique(taken: Sequence[Constraint]) -> Problem:
    """The first one's, with what is wrong with the members of all."""
    if not taken:
        return problem("NOT_UNIQUE", UNIQUE)
    errors = {name: said for each in taken for name, said in _errors(each.on, each.message or UNIQUE).items()}
    return Problem(409, taken[0].code or "NOT_UNIQUE", taken[0].message or UNIQUE, errors=errors or None)


def _foreign(known: Constraint | None) -> Problem:
    if known is None or not known.on:
        return conflict(detail="A record that this one refers to is gone.")
    return invalid(_errors(known.on, MISSING))


def _errors(names: Iterable[str], message: str) -> dict[str, list[str]]:
    return {name: [message] for name in names}
