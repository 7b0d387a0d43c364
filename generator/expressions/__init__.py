"""The expression language: conditions and values of specs, checked once, compiled to SQL and to Python.

    parse(text, place)             the text, with the place of every part            text.py
    check(expression, scope)       names looked up, types, nulls; a `Typed`          checker.py, names.py, operands.py
                                   what a name can stand for beside a column         aggregates.py, objects.py
    to_sql, to_condition           a value, a condition of a WHERE or CHECK          sql.py
    to_python, …_condition         the same over `actor` and `record`                python.py
    when_anonymous, actor_part     what is known before a record is                  actor.py

Meaning is the same everywhere: a comparison is never null; == and != are null-safe; < <= > >= and `in` with a null
operand are false; arithmetic with a null, and division by zero, is null; a null condition does not hold.
Whatever is wrong raises `ExpressionError`, which carries every fault found with its place.
"""

from generator.expressions.actor import actor_part, when_anonymous
from generator.expressions.checker import check
from generator.expressions.python import Python, to_python, to_python_condition
from generator.expressions.scope import Scope, nearest
from generator.expressions.sets import apart, to_picking
from generator.expressions.sql import SqlBinding, equality_on_value, to_condition, to_sql
from generator.expressions.text import Expression, ExpressionError, ExpressionFault, locate, parse
from generator.expressions.typed import Typed
from generator.expressions.types import Kind, Type, enum_values, field_type

__all__ = [
    "Expression",
    "ExpressionError",
    "ExpressionFault",
    "Kind",
    "Python",
    "Scope",
    "SqlBinding",
    "Type",
    "Typed",
    "actor_part",
    "apart",
    "check",
    "enum_values",
    "equality_on_value",
    "field_type",
    "locate",
    "nearest",
    "parse",
    "to_condition",
    "to_picking",
    "to_python",
    "to_python_condition",
    "to_sql",
    "when_anonymous",
]
