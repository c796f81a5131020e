"""The certificate of a plan: value, bound, gap and violation recomputed, limits that bind, what more money brings."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from oshopt.allocation.check import TIGHT, Slack
from oshopt.allocation.measured import Measured
from oshopt.allocation.search import Found, NoSolutionError, Search
from oshopt.allocation.targets import Objective
from oshopt.language import say
from oshopt.model import BindingLimit, BreakEven, Certificate, Evaluation, FrozenMap, MarginalValue, SolverError, Status
from oshopt.risk import Funding, effect
from oshopt.risk.purchases import Purchases
from oshopt.risk.service import Floats

PROVEN = 1e-6
"""A gap up to this makes a plan optimal."""
FEASIBLE = 1e-7
"""A relative violation above this makes an answer no plan at all."""
LEAST = (Objective.CASES, Objective.COST, Objective.OUTCOME)
"""Objectives of which less is more."""
STEP = 0.01
"""Share of a year's money by which marginal values are measured."""


@dataclass(frozen=True, slots=True, eq=False)
class Proof:
    """What a certificate is made from."""

    search: Search
    found: Found
    bought: Purchases
    payments: Floats
    evaluation: Evaluation
    slacks: list[Slack]
    solver: str
    break_even: Mapping[str, BreakEven]
    marginals: bool
    judged: float | None = None
    """Value of a robust plan, judged draw by draw; None where the evaluation's is meant."""

    def certificate(self) -> Certificate:
        """Return the certificate; raise `SolverError` where the plan breaks a limit by more than 1e-7."""
        violation = max(0.0, -min(slack.size for slack in self.slacks))
        if violation > FEASIBLE:
            worst = min(self.slacks, key=lambda slack: slack.size)
            raise SolverError(f"the solver's plan breaks {worst.name!r} by {violation:.2g} (relative)")
        value = self.judged
        if value is None:
            value = objective_value(self.search.objective, self.evaluation, self.search.task.measured)
        if not _agree(value, self.found.value):
            raise SolverError(f"the plan's {self.search.objective} is {value!r}, the search had {self.found.value!r}")
        bound = self.found.bound
        distance = gap(value, bound)
        self._require_bound(value, bound, distance)
        unspent = self._unspent()
        more = self.marginals and not self.search.effort.over
        return Certificate(
            solver=self.solver,
            status=self._status(distance),
            reason=say(self.found.reason),
            objective=self.search.objective.value,
            value=value,
            bound=bound,
            bound_source=say(self.found.bound_source),
            gap=distance,
            violation=violation,
            binding=tuple(
                BindingLimit(name=slack.name, text=slack.text)
                for slack in self.slacks
                if slack.text and slack.size < TIGHT
            ),
            unspent=unspent,
            unspent_reason=self._why_unspent(unspent),
            marginal_value=marginal_values(self.search, value) if more else FrozenMap(),
            break_even=FrozenMap(self.break_even),
            rounds=self.found.rounds,
        )

    def _require_bound(self, value: float, bound: float, distance: float) -> None:
        """Raise `SolverError` where the plan is better than the bound says that any can be."""
        better = value < bound if self.search.objective in LEAST else value > bound
        if better and distance > PROVEN:
            raise SolverError(f"the plan's {self.search.objective} is {value!r}, better than the bound {bound!r}")

    def _status(self, distance: float) -> Status:
        if distance <= PROVEN:
            return Status.OPTIMAL
        return Status.WITHIN_GAP if distance <= self.search.effort.relative else Status.FEASIBLE

    def _unspent(self) -> FrozenMap[int, float]:
        """Return money left by year; money that may wait, and a total's, is left in the last year."""
        task, years = self.search.task, self.search.task.arrays.years
        funding = task.funding
        spent = np.array(list(self.evaluation.cost_by_year.values()))
        left = np.zeros(len(years))
        if funding.lines:
            by_line = funding.amount - self.payments.sum(axis=1)
            left = by_line[~funding.carry_over].sum(axis=0)
            left[-1] += by_line[funding.carry_over].sum()
            left = np.minimum(left, np.where(np.isfinite(funding.per_year), funding.per_year - spent, np.inf))
        elif np.isfinite(funding.per_year).all():
            left = funding.per_year - spent
        if np.isfinite(funding.total):
            rest = funding.total - float(spent.sum())
            only_total = not funding.lines and np.isinf(funding.per_year).any()
            left = np.append(np.zeros(len(years) - 1), rest) if only_total else np.minimum(left, max(rest, 0.0))
        scale = max(1.0, float(spent.max(initial=0.0)))
        return task.arrays.by_year(np.where(np.abs(left) <= TIGHT * scale, 0.0, np.maximum(left, 0.0)))

    def _why_unspent(self, unspent: FrozenMap[int, float]) -> str:
        if not any(unspent.values()):
            return ""
        search, arrays = self.search, self.search.task.arrays
        if search.objective is Objective.COST:
            return say("The limits are met at this cost; more money is not asked for.")
        force = effect.in_force(arrays, self.bought.extent, len(arrays.years))
        acts = np.arange(len(arrays.years))[None, :] >= arrays.lead[:, None]
        helps = arrays.gain.max(axis=0)[:, None] > 0
        if not np.any((force < arrays.room[:, None] - TIGHT) & acts & helps):
            return say("Every measure that lowers risk is carried out in full as early as it can act.")
        binding = {slack.name for slack in self.slacks if slack.size < TIGHT}
        if "renewal" in binding:
            return say("More effect in the last year could not be kept up afterwards with the last year's money.")
        if any(name.startswith(("limit cost", "limit cases")) for name in binding):
            return say("A limit asked for stops the plan from spending more.")
        if search.task.funding.lines:
            return say("The money left is in lines or years whose eligible measures are in full or would act too late.")
        return say(
            "More spending would not improve the plan: it would act after the horizon or after the measure is in full."
        )


