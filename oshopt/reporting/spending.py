"""Where the money goes: a bar for every measure and alternative, and the plan's money by measure and year.

Widths and shades are worked out here; the page draws them.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeVar

from oshopt.model import Comparison, Evaluation, Plan, Scenario
from oshopt.reporting.alternatives import Alternative, Role, alternatives, spent_on
from oshopt.reporting.numbers import NOTHING, money

T = TypeVar("T")

_ABREAST = 4
_YEARS_ABREAST = 8
_SHADES = 5


@dataclass(frozen=True, slots=True)
class Bar:
    """Money of one alternative on one measure: its text and its length as a percentage of the longest."""

    text: str
    width: str
    optimum: bool


@dataclass(frozen=True, slots=True)
class BarRow:
    """A measure with a bar for each alternative."""

    label: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class BarChart:
    """Bars of every measure for as many alternatives as stand abreast."""

    labels: tuple[str, ...]
    rows: tuple[BarRow, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """Money of one measure in one year, and its shade from 0 (nothing) to 5 (the most)."""

    text: str
    shade: int


@dataclass(frozen=True, slots=True)
class HeatMap:
    """Money of the plan by measure and year, for as many years as stand abreast."""

    years: tuple[int, ...]
    rows: tuple[tuple[str, tuple[Cell, ...]], ...]


def batches(items: Sequence[T], size: int) -> list[tuple[T, ...]]:
    """Cut a sequence into as few pieces of at most `size` as will do, as even as can be."""
    pieces = math.ceil(len(items) / size)
    cuts = [round(i * len(items) / pieces) for i in range(pieces + 1)] if pieces else []
    return [tuple(items[first:last]) for first, last in pairwise(cuts)]


def _spenders(comparison: Comparison) -> list[Alternative]:
    """The optimum first, then the strategies; doing nothing only where it costs money."""
    found = [a for a in alternatives(comparison) if a.role is not Role.NOTHING or a.evaluation.cost > 0]
    return sorted(found, key=lambda a: (Role.OPTIMUM, Role.STRATEGY, Role.NOTHING).index(a.role))


def _order(scenario: Scenario, evaluations: Sequence[Evaluation]) -> list[str]:
    """Measures by the first one's money, then the next one's; those without money last, by weight."""

    def key(name: str) -> tuple[float, ...]:
        return (*(-spent_on(evaluation, name) for evaluation in evaluations), -scenario.weights[name])

    return sorted(scenario.measures, key=key)


def bar_charts(scenario: Scenario, comparison: Comparison) -> list[BarChart]:
    """Return bars of money over the horizon, new shares and upkeep, for every measure and alternative that spends."""
    found = _spenders(comparison)
    order = _order(scenario, [a.evaluation for a in found])
    spent = {a.label: {name: spent_on(a.evaluation, name) for name in order} for a in found}
    longest = max((value for row in spent.values() for value in row.values()), default=0.0)
    charts = []
    for piece in batches(found, _ABREAST):
        rows = [
            BarRow(
                scenario.measures[name].label,
                tuple(_bar(spent[a.label][name], longest, a.role is Role.OPTIMUM) for a in piece),
            )
            for name in order
        ]
        charts.append(BarChart(tuple(a.label for a in piece), tuple(rows)))
    return charts


def _bar(value: float, longest: float, optimum: bool) -> Bar:
    if value <= 0:
        return Bar(NOTHING, "0", optimum)
    return Bar(money(value), f"{100 * value / longest:.2f}", optimum)


def heat_maps(scenario: Scenario, plan: Plan) -> list[HeatMap]:
    """Return the plan's money, new shares and upkeep, by measure and year; empty for a horizon of one year."""
    years = scenario.years
    if len(years) < 2:
        return []
    evaluation = plan.evaluation
    spent = {
        name: {y: evaluation.spend[name].get(y, 0.0) + evaluation.upkeep[name].get(y, 0.0) for y in years}
        for name in _order(scenario, [evaluation])
    }
    most = max(value for row in spent.values() for value in row.values())
    maps = []
    for piece in batches(years, _YEARS_ABREAST):
        rows = tuple(
            (scenario.measures[name].label, tuple(_cell(row[year], most) for year in piece))
            for name, row in spent.items()
        )
        maps.append(HeatMap(piece, rows))
    return maps


def _cell(value: float, most: float) -> Cell:
    if value <= 0:
        return Cell("·", 0)
    return Cell(money(value), min(_SHADES, 1 + int(_SHADES * math.sqrt(value / most))))
