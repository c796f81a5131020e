"""Where each measure enters or leaves the plan: the weight and the full cost at which the answer flips.

Every break-even is found and verified by solving: a little below it the plan gives one answer, a little above the
other. The price of money found for one measure is the first guess for the next.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace

from oshopt.allocation.search import Found, NoSolutionError, Search
from oshopt.model import BreakEven

SIDE = 1e-3
"""Relative distance from a break-even at which both sides are solved."""
NARROW = 1e-6
"""Relative width at which halving stops."""
BOUGHT = 1e-7
"""A share above this is money spent."""


@dataclass(frozen=True, slots=True, eq=False)
class _Question:
    search: Search
    measure: int
    spends_today: bool

    def spends(self, weight: float, factor: float) -> bool:
        """Tell whether the plan spends on the measure at another weight and at its full cost times `factor`."""
        task, m = self.search.task, self.measure
        weights, full_cost = task.arrays.weight.copy(), task.arrays.full_cost.copy()
        weights[m] = weight
        full_cost[m] *= factor
        changed = replace(task, arrays=replace(task.arrays, weight=weights, full_cost=full_cost))
        try:
            found = replace(self.search, task=changed).run()
        except NoSolutionError:
            return False
        return bool(found.shares[m].max(initial=0.0) > BOUGHT)

    def flip(self, answer: Callable[[float], bool], near: float, far: float, guess: float | None) -> float | None:
        """Return where `answer` changes between `near`, where it is today's, and `far`; None where it does not."""
        if guess is not None and min(near, far) < guess < max(near, far):
            outward = 1 + SIDE if far > near else 1 - SIDE
            inner, outer = guess * (2 - outward), guess * outward
            inside, outside = answer(inner) == self.spends_today, answer(outer) != self.spends_today
            if inside and outside:
                return guess
            near, far = (outer, far) if inside else (near, inner)
        if answer(far) == self.spends_today:
            return None
        while abs(near - far) > NARROW * max(near, far):
            middle = (near + far) / 2
            if answer(middle) == self.spends_today:
                near = middle
            else:
                far = middle
        return (near + far) / 2


def break_evens(
    search: Search, found: Found, progress: Callable[[int, int], None] | None = None
) -> dict[str, BreakEven]:
    """Return the break-even of every measure of a plan.

    `progress` is called with the number of measures done and the number of all.
    """
    arrays, shares = search.task.arrays, found.shares
    near = replace(search, proven=False, guess=found.value if math.isfinite(found.value) else None)
    points: dict[str, BreakEven] = {}
    prices: dict[bool, float] = {}
    for m, name in enumerate(arrays.measures):
        question = _Question(near, m, bool(shares[m].max(initial=0.0) > BOUGHT))
        points[name] = _break_even(question, prices.get(question.spends_today))
        weight = points[name].weight
        if weight is not None:
            prices[question.spends_today] = weight / _money(search, m)
        if progress is not None:
            progress(m + 1, len(arrays.measures))
    return points


def _money(search: Search, measure: int) -> float:
    """Return money a year that a measure in full costs for good."""
    arrays = search.task.arrays
    return float(arrays.full_cost[measure, 0] * arrays.renewal_rate[measure])


def _break_even(question: _Question, price: float | None) -> BreakEven:
    arrays, m, today = question.search.task.arrays, question.measure, question.spends_today
    weight = float(arrays.weight[m])
    if m in arrays.duty_from or not arrays.full_cost[m].any() or arrays.room[m] <= 0:
        return BreakEven(in_plan=today, weight=None, cost=None, verified=False)
    guess = None if price is None else price * _money(question.search, m)
    at_weight = question.flip(lambda w: question.spends(w, 1.0), weight, 0.0 if today else 1.0, guess)
    at_cost = None
    if weight > 0:
        ratio = None if at_weight is None else weight / at_weight
        at_cost = question.flip(lambda c: question.spends(weight, c), 1.0, 1e3 if today else 1e-3, ratio)
    return BreakEven(
        in_plan=today,
        weight=at_weight,
        cost=None if at_cost is None else at_cost * float(arrays.full_cost[m, 0]),
        verified=at_weight is not None or at_cost is not None,
    )
