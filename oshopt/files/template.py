"""The workbook to fill in: every sheet with its header, notes on each column, lists to choose from, example rows."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from oshopt.files.cells import to_cell
from oshopt.files.columns import WITH_NUMBERS, Column, Holds, table_columns
from oshopt.files.excel import need_excel
from oshopt.files.save import table_rows
from oshopt.files.settings_text import settings_rows
from oshopt.files.starter import starter
from oshopt.files.workbook import ABOUT_SHEET, SETTINGS_COLUMNS, SETTINGS_SHEET
from oshopt.files.writing import existing, replacing
from oshopt.model import TABLES
from oshopt.model.base import Frozen

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

_ROWS = 1000
_CHOSEN_FROM = {
    ("effects", "measure"): "measures",
    ("levels", "measure"): "measures",
    ("costs", "measure"): "measures",
    ("strategies", "measure"): "measures",
    ("costs", "line"): "budgets",
    ("losses", "measure"): "measures",
    ("losses", "group"): "groups",
    ("survey", "expert"): "experts",
    ("competence", "expert"): "experts",
    ("history", "indicator"): "indicators",
    ("decisions", "indicator"): "indicators",
}
_NOTES = (
    "Every figure in this workbook is an example. Replace them with your own; say in `source` where each comes from.",
    "Rest the mouse on a header to read what its column means; bold headers are needed, other cells may stay empty.",
    "Sheets that you do not need may stay as they are, with their header only.",
    "Lists of ids are separated by spaces. Then run: oshopt check FILE.xlsx",
)


def new_workbook(file: str | Path) -> None:
    """Write a workbook to fill in, itself a valid scenario; raise `InputError` where the file exists already."""
    target = Path(file)
    need_excel(str(target))
    if target.exists():
        raise existing(target)
    from openpyxl import Workbook

    scenario = starter()
    book = Workbook()
    book.remove(book.worksheets[0])
    about = book.create_sheet(ABOUT_SHEET)
    for note in _NOTES:
        about.append([note])
    about.column_dimensions["A"].width = 110
    _add_settings(book, settings_rows(scenario.settings, every=True))
    for table in TABLES:
        add_table(book, table, table_rows(scenario, table))
    book.calculation.fullCalcOnLoad = False
    with replacing(target) as temporary:
        book.save(temporary)


def _add_settings(book: Workbook, rows: list[tuple[str, str | int | float | bool, str]]) -> None:
    sheet = book.create_sheet(SETTINGS_SHEET)
    sheet.append(list(SETTINGS_COLUMNS))
    for key, value, meaning in rows:
        sheet.append([key, None if value == "" else value, meaning])
    for letter, width in {"A": 28, "B": 24, "C": 90}.items():
        sheet.column_dimensions[letter].width = width
    _embolden(sheet, range(1, len(SETTINGS_COLUMNS) + 1))
    sheet.freeze_panes = "A2"


def add_table(book: Workbook, table: str, rows: list[Frozen]) -> None:
    """Add a sheet to fill in: header with notes, lists to choose from, and rows to begin with."""
    from openpyxl.comments import Comment

    sheet = book.create_sheet(table)
    columns = table_columns(table)
    sheet.append(list(columns))
    for row in rows:
        sheet.append([_example(row, column) for column in columns.values()])
        for cell in sheet[sheet.max_row]:
            if cell.data_type == "f":
                cell.data_type = "s"
    for at, column in enumerate(columns.values(), start=1):
        need = " Needed." if column.needed else ""
        note = Comment(f"{column.meaning}{need}\nAllowed: {column.limits}.", "oshopt", height=130, width=300)
        sheet.cell(1, at).comment = note
        _format_column(sheet, table, at, column)
    _embolden(sheet, [at for at, column in enumerate(columns.values(), start=1) if column.needed])
    sheet.freeze_panes = "B2"


def _example(row: Frozen, column: Column) -> Any:
    value = getattr(row, column.name)
    return None if value == column.default and not column.needed else to_cell(value)


def _embolden(sheet: Worksheet, positions: Any) -> None:
    from openpyxl.styles import Font

    for at in positions:
        sheet.cell(1, at).font = Font(bold=True)


def _format_column(sheet: Worksheet, table: str, at: int, column: Column) -> None:
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    letter = get_column_letter(at)
    sheet.column_dimensions[letter].width = 32 if column.holds is Holds.TEXT else max(12, len(column.name) + 2)
    if column.holds not in WITH_NUMBERS:
        # Text format keeps a spreadsheet from making dates of ids and classes such as 3.1.
        sheet.column_dimensions[letter].number_format = "@"
        for row in range(2, sheet.max_row + 1):
            sheet.cell(row, at).number_format = "@"
    home = _CHOSEN_FROM.get((table, column.name))
    choices = ("yes", "no") if column.holds is Holds.YES_NO else column.choices
    if home is not None:
        listed = f"{home}!$A$2:$A${_ROWS}"
    elif choices:
        listed = '"' + ",".join(choices) + '"'
    else:
        return
    validation = DataValidation(type="list", formula1=listed, allow_blank=True, showErrorMessage=True)
    validation.error = f"Allowed: {column.limits}." if home is None else f"Choose an id from the sheet {home}."
    validation.add(f"{letter}2:{letter}{_ROWS}")
    sheet.add_data_validation(validation)
