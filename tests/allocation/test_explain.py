"""Why a plan is as it is: reasons on cases made by hand, returns and sensitivities against evaluating and planning."""

from __future__ import annotations

import math
from typing import Any

import pytest

import oshopt
from oshopt.experts import observed_weights
from oshopt.forecast import outcome_lines
from oshopt.model import (
    AfterHorizon,
    Budget,
    BudgetEntry,
    CaseCosts,
    CostEntry,
    Effect,
    Explanation,
    FrozenMap,
    Kind,
    Level,
    Measure,
    Plan,
    Reason,
    Rule,
    RuleOn,
    Scenario,
    Strategy,
    StrategyEntry,
    Target,
    WorkGroup,
)
from tests.making import reference, scenario_of


def planned(scenario: Scenario, objective: str = "safe_service", **options: Any) -> tuple[Plan, Explanation]:
    plan = oshopt.allocate(scenario, objective, explain=True, marginals=False, **options)
    assert plan.explanation is not None
    return plan, plan.explanation


def reason(scenario: Scenario, measure: str, objective: str = "safe_service", **options: Any) -> Reason:
    return planned(scenario, objective, **options)[1].reasons[measure]


def rows(*parts: dict[str, Any]) -> tuple[Measure, ...]:
    """Return measures a, b, … of equal weight and full cost 100, each with its own parts."""
    share = 1.0 / len(parts)
    return tuple(
        Measure(**({"id": "abcdef"[i], "weight": share, "full_cost": 100.0} | own)) for i, own in enumerate(parts)
    )


LINE = (BudgetEntry(line="own", amount=100.0, measures=("b",)),)
PHASED = tuple(CostEntry(measure="a", line="own", year=year, cost=10.0) for year in range(2))

CASES: dict[str, tuple[dict[str, Any], str, str]] = {
    "free": ({"measures": rows({"full_cost": 0.0}, {})}, "safe_service", "nothing"),
    "duty": ({"measures": rows({"mandatory": True}, {})}, "safe_service", "law"),
    "needed": (
        {"measures": rows({}, {"requires": ("a",), "mandatory": True}), "budget": Budget(total=250.0)},
        "safe_service",
        "b requires it",
    ),
    "pays": ({"measures": rows({"weight": 0.6}, {"weight": 0.4})}, "safe_service", "years shorter"),
    "in-force": ({"measures": rows({"status_quo": 1.0}, {})}, "safe_service", "in force today"),
    "late": ({"measures": rows({"lead_time": 3.0}, {}), "horizon": 2}, "safe_service", "act after 2027"),
    "no-line": ({"measures": rows({}, {}), "budget": Budget(), "budgets": LINE}, "safe_service", "No budget line"),
    "no-effect": ({"measures": rows({"weight": 0.0}, {"weight": 1.0})}, "safe_service", "no group's risk"),
    "excluded": (
        {
            "measures": rows({"weight": 0.4, "excludes": ("b",)}, {"weight": 0.6}),
            "budget": Budget(total=500.0),
        },
        "safe_service",
        "b excludes it",
    ),
    "requires": (
        {"measures": rows({"weight": 0.5, "requires": ("b",)}, {"weight": 0.1}, {"weight": 0.4})},
        "effect",
        "requires b",
    ),
    "rule": (
        {
            "measures": rows({"weight": 0.6}, {"weight": 0.4}),
            "rule": (Rule(name="none", measures=("a",), at_most=0.0),),
        },
        "safe_service",
        "rule none",
    ),
    "whole": (
        {"measures": rows({"weight": 0.9, "kind": Kind.WHOLE, "full_cost": 300.0}, {"weight": 0.1})},
        "safe_service",
        "in one year at least",
    ),
    "not-needed": ({"measures": rows({}, {"mandatory": True}), "budget": Budget(total=200.0)}, "cost", "less money"),
    "dearer": ({"measures": rows({"weight": 0.3}, {"weight": 0.7})}, "safe_service", "brings more on other"),
}


