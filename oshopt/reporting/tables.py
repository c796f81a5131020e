"""Tables of results as plain rows of text, for the report and for a terminal alike.

Money is written in the scenario's currency, which the titles name; service in years.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from oshopt.model import AfterHorizon, Category, Comparison, Control, Evaluation, Plan, Scenario
from oshopt.reporting.alternatives import Alternative, Role, alternatives
from oshopt.reporting.numbers import NOTHING, beside, decimals_apart, money, number, percent, signed, span, years
from oshopt.reporting.sentences import NOT_STATED, categories, control_levels

WIDE = 6
"""Columns of figures that fit side by side; more are turned into rows or batches."""

_FLAGS_TOLD = 3


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: `numeric` ones are set flush right, `prose` ones wide, `emphasis` marks the plan's."""

    title: str
    numeric: bool = False
    emphasis: bool = False
    prose: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of text under named columns; the first cell of a row names it."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""
    totals: bool = False
    """Whether the last row adds the others up."""


def side_by_side(title: str, corner: str, found: Sequence[Alternative], rows: Sequence[tuple[str, ...]]) -> Table:
    """Return a table with a column for each alternative, or a row for each where they are too many to stand abreast."""
    heads = [Column(a.label, numeric=True, emphasis=a.role is Role.OPTIMUM) for a in found]
    if len(found) <= WIDE:
        return Table(title, (Column(corner), *heads), tuple(rows))
    columns = (Column("alternative"), *(Column(row[0], numeric=True) for row in rows))
    return Table(title, columns, tuple((a.label, *(row[i + 1] for row in rows)) for i, a in enumerate(found)))


def summary(scenario: Scenario, comparison: Comparison) -> Table:
    """Return doing nothing, each strategy and the optimum side by side: money, effect, service, cases."""
    found = alternatives(comparison)
    last = scenario.years[-1]
    when, currency = span(scenario.years), scenario.settings.currency
    several = len(scenario.groups) > 1
    shortest = decimals_apart((a.shortest[1] for a in found), least=2)
    cases = decimals_apart((a.evaluation.cases for a in found), least=2)
    rows = [
        (f"cost over {when}, {currency}", *(money(a.evaluation.cost) for a in found)),
        (f"cost a year after {last}, {currency}", *(money(a.evaluation.yearly_renewal) for a in found)),
        (f"money in all, {currency}", *(money(a.money_in_all) for a in found)),
        ("mean ε" if several or len(scenario.years) > 1 else "ε", *(_effect(a.evaluation.mean_effect) for a in found)),
        ("shortest N, years" if several else "N, years", *(years(a.shortest[1], shortest) for a in found)),
    ]
    if several:
        rows.append(("group of the shortest N", *(scenario.groups[a.shortest[0]].label for a in found)))
    else:
        (group,) = scenario.groups
        left = [a.evaluation.remaining_service[group] for a in found]
        rows.append(("remaining service, years", *(years(value, shortest) for value in left)))
    rows += [
        ("years gained", *(_gained(a, a.shortest_gain) for a in found)),
        (f"expected cases over {when}", *(number(a.evaluation.cases, cases) for a in found)),
        (f"cost per year gained, {currency}", *(_price(a) for a in found)),
    ]
    table = side_by_side(f"What each alternative costs and brings, {when}", "", found, rows)
    return Table(table.title, table.columns, table.rows, _summary_note(scenario))


def _summary_note(scenario: Scenario) -> str:
    lapse = scenario.settings.after_horizon is AfterHorizon.LAPSE
    after = "upkeep that remains after it" if lapse else "the yearly cost after it"
    return (
        f"Money in all is the cost over {span(scenario.years)} and {after}, until the group of shortest N "
        "reaches its threshold. Cost per year gained is money in all above that of doing nothing, divided by the years "
        "that the shortest N gains."
    )


def _gained(alternative: Alternative, value: float) -> str:
    return NOTHING if alternative.role is Role.NOTHING else signed(value, 2)


