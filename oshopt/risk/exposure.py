"""Exposure of a group: what a worker of mean susceptibility gathers over time, as a piecewise linear function.

The path (`ExposurePath`) is plain data; `PathTable` is the same path prepared for look-ups in both directions in
constant time. No numba here, and no worker: susceptibility, noise and lives belong to those who walk the path.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

CELLS = 512
"""Cells of the grids that narrow a look-up to the few segments of one cell."""

_SLACK = 1e-12
_SHORTEST = 1e-200


@dataclass(frozen=True, slots=True, eq=False)
class ExposurePath:
    """Increment of risk and rate of injuries of one group, constant between break times.

    The last segment has no end: what holds there goes on for ever (`after_horizon` is already decided).
    """

    breaks: Floats
    """Start of each segment, shape (segments,), years from the plan's start, rising from 0."""
    rates: Floats
    """dR·(1 − ε) of each segment, shape (segments,), 1/year (eq. 4)."""
    injury_rates: Floats
    """Repeatable injuries of each segment, shape (segments,), per person and year."""

    def __post_init__(self) -> None:
        if not self.breaks.shape == self.rates.shape == self.injury_rates.shape or self.breaks.ndim != 1:
            raise ValueError("breaks, rates and injury_rates must be vectors of one length")
        if self.breaks.size == 0 or self.breaks[0] != 0 or np.any(np.diff(self.breaks) <= 0):
            raise ValueError("breaks must start at 0 and rise")
        for name in ("breaks", "rates", "injury_rates"):
            values = getattr(self, name)
            if not np.all(np.isfinite(values)) or np.any(values < 0):
                raise ValueError(f"{name} must be finite and not negative")

    @classmethod
    def of(cls, breaks: ArrayLike, rates: ArrayLike, injury_rates: ArrayLike = 0.0) -> ExposurePath:
        """Build a path from anything that reads as vectors; a single injury rate holds in every segment."""
        starts = np.array(breaks, dtype=np.float64)
        injuries = np.broadcast_to(np.asarray(injury_rates, dtype=np.float64), starts.shape).copy()
        return cls(starts, np.array(rates, dtype=np.float64), injuries)

    @classmethod
    def yearly(cls, risk_increment: float, effects: ArrayLike, injury_rate: float = 0.0) -> ExposurePath:
        """Build the path of eq. 4 for an effect ε per year, shape (years,); the last year's effect goes on."""
        remaining = 1.0 - np.asarray(effects, dtype=np.float64)
        return cls(np.arange(remaining.size, dtype=np.float64), risk_increment * remaining, injury_rate * remaining)


BREAK, EXPOSURE, RATE, DURATION, INJURIES, INJURY_RATE = range(6)
"""Columns of `PathTable.segments`: start (years), exposure up to it, exposure a year, years per exposure (∞ at rate 0),
expected injuries per person up to it, and injuries per person and year."""


class Grid(NamedTuple):
    """Regular grids over time and exposure that name the first segment, or year, of each cell."""

    time_scale: float
    """Cells a year."""
    time_hops: int
    """Most segments to step over inside one cell of the time grid."""
    exposure_scale: float
    """Cells per unit of exposure."""
    exposure_hops: int
    """Most segments to step over inside one cell of the exposure grid."""
    year_scale: float
    """Cells per unit of exposure, of the grid that ends with the last year."""
    year_hops: int
    """Most years to step over inside one of its cells."""


class PathTable(NamedTuple):
    """A path with its running sums and look-up grids; exposure is risk at susceptibility 1 gathered since 0."""

    segments: Floats
    """A row for each segment and one at ∞, columns as named above, shape (segments + 1, 6)."""
    ends: Floats
    """Exposure and expected injuries per person at the end of each year, from 0 on, then ∞, shape (2, years + 2)."""
    cells: Integers
    """First segment of each cell of the time grid and of the exposure grid, and first year's end of each cell of the
    grid over the exposure of the years, shape (3, CELLS + 1)."""
    grid: Grid
    """Scales of the three grids."""


def tabulate(path: ExposurePath, years: int) -> PathTable:
    """Prepare `path` for look-ups, with the exposure at the ends of `years` years."""
    lengths = np.diff(path.breaks)
    segments = np.full((path.breaks.size + 1, 6), np.inf)
    segments[:-1, BREAK] = path.breaks
    segments[:-1, RATE] = path.rates
    segments[:-1, INJURY_RATE] = path.injury_rates
    with np.errstate(divide="ignore", over="ignore"):
        segments[:-1, DURATION] = 1.0 / path.rates
    for total, rates in ((EXPOSURE, path.rates), (INJURIES, path.injury_rates)):
        segments[0, total] = 0.0
        segments[1:-1, total] = np.cumsum(rates[:-1] * lengths)
    times = np.arange(years + 1, dtype=np.float64)
    held = segments[np.searchsorted(path.breaks, times, side="right") - 1]
    since = times - held[:, BREAK]
    ends = np.full((2, years + 2), np.inf)
    ends[0, :-1] = held[:, EXPOSURE] + held[:, RATE] * since
    ends[1, :-1] = held[:, INJURIES] + held[:, INJURY_RATE] * since
    time_cells, time_scale, time_hops = _grid(segments[:-1, BREAK], -1)
    exposure_cells, exposure_scale, exposure_hops = _grid(segments[:-1, EXPOSURE], -1)
    year_cells, year_scale, year_hops = _grid(ends[0, :-1], 0)
    cells = np.stack([time_cells, exposure_cells, year_cells])
    return PathTable(
        segments, ends, cells, Grid(time_scale, time_hops, exposure_scale, exposure_hops, year_scale, year_hops)
    )


def _grid(edges: Floats, offset: int) -> tuple[Integers, float, int]:
    """Return the lowest of the answers in each cell, the scale, and the widest span of answers of a cell.

    The answer for a value is the number of `edges` below it (or not above it), plus `offset`.
    """
    scale = CELLS / edges[-1] if edges[-1] > _SHORTEST else 1.0
    feet = np.arange(CELLS + 1) / scale
    heads = np.append(feet[1:], np.inf)
    lowest = np.maximum(np.searchsorted(edges, feet * (1 - _SLACK), side="left") + offset, 0)
    highest = np.searchsorted(edges, heads * (1 + _SLACK), side="right") + offset
    return lowest.astype(np.int64), float(scale), int(np.max(highest - lowest))
