"""Limits beside the scenario's own, what cannot be planned, and what to loosen where no plan exists."""

from __future__ import annotations

import pytest

import oshopt
from oshopt.model import (
    Budget,
    BudgetEntry,
    CaseCosts,
    Effect,
    InputError,
    Measure,
    NoPlanError,
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


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        ({"costs_": CaseCosts(per_fine=5.0)}, "needs the economics"),
        ({"budget": Budget()}, "no money is given"),
    ],
)
def test_what_is_not_built_is_refused_by_name(parts: dict[str, object], words: str) -> None:
    if "costs_" in parts:
        scenario = scenario_of()
        scenario = scenario.update(settings=scenario.settings.update(costs=parts["costs_"]))
    else:
        scenario = scenario_of(**parts)
    with pytest.raises(InputError, match=words):
        oshopt.allocate(scenario)


def lacking(scenario: Scenario, **options: object) -> dict[str, float]:
    with pytest.raises(NoPlanError) as caught:
        oshopt.allocate(scenario, **options)
    return {shortfall.limit: shortfall.amount for shortfall in caught.value.shortfalls}


def test_budget_below_what_the_law_demands() -> None:
    rows = (Measure(id="a", weight=1.0, full_cost=100.0, mandatory=True),)
    scenario = scenario_of(measures=rows, horizon=2, budget=Budget(per_year=70.0))
    assert lacking(scenario) == pytest.approx({"budget 2026": 30.0, "budget 2027": 30.0})
    oshopt.allocate(scenario.update(settings=scenario.settings.update(budget=Budget(per_year=100.0))))


def test_budget_below_what_is_in_force() -> None:
    rows = (Measure(id="a", weight=1.0, full_cost=100.0, status_quo=1.0, upkeep=0.3),)
    scenario = scenario_of(measures=rows, budget=Budget(total=20.0))
    assert lacking(scenario) == pytest.approx({"budget total": 10.0})
    line = (BudgetEntry(line="own", amount=12.0),)
    assert lacking(scenario_of(measures=rows, budget=Budget(), budgets=line)) == pytest.approx({"line own 2026": 18.0})


def test_duty_that_no_line_may_pay_for() -> None:
    rows = (Measure(id="a", weight=0.5, full_cost=100.0, mandatory=True), Measure(id="b", weight=0.5, full_cost=1.0))
    line = (BudgetEntry(line="grant", amount=500.0, measures=("b",)),)
    assert lacking(scenario_of(measures=rows, budget=Budget(), budgets=line)) == {"lines for a": 100.0}


def test_duty_earlier_than_its_measure_can_act() -> None:
    rows = (Measure(id="a", weight=1.0, full_cost=10.0, mandatory=True, deadline=2026, lead_time=1.0),)
    assert lacking(scenario_of(measures=rows, horizon=3)) == {"duty a": 1.0}


def test_target_out_of_reach_names_the_best_and_the_money() -> None:
    with pytest.raises(NoPlanError) as caught:
        oshopt.allocate(reference(), "cost", limits={"safe_service": 60.0})
    found = {shortfall.limit: shortfall for shortfall in caught.value.shortfalls}
    assert found["limit safe_service"].amount == pytest.approx(60 - 46.63003663)
    assert found["budget total"].amount > 0
    richer = reference(total=3e5 + found["budget total"].amount * (1 + 1e-9))
    assert oshopt.allocate(richer, "cost", limits={"safe_service": 60.0}).certificate.status == "optimal"


@pytest.mark.parametrize(
    ("name", "value", "best"),
    [
        ("effect", 0.5, 0.272),
        ("effect:workers", 0.5, 0.272),
        ("last_effect", 0.5, 0.272),
        ("last_effect:workers", 0.5, 0.272),
        ("safe_service:workers", 70.0, 46.63003663),
        ("remaining_service", 70.0, 36.63003663),
        ("cases", 0.001, 0.003 * 0.728),
    ],
)
def test_best_reachable_of_every_limit(name: str, value: float, best: float) -> None:
    found = lacking(reference(), objective="cost", limits={name: value})
    assert found[f"limit {name}"] == pytest.approx(abs(value - best), rel=1e-6)


def test_legal_minimum_above_what_can_be_spent() -> None:
    found = lacking(scenario_of(budget=Budget(per_year=500.0, legal_minimum=250.0)))
    assert found == pytest.approx({"legal minimum 2026": 50.0})


def test_legal_minimum_is_spent() -> None:
    scenario = scenario_of(budget=Budget(per_year=90.0, legal_share=0.005, legal_base=10000.0))
    plan = oshopt.allocate(scenario, "cost")
    assert plan.evaluation.cost == pytest.approx(50.0)


def test_risk_above_one_in_the_horizon_is_not_planned_for_cases() -> None:
    group = WorkGroup(id="g", risk_increment=0.5, acceptable_risk=1.0)
    with pytest.raises(InputError, match="risk passes 1"):
        oshopt.allocate(scenario_of(groups=(group,), horizon=3), "cases")
