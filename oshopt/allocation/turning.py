"""Where each measure enters or leaves the plan: the weight and the full cost at which the answer flips.

Every break-even is verified by solving: a little below it the plan gives one answer, a little above the other.
"""

from __future__ import annotations

import math
from collections.abc import Callable

from oshopt.allocation.contest import Contest, at_cost
from oshopt.model import BreakEven

SIDE = 1e-3
"""Relative distance from a break-even at which both sides are solved."""
FLOOR = 1e-2
"""Part of today's weight at which a measure that is still in the plan is in it at any weight."""
FAR = 1e2
"""Times today's cost, or part of it, beyond which the answer is not looked for."""
LEAST = 1e-6
"""Weight from which on that of a measure without any is looked for."""
STEPS = 40
"""Newton steps after which the search goes on by halving."""


def break_even(own: Contest, *, in_plan: bool) -> BreakEven:
    """Return where a measure that the plan carries out, or not, would change sides."""
    arrays, m = own.search.task.arrays, own.measure
    today = float(arrays.weight[m])

    def at_weight(weight: float) -> bool:
        return own.enters(*own.at_weight(weight))

    def at_factor(factor: float) -> bool:
        changed, task, plain = at_cost(own, factor)
        return changed.enters(task, plain)

    weight, cost = _weight(own, at_weight, today, in_plan=in_plan), None
    guess = _newton(own, today if in_plan else FAR * max(today, LEAST)) if weight is None else weight
    if today > 0 and not (weight == 0.0 and in_plan and at_factor(FAR)):
        ratio = today / guess if guess else None
        cost = _flip(at_factor, (1.0, FAR if in_plan else 1 / FAR), ratio, in_plan=in_plan)
    return BreakEven(
        in_plan=in_plan,
        weight=weight,
        cost=None if cost is None else cost * float(arrays.full_cost[m, 0]),
        verified=weight is not None or cost is not None,
    )


def _weight(own: Contest, answer: Callable[[float], bool], today: float, *, in_plan: bool) -> float | None:
    if in_plan:
        if answer(FLOOR * today):
            return None if answer(0.0) else 0.0
        return _flip(answer, (today, FLOOR * today), _newton(own, today), in_plan=True)
    if today >= 1 or not answer(1.0):
        return None
    start = today or LEAST
    return _flip(answer, (start, 1.0), _newton(own, 1.0), in_plan=False)


def _newton(own: Contest, weight: float) -> float | None:
    """Return the weight from which on the measure makes the objective better; None where even `weight` does not."""
    found = None
    for _ in range(STEPS):
        lower = own.crossing(weight)
        if lower is None or lower >= weight * (1 - SIDE / 10):
            break
        found = weight = lower
        if weight <= 0:
            return None
    return found


def _flip(
    answer: Callable[[float], bool], ends: tuple[float, float], guess: float | None, *, in_plan: bool
) -> float | None:
    """Return where `answer` changes between the two ends, the first of which has today's; None where it does not."""
    near, far = ends
    asked_far = False
    if guess is not None and min(ends) < guess < max(ends):
        inner, outer = sorted((guess * (1 - SIDE), guess * (1 + SIDE)), reverse=far < near)
        inside, outside = answer(inner) == in_plan, answer(outer) != in_plan
        if inside and outside:
            return guess
        near, far = (outer, far) if inside else (near, inner)
        asked_far = not inside
    if not asked_far and answer(far) == in_plan:
        return None
    while abs(math.log(near / far)) > SIDE:
        middle = math.sqrt(near * far)
        if answer(middle) == in_plan:
            near = middle
        else:
            far = middle
    return math.sqrt(near * far)
