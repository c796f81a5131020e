"""Minimum, fixed cost, curves of any shape beside whole and levelled measures: against a second formulation."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

import oshopt
from oshopt.model import (
    AfterHorizon,
    Budget,
    BudgetEntry,
    Category,
    Kind,
    Level,
    Measure,
    NoPlanError,
    Plan,
    Rule,
    RuleOn,
    Scenario,
    WorkGroup,
)
from tests.allocation.mixed_oracle import MixedOracle
from tests.making import scenario_of

COUNT, BLOCK = 30, 5
LINEAR = ("effect", "cases", "cost")
SERVICE = ("safe_service", "remaining_service")


def mixed_scenario(seed: int) -> Scenario:
    """Return a random scenario of 3 to 7 measures of all kinds."""
    rng = np.random.default_rng([seed, 44])
    count, years = int(rng.integers(3, 8)), int(rng.integers(1, 4))
    levels: list[Level] = []
    rows = [_measure(rng, i, levels) for i in range(count)]
    groups = tuple(_group(rng, i) for i in range(int(rng.integers(1, 4))))
    yearly = sum(row.full_cost or 0.0 for row in rows) * float(rng.uniform(0.2, 0.6))
    settings: dict[str, Any] = {"budget": Budget(per_year=yearly)}
    match int(rng.integers(0, 3)):
        case 0:
            settings["budget"] = Budget(total=yearly * years)
        case 1:
            settings["budget"] = Budget(legal_minimum=yearly * 0.1 if rng.random() < 0.3 else None)
            settings["budgets"] = tuple(
                BudgetEntry(
                    line=line,
                    year=2026 + t,
                    amount=yearly * float(rng.uniform(0.3, 0.8)),
                    carry_over=line == "own",
                    measures=("tools",) if line == "grant" else (),
                )
                for line in ("own", "grant")
                for t in range(years)
            )
    return scenario_of(
        measures=tuple(rows),
        groups=groups,
        levels=tuple(levels),
        rule=tuple(_rules(rng, rows)),
        horizon=years,
        normalise_weights=True,
        after_horizon=AfterHorizon.KEEP if rng.random() < 0.5 else AfterHorizon.LAPSE,
        price_growth=float(rng.choice([0.0, 0.04])),
        discount_rate=float(rng.choice([0.0, 0.06])),
        **settings,
    )


def _measure(rng: np.random.Generator, index: int, levels: list[Level]) -> Measure:
    name, full = f"m{index}", float(rng.integers(20, 100))
    kind = Kind(str(rng.choice(["divisible", "divisible", "divisible", "whole", "levels"])))
    fields: dict[str, Any] = {
        "id": name,
        "weight": float(rng.uniform(0.1, 1.0)),
        "full_cost": full,
        "kind": kind,
        "category": Category.TOOLS if rng.random() < 0.5 else None,
        "lifetime": int(rng.choice([1, 1, 2, 4])),
        "lead_time": float(rng.choice([0, 0, 1])),
        "upkeep": float(rng.choice([0, 0.08])),
        "status_quo": float(rng.choice([0, 0, 0, 0.3])),
        "mandatory": bool(rng.random() < 0.06),
        "fixed_cost": float(rng.choice([0, 0, 4, 15])),
    }
    if kind is Kind.DIVISIBLE:
        fields["minimum"] = float(rng.choice([0, 0, 0.3, 0.6]))
        if rng.random() < 0.5:
            cost, gain = (np.sort(rng.uniform(0.1, 0.9, size=2)) for _ in range(2))
            places = [*zip(cost.tolist(), gain.tolist(), strict=True), (1.0, 1.0)]
            levels += [Level(measure=name, level=f"p{i}", cost=c, effect=e) for i, (c, e) in enumerate(places)]
    elif kind is Kind.LEVELS:
        cost, gain = (np.sort(rng.uniform(0.2, 1.0, size=2)) for _ in range(2))
        places = list(zip(cost.tolist(), gain.tolist(), strict=True))
        levels += [Level(measure=name, level=f"l{i}", cost=c, effect=e) for i, (c, e) in enumerate(places)]
    if index and rng.random() < 0.3:
        fields["requires" if rng.random() < 0.5 else "excludes"] = (f"m{int(rng.integers(0, index))}",)
    return Measure(**fields)


def _group(rng: np.random.Generator, index: int) -> WorkGroup:
    increment, acceptable = float(rng.uniform(0.002, 0.01)), float(rng.uniform(0.05, 0.2))
    return WorkGroup(
        id=f"g{index}",
        headcount=int(rng.integers(1, 200)),
        risk_increment=increment,
        acceptable_risk=acceptable,
        served=float(rng.uniform(0, 0.8)) * acceptable / increment,
        max_effect=float(rng.choice([1.0, 0.8])),
    )


def _rules(rng: np.random.Generator, rows: list[Measure]) -> list[Rule]:
    tools = ("tools",) if any(row.category is Category.TOOLS for row in rows) else ("m0",)
    rules = [
        Rule(name="part", on=RuleOn.PART, measures=tools, at_least=0.3, each_year=True),
        Rule(name="few", on=RuleOn.PROJECTS, at_most=2.0, each_year=True),
        Rule(name="crew", on=RuleOn.UNDER_WAY, measures=tools, at_most=1.0),
        Rule(name="share", on=RuleOn.SHARE, measures=("m1",), at_most=0.6),
        Rule(name="cap", on=RuleOn.SPEND, measures=tools, at_least=10.0),
    ]
    return [rule for rule in rules if rng.random() < 0.12]


def planned(scenario: Scenario, objective: str, solver: str) -> Plan | None:
    try:
        return oshopt.allocate(scenario, objective, solver=solver, marginals=False)
    except NoPlanError:
        return None


@pytest.mark.parametrize("block", range(COUNT // BLOCK))
def test_mixed_scenarios_agree_with_a_second_formulation(block: int) -> None:
    for seed in range(block * BLOCK, (block + 1) * BLOCK):
        scenario = mixed_scenario(seed)
        oracle = MixedOracle(scenario)
        for objective in (*LINEAR, SERVICE[seed % 2]):
            for solver in ("highs", "cbc") if seed % BLOCK == 2 else ("highs",):
                check(scenario, oracle, objective, solver, f"seed {seed}, {objective}, {solver}")


def check(scenario: Scenario, oracle: MixedOracle, objective: str, solver: str, case: str) -> None:
    plan = planned(scenario, objective, solver)
    value = None if plan is None else plan.certificate.value
    if objective in SERVICE:
        assert oracle.confirms(objective, value, 1e-5), f"{case}: {value}"
    else:
        best = oracle.linear(objective)
        assert (value is None) == (best is None), case
        if value is not None and best is not None:
            assert math.isclose(value, best, rel_tol=1e-7, abs_tol=1e-8), f"{case}: {value} is not {best}"
    if plan is not None:
        assert plan.certificate.status == "optimal", case
        assert plan.certificate.violation <= 1e-7, case
        assert oshopt.evaluate(scenario, plan.as_strategy()) == plan.evaluation, case
