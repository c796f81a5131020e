"""The sheets of a workbook of results that hold its plan, read back as a strategy after somebody edited them.

Columns are known by their heads, so that they may be moved: `id`, and a calendar year over each column of money. Totals
are not read. An empty cell of money is 0; a measure without its row is a problem, not a 0.
"""

from __future__ import annotations

import datetime
import math
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from oshopt.files.cells import Fault
from oshopt.files.rows import shown
from oshopt.files.sheets import Sheet, read_sheets
from oshopt.files.workbook import cell_name
from oshopt.language import languages, say, speaking
from oshopt.model import InputError, Problem, Scenario, StrategyEntry, nearest

ID_HEAD = "id"
"""Head of the column of ids, in every language."""
NO_ROW = "—"
"""What stands in the column of ids of rows that are not read: totals, budgets, checks."""

_MONEY, _SHARES = 1e18, 1.0
_LONGEST_ID = 64
_REWRITE = "Write it back as it was, or take the workbook that the program wrote."


def plan_title() -> str:
    """Return the title of the sheet with the plan's money, in the language spoken."""
    return say("What to fund")


def shares_title() -> str:
    """Return the title of the sheet with the shares that begin, in the language spoken."""
    return say("What begins when")


def _titles(title: Callable[[], str]) -> list[str]:
    found = []
    for code in languages():
        with speaking(code):
            found.append(title())
    return found


@dataclass(slots=True)
class _Table:
    """A sheet's figures by measure and year, with the cell of each and what is wrong."""

    sheet: Sheet
    file: str
    figures: dict[str, dict[int, float]] = field(default_factory=dict)
    """By id and year; an empty cell is not there."""
    place: dict[str, int] = field(default_factory=dict)
    """Row of each id."""
    columns: dict[int, int] = field(default_factory=dict)
    """Position of each year."""
    problems: list[Problem] = field(default_factory=list)

    def problem(self, row: int, position: int, value: object, message: str, remedy: str, key: str = "") -> None:
        """Add a problem at a cell."""
        place = cell_name(self.sheet.title, row, position, "")
        self.problems.append(Problem("strategies", key, "", shown(value), message, remedy, self.file, place))


def read_plan(path: Path, scenario: Scenario) -> list[StrategyEntry]:
    """Return the plan of a workbook of results as rows of a strategy, which is named after the file.

    Raises `InputError` with every problem: its sheet, cell, value and remedy.
    """
    sheets = read_sheets(path)
    money = _read(sheets, _titles(plan_title), path, scenario, _MONEY)
    if money is None:
        title = plan_title()
        remedy = f"Name the sheet with the plan's money {title!r}, or give a CSV file with the columns of strategies."
        raise InputError([Problem("strategies", "", "", "", "there is no sheet of a plan", remedy, str(path), title)])
    shares = _read(sheets, _titles(shares_title), path, scenario, _SHARES)
    problems = [*money.problems, *(shares.problems if shares is not None else [])]
    if not problems:
        _require_all(money, scenario)
        problems = [*money.problems, *(_at_odds(money, shares, scenario) if shares is not None else [])]
    if problems:
        raise InputError(problems)
    return [
        StrategyEntry(
            strategy=strategy_name(path),
            measure=measure,
            year=year,
            spend=row.get(year, 0.0),
            share=None if shares is None else shares.figures.get(measure, {}).get(year),
            source=path.name[:300],
        )
        for measure, row in money.figures.items()
        for year in scenario.years
    ]


def strategy_name(path: Path) -> str:
    """Return the id of the strategy that a workbook holds: its file's name as far as it makes one."""
    name = re.sub(r"[^\w.\-]+", "-", path.stem).lstrip("-.")[:_LONGEST_ID]
    return name or "edited"


def _read(
    sheets: dict[str, Sheet], titles: Sequence[str], path: Path, scenario: Scenario, most: float
) -> _Table | None:
    sheet = next((sheets[name] for name in (title.casefold() for title in titles) if name in sheets), None)
    if sheet is None:
        return None
    table = _Table(sheet, str(path))
    for area in sheet.merged:
        place = f"{sheet.title}!{area.partition(':')[0]}"
        remedy = "Split the cells and write the value into each of them."
        problem = Problem("strategies", "", "", area, "merged cells in a plan", remedy, str(path), place)
        table.problems.append(problem)
    start = next((i for i, (_, row) in enumerate(sheet.rows) if ID_HEAD in map(_word, row)), None)
    if start is None:
        first_row = sheet.rows[0][0] if sheet.rows else 1
        table.problem(first_row, 0, "", f"there is no row of heads with {ID_HEAD!r}", _REWRITE)
        return table
    ids = _read_heads(table, *sheet.rows[start], scenario)
    for number, row in sheet.rows[start + 1 :]:
        _read_row(table, number, row, ids, scenario, most)
    return table


