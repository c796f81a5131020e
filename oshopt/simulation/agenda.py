"""What a strategy wants done in each year: shares to buy, bills of whole and levelled measures, money meant for each.

Nothing is carried out here: `oshopt.simulation.enterprise` goes by an agenda as far as money and chance allow.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from oshopt.model import Scenario, Strategy
from oshopt.risk import effect
from oshopt.risk.arrays import ScenarioArrays, arrays_of
from oshopt.risk.evaluation import kept_of, spend_of
from oshopt.risk.exposure import Floats
from oshopt.risk.funding import deal, funding_of
from oshopt.risk.purchases import SAME, Purchases, purchases_of
from oshopt.simulation.draws import Rounds, name_rounds


class Bill(NamedTuple):
    """A payment for a whole or levelled measure, without overrun."""

    year: int
    """Year in which it falls due, counted from the plan's start."""
    line: int | None
    """The only line that may pay it; None where every line that pays for the measure may."""
    amount: float


Bills = Mapping[tuple[int, int], tuple[Bill, ...]]
"""Payments of each purchase of a whole or levelled measure, by year and position of the measure."""


class Wanted(NamedTuple):
    """What a strategy wants in T years from `first` on: M measures, L lines (one for the one budget)."""

    first: int
    spend: Floats
    """Money for new shares, shape (M, T); of whole and levelled measures only in years in which one begins."""
    extent: Floats
    """Share of a measure's full extent that this money puts in force without overrun, shape (M, T)."""
    taken: Floats
    """Share of full cost that upkeep is charged on, shape (M, T)."""
    kept: Floats
    """Share of the status quo that stays paid for, shape (M, T)."""
    payments: Floats
    """Money meant for each bill that any eligible line may pay, shape (L, M, T)."""
    named: Floats
    """Money meant for bills that a line pays by name, shape (L, M, T)."""
    bills: Bills


class AgendaYear(NamedTuple):
    """What a strategy wants done in one year: M measures, L lines."""

    spend: list[float]
    """Money for new shares, of each measure."""
    shares: list[float]
    """Share of the full extent that this money buys without overrun, of each measure."""
    taken: list[float]
    """Share of full cost that each of these purchases takes."""
    kept: list[float]
    """Share of the status quo that stays paid for, of each measure."""
    payments: list[list[float]]
    """Money meant for each bill, of each measure: for each line, or for the one budget."""
    named: list[list[float]]
    """Money meant for bills that a line pays by name, of each line and measure."""


@dataclass(frozen=True, slots=True, eq=False)
class Agenda:
    """What a strategy wants done from year `first` on."""

    first: int
    years: tuple[AgendaYear, ...]
    orders: tuple[tuple[int, int], ...]
    """Year of the plan and position of the measure of each purchase."""
    rounds: Rounds
    """Counters of the purchases' draws, shape (purchases, 2)."""
    bills: Bills

    @classmethod
    def of(cls, arrays: ScenarioArrays, wanted: Wanted) -> Agenda:
        """Sort what is wanted by year; `arrays` are those of the whole scenario."""
        tables = (wanted.spend, wanted.extent, wanted.taken, wanted.kept, wanted.payments, wanted.named)
        years = tuple(
            AgendaYear(*parts) for parts in zip(*(np.moveaxis(t, -1, 0).tolist() for t in tables), strict=True)
        )
        orders = tuple(
            (wanted.first + column, row)
            for column, year in enumerate(years)
            for row in range(len(arrays.measures))
            if year.shares[row] > 0 or year.spend[row] > 0 or (wanted.first + column, row) in wanted.bills
        )
        rounds = name_rounds([(arrays.measures[row], arrays.years[year]) for year, row in orders])
        return cls(wanted.first, years, orders, rounds, wanted.bills)


def wanted_of(scenario: Scenario, strategy: Strategy, arrays: ScenarioArrays) -> Wanted:
    """Return what a strategy wants in the years of `scenario`, whose arrays are `arrays`."""
    spend, kept = spend_of(strategy, arrays), kept_of(strategy, arrays)
    bought = purchases_of(arrays, strategy, spend, 1.0 - kept)
    cost = spend + effect.upkeep(arrays, bought.share, kept)
    funding = funding_of(scenario, arrays)
    if funding.lines:
        payments, named = deal(funding, cost, bought.named)
    else:
        payments, named = cost[None], np.zeros((1, *cost.shape))
    bills = _bills(arrays, bought)
    return Wanted(0, _orders(arrays, spend, bought), bought.extent, bought.share, kept, payments, named, bills)


def wanted_anew(whole: tuple[Scenario, ScenarioArrays], left: Scenario, strategy: Strategy, year: int) -> Wanted:
    """Return what a strategy made for what is `left` wants of the whole scenario from `year` on.

    Whole and levelled measures are bought as what is left prices them, divisible ones at the scenario's own full cost.
    """
    scenario, arrays = whole
    rest = arrays_of(left)
    wanted = wanted_of(left, strategy, rest)
    spend, kept = spend_of(strategy, rest), wanted.kept
    gone = ((0, 0), (year, 0))
    bought = purchases_of(arrays, strategy, np.pad(spend, gone), np.pad(1.0 - kept, gone))
    extent, taken = bought.extent[:, year:].copy(), bought.share[:, year:].copy()
    chosen = list(arrays.choices)
    extent[chosen], taken[chosen] = wanted.extent[chosen], wanted.taken[chosen]
    place = _places(scenario, left)
    bills = {
        (year + begin, row): tuple(
            Bill(year + bill.year, None if bill.line is None else place[bill.line], bill.amount) for bill in found
        )
        for (begin, row), found in wanted.bills.items()
    }
    lines = max(1, len(scenario.lines))
    payments, named = (_spread(table, place, lines) for table in (wanted.payments, wanted.named))
    return Wanted(year, wanted.spend, extent, taken, kept, payments, named, bills)


def _places(scenario: Scenario, left: Scenario) -> list[int]:
    """Return the position in `scenario` of each line that is left."""
    lines = list(scenario.lines)
    return [lines.index(line) for line in left.lines] or [0]


def _spread(table: Floats, place: list[int], lines: int) -> Floats:
    spread = np.zeros((lines, *table.shape[1:]))
    spread[place] = table
    return spread


def _orders(arrays: ScenarioArrays, spend: Floats, bought: Purchases) -> Floats:
    """Return money of the years' orders: of whole and levelled measures without later payments of what has begun."""
    orders = spend.copy()
    for row in arrays.choices:
        idle = np.maximum(spend[row] - bought.cost[row], 0.0)
        idle[idle <= SAME * spend[row]] = 0.0
        orders[row] = np.where(bought.begun[row], spend[row], idle)
    return orders


def _bills(arrays: ScenarioArrays, bought: Purchases) -> dict[tuple[int, int], tuple[Bill, ...]]:
    """Return the payments of every whole and levelled measure that begins, in the order of years and lines."""
    bills = {}
    for row, choices in arrays.choices.items():
        for year in np.flatnonzero(bought.begun[row]).tolist():
            way = int(bought.way[row, year])
            if choices.named[way].any():
                found = [
                    Bill(year + after, line, float(choices.named[way, line, after] * arrays.growth[year + after]))
                    for line, after in np.argwhere(choices.named[way] > 0).tolist()
                ]
            else:
                found = [Bill(year, None, float(choices.price[way, 0] * arrays.growth[year]))]
            bills[year, row] = tuple(bill for bill in sorted(found, key=lambda b: b.year) if bill.amount > 0)
    return bills
