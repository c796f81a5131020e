"""Columns of a plan's program: purchases, what they put in force, and what they cost, as sparse maps over the columns.

A purchase is a share of a divisible measure in one year, or one way (a level, or all of it) of another. Maps have a
row for each (measure, year), counted measure by measure.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from oshopt.allocation.program import Entries, Ints, Rows
from oshopt.risk import ScenarioArrays
from oshopt.risk.service import Floats


@dataclass(frozen=True, slots=True, eq=False)
class Bought:
    """Columns of the P purchases, which come first in the program."""

    measure: Ints
    """Row of the measure, shape (P,)."""
    year: Ints
    """Year of the purchase, counted from 0, shape (P,)."""
    way: Ints
    """Way of a whole or levelled measure, −1 for a share of a divisible one, shape (P,)."""
    extent: Floats
    """Share of the full extent that a column of 1 puts in force, shape (P,)."""
    share: Floats
    """Share of full cost that it takes, shape (P,)."""
    begun: Ints
    """Column that is 1 where the purchase is made; −1 where nothing needs to know, shape (P,)."""
    top: Floats
    """Upper bound of the column, shape (P,)."""

    def over(self, first: Ints, last: Ints, years: int) -> tuple[Ints, Ints]:
        """Return (purchase, year) for all years first ≤ t < last of each purchase within [0, years)."""
        begin, end = np.maximum(first, 0), np.minimum(last, years)
        count = np.maximum(end - begin, 0)
        purchase = np.repeat(np.arange(len(count)), count)
        offset = np.arange(len(purchase)) - np.repeat(np.cumsum(count) - count, count)
        return purchase, begin[purchase] + offset

    def in_force(self, arrays: ScenarioArrays, years: int, *, past_first: bool = False) -> tuple[Ints, Ints]:
        """Return (purchase, year) wherever a purchase is in force before `years`."""
        first = self.year + arrays.lead[self.measure]
        return self.over(first + past_first, first + arrays.lifetime[self.measure], years)


def purchase_columns(arrays: ScenarioArrays, rows: Rows, span: int, counted: Ints, *, idle: bool) -> Bought:
    """Add the purchases and, where something needs to know that one is made, the column that says so.

    Left out are ways whose payments reach beyond the horizon and, unless limits may ask for `idle` money, purchases
    that would act after `span`. `counted` are measures whose purchases a rule counts.
    """
    measure, way, year, extent, share = _purchases(arrays)
    acts = arrays.free[measure] | (year + arrays.lead[measure] < span) | idle
    measure, way, year = measure[acts], way[acts], year[acts]
    extent, share = extent[acts], share[acts]
    top = np.where(way < 0, arrays.room[measure], np.where(arrays.room[measure] > 0, 1.0, 0.0))
    names = [_name(arrays, *p) for p in zip(measure.tolist(), way.tolist(), year.tolist(), strict=True)]
    column = rows.add_columns(names, 0.0, top)
    rows.integer[-1] = way >= 0
    needs = (way < 0) & ((arrays.least > 0) | arrays.fixed.any(axis=1) | np.isin(np.arange(len(arrays.lead)), counted))[
        measure
    ]
    begun = np.where(way >= 0, column, -1)
    begun[needs] = rows.add_columns([f"begun {names[p]}" for p in np.flatnonzero(needs)], 0.0, 1.0, integer=True)
    return Bought(measure, year, way, extent, share, begun, top)


def _purchases(arrays: ScenarioArrays) -> tuple[Ints, Ints, Ints, Floats, Floats]:
    """Return measure, way, year, extent and share of every purchase, measure by measure."""
    years = len(arrays.years)
    plain = np.setdiff1d(np.arange(len(arrays.measures)), list(arrays.choices))
    measure, year = np.repeat(plain, years), np.tile(np.arange(years), len(plain))
    one = np.ones(len(measure))
    parts: list[tuple[Any, ...]] = [(measure, np.full(len(measure), -1), year, one, one)]
    for m, choices in arrays.choices.items():
        lasts = [int(np.flatnonzero(price)[-1]) if price.any() else 0 for price in choices.price]
        way = np.repeat(np.arange(len(lasts)), [max(0, years - last) for last in lasts])
        year = np.concatenate([np.arange(max(0, years - last)) for last in lasts])
        parts.append((np.full(len(way), m), way, year, choices.extent[way], choices.share[way]))
    measure, way, year, extent, share = (np.concatenate(column) for column in zip(*parts, strict=True))
    order = np.argsort(measure, kind="stable")
    return measure[order], way[order], year[order], extent[order], share[order]


def _name(arrays: ScenarioArrays, measure: int, way: int, year: int) -> str:
    head = f"{arrays.measures[measure]} {arrays.years[year]}"
    level = arrays.choices[measure].names[way] if way >= 0 else ""
    return f"{head} {level}" if level else head


LITTLE = 1e-6
"""Least share of a purchase that must not be money alone."""


def begun_rows(arrays: ScenarioArrays, rows: Rows, bought: Bought, *, idle: bool) -> None:
    """Say that a share is bought only where its purchase is made, and then not below its minimum.

    Where limits may ask for `idle` money, a purchase is never its fixed cost alone.
    """
    index = np.flatnonzero((bought.way < 0) & (bought.begun >= 0))
    if not len(index):
        return
    row, one = np.arange(len(index)), np.ones(len(index))
    names = [rows.columns[p] for p in index]
    below = [Entries(row, index, one), Entries(row, bought.begun[index], -bought.top[index])]
    rows.add_rows([f"begun {name}" for name in names], Entries.joined(below), -np.inf, 0.0)
    least = np.maximum(arrays.least, LITTLE if idle else 0.0)[bought.measure[index]]
    above = Entries.joined([Entries(row, index, one), Entries(row, bought.begun[index], -least)])
    some = least > 0
    place = np.where(some, np.cumsum(some) - 1, -1)
    rows.add_rows(
        [f"minimum {name}" for name, kept in zip(names, some, strict=True) if kept], above.to(place), 0.0, np.inf
    )


@dataclass(frozen=True, slots=True, eq=False)
class Costs:
    """Money of year t that the columns cost, in rows (measure, t), and what is paid whatever the plan."""

    spend: Entries
    """New shares, fixed cost and payments of ways; rows m·T + t."""
    upkeep: Entries
    """What keeps them going; rows m·T + t."""
    named: Entries
    """The part of `spend` that lines pay by name; rows (l·M + m)·T + t."""
    renewal: Entries
    """Money a year after the horizon, in the last year's prices; rows m."""
    renewal_named: Entries
    """The part of it that lines pay by name; rows l·M + m."""
    standing: Floats
    """Upkeep of the status quo, shape (M, T)."""

    @property
    def all(self) -> Entries:
        """Spend and upkeep."""
        return Entries.joined([self.spend, self.upkeep])


