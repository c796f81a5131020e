"""Between which budgets plans spend on each measure: solved on a grid, each change narrowed down from both sides."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from oshopt.model import Crossing, FundedSpan
from oshopt.risk.purchases import Purchases
from oshopt.risk.service import Floats

SPENT = 0.1
"""Money above this share of the precision is spent; less is what stages leave to each other."""


@dataclass(slots=True, eq=False)
class Crossings:
    """Budgets solved so far and what their plans spend on each measure; M measures."""

    buy: Callable[[float], Purchases]
    """Returns what the best plan for a budget buys."""
    precision: float
    """Distance of the two sides of a change."""
    _funded: dict[float, NDArray[np.bool_]] = field(default_factory=dict)
    _spend: dict[float, Floats] = field(default_factory=dict)

    def know(self, budget: float, bought: Purchases) -> None:
        """Note what the plan for a budget buys."""
        spend: Floats = bought.cost.sum(axis=1)
        self._spend[budget] = spend
        self._funded[budget] = spend > SPENT * self.precision

    def solve(self, budgets: Iterable[float]) -> None:
        """Solve those of the budgets that have not been solved."""
        for budget in budgets:
            if budget not in self._funded:
                self.know(budget, self.buy(budget))

    @property
    def resolution(self) -> float:
        """Widest step between budgets solved."""
        return max((b - a for a, b in pairwise(sorted(self._funded))), default=0.0)

    def spans(self, measure: int) -> tuple[FundedSpan, ...]:
        """Return the spans of budgets in which plans spend on a measure, in rising order."""
        while (step := self._widest_change(measure)) is not None:
            self._narrow(measure, *step)
        budgets = sorted(self._funded)
        spans: list[FundedSpan] = []
        if self._funded[budgets[0]][measure]:
            spans.append(FundedSpan(enters=None, leaves=None))
        for low, high in pairwise(budgets):
            if self._changes(measure, low, high):
                crossing = Crossing(at=roundest(low, high), below=low, above=high)
                if self._funded[high][measure]:
                    spans.append(FundedSpan(enters=crossing, leaves=None))
                else:
                    spans[-1] = FundedSpan(enters=spans[-1].enters, leaves=crossing)
        return tuple(spans)

    def _changes(self, measure: int, low: float, high: float) -> bool:
        return bool(self._funded[low][measure] != self._funded[high][measure])

    def _widest_change(self, measure: int) -> tuple[float, float] | None:
        steps = [pair for pair in pairwise(sorted(self._funded)) if self._changes(measure, *pair)]
        low, high = max(steps, key=lambda pair: pair[1] - pair[0], default=(0.0, 0.0))
        return (low, high) if high - low > self.precision else None

    def _narrow(self, measure: int, low: float, high: float) -> None:
        """Solve between two budgets of different answers until they are near to each other."""
        entering = bool(self._funded[high][measure])
        far = self._beyond(measure, low, high, entering)
        while high - low > self.precision:
            # where spending grows evenly from nothing, the straight line through two budgets tells where it begins
            zero = self._zero(measure, high if entering else low, far)
            near = () if zero is None else (zero - 0.45 * self.precision, zero + 0.45 * self.precision)
            for budget in (*near, (low + high) / 2):
                if high - low <= self.precision or not low < budget < high:
                    continue
                self.solve([budget])
                if self._changes(measure, low, budget):
                    far, high = (high, budget) if entering else (far, budget)
                else:
                    far, low = (far, budget) if entering else (low, budget)

    def _beyond(self, measure: int, low: float, high: float, entering: bool) -> float | None:
        """Return the next solved budget on the side where the measure is in the plan, if it is in there too."""
        budgets = sorted(self._funded)
        at = budgets.index(high) + 1 if entering else budgets.index(low) - 1
        if not 0 <= at < len(budgets) or not self._funded[budgets[at]][measure]:
            return None
        return budgets[at]

    def _zero(self, measure: int, near: float, far: float | None) -> float | None:
        if far is None:
            return None
        one, other = float(self._spend[near][measure]), float(self._spend[far][measure])
        return None if other <= one else near - one * (far - near) / (other - one)


def roundest(low: float, high: float) -> float:
    """Return the number from `low` to `high`, both at least 0, that is written with the fewest digits."""
    if low <= 0:
        return 0.0
    for power in range(math.floor(math.log10(high)), -16, -1):
        unit = 10.0**power
        found = round(math.ceil(low / unit * (1 - 1e-15)) * unit, max(0, -power))
        if low <= found <= high:
            return found
    return high
