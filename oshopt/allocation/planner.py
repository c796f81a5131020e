"""From a scenario to a plan with its proof."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import pairwise
from types import MappingProxyType

import numpy as np

from oshopt.allocation import adapter
from oshopt.allocation.certificate import Proof
from oshopt.allocation.check import slacks
from oshopt.allocation.explain import break_evens
from oshopt.allocation.formulation import Formulation, Task
from oshopt.allocation.search import Found, NoSolutionError, Search
from oshopt.allocation.shortfall import shortfalls
from oshopt.allocation.targets import Limit, Objective, limits_named, objective_named
from oshopt.model import (
    AfterHorizon,
    BreakEven,
    FrozenMap,
    InputError,
    NoPlanError,
    Plan,
    Problem,
    Scenario,
    SolverError,
    Strategy,
    require_built,
)
from oshopt.risk import Funding, ScenarioArrays, arrays_of, evaluate, funding_of
from oshopt.risk.evaluation import discount
from oshopt.risk.service import Floats

NO_LIMITS: Mapping[str, float] = MappingProxyType({})


def allocate(
    scenario: Scenario,
    objective: str = "safe_service",
    *,
    limits: Mapping[str, float] = NO_LIMITS,
    solver: str = "highs",
    marginals: bool = True,
    explain: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> Plan:
    """Return the plan that is best for an objective under the scenario's money and duties and the given limits.

    Arguments:
        scenario: what is to be planned.
        objective: `effect`, `safe_service`, `remaining_service`, `cases` or `cost` (design, section 7).
        limits: demands beside the scenario's own, by name: `effect`, `last_effect`, `safe_service`,
            `remaining_service` at least, `cases`, `cost` at most; `effect:workers` holds for one group.
        solver: `highs` or `cbc`.
        marginals: whether the certificate says what more money in each year would bring, by solving again.
        explain: whether each measure's break-even weight and cost are found, by solving many more programs.
        progress: called with (measures done, all measures) while they are.

    Raises:
        InputError: for a scenario, objective or limit that this version cannot plan.
        NoPlanError: where no plan meets every limit, with what to loosen.
        SolverError: where the solver gives no answer, or one that breaks a limit when it is recomputed.

    """
    task = _task(scenario, limits_named(limits, scenario))
    aim = objective_named(objective)
    _require_plannable(task, aim)
    solve = adapter.solver_named(solver)
    search = Search(task, aim, solve)
    try:
        found = search.run()
    except NoSolutionError as error:
        if error.infeasible:
            raise NoPlanError(shortfalls(scenario, task, solve)) from None
        raise SolverError(f"the solver stopped without an answer: {error}") from error
    reasons = break_evens(search, found, progress) if explain else {}
    return _plan(scenario, search, found, adapter.version(solver), reasons, marginals)


def _task(scenario: Scenario, limits: tuple[Limit, ...]) -> Task:
    require_built(scenario)
    arrays = arrays_of(scenario)
    keep = scenario.settings.after_horizon is AfterHorizon.KEEP
    return Task(arrays, funding_of(scenario, arrays), keep, discount(scenario), limits)


def _require_plannable(task: Task, objective: Objective) -> None:
    problems = [*_convex_curves(task.arrays)]
    if task.funding.unlimited and objective is not Objective.COST:
        remedy = "Give budget.total or budget.per_year, or lines in the table budgets; or plan for least cost."
        problems.append(Problem("scenario", "budget", "budget.total", "", "no money is given to plan with", remedy))
    wants_cases = objective is Objective.CASES or any(limit.kind == "cases" for limit in task.limits)
    risk, arrays = task.begin.risk, task.arrays
    passing = (risk < 1) & (risk + arrays.increment * len(arrays.years) > 1)
    if wants_cases:
        problems += [
            Problem("groups", arrays.groups[g], "risk_increment", f"{arrays.increment[g]:g}", message, remedy)
            for g in np.flatnonzero(passing)
            for message in ["risk passes 1 inside the horizon, where cases are no longer linear in the effect"]
            for remedy in ["Plan for another objective, or shorten the horizon."]
        ]
    if problems:
        raise InputError(problems)


def _convex_curves(arrays: ScenarioArrays) -> list[Problem]:
    problems = []
    for row, (cost, gain) in arrays.curves.items():
        slopes = np.diff(gain) / np.diff(cost)
        if any(after > before * (1 + 1e-12) for before, after in pairwise(slopes.tolist())):
            message = "the curve is not concave: that needs the allocator of whole measures and levels, not built yet"
            remedy = "Give points whose gain per money never rises, or take the rows out."
            problems.append(Problem("levels", arrays.measures[row], "effect", "", message, remedy))
    return problems


def _plan(
    scenario: Scenario,
    search: Search,
    found: Found,
    solver: str,
    reasons: Mapping[str, BreakEven],
    marginals: bool,
) -> Plan:
    task, arrays = search.task, search.task.arrays
    shares = np.where(arrays.full_cost > 0, found.shares, 0.0)
    spend = shares * arrays.full_cost
    evaluation = evaluate(scenario, Strategy(id="optimum", spend=arrays.by_measure(spend)))
    flows = _flows(found.formulation, found.values)
    free = np.where(arrays.full_cost > 0, shares, arrays.room[:, None])
    checked = slacks(scenario, task, free, flows, evaluation)
    proof = Proof(search, found, free, flows, evaluation, checked, solver, reasons, marginals)
    return Plan(
        scenario=scenario.name,
        objective=search.objective.value,
        limits=FrozenMap({limit.name: limit.value for limit in task.limits}),
        spend=arrays.by_measure(spend),
        shares=arrays.by_measure(shares),
        lines=_by_line(task.funding, arrays, flows),
        certificate=proof.certificate(),
        evaluation=evaluation,
    )


def _flows(formulation: Formulation, values: Floats) -> Floats:
    column = formulation.flow
    return np.where(column >= 0, values[np.maximum(column, 0)], 0.0) * formulation.unit


def _by_line(
    funding: Funding, arrays: ScenarioArrays, flows: Floats
) -> FrozenMap[str, FrozenMap[str, FrozenMap[int, float]]]:
    return FrozenMap({name: arrays.by_measure(flows[line]) for line, name in enumerate(funding.lines)})
