"""What holds for every plan with whole measures, levels, minimum and fixed cost: money, units, order, the way back."""

from __future__ import annotations

import json
import math
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import oshopt
from oshopt.files import save_folder
from oshopt.model import (
    Budget,
    BudgetEntry,
    CostEntry,
    Kind,
    Level,
    Measure,
    NoPlanError,
    Plan,
    Rule,
    RuleOn,
    Scenario,
)
from tests.allocation.integer_scenarios import integer_scenario
from tests.allocation.test_mixed import mixed_scenario
from tests.making import scenario_of

FEW = settings(max_examples=20, deadline=None, derandomize=True)
SCENARIOS = st.one_of(st.integers(0, 10_000).map(integer_scenario), st.integers(0, 10_000).map(mixed_scenario))
OBJECTIVES = st.sampled_from(["effect", "safe_service", "remaining_service", "cases", "cost"])


def planned(scenario: Scenario, objective: str) -> Plan | None:
    try:
        return oshopt.allocate(scenario, objective, marginals=False)
    except NoPlanError:
        return None


def budgets_times(scenario: Scenario, factor: float) -> Scenario:
    budget = scenario.settings.budget
    more = budget.update(
        total=None if budget.total is None else budget.total * factor,
        per_year=None if budget.per_year is None else budget.per_year * factor,
    )
    return scenario.update(
        settings=scenario.settings.update(budget=more),
        budgets=tuple(entry.update(amount=entry.amount * factor) for entry in scenario.budgets),
    )


def money_times(scenario: Scenario, factor: float) -> Scenario:
    """Return the scenario in a currency of which `factor` units make one of the old."""

    def times(value: float | None) -> float | None:
        return None if value is None else value * factor

    def rule_times(rule: Rule) -> Rule:
        money = rule.on is RuleOn.SPEND
        return rule.update(at_least=times(rule.at_least), at_most=times(rule.at_most)) if money else rule

    scaled = budgets_times(scenario, factor)
    budget = scaled.settings.budget
    legal = budget.update(legal_base=times(budget.legal_base), legal_minimum=times(budget.legal_minimum))
    rules = tuple(rule_times(rule) for rule in scaled.settings.rule)
    measures = {
        name: m.update(full_cost=times(m.full_cost), fixed_cost=m.fixed_cost * factor)
        for name, m in scaled.measures.items()
    }
    return scaled.update(
        settings=scaled.settings.update(budget=legal, rule=rules),
        measures=measures,
        costs=tuple(entry.update(cost=entry.cost * factor) for entry in scaled.costs),
    )


def value_of(plan: Plan) -> float:
    """Return the objective, more being better."""
    sign = -1.0 if plan.objective in ("cases", "cost") else 1.0
    return sign * plan.certificate.value


@FEW
@given(scenario=SCENARIOS, objective=OBJECTIVES, factor=st.floats(1.0, 3.0))
def test_more_money_never_hurts(scenario: Scenario, objective: str, factor: float) -> None:
    plan = planned(scenario, objective)
    if plan is None:
        return
    richer = planned(budgets_times(scenario, factor), objective)
    assert richer is not None
    assert value_of(richer) >= value_of(plan) - 1e-7 * max(1.0, abs(value_of(plan)))


@FEW
@given(scenario=SCENARIOS, objective=OBJECTIVES, power=st.integers(-3, 6))
def test_the_currency_changes_nothing(scenario: Scenario, objective: str, power: int) -> None:
    plan, other = planned(scenario, objective), planned(money_times(scenario, 10.0**power), objective)
    assert (plan is None) == (other is None)
    if plan is not None and other is not None:
        unit = 10.0**power if objective == "cost" else 1.0
        one, two = plan.certificate.value, other.certificate.value / unit
        assert one == two or math.isclose(one, two, rel_tol=1e-7, abs_tol=1e-9)
        assert other.certificate.status == "optimal"


