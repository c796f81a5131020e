"""The agreement annex: the measures that a plan carries out, as employer and workers' representatives sign them.

A scorecard's indicators 12 and 13 ask for it: each measure with its cost, year, deadline, responsible post, the number
of workers whose conditions improve, and its legal basis.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from oshopt.language import say
from oshopt.model import Measure, Plan, Scenario, Target
from oshopt.reporting.numbers import NOTHING, money, number, span

_ABREAST = 6
"""Years that get a column each; more years share one."""


@dataclass(frozen=True, slots=True)
class AnnexRow:
    """One measure of the annex."""

    measure: str
    basis: str
    mandatory: bool
    amounts: tuple[str, ...]
    """Money by year, or one text where the years are many."""
    total: str
    deadline: str
    responsible: str
    workers: str
    groups: str
    """Groups that the measure reaches with their people; empty where it reaches everybody."""


@dataclass(frozen=True, slots=True)
class Annex:
    """Everything that the annex says."""

    heads: tuple[str, ...]
    """Heads of the columns of money."""
    prose: bool
    """Whether the one column of money holds text."""
    rows: tuple[AnnexRow, ...]
    """Measures that the plan carries out, by their date."""
    kept: tuple[AnnexRow, ...]
    """What is in force already and gets only upkeep."""
    missed: tuple[AnnexRow, ...]
    """Mandatory measures that the plan does not carry out in time."""
    totals: tuple[str, ...]
    """Money by year of `rows` and `kept`, or one text where the years are many."""
    total: str


def annex(scenario: Scenario, plan: Plan) -> Annex:
    """Return the agreement annex of a plan."""
    found = plan.evaluation
    missed = [name for name, met in found.duties.items() if not met]
    done = [name for name in scenario.measures if _carried_out(plan, name)]
    kept = [name for name in scenario.measures if name not in done and _sum(found.upkeep.get(name, {})) > 0]
    done.sort(key=lambda name: (_first(plan, name), -_sum(_paid(plan, name)), name))
    kept.sort(key=lambda name: (-_sum(_paid(plan, name)), name))
    several = len(scenario.years) > _ABREAST
    by_year = [
        {year: math.fsum(_paid(plan, name).get(year, 0.0) for name in (*done, *kept))} for year in scenario.years
    ]
    totals = {year: value for table in by_year for year, value in table.items()}
    heads = (say("cost by year"),) if several else tuple(str(year) for year in scenario.years)
    return Annex(
        heads=heads,
        prose=several,
        rows=tuple(_row(scenario, plan, name) for name in done),
        kept=tuple(_row(scenario, plan, name) for name in kept),
        missed=tuple(_row(scenario, plan, name) for name in missed),
        totals=_amounts(scenario, totals),
        total=money(_sum(totals)),
    )


def reached(scenario: Scenario, measure: str) -> list[str]:
    """Return the groups whose risk a measure lowers, by id."""
    if scenario.weights[measure] <= 0:
        return []
    shares = {e.target: e.effect for e in scenario.effects if e.on is Target.GROUP and e.measure == measure}
    return [name for name, group in scenario.groups.items() if shares.get(name, 1.0) > 0 and group.risk_increment > 0]


def _carried_out(plan: Plan, measure: str) -> bool:
    found = plan.evaluation
    return any(
        value > 0 for table in (found.spend, found.in_force) for value in table.get(measure, {}).values()
    ) or any(value > 0 for value in plan.begun.get(measure, {}).values())


def _paid(plan: Plan, measure: str) -> dict[int, float]:
    found = plan.evaluation
    nothing: Mapping[int, float] = {}
    tables = [table.get(measure, nothing) for table in (found.spend, found.upkeep)]
    return {year: math.fsum(t.get(year, 0.0) for t in tables) for year in sorted({y for t in tables for y in t})}


def _sum(table: Mapping[int, float]) -> float:
    return math.fsum(table.values())


def _first(plan: Plan, measure: str) -> float:
    """First year in which a measure is in force; ∞ where it acts only after the horizon."""
    return min(
        (year for year, value in plan.evaluation.in_force.get(measure, {}).items() if value > 0), default=math.inf
    )


def _row(scenario: Scenario, plan: Plan, name: str) -> AnnexRow:
    measure, paid = scenario.measures[name], _paid(plan, name)
    groups = reached(scenario, name)
    people = {group: scenario.groups[group].headcount for group in groups}
    parts = [
        say("{group}: {people}", group=scenario.groups[group].label, people=number(count, 0))
        for group, count in people.items()
    ]
    return AnnexRow(
        measure=measure.label,
        basis=measure.legal_basis,
        mandatory=measure.mandatory,
        amounts=_amounts(scenario, paid),
        total=money(_sum(paid)),
        deadline=_deadline(scenario, plan, measure),
        responsible=measure.responsible,
        workers=number(sum(people.values()), 0) if people else NOTHING,
        groups="" if len(groups) == len(scenario.groups) else "; ".join(parts),
    )


def _deadline(scenario: Scenario, plan: Plan, measure: Measure) -> str:
    if measure.mandatory and measure.deadline is not None:
        return str(measure.deadline)
    first = _first(plan, measure.id)
    if math.isfinite(first):
        return str(int(first))
    return say("after {year}", year=scenario.years[-1]) if _carried_out(plan, measure.id) else NOTHING


def _amounts(scenario: Scenario, table: Mapping[int, float]) -> tuple[str, ...]:
    """Return money by year: a cell a year, or one text with equal years together where the years are many."""
    values = [(year, table.get(year, 0.0)) for year in scenario.years]
    if len(values) <= _ABREAST:
        return tuple(money(value) if value > 0 else NOTHING for _, value in values)
    return ("; ".join(_spans(values)) or NOTHING,)


def _spans(values: Iterable[tuple[int, float]]) -> Iterable[str]:
    runs: list[tuple[list[int], float]] = []
    for year, value in values:
        if runs and math.isclose(runs[-1][1], value, rel_tol=1e-9, abs_tol=1e-9):
            runs[-1][0].append(year)
        else:
            runs.append(([year], value))
    for years, value in runs:
        if value > 0 and len(years) > 1:
            yield say("{years}: {money} a year", years=span(years), money=money(value))
        elif value > 0:
            yield say("{years}: {money}", years=span(years), money=money(value))
