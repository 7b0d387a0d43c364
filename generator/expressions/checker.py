"""From a parsed expression to a typed tree: one method per form of Python's grammar that the language has.

Faults are collected: what cannot be understood becomes `Unknown`, about which nothing further is said.
"""

from __future__ import annotations

import ast
from collections.abc import Callable
from dataclasses import replace

from generator.expressions import operands
from generator.expressions.calls import CALLS
from generator.expressions.literals import constant
from generator.expressions.names import resolve
from generator.expressions.nulls import known_when
from generator.expressions.operands import same_family
from generator.expressions.scope import FUNCTIONS, WORDS, Scope, find, nearest
from generator.expressions.sites import RECORD, Facts, Part, Site
from generator.expressions.text import Expression, ExpressionError, ExpressionFault
from generator.expressions.tree import (
    And,
    ArithmeticOperator,
    Conditional,
    Contains,
    FloorDivide,
    IsNull,
    Literal,
    Node,
    Not,
    Or,
    Order,
    OrderOperator,
    Row,
    Unknown,
    Value,
)
from generator.expressions.typed import Typed
from generator.expressions.types import BOOLEAN, NULL, TEXT, UNKNOWN, Type, number
from generator.model import Place

ORDERS: dict[type[ast.cmpop], OrderOperator] = {ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">="}
SUMS: dict[type[ast.operator], ArithmeticOperator] = {ast.Sub: "-", ast.Mult: "*"}
ORDERED = ("integer", "decimal", "text", "datetime", "date", "unknown")
NO_VALUES = ("null", "unknown", "list", "object")
LITERALS = {"true": True, "false": False, "null": None}
NAMED_FORMS: dict[type[ast.expr], str] = {
    ast.List: "a list can only stand after `in`",
    ast.Tuple: "a list is written in brackets: [a, b]",
    ast.Set: "a list is written in brackets: [a, b]",
}


def check(expression: Expression, scope: Scope, *, condition: bool = False) -> Typed:
    """Look every name up, type every part; with `condition` the whole must be true or false.

    Raises ExpressionError with all faults.
    """
    checker = _Checker(expression, scope, RECORD, (expression,))
    facts: Facts = frozenset()
    node = checker.condition(expression.tree, facts) if condition else checker.check(expression.tree, facts)
    if checker.faults:
        raise ExpressionError(*sorted(checker.faults, key=lambda each: (each.place.line, each.place.column)))
    return Typed(node)


