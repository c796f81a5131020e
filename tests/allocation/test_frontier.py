"""The frontier against closed forms, enumeration and single plans: points, marginal values, knee, entry points."""

from __future__ import annotations

import math
from itertools import combinations, pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import oshopt
from oshopt.allocation import adapter
from oshopt.model import (
    Basis,
    Bend,
    Budget,
    BudgetEntry,
    CaseCosts,
    Frontier,
    FundedSpan,
    InputError,
    Kind,
    Measure,
    NoPlanError,
    Scenario,
    SolverError,
    Sweep,
)
from tests.making import THOUSANDTHS, random_scenario, reference, scenario_of

FULL = 5e4
RANKED = sorted((k / 1000 for k in THOUSANDTHS if k), reverse=True)


def effect_at(budget: float) -> float:
    """ε of the reference case by hand: the heaviest measures first, the last one in part (eq. 7)."""
    shares = [min(1.0, max(0.0, budget / FULL - i)) for i in range(len(RANKED))]
    return math.fsum(k * share for k, share in zip(RANKED, shares, strict=True))


def service_at(budget: float) -> float:
    """N of the reference case by hand (eq. 5)."""
    return 10 + (0.11 - 0.03) / (0.003 * (1 - effect_at(budget)))


def starts(spans: tuple[FundedSpan, ...]) -> list[float | None]:
    return [None if span.enters is None else span.enters.at for span in spans]


