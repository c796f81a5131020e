"""One tiny scenario for each thing that makes a plan's program more than linear, and a twin that has no plan.

`small` writes as a program that can be read by eye; `twin` differs in one figure, or is asked for more.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from oshopt.model import (
    AfterHorizon,
    Budget,
    BudgetEntry,
    Control,
    CostEntry,
    Kind,
    Level,
    Measure,
    Rule,
    RuleOn,
    Scenario,
)
from tests.making import scenario_of


@dataclass(frozen=True)
class Feature:
    """A scenario, the greatest mean effect of its plans, and a scenario and demands that no plan meets."""

    name: str
    small: Scenario
    effect: float
    twin: Scenario
    limits: Mapping[str, float] = field(default_factory=dict)
    says: str = ""
    """What the refusal of the twin names."""


def one(**fields: Any) -> Measure:
    return Measure(**({"id": "a", "weight": 1.0, "full_cost": 100.0} | fields))


def two(first: dict[str, Any], second: dict[str, Any]) -> tuple[Measure, Measure]:
    a = {"id": "a", "weight": 0.6, "full_cost": 60.0} | first
    b = {"id": "b", "weight": 0.4, "full_cost": 40.0} | second
    return Measure(**a), Measure(**b)


def budget(scenario: Scenario, **fields: float) -> Scenario:
    return scenario.update(settings=scenario.settings.update(budget=Budget(**fields)))


def whole() -> Feature:
    small = scenario_of(measures=two({"kind": Kind.WHOLE}, {"kind": Kind.WHOLE}), budget=Budget(total=70.0))
    return Feature("whole", small, 0.6, small, {"effect": 0.7}, "effect")


POINTS = (
    Level(measure="a", level="basic", cost=0.3, effect=0.5),
    Level(measure="a", level="better", cost=0.6, effect=0.8),
)


def levels_at_most_one() -> Feature:
    small = scenario_of(measures=(one(kind=Kind.LEVELS),), levels=POINTS, budget=Budget(total=95.0))
    return Feature("levels_at_most_one", small, 0.8, small, {"effect": 0.9}, "effect")


def levels_exactly_one() -> Feature:
    small = scenario_of(measures=(one(kind=Kind.LEVELS, mandatory=True),), levels=POINTS, budget=Budget(total=50.0))
    return Feature("levels_exactly_one", small, 0.5, budget(small, total=25.0), {}, "budget")


def minimum() -> Feature:
    small = scenario_of(measures=(one(minimum=0.6),), budget=Budget(total=80.0))
    return Feature("minimum", small, 0.8, budget(small, total=50.0), {"effect": 0.1}, "effect")


def fixed_cost() -> Feature:
    small = scenario_of(measures=(one(fixed_cost=20.0),), budget=Budget(total=70.0))
    return Feature("fixed_cost", small, 0.5, small, {"effect": 0.6}, "effect")


def phased() -> Feature:
    rows = (
        CostEntry(measure="a", line="own", year=0, cost=60.0),
        CostEntry(measure="a", line="own", year=1, cost=10.0),
        CostEntry(measure="a", line="grant", year=1, cost=30.0),
    )
    lines = (BudgetEntry(line="own", amount=60.0), BudgetEntry(line="grant", year=2027, amount=30.0))
    small = scenario_of(
        measures=(one(full_cost=None, kind=Kind.WHOLE, lifetime=4, mandatory=True),),
        costs=rows,
        horizon=2,
        budget=Budget(),
        budgets=lines,
        after_horizon=AfterHorizon.LAPSE,
    )
    poorer = small.update(budgets=(lines[0], BudgetEntry(line="grant", year=2027, amount=20.0)))
    return Feature("phased", small, 1.0, poorer, {}, "line grant 2027")


def curve() -> Feature:
    points = (
        Level(measure="a", level="half", cost=0.5, effect=0.1),
        Level(measure="a", level="full", cost=1, effect=1),
    )
    small = scenario_of(measures=(one(),), levels=points, budget=Budget(total=75.0))
    return Feature("curve", small, 0.55, small, {"effect": 0.6}, "effect")


def mandatory() -> Feature:
    first = {"kind": Kind.WHOLE, "mandatory": True, "deadline": 2027, "lead_time": 1.0, "lifetime": 3}
    small = scenario_of(measures=two(first, {}), horizon=2, budget=Budget(per_year=70.0))
    early = scenario_of(measures=two(first | {"deadline": 2026}, {}), horizon=2, budget=Budget(per_year=70.0))
    return Feature("mandatory", small, (0.0 + 0.1 + 0.6 + 0.4) / 2, early, {}, "2026")


def requires() -> Feature:
    small = scenario_of(measures=two({"requires": ("b",)}, {}), budget=Budget(total=65.0))
    return Feature("requires", small, 0.65, small, {"effect": 0.66}, "effect")


def excludes() -> Feature:
    small = scenario_of(measures=two({"excludes": ("b",)}, {}), budget=Budget(total=200.0))
    return Feature("excludes", small, 0.6, small, {"effect": 0.7}, "effect")


def projects() -> Feature:
    rule = Rule(name="few", on=RuleOn.PROJECTS, at_most=1.0, each_year=True)
    lasting = {"kind": Kind.WHOLE, "lifetime": 5}
    parts: dict[str, Any] = {"horizon": 2, "budget": Budget(per_year=200.0), "rule": (rule,)}
    small = scenario_of(measures=two(lasting, lasting), **parts)
    return Feature("projects", small, 0.8, small, {"effect": 0.9}, "effect")


def crews() -> Feature:
    rule = Rule(name="crews", on=RuleOn.UNDER_WAY, at_most=1.0, each_year=True)
    lasting = {"kind": Kind.WHOLE, "lifetime": 5, "lead_time": 2.0}
    parts: dict[str, Any] = {"horizon": 3, "budget": Budget(per_year=200.0), "rule": (rule,)}
    small = scenario_of(measures=two(lasting, lasting), **parts)
    return Feature("crews", small, 0.2, small, {"last_effect": 0.7}, "last_effect")


def engineering() -> Feature:
    rule = Rule(name="engineering", on=RuleOn.PART, measures=("engineering",), at_least=0.1)
    measures = two({"control": Control.PROTECTIVE}, {"control": Control.ENGINEERING, "full_cost": 400.0})
    small = scenario_of(measures=measures, budget=Budget(total=60.0), rule=(rule,))
    return Feature("engineering", small, 0.546, small, {"effect": 0.6}, "effect")


def legal_minimum() -> Feature:
    money = Budget(per_year=80.0, legal_share=0.02, legal_base=3500.0)
    small = scenario_of(measures=two({"kind": Kind.WHOLE}, {"kind": Kind.WHOLE}), budget=money)
    small = small.update(measures={**small.measures, "c": one(id="c", weight=0.0, full_cost=20.0)})
    more = budget(small, per_year=80.0, legal_share=0.02, legal_base=4500.0)
    return Feature("legal_minimum", small, 0.6, more, {}, "budget.per_year")


def carry_over() -> Feature:
    line = BudgetEntry(line="own", amount=60.0, carry_over=True)
    small = scenario_of(measures=(one(kind=Kind.WHOLE, lifetime=2),), horizon=2, budget=Budget(), budgets=(line,))
    strict = small.update(budgets=(line.update(carry_over=False),))
    return Feature("carry_over", small, 0.5, strict, {"last_effect": 1.0}, "last_effect")


def renewal() -> Feature:
    measures = (one(kind=Kind.WHOLE, lifetime=2, upkeep=0.1),)
    small = scenario_of(measures=measures, horizon=2, budget=Budget(total=110.0))
    return Feature("renewal", small, 1.0, budget(small, total=108.0), {"last_effect": 1.0}, "last_effect")


FEATURES = [
    make()
    for make in (
        whole,
        levels_at_most_one,
        levels_exactly_one,
        minimum,
        fixed_cost,
        phased,
        curve,
        mandatory,
        requires,
        excludes,
        projects,
        crews,
        engineering,
        legal_minimum,
        carry_over,
        renewal,
    )
]
