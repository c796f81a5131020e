"""Workbooks in: each kind of broken cell in its place, and what a typed cell means."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter

import oshopt.files
from oshopt.model import InputError, Problem

Write = Callable[[Path, Mapping[str, str | bytes]], Path]
Change = Callable[[Any], None]


@pytest.fixture
def workbook(tmp_path: Path, mill: dict[str, str], write: Write) -> Path:
    """The sound scenario as a workbook, with cells at the places of its tables' columns."""
    file = tmp_path / "mill.xlsx"
    oshopt.files.save_workbook(oshopt.files.load(write(tmp_path / "mill", mill)), file)
    return file


def test_a_saved_workbook_explains_its_columns(workbook: Path) -> None:
    sheet = openpyxl.load_workbook(workbook)["measures"]
    columns = {cell.value: cell for cell in sheet[1]}
    assert all(cell.font.b and "Allowed: " in cell.comment.text for cell in columns.values())
    assert columns["id"].comment.text.startswith("Name used by every other table.")
    for cell in columns.values():
        shown = max(len(str(below.value or "")) for below in sheet[cell.column_letter])
        assert sheet.column_dimensions[cell.column_letter].width >= min(shown, 60)
    formats = {name: sheet.column_dimensions[columns[name].column_letter].number_format for name in ("id", "weight")}
    assert formats == {"id": "@", "weight": "General"}


def edit(file: Path, change: Change) -> None:
    """Open a workbook, change it, save it with formulas that count as computed."""
    book = openpyxl.load_workbook(file)
    change(book)
    book.calculation.fullCalcOnLoad = False
    book.save(file)


def put(sheet: str, cell: str, value: object) -> Change:
    """Return the change of one cell."""

    def change(book: Any) -> None:
        book[sheet][cell].value = value

    return change


def rename(old: str, new: str) -> Change:
    """Return the change of a sheet's title."""

    def change(book: Any) -> None:
        book[old].title = new

    return change


def merge(book: Any) -> None:
    book["measures"].merge_cells("B2:C3")


def error_value(book: Any) -> None:
    book["measures"]["D2"].value = "#DIV/0!"
    book["measures"]["D2"].data_type = "e"


def add_key(key: str, value: object) -> Change:
    """Return the change that adds a row of settings."""

    def change(book: Any) -> None:
        book["scenario"].append([key, value])

    return change


KINDS: dict[str, tuple[Change, str, str, str]] = {
    "missing sheet": (rename("groups", "about"), "sheet groups", "", "Add a sheet named groups"),
    "missing settings": (rename("scenario", "about"), "sheet scenario", "", "Add a sheet named scenario"),
    "unknown sheet": (rename("strategies", "strategy"), "sheet strategy", "strategy", "'strategies'"),
    "unknown column": (put("measures", "D1", "wieght"), "measures!D1", "wieght", "'weight'"),
    "number stored as text": (put("measures", "D2", "12"), "measures!D2", "12", "Format the cell as a number"),
    "date in a number's place": (
        put("groups", "C2", datetime.datetime(2014, 1, 3)),
        "groups!C2",
        "2014-01-03 00:00:00",
        "Format the column as a number",
    ),
    "date in a class's place": (
        put("groups", "E2", datetime.datetime(2014, 1, 3)),
        "groups!E2",
        "2014-01-03 00:00:00",
        "Format the column as text",
    ),
    "time in a number's place": (
        put("groups", "C2", datetime.time(3, 1)),
        "groups!C2",
        "03:01:00",
        "Format the column as a number",
    ),
    "true for a number": (put("groups", "B2", True), "groups!B2", "true", "a whole number from 1"),
    "true for an id": (put("strategies", "A2", True), "strategies!A2", "true", "without spaces"),
    "uncached formula": (put("measures", "D2", "=1/2"), "measures!D2", "=…", "Open the workbook"),
    "spreadsheet's error": (error_value, "measures!D2", "#DIV/0!", "Mend the formula"),
    "merged cells": (merge, "measures!B2", "B2:C3", "Split the cells"),
    "negative number": (put("measures", "E2", -5), "measures!E2", "-5", "from 0 to 1e+18"),
    "half a person": (put("groups", "B2", 12.5), "groups!B2", "12.5", "a whole number from 1"),
    "year outside the horizon": (put("strategies", "C3", 2020), "strategies!C3", "2020", "from 2014 to 2016"),
    "unknown key": (add_key("horizont", 3), "scenario!B7", "3", "'horizon'"),
    "key twice": (add_key("horizon", 3), "scenario!B7", "3", "Keep one"),
    "rule without a field": (add_key("rule.cap", 3), "scenario!B7", "3", "rule.<name>.<field>"),
    "rule without a limit": (add_key("rule.cap.measures", "fans"), "scenario!B7", "", "at_most"),
    "text for a number of the settings": (put("scenario", "B5", "3"), "scenario!B5", "3", "Format the cell"),
    "settings without a header": (put("scenario", "B1", "worth"), "scenario!B1", "worth", "value"),
}


