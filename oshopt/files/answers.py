"""Questionnaires back in: every answer of a folder's workbooks, or every problem with its file and cell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from oshopt.files.cells import from_cell
from oshopt.files.columns import Column, table_columns
from oshopt.files.draft import problem_of_file
from oshopt.files.numerals import CellError
from oshopt.files.questionnaires import COLUMNS, HEAD, MORE_COLUMNS, MORE_SHEET, SHEET
from oshopt.files.rows import shown
from oshopt.files.sheets import Sheet, read_sheets
from oshopt.model import (
    InputError,
    Problem,
    Proposal,
    ProposalKind,
    Survey,
    SurveyEntry,
    nearest,
    ranking_problems,
)

SOURCE = "questionnaire"
"""What the source of a collected answer says."""

_ASK_AGAIN = "Send the expert a new questionnaire, or mend the cell."
_COLUMN_OF = {"rank": "rank", "significance": "significance", "low": "new from", "high": "new to"}


@dataclass(slots=True)
class Collected:
    """What a folder of questionnaires says."""

    entries: list[SurveyEntry] = field(default_factory=list)
    proposals: list[Proposal] = field(default_factory=list)
    answered: list[str] = field(default_factory=list)
    """Experts who answered."""
    silent: list[str] = field(default_factory=list)
    """Experts of the panel without a questionnaire, or with a blank one."""


@dataclass(slots=True)
class _Form:
    """One questionnaire on its way in."""

    path: Path
    survey: Survey
    round: int
    expert: str = ""
    ranks: dict[str, float | None] = field(default_factory=dict)
    significances: dict[str, float | None] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)
    """Row of each factor."""
    proposals: list[Proposal] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def complain(self, cell: str, value: object, message: str, remedy: str) -> None:
        self.problems.append(Problem("survey", "", "", shown(value), message, remedy, str(self.path), cell))


def collect(survey: Survey, round_: int, folder: str | Path) -> Collected:
    """Return the answers of every questionnaire in a folder.

    Blank ones are taken for experts who did not answer. Raises `InputError` with every problem of every file, each with
    its cell; then nothing counts. Files that are no workbooks are left aside.
    """
    home = Path(folder)
    if not home.is_dir():
        remedy = "Name the folder that holds the questionnaires."
        raise InputError([problem_of_file(str(home), "there is no such folder", remedy)])
    forms, problems = [], []
    for path in sorted(home.iterdir()):
        if path.suffix.casefold() == ".xlsx" and not path.name.startswith(("~$", ".")):
            form = _read(path, survey, round_)
            problems += form.problems
            forms.append(form)
    if not forms:
        remedy = "Name the folder with the experts' .xlsx files."
        raise InputError([problem_of_file(str(home), "there is no questionnaire in this folder", remedy)])
    problems += _twice(forms)
    if problems:
        raise InputError(problems)
    return _collected(survey, forms)


def _collected(survey: Survey, forms: list[_Form]) -> Collected:
    found = Collected()
    for form in forms:
        found.proposals += form.proposals
        if not form.ranks and not form.significances:
            continue
        found.answered.append(form.expert)
        for factor in form.rows:
            found.entries.append(
                SurveyEntry(
                    survey=survey.id,
                    subject=survey.subject,
                    round=form.round,
                    expert=form.expert,
                    factor=factor,
                    rank=form.ranks.get(factor),
                    significance=form.significances.get(factor),
                    source=SOURCE,
                )
            )
    found.silent = [expert for expert in survey.panel if expert not in found.answered]
    return found


def _twice(forms: list[_Form]) -> Iterator[Problem]:
    first: dict[str, Path] = {}
    for form in forms:
        if form.expert and first.setdefault(form.expert, form.path) is not form.path:
            message = f"a second questionnaire of the expert {form.expert} (the first is {first[form.expert].name})"
            yield Problem("survey", "", "", form.expert, message, "Keep one of the two.", str(form.path), f"{SHEET}!B4")


def _read(path: Path, survey: Survey, round_: int) -> _Form:
    form = _Form(path, survey, round_)
    try:
        if not path.resolve(strict=True).is_relative_to(path.parent.resolve(strict=True)):
            message = "the file is a link that leads out of the folder"
            raise InputError([problem_of_file(str(path), message, "Copy the file itself into the folder.")])
        sheets = read_sheets(path)
    except InputError as error:
        form.problems += error.problems
        return form
    except OSError as error:
        message = f"the file cannot be read: {error.strerror}"
        form.problems.append(problem_of_file(str(path), message, "Mend the file or its permissions."))
        return form
    sheet = sheets.get(SHEET)
    if sheet is None:
        form.complain(f"sheet {SHEET}", "", f"the sheet {SHEET} is missing", _ASK_AGAIN)
        return form
    _read_head(form, sheet)
    if not form.problems:
        _read_factors(form, sheet)
        if MORE_SHEET in sheets:
            _read_more(form, sheets[MORE_SHEET])
    return form


def _read_head(form: _Form, sheet: Sheet) -> None:
    """Check that the questionnaire is one of this survey, round and panel."""
    cells = dict(sheet.rows)
    found = {}
    for row, key in enumerate(HEAD, start=1):
        line = cells.get(row, ())
        if shown(_at(line, 0)).strip().casefold() != key:
            form.complain(f"{SHEET}!A{row}", _at(line, 0), f"the cell that says {key!r} was changed", _ASK_AGAIN)
            return
        found[key] = _whole(_at(line, 1))
    for key, wanted in (("survey", form.survey.id), ("round", str(form.round))):
        if found[key] != wanted:
            place = f"{SHEET}!B{HEAD.index(key) + 1}"
            form.complain(place, found[key], f"a questionnaire of another {key}, not {wanted}", "Take the file away.")
    form.expert = found["expert"]
    if form.expert not in form.survey.panel:
        remedy = nearest(form.expert, form.survey.panel)
        form.complain(f"{SHEET}!B4", form.expert, "there is no expert of this id in the survey", remedy)


def _read_factors(form: _Form, sheet: Sheet) -> None:
    at = next((i for i, (_, line) in enumerate(sheet.rows) if _names(line)[:1] == ["id"]), None)
    header = _names(sheet.rows[at][1]) if at is not None else []
    missing = [name for name in COLUMNS if name not in header]
    if at is None or missing:
        form.complain(SHEET, "", f"the header of the factors lacks {', '.join(missing)}", _ASK_AGAIN)
        return
    position = {name: header.index(name) for name in COLUMNS}
    for number, line in sheet.rows[at + 1 :]:
        _read_factor(form, number, line, position)
    for factor in form.survey.questions:
        if factor not in form.rows:
            form.complain(SHEET, factor, f"the row of the factor {factor} is missing", _ASK_AGAIN)
    _check(form)


def _read_factor(form: _Form, number: int, line: Sequence[object], position: dict[str, int]) -> None:
    factor = _whole(_at(line, position["id"])).strip()
    place = f"{SHEET}!A{number}"
    if factor not in form.survey.questions:
        message = "there is no factor of this id in the questionnaire"
        form.complain(place, factor, message, nearest(factor, form.survey.questions))
        return
    if factor in form.rows:
        form.complain(place, factor, f"a second row of the factor (the first is row {form.rows[factor]})", _ASK_AGAIN)
        return
    form.rows[factor] = number
    values = {}
    for column, title in _COLUMN_OF.items():
        table = "survey" if column in ("rank", "significance") else "proposals"
        cell = f"{SHEET}!{chr(ord('A') + position[title])}{number}"
        values[column] = _number(form, table_columns(table)[column], _at(line, position[title]), cell)
    form.ranks[factor], form.significances[factor] = values["rank"], values["significance"]
    low, high = values["low"], values["high"]
    if low is not None or high is not None:
        _propose(form, ProposalKind.INTERVAL, f"{SHEET}!H{number}", factor=factor, low=low, high=high)


def _check(form: _Form) -> None:
    """Judge each column as a whole; a column without any answer is left out."""
    if form.problems:
        return
    for column, values in (("rank", form.ranks), ("significance", form.significances)):
        if all(value is None for value in values.values()):
            values.clear()
            continue
        letter = "F" if column == "rank" else "G"
        for problem in ranking_problems({form.expert: values}, column=column):
            row = form.rows.get(problem.row.removeprefix(f"{form.expert} "))
            form.complain(f"{SHEET}!{letter}{row}" if row else SHEET, problem.value, problem.message, problem.remedy)
    if form.round == 2 and form.ranks and not form.significances:
        message = "round 2 asks for the significance of each factor, and the column is empty"
        form.complain(f"{SHEET}!G{min(form.rows.values())}", "", message, _ASK_AGAIN)


def _read_more(form: _Form, sheet: Sheet) -> None:
    at = next((i for i, (_, line) in enumerate(sheet.rows) if _names(line)[:1] == ["factor"]), None)
    if at is None:
        return
    header = _names(sheet.rows[at][1])
    columns = {"factor": "factor", "unit": "unit", "from": "low", "to": "high", "significance": "significance"}
    missing = [name for name in MORE_COLUMNS if name not in header]
    if missing:
        form.complain(MORE_SHEET, "", f"the header lacks {', '.join(missing)}", _ASK_AGAIN)
        return
    for number, line in sheet.rows[at + 1 :]:
        values: dict[str, object] = {}
        for title, column in columns.items():
            place = f"{sheet.title}!{chr(ord('A') + header.index(title))}{number}"
            values[column] = _value(form, table_columns("proposals")[column], _at(line, header.index(title)), place)
        cell = f"{sheet.title}!A{number}"
        if not values["factor"]:
            form.complain(cell, "", "an added factor without its name", "Name the factor, or empty the row.")
        elif any(row.factor == values["factor"] for row in form.proposals):
            form.complain(cell, values["factor"], "the same factor is added twice", "Keep one of the rows.")
        else:
            _propose(form, ProposalKind.ADDED, cell, **values)


def _propose(form: _Form, kind: ProposalKind, cell: str, **values: object) -> None:
    from oshopt.files.rows import build

    fixed = {"survey": form.survey.id, "subject": form.survey.subject, "round": form.round, "expert": form.expert}
    given = {name: value for name, value in values.items() if value is not None}
    row, errors = build(Proposal, table_columns("proposals"), fixed | {"kind": kind, "source": SOURCE} | given)
    for name, message, remedy in errors:
        form.complain(cell, given.get(name), f"{name}: {message}", remedy)
    if row is not None and row.low is not None and row.high is not None and row.low > row.high:
        form.complain(cell, row.low, "the interval ends below its beginning", "Exchange the two ends.")
    elif row is not None:
        form.proposals.append(row)


def _number(form: _Form, column: Column, cell: object, place: str) -> float | None:
    value = _value(form, column, cell, place)
    return float(value) if isinstance(value, int | float) else None


def _value(form: _Form, column: Column, cell: object, place: str) -> object:
    try:
        return from_cell(column, cell)
    except CellError as error:
        form.complain(place, cell, error.message, error.remedy)
        return None


def _names(line: Sequence[object]) -> list[str]:
    return [shown(cell).strip().casefold() for cell in line]


def _whole(cell: object) -> str:
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else shown(cell).strip()


def _at(line: Sequence[object], position: int) -> object:
    return line[position] if 0 <= position < len(line) else None
