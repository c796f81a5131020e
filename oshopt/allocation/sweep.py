"""The frontier: the best plan for each of a row of budgets, or the cheapest for each of a row of targets.

Every point is a plan with its certificate. Between the points, budgets at which a measure enters or leaves are narrowed
down by solving.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence

from oshopt.allocation import adapter
from oshopt.allocation.asking import Asking, Progress
from oshopt.allocation.over_budgets import over_budgets
from oshopt.allocation.over_targets import over_targets
from oshopt.allocation.planner import NO_LIMITS, require_plannable, task_of
from oshopt.allocation.scaling import scaling_of
from oshopt.allocation.targets import Objective, limits_named, objective_named
from oshopt.language import numeral, say
from oshopt.model import Frontier, InputError, Problem, Scenario

POINTS = 12
"""Points, about so many, where none are given."""
MOST_POINTS = 500
"""Points that may be asked for."""


def frontier(
    scenario: Scenario,
    objective: str = "safe_service",
    *,
    budgets: Sequence[float] | None = None,
    targets: Sequence[float] | None = None,
    points: int = POINTS,
    limits: Mapping[str, float] = NO_LIMITS,
    solver: str = "highs",
    entries: bool = True,
    progress: Progress | None = None,
) -> Frontier:
    """Return the best plan for each of a row of budgets, or the cheapest for each of a row of targets.

    For a budget all money of the scenario (total, money a year, every line's amounts) is multiplied by one factor;
    demands (legal minimum, duties, rules, limits) stay. Budgets are a year, as the mean over the horizon, where the
    scenario gives money by year, and for the whole horizon where it gives a mere total. Targets are values that the
    objective must reach within the scenario's own money.

    Arguments:
        scenario: what is to be planned.
        objective: what is sought, or what targets demand: `effect`, `safe_service`, `remaining_service`,
            `cases` or `net_benefit`.
        budgets: budgets of the points, 0 or more.
        targets: targets of the points, 0 or more.
        points: about how many budgets to choose, from the least with which a plan exists to the one beyond which
            nothing is gained, where neither budgets nor targets are given.
        limits: demands beside the scenario's own, as of `allocate`.
        solver: `highs` or `cbc`.
        entries: whether the budgets are found at which each measure enters or leaves the plan.
        progress: called with (steps done, all steps) while points and measures are.

    Raises:
        InputError: for a scenario, objective, limit, budget or target that cannot be used.
        NoPlanError: where no budget allows a plan; a single point without a plan is said to be so in the frontier.
        SolverError: where the solver gives no answer, or one that does not stand recomputation.

    """
    aim = objective_named(objective)
    asked = _asked(aim, budgets, targets, points, limits)
    task = task_of(scenario, limits_named(limits, scenario), objective=objective)
    require_plannable(scenario, task, aim)
    twice = _twice(budgets or targets or ())
    solve = adapter.solver_named(solver)
    asking = Asking(scenario, aim, dict(limits), solver, solve, progress or _silent, twice)
    if targets is not None:
        return over_targets(asking, asked)
    return over_budgets(asking, scaling_of(scenario, task), None if budgets is None else asked, points, entries=entries)


def _twice(given: Sequence[float]) -> tuple[str, ...]:
    twice = sorted(value for value, count in Counter(map(float, given)).items() if count > 1)
    return tuple(
        say("{figure} is given more than once and planned for once.", figure=numeral(f"{value:.10g}"))
        for value in twice
    )


def _silent(done: int, whole: int) -> None:
    del done, whole


def _wrong_objective(aim: Objective, by_targets: bool) -> list[Problem]:
    if aim is Objective.COST:
        remedy = "Name what is bought: safe_service, remaining_service, effect or cases."
        return [Problem("options", "", "objective", "cost", "a frontier holds something against cost", remedy)]
    if aim is Objective.OUTCOME and by_targets:
        message = "a forecast outcome is swept over budgets only"
        return [Problem("options", "", "objective", "outcome", message, "Leave the targets out.")]
    return []


def _asked(
    aim: Objective,
    budgets: Sequence[float] | None,
    targets: Sequence[float] | None,
    points: int,
    limits: Mapping[str, float],
) -> list[float]:
    """Return the budgets or targets in rising order, each once; raise `InputError` with every mistake."""
    given, name = (targets, "targets") if targets is not None else (budgets or [], "budgets")
    problems = _wrong_objective(aim, targets is not None)
    if budgets is not None and targets is not None:
        problems.append(Problem("options", "", "targets", "", "budgets are given too", "Give one of the two."))
    if targets is not None and aim in limits:
        message = "the targets demand this already"
        problems.append(Problem("options", "", "limit", str(aim), message, "Leave the limit out, or the targets."))
    if (budgets is not None or targets is not None) and not given:
        problems.append(
            Problem("options", "", name, "", "there are none", "Give at least one, or leave the option out.")
        )
    if not 2 <= points <= MOST_POINTS:
        problems.append(Problem("options", "", "points", str(points), "out of range", f"Give 2 to {MOST_POINTS}."))
    if len(given) > MOST_POINTS:
        problems.append(Problem("options", "", name, str(len(given)), "too many", f"Give {MOST_POINTS} at most."))
    for value in given:
        wrong = isinstance(value, bool) or not isinstance(value, int | float)
        if wrong or not math.isfinite(value) or value < 0:
            remedy = "Give finite numbers of 0 or more."
            problems.append(Problem("options", "", name, str(value), "not an amount", remedy))
    if problems:
        raise InputError(problems)
    return sorted({float(value) for value in given})
