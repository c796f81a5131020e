"""A survey as people lay it out, experts down and factors across, turned into the long form that tables have.

Each cell becomes a row of its own that remembers where it stood, so that problems are shown at the cell of the file.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from oshopt.model import Problem, nearest

NameCell = Callable[[int, int, str], str]
Records = list[tuple[int, Sequence[object]]]

_OWN = ("survey", "subject", "round", "expert", "answer", "source")
_LONG = frozenset({"factor", "rank", "significance"})
_HEADER = ("survey", "subject", "round", "expert", "source", "factor", "rank", "significance")
_ANSWERS = ("rank", "significance")
_FIRST = 10_000_000
_FACTOR = re.compile(r"\w[\w.\-]{0,63}")


@dataclass(slots=True)
class _Matrix:
    """A table in matrix form on its way to the long form."""

    table: str
    file: str
    name_cell: NameCell
    own: dict[str, int] = field(default_factory=dict)
    """Position of each column that is no factor."""
    factors: dict[str, int] = field(default_factory=dict)
    """Position of each factor."""
    header_row: int = 1
    records: Records = field(default_factory=list)
    places: list[dict[str, tuple[int, int, str]]] = field(default_factory=list)
    """Row, position and column's name in the file by column of the long form, a dictionary a row."""
    problems: list[Problem] = field(default_factory=list)

    def complain(self, row: int, position: int, name: str, value: object, message: str, remedy: str) -> None:
        cell = self.name_cell(row, position, name)
        self.problems.append(Problem(self.table, "", name, _text(value), message, remedy, self.file, cell))

    def cell(self, cells: Sequence[object], column: str) -> object:
        position = self.own.get(column, -1)
        return cells[position] if 0 <= position < len(cells) else None

    def place(self, row: int, position: int, column: str) -> str:
        """Name the cell of the file behind a cell of the long form."""
        if row < _FIRST:
            return self.name_cell(row, position, column)
        known = self.places[row - _FIRST]
        return self.name_cell(*known.get(column, next(iter(known.values()))))


def unfolded(table: str, file: str, records: Records, name_cell: NameCell) -> tuple[Records, NameCell, list[Problem]]:
    """Return the long form of a survey in matrix form, and a table in any other form as it is.

    A matrix has a column `expert` and none named factor, rank or significance; its columns beside survey, subject,
    round, answer (rank or significance) and source are factors. Under a header with problems no row is judged.
    """
    header = [_text(cell).strip() for cell in records[0][1]] if records else []
    names = {name.casefold() for name in header}
    if table != "survey" or "expert" not in names or names & _LONG:
        return records, name_cell, []
    matrix = _Matrix(table, file, name_cell, header_row=records[0][0])
    _read_header(matrix, header, records[1:])
    if matrix.problems:
        return [(matrix.header_row, _HEADER)], matrix.place, matrix.problems
    used = _used_factors(matrix, records[1:])
    merged: dict[tuple[str, ...], dict[str, tuple[int, Sequence[object]]]] = {}
    for number, cells in records[1:]:
        _sort_row(matrix, merged, number, cells, len(header))
    for key, answers in merged.items():
        _unfold_expert(matrix, answers, used[key[:2]])
    return [(matrix.header_row, _HEADER), *matrix.records], matrix.place, matrix.problems


def _read_header(matrix: _Matrix, header: list[str], rows: Records) -> None:
    number = matrix.header_row
    for position, name in enumerate(header):
        column = name.casefold()
        if not name:
            if any(len(cells) > position and _text(cells[position]).strip() for _, cells in rows):
                remedy = "Name the column in the header row, or empty it."
                matrix.complain(number, position, "", "", "a column without a name", remedy)
        elif column in matrix.own or name in matrix.factors:
            matrix.complain(
                number, position, name, name, "a second column of this name", "Keep one of the two columns."
            )
        elif column in _OWN:
            matrix.own[column] = position
        elif _FACTOR.fullmatch(name):
            matrix.factors[name] = position
        else:
            remedy = "Head the column with the factor's id: letters, digits, _, - and . without spaces, at most 64."
            matrix.complain(number, position, name, name, "this cannot be a factor's id", remedy)


def _key(matrix: _Matrix, cells: Sequence[object]) -> tuple[str, ...]:
    return tuple(_text(matrix.cell(cells, name)).strip() for name in ("survey", "subject", "round", "expert"))


def _used_factors(matrix: _Matrix, rows: Records) -> dict[tuple[str, ...], list[str]]:
    """Return the factors of each survey: the columns in which any of its rows has something."""
    used: dict[tuple[str, ...], list[str]] = {}
    for _, cells in rows:
        found = used.setdefault(_key(matrix, cells)[:2], [])
        found += [
            name
            for name, position in matrix.factors.items()
            if name not in found and position < len(cells) and _text(cells[position]).strip()
        ]
    order = list(matrix.factors)
    return {key: sorted(found, key=order.index) or order for key, found in used.items()}


def _sort_row(
    matrix: _Matrix,
    merged: dict[tuple[str, ...], dict[str, tuple[int, Sequence[object]]]],
    number: int,
    cells: Sequence[object],
    width: int,
) -> None:
    extra = next((cell for cell in cells[width:] if _text(cell).strip()), None)
    if extra is not None:
        remedy = "Put cells that hold the separator into double quotes (a decimal comma too), or use ; between cells."
        matrix.complain(number, -1, "", extra, "more cells than the header has columns", remedy)
    answer = _text(matrix.cell(cells, "answer")).strip().casefold() or "rank"
    if answer not in _ANSWERS:
        position = matrix.own["answer"]
        matrix.complain(number, position, "answer", answer, "neither rank nor significance", nearest(answer, _ANSWERS))
        return
    row = merged.setdefault(_key(matrix, cells), {})
    if answer in row:
        what = "the same expert, survey and round"
        message = f"a second row of {what} (the first is {matrix.name_cell(row[answer][0], -1, '')})"
        found = matrix.cell(cells, "expert")
        matrix.complain(number, matrix.own["expert"], "expert", found, message, "Keep one of the rows, or rename one.")
        return
    row[answer] = (number, cells)


def _unfold_expert(matrix: _Matrix, answers: dict[str, tuple[int, Sequence[object]]], factors: Sequence[str]) -> None:
    lead, first = next(iter(answers.values()))
    fixed = [matrix.cell(first, name) for name in _HEADER[:5]]
    own = dict(_own_places(matrix, lead))
    for factor in factors:
        position = matrix.factors[factor]
        values = [_at(answers.get(answer, (0, ()))[1], position) for answer in _ANSWERS]
        places = {answer: (row, position, factor) for answer, (row, _) in answers.items()}
        places |= {answer: (lead, position, factor) for answer in _ANSWERS if answer not in places}
        matrix.records.append((_FIRST + len(matrix.places), [*fixed, factor, *values]))
        matrix.places.append(own | places | {"factor": (matrix.header_row, position, factor)})


def _own_places(matrix: _Matrix, row: int) -> Iterator[tuple[str, tuple[int, int, str]]]:
    yield "", (row, -1, "")
    for name in _HEADER[:5]:
        yield name, (row, matrix.own.get(name, -1), name)


def _at(cells: Sequence[object], position: int) -> object:
    return cells[position] if position < len(cells) else None


def _text(cell: object) -> str:
    return "" if cell is None else str(cell)[:80]
