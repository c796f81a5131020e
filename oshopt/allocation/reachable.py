"""How far each demand can be met while every other limit holds."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from oshopt.allocation.adapter import Answer, Solver, Termination
from oshopt.allocation.formulation import Formulation, Task, formulate
from oshopt.allocation.looseners import told, unit_words
from oshopt.allocation.measured import outcome_vector
from oshopt.allocation.program import Rows
from oshopt.allocation.search import SERVICE
from oshopt.allocation.targets import AT_MOST, COMPLIANCE, COMPLIANT, OUTCOME, SCORE, Limit
from oshopt.language import numeral, say, sayable
from oshopt.model import Shortfall, ShortfallKind, limit_words
from oshopt.risk.service import Floats

MONEY = ("cost", "net_benefit")
"""Demands in money."""
LEAST = 1e-9
"""Relative size below which nothing is lacking."""
NOTHING_ASKED = -1e6
"""A demand that every plan meets."""
FINE = 1e-9
"""Relative width at which the search for the longest service ends."""


def demands_short(task: Task, unit: str, solve: Solver) -> list[Shortfall]:
    """Return the best that can be reached of each demand that the money and the other limits do not let be met.

    Where the other demands alone have no plan, they are left out.
    """
    found = [_short(task, limit, unit, solve) for limit in task.limits]
    return [shortfall for shortfall in found if shortfall is not None]


def has_plan(task: Task, solve: Solver) -> bool:
    """Tell whether some plan meets every limit of a task."""
    program = formulate(task).program
    answer = solve(program, np.zeros(len(program.columns)))
    return answer.termination in (Termination.OPTIMAL, Termination.LIMIT)


def _short(task: Task, limit: Limit, unit: str, solve: Solver) -> Shortfall | None:
    others = replace(task, limits=tuple(other for other in task.limits if other != limit))
    best = _reach(others, limit, solve)
    text = sayable("limit {limit}: {asked} is demanded, {best} is the best reachable while all else holds.")
    if best is None and others.limits:
        best = _reach(replace(task, limits=()), limit, solve)
        text = sayable("limit {limit}: {asked} is demanded, {best} is the best reachable without the other demands.")
    if best is None:
        return None
    lacking = best - limit.value if limit.kind in AT_MOST else limit.value - best
    if lacking <= LEAST * max(1.0, abs(limit.value)):
        return None
    unit = "years" if limit.kind in SERVICE else unit if limit.kind in MONEY else ""
    figures = [told(v) if limit.kind in MONEY else numeral(f"{v:.10g}") for v in (limit.value, best)]
    asked, reached = (f"{shown} {unit_words(unit)}".strip() for shown in figures)
    words = say(text, limit=limit_words(limit.name), asked=asked, best=reached)
    return Shortfall(f"limit {limit.name}", lacking, unit, words, ShortfallKind.BEST)


def _reach(task: Task, limit: Limit, solve: Solver) -> float | None:
    """Return the best value of one limited quantity under all the other limits; None where they have no plan."""
    if limit.kind in SERVICE:
        return _longest(task, limit, solve)
    if limit.kind in (SCORE, COMPLIANCE):
        return _greatest(task, limit, solve)
    if limit.kind == COMPLIANT:
        demanded = replace(task, limits=(*task.limits, limit))
        return (1.0 if has_plan(demanded, solve) else 0.0) if has_plan(task, solve) else None
    plain = formulate(task)
    if limit.kind == OUTCOME and task.measured is not None:
        line = task.measured.lines[limit.group or ""]
        predictor = _best(solve, plain, *outcome_vector(plain, line.outcome))
        return None if predictor is None else line.outcome_at(predictor)
    arrays = task.arrays
    years = len(arrays.years)
    if limit.kind == "net_benefit":
        return _best(solve, plain, *plain.net_benefit_vector(), -1.0)
    if limit.kind in AT_MOST:
        vector, constant = plain.cases_vector() if limit.kind == "cases" else plain.cost_vector(np.ones(years))
        return _best(solve, plain, vector, constant)
    if limit.kind == "effect" and limit.group is None:
        return _best(solve, plain, -plain.mean_effect_vector(), 0.0, -1.0)
    weights = np.zeros(task.span)
    weights[:years] = 1.0 / years if limit.kind == "effect" else 0.0
    weights[years - 1] = weights[years - 1] or 1.0
    groups = [g for g, name in enumerate(arrays.groups) if limit.group in (None, name)]
    return _least_effect(plain, groups, weights, solve)


def _best(solve: Solver, plain: Formulation, vector: Floats, constant: float, sign: float = 1.0) -> float | None:
    size = float(np.abs(vector).max(initial=0.0)) or 1.0
    answer = solve(plain.program, vector / size)
    return sign * (float(vector @ answer.values) + constant) if _solved(answer) else None


def _greatest(task: Task, limit: Limit, solve: Solver) -> float | None:
    """Return the greatest score, or level of compliance, that can be demanded."""
    plain = formulate(replace(task, limits=(*task.limits, replace(limit, value=NOTHING_ASKED))))
    program, measured = plain.program, task.measured
    row = program.rows.index(f"limit {limit.name}")
    vector = program.matrix[[row]].toarray().ravel() * float(program.scale[row])
    reached = _best(solve, plain, -vector, 0.0, -1.0)
    return None if reached is None or measured is None else reached + measured.fixed(limit)


def _solved(answer: Answer) -> bool:
    return answer.termination in (Termination.OPTIMAL, Termination.LIMIT)


def _least_effect(plain: Formulation, groups: list[int], weights: Floats, solve: Solver) -> float | None:
    """Return the greatest Σ_t w_t·ε that all of the groups can have at once."""
    rows = Rows(len(plain.program.columns))
    least = rows.add_column("least", -1.0, 1.0)
    for g in groups:
        rows.add_vector(f"least {g}", plain.effect_vector(g, weights), 0.0, np.inf, [(least, -1.0)])
    program = plain.program.with_rows(rows)
    objective = np.zeros(len(program.columns))
    objective[least] = -1.0
    answer = solve(program, objective)
    return float(answer.values[least]) if _solved(answer) else None


def _longest(task: Task, limit: Limit, solve: Solver) -> float | None:
    """Return the longest service that can be demanded, at most the one that is."""

    def holds(value: float) -> bool:
        return has_plan(replace(task, limits=(*task.limits, replace(limit, value=value))), solve)

    low, high = 0.0, limit.value
    if not holds(low):
        return None
    if holds(high):
        return high
    while high - low > FINE * high:
        middle = (low + high) / 2
        if holds(middle):
            low = middle
        else:
            high = middle
    return low
