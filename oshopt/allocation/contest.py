"""One measure against the best plan without it: does the best plan carry it out at another weight or cost?

The best plan without a measure does not depend on its weight. So the measure is in the best plan just where it makes
the objective better than that plan's, or leaves it and lowers cases, or leaves both and lowers cost: the stages of
`search`, each held against a known figure. Most answers take one or two programs.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from oshopt.allocation.adapter import Termination
from oshopt.allocation.formulation import Formulation, Task, formulate, reweighted
from oshopt.allocation.program import Program, Rows
from oshopt.allocation.search import SERVICE, Found, NoSolutionError, Search
from oshopt.risk.service import Floats

NEAR, LATER, WHOLE = 1e-8, 1e-5, 1e-5
"""Relative differences that count: of the objective, of cases and cost held behind it, and with whole numbers.

Later ones are wider, since the tolerance with which the objective is held buys a little of them.
"""
BOUGHT = 1e-7
"""A share above this is bought."""


@dataclass(frozen=True, slots=True, eq=False)
class Contest:
    """A measure and the best plan without it."""

    search: Search
    """Search of inexact digits that begins near the plan's value."""
    plain: Formulation
    """The task's formulation, in which the measure may be bought."""
    measure: int
    value: float
    """Objective of the best plan without it."""
    figures: tuple[float, ...]
    """What that plan reaches in each stage, less is better: the objective (the risk's excess), cases, cost."""

    def enters(self, task: Task, plain: Formulation) -> bool:
        """Tell whether the best plan of a task, whose best plan without the measure is the same, carries it out."""
        whole = bool(plain.program.integer.any())
        search = replace(self.search, task=task)
        for stage, (program, vector, figure) in enumerate(_stages(search, plain, self.value, self.figures)):
            found = _least(search, program, vector)
            near = WHOLE if whole else LATER if stage else NEAR
            if found is None:
                return False
            if found < figure - near * _size(figure, vector):
                return True
        return False

    def at_weight(self, weight: float) -> tuple[Task, Formulation]:
        """Return the task with another weight of the measure, and its formulation."""
        task = self.search.task
        weights = task.arrays.weight.copy()
        weights[self.measure] = weight
        task = replace(task, arrays=replace(task.arrays, weight=weights))
        return task, reweighted(self.plain, task)

    def crossing(self, weight: float) -> float | None:
        """Return the weight down to which the best plan at `weight` is better than the one without the measure.

        None where it is not better at `weight`, or where the objective does not tell. Repeated from there, it ends at
        the weight from which on the measure makes the objective better (Newton's method on a convex function).
        """
        task, plain = self.at_weight(weight)
        search = replace(self.search, task=task)
        groups = search.horizons(self.value) if search.objective in SERVICE and math.isfinite(self.value) else []
        if not groups:
            return None
        program, vector = search.at(plain, self.value)
        answer = search.solve(program, vector, search.effort)
        if answer.termination is not Termination.OPTIMAL or vector @ answer.values > -NEAR:
            return None
        width = len(plain.program.columns)
        arrays = task.arrays
        crossings = []
        for g, time in groups:
            reached = task.begin.risk[g] + arrays.increment[g] * time
            own = arrays.increment[g] * (plain.effect_vector(g, task.weights(time)) @ answer.values[:width])
            gain = np.zeros(len(arrays.measures))
            gain[self.measure] = arrays.reached[g, self.measure]
            slope = arrays.increment[g] * (plain.effect_of(gain, task.weights(time)) @ answer.values[:width])
            room = float(arrays.acceptable[g] - (reached - own))
            if slope > 0:
                crossings.append(weight - room / float(slope))
        return max(crossings, default=None)


def _size(limit: float, vector: Floats) -> float:
    return max(abs(limit), 1e-3 * float(np.abs(vector).max(initial=0.0)))


