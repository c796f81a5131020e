"""The program of a scenario: purchases, effects in force, money of lines (design, section 7), and what can be sought.

Columns: purchases first, then what they put in force and money of lines; all are shares of order 1. Rows carry the
limits' names.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np

from oshopt.allocation.columns import Bought, Costs, begun_rows, costs_of, purchase_columns
from oshopt.allocation.effects import effect_map
from oshopt.allocation.logic import counted_by, duty_rows, relation_rows, rule_rows, wants_money, way_rows
from oshopt.allocation.measured import Measured, measured_rows
from oshopt.allocation.money import Flows, line_rows, renewal_rows, yearly_rows
from oshopt.allocation.program import Program, Rows
from oshopt.allocation.targets import Limit
from oshopt.model import Evaluation, RuleOn
from oshopt.risk import Funding, ScenarioArrays, start
from oshopt.risk.purchases import Purchases, related
from oshopt.risk.rules import RuleSpan
from oshopt.risk.service import Floats, Start


@dataclass(frozen=True, eq=False)
class Task:
    """What is to be planned, in arrays: M measures, G groups, T years."""

    arrays: ScenarioArrays
    funding: Funding
    keep: bool
    """Whether the last year's effect goes on after the horizon."""
    discount: Floats
    benefit: Floats
    """Money a year that an effect of 1 saves in cases, injuries and losses, shape (G,)."""
    ended: Floats
    """Money a year that a whole measure in force saves in losses, shape (M,)."""
    limits: tuple[Limit, ...]
    rules: tuple[RuleSpan, ...] = ()
    decided: tuple[tuple[int, int, float], ...] = ()
    """(measure, year, extent) bought by decision already."""
    measured: Measured | None = None
    """What is asked for beyond risk."""

    def found(self, limit: Limit, evaluation: Evaluation) -> float:
        """Return what an evaluation reaches of a limited quantity."""
        if limit.beyond_risk and self.measured is not None:
            return self.measured.found(limit, evaluation)
        return limit.found(evaluation)

    @cached_property
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


@dataclass(frozen=True, eq=False)
class Formulation:
    """A task's program, where its columns stand, and its objectives as vectors over the columns."""

    task: Task
    program: Program
    bought: Bought
    costs: Costs
    flows: Flows | None
    effect: Any
    """E by measure and year over the columns, sparse, shape (M·span, n)."""

    @cached_property
    def _cost(self) -> Any:
        """Cost by year over the columns, sparse, shape (T, n)."""
        years = len(self.task.arrays.years)
        entries = self.costs.all
        return entries._replace(row=entries.row % years).matrix(years, len(self.program.columns))

    def effect_of(self, gain: Floats, weights: Floats) -> Floats:
        """Return Σ_t w_t·Σ_m gain_m·E_{m,t} as a vector over the columns; `gain` has shape (M,)."""
        years = np.flatnonzero(weights)
        if not len(years):
            return np.zeros(len(self.program.columns))
        factor = np.zeros((len(gain), self.task.span))
        factor[:, years] = gain[:, None] * weights[years]
        return np.asarray(self._by_column @ factor.ravel())

    @cached_property
    def _by_column(self) -> Any:
        """E turned round, shape (n, M·span)."""
        return self.effect.T

    def effect_vector(self, group: int, weights: Floats) -> Floats:
        """Return Σ_t w_t·ε_{g,t} as a vector over the columns."""
        return self.effect_of(self.task.arrays.gain[group], weights)

    def cost_vector(self, factor: Floats) -> tuple[Floats, float]:
        """Return Σ_t factor_t·cost_t as a vector over the columns and a constant, money."""
        return np.asarray(factor @ self._cost), float(self.costs.standing.sum(axis=0) @ factor)

    def cases_vector(self) -> tuple[Floats, float]:
        """Return Σ headcount·(R(H) − R(0)) as a vector over the columns and a constant."""
        arrays = self.task.arrays
        years = len(arrays.years)
        people = np.where(self.task.begin.risk < 1, arrays.headcount * arrays.increment, 0.0)
        return -self.effect_of(people @ arrays.gain, self._horizon()), float(people.sum() * years)

    def net_benefit_vector(self) -> tuple[Floats, float]:
        """Return discounted cost minus what avoided cases and losses save, as a vector and a constant, money."""
        task = self.task
        weights = np.zeros(task.span)
        weights[: len(task.discount)] = task.discount
        vector, constant = self.cost_vector(task.discount)
        return vector - self.effect_of(task.benefit @ task.arrays.gain + task.ended, weights), constant

    def mean_effect_vector(self) -> Floats:
        """Return the headcount-weighted mean of ε over the horizon as a vector over the columns."""
        arrays = self.task.arrays
        share = arrays.headcount / arrays.headcount.sum()
        return self.effect_of(share @ arrays.gain, self._horizon() / len(arrays.years))

    def free_vector(self) -> Floats:
        """Return what measures that cost nothing have in force, less is more, as a vector over the columns."""
        arrays = self.task.arrays
        return -self.effect_of(arrays.free.astype(float), self._horizon())

    def order_vector(self) -> Floats:
        """Return cost weighed by a measure's place in the order of ids, from 0 to 1, as a vector over the columns."""
        measures, years = self.task.arrays.full_cost.shape
        place = np.repeat(np.arange(measures) / measures, years)
        return np.asarray(place @ self.costs.all.matrix(len(place), len(self.program.columns)))

    def _horizon(self) -> Floats:
        weights = np.zeros(self.task.span)
        weights[: len(self.task.arrays.years)] = 1.0
        return weights

    def purchases(self, values: Floats) -> Purchases:
        """Return what the program's values buy; shares within 1e-12 of nothing are nothing."""
        arrays, bought = self.task.arrays, self.bought
        shape = arrays.full_cost.shape
        count = len(bought.measure)
        value = np.where(bought.way >= 0, np.rint(values[:count]), values[:count])
        value = np.where(value <= NOTHING, 0.0, value)
        extent, share, way = np.zeros(shape), np.zeros(shape), np.full(shape, -1)
        place = (bought.measure, bought.year)
        np.add.at(extent, place, value * bought.extent)
        np.add.at(share, place, value * bought.share)
        made = value > 0
        way[bought.measure[made], bought.year[made]] = bought.way[made]
        begun = np.zeros(shape, dtype=bool)
        begun[bought.measure[made], bought.year[made]] = True
        columns = np.zeros(len(values))
        columns[:count] = value
        columns[bought.begun[made & (bought.begun >= 0)]] = 1.0
        spend = self.costs.spend
        cost = np.zeros(shape).ravel()
        np.add.at(cost, spend.row, spend.value * columns[spend.column])
        lines = len(self.task.funding.lines)
        named = np.zeros(lines * cost.size)
        np.add.at(named, self.costs.named.row, self.costs.named.value * columns[self.costs.named.column])
        return Purchases(extent, share, begun, way, cost.reshape(shape), named.reshape(lines, *shape))


