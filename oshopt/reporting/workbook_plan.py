"""The sheets of a workbook of results that hold the plan: money that may be changed, live totals, checks of budgets."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from oshopt.files.plan_sheet import ID_HEAD, NO_ROW, plan_title, shares_title
from oshopt.language import say
from oshopt.model import Plan, Scenario
from oshopt.reporting.levels import control_levels, level_label
from oshopt.reporting.sheets import Page, Series, Sheets

_IDS, _NAMES, _CONTROL, _WEIGHT, _FULL, _FIRST = 0, 1, 2, 3, 4, 5
"""Columns of the sheet of the plan; those of years begin at the last one."""
_NAME_WIDTH = 46.0
_DRAWN = 15
"""Measures in the chart."""
_DIGITS = 6
"""Decimals to which what is left is rounded, so that sums of many amounts are nothing where they should be."""


@dataclass(frozen=True, slots=True)
class PlanRows:
    """Where the sheet of the plan has the sums that other sheets use."""

    new: int
    """Row of the new money of each year."""
    upkeep: int
    """Row of the upkeep of each year."""
    series: tuple[Series, ...] = ()
    """Money of the largest measures by year, for a chart."""

    def cell(self, row: int, year: int) -> str:
        """Return the reference of a year's cell for a formula on another sheet."""
        return f"='{plan_title()}'!{letters(_FIRST + year)}{row + 1}"


def letters(column: int) -> str:
    """Return the letters of a column, counted from 0."""
    text = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(ord("A") + rest) + text
    return text


def money_form(amounts: Sequence[float]) -> str:
    """Return the form of money: whole where the largest amount is large."""
    most = max((abs(value) for value in amounts if math.isfinite(value)), default=0.0)
    return "#,##0" if most >= 1000 else "#,##0.00"


def add_plan(sheets: Sheets, scenario: Scenario, plan: Plan) -> PlanRows:
    """Add the sheet with the plan's new money, which may be changed, its live totals and checks."""
    currency, years = scenario.settings.currency, scenario.years
    note = say(
        "Money in the coloured cells may be changed. Save the file under another name and compare it with the others: "
        "oshopt compare SCENARIO --with FILE.xlsx"
    )
    title = say("What to fund: new money by measure and year, {currency}", currency=currency)
    page = sheets.add(plan_title(), title, note)
    heads = [ID_HEAD, say("measure"), say("level of control"), say("weight k"), say("full cost")]
    page.heads([*heads, *[""] * len(years), say("all years")], [at > _CONTROL for at in range(_FIRST + len(years) + 1)])
    for at, year in enumerate(years):
        look = {"bold": True, "bg_color": "#e6edf3", "bottom": 1, "align": "right"}
        page.number(page.row - 1, _FIRST + at, year, "0", **look)
    page.sheet.set_row(page.row - 1, 30)
    first = page.row
    spent = {name: [plan.spend[name].get(year, 0.0) for year in years] for name in scenario.measures}
    order = sorted(spent, key=lambda name: (-math.fsum(spent[name]), name))
    form = money_form([value for row in spent.values() for value in row])
    for name in order:
        _measure(page, scenario, name, spent[name], form)
    last = page.row - 1
    page.sheet.data_validation(
        *(first, _FIRST, last, _FIRST + len(years) - 1),
        {
            "validate": "decimal",
            "criteria": ">=",
            "value": 0,
            "error_title": plan_title()[:32],
            "error_message": say("Give an amount of money, 0 or more."),
        },
    )
    rows = _Sums(page, scenario, plan, form, (first, last)).write(spent)
    page.keep_heads(first, _CONTROL)
    page.sheet.set_column(_NAMES, _NAMES, _NAME_WIDTH)
    for column in range(_FIRST, _FIRST + len(years) + 1):
        page.widen(column, 11)
    return replace(rows, series=_series(page, scenario, order, spent, first))


def _measure(page: Page, scenario: Scenario, name: str, amounts: Sequence[float], form: str) -> None:
    rule = {"bottom": 4, "bottom_color": "#b8c2cb"}
    row, measure = page.row, scenario.measures[name]
    page.text(row, _IDS, name, **rule)
    page.widen(_IDS, len(name), 24)
    page.text(row, _NAMES, measure.label, text_wrap=True, **rule)
    page.breaking(measure.label, _NAME_WIDTH)
    control = level_label(control_levels(scenario)[name])
    page.text(row, _CONTROL, control, **rule)
    page.widen(_CONTROL, max(len(control), 12))
    page.number(row, _WEIGHT, scenario.weights[name], "0.0000", **rule)
    page.number(row, _FULL, scenario.full_cost(name), form, **rule)
    page.widen(_FULL, 10)
    for at, value in enumerate(amounts):
        page.number(row, _FIRST + at, value, f'{form};-{form};"–"', **page.changeable())
    page.formula(row, _FIRST + len(amounts), _across(row, len(amounts)), math.fsum(amounts), form, **rule)
    page.row += 1


