"""The only place that speaks PuLP: a `Program` in, values, multipliers, a bound and a status out. Always minimises.

A solver's answer is a proposal: values are polished (`polish`), checked and bounded outside.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol

import numpy as np

from oshopt.allocation.effort import FEASIBILITY, FULL, Effort, Start
from oshopt.allocation.program import Program
from oshopt.language import say
from oshopt.model import InputError, Problem, nearest
from oshopt.risk.service import Floats


class Termination(StrEnum):
    """Why a solver stopped."""

    OPTIMAL = "optimal"
    """It says that nothing better exists, within the gap asked for."""
    LIMIT = "limit"
    """It has a plan and was stopped before the proof."""
    INFEASIBLE = "infeasible"
    STOPPED = "stopped"
    """It has nothing."""


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """A solver's proposal: values of the columns and multipliers of the rows (empty where it found none)."""

    termination: Termination
    reason: str
    values: Floats
    duals: Floats
    bound: float = -math.inf
    """What the solver says that no plan can go below; −∞ where it does not say."""
    basis: Any = None
    """Basis to begin the next program with; None where the solver gives none."""

    @property
    def start(self) -> Start:
        """Where a program that goes on from this one begins."""
        return Start(self.values, self.basis)


class Solver(Protocol):
    """Minimises an objective (n,) over a program; `start` is where to begin."""

    def __call__(self, program: Program, objective: Floats, effort: Effort = ..., start: Start | None = ...) -> Answer:
        """Return an answer to min objective·v."""
        ...


SOLVERS = ("highs", "cbc")
"""Names of the solvers."""


def solver_named(name: str) -> Solver:
    """Return the solver of that name: `highs` or `cbc`. Raises `InputError` for another name."""
    solvers: dict[str, Solver] = dict(zip(SOLVERS, (_highs, _cbc), strict=True))
    if name not in solvers:
        problem = Problem("options", "", "solver", name, "there is no such solver", nearest(name, solvers))
        raise InputError([problem])
    chosen = solvers[name]

    def solve(program: Program, objective: Floats, effort: Effort = FULL, start: Start | None = None) -> Answer:
        return chosen(program, objective, effort, start) if program.columns else _nothing(program)

    return solve


def _nothing(program: Program) -> Answer:
    """Return the answer to a program without columns, which solvers leave unanswered."""
    fits = program.violation(np.zeros(0)) <= FEASIBILITY
    reason = "there is nothing to decide"
    termination = Termination.OPTIMAL if fits else Termination.INFEASIBLE
    return Answer(termination, reason, np.zeros(0), np.zeros(len(program.rows)), 0.0)


def version(name: str) -> str:
    """Return the solver's name and version for people."""
    import highspy
    import pulp

    if name == "highs":
        return say("HiGHS {version} through PuLP {pulp}", version=highspy.Highs().version(), pulp=pulp.VERSION)
    return say("CBC, bundled with PuLP {pulp}", pulp=pulp.VERSION)


def _highs(program: Program, objective: Floats, effort: Effort = FULL, start: Start | None = None) -> Answer:
    import pulp

    from oshopt.allocation.whole import WholeMatrix

    solver = WholeMatrix(program, objective, start, effort)
    problem = pulp.LpProblem("oshopt", pulp.LpMinimize)
    problem.setObjective(pulp.LpAffineExpression())
    solver.actualSolve(problem)
    return _answer(pulp, problem, solver.values, solver.duals, solver.bound, solver.basis)


