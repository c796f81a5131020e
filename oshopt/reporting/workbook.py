"""A workbook of results: one sheet for each question, live totals, charts of its own, and a plan that can be edited."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from pathlib import Path

from oshopt.files.excel import need_excel
from oshopt.files.writing import replacing
from oshopt.language import say
from oshopt.model import Category, Comparison, Control, Plan, Scenario
from oshopt.reporting import explanation_tables, input_tables, money_tables, proof_tables, tables
from oshopt.reporting.alternatives import Alternative, alternatives
from oshopt.reporting.exact import Exact, Kind
from oshopt.reporting.html import versions_of
from oshopt.reporting.levels import NOT_STATED, categories, category_label, control_levels, level_label
from oshopt.reporting.sentences import GUARANTEE, period
from oshopt.reporting.sheets import Page, Series, Sheets, add_chart
from oshopt.reporting.spread import Spread
from oshopt.reporting.tables import Column, Table
from oshopt.reporting.uncertainty import alternative_bands
from oshopt.reporting.workbook_plan import PlanRows, add_plan, add_shares, letters, money_form


def write_results(scenario: Scenario, comparison: Comparison, path: Path, *, command: str = "") -> None:
    """Write a comparison of a scenario's strategies and plan as an .xlsx workbook.

    `command` is the command line that makes it again. The plan in it can be edited and read back as a strategy. The
    same input gives the same bytes; the file appears whole or not at all. Raises `InputError` where the extra `excel`
    is missing, `OSError` where the file cannot be written.
    """
    need_excel(str(path))
    from oshopt.files.exact_numbers import exact_workbook

    plan = comparison.optimum
    with replacing(path) as temporary, exact_workbook(temporary) as book:
        sheets = Sheets(book)
        _alternatives(sheets, scenario, comparison)
        rows = None
        if plan is not None:
            rows = add_plan(sheets, scenario, plan)
            add_shares(sheets, scenario, plan)
        _brings(sheets, scenario, comparison)
        _by_year(sheets, scenario, comparison, rows)
        _where(sheets, scenario, comparison)
        _worth(sheets, scenario, comparison)
        duties = tables.legal_duties(scenario, comparison)
        if duties.rows:
            _only(sheets, say("Legal duties"), duties)
        if plan is not None:
            _proof(sheets, scenario, plan)
        _inputs(sheets, scenario)
        _about(sheets, scenario, comparison, command)


def _alternatives(sheets: Sheets, scenario: Scenario, comparison: Comparison) -> None:
    """Add all alternatives side by side, a row for each, and N of each as a chart."""
    found = alternatives(comparison)
    table = tables.summary(scenario, comparison)
    if len(table.columns) - 1 == len(found) and len(table.rows) != len(found):
        table = _turned(table, say("alternative"))
    page = sheets.add(say("Alternatives"), table.title, say(GUARANTEE))
    first, columns = page.table(table, title=False)
    page.keep_heads(first)
    at = next((i for i, spread in enumerate(columns) if _kind(table, spread) is Kind.YEARS), None)
    if at is not None:
        last = first + len(table.rows) - 1
        series = [(columns[at].title, (page.name, first, 0, last, 0), (page.name, first, at, last, at))]
        title = say("Safe service N of each alternative, years")
        place = (page.row + 1, 0)
        add_chart(page, {"type": "bar"}, series, title=title, axis=say("years"), place=place, form="0")


def _turned(table: Table, corner: str) -> Table:
    """Return a table with rows and columns exchanged."""
    heads = (Column(corner), *(Column(row[0], numeric=True) for row in table.rows))
    rows = tuple(
        (column.title, *(row[at] for row in table.rows)) for at, column in enumerate(table.columns[1:], start=1)
    )
    return Table(table.title, heads, rows, table.note)


def _kind(table: Table, spread: Spread) -> Kind | None:
    cells = [spread.cell(row) for row in table.rows]
    return next((cell.kind for cell in cells if isinstance(cell, Exact)), None)


def _brings(sheets: Sheets, scenario: Scenario, comparison: Comparison) -> None:
    """Add what each alternative brings to each group."""
    table = tables.groups(scenario, comparison)
    page = sheets.add(say("What it brings"), table.title)
    first, _ = page.table(table, title=False)
    page.keep_heads(first, 2)
    bands = alternative_bands(scenario, comparison)
    if bands.rows:
        page.table(bands)


def _only(sheets: Sheets, name: str, table: Table) -> None:
    page = sheets.add(name, table.title)
    first, _ = page.table(table, title=False)
    page.keep_heads(first)


def _by_year(sheets: Sheets, scenario: Scenario, comparison: Comparison, rows: PlanRows | None) -> None:
    """Add money by year: of the plan, new and upkeep, bound to the sheet of the plan, and of every alternative."""
    found, years, plan = alternatives(comparison), scenario.years, comparison.optimum
    currency = scenario.settings.currency
    page = sheets.add(say("Money by year"), say("Money by year, {currency}", currency=currency))
    charts: list[tuple[str, list[Series]]] = []
    page.sheet.freeze_panes(page.row, 1)
    if plan is not None and rows is not None:
        title = say("The plan's money by year")
        new = [tables.year_sum(plan.evaluation.spend, year) for year in years]
        upkeep = [tables.year_sum(plan.evaluation.upkeep, year) for year in years]
        live = [[rows.cell(row, at) for at in range(len(years))] for row in (rows.new, rows.upkeep)]
        block = _Block(page, title, [say("new money"), say("upkeep")], [new, upkeep], live)
        charts.append((title, block.write(years, across=True)))
    title = say("Cost of each alternative by year")
    costs = [[a.evaluation.cost_by_year.get(year, 0.0) for year in years] for a in found]
    block = _Block(page, title, [a.label for a in found], costs)
    charts.append((title, block.write(years)))
    if plan is not None and plan.lines:
        title = say("What the plan takes from each budget line, as planned")
        taken = [
            [math.fsum(row.get(year, 0.0) for row in line.values()) for year in years] for line in plan.lines.values()
        ]
        _Block(page, title, list(plan.lines), taken).write(years, across=True)
    beside = 2 + max(3, len(found), len(plan.lines) + 1 if plan is not None else 0)
    for at, (title, series) in enumerate(charts):
        kind = {"type": "column"} | ({"subtype": "stacked"} if at == 0 and rows is not None else {})
        add_chart(page, kind, series, title=title, axis=currency, place=(2 + 19 * at, beside))
    if rows is not None and rows.series:
        kind, title = {"type": "bar", "subtype": "stacked"}, say("New money by measure and year, the largest first")
        add_chart(page, kind, rows.series, title=title, axis=currency, place=(2 + 19 * len(charts), beside))


class _Block:
    """A block of money with its sums: a row for each of some names, a column for each of some things."""

    def __init__(
        self,
        page: Page,
        title: str,
        heads: Sequence[str],
        columns: Sequence[Sequence[float]],
        live: Sequence[Sequence[str]] | None = None,
    ) -> None:
        self.page, self.title, self.heads, self.columns, self.live = page, title, heads, columns, live
        self.form = money_form([value for column in columns for value in column])

    def write(self, names: Sequence[object], *, across: bool = False, corner: str = "") -> list[Series]:
        """Write the block with sums below, and beside it where asked; return its columns as series of a chart."""
        page, count = self.page, len(self.heads)
        page.text(page.row, 0, self.title, bold=True, font_size=12)
        page.row += 1
        titles = [corner or say("year"), *self.heads, *([say("together")] if across else [])]
        page.heads(titles, [at > 0 for at in range(len(titles))])
        first = page.row
        for at, name in enumerate(names):
            self._name(name)
            for column, values in enumerate(self.columns):
                if self.live is None:
                    page.number(page.row, column + 1, values[at], self.form)
                else:
                    page.formula(page.row, column + 1, self.live[column][at], values[at], self.form)
            if across:
                together = math.fsum(values[at] for values in self.columns)
                formula = f"=SUM(B{page.row + 1}:{letters(count)}{page.row + 1})"
                page.formula(page.row, count + 1, formula, together, self.form)
            page.row += 1
        last = page.row - 1
        sums = [math.fsum(values) for values in self.columns]
        self._sums(first, last, [*sums, math.fsum(sums)] if across else sums)
        for at, head in enumerate(titles):
            page.widen(at, max(len(head), 12) if at else max(len(str(name)) for name in names))
        return [
            (head, (page.name, first, 0, last, 0), (page.name, first, at, last, at))
            for at, head in enumerate(self.heads, start=1)
        ]

    def _name(self, name: object) -> None:
        if isinstance(name, int):
            self.page.number(self.page.row, 0, name, "0", align="left")
        else:
            self.page.text(self.page.row, 0, str(name))

    def _sums(self, first: int, last: int, sums: Sequence[float]) -> None:
        page = self.page
        page.text(page.row, 0, say("together"), bold=True, top=1)
        for at, value in enumerate(sums, start=1):
            formula = f"=SUM({letters(at)}{first + 1}:{letters(at)}{last + 1})"
            page.formula(page.row, at, formula, value, self.form, bold=True, top=1)
        page.row += 2


def _where(sheets: Sheets, scenario: Scenario, comparison: Comparison) -> None:
    """Add money by level of control and by category with live shares, and the shares of control as a chart."""
    found = [a for a in alternatives(comparison) if a.evaluation.cost > 0]
    if not found:
        return
    currency = scenario.settings.currency
    title = say("Where the money goes over {years}, {currency}", years=period(scenario), currency=currency)
    page = sheets.add(say("Where money goes"), title)
    page.sheet.freeze_panes(page.row, 1)
    levels, kinds = control_levels(scenario), categories(scenario)
    names = [name for name in (*(level.value for level in Control), NOT_STATED) if name in levels.values()]
    first = _parts(page, (say("Money by level of control"), say("level of control")), found, levels, names, level_label)
    others = [name for name in (*(kind.value for kind in Category), NOT_STATED) if name in kinds.values()]
    _parts(page, (say("Money by category"), say("category")), found, kinds, others, category_label)
    series = [
        (
            f"='{page.name}'!$A${first + at + 1}",
            (page.name, first - 1, 1, first - 1, len(found)),
            (page.name, first + at, 1, first + at, len(found)),
        )
        for at in range(len(names))
    ]
    kind = {"type": "bar", "subtype": "percent_stacked"}
    title = say("Share of the money at each level of control")
    add_chart(page, kind, series, title=title, axis="", place=(page.row, 0), form="0%")


def _parts(
    page: Page,
    titles: tuple[str, str],
    found: Sequence[Alternative],
    key: dict[str, str],
    names: Sequence[str],
    label: Callable[[str], str],
) -> int:
    """Write the money of each part and, beside it, its share; return the row of the first part."""
    first, count = page.row + 2, len(found)
    sums = [a.money_by(key) for a in found]
    money = [[table.get(name, 0.0) for name in names] for table in sums]
    title, corner = titles
    _Block(page, title, [a.label for a in found], money).write([label(name) for name in names], corner=corner)
    whole = first + len(names)
    for column, (alternative, values) in enumerate(zip(found, money, strict=True), start=1):
        at, total = column + count + 1, math.fsum(values)
        head = say("{title}: share", title=alternative.label)
        page.text(first - 1, at, head, bold=True, bg_color="#e6edf3", bottom=1, text_wrap=True, align="right")
        page.widen(at, 14)
        for row, value in enumerate(values, start=first):
            here = letters(column)
            formula = f"=IF({here}${whole + 1}=0,0,{here}{row + 1}/{here}${whole + 1})"
            page.formula(row, at, formula, value / total if total else 0.0, "0.0%")
    return first


def _worth(sheets: Sheets, scenario: Scenario, comparison: Comparison) -> None:
    """Add what the money is worth, with each alternative's cash flow; none where nothing was worked out."""
    if not comparison.economics:
        return
    found = [
        money_tables.money_figures(scenario, comparison),
        money_tables.remaining_losses(scenario, comparison),
        *(money_tables.cash_flow_table(scenario, comparison, name) for name in comparison.order),
    ]
    page = sheets.add(say("What the money is worth"), say("What the money is worth"))
    page.sheet.freeze_panes(page.row, 1)
    for table in found:
        if table is not None and table.rows:
            page.table(table)


