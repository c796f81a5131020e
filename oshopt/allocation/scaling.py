"""A scenario with more or less money: every amount times one factor, and the least money that does something.

Demands stay as they are: the legal minimum, duties, rules and limits asked for.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from oshopt.allocation.adapter import Termination
from oshopt.allocation.effort import FULL
from oshopt.allocation.formulation import Formulation, Task, formulate
from oshopt.allocation.polish import polish_values
from oshopt.allocation.search import NoSolutionError, Search
from oshopt.model import Basis, InputError, Problem, Scenario
from oshopt.risk import Funding
from oshopt.risk.service import Floats

DIGITS = 7
"""Significant digits to which the ends of the range of money are rounded up."""
ALMOST_NONE = 1e-12
"""Least factor of lines, which must have some money in a scenario: it buys no share that counts."""
SLIP = 1e-7
"""Relative distance above an end that is taken where its rounded figure falls short."""


@dataclass(frozen=True, slots=True, eq=False)
class Scaling:
    """A scenario and its task, with the money that its budget comes to in the basis of the frontier."""

    scenario: Scenario
    task: Task
    basis: Basis
    today: float
    """The scenario's own budget in that basis."""

    def scenario_at(self, budget: float) -> Scenario:
        """Return the scenario with another budget."""
        factor = budget / self.today
        settings = self.scenario.settings
        own = settings.budget
        changed = {
            name: None if amount is None else amount * factor
            for name, amount in (("total", own.total), ("per_year", own.per_year))
        }
        part = max(factor, ALMOST_NONE)
        rows = tuple(entry.update(amount=entry.amount * part) for entry in self.scenario.budgets)
        return self.scenario.update(settings=settings.update(budget=own.update(**changed)), budgets=rows)

    def task_at(self, budget: float) -> Task:
        """Return the task with another budget."""
        return replace(self.task, funding=scaled(self.task.funding, budget / self.today))

    def ample(self) -> float:
        """Return a budget with which money limits nothing."""
        plain, funding = formulate(self.task), self.task.funding
        costs = plain.costs
        need = float(np.abs(costs.all.value).sum() + np.abs(costs.renewal.value).sum() + costs.standing.sum()) + 1.0
        amounts = np.concatenate([funding.per_year, funding.amount.ravel(), [funding.total, funding.last_year]])
        return self.today * max(1.0, need / float(amounts[np.isfinite(amounts) & (amounts > 0)].min()))

    def least(self, search: Search, most: float, value: float | None = None) -> float | None:
        """Return the least budget up to `most` with which a plan exists, or reaches a value of the objective.

        One program in which the budget is a column. None where none exists.
        """
        from scipy import sparse

        nothing, once = formulate(self.task_at(0.0)), formulate(self.task)
        program = nothing.program if value is None else search.held(nothing, value)
        money = np.zeros((len(program.rows), 1))
        money[: len(nothing.program.rows), 0] = _limits(once) - _limits(nothing)
        loose = program.loosened(["money"], sparse.csr_array(money), np.array([most / self.today]))
        vector = np.zeros(len(loose.columns))
        vector[-1] = 1.0
        answer = search.solve(loose, vector, FULL)
        if answer.termination is Termination.INFEASIBLE:
            return None
        if answer.termination is not Termination.OPTIMAL:
            raise NoSolutionError(answer)
        return float(polish_values(loose.fixed(answer.values), answer.values)[-1]) * self.today


def _limits(plain: Formulation) -> Floats:
    """Return the upper limit of every row in its own unit, 0 where it has none."""
    high = plain.program.high * plain.program.scale
    return np.where(np.isfinite(high), high, 0.0)


def scaled(funding: Funding, factor: float) -> Funding:
    """Return the funding with every amount times a factor; money without a limit stays so."""
    per_year = np.where(np.isfinite(funding.per_year), np.nan_to_num(funding.per_year, posinf=0.0) * factor, np.inf)
    total = funding.total * factor if np.isfinite(funding.total) else np.inf
    return replace(funding, per_year=per_year, total=total, amount=funding.amount * factor)


def whole_money(funding: Funding) -> float:
    """Return the money of the whole horizon: the least of the total, the yearly budgets and the lines; ∞ without."""
    lines = float(funding.amount.sum()) if funding.lines else np.inf
    return min(funding.total, float(funding.per_year.sum()), lines)


def scaling_of(scenario: Scenario, task: Task) -> Scaling:
    """Return how a scenario's money is scaled; raise `InputError` where it has none that could be."""
    funding, years = task.funding, len(task.arrays.years)
    whole = whole_money(funding)
    if not 0 < whole < np.inf:
        remedy = "Give budget.total or budget.per_year, or lines in the table budgets, above 0."
        shown = "" if whole else "0"
        problem = Problem("scenario", "budget", "budget.total", shown, "there is no money to make more or less", remedy)
        raise InputError([problem])
    by_year = bool(funding.lines) or bool(np.isfinite(funding.per_year).any())
    basis = Basis.YEAR if by_year else Basis.HORIZON
    return Scaling(scenario, task, basis, whole / years if by_year else whole)


def settled(budget: float, enough: Callable[[float], bool]) -> float:
    """Return a budget rounded up to few digits, or raised a little more where that is not enough."""
    if budget <= 0:
        return 0.0
    power = math.floor(math.log10(budget)) + 1 - DIGITS
    rounded = round(math.ceil(budget * (1 - SLIP / 10) / 10.0**power) * 10.0**power, max(0, -power))
    return rounded if enough(rounded) else budget * (1 + SLIP)
