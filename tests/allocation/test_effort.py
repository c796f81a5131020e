"""Plans under a time limit, a gap, or a wish to stop: feasible, with their true gap, never called optimal."""

from __future__ import annotations

import math

import numpy as np
import pytest

import oshopt
from oshopt.model import Budget, BudgetEntry, CostEntry, InputError, Kind, Measure, Plan, Scenario
from tests.making import reference, scenario_of

SERVICE = ("safe_service", "remaining_service")


def hard(measures: int = 250, lines: int = 10) -> Scenario:
    """Return a knapsack of many whole measures and lines, of the kind that solvers need hours for."""
    rng = np.random.default_rng(7)
    need = rng.integers(1, 1000, size=(measures, lines))
    worth = need.mean(axis=1) + rng.uniform(0, 500, size=measures)
    ids = [f"m{i:03d}" for i in range(measures)]
    names = [f"line{j}" for j in range(lines)]
    return scenario_of(
        measures=tuple(
            Measure(id=name, weight=float(w), kind=Kind.WHOLE) for name, w in zip(ids, worth / worth.sum(), strict=True)
        ),
        budgets=tuple(BudgetEntry(line=n, amount=float(need[:, j].sum() // 2)) for j, n in enumerate(names)),
        costs=tuple(
            CostEntry(measure=ids[i], line=names[j], cost=float(need[i, j]))
            for i in range(measures)
            for j in range(lines)
        ),
        budget=Budget(),
    )


def require_honest(plan: Plan) -> None:
    found = plan.certificate
    assert found.status in ("feasible", "within gap")
    assert found.violation <= 1e-7
    assert found.gap == pytest.approx(abs(found.bound - found.value) / max(1.0, abs(found.value)))
    assert found.gap > 1e-6
    assert found.bound > found.value
    assert not {flag.code for flag in plan.evaluation.flags} & {"over-budget", "renewal", "under-funded"}


@pytest.mark.parametrize("objective", ["effect", "safe_service"])
def test_a_time_limit_gives_a_feasible_plan_with_its_true_gap(objective: str) -> None:
    plan = oshopt.allocate(hard(), objective, time_limit=1.0)
    require_honest(plan)
    assert plan.certificate.reason == "the time limit was reached"


def test_cbc_is_stopped_too() -> None:
    plan = oshopt.allocate(hard(), "effect", solver="cbc", time_limit=2.0)
    require_honest(plan)


def test_who_asks_to_stop_gets_the_best_plan_so_far() -> None:
    asked = 0

    def stop() -> bool:
        nonlocal asked
        asked += 1
        return asked > 30

    plan = oshopt.allocate(hard(), "effect", stop=stop)
    require_honest(plan)
    assert plan.certificate.reason == "interrupted"


def test_a_gap_ends_the_search_within_it() -> None:
    plan = oshopt.allocate(hard(), "effect", gap=0.02)
    assert plan.certificate.status == "within gap"
    assert 1e-6 < plan.certificate.gap <= 0.02


@pytest.mark.parametrize(("options", "words"), [({"gap": -0.1}, "no share"), ({"time_limit": 0.0}, "no time")])
def test_wrong_efforts_are_refused(options: dict[str, float], words: str) -> None:
    with pytest.raises(InputError, match=words):
        oshopt.allocate(reference(), **options)


def test_the_bound_of_service_comes_from_the_relaxed_program() -> None:
    plan = oshopt.allocate(hard(30, 3), "safe_service", gap=0.05)
    exact = oshopt.allocate(hard(30, 3), "safe_service")
    assert exact.certificate.status == "optimal"
    assert plan.certificate.value <= exact.certificate.value * (1 + 1e-9)
    assert plan.certificate.bound >= exact.certificate.value * (1 - 1e-9)
    assert math.isfinite(plan.certificate.bound)
