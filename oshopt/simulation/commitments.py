"""What purchases made so far mean for planning anew: payments due, years closed to measures, rules partly used."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from oshopt.model import CostEntry, Level, Rule, RuleOn, Scenario
from oshopt.risk.arrays import ScenarioArrays
from oshopt.risk.exposure import Floats
from oshopt.risk.purchases import SAME, Purchases
from oshopt.risk.rules import RuleSpan, rule_spans
from oshopt.simulation.projects import Purchase


class Made(NamedTuple):
    """Purchases made before a year, of the whole scenario."""

    scenario: Scenario
    arrays: ScenarioArrays
    year: int
    """Years gone by."""
    purchases: Sequence[Purchase]
    held: Floats
    """Share that counts as status quo of what is left, shape (M,)."""
    kept: Floats
    """Share of the status quo still paid for, shape (M,)."""

    @property
    def alive(self) -> list[Purchase]:
        """Purchases in force or under way."""
        return [p for p in self.purchases if p.share > 0 and not p.stopped and p.ends > self.year]

    def due(self) -> Floats:
        """Return payments still due by line and year left, shape (L, years left)."""
        table = np.zeros((len(self.scenario.lines), len(self.arrays.years) - self.year))
        for purchase in self.purchases:
            for year, bills in purchase.due.items():
                for line, amount in bills if year >= self.year and not purchase.stopped else ():
                    table[line, year - self.year] += amount
        return table

    def ways(self, lines: set[str]) -> tuple[tuple[Level, ...], tuple[CostEntry, ...], set[str]]:
        """Return levels and `costs` in this year's prices, and measures of which no way can be paid in the years left.

        A way is taken out whose payments fall outside the years left, or on a line that is not among `lines`.
        """
        years, growth = len(self.arrays.years) - self.year, float(self.arrays.growth[self.year])
        late = {
            (name, level)
            for name, rows in self.scenario.priced.items()
            for level, entries in rows.items()
            if any((entry.year >= years or entry.line not in lines) and entry.cost > 0 for entry in entries)
        }
        levels, closed = [], set()
        for row, choices in self.arrays.choices.items():
            name = self.arrays.measures[row]
            if all((name, level) in late for level in choices.names):
                closed.add(name)
        costs = tuple(
            entry.update(cost=entry.cost * growth)
            for entry in self.scenario.costs
            if entry.measure not in closed
            and (entry.measure, entry.level or "") not in late
            and entry.year < years
            and entry.line in lines
        )
        priced = {(entry.measure, entry.level) for entry in costs}
        for level in self.scenario.levels:
            key = (level.measure, level.level)
            if level.cost is None and key not in priced and (level.measure in closed or key not in late):
                found = self.arrays.choices[self.arrays.measures.index(level.measure)]
                levels.append(level.update(cost=min(1.0, float(found.share[found.names.index(level.level)]))))
            elif level.measure in closed or key not in late:
                levels.append(level)
        return tuple(levels), costs, closed

    def rules(self, closed: set[str]) -> tuple[Rule, ...]:
        """Return the rules for the years left, and those that close measures to what cannot be bought beside the rest.

        What has been bought is taken off each limit; a rule on a part of all money goes on as it is. `closed` measures
        cannot be bought at all.
        """
        found = [rule for span in rule_spans(self.scenario, self.arrays) if (rule := self._rest(span)) is not None]
        for row, name in enumerate(self.arrays.measures):
            shut = [year for year in range(self.year, len(self.arrays.years)) if self._shut(row, year)]
            years = self.arrays.years[self.year :] if name in closed else [self.arrays.years[year] for year in shut]
            if years:
                found.append(Rule(name="shut", on=RuleOn.SHARE, measures=(name,), years=tuple(years), at_most=0.0))
        return tuple(rule.update(name=f"r{i}-{rule.name}"[:64]) for i, rule in enumerate(found))

    def _rest(self, span: RuleSpan) -> Rule | None:
        years = tuple(np.array(self.arrays.years)[span.years & (np.arange(span.years.size) >= self.year)].tolist())
        if not years:
            return None
        rule = span.rule.update(years=years, each_year=False)
        if rule.on is RuleOn.PART:
            return rule
        bought, spend = self._tables()
        used = span.found(self.arrays, bought, spend)
        least = None if rule.at_least is None or rule.at_least <= used else rule.at_least - used
        most = None if rule.at_most is None else max(0.0, rule.at_most - used)
        return rule.update(at_least=least, at_most=most) if least is not None or most is not None else None

    def _tables(self) -> tuple[Purchases, Floats]:
        """Return what was bought in each year of the whole scenario, and the money that went, or is to go, into it."""
        shape = (len(self.arrays.measures), len(self.arrays.years))
        extent, begun, spend = np.zeros(shape), np.zeros(shape, dtype=bool), np.zeros(shape)
        for purchase in self.purchases:
            extent[purchase.row, purchase.year] += purchase.steps[0][1] if purchase.steps else purchase.share
            begun[purchase.row, purchase.year] = True
            spend[purchase.row, purchase.year] += purchase.paid
            for year, bills in purchase.due.items():
                spend[purchase.row, year] += 0.0 if purchase.stopped else math.fsum(amount for _, amount in bills)
        way = np.full(shape, -1)
        return Purchases(extent, extent, begun, way, spend, np.zeros((0, *shape))), spend

    def _shut(self, row: int, year: int) -> bool:
        """Tell whether a purchase of `year` would stand beside what it must not, or without what it requires."""
        arrays, begin = self.arrays, year + int(self.arrays.lead[row])
        years = range(begin, min(begin + int(arrays.lifetime[row]), len(arrays.years)))
        own = [p for p in self.alive if p.row == row]
        if row in arrays.choices and own and (arrays.once[row] or row in arrays.levelled):
            return True
        least = self.scenario.measures[self.arrays.measures[row]].minimum
        if least > 0 and 1.0 - self.held[row] < least:
            return True
        against = {other for pair in arrays.excludes if row in pair for other in pair if other != row}
        if any(
            p.row in against and begin_of(p, self.year) < t + 1 and end_of(p, self.year) > t
            for p in self.alive
            for t in years
        ):
            return True
        return any(
            self.held[other] >= need * (1 - SAME) and self._in_force(other, t) < need * (1 - SAME)
            for asked, other, need in arrays.requires
            if asked == row
            for t in years
        )

    def _in_force(self, row: int, year: int) -> float:
        """Return the share of a measure that today's purchases and status quo have in force in the whole of a year."""
        shares = [
            p.share
            for p in self.alive
            if p.row == row and begin_of(p, self.year) <= year and year + 1 <= end_of(p, self.year)
        ]
        bought = max(shares, default=0.0) if row in self.arrays.levelled else sum(shares)
        return bought + float(self.kept[row])


def begin_of(purchase: Purchase, year: int) -> float:
    """Return when a purchase is in force from, as known at the start of `year`."""
    return purchase.done if math.isfinite(purchase.done) else max(purchase.planned, year)


def end_of(purchase: Purchase, year: int) -> float:
    """Return when a purchase ends, as known at the start of `year`."""
    return begin_of(purchase, year) + purchase.lifetime
