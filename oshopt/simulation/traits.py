"""What the compiled kernels know of a group: its traits, the quantities they count, and what a year's counts mean.

Types and numbers only; nothing is compiled or drawn here.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

BLOCK = 1024
"""Positions carried together, so that their state stays in the nearest cache."""

WIDTH = BLOCK + 40
"""Length of a row of a block's arrays: rows a power of two apart would share the same few lines of the cache."""

MAX_LIVES = 1 << 24
"""Lives that one position can see: the index has 24 bits of the counter."""

NEARLY_CERTAIN = 1.0 - 2.0**-33
"""Risk at the start is at most this, so that everybody has an onset ahead."""

HIRES, LEAVERS, MOVED, CASES, INJURIES, ABOVE, RISK, PACE = range(8)
"""Rows of a kernel's counts; column k is the year that ends at time k, column 0 is empty, the last one is beyond.

RISK is in units of 2⁻³². The kernel by lives gives ABOVE, RISK and PACE as changes from one year's end to the next:
the summed risk at exposure A is the running sum of RISK + that of PACE·A.
"""
ROWS = 8

Counts = NDArray[np.int64]


class Traits(NamedTuple):
    """A group as the kernels see it. Rates are a year, times in years."""

    acceptable_risk: float
    """R_acc."""
    initial_risk: float
    """R_0."""
    risk_increment: float
    """dR that held while the workers of the start served."""
    served: float
    """Mean calendar service at the start."""
    served_spread: float
    """Half-width of the uniform spread of service at the start."""
    mean_stay: float
    """1/turnover, ∞ without turnover."""
    retirement: float
    """Service at which a worker retires, ∞ where nobody does."""
    susceptibility: float
    """σ of ln ξ."""
    noise: float
    """h: half-width of the yearly factor of each worker's increment."""
    case_leaves: bool
    """Whether a case ends the life."""
    move_at_limit: bool
    """Whether passing R_acc ends the life."""
    injured: bool
    """Whether injuries are counted."""