def _stages(
    search: Search, plain: Formulation, value: float, figures: Sequence[float]
) -> Iterator[tuple[Program, Floats, float]]:
    """Yield program, vector and figure of each stage, each holding the stages before it at their figures.

    `figures` may grow while this runs: a stage's figure is read when the next one is asked for.
    """
    program, vector = plain.program, np.zeros(0)
    if search.objective not in SERVICE:
        vector = search.linear(plain)[0]
        yield program, vector, _figure(figures, 0)
        program = search.hold(program, "held objective", vector, figures[0])
    elif math.isfinite(value) and search.horizons(value):
        yield *search.at(plain, value), _figure(figures, 0)
        program = search.hold_service(plain, value)
    else:
        yield program, np.zeros(len(program.columns)), _figure(figures, 0)
        program = search.hold_service(plain, value)
    for stage, vector in enumerate([plain.cases_vector()[0], plain.cost_vector(search.task.discount)[0]], start=1):
        yield program, vector, _figure(figures, stage)
        program = search.hold(program, "held stage", vector, figures[stage])


def _figure(figures: Sequence[float], stage: int) -> float:
    return figures[stage] if stage < len(figures) else math.nan


def _least(search: Search, program: Program, vector: Floats) -> float | None:
    size = float(np.abs(vector).max(initial=0.0)) or 1.0
    answer = search.solve(program, vector / size, search.effort)
    if answer.termination not in (Termination.OPTIMAL, Termination.LIMIT):
        return None
    return float(vector @ answer.values)


def contest(search: Search, plain: Formulation, measure: int) -> Contest | None:
    """Return a measure's contest; None where no plan exists without the measure."""
    lower, upper = plain.program.lower.copy(), plain.program.upper.copy()
    columns = np.flatnonzero(plain.bought.measure == measure)
    lower[columns], upper[columns] = 0.0, 0.0
    narrow = replace(plain, program=replace(plain.program, lower=lower, upper=upper))
    try:
        value = search.value(narrow)
    except NoSolutionError:
        return None
    figures: list[float] = []
    for program, vector, _ in _stages(search, narrow, value, figures):
        found = _least(search, program, vector)
        figures.append(math.inf if found is None else found)
    return Contest(search, plain, measure, value, tuple(figures))


def forced(search: Search, plain: Formulation, measure: int, share: float) -> Found | None:
    """Return the best plan that carries a measure out at least to a small share, or begins it where it is whole.

    None where there is no such plan.
    """
    arrays = search.task.arrays
    index = np.flatnonzero(plain.bought.measure == measure)
    vector = np.zeros(len(plain.program.columns))
    vector[index] = 1.0
    least = 1.0 if measure in arrays.choices else max(share, float(arrays.least[measure])) * float(arrays.room[measure])
    rows = Rows(len(vector))
    rows.add_vector("forced", vector, least, np.inf)
    try:
        return search.run(replace(plain, program=plain.program.with_rows(rows)))
    except NoSolutionError:
        return None


def dearer(task: Task, measure: int, factor: float) -> Task:
    """Return the task with a measure's full cost, and every price that follows from it, times a factor."""
    arrays = task.arrays
    full_cost = arrays.full_cost.copy()
    choices: Mapping[int, Any] = arrays.choices
    if measure in choices:
        own = choices[measure]
        by_name = own.named.any(axis=(1, 2))
        price = own.price.copy()
        price[by_name] *= factor
        price[~by_name, 0] += (factor - 1) * own.share[~by_name] * full_cost[measure, 0]
        choices = {**choices, measure: replace(own, price=price, named=own.named * factor)}
    full_cost[measure] *= factor
    return replace(task, arrays=replace(arrays, full_cost=full_cost, choices=choices))


def at_cost(own: Contest, factor: float) -> tuple[Contest, Task, Formulation]:
    """Return the contest, task and formulation with the measure's full cost times a factor.

    The best plan without the measure changes only where part of the measure is in force and kept up.
    """
    task = dearer(own.search.task, own.measure, factor)
    plain = formulate(task)
    arrays = task.arrays
    if arrays.status_quo[own.measure] * arrays.upkeep[own.measure] > 0:
        search = replace(own.search, task=task, guess=own.value if math.isfinite(own.value) else None)
        return contest(search, plain, own.measure) or own, task, plain
    return own, task, plain
