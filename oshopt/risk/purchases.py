"""What a table of money buys: shares of measures, levels, and money that buys nothing.

Arrays have the shape (M measures, T years), rows in the order of `ScenarioArrays.measures`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from oshopt.model import Strategy
from oshopt.risk import effect
from oshopt.risk.arrays import ScenarioArrays
from oshopt.risk.choices import Choices
from oshopt.risk.service import Floats

SAME = 1e-9
"""Relative difference of two amounts or shares that are meant to be the same."""


@dataclass(frozen=True, slots=True, eq=False)
class Purchases:
    """What is bought in each year."""

    extent: Floats
    """Share of a measure's full extent that each purchase puts in force (before a curve), shape (M, T)."""
    share: Floats
    """Share of full cost that each purchase takes, shape (M, T); `extent`, but for measures bought by levels."""
    begun: NDArray[np.bool_]
    """Whether a purchase begins, shape (M, T)."""
    way: NDArray[np.int64]
    """Way in which a whole or levelled measure is bought, −1 where it is not, shape (M, T)."""
    cost: Floats
    """Money that the purchases take, shape (M, T)."""
    named: Floats
    """The part of it that `costs` asks of a line by name, shape (L, M, T)."""


def purchases_of(arrays: ScenarioArrays, strategy: Strategy, spend: Floats, room: Floats) -> Purchases:
    """Return what a strategy's money buys; `spend` and `room`, the share that can be bought, have shape (M, T).

    Of a divisible measure (Z − fixed cost)/Z_max, nothing below its minimum; of a whole or levelled one the best way
    whose payments the money covers. Measures that cost nothing are carried out as far as what they require and exclude
    allows, unless the strategy says otherwise.
    """
    lines = next((choices.named.shape[1] for choices in arrays.choices.values()), 0)
    bought = Purchases(
        extent=np.zeros_like(spend),
        share=np.zeros_like(spend),
        begun=np.zeros(spend.shape, dtype=bool),
        way=np.full(spend.shape, -1),
        cost=np.zeros_like(spend),
        named=np.zeros((lines, *spend.shape)),
    )
    _divisible(arrays, bought, spend, room)
    for row, choices in arrays.choices.items():
        said = strategy.shares.get(arrays.measures[row])
        if said is not None:
            _chosen(arrays, bought, (row, choices), spend[row], said)
        else:
            free = strategy.free_measures and not arrays.free[row]
            _choose(arrays, bought, (row, choices), spend[row], free=free)
    if strategy.free_measures:
        _free(arrays, bought, strategy, room)
    return bought


def _divisible(arrays: ScenarioArrays, bought: Purchases, spend: Floats, room: Floats) -> None:
    paid = spend - arrays.fixed
    full = arrays.full_cost
    share = np.divide(paid, full, out=np.where(paid >= 0, room, 0.0), where=full > 0)
    enough = (spend > 0) & (paid > -SAME * spend) & (share >= arrays.least[:, None] * (1 - SAME))
    enough[list(arrays.choices)] = False
    share = np.where(enough, np.clip(share, 0.0, room), 0.0)
    enough &= share > 0
    bought.extent[:] = bought.share[:] = share
    bought.begun[:] = enough
    bought.cost[:] = enough * arrays.fixed + share * full


def _choose(
    arrays: ScenarioArrays, bought: Purchases, measure: tuple[int, Choices], spend: Floats, *, free: bool
) -> None:
    """Read the purchases of one whole or levelled measure out of its money, year by year.

    With `free` a level without price is carried out where no money buys another.
    """
    row, choices = measure
    left, years = spend.copy(), len(spend)
    for year in range(years):
        for way in range(len(choices.names) - 1, -1, -1):
            price = prices(arrays, choices, way, year)
            if price is not None and price.any() and np.all(left >= price * (1 - SAME)):
                left = np.maximum(left - price, 0.0)
                _begin(arrays, bought, measure, way, year, price)
                break
    gratis = [way for way in range(len(choices.names)) if not choices.price[way].any()]
    if free and gratis and not (arrays.once[row] and bought.begun[row].any()):
        for year in [0] if arrays.once[row] else np.flatnonzero(~bought.begun[row]).tolist():
            _begin(arrays, bought, measure, gratis[-1], year, np.zeros(years))


def _chosen(
    arrays: ScenarioArrays,
    bought: Purchases,
    measure: tuple[int, Choices],
    spend: Floats,
    said: Mapping[int, float],
) -> None:
    """Begin the ways that the strategy names by their extent, where the money covers their payments."""
    choices, left = measure[1], spend.copy()
    for calendar, share in sorted(said.items()):
        year = arrays.years.index(calendar)
        for way in np.flatnonzero(np.abs(choices.extent - share) <= SAME).tolist() if share > 0 else []:
            price = prices(arrays, choices, way, year)
            if price is not None and np.all(left >= price * (1 - SAME)):
                left = np.maximum(left - price, 0.0)
                _begin(arrays, bought, measure, way, year, price)
                break


def _begin(
    arrays: ScenarioArrays, bought: Purchases, measure: tuple[int, Choices], way: int, year: int, price: Floats
) -> None:
    row, choices = measure
    bought.cost[row] += price
    bought.extent[row, year] = choices.extent[way]
    bought.share[row, year] = choices.share[way]
    bought.begun[row, year] = True
    bought.way[row, year] = way
    last = min(choices.named.shape[2], bought.cost.shape[1] - year)
    named = choices.named[way, :, :last] * arrays.growth[year : year + last]
    bought.named[:, row, year : year + last] += named


