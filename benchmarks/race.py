"""Measure HiGHS against CBC on whole-number programs of growing hardness: would a race of both on two cores pay?

A race takes at least the quicker of the two, by the clock on the wall with a core for each. Times are processor time,
of CBC that of its own process too.

Usage: python -m benchmarks.race [--limit SECONDS]
"""

from __future__ import annotations

import argparse
import os
import time
from dataclasses import dataclass

import numpy as np

from benchmarks.allocation import Spec
from benchmarks.allocation import scenario_of as spread_scenario
from oshopt.allocation.adapter import SOLVERS, Answer, solver_named
from oshopt.allocation.effort import Effort
from oshopt.allocation.formulation import formulate
from oshopt.allocation.planner import task_of
from oshopt.allocation.program import Program
from oshopt.model import Budget, BudgetEntry, CostEntry, Kind, Measure, Scenario, Settings, WorkGroup


@dataclass(frozen=True, slots=True)
class Knapsack:
    """Whole measures that each take money from several lines in one year."""

    measures: int
    lines: int
    tightness: float = 0.5
    """Money of a line as a share of what all measures would take from it."""
    seed: int = 1


INSTANCES: tuple[Knapsack | Spec, ...] = (
    Knapsack(30, 5),
    Knapsack(50, 5),
    Knapsack(60, 5, 0.25),
    Knapsack(60, 10),
    Knapsack(100, 5),
    Spec(31, groups=5, whole=0.33, gap=1e-4),
    Spec(100, whole=0.3, gap=1e-4),
    Spec(300, whole=0.3, gap=1e-4),
)
"""Knapsacks, then plans of ten years, each from easy to hard."""


def knapsack_scenario(problem: Knapsack) -> Scenario:
    """Return a knapsack's scenario: what a measure is worth goes with what it takes, which makes it hard."""
    rng = np.random.default_rng(problem.seed)
    use = rng.integers(1, 1000, (problem.lines, problem.measures))
    worth = use.mean(axis=0) + 500 * rng.random(problem.measures)
    names = [f"m{i:02d}" for i in range(problem.measures)]
    measures = {
        name: Measure(id=name, weight=float(worth[j] / worth.sum()), kind=Kind.WHOLE, full_cost=float(use[:, j].sum()))
        for j, name in enumerate(names)
    }
    amounts = problem.tightness * use.sum(axis=1)
    return Scenario(
        settings=Settings(name="knapsack", currency="EUR", start_year=2026, horizon=1, budget=Budget()),
        measures=measures,
        groups={"all": WorkGroup(id="all", risk_increment=0.004, acceptable_risk=0.1, headcount=100)},
        budgets=tuple(BudgetEntry(line=f"line{i}", amount=float(z)) for i, z in enumerate(amounts)),
        costs=tuple(
            CostEntry(measure=name, line=f"line{i}", cost=float(use[i, j]))
            for i in range(problem.lines)
            for j, name in enumerate(names)
        ),
    )


def posed(instance: Knapsack | Spec) -> tuple[Program, np.ndarray, float]:
    """Return an instance's program, the mean effect as what is sought, and the relative gap asked for."""
    knapsack = isinstance(instance, Knapsack)
    plain = formulate(task_of(knapsack_scenario(instance) if knapsack else spread_scenario(instance), ()))
    vector = -plain.mean_effect_vector()
    return plain.program, vector / np.abs(vector).max(), 1e-7 if knapsack else instance.gap


def timed(name: str, program: Program, vector: np.ndarray, gap: float, limit: float) -> tuple[Answer, float]:
    """Return a solver's answer and its processor time, children's too."""
    begun = os.times()
    effort = Effort(relative=gap, asked=gap, deadline=time.monotonic() + limit)
    answer = solver_named(name)(program, vector, effort)
    return answer, sum(os.times()[:4]) - sum(begun[:4])


def _outcome(program: Program, vector: np.ndarray, answer: Answer) -> str:
    """Return how a solver ended, what its answer is worth, and by how much that breaks a limit."""
    if not answer.values.size:
        return answer.termination
    return f"{answer.termination} {float(vector @ answer.values):.8g} off by {program.violation(answer.values):.0e}"


def main() -> None:
    """Time both solvers on every instance and print a table."""
    parser = argparse.ArgumentParser(description="Time HiGHS against CBC on whole-number programs.")
    parser.add_argument("--limit", type=float, default=60.0, help="seconds that a solver may take")
    limit = parser.parse_args().limit
    print(f"{'instance':<42}{'binary':>7}{'HiGHS s':>10}{'CBC s':>10}{'HiGHS / quicker':>17}")
    for instance in INSTANCES:
        program, vector, gap = posed(instance)
        found = {name: timed(name, program, vector, gap, limit) for name in SOLVERS}
        own, other = (found[name][1] for name in SOLVERS)
        label = f"{instance.measures} measures, " + (
            f"{instance.lines} lines, {instance.tightness:g} of costs"
            if isinstance(instance, Knapsack)
            else f"{instance.years} years, {instance.groups} groups"
        )
        ends = ", ".join(f"{name} {_outcome(program, vector, answer)}" for name, (answer, _) in found.items())
        print(
            f"{label:<42}{int(program.integer.sum()):>7}{own:>10.2f}{other:>10.2f}{own / min(own, other):>17.2f}"
            f"  {ends}",
            flush=True,
        )


if __name__ == "__main__":
    main()
