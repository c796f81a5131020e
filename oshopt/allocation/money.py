"""Rows on money: budgets, the legal minimum, budget lines, renewal after the horizon."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from oshopt.allocation.columns import Costs
from oshopt.allocation.program import Entries, Ints, Rows
from oshopt.risk import Funding, ScenarioArrays
from oshopt.risk.service import Floats


@dataclass(frozen=True, slots=True, eq=False)
class Flows:
    """Columns of money from lines to purposes: measures that the same lines may pay for are one purpose."""

    purpose: Ints
    """Purpose of each measure, shape (M,)."""
    eligible: Floats
    """Whether a line may pay for a purpose, shape (L, purposes)."""
    column: Ints
    """Column of a line's money for a purpose in a year, −1 where there is none, shape (L, purposes, T)."""
    unit: float
    """Money that a column of 1 stands for."""


def yearly_rows(rows: Rows, funding: Funding, costs: Costs, years: tuple[int, ...]) -> None:
    """Write down the yearly budgets, the legal minimum and the total."""
    count = len(years)
    fixed = costs.standing.sum(axis=0)
    entries = costs.all
    entries = entries._replace(row=entries.row % count)
    limited = np.isfinite(funding.per_year)
    place = np.where(limited, np.cumsum(limited) - 1, -1)
    names = [f"budget {year}" for year, has in zip(years, limited, strict=True) if has]
    rows.add_rows(names, entries.to(place), -np.inf, (funding.per_year - fixed)[limited])
    if funding.least_per_year > 0:
        rows.add_rows([f"legal minimum {year}" for year in years], entries, funding.least_per_year - fixed, np.inf)
    if np.isfinite(funding.total):
        whole = entries._replace(row=np.zeros_like(entries.row))
        rows.add_rows(["budget total"], whole, -np.inf, funding.total - fixed.sum())


