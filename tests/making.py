"""Scenarios made for tests: S2's reference case with any change, and random ones from a seed."""

from __future__ import annotations

from typing import Any

import numpy as np

from oshopt.model import (
    TABLES,
    AfterHorizon,
    Budget,
    BudgetEntry,
    Effect,
    Level,
    Measure,
    Scenario,
    Settings,
    StrategyEntry,
    Target,
    WorkGroup,
)

THOUSANDTHS = (
    *(45, 45, 57, 32, 35, 33, 28, 31, 33, 29, 0, 27, 27, 55, 32, 35),
    *(30, 25, 33, 32, 32, 33, 28, 30, 30, 28, 32, 31, 26, 34, 32),
)
"""1000·k_1 … k_31 of S2's table 1."""
STRATEGY_1 = {1: 5e4, 2: 5e4, 3: 5e4, 5: 3e4, 6: 4e4, 12: 4e4, 13: 4e4}
"""Money of strategy 1 by serial number."""


def reference(
    *,
    scale: float = 1.0,
    acceptable_risk: float = 0.11,
    horizon: int = 1,
    total: float = 3e5,
    group: dict[str, Any] | None = None,
    **settings: Any,
) -> Scenario:
    """Return the conditional enterprise of S2 with every amount multiplied by `scale`."""
    measures = {f"m{i:02d}": Measure(id=f"m{i:02d}", weight=k / 1000) for i, k in enumerate(THOUSANDTHS, start=1)}
    people = {"id": "workers", "risk_increment": 0.003, "acceptable_risk": acceptable_risk, "served": 10.0}
    rows = [StrategyEntry(strategy="strategy-1", measure=f"m{i:02d}", spend=z * scale) for i, z in STRATEGY_1.items()]
    rows += [
        StrategyEntry(strategy="strategy-2", measure=name, spend=3e5 * measure.weight * scale)
        for name, measure in measures.items()
    ]
    head = {"name": "reference", "currency": "units", "start_year": 2014, "horizon": horizon, "full_cost": 5e4 * scale}
    return Scenario(
        settings=Settings(**(head | {"budget": Budget(total=total * scale)} | settings)),
        measures=measures,
        groups={"workers": WorkGroup(**(people | (group or {})))},
        strategies=tuple(rows),
    )


def scenario_of(**parts: Any) -> Scenario:
    """Return a small scenario: one group, one year, money for half of two measures; `parts` replace what is given."""
    settings = {"name": "small", "currency": "EUR", "start_year": 2026, "horizon": 1, "budget": Budget(total=100.0)}
    measures = (
        Measure(id="a", weight=0.6, full_cost=100.0),
        Measure(id="b", weight=0.4, full_cost=100.0),
    )
    group = WorkGroup(id="g", risk_increment=0.004, acceptable_risk=0.1, headcount=10)
    measures = parts.pop("measures", measures)
    groups = parts.pop("groups", (group,))
    rows = {name: parts.pop(name) for name in TABLES if name in parts}
    return Scenario(
        settings=Settings(**(settings | parts)),
        measures={measure.id: measure for measure in measures},
        groups={group.id: group for group in groups},
        **rows,
    )