@pytest.mark.parametrize("solver", ["highs", "cbc"])
def test_points_and_marginal_values_of_the_reference_case(solver: str) -> None:
    budgets = [0.0, 5e4, 123456.0, 3e5, 7e5, 1.4e6]
    found = oshopt.frontier(reference(), budgets=budgets, solver=solver, entries=False)
    assert found.basis is Basis.HORIZON
    assert (found.today, found.least, found.most, found.best) == (3e5, 0.0, 1.5e6, math.inf)
    for point in found.points:
        assert point.plan is not None
        assert point.marginal is not None
        assert point.value == pytest.approx(service_at(point.asked), rel=1e-9)
        assert point.plan.certificate.status == "optimal"
        assert point.plan.certificate.violation <= 1e-9
        assert point.plan.evaluation.epsilon["workers"][2014] == pytest.approx(effect_at(point.asked), abs=1e-9)
        step = point.marginal.step
        by_hand = (service_at(point.asked + step) - service_at(point.asked)) / step
        assert point.marginal.per_unit == pytest.approx(by_hand, rel=1e-4)
        k = RANKED[int(point.asked // FULL)]
        slope = k / FULL * (0.11 - 0.03) / 0.003 / (1 - effect_at(point.asked)) ** 2
        assert point.marginal.per_unit == pytest.approx(slope, rel=0.05)


def test_every_measure_enters_where_the_heavier_ones_are_paid_for() -> None:
    found = oshopt.frontier(reference(), budgets=[3e5])
    weights = {f"m{i:02d}": k for i, k in enumerate(THOUSANDTHS, start=1)}
    order = sorted((name for name, k in weights.items() if k), key=lambda name: (-weights[name], name))
    for place, name in enumerate(order):
        (span,) = found.funded[name]
        assert span.leaves is None
        assert span.enters is not None
        assert span.enters.at == pytest.approx(FULL * place, abs=found.precision)
        assert span.enters.below - 0.1 * found.precision <= FULL * place <= span.enters.above
        assert span.enters.above - span.enters.below <= found.precision
    assert found.funded["m11"] == ()
    assert found.precision <= 1e-5 * 1.5e6 * (1 + 1e-9)


@pytest.mark.parametrize("seed", range(3))
def test_entry_points_of_any_costs_are_sums_of_better_measures(seed: int) -> None:
    rng = np.random.default_rng(seed)
    weight, cost = rng.dirichlet(np.ones(7)), rng.uniform(10, 1000, 7)
    rows = tuple(Measure(id=f"a{i}", weight=float(weight[i]), full_cost=float(cost[i])) for i in range(7))
    scenario = scenario_of(measures=rows, budget=Budget(per_year=100.0))
    found = oshopt.frontier(scenario, "effect", points=4)
    order = np.argsort(-weight / cost)
    for place, i in enumerate(order):
        expected = float(cost[order[:place]].sum())
        (span,) = found.funded[f"a{i}"]
        assert span.enters is not None
        assert span.enters.below - 0.1 * found.precision <= expected <= span.enters.above
        for budget, funded in ((span.enters.below, False), (span.enters.above, True)):
            plan = oshopt.allocate(scenario.update(settings=scenario.settings.update(budget=Budget(per_year=budget))))
            assert (plan.spend[f"a{i}"][2026] > 0.1 * found.precision) is funded
    assert found.most == pytest.approx(cost.sum(), rel=1e-6)


def test_knee_of_a_concave_curve_by_hand() -> None:
    budgets = [FULL * i for i in range(31)]
    found = oshopt.frontier(reference(), "effect", budgets=budgets, entries=False)
    heights = [effect_at(budget) - budget / 1.5e6 for budget in budgets]
    assert found.bend is Bend.KNEE
    assert found.knee is not None
    assert (found.knee.point, found.knee.money) == (7, 3.5e5)
    assert found.knee.value == pytest.approx(0.306, rel=1e-9)
    assert found.knee.height == pytest.approx(max(heights), rel=1e-6)
    assert max(heights) == heights[7]


def test_no_knee_where_the_curve_is_straight_or_rises_ever_faster() -> None:
    straight = oshopt.frontier(scenario_of(), "effect", budgets=[0, 20, 60, 90], entries=False)
    assert (straight.bend, straight.knee) == (Bend.STRAIGHT, None)
    rising = oshopt.frontier(reference(), budgets=[0, 3e5, 6e5, 9e5, 1.5e6], entries=False)
    assert (rising.bend, rising.knee) == (Bend.RISING, None)
    few = oshopt.frontier(reference(), budgets=[0, 3e5], entries=False)
    assert (few.bend, few.knee) == (Bend.UNKNOWN, None)


def test_fewer_cases_bend_like_more_effect() -> None:
    budgets = [FULL * i for i in range(0, 31, 2)]
    effect, cases = (oshopt.frontier(reference(), aim, budgets=budgets, entries=False) for aim in ("effect", "cases"))
    assert effect.knee is not None
    assert cases.knee is not None
    assert cases.knee.point == effect.knee.point
    assert cases.knee.height == pytest.approx(effect.knee.height, rel=1e-6)
    assert all(point.marginal is not None and point.marginal.per_unit < 0 for point in cases.points[:-1])


def whole(*rows: tuple[str, float, float], **changes: Any) -> Scenario:
    measures = tuple(Measure(id=name, weight=weight, full_cost=cost, kind=Kind.WHOLE) for name, weight, cost in rows)
    return scenario_of(**({"measures": measures} | changes))


def test_a_whole_measure_leaves_and_comes_back() -> None:
    found = oshopt.frontier(whole(("big", 0.7, 100.0), ("small", 0.3, 60.0)), budgets=[30, 70, 110, 200])
    values = [point.plan.evaluation.mean_effect for point in found.points if point.plan]
    assert values == pytest.approx([0, 0.3, 0.7, 1.0])
    (big,) = found.funded["big"]
    first, second = found.funded["small"]
    assert starts((big, first, second)) == pytest.approx([100, 60, 160], abs=found.precision)
    assert first.leaves is not None
    assert first.leaves.at == pytest.approx(100, abs=found.precision)
    assert first.leaves.below < 100 <= first.leaves.above
    assert second.leaves is None
    assert found.most == pytest.approx(160, rel=1e-6)


def best_by_enumeration(rows: list[tuple[str, float, float]], budget: float) -> float:
    chosen = [c for n in range(len(rows) + 1) for c in combinations(rows, n)]
    return max(sum(w for _, w, _ in c) for c in chosen if sum(z for _, _, z in c) <= budget * (1 + 1e-12))


@settings(max_examples=8, deadline=None)
@given(
    costs=st.lists(st.integers(5, 60), min_size=2, max_size=5),
    weights=st.lists(st.integers(1, 20), min_size=5, max_size=5),
    budgets=st.lists(st.integers(0, 200), min_size=2, max_size=5, unique=True),
)
def test_more_money_is_never_worse_and_whole_measures_equal_enumeration(
    costs: list[int], weights: list[int], budgets: list[int]
) -> None:
    total = sum(weights[: len(costs)])
    rows = [(f"a{i}", weights[i] / total, float(cost)) for i, cost in enumerate(costs)]
    found = oshopt.frontier(whole(*rows), "effect", budgets=budgets, entries=False)
    values = [point.value for point in found.points]
    assert values == pytest.approx([best_by_enumeration(rows, budget) for budget in sorted(budgets)], abs=1e-7)
    for poorer, richer in pairwise(found.points):
        assert poorer.value is not None
        assert richer.value is not None
        assert richer.value >= poorer.value - 1e-9


@pytest.mark.parametrize("seed", [1, 2, 5, 9])
def test_random_scenarios_rise_and_agree_with_single_plans(seed: int) -> None:
    scenario = random_scenario(seed)
    found = oshopt.frontier(scenario, points=5, entries=False)
    assert found.least is not None
    assert found.most is not None
    for poorer, richer in pairwise(found.points):
        assert poorer.value is not None
        assert richer.value is not None
        assert richer.value >= poorer.value * (1 - 1e-9)
    own = next((point for point in found.points if point.asked == found.today), None)
    if own is not None:
        assert own.value == pytest.approx(oshopt.allocate(scenario, marginals=False).certificate.value, rel=1e-8)
    richest = oshopt.frontier(scenario, budgets=[10 * found.most + 1], entries=False).points[0]
    assert found.points[-1].value == pytest.approx(richest.value, rel=2e-6)


def test_all_money_is_scaled_by_one_factor() -> None:
    lines = (
        BudgetEntry(line="own", year=2026, amount=40.0),
        BudgetEntry(line="own", year=2027, amount=20.0),
        BudgetEntry(line="state", amount=30.0, measures=("b",)),
    )
    parts = {"horizon": 2, "budget": Budget(per_year=65.0, total=130.0)}
    scenario = scenario_of(budgets=lines, **parts)
    found = oshopt.frontier(scenario, "effect", budgets=[30.0, 90.0], entries=False)
    assert (found.basis, found.today) == (Basis.YEAR, 60.0)
    for point, factor in zip(found.points, (0.5, 1.5), strict=True):
        more = tuple(line.update(amount=line.amount * factor) for line in lines)
        budget = Budget(per_year=65.0 * factor, total=130.0 * factor)
        again = oshopt.allocate(scenario_of(budgets=more, **(parts | {"budget": budget})), "effect")
        assert point.value == pytest.approx(again.certificate.value, rel=1e-9)


def test_nothing_at_all_is_a_budget_of_lines_too() -> None:
    scenario = scenario_of(budgets=(BudgetEntry(line="own", amount=40.0),), budget=Budget())
    found = oshopt.frontier(scenario, "effect", budgets=[0.0, 100.0])
    assert [point.value for point in found.points] == pytest.approx([0.0, 0.6], abs=1e-9)
    assert starts(found.funded["a"] + found.funded["b"]) == pytest.approx([0.0, 100.0], abs=found.precision)
    assert found.points[0].plan is not None
    assert found.points[0].plan.evaluation.cost == 0.0


def duty(**changes: Any) -> Scenario:
    rows = (
        Measure(id="law", weight=0.1, full_cost=100.0, mandatory=True),
        Measure(id="old", weight=0.2, full_cost=100.0, status_quo=0.5, upkeep=0.4, lifetime=5),
        Measure(id="more", weight=0.7, full_cost=100.0),
    )
    return scenario_of(measures=rows, **changes)


def test_the_least_budget_pays_for_duties_and_upkeep() -> None:
    scenario = duty()
    found = oshopt.frontier(scenario, "effect", budgets=[0.0, 119.9, 120.0, 200.0], entries=False)
    assert found.least == pytest.approx(120.0, rel=1e-6)
    assert [point.status for point in found.points] == ["infeasible", "infeasible", "optimal", "optimal"]
    assert found.points[0].plan is None
    assert "120" in " ".join(found.points[0].lacking)
    assert found.points[2].value == pytest.approx(0.1, abs=1e-6)


def test_chosen_points_hold_both_ends_today_and_are_round() -> None:
    found = oshopt.frontier(duty(budget=Budget(total=155.5)), "effect", entries=False)
    budgets = [point.asked for point in found.points]
    assert budgets[0] == found.least
    assert budgets[-1] == found.most
    assert 155.5 in budgets
    assert budgets == sorted(set(budgets))
    assert all(point.status == "optimal" for point in found.points)


def test_today_is_told_where_it_is_outside_the_range() -> None:
    rich, poor = (oshopt.frontier(duty(budget=Budget(total=t)), "effect", entries=False) for t in (9e5, 50.0))
    assert rich.most is not None
    assert poor.least is not None
    assert rich.today > rich.most
    assert poor.today < poor.least
    assert rich.most == pytest.approx(poor.most, rel=1e-6)


def test_targets_at_least_cost_are_the_same_curve() -> None:
    wanted = [service_at(budget) for budget in (1e5, 2.2e5, 3e5)]
    found = oshopt.frontier(reference(), targets=[50.0, *wanted])
    assert found.sweep is Sweep.TARGETS
    assert [point.money for point in found.points[:3]] == pytest.approx([1e5, 2.2e5, 3e5], rel=1e-6)
    assert [point.value for point in found.points[:3]] == pytest.approx(wanted, rel=1e-8)
    assert found.points[3].status == "infeasible"
    assert "46.63" in " ".join(found.points[3].lacking)
    assert found.points[0].marginal is not None
    k = RANKED[2]
    slope = k / FULL * (0.11 - 0.03) / 0.003 / (1 - effect_at(1e5)) ** 2
    assert found.points[0].marginal.per_unit == pytest.approx(slope, rel=0.01)
    assert found.points[2].marginal is None
    assert found.funded == {}


def test_targets_of_cases_go_from_many_to_few() -> None:
    found = oshopt.frontier(reference(), "cases", targets=[0.0025, 0.0022, 0.0028, 0.0001], entries=False)
    assert [point.asked for point in found.points] == [0.0028, 0.0025, 0.0022, 0.0001]
    money = [point.money for point in found.points[:3]]
    assert money == sorted(money, key=lambda m: m or 0.0)
    assert found.points[3].plan is None


def test_net_benefit_stops_where_a_measure_costs_what_it_avoids() -> None:
    scenario = reference(costs=CaseCosts(per_case=5e8))
    found = oshopt.frontier(scenario, "net_benefit", budgets=[1e5, 2e6], entries=False)
    worth = [k * 0.003 * 5e8 for k in RANKED]
    assert found.most == pytest.approx(FULL * sum(value > FULL for value in worth))
    assert found.best == pytest.approx(sum(value - FULL for value in worth if value > FULL))
    assert found.points[0].value == pytest.approx(worth[0] + worth[1] - 1e5)
    assert found.points[1].value == pytest.approx(found.best)


def test_order_and_repetition_change_nothing_but_a_note() -> None:
    plain = oshopt.frontier(reference(), budgets=[1e5, 2e5], entries=False)
    mixed = oshopt.frontier(reference(), budgets=[2e5, 1e5, 2e5], entries=False)
    assert mixed.points == plain.points
    assert plain.notes == ()
    assert "200000" in mixed.notes[0]


def test_limits_hold_at_every_point() -> None:
    found = oshopt.frontier(reference(), "cases", budgets=[1e5, 3e5], limits={"safe_service": 45}, entries=False)
    assert found.points[0].plan is None
    assert found.points[1].plan is not None
    assert found.points[1].plan.evaluation.safe_service["workers"] >= 45 * (1 - 1e-9)
    assert found.least == pytest.approx(251565, abs=1)


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"budgets": [-1.0]}, "not an amount"),
        ({"budgets": [math.nan, math.inf]}, "not an amount"),
        ({"budgets": ["much"]}, "not an amount"),
        ({"budgets": [True]}, "not an amount"),
        ({"budgets": []}, "there are none"),
        ({"targets": []}, "there are none"),
        ({"budgets": [1.0], "targets": [1.0]}, "budgets are given too"),
        ({"budgets": list(range(501))}, "too many"),
        ({"points": 1}, "out of range"),
        ({"points": 501}, "out of range"),
        ({"objective": "cost"}, "against cost"),
        ({"objective": "saef_service"}, "no such objective"),
        ({"targets": [45.0], "limits": {"safe_service": 40}}, "demand this already"),
        ({"solver": "hihgs"}, "no such solver"),
    ],
)
def test_mistakes_are_told(asked: dict[str, Any], words: str) -> None:
    with pytest.raises(InputError, match=words):
        oshopt.frontier(reference(), **asked)


