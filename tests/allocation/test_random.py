"""Random scenarios: both solvers against a formulation that shares no code with the package."""

from __future__ import annotations

import math

import pytest

import oshopt
from oshopt.model import Evaluation, NoPlanError, Plan, Scenario
from tests.allocation.oracle import Oracle
from tests.making import random_scenario

COUNT, BLOCK = 200, 10
SERVICE = ("safe_service", "remaining_service")
LINEAR = ("effect", "cases", "cost")


def planned(scenario: Scenario, objective: str, solver: str) -> Plan | None:
    try:
        return oshopt.allocate(scenario, objective, solver=solver, marginals=False)
    except NoPlanError:
        return None


def agree(found: float, expected: float) -> bool:
    return found == expected or math.isclose(found, expected, rel_tol=1e-7, abs_tol=1e-7)


def worst(evaluation: Evaluation) -> float:
    exceeded = {flag.subject for flag in evaluation.flags if flag.code == "exceeded"}
    counted = [n for group, n in evaluation.safe_service.items() if group not in exceeded]
    return min(counted or evaluation.safe_service.values())


@pytest.mark.parametrize("block", range(COUNT // BLOCK))
def test_solvers_agree_with_an_independent_formulation(block: int) -> None:
    for seed in range(block * BLOCK, (block + 1) * BLOCK):
        scenario = random_scenario(seed)
        oracle = Oracle(scenario)
        linear = LINEAR[seed % len(LINEAR)]
        expected = {"safe_service": oracle.service("safe_service"), linear: oracle.linear(linear)}
        if seed % 2:
            expected["remaining_service"] = oracle.service("remaining_service")
        richer_never_hurts(scenario, expected["safe_service"], f"seed {seed}")
        for objective, optimum in expected.items():
            for solver in ("highs", "cbc"):
                check(scenario, objective, solver, optimum, f"seed {seed}, {objective}, {solver}")


def check(scenario: Scenario, objective: str, solver: str, optimum: float | None, case: str) -> None:
    plan = planned(scenario, objective, solver)
    assert (plan is None) == (optimum is None), case
    if plan is None or optimum is None:
        return
    certificate = plan.certificate
    assert agree(certificate.value, optimum), f"{case}: {certificate.value} is not {optimum}"
    assert certificate.gap <= 1e-6, case
    assert certificate.violation <= 1e-7, case
    assert not {flag.code for flag in plan.evaluation.flags} & {"over-budget", "over-funded", "duty", "renewal"}, case
    if objective == "safe_service":
        assert worst(plan.evaluation) == certificate.value, case


def richer(scenario: Scenario, factor: float) -> Scenario:
    budget = scenario.settings.budget
    more = budget.update(
        total=None if budget.total is None else budget.total * factor,
        per_year=None if budget.per_year is None else budget.per_year * factor,
    )
    return scenario.update(
        settings=scenario.settings.update(budget=more),
        budgets=tuple(entry.update(amount=entry.amount * factor) for entry in scenario.budgets),
    )


def richer_never_hurts(scenario: Scenario, optimum: float | None, case: str) -> None:
    if optimum is not None:
        more = planned(richer(scenario, 1.3), "safe_service", "highs")
        assert more is not None, case
        assert more.certificate.value >= optimum * (1 - 1e-7), case


@pytest.mark.parametrize("seed", range(0, 60, 6))
def test_more_budget_never_hurts_other_objectives(seed: int) -> None:
    scenario = random_scenario(seed)
    for objective, sign in (("effect", 1), ("cases", -1), ("remaining_service", 1)):
        plan = planned(scenario, objective, "highs")
        if plan is not None:
            more = planned(richer(scenario, 1.3), objective, "highs")
            assert more is not None
            value, better = plan.certificate.value, more.certificate.value
            assert sign * better >= sign * value - 1e-7 * max(1.0, abs(value))


@pytest.mark.parametrize("seed", [1, 6, 12, 18])
@pytest.mark.parametrize("factor", [1e-3, 1e6])
@pytest.mark.parametrize("solver", ["highs", "cbc"])
def test_currency_changes_nothing(seed: int, factor: float, solver: str) -> None:
    scenario = random_scenario(seed)
    dearer = {name: m.update(full_cost=(m.full_cost or 0.0) * factor) for name, m in scenario.measures.items()}
    scaled = richer(scenario, factor).update(measures=dearer)
    one, two = planned(scenario, "safe_service", solver), planned(scaled, "safe_service", solver)
    assert (one is None) == (two is None)
    if one is not None and two is not None:
        assert agree(two.certificate.value, one.certificate.value)


@pytest.mark.parametrize("seed", [0, 5, 10])
def test_order_of_rows_changes_nothing(seed: int) -> None:
    scenario = random_scenario(seed)
    turned = Scenario(
        settings=scenario.settings,
        measures=dict(reversed(list(scenario.measures.items()))),
        groups=dict(reversed(list(scenario.groups.items()))),
        effects=tuple(reversed(scenario.effects)),
        budgets=tuple(reversed(scenario.budgets)),
        levels=tuple(reversed(scenario.levels)),
    )
    assert planned(turned, "safe_service", "highs") == planned(scenario, "safe_service", "highs")


@pytest.mark.parametrize("seed", [1, 3, 9, 14, 22])
def test_later_stages_lose_nothing_and_waste_nothing(seed: int) -> None:
    scenario = random_scenario(seed)
    plan = planned(scenario, "safe_service", "highs")
    if plan is None or math.isinf(plan.certificate.value):
        return
    held = {"safe_service": plan.certificate.value * (1 - 1e-9)}
    fewest = oshopt.allocate(scenario, "cases", limits=held)
    assert plan.evaluation.cases == pytest.approx(fewest.certificate.value, rel=1e-6)
    cheapest = oshopt.allocate(scenario, "cost", limits=held | {"cases": plan.evaluation.cases * (1 + 1e-9)})
    assert plan.evaluation.discounted_cost == pytest.approx(cheapest.certificate.value, rel=1e-5)
