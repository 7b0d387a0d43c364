"""What the meta-schema refuses, as located sentences: the schema library's own messages never show."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from generator.diagnostics import Diagnostic
from generator.model import Place
from generator.nearest import did_you_mean, listed, nearest
from generator.resolve.words import article
from generator.specs.nodes import MapNode, Node, ScalarNode, child, key_place, place_of
from generator.specs.refusals import Path, Refusal, refusals

JSON_TYPES: Mapping[str, str] = {
    "string": "text",
    "integer": "an integer",
    "number": "a number",
    "boolean": "true or false",
    "array": "a list",
    "object": "a mapping",
    "null": "nothing",
}
# What people who know other languages write.
SYNONYMS: Mapping[str, str] = {
    "array": "list",
    "bool": "boolean",
    "choice": "enum",
    "float": "decimal",
    "image": "file",
    "int": "integer",
    "json": "object",
    "number": "integer",
    "numeric": "decimal",
    "str": "string",
    "timestamp": "datetime",
    "varchar": "string",
}
BOUNDS = {"minimum": "at least", "maximum": "at most"}


def shape_faults(node: Node, kind: str) -> list[Diagnostic]:
    """Everything that the meta-schema has against a spec."""
    return [fault for refusal in refusals(node, kind) for fault in _explained(refusal, node)]


def _explained(refusal: Refusal, root: Node) -> Iterator[Diagnostic]:
    return iter(EXPLANATIONS.get(refusal.keyword, _bad_value)(refusal, root))


def _value_place(refusal: Refusal, root: Node) -> Place:
    return place_of(root, *refusal.path)


def _name_place(refusal: Refusal, root: Node) -> Place:
    """The key that a mapping stands under: more to the point than the mapping's first line."""
    return key_place(root, *refusal.path) if refusal.path else root.place


# --- one explanation for each keyword ---------------------------------------------------------


def _unknown_key(refusal: Refusal, root: Node) -> Iterator[Diagnostic]:
    for key in refusal.unknown:
        place = key_place(root, *refusal.path, key)
        message = f"'{key}' is not a key of {article(refusal.title)} {refusal.title}"
        yield Diagnostic("unknown-key", place, message, did_you_mean(key, refusal.known))


def _missing_key(refusal: Refusal, root: Node) -> Iterator[Diagnostic]:
    missing = next(key for key in refusal.demanded if f"'{key}'" in refusal.message)
    if any(nearest(key, refusal.known) == missing for key in refusal.unknown):
        return  # misspelt, which is told already
    place = _name_place(refusal, root)
    if (refusal.title, missing) == ("action", "policy"):
        message = f"the action '{refusal.path[-1]}' has no policy"
        yield Diagnostic("action-without-policy", place, message, "'policy: public' lets everybody in")
    else:
        message = f"'{missing}' is missing: {article(refusal.title)} {refusal.title} needs it"
        purpose = refusal.known[missing].get("description", "").partition(". ")[0]
        yield Diagnostic("missing-key", place, message, purpose or None)


def _wrong_type(refusal: Refusal, root: Node) -> Iterator[Diagnostic]:
    yield _type_fault(refusal.path, _types((refusal,)), root)


def _type_fault(path: Path, expected: Iterable[str], root: Node) -> Diagnostic:
    names = list(dict.fromkeys(expected))
    node = _node_at(root, path)
    if not path:
        return Diagnostic("not-a-mapping", root.place, f"a spec is a mapping of keys to values, not {_found(root)}")
    message = f"{' or '.join(JSON_TYPES[name] for name in names)} is needed here, not {_found(node)}"
    place = key_place(root, *path) if isinstance(node, MapNode) else node.place
    return Diagnostic("wrong-type", place, message, _quote(node) if "string" in names else None)


def _quote(node: Node) -> str | None:
    if not isinstance(node, ScalarNode) or node.value is None:
        return None
    return f'if it is text, quote it: "{node.text}"'


def _node_at(root: Node, path: Path) -> Node:
    here = root
    for step in path:
        here = child(here, step) or here
    return here


def _found(node: Node) -> str:
    if isinstance(node, ScalarNode):
        return "nothing" if node.value is None else f"'{_shortened(node.text)}'"
    return "a mapping" if isinstance(node, MapNode) else "a list"


def _shortened(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:57]}…"


def _not_a_choice(refusal: Refusal, root: Node) -> Iterator[Diagnostic]:
    said = str(refusal.instance)
    place = _value_place(refusal, root)
    hint = did_you_mean(said, [str(each) for each in refusal.demanded])
    if refusal.path and refusal.path[-1] == "type":
        meant = SYNONYMS.get(said)
        hint = f"Did you mean '{meant}'?" if meant else hint
        yield Diagnostic("unknown-type", place, f"'{said}' is not a type of field", hint)
    else:
        yield Diagnostic("unknown-choice", place, f"'{said}' is no choice here", hint)


