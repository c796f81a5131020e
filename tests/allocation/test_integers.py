"""Whole and levelled measures: both solvers against every combination, tried one by one."""

from __future__ import annotations

import math

import pytest

import oshopt
from oshopt.model import NoPlanError, Plan, Scenario
from tests.allocation.enumeration import Enumeration
from tests.allocation.integer_scenarios import integer_scenario

COUNT, BLOCK = 300, 10
BROKEN = {
    "duty",
    "excludes",
    "legal-minimum",
    "over-budget",
    "over-funded",
    "renewal",
    "requires",
    "rule",
    "under-funded",
}
OBJECTIVES = ("effect", "safe_service", "remaining_service", "cases", "cost", "net_benefit")


def planned(scenario: Scenario, objective: str, solver: str = "highs") -> Plan | None:
    try:
        return oshopt.allocate(scenario, objective, solver=solver, marginals=False)
    except NoPlanError:
        return None


def agree(found: float, expected: float) -> bool:
    return found == expected or math.isclose(found, expected, rel_tol=1e-7, abs_tol=1e-9)


@pytest.mark.parametrize("block", range(COUNT // BLOCK))
def test_every_objective_agrees_with_all_combinations(block: int) -> None:
    for seed in range(block * BLOCK, (block + 1) * BLOCK):
        scenario = integer_scenario(seed)
        judge = Enumeration(scenario)
        best, worth = judge.best(), judge.worth()
        for objective in OBJECTIVES:
            for solver in ("highs", "cbc") if seed % 15 == 0 else ("highs",):
                case = f"seed {seed}, {objective}, {solver}"
                plan = planned(scenario, objective, solver)
                assert (plan is None) == (best is None), case
                if plan is None or best is None:
                    continue
                assert agree(plan.certificate.value, best[objective]), case
                assert plan.certificate.status == "optimal", case
                assert plan.certificate.violation <= 1e-7, case
                assert not {flag.code for flag in plan.evaluation.flags} & BROKEN, case
                here = judge.position(plan)
                assert judge.allowed[here], case
                assert agree(float(worth["effect"][here]), plan.evaluation.mean_effect), case
                assert agree(float(worth["cost"][here]), plan.evaluation.discounted_cost), case
                assert agree(float(worth["cases"][here]), plan.evaluation.cases), case
                assert agree(float(worth["net_benefit"][here]), plan.evaluation.net_benefit), case


def test_the_scenarios_have_what_they_are_to_prove() -> None:
    scenarios = [integer_scenario(seed) for seed in range(COUNT)]
    assert max(len(scenario.measures) for scenario in scenarios) == 8
    judges = [Enumeration(scenario) for scenario in scenarios[::3]]
    assert sum(judge.allowed.any() for judge in judges) > 0.6 * len(judges)
    assert sum(not judge.allowed.any() for judge in judges) > 5
