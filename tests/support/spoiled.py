"""Specs with small mistakes in them, as people make them while they type: seeded, so that each can be had again."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

WORD = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
SIGNS = "{}[]:,'\"-#?&*|>%@`! \t\x00é"
EMPTY = ("[]", "{}", "null", "7", "[x]", "''", "true", "1.5", "")

Lines = list[str]
Spoil = Callable[[random.Random, Lines, Sequence[str]], None]


def spoiled(spec: Path, seed: int, number: int) -> Iterator[tuple[str, str]]:
    """So many of a folder's files, each with one to three mistakes: the file's name and its text."""
    rng = random.Random(seed)
    files = sorted(spec.glob("*.yaml"))
    words = sorted({word for file in files for word in WORD.findall(file.read_text())} | {"class", "ctx", "id", "null"})
    for _ in range(number):
        file = rng.choice(files)
        lines = file.read_text().split("\n")
        for _ in range(rng.choice((1, 1, 1, 2, 3))):
            rng.choice(MISTAKES)(rng, lines, words)
        yield file.name, "\n".join(lines)


def _drop(rng: random.Random, lines: Lines, words: Sequence[str]) -> None:
    if len(lines) > 1:
        del lines[rng.randrange(len(lines))]


def _repeat(rng: random.Random, lines: Lines, words: Sequence[str]) -> None:
    lines.insert(rng.randrange(len(lines)), rng.choice(lines))


def _swap(rng: random.Random, lines: Lines, words: Sequence[str]) -> None:
    one, other = rng.randrange(len(lines)), rng.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]


def _indent(rng: random.Random, lines: Lines, words: Sequence[str]) -> None:
    at = rng.randrange(len(lines))
    lines[at] = rng.choice((" ", "  ")) + lines[at] if rng.random() < 0.5 else lines[at][2:]


def _omit_character(rng: random.Random, lines: Lines, words: Sequence[str]) -> None:
    at = rng.randrange(len(lines))
    if lines[at]:
        column = rng.randrange(len(lines[at]))
        lines[at] = lines[at][:column] + lines[at][column + 1 :]


def _add_character(rng: random.Random, lines: Lines, words: Sequence[str]) -> None:
    at = rng.randrange(len(lines))
    column = rng.randrange(len(lines[at]) + 1)
    lines[at] = lines[at][:column] + rng.choice(SIGNS) + lines[at][column:]


def _misspell(rng: random.Random, lines: Lines, words: Sequence[str]) -> None:
    _replace_word(rng, lines, lambda word: rng.choice((word[:-1] or "x", word + rng.choice("sxy_"))))


def _use_another_word(rng: random.Random, lines: Lines, words: Sequence[str]) -> None:
    _replace_word(rng, lines, lambda _: rng.choice(words))


def _replace_word(rng: random.Random, lines: Lines, new: Callable[[str], str]) -> None:
    at = rng.randrange(len(lines))
    found = list(WORD.finditer(lines[at]))
    if found:
        word = rng.choice(found)
        lines[at] = lines[at][: word.start()] + new(word.group()) + lines[at][word.end() :]


def _empty(rng: random.Random, lines: Lines, words: Sequence[str]) -> None:
    at = rng.randrange(len(lines))
    pattern = r"\[[^\]]*\]" if "[" in lines[at] else r"(?<=: ).*"
    value = rng.choice(EMPTY)
    lines[at] = re.sub(pattern, lambda _: value, lines[at], count=1)


MISTAKES: tuple[Spoil, ...] = (
    _drop,
    _repeat,
    _swap,
    _indent,
    _omit_character,
    _add_character,
    _misspell,
    _misspell,
    _use_another_word,
    _use_another_word,
    _empty,
)
