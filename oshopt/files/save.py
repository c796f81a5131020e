"""Scenarios out: a folder or a workbook that loads back with every value the same.

CSV is UTF-8 with a byte order mark, commas and decimal points. Text that a spreadsheet would take for a formula gets an
apostrophe in front in CSV, which reading takes away; in a workbook it is stored as text.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from oshopt.assessment import form_toml
from oshopt.files.cells import to_cell, to_text, unprintable
from oshopt.files.columns import WITH_NUMBERS, Column, table_columns
from oshopt.files.draft import problem_of_file
from oshopt.files.excel import need_excel
from oshopt.files.folder import ABOUT_FILE, SETTINGS_FILE
from oshopt.files.settings_text import settings_rows, settings_toml
from oshopt.files.workbook import ABOUT_SHEET, SETTINGS_COLUMNS, SETTINGS_SHEET
from oshopt.files.writing import filling, replacing
from oshopt.model import KEYED, KEYS, TABLES, InputError, Problem, Scenario, row_key
from oshopt.model.base import Frozen

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

FORM_FILE = "scorecard.toml"
"""Name of a scenario's own scorecard in a folder, where its settings give none."""
LONGEST_CELL = 32_767
"""Characters that a cell of a workbook holds."""
_WIDEST = 60
"""Characters that a column of a workbook shows at most."""

_LOST_IN_WORKBOOK = ("x005F_", "_x000D_")


def save_folder(scenario: Scenario, folder: str | Path) -> None:
    """Write a scenario as a folder that `load` reads back the same.

    Raises `InputError` where the folder exists and is not empty, or where a text cannot be written.
    """
    _require_writable(scenario, ())
    scenario = _with_form_named(scenario)
    with filling(Path(folder)) as temporary:
        (temporary / SETTINGS_FILE).write_text(settings_toml(scenario.settings), encoding="utf-8", newline="\n")
        for table in TABLES:
            rows = table_rows(scenario, table)
            if rows:
                write_table(temporary / f"{table}.csv", used_columns(table, rows), rows)
        if scenario.form is not None:
            text = form_toml(scenario.form)
            (temporary / scenario.settings.assessment.form).write_text(text, encoding="utf-8", newline="\n")
        if scenario.about:
            (temporary / ABOUT_FILE).write_text(scenario.about + "\n", encoding="utf-8", newline="")


def _with_form_named(scenario: Scenario) -> Scenario:
    settings = scenario.settings
    if scenario.form is None or settings.assessment.form:
        return scenario
    named = settings.assessment.update(form=FORM_FILE)
    return scenario.update(settings=settings.update(assessment=named))


def table_rows(scenario: Scenario, table: str) -> list[Frozen]:
    """Return the rows of one table."""
    content = getattr(scenario, table)
    return list(content.values()) if table in KEYED else list(content)


def used_columns(table: str, rows: list[Frozen]) -> list[Column]:
    """Return the columns that name a row, are needed, or differ from their default somewhere."""

    def used(column: Column) -> bool:
        in_key = column.name in KEYS[table]
        return column.needed or in_key or any(getattr(row, column.name) != column.default for row in rows)

    return [column for column in table_columns(table).values() if used(column)]


def save_table(table: str, rows: list[Frozen], file: str | Path) -> None:
    """Write rows of one table as CSV, which loads back under the table's name; an existing file is replaced."""
    with replacing(Path(file)) as temporary:
        write_table(temporary, used_columns(table, rows), rows)


def write_table(path: Path, columns: list[Column], rows: list[Frozen]) -> None:
    """Write one table as CSV."""
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow([column.name for column in columns])
        writer.writerows([_csv_cell(row, column) for column in columns] for row in rows)


def _csv_cell(row: Frozen, column: Column) -> str:
    value = getattr(row, column.name)
    return "" if value == column.default and not column.needed else to_text(value)


def save_workbook(scenario: Scenario, file: str | Path) -> None:
    """Write a scenario as a workbook that `load` reads back the same; an existing file is replaced.

    Raises `InputError` where a text cannot be written, or the extra `excel` is missing.
    """
    target = Path(file)
    need_excel(str(target))
    if scenario.form is not None:
        remedy = "Save it as a folder, or name the scorecard's file where it is used."
        raise InputError([problem_of_file(str(target), "a workbook does not hold a scorecard of its own", remedy)])
    _require_writable(scenario, _LOST_IN_WORKBOOK)
    from oshopt.files.exact_numbers import exact_workbook

    with replacing(target) as temporary, exact_workbook(temporary) as book:
        bold, text = book.add_format({"bold": True}), book.add_format({"num_format": "@"})
        settings = book.add_worksheet(SETTINGS_SHEET)
        for at, cells in enumerate([SETTINGS_COLUMNS, *settings_rows(scenario.settings)]):
            _write_row(settings, at, cells)
        settings.set_row(0, None, bold)
        settings.set_column(0, 0, 28)
        settings.set_column(1, 2, 40)
        for table in TABLES:
            rows = table_rows(scenario, table)
            if rows:
                sheet = book.add_worksheet(table)
                sheet.set_row(0, None, bold)
                _fill_sheet(sheet, used_columns(table, rows), rows, text)
        if scenario.about:
            about = book.add_worksheet(ABOUT_SHEET)
            about.set_column(0, 0, 110)
            for at, line in enumerate(scenario.about.split("\n")):
                _write_row(about, at, [line])


def _fill_sheet(sheet: Worksheet, columns: Sequence[Column], rows: Sequence[Frozen], text: Format) -> None:
    """Write a table whose columns are wide enough, say what they mean, and make no dates of ids typed in later."""
    sheet.freeze_panes(1, 1)
    _write_row(sheet, 0, [column.name for column in columns])
    for at, row in enumerate(rows, start=1):
        _write_row(sheet, at, [_sheet_cell(row, column) for column in columns])
    for at, column in enumerate(columns):
        longest = max(len(column.name), *(len(str(_sheet_cell(row, column))) for row in rows))
        sheet.set_column(at, at, min(longest + 2, _WIDEST), None if column.holds in WITH_NUMBERS else text)
        note = f"{column.meaning}\nAllowed: {column.limits}."
        sheet.write_comment(0, at, note, {"x_scale": 2.4, "y_scale": 1.6})


def _sheet_cell(row: Frozen, column: Column) -> str | int | float | bool:
    value = getattr(row, column.name)
    return "" if value == column.default and not column.needed else to_cell(value)


def _write_row(sheet: Worksheet, at: int, cells: Any) -> None:
    for position, value in enumerate(cells):
        if isinstance(value, str):
            if value:
                sheet.write_string(at, position, value)
        else:
            sheet.write_number(at, position, value)


def _require_writable(scenario: Scenario, lost: tuple[str, ...]) -> None:
    problems = []
    for table, row, column, text in _texts(scenario):
        bad = unprintable(text) or next((part for part in lost if part in text), "")
        if bad or (table == ABOUT_SHEET and lost and len(text) > LONGEST_CELL):
            message = f"a text that cannot be written ({bad or 'too long a line'})"
            problems.append(Problem(table, row, column, text[:80], message, "Change the text."))
    if problems:
        raise InputError(problems)


def _texts(scenario: Scenario) -> Iterator[tuple[str, str, str, str]]:
    for key, value, _ in settings_rows(scenario.settings):
        if isinstance(value, str):
            yield "scenario", key, key, value
    for table in TABLES:
        for row in table_rows(scenario, table):
            for column, value in dict(row).items():
                if isinstance(value, str):
                    yield table, row_key(table, row), column, value
    for line in scenario.about.split("\n"):
        yield ABOUT_SHEET, "", "", line
