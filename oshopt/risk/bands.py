"""What a strategy is worth when weights and increments are in doubt: eqs 1 to 7 for every draw of them, in arrays."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from oshopt.model import Band, FrozenMap, PlanBands, Scenario, Strategy
from oshopt.risk import effect, service
from oshopt.risk.arrays import Ints, ScenarioArrays
from oshopt.risk.draws import Draws
from oshopt.risk.evaluation import Case, case_of
from oshopt.risk.service import ZERO_RATE, Floats

QUANTILES = (0.05, 0.5, 0.95)
"""Ends and middle of a band."""


@dataclass(frozen=True, slots=True, eq=False)
class Drawn:
    """What one plan does under each of S draws: G groups, `span` years in which effects act."""

    epsilon: Floats
    """ε, shape (S, G, span)."""
    time: Floats
    """Years from the plan's start until risk reaches the threshold, shape (S, G)."""
    service: Floats
    """N, equivalent years, shape (S, G)."""
    cases: Floats
    """Σ headcount·(R(T) − R(0)) over the T years of the horizon, shape (S,)."""


@dataclass(frozen=True, slots=True, eq=False)
class InForce:
    """What a plan has in force, the same under every draw."""

    gained: Floats
    """Share of the full effect that money adds, shape (M, span)."""
    kept: Floats
    """Share of the status quo still paid for, shape (M, span)."""
    keep: bool
    """Whether the last year's effect goes on after the horizon."""


def drawn(arrays: ScenarioArrays, draws: Draws, force: InForce) -> Drawn:
    """Return what is in force does to every group under each draw (eqs 1 to 7).

    The drawn increment is also the one that held while the groups served: R_x = R_0 + served·dR. Raises `ValueError`
    for draws of another number of measures or groups.
    """
    count, groups, years = len(draws.weight), len(arrays.groups), len(arrays.years)
    for table, width in ((draws.weight, len(arrays.measures)), (draws.increment, groups)):
        if table.shape != (count, width):
            raise ValueError(f"the draws have the shape {table.shape}, not ({count}, {width})")
    span = force.gained.shape[1]
    net = force.gained + force.kept - arrays.status_quo[:, None]
    table = (arrays.reached.T[:, :, None] * net[:, None, :]).reshape(len(net), groups * span)
    epsilon = (draws.weight @ table).reshape(count, groups, span)
    epsilon = np.where(np.abs(1.0 - epsilon) < ZERO_RATE, 1.0, epsilon)
    increment = draws.increment.ravel()
    acceptable, served, initial = (np.tile(a, count) for a in (arrays.acceptable, arrays.served, arrays.initial))
    begin = service.start(increment, acceptable, served, initial)
    rates = service.rates(increment, epsilon.reshape(-1, span))
    lost = draws.weight @ (arrays.reached * (force.kept[:, -1] - arrays.status_quo)).T
    tail = rates[:, -1] if force.keep else increment * (1.0 - lost.ravel())
    time = service.years_to(acceptable, begin.risk, rates, tail)
    total = service.service_at(begin, increment, acceptable, time)
    ends = np.minimum(service.accumulate(begin.risk, rates)[:, [0, years]], 1.0)
    cases = (ends[:, 1] - ends[:, 0]).reshape(count, groups) @ arrays.headcount
    return Drawn(epsilon, time.reshape(count, groups), total.reshape(count, groups), cases)


def counted(arrays: ScenarioArrays) -> Ints:
    """Return the rows of groups that count for a shortest service: not over their threshold, or all where all are."""
    over = service.start(arrays.increment, arrays.acceptable, arrays.served, arrays.initial).exceeded
    return np.flatnonzero(over if over.all() else ~over)


@dataclass(frozen=True, slots=True, eq=False)
class DrawnStrategy:
    """A strategy under S draws, with its money, which stays."""

    case: Case
    found: Drawn
    surveyed: bool
    """Whether the weights come from a survey."""

    def figures(self) -> dict[str, Floats]:
        """Return what strategies are held against each other by, draw by draw, each of shape (S,).

        `safe_service` of the worst group, `safe_service:ID` of each group, `cases`, and `cost`.
        """
        arrays, service = self.case.arrays, self.found.service
        cost = float((self.case.spend + effect.upkeep(arrays, self.case.bought.share, self.case.kept)).sum())
        return {
            "safe_service": service[:, counted(arrays)].min(axis=1),
            **{f"safe_service:{name}": service[:, g] for g, name in enumerate(arrays.groups)},
            "cases": self.found.cases,
            "cost": np.full(len(service), cost),
        }

    def bands(self) -> PlanBands:
        """Return quantiles over the draws."""
        arrays, found = self.case.arrays, self.found
        years = len(arrays.years)
        yearly = found.epsilon[:, :, :years]
        return PlanBands(
            strategy=self.case.name,
            draws=len(found.cases),
            surveyed=self.surveyed,
            safe_service=FrozenMap(
                {name: _band(column) for name, column in zip(arrays.groups, found.service.T, strict=True)}
            ),
            shortest=_band(found.service[:, counted(arrays)].min(axis=1)),
            epsilon=FrozenMap(
                {
                    name: FrozenMap({year: _band(yearly[:, g, t]) for t, year in enumerate(arrays.years)})
                    for g, name in enumerate(arrays.groups)
                }
            ),
            mean_effect=_band(yearly.mean(axis=2) @ arrays.headcount / arrays.headcount.sum()),
            cases=_band(found.cases),
        )


def drawn_strategy(scenario: Scenario, strategy: Strategy | str, draws: Draws) -> DrawnStrategy:
    """Return what a strategy does under each draw of weights and increments.

    Raises `InputError` for an unknown strategy, `ValueError` for draws of another number of measures or groups.
    """
    case = case_of(scenario, strategy)
    _, gained, kept = case.force()
    return DrawnStrategy(case, drawn(case.arrays, draws, InForce(gained, kept, case.keeps)), draws.surveyed)


def bands(scenario: Scenario, strategy: Strategy | str, draws: Draws) -> PlanBands:
    """Return quantiles of what a strategy does over draws; its money stays. Raises as `drawn_strategy` does."""
    return drawn_strategy(scenario, strategy, draws).bands()


def _band(values: Floats) -> Band:
    low, median, high = quantiles(values, QUANTILES)
    return Band(low=low, median=median, high=high)


def quantiles(values: Floats, shares: tuple[float, ...]) -> list[float]:
    """Return quantiles of a figure, each a value that was drawn, so that ∞ stays what it is."""
    found: list[float] = np.quantile(values, shares, method="inverted_cdf").tolist()
    return found