@pytest.mark.parametrize("code", CASES)
def test_every_kind_of_reason(code: str) -> None:
    parts, objective, words = CASES[code]
    found = reason(scenario_of(**({"budget": Budget(total=100.0)} | parts)), "a", objective)
    assert found.code == code
    assert words in found.text
    assert found.in_plan == (code in ("free", "duty", "needed", "pays"))


def test_a_whole_measure_that_fits_no_other_way_is_indivisible() -> None:
    whole = {"kind": Kind.WHOLE, "weight": 0.35, "full_cost": 60.0}
    parts = rows(whole, {"weight": 0.65, "kind": Kind.WHOLE, "full_cost": 90.0})
    found = reason(scenario_of(measures=parts, budget=Budget(total=100.0)), "a")
    assert (found.code, found.in_plan) == ("whole", False)
    assert "one piece" in found.text


def test_payments_beyond_the_horizon_are_said() -> None:
    costs = tuple(CostEntry(measure="a", line="own", year=year, cost=10.0) for year in (0, 1))
    lines = (BudgetEntry(line="own", amount=100.0),)
    parts = rows({"kind": Kind.WHOLE, "full_cost": None, "lead_time": 1.0, "lifetime": 5}, {})
    scenario = scenario_of(measures=parts, costs=costs, budgets=lines, budget=Budget(), horizon=2)
    assert reason(scenario, "a").code == "pays"
    late = rows({"kind": Kind.WHOLE, "full_cost": None, "lead_time": 2.0, "lifetime": 5}, {})
    assert reason(scenario.update(measures={m.id: m for m in late}), "a").code == "late"


def two_groups(costs_of_cases: CaseCosts | None = None, **parts: Any) -> Scenario:
    groups = (
        WorkGroup(id="g", risk_increment=0.006, acceptable_risk=0.1, headcount=30),
        WorkGroup(id="h", risk_increment=0.001, acceptable_risk=0.1, headcount=300),
    )
    effects = (
        Effect(measure="a", on=Target.GROUP, target="g", effect=0.0),
        Effect(measure="b", on=Target.GROUP, target="h", effect=0.0),
    )
    scenario = scenario_of(groups=groups, effects=effects, **parts)
    settings = scenario.settings.update(costs=costs_of_cases or CaseCosts())
    return scenario.update(settings=settings)


def test_a_measure_for_a_group_that_does_not_decide() -> None:
    assert reason(two_groups(budget=Budget(total=80.0)), "a").code == "other-group"
    left = reason(two_groups(budget=Budget(total=150.0)), "a")
    assert (left.code, left.in_plan, left.gain) == ("cases", True, 0.0)
    few = planned(two_groups(budget=Budget(total=80.0)), "cases")[1].reasons
    assert few["a"].in_plan


def test_rates_of_return_of_the_reference_case() -> None:
    plan, found = planned(reference())
    service = 46.63003663
    for name, measure in reference().measures.items():
        own = found.reasons[name]
        if measure.weight == 0:
            assert own.code == "no-effect"
            continue
        step = measure.weight if own.in_plan else -measure.weight
        alone = 10 + 0.08 / (0.003 * (1 - 0.272 + step))
        assert own.money == pytest.approx(5e4)
        assert own.gain == pytest.approx(abs(service - alone), rel=1e-6)
        assert own.rate == pytest.approx(abs(service - alone) / 5e4, rel=1e-6)
        if own.in_plan:
            without = 10 + 0.08 / (0.003 * (1 - 0.272 + measure.weight - 0.034))
            assert own.forced_gain == pytest.approx(service - without, rel=1e-6)
        else:
            forced = 10 + 0.08 / (0.003 * (1 - 0.272 - 0.01 * (measure.weight - 0.035)))
            assert own.forced_money == pytest.approx(500)
            assert own.forced_gain == pytest.approx(forced - service, abs=1e-7)
        assert own.binding == ("budget total", "renewal")
    assert plan.certificate.status == "optimal"


