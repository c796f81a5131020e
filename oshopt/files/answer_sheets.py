"""Answer sheets on their own, without a scenario: in from CSV, a folder or a workbook, out as a sheet to fill in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from oshopt.assessment import blank_answers, blank_factors, examine_sheet, standard_text
from oshopt.files.columns import table_columns
from oshopt.files.dialect import DialectError, decode
from oshopt.files.draft import placed_in, problem_of_file
from oshopt.files.excel import need_excel
from oshopt.files.folder import SETTINGS_FILE, read_bytes, read_table
from oshopt.files.rows import TableReading
from oshopt.files.save import write_table
from oshopt.files.sheets import read_sheets
from oshopt.files.template import add_table
from oshopt.files.workbook import ABOUT_SHEET, SETTINGS_SHEET, sheet_table
from oshopt.files.writing import existing, replacing
from oshopt.language import say, sayable
from oshopt.model import AnswerSheet, InputError, ScorecardForm
from oshopt.model.base import Frozen

ANSWER_TABLES = ("scorecard", "compliance")
"""Tables that an answer sheet may have."""
_NOTES = (
    sayable(
        "Answer in the column value of the sheet scorecard, and in required, actual and the columns beside them of the "
        "sheet compliance; leave empty what is not known. Then run: oshopt assess FILE.xlsx"
    ),
    sayable("A missing answer counts as the worst one in the headline, and widens the range of the total."),
)


def is_answer_sheet(path: str | Path) -> bool:
    """Tell whether a path holds answers without a scenario: a CSV file, or a folder or workbook without settings."""
    place = Path(path)
    if place.is_dir():
        tables = any((place / f"{table}.csv").exists() for table in ANSWER_TABLES)
        return tables and not (place / SETTINGS_FILE).exists()
    if place.suffix.casefold() == ".csv":
        return place.is_file()
    if place.suffix.casefold() == ".xlsx" and place.is_file():
        sheets = read_sheets(place)
        return SETTINGS_SHEET not in sheets and any(table in sheets for table in ANSWER_TABLES)
    return False


def load_answers(path: str | Path, *, form: ScorecardForm | None = None, readings: Sequence[str] = ()) -> AnswerSheet:
    """Return the answers at `path`, for which `is_answer_sheet` holds.

    Raises `InputError` with every problem, each with its file, cell, value and remedy.
    """
    place = Path(path)
    readings_of = _from_workbook(place) if place.suffix.casefold() == ".xlsx" else _from_csv(place)
    rows: dict[str, Any] = {table: tuple(reading.rows) for table, reading in readings_of.items()}
    name = place.absolute().name if place.is_dir() else place.stem
    legible = "".join(char if char.isprintable() else "?" for char in name)
    sheet = AnswerSheet.model_construct(None, name=legible, **rows)
    problems = [problem for reading in readings_of.values() for problem in reading.problems]
    for problem in examine_sheet(sheet, form, readings):
        known = problem.table in readings_of
        problems.append(placed_in(readings_of[problem.table], problem) if known else problem)
    if problems:
        raise InputError(problems)
    return sheet


def _from_workbook(path: Path) -> dict[str, TableReading]:
    sheets = read_sheets(path)
    return {table: sheet_table(str(path), table, sheets[table]) for table in ANSWER_TABLES if table in sheets}


def _from_csv(path: Path) -> dict[str, TableReading]:
    if not path.is_dir():
        table = _table_of(path)
        return {table: read_table(path, table, None)}
    files = {table: path / f"{table}.csv" for table in ANSWER_TABLES}
    return {table: read_table(file, table, None) for table, file in files.items() if file.exists()}


def _table_of(path: Path) -> str:
    """Return the table whose key stands in the header; the scorecard where neither does."""
    try:
        text = decode(read_bytes(path.parent, path.name, ANSWER_TABLES[0]), None)
    except DialectError:
        return ANSWER_TABLES[0]
    header = next((line for line in text.splitlines() if line.strip()), "")
    return "compliance" if re.search(r"\bfactor\b", header.casefold()) else "scorecard"


def new_answer_sheet(file: str | Path, form: ScorecardForm | None = None) -> None:
    """Write an answer sheet to fill in: a workbook with both tables, or the one that a CSV file's name begins with.

    A CSV file is the sheet of the scorecard, or of compliance where its name begins so; a TOML file is the scorecard of
    27 indicators itself, to make another one of. Raises `InputError` where the file exists already or is of another
    kind.
    """
    target = Path(file)
    if target.exists():
        raise existing(target)
    blank: dict[str, list[Frozen]] = {"scorecard": [*blank_answers(form)], "compliance": [*blank_factors()]}
    if target.suffix.casefold() == ".csv":
        table = "compliance" if target.name.casefold().startswith("compliance") else "scorecard"
        with replacing(target) as temporary:
            write_table(temporary, list(table_columns(table).values()), blank[table])
    elif target.suffix.casefold() == ".xlsx":
        _write_workbook(target, blank)
    elif target.suffix.casefold() == ".toml":
        with replacing(target) as temporary:
            temporary.write_text(standard_text(), encoding="utf-8", newline="\n")
    else:
        remedy = "Name a .csv or an .xlsx file, or a .toml file for the scorecard itself."
        raise InputError([problem_of_file(str(target), "an answer sheet is CSV or a workbook", remedy)])


def _write_workbook(target: Path, blank: dict[str, list[Frozen]]) -> None:
    need_excel(str(target))
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.worksheets[0])
    about = book.create_sheet(ABOUT_SHEET)
    for note in _NOTES:
        about.append([say(note)])
    about.column_dimensions["A"].width = 110
    for table, rows in blank.items():
        add_table(book, table, rows)
    book.calculation.fullCalcOnLoad = False
    with replacing(target) as temporary:
        book.save(temporary)
