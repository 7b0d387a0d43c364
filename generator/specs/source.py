"""YAML → nodes that carry file, line, column and length; YAML's traps are faults.

Specs use the plain part of YAML: mappings, lists and scalars that read alike under YAML 1.1 and 1.2. What the two
versions read differently, or what hides where a value comes from (anchors, tags), is refused where it stands.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Protocol

import yaml

from generator.diagnostics import Diagnostic, Related, lines_of
from generator.model import Place
from generator.specs.nodes import Entry, ListNode, MapNode, Node, ScalarNode
from generator.specs.scalars import scalar_fault, value_of

MAX_BYTES = 1_000_000
MAX_DEPTH = 30
BOM = b"\xef\xbb\xbf"

LOADER: type[yaml.CSafeLoader] | type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

SAVE_AS = "save the file as UTF-8 without a byte order mark"
BY_NAME = "say it once under 'inputs', 'objects' or 'mixins' and use its name"


def read(path: Path, name: str) -> tuple[Node | None, list[Diagnostic]]:
    """The file's content as nodes, None where it cannot be had; `name` is what places call the file."""
    text, fault = _decoded(path.read_bytes(), name)
    if fault:
        return None, [fault]
    return parse(text, name)


def parse(text: str, name: str) -> tuple[Node | None, list[Diagnostic]]:
    """The text as nodes, and what is wrong with it."""
    builder = _Builder(name, text)
    try:
        root = builder.document(iter(yaml.parse(text, Loader=LOADER)))
    except yaml.MarkedYAMLError as error:
        return None, [*builder.faults, _syntax_fault(error, name, text)]
    except yaml.YAMLError:
        return None, [*builder.faults, _character_fault(name, text)]
    return root, builder.faults


def _decoded(content: bytes, name: str) -> tuple[str, Diagnostic | None]:
    start = Place(name, 1, 1)
    if len(content) > MAX_BYTES:
        message = f"this file has {len(content):,} bytes; a spec has at most {MAX_BYTES:,}"
        return "", Diagnostic("file-too-large", start, message, "one file holds one resource")
    if content.startswith(BOM):
        return "", Diagnostic("byte-order-mark", start, "this file begins with a byte order mark", SAVE_AS)
    try:
        return content.decode("utf-8"), None
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        begin = content.rfind(b"\n", 0, error.start) + 1
        column = len(content[begin : error.start].decode("utf-8", errors="replace")) + 1
        message = f"byte 0x{content[error.start]:02x} is not UTF-8"
        return "", Diagnostic("not-utf8", Place(name, line, column), message, SAVE_AS)


# --- what the parser says ---------------------------------------------------------------------


def _syntax_fault(error: yaml.MarkedYAMLError, name: str, text: str) -> Diagnostic:
    mark = error.problem_mark or error.context_mark
    place = _within(text, Place(name, mark.line + 1, mark.column + 1)) if mark else Place(name, 1, 1)
    line = _line(text, place.line)
    if "\t" in line[: place.column]:
        tab = Place(name, place.line, line.index("\t") + 1)
        return Diagnostic("yaml-tab", tab, "a tab cannot indent YAML", "use two blanks for each level")
    message = f"this is not YAML: {error.problem or 'something is missing'}"
    return Diagnostic("yaml-syntax", place, message, _syntax_hint(error, line))


def _within(text: str, place: Place) -> Place:
    """The parser may stop one line below the last."""
    lines = lines_of(text)
    return place if place.line <= len(lines) else Place(place.file, len(lines), len(lines[-1]) + 1)


def _syntax_hint(error: yaml.MarkedYAMLError, line: str) -> str | None:
    if "mapping values are not allowed" in (error.problem or ""):
        return "put text that contains ': ' in quotes"
    if "cannot start any token" in (error.problem or ""):
        return "put text that begins with a special character in quotes"
    if not error.context or error.context_mark is None:
        return None
    return f"it happened {error.context} that begins in line {error.context_mark.line + 1}"


