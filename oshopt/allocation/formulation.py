"""The linear program of a scenario: shares bought, effects in force, money of lines (design, section 7).

Columns: x (measure, year) share of full cost bought; E (measure, year) share of the full effect in force, which is x
itself where a measure lasts one year and its effect is straight; flows of money from each line, in units of the
largest full cost. Rows carry the limits' names.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from oshopt.allocation.program import Ints, Program, Rows
from oshopt.allocation.targets import Limit
from oshopt.risk import Funding, ScenarioArrays, start
from oshopt.risk.service import Floats, Start


@dataclass(frozen=True, slots=True, eq=False)
class Task:
    """What is to be planned, in arrays: M measures, G groups, T years."""

    arrays: ScenarioArrays
    funding: Funding
    keep: bool
    """Whether the last year's effect goes on after the horizon."""
    discount: Floats
    limits: tuple[Limit, ...]

    @property
    def begin(self) -> Start:
        """Where each group stands when the plan begins."""
        arrays = self.arrays
        return start(arrays.increment, arrays.acceptable, arrays.served, arrays.initial)

    @property
    def span(self) -> int:
        """Years in which money of the horizon can act."""
        arrays = self.arrays
        years = len(arrays.years)
        return years if self.keep else years + int((arrays.lead + arrays.lifetime).max())

    def weights(self, time: float) -> Floats:
        """Return w_t(τ), years of [0, τ] that each effect year covers, shape (span,)."""
        cover: Floats = np.clip(time - np.arange(self.span), 0.0, 1.0)
        if self.keep:
            cover[-1] += max(0.0, time - self.span)
        return cover


@dataclass(frozen=True, slots=True, eq=False)
class Formulation:
    """A task's program, where its columns stand, and its objectives as vectors over the columns."""

    task: Task
    program: Program
    bought: Ints
    """Column of x, shape (M, T)."""
    effect: Ints
    """Column of E, shape (M, span); −1 where nothing can be in force."""
    flow: Ints
    """Column of a line's money, shape (L, M, T); −1 where it may not pay."""
    unit: float
    """Money that a flow of 1 stands for."""
    price: Floats
    """Money of year t that a full share of year s costs, shape (M, T, T): (measure, s, t)."""
    standing: Floats
    """Upkeep of the status quo, money, shape (M, T)."""

    def effect_vector(self, group: int, weights: Floats) -> Floats:
        """Return Σ_t w_t·ε_{g,t} as a vector over the columns."""
        vector = np.zeros(len(self.program.columns))
        years = np.flatnonzero(weights)
        column = self.effect[:, years]
        value = self.task.arrays.gain[group][:, None] * weights[years]
        np.add.at(vector, column[column >= 0], value[column >= 0])
        return vector

    def cost_vector(self, factor: Floats) -> tuple[Floats, float]:
        """Return Σ_t factor_t·cost_t as a vector over the columns and a constant, money."""
        vector = np.zeros(len(self.program.columns))
        np.add.at(vector, self.bought, self.price @ factor)
        return vector, float(self.standing.sum(axis=0) @ factor)

    def cases_vector(self) -> tuple[Floats, float]:
        """Return Σ headcount·(R(H) − R(0)) as a vector over the columns and a constant."""
        arrays = self.task.arrays
        years = len(arrays.years)
        weights = np.zeros(self.task.span)
        weights[:years] = 1.0
        people = np.where(self.task.begin.risk < 1, arrays.headcount * arrays.increment, 0.0)
        vector = np.zeros(len(self.program.columns))
        for group in np.flatnonzero(people).tolist():
            vector -= people[group] * self.effect_vector(group, weights)
        return vector, float(people.sum() * years)

    def mean_effect_vector(self) -> Floats:
        """Return the headcount-weighted mean of ε over the horizon as a vector over the columns."""
        arrays = self.task.arrays
        years = len(arrays.years)
        weights = np.zeros(self.task.span)
        weights[:years] = 1.0 / years
        share = arrays.headcount / arrays.headcount.sum()
        rows = [share[g] * self.effect_vector(g, weights) for g in range(len(arrays.groups))]
        return np.asarray(np.sum(rows, axis=0))

    def shares(self, values: Floats) -> Floats:
        """Return x, shape (M, T), from the program's values."""
        return values[self.bought]


def formulate(task: Task) -> Formulation:
    """Return the program of a task, without any objective."""
    arrays, funding = task.arrays, task.funding
    measures, years = arrays.full_cost.shape
    rows = Rows(0)
    bought = _bought_columns(task, rows)
    effect = _effect_columns(task, rows, bought)
    unit = float(arrays.full_cost.max()) or 1.0
    price, standing = _prices(arrays)
    flow = np.full((len(funding.lines), measures, years), -1)
    _force_rows(task, rows, bought, effect)
    _duty_rows(task, rows, bought)
    _yearly_rows(task, rows, bought, price, standing)
    if funding.lines:
        flow = _line_rows(task, rows, bought, price, standing, unit)
    if task.keep:
        _renewal_rows(task, rows, bought, unit)
    plain = Formulation(task, rows.program(), bought, effect, flow, unit, price, standing)
    limits = Rows(len(plain.program.columns))
    for limit in task.limits:
        _limit_rows(plain, limits, limit)
    return Formulation(task, plain.program.with_rows(limits), bought, effect, flow, unit, price, standing)


