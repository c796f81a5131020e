"""Tables for files of data: every figure of a cell in a column of its own, and names without what could steer a screen.

CSV has its heads in English and in snake_case, whatever language is spoken, and ids beside names.
"""

from __future__ import annotations

import csv
import io
import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from oshopt.files.cells import to_text
from oshopt.language import say, sayable
from oshopt.model import Label
from oshopt.reporting.exact import Compound, Exact
from oshopt.reporting.numbers import NOTHING, without_controls
from oshopt.reporting.tables import Column, Table

PARTS = {
    "low": sayable("{title}: from"),
    "high": sayable("{title}: to"),
    "share": sayable("{title}: share"),
    "standard_error": sayable("{title}: standard error"),
    "year": sayable("{title}: year"),
}
"""Heads of further figures of a cell."""

_LONGEST = 100
_GREEK = str.maketrans({"ε": "epsilon ", "Δ": "delta ", "χ": "chi", "²": "2", "Σ": "sum ", "≥": "at least "})


@dataclass(frozen=True, slots=True)
class Spread:
    """A column of a table spread out: which one it comes from, and which of its figures it holds, "" the leading."""

    column: Column
    position: int
    part: str

    def cell(self, row: tuple[str, ...]) -> str:
        """Return the cell of a row; empty where the row has no such figure."""
        cell = row[self.position]
        if isinstance(cell, Compound):
            return cell.parts.get(self.part, "")
        return "" if self.part else cell

    @property
    def title(self) -> str:
        """Head of the column, for people."""
        return say(PARTS[self.part], title=self.column.title) if self.part else self.column.title


def spread_out(table: Table) -> list[Spread]:
    """Return the columns of a table, those of several figures spread out."""
    found = []
    for at, column in enumerate(table.columns):
        cells = [row[at] for row in table.rows]
        parts = dict.fromkeys(part for cell in cells if isinstance(cell, Compound) for part in cell.parts)
        if any(not isinstance(cell, Compound) for cell in cells) or not parts:
            parts = {"": None, **parts}
        found += [Spread(column, at, part) for part in parts]
    return found


def as_csv(table: Table) -> str:
    """Return a table as CSV: figures with all their digits and a decimal point, ids in columns beside their names.

    A text that a spreadsheet would take for a formula has an apostrophe in front.
    """
    columns = spread_out(table)
    named = [any(isinstance(c.cell(row), Label) for row in table.rows) for c in columns]
    heads = list(_heads(columns, named))
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(_apart(heads))
    for row in table.rows:
        cells: list[str] = []
        for column, ids in zip(columns, named, strict=True):
            cell = column.cell(row)
            cells += [cell.id if isinstance(cell, Label) else ""] if ids else []
            cells.append(_value(cell))
        writer.writerow(cells)
    return text.getvalue()


def _heads(columns: list[Spread], named: list[bool]) -> Iterator[str]:
    for at, (column, ids) in enumerate(zip(columns, named, strict=True)):
        title = column.column.title
        head = title.id if isinstance(title, Label) else machine_name(title)
        head = head or ("what" if at == 0 else f"column_{at + 1}")
        head = f"{head}_{column.part}" if column.part else head
        yield from (head, f"{head}_name") if ids else (head,)


def _apart(heads: list[str]) -> list[str]:
    """Number heads that would be the same."""
    seen: dict[str, int] = {}
    for head in heads:
        seen[head] = seen.get(head, 0) + 1
    again: dict[str, int] = {}
    told = []
    for head in heads:
        again[head] = again.get(head, 0) + 1
        told.append(head if seen[head] == 1 else f"{head}_{again[head]}")
    return told


def machine_name(title: str) -> str:
    """Return a title as a name for programs: lower case, `_` between words; ids keep their hyphens and points."""
    words = re.sub(r"[^\w.\-]+", "_", title.translate(_GREEK).casefold().replace("%", " percent "))
    return words.strip("_.-")


def _value(cell: str) -> str:
    if isinstance(cell, Exact):
        if math.isinf(cell.value):
            return "inf" if cell.value > 0 else "-inf"
        return repr(int(cell.value)) if cell.value.is_integer() and abs(cell.value) < 1e15 else repr(cell.value)
    return "" if cell == NOTHING else to_text(without_controls(cell))


def csv_files(tables: Iterable[Table]) -> dict[str, str]:
    """Return tables that have rows as CSV, by file name; their titles must be in English."""
    found: dict[str, str] = {}
    for table in dict.fromkeys(tables):
        if table.rows:
            name = file_name(table.title)
            count = 2
            while f"{name}.csv" in found:
                name = f"{file_name(table.title)}_{count}"
                count += 1
            found[f"{name}.csv"] = as_csv(table)
    return found


def file_name(title: str) -> str:
    """Return the name of a table's file: its title up to the first comma without years, then the names it quotes."""
    names = [machine_name(name)[:64] for name in re.findall("“(.+?)”", title)]
    plain = re.sub("“.+?”", "", title.replace("'s ", "s "))
    plain = re.sub(r"\b(over|in|of|for|at the end of) [0-9]{4}(–[0-9]{4})?", "", plain)
    words = machine_name(re.split(r"[,;({]", plain)[0])[:_LONGEST]
    if names:
        words = re.sub(r"(_(of|by|under|from|against|and))+$", "", words)
    return "-".join(part for part in (words or "table", *names) if part)
