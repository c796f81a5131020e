"""How hard a search tries, and where it begins: gaps, time, a wish to stop, what is known already."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from oshopt.risk.service import Floats

FEASIBILITY = 1e-9
"""Tolerance asked of the solvers on rows, bounds, reduced costs and whole numbers."""
LEAST_TIME = 0.05
"""Seconds that a solver is given at least, where a time limit leaves less."""


def never() -> bool:
    """Tell that nobody has asked to stop."""
    return False


@dataclass(frozen=True, slots=True)
class Effort:
    """How hard to try."""

    relative: float = 1e-7
    """Relative gap at which a whole-number program may stop."""
    absolute: float = 1e-10
    """Absolute gap at which it may stop; programs are of order 1."""
    asked: float = 1e-7
    """Relative gap wanted of the objective, where a program's own is another."""
    deadline: float = math.inf
    """Time, of `time.monotonic`, at which to stop."""
    stop: Callable[[], bool] = never
    """Tells whether somebody has asked to stop."""

    @property
    def over(self) -> bool:
        """Whether no time is left."""
        return self.stop() or time.monotonic() >= self.deadline

    def part(self, share: float) -> Effort:
        """Return the effort with a share of the time left."""
        now = time.monotonic()
        return self if math.isinf(self.deadline) else replace(self, deadline=now + share * (self.deadline - now))

    @property
    def seconds(self) -> float | None:
        """Seconds left for one program; None where there is no limit."""
        return None if math.isinf(self.deadline) else max(LEAST_TIME, self.deadline - time.monotonic())


FULL = Effort()
"""As long as it takes."""


@dataclass(frozen=True, slots=True, eq=False)
class Start:
    """What an earlier program with the same first columns and rows has found."""

    values: Floats
    """Its values; later columns begin with 0."""
    basis: Any = None
    """Its basis, as the solver has it; None where there is none."""