def test_forced_change_is_what_planning_without_the_measure_gives() -> None:
    scenario = scenario_of(
        measures=rows({"weight": 0.5, "kind": Kind.WHOLE}, {"weight": 0.3, "kind": Kind.WHOLE, "full_cost": 60.0}, {}),
        normalise_weights=True,
        budget=Budget(total=130.0),
    )
    plan, found = planned(scenario, "effect")
    bought = [name for name, row in plan.spend.items() if sum(row.values()) > 0]
    for name in bought:
        blocked = scenario.settings.update(rule=(Rule(name="no", on=RuleOn.SPEND, measures=(name,), at_most=0.0),))
        other = oshopt.allocate(scenario.update(settings=blocked), "effect", marginals=False)
        lost = plan.certificate.value - other.certificate.value
        assert found.reasons[name].forced_gain == pytest.approx(lost, abs=1e-9)


@pytest.mark.parametrize("objective", ["safe_service", "effect", "cases"])
def test_break_evens_of_whole_measures_flip_the_answer(objective: str) -> None:
    scenario = scenario_of(
        measures=rows(
            {"weight": 0.4, "kind": Kind.WHOLE, "full_cost": 70.0},
            {"weight": 0.35, "kind": Kind.LEVELS, "full_cost": 80.0},
            {"weight": 0.25},
        ),
        levels=(
            Level(measure="b", level="half", cost=0.4, effect=0.6),
            Level(measure="b", level="all", cost=1, effect=1),
        ),
        budget=Budget(total=110.0),
    )
    plan, _ = planned(scenario, objective)
    checked = 0
    for name, point in plan.certificate.break_even.items():
        if point.cost is None:
            continue
        for factor, expected in ((0.99, True), (1.01, False)):
            changed = scenario.measures[name].update(full_cost=point.cost * factor)
            other = oshopt.allocate(scenario.update(measures={**scenario.measures, name: changed}), objective)
            assert (sum(other.spend[name].values()) > 0) == expected, (name, factor)
        checked += 1
    assert checked == 2
    assert plan.certificate.break_even["c"].weight == 0
    assert plan.certificate.break_even["c"].cost is None


@pytest.mark.parametrize("objective", ["safe_service", "remaining_service", "effect", "cases", "cost", "net_benefit"])
def test_sensitivity_against_changing_the_scenario(objective: str) -> None:
    parts = rows({"weight": 0.5, "lifetime": 3, "upkeep": 0.1}, {"weight": 0.3, "status_quo": 0.2}, {"weight": 0.2})
    worth = CaseCosts(per_case=2000.0)
    scenario = two_groups(measures=parts, horizon=2, budget=Budget(per_year=80.0), costs_of_cases=worth)
    limits = {"effect": 0.2} if objective == "cost" else {}
    plan, found = planned(scenario, objective, limits=limits)
    assert {(one.of, one.id) for one in found.sensitivity} == {
        *(("weight", name) for name in scenario.measures),
        *(("increment", name) for name in scenario.groups),
    }
    for one in found.sensitivity:
        for side, figure in enumerate((one.low, one.high)):
            changed = changed_figure(scenario, one.of, one.id, figure)
            held = oshopt.evaluate(changed, plan.as_strategy())
            assert one.held[side] == pytest.approx(objective_of(held, objective), rel=1e-9)
            if one.replanned is not None:
                best = oshopt.allocate(changed, objective, limits=limits, marginals=False).certificate.value
                assert one.replanned[side] == pytest.approx(best, rel=1e-6)


def changed_figure(scenario: Scenario, of: str, name: str, figure: float) -> Scenario:
    if of == "increment":
        groups = {**scenario.groups, name: scenario.groups[name].update(risk_increment=figure)}
        return scenario.update(groups=groups)
    rest = (1 - figure) / (1 - scenario.weights[name])
    weights = {m: figure if m == name else k * rest for m, k in scenario.weights.items()}
    return scenario.update(measures={m: row.update(weight=weights[m]) for m, row in scenario.measures.items()})


