"""The plan of least cost for each of a row of targets, within the scenario's own money."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from oshopt.allocation.asking import STEP, WORSE, Asking
from oshopt.allocation.certificate import LEAST, objective_value
from oshopt.allocation.knee import bend_of
from oshopt.allocation.planner import task_of
from oshopt.allocation.scaling import whole_money
from oshopt.allocation.search import NoSolutionError, Search
from oshopt.allocation.targets import Objective, limits_named
from oshopt.model import Basis, Frontier, FrontierPoint, FrozenMap, MarginalValue, SolverError, Sweep


def over_targets(asking: Asking, targets: list[float]) -> Frontier:
    """Return the frontier over targets, the easiest first."""
    asking.steps = len(targets)
    less_is_more = asking.aim in LEAST
    points = []
    for target in targets[::-1] if less_is_more else targets:
        points.append(_point(asking, target))
        asking.tick()
    _require_dearer(points)
    bend, knee = bend_of(points, less_is_more=less_is_more)
    return Frontier(
        scenario=asking.scenario.name,
        objective=asking.aim.value,
        limits=FrozenMap(asking.limits),
        sweep=Sweep.TARGETS,
        basis=Basis.HORIZON,
        today=whole_money(task_of(asking.scenario, ()).funding),
        least=None,
        most=None,
        best=None,
        points=tuple(points),
        bend=bend,
        knee=knee,
        funded=FrozenMap(),
        precision=0.0,
        resolution=0.0,
        notes=asking.notes,
    )


def _cheapest(asking: Asking, target: float) -> Search:
    limits = limits_named({**asking.limits, asking.aim.value: target}, asking.scenario)
    return Search(task_of(asking.scenario, limits), Objective.COST, asking.solve, steady=True)


def _point(asking: Asking, target: float) -> FrontierPoint:
    plan, lacking, _ = asking.planned(asking.scenario, _cheapest(asking, target))
    if plan is None:
        return FrontierPoint(asked=target, money=None, value=None, marginal=None, plan=None, lacking=lacking)
    cost = plan.certificate.value
    value = objective_value(asking.aim, plan.evaluation)
    return FrontierPoint(asked=target, money=cost, value=value, marginal=_harder(asking, target, cost), plan=plan)


def _harder(asking: Asking, target: float, cost: float) -> MarginalValue | None:
    """Return what more money brings beside a target; None where a harder one cannot be met or costs no more."""
    change = STEP * max(target, STEP) * (-1.0 if asking.aim in LEAST else 1.0)
    if target + change < 0:
        return None
    try:
        step = _cheapest(asking, target + change).value() - cost
    except NoSolutionError:
        return None
    if step <= WORSE * max(1.0, cost):
        return None
    return MarginalValue(step=step, value=target + change, per_unit=change / step)


def _require_dearer(points: Sequence[FrontierPoint]) -> None:
    """Raise `SolverError` where a harder target costs less, which no right answers can be."""
    for easier, harder in pairwise(points):
        if harder.money is None:
            continue
        if easier.money is None or harder.money < easier.money - WORSE * max(1.0, easier.money):
            told = f"the plan for {easier.asked:.10g} costs more than the one for {harder.asked:.10g}"
            raise SolverError(f"{told}, which it could be")
