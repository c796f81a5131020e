"""S2's conditional enterprise: the published table, in any currency, by both solvers, over one year and five."""

from __future__ import annotations

import pytest

import oshopt
from oshopt.model import AfterHorizon, Measure
from tests.making import reference

OPTIMAL = {"m03", "m14", "m01", "m02", "m05", "m16"}


@pytest.mark.parametrize("solver", ["highs", "cbc"])
@pytest.mark.parametrize("scale", [1e-3, 1.0, 1e3, 1e6, 1e9])
def test_optimum_in_any_currency(scale: float, solver: str) -> None:
    plan = oshopt.allocate(reference(scale=scale), solver=solver)
    assert plan.evaluation.epsilon["workers"][2014] == pytest.approx(0.272, rel=1e-9)
    assert plan.evaluation.safe_service["workers"] == pytest.approx(46.63003663003663, rel=1e-9)
    assert {name for name, row in plan.spend.items() if row[2014]} == OPTIMAL
    assert all(plan.spend[name][2014] == pytest.approx(5e4 * scale, rel=1e-12) for name in OPTIMAL)
    assert plan.certificate.status == "optimal"
    assert plan.certificate.gap <= 1e-6
    assert plan.certificate.violation <= 1e-12


def test_stricter_threshold() -> None:
    plan = oshopt.allocate(reference(acceptable_risk=0.05))
    assert plan.certificate.value == pytest.approx(19.157509, abs=1e-6)


@pytest.mark.parametrize("solver", ["highs", "cbc"])
def test_five_years_of_money_do_not_buy_eternity(solver: str) -> None:
    plan = oshopt.allocate(reference(horizon=5, total=1.5e6), solver=solver)
    assert plan.certificate.value == pytest.approx(46.63003663003663, rel=1e-9)
    assert plan.evaluation.yearly_renewal == pytest.approx(3e5)


def test_lapse_buys_its_effect_once() -> None:
    plan = oshopt.allocate(reference(horizon=5, total=1.5e6, after_horizon=AfterHorizon.LAPSE))
    assert plan.certificate.value == pytest.approx(36.666667 + 5 * 0.272, abs=1e-6)


def test_money_for_everything_is_never_reached() -> None:
    plan = oshopt.allocate(reference(total=1.6e6))
    assert plan.certificate.value == float("inf")
    assert plan.certificate.gap == 0
    assert plan.evaluation.cost == pytest.approx(30 * 5e4)
    assert "in full" in plan.certificate.unspent_reason
    assert plan.spend["m11"][2014] == 0


@pytest.mark.parametrize(
    ("objective", "value"),
    [("effect", 0.272), ("remaining_service", 36.63003663), ("cases", 0.003 * 0.728), ("cost", 0.0)],
)
def test_other_objectives(objective: str, value: float) -> None:
    plan = oshopt.allocate(reference(), objective)
    assert plan.certificate.value == pytest.approx(value, rel=1e-9)
    assert plan.certificate.gap <= 2e-7


def test_plan_evaluates_to_the_same_as_a_strategy() -> None:
    scenario, plan = reference(), oshopt.allocate(reference())
    found = oshopt.evaluate(scenario, plan.as_strategy())
    assert found.safe_service == plan.evaluation.safe_service
    assert found.cost == plan.evaluation.cost


def test_cost_zero_measures_are_carried_out() -> None:
    scenario = reference()
    free = {"m04": Measure(id="m04", weight=0.032, full_cost=0.0)}
    plan = oshopt.allocate(scenario.update(measures={**scenario.measures, **free}))
    assert plan.evaluation.epsilon["workers"][2014] == pytest.approx(0.272 + 0.032)
    assert plan.spend["m04"][2014] == 0


def test_a_tie_is_proven_like_any_other() -> None:
    scenario = reference(total=2.75e5)
    plan = oshopt.allocate(scenario)
    assert plan.evaluation.epsilon["workers"][2014] == pytest.approx(0.272 - 0.0175, rel=1e-9)
    assert plan.certificate.status == "optimal"