@FEW
@given(scenario=SCENARIOS, objective=OBJECTIVES, random=st.randoms())
def test_the_order_of_rows_changes_nothing(scenario: Scenario, objective: str, random: Any) -> None:
    def shuffled(rows: Any) -> Any:
        rows = list(rows)
        random.shuffle(rows)
        return rows

    tables = ("effects", "budgets", "levels", "costs")
    turned = Scenario(
        settings=scenario.settings,
        measures=dict(shuffled(scenario.measures.items())),
        groups=dict(shuffled(scenario.groups.items())),
        **{table: tuple(shuffled(getattr(scenario, table))) for table in tables},
    )
    assert planned(turned, objective) == planned(scenario, objective)


@FEW
@given(scenario=SCENARIOS, objective=OBJECTIVES)
def test_a_plan_as_a_strategy_is_worth_the_same(scenario: Scenario, objective: str) -> None:
    plan = planned(scenario, objective)
    if plan is not None:
        assert oshopt.evaluate(scenario, plan.as_strategy()) == plan.evaluation


def everything() -> Scenario:
    """Return a scenario in which money alone does not tell what is bought."""
    rows = (
        Measure(id="w", weight=0.2, kind=Kind.WHOLE, full_cost=30.0, lifetime=3, upkeep=0.1),
        Measure(id="l", weight=0.3, kind=Kind.LEVELS, full_cost=50.0, lead_time=1.0),
        Measure(id="p", weight=0.2, kind=Kind.WHOLE, lifetime=4, status_quo=0.25),
        Measure(id="f", weight=0.1, full_cost=0.0, requires=("w",)),
        Measure(id="g", weight=0.1, kind=Kind.LEVELS, full_cost=0.0, excludes=("f",)),
        Measure(id="d", weight=0.1, full_cost=90.0, minimum=0.2, fixed_cost=3.0),
    )
    levels = (
        Level(measure="l", level="low", cost=0.4, effect=0.3),
        Level(measure="l", level="same", cost=0.4, effect=0.2),
        Level(measure="l", level="high", cost=0.7, effect=0.9),
        Level(measure="g", level="half", cost=0.5, effect=0.4),
        Level(measure="g", level="full", cost=1.0, effect=0.5),
    )
    costs = (
        CostEntry(measure="p", line="own", year=0, cost=11.1),
        CostEntry(measure="p", line="grant", year=1, cost=1 / 3),
    )
    return scenario_of(
        measures=rows,
        levels=levels,
        costs=costs,
        horizon=3,
        budget=Budget(),
        budgets=(BudgetEntry(line="own", amount=70.0), BudgetEntry(line="grant", amount=20.0, carry_over=True)),
        price_growth=0.03,
    )


@pytest.mark.parametrize(
    "scenario", [everything(), integer_scenario(3), mixed_scenario(8)], ids=["all", "whole", "any"]
)
def test_a_plan_written_and_read_back_is_worth_the_same(
    scenario: Scenario, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    from oshopt.cli import main

    def run(*words: object) -> str:
        monkeypatch.setattr(sys, "argv", ["oshopt", *map(str, words)])
        with pytest.raises(SystemExit) as end:
            main()
        out, err = capfd.readouterr()
        assert not end.value.code, err
        return out

    folder, out = tmp_path / "scenario", tmp_path / "out"
    save_folder(scenario, folder)
    run("plan", folder, "--objective", "effect", "--out", out)
    assert "share" in (out / "plan.csv").read_text(encoding="utf-8-sig").splitlines()[0]
    answer = json.loads((out / "plan.json").read_text(encoding="utf-8"))
    compared = json.loads(run("compare", folder, "--with", out / "plan.csv", "--objective", "effect", "--json", "-"))
    told, again = answer["evaluation"], compared["strategies"]["plan"]
    assert again | {"strategy": ""} == told | {"strategy": ""}
