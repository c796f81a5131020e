"""The only place that speaks PuLP: a `Program` in, values, multipliers and a status out. Always minimises.

A solver's answer is a proposal: values are polished (`polish`), checked and bounded outside.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np

from oshopt.allocation.program import Program
from oshopt.model import InputError, Problem, nearest
from oshopt.risk.service import Floats

FEASIBILITY = 1e-9
"""Tolerance asked of the solvers on rows, bounds and reduced costs."""


class Termination(StrEnum):
    """Why a solver stopped."""

    OPTIMAL = "optimal"
    INFEASIBLE = "infeasible"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """A solver's proposal: values of the columns and multipliers of the rows (empty where it found none)."""

    termination: Termination
    reason: str
    values: Floats
    duals: Floats


Solver = Callable[[Program, Floats], Answer]
"""Minimises an objective (n,) over a program."""


def solver_named(name: str) -> Solver:
    """Return the solver of that name: `highs` or `cbc`. Raises `InputError` for another name."""
    makers: dict[str, Callable[[Any], Any]] = {"highs": _highs, "cbc": _cbc}
    if name not in makers:
        problem = Problem("options", "", "solver", name, "there is no such solver", nearest(name, makers))
        raise InputError([problem])
    make = makers[name]

    def solve(program: Program, objective: Floats) -> Answer:
        import pulp

        return _solve(pulp, make(pulp), program, objective)

    return solve


def version(name: str) -> str:
    """Return the solver's name and version for people."""
    import highspy
    import pulp

    if name == "highs":
        solver = highspy.Highs()
        return f"HiGHS {solver.version()} through PuLP {pulp.VERSION}"
    return f"CBC, bundled with PuLP {pulp.VERSION}"


def _highs(pulp: Any) -> Any:
    return pulp.HiGHS(msg=False, primal_feasibility_tolerance=FEASIBILITY, dual_feasibility_tolerance=FEASIBILITY)


def _cbc(pulp: Any) -> Any:
    options = [f"primalTolerance {FEASIBILITY}", f"dualTolerance {FEASIBILITY}"]
    return pulp.PULP_CBC_CMD(msg=False, options=options, _skip_v4_deprecation=True)


@dataclass(frozen=True, slots=True, eq=False)
class _Written:
    """A program as PuLP has it: one variable a column, and each constraint with the row that it is a side of."""

    problem: Any
    variables: list[Any]
    constraints: list[tuple[int, Any]]


def _write(pulp: Any, program: Program, objective: Floats) -> _Written:
    problem = pulp.LpProblem("oshopt", pulp.LpMinimize)
    bounds = zip(program.lower.tolist(), program.upper.tolist(), strict=True)
    variables = [problem.add_variable(f"v{j:07d}", low, high) for j, (low, high) in enumerate(bounds)]
    weights = objective.tolist()
    problem.setObjective(pulp.LpAffineExpression([(variables[j], w) for j, w in enumerate(weights) if w]))
    index, value, ends = program.matrix.indices.tolist(), program.matrix.data.tolist(), program.matrix.indptr.tolist()
    constraints = []
    for i, (low, high) in enumerate(zip(program.low.tolist(), program.high.tolist(), strict=True)):
        terms = [(variables[index[k]], value[k]) for k in range(ends[i], ends[i + 1])]
        for sense, side in _sides(pulp, low, high):
            constraint = pulp.LpConstraint(pulp.LpAffineExpression(terms), sense, rhs=side)
            problem.addConstraint(constraint, f"r{i}_{sense + 1}")
            constraints.append((i, constraint))
    return _Written(problem, variables, constraints)


def _sides(pulp: Any, low: float, high: float) -> list[tuple[int, float]]:
    if low == high:
        return [(pulp.LpConstraintEQ, low)]
    sides = [(pulp.LpConstraintGE, low), (pulp.LpConstraintLE, high)]
    return [(sense, side) for sense, side in sides if math.isfinite(side)]


def _solve(pulp: Any, solver: Any, program: Program, objective: Floats) -> Answer:
    written = _write(pulp, program, objective)
    problem = written.problem
    problem.solve(solver)
    reason = pulp.LpSolution[problem.sol_status]
    empty = np.array([])
    if problem.status == pulp.LpStatusInfeasible:
        return Answer(Termination.INFEASIBLE, reason, empty, empty)
    if problem.status != pulp.LpStatusOptimal or problem.sol_status != pulp.LpSolutionOptimal:
        return Answer(Termination.STOPPED, reason, empty, empty)
    values = np.array([variable.varValue or 0.0 for variable in written.variables])
    duals = np.zeros(len(program.rows))
    for row, constraint in written.constraints:
        duals[row] += constraint.pi or 0.0
    return Answer(Termination.OPTIMAL, reason, values, duals)
