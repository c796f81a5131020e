"""From a scenario to a plan with its proof."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType

import numpy as np

from oshopt.allocation import adapter
from oshopt.allocation.adapter import SOLVERS, Termination
from oshopt.allocation.certificate import PROVEN, Proof, objective_value
from oshopt.allocation.check import TIGHT, slacks
from oshopt.allocation.effort import FEASIBILITY, Effort, never
from oshopt.allocation.explain import explain as explained
from oshopt.allocation.formulation import Task, formulate, unforced
from oshopt.allocation.measured import measured_of, outcome_named
from oshopt.allocation.money import payments_of
from oshopt.allocation.polish import polish_values
from oshopt.allocation.robustness import Asked, asked_for, robust_plan, robustness
from oshopt.allocation.search import Found, NoSolutionError, Search
from oshopt.allocation.shortfall import shortfalls
from oshopt.allocation.targets import Limit, Objective, limits_named, objective_named
from oshopt.language import ENGLISH, speaking
from oshopt.model import (
    AfterHorizon,
    FrozenMap,
    InputError,
    NoPlanError,
    Plan,
    Problem,
    Scenario,
    SolverError,
    Strategy,
    amount,
)
from oshopt.risk import Funding, ScenarioArrays, WeightDraws, arrays_of, effect, evaluate, funding_of
from oshopt.risk.evaluation import discount, spend_of
from oshopt.risk.prices import benefit_rate, ended_rate, prices_of
from oshopt.risk.purchases import Purchases, purchases_of
from oshopt.risk.rules import rule_spans
from oshopt.risk.service import Floats

NO_LIMITS: Mapping[str, float] = MappingProxyType({})
DRAWS = 1000
"""Draws that a robust plan is sought on."""
NOMINAL = 0.5
"""Share of a time limit that the nominal plan may take, where a robust one is sought after it."""
CLOSEST = 1e-9
"""Least relative gap that solvers are asked for."""


def allocate(
    scenario: Scenario,
    objective: str = "safe_service",
    *,
    limits: Mapping[str, float] = NO_LIMITS,
    solver: str = "highs",
    gap: float = PROVEN,
    time_limit: float | None = None,
    stop: Callable[[], bool] = never,
    decided: Strategy | str | None = None,
    robust: tuple[str, float] | str | None = None,
    draws: int = DRAWS,
    seed: int = 1,
    weights: WeightDraws | None = None,
    marginals: bool = True,
    explain: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> Plan:
    """Return the plan that is best for an objective under the scenario's money and duties and the given limits.

    Arguments:
        scenario: what is to be planned.
        objective: `effect`, `safe_service`, `remaining_service`, `cases`, `cost`, `net_benefit` or `outcome:ID`
            (design, section 7).
        limits: demands beside the scenario's own, by name: `effect`, `last_effect`, `safe_service`,
            `remaining_service`, `net_benefit` at least, `cases`, `cost` at most; `effect:workers` holds for one group.
            In the last year `outcome:ID` at most, `score`, `compliance`, `compliance:CATEGORY` at least, `compliant` 1.
        solver: `highs` or `cbc`.
        gap: relative gap between value and bound at which a plan with whole numbers is good enough.
        time_limit: seconds after which the best plan so far is taken, with its true gap.
        stop: asked now and then whether to stop at once with the best plan so far.
        decided: strategy, or its id, whose money on the measures and years that it names is spent already.
        robust: `("cvar", level)` for the best mean of the worst 1 − level of draws of weights and increments, `"mean"`
            for the best mean of all; value and bound are then this measure's. Limits hold for figures as stated.
        draws, seed: number of draws that a robust plan is sought on, and the seed of all its draws.
        weights: gives draws of the weights, in place of the survey in force or of their stated spread.
        marginals: whether the certificate says what more money in each year would bring, by solving again.
        explain: whether the plan says why it is so: each measure's reason, rate of return, and break-even weight and
            cost, the sensitivity to weights and increments, and the difference from the scenario's strategies.
        progress: called with (measures done, all measures) while they are.

    Raises:
        InputError: for a scenario, objective or limit that this version cannot plan.
        NoPlanError: where no plan meets every limit, with what to loosen.
        SolverError: where the solver gives no answer, or one that breaks a limit when it is recomputed.

    """
    effort = _effort(gap, time_limit, stop)
    task = task_of(scenario, limits_named(limits, scenario), decided, objective)
    aim = objective_named(objective)
    require_plannable(scenario, task, aim)
    asked = None if robust is None else asked_for(scenario, aim, robust, draws, seed, weights, explain)
    search = Search(task, aim, adapter.solver_named(solver), effort=effort if asked is None else effort.part(NOMINAL))
    found = _found(scenario, search, solver)
    told = (progress or _silent) if explain and not effort.over else None
    plan = plan_of(scenario, search, found, adapter.version(solver), told, marginals and asked is None)
    return plan if asked is None else _made_robust(scenario, replace(search, effort=effort), found, plan, asked)


def _found(scenario: Scenario, search: Search, solver: str) -> Found:
    """Return what the search finds; raise `NoPlanError` or `SolverError` where that is nothing."""
    try:
        return search.run()
    except NoSolutionError as error:
        if error.infeasible:
            _require_second_opinion(search, solver)
            with speaking(ENGLISH):
                raise NoPlanError(shortfalls(scenario, search.task, search.solve)) from None
        raise SolverError(f"the solver stopped without an answer: {error}") from error


def _made_robust(scenario: Scenario, search: Search, nominal: Found, plan: Plan, asked: Asked) -> Plan:
    """Return the robust plan in place of the nominal one."""
    try:
        found, climbing = robust_plan(scenario, search, nominal, asked)
    except NoSolutionError as error:
        raise SolverError(f"the solver stopped without a robust plan: {error}") from error
    made = plan_of(scenario, search, found, plan.certificate.solver, None, False, judged=found.value)
    stated = (
        objective_value(search.objective, plan.evaluation),
        objective_value(search.objective, made.evaluation),
    )
    return made.model_copy(update={"robustness": robustness(scenario, climbing, found, asked, stated)})


def _silent(_: int, __: int) -> None:
    """Take a count of what is done, and say nothing."""


def _effort(gap: float, time_limit: float | None, stop: Callable[[], bool]) -> Effort:
    problems = []
    if not 0 <= gap < 1:
        problems.append(Problem("options", "", "gap", f"{gap:g}", "the gap is no share", "Give 0 up to below 1."))
    if time_limit is not None and not time_limit > 0:
        remedy = "Give seconds above 0, or leave the limit out."
        problems.append(Problem("options", "", "time_limit", f"{time_limit:g}", "there is no time", remedy))
    if problems:
        raise InputError(problems)
    deadline = math.inf if time_limit is None else time.monotonic() + time_limit
    relative = max(CLOSEST, gap / 10 if gap <= PROVEN else gap)
    return Effort(relative=relative, deadline=deadline, stop=stop)


def _require_second_opinion(search: Search, solver: str) -> None:
    """Raise `SolverError` where the other solver finds a plan although this one says that there is none."""
    other = next(name for name in SOLVERS if name != solver)
    program = formulate(search.task).program
    answer = adapter.solver_named(other)(program, np.zeros(len(program.columns)), search.effort)
    if answer.termination in (Termination.OPTIMAL, Termination.LIMIT):
        values = polish_values(program.fixed(answer.values), answer.values)
        if program.violation(values) <= FEASIBILITY:
            raise SolverError(f"{solver} says that no plan exists, but {other} has found one")


def task_of(
    scenario: Scenario, limits: tuple[Limit, ...], decided: Strategy | str | None = None, objective: str = ""
) -> Task:
    """Return a scenario with limits in arrays; raise `InputError` where this version cannot obey it.

    `objective` matters where a forecast outcome is sought.
    """
    arrays = arrays_of(scenario)
    keep = scenario.settings.after_horizon is AfterHorizon.KEEP
    funding, rules = funding_of(scenario, arrays), tuple(rule_spans(scenario, arrays))
    fixed = () if decided is None else _decided(scenario, arrays, decided)
    named = objective.partition(":")[0] == Objective.OUTCOME
    measured = measured_of(scenario, outcome_named(objective, scenario, "objective") if named else None, limits)
    benefit, ended = benefit_rate(scenario), ended_rate(scenario)
    return Task(arrays, funding, keep, discount(scenario), benefit, ended, limits, rules, fixed, measured)


def _decided(scenario: Scenario, arrays: ScenarioArrays, decided: Strategy | str) -> tuple[tuple[int, int, float], ...]:
    """Return (measure, year, extent) of every measure and year that a strategy names."""
    strategy = scenario.strategy(decided) if isinstance(decided, str) else decided
    scenario.require_known(strategy)
    spend = spend_of(strategy, arrays)
    bought = purchases_of(arrays, strategy, spend, np.repeat(arrays.room[:, None], len(arrays.years), axis=1))
    wasted = spend - bought.cost > 1e-9 * spend
    if wasted.any():
        remedy = "Decide on money that buys something: up to the full cost, at least the minimum, a whole level."
        message = "money decided already buys nothing"
        places = [(arrays.measures[m], arrays.years[t], spend[m, t]) for m, t in np.argwhere(wasted).tolist()]
        raise InputError(
            [
                Problem("strategies", f"{strategy.id} {name} {year}", "spend", amount(money), message, remedy)
                for name, year, money in places
            ]
        )
    named = {(name, year) for table in (strategy.spend, strategy.shares) for name, row in table.items() for year in row}
    cells = [(arrays.measures.index(name), arrays.years.index(year)) for name, year in sorted(named)]
    return tuple((m, t, float(bought.extent[m, t])) for m, t in cells)


def require_plannable(scenario: Scenario, task: Task, objective: Objective) -> None:
    """Raise `InputError` where an objective cannot be sought: without money or prices, or with risk that passes 1."""
    problems: list[Problem] = []
    wanted = {objective.value, *(limit.kind for limit in task.limits)}
    if Objective.NET_BENEFIT in wanted and not (task.benefit.any() or task.ended.any()):
        remedy = "Give costs.per_case, costs.per_injury or per_lost_day with injury_rate of groups, or rows of losses."
        message = "nothing that a plan avoids has a price"
        problems.append(Problem("scenario", "costs", "costs.per_case", "", message, remedy))
    if task.funding.unlimited and objective is not Objective.COST:
        remedy = "Give budget.total or budget.per_year, or lines in the table budgets; or plan for least cost."
        problems.append(Problem("scenario", "budget", "budget.total", "", "no money is given to plan with", remedy))
    priced = prices_of(scenario).case > 0 and Objective.NET_BENEFIT in wanted
    wants_cases = Objective.CASES in wanted or priced
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


def plan_of(
    scenario: Scenario,
    search: Search,
    found: Found,
    solver: str,
    explain: Callable[[int, int], None] | None,
    marginals: bool,
    judged: float | None = None,
) -> Plan:
    """Return what was found as a plan with its certificate; raise `SolverError` where it does not stand the check."""
    task, arrays = search.task, search.task.arrays
    bought = found.bought
    strategy = Strategy(id="optimum", spend=arrays.by_measure(bought.cost), shares=_begun(task, bought))
    evaluation = evaluate(scenario, strategy)
    payments = _payments(found, bought)
    checked = slacks(scenario, task, bought, payments, evaluation)
    tight = {slack.name: slack.text for slack in checked if slack.text and slack.size < TIGHT}
    why = None if explain is None else explained(scenario, search, found, bought, tight, explain)
    points = {} if why is None else why.break_even
    proof = Proof(search, found, bought, payments, evaluation, checked, solver, points, marginals, judged)
    return Plan(
        scenario=scenario.name,
        objective=search.objective.value,
        limits=FrozenMap({limit.name: limit.value for limit in task.limits}),
        reached=FrozenMap({limit.name: task.found(limit, evaluation) for limit in task.limits}),
        spend=strategy.spend,
        shares=arrays.by_measure(np.where(arrays.free[:, None], 0.0, bought.share)),
        begun=strategy.shares,
        lines=_by_line(task.funding, arrays, payments),
        certificate=proof.certificate(),
        evaluation=evaluation,
        explanation=None if why is None else why.explanation,
    )


def _begun(task: Task, bought: Purchases) -> FrozenMap[str, FrozenMap[int, float]]:
    """Return the extent that begins, of measures for which money alone does not tell it."""
    arrays = task.arrays
    rows = {*arrays.choices, *np.flatnonzero(unforced(task)).tolist()}
    return FrozenMap({arrays.measures[row]: arrays.by_year(bought.extent[row]) for row in rows})


def _payments(found: Found, bought: Purchases) -> Floats:
    plain, arrays = found.formulation, found.formulation.task.arrays
    if plain.flows is None:
        return bought.named
    kept = np.repeat(arrays.status_quo[:, None], len(arrays.years), axis=1)
    cost = bought.cost + effect.upkeep(arrays, bought.share, kept)
    return payments_of(plain.flows, found.values, cost, bought.named)


def _by_line(
    funding: Funding, arrays: ScenarioArrays, payments: Floats
) -> FrozenMap[str, FrozenMap[str, FrozenMap[int, float]]]:
    return FrozenMap({name: arrays.by_measure(payments[line]) for line, name in enumerate(funding.lines)})