def line_rows(rows: Rows, arrays: ScenarioArrays, funding: Funding, costs: Costs) -> Flows:
    """Write down that the lines pay every cost out of their money of each year, or of all years so far."""
    measures, years = arrays.full_cost.shape
    purpose, eligible = _purposes(funding)
    unit = float(arrays.full_cost.max(initial=0.0)) or 1.0
    need, standing = _needs(costs.all, costs.named, costs.standing, purpose, (measures, years))
    flow = _flow_columns(rows, funding, need, standing, eligible, unit, arrays.years)
    names = [f"{p} {year}" for p in range(eligible.shape[1]) for year in arrays.years]
    _paid_rows(rows, need, standing, flow, unit, names)
    for line, name in enumerate(funding.lines):
        direct = costs.named.where(costs.named.row // (measures * years) == line)
        direct = direct._replace(row=direct.row % years)
        p, t = np.nonzero(flow[line] >= 0)
        paid = Entries.joined([Entries(t, flow[line, p, t], np.full(len(p), unit)), direct])
        amount = funding.amount[line]
        if funding.carry_over[line]:
            so_far = [paid.where(paid.row <= t) for t in range(years)]
            paid = Entries.joined([part._replace(row=np.full_like(part.row, t)) for t, part in enumerate(so_far)])
            amount = np.cumsum(amount)
        rows.add_rows([f"line {name} {year}" for year in arrays.years], paid, -np.inf, amount)
    return Flows(purpose, eligible, flow, unit)


def _purposes(funding: Funding) -> tuple[Ints, Floats]:
    pattern, purpose = np.unique(funding.eligible, axis=1, return_inverse=True)
    return purpose.ravel(), pattern.astype(float)


def _needs(
    all_costs: Entries, named: Entries, standing: Floats, purpose: Ints, shape: tuple[int, int]
) -> tuple[Entries, Floats]:
    """Return what is to be paid by any eligible line, in rows (purpose, year), and its part whatever the plan."""
    measures, years = shape
    own = named._replace(row=named.row % (measures * years)).times(-1.0)
    rest = Entries.joined([all_costs, own]).summed() if len(own.value) else all_costs
    place = (purpose[:, None] * years + np.arange(years)).ravel()
    fixed = np.zeros((int(purpose.max()) + 1, years))
    np.add.at(fixed, purpose, standing)
    return rest._replace(row=place[rest.row]), fixed


def _flow_columns(
    rows: Rows,
    funding: Funding,
    need: Entries,
    standing: Floats,
    eligible: Floats,
    unit: float,
    years: Sequence[int | str],
) -> Ints:
    upper = np.concatenate(rows.upper)
    most = standing.ravel().copy()
    np.add.at(most, need.row, np.maximum(need.value, 0.0) * upper[need.column])
    flow = np.full((len(funding.lines), *standing.shape), -1, dtype=np.int64)
    wanted = (most.reshape(standing.shape) > 0)[None] & (eligible > 0)[:, :, None]
    line, purpose, year = np.nonzero(wanted)
    names = [
        f"money {funding.lines[i]} {p} {years[t]}"
        for i, p, t in zip(line.tolist(), purpose.tolist(), year.tolist(), strict=True)
    ]
    flow[wanted] = rows.add_columns(names, 0.0, most.reshape(standing.shape)[purpose, year] / unit)
    return flow


def _paid_rows(rows: Rows, need: Entries, standing: Floats, flow: Ints, unit: float, names: list[str]) -> None:
    used = np.zeros(standing.size, dtype=bool)
    used[need.row] = True
    used |= standing.ravel() > 0
    place = np.where(used, np.cumsum(used) - 1, -1)
    line, purpose, year = np.nonzero(flow >= 0)
    pays = Entries(purpose * standing.shape[1] + year, flow[line, purpose, year], np.full(len(line), unit))
    entries = Entries.joined([pays, need.times(-1.0)])
    kept = [f"paid {name}" for name, has in zip(names, used, strict=True) if has]
    rows.add_rows(kept, entries.to(place), standing.ravel()[used], standing.ravel()[used])


def renewal_rows(rows: Rows, arrays: ScenarioArrays, funding: Funding, costs: Costs) -> None:
    """Write down that the last year's money can renew what the last year has in force, each year after the horizon."""
    measures = len(arrays.measures)
    standing = costs.standing[:, -1]
    if np.isfinite(funding.last_year):
        whole = costs.renewal._replace(row=np.zeros_like(costs.renewal.row))
        rows.add_rows(["renewal"], whole, -np.inf, funding.last_year - float(standing.sum()))
    if not funding.lines:
        return
    purpose, eligible = _purposes(funding)
    unit = float(arrays.full_cost.max(initial=0.0)) or 1.0
    need, fixed = _needs(costs.renewal, costs.renewal_named, standing[:, None], purpose, (measures, 1))
    flow = _flow_columns(rows, funding, need, fixed, eligible, unit, ("after",))
    _paid_rows(rows, need, fixed, flow, unit, [f"renewal {p}" for p in range(eligible.shape[1])])
    for line, name in enumerate(funding.lines):
        direct = costs.renewal_named.where(costs.renewal_named.row // measures == line)
        used = flow[line, flow[line, :, 0] >= 0, 0]
        pays = Entries(np.zeros(len(used), dtype=np.int64), used, np.full(len(used), unit))
        paid = Entries.joined([pays, direct._replace(row=np.zeros_like(direct.row))])
        rows.add_rows([f"renewal line {name}"], paid, -np.inf, float(funding.amount[line, -1]))


def payments_of(flows: Flows, values: Floats, cost: Floats, named: Floats) -> Floats:
    """Return what each line pays for each measure, shape (L, M, T): a purpose's bills in order, line after line.

    `cost` (M, T) is all that is to be paid, `named` (L, M, T) the part of it that lines pay by name.
    """
    paid = named.copy()
    rest = cost - named.sum(axis=0)
    money = np.append(values, 0.0)[flows.column] * flows.unit
    for purpose in range(flows.eligible.shape[1]):
        members = np.flatnonzero(flows.purpose == purpose)
        for year in range(cost.shape[1]):
            paid[:, members, year] += _in_order(money[:, purpose, year], rest[members, year])
    return paid


def _in_order(money: Floats, bills: Floats) -> Floats:
    """Return who pays what, shape (lines, bills), where each line's money goes to the first bills still open."""
    before, after = np.cumsum(money) - money, np.cumsum(money)
    begin, end = np.cumsum(bills) - bills, np.cumsum(bills)
    part = np.minimum(after[:, None], end[None]) - np.maximum(before[:, None], begin[None])
    paid: Floats = np.maximum(part, 0.0)
    short = bills - paid.sum(axis=0)
    most = np.argmax(paid, axis=0)
    paid[most, np.arange(len(bills))] += short
    return paid
