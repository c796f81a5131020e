"""Changes inside a scenario's own files: cells of a table, or whole tables, everything else kept as it stands."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from oshopt.files.cells import to_cell, to_text
from oshopt.files.columns import NUMERIC, Column, table_columns
from oshopt.files.dialect import decode, find_separator
from oshopt.files.draft import problem_of_file
from oshopt.files.excel import need_excel
from oshopt.files.folder import SETTINGS_FILE
from oshopt.files.numerals import decimal_mark
from oshopt.files.save import save_table, used_columns
from oshopt.files.writing import replacing
from oshopt.model import InputError
from oshopt.model.base import Frozen

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

_BOMS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
Cells = Mapping[str, Mapping[str, object]]
"""New values by a row's id and column."""


def change_cells(path: str | Path, table: str, cells: Cells, encoding: str | None) -> Path:
    """Write values into cells of a table that is keyed by `id`, and return the file that was changed.

    A CSV file keeps its separator, decimal mark, order and other columns, and is UTF-8 thereafter; a workbook keeps
    everything that its library knows, and 16 digits of its numbers. Raises `InputError` for a workbook with formulas,
    whose values would be lost.
    """
    home = _home(Path(path))
    if home.is_dir():
        file = home / f"{table}.csv"
        _change_csv(file, table, cells, encoding)
        return file
    book = _open(home)
    _change_sheet(_sheet(book, table), table, cells)
    _save(book, home)
    return home


def replace_tables(path: str | Path, tables: Mapping[str, Sequence[Frozen]]) -> list[Path]:
    """Write whole tables in place of those that a scenario has, and return the files that were changed."""
    home = _home(Path(path))
    if home.is_dir():
        written = []
        for table, rows in tables.items():
            file = home / f"{table}.csv"
            if rows or file.exists():
                save_table(table, list(rows), file)
                written.append(file)
        return written
    book = _open(home)
    for table, rows in tables.items():
        _fill(_sheet(book, table), table, list(rows))
    _save(book, home)
    return [home]


def _home(path: Path) -> Path:
    return path.parent if path.name == SETTINGS_FILE else path


def _change_csv(file: Path, table: str, cells: Cells, encoding: str | None) -> None:
    data = file.read_bytes()
    text = decode(data, encoding)
    columns = table_columns(table)
    separator = find_separator(text, columns)
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True))
    header = next(i for i, row in enumerate(rows) if any(cell.strip() for cell in row))
    position = _positions(rows[header], cells)
    mark = decimal_mark(_number_cells(rows[header + 1 :], position, columns), separator) or "."
    for row in rows[header + 1 :]:
        if any(cell.strip() for cell in row):
            row += [""] * (len(rows[header]) - len(row))
            for column, value in cells.get(row[position["id"]].strip(), {}).items():
                row[position[column]] = _text(columns[column], value, mark)
    out = io.StringIO()
    writer = csv.writer(out, delimiter=separator, lineterminator="\r\n" if "\r\n" in text else "\n")
    writer.writerows(rows)
    with replacing(file) as temporary:
        plain = encoding is None and not data.startswith(_BOMS)
        temporary.write_bytes(out.getvalue().encode("utf-8" if plain else "utf-8-sig"))


def _positions(header: list[str], cells: Cells) -> dict[str, int]:
    """Return the position of each column, adding to the header what it lacks."""
    position = {name.strip().casefold(): at for at, name in enumerate(header)}
    for column in sorted({name for row in cells.values() for name in row}):
        if column not in position:
            position[column] = len(header)
            header.append(column)
    return position


def _number_cells(rows: list[list[str]], position: Mapping[str, int], columns: Mapping[str, Column]) -> list[str]:
    wanted = [at for name, at in position.items() if name in columns and columns[name].holds in NUMERIC]
    return [row[at] for row in rows for at in wanted if at < len(row)]


def _text(column: Column, value: object, mark: str) -> str:
    text = to_text(value)
    return text.replace(".", mark) if column.holds in NUMERIC else text


def _open(path: Path) -> Workbook:
    need_excel(str(path))
    import openpyxl

    book = openpyxl.load_workbook(path)
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    message = "the workbook has formulas, whose values would be lost if it were changed here"
                    remedy = "Put values in their place, or turn the scenario into a folder of CSV files."
                    place = f"{sheet.title}!{cell.coordinate}"
                    raise InputError([problem_of_file(str(path), message, remedy, cell=place)])
    return book


def _save(book: Workbook, path: Path) -> None:
    book.calculation.fullCalcOnLoad = False
    with replacing(path) as temporary:
        book.save(temporary)


def _sheet(book: Workbook, table: str) -> Worksheet:
    found = next((sheet for sheet in book.worksheets if sheet.title.strip().casefold() == table), None)
    return found if found is not None else book.create_sheet(table)


def _change_sheet(sheet: Worksheet, table: str, cells: Cells) -> None:
    columns = table_columns(table)
    start = next(at for at, row in enumerate(sheet.iter_rows(values_only=True), start=1) if any(row))
    header = ["" if cell.value is None else str(cell.value) for cell in sheet[start]]
    known = len(header)
    position = _positions(header, cells)
    for at in range(known, len(header)):
        _set(sheet, start, at, header[at])
    for row in range(start + 1, sheet.max_row + 1):
        key = sheet.cell(row, position["id"] + 1).value
        for column, value in cells.get(str(key).strip(), {}).items():
            _set(sheet, row, position[column], to_cell(value) if column in columns else value)


def _fill(sheet: Worksheet, table: str, rows: list[Frozen]) -> None:
    sheet.delete_rows(1, sheet.max_row)
    columns = used_columns(table, rows)
    for at, column in enumerate(columns):
        _set(sheet, 1, at, column.name)
    for number, row in enumerate(rows, start=2):
        for at, column in enumerate(columns):
            value = getattr(row, column.name)
            if value != column.default or column.needed:
                _set(sheet, number, at, to_cell(value))


def _set(sheet: Worksheet, row: int, position: int, value: Any) -> None:
    cell = sheet.cell(row, position + 1)
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"
