"""Objectives and limits by name: what may be sought and what may be demanded beside the scenario's own limits."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

from oshopt.model import Category, Evaluation, InputError, Problem, Role, Scenario, nearest


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
    OUTCOME = "outcome"
    """Least forecast outcome, named as `outcome:ID` where there are several."""
    NET_BENEFIT = "net_benefit"
    """Greatest saving in cases and lost days less cost, both discounted."""


OUTCOME, SCORE, COMPLIANCE, COMPLIANT = "outcome", "score", "compliance", "compliant"
AT_LEAST = (
    *("effect", "last_effect", "safe_service", "remaining_service", "net_benefit"),
    *(SCORE, COMPLIANCE, COMPLIANT),
)
AT_MOST = ("cases", "cost", OUTCOME)
FOR_ALL = ("cases", "cost", "net_benefit", SCORE, COMPLIANT)
"""Limits that hold for the whole enterprise only."""
SIGNED = ("net_benefit", SCORE, OUTCOME)
"""Limits that may be below 0."""
BEYOND_RISK = (OUTCOME, SCORE, COMPLIANCE, COMPLIANT)
"""Limits on what the forecast or the assessment knows."""


@dataclass(frozen=True, slots=True)
class Limit:
    """A demand beside the scenario's limits, on one group or, without a group, on the enterprise.

    `effect` is the mean over the horizon (headcount-weighted where no group is named), `last_effect` that of the last
    year, `safe_service` and `remaining_service` hold for every group not over its threshold already: all at least
    `value`. `cases` and `cost` (undiscounted, over the horizon) are at most `value`, `net_benefit` is at least that.
    In the last year an `outcome` (its id in place of the group) is at most `value`, the scorecard's total `score` and
    the level of `compliance` (of an input group in place of the group) at least that; `compliant` is 1.
    """

    kind: str
    group: str | None
    value: float

    @property
    def name(self) -> str:
        """The limit as a user writes it."""
        return self.kind if self.group is None else f"{self.kind}:{self.group}"

    @property
    def beyond_risk(self) -> bool:
        """Whether what is limited is known to the forecast or the assessment only."""
        return self.kind in BEYOND_RISK

    def slack(self, found: float) -> float:
        """Return how far what was found is inside the limit, relative to max(1, |value|); negative if outside."""
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
    """Return the objective of that name, `outcome:ID` among them; raise `InputError` naming the nearest one."""
    kind = name.partition(":")[0]
    if kind in [*Objective] and (kind == name or kind == Objective.OUTCOME):
        return Objective(kind)
    remedy = nearest(name, [*Objective])
    raise InputError([Problem("options", "", "objective", name, "there is no such objective", remedy)])


def limits_named(limits: Mapping[str, float], scenario: Scenario) -> tuple[Limit, ...]:
    """Return limits from `{"safe_service": 40, "effect:workers": 0.2, …}`; raise `InputError` with every mistake."""
    problems, parsed = [], []
    for name, value in sorted(limits.items()):
        kind, _, group = name.partition(":")
        problem = _wrong_name(kind, group, name, scenario) or _wrong_value(kind, name, value)
        if problem is not None:
            problems.append(problem)
        else:
            parsed.append(Limit(kind, group or None, float(value)))
    if problems:
        raise InputError(problems)
    return tuple(parsed)


def _wrong_name(kind: str, group: str, name: str, scenario: Scenario) -> Problem | None:
    known = (*AT_LEAST, *AT_MOST)
    if kind not in known:
        return Problem("options", "", "limit", name, "there is no such limit", nearest(kind, known))
    if group and kind in FOR_ALL:
        remedy = f"Write {kind} without a group."
        return Problem("options", "", "limit", name, "this limit is for the whole enterprise", remedy)
    outcomes = [series for series, row in scenario.indicators.items() if row.role is Role.OUTCOME]
    homes: dict[str, tuple[str, Collection[str]]] = {
        OUTCOME: ("outcome", outcomes),
        COMPLIANCE: ("input group", [category.value for category in Category]),
    }
    what, ids = homes.get(kind, ("group", scenario.groups))
    if group and group not in ids:
        return Problem("options", "", "limit", name, f"there is no {what} of this id", nearest(group, ids))
    if kind == OUTCOME and not group:
        remedy = f"Name one of: {', '.join(outcomes)}." if outcomes else "Add indicators.csv and history.csv."
        return Problem("options", "", "limit", name, "the limit names no outcome", remedy)
    return None


def _wrong_value(kind: str, name: str, value: object) -> Problem | None:
    number = value if isinstance(value, int | float) and not isinstance(value, bool) else math.nan
    if math.isfinite(number) and (number >= 0 or kind in SIGNED):
        return None
    remedy = "Give a finite number." if kind in SIGNED else "Give a finite number of 0 or more."
    return Problem("options", "", "limit", f"{name}={value}", "the limit is not a number", remedy)
