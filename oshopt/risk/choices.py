"""Ways to buy whole and levelled measures: what each brings, and what it costs in which year from which line."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from oshopt.model import CostEntry, FrozenMap, Kind, Level, Scenario
from oshopt.risk.service import Floats


@dataclass(frozen=True, slots=True, eq=False)
class Choices:
    """Ways to buy one measure: C of them, least effect first; L budget lines; K years from the start."""

    names: tuple[str, ...]
    """Levels; "" for the one way of a whole measure."""
    extent: Floats
    """Share of the full effect that each brings, shape (C,)."""
    share: Floats
    """Share of full cost that each takes, shape (C,)."""
    price: Floats
    """Money of each year counted from the start, in the plan's first year's prices, shape (C, K)."""
    named: Floats
    """The part of `price` that `costs` asks of a line by name, shape (C, L, K)."""


def choices_of(scenario: Scenario, measure: str) -> Choices | None:
    """Return the ways to buy a measure; None for a divisible one.

    What is in force today is taken off: of a whole measure the rest is bought at its part of the cost, of a level the
    rest of its effect counts.
    """
    row = scenario.measures[measure]
    if row.kind is Kind.DIVISIBLE:
        return None
    room = 1.0 - row.status_quo
    if row.kind is Kind.WHOLE:
        ways = [("", room, room, _named(scenario, measure, "") * room)]
    else:
        levels = [level for level in scenario.levels if level.measure == measure]
        ways = [_level(scenario, level, room) for level in levels]
    full = scenario.full_cost(measure)
    years = max(way[3].shape[1] for way in ways)
    named = np.array([np.pad(way[3], ((0, 0), (0, years - way[3].shape[1]))) for way in ways])
    price = named.sum(axis=1)
    priced = scenario.priced.get(measure, FrozenMap[str, tuple[CostEntry, ...]]())
    for i, (level, _, share, _) in enumerate(ways):
        if level not in priced:
            price[i, 0] = share * full + row.fixed_cost
    shares = np.array([way[2] for way in ways])
    extent = np.array([way[1] for way in ways])
    order = sorted(range(len(ways)), key=lambda i: (extent[i], -price[i].sum(), ways[i][0]))
    names = tuple(ways[i][0] for i in order)
    return Choices(names, extent[order], shares[order], price[order], named[order])


def _level(scenario: Scenario, level: Level, room: float) -> tuple[str, float, float, Floats]:
    named = _named(scenario, level.measure, level.level)
    full = scenario.full_cost(level.measure)
    share = level.cost if level.cost is not None else float(named.sum()) / full if full > 0 else 0.0
    return level.level, min(level.effect, room), share, named


def _named(scenario: Scenario, measure: str, level: str) -> Floats:
    """Return money of each line and year from the start that `costs` asks for, shape (L, K)."""
    levels = scenario.priced.get(measure)
    entries = levels.get(level, ()) if levels is not None else ()
    lines = list(scenario.lines)
    table = np.zeros((len(lines), 1 + max((entry.year for entry in entries), default=0)))
    for entry in entries:
        table[lines.index(entry.line), entry.year] += entry.cost
    return table
