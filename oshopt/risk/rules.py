"""The scenario's named rules: linear limits on money, shares and purchases, as a strategy meets them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from oshopt.model import Rule, RuleOn, Scenario
from oshopt.risk.arrays import ScenarioArrays
from oshopt.risk.purchases import Purchases
from oshopt.risk.service import Floats


@dataclass(frozen=True, slots=True, eq=False)
class RuleSpan:
    """A rule over the years for which it holds as one: all of its years, or one of them."""

    rule: Rule
    name: str
    """Rule, and the year where it holds for each alone."""
    measures: NDArray[np.bool_]
    """Measures that it is about, shape (M,)."""
    years: NDArray[np.bool_]
    """Years that it sums over, shape (T,)."""

    def found(self, arrays: ScenarioArrays, bought: Purchases, spend: Floats) -> float:
        """Return what a strategy has of the quantity that the rule limits."""
        quantity = {
            RuleOn.SPEND: spend,
            RuleOn.PART: spend,
            RuleOn.SHARE: bought.extent,
            RuleOn.PROJECTS: bought.begun,
            RuleOn.UNDER_WAY: under_way(arrays, bought.begun),
        }[self.rule.on]
        total = float(quantity[np.ix_(self.measures, self.years)].sum())
        if self.rule.on is RuleOn.PART:
            whole = float(spend[:, self.years].sum())
            return total / whole if whole > 0 else 0.0
        return total

    def over(self, arrays: ScenarioArrays, bought: Purchases, spend: Floats) -> float:
        """Return how far a strategy is outside the rule, relative to its limit; 0 where it is inside."""
        found = self.found(arrays, bought, spend)
        if self.rule.on is RuleOn.PART and not spend[:, self.years].any():
            return 0.0
        low, high = self.rule.at_least, self.rule.at_most
        over = max(0.0, -np.inf if low is None else low - found, -np.inf if high is None else found - high)
        return over / max(1e-300, *(abs(limit) for limit in (low, high, found) if limit is not None)) if over else 0.0


def rule_spans(scenario: Scenario, arrays: ScenarioArrays) -> Iterator[RuleSpan]:
    """Yield every rule, those for each year once a year."""
    calendar = np.array(arrays.years)
    for rule in scenario.settings.rule:
        chosen = set(scenario.selected(rule.measures))
        measures = np.array([name in chosen for name in arrays.measures])
        years = np.isin(calendar, rule.years) if rule.years else np.ones(len(calendar), dtype=bool)
        if not rule.each_year:
            yield RuleSpan(rule, rule.name, measures, years)
            continue
        for year in calendar[years].tolist():
            yield RuleSpan(rule, f"{rule.name} {year}", measures, calendar == year)


def under_way(arrays: ScenarioArrays, begun: NDArray[np.bool_]) -> Floats:
    """Return how many purchases of each measure have their lead time running in each year, shape (M, T)."""
    years = begun.shape[1]
    age = np.arange(years)[None, :] - np.arange(years)[:, None]
    running = (age >= 0) & (age < np.maximum(arrays.lead, 1)[:, None, None])
    return np.asarray(np.einsum("ms,mst->mt", begun.astype(float), running))
