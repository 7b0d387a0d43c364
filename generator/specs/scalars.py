"""What a plain YAML scalar means, and the ones that mean different things to different readers."""

from __future__ import annotations

import re

from generator.diagnostics import Diagnostic
from generator.model import Place
from generator.specs.nodes import Plain

WORDS: dict[str, Plain] = {
    "": None,
    "~": None,
    **dict.fromkeys(("null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
INTEGER = re.compile(r"-?(0|[1-9][0-9]{0,30})")
DECIMAL = re.compile(r"-?(0|[1-9][0-9]*)\.[0-9]+")

QUOTE = "Quote it if it is text"

TRAPS: tuple[tuple[str, re.Pattern[str], str, str], ...] = (
    (
        "yaml-boolean",
        re.compile(r"(?i)yes|no|on|off|y|n"),
        "'{text}' is a boolean to some readers of YAML and text to others",
        'Write true or false, or quote it: "{text}"',
    ),
    (
        "yaml-sexagesimal",
        re.compile(r"[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+(\.[0-9_]*)?"),
        "'{text}' is a number to base 60 to some readers of YAML",
        QUOTE,
    ),
    (
        "yaml-timestamp",
        re.compile(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([Tt \t].*)?"),
        "'{text}' is a timestamp to some readers of YAML and text to others",
        QUOTE,
    ),
    (
        "yaml-octal",
        re.compile(r"[-+]?0[0-9_]+|[-+]?0o[0-7_]+"),
        "'{text}' is an octal number to some readers of YAML",
        "Write it without the leading zero, or quote it if it is text",
    ),
    (
        "yaml-number",
        re.compile(
            r"[-+]?0[xb][0-9a-fA-F_]+|[-+]?[0-9][0-9_]*_[0-9_]*(\.[0-9_]*)?|\+[0-9.]+|[-+]?[0-9]*\.|-?\.[0-9]+"
            r"|[-+]?[0-9.]+[eE][-+]?[0-9]+|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)"
        ),
        "'{text}' is not a plain decimal number",
        "Write digits with at most one point, or quote it if it is text",
    ),
)


def value_of(text: str) -> Plain:
    """The value of a plain scalar, read as YAML 1.2's core schema reads it."""
    if text in WORDS:
        return WORDS[text]
    if INTEGER.fullmatch(text):
        return int(text)
    return float(text) if DECIMAL.fullmatch(text) else text


def scalar_fault(text: str, place: Place) -> Diagnostic | None:
    """What is wrong with a plain scalar that readers of YAML disagree on."""
    for code, pattern, message, hint in TRAPS:
        if pattern.fullmatch(text):
            return Diagnostic(code, place, message.format(text=text), hint.format(text=text))
    return None
