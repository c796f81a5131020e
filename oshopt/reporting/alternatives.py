"""The alternatives of a comparison in the order a reader meets them, each measured against doing nothing."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from oshopt.economics import minus, open_groups
from oshopt.language import say
from oshopt.model import DO_NOTHING, OPTIMUM, Comparison, Economics, Evaluation, Label


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
    economics: Economics

    def gain(self, group: str) -> float:
        """Years that a group's N gains over doing nothing."""
        return minus(self.evaluation.safe_service[group], self.nothing.safe_service[group])

    @property
    def shortest(self) -> tuple[str, float]:
        """Group that reaches its threshold first, and its N; groups already past it are left out if others remain."""
        service = {group: self.evaluation.safe_service[group] for group in open_groups(self.nothing)}
        group = min(service, key=lambda name: (service[name], name))
        return group, service[group]

    @property
    def shortest_today(self) -> float:
        """The shortest N of doing nothing, of the same groups."""
        return min(self.nothing.safe_service[group] for group in open_groups(self.nothing))

    def money_by(self, key: Mapping[str, str]) -> dict[str, float]:
        """Money over the horizon by a property of measures: `key` gives it for each measure."""
        sums: dict[str, list[float]] = {}
        for measure, name in key.items():
            sums.setdefault(name, []).append(spent_on(self.evaluation, measure))
        return {name: math.fsum(amounts) for name, amounts in sums.items()}


def spent_on(evaluation: Evaluation, measure: str) -> float:
    """Return the money on a measure over the horizon, new shares and upkeep."""
    rows = (evaluation.spend.get(measure), evaluation.upkeep.get(measure))
    return math.fsum(amount for row in rows if row is not None for amount in row.values())


def exceeded_groups(nothing: Evaluation) -> list[str]:
    """Return groups whose risk is at or past their threshold when the plan begins."""
    return [group for group, left in nothing.remaining_service.items() if left <= 0]


def alternatives(comparison: Comparison) -> list[Alternative]:
    """Return doing nothing, the given strategies in the order asked for, and the optimum if there is one."""
    nothing, strategies = comparison.nothing, comparison.strategies
    order = [name for name in comparison.order if name in strategies]
    told = [(Role.NOTHING, nothing.strategy, nothing)]
    told += [(Role.STRATEGY, name, strategies[name]) for name in dict.fromkeys([*order, *strategies])]
    if comparison.optimum is not None:
        told.append((Role.OPTIMUM, OPTIMUM, comparison.optimum.evaluation))
    return [
        Alternative(role, strategy_label(name), evaluation, nothing, comparison.economics[name])
        for role, name, evaluation in told
    ]


def strategy_label(name: str) -> Label:
    """Return what a strategy is called: its id, or the words for those that any scenario may have."""
    words = {
        DO_NOTHING.id: say("do nothing"),
        OPTIMUM: say("optimum"),
        "last-year": say("last year's plan"),
        "actual": say("what was really spent"),
    }
    return Label(words.get(name, name), name)
