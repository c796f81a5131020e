"""The smallest set of limits to loosen: fewest limits first, then least by their relative amounts.

Rows of each limit give way together, by one column that a whole-number column of the limit switches on. What comes out
is solved again with exactly those limits loosened by exactly those amounts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from oshopt.allocation.adapter import Solver, Termination
from oshopt.allocation.effort import Effort
from oshopt.allocation.formulation import Formulation, Task
from oshopt.allocation.looseners import Loosener
from oshopt.allocation.program import Entries, Ints, Program, Rows
from oshopt.allocation.reachable import has_plan
from oshopt.risk.service import Floats

COUNT = Effort(relative=0.0, absolute=0.5)
"""Sets differ by whole limits."""
ENOUGH = 1e-9
"""Relative amount added to what is to be enough in spite of rounding."""
FINE = 1e-8
"""Relative width at which the search for an amount ends."""
NOTHING = 1e-10
"""Part of the most by which a limit can be loosened, below which it is not."""


@dataclass(frozen=True, slots=True)
class Loosened:
    """A limit and the amount by which it is loosened."""

    limit: Loosener
    amount: float


def smallest_set(plain: Formulation, limits: Sequence[Loosener], solve: Solver) -> list[Loosened] | None:
    """Return the smallest set of limits whose loosening lets a plan exist, with amounts that were solved again.

    None where no loosening of these limits helps.
    """
    program = _elastic(plain.program, limits)
    first = len(program.columns) - 2 * len(limits)
    sizes, switches = np.arange(first, first + len(limits)), np.arange(first + len(limits), len(program.columns))
    count = _vector(program, switches, np.ones(len(limits)))
    answer = solve(program, count, COUNT)
    if answer.termination is not Termination.OPTIMAL:
        return None
    weights = np.array([limit.weight for limit in limits])
    rows = Rows(len(program.columns))
    rows.add_vector("fewest", count, -np.inf, float(np.rint(count @ answer.values)) + 0.25)
    steps = np.array([bool(limit.steps) for limit in limits])
    least = _vector(program, np.where(steps, switches, sizes), weights / weights.max())
    answer = solve(program.with_rows(rows), least, replace(COUNT, relative=1e-6, absolute=1e-9), answer.start)
    if answer.termination is not Termination.OPTIMAL:
        return None
    chosen = np.rint(answer.values[switches])
    upper = program.upper.copy()
    upper[sizes] = chosen
    answer = solve(replace(program, upper=upper), least)
    if answer.termination is not Termination.OPTIMAL:
        return None
    parts = zip(limits, chosen.tolist(), answer.values[sizes].tolist(), strict=True)
    found = [Loosened(limit, part * limit.most) for limit, used, part in parts if used and part > NOTHING]
    return _tuned(plain.task, found, solve)


def _vector(program: Program, columns: Ints, values: Floats) -> Floats:
    vector = np.zeros(len(program.columns))
    vector[columns] = values
    return vector


def _elastic(program: Program, limits: Sequence[Loosener]) -> Program:
    """Return the program with a column 0 ≤ s ≤ 1 for each limit, then a switch for each with s ≤ switch."""
    from scipy import sparse

    place = {row: i for i, row in enumerate(program.rows)}
    entries = [(place[row], k, by) for k, limit in enumerate(limits) for row, by in limit.rows.items() if row in place]
    row, column, value = (np.array(part) for part in zip(*entries, strict=True))
    matrix = sparse.csr_array((value.astype(float), (row, column)), (len(program.rows), len(limits)))
    wider = program.loosened([f"loosen {limit.name}" for limit in limits], matrix, np.ones(len(limits)))
    rows = Rows(len(wider.columns))
    switch = rows.add_columns([f"switch {limit.name}" for limit in limits], 0.0, 1.0, integer=True)
    which, one = np.arange(len(limits)), np.ones(len(limits))
    below = [Entries(which, len(program.columns) + which, one), Entries(which, switch, -one)]
    rows.add_rows([f"switch {limit.name}" for limit in limits], Entries.joined(below), -np.inf, 0.0)
    return wider.with_rows(rows)


def _tuned(task: Task, found: list[Loosened], solve: Solver) -> list[Loosened] | None:
    """Return the set with the least amounts of limits that do not give way in proportion, verified by solving."""
    for i, own in enumerate(found):
        if own.limit.straight:
            continue
        found[i] = Loosened(own.limit, own.limit.most)
    for i, own in enumerate(found):
        if own.limit.straight:
            continue
        others = _loosened(task, [*found[:i], *found[i + 1 :]])
        found[i] = Loosened(own.limit, _least(others, own.limit, solve))
    for more in (ENOUGH, 1e-7, 1e-6):
        enough = [Loosened(own.limit, own.amount * (1 + (0 if own.limit.steps else more))) for own in found]
        if has_plan(_loosened(task, enough), solve):
            return enough
    return None


def _least(task: Task, limit: Loosener, solve: Solver) -> float:
    """Return the least amount by which one limit must be loosened, the others being so already."""
    for step in limit.steps:
        if step >= limit.most or has_plan(limit.apply(task, step), solve):
            return step
    low, high = 0.0, limit.most
    while high - low > FINE * max(1e-3 * limit.most, high):
        middle = (low + high) / 2
        if has_plan(limit.apply(task, middle), solve):
            high = middle
        else:
            low = middle
    return high


def _loosened(task: Task, found: Sequence[Loosened]) -> Task:
    for own in found:
        task = own.limit.apply(task, own.amount)
    return task
