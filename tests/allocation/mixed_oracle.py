"""The second formulation with whole numbers: minimum, fixed cost, any curve, whole and levelled measures, relations.

As in `oracle`, sums are plain loops over the scenario's types. Curves are points weighed by λ with one segment chosen
(the package fills pieces one after the other); beginnings, segments and what is in force are whole-number columns.
"""

from __future__ import annotations

import math
from itertools import pairwise
from typing import Any

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, linprog, milp
from scipy.sparse import csr_array

from oshopt.model import Scenario
from tests.allocation.oracle import Oracle

SIZE = 1e4
"""Objectives are multiplied by this, so that the solver's absolute gap of 1e-6 is nothing."""


LITTLE = 1e-6
"""Least share of a measure that is a purchase: its fixed cost alone buys nothing."""


class MixedOracle(Oracle):
    """Optima of a scenario with divisible, whole and levelled measures; no money of lines by name."""

    def __init__(self, scenario: Scenario) -> None:
        self.whole: set[int] = set()
        self.begun: dict[tuple[str, int], dict[int, float]] = {}
        """Sum of columns that is 1 where a purchase is made, and nothing where no column tells."""
        self.paid: dict[tuple[str, int], dict[int, float]] = {}
        """Money of new purchases by year, in the largest full cost."""
        self.took: dict[tuple[str, int], dict[int, float]] = {}
        """Share of full cost that is bought."""
        self.brought: dict[tuple[str, int], dict[int, float]] = {}
        """Extent that is bought."""
        super().__init__(scenario)
        self._relations()
        self._rules()

    @property
    def money_counts(self) -> bool:
        """Whether some limit may be met by money alone, whatever it brings."""
        rules = self.s.settings.rule
        lower = any(rule.at_least is not None or rule.on.value == "part" for rule in rules)
        return lower or self.s.settings.budget.least_per_year > 0

    def binary(self) -> int:
        self.whole.add(len(self.lower))
        return self.column(0.0, 1.0)

    def ways(self, m: str) -> list[tuple[float, float, float]]:
        """Return (extent, share, price in the first year) of each way to buy a whole or levelled measure."""
        measure, room = self.s.measures[m], self.room(m)
        fixed = measure.fixed_cost / self.unit
        full = self.s.full_cost(m) / self.unit
        if measure.kind.value == "whole":
            return [(room, room, room * full + fixed)]
        rows = [level for level in self.s.levels if level.measure == m]
        return [(min(r.effect, room), r.cost or 0.0, (r.cost or 0.0) * full + fixed) for r in rows]

    def growth(self, t: int) -> float:
        return float((1 + self.s.settings.price_growth) ** t)

    def _columns(self) -> None:
        self.x, self.e = {}, {}
        for m, measure in self.s.measures.items():
            for t in range(self.T):
                if measure.kind.value == "divisible":
                    self._share(m, t)
                else:
                    self._choice(m, t)
            if measure.kind.value != "divisible" and measure.lifetime > 1:
                self.row({j: 1.0 for t in range(self.T) for j in self.begun[m, t]}, -np.inf, 1.0)
            for t in range(self.span):
                self.e[m, t] = self.column(0.0, self.room(m))

    def _share(self, m: str, t: int) -> None:
        measure = self.s.measures[m]
        x, made = self.column(0.0, self.room(m)), self.binary()
        self.row({x: 1.0, made: -self.room(m)}, -np.inf, 0.0)
        least = max(measure.minimum, LITTLE if self.money_counts else 0.0)
        if least > 0:
            self.row({x: 1.0 / least, made: -1.0}, 0.0, np.inf)
        self.begun[m, t] = {made: 1.0}
        self.paid[m, t] = {x: self.price(m, t), made: measure.fixed_cost / self.unit * self.growth(t)}
        self.took[m, t] = self.brought[m, t] = {x: 1.0}

    def _choice(self, m: str, t: int) -> None:
        taken = {self.binary(): way for way in self.ways(m)}
        self.row(dict.fromkeys(taken, 1.0), -np.inf, 1.0)
        self.begun[m, t] = dict.fromkeys(taken, 1.0)
        self.paid[m, t] = {j: price * self.growth(t) for j, (_, _, price) in taken.items()}
        self.took[m, t] = {j: share for j, (_, share, _) in taken.items()}
        self.brought[m, t] = {j: extent for j, (extent, _, _) in taken.items()}

    def together(self, parts: list[dict[int, float]]) -> dict[int, float]:
        return self._sum([(part, 0.0) for part in parts])[0]

    def force(self, m: str, t: int) -> dict[int, float]:
        return self.together([self.brought[m, s] for s in self.active(m, t)])

    def _effects(self) -> None:
        for m, measure in self.s.measures.items():
            for t in range(self.span):
                self._curve(m, t)
            first = measure.deadline - self.s.years[0] if measure.deadline else self.lead[m]
            if not measure.mandatory or self.room(m) <= 0:
                continue
            once = measure.kind.value != "divisible" and measure.lifetime > 1
            for t in range(first, min(first + 1, self.T) if once else self.T):
                if measure.kind.value == "levels":
                    self.row(self.together([self.begun[m, s] for s in self.active(m, t)]), 1.0, np.inf)
                else:
                    self.row(self.force(m, t), self.room(m), np.inf)

    def _curve(self, m: str, t: int) -> None:
        measure, force = self.s.measures[m], self.force(m, t)
        minus = {j: -v for j, v in force.items()}
        points = sorted({(0.0, 0.0), *((p.cost or 0.0, p.effect) for p in self.s.levels if p.measure == m)})
        if measure.kind.value != "divisible" or len(points) == 1:
            self.row({self.e[m, t]: 1.0, **minus}, -np.inf, 0.0)
            return
        weigh = [self.column(0.0, 1.0) for _ in points]
        parts = [self.binary() for _ in pairwise(points)]
        self.row(dict.fromkeys(weigh, 1.0), 1.0, 1.0)
        self.row(dict.fromkeys(parts, 1.0), 1.0, 1.0)
        for i, column in enumerate(weigh):
            beside = {parts[j]: -1.0 for j in (i - 1, i) if 0 <= j < len(parts)}
            self.row({column: 1.0, **beside}, -np.inf, 0.0)
        self.row({**{j: cost for j, (cost, _) in zip(weigh, points, strict=True)}, **minus}, -np.inf, 0.0)
        gain = {j: -value for j, (_, value) in zip(weigh, points, strict=True)}
        self.row({self.e[m, t]: 1.0, **gain}, -np.inf, 0.0)

    def cost(self, m: str, t: int) -> tuple[dict[int, float], float]:
        upkeep, measure = self.s.measures[m].upkeep * self.price(m, t), self.s.measures[m]
        running = [s for s in self.active(m, t) if s + self.lead[m] < t]
        kept = self.together([{j: v * upkeep for j, v in self.took[m, s].items()} for s in running])
        return self.together([self.paid[m, t], kept]), upkeep * measure.status_quo

    def renewal(self, m: str) -> tuple[dict[int, float], float]:
        measure, life, last = self.s.measures[m], self.life[m], self.T - 1
        upkeep = measure.upkeep * self.price(m, last)
        parts = []
        for s in self.active(m, last):
            dearer = self.growth(last) / self.growth(s) / life
            parts.append({j: v * dearer for j, v in self.paid[m, s].items()})
            parts.append({j: v * upkeep * (life - 1) / life for j, v in self.took[m, s].items()})
        return self.together(parts), upkeep * measure.status_quo

    def _money(self) -> None:
        super()._money()
        budget = self.s.settings.budget
        if budget.least_per_year:
            for t in range(self.T):
                terms, fixed = self._sum([self.cost(m, t) for m in self.M])
                self.row(terms, budget.least_per_year / self.unit - fixed, np.inf)

    def present(self, m: str, t: int) -> dict[int, float]:
        """Return a column that is 1 where money has a measure in force."""
        there, force = self.binary(), self.force(m, t)
        most = sum(self.room(m) for _ in self.active(m, t))
        self.row({**force, there: -most}, -np.inf, 0.0)
        return {there: 1.0}

    def _relations(self) -> None:
        for m, measure in self.s.measures.items():
            for t in range(self.T):
                for other in measure.requires:
                    row = self.s.measures[other]
                    need = 1.0 if row.kind.value == "whole" else 0.5
                    if row.status_quo < need:
                        terms = {j: -need * v for j, v in self.present(m, t).items()}
                        self.row(self.together([self.force(other, t), terms]), -row.status_quo, np.inf)
                for other in measure.excludes:
                    pair = [self.present(m, t), self.present(other, t)]
                    stands = [self.s.measures[other].status_quo > 0, measure.status_quo > 0]
                    for own, blocked in zip(pair, stands, strict=True):
                        self.row(own, -np.inf, 0.0 if blocked else 1.0)
                    self.row(self.together(pair), -np.inf, 1.0)

    def _rules(self) -> None:
        for rule in self.s.settings.rule:
            years = [t for t, year in enumerate(self.s.years) if not rule.years or year in rule.years]
            for span in [[t] for t in years] if rule.each_year else [years]:
                low = -np.inf if rule.at_least is None else rule.at_least
                high = np.inf if rule.at_most is None else rule.at_most
                names = self.s.selected(rule.measures)
                kind = rule.on.value
                if kind == "part":
                    own = self.together([self.paid[m, t] for m in names for t in span])
                    for limit, sides in ((rule.at_least, (0.0, np.inf)), (rule.at_most, (-np.inf, 0.0))):
                        if limit is not None:
                            whole = self.together([self.paid[m, t] for m in self.M for t in span])
                            self.row(self.together([own, {j: -limit * v for j, v in whole.items()}]), *sides)
                    continue
                table = {"spend": self.paid, "share": self.brought, "projects": self.begun, "under_way": self.begun}
                cells = [(m, t) for m in names for t in span]
                if kind == "under_way":
                    work = {m: max(1, self.lead[m]) for m in names}
                    cells = [(m, s) for m, t in cells for s in range(max(0, t - work[m] + 1), t + 1)]
                unit = self.unit if kind == "spend" else 1.0
                self.row(self.together([table[kind][cell] for cell in cells]), low / unit, high / unit)

    def solve(self, objective: dict[int, float], extra: list[tuple[dict[int, float], float, float]]) -> Any:
        rows = self.rows + extra
        entries = [(i, j, v) for i, (terms, _, _) in enumerate(rows) for j, v in terms.items()]
        i, j, v = zip(*entries, strict=True)
        matrix = csr_array((v, (i, j)), shape=(len(rows), len(self.lower)))
        low, high = (np.array([row[side] for row in rows]) for side in (1, 2))
        c = np.zeros(len(self.lower))
        for column, value in objective.items():
            c[column] = value
        whole = np.isin(np.arange(len(c)), list(self.whole))
        bounds = np.array(self.lower), np.array(self.upper)
        found = milp(
            c * SIZE,
            constraints=LinearConstraint(matrix, low, high),
            bounds=Bounds(*bounds),
            integrality=whole.astype(int),
            options={"mip_rel_gap": 0.0},
        )
        if found.status != 0:
            return found
        held = [np.where(whole, np.rint(found.x), side) for side in bounds]
        return self._exact(c, matrix, (low, high), held)

    def _exact(self, c: Any, matrix: Any, sides: tuple[Any, Any], held: list[Any]) -> Any:
        """Solve the linear rest with the whole numbers held: whole numbers within 1e-6 leave digits to mend."""
        up, down = np.isfinite(sides[1]), np.isfinite(sides[0])
        rows = csr_array(np.vstack([matrix.toarray()[up], -matrix.toarray()[down]]))
        limits = np.concatenate([sides[1][up], -sides[0][down]])
        return linprog(c, A_ub=rows, b_ub=limits, bounds=np.column_stack(held), method="highs")

    def confirms(self, kind: str, value: float | None, close: float) -> bool:
        """Tell whether a claimed optimum of `safe_service` or `remaining_service` is one, to a relative distance.

        Two programs tell: whether it is reached, and whether more is. None claims that no plan exists.
        """
        possible = self.solve({}, []).status != 2
        if value is None or not possible:
            return value is None and not possible
        at = {}
        for g, group in self.s.groups.items():
            risk = group.initial_risk + group.served * group.risk_increment
            if risk < group.acceptable_risk:
                at[g] = (risk, risk / group.risk_increment if kind == "safe_service" else 0.0)
        if math.isinf(value):
            return self.reaches(at, 1e8)
        return self.reaches(at, value * (1 - close)) and not self.reaches(at, value * (1 + close))
