"""How value grows with money over a row of points, and where it bends."""

from __future__ import annotations

import math
from collections.abc import Sequence

from oshopt.model import Bend, FrontierPoint, Knee

STRAIGHT = 0.02
"""Distance from the straight line, as a share of the whole gain, up to which a curve is straight."""


def bend_of(points: Sequence[FrontierPoint], *, less_is_more: bool) -> tuple[Bend, Knee | None]:
    """Return how value bends over points in order of money, and the knee if there is one.

    Money and value are brought to [0, 1] between the first and the last point of finite value. The knee is the point
    furthest above the straight line between these two (Satopää et al., 2011, without smoothing); where no point is
    further than 2 % above it, there is none.
    """
    found = [
        (i, point.money, point.value)
        for i, point in enumerate(points)
        if point.money is not None and point.value is not None and math.isfinite(point.value)
    ]
    if len(found) < 3:
        return Bend.UNKNOWN, None
    (_, first, low), (_, last, high) = found[0], found[-1]
    if last <= first or not (high < low if less_is_more else high > low):
        return Bend.UNKNOWN, None
    heights = [(value - low) / (high - low) - (money - first) / (last - first) for _, money, value in found]
    most = max(range(len(found)), key=lambda i: heights[i])
    if heights[most] > STRAIGHT:
        position, money, value = found[most]
        return Bend.KNEE, Knee(point=position, money=money, value=value, height=heights[most])
    return (Bend.RISING if min(heights) < -STRAIGHT else Bend.STRAIGHT), None
