"""Limits beside the scenario's own, what cannot be planned, and what to loosen where no plan exists."""

from __future__ import annotations

import pytest

import oshopt
from oshopt.model import (
    Budget,
    Effect,
    InputError,
    Measure,
    Scenario,
    Target,
    WorkGroup,
)
from tests.making import reference, scenario_of


@pytest.mark.parametrize("solver", ["highs", "cbc"])
def test_least_cost_of_a_target(solver: str) -> None:
    plan = oshopt.allocate(reference(), "cost", limits={"effect": 0.157}, solver=solver)
    assert plan.evaluation.cost == pytest.approx(3 * 5e4, rel=1e-9)
    assert {name for name, row in plan.spend.items() if row[2014]} <= {"m03", "m14", "m01", "m02"}
    assert plan.limits == {"effect": 0.157}
    assert "limit effect" in {limit.name for limit in plan.certificate.binding}


def test_service_at_least_cost() -> None:
    plan = oshopt.allocate(reference(), "cost", limits={"safe_service": 46.63})
    assert plan.evaluation.safe_service["workers"] == pytest.approx(46.63, rel=1e-8)
    assert plan.evaluation.cost < 3e5


def two_groups(**parts: object) -> Scenario:
    groups = (
        WorkGroup(id="g", risk_increment=0.004, acceptable_risk=0.1, headcount=30),
        WorkGroup(id="h", risk_increment=0.005, acceptable_risk=0.1, headcount=5, served=4.0),
    )
    effects = (
        Effect(measure="a", on=Target.GROUP, target="h", effect=0.0),
        Effect(measure="b", on=Target.GROUP, target="g", effect=0.0),
    )
    return scenario_of(groups=groups, effects=effects, **parts)


def test_effect_of_one_group_can_be_demanded() -> None:
    free = oshopt.allocate(two_groups(), "effect")
    assert free.evaluation.epsilon["h"][2026] == 0
    held = oshopt.allocate(two_groups(), "effect", limits={"effect:h": 0.2})
    assert held.evaluation.epsilon["h"][2026] == pytest.approx(0.2)
    assert held.spend["b"][2026] == pytest.approx(50)
    last = oshopt.allocate(two_groups(), "effect", limits={"last_effect": 0.1})
    assert min(row[2026] for row in last.evaluation.epsilon.values()) == pytest.approx(0.1)


def test_cost_and_cases_can_be_limited() -> None:
    plan = oshopt.allocate(two_groups(), limits={"cost": 60.0})
    assert plan.evaluation.cost == pytest.approx(60.0)
    few = oshopt.allocate(two_groups(), "cost", limits={"cases": 0.1})
    assert few.evaluation.cases == pytest.approx(0.1)


def test_service_equalises_groups_and_remaining_service_helps_who_has_least() -> None:
    plan = oshopt.allocate(two_groups(), "safe_service")
    assert plan.evaluation.safe_service["g"] == pytest.approx(plan.evaluation.safe_service["h"])
    left = oshopt.allocate(two_groups(), "remaining_service").evaluation.remaining_service
    assert left["h"] > oshopt.allocate(two_groups()).evaluation.remaining_service["h"]


@pytest.mark.parametrize(
    ("limits", "words"),
    [
        ({"safe_servise": 40.0}, "Did you mean 'safe_service'"),
        ({"effect:workerz": 0.1}, "Did you mean 'workers'"),
        ({"cost:workers": 1.0}, "whole enterprise"),
        ({"effect": float("nan")}, "finite number"),
        ({"effect": -1.0}, "finite number"),
        ({"outcome": 1.0}, "names no outcome"),
        ({"net_benefit": 1.0}, "has a price"),
    ],
)
def test_wrong_limits_are_refused(limits: dict[str, float], words: str) -> None:
    with pytest.raises(InputError, match=words):
        oshopt.allocate(reference(), limits=limits)


def test_wrong_objective_and_solver_are_refused() -> None:
    with pytest.raises(InputError, match="Did you mean 'safe_service'"):
        oshopt.allocate(reference(), "safe-service")
    with pytest.raises(InputError, match="no outcome"):
        oshopt.allocate(reference(), "outcome")
    with pytest.raises(InputError, match="Did you mean 'highs'"):
        oshopt.allocate(reference(), solver="high")


def measure(**parts: object) -> tuple[Measure, ...]:
    return (Measure(**{"id": "a", "weight": 1.0, "full_cost": 100.0, **parts}),)


def test_without_money_there_is_nothing_to_plan() -> None:
    with pytest.raises(InputError, match="no money is given"):
        oshopt.allocate(scenario_of(budget=Budget()))


def test_legal_minimum_is_spent() -> None:
    scenario = scenario_of(budget=Budget(per_year=90.0, legal_share=0.005, legal_base=10000.0))
    plan = oshopt.allocate(scenario, "cost")
    assert plan.evaluation.cost == pytest.approx(50.0)


def test_risk_above_one_in_the_horizon_is_not_planned_for_cases() -> None:
    group = WorkGroup(id="g", risk_increment=0.5, acceptable_risk=1.0)
    with pytest.raises(InputError, match="risk passes 1"):
        oshopt.allocate(scenario_of(groups=(group,), horizon=3), "cases")