NOTHING = 1e-12
"""A share up to this is none."""


def formulate(task: Task) -> Formulation:
    """Return the program of a task, without any objective."""
    arrays, funding = task.arrays, task.funding
    rows = Rows(0)
    counted = counted_by(task.rules, len(arrays.measures))
    idle = wants_money(task.rules) or bool(task.decided) or funding.least_per_year > 0
    bought = purchase_columns(arrays, rows, task.span, counted, idle=idle)
    _bind(task, rows, bought)
    begun_rows(arrays, rows, bought, idle=idle)
    costs = costs_of(arrays, bought, keep=task.keep)
    exact = task.measured.adverse(arrays) if task.measured is not None else np.zeros(len(arrays.measures), dtype=bool)
    effect = effect_map(arrays, rows, bought, task.span, exact)
    duty_rows(arrays, rows, bought)
    way_rows(arrays, rows, bought)
    relation_rows(arrays, rows, bought)
    rule_rows(arrays, rows, bought, costs, task.rules)
    yearly_rows(rows, funding, costs, arrays.years)
    flows = line_rows(rows, arrays, funding, costs) if funding.lines else None
    if task.keep:
        renewal_rows(rows, arrays, funding, costs)
    matrix = effect.matrix(len(arrays.measures) * task.span, len(rows.columns))
    plain = Formulation(task, rows.program(), bought, costs, flows, matrix)
    limits = Rows(len(plain.program.columns))
    for limit in task.limits:
        _limit_rows(plain, limits, limit)
    if not limits.names:
        return plain
    program = plain.program.with_rows(limits)
    wider = effect.matrix(len(arrays.measures) * task.span, len(program.columns))
    return replace(plain, program=program, effect=wider)


def reweighted(plain: Formulation, task: Task) -> Formulation:
    """Return the formulation of a task that differs in weights and increments only.

    They are in objectives and in demands alone, so that a task without demands keeps its program.
    """
    return formulate(task) if task.limits else replace(plain, task=task)


def unforced(task: Task) -> Any:
    """Return which measures that cost nothing a plan may still leave out, because other limits touch them."""
    arrays = task.arrays
    touched = np.zeros(len(arrays.measures), dtype=bool)
    touched[list(related(arrays))] = True
    for span in task.rules:
        if span.rule.on not in (RuleOn.SPEND, RuleOn.PART):
            touched |= span.measures
    for measure, _, _ in task.decided:
        touched[measure] = True
    return arrays.free & touched


def _bind(task: Task, rows: Rows, bought: Bought) -> None:
    """Hold what is decided already, and carry out in full what costs nothing and no other limit touches."""
    arrays, count = task.arrays, len(bought.measure)
    lower, upper = np.zeros(count), bought.top.copy()
    fullest = np.ones(count, dtype=bool)
    for m, choices in arrays.choices.items():
        index = slice(*np.searchsorted(bought.measure, [m, m + 1]))
        fullest[index] = bought.way[index] == len(choices.names) - 1
    forced = (arrays.free & ~unforced(task))[bought.measure] & fullest
    lower[forced] = upper[forced]
    for measure, year, extent in task.decided:
        cell = (bought.measure == measure) & (bought.year == year)
        meant = np.isclose(bought.extent, extent, rtol=1e-9, atol=1e-12) & (extent > 0)
        held = np.where(bought.way >= 0, np.where(meant, 1.0, 0.0), extent)
        lower[cell] = upper[cell] = held[cell]
    rows.lower[0], rows.upper[0] = lower, upper


def _limit_rows(plain: Formulation, rows: Rows, limit: Limit) -> None:
    task, arrays = plain.task, plain.task.arrays
    years, name = len(arrays.years), f"limit {limit.name}"
    if limit.beyond_risk:
        measured_rows(plain, rows, limit)
        return
    if limit.kind == "net_benefit":
        vector, constant = plain.net_benefit_vector()
        rows.add_vector(name, vector, -np.inf, -limit.value - constant)
        return
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
