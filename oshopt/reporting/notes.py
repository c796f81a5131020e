"""The scenario's notes as plain blocks: headings, paragraphs, lists and tables, read from simple Markdown.

The page escapes every text; no markup of the notes reaches it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

_ITEM = re.compile(r"^\s*(?:[-*+]|\d+[.)])\s+")
_RULE = re.compile(r"^[\s|:\-]+$")
_MARKS = re.compile(r"\*\*|`|^#+\s*")


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of the notes: its kind (`heading`, `text`, `list` or `table`) and its rows of text."""

    kind: str
    rows: tuple[tuple[str, ...], ...]


def blocks(about: str) -> list[Block]:
    """Return the notes as blocks; inline marks are dropped."""
    found: list[Block] = []
    lines = [line.rstrip() for line in about.splitlines()]
    for blank, group in groupby(lines, key=lambda line: not line.strip()):
        if not blank:
            found.extend(_pieces(list(group)))
    return found


def _pieces(lines: list[str]) -> Iterator[Block]:
    """Cut lines that stand together where their kind changes; a line that follows an item belongs to it."""
    kind, kept = "", list[str]()
    for line in lines:
        own = _kind(line)
        if own == "text" and kind == "list":
            kept[-1] += " " + line.strip()
            continue
        if kept and (own != kind or own == "heading"):
            yield _block(kind, kept)
            kept = []
        kind = own
        kept.append(line)
    if kept:
        yield _block(kind, kept)


def _kind(line: str) -> str:
    if line.startswith("#"):
        return "heading"
    if line.lstrip().startswith("|"):
        return "table"
    return "list" if _ITEM.match(line) else "text"


def _block(kind: str, lines: list[str]) -> Block:
    if kind == "table":
        rows = [line.strip().strip("|").split("|") for line in lines if not _RULE.match(line)]
        return Block(kind, tuple(tuple(_clean(cell) for cell in row) for row in rows))
    if kind == "list":
        return Block(kind, tuple((_clean(_ITEM.sub("", line)),) for line in lines))
    return Block(kind, ((_clean(" ".join(line.strip() for line in lines)),),))


def _clean(text: str) -> str:
    return _MARKS.sub("", text.strip())
