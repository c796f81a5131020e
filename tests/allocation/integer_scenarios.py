"""Random scenarios of whole and levelled measures, small enough to try every combination."""

from __future__ import annotations

from typing import Any

import numpy as np

from oshopt.model import (
    AfterHorizon,
    Budget,
    BudgetEntry,
    CaseCosts,
    Category,
    CostEntry,
    Effect,
    Kind,
    Level,
    Measure,
    Rule,
    RuleOn,
    Scenario,
    Target,
    WorkGroup,
)
from tests.allocation.enumeration import Enumeration
from tests.making import scenario_of

MOST = 12_000
"""Combinations of a scenario, at most."""
LINES = ("own", "grant")


def integer_scenario(seed: int) -> Scenario:
    """Return a random scenario of up to 8 measures with everything that whole and levelled ones can have."""
    rng = np.random.default_rng([seed, 4])
    maker = _Maker(rng, int(rng.integers(2, 9)), int(rng.choice([1, 2, 2, 3])), lines=rng.random() < 0.5)
    scenario = maker.scenario()
    while Enumeration.size(scenario) > MOST:
        maker.measures.pop()
        scenario = maker.scenario()
    return scenario


class _Maker:
    def __init__(self, rng: np.random.Generator, count: int, years: int, *, lines: bool) -> None:
        self.rng, self.years, self.lines = rng, years, lines
        self.levels: list[Level] = []
        self.costs: list[CostEntry] = []
        self.ids = [f"m{i}" for i in rng.permutation(count).tolist()]
        self.measures = [self._measure(i) for i in range(count)]
        self.settings = self._settings()
        self.groups = tuple(self._group(i) for i in range(int(rng.integers(1, 4))))
        self.reach = rng.choice([0.0, 0.5, 1.0], size=(count, 3))
        self.money = rng.uniform(0.25, 0.8, size=(len(LINES), years))
        self.reserved = rng.random() < 0.5
        self.carry = rng.random(size=2) < 0.4
        self.kind = int(rng.integers(0, 3))
        self.legal = rng.random()
        self.ruled = rng.random(5)
        self.case_costs = CaseCosts(per_case=float(rng.choice([100, 1000])), per_lost_day=2.0)

    def _chance(self, part: float) -> bool:
        return bool(self.rng.random() < part)

    def _measure(self, index: int) -> Measure:
        rng, name = self.rng, self.ids[index]
        kind = Kind.WHOLE if self._chance(0.6) else Kind.LEVELS
        fields: dict[str, Any] = {
            "id": name,
            "weight": float(rng.uniform(0.02, 0.12)),
            "kind": kind,
            "category": Category.TOOLS if self._chance(0.4) else None,
            "lifetime": int(rng.choice([1, 2, 3, 5])),
            "lead_time": float(rng.choice([0, 0, 0, 0.4, 1, 2])),
            "upkeep": float(rng.choice([0, 0, 0.1])),
            "status_quo": float(rng.choice([0, 0, 0, 0, 0.25, 0.6, 1])),
            "full_cost": 0.0 if self._chance(0.08) else float(rng.integers(10, 100)),
            "mandatory": self._chance(0.1),
        }
        if fields["mandatory"] and self._chance(0.5):
            fields["deadline"] = 2026 + int(rng.integers(0, self.years))
        if index and self._chance(0.25):
            fields["requires"] = (self.ids[int(rng.integers(0, index))],)
        elif index and self._chance(0.2):
            fields["excludes"] = (self.ids[int(rng.integers(0, index))],)
        priced = self.lines and bool(fields["full_cost"]) and self._chance(0.5)
        if priced:
            fields.pop("full_cost")
        elif self._chance(0.2):
            fields["fixed_cost"] = float(rng.integers(1, 20))
        if kind is Kind.WHOLE and priced:
            self._price(name, None)
        if kind is Kind.LEVELS:
            self._levels(name, priced=priced)
        return Measure(**fields)

    def _levels(self, name: str, *, priced: bool) -> None:
        rng, count = self.rng, int(self.rng.integers(1, 4))
        cost, effect = (np.sort(rng.uniform(0.1, 1.0, size=count)) for _ in range(2))
        for i in range(count):
            price = None if priced else float(cost[i])
            self.levels.append(Level(measure=name, level=f"l{i}", cost=price, effect=float(effect[i])))
            if priced:
                self._price(name, f"l{i}")

    def _price(self, name: str, level: str | None) -> None:
        last = self.years if self._chance(0.6) else 1
        cells = [(line, year) for line in LINES for year in range(last) if self._chance(0.5)] or [(LINES[0], 0)]
        self.costs += [
            CostEntry(measure=name, level=level, line=line, year=year, cost=float(self.rng.integers(5, 40)))
            for line, year in cells
        ]

    def _group(self, index: int) -> WorkGroup:
        rng = self.rng
        increment, acceptable = float(rng.uniform(0.002, 0.01)), float(rng.uniform(0.05, 0.2))
        return WorkGroup(
            id=f"g{index}",
            headcount=int(rng.integers(1, 200)),
            risk_increment=increment,
            acceptable_risk=acceptable,
            served=(1.1 if self._chance(0.08) else float(rng.uniform(0, 0.9))) * acceptable / increment,
            max_effect=float(rng.choice([1.0, 0.7])),
            injury_rate=0.01 * index,
            lost_days=20.0,
        )

    def _settings(self) -> dict[str, Any]:
        rng = self.rng
        return {
            "horizon": self.years,
            "normalise_weights": True,
            "after_horizon": AfterHorizon.KEEP if self._chance(0.5) else AfterHorizon.LAPSE,
            "price_growth": float(rng.choice([0.0, 0.05])),
            "discount_rate": float(rng.choice([0.0, 0.07])),
        }

    def scenario(self) -> Scenario:
        """Return the scenario of the measures that are left."""
        left = {m.id for m in self.measures}
        full = sum(m.full_cost if m.full_cost is not None else 45.0 for m in self.measures)
        rows = tuple(
            m.update(
                requires=tuple(name for name in m.requires if name in left),
                excludes=tuple(name for name in m.excludes if name in left),
            )
            for m in self.measures
        )
        parts: dict[str, Any] = {"budget": self._budget(full), **self.settings, "rule": tuple(self._rules(full))}
        if self.lines:
            parts["budgets"] = tuple(self._budgets(full))
        effects = [
            Effect(measure=m.id, on=Target.GROUP, target=group.id, effect=float(self.reach[i, j]))
            for i, m in enumerate(self.measures)
            for j, group in enumerate(self.groups)
            if self.reach[i, j] < 1 and len(self.groups) > 1
        ]
        small = scenario_of(
            measures=rows,
            groups=self.groups,
            effects=tuple(effects),
            levels=tuple(row for row in self.levels if row.measure in left),
            costs=tuple(row for row in self.costs if row.measure in left),
            **parts,
        )
        return small.update(settings=small.settings.update(costs=self.case_costs))

    def _budget(self, full: float) -> Budget:
        legal = {"legal_share": 0.02, "legal_base": full * 5} if self.legal < 0.08 else {}
        part = float(self.money[0, 0])
        if self.lines:
            return Budget(per_year=full * part if self.legal > 0.8 else None, **legal)
        if self.kind == 0:
            return Budget(per_year=full * part, **legal)
        if self.kind == 1:
            return Budget(total=full * part * self.years, **legal)
        return Budget(total=full * part * self.years * 0.8, per_year=full * part, **legal)

    def _budgets(self, full: float) -> list[BudgetEntry]:
        return [
            BudgetEntry(
                line=line,
                year=2026 + t,
                amount=full * float(self.money[i, t]) * 0.7,
                carry_over=bool(self.carry[i]),
                measures=("tools",) if i and self.reserved else (),
            )
            for i, line in enumerate(LINES)
            for t in range(self.years)
        ]

    def _rules(self, full: float) -> list[Rule]:
        first = self.measures[0].id
        tools = ("tools",) if any(m.category is Category.TOOLS for m in self.measures) else (first,)
        rules = [
            Rule(name="few", on=RuleOn.PROJECTS, at_most=2.0, each_year=True),
            Rule(name="crew", on=RuleOn.UNDER_WAY, measures=tools, at_most=1.0, each_year=True),
            Rule(name="part", on=RuleOn.PART, measures=tools, at_least=0.2),
            Rule(name="share", on=RuleOn.SHARE, measures=(first,), at_least=0.2, at_most=0.9),
            Rule(name="cap", on=RuleOn.SPEND, measures=tools, at_most=full * 0.4, years=(2026,)),
        ]
        return [rule for rule, chance in zip(rules, self.ruled.tolist(), strict=True) if chance < 0.12]