def objective_value(objective: Objective, evaluation: Evaluation, measured: Measured | None = None) -> float:
    """Return what an evaluation is worth under an objective; groups over their threshold count only if all are."""
    if objective is Objective.OUTCOME and measured is not None:
        return measured.outcome(measured.sought, evaluation)
    if objective is Objective.EFFECT:
        return evaluation.mean_effect
    if objective is Objective.CASES:
        return evaluation.cases
    if objective is Objective.COST:
        return evaluation.discounted_cost
    if objective is Objective.NET_BENEFIT:
        return evaluation.net_benefit
    exceeded = {flag.subject for flag in evaluation.flags if flag.code == "exceeded"}
    table = evaluation.safe_service if objective is Objective.SAFE_SERVICE else evaluation.remaining_service
    counted = [years for group, years in table.items() if group not in exceeded]
    return min(counted or table.values())


def gap(value: float, bound: float) -> float:
    """Return |bound − value|/max(1, |value|), 0 where both are infinite."""
    if math.isinf(value) and math.isinf(bound):
        return 0.0
    return abs(bound - value) / max(1.0, abs(value))


def _agree(one: float, other: float) -> bool:
    return one == other or abs(one - other) <= 1e-6 * max(1.0, abs(one))


def marginal_values(search: Search, value: float) -> FrozenMap[int, MarginalValue]:
    """Return what one per cent more money in each year brings, by solving again; one entry for a mere total."""
    task = search.task
    arrays, funding = task.arrays, task.funding
    found = {}
    for t, year in enumerate(arrays.years):
        more, step = _more(funding, t)
        if step <= 0:
            continue
        try:
            raised = replace(search, task=replace(task, funding=more), guess=_guess(value)).value()
        except NoSolutionError:
            continue
        gain = 0.0 if raised == value else (raised - value) / step
        found[year] = MarginalValue(step=step, value=raised, per_unit=gain)
        if not funding.lines and np.isinf(funding.per_year).all():
            break
    return FrozenMap(found)


def _guess(value: float) -> float | None:
    return value if math.isfinite(value) else None


def _more(funding: Funding, year: int) -> tuple[Funding, float]:
    """Return the funding with one per cent more money in a year, and that money."""
    per_year, amount = funding.per_year.copy(), funding.amount.copy()
    if funding.lines:
        step = STEP * float(amount[:, year].sum())
        amount[:, year] *= 1 + STEP
    elif np.isfinite(per_year[year]):
        step = STEP * float(per_year[year])
    else:
        step = STEP * funding.total if np.isfinite(funding.total) else 0.0
    per_year[year] += step
    return replace(funding, per_year=per_year, amount=amount, total=funding.total + step), step