def test_every_mistake_is_told_at_once() -> None:
    with pytest.raises(InputError) as caught:
        oshopt.frontier(reference(), "cost", budgets=[-1.0, math.nan])
    assert len(caught.value.problems) == 3


@pytest.mark.parametrize("budget", [Budget(), Budget(total=0.0), Budget(per_year=0.0)])
def test_no_money_cannot_be_scaled(budget: Budget) -> None:
    with pytest.raises(InputError, match=r"no money"):
        oshopt.frontier(scenario_of(budget=budget))


def test_no_budget_helps_where_a_duty_comes_too_late() -> None:
    late = Measure(id="law", weight=1.0, full_cost=10.0, mandatory=True, lead_time=1.0, lifetime=3, deadline=2026)
    with pytest.raises(NoPlanError) as caught:
        oshopt.frontier(scenario_of(measures=(late,), horizon=2))
    assert "Put off law" in str(caught.value)


def test_a_solver_that_is_worse_with_more_money_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    honest = adapter.solver_named("highs")

    def lying(program: Any, objective: Any, *rest: Any) -> Any:
        answer = honest(program, objective, *rest)
        row = program.rows.index("budget total") if "budget total" in program.rows else None
        if row is None or not 1.9e5 < program.high[row] * program.scale[row] < 2.1e5 or not len(answer.values):
            return answer
        return adapter.Answer(answer.termination, answer.reason, program.lower.copy(), answer.duals, answer.bound)

    monkeypatch.setattr(adapter, "solver_named", lambda _: lying)
    with pytest.raises(SolverError):
        oshopt.frontier(reference(), "effect", budgets=[1e5, 2e5, 3e5], entries=False)


def test_progress_counts_points_and_measures() -> None:
    seen: list[tuple[int, int]] = []
    oshopt.frontier(scenario_of(), "effect", budgets=[50, 100], progress=lambda done, whole: seen.append((done, whole)))
    assert seen == [(1, 4), (2, 4), (3, 4), (4, 4)]


def test_food_plant_has_its_range_and_next_measure(shipped: Any) -> None:
    scenario = oshopt.load(shipped / "food-plant")
    found: Frontier = oshopt.frontier(scenario, budgets=[6.2e6, 8e6])
    assert (found.basis, found.today) == (Basis.YEAR, 6.2e6)
    assert found.least is not None
    assert oshopt.frontier(scenario, budgets=[found.least * 0.9999], entries=False).points[0].plan is None
    assert found.points[0].value == pytest.approx(oshopt.allocate(scenario).certificate.value, rel=1e-8)
    assert set(found.funded) == set(scenario.measures)
    (glycol,) = found.funded["glycol-loop"]
    assert glycol.enters is not None
    assert found.today < glycol.enters.below < glycol.enters.above <= glycol.enters.below + found.precision
    assert found.funded["task-rotation"] == ()
