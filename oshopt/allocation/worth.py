"""What purchases are worth under an objective, straight from the risk model: nothing is solved here."""

from __future__ import annotations

import numpy as np

from oshopt.allocation.certificate import LEAST
from oshopt.allocation.formulation import Task
from oshopt.allocation.search import SERVICE, Search
from oshopt.allocation.targets import Objective
from oshopt.risk import effect, service
from oshopt.risk.purchases import Purchases
from oshopt.risk.service import Floats


def worth(search: Search, bought: Purchases) -> float:
    """Return the objective of purchases under the search's task.

    Raises `ValueError` for an outcome that the task does not forecast.
    """
    task, arrays = search.task, search.task.arrays
    if search.objective in SERVICE:
        return search.service(bought)
    if search.objective is Objective.COST:
        return float(money_of(task, bought).sum(axis=0) @ task.discount)
    years = len(arrays.years)
    kept = np.repeat(arrays.status_quo[:, None], years, axis=1)
    gained = effect.effect_share(arrays, effect.in_force(arrays, bought.extent, years), kept)
    epsilon = effect.effect(arrays, gained, kept)
    if search.objective is Objective.EFFECT:
        return float(arrays.headcount @ epsilon.mean(axis=1) / arrays.headcount.sum())
    if search.objective is Objective.OUTCOME and task.measured is not None:
        line = task.measured.lines[task.measured.sought]
        return line.outcome_at(line.base + float(task.measured.gain(arrays, line.outcome) @ gained[:, -1]))
    if search.objective is Objective.NET_BENEFIT:
        saved = task.benefit @ epsilon + task.ended @ gained - money_of(task, bought).sum(axis=0)
        return float(saved @ task.discount)
    if search.objective is not Objective.CASES:
        raise ValueError(f"the task has no {search.objective.value} to be worked out")
    risk = service.accumulate(task.begin.risk, service.rates(arrays.increment, epsilon))
    before, after = np.minimum(risk[:, [0, -1]], 1.0).T
    return float(arrays.headcount @ (after - before))


def money_of(task: Task, bought: Purchases) -> Floats:
    """Return money of new purchases and of all upkeep, shape (M, T)."""
    arrays = task.arrays
    kept = np.repeat(arrays.status_quo[:, None], len(arrays.years), axis=1)
    return np.asarray(bought.cost + effect.upkeep(arrays, bought.share, kept))


def better(search: Search, value: float, than: float) -> float:
    """Return by how much one value of the objective is better than another; ∞ − ∞ is 0."""
    if value == than:
        return 0.0
    return than - value if search.objective in LEAST else value - than