def _proof(sheets: Sheets, scenario: Scenario, plan: Plan) -> None:
    found = [
        proof_tables.certificate(scenario, plan),
        proof_tables.binding_limits(plan.certificate),
        proof_tables.marginal_values(scenario, plan),
    ]
    if plan.explanation is not None:
        found += [explanation_tables.reasons(scenario, plan), proof_tables.break_even(scenario, plan.certificate)]
    page = sheets.add(say("Proof"), say("How the plan is proven"))
    for table in found:
        if table.rows:
            page.table(table)


def _inputs(sheets: Sheets, scenario: Scenario) -> None:
    page = sheets.add(say("Inputs"), say("What the figures were made from"))
    for table in input_tables.every_input(scenario):
        if table.rows:
            page.table(table)


def _about(sheets: Sheets, scenario: Scenario, comparison: Comparison, command: str) -> None:
    """Add how the workbook was made, and the notes of the scenario."""
    page = sheets.add(say("About"), scenario.settings.report.title or scenario.name)
    robust = comparison.optimum.robustness if comparison.optimum is not None else None
    seed = robust.seed if robust is not None else scenario.settings.survey.seed if comparison.bands else None
    rows = [
        (say("scenario"), scenario.name),
        (say("SHA-256 of the scenario"), scenario.fingerprint),
        *(((say("seed of every draw"), str(seed)),) if seed is not None else ()),
        *(((say("command"), command),) if command else ()),
        *versions_of("numpy", "pulp", "xlsxwriter", plan=comparison.optimum),
    ]
    columns = (Column(say("what")), Column(say("value"), prose=True))
    page.table(Table(say("How this workbook was made"), columns, tuple(rows)))
    for line in scenario.about.splitlines():
        page.note(line)
