"""Which budgets a frontier is made of where none are given: round ones, more of them where the curve bends."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

from oshopt.allocation.crossings import roundest
from oshopt.allocation.search import SERVICE
from oshopt.allocation.targets import Objective
from oshopt.model import FrontierPoint

FLAT = 1e-3
"""Share of the whole gain by which the curve must leave its tangent for a point to be put in between."""
FAR = 2.0
"""Between points whose service is longer than so many times that of the first point none are put."""
NEAR = 0.1
"""A round budget nearer than this share of a step to a budget that matters is left out."""


def chosen(least: float, most: float, today: float, points: int) -> list[float]:
    """Return round budgets from `least` to `most`, about so many, with both ends and today's own among them."""
    fixed = {least, most} | ({today} if least < today < most else set())
    if most <= least:
        return sorted(fixed)
    width = (most - least) / max(1, points - 1)
    unit = 10.0 ** math.floor(math.log10(width))
    step = next(factor * unit for factor in (1.0, 2.0, 2.5, 5.0, 10.0) if factor * unit >= width * (1 - 1e-9))
    first, last = math.ceil(least / step), math.floor(most / step)
    even = [roundest(i * step * (1 - 1e-9), i * step * (1 + 1e-9)) for i in range(first, last + 1)]
    kept = [budget for budget in even if min(abs(budget - other) for other in fixed) > NEAR * step]
    return sorted(fixed | set(kept))


def between(points: Sequence[FrontierPoint], aim: Objective) -> float | None:
    """Return a round budget between the two points where the curve leaves its tangent most; None where nowhere."""
    seen = [
        (point.asked, point.value, point.marginal.per_unit)
        for point in points
        if point.value is not None and point.marginal is not None and math.isfinite(point.value)
    ]
    most = FAR * seen[0][1] if seen and aim in SERVICE else math.inf
    bows = [
        (abs(rich - poor - slope * (high - low)), low, high - low)
        for (low, poor, slope), (high, rich, _) in pairwise(seen)
        if poor <= most
    ]
    if not bows:
        return None
    bow, low, width = max(bows)
    return roundest(low + 0.4 * width, low + 0.6 * width) if bow > FLAT * abs(seen[-1][1] - seen[0][1]) else None
