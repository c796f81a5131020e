"""What the objective becomes if a weight k_m or a group's increment dR is lower or higher, and against strategies."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np

from oshopt.allocation.formulation import Task, reweighted
from oshopt.allocation.reasons import Case
from oshopt.allocation.search import NoSolutionError, Search
from oshopt.allocation.worth import better, worth
from oshopt.model import Change, FrozenMap, Sensitivity
from oshopt.risk import effect, evaluation, purchases
from oshopt.risk.prices import benefit_rate
from oshopt.risk.purchases import Purchases

SWING = 0.1
"""Relative change of each figure."""


def sensitivities(case: Case) -> list[Sensitivity]:
    """Return what ± 10 % of every weight and increment does to the plan as it is, and to the best plan then."""
    arrays = case.task.arrays
    found = []
    for m, name in enumerate(arrays.measures):
        if 0 < arrays.weight[m] < 1 / (1 + SWING):
            found.append(_sensitivity(case, "weight", name, float(arrays.weight[m]), m))
    for g, name in enumerate(arrays.groups):
        if arrays.increment[g] > 0:
            found.append(_sensitivity(case, "increment", name, float(arrays.increment[g]), g))
    return sorted(found, key=lambda one: (-_width(one), one.of, one.id))


def _width(one: Sensitivity) -> float:
    finite = [value for value in (*one.held, *(one.replanned or ())) if math.isfinite(value)]
    return max(finite) - min(finite) if finite else 0.0


def _sensitivity(case: Case, of: str, name: str, today: float, place: int) -> Sensitivity:
    sides = (today * (1 - SWING), today * (1 + SWING))
    change = _with_weight if of == "weight" else _with_increment
    tasks = [change(case, place, value) for value in sides]
    low, high = (worth(replace(case.search, task=task), case.bought) for task in tasks)
    best = [_replanned(case, task) for task in tasks]
    replanned = None if best[0] is None or best[1] is None else (best[0], best[1])
    return Sensitivity(of=of, id=name, low=sides[0], high=sides[1], held=(low, high), replanned=replanned)


def _with_weight(case: Case, measure: int, weight: float) -> Task:
    """Return the task with one weight changed; the others give way in proportion, so that Σ k_m stays 1 (eq. 7)."""
    arrays = case.task.arrays
    others = 1.0 - arrays.weight[measure]
    weights = arrays.weight * ((1.0 - weight) / others)
    weights[measure] = weight
    return replace(case.task, arrays=replace(arrays, weight=weights))


def _with_increment(case: Case, group: int, value: float) -> Task:
    """Return the task with one increment changed, and with it the money that fewer cases of the group save."""
    arrays, groups = case.task.arrays, case.scenario.groups
    increment, name = arrays.increment.copy(), arrays.groups[group]
    increment[group] = value
    changed = case.scenario.update(groups={**groups, name: groups[name].update(risk_increment=value)})
    benefit = benefit_rate(changed)
    return replace(case.task, arrays=replace(arrays, increment=increment), benefit=benefit)


def _replanned(case: Case, task: Task) -> float | None:
    search: Search = replace(case.search, task=task)
    if search.effort.over:
        return None
    try:
        return search.value(reweighted(case.plain, task))
    except NoSolutionError:
        return None


def changes(case: Case) -> dict[str, FrozenMap[str, Change]]:
    """Return the plan against every strategy of the scenario, measure by measure."""
    return {name: _against(case, name) for name in case.scenario.strategy_tables}


def _against(case: Case, name: str) -> FrozenMap[str, Change]:
    arrays = case.task.arrays
    strategy = case.scenario.strategy(name)
    spend, kept = evaluation.spend_of(strategy, arrays), evaluation.kept_of(strategy, arrays)
    other = purchases.purchases_of(arrays, strategy, spend, 1.0 - kept)
    today = np.repeat(arrays.status_quo[:, None], len(arrays.years), axis=1)
    ours = case.bought.cost + effect.upkeep(arrays, case.bought.share, today)
    theirs = spend + effect.upkeep(arrays, other.share, kept)
    found = {}
    for m, measure in enumerate(arrays.measures):
        gain = 0.0
        if not np.array_equal(case.bought.extent[m], other.extent[m]):
            gain = better(case.search, case.value, worth(case.search, _mixed(case.bought, other, m)))
        found[measure] = Change(money=arrays.by_year(ours[m] - theirs[m]), gain=gain)
    return FrozenMap(found)


def _mixed(bought: Purchases, other: Purchases, measure: int) -> Purchases:
    """Return purchases with those of one measure as in another table."""
    names = ("extent", "share", "begun", "cost")
    tables = {name: getattr(bought, name).copy() for name in names}
    for name, table in tables.items():
        table[measure] = getattr(other, name)[measure]
    return replace(bought, **tables)
