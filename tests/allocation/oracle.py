"""A second formulation of the allocator, written from the equations alone and solved by `scipy.optimize.milp`.

It shares no code with the package: effects are columns of their own, every sum is a plain loop over the scenario's
types, money stays in the largest full cost, and safe service is found by halving instead of climbing.
"""

from __future__ import annotations

import math
from itertools import pairwise
from typing import Any

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from oshopt.model import Scenario


class Oracle:
    """Optima of a scenario with divisible measures."""

    def __init__(self, scenario: Scenario) -> None:
        self.s = scenario
        self.T = scenario.settings.horizon
        self.keep = scenario.settings.after_horizon.value == "keep"
        self.M, self.G = list(scenario.measures), list(scenario.groups)
        self.lead = {m: math.ceil(scenario.measures[m].lead_time) for m in self.M}
        self.life = {m: scenario.measures[m].lifetime for m in self.M}
        self.span = self.T if self.keep else self.T + max(self.lead[m] + self.life[m] for m in self.M)
        self.unit = max(scenario.full_cost(m) for m in self.M) or 1.0
        self.lower: list[float] = []
        self.upper: list[float] = []
        self.rows: list[tuple[dict[int, float], float, float]] = []
        self._columns()
        self._effects()
        self._money()

    def column(self, low: float, high: float) -> int:
        self.lower.append(low)
        self.upper.append(high)
        return len(self.lower) - 1

    def row(self, terms: dict[int, float], low: float, high: float) -> None:
        self.rows.append((terms, low, high))

    def price(self, m: str, t: int) -> float:
        return self.s.full_cost(m) / self.unit * (1 + self.s.settings.price_growth) ** t

    def room(self, m: str) -> float:
        return 1 - self.s.measures[m].status_quo

    def active(self, m: str, t: int) -> list[int]:
        return [s for s in range(self.T) if s + self.lead[m] <= t < s + self.lead[m] + self.life[m]]

    def _columns(self) -> None:
        self.x, self.e = {}, {}
        for m in self.M:
            free = self.s.full_cost(m) == 0
            for t in range(self.T):
                top = self.room(m) if free or t + self.lead[m] < self.span else 0.0
                self.x[m, t] = self.column(top if free else 0.0, top)
            for t in range(self.span):
                self.e[m, t] = self.column(0.0, self.room(m))

    def _effects(self) -> None:
        for m in self.M:
            points = sorted({(0.0, 0.0), *((p.cost, p.effect) for p in self.s.levels if p.measure == m)})
            points = points if len(points) > 1 else [(0.0, 0.0), (1.0, 1.0)]
            for t in range(self.span):
                force = self.active(m, t)
                for (c0, g0), (c1, g1) in pairwise(points):
                    slope = (g1 - g0) / (c1 - c0)
                    terms = {self.e[m, t]: 1.0} | {self.x[m, s]: -slope for s in force}
                    self.row(terms, -np.inf, g0 - slope * c0)
                measure = self.s.measures[m]
                duty = measure.deadline - self.s.years[0] if measure.deadline else self.lead[m]
                if measure.mandatory and self.s.full_cost(m) > 0 and duty <= t < self.T:
                    self.row({self.x[m, s]: 1.0 for s in force}, self.room(m), np.inf)

    def cost(self, m: str, t: int) -> tuple[dict[int, float], float]:
        upkeep, terms = self.s.measures[m].upkeep, {self.x[m, t]: self.price(m, t)}
        for s in range(self.T):
            if s + self.lead[m] < t < s + self.lead[m] + self.life[m]:
                terms[self.x[m, s]] = terms.get(self.x[m, s], 0.0) + upkeep * self.price(m, t)
        return terms, upkeep * self.price(m, t) * self.s.measures[m].status_quo

    def renewal(self, m: str) -> tuple[dict[int, float], float]:
        measure, life = self.s.measures[m], self.life[m]
        rate = (1 + measure.upkeep * (life - 1)) / life
        price = self.price(m, self.T - 1)
        return {
            self.x[m, s]: rate * price for s in self.active(m, self.T - 1)
        }, price * measure.upkeep * measure.status_quo

    def _sum(self, parts: list[tuple[dict[int, float], float]]) -> tuple[dict[int, float], float]:
        total: dict[int, float] = {}
        for terms, _ in parts:
            for j, value in terms.items():
                total[j] = total.get(j, 0.0) + value
        return total, sum(constant for _, constant in parts)

    def _money(self) -> None:
        budget = self.s.settings.budget
        for t in range(self.T):
            terms, fixed = self._sum([self.cost(m, t) for m in self.M])
            if budget.per_year is not None:
                self.row(terms, -np.inf, budget.per_year / self.unit - fixed)
        if budget.total is not None:
            terms, fixed = self._sum([self.cost(m, t) for m in self.M for t in range(self.T)])
            self.row(terms, -np.inf, budget.total / self.unit - fixed)
        if self.keep:
            terms, fixed = self._sum([self.renewal(m) for m in self.M])
            if budget.per_year is not None:
                self.row(terms, -np.inf, budget.per_year / self.unit - fixed)
            elif budget.total is not None and not self.s.lines:
                self.row(terms, -np.inf, budget.total / self.T / self.unit - fixed)
        if self.s.lines:
            self._lines()

    def _lines(self) -> None:
        need = {(m, t): self.cost(m, t) for m in self.M for t in range(self.T)}
        if self.keep:
            need |= {(m, self.T): self.renewal(m) for m in self.M}
        flow = {}
        for (m, t), (terms, fixed) in need.items():
            pays = [line for line in self.s.lines if self.s.pays_for(line, m)]
            for line in pays:
                flow[line, m, t] = self.column(0.0, np.inf)
            self.row({j: -v for j, v in terms.items()} | {flow[line, m, t]: 1.0 for line in pays}, fixed, fixed)
        for line, content in self.s.lines.items():
            amount = [content.amount.get(year, 0.0) / self.unit for year in self.s.years]
            for t in range(self.T):
                years = range(t + 1) if content.carry_over else [t]
                terms = {flow[k]: 1.0 for k in flow if k[0] == line and k[2] in years}
                self.row(terms, -np.inf, sum(amount[s] for s in years))
            last = {flow[k]: 1.0 for k in flow if k[0] == line and k[2] == self.T}
            self.row(last, -np.inf, amount[-1])

    def epsilon(self, g: str, t: int) -> dict[int, float]:
        reach = {e.measure: e.effect for e in self.s.effects if e.target == g}
        group, weights = self.s.groups[g], self.s.weights
        return {self.e[m, t]: group.max_effect * weights[m] * reach.get(m, 1.0) for m in self.M}

    def solve(self, objective: dict[int, float], extra: list[tuple[dict[int, float], float, float]]) -> Any:
        rows = self.rows + extra
        entries = [(i, j, v) for i, (terms, _, _) in enumerate(rows) for j, v in terms.items()]
        i, j, v = zip(*entries, strict=True)
        matrix = csr_array((v, (i, j)), shape=(len(rows), len(self.lower)))
        c = np.zeros(len(self.lower))
        for column, value in objective.items():
            c[column] = value
        return milp(
            c,
            constraints=LinearConstraint(matrix, [low for _, low, _ in rows], [high for _, _, high in rows]),
            bounds=Bounds(np.array(self.lower), np.array(self.upper)),
            options={"presolve": True},
        )

    def linear(self, kind: str) -> float | None:
        """Return the optimum of `effect`, `cases` or `cost`; None where no plan exists."""
        people = sum(group.headcount for group in self.s.groups.values())
        parts, constant, sign = [], 0.0, 1.0
        for g, group in self.s.groups.items():
            risk = group.initial_risk + group.served * group.risk_increment
            if kind == "effect":
                sign, factor = -1.0, -group.headcount / people / self.T
            else:
                factor = -group.headcount * group.risk_increment if risk < 1 else 0.0
                constant -= factor * self.T if kind == "cases" else 0.0
            parts += [({j: factor * v for j, v in self.epsilon(g, t).items()}, 0.0) for t in range(self.T)]
        if kind == "cost":
            rate = 1 + self.s.settings.discount_rate
            parts = []
            for t in range(self.T):
                terms, fixed = self._sum([self.cost(m, t) for m in self.M])
                parts.append(({j: v / rate ** (t + 1) for j, v in terms.items()}, fixed / rate ** (t + 1)))
        terms, fixed = self._sum(parts)
        answer = self.solve(terms, [])
        if answer.status == 2:
            return None
        value = sign * (answer.fun + fixed + constant)
        return value * self.unit if kind == "cost" else value

    def service(self, kind: str) -> float | None:
        """Return the greatest worst N (`safe_service`) or remaining service by halving; None where no plan exists."""
        at = {}
        for g, group in self.s.groups.items():
            risk = group.initial_risk + group.served * group.risk_increment
            if risk < group.acceptable_risk:
                at[g] = (risk, risk / group.risk_increment if kind == "safe_service" else 0.0)
        if self.solve({}, []).status == 2:
            return None
        if not at:
            groups = self.s.groups.values()
            return min(g.acceptable_risk / g.risk_increment for g in groups) if kind == "safe_service" else 0.0
        low = min(
            start + (self.s.groups[g].acceptable_risk - risk) / self.s.groups[g].risk_increment
            for g, (risk, start) in at.items()
        )
        high = low
        while self.reaches(at, high) and high < 1e9:
            low, high = high, high * 2
        if high >= 1e9:
            return math.inf
        for _ in range(200):
            middle = (low + high) / 2
            low, high = (middle, high) if self.reaches(at, middle) else (low, middle)
            if high - low < 1e-9 * high:
                break
        return low

    def reaches(self, at: dict[str, tuple[float, float]], total: float) -> bool:
        z = len(self.lower)
        self.lower.append(-1e3)
        self.upper.append(1e12)
        extra = []
        for g, (risk, start) in at.items():
            group, time = self.s.groups[g], total - start
            if time <= 0:
                continue
            terms: dict[int, float] = {z: -1.0}
            for t in range(self.span):
                years = min(max(time - t, 0.0), 1.0)
                if self.keep and t == self.span - 1:
                    years += max(0.0, time - self.span)
                for j, v in self.epsilon(g, t).items():
                    terms[j] = terms.get(j, 0.0) - v * years * group.risk_increment / group.acceptable_risk
            extra.append((terms, -np.inf, 1 - (risk + group.risk_increment * time) / group.acceptable_risk))
        answer = self.solve({z: 1.0}, extra)
        self.lower.pop()
        self.upper.pop()
        return bool(answer.fun <= 1e-11)
