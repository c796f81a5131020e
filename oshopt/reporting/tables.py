"""Tables of results as plain rows of text, for the report and for a terminal alike.

Money is written in the scenario's currency, which the titles name; service in years.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from oshopt.language import say, say_in
from oshopt.model import AfterHorizon, Category, Comparison, Control, Evaluation, Plan, Scenario, flag_words
from oshopt.reporting.alternatives import Alternative, Role, alternatives
from oshopt.reporting.levels import NOT_STATED, categories, category_label, control_levels, level_label
from oshopt.reporting.numbers import NOTHING, beside, decimals_apart, money, number, percent, signed, years
from oshopt.reporting.sentences import period

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
    columns = (Column(say("alternative")), *(Column(row[0], numeric=True) for row in rows))
    return Table(title, columns, tuple((a.label, *(row[i + 1] for row in rows)) for i, a in enumerate(found)))


def summary(scenario: Scenario, comparison: Comparison) -> Table:
    """Return doing nothing, each strategy and the optimum side by side: money, effect, service, cases."""
    found = alternatives(comparison)
    last = scenario.years[-1]
    when, currency = period(scenario), scenario.settings.currency
    several = len(scenario.groups) > 1
    shortest = decimals_apart((a.shortest[1] for a in found), least=2)
    cases = decimals_apart((a.evaluation.cases for a in found), least=2)
    rows = [
        (
            say("cost over {years}, {currency}", years=when, currency=currency),
            *(money(a.evaluation.cost) for a in found),
        ),
        (
            say("cost a year after {last}, {currency}", last=last, currency=currency),
            *(money(a.evaluation.yearly_renewal) for a in found),
        ),
        (say("money in all, {currency}", currency=currency), *(money(a.economics.cost_in_all) for a in found)),
        (
            say("mean ε") if several or len(scenario.years) > 1 else "ε",
            *(_effect(a.evaluation.mean_effect) for a in found),
        ),
        (say("shortest N, years") if several else say("N, years"), *(years(a.shortest[1], shortest) for a in found)),
    ]
    if several:
        rows.append((say("group of the shortest N"), *(scenario.groups[a.shortest[0]].label for a in found)))
    else:
        (group,) = scenario.groups
        left = [a.evaluation.remaining_service[group] for a in found]
        rows.append((say("remaining service, years"), *(years(value, shortest) for value in left)))
    rows += [
        (say("years gained"), *(_gained(a, a.economics.years_gained) for a in found)),
        (say("expected cases over {years}", years=when), *(number(a.evaluation.cases, cases) for a in found)),
        (say("cost per year gained, {currency}", currency=currency), *(_price(a) for a in found)),
    ]
    table = side_by_side(say("What each alternative costs and brings, {years}", years=when), "", found, rows)
    return Table(table.title, table.columns, table.rows, _summary_note(scenario))


def _summary_note(scenario: Scenario) -> str:
    when = period(scenario)
    if scenario.settings.after_horizon is AfterHorizon.LAPSE:
        return say(
            "Money in all is the cost over {years} and upkeep that remains after it, until the group of shortest N "
            "reaches its threshold. Cost per year gained is money in all above that of doing nothing, divided by the "
            "years that the shortest N gains.",
            years=when,
        )
    return say(
        "Money in all is the cost over {years} and the yearly cost after it, until the group of shortest N reaches its "
        "threshold. Cost per year gained is money in all above that of doing nothing, divided by the years that the "
        "shortest N gains.",
        years=when,
    )


def _gained(alternative: Alternative, value: float) -> str:
    return NOTHING if alternative.role is Role.NOTHING else signed(value, 2)


def _price(alternative: Alternative) -> str:
    price = alternative.economics.per_year_gained
    return NOTHING if price is None else money(price)


def _effect(value: float) -> str:
    return number(value, 4)


def groups(scenario: Scenario, comparison: Comparison) -> Table:
    """Return ε per year (its mean where years are many), N, remaining service and years gained by group."""
    found = alternatives(comparison)
    every = list(scenario.years) if len(scenario.years) <= WIDE else []
    heads = [f"ε {year}" for year in every] or [say("mean ε"), f"ε {scenario.years[-1]}"]
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
        Column(say("group")),
        Column(say("alternative")),
        *(Column(head, numeric=True) for head in heads),
        Column(say("N, years"), numeric=True),
        Column(say("remaining, years"), numeric=True),
        Column(say("years gained"), numeric=True),
    )
    return Table(say("Effect and safe service of each group"), columns, tuple(rows))


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
    heads = [say("weight k"), *map(str, horizon), *([say("all years")] if len(horizon) > 1 else [])]
    columns = (Column(say("measure")), *(Column(head, numeric=True) for head in heads))
    title = say("The plan's money by measure, upkeep included, {currency}", currency=scenario.settings.currency)
    return Table(title, columns, tuple(rows))


def yearly_money(scenario: Scenario, plan: Plan) -> Table:
    """Return the plan's money by year: each line's, new shares, upkeep, total, and what is left."""
    evaluation = plan.evaluation
    heads = [say("line {line}", line=name) for name in plan.lines]
    heads += [say("new shares"), say("upkeep"), say("total"), say("left unspent")]
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
        rows.append((say("all years"), *(money(math.fsum(column)) for column in sums)))
    title = say("The plan's money by year, {currency}", currency=scenario.settings.currency)
    columns = (Column(say("year")), *(Column(head, numeric=True) for head in heads))
    return Table(title, columns, tuple(rows), totals=len(rows) > 1)


def year_sum(table: Mapping[str, Mapping[int, float]], year: int) -> float:
    """Return the sum over measures of one year's amounts."""
    return math.fsum(row.get(year, 0.0) for row in table.values())


