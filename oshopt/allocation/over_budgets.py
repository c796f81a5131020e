"""The best plan for each of a row of budgets, given or chosen between the ends of the range of money."""

from __future__ import annotations

import math
from bisect import bisect_left
from dataclasses import dataclass, field, replace
from itertools import pairwise

import numpy as np

from oshopt.allocation.asking import STEP, WORSE, Asking
from oshopt.allocation.certificate import LEAST
from oshopt.allocation.crossings import Crossings
from oshopt.allocation.knee import bend_of
from oshopt.allocation.picks import between, chosen
from oshopt.allocation.planner import task_of
from oshopt.allocation.scaling import Scaling, settled
from oshopt.allocation.search import NoSolutionError, Search
from oshopt.language import ENGLISH, speaking
from oshopt.model import Frontier, FrontierPoint, FrozenMap, FundedSpan, MarginalValue, SolverError, Sweep
from oshopt.risk.purchases import Purchases

PRECISE = 1e-5
"""Share of the greatest useful budget to which a crossing is narrowed down."""
GRID = 24
"""Steps, at least, in which the range of money is searched for crossings."""


def over_budgets(asking: Asking, own: Scaling, asked: list[float] | None, points: int, *, entries: bool) -> Frontier:
    """Return the frontier over budgets; about `points` of them are chosen where `asked` has none."""
    least, most, best = _ends(asking, own)
    first = chosen(least, most, own.today, (points + 1) // 2) if asked is None else asked
    count = max(points, len(first)) if asked is None else len(first)
    asking.steps = count + (len(asking.scenario.measures) if entries else 0)
    precision = PRECISE * most
    crossings = Crossings(lambda budget: _bought(asking, own, budget), precision)
    row = _Row(asking, own, STEP * max(most, first[-1]), (least, most), crossings)
    for budget in first:
        row.add(budget)
    while len(row.points) < count and (another := between(row.points, asking.aim)) is not None:
        row.add(another)
    row.require_rising()
    funded = _funded(asking, own, crossings, least, most) if entries else {}
    bend, knee = bend_of(row.points, less_is_more=asking.aim in LEAST)
    return Frontier(
        scenario=asking.scenario.name,
        objective=asking.aim.value,
        limits=FrozenMap(asking.limits),
        sweep=Sweep.BUDGETS,
        basis=own.basis,
        today=own.today,
        least=least,
        most=most,
        best=best,
        points=tuple(row.points),
        bend=bend,
        knee=knee,
        funded=FrozenMap(funded),
        precision=precision,
        resolution=crossings.resolution if entries else 0.0,
        notes=asking.notes,
    )


def _ends(asking: Asking, own: Scaling) -> tuple[float, float, float]:
    """Return the least budget with which a plan exists, the one beyond which nothing is gained, and the value there."""
    ample = own.ample()
    search = Search(own.task_at(ample), asking.aim, asking.solve)
    try:
        best = search.value()
        low, high = own.least(search, ample), own.least(search, ample, best)
    except NoSolutionError as error:
        with speaking(ENGLISH):
            raise asking.no_plan(error, asking.scenario, search) from error
    if low is None or high is None:
        raise SolverError("the solver finds a plan with ample money and none with any money up to that")

    def reaches(budget: float, value: float | None) -> bool:
        try:
            found = replace(search, task=own.task_at(budget)).value()
        except NoSolutionError:
            return False
        return value is None or found == value or abs(found - value) <= WORSE * max(1.0, abs(value))

    least = settled(low, lambda budget: reaches(budget, None))
    return least, max(least, settled(high, lambda budget: reaches(budget, best))), best


def _bought(asking: Asking, own: Scaling, budget: float) -> Purchases:
    """Return what the best plan for a budget buys, without a proof."""
    try:
        return Search(own.task_at(budget), asking.aim, asking.solve, exact=False, steady=True).run().bought
    except NoSolutionError as error:
        raise SolverError(f"the solver has no answer at a budget of {budget:.10g}: {error}") from error


def _funded(
    asking: Asking, own: Scaling, crossings: Crossings, least: float, most: float
) -> dict[str, tuple[FundedSpan, ...]]:
    crossings.solve(np.linspace(least, most, GRID + 1).tolist() if most > least else [least])
    funded = {}
    for measure, name in enumerate(own.task.arrays.measures):
        funded[name] = crossings.spans(measure)
        asking.tick()
    return funded


@dataclass(slots=True, eq=False)
class _Row:
    """Points in rising order of their budgets."""

    asking: Asking
    own: Scaling
    step: float
    """Money by which marginal values are measured."""
    ends: tuple[float, float]
    crossings: Crossings
    points: list[FrontierPoint] = field(default_factory=list)

    def add(self, budget: float) -> None:
        """Plan for one more budget."""
        place = bisect_left(self.points, budget, key=lambda point: point.asked)
        poorer = [point.value for point in self.points[:place] if point.value is not None]
        guess = next((value for value in reversed(poorer) if math.isfinite(value)), None)
        self.points.insert(place, self._point(budget, guess))
        self.asking.tick()

    def _point(self, budget: float, guess: float | None) -> FrontierPoint:
        scenario = self.own.scenario_at(budget)
        task = replace(task_of(scenario, self.own.task.limits), measured=self.own.task.measured)
        search = Search(task, self.asking.aim, self.asking.solve, guess=guess, steady=True)
        plan, lacking, bought = self.asking.planned(scenario, search)
        if plan is None or bought is None:
            return FrontierPoint(asked=budget, money=None, value=None, marginal=None, plan=None, lacking=lacking)
        if self.ends[0] <= budget <= self.ends[1]:
            self.crossings.know(budget, bought)
        value = plan.certificate.value
        near = value if math.isfinite(value) else None
        more = replace(search, task=self.own.task_at(budget + self.step), guess=near).value()
        gain = 0.0 if more == value else (more - value) / self.step
        marginal = MarginalValue(step=self.step, value=more, per_unit=gain)
        return FrontierPoint(asked=budget, money=budget, value=value, marginal=marginal, plan=plan)

    def require_rising(self) -> None:
        """Raise `SolverError` where more money is worse, which no right answers can be."""
        sign = -1.0 if self.asking.aim in LEAST else 1.0
        for poorer, richer in pairwise(self.points):
            if poorer.value is None:
                continue
            slack = WORSE * max(1.0, abs(poorer.value))
            if richer.value is None or sign * richer.value < sign * poorer.value - slack:
                told = f"the plan for {richer.asked:.10g} is worse than the one for {poorer.asked:.10g}"
                raise SolverError(f"{told}, which it could be")