def objective_of(found: oshopt.Evaluation, objective: str) -> float:
    return {
        "safe_service": min(found.safe_service.values()),
        "remaining_service": min(found.remaining_service.values()),
        "effect": found.mean_effect,
        "cases": found.cases,
        "cost": found.discounted_cost,
        "net_benefit": found.net_benefit,
    }[objective]


def test_changes_against_a_strategy_measure_by_measure() -> None:
    given = (
        StrategyEntry(strategy="last-year", measure="b", year=2026, spend=60.0),
        StrategyEntry(strategy="last-year", measure="c", year=2027, spend=40.0),
    )
    parts = rows({"weight": 0.5, "lifetime": 2, "upkeep": 0.1}, {"weight": 0.3}, {"weight": 0.2})
    scenario = scenario_of(measures=parts, horizon=2, strategies=given, budget=Budget(per_year=80.0))
    plan, found = planned(scenario, "effect")
    table = found.changes["last-year"]
    assert set(table) == set(scenario.measures)
    other = oshopt.evaluate(scenario, "last-year")
    for name, change in table.items():
        for year in scenario.years:
            ours = plan.evaluation.spend[name][year] + plan.evaluation.upkeep[name][year]
            theirs = other.spend[name].get(year, 0.0) + other.upkeep[name].get(year, 0.0)
            assert change.money[year] == pytest.approx(ours - theirs)
        mixed = dict(plan.spend) | {name: scenario.strategy("last-year").spend.get(name, {})}
        value = oshopt.evaluate(scenario, oshopt.Strategy(id="mixed", spend=mixed)).mean_effect
        assert change.gain == pytest.approx(plan.certificate.value - value, abs=1e-12)


def test_a_plan_that_is_never_reached_is_explained_without_nonsense() -> None:
    plan, found = planned(reference(total=1.6e6))
    assert math.isinf(plan.certificate.value)
    assert all(own.gain is None or own.gain >= 0 for own in found.reasons.values() if own.in_plan)
    assert not any(math.isnan(value) for one in found.sensitivity for value in one.held)


def test_lapse_and_lines_are_explained() -> None:
    lines = (BudgetEntry(line="own", amount=60.0), BudgetEntry(line="grant", amount=30.0, measures=("c",)))
    parts = rows({"weight": 0.5, "lifetime": 3}, {"weight": 0.3}, {"weight": 0.2, "lead_time": 1.0, "lifetime": 2})
    scenario = scenario_of(measures=parts, horizon=2, budget=Budget(), budgets=lines, after_horizon=AfterHorizon.LAPSE)
    _, found = planned(scenario)
    assert "line grant 2026" not in found.reasons["a"].binding
    assert {own.code for own in found.reasons.values()} <= {"pays", "cases", "dearer", "cheapest"}


def test_returns_of_an_outcome_are_of_the_outcome() -> None:
    scenario = oshopt.load("scenarios/food-plant")
    plan, explanation = planned(scenario, "outcome:incapacity")
    line = outcome_lines(scenario, weights=observed_weights(scenario)[0])["incapacity"]
    moved = {row.measure for row in scenario.effects if row.on is Target.INDICATOR}
    gains = {name: why.gain for name, why in explanation.reasons.items() if why.in_plan and name in moved}
    assert any(gains.values())
    for measure, gain in gains.items():
        left = {name: row for name, row in plan.spend.items() if name != measure}
        begun = {name: row for name, row in plan.begun.items() if name != measure}
        if scenario.full_cost(measure) == 0:
            begun[measure] = FrozenMap(dict.fromkeys(scenario.years, 0.0))
        without = oshopt.evaluate(scenario, Strategy(id="without", spend=left, shares=begun))
        changes: dict[str, float] = {}
        for row in scenario.effects:
            if row.on is Target.INDICATOR:
                last = list(without.in_force[row.measure].values())[-1]
                changes[row.target] = changes.get(row.target, 0.0) + row.effect * last
        assert gain == pytest.approx(line.value(FrozenMap(changes)) - plan.certificate.value, abs=1e-6)