def _bad_name(refusal: Refusal, root: Node) -> Iterator[Diagnostic]:
    """A key or a text that has not the form it should have; the schema says the form in a sentence."""
    name = str(refusal.instance)
    place = key_place(root, *refusal.path, name) if refusal.in_keys else _value_place(refusal, root)
    yield Diagnostic("bad-name", place, f"'{_shortened(name)}' cannot stand here", refusal.purpose)


def _empty(refusal: Refusal, root: Node) -> Iterator[Diagnostic]:
    yield Diagnostic("empty-value", _value_place(refusal, root), "something is needed here", refusal.purpose)


def _twice(refusal: Refusal, root: Node) -> Iterator[Diagnostic]:
    for index, item in enumerate(refusal.instance):
        if item in refusal.instance[:index]:
            place = place_of(root, *refusal.path, index)
            yield Diagnostic("duplicate-item", place, f"'{item}' is listed twice", "take one of the two away")


def _several(refusal: Refusal, root: Node) -> Iterator[Diagnostic]:
    second = list(refusal.instance)[1]
    place = key_place(root, *refusal.path, second)
    yield Diagnostic("bad-value", place, "an item has one name", f"begin a new item: '- {second}: …'")


def _out_of_bounds(refusal: Refusal, root: Node) -> Iterator[Diagnostic]:
    message = f"{refusal.instance} is out of bounds: {BOUNDS[refusal.keyword]} {refusal.demanded}"
    yield Diagnostic("bad-value", _value_place(refusal, root), message, refusal.purpose)


def _bad_value(refusal: Refusal, root: Node) -> Iterator[Diagnostic]:
    shown = _found(_node_at(root, refusal.path))
    yield Diagnostic("bad-value", _value_place(refusal, root), f"{shown} cannot stand here", refusal.purpose)


# --- alternatives -----------------------------------------------------------------------------


def _alternatives(refusal: Refusal, root: Node) -> Iterator[Diagnostic]:
    """Explained by the alternative that was meant: of the right type, with its key, with the fewest faults."""
    branches = _branches(refusal)
    fitting = [branch for branch in branches if not _is_other_type(branch, refusal)]
    if not fitting:
        yield _type_fault(refusal.path, _types(refusal.inner), root)
        return
    keyless = [mark for branch in fitting if (mark := _missing_mark(branch, refusal))]
    if len(keyless) == len(fitting) > 1:
        marks = list(dict.fromkeys(keyless))
        hint = f"begin with {listed(marks, 'or')}"
        yield Diagnostic("missing-key", _name_place(refusal, root), "what this is cannot be told", hint)
        return
    for each in min(fitting, key=lambda branch: (_missing_mark(branch, refusal) is not None, _weight(branch))):
        yield from _explained(each, root)


def _branches(refusal: Refusal) -> list[list[Refusal]]:
    found: dict[int, list[Refusal]] = {}
    for each in refusal.inner:
        found.setdefault(each.branch, []).append(each)
    return [found[index] for index in sorted(found)]


def _is_other_type(branch: list[Refusal], refusal: Refusal) -> bool:
    return any(each.keyword == "type" and each.path == refusal.path and not each.in_keys for each in branch)


def _types(of: Iterable[Refusal]) -> Iterator[str]:
    for each in of:
        if each.keyword == "type":
            yield from [each.demanded] if isinstance(each.demanded, str) else each.demanded


def _missing_mark(branch: list[Refusal], refusal: Refusal) -> str | None:
    """The key that would have told that this alternative is meant."""
    missing = (each for each in branch if each.keyword == "required" and each.path == refusal.path)
    return next((each.demanded[0] for each in missing if each.demanded[0] not in each.instance), None)


def _weight(branch: list[Refusal]) -> int:
    return sum(len(each.unknown) if each.keyword == "additionalProperties" else 1 for each in branch)


EXPLANATIONS: Mapping[str, Callable[[Refusal, Node], Iterable[Diagnostic]]] = {
    "additionalProperties": _unknown_key,
    "required": _missing_key,
    "type": _wrong_type,
    "enum": _not_a_choice,
    "pattern": _bad_name,
    "maxLength": _bad_name,
    "minLength": _empty,
    "minItems": _empty,
    "minProperties": _empty,
    "uniqueItems": _twice,
    "maxProperties": _several,
    "minimum": _out_of_bounds,
    "maximum": _out_of_bounds,
    "anyOf": _alternatives,
}
