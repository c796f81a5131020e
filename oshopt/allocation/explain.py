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
STRIDES = (1.2, 1.5, 2.0, 4.0, 10.0, 100.0)
"""Factors by which the search moves away from today's figure until the answer changes."""
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
        return bool(found.bought.extent[m].max(initial=0.0) > BOUGHT)

    def flip(self, answer: Callable[[float], bool], near: float, far: float, guess: float | None) -> float | None:
        """Return where `answer` changes between `near`, where it is today's, and `far`; None where it does not."""
        if guess is not None and min(near, far) < guess < max(near, far):
            inner, outer = sorted((guess * (1 - SIDE), guess * (1 + SIDE)), reverse=far < near)
            inside, outside = answer(inner) == self.spends_today, answer(outer) != self.spends_today
            if inside and outside:
                return guess
            bracket = self._bracket(answer, outer, far) if inside else (near, inner)
        else:
            bracket = self._bracket(answer, near, far)
        if bracket is None:
            return None
        near, far = bracket
        while abs(near - far) > SIDE * max(near, far):
            middle = (near + far) / 2
            if answer(middle) == self.spends_today:
                near = middle
            else:
                far = middle
        return (near + far) / 2

    def _bracket(self, answer: Callable[[float], bool], near: float, far: float) -> tuple[float, float] | None:
        """Return two figures, the first with today's answer and the second with the other; None where none has it."""
        start = near
        for stride in STRIDES if near > 0 else ():
            step = start * stride if far > start else start / stride
            if not min(start, far) < step < max(start, far):
                break
            if answer(step) != self.spends_today:
                return near, step
            near = step
        return None if answer(far) == self.spends_today else (near, far)


def break_evens(
    search: Search, found: Found, progress: Callable[[int, int], None] | None = None
) -> dict[str, BreakEven]:
    """Return the break-even of every measure of a plan.

    `progress` is called with the number of measures done and the number of all.
    """
    arrays, shares = search.task.arrays, found.bought.extent
    near = replace(search, exact=False, guess=found.value if math.isfinite(found.value) else None)
    points: dict[str, BreakEven] = {}
    prices: dict[bool, float] = {}
    for m, name in enumerate(arrays.measures):
        if search.effort.over:
            break
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
