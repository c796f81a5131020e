"""Bands of a strategy against evaluating it anew under every draw of the weights."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from oshopt.model import AfterHorizon, Scenario, Strategy
from oshopt.risk import Draws, bands, evaluate
from tests.making import random_scenario, reference


def under(scenario: Scenario, weights: Any) -> Scenario:
    measures = {
        name: row.update(weight=float(weight))
        for (name, row), weight in zip(scenario.measures.items(), weights, strict=True)
    }
    return scenario.update(measures=measures, settings=scenario.settings.update(normalise_weights=True))


def spread(scenario: Scenario, seed: int) -> Strategy:
    rng = np.random.default_rng(seed)
    spend = {
        name: {year: float(rng.uniform(0, 0.6)) * scenario.full_cost(name) for year in scenario.years}
        for name in scenario.measures
    }
    return Strategy(id="s", spend=spend)


@pytest.mark.parametrize("seed", range(1, 9))
def test_bands_are_quantiles_of_evaluations(seed: int) -> None:
    scenario = random_scenario(seed)
    strategy = spread(scenario, seed)
    draws = np.random.default_rng(seed).dirichlet(np.ones(len(scenario.measures)), size=41)
    found = bands(scenario, strategy, Draws.of_weights(scenario, draws))
    each = [evaluate(under(scenario, row), strategy) for row in draws]

    def held(band: Any, values: list[float]) -> None:
        for quantile, end in ((0.05, band.low), (0.5, band.median), (0.95, band.high)):
            expected = float(np.quantile(values, quantile, method="inverted_cdf"))
            assert end == pytest.approx(expected, rel=1e-9, abs=1e-9)

    for group, band in found.safe_service.items():
        held(band, [evaluation.safe_service[group] for evaluation in each])
    held(found.mean_effect, [evaluation.mean_effect for evaluation in each])
    held(found.cases, [evaluation.cases for evaluation in each])
    held(found.shortest, [_shortest(evaluation) for evaluation in each])


def _shortest(evaluation: Any) -> float:
    still = [n for group, n in evaluation.safe_service.items() if evaluation.remaining_service[group] > 0]
    return min(still or evaluation.safe_service.values())


def test_both_ways_after_the_horizon_are_among_them() -> None:
    kinds = {random_scenario(seed).settings.after_horizon for seed in range(1, 9)}
    assert kinds == set(AfterHorizon)


def test_infinite_service_stays_infinite() -> None:
    scenario = reference()
    strategy = Strategy(id="all", spend={name: {2014: 5e4} for name in scenario.measures})
    weights = np.array([list(scenario.weights.values())] * 3)
    found = bands(scenario, strategy, Draws.of_weights(scenario, weights))
    assert found.shortest.low == math.inf
    assert found.model_dump(mode="json")["shortest"]["high"] == "inf"


def test_weights_of_another_number_of_measures_are_refused() -> None:
    with pytest.raises(ValueError, match="31"):
        bands(reference(), "strategy-1", Draws.of_weights(reference(), np.ones((2, 3))))