def _price(alternative: Alternative) -> str:
    price = alternative.money_per_year_gained
    return NOTHING if price is None else money(price)


def _effect(value: float) -> str:
    return number(value, 4)


def groups(scenario: Scenario, comparison: Comparison) -> Table:
    """Return ε per year (its mean where years are many), N, remaining service and years gained by group."""
    found = alternatives(comparison)
    every = list(scenario.years) if len(scenario.years) <= WIDE else []
    heads = [f"ε {year}" for year in every] or ["mean ε", f"ε {scenario.years[-1]}"]
    rows = []
    for name, group in scenario.groups.items():
        decimals = decimals_apart((a.evaluation.safe_service[name] for a in found), least=2)
        for a in found:
            own = a.evaluation.epsilon[name]
            effects = [own[year] for year in every] or [math.fsum(own.values()) / len(own), own[scenario.years[-1]]]
            service = [
                years(a.evaluation.safe_service[name], decimals),
                years(a.evaluation.remaining_service[name], decimals),
            ]
            gained = _gained(a, a.gain(name))
            rows.append((group.label, a.label, *(_effect(value) for value in effects), *service, gained))
    columns = (
        Column("group"),
        Column("alternative"),
        *(Column(head, numeric=True) for head in [*heads, "N, years", "remaining, years", "years gained"]),
    )
    return Table("Effect and safe service of each group", columns, tuple(rows))


def plan_money(scenario: Scenario, plan: Plan) -> Table:
    """Return what each measure gets in each year, new shares and upkeep, every measure in order of its money."""
    evaluation, horizon = plan.evaluation, scenario.years
    spent = {
        name: [evaluation.spend[name].get(y, 0.0) + evaluation.upkeep[name].get(y, 0.0) for y in horizon]
        for name in scenario.measures
    }
    order = sorted(spent, key=lambda name: (-math.fsum(spent[name]), name))
    rows = []
    for name in order:
        row = spent[name]
        total = [money(math.fsum(row))] if len(horizon) > 1 else []
        weight = number(scenario.weights[name], 4)
        rows.append((scenario.measures[name].label, weight, *(money(value) for value in row), *total))
    heads = ["weight k", *map(str, horizon), *(["all years"] if len(horizon) > 1 else [])]
    columns = (Column("measure"), *(Column(head, numeric=True) for head in heads))
    title = f"The plan's money by measure, upkeep included, {scenario.settings.currency}"
    return Table(title, columns, tuple(rows))


def yearly_money(scenario: Scenario, plan: Plan) -> Table:
    """Return the plan's money by year: each line's, new shares, upkeep, total, and what is left."""
    evaluation = plan.evaluation
    heads = [*(f"line {name}" for name in plan.lines), "new shares", "upkeep", "total", "left unspent"]
    rows: list[tuple[str, ...]] = []
    sums: list[list[float]] = [[] for _ in heads]
    for year in scenario.years:
        lines = [math.fsum(row.get(year, 0.0) for row in plan.lines[name].values()) for name in plan.lines]
        new, kept = (year_sum(table, year) for table in (evaluation.spend, evaluation.upkeep))
        left = plan.certificate.unspent.get(year, 0.0)
        figures = [*lines, new, kept, evaluation.cost_by_year.get(year, 0.0), left]
        for column, value in zip(sums, figures, strict=True):
            column.append(value)
        rows.append((str(year), *(money(value) for value in figures)))
    if len(rows) > 1:
        rows.append(("all years", *(money(math.fsum(column)) for column in sums)))
    title = f"The plan's money by year, {scenario.settings.currency}"
    columns = (Column("year"), *(Column(head, numeric=True) for head in heads))
    return Table(title, columns, tuple(rows), totals=len(rows) > 1)


def year_sum(table: Mapping[str, Mapping[int, float]], year: int) -> float:
    """Return the sum over measures of one year's amounts."""
    return math.fsum(row.get(year, 0.0) for row in table.values())


