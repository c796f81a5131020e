"""What a strategy is worth when the weights are in doubt: eqs 3 to 7 for every draw of the weights."""

from __future__ import annotations

import numpy as np

from oshopt.model import Band, FrozenMap, PlanBands, Scenario, Strategy
from oshopt.risk import service
from oshopt.risk.evaluation import Case, case_of
from oshopt.risk.service import ZERO_RATE, Floats

QUANTILES = (0.05, 0.5, 0.95)
"""Ends and middle of a band."""


def bands(scenario: Scenario, strategy: Strategy | str, weights: Floats) -> PlanBands:
    """Return quantiles of what a strategy does over draws of the weights: only k_m varies, money stays.

    `weights` has the shape (draws, measures), columns in the order of `scenario.measures`, each row summing to 1.
    Raises `InputError` for an unknown strategy, `ValueError` for another number of columns.
    """
    case = case_of(scenario, strategy)
    arrays, years, draws = case.arrays, len(case.arrays.years), len(weights)
    if weights.shape != (draws, len(arrays.measures)):
        raise ValueError(f"the weights have the shape {weights.shape}, not (draws, {len(arrays.measures)})")
    epsilon, tail_effect = _effects(case, weights)
    increment, acceptable, served, initial = (
        np.tile(column, draws) for column in (arrays.increment, arrays.acceptable, arrays.served, arrays.initial)
    )
    begin = service.start(increment, acceptable, served, initial)
    rates = service.rates(increment, epsilon.reshape(len(increment), -1))
    tail = rates[:, -1] if case.keeps else increment * (1.0 - tail_effect.ravel())
    time = service.years_to(acceptable, begin.risk, rates, tail)
    total = service.service_at(begin, increment, acceptable, time).reshape(draws, -1)
    exceeded = begin.exceeded.reshape(draws, -1)
    shortest = np.where(exceeded.all(axis=1), total.min(axis=1), np.where(exceeded, np.inf, total).min(axis=1))
    path = np.minimum(service.accumulate(begin.risk, rates)[:, [0, years]], 1.0).reshape(draws, -1, 2)
    return PlanBands(
        strategy=case.name,
        draws=draws,
        safe_service=FrozenMap({name: _band(column) for name, column in zip(arrays.groups, total.T, strict=True)}),
        shortest=_band(shortest),
        mean_effect=_band(epsilon[:, :, :years].mean(axis=2) @ arrays.headcount / arrays.headcount.sum()),
        cases=_band((path[:, :, 1] - path[:, :, 0]) @ arrays.headcount),
    )


def _effects(case: Case, weights: Floats) -> tuple[Floats, Floats]:
    """Return ε, shape (draws, groups, span), and what is lost of the status quo after it, (draws, groups) (eq. 7)."""
    _, gained, kept = case.force()
    net = gained + kept - case.arrays.status_quo[:, None]
    total = np.einsum("gm,dm,mt->dgt", case.arrays.reached, weights, net, optimize=True)
    total = np.where(np.abs(1.0 - total) < ZERO_RATE, 1.0, total)
    lost = case.kept[:, -1] - case.arrays.status_quo
    return total, np.einsum("gm,dm,m->dg", case.arrays.reached, weights, lost, optimize=True)


def _band(values: Floats) -> Band:
    """Return the quantiles of one figure, each a value that was drawn, so that ∞ stays what it is."""
    low, median, high = np.quantile(values, QUANTILES, method="inverted_cdf").tolist()
    return Band(low=low, median=median, high=high)
