"""The alternatives of a comparison in the order a reader meets them, each measured against doing nothing."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from oshopt.language import say
from oshopt.model import DO_NOTHING, OPTIMUM, Comparison, Evaluation, Label


class Role(StrEnum):
    """What an alternative is to the reader."""

    NOTHING = "nothing"
    STRATEGY = "strategy"
    OPTIMUM = "optimum"


@dataclass(frozen=True, slots=True)
class Alternative:
    """One thing that can be done: doing nothing, a given strategy, or the allocator's plan."""

    role: Role
    label: Label
    evaluation: Evaluation
    nothing: Evaluation

    @property
    def money_in_all(self) -> float:
        """Cost over the horizon and after it, until the group of shortest N reaches its threshold."""
        return self.evaluation.cost + self.evaluation.money_after_horizon

    @property
    def extra_money(self) -> float:
        """Money in all above that of doing nothing."""
        base = self.nothing.cost + self.nothing.money_after_horizon
        return 0.0 if self.money_in_all == base else self.money_in_all - base

    def gain(self, group: str) -> float:
        """Years that a group's N gains over doing nothing."""
        return difference(self.evaluation.safe_service[group], self.nothing.safe_service[group])

    @property
    def shortest(self) -> tuple[str, float]:
        """Group that reaches its threshold first, and its N; groups already past it are left out if others remain."""
        service = {group: self.evaluation.safe_service[group] for group in open_groups(self.nothing)}
        group = min(service, key=lambda name: (service[name], name))
        return group, service[group]

    @property
    def shortest_gain(self) -> float:
        """Years that the shortest N gains over the shortest N of doing nothing."""
        base = min(self.nothing.safe_service[group] for group in open_groups(self.nothing))
        return difference(self.shortest[1], base)

    @property
    def money_per_year_gained(self) -> float | None:
        """Extra money in all for each year that the shortest N gains; empty where nothing is gained or either is ∞."""
        gain, extra = self.shortest_gain, self.extra_money
        if not (math.isfinite(gain) and math.isfinite(extra)) or gain <= 1e-9:
            return None
        return extra / gain

    def spent_on(self, measure: str) -> float:
        """Money on a measure over the horizon, new shares and upkeep."""
        rows = (self.evaluation.spend.get(measure), self.evaluation.upkeep.get(measure))
        return math.fsum(amount for row in rows if row is not None for amount in row.values())

    def money_by(self, key: Mapping[str, str]) -> dict[str, float]:
        """Money over the horizon by a property of measures: `key` gives it for each measure."""
        sums: dict[str, list[float]] = {}
        for measure, name in key.items():
            sums.setdefault(name, []).append(self.spent_on(measure))
        return {name: math.fsum(amounts) for name, amounts in sums.items()}


def difference(first: float, second: float) -> float:
    """Return first − second where ∞ − ∞ is 0."""
    return 0.0 if first == second else first - second


def exceeded_groups(nothing: Evaluation) -> list[str]:
    """Return groups whose risk is at or past their threshold when the plan begins."""
    return [group for group, left in nothing.remaining_service.items() if left <= 0]


def open_groups(nothing: Evaluation) -> list[str]:
    """Return groups that are not past their threshold yet, or all of them where every group is."""
    past = exceeded_groups(nothing)
    return [group for group in nothing.safe_service if group not in past] or list(nothing.safe_service)


def alternatives(comparison: Comparison) -> list[Alternative]:
    """Return doing nothing, the given strategies in the order asked for, and the optimum if there is one."""
    nothing = comparison.nothing
    found = [Alternative(Role.NOTHING, strategy_label(nothing.strategy), nothing, nothing)]
    order = [name for name in comparison.order if name in comparison.strategies]
    for name in dict.fromkeys([*order, *comparison.strategies]):
        found.append(Alternative(Role.STRATEGY, strategy_label(name), comparison.strategies[name], nothing))
    if comparison.optimum is not None:
        found.append(Alternative(Role.OPTIMUM, strategy_label(OPTIMUM), comparison.optimum.evaluation, nothing))
    return found


def strategy_label(name: str) -> Label:
    """Return what a strategy is called: its id, or the words for those that any scenario may have."""
    words = {
        DO_NOTHING.id: say("do nothing"),
        OPTIMUM: say("optimum"),
        "last-year": say("last year's plan"),
        "actual": say("what was really spent"),
    }
    return Label(words.get(name, name), name)