def _bought_columns(task: Task, rows: Rows) -> Ints:
    arrays = task.arrays
    measures, years = arrays.full_cost.shape
    column = np.empty((measures, years), dtype=np.int64)
    for m in range(measures):
        free = not arrays.full_cost[m].any()
        for t in range(years):
            useful = free or t + arrays.lead[m] < task.span
            top = float(arrays.room[m]) if useful else 0.0
            column[m, t] = rows.add_column(f"x {arrays.measures[m]} {arrays.years[t]}", top if free else 0.0, top)
    return column


def _effect_columns(task: Task, rows: Rows, bought: Ints) -> Ints:
    arrays = task.arrays
    measures, years = arrays.full_cost.shape
    column = np.full((measures, task.span), -1, dtype=np.int64)
    for m in range(measures):
        lead, life = int(arrays.lead[m]), int(arrays.lifetime[m])
        last = min(task.span, years + lead + life - 1)
        if life == 1 and m not in arrays.curves:
            column[m, lead:last] = bought[m, : max(0, last - lead)]
            continue
        for t in range(lead, last):
            name = f"E {arrays.measures[m]} {arrays.years[0] + t}"
            column[m, t] = rows.add_column(name, 0.0, float(arrays.room[m]))
    return column


def _acting(arrays: ScenarioArrays, measure: int, year: int, years: int) -> slice:
    """Return the years whose money is in force in `year`."""
    lead, life = int(arrays.lead[measure]), int(arrays.lifetime[measure])
    return slice(max(0, year - lead - life + 1), max(0, min(years, year - lead + 1)))


def _force_rows(task: Task, rows: Rows, bought: Ints, effect: Ints) -> None:
    arrays = task.arrays
    years = len(arrays.years)
    straight = (np.array([0.0, 1.0]), np.array([0.0, 1.0]))
    for m in range(len(arrays.measures)):
        if arrays.lifetime[m] == 1 and m not in arrays.curves:
            continue
        cost, gain = arrays.curves.get(m, straight)
        slopes = np.diff(gain) / np.diff(cost)
        for t in np.flatnonzero(effect[m] >= 0):
            force = bought[m, _acting(arrays, m, int(t), years)]
            for i, slope in enumerate(slopes.tolist()):
                name = f"force {arrays.measures[m]} {arrays.years[0] + int(t)} {i}"
                columns = np.append(force, effect[m, t])
                values = np.append(np.full(len(force), -slope), 1.0)
                rows.add(name, columns, values, -np.inf, float(gain[i] - slope * cost[i]))


def _duty_rows(task: Task, rows: Rows, bought: Ints) -> None:
    arrays = task.arrays
    years = len(arrays.years)
    for m, first in arrays.duty_from.items():
        if not arrays.full_cost[m].any() or arrays.room[m] <= 0:
            continue
        for t in range(first, years):
            force = bought[m, _acting(arrays, m, t, years)]
            name = f"duty {arrays.measures[m]} {arrays.years[t]}"
            rows.add(name, force, np.ones(len(force)), float(arrays.room[m]), np.inf)


def _prices(arrays: ScenarioArrays) -> tuple[Floats, Floats]:
    years = len(arrays.years)
    age = np.arange(years)[None, :] - np.arange(years)[:, None]
    lead, life = arrays.lead[:, None, None], arrays.lifetime[:, None, None]
    running = (age > lead) & (age < lead + life)
    price = arrays.upkeep[:, None, None] * arrays.full_cost[:, None, :] * running
    price[:, np.arange(years), np.arange(years)] += arrays.full_cost
    return price, arrays.upkeep[:, None] * arrays.full_cost * arrays.status_quo[:, None]


def _yearly_rows(task: Task, rows: Rows, bought: Ints, price: Floats, standing: Floats) -> None:
    funding, years = task.funding, task.arrays.years
    fixed = standing.sum(axis=0)
    for t, year in enumerate(years):
        limit = float(funding.per_year[t])
        if np.isfinite(limit):
            rows.add(f"budget {year}", bought, price[:, :, t], -np.inf, limit - fixed[t])
        if funding.least_per_year > 0:
            rows.add(f"legal minimum {year}", bought, price[:, :, t], funding.least_per_year - fixed[t], np.inf)
    if np.isfinite(funding.total):
        rows.add("budget total", bought, price.sum(axis=2), -np.inf, funding.total - fixed.sum())