def _cbc(program: Program, objective: Floats, effort: Effort = FULL, start: Start | None = None) -> Answer:
    import pulp

    del start
    options = [f"primalTolerance {FEASIBILITY}", f"dualTolerance {FEASIBILITY}", f"integerTolerance {FEASIBILITY}"]
    integer = bool(program.integer.any())
    solver = pulp.PULP_CBC_CMD(
        msg=False,
        options=[*options, f"allowableGap {effort.absolute}"] if integer else options[:2],
        gapRel=effort.relative if integer else None,
        timeLimit=effort.seconds,
        _skip_v4_deprecation=True,
    )
    written = written_problem(pulp, program, objective, named=False)
    written.problem.solve(solver)
    values = np.array([variable.varValue or 0.0 for variable in written.variables])
    duals = np.zeros(len(program.rows))
    if not integer:
        for row, constraint in written.constraints:
            duals[row] += constraint.pi or 0.0
    done = written.problem.sol_status == pulp.LpSolutionOptimal
    value = float(objective @ values)
    bound = value - max(effort.absolute, effort.relative * abs(value)) if done else -math.inf
    return _answer(pulp, written.problem, values, duals, bound)


def _answer(pulp: Any, problem: Any, values: Floats, duals: Floats, bound: float, basis: Any = None) -> Answer:
    reason = pulp.LpSolution[problem.sol_status]
    empty = np.array([])
    if problem.status == pulp.LpStatusInfeasible:
        return Answer(Termination.INFEASIBLE, reason, empty, empty)
    if problem.sol_status == pulp.LpSolutionOptimal:
        return Answer(Termination.OPTIMAL, reason, values, duals, bound, basis)
    if problem.sol_status == pulp.LpSolutionIntegerFeasible:
        return Answer(Termination.LIMIT, reason, values, duals, bound)
    return Answer(Termination.STOPPED, reason, empty, empty, bound)


@dataclass(frozen=True, slots=True, eq=False)
class Written:
    """A program as PuLP has it: one variable a column, and each constraint with the row that it is a side of."""

    problem: Any
    variables: list[Any]
    constraints: list[tuple[int, Any]]


def written_problem(pulp: Any, program: Program, objective: Floats, *, named: bool) -> Written:
    """Return a program in PuLP's own terms, with the names of its columns and rows or with numbers for names."""
    problem = pulp.LpProblem("oshopt", pulp.LpMinimize)
    bounds = zip(program.lower.tolist(), program.upper.tolist(), program.integer.tolist(), strict=True)
    names = program.columns if named else [f"v{j:07d}" for j in range(len(program.columns))]
    variables = [
        problem.add_variable(name, low, high, pulp.LpInteger if whole else pulp.LpContinuous)
        for name, (low, high, whole) in zip(names, bounds, strict=True)
    ]
    weights = objective.tolist()
    problem.setObjective(pulp.LpAffineExpression([(variables[j], w) for j, w in enumerate(weights) if w]))
    index, value, ends = program.matrix.indices.tolist(), program.matrix.data.tolist(), program.matrix.indptr.tolist()
    constraints = []
    for i, (low, high) in enumerate(zip(program.low.tolist(), program.high.tolist(), strict=True)):
        terms = [(variables[index[k]], value[k]) for k in range(ends[i], ends[i + 1])]
        for sense, side in _sides(pulp, low, high):
            constraint = pulp.LpConstraint(pulp.LpAffineExpression(terms), sense, rhs=side)
            label = program.rows[i] if named else f"r{i}"
            problem.addConstraint(constraint, f"{label}_{('at_most', 'is', 'at_least')[sense + 1]}")
            constraints.append((i, constraint))
    return Written(problem, variables, constraints)


def _sides(pulp: Any, low: float, high: float) -> list[tuple[int, float]]:
    if low == high:
        return [(pulp.LpConstraintEQ, low)]
    sides = [(pulp.LpConstraintGE, low), (pulp.LpConstraintLE, high)]
    return [(sense, side) for sense, side in sides if math.isfinite(side)]


def lp_text(program: Program, objective: Floats) -> str:
    """Return a program in the LP format that other solvers read, with the names of its columns and rows."""
    import tempfile
    from pathlib import Path

    import pulp

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "plan.lp"
        written_problem(pulp, program, objective, named=True).problem.writeLP(str(path))
        return path.read_text(encoding="utf-8")