def _across(row: int, years: int) -> str:
    return f"=SUM({letters(_FIRST)}{row + 1}:{letters(_FIRST + years - 1)}{row + 1})"


class _Sums:
    """Rows below the measures: sums, budgets and what is left, all live but for figures of the plan."""

    def __init__(self, page: Page, scenario: Scenario, plan: Plan, form: str, rows: tuple[int, int]) -> None:
        self.page, self.scenario, self.plan, self.form = page, scenario, plan, form
        self.first, self.last = rows
        self.count = len(scenario.years)

    def write(self, spent: dict[str, list[float]]) -> PlanRows:
        """Write the rows and return where the sums are."""
        years, evaluation = self.scenario.years, self.plan.evaluation
        new = [math.fsum(row[at] for row in spent.values()) for at in range(self.count)]
        new_row = self._row(say("new money"), [self._down] * self.count, new, total=True)
        upkeep = [math.fsum(row.get(year, 0.0) for row in evaluation.upkeep.values()) for year in years]
        upkeep_row = self._row(say("upkeep of what is in force, as planned"), None, upkeep, total=True)
        whole = [a + b for a, b in zip(new, upkeep, strict=True)]
        added = f"={{c}}{new_row + 1}+{{c}}{upkeep_row + 1}"
        cost_row = self._row(say("money in all"), [added] * self.count, whole, total=True, bold=True)
        left = self._budget(whole, cost_row)
        self._check(left)
        return PlanRows(new_row, upkeep_row)

    @property
    def _down(self) -> str:
        return f"=SUM({{c}}{self.first + 1}:{{c}}{self.last + 1})"

    def _row(
        self,
        label: str,
        formulas: Sequence[str] | None,
        values: Sequence[float],
        *,
        total: bool = False,
        bold: bool = False,
    ) -> int:
        """Write a row of years, formulas with `{c}` for the letters of their column and `{p}` for those before it."""
        page, row = self.page, self.page.row
        style = {"bold": True, "top": 1} if bold else {}
        page.text(row, _IDS, NO_ROW, **style)
        page.text(row, _NAMES, label, **style)
        for at, value in enumerate(values):
            if formulas is None:
                page.number(row, _FIRST + at, value, self.form, **style)
            else:
                here, before = letters(_FIRST + at), letters(_FIRST + at - 1)
                formula = formulas[at].format(c=here, p=before)
                page.formula(row, _FIRST + at, formula, value, self.form, **style)
        if total:
            page.formula(row, _FIRST + self.count, _across(row, self.count), math.fsum(values), self.form, **style)
        page.row += 1
        return row

    def _budget(self, whole: Sequence[float], cost_row: int) -> list[tuple[int, int, float]]:
        """Write each limit on money and what is left of it; return row, column and value of what is left."""
        given, left = self.scenario.settings.budget, []
        if given.per_year is not None:
            limit = [given.per_year] * self.count
            row = self._row(say("budget of the year"), None, limit)
            left += self._left(row, cost_row, [a - b for a, b in zip(limit, whole, strict=True)])
        if self.scenario.lines:
            left += self._lines(whole, cost_row)
        if given.least_per_year:
            least = [given.least_per_year] * self.count
            row = self._row(say("demanded by law"), None, least)
            over = [b - a for a, b in zip(least, whole, strict=True)]
            formula = f"=ROUND({{c}}{cost_row + 1}-{{c}}{row + 1},{_DIGITS})"
            at = self._row(say("above what law demands"), [formula] * self.count, _rounded(over))
            left += [(at, _FIRST + i, value) for i, value in enumerate(_rounded(over))]
        if given.total is not None:
            left.append(self._total(given.total, math.fsum(whole), cost_row))
        return left

    def _left(self, row: int, cost_row: int, values: list[float]) -> list[tuple[int, int, float]]:
        formula = f"=ROUND({{c}}{row + 1}-{{c}}{cost_row + 1},{_DIGITS})"
        values = _rounded(values)
        at = self._row(say("left of it"), [formula] * self.count, values)
        return [(at, _FIRST + i, value) for i, value in enumerate(values)]

    def _lines(self, whole: Sequence[float], cost_row: int) -> list[tuple[int, int, float]]:
        """Write all lines together with what goes on to the next year, as if money that does not were used first."""
        lines, years = self.scenario.lines.values(), self.scenario.years
        amounts = [math.fsum(line.amount.get(year, 0.0) for line in lines) for year in years]
        lasting = [math.fsum(line.amount.get(y, 0.0) for line in lines if line.carry_over) for y in years]
        carried, left = [0.0], []
        for at in range(self.count):
            left.append(round(amounts[at] + carried[at] - whole[at], _DIGITS))
            carried.append(max(0.0, min(left[at], lasting[at] + carried[at])))
        row = self._row(say("budget lines together"), None, amounts, total=True)
        last = self._row(say("of it in lines whose money goes on"), None, lasting)
        over = f"=MAX(0,MIN({{p}}{last + 3},{{p}}{last + 1}+{{p}}{last + 2}))"
        self._row(say("brought over from the year before"), ["=0", *[over] * (self.count - 1)], carried[:-1])
        formula = f"=ROUND({{c}}{row + 1}+{{c}}{last + 2}-{{c}}{cost_row + 1},{_DIGITS})"
        at = self._row(say("left of them"), [formula] * self.count, left)
        return [(at, _FIRST + i, value) for i, value in enumerate(left)]

    def _total(self, total: float, whole: float, cost_row: int) -> tuple[int, int, float]:
        page, column = self.page, _FIRST + self.count
        for label in (say("budget of all years"), say("left of it")):
            page.text(page.row, _IDS, NO_ROW)
            page.text(page.row, _NAMES, label)
            page.row += 1
        page.number(page.row - 2, column, total, self.form)
        here, value = letters(column), round(total - whole, _DIGITS)
        formula = f"=ROUND({here}{page.row - 1}-{here}{cost_row + 1},{_DIGITS})"
        page.formula(page.row - 1, column, formula, value, self.form)
        return page.row - 1, column, value

    def _check(self, left: list[tuple[int, int, float]]) -> None:
        """Write whether every limit is kept, and mark what is short."""
        if not left:
            return
        page = self.page
        cells = ",".join(f"{letters(column)}{row + 1}" for row, column, _ in left)
        kept, broken = say("yes"), say("no: a limit is exceeded where a figure is red")
        tolerance = 1e-6 * max(1.0, abs(self.plan.evaluation.cost))
        page.text(page.row, _IDS, NO_ROW)
        page.text(page.row, _NAMES, say("does the money suffice?"), bold=True)
        value = kept if min(value for _, _, value in left) >= -tolerance else broken
        formula = f'=IF(MIN({cells})>=-{tolerance!r},"{kept}","{broken}")'
        page.formula(page.row, _FIRST, formula, value, "General", bold=True)
        red = page.sheets.book.add_format({"font_color": "#b00020", "bold": True})
        rule = {"type": "cell", "criteria": "<", "value": -tolerance, "format": red}
        for row, column, _ in left:
            page.sheet.conditional_format(row, column, row, column, rule)
        page.row += 1
        if self.scenario.lines:
            note = say(
                "Which line may pay for which measure is checked by oshopt compare, not here; here all lines stand "
                "together."
            )
            page.text(page.row, _NAMES, note, italic=True)
            page.row += 1


