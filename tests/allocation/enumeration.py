"""Every combination of whole and levelled measures, judged by formulas written from the equations alone.

No code is shared with the package beyond its types. A measure's options are all the ways to buy it over the years; a
combination takes one option of each measure. Arrays run over the N combinations of a scenario; what an option does or
costs adds up over the measures, so each quantity is one sum of small tables.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from oshopt.model import Measure, Plan, Rule, Scenario

ROOM = 1e-9
"""Relative room left to limits, for sums of money that differ in their last digits."""


@dataclass(frozen=True)
class Way:
    """One way to buy a measure: what it brings, and its money by (line or None for any line, year from the start)."""

    extent: float
    share: float
    price: dict[tuple[str | None, int], float]

    @property
    def last(self) -> int:
        return max((year for (_, year), money in self.price.items() if money), default=0)


@dataclass(frozen=True)
class Option:
    """Which way begins in which year."""

    begun: tuple[Way | None, ...]


class Enumeration:
    """All combinations of a scenario without divisible measures, which of them are allowed, and what each is worth."""

    def __init__(self, scenario: Scenario) -> None:
        self.s = scenario
        self.T = scenario.settings.horizon
        self.keep = scenario.settings.after_horizon.value == "keep"
        self.growth = [(1 + scenario.settings.price_growth) ** t for t in range(self.T)]
        self.measures = list(scenario.measures.values())
        self.lead = {m.id: math.ceil(m.lead_time) for m in self.measures}
        self.span = self.T if self.keep else self.T + max(self.lead[m.id] + m.lifetime for m in self.measures)
        self.options = [list(self._options(m)) for m in self.measures]
        count = [len(found) for found in self.options]
        self.N = math.prod(count)
        self.pick = np.unravel_index(np.arange(self.N), count)
        self.allowed = np.ones(self.N, dtype=bool)
        self._relations()
        self._duties()
        self._money()
        self._rules()

    @staticmethod
    def size(scenario: Scenario) -> int:
        """Return how many combinations a scenario has."""
        judge = object.__new__(Enumeration)
        judge.s, judge.T = scenario, scenario.settings.horizon
        return math.prod(len(list(judge._options(m))) for m in scenario.measures.values())

    def full_cost(self, measure: Measure) -> float:
        if measure.full_cost is not None:
            return measure.full_cost
        totals: dict[str, float] = {}
        for entry in self.s.costs:
            if entry.measure == measure.id:
                totals[entry.level or ""] = totals.get(entry.level or "", 0.0) + entry.cost
        return max(totals.values()) if totals else float(self.s.settings.full_cost or 0.0)

    def ways(self, measure: Measure) -> list[Way]:
        """Return the ways to buy a measure; what is in force today is taken off."""
        room = 1 - measure.status_quo
        full = self.full_cost(measure)
        entries = [entry for entry in self.s.costs if entry.measure == measure.id]
        if measure.kind.value == "whole":
            if entries:
                named: dict[tuple[str | None, int], float] = {(e.line, e.year): e.cost * room for e in entries}
                return [Way(room, room, named)]
            return [Way(room, room, {(None, 0): full * room + measure.fixed_cost})]
        found = []
        for level in self.s.levels:
            if level.measure != measure.id:
                continue
            extent = min(level.effect, room)
            if level.cost is None:
                own: dict[tuple[str | None, int], float] = {
                    (e.line, e.year): e.cost for e in entries if e.level == level.level
                }
                found.append(Way(extent, sum(own.values()) / full if full else 0.0, own))
            else:
                price = level.cost * full + (measure.fixed_cost if not entries else 0.0)
                found.append(Way(extent, level.cost, {(None, 0): price}))
        return found

    def _options(self, measure: Measure) -> Iterator[Option]:
        """Yield each choice of beginnings: one in the horizon for what lasts and costs, else each year anew."""
        ways = self.ways(measure)
        if measure.status_quo >= 1:
            ways = []
        starts = [[None, *(way for way in ways if t + way.last < self.T)] for t in range(self.T)]
        free = not any(any(way.price.values()) for way in ways)
        once = measure.lifetime > 1 and not free
        for begun in itertools.product(*starts):
            if not once or sum(way is not None for way in begun) <= 1:
                yield Option(begun)

    def total(self, table: Any) -> Any:
        """Return Σ over measures of table(measure, option), for every combination."""
        return sum(self.each(position, table) for position in range(len(self.measures)))

    def each(self, position: int, table: Any) -> Any:
        """Return table(measure, option) of one measure for every combination."""
        measure = self.measures[position]
        rows = np.array([table(measure, option) for option in self.options[position]], dtype=float)
        return rows[self.pick[position]]

    def running(self, measure: Measure, option: Option, years: int, past: int = 0) -> list[list[Way]]:
        """Return the ways in force in each year, those only that have been for more than `past` years."""
        lead, life = self.lead[measure.id], measure.lifetime
        return [
            [way for s, way in enumerate(option.begun) if way and s + lead + past <= t < s + lead + life]
            for t in range(years)
        ]

    def force(self, measure: Measure, option: Option, years: int) -> list[float]:
        """Return the extent in force: of levels the highest counts, shares of the whole add up."""
        merge = max if measure.kind.value == "levels" else sum
        running = self.running(measure, option, years)
        return [min(merge([way.extent for way in now] or [0.0]), 1 - measure.status_quo) for now in running]

    def spend(self, _: Measure, option: Option) -> list[dict[str | None, float]]:
        """Return money for new purchases of each year by the line that must pay it."""
        rows: list[dict[str | None, float]] = [{} for _ in range(self.T)]
        for start, way in enumerate(option.begun):
            for (line, year), money in way.price.items() if way else ():
                row = rows[start + year]
                row[line] = row.get(line, 0.0) + money * self.growth[start + year]
        return rows

    def upkeep(self, measure: Measure, option: Option) -> list[float]:
        """Return upkeep of each year, of what stands today and of what has been in force for a year."""
        rate, running = measure.upkeep * self.full_cost(measure), self.running(measure, option, self.T, past=1)
        shares = [(max if measure.kind.value == "levels" else sum)([w.share for w in now] or [0.0]) for now in running]
        return [rate * g * (share + measure.status_quo) for g, share in zip(self.growth, shares, strict=True)]

    def renewal(self, measure: Measure, option: Option) -> dict[str | None, float]:
        """Return money a year after the horizon by the line that must pay it, in the last year's prices."""
        rate = measure.upkeep * self.full_cost(measure) * self.growth[-1]
        bill: dict[str | None, float] = {None: rate * measure.status_quo}
        now = self.running(measure, option, self.T)[-1]
        life = measure.lifetime
        for way in now[:1]:
            bill[None] += rate * way.share * (life - 1) / life
            for (line, _), money in way.price.items():
                bill[line] = bill.get(line, 0.0) + money * self.growth[-1] / life
        return bill

    def _relations(self) -> None:
        place = {m.id: i for i, m in enumerate(self.measures)}
        force = [self.each(i, lambda m, o: self.force(m, o, self.T)) for i in range(len(self.measures))]
        for i, measure in enumerate(self.measures):
            for name in measure.requires:
                other = self.measures[place[name]]
                need = 1.0 if other.kind.value == "whole" else 0.5
                there = force[place[name]] + other.status_quo >= need - 1e-12
                self.allowed &= ~((force[i] > 0) & ~there).any(axis=1)
            for name in measure.excludes:
                other = self.measures[place[name]]
                for own, rival, stands in ((i, place[name], other), (place[name], i, measure)):
                    beside = force[rival] + stands.status_quo > 0
                    self.allowed &= ~((force[own] > 0) & beside).any(axis=1)

    def _duties(self) -> None:
        for i, measure in enumerate(self.measures):
            room = 1 - measure.status_quo
            if not measure.mandatory or room <= 0:
                continue
            first = measure.deadline - self.s.years[0] if measure.deadline else self.lead[measure.id]
            free = not any(any(way.price.values()) for way in self.ways(measure))
            last = first + 1 if measure.lifetime > 1 and not free else self.T
            for t in range(first, min(last, self.T)):
                if measure.kind.value == "levels":
                    met = self.each(i, lambda m, o, t=t: bool(self.running(m, o, self.T)[t])) > 0
                else:
                    met = self.each(i, lambda m, o, t=t: self.force(m, o, self.T)[t]) >= room - 1e-12
                self.allowed &= met

    def _fits(self, used: Any, limit: float) -> Any:
        return used <= limit + ROOM * max(1.0, abs(limit))

    def _money(self) -> None:
        budget = self.s.settings.budget
        self.purchases = self.total(lambda m, o: [sum(row.values()) for row in self.spend(m, o)])
        self.cost = self.purchases + self.total(self.upkeep)
        least = budget.legal_minimum or (budget.legal_share or 0.0) * (budget.legal_base or 0.0)
        self.allowed &= (self.cost >= least * (1 - ROOM)).all(axis=1)
        if budget.per_year is not None:
            self.allowed &= self._fits(self.cost, budget.per_year).all(axis=1)
        if budget.total is not None:
            self.allowed &= self._fits(self.cost.sum(axis=1), budget.total)
        lines = self.s.lines
        if lines:
            bills = self.total(lambda m, o: self._bills(m, self.spend(m, o), self.upkeep(m, o)))
            carry = {name: line.carry_over for name, line in lines.items()}
            money = [[line.amount.get(year, 0.0) for year in self.s.years] for line in lines.values()]
            self.allowed &= self._payable(bills, money, list(carry.values()))
        if self.keep:
            self._after()

    def _after(self) -> None:
        budget, lines = self.s.settings.budget, self.s.lines
        need = self.total(lambda m, o: sum(self.renewal(m, o).values()))
        if budget.per_year is not None:
            self.allowed &= self._fits(need, budget.per_year)
        elif budget.total is not None and not lines:
            self.allowed &= self._fits(need, budget.total / self.T)
        if lines:
            bills = self.total(lambda m, o: self._bills(m, [self.renewal(m, o)], [0.0]))
            money = [[line.amount.get(self.s.years[-1], 0.0)] for line in lines.values()]
            self.allowed &= self._payable(bills, money, [False] * len(lines))

    @property
    def payers(self) -> list[tuple[str, ...]]:
        """Sets of lines that may share a bill; the last one is nobody."""
        names = list(self.s.lines)
        return [c for size in range(len(names), -1, -1) for c in itertools.combinations(names, size)]

    def _bills(self, measure: Measure, spend: list[dict[str | None, float]], upkeep: list[float]) -> Any:
        """Return money by (set of payers, year)."""
        may = []
        for name, line in self.s.lines.items():
            category = measure.category.value if measure.category else None
            if not line.measures or measure.id in line.measures or category in line.measures:
                may.append(name)
        table = np.zeros((len(self.payers), len(spend)))
        for t, row in enumerate(spend):
            for line, money in [*row.items(), (None, upkeep[t])]:
                table[self.payers.index(tuple(may) if line is None else (line,)), t] += money
        return table

    def _payable(self, bills: Any, money: list[list[float]], carry: list[bool]) -> Any:
        """Tell whether lines can pay (Hall's condition): no set of bills is more than all that may pay any of them."""
        names, years = list(self.s.lines), bills.shape[2]
        places = [(p, t) for p in range(len(self.payers)) for t in range(years) if bills[:, p, t].any()]
        fits = np.ones(len(bills), dtype=bool)
        for size in range(1, len(places) + 1):
            for chosen in itertools.combinations(places, size):
                sources = {
                    (line, s)
                    for p, t in chosen
                    for line in self.payers[p]
                    for s in (range(t + 1) if carry[names.index(line)] else [t])
                }
                there = sum(money[names.index(line)][s] for line, s in sources)
                fits &= self._fits(sum(bills[:, p, t] for p, t in chosen), there)
        return fits

    def _rules(self) -> None:
        for rule in self.s.settings.rule:
            years = [t for t, year in enumerate(self.s.years) if not rule.years or year in rule.years]
            for span in [[t] for t in years] if rule.each_year else [years]:
                self._rule(rule, span)

    def _rule(self, rule: Rule, years: list[int]) -> None:
        def chosen(measure: Measure) -> bool:
            names = {measure.id, measure.category and measure.category.value, measure.control and measure.control.value}
            return not rule.measures or bool(names & set(rule.measures))

        def quantity(measure: Measure, option: Option) -> float:
            if not chosen(measure):
                return 0.0
            spend = [sum(row.values()) for row in self.spend(measure, option)]
            extent = [way.extent if way else 0.0 for way in option.begun]
            begun = [way is not None for way in option.begun]
            work = max(1, self.lead[measure.id])
            busy = [sum(begun[max(0, t - work + 1) : t + 1]) for t in range(self.T)]
            by_kind = {"spend": spend, "part": spend, "share": extent, "projects": begun, "under_way": busy}
            return float(sum(by_kind[rule.on.value][t] for t in years))

        found = self.total(quantity)
        whole = self.purchases[:, years].sum(axis=1) if rule.on.value == "part" else np.ones(self.N)
        size = max(1.0, float(np.abs(found).max()))
        if rule.at_least is not None:
            self.allowed &= found >= rule.at_least * whole - ROOM * size
        if rule.at_most is not None:
            self.allowed &= found <= rule.at_most * whole + ROOM * size

    def epsilon(self, group: str) -> Any:
        """Return ε of a group, shape (N, span)."""
        reach = {e.measure: e.effect for e in self.s.effects if e.on.value == "group" and e.target == group}
        weights = sum(m.weight for m in self.measures)
        most = self.s.groups[group].max_effect
        return self.total(
            lambda m, o: [
                most * m.weight / weights * reach.get(m.id, 1.0) * share for share in self.force(m, o, self.span)
            ]
        )

    def service(self, group: str) -> tuple[Any, Any]:
        """Return N and the remaining service of a group below its threshold, each of shape (N,)."""
        row = self.s.groups[group]
        risk = row.initial_risk + row.served * row.risk_increment
        rate = row.risk_increment * (1 - self.epsilon(group))
        rate = np.where(rate < 1e-12 * row.risk_increment, 0.0, rate)
        left, time = np.full(self.N, row.acceptable_risk - risk), np.zeros(self.N)
        tail = rate[:, -1] if self.keep else np.full(self.N, row.risk_increment)
        for t in range(self.span):
            part = np.minimum(1.0, np.divide(left, rate[:, t], out=np.full(self.N, np.inf), where=rate[:, t] > 0))
            time += np.where(left > 0, part, 0.0)
            left = np.where(part < 1, 0.0, left - rate[:, t] * part)
        time += np.divide(left, tail, out=np.where(left > 0, np.inf, 0.0), where=(tail > 0) & (left > 0))
        return risk / row.risk_increment + time, time

    def _before(self, group: str) -> float:
        return self.s.groups[group].served * self.s.groups[group].risk_increment

    def worth(self) -> dict[str, Any]:
        """Return every objective of every combination, shape (N,)."""
        groups = self.s.groups
        people = sum(group.headcount for group in groups.values())
        epsilon = {name: self.epsilon(name)[:, : self.T] for name in groups}
        rate = 1 + self.s.settings.discount_rate
        below = [n for n, g in groups.items() if g.initial_risk + g.served * g.risk_increment < g.acceptable_risk]
        service = [self.service(name) for name in below]
        over = min(group.acceptable_risk / group.risk_increment for group in groups.values())
        cases = [
            group.headcount * group.risk_increment * (1 - epsilon[name]).sum(axis=1)
            for name, group in groups.items()
            if group.initial_risk + group.served * group.risk_increment < 1
        ]
        costs, late = self.s.settings.costs, np.array([rate ** -(t + 1) for t in range(self.T)])
        saved = [
            (epsilon[name] @ late)
            * group.headcount
            * (
                (costs.per_case or 0.0) * group.risk_increment * (group.initial_risk + self._before(name) < 1)
                + (costs.per_lost_day or 0.0) * group.injury_rate * group.lost_days
            )
            for name, group in groups.items()
        ]
        return {
            "effect": sum(epsilon[name].mean(axis=1) * group.headcount for name, group in groups.items()) / people,
            "safe_service": np.min([total for total, _ in service], axis=0) if below else np.full(self.N, over),
            "remaining_service": np.min([time for _, time in service], axis=0) if below else np.zeros(self.N),
            "cases": sum(cases) if cases else np.zeros(self.N),
            "cost": self.cost @ late,
            "net_benefit": sum(saved) - self.cost @ late,
        }

    def best(self) -> dict[str, float] | None:
        """Return the optimum of every objective; None where nothing is allowed."""
        if not self.allowed.any():
            return None
        return {
            name: float((np.min if name in ("cases", "cost") else np.max)(values[self.allowed]))
            for name, values in self.worth().items()
        }

    def position(self, plan: Plan) -> int:
        """Return the combination that a plan is, by what begins and what it costs."""
        place = []
        for measure, options in zip(self.measures, self.options, strict=True):
            begun = list(plan.begun[measure.id].values()) if measure.id in plan.begun else None
            paid = list(plan.spend[measure.id].values())
            fits = [
                i
                for i, option in enumerate(options)
                if np.allclose([sum(row.values()) for row in self.spend(measure, option)], paid, rtol=1e-9, atol=1e-9)
                and (begun is None or np.allclose([w.extent if w else 0 for w in option.begun], begun, atol=1e-9))
            ]
            assert fits, f"no way to buy {measure.id} as the plan does"
            place.append(fits[-1])
        return int(np.ravel_multi_index(place, [len(found) for found in self.options]))
