"""Sheets of a workbook as raw cells: values, formulas without one, merged ranges. What columns mean is not known."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from oshopt.files.archive import check_archive, damaged
from oshopt.files.cells import Fault
from oshopt.files.excel import need_excel
from oshopt.model import InputError

MOST_CELLS = 2_000_000
"""Cells, empty ones between others counted, that a sheet may span."""

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_OPEN_AND_SAVE = (
    "Open the workbook in a spreadsheet program and save it there, or put the value in place of the formula."
)


@dataclass(slots=True)
class Sheet:
    """A sheet's rows that hold anything, each with its number and one value a column."""

    title: str
    rows: list[tuple[int, Sequence[object]]] = field(default_factory=list)
    merged: list[str] = field(default_factory=list)
    """Ranges of merged cells: "B2:C3"."""


@dataclass(slots=True)
class _Scan:
    """What a sheet's XML says beside its values."""

    last_row: int = 0
    last_column: int = 0
    formulas: dict[tuple[int, int], bool] = field(default_factory=dict)
    """Row and column of each formula: whether a value is kept with it."""
    merged: list[str] = field(default_factory=list)


def read_sheets(path: Path) -> dict[str, Sheet]:
    """Return the sheets of a workbook by title in lower case; raise `InputError` where it cannot be read."""
    check_archive(path)
    need_excel(str(path))
    import openpyxl

    if not openpyxl.DEFUSEDXML:
        raise damaged(path, "the protection against hostile XML is off", "Unset OPENPYXL_DEFUSEDXML.")
    try:
        with warnings.catch_warnings(action="ignore"), path.open("rb") as stream:
            book = openpyxl.load_workbook(stream, read_only=True, data_only=True, keep_links=False)
            trusted = not (book.calculation is not None and book.calculation.fullCalcOnLoad)
            return {sheet.title.strip().casefold(): _sheet(path, sheet, trusted) for sheet in book.worksheets}
    except (InputError, OSError):
        raise
    except Exception:  # a malformed part makes the library raise errors of any type
        raise damaged(path) from None


def _sheet(path: Path, sheet: Any, trusted: bool) -> Sheet:
    scan = _scan(sheet)
    if scan is None:
        raise damaged(path)
    if scan.last_row * scan.last_column > MOST_CELLS:
        message = f"the sheet {sheet.title!r} spans {scan.last_row} rows and {scan.last_column} columns"
        raise damaged(path, message, "Delete the cells far from the table.")
    found = Sheet(sheet.title, merged=scan.merged)
    if scan.last_row:
        rows = sheet.iter_rows(max_row=scan.last_row, max_col=scan.last_column)
        for number, cells in enumerate(rows, start=1):
            values = [_value(cell, number, at, scan, trusted) for at, cell in enumerate(cells, start=1)]
            if any(value is not None and str(value).strip() for value in values):
                found.rows.append((number, values))
    return found


def _value(cell: Any, row: int, column: int, scan: _Scan, trusted: bool) -> object:
    kept = scan.formulas.get((row, column))
    if kept is not None and not (kept and trusted):
        return Fault("=…", "a formula whose value was never computed", _OPEN_AND_SAVE)
    if cell.data_type == "e":
        return Fault(str(cell.value), "the cell holds a spreadsheet's error", "Mend the formula, or type the value.")
    value = cell.value
    return value.replace("_x000D_", "\r") if isinstance(value, str) else value


def _scan(sheet: Any) -> _Scan | None:
    """Read a sheet's XML; None where its rows do not follow each other."""
    from defusedxml.ElementTree import iterparse
    from openpyxl.utils.cell import coordinate_to_tuple

    scan = _Scan()
    row = column = 0
    with sheet._get_source() as source:
        for event, element in iterparse(source, events=("start", "end")):
            if event == "start" and element.tag == f"{_MAIN}row":
                before, row, column = row, int(element.get("r") or row + 1), 0
                if row <= before:
                    return None
            elif event == "end" and element.tag == f"{_MAIN}c":
                place = element.get("r")
                at, column = coordinate_to_tuple(place) if place else (row, column + 1)
                if at != row:
                    return None
                _note(scan, element, row, column)
            elif event == "end" and element.tag == f"{_MAIN}mergeCell":
                scan.merged.append(str(element.get("ref")))
            if event == "end" and element.tag == f"{_MAIN}row":
                element.clear()
    return scan


def _note(scan: _Scan, element: Any, row: int, column: int) -> None:
    value = element.find(f"{_MAIN}v")
    formula = element.find(f"{_MAIN}f") is not None
    if formula:
        text = value is not None and element.get("t") == "str"
        scan.formulas[row, column] = text or (value is not None and bool(value.text))
    if formula or value is not None or element.find(f"{_MAIN}is") is not None:
        scan.last_row = max(scan.last_row, row)
        scan.last_column = max(scan.last_column, column)