def yearly_cost(scenario: Scenario, comparison: Comparison) -> Table:
    """Return the cost of every alternative by year."""
    found = alternatives(comparison)
    rows = [(str(year), *(money(a.evaluation.cost_by_year.get(year, 0.0)) for a in found)) for year in scenario.years]
    title = f"Cost of each alternative by year, {scenario.settings.currency}"
    return side_by_side(title, "year", found, rows)


def money_by_control(scenario: Scenario, comparison: Comparison) -> Table:
    """Return money over the horizon by level of control, strongest first, and its share."""
    order = [*(level.value for level in Control), NOT_STATED]
    return _money_by(scenario, comparison, "level of control", control_levels(scenario), order)


def money_by_category(scenario: Scenario, comparison: Comparison) -> Table:
    """Return money over the horizon by category of measure, and its share."""
    order = [*(category.value for category in Category), NOT_STATED]
    return _money_by(scenario, comparison, "category", categories(scenario), order)


def _money_by(scenario: Scenario, comparison: Comparison, what: str, key: dict[str, str], order: list[str]) -> Table:
    found = alternatives(comparison)
    sums = [a.money_by(key) for a in found]
    totals = [math.fsum(table.values()) for table in sums]
    rows = []
    for name in order:
        if name in key.values():
            cells = zip((table.get(name, 0.0) for table in sums), totals, strict=True)
            rows.append((name, *(_part(value, total) for value, total in cells)))
    title = f"Money by {what} over {span(scenario.years)}, {scenario.settings.currency} and share"
    return side_by_side(title, what, found, rows)


def _part(value: float, total: float) -> str:
    return beside(money(value), share=percent(value / total)) if total > 0 else money(value)


def legal_duties(scenario: Scenario, comparison: Comparison) -> Table:
    """Return each mandatory measure with its legal basis, deadline, who answers for it, and who meets it."""
    found = alternatives(comparison)
    rows = []
    for name, measure in scenario.measures.items():
        if measure.mandatory:
            deadline = "at once" if measure.deadline is None else str(measure.deadline)
            met = [_met(a.evaluation, name) for a in found]
            basis = measure.legal_basis or "not stated"
            rows.append((measure.label, basis, deadline, measure.responsible or "not stated", *met))
    columns = (
        *(Column(title, prose=title == "legal basis") for title in ("duty", "legal basis", "deadline", "responsible")),
        *(Column(a.label, emphasis=a.role is Role.OPTIMUM) for a in found),
    )
    return Table("Legal duties and whether they are met", columns, tuple(rows))


def _met(evaluation: Evaluation, measure: str) -> str:
    return "✓ met" if evaluation.duties.get(measure, False) else "✗ not met"


def flags(comparison: Comparison, without: Collection[str] = ()) -> Table:
    """Return what the evaluations warn of, warnings of one kind and of the same alternatives in one row.

    Flags whose code is in `without` are left out.
    """
    found = alternatives(comparison)
    concerned: dict[tuple[str, str], list[str]] = {}
    for a in found:
        for flag in a.evaluation.flags:
            if flag.code not in without and a.label not in concerned.setdefault((flag.code, flag.text), []):
                concerned[flag.code, flag.text].append(a.label)
    alike: dict[tuple[str, str], list[str]] = {}
    for (code, text), labels in concerned.items():
        where = "all" if len(labels) == len(found) else ", ".join(labels)
        alike.setdefault((code, where), []).append(text)
    rows = tuple((code.replace("-", " "), _first_few(texts), where) for (code, where), texts in alike.items())
    return Table(
        "What to know about these figures", (Column("note"), Column("what", prose=True), Column("where")), rows
    )


def _first_few(texts: Sequence[str]) -> str:
    rest = len(texts) - _FLAGS_TOLD
    return " ".join([*texts[:_FLAGS_TOLD], *([f"And {rest} more of this kind."] if rest > 0 else [])])