def prices(arrays: ScenarioArrays, choices: Choices, way: int, year: int) -> Floats | None:
    """Return money of each year, shape (T,), that a way costs if it starts in `year`; None if not all within them."""
    years = len(arrays.growth)
    price = choices.price[way]
    last = int(np.flatnonzero(price)[-1]) if price.any() else 0
    if year + last >= years:
        return None
    table = np.zeros(years)
    table[year : year + last + 1] = price[: last + 1]
    return np.asarray(table * arrays.growth)


def _free(arrays: ScenarioArrays, bought: Purchases, strategy: Strategy, room: Floats) -> None:
    """Carry out measures that cost nothing: as the strategy says, else as far as other measures allow."""
    for row in np.flatnonzero(arrays.free).tolist():
        said = strategy.shares.get(arrays.measures[row])
        if said is not None and row not in arrays.choices:
            share = np.array([said.get(year, 0.0) for year in arrays.years])
            bought.extent[row] = bought.share[row] = np.minimum(share, room[row])
            bought.begun[row] = share > 0
    silent = [row for row in np.flatnonzero(arrays.free).tolist() if arrays.measures[row] not in strategy.shares]
    tied = related(arrays)
    for row in silent:
        if row not in tied:
            _carry_out(arrays, bought, row, np.ones(room.shape[1], dtype=bool), room)
    waiting = [row for row in silent if row in tied]
    while waiting:
        found = [(row, _allowed_years(arrays, bought, row)) for row in waiting]
        row, years = next(((row, years) for row, years in found if years.any()), (-1, np.zeros(0, dtype=bool)))
        if row < 0:
            return
        _carry_out(arrays, bought, row, years, room)
        waiting.remove(row)


def _carry_out(arrays: ScenarioArrays, bought: Purchases, row: int, years: NDArray[np.bool_], room: Floats) -> None:
    choices = arrays.choices.get(row)
    bought.extent[row, years] = room[row, years] if choices is None else min(choices.extent[-1], room[row].max())
    bought.share[row, years] = bought.extent[row, years] if choices is None else choices.share[-1]
    bought.begun[row, years] = bought.extent[row, years] > 0
    bought.way[row, years] = -1 if choices is None else len(choices.names) - 1


def related(arrays: ScenarioArrays) -> set[int]:
    """Return the measures that require or exclude another, or are excluded by one."""
    return {row for row, _, _ in arrays.requires} | {row for pair in arrays.excludes for row in pair}


def _allowed_years(arrays: ScenarioArrays, bought: Purchases, row: int) -> NDArray[np.bool_]:
    """Return the years of purchase in whose whole time in force nothing required lacks and nothing excluded is."""
    years = bought.extent.shape[1]
    fits = np.zeros(years, dtype=bool)
    for year in range(years):
        tried = replace(bought, extent=bought.extent.copy())
        tried.extent[row, year] = max(float(arrays.room[row]), SAME)
        fits[year] = not any(row in pair for pair in conflicts(arrays, tried))
    return fits


def conflicts(arrays: ScenarioArrays, bought: Purchases) -> list[tuple[int, int]]:
    """Return (measure, other) where a measure is in force without what it requires or beside what it excludes."""
    if not arrays.requires and not arrays.excludes:
        return []
    force = effect.in_force(arrays, bought.extent, bought.extent.shape[1])
    standing = arrays.status_quo[:, None]
    found = []
    for row, other, share in arrays.requires:
        if np.any((force[row] > SAME) & (force[other] + standing[other] < share * (1 - SAME))):
            found.append((row, other))
    for row, other in arrays.excludes:
        both = (force[row] > SAME) & (force[other] + standing[other] > SAME)
        if np.any(both | ((force[other] > SAME) & (standing[row] > SAME))):
            found.append((row, other))
    return found


def renewal(arrays: ScenarioArrays, bought: Purchases, kept: Floats) -> tuple[Floats, Floats]:
    """Return money a year after the horizon that keeps the last year's effect, in the last year's prices.

    Shape (M,), and the part of it that `costs` asks of a line by name, shape (L, M). What is in force is bought anew
    once in its lifetime and pays upkeep in its other years.
    """
    years = bought.extent.shape[1]
    share = np.minimum(effect.in_force(arrays, bought.share, years)[:, -1], 1.0 - kept[:, -1])
    full, lifetime = arrays.full_cost[:, -1], arrays.lifetime
    begun = effect.in_force(arrays, bought.begun.astype(float), years)[:, -1]
    again = (full * share + arrays.fixed[:, -1] * begun) / lifetime
    named = np.zeros(bought.named.shape[:2])
    for row, choices in arrays.choices.items():
        way = _way_in_force(arrays, bought, row)
        again[row] = choices.price[way].sum() * arrays.growth[-1] / lifetime[row] if way >= 0 else 0.0
        named[:, row] = choices.named[way].sum(axis=1) * arrays.growth[-1] / lifetime[row] if way >= 0 else 0.0
    running = arrays.upkeep * full * (share * (lifetime - 1) / lifetime + kept[:, -1])
    return again + running, named


def _way_in_force(arrays: ScenarioArrays, bought: Purchases, row: int) -> int:
    """Return the fullest way in force in the last year, −1 where there is none."""
    last = bought.way.shape[1] - 1 - int(arrays.lead[row])
    first = max(0, last - int(arrays.lifetime[row]) + 1)
    return int(bought.way[row, first : last + 1].max(initial=-1)) if last >= 0 else -1
