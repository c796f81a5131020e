"""From raw rows of one table to rows of the model, with every problem at its place."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from pydantic import ValidationError

from oshopt.files.columns import Column, Holds, table_columns
from oshopt.files.matrix import unrolled
from oshopt.files.numerals import CellError
from oshopt.files.survey_matrix import unfolded
from oshopt.model import KEYS, MATRICES, NEEDED, TABLES, Problem, nearest, row_key
from oshopt.model.base import Frozen

Convert = Callable[[Column, Any], object]
"""From a column and a raw cell to a value; None where the cell is empty; raises `CellError`."""

M = TypeVar("M", bound=Frozen)

_LONGEST_VALUE = 80


@dataclass(frozen=True, slots=True)
class RawTable:
    """A table as it stands in a file: header and rows that hold anything, nothing converted."""

    table: str
    file: str
    name_cell: Callable[[int, int, str], str]
    """From a row's number, a column's position (−1 where it has none) and a column's name to the place people see."""
    header_row: int = 1
    columns: dict[str, int] = field(default_factory=dict)
    """Position of each known column."""
    rows: list[tuple[int, Sequence[object]]] = field(default_factory=list)
    """Row numbers and cells."""
    width: int = 0
    """Number of cells of the header."""

    def problem(self, row: int, column: str, value: object, message: str, remedy: str, key: str = "") -> Problem:
        """Return a problem placed at one cell."""
        cell = self.name_cell(row, self.columns.get(column, -1), column)
        return Problem(self.table, key, column, shown(value), message, remedy, self.file, cell)


@dataclass(slots=True)
class TableReading:
    """What came out of a table."""

    raw: RawTable
    rows: list[Frozen] = field(default_factory=list)
    """Sound rows, no two of one key, in the file's order."""
    place: dict[str, int] = field(default_factory=dict)
    """Row number by the row's key."""
    problems: list[Problem] = field(default_factory=list)
    broken: set[str] = field(default_factory=set)
    """First key of each row that could not be read."""
    unreadable: bool = False
    """Whether nothing is known of the table's rows."""
    told: set[tuple[str, str]] = field(default_factory=set)
    """Cell and message of the problems of rows: of a matrix, one cell may stand in many rows."""

    def add(self, problems: list[Problem]) -> None:
        """Take up problems of a row that have not been told of the same cell."""
        for problem in problems:
            if (problem.cell, problem.message) not in self.told:
                self.told.add((problem.cell, problem.message))
                self.problems.append(problem)


def shown(value: object) -> str:
    """Return a raw value as text to show, cut where it is very long."""
    if value is None:
        return ""
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return text if len(text) <= _LONGEST_VALUE else text[: _LONGEST_VALUE - 1] + "…"


def build(
    model: type[M], columns: dict[str, Column], values: dict[str, object]
) -> tuple[M | None, list[tuple[str, str, str]]]:
    """Return the model of `values`, or None with (column, message, remedy) of everything out of its limits."""
    try:
        return model(**values), []
    except ValidationError as error:
        found: dict[str, tuple[str, str]] = {}
        for detail in error.errors(include_url=False, include_context=False, include_input=False):
            name = str(detail["loc"][0])
            found.setdefault(name, _in_words(detail["type"], columns[name], values.get(name)))
        return None, [(name, *words) for name, words in found.items()]


def _in_words(kind: str, column: Column, value: object) -> tuple[str, str]:
    remedy = f"Give {column.limits}."
    if kind == "missing":
        return f"{column.name} is needed and is empty", remedy
    if kind in ("greater_than_equal", "greater_than", "less_than_equal", "less_than"):
        negative = isinstance(value, int | float) and value < 0
        return "a negative number" if negative else "a number outside its limits", remedy
    if kind == "string_pattern_mismatch":
        return ("a word that cannot be an id" if column.holds is Holds.IDS else "this cannot be an id"), remedy
    if kind == "string_too_short":
        return "an empty text", remedy
    if kind == "string_too_long":
        return "the text is too long", remedy
    return f"not {column.holds}", remedy


