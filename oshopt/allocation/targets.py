"""Objectives and limits by name: what may be sought and what may be demanded beside the scenario's own limits."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from oshopt.model import Evaluation, InputError, Problem, Scenario, nearest


class Objective(StrEnum):
    """What a plan may seek (design, section 7)."""

    EFFECT = "effect"
    """Greatest headcount-weighted mean of ε over the horizon."""
    SAFE_SERVICE = "safe_service"
    """Greatest N of the worst group."""
    REMAINING_SERVICE = "remaining_service"
    """Greatest remaining service of the group with least of it."""
    CASES = "cases"
    """Fewest cases over the horizon."""
    COST = "cost"
    """Least discounted cost."""
    NET_BENEFIT = "net_benefit"
    """Greatest saving in cases and lost days less cost, both discounted."""


UNBUILT = {"outcome": "the forecast"}
"""Objectives and limits that this version has no engine for."""

AT_LEAST = ("effect", "last_effect", "safe_service", "remaining_service", "net_benefit")
FOR_ALL = ("cases", "cost", "net_benefit")
"""Limits that hold for the whole enterprise only."""
AT_MOST = ("cases", "cost")


@dataclass(frozen=True, slots=True)
class Limit:
    """A demand beside the scenario's limits, on one group or, without a group, on the enterprise.

    `effect` is the mean over the horizon (headcount-weighted where no group is named), `last_effect` that of the last
    year, `safe_service` and `remaining_service` hold for every group not over its threshold already: all at least
    `value`. `cases` and `cost` (undiscounted, over the horizon) are at most `value`, `net_benefit` is at least that.
    """

    kind: str
    group: str | None
    value: float

    @property
    def name(self) -> str:
        """The limit as a user writes it."""
        return self.kind if self.group is None else f"{self.kind}:{self.group}"

    def slack(self, evaluation: Evaluation) -> float:
        """Return how far an evaluation is inside the limit, relative to max(1, |value|); negative if outside."""
        found = self.found(evaluation)
        margin = self.value - found if self.kind in AT_MOST else found - self.value
        return margin / max(1.0, abs(self.value))

    def found(self, evaluation: Evaluation) -> float:
        """Return what an evaluation reaches of the limited quantity."""
        if self.kind == "cases":
            return evaluation.cases
        if self.kind == "cost":
            return evaluation.cost
        if self.kind == "net_benefit":
            return evaluation.net_benefit
        if self.kind == "effect" and self.group is None:
            return evaluation.mean_effect
        exceeded = {flag.subject for flag in evaluation.flags if flag.code == "exceeded"}
        groups = [self.group] if self.group else [g for g in evaluation.epsilon if g not in exceeded]
        by_kind = {
            "effect": lambda g: math.fsum(evaluation.epsilon[g].values()) / len(evaluation.epsilon[g]),
            "last_effect": lambda g: list(evaluation.epsilon[g].values())[-1],
            "safe_service": lambda g: evaluation.safe_service[g],
            "remaining_service": lambda g: evaluation.remaining_service[g],
        }
        if self.kind == "last_effect" and self.group is None:
            groups = list(evaluation.epsilon)
        return min((by_kind[self.kind](group) for group in groups), default=math.inf)


def objective_named(name: str) -> Objective:
    """Return the objective of that name; raise `InputError` naming the nearest one, or the engine it lacks."""
    _refuse_unbuilt("objective", name)
    try:
        return Objective(name)
    except ValueError:
        remedy = nearest(name, [*Objective])
        raise InputError([Problem("options", "", "objective", name, "there is no such objective", remedy)]) from None


def limits_named(limits: Mapping[str, float], scenario: Scenario) -> tuple[Limit, ...]:
    """Return limits from `{"safe_service": 40, "effect:workers": 0.2, …}`; raise `InputError` with every mistake."""
    problems, parsed = [], []
    for name, value in sorted(limits.items()):
        kind, _, group = name.partition(":")
        _refuse_unbuilt("limit", kind)
        known = (*AT_LEAST, *AT_MOST)
        if kind not in known:
            problems.append(Problem("options", "", "limit", name, "there is no such limit", nearest(kind, known)))
        elif group and kind in FOR_ALL:
            remedy = f"Write {kind} without a group."
            problems.append(Problem("options", "", "limit", name, "this limit is for the whole enterprise", remedy))
        elif group and group not in scenario.groups:
            remedy = nearest(group, scenario.groups)
            problems.append(Problem("options", "", "limit", name, "there is no group of this id", remedy))
        elif isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value) or value < 0:
            remedy = "Give a finite number of 0 or more."
            problems.append(Problem("options", "", "limit", f"{name}={value}", "the limit is not a number", remedy))
        else:
            parsed.append(Limit(kind, group or None, float(value)))
    if problems:
        raise InputError(problems)
    return tuple(parsed)


def _refuse_unbuilt(column: str, name: str) -> None:
    kind = name.partition(":")[0].partition("=")[0]
    if kind in UNBUILT:
        message = f"the {column} {kind} needs {UNBUILT[kind]}, which this version does not have"
        known = ", ".join(Objective)
        raise InputError([Problem("options", "", column, name, message, f"Choose one of: {known}.")])