def yearly_cost(scenario: Scenario, comparison: Comparison) -> Table:
    """Return the cost of every alternative by year."""
    found = alternatives(comparison)
    rows = [(str(year), *(money(a.evaluation.cost_by_year.get(year, 0.0)) for a in found)) for year in scenario.years]
    title = say("Cost of each alternative by year, {currency}", currency=scenario.settings.currency)
    return side_by_side(title, say("year"), found, rows)


def money_by_control(scenario: Scenario, comparison: Comparison) -> Table:
    """Return money over the horizon by level of control, strongest first, and its share."""
    order = [*(level.value for level in Control), NOT_STATED]
    sums = _money_by(comparison, control_levels(scenario), order)
    rows = [(level_label(level), *cells) for level, cells in sums.items()]
    when, currency = period(scenario), scenario.settings.currency
    title = say("Money by level of control over {years}, {currency} and share", years=when, currency=currency)
    return side_by_side(title, say("level of control"), alternatives(comparison), rows)


def money_by_category(scenario: Scenario, comparison: Comparison) -> Table:
    """Return money over the horizon by category of measure, and its share."""
    order = [*(category.value for category in Category), NOT_STATED]
    sums = _money_by(comparison, categories(scenario), order)
    rows = [(category_label(category), *cells) for category, cells in sums.items()]
    when, currency = period(scenario), scenario.settings.currency
    title = say("Money by category over {years}, {currency} and share", years=when, currency=currency)
    return side_by_side(title, say("category"), alternatives(comparison), rows)


def _money_by(comparison: Comparison, key: dict[str, str], order: list[str]) -> dict[str, list[str]]:
    """Return the money of each alternative by what `key` says of measures, in an order."""
    sums = [a.money_by(key) for a in alternatives(comparison)]
    totals = [math.fsum(table.values()) for table in sums]
    used = [name for name in order if name in key.values()]
    return {
        name: [_part(table.get(name, 0.0), total) for table, total in zip(sums, totals, strict=True)] for name in used
    }


def _part(value: float, total: float) -> str:
    return beside(money(value), share=percent(value / total)) if total > 0 else money(value)


def legal_duties(scenario: Scenario, comparison: Comparison) -> Table:
    """Return each mandatory measure with its legal basis, deadline, who answers for it, and who meets it."""
    found = alternatives(comparison)
    rows = []
    for name, measure in scenario.measures.items():
        if measure.mandatory:
            deadline = say("at once") if measure.deadline is None else str(measure.deadline)
            met = [_met(a.evaluation, name) for a in found]
            basis, responsible = (text or say(NOT_STATED) for text in (measure.legal_basis, measure.responsible))
            rows.append((measure.label, basis, deadline, responsible, *met))
    columns = (
        Column(say("duty")),
        Column(say("legal basis"), prose=True),
        Column(say("deadline")),
        Column(say("responsible")),
        *(Column(a.label, emphasis=a.role is Role.OPTIMUM) for a in found),
    )
    return Table(say("Legal duties and whether they are met"), columns, tuple(rows))


def _met(evaluation: Evaluation, measure: str) -> str:
    return say("✓ met") if evaluation.duties.get(measure, False) else say("✗ not met")


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
        where = say_in("alternatives", "all") if len(labels) == len(found) else ", ".join(labels)
        alike.setdefault((code, where), []).append(text)
    rows = tuple((flag_words(code), _first_few(texts), where) for (code, where), texts in alike.items())
    columns = (Column(say("note")), Column(say("what"), prose=True), Column(say("where")))
    return Table(say("What to know about these figures"), columns, rows)


def _first_few(texts: Sequence[str]) -> str:
    rest = len(texts) - _FLAGS_TOLD
    more = [say("And {n} more of this kind.", n=rest)] if rest > 0 else []
    return " ".join([*texts[:_FLAGS_TOLD], *more])
