"""Tables of what the report was made from: measures, groups, reach, budget and assumptions."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from oshopt.language import say, say_count
from oshopt.model import (
    AfterHorizon,
    Category,
    Control,
    Measure,
    Scenario,
    Target,
    WorkGroup,
    category_words,
    control_words,
)
from oshopt.reporting.numbers import NOTHING, figure, money, number, percent, span
from oshopt.reporting.sentences import period
from oshopt.reporting.tables import WIDE, Column, Table

Row = TypeVar("Row", Measure, WorkGroup)
Field = tuple[str, bool, Callable[[Row], str]]


def _shown(fields: list[Field[Row]], rows: list[Row], title: str, keep: int) -> Table:
    """Keep the first `keep` fields and those that some row fills."""
    used = [f for i, f in enumerate(fields) if i < keep or any(f[2](row) not in ("", NOTHING) for row in rows)]
    columns = tuple(Column(head, numeric=numeric) for head, numeric, _ in used)
    return Table(title, columns, tuple(tuple(text(row) for _, _, text in used) for row in rows))


def _share(value: float) -> str:
    return percent(value, 0 if value * 100 == round(value * 100) else 1) if value else NOTHING


def measures(scenario: Scenario) -> Table:
    """Return the money and effect of every measure; columns that no measure fills are left out."""
    full_cost = say("full cost, {currency}", currency=scenario.settings.currency)
    fields: list[Field[Measure]] = [
        (say("measure"), False, lambda m: m.label),
        (say("weight k"), True, lambda m: number(scenario.weights[m.id], 4)),
        (full_cost, True, lambda m: money(scenario.full_cost(m.id))),
        (say("spread of k"), True, lambda m: NOTHING if m.weight_spread is None else _share(m.weight_spread)),
        (say("lifetime, years"), True, lambda m: str(m.lifetime)),
        (say("lead time, years"), True, lambda m: figure(m.lead_time) if m.lead_time else NOTHING),
        (say("upkeep a year"), True, lambda m: _share(m.upkeep)),
        (say("in force today"), True, lambda m: _share(m.status_quo)),
    ]
    return _shown(fields, list(scenario.measures.values()), say("Measures: money and effect"), 3)


def kinds(scenario: Scenario) -> Table:
    """Return what every measure is and who answers for it; without rows where no measure says."""
    fields: list[Field[Measure]] = [
        (say("measure"), False, lambda m: m.label),
        (say("id"), False, lambda m: m.id),
        (say("control"), False, lambda m: control_words(m.control) if m.control else ""),
        (say("category"), False, lambda m: category_words(m.category) if m.category else ""),
        (say("hazard"), False, lambda m: m.hazard),
        (say("legal duty"), False, lambda m: say("yes") if m.mandatory else ""),
        (say("responsible"), False, lambda m: m.responsible),
    ]
    rows = [m for m in scenario.measures.values() if m.name]
    table = _shown(fields, rows or list(scenario.measures.values()), say("Measures: what they are"), 2)
    return Table(table.title, table.columns, table.rows if rows or len(table.columns) > 2 else ())


def groups(scenario: Scenario) -> Table:
    """Return every work group; columns that no group fills are left out."""
    fields: list[Field[WorkGroup]] = [
        (say("group"), False, lambda g: g.label),
        (say("people"), True, lambda g: number(g.headcount, 0)),
        (say("dR, 1/year"), True, lambda g: figure(g.risk_increment, 6)),
        (say("served, years"), True, lambda g: figure(g.served, 6)),
        (say("spread of dR"), True, lambda g: _share(g.risk_increment_spread)),
        ("R_acc", True, lambda g: "" if g.acceptable_risk is None else figure(g.acceptable_risk)),
        (say("class"), False, lambda g: g.condition_class or ""),
        ("R_0", True, lambda g: figure(g.initial_risk) if g.initial_risk else ""),
        (say("max effect"), True, lambda g: figure(g.max_effect) if g.max_effect < 1 else ""),
    ]
    return _shown(fields, list(scenario.groups.values()), say("Work groups"), 4)


def reach(scenario: Scenario) -> Table:
    """Return the share of each measure's weight that reaches a group, a column a group or a row for each pair."""
    own = {(e.measure, e.target): figure(e.effect) for e in scenario.effects if e.on is Target.GROUP}
    title = say("Share of a measure's weight that reaches a group")
    heads = [group.label for group in scenario.groups.values()]
    if len(heads) <= WIDE:
        rows = [
            (scenario.measures[name].label, *(own.get((name, group), "1") for group in scenario.groups))
            for name in dict.fromkeys(measure for measure, _ in own)
        ]
        columns = (Column(say("measure")), *(Column(head, numeric=True) for head in heads))
    else:
        rows = [(scenario.measures[m].label, scenario.groups[g].label, share) for (m, g), share in own.items()]
        columns = (Column(say("measure")), Column(say("group")), Column(say("share"), numeric=True))
    return Table(title, columns, tuple(rows), say("1 where nothing is listed."))