def _line_rows(task: Task, rows: Rows, bought: Ints, price: Floats, standing: Floats, unit: float) -> Ints:
    funding, arrays = task.funding, task.arrays
    measures, years = arrays.full_cost.shape
    flow = np.full((len(funding.lines), measures, years), -1, dtype=np.int64)
    for m in range(measures):
        for t in range(years):
            if not price[m, :, t].any():
                continue
            most = float(price[m, :, t].sum() * arrays.room[m] + standing[m, t]) / unit
            for line in np.flatnonzero(funding.eligible[:, m]).tolist():
                name = f"money {funding.lines[line]} {arrays.measures[m]} {arrays.years[t]}"
                flow[line, m, t] = rows.add_column(name, 0.0, most)
            columns = np.concatenate([flow[:, m, t], bought[m]])
            values = np.concatenate([np.full(len(funding.lines), unit), -price[m, :, t]])
            side = float(standing[m, t])
            rows.add(f"paid {arrays.measures[m]} {arrays.years[t]}", columns, values, side, side)
    for line, name in enumerate(funding.lines):
        for t in range(years):
            first = 0 if funding.carry_over[line] else t
            columns = flow[line, :, first : t + 1]
            limit = float(funding.amount[line, first : t + 1].sum())
            rows.add(f"line {name} {arrays.years[t]}", columns, np.full(columns.shape, unit), -np.inf, limit)
    return flow


def _renewal_rows(task: Task, rows: Rows, bought: Ints, unit: float) -> None:
    funding, arrays = task.funding, task.arrays
    years = len(arrays.years)
    price = arrays.full_cost[:, -1]
    standing = price * arrays.upkeep * arrays.status_quo
    yearly = price * arrays.renewal_rate
    forces = [bought[m, _acting(arrays, m, years - 1, years)] for m in range(len(arrays.measures))]
    values = [np.full(len(force), cost) for force, cost in zip(forces, yearly, strict=True)]
    if np.isfinite(funding.last_year):
        limit = funding.last_year - float(standing.sum())
        rows.add("renewal", np.concatenate(forces), np.concatenate(values), -np.inf, limit)
    if not funding.lines:
        return
    flow = np.full((len(funding.lines), len(arrays.measures)), -1, dtype=np.int64)
    for m, name in enumerate(arrays.measures):
        most = float(yearly[m] * arrays.room[m] * len(forces[m]) + standing[m]) / unit
        if most <= 0:
            continue
        for line in np.flatnonzero(funding.eligible[:, m]).tolist():
            flow[line, m] = rows.add_column(f"renewal {funding.lines[line]} {name}", 0.0, most)
        columns = np.concatenate([flow[:, m], forces[m]])
        both = np.concatenate([np.full(len(funding.lines), unit), -values[m]])
        rows.add(f"renewal paid {name}", columns, both, float(standing[m]), float(standing[m]))
    for line, label in enumerate(funding.lines):
        limit = float(funding.amount[line, -1])
        rows.add(f"renewal line {label}", flow[line], np.full(len(flow[line]), unit), -np.inf, limit)


def _limit_rows(plain: Formulation, rows: Rows, limit: Limit) -> None:
    task, arrays = plain.task, plain.task.arrays
    years, name = len(arrays.years), f"limit {limit.name}"
    if limit.kind in ("cases", "cost"):
        factor = np.ones(years)
        vector, constant = plain.cases_vector() if limit.kind == "cases" else plain.cost_vector(factor)
        rows.add_vector(name, vector, -np.inf, limit.value - constant)
        return
    if limit.kind == "effect" and limit.group is None:
        rows.add_vector(name, plain.mean_effect_vector(), limit.value, np.inf)
        return
    begin = task.begin
    for g, group in enumerate(arrays.groups):
        if limit.group not in (None, group):
            continue
        if limit.kind in ("effect", "last_effect"):
            weights = np.zeros(task.span)
            weights[:years] = 1.0 / years if limit.kind == "effect" else 0.0
            weights[years - 1] = weights[years - 1] or 1.0
            rows.add_vector(f"{name} {group}", plain.effect_vector(g, weights), limit.value, np.inf)
        elif arrays.increment[g] > 0 and not begin.exceeded[g]:
            time = limit.value - (begin.service[g] if limit.kind == "safe_service" else 0.0)
            if time > 0:
                vector, most = risk_row(plain, g, time)
                rows.add_vector(f"{name} {group}", vector, -np.inf, most)


def risk_row(plain: Formulation, group: int, time: float) -> tuple[Floats, float]:
    """Return (vector, most) such that vector·v ≤ most says R_g(τ) ≤ R_acc,g, both divided by R_acc,g (eq. 6)."""
    task, arrays = plain.task, plain.task.arrays
    acceptable, increment = float(arrays.acceptable[group]), float(arrays.increment[group])
    reached = float(task.begin.risk[group]) + increment * time
    vector = -(increment / acceptable) * plain.effect_vector(group, task.weights(time))
    return vector, 1.0 - reached / acceptable