class _Checker:
    """Checks one text. `stack` holds the expressions that are being put in place of names, this one last."""

    def __init__(self, expression: Expression, scope: Scope, row: Row, stack: tuple[Expression, ...]) -> None:
        self.expression = expression
        self.scope = scope
        self.site = Site(scope.resource, row) if scope.resource else None
        self.stack = stack
        self.faults: list[ExpressionFault] = []
        self.value_type: Type | None = None
        self.circular = False

    # --- what resolving names asks for ----------------------------------------------------------

    def fault(self, place: Place, code: str, message: str, hint: str | None = None) -> Unknown:
        """Note a fault; what it was found in has no meaning."""
        found = ExpressionFault(place, code, message, hint)
        if found not in self.faults:
            self.faults.append(found)
        return Unknown(type=UNKNOWN, place=place)

    def inline(self, expression: Expression, scope: Scope, row: Row, facts: Facts, at: Part) -> Node:
        """The meaning of an expression in place of its name. Its faults are told where it stands itself."""
        if any(each is expression for each in self.stack):
            self.circular = expression is self.stack[0]
            return self._circle(at)
        inner = _Checker(expression, scope, row, (*self.stack, expression))
        node = inner.check(expression.tree, facts)
        if inner.circular:
            self.circular = True
            return self._circle(at)
        return Unknown(type=UNKNOWN, place=at.place) if inner.faults else node

    def _circle(self, at: Part) -> Unknown:
        message = f"`{at.name}` is derived from what is being defined here"
        if self.circular and len(self.stack) == 1:
            return self.fault(at.place, "circular-expression", message)
        return Unknown(type=UNKNOWN, place=at.place)

    # --- forms ----------------------------------------------------------------------------------

    def check(self, node: ast.expr, facts: Facts, expected: Type | None = None) -> Node:
        """The meaning of `node`; `expected` is the type of what it is compared or combined with, where known."""
        form = FORMS.get(type(node))
        if form is None:
            message = NAMED_FORMS.get(type(node), "this form of Python's is not in the expression language")
            return self.fault(self.expression.at(node), "unsupported-syntax", message)
        return form(self, node, facts, expected)

    def condition(self, node: ast.expr, facts: Facts) -> Node:
        """The meaning of `node`, which must be true or false."""
        found = self.check(node, facts, BOOLEAN)
        if found.type.kind in ("boolean", "unknown"):
            return found
        message = f"a condition is needed here; this is {found.type.described()}"
        return self.fault(self.expression.at(node), "not-a-condition", message)

    def _name(self, node: ast.Name, facts: Facts, expected: Type | None) -> Node:
        place = self.expression.at(node)
        if expected is not None and expected.kind == "enum" and node.id in expected.values:
            return Literal(node.id, type=expected.known(), place=place)
        if node.id in LITERALS:
            value = LITERALS[node.id]
            return Literal(value, type=NULL if value is None else BOOLEAN, place=place)
        if node.id == "value" and self.scope.value:
            return self._value(place, expected)
        if expected is not None and expected.kind == "enum" and not self.knows(node.id):
            message = f"`{node.id}` is not {expected.described()}"
            return self.fault(place, "unknown-enum-value", message, nearest(node.id, expected.values))
        if expected is not None and expected.kind == "unknown" and not self.knows(node.id):
            return Unknown(type=UNKNOWN, place=place)  # perhaps a value of the enum that the other side was to be
        return resolve(self, self.site, [Part(node.id, place)], facts)

    def _value(self, place: Place, expected: Type | None) -> Node:
        if self.value_type is None and expected is not None and expected.kind not in NO_VALUES:
            self.value_type = expected.known()
        if self.value_type is None:
            if expected is not None and expected.kind == "unknown":
                return Unknown(type=UNKNOWN, place=place)
            message = "what `value` is cannot be told from here"
            return self.fault(place, "value-type-unknown", message, "Compare it with a field: `price <= value`.")
        return Value(type=self.value_type, place=place)

    def knows(self, name: str) -> bool:
        """Whether a bare name stands for something here."""
        return name in (*self.scope.reserved(), *WORDS) or bool(self.site and find(self.site.resource, name))

    def _attribute(self, node: ast.Attribute, facts: Facts, expected: Type | None) -> Node:
        names: list[ast.Attribute] = []
        base: ast.expr = node
        while isinstance(base, ast.Attribute):
            names.insert(0, base)
            base = base.value
        if not isinstance(base, ast.Name):
            message = "only names have members"
            return self.fault(self.expression.at(base), "unsupported-syntax", message)
        if base.id == "value" and self.scope.value:
            return self.fault(self.expression.at(node), "not-a-relation", "`value` has no members")
        parts = [Part(base.id, self.expression.at(base)), *(Part(each.attr, self._end(each)) for each in names)]
        return resolve(self, self.site, parts, facts)

    def _end(self, node: ast.Attribute) -> Place:
        whole = self.expression.at(node)
        return replace(whole, column=whole.column + whole.length - len(node.attr), length=len(node.attr))

    def _constant(self, node: ast.Constant, facts: Facts, expected: Type | None) -> Node:
        return constant(self, node, expected)

    # --- conditions -----------------------------------------------------------------------------

    def _bool_op(self, node: ast.BoolOp, facts: Facts, expected: Type | None) -> Node:
        conjunction = isinstance(node.op, ast.And)
        parts: list[Node] = []
        for value in node.values:
            part = self.condition(value, facts)
            facts |= known_when(part, conjunction)
            parts.append(part)
        make = And if conjunction else Or
        return make(tuple(parts), type=BOOLEAN, place=self.expression.at(node))

    def _unary(self, node: ast.UnaryOp, facts: Facts, expected: Type | None) -> Node:
        place = self.expression.at(node)
        if isinstance(node.op, ast.Not):
            return Not(self.condition(node.operand, facts), type=BOOLEAN, place=place)
        if isinstance(node.op, ast.USub):
            return operands.negative(self, self.check(node.operand, facts, expected), place)
        return self.fault(place, "unsupported-operator", "this operator is not in the expression language")

    def _if(self, node: ast.IfExp, facts: Facts, expected: Type | None) -> Node:
        test = self.condition(node.test, facts)
        sides = ((node.body, facts | known_when(test, True)), (node.orelse, facts | known_when(test, False)))
        found = operands.alternatives(self, sides, expected)
        place = self.expression.at(node)
        if found is None:
            return Unknown(type=UNKNOWN, place=place)
        parts, type = found
        if not parts:
            return Literal(None, type=NULL, place=place)
        return Conditional(test, *parts, type=type, place=place)

    def _compare(self, node: ast.Compare, facts: Facts, expected: Type | None) -> Node:
        if len(node.ops) > 1:
            message = "comparisons cannot be chained"
            place = self.expression.at(node.comparators[1])
            return self.fault(place, "unsupported-operator", message, "Write `a < b and b < c`.")
        right, made = node.comparators[0], type(node.ops[0])
        if made in (ast.Is, ast.IsNot):
            return self._is(node, right, facts, negated=made is ast.IsNot)
        if made in (ast.In, ast.NotIn):
            found = self._in(node, right, facts)
            place = self.expression.at(node)
            wrap = made is ast.NotIn and not isinstance(found, Unknown)
            return Not(found, type=BOOLEAN, place=place) if wrap else found
        pair = operands.pair(self, node.left, right, facts)
        if made in ORDERS:
            return self._order(node, ORDERS[made], *pair)
        return operands.equal(self, *pair, negated=made is ast.NotEq, place=self.expression.at(node))

    def _is(self, node: ast.Compare, right: ast.expr, facts: Facts, *, negated: bool) -> Node:
        if not (isinstance(right, ast.Name) and right.id == "null"):
            place = self.expression.at(right)
            return self.fault(place, "unsupported-operator", "`is` only asks for null", "Write `==` to compare.")
        operand = self.check(node.left, facts)
        if isinstance(operand, Unknown):
            return operand
        return IsNull(operand, negated, type=BOOLEAN, place=self.expression.at(node))

    def _order(self, node: ast.Compare, operator: OrderOperator, left: Node, right: Node) -> Node:
        place = self.expression.at(node)
        for side in (left, right):
            if side.type.kind not in ORDERED:
                hint = "Use `is null`." if side.type.kind == "null" else None
                message = f"{side.type.described()} has no order, so `{operator}` means nothing"
                return self.fault(place, "type-mismatch", message, hint)
        if not same_family(self, left, right, place):
            return Unknown(type=UNKNOWN, place=place)
        left, right = operands.scaled_alike(left, right)
        return Order(operator, left, right, type=BOOLEAN, place=place)

    def _in(self, node: ast.Compare, right: ast.expr, facts: Facts) -> Node:
        place = self.expression.at(node)
        if isinstance(right, ast.List):
            return operands.one_of(self, node.left, right, facts, place)
        elements = self.check(right, facts)
        operand = self.check(node.left, facts, TEXT)
        if isinstance(elements, Unknown) or isinstance(operand, Unknown):
            return Unknown(type=UNKNOWN, place=place)
        if elements.type.kind != "list":
            message = f"`in` needs a list; this is {elements.type.described()}"
            return self.fault(self.expression.at(right), "type-mismatch", message, "A list is written [a, b].")
        if not operand.type.is_text:
            message = f"the list holds text; this is {operand.type.described()}"
            return self.fault(operand.place, "type-mismatch", message)
        if not self.scope.database:
            return self.fault(place, "needs-database", "a constraint cannot look into a list")
        return Contains(operand, elements, type=BOOLEAN, place=place)

    # --- arithmetic -----------------------------------------------------------------------------

    def _bin_op(self, node: ast.BinOp, facts: Facts, expected: Type | None) -> Node:
        place = self.expression.at(node)
        if isinstance(node.op, ast.Div):
            hint = "Write `round(a / b, 2)`, or `a // b` for a whole number."
            return self.fault(place, "unsupported-operator", "a quotient must be rounded", hint)
        if type(node.op) not in SUMS and not isinstance(node.op, ast.Add | ast.FloorDiv):
            return self.fault(place, "unsupported-operator", "this operator is not in the expression language")
        if isinstance(node.op, ast.Add):
            return operands.added(self, node.left, node.right, facts, expected, place)
        pair = operands.numbers(self, node.left, node.right, facts, expected)
        if pair is None:
            return Unknown(type=UNKNOWN, place=place)
        if isinstance(node.op, ast.FloorDiv):
            return self._floor_divide(*pair, place)
        return operands.arithmetic(self, SUMS[type(node.op)], *pair, place)

    def _floor_divide(self, left: Node, right: Node, place: Place) -> Node:
        left, right = operands.scaled_alike(left, right)
        type = number(0, nullable=operands.quotient_nullable(left, right), decimal=False)
        return FloorDivide(left, right, type=type, place=place)

    def _call(self, node: ast.Call, facts: Facts, expected: Type | None) -> Node:
        place = self.expression.at(node.func)
        name = node.func.id if isinstance(node.func, ast.Name) else ""
        if name not in CALLS:
            shown = f"`{name}`" if name else "this"
            return self.fault(place, "unknown-function", f"{shown} is not a function", nearest(name, FUNCTIONS))
        if node.keywords or any(isinstance(each, ast.Starred) for each in node.args):
            return self.fault(place, "unsupported-syntax", "functions take plain arguments only")
        return CALLS[name](self, node, facts, expected)


FORMS: dict[type[ast.expr], Callable[..., Node]] = {
    ast.Name: _Checker._name,
    ast.Attribute: _Checker._attribute,
    ast.Constant: _Checker._constant,
    ast.BoolOp: _Checker._bool_op,
    ast.UnaryOp: _Checker._unary,
    ast.IfExp: _Checker._if,
    ast.Compare: _Checker._compare,
    ast.BinOp: _Checker._bin_op,
    ast.Call: _Checker._call,
}