def _word(value: object) -> str:
    return value.strip().casefold() if isinstance(value, str) else ""


def _year(value: object) -> int | None:
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float):
        return int(value) if 1000 <= value <= 9999 and float(value).is_integer() else None
    text = str(value).strip()
    return int(text) if re.fullmatch("[0-9]{4}", text) else None


def _read_heads(table: _Table, number: int, heads: Sequence[object], scenario: Scenario) -> int:
    """Find the columns of years; return the position of the ids."""
    ids = [at for at, head in enumerate(heads) if _word(head) == ID_HEAD]
    if len(ids) > 1:
        table.problem(number, ids[1], heads[ids[1]], "a second column of ids", "Keep one of the two columns.")
    known = ", ".join(map(str, scenario.years))
    for at, head in enumerate(heads):
        year = _year(head)
        if isinstance(head, datetime.date | datetime.datetime):
            remedy = f"Format the cell as a number and write the year: {known}."
            table.problem(number, at, head, "a date where a year belongs", remedy)
        elif year is not None and year not in scenario.years:
            remedy = f"The years of the scenario are {known}; delete the column, or write its year."
            table.problem(number, at, head, "a year outside the scenario's horizon", remedy)
        elif year is not None and year in table.columns:
            table.problem(number, at, head, "a second column of this year", "Keep one of the two columns.")
        elif year is not None:
            table.columns[year] = at
    for year in scenario.years:
        if year not in table.columns:
            table.problem(number, ids[0], "", f"there is no column of the year {year}", _REWRITE)
    return ids[0]


def _read_row(table: _Table, number: int, row: Sequence[object], ids: int, scenario: Scenario, most: float) -> None:
    def cell(at: int) -> object:
        return row[at] if at < len(row) else None

    measure = shown(cell(ids)).strip()
    if measure == NO_ROW:
        return
    filled = [at for at in table.columns.values() if shown(cell(at)).strip()]
    if not measure:
        if filled:
            remedy = f"Write the measure's id into the cell, or empty the row. {NO_ROW} marks rows that are not read."
            table.problem(number, ids, cell(filled[0]), "figures in a row without an id", remedy)
        return
    if measure not in scenario.measures:
        table.problem(number, ids, measure, "there is no measure of this id", nearest(measure, scenario.measures))
        return
    if measure in table.place:
        first = cell_name(table.sheet.title, table.place[measure], ids, "")
        table.problem(number, ids, measure, f"a second row of this measure (the first is {first})", "Keep one row.")
        return
    table.place[measure] = number
    table.figures[measure] = {}
    for year, at in table.columns.items():
        value = _figure(table, number, at, cell(at), measure, most)
        if value is not None:
            table.figures[measure][year] = value


def _figure(table: _Table, number: int, at: int, value: object, measure: str, most: float) -> float | None:
    """Return the figure of a cell; None where it is empty, or wrong, which is noted."""
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    if isinstance(value, Fault):
        table.problem(number, at, value, value.message, value.remedy, measure)
    elif isinstance(value, bool) or not isinstance(value, int | float):
        dated = isinstance(value, datetime.date | datetime.time | datetime.timedelta)
        message = "a date in place of a number" if dated else "text in place of a number"
        remedy = "Format the cell as a number and type the value again."
        table.problem(number, at, value, message, remedy, measure)
    elif not math.isfinite(value):
        table.problem(number, at, value, "not a finite number", "Give an amount of money.", measure)
    elif value < 0:
        table.problem(number, at, value, "below nothing", "Give 0, or empty the cell, where nothing is meant.", measure)
    elif value > most:
        remedy = "Give a share from 0 to 1." if most == _SHARES else "Give a smaller amount."
        table.problem(number, at, value, "too much", remedy, measure)
    else:
        return float(value)
    return None


def _require_all(money: _Table, scenario: Scenario) -> None:
    last = max(money.place.values(), default=1)
    for measure in scenario.measures:
        if measure not in money.place:
            remedy = f"Add a row with the id {measure} and its money; empty cells mean that it gets nothing."
            money.problem(last, 0, "", f"there is no row of the measure {measure}", remedy, measure)


def _at_odds(money: _Table, shares: _Table, scenario: Scenario) -> Iterator[Problem]:
    """Yield purchases that are to begin without money: the money was moved and the share was not."""
    for measure, row in shares.figures.items():
        for year, share in row.items():
            paid = money.figures[measure].get(year, 0.0)
            full = scenario.full_cost(measure)
            if share > 0 and paid == 0 and full > 0 and measure not in scenario.priced:
                place = cell_name(shares.sheet.title, shares.place[measure], shares.columns[year], "")
                message = f"it is to begin in {year} and gets no money in that year"
                remedy = "Move the share with the money, or empty the row of shares: they then follow from the money."
                yield Problem("strategies", measure, "", shown(share), message, remedy, shares.file, place)