def costs_of(arrays: ScenarioArrays, bought: Bought, *, keep: bool) -> Costs:
    """Return what the columns cost; no renewal unless effects are kept after the horizon."""
    standing = arrays.upkeep[:, None] * arrays.full_cost * arrays.status_quo[:, None]
    renewal = _renewal(arrays, bought) if keep else (Entries.none(), Entries.none())
    spend, named = _spend(arrays, bought)
    return Costs(spend, _upkeep(arrays, bought), named, *renewal, standing)


def _spend(arrays: ScenarioArrays, bought: Bought) -> tuple[Entries, Entries]:
    measures, years = arrays.full_cost.shape
    index = np.flatnonzero(bought.way < 0)
    m, t = bought.measure[index], bought.year[index]
    parts = [Entries(m * years + t, index, arrays.full_cost[m, t])]
    index = index[bought.begun[index] >= 0]
    m, t = bought.measure[index], bought.year[index]
    parts.append(Entries(m * years + t, bought.begun[index], arrays.fixed[m, t]))
    named = []
    for row, choices in arrays.choices.items():
        index = np.arange(*np.searchsorted(bought.measure, [row, row + 1]))
        i, k = np.nonzero(choices.price[bought.way[index]])
        t = bought.year[index[i]] + k
        parts.append(Entries(row * years + t, index[i], choices.price[bought.way[index[i]], k] * arrays.growth[t]))
        i, payer, k = np.nonzero(choices.named[bought.way[index]])
        t = bought.year[index[i]] + k
        value = choices.named[bought.way[index[i]], payer, k] * arrays.growth[t]
        named.append(Entries((payer * measures + row) * years + t, index[i], value))
    return Entries.joined(parts), Entries.joined(named)


def _upkeep(arrays: ScenarioArrays, bought: Bought) -> Entries:
    years = len(arrays.years)
    p, t = bought.in_force(arrays, years, past_first=True)
    m = bought.measure[p]
    return Entries(m * years + t, p, arrays.upkeep[m] * arrays.full_cost[m, t] * bought.share[p])


def _renewal(arrays: ScenarioArrays, bought: Bought) -> tuple[Entries, Entries]:
    measures, years = arrays.full_cost.shape
    p, t = bought.in_force(arrays, years)
    p = p[t == years - 1]
    m = bought.measure[p]
    full, lifetime = arrays.full_cost[m, -1], arrays.lifetime[m]
    again = full * bought.share[p]
    running = arrays.upkeep[m] * full * bought.share[p] * (lifetime - 1) / lifetime
    named = []
    for row, choices in arrays.choices.items():
        index = np.arange(*np.searchsorted(m, [row, row + 1]))
        way = bought.way[p[index]]
        again[index] = choices.price[way].sum(axis=1) * arrays.growth[-1]
        by_line = choices.named[way].sum(axis=2) * arrays.growth[-1] / lifetime[index][:, None]
        i, payer = np.nonzero(by_line)
        named.append(Entries(payer * measures + row, p[index[i]], by_line[i, payer]))
    parts = [Entries(m, p, again / lifetime + running)]
    fixed = p[(bought.begun[p] >= 0) & (bought.way[p] < 0)]
    m = bought.measure[fixed]
    parts.append(Entries(m, bought.begun[fixed], arrays.fixed[m, -1] / arrays.lifetime[m]))
    return Entries.joined(parts), Entries.joined(named)
