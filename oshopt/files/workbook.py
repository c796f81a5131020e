"""A workbook in: a sheet for each table, settings in the sheet `scenario`, notes in the sheet `about`."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from oshopt.files.cells import Fault, from_cell
from oshopt.files.draft import Draft, problem_of_file, within_length
from oshopt.files.folder import add_form
from oshopt.files.rows import RawTable, TableReading, raw_table, read_rows, shown
from oshopt.files.settings import Entry, SettingsReading, read_settings, stand_in
from oshopt.files.sheets import Sheet, read_sheets
from oshopt.model import NEEDED, TABLES, Problem, nearest

SETTINGS_SHEET = "scenario"
"""Sheet of the settings: columns `key`, `value`, and `meaning`, which is not read."""
ABOUT_SHEET = "about"
"""Sheet of the notes: one line a row, in column A."""
SETTINGS_COLUMNS = ("key", "value", "meaning")
"""Header of the sheet of settings."""

_HEADER = "Write the header: key, value."


def read_workbook(path: Path) -> Draft:
    """Read everything that a workbook holds; raise `InputError` where it cannot be opened."""
    sheets = read_sheets(path)
    file = str(path)
    draft = Draft(file, _settings(file, sheets.get(SETTINGS_SHEET)))
    draft.places |= {table: (file, f"{table}!A1") for table in TABLES}
    for table in TABLES:
        if table in sheets:
            draft.tables[table] = sheet_table(file, table, sheets[table])
        elif table in NEEDED:
            draft.problems.append(_missing_sheet(file, table, f"a header row and a row for each of the {table}"))
    known = (SETTINGS_SHEET, ABOUT_SHEET, *TABLES)
    for name, sheet in sheets.items():
        if name not in known:
            remedy = nearest(name, known) + " Rename the sheet, or delete it."
            message = "there is no table of this name"
            draft.problems.append(Problem("", "", "", sheet.title, message, remedy, file, f"sheet {sheet.title}"))
    if ABOUT_SHEET in sheets:
        _read_about(draft, sheets[ABOUT_SHEET])
    add_form(draft, path.parent)
    return draft


def _missing_sheet(file: str, table: str, content: str) -> Problem:
    remedy = f"Add a sheet named {table} with {content}."
    return problem_of_file(file, f"the sheet {table} is missing", remedy, table=table, cell=f"sheet {table}")


def _merged(file: str, table: str, sheet: Sheet) -> list[Problem]:
    remedy = "Split the cells and write the value into each of them."
    return [
        Problem(table, "", "", area, "merged cells in a table", remedy, file, f"{sheet.title}!{area.partition(':')[0]}")
        for area in sheet.merged
    ]


def sheet_table(file: str, table: str, sheet: Sheet) -> TableReading:
    """Read a sheet as a table."""
    raw, problems = raw_table(table, file, sheet.rows, partial(cell_name, sheet.title))
    return read_rows(raw, [*_merged(file, table, sheet), *problems], from_cell)


def cell_name(title: str, row: int, position: int, column: str) -> str:
    """Return what people call a cell, `Sheet!B2`; the row where no position is known."""
    del column
    if position < 0:
        return f"{title}, row {row}"
    letters = ""
    position += 1
    while position:
        position, rest = divmod(position - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{title}!{letters}{row}"


def _settings(file: str, sheet: Sheet | None) -> SettingsReading:
    broken = SettingsReading(file, stand_in({}, set()))
    if sheet is None:
        content = "the header key, value, and at least name, currency, start_year and horizon"
        broken.problems.append(_missing_sheet(file, SETTINGS_SHEET, content))
        return broken
    name_cell = partial(cell_name, sheet.title)
    raw = RawTable(SETTINGS_SHEET, file, name_cell)
    if not sheet.rows:
        broken.problems.append(raw.problem(1, "", "", "the sheet is empty, without a header row", _HEADER))
        return broken
    number, header = sheet.rows[0]
    columns: dict[str, int] = {}
    for position, cell in enumerate(header):
        name = shown(cell).strip().casefold()
        if name and (name in columns or name not in SETTINGS_COLUMNS):
            place = name_cell(number, position, "")
            message = "a second column of this name" if name in columns else "there is no such column"
            remedy = nearest(name, SETTINGS_COLUMNS)
            broken.problems.append(Problem(SETTINGS_SHEET, "", name, shown(cell), message, remedy, file, place))
        elif name:
            columns[name] = position
    if not {"key", "value"} <= columns.keys():
        broken.problems = broken.problems or [raw.problem(number, "", "", "the header is missing", _HEADER)]
        return broken
    reading = read_settings(file, _entries(sheet, columns, name_cell), from_cell)
    reading.problems = [*broken.problems, *_merged(file, SETTINGS_SHEET, sheet), *reading.problems]
    return reading


def _entries(sheet: Sheet, columns: dict[str, int], name_cell: Callable[[int, int, str], str]) -> list[Entry]:
    entries = []
    for row, cells in sheet.rows[1:]:
        key, value = cells[columns["key"]], cells[columns["value"]]
        entries.append(Entry(shown(key).strip(), value, name_cell(row, columns["value"], "")))
    return entries


def _read_about(draft: Draft, sheet: Sheet) -> None:
    lines: list[str] = []
    for number, cells in sheet.rows:
        if isinstance(cells[0], Fault):
            place = f"{sheet.title}!A{number}"
            fault = cells[0]
            problem = Problem(ABOUT_SHEET, "", "", str(fault), fault.message, fault.remedy, draft.path, place)
            draft.problems.append(problem)
        lines += [""] * (number - len(lines) - 1)
        lines.append("" if cells[0] is None else str(cells[0]))
    draft.about = "\n".join(lines)
    within_length(draft, draft.path)
