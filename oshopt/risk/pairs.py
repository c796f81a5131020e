"""Two strategies held against each other on the same draws: differences of figures, and how often which is better."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from oshopt.model import Contrast, Difference, FrozenMap
from oshopt.risk.service import Floats

HALF_WIDTH = 1.959963984540054
"""Standard errors to either side of a mean in its 95 % interval."""
MORE_IS_BETTER = "safe_service"
"""Figures of which more is better begin with this; of all others less is better."""
SAME = 1e-9
"""Relative difference up to which two figures are the same."""
_SHARES = {"p05": 0.05, "p50": 0.5, "p95": 0.95}


def standard_error(values: Floats) -> Floats:
    """Return the standard error of the mean over the first axis; ∞ for one value or where a value is ∞."""
    count = len(values)
    finite = np.isfinite(values).all(axis=0)
    spread = np.std(np.where(finite, values, 0.0), axis=0, ddof=1) if count > 1 else np.inf
    return np.asarray(np.where(finite, spread / math.sqrt(count), np.inf))


def difference(names: tuple[str, str], first: Mapping[str, Floats], second: Mapping[str, Floats]) -> Difference:
    """Hold two strategies against each other, draw by draw.

    Arguments:
        names: of the first strategy, which is held against, and of the second, which is judged.
        first, second: figures of each by name, one value for each draw, shape (R,).

    """
    better, worse = (np.stack(tables) for tables in zip(*_ahead(first, second).values(), strict=True))
    dominates, dominated = better.any(axis=0) & ~worse.any(axis=0), worse.any(axis=0) & ~better.any(axis=0)
    return Difference(
        first=names[0],
        second=names[1],
        count=better.shape[1],
        figures=FrozenMap({name: _contrast(name, first[name], second[name]) for name in first}),
        dominates=float(dominates.mean()),
        dominated=float(dominated.mean()),
    )


def _ahead(
    first: Mapping[str, Floats], second: Mapping[str, Floats]
) -> dict[str, tuple[NDArray[np.bool_], NDArray[np.bool_]]]:
    """Return in which draws the second strategy is better, and worse, by each figure."""
    found = {}
    for name, base in first.items():
        judged = second[name]
        room = SAME * np.maximum(np.abs(base), np.abs(judged))
        room = np.where(np.isfinite(room), room, 0.0)
        with np.errstate(invalid="ignore"):
            above, below = judged > base + room, judged < base - room
        found[name] = (above, below) if name.startswith(MORE_IS_BETTER) else (below, above)
    return found


def _contrast(name: str, base: Floats, judged: Floats) -> Contrast:
    equal = base == judged
    gap = np.where(equal, 0.0, judged - np.where(equal, 0.0, base))
    mean, error = float(np.mean(gap)), float(standard_error(gap))
    half = HALF_WIDTH * error
    better, worse = _ahead({name: base}, {name: judged})[name]
    ordered = np.sort(gap)
    return Contrast(
        mean=mean,
        low=mean - half if math.isfinite(mean) else mean,
        high=mean + half if math.isfinite(mean) else mean,
        better=float(better.mean()),
        worse=float(worse.mean()),
        **{key: float(ordered[math.ceil(share * len(gap)) - 1]) for key, share in _SHARES.items()},
    )
