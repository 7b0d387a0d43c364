"""An expression's text: parsed once, every part of it with the place where it was written."""

from __future__ import annotations

import ast
import io
import re
import tokenize
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field

from generator.model import Place

MAX_DEPTH = 40

SYNTAX_HINTS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"&&"), "write `and`"),
    (re.compile(r"\|\|"), "write `or`"),
    (re.compile(r"<>"), "write `!=`"),
    (re.compile(r"!(?!=)"), "write `not`"),
    (re.compile(r"\?"), "write `a if condition else b`"),
    (re.compile(r"(?<![=!<>:])=(?!=)"), "write `==` to compare"),
    (re.compile(r"(?i)\b(select|exists|between|like)\b"), "this is not SQL; see the expression language"),
)


@dataclass(frozen=True, slots=True)
class ExpressionFault:
    """One thing that is wrong with an expression, at its exact place. `code` is stable and kebab-case."""

    place: Place
    code: str
    message: str
    hint: str | None = None


class ExpressionError(Exception):
    """An expression has faults; `faults` holds all that were found, in the order of the text."""

    def __init__(self, *faults: ExpressionFault) -> None:
        super().__init__("; ".join(f"{each.place.line}:{each.place.column}: {each.message}" for each in faults))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class Expression:
    """A parsed expression. Equal when text and place are."""

    text: str
    place: Place
    tree: ast.expr = field(compare=False, repr=False)

    def at(self, node: ast.expr) -> Place:
        """Where `node` of the tree was written."""
        line = _source(self.text)
        start = _characters(line, node.col_offset)
        return locate(self.text, self.place, start, _characters(line, node.end_col_offset or 0) - start)

    def written(self, node: ast.expr) -> str:
        """The characters of `node` of the tree."""
        return _source(self.text).encode()[node.col_offset : node.end_col_offset].decode()


def parse(text: str, place: Place) -> Expression:
    """Parse `text`, which was said at `place`; raises ExpressionError.

    `place` is the YAML scalar's own: plain, or quoted (its length is then at least two more than the text's, and
    columns shift by one), or with the `lines` that the text goes over.
    """
    tree = _tree(text, place)
    if _depth(tree) > MAX_DEPTH:
        message = f"this expression is nested more than {MAX_DEPTH} levels deep"
        raise ExpressionError(ExpressionFault(place, "expression-too-deep", message, "name its parts as computed"))
    return Expression(text, place, tree)


def locate(text: str, place: Place, start: int, length: int = 1) -> Place:
    """The place of `length` characters of `text` from `start` on, within the scalar at `place`."""
    if place.lines:
        return _on_its_line(place, start, length)
    quoted = place.length >= len(text) + 2
    return Place(place.file, place.line, place.column + start + quoted, length)


def _on_its_line(place: Place, start: int, length: int) -> Place:
    """What goes on over the end of its line is shown as far as that."""
    first, line = [each for each in place.lines if each[0] <= start][-1]
    begin = min(start - first, line.length - 1)
    return Place(line.file, line.line, line.column + begin, min(length, line.length - begin))


def _source(text: str) -> str:
    """One line for Python's parser, of the same length, so that offsets stay."""
    return re.sub(r"[\n\r\t\f]", " ", text)


def _characters(line: str, byte: int) -> int:
    """Python counts columns in bytes of UTF-8."""
    return len(line.encode()[:byte].decode(errors="ignore"))


def _tree(text: str, place: Place) -> ast.expr:
    line = _source(text)
    indent = len(line) - len(line.lstrip(" "))
    _refuse_unreadable(text, line, place)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # an escape that Python finds odd is no news to the writer of a spec
            tree = ast.parse(line[indent:], mode="eval").body
    except SyntaxError as error:
        raise ExpressionError(_syntax_fault(text, place, error, indent)) from None
    except (RecursionError, MemoryError):
        message = "this expression is nested too deep to be read"
        raise ExpressionError(ExpressionFault(place, "expression-too-deep", message)) from None
    return _shifted(tree, len(line[:indent].encode()))


def _refuse_unreadable(text: str, line: str, place: Place) -> None:
    if not line.strip():
        raise ExpressionError(ExpressionFault(place, "expression-syntax", "an expression is missing here"))
    odd = next((index for index, char in enumerate(text) if char == "\0" or "\ud800" <= char <= "\udfff"), None)
    if odd is not None:
        message = "this character cannot stand in an expression"
        raise ExpressionError(ExpressionFault(locate(text, place, odd), "expression-syntax", message))
    comment = next(_comments(line), None) if "#" in line else None
    if comment is not None:
        message = "an expression has no comments"
        raise ExpressionError(ExpressionFault(locate(text, place, comment), "expression-syntax", message))


def _comments(line: str) -> Iterator[int]:
    try:
        for token in tokenize.generate_tokens(io.StringIO(line.strip(" ")).readline):
            if token.type == tokenize.COMMENT:
                yield token.start[1] + len(line) - len(line.lstrip(" "))
    except (tokenize.TokenError, SyntaxError):
        return  # the parser will say it better


def _syntax_fault(text: str, place: Place, error: SyntaxError, indent: int) -> ExpressionFault:
    end = len(text.rstrip())
    start = min(indent + (error.offset or 0) - 1, end - 1) if error.offset else end - 1
    if "not in the language of Python" in (error.msg or "") or not error.offset:
        message = "this expression stops too early"
    else:
        message = f"this is no expression: {error.msg}"
    hint = next((hint for pattern, hint in SYNTAX_HINTS if pattern.search(_without_strings(text))), None)
    return ExpressionFault(locate(text, place, max(start, 0)), "expression-syntax", message, hint)


def _without_strings(text: str) -> str:
    return re.sub(r"'[^']*'|\"[^\"]*\"", "''", text)


def _shifted(tree: ast.expr, indent: int) -> ast.expr:
    if indent:
        for node in ast.walk(tree):
            if isinstance(node, ast.expr):
                node.col_offset += indent
                node.end_col_offset = (node.end_col_offset or 0) + indent
    return tree


def _depth(tree: ast.expr) -> int:
    deepest, level = 0, [tree]
    while level:
        deepest += 1
        level = [child for node in level for child in ast.iter_child_nodes(node) if isinstance(child, ast.expr)]
    return deepest
