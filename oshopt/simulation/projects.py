"""Purchases of measures in one replication, and what all of them together leave of each group's increment.

Time is in years from the plan's start and continuous. Money, crews and chance stay outside: here a purchase is known by
when it was done, what share of it held from when on, and when it ends.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np

from oshopt.risk import effect, service
from oshopt.risk.arrays import ScenarioArrays
from oshopt.risk.exposure import ExposurePath, Floats


@dataclass(slots=True)
class Purchase:
    """A share of a measure, ordered at the start of a year."""

    row: int
    """Position of the measure."""
    year: int
    """Year of the order, counted from 0."""
    planned: float
    """Time at which it is to be done by plan, order + lead time."""
    lifetime: int
    """Years that it stays in force."""
    share: float
    """Share of the measure in force once it is done; falls where upkeep stays unpaid."""
    started: float = math.inf
    """Time at which the work begins."""
    done: float = math.inf
    """Time at which the effect begins."""
    steps: list[tuple[float, float]] = field(default_factory=list)
    """Times and shares that hold from then on."""
    taken: float = math.nan
    """Share of full cost that upkeep is charged on; `share` where not given."""
    paid: float = 0.0
    """Money paid for it in the year of the order."""
    due: dict[int, list[tuple[int, float]]] = field(default_factory=dict)
    """Payments of later years, by year: the line that must pay and the amount."""
    stopped: bool = False
    """Whether a later payment stayed unpaid, so that it came to an end."""
    halt: Any = None
    """Event that frees its crew when it stops; None where nothing is due later."""

    def __post_init__(self) -> None:
        """Charge upkeep on the share where nothing else is said."""
        if math.isnan(self.taken):
            self.taken = self.share

    @property
    def ends(self) -> float:
        """Time at which it ends by its lifetime."""
        return self.done + self.lifetime

    def finish(self, time: float) -> None:
        """Begin its effect."""
        self.done = time
        self.steps.append((time, self.share))

    def needs_upkeep(self, time: float) -> bool:
        """Tell whether it is in force at `time` and has been for a year."""
        return self.done + 1 <= time < self.ends

    def lapse(self, time: float, paid: float) -> None:
        """Keep only the `paid` part of it from `time` on."""
        self.share *= paid
        self.taken *= paid
        self.steps.append((time, self.share))

    def mark(self, named: Floats, first: int) -> None:
        """Add its payments from year `first` on to money that lines pay by name, shape (L, M, years)."""
        for year, bills in self.due.items():
            for line, amount in bills if year >= first and not self.stopped else ():
                named[line, self.row, year - first] += amount

    def stop(self, time: float) -> None:
        """End it for good: a payment stayed unpaid. What is not done yet never begins."""
        self.stopped = True
        if math.isfinite(self.done):
            self.lapse(time, 0.0)
        self.share = self.taken = 0.0


class Horizon(NamedTuple):
    """End of the plan."""

    years: int
    """Length of the horizon."""
    keep: bool
    """Whether the last year's effect goes on after it."""


class Force(NamedTuple):
    """What is in force over time: M measures, S segments."""

    breaks: Floats
    """Start of each segment, shape (S,), rising from 0."""
    bought: Floats
    """Bought share in force, shape (M, S)."""
    kept: Floats
    """Share of the status quo that is paid for, shape (M, S)."""


def force_over_time(
    arrays: ScenarioArrays,
    purchases: Iterable[Purchase],
    kept: Sequence[tuple[float, int, float]],
    horizon: Horizon,
    others: Iterable[float] = (),
) -> Force:
    """Return what is in force from the plan's start on, for ever.

    `kept` lists (time, position of the measure, share of the status quo paid for from then on); `others` are further
    times at which a segment is to begin. Shares of a measure add up, but of levels the highest counts. Under `keep` the
    enterprise goes on renewing what was to be in force by plan when the horizon ends: it holds from then on, or from
    its completion where the work is late; what was to come only after the horizon does not count, as in
    `oshopt.risk.evaluate`. Otherwise each purchase ends with its lifetime.
    """
    episodes = [episode for purchase in purchases for episode in _episodes(purchase, horizon)]
    times = {0.0, *others, *(time for time, _, _ in kept)}
    times.update(time for _, _, begin, end in episodes for time in (begin, end) if time < math.inf)
    breaks = np.array(sorted(times))
    bought = np.zeros((len(arrays.measures), breaks.size))
    if episodes:
        table = np.array(episodes)
        active = (table[:, 2:3] <= breaks) & (breaks < table[:, 3:4])
        rows = table[:, 0].astype(np.intp)
        levelled = np.isin(rows, arrays.levelled)
        np.add.at(bought, rows[~levelled], (table[:, 1:2] * active)[~levelled])
        np.maximum.at(bought, rows[levelled], (table[:, 1:2] * active)[levelled])
    still = np.repeat(arrays.status_quo[:, None], breaks.size, axis=1)
    for time, row, share in kept:
        still[row, breaks >= time] = share
    return Force(breaks, bought, still)


def _episodes(purchase: Purchase, horizon: Horizon) -> list[tuple[int, float, float, float]]:
    """Return (position, share, from, until) of a purchase."""
    if not purchase.steps:
        return []
    last = horizon.years if horizon.keep else math.inf
    changes = [time for time, _ in purchase.steps[1:]]
    ends = [*changes, purchase.ends]
    found = [
        (purchase.row, share, begin, min(end, last))
        for (begin, share), end in zip(purchase.steps, ends, strict=True)
        if begin < min(end, last)
    ]
    if horizon.keep and purchase.planned < last <= purchase.planned + purchase.lifetime:
        found.append((purchase.row, purchase.share, max(last, purchase.done), math.inf))
    return found


def effect_of(arrays: ScenarioArrays, force: Force) -> Floats:
    """Return ε of what is in force, shape (groups, segments) (eq. 7)."""
    gained = effect.effect_share(arrays, force.bought, force.kept)
    return effect.effect(arrays, gained, force.kept)


def paths_of(
    arrays: ScenarioArrays,
    force: Force,
    *,
    increments: Floats,
    injury_rates: Floats,
    shocks: Sequence[tuple[float, float]],
    shock_size: float,
) -> dict[str, ExposurePath]:
    """Return the exposure of each group: dR·(1 − ε)·(1 + `shock_size`·(shocks under way)) (eq. 4).

    `increments` and `injury_rates` have shape (groups,). `shocks` lists beginnings and ends, which must be among the
    breaks of `force`; a shock raises the increment, not the rate of injuries.
    """
    epsilon = effect_of(arrays, force)
    rates = service.rates(increments, epsilon)
    for begin, end in shocks:
        under_way = (begin <= force.breaks) & (force.breaks < end)
        rates[:, under_way] += shock_size * service.rates(increments, epsilon[:, under_way])
    injuries = service.rates(injury_rates, epsilon)
    return {name: ExposurePath(force.breaks, rates[row], injuries[row]) for row, name in enumerate(arrays.groups)}