def raw_table(
    table: str, file: str, records: list[tuple[int, Sequence[object]]], name_cell: Callable[[int, int, str], str]
) -> tuple[RawTable, list[Problem]]:
    """Return the table with its header understood, and what is wrong with the header.

    Where nothing can be known of its rows, the table comes back without columns.
    """
    known = table_columns(table)
    records, name_cell, found = unfolded(table, file, records, name_cell)
    records, name_cell, more = unrolled(table, file, records, name_cell)
    found = [*found, *more]
    raw = RawTable(table, file, name_cell)
    if not records:
        wanted = ", ".join(column.name for column in known.values() if column.needed)
        remedy = f"Write a header row with at least: {wanted}."
        return raw, [raw.problem(1, "", "", "the table is empty, without a header row", remedy)]
    number, header = records[0]
    raw = RawTable(table, file, name_cell, number, {}, records[1:], len(header))
    problems = [*found, *_header_problems(raw, header, known)]
    suggested = " ".join(problem.remedy for problem in problems)
    missing = [c for c in known.values() if c.needed and c.name not in raw.columns]
    for column in missing:
        if f"{column.name!r}?" not in suggested:
            remedy = f"Add a column {column.name} with {column.limits}."
            problems.append(raw.problem(number, column.name, "", f"there is no column {column.name}", remedy))
    if missing:
        raw.columns.clear()
    elif not raw.rows and table in NEEDED:
        remedy = f"Add a row for each of the {table}."
        problems.append(raw.problem(number + 1, "id", "", "the table has a header and no rows", remedy))
        raw.columns.clear()
    return raw, problems


def _header_problems(raw: RawTable, header: Sequence[object], known: dict[str, Column]) -> Iterator[Problem]:
    number = raw.header_row
    for position, cell in enumerate(header):
        name = shown(cell).strip().casefold()
        place = raw.name_cell(number, position, shown(cell).strip())
        if name in raw.columns:
            remedy = "Keep one of the two columns."
            yield Problem(raw.table, "", name, name, "a second column of this name", remedy, raw.file, place)
        elif name in known:
            raw.columns[name] = position
        elif name:
            remedy = nearest(name, known)
            text = shown(cell)
            yield Problem(raw.table, "", text, text, "there is no such column", remedy, raw.file, place)
        elif any(len(cells) > position and shown(cells[position]).strip() for _, cells in raw.rows):
            remedy = "Name the column in the header row, or empty it."
            yield Problem(raw.table, "", "", "", "a column without a name", remedy, raw.file, place)


def read_rows(raw: RawTable, header_problems: list[Problem], convert: Convert) -> TableReading:
    """Convert every row of a table."""
    reading = TableReading(raw, problems=list(header_problems), unreadable=not raw.columns)
    if not reading.unreadable:
        columns = table_columns(raw.table)
        for number, cells in raw.rows:
            _add_row(reading, _RawRow(raw, columns, number, cells), convert)
    if raw.table in MATRICES:
        reading.problems = list({(problem.cell, problem.message): problem for problem in reading.problems}.values())
    return reading


@dataclass(frozen=True, slots=True)
class _RawRow:
    raw: RawTable
    columns: dict[str, Column]
    number: int
    cells: Sequence[object]

    def cell(self, column: str) -> object:
        position = self.raw.columns.get(column, -1)
        return self.cells[position] if 0 <= position < len(self.cells) else None

    def key_cells(self) -> list[str]:
        return [shown(self.cell(column)).strip() for column in KEYS[self.raw.table]]

    def problem(self, key: str, column: str, message: str, remedy: str) -> Problem:
        return self.raw.problem(self.number, column, self.cell(column), message, remedy, key)


def _add_row(reading: TableReading, source: _RawRow, convert: Convert) -> None:
    row, faults = _convert_row(source, convert)
    table, first = source.raw.table, KEYS[source.raw.table][0]
    key = row_key(table, row) if row is not None else " ".join(part for part in source.key_cells() if part)
    problems = [source.problem(key, *fault) for fault in faults]
    extra = next((cell for cell in source.cells[source.raw.width :] if shown(cell).strip()), None)
    if extra is not None:
        remedy = "Put cells that hold the separator into double quotes (a decimal comma too), or use ; between cells."
        message = "more cells than the header has columns"
        problems.append(source.raw.problem(source.number, "", extra, message, remedy, key))
    if not problems and key in reading.place:
        first_place = source.raw.name_cell(reading.place[key], -1, "")
        message = f"a second row of the same {', '.join(KEYS[table])} (the first is {first_place})"
        problems.append(source.problem(key, first, message, "Keep one of the rows, or rename one."))
    if problems or row is None:
        reading.add(problems)
        reading.broken.add(source.key_cells()[0])
    else:
        reading.place[key] = source.number
        reading.rows.append(row)


def _convert_row(source: _RawRow, convert: Convert) -> tuple[Frozen | None, list[tuple[str, str, str]]]:
    values: dict[str, object] = {}
    faults: dict[str, tuple[str, str]] = {}
    for name in source.raw.columns:
        try:
            value = convert(source.columns[name], source.cell(name))
        except CellError as error:
            faults[name] = (error.message, error.remedy)
        else:
            if value is not None:
                values[name] = value
    row, errors = build(TABLES[source.raw.table], source.columns, values)
    for name, message, remedy in errors:
        faults.setdefault(name, (message, remedy))
    return row, [(name, *words) for name, words in faults.items()]
