"""The money there is: limits by year, in total and by budget line, and what a strategy lacks of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from oshopt.model import Scenario
from oshopt.risk.arrays import ScenarioArrays
from oshopt.risk.service import Floats

TOLERANCE = 1e-9
"""Relative tolerance on money."""


@dataclass(frozen=True, slots=True, eq=False)
class Funding:
    """Limits on cost: L lines, M measures, T years. Money without a limit is ∞."""

    per_year: Floats
    """Yearly budget, shape (T,)."""
    total: float
    lines: tuple[str, ...]
    amount: Floats
    """Money of each line in each year, shape (L, T)."""
    carry_over: NDArray[np.bool_]
    eligible: NDArray[np.bool_]
    """Whether a line may pay for a measure, shape (L, M)."""
    least_per_year: float

    @property
    def unlimited(self) -> bool:
        """Whether nothing limits cost."""
        return not self.lines and bool(np.isinf(self.per_year).all()) and np.isinf(self.total)

    @property
    def last_year(self) -> float:
        """Money of the last year, which renewal after the horizon must fit into: without the limits of lines.

        The yearly budget, or total/horizon where only a total is given.
        """
        if np.isfinite(self.per_year[-1]) or self.lines:
            return float(self.per_year[-1])
        return self.total / len(self.per_year)


def funding_of(scenario: Scenario, arrays: ScenarioArrays) -> Funding:
    """Return the scenario's limits on cost."""
    budget, lines = scenario.settings.budget, scenario.lines
    amount = [[line.amount.get(year, 0.0) for year in arrays.years] for line in lines.values()]
    eligible = [[scenario.pays_for(line, measure) for measure in arrays.measures] for line in lines]
    return Funding(
        per_year=np.full(len(arrays.years), np.inf if budget.per_year is None else budget.per_year),
        total=np.inf if budget.total is None else budget.total,
        lines=tuple(lines),
        amount=np.array(amount, dtype=float).reshape(len(lines), len(arrays.years)),
        carry_over=np.array([line.carry_over for line in lines.values()], dtype=bool),
        eligible=np.array(eligible, dtype=bool).reshape(len(lines), len(arrays.measures)),
        least_per_year=budget.least_per_year,
    )


def lacking(funding: Funding, cost: Floats, named: Floats) -> Floats:
    """Return the least money by which each year's cost exceeds what its budget and lines can pay, shape (T,).

    `cost` has shape (M, T); `named`, shape (L, M, T), is the part of it that lines must pay by name. Where lines pay,
    money is dealt out so that the sum over the years is least.
    """
    yearly = cost.sum(axis=0)
    over = np.maximum(0.0, yearly - funding.per_year)
    if funding.lines:
        over = np.maximum(over, _transport(*_apart(funding, cost, named))[1])
    return np.where(over > TOLERANCE * np.maximum(1.0, yearly.max(initial=0.0)), over, 0.0)


def renewal_lacking(funding: Funding, renewal: Floats, named: Floats) -> float:
    """Return money that yearly renewal after the horizon, shape (M,), lacks of the last year's money.

    `named`, shape (L, M), is the part of it that lines must pay by name.
    """
    need = float(renewal.sum())
    over = max(0.0, need - funding.last_year)
    if funding.lines:
        last = Funding(
            per_year=np.array([np.inf]),
            total=np.inf,
            lines=funding.lines,
            amount=funding.amount[:, -1:],
            carry_over=np.zeros_like(funding.carry_over),
            eligible=funding.eligible,
            least_per_year=0.0,
        )
        unpaid = _transport(*_apart(last, renewal[:, None], named[:, :, None]))[1]
        over = max(over, float(unpaid.sum()))
    return over if over > TOLERANCE * max(1.0, need) else 0.0


def deal(funding: Funding, cost: Floats, named: Floats) -> tuple[Floats, Floats]:
    """Return money that each line pays for `cost` (M, T), shape (L, M, T), so that the least stays unpaid.

    `named`, shape (L, M, T), is the part of the cost that lines must pay by name. What they pay of it comes second,
    what they pay of the rest first.
    """
    payments = _transport(*_apart(funding, cost, named))[0]
    measures = len(cost)
    part = np.zeros((len(funding.lines), *cost.shape))
    for line in range(len(named)):
        demand = named[line].sum(axis=0)
        paid = np.divide(payments[line, measures + line], demand, out=np.ones_like(demand), where=demand > 0)
        part[line] = named[line] * paid
    return payments[:, :measures], part


def _apart(funding: Funding, cost: Floats, named: Floats) -> tuple[Funding, Floats]:
    """Return the funding and cost with what each line must pay by name as a measure of its own, at the end."""
    if not named.any():
        named = np.zeros((len(funding.lines), *cost.shape))
    rest = np.maximum(cost - named.sum(axis=0), 0.0)
    own = np.eye(len(funding.lines), dtype=bool)
    eligible = np.concatenate([funding.eligible, own], axis=1)
    return replace(funding, eligible=eligible), np.concatenate([rest, named.sum(axis=1)])


def _transport(funding: Funding, cost: Floats) -> tuple[Floats, Floats]:
    """Return the lines' payments, shape (L, M, T), and what stays unpaid, shape (T,): the program that loses least."""
    from scipy import sparse
    from scipy.optimize import linprog

    years = cost.shape[1]
    payments = np.zeros((len(funding.lines), *cost.shape))
    scale = float(cost.max(initial=0.0))
    if scale <= 0:
        return payments, np.zeros(years)
    pairs = np.argwhere(funding.eligible[:, :, None] & (cost > 0)[None])
    flows = len(pairs)
    slack = np.argwhere(cost > 0)
    where = {(int(m), int(t)): i for i, (m, t) in enumerate(slack)}
    paid = [where[(int(m), int(t))] for _, m, t in pairs]
    demand: Any = sparse.csr_array(
        (np.ones(flows + len(slack)), (paid + list(range(len(slack))), range(flows + len(slack)))),
        shape=(len(slack), flows + len(slack)),
    )
    rows: list[int] = []
    columns: list[int] = []
    limits: list[float] = []
    for line in range(len(funding.lines)):
        for year in range(years):
            first = 0 if funding.carry_over[line] else year
            for column in np.flatnonzero((pairs[:, 0] == line) & (pairs[:, 2] >= first) & (pairs[:, 2] <= year)):
                rows.append(len(limits))
                columns.append(int(column))
            limits.append(funding.amount[line, first : year + 1].sum() / scale)
    supply: Any = sparse.csr_array((np.ones(len(rows)), (rows, columns)), shape=(len(limits), flows + len(slack)))
    answer: Any = linprog(
        np.concatenate([np.zeros(flows), np.ones(len(slack))]),
        A_ub=supply,
        b_ub=np.array(limits),
        A_eq=demand,
        b_eq=cost[slack[:, 0], slack[:, 1]] / scale,
        method="highs",
    )
    unpaid = np.zeros(years)
    np.add.at(unpaid, slack[:, 1], answer.x[flows:] * scale)
    payments[tuple(pairs.T)] = answer.x[:flows] * scale
    return payments, unpaid
