"""Certificates: recomputed by hand, caught lies of solvers, marginal values and break-evens against solving again."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from scipy.optimize import linprog

import oshopt
from oshopt.allocation import adapter
from oshopt.allocation.adapter import Answer, Termination
from oshopt.allocation.polish import polish_values
from oshopt.allocation.program import Program, Rows
from oshopt.model import Budget, BudgetEntry, Effect, Kind, Measure, Scenario, SolverError, Target, WorkGroup
from tests.making import reference, scenario_of


def test_everything_in_the_reference_certificate() -> None:
    found = oshopt.allocate(reference()).certificate
    assert found.solver.startswith("HiGHS")
    assert found.bound >= found.value
    assert found.bound == pytest.approx(found.value, rel=2e-7)
    assert "dual bound" in found.bound_source
    assert {limit.name for limit in found.binding} == {"budget total", "renewal"}
    assert dict(found.unspent) == {2014: 0.0}
    assert found.unspent_reason == ""
    step = found.marginal_value[2014]
    assert step.step == pytest.approx(3000.0)
    assert step.value == pytest.approx(10 + 0.08 / (0.003 * (1 - 0.272 - 0.034 * 0.06)))


def test_marginal_value_by_year_is_what_more_money_brings() -> None:
    scenario = scenario_of(horizon=3, budget=Budget(per_year=80.0))
    found = oshopt.allocate(scenario, "effect").certificate
    assert list(found.marginal_value) == [2026, 2027, 2028]
    assert all(value.per_unit == pytest.approx(0.006 / 3) for value in found.marginal_value.values())


def test_break_evens_of_the_reference_case() -> None:
    found = oshopt.allocate(reference(), explain=True).certificate.break_even
    assert set(found) == set(reference().measures)
    for name, measure in reference().measures.items():
        inside = measure.weight >= 0.035
        turn = 0.034 if inside else 0.035
        assert found[name].in_plan == inside
        assert found[name].verified
        assert found[name].weight == pytest.approx(turn, rel=2e-3)
        if measure.weight > 0:
            assert found[name].cost == pytest.approx(50000 * measure.weight / turn, rel=4e-3)


def test_break_even_flips_the_answer_when_the_scenario_is_changed() -> None:
    scenario, name = reference(), "m30"
    point = oshopt.allocate(scenario, explain=True).certificate.break_even[name]
    for factor, expected in ((0.99, True), (1.01, False)):
        changed = scenario.measures[name].update(full_cost=(point.cost or 0.0) * factor)
        plan = oshopt.allocate(scenario.update(measures={**scenario.measures, name: changed}))
        assert (sum(plan.spend[name].values()) > 0) == expected


def test_measures_of_duty_and_of_no_cost_have_no_break_even() -> None:
    rows = (
        Measure(id="a", weight=0.4, full_cost=0.0),
        Measure(id="b", weight=0.3, full_cost=10.0, mandatory=True),
        Measure(id="c", weight=0.3, full_cost=10.0, status_quo=1.0),
    )
    found = oshopt.allocate(scenario_of(measures=rows), explain=True).certificate.break_even
    assert all(point.weight is None and point.cost is None for point in found.values())


def test_unspent_money_is_said_with_its_reason() -> None:
    full = oshopt.allocate(scenario_of(budget=Budget(per_year=500.0))).certificate
    assert dict(full.unspent) == {2026: 300.0}
    assert "carried out in full" in full.unspent_reason
    rows = (BudgetEntry(line="own", amount=60.0), BudgetEntry(line="grant", amount=150.0, measures=("b",)))
    lines = oshopt.allocate(scenario_of(budget=Budget(), budgets=rows), "effect").certificate
    assert lines.unspent[2026] == pytest.approx(50.0)
    assert "eligible" in lines.unspent_reason
    dear = oshopt.allocate(scenario_of(), "cost", limits={"effect": 0.1}).certificate
    assert "not asked for" in dear.unspent_reason


def test_exceeded_groups_do_not_stop_a_plan() -> None:
    groups = (
        WorkGroup(id="g", risk_increment=0.004, acceptable_risk=0.1, served=30.0),
        WorkGroup(id="h", risk_increment=0.004, acceptable_risk=0.1),
    )
    plan = oshopt.allocate(scenario_of(groups=groups))
    assert plan.certificate.value == pytest.approx(plan.evaluation.safe_service["h"])
    alone = oshopt.allocate(scenario_of(groups=groups[:1]))
    assert alone.certificate.value == pytest.approx(25.0)
    assert alone.certificate.status == "optimal"
    assert alone.evaluation.epsilon["g"][2026] == pytest.approx(0.6)


@pytest.mark.parametrize(
    ("lie", "words"),
    [
        (lambda answer, _: answer.values * 0 + 1.0, "breaks"),
        (lambda answer, _: np.maximum(answer.values, 0.5), "breaks"),
    ],
)
def test_a_solver_that_lies_about_feasibility_is_caught(monkeypatch: Any, lie: Any, words: str) -> None:
    honest = adapter.solver_named("highs")

    def liar(program: Program, objective: Any, *rest: Any) -> adapter.Answer:
        answer = honest(program, objective, *rest)
        return adapter.Answer(answer.termination, answer.reason, lie(answer, program), answer.duals)

    monkeypatch.setattr(adapter, "solver_named", lambda _: liar)
    with pytest.raises(SolverError, match=words):
        oshopt.allocate(reference(), "effect")


def test_a_solver_that_calls_a_poor_plan_optimal_is_not_believed(monkeypatch: Any) -> None:
    honest = adapter.solver_named("highs")

    def lazy(program: Program, objective: Any, *rest: Any) -> adapter.Answer:
        answer = honest(program, objective, *rest)
        return adapter.Answer(answer.termination, answer.reason, np.zeros_like(answer.values), answer.duals)

    monkeypatch.setattr(adapter, "solver_named", lambda _: lazy)
    found = oshopt.allocate(reference(), "effect").certificate
    assert found.status == "feasible"
    assert found.gap == pytest.approx(0.272)


def sites(**parts: Any) -> Scenario:
    """Return three whole measures of which two fit, for two groups that they reach differently."""
    weights = {"a": 0.5, "b": 0.3, "c": 0.2}
    rows = [Measure(id=name, weight=k, full_cost=40.0, kind=Kind.WHOLE) for name, k in weights.items()]
    groups = [WorkGroup(id=name, risk_increment=0.004, acceptable_risk=0.1, headcount=10) for name in "gh"]
    reach = (Effect(measure="a", on=Target.GROUP, target="h", effect=0.1),)
    return scenario_of(measures=tuple(rows), groups=tuple(groups), effects=reach, **parts)


def plant(monkeypatch: Any, lie: Callable[[Answer, Program], Answer]) -> None:
    """Put a solver that lies about programs with whole numbers in the place of HiGHS."""
    named = adapter.solver_named

    def liar(program: Program, objective: Any, *rest: Any) -> Answer:
        answer = named("highs")(program, objective, *rest)
        return lie(answer, program) if program.integer.any() else answer

    monkeypatch.setattr(adapter, "solver_named", lambda name: liar if name == "highs" else named(name))


def with_values(change: Callable[[Any, Any], Any]) -> Callable[[Answer, Program], Answer]:
    """Return a lie that changes the values, given which columns are whole numbers."""

    def lie(answer: Answer, program: Program) -> Answer:
        return replace(answer, values=change(answer.values, program.integer)) if len(answer.values) else answer

    return lie


OBJECTIVES = ("effect", "safe_service", "remaining_service", "cases")


@pytest.mark.parametrize("objective", OBJECTIVES)
@pytest.mark.parametrize(
    "lie",
    [
        with_values(lambda values, whole: np.where(whole, 1.0, values)),
        with_values(lambda values, whole: np.where(whole, 0.6, values)),
        with_values(lambda values, whole: np.where(whole, values + 0.7, values)),
        with_values(lambda values, _: values * np.nan),
        with_values(lambda values, _: values[:1]),
    ],
    ids=["all of them", "halves", "beyond bounds", "no numbers", "too few"],
)
def test_whole_numbers_that_break_limits_are_caught(monkeypatch: Any, lie: Any, objective: str) -> None:
    plant(monkeypatch, lie)
    with pytest.raises(SolverError):
        oshopt.allocate(sites(), objective)


@pytest.mark.parametrize("objective", OBJECTIVES)
def test_a_poor_plan_with_whole_numbers_is_not_called_optimal(monkeypatch: Any, objective: str) -> None:
    best = oshopt.allocate(sites(), objective, marginals=False).certificate
    plant(monkeypatch, with_values(lambda values, whole: np.where(whole, 0.0, values)))
    found = oshopt.allocate(sites(), objective, marginals=False).certificate
    assert found.status == "feasible"
    assert abs(found.value - best.value) > 0.04
    assert abs(found.bound - found.value) >= abs(best.value - found.value) * (1 - 1e-6)
    assert found.gap == pytest.approx(abs(found.bound - found.value) / max(1.0, abs(found.value)))


@pytest.mark.parametrize("objective", OBJECTIVES)
@pytest.mark.parametrize("termination", [Termination.OPTIMAL, Termination.LIMIT])
@pytest.mark.parametrize("bound", [-math.inf, math.nan, -1e9])
def test_a_bound_that_proves_nothing_gives_no_optimum(
    monkeypatch: Any, objective: str, termination: Termination, bound: float
) -> None:
    plant(monkeypatch, lambda answer, _: replace(answer, termination=termination, bound=bound))
    found = oshopt.allocate(sites(), objective, marginals=False).certificate
    assert found.status == "feasible"
    assert found.gap > 1e-3
    assert not math.isnan(found.bound)
    sign = -1 if objective == "cases" else 1
    assert sign * found.bound >= sign * oshopt.allocate(sites(), objective, solver="cbc").certificate.value - 1e-9


@pytest.mark.parametrize("objective", ["effect", "cases"])
def test_a_bound_that_the_plan_itself_passes_is_caught(monkeypatch: Any, objective: str) -> None:
    plant(monkeypatch, lambda answer, _: replace(answer, bound=answer.bound + 0.1))
    with pytest.raises(SolverError, match="better than the bound"):
        oshopt.allocate(sites(), objective, marginals=False)


@pytest.mark.parametrize("objective", [*OBJECTIVES, "cost"])
def test_a_solver_that_denies_the_plan_that_exists_is_caught(monkeypatch: Any, objective: str) -> None:
    plant(monkeypatch, lambda answer, _: replace(answer, termination=Termination.INFEASIBLE, values=np.array([])))
    with pytest.raises(SolverError, match="cbc has found one"):
        oshopt.allocate(sites(), objective)


def test_a_solver_that_lies_about_the_value_is_not_asked_for_it(monkeypatch: Any) -> None:
    honest = oshopt.allocate(sites(), "effect", marginals=False)
    plant(monkeypatch, lambda answer, _: replace(answer, reason="value 1e9, better than ever"))
    assert oshopt.allocate(sites(), "effect", marginals=False) == honest


def test_the_bound_on_whole_numbers_is_said_to_be_the_solvers() -> None:
    assert "the solver's bound" in oshopt.allocate(sites(), "effect", marginals=False).certificate.bound_source


def small_program(rng: np.random.Generator, columns: int, rows: int) -> tuple[Program, np.ndarray]:
    matrix = rng.normal(size=(rows, columns))
    inside = rng.uniform(0.1, 0.9, size=columns)
    written = Rows(0)
    for j in range(columns):
        written.add_column(f"v{j}", 0.0, 1.0)
    for i in range(rows):
        written.add_vector(f"r{i}", matrix[i], -np.inf, float(matrix[i] @ inside + rng.uniform(0, 0.5)))
    return written.program(), rng.normal(size=columns)


@pytest.mark.parametrize("solver", ["highs", "cbc"])
@pytest.mark.parametrize("seed", range(5))
def test_adapter_and_dual_bound_against_scipy(seed: int, solver: str) -> None:
    program, objective = small_program(np.random.default_rng(seed), 12, 7)
    answer = adapter.solver_named(solver)(program, objective)
    expected = linprog(objective, program.matrix, program.high, bounds=(0, 1)).fun
    assert objective @ answer.values == pytest.approx(expected, abs=1e-7)
    assert program.dual_bound(objective, answer.duals) == pytest.approx(expected, abs=1e-7)
    for duals in (answer.duals * 0, answer.duals * 1.3, -answer.duals, np.ones(7), -np.ones(7)):
        assert program.dual_bound(objective, duals) <= expected + 1e-9


@pytest.mark.parametrize("seed", range(5))
def test_polish_restores_lost_digits(seed: int) -> None:
    rng = np.random.default_rng(seed)
    program, objective = small_program(rng, 12, 7)
    exact = linprog(objective, program.matrix, program.high, bounds=(0, 1)).x
    rough = np.clip(exact + rng.uniform(-1e-8, 1e-8, size=12), 0, 1)
    polished = polish_values(program, rough)
    assert np.abs(polished - exact).max() < 1e-12
    assert program.violation(polished) < 1e-12


def test_infeasible_programs_are_said_to_be() -> None:
    rows = Rows(0)
    rows.add_column("v", 0.0, 1.0)
    rows.add_vector("too much", np.ones(1), 2.0, math.inf)
    for solver in ("highs", "cbc"):
        answer = adapter.solver_named(solver)(rows.program(), np.array([1.0]))
        assert answer.termination is adapter.Termination.INFEASIBLE