def sources(scenario: Scenario) -> Table:
    """Return where the figures of each row come from, rows of one source together."""
    rows = [
        *((group.source, group.label) for group in scenario.groups.values()),
        *((measure.source, measure.label) for measure in scenario.measures.values()),
        *((entry.source, say("line {line}", line=entry.line)) for entry in scenario.budgets),
        *((entry.source, say("strategy {strategy}", strategy=entry.strategy)) for entry in scenario.strategies),
    ]
    found: dict[str, dict[str, None]] = {}
    for source, label in rows:
        if source:
            found.setdefault(source, {})[label] = None
    cells = tuple((source, "; ".join(labels)) for source, labels in found.items())
    columns = (Column(say("source"), prose=True), Column(say("rows that rest on it"), prose=True))
    return Table(say("Where the figures come from"), columns, cells)


def budget(scenario: Scenario) -> Table:
    """Return the limits on money as a whole."""
    given = scenario.settings.budget
    limits = (
        (say("total over {years}", years=period(scenario)), given.total),
        (say("each year"), given.per_year),
        (say("legal minimum, each year"), given.least_per_year or None),
    )
    rows = tuple((name, money(value)) for name, value in limits if value is not None)
    currency = scenario.settings.currency
    columns = (Column(say("limit")), Column(say("amount, {currency}", currency=currency), numeric=True))
    return Table(say("Budget"), columns, rows)


def lines(scenario: Scenario) -> Table:
    """Return the money of each budget line by year."""
    heads = (Column(say("year")), *(Column(say("line {line}", line=name), numeric=True) for name in scenario.lines))
    rows = tuple(
        (str(year), *(money(line.amount.get(year, 0.0)) for line in scenario.lines.values())) for year in scenario.years
    )
    title = say("Money of the budget lines, {currency}", currency=scenario.settings.currency)
    return Table(title, heads, rows if scenario.lines else ())


def line_rules(scenario: Scenario) -> Table:
    """Return what each budget line may pay for."""
    rows = tuple(
        (
            say("line {line}", line=name),
            ", ".join(_chosen(scenario, each) for each in line.measures) or say("all measures"),
            say("goes on") if line.carry_over else say("is lost"),
        )
        for name, line in scenario.lines.items()
    )
    columns = (
        Column(say("line")),
        Column(say("may pay for"), prose=True),
        Column(say("money left at the year's end")),
    )
    return Table(say("What the budget lines may pay for"), columns, rows)


def _chosen(scenario: Scenario, name: str) -> str:
    """Return what is chosen by a measure's id, a category or a level of control, in words."""
    if name in scenario.measures:
        return name
    return category_words(Category(name)) if name in [*Category] else control_words(Control(name))


def assumptions(scenario: Scenario) -> Table:
    """Return the settings that the figures rest on."""
    settings = scenario.settings
    after = {
        AfterHorizon.KEEP: say("keep: the last year's effect goes on, because its renewal goes on being paid"),
        AfterHorizon.LAPSE: say("lapse: each effect ends with its lifetime, nothing is renewed"),
    }[settings.after_horizon]
    horizon = say_count(
        "{years}, {n} year",
        "{years}, {n} years",
        len(scenario.years),
        years=span(scenario.years),
        n=len(scenario.years),
    )
    full_cost = NOTHING if settings.full_cost is None else money(settings.full_cost)
    rows = [
        (say("horizon"), horizon),
        (say("after the horizon"), after),
        (say("currency"), settings.currency),
        (say("full cost where a measure names none"), full_cost),
        (say("price growth a year"), percent(settings.price_growth, 1)),
        (say("discount rate a year"), percent(settings.discount_rate, 1)),
        *(((say("spread of the weights"), percent(settings.weight_spread, 1)),) if settings.weight_spread else ()),
        (say("weights"), say("divided by their sum") if settings.normalise_weights else say("sum to 1 as given")),
        (say("growth of risk"), say("even within a year; money beyond a measure's full cost buys nothing")),
    ]
    return Table(say("Assumptions"), (Column(say("what")), Column(say("value"), prose=True)), tuple(rows))


def every_input(scenario: Scenario) -> list[Table]:
    """Return every table of what results were made from, in the order of a report."""
    every = (assumptions, budget, lines, line_rules, groups, measures, kinds, reach, sources)
    return [make(scenario) for make in every]