@pytest.mark.parametrize("name", KINDS)
def test_broken_workbook(name: str, workbook: Path) -> None:
    change, cell, value, remedy = KINDS[name]
    oshopt.files.load(workbook)
    edit(workbook, change)
    with pytest.raises(InputError) as error:
        oshopt.files.load(workbook)
    found = [problem for problem in error.value.problems if not follows(name, problem)]
    assert [(p.file, p.cell, p.value) for p in found] == [(str(workbook), cell, value)]
    assert remedy in found[0].remedy


def follows(name: str, problem: Problem) -> bool:
    """Tell whether the problem is one that merging made by emptying cells."""
    return name == "merged cells" and problem.message != "merged cells in a table"


def test_formulas_never_opened_in_a_spreadsheet_read_as_nothing(workbook: Path) -> None:
    book = openpyxl.load_workbook(workbook)
    rows = {sheet.title: list(sheet.values) for sheet in book.worksheets}
    written = xlsxwriter.Workbook(str(workbook))
    for title, values in rows.items():
        sheet = written.add_worksheet(title)
        for at, row in enumerate(values):
            sheet.write_row(at, 0, ["" if value is None else value for value in row])
    written.get_worksheet_by_name("measures").write_formula("D2", "=1/2")
    written.close()
    with pytest.raises(InputError) as error:
        oshopt.files.load(workbook)
    assert [problem.cell for problem in error.value.problems] == ["measures!D2"]


def test_numbers_are_ids_and_classes_where_a_spreadsheet_made_them_so(workbook: Path) -> None:
    def change(book: Any) -> None:
        book["measures"]["B2"].value = 101
        book["strategies"]["A2"].value = 7
        book["groups"]["E3"].value = 3.1
        book["groups"]["B3"].value = 120.0

    edit(workbook, change)
    scenario = oshopt.files.load(workbook)
    assert "101" in {measure.name for measure in scenario.measures.values()}
    assert "7" in scenario.strategy_tables
    assert {group.condition_class for group in scenario.groups.values()} == {"3.1", None}


def test_words_for_yes_in_a_workbook(workbook: Path) -> None:
    edit(workbook, put("budgets", "E1", "carry_over"))
    for word, wanted in {"ІСТИНА": True, "нет": False, True: True, 0: False}.items():
        for cell in ("E2", "E3", "E4"):
            edit(workbook, put("budgets", cell, word))
        lines = oshopt.files.load(workbook).lines
        assert {line.carry_over for line in lines.values()} == {wanted}


def test_notes_keep_their_empty_lines(workbook: Path) -> None:
    def change(book: Any) -> None:
        sheet = book.create_sheet("About")
        sheet["A2"].value = "=not a formula"
        sheet["A2"].data_type = "s"
        sheet["A4"].value = 5

    edit(workbook, change)
    assert oshopt.files.load(workbook).about == "\n=not a formula\n\n5"