def _rounded(values: Sequence[float]) -> list[float]:
    return [round(value, _DIGITS) for value in values]


def _series(
    page: Page, scenario: Scenario, order: list[str], spent: dict[str, list[float]], first: int
) -> tuple[Series, ...]:
    count = sum(math.fsum(spent[name]) > 0 for name in order[:_DRAWN])
    last = first + count - 1
    names = (page.name, first, _NAMES, last, _NAMES)
    return tuple(
        (str(year), names, (page.name, first, _FIRST + at, last, _FIRST + at))
        for at, year in enumerate(scenario.years if count else ())
    )


def add_shares(sheets: Sheets, scenario: Scenario, plan: Plan) -> None:
    """Add the sheet of the shares that begin, of measures whose money does not tell them; none where none does."""
    if not plan.begun:
        return
    title = say("What begins when: share of the whole measure that is bought")
    note = say(
        "For measures bought whole, by levels or without cost. Where their money is moved, move the share with it, or "
        "empty the row: the shares then follow from the money."
    )
    page = sheets.add(shares_title(), title, note)
    page.heads([ID_HEAD, say("measure"), *[""] * len(scenario.years)], [False, False, *[True] * len(scenario.years)])
    for at, year in enumerate(scenario.years):
        page.number(page.row - 1, 2 + at, year, "0", bold=True, bg_color="#e6edf3", bottom=1, align="right")
    page.keep_heads(page.row, 2)
    for name, row in plan.begun.items():
        page.text(page.row, 0, name)
        page.widen(0, len(name), 24)
        label = scenario.measures[name].label
        page.text(page.row, 1, label, text_wrap=True)
        page.breaking(label, _NAME_WIDTH)
        for at, year in enumerate(scenario.years):
            page.number(page.row, 2 + at, row.get(year, 0.0), '0.###%;-0.###%;"–"', **page.changeable())
        page.row += 1
    page.sheet.set_column(1, 1, _NAME_WIDTH)
