"""Questionnaires out: a workbook for each expert, with lists, limits and notes that a spreadsheet program enforces."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from oshopt.files.draft import problem_of_file
from oshopt.files.excel import need_excel
from oshopt.files.writing import existing, filling
from oshopt.language import ENGLISH, say, sayable, spoken
from oshopt.model import InputError, Problem, Survey

SHEET, MORE_SHEET = "questionnaire", "more factors"
"""Names of the two sheets."""
HEAD = ("survey", "subject", "round", "expert")
"""Keys at the top of the first sheet, in column A; their values in column B."""
COLUMNS = ("id", "factor", "unit", "from", "to", "rank", "significance", "new from", "new to")
"""Header of the factors."""
MORE_COLUMNS = ("factor", "unit", "from", "to", "significance")
"""Header of the sheet on which experts add factors."""
MORE_ROWS = 20
"""Rows that are ready for added factors."""

_WIDTHS = (18, 52, 12, 14, 14, 10, 14, 14, 14)
_WORDS = {
    "id": sayable("id"),
    "factor": sayable("factor"),
    "unit": sayable("unit"),
    "from": sayable("interval from"),
    "to": sayable("interval to"),
    "rank": sayable("place (rank)"),
    "significance": sayable("significance"),
    "new from": sayable("new from"),
    "new to": sayable("new to"),
}
"""What the columns hold, in words that stand above a header in another language than English."""
_ADVICE = {
    1: sayable("Round 1. Give each factor its place in the column rank: 1 for the most important, {n} for the least."),
    2: sayable(
        "Round 2. Give each factor its significance, a number from 0 on any scale of your own, more for what matters "
        "more, and its place in the column rank: 1 for the most important, {n} for the least."
    ),
}
_ADVICE_MORE = sayable(
    "Equal factors may share a place. Where the interval of a factor should be another, write it into new from and new "
    "to. A factor that is missing goes on the sheet “more factors”. Do not change the shaded cells. Your answers are "
    "stored under an anonymous id."
)


def write_questionnaires(survey: Survey, round_: int, folder: str | Path) -> list[Path]:
    """Write a workbook for each expert of a survey's panel into a folder that is new or empty; return their paths.

    Raises `InputError` where there is nobody to ask, where fewer than two factors are asked about, and where the
    folder holds anything.
    """
    target = Path(folder)
    need_excel(str(target))
    problems = _unready(survey)
    if problems:
        raise InputError(problems)
    if target.exists() and not target.is_dir():
        raise existing(target)
    names = [f"{survey.id}-round{round_}-{expert}.xlsx" for expert in survey.panel]
    folded = [name.casefold() for name in names]
    if len(set(folded)) < len(folded):
        message = "two experts' ids differ in capital letters only, so their files would have one name"
        raise InputError([problem_of_file(str(target), message, "Give them ids that differ in more.", table="experts")])
    with filling(target) as temporary:
        for expert, name in zip(survey.panel, names, strict=True):
            _write(survey, round_, expert, temporary / name)
    return [target / name for name in names]


def _unready(survey: Survey) -> list[Problem]:
    found = []
    if not survey.panel:
        remedy = "Add the table experts with a row for each of them."
        found.append(Problem("experts", "", "", "", f"nobody is to be asked in the survey {survey.id!r}", remedy))
    if len(survey.questions) < 2:
        remedy = "Add a row for each factor to the table questionnaire."
        message = f"the survey {survey.id!r} asks about fewer than two factors"
        found.append(Problem("questionnaire", "", "", "", message, remedy))
    return found


def _write(survey: Survey, round_: int, expert: str, path: Path) -> None:
    from oshopt.files.exact_numbers import exact_workbook

    with exact_workbook(path) as book:
        fixed = book.add_format({"bg_color": "#eef1f4", "text_wrap": True, "valign": "top", "border": 1})
        bold = book.add_format({"bg_color": "#dde3e9", "bold": True, "border": 1, "text_wrap": True})
        free = book.add_format({"locked": False, "border": 1, "valign": "top"})
        note = book.add_format({"text_wrap": True, "valign": "top"})
        _main_sheet(book.add_worksheet(SHEET), survey, round_, expert, (fixed, bold, free, note))
        _more_sheet(book.add_worksheet(MORE_SHEET), (bold, free, note))


def _main_sheet(sheet: Any, survey: Survey, round_: int, expert: str, formats: Sequence[Any]) -> None:
    fixed, bold, free, note = formats
    for at, (key, text) in enumerate(zip(HEAD, (survey.id, survey.subject.value, str(round_), expert), strict=True)):
        sheet.write_string(at, 0, key, bold)
        sheet.write_string(at, 1, text, fixed)
    questions = list(survey.questions.values())
    n, header = len(questions), len(HEAD) + 2
    advice = f"{say(_ADVICE[round_], n=n)} {say(_ADVICE_MORE)}"
    sheet.merge_range(len(HEAD), 0, len(HEAD), len(COLUMNS) - 1, advice, note)
    sheet.set_row(len(HEAD), 64)
    _words_above(sheet, header - 1, COLUMNS, note)
    for at, (name, width) in enumerate(zip(COLUMNS, _WIDTHS, strict=True)):
        sheet.write_string(header, at, name, bold)
        sheet.set_column(at, at, width)
    for row, question in enumerate(questions, start=header + 1):
        for at, value in enumerate((question.factor, question.label, question.unit, question.low, question.high)):
            _put(sheet, row, at, value, fixed)
        for at in range(5, len(COLUMNS)):
            sheet.write_blank(row, at, None, free)
    first, last = header + 1, header + n
    ranks = say("Allowed: a place from 1 (the most important) to {n}; equal factors may share a place.", n=n)
    sheet.data_validation(first, 5, last, 5, _limits("decimal", "between", ranks, minimum=1, maximum=n))
    numbers = say("Allowed: a number from 0, more for what matters more.")
    sheet.data_validation(first, 6, last, 6, _limits("decimal", ">=", numbers, value=0))
    any_number = _limits("decimal", "between", say("Allowed: a number."), minimum=-1e18, maximum=1e18)
    sheet.data_validation(first, 7, last, 8, any_number)
    sheet.freeze_panes(first, 2)
    sheet.protect("", {"format_columns": True, "format_rows": True})


def _more_sheet(sheet: Any, formats: Sequence[Any]) -> None:
    bold, free, note = formats
    text = say(
        "Factors that the questionnaire leaves out: name, unit, variation interval, significance on your own scale."
    )
    header = 1 + _words_above(sheet, 1, MORE_COLUMNS, note)
    sheet.merge_range(0, 0, 0, len(MORE_COLUMNS) - 1, text, note)
    sheet.set_row(0, 32)
    for at, name in enumerate(MORE_COLUMNS):
        sheet.write_string(header, at, name, bold)
        sheet.set_column(at, at, 52 if name == "factor" else 14)
    first, last = header + 1, header + MORE_ROWS
    for row in range(first, last + 1):
        for at in range(len(MORE_COLUMNS)):
            sheet.write_blank(row, at, None, free)
    numbers = _limits("decimal", "between", say("Allowed: a number."), minimum=-1e18, maximum=1e18)
    sheet.data_validation(first, 2, last, 3, numbers)
    positive = _limits("decimal", ">=", say("Allowed: a number from 0."), value=0)
    sheet.data_validation(first, 4, last, 4, positive)
    sheet.protect("", {"format_columns": True, "format_rows": True})


def _words_above(sheet: Any, row: int, columns: Sequence[str], style: Any) -> bool:
    """Write what columns hold above their header, whose keys are the same in every language; tell whether it was."""
    if spoken() == ENGLISH:
        return False
    for at, name in enumerate(columns):
        sheet.write_string(row, at, say(_WORDS[name]), style)
    return True


def _limits(kind: str, criteria: str, allowed: str, **values: float) -> dict[str, Any]:
    message = {"error_title": say("Not allowed"), "error_message": allowed}
    return {"validate": kind, "criteria": criteria, "ignore_blank": True, **message, **values}


def _put(sheet: Any, row: int, column: int, value: str | float | None, style: Any) -> None:
    if value is None or value == "":
        sheet.write_blank(row, column, None, style)
    elif isinstance(value, str):
        sheet.write_string(row, column, value, style)
    else:
        sheet.write_number(row, column, value, style)
