"""Connections, cancel-safe transactions, and the errors of both databases."""

from runtime.database.database import Database, Transaction
from runtime.database.errors import ConstraintViolation, DatabaseError, StatementFailed, Unavailable, ValueRefused

__all__ = [
    "ConstraintViolation",
    "Database",
    "DatabaseError",
    "StatementFailed",
    "Transaction",
    "Unavailable",
    "ValueRefused",
]
