"""Random expressions that mean something: every form of the language, of every kind of value."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import strategies as st

from tests.generator.expressions.databases import TEXTS
from tests.generator.expressions.world import STATES

Texts = st.SearchStrategy[str]
COMPARED = st.sampled_from(["==", "!=", "<", "<=", ">", ">="])
EQUAL = st.sampled_from(["==", "!="])
NAMES = {
    "integer": [
        "count",
        "extra",
        "discount",
        "length(name)",
        "length(hints)",
        "actor.level",
        "home.size",
        "shelf.size",
        "details.count",
        "extras.count",
    ],
    "decimal": ["price", "old_price", "weight"],
    "text": [
        "name",
        "note",
        "actor.name",
        "home.name",
        "shelf.parent.name",
        "lower(name)",
        "lower(note)",
        "details.label",
        "extras.label",
        "extras.remark",
        "actor.card.label",
        "holder.card.remark",
        "state + name",
        "'<' + old_state + '>'",
    ],
    "enum": ["state", "old_state", "actor.role", "owner.role", "holder.role", "details.state", "extras.state"],
    "datetime": ["made_at", "sold_at", "now()"],
    "date": ["day", "due"],
    "list": ["tags", "hints"],
    "boolean": [
        "is_active",
        "is_rare",
        "is_cheaper",
        "actor.is_banned",
        "actor.is_trusted",
        "actor.may_borrow",
        "details.is_new",
        "details.is_odd",
        "extras.is_new",
    ],
    "far": ["home.is_open", "shelf.is_open", "shelf.is_closed", "home.parent.is_closed", "actor.desk.is_open"],
    "person": ["owner", "holder"],
    "shelf": ["home", "shelf", "home.parent", "shelf.parent"],
}


def quoted(text: str) -> str:
    """A text in the language."""
    return repr(text)


def negated(number: str) -> Texts:
    return st.sampled_from([number, f"-{number}"])


INTEGERS = st.one_of(st.sampled_from(NAMES["integer"]), st.integers(0, 120).map(str).flatmap(negated))
DECIMALS = st.one_of(
    st.sampled_from(NAMES["decimal"]), st.sampled_from(["0.5", "2.50", "1.255", "70.0"]).flatmap(negated)
)
LEAVES = st.one_of(INTEGERS, DECIMALS)


def whole(depth: int) -> Texts:
    """Integers."""
    return number(depth, INTEGERS)


def number(depth: int, leaf: Texts = LEAVES) -> Texts:
    """Numbers made of `leaf`."""
    if not depth:
        return leaf
    below = number(depth - 1, leaf)
    return st.one_of(
        leaf,
        st.builds("({} {} {})".format, below, st.sampled_from(["+", "-", "//"]), below),
        st.builds("{} * {}".format, leaf, leaf).map("({})".format),
        st.builds("round({} / {}, {})".format, leaf, leaf, st.integers(0, 3)),
        st.builds("round(({} - {}) / {}, 1)".format, leaf, leaf, leaf),
        st.builds("-({})".format, below),
        st.builds("coalesce({}, {})".format, below, below),
        choice(depth, below),
    )


def text(depth: int) -> Texts:
    """Texts."""
    leaf = st.one_of(st.sampled_from(NAMES["text"]), st.sampled_from(TEXTS).map(quoted))
    if not depth:
        return leaf
    below = text(depth - 1)
    return st.one_of(
        leaf,
        st.builds("lower({})".format, below),
        st.builds("coalesce({}, {})".format, below, below),
        st.builds("({} + {})".format, below, below),
        choice(depth, below),
    )


def choice(depth: int, below: Texts) -> Texts:
    """One or the other, perhaps null."""
    other = st.one_of(below, st.just("null"))
    return st.builds("({} if {} else {})".format, below, condition(depth - 1), other)


def enum(depth: int) -> Texts:
    """Values of the one enum; only a field can come first."""
    leaf = st.sampled_from(NAMES["enum"])
    if not depth:
        return leaf
    values = st.sampled_from(STATES)
    return st.one_of(
        leaf,
        st.builds("coalesce({}, {})".format, leaf, values),
        st.builds("({} if {} else {})".format, values, condition(depth - 1), leaf),
    )


def comparison(depth: int) -> Texts:
    """Everything that compares."""
    compared = "{} {} {}".format
    items = st.lists(LEAVES.filter(lambda each: each.lstrip("-")[0].isdigit()), min_size=1, max_size=3).map(", ".join)
    texts = st.lists(st.sampled_from(TEXTS).map(quoted), min_size=1, max_size=3).map(", ".join)
    states = st.lists(st.sampled_from(STATES), min_size=1, max_size=3).map(", ".join)
    among = st.sampled_from(["in", "not in"])
    people, shelves = st.sampled_from(NAMES["person"]), st.sampled_from(NAMES["shelf"])
    return st.one_of(
        st.builds(compared, number(depth), COMPARED, number(depth)),
        st.builds(compared, text(depth), COMPARED, text(depth)),
        st.builds(compared, enum(depth), EQUAL, st.one_of(enum(depth), st.sampled_from([*STATES, "'worn'"]))),
        st.builds(compared, st.sampled_from(STATES), EQUAL, enum(0)),
        st.builds(compared, st.sampled_from(NAMES["datetime"]), COMPARED, st.sampled_from(NAMES["datetime"])),
        st.builds(compared, st.sampled_from(NAMES["date"]), COMPARED, st.sampled_from(NAMES["date"])),
        st.builds(compared, people, EQUAL, people),
        st.builds(compared, shelves, EQUAL, st.one_of(shelves, st.just("actor.desk"))),
        st.sampled_from(["owner == actor", "actor != owner", "actor is not null and holder == actor"]),
        st.builds("{} {} [{}]".format, number(depth), among, items),
        st.builds("{} {} [{}]".format, text(depth), among, texts),
        st.builds("{} {} [{}]".format, enum(depth), among, states),
        st.builds("{} {} {}".format, text(depth), among, st.sampled_from(NAMES["list"])),
        st.builds("{} is {}".format, any_name, st.sampled_from(["null", "not null"])),
        st.builds(compared, st.sampled_from(NAMES["boolean"]), EQUAL, condition(0).map("({})".format)),
    )


any_name = st.sampled_from([name for names in NAMES.values() for name in names] + ["actor", "extras", "record", "null"])


def condition(depth: int) -> Texts:
    """Conditions."""
    leaf = st.sampled_from([*NAMES["boolean"], *NAMES["far"], "true", "false"])
    if depth <= 0:
        return leaf
    below = condition(depth - 1)
    return st.one_of(
        leaf,
        comparison(depth - 1),
        comparison(depth - 1),
        st.builds("not ({})".format, below),
        st.builds("({} and {})".format, below, below),
        st.builds("({} or {})".format, below, below),
        st.builds("({} and {} and not ({}))".format, below, below, below),
        choice(depth, below),
        st.builds("coalesce({}, {})".format, below, below),
        guarded(depth),
    )


def guarded(depth: int) -> Texts:
    """What is known not to be null because of what stands before it."""
    name = st.sampled_from(["extra", "old_price", "weight", "actor.level", "shelf.size", "extras.count"])
    forms: list[Callable[..., str]] = [
        "({0} is not null and {0} > {1})".format,
        "({0} is null or {0} + 1 <= {1})".format,
        "not ({0} is null or {0} == {1})".format,
        "(({0} if {0} > {1} else 0) > 2)".format,
        "({0} in [1, 2.5, 7] and {0} - {1} != 3)".format,
        "(({0} is not null) if {0} > 2 else {0} is null)".format,
    ]
    return st.one_of(*(st.builds(form, name, number(depth - 1)) for form in forms))


PLAIN = st.sampled_from(["made_at", "due", "record", "holder", "code", "home"])
any_expression = st.one_of(condition(3), condition(4), number(3), text(3), enum(2), PLAIN)