def _line(text: str, number: int) -> str:
    lines = lines_of(text)
    return lines[number - 1] if number <= len(lines) else ""


def _character_fault(name: str, text: str) -> Diagnostic:
    """YAML has no control characters; its reader does not tell where in the file one stands."""
    lines = lines_of(text)
    number, line = next((at for at in enumerate(lines, 1) if any(map(_forbidden, at[1]))), (1, ""))
    column = next((at for at, char in enumerate(line, 1) if _forbidden(char)), 1)
    shown = f"U+{ord(line[column - 1]):04X}" if line else "here"
    return Diagnostic("yaml-syntax", Place(name, number, column), f"the character {shown} cannot stand in YAML")


def _forbidden(char: str) -> bool:
    return char in "\ufffe\uffff\x7f" or (char < " " and char != "\t") or "\x80" <= char < "\xa0"


# --- nodes ------------------------------------------------------------------------------------


class _Mark(Protocol):
    line: int
    column: int


def _at(mark: _Mark | None) -> tuple[int, int]:
    """Line and column, counted from 0; the parser gives every event its marks."""
    return (mark.line, mark.column) if mark else (0, 0)


class _Builder:
    """Builds nodes from the parser's events, collecting faults on the way."""

    def __init__(self, name: str, text: str) -> None:
        self.name = name
        self.lines = lines_of(text)
        self.faults: list[Diagnostic] = []

    def document(self, events: Iterator[yaml.Event]) -> Node | None:
        """The one document of the file."""
        root: Node | None = None
        documents = 0
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents == 2:
                    self._fault("several-documents", event, "a spec is one document", "give each its own file")
            elif isinstance(event, yaml.NodeEvent):
                found = self._node(event, events, 0)
                root = found if documents == 1 else root
        if root is None or (isinstance(root, ScalarNode) and root.value is None):
            self.faults.append(Diagnostic("empty-file", Place(self.name, 1, 1), "this file says nothing"))
            return None
        return root

    def _fault(self, code: str, event: yaml.Event, message: str, hint: str | None = None) -> None:
        self.faults.append(Diagnostic(code, self._place(event), message, hint))

    def _place(self, event: yaml.Event) -> Place:
        start, end = _at(event.start_mark), _at(event.end_mark)
        if isinstance(event, yaml.ScalarEvent) and event.style in ("|", ">"):
            length = 1
        elif start[0] == end[0]:
            length = end[1] - start[1]
        else:
            length = len(self.lines[start[0]].rstrip()) - start[1]
        return Place(self.name, start[0] + 1, start[1] + 1, max(length, 1))

    def _node(self, event: yaml.Event, events: Iterator[yaml.Event], depth: int) -> Node:
        self._refuse_tricks(event)
        if depth == MAX_DEPTH and isinstance(event, yaml.CollectionStartEvent):
            return self._too_deep(event, events)
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(event, events, depth)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._list(event, events, depth)
        return self._scalar(event)

    def _too_deep(self, start: yaml.Event, events: Iterator[yaml.Event]) -> ScalarNode:
        self._fault("too-deep", start, f"nothing in a spec is nested more than {MAX_DEPTH} levels deep")
        level = 1
        while level:
            event = next(events)
            level += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        return ScalarNode("", None, self._place(start))

    def _refuse_tricks(self, event: yaml.Event) -> None:
        if isinstance(event, yaml.AliasEvent):
            self._fault("yaml-alias", event, f"'*{event.anchor}' is an alias, which specs do not have", BY_NAME)
            return
        if isinstance(event, yaml.NodeEvent) and event.anchor is not None:
            self._fault("yaml-anchor", event, f"'&{event.anchor}' is an anchor, which specs do not have", BY_NAME)
        tag = getattr(event, "tag", None)
        if tag is not None:
            self._fault("yaml-tag", event, f"'{tag}' is a tag, which specs do not have", "leave it out")

    def _scalar(self, event: yaml.Event) -> ScalarNode:
        place = self._place(event)
        if not isinstance(event, yaml.ScalarEvent):
            return ScalarNode("", None, place)
        place = replace(place, lines=tuple(self._lines(event, place)))
        if event.style:
            return ScalarNode(event.value, event.value, place)
        fault = scalar_fault(event.value, place)
        if fault:
            self.faults.append(fault)
        return ScalarNode(event.value, value_of(event.value), place)

    def _lines(self, event: yaml.ScalarEvent, place: Place) -> Iterator[tuple[int, Place]]:
        """Where the lines of a text over several lines stand; those that hold an escape go with the one before."""
        (first, column), (last, end), begin = _at(event.start_mark), _at(event.end_mark), 0
        if first == last:
            return
        block, quoted = event.style in ("|", ">"), event.style in ("'", '"')
        yield 0, place
        for number in range(first + block, min(last + 1, len(self.lines))):
            line = self.lines[number][: end - quoted if number == last else None]
            said = (line[column + quoted :] if number == first else line).strip()
            found = event.value.find(said, begin) if said else -1
            if found >= 0:
                yield found, Place(self.name, number + 1, line.rindex(said) + 1, len(said))
                begin = found + len(said)

    def _list(self, start: yaml.Event, events: Iterator[yaml.Event], depth: int) -> ListNode:
        items: list[Node] = []
        event = next(events)
        while not isinstance(event, yaml.SequenceEndEvent):
            items.append(self._node(event, events, depth + 1))
            event = next(events)
        return ListNode(tuple(items), self._collection_place(start, event))

    def _mapping(self, start: yaml.Event, events: Iterator[yaml.Event], depth: int) -> MapNode:
        entries: dict[str, Entry] = {}
        event = next(events)
        while not isinstance(event, yaml.MappingEndEvent):
            key = self._key(event, events, depth)
            value = self._node(next(events), events, depth + 1)
            if key is not None and self._is_new(key, entries):
                entries[key.text] = Entry(key, value)
            event = next(events)
        return MapNode(entries, self._mapping_place(start, event, entries))

    def _key(self, event: yaml.Event, events: Iterator[yaml.Event], depth: int) -> ScalarNode | None:
        """Keys are names, whatever YAML might take them for: `on` and `201` are text here."""
        if not isinstance(event, yaml.ScalarEvent):
            self._fault("yaml-key", event, "a key is a name, not a list, a mapping or an alias")
            self._node(event, events, depth + 1)
            return None
        self._refuse_tricks(event)
        if event.value == "<<" and not event.style:
            self._fault("yaml-merge", event, "'<<' is a merge key, which specs do not have", BY_NAME)
            return None
        return ScalarNode(event.value, event.value, self._place(event))

    def _is_new(self, key: ScalarNode, entries: dict[str, Entry]) -> bool:
        first = entries.get(key.text)
        if first is None:
            return True
        related = (Related(first.key.place, f"'{key.text}' stands here first"),)
        message = f"'{key.text}' is said twice in the same mapping"
        self.faults.append(Diagnostic("duplicate-key", key.place, message, "keep one of the two", related))
        return False

    def _collection_place(self, start: yaml.Event, end: yaml.Event) -> Place:
        place = self._place(start)
        line, column = _at(end.end_mark)
        if getattr(start, "flow_style", False) and place.line == line + 1:
            return Place(self.name, place.line, place.column, column + 1 - place.column)
        return place

    def _mapping_place(self, start: yaml.Event, end: yaml.Event, entries: dict[str, Entry]) -> Place:
        """A mapping over several lines is shown by its first key."""
        if not getattr(start, "flow_style", False) and entries:
            return next(iter(entries.values())).key.place
        return self._collection_place(start, end)