def random_scenario(seed: int) -> Scenario:
    """Return a random scenario: 3–40 measures, 1–8 years, 1–4 groups, with everything the linear allocator obeys."""
    rng = np.random.default_rng(seed)
    measures, years, groups = int(rng.integers(3, 41)), int(rng.integers(1, 9)), int(rng.integers(1, 5))
    if seed % 4:
        measures = int(rng.integers(3, 13))
    start, calendar = 2026, range(2026, 2026 + years)
    weight = rng.dirichlet(np.ones(measures))
    rows = [_measure(rng, i, float(weight[i]), years) for i in range(measures)]
    names = [row.id for row in rows]
    people = [_group(rng, i) for i in range(groups)]
    effects = [
        Effect(measure=name, on=Target.GROUP, target=group.id, effect=float(rng.choice([0.0, 0.5, 1.0])))
        for name in names
        for group in people
        if groups > 1 and rng.random() < 0.3
    ]
    whole = sum(row.full_cost or 0.0 for row in rows)
    yearly = whole * float(rng.uniform(0.05, 0.6)) + sum((r.full_cost or 0.0) * r.upkeep for r in rows)
    settings: dict[str, Any] = {"budget": Budget(per_year=yearly)}
    lines: list[BudgetEntry] = []
    match int(rng.integers(0, 3)):
        case 0:
            settings = {"budget": Budget(total=yearly * years, per_year=yearly * 1.5 if rng.random() < 0.5 else None)}
        case 1:
            settings = {}
            lines = _lines(rng, names, calendar, yearly)
    return Scenario(
        settings=Settings(
            name=f"random {seed}",
            currency="EUR",
            start_year=start,
            horizon=years,
            after_horizon=AfterHorizon.KEEP if rng.random() < 0.5 else AfterHorizon.LAPSE,
            discount_rate=float(rng.choice([0.0, 0.05])),
            price_growth=float(rng.choice([0.0, 0.03])),
            **settings,
        ),
        measures={row.id: row for row in rows},
        groups={group.id: group for group in people},
        effects=tuple(effects),
        budgets=tuple(lines),
        levels=tuple(_curve(rng, rows)),
    )


def _measure(rng: np.random.Generator, index: int, weight: float, years: int) -> Measure:
    lasting = rng.random() < 0.5
    return Measure(
        id=f"m{index:02d}",
        weight=weight,
        full_cost=0.0 if rng.random() < 0.08 else float(rng.uniform(10, 1000)),
        lifetime=int(rng.integers(1, years + 3)) if lasting else 1,
        lead_time=float(rng.choice([0.0, 0.0, 0.5, 1.0, 2.0])),
        upkeep=float(rng.choice([0.0, 0.05, 0.1])) if lasting else 0.0,
        status_quo=float(rng.choice([0.0, 0.0, 0.0, 0.3, 1.0])),
        mandatory=bool(rng.random() < 0.04),
    )


def _group(rng: np.random.Generator, index: int) -> WorkGroup:
    acceptable = float(rng.uniform(0.05, 0.3))
    increment = float(rng.uniform(0.001, 0.01))
    share = 1.2 if rng.random() < 0.06 else float(rng.uniform(0, 0.8))
    return WorkGroup(
        id=f"g{index}",
        headcount=int(rng.integers(1, 400)),
        risk_increment=increment,
        acceptable_risk=acceptable,
        served=share * acceptable / increment,
        initial_risk=float(rng.choice([0.0, 0.01])),
        max_effect=float(rng.choice([1.0, 1.0, 0.7])),
    )


def _lines(rng: np.random.Generator, names: list[str], years: range, yearly: float) -> list[BudgetEntry]:
    rows = []
    for line in range(int(rng.integers(1, 4))):
        chosen = tuple(str(n) for n in rng.choice(names, size=max(1, len(names) // 2), replace=False)) if line else ()
        carry = bool(rng.random() < 0.4)
        rows += [
            BudgetEntry(
                line=f"line{line}",
                year=year,
                amount=yearly * float(rng.uniform(0.3, 1.0)),
                carry_over=carry,
                measures=chosen,
            )
            for year in years
        ]
    return rows


def _curve(rng: np.random.Generator, rows: list[Measure]) -> list[Level]:
    levels = []
    for row in rows:
        if rng.random() < 0.15:
            cost = float(rng.uniform(0.2, 0.8))
            levels += [
                Level(measure=row.id, level="part", cost=cost, effect=float(rng.uniform(cost, 1.0))),
                Level(measure=row.id, level="full", cost=1.0, effect=1.0),
            ]
    return levels
