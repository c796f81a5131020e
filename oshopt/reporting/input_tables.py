"""Tables of what the report was made from: measures, groups, reach, budget and assumptions."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from oshopt.model import Measure, Scenario, Target, WorkGroup
from oshopt.reporting.numbers import NOTHING, figure, money, number, percent, span
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
    fields: list[Field[Measure]] = [
        ("measure", False, lambda m: m.label),
        ("weight k", True, lambda m: number(scenario.weights[m.id], 4)),
        (f"full cost, {scenario.settings.currency}", True, lambda m: money(scenario.full_cost(m.id))),
        ("spread of k", True, lambda m: NOTHING if m.weight_spread is None else _share(m.weight_spread)),
        ("lifetime, years", True, lambda m: str(m.lifetime)),
        ("lead time, years", True, lambda m: figure(m.lead_time) if m.lead_time else NOTHING),
        ("upkeep a year", True, lambda m: _share(m.upkeep)),
        ("in force today", True, lambda m: _share(m.status_quo)),
    ]
    return _shown(fields, list(scenario.measures.values()), "Measures: money and effect", 3)


def kinds(scenario: Scenario) -> Table:
    """Return what every measure is and who answers for it; without rows where no measure says."""
    fields: list[Field[Measure]] = [
        ("measure", False, lambda m: m.label),
        ("id", False, lambda m: m.id),
        ("control", False, lambda m: m.control.value if m.control else ""),
        ("category", False, lambda m: m.category.value if m.category else ""),
        ("hazard", False, lambda m: m.hazard),
        ("legal duty", False, lambda m: "yes" if m.mandatory else ""),
        ("responsible", False, lambda m: m.responsible),
    ]
    rows = [m for m in scenario.measures.values() if m.name]
    table = _shown(fields, rows or list(scenario.measures.values()), "Measures: what they are", 2)
    return Table(table.title, table.columns, table.rows if rows or len(table.columns) > 2 else ())


def groups(scenario: Scenario) -> Table:
    """Return every work group; columns that no group fills are left out."""
    fields: list[Field[WorkGroup]] = [
        ("group", False, lambda g: g.label),
        ("people", True, lambda g: number(g.headcount, 0)),
        ("dR, 1/year", True, lambda g: figure(g.risk_increment, 6)),
        ("served, years", True, lambda g: figure(g.served, 6)),
        ("spread of dR", True, lambda g: _share(g.risk_increment_spread)),
        ("R_acc", True, lambda g: "" if g.acceptable_risk is None else figure(g.acceptable_risk)),
        ("class", False, lambda g: g.condition_class or ""),
        ("R_0", True, lambda g: figure(g.initial_risk) if g.initial_risk else ""),
        ("max effect", True, lambda g: figure(g.max_effect) if g.max_effect < 1 else ""),
    ]
    return _shown(fields, list(scenario.groups.values()), "Work groups", 4)


def reach(scenario: Scenario) -> Table:
    """Return the share of each measure's weight that reaches a group, a column a group or a row for each pair."""
    own = {(e.measure, e.target): figure(e.effect) for e in scenario.effects if e.on is Target.GROUP}
    title = "Share of a measure's weight that reaches a group"
    heads = [group.label for group in scenario.groups.values()]
    if len(heads) <= WIDE:
        rows = [
            (scenario.measures[name].label, *(own.get((name, group), "1") for group in scenario.groups))
            for name in dict.fromkeys(measure for measure, _ in own)
        ]
        columns = (Column("measure"), *(Column(head, numeric=True) for head in heads))
    else:
        rows = [(scenario.measures[m].label, scenario.groups[g].label, share) for (m, g), share in own.items()]
        columns = (Column("measure"), Column("group"), Column("share", numeric=True))
    return Table(title, columns, tuple(rows), "1 where nothing is listed.")


def sources(scenario: Scenario) -> Table:
    """Return where the figures of each row come from, rows of one source together."""
    rows = [
        *((group.source, group.label) for group in scenario.groups.values()),
        *((measure.source, measure.label) for measure in scenario.measures.values()),
        *((entry.source, f"line {entry.line}") for entry in scenario.budgets),
        *((entry.source, f"strategy {entry.strategy}") for entry in scenario.strategies),
    ]
    found: dict[str, dict[str, None]] = {}
    for source, label in rows:
        if source:
            found.setdefault(source, {})[label] = None
    cells = tuple((source, "; ".join(labels)) for source, labels in found.items())
    columns = (Column("source", prose=True), Column("rows that rest on it", prose=True))
    return Table("Where the figures come from", columns, cells)


def budget(scenario: Scenario) -> Table:
    """Return the limits on money as a whole."""
    given = scenario.settings.budget
    limits = (
        (f"total over {span(scenario.years)}", given.total),
        ("each year", given.per_year),
        ("legal minimum, each year", given.least_per_year or None),
    )
    rows = tuple((name, money(value)) for name, value in limits if value is not None)
    return Table("Budget", (Column("limit"), Column(f"amount, {scenario.settings.currency}", numeric=True)), rows)


def lines(scenario: Scenario) -> Table:
    """Return the money of each budget line by year."""
    heads = (Column("year"), *(Column(f"line {name}", numeric=True) for name in scenario.lines))
    rows = tuple(
        (str(year), *(money(line.amount.get(year, 0.0)) for line in scenario.lines.values())) for year in scenario.years
    )
    title = f"Money of the budget lines, {scenario.settings.currency}"
    return Table(title, heads, rows if scenario.lines else ())


def line_rules(scenario: Scenario) -> Table:
    """Return what each budget line may pay for."""
    rows = tuple(
        (f"line {name}", ", ".join(line.measures) or "all measures", "goes on" if line.carry_over else "is lost")
        for name, line in scenario.lines.items()
    )
    columns = (Column("line"), Column("may pay for", prose=True), Column("money left at the year's end"))
    return Table("What the budget lines may pay for", columns, rows)


def assumptions(scenario: Scenario) -> Table:
    """Return the settings that the figures rest on."""
    settings = scenario.settings
    after = {
        "keep": "keep: the last year's effect goes on, because its renewal goes on being paid",
        "lapse": "lapse: each effect ends with its lifetime, nothing is renewed",
    }[settings.after_horizon.value]
    rows = [
        ("horizon", f"{span(scenario.years)}, {len(scenario.years)} year{'s' if len(scenario.years) > 1 else ''}"),
        ("after the horizon", after),
        ("currency", settings.currency),
        ("full cost where a measure names none", NOTHING if settings.full_cost is None else money(settings.full_cost)),
        ("price growth a year", percent(settings.price_growth, 1)),
        ("discount rate a year", percent(settings.discount_rate, 1)),
        *((("spread of the weights", percent(settings.weight_spread, 1)),) if settings.weight_spread else ()),
        ("weights", "divided by their sum" if settings.normalise_weights else "sum to 1 as given"),
        ("growth of risk", "even within a year; money beyond a measure's full cost buys nothing"),
    ]
    return Table("Assumptions", (Column("what"), Column("value", prose=True)), tuple(rows))


def every_input(scenario: Scenario) -> list[Table]:
    """Return every table of what results were made from, in the order of a report."""
    return [
        make(scenario) for make in (assumptions, budget, lines, line_rules, groups, measures, kinds, reach, sources)
    ]
