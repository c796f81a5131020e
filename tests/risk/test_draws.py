"""Draws of weights and increments, and what a strategy does under them, against closed forms."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import oshopt
from oshopt.model import DO_NOTHING, AfterHorizon, FrozenMap, Measure, Strategy, WorkGroup
from oshopt.risk import Part, bands, draws_of, uncertain
from tests.making import random_scenario, reference, scenario_of


def spread_group(**changes: float) -> WorkGroup:
    return WorkGroup(id="g", acceptable_risk=0.1, **({"risk_increment": 0.004, "risk_increment_spread": 0.2} | changes))


def test_increments_are_uniform_and_weights_have_their_spread() -> None:
    measures = (
        Measure(id="a", weight=0.01, full_cost=1.0, weight_spread=0.5),
        Measure(id="b", weight=0.99, full_cost=1.0, weight_spread=0.0),
    )
    drawn = draws_of(scenario_of(measures=measures, groups=(spread_group(),)), 20_000, 4)
    assert drawn.weight.sum(axis=1) == pytest.approx(1.0)
    odds = drawn.weight[:, 0] / drawn.weight[:, 1] * 0.99 / 0.01
    assert odds.mean() == pytest.approx(1.0, abs=0.02)
    assert odds.std() == pytest.approx(0.5, rel=0.05)
    factor = drawn.increment[:, 0] / 0.004
    assert np.quantile(factor, [0.1, 0.5, 0.9]) == pytest.approx([0.84, 1.0, 1.16], abs=0.01)
    assert factor.min() >= 0.8
    assert factor.max() <= 1.2


def test_parts_are_independent_and_the_wrong_one_is_twice_as_wide() -> None:
    measures = (
        Measure(id="a", weight=0.01, full_cost=1.0),
        Measure(id="b", weight=0.99, full_cost=1.0, weight_spread=0.0),
    )
    scenario = scenario_of(measures=measures, groups=(spread_group(),), weight_spread=0.2)
    found = {part: draws_of(scenario, 20_000, 1, part=part) for part in Part}
    for first in Part:
        for second in Part:
            if first is not second:
                for name in ("weight", "increment"):
                    pair = [getattr(found[part], name)[:, 0] for part in (first, second)]
                    assert abs(np.corrcoef(*pair)[0, 1]) < 0.03
    right, wrong = (found[part].increment[:, 0] / 0.004 for part in (Part.JUDGED, Part.MISSPECIFIED))
    assert wrong.std() == pytest.approx(2 * right.std(), rel=0.05)
    assert wrong.mean() == pytest.approx(1.0, abs=0.01)
    right, wrong = (found[part].weight[:, 0] for part in (Part.JUDGED, Part.MISSPECIFIED))
    assert wrong.std() == pytest.approx(2 * right.std(), rel=0.05)


def test_bands_of_doing_nothing_are_those_of_one_over_the_increment() -> None:
    scenario = scenario_of(groups=(spread_group(),))
    found = bands(scenario, DO_NOTHING, draws_of(scenario, 20_000, 1))
    quantiles = [0.1 / (0.004 * (1 + 0.2 * u)) for u in (0.9, 0.0, -0.9)]
    band = found.safe_service["g"]
    assert [band.low, band.median, band.high] == pytest.approx(quantiles, rel=0.01)
    assert found.shortest == band
    assert found.epsilon["g"][2026].high == 0


@pytest.mark.parametrize("seed", range(6))
def test_each_draw_is_an_evaluation_of_its_own(seed: int) -> None:
    scenario = random_scenario(seed)
    scenario = scenario.update(settings=scenario.settings.update(weight_spread=0.3))
    groups = {name: group.update(risk_increment_spread=0.3) for name, group in scenario.groups.items()}
    scenario = scenario.update(groups=groups)
    plan = Strategy(
        id="some", spend=FrozenMap({name: FrozenMap({scenario.years[0]: 10.0}) for name in scenario.measures})
    )
    drawn = draws_of(scenario, 3, 2)
    found = bands(scenario, plan, drawn)
    each = []
    for weight, increment in zip(drawn.weight, drawn.increment, strict=True):
        measures = {
            name: row.update(weight=float(k)) for (name, row), k in zip(scenario.measures.items(), weight, strict=True)
        }
        people = {
            name: row.update(risk_increment=float(rate))
            for (name, row), rate in zip(scenario.groups.items(), increment, strict=True)
        }
        settings = scenario.settings.update(normalise_weights=True)
        each.append(oshopt.evaluate(scenario.update(measures=measures, groups=people, settings=settings), plan))
    for name, band in found.safe_service.items():
        assert band.median == pytest.approx(sorted(one.safe_service[name] for one in each)[1], rel=1e-9)
    for name, by_year in found.epsilon.items():
        for year, band in by_year.items():
            assert band.median == pytest.approx(sorted(one.epsilon[name][year] for one in each)[1], abs=1e-9)


def test_a_lost_status_quo_raises_the_increment_in_every_draw() -> None:
    row = Measure(id="a", weight=1.0, full_cost=100.0, status_quo=0.5)
    scenario = scenario_of(measures=(row,), groups=(spread_group(),), after_horizon=AfterHorizon.LAPSE)
    left = Strategy(id="left", kept=FrozenMap({"a": FrozenMap({2026: 0.0})}))
    found = bands(scenario, left, draws_of(scenario, 2000, 1))
    assert found.safe_service["g"].median == pytest.approx(oshopt.evaluate(scenario, left).safe_service["g"], rel=0.01)


def test_only_what_is_uncertain_has_bands() -> None:
    assert not uncertain(reference())
    assert not oshopt.compare(reference()).bands
    compared = oshopt.compare(reference(weight_spread=0.2), optimum=oshopt.allocate(reference(weight_spread=0.2)))
    assert list(compared.bands) == ["do-nothing", "optimum", "strategy-1", "strategy-2"]
    assert compared.bands["optimum"].shortest.low < 46.63 < compared.bands["optimum"].shortest.high


@pytest.mark.parametrize(
    "given", [np.ones((2, 3)), np.array([[1.0, -1.0]] * 2), np.zeros((2, 2)), np.full((2, 2), np.nan)]
)
def test_draws_that_are_no_weights_are_refused(given: Any) -> None:
    with pytest.raises(ValueError, match="weights"):
        draws_of(scenario_of(), 2, 1, weights=lambda *_: given)
