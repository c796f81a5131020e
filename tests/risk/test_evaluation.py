"""Evaluations of strategies: the table of S2, each column's part in eq. 7 by hand, money and what must be flagged."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import oshopt
from oshopt.model import (
    DO_NOTHING,
    AfterHorizon,
    Budget,
    BudgetEntry,
    Effect,
    FrozenMap,
    InputError,
    Level,
    Measure,
    Scenario,
    SimulationSettings,
    Strategy,
    StrategyEntry,
    Target,
    WorkGroup,
)
from tests.making import random_scenario, reference, scenario_of


def strategy(spend: dict[str, dict[int, float]], **kept: dict[int, float]) -> Strategy:
    return Strategy(
        id="given",
        spend=FrozenMap({name: FrozenMap(row) for name, row in spend.items()}),
        kept=FrozenMap({name: FrozenMap(row) for name, row in kept.items()}),
    )


def codes(evaluation: oshopt.Evaluation) -> set[str]:
    return {flag.code for flag in evaluation.flags}


@pytest.mark.parametrize("scale", [1e-3, 1.0, 1e3, 1e6, 1e9])
@pytest.mark.parametrize(
    ("name", "epsilon", "at_011", "at_005"),
    [("strategy-1", 0.2376, 44.977265, 18.744316), ("strategy-2", 0.210024, 43.756299, 18.439075)],
)
def test_reference_strategies(name: str, epsilon: float, at_011: float, at_005: float, scale: float) -> None:
    for acceptable, service in ((0.11, at_011), (0.05, at_005)):
        found = oshopt.evaluate(reference(scale=scale, acceptable_risk=acceptable), name)
        assert found.epsilon["workers"][2014] == pytest.approx(epsilon, abs=1e-12)
        assert found.safe_service["workers"] == pytest.approx(service, abs=1e-6)
        assert found.cost == pytest.approx(3e5 * scale)
        assert found.yearly_renewal == pytest.approx(3e5 * scale)
        assert not found.flags


def test_do_nothing() -> None:
    found = oshopt.evaluate(reference(), DO_NOTHING)
    assert found.safe_service["workers"] == pytest.approx(36.666667, abs=1e-6)
    assert (found.cost, found.yearly_renewal, found.mean_effect) == (0, 0, 0)


def test_reading_of_one_total_for_all_measures() -> None:
    scenario = reference(full_cost=3e5)
    one, two = (oshopt.evaluate(scenario, name) for name in ("strategy-1", "strategy-2"))
    assert one.epsilon["workers"][2014] == pytest.approx(0.0396)
    assert two.epsilon["workers"][2014] == pytest.approx(0.0350, abs=5e-5)
    assert one.safe_service["workers"] == pytest.approx(37.77, abs=0.005)
    assert two.safe_service["workers"] == pytest.approx(37.63, abs=0.005)


def test_risk_path_ends_at_the_threshold() -> None:
    path = oshopt.evaluate(reference(horizon=3), "strategy-1").risk_path["workers"]
    assert path[0] == (0.0, 0.03)
    assert path[-1][1] == 0.11
    assert path[-1][0] == pytest.approx(34.977265, abs=1e-6)


def test_lifetime_lead_and_upkeep() -> None:
    measures = (
        Measure(id="a", weight=0.6, full_cost=100.0, lifetime=3, lead_time=1.0, upkeep=0.1),
        Measure(id="b", weight=0.4, full_cost=50.0),
    )
    scenario = scenario_of(measures=measures, horizon=6, budget=Budget(per_year=200.0))
    found = oshopt.evaluate(scenario, strategy({"a": {2026: 50.0}}))
    assert list(found.epsilon["g"].values()) == pytest.approx([0, 0.3, 0.3, 0.3, 0, 0])
    assert list(found.upkeep["a"].values()) == pytest.approx([0, 0, 5, 5, 0, 0])
    assert found.cost == pytest.approx(60.0)
    assert found.yearly_renewal == 0


def test_fraction_of_a_year_of_lead_acts_in_the_next_full_year() -> None:
    measures = (Measure(id="a", weight=1.0, full_cost=100.0, lifetime=2, lead_time=0.5),)
    found = oshopt.evaluate(scenario_of(measures=measures, horizon=4), strategy({"a": {2026: 100.0}}))
    assert list(found.epsilon["g"].values()) == pytest.approx([0, 1, 1, 0])


def test_lapse_lets_each_effect_end_with_its_lifetime() -> None:
    measures = (Measure(id="a", weight=1.0, full_cost=100.0, lifetime=5),)
    group = WorkGroup(id="g", risk_increment=0.01, acceptable_risk=0.1, max_effect=0.5)
    scenario = scenario_of(measures=measures, groups=(group,), horizon=2, after_horizon=AfterHorizon.LAPSE)
    found = oshopt.evaluate(scenario, strategy({"a": {2027: 100.0}}))
    assert found.safe_service["g"] == pytest.approx(1 + 5 + (0.1 - 0.01 - 0.025) / 0.01)
    assert found.yearly_renewal == 0


def test_keep_counts_renewal_at_lifetime_and_upkeep_in_the_other_years() -> None:
    measures = (Measure(id="a", weight=1.0, full_cost=100.0, lifetime=4, upkeep=0.2),)
    found = oshopt.evaluate(scenario_of(measures=measures, horizon=2), strategy({"a": {2026: 50.0}}))
    assert found.yearly_renewal == pytest.approx(50 / 4 + 0.2 * 50 * 3 / 4)


def test_renewal_beyond_the_last_years_money_is_flagged() -> None:
    found = oshopt.evaluate(
        scenario_of(horizon=2, budget=Budget(total=200.0)), strategy({"a": {2027: 100.0}, "b": {2027: 100.0}})
    )
    assert codes(found) == {"renewal", "never-reached"}


def test_max_effect_and_reach() -> None:
    groups = (
        WorkGroup(id="g", risk_increment=0.004, acceptable_risk=0.1, max_effect=0.5),
        WorkGroup(id="h", risk_increment=0.004, acceptable_risk=0.1, headcount=3),
    )
    effects = (Effect(measure="a", on=Target.GROUP, target="h", effect=0.25),)
    found = oshopt.evaluate(scenario_of(groups=groups, effects=effects), strategy({"a": {2026: 100.0}}))
    assert found.epsilon["g"][2026] == pytest.approx(0.3)
    assert found.epsilon["h"][2026] == pytest.approx(0.15)
    assert found.mean_effect == pytest.approx((0.3 + 3 * 0.15) / 4)
    assert found.cases == pytest.approx(0.004 * (0.7 + 3 * 0.85))


def test_status_quo_limits_what_can_be_bought_and_costs_its_upkeep() -> None:
    measures = (
        Measure(id="a", weight=0.6, full_cost=100.0, status_quo=0.4, upkeep=0.1),
        Measure(id="b", weight=0.4, full_cost=100.0),
    )
    scenario = scenario_of(measures=measures)
    idle = oshopt.evaluate(scenario, DO_NOTHING)
    assert idle.epsilon["g"][2026] == 0
    assert idle.cost == pytest.approx(4.0)
    whole = oshopt.evaluate(scenario, strategy({"a": {2026: 60.0}}))
    assert whole.epsilon["g"][2026] == pytest.approx(0.36)
    assert not codes(whole)
    more = oshopt.evaluate(scenario, strategy({"a": {2026: 80.0}}))
    assert more.epsilon["g"][2026] == pytest.approx(0.36)
    assert codes(more) == {"over-funded"}


def test_a_strategy_that_stops_paying_for_the_status_quo_raises_the_increment() -> None:
    measures = (
        Measure(id="a", weight=0.6, full_cost=100.0, status_quo=0.5, upkeep=0.2),
        Measure(id="b", weight=0.4, full_cost=100.0),
    )
    found = oshopt.evaluate(scenario_of(measures=measures, horizon=2), strategy({}, a={2027: 0.1}))
    assert list(found.epsilon["g"].values()) == pytest.approx([0.0, -0.24])
    assert list(found.cost_by_year.values()) == pytest.approx([10.0, 2.0])
    assert found.safe_service["g"] == pytest.approx(1 + (0.1 - 0.004) / (0.004 * 1.24))


def test_measures_of_no_cost_are_carried_out() -> None:
    measures = (Measure(id="a", weight=0.6, full_cost=0.0), Measure(id="b", weight=0.4, full_cost=100.0))
    scenario = scenario_of(measures=measures)
    assert oshopt.evaluate(scenario, strategy({})).epsilon["g"][2026] == pytest.approx(0.6)
    assert oshopt.evaluate(scenario, DO_NOTHING).epsilon["g"][2026] == 0


def test_curve_between_its_points() -> None:
    levels = (
        Level(measure="a", level="half", cost=0.5, effect=0.8),
        Level(measure="a", level="full", cost=1.0, effect=1.0),
    )
    scenario = scenario_of(levels=levels)
    for spend, effect in ((25.0, 0.4), (50.0, 0.8), (75.0, 0.9), (100.0, 1.0)):
        assert oshopt.evaluate(scenario, strategy({"a": {2026: spend}})).epsilon["g"][2026] == pytest.approx(
            0.6 * effect
        )


def test_price_growth_and_discount() -> None:
    scenario = scenario_of(horizon=2, price_growth=0.1, discount_rate=0.05, budget=Budget(per_year=200.0))
    found = oshopt.evaluate(scenario, strategy({"a": {2026: 50.0, 2027: 55.0}}))
    assert list(found.epsilon["g"].values()) == pytest.approx([0.3, 0.3])
    assert found.discounted_cost == pytest.approx(50 / 1.05 + 55 / 1.05**2)


def test_over_funded_money_buys_nothing_and_is_said() -> None:
    found = oshopt.evaluate(scenario_of(budget=Budget(total=500.0)), strategy({"a": {2026: 180.0}}))
    assert found.epsilon["g"][2026] == pytest.approx(0.6)
    assert [flag.subject for flag in found.flags if flag.code == "over-funded"] == ["a"]
    assert "80" in found.flags[0].text


def test_exceeded_and_never_reached_groups_are_flagged() -> None:
    groups = (
        WorkGroup(id="g", risk_increment=0.01, acceptable_risk=0.1, served=12.0),
        WorkGroup(id="h", risk_increment=0.0, acceptable_risk=0.1),
    )
    found = oshopt.evaluate(scenario_of(groups=groups), strategy({}))
    assert found.safe_service["g"] == pytest.approx(10.0)
    assert found.remaining_service["g"] == 0
    assert found.safe_service["h"] == math.inf
    assert codes(found) == {"exceeded", "never-reached"}


def test_duties_and_budgets_are_judged() -> None:
    measures = (
        Measure(id="a", weight=0.6, full_cost=100.0, mandatory=True, deadline=2027),
        Measure(id="b", weight=0.4, full_cost=100.0, mandatory=True),
    )
    budget = Budget(per_year=90.0, total=150.0, legal_minimum=20.0)
    scenario = scenario_of(measures=measures, horizon=2, budget=budget)
    found = oshopt.evaluate(scenario, strategy({"b": {2026: 100.0, 2027: 100.0}}))
    assert dict(found.duties) == {"a": False, "b": True}
    said = {(flag.code, flag.subject) for flag in found.flags}
    assert {("duty", "a"), ("over-budget", "2026"), ("over-budget", "2027"), ("over-budget", "total")} <= said
    idle = oshopt.evaluate(scenario, DO_NOTHING)
    assert {("legal-minimum", "2026"), ("legal-minimum", "2027")} <= {(f.code, f.subject) for f in idle.flags}


def test_lines_pay_only_for_what_they_may() -> None:
    rows = (
        BudgetEntry(line="own", amount=60.0),
        BudgetEntry(line="grant", amount=100.0, measures=("b",)),
    )
    scenario = scenario_of(budget=Budget(), budgets=rows)
    assert not oshopt.evaluate(scenario, strategy({"a": {2026: 60.0}, "b": {2026: 100.0}})).flags
    found = oshopt.evaluate(scenario, strategy({"a": {2026: 90.0}}))
    assert {(flag.code, flag.subject) for flag in found.flags} == {("over-budget", "2026"), ("renewal", "")}
    assert "30" in found.flags[0].text


def test_carried_over_money_pays_later() -> None:
    rows = tuple(BudgetEntry(line="own", year=year, amount=50.0, carry_over=True) for year in (2026, 2027))
    scenario = scenario_of(budget=Budget(), budgets=rows, horizon=2, after_horizon=AfterHorizon.LAPSE)
    assert not oshopt.evaluate(scenario, strategy({"a": {2027: 100.0}})).flags
    assert codes(oshopt.evaluate(scenario, strategy({"a": {2026: 100.0}}))) == {"over-budget"}


def test_classes_of_their_own_are_warned_of() -> None:
    groups = (
        WorkGroup(id="g", risk_increment=0.003, condition_class="3.1"),
        WorkGroup(id="h", risk_increment=0.003, condition_class="3.3"),
    )
    found = oshopt.evaluate(scenario_of(groups=groups), strategy({}))
    assert dict(found.acceptable_risk) == {"g": 0.11, "h": 0.49}
    assert codes(found) == {"classes"}
    assert not oshopt.evaluate(scenario_of(groups=groups[:1]), strategy({})).flags


def test_unknown_names_are_refused() -> None:
    with pytest.raises(InputError, match="strategy-1"):
        oshopt.evaluate(reference(), "strategy1")
    with pytest.raises(InputError, match=r"(?s)outside the horizon.*no measure of this id"):
        oshopt.evaluate(scenario_of(), strategy({"c": {2026: 1.0}, "a": {2050: 1.0}}))


def test_what_only_the_simulator_obeys_changes_nothing() -> None:
    plain = WorkGroup(id="g", risk_increment=0.004, acceptable_risk=0.1)
    busy = plain.update(turnover=0.1, susceptibility=0.5, risk_increment_spread=0.2, yearly_noise=0.3, lost_days=9.0)
    rules = SimulationSettings(crews=1, cost_overrun=0.5, shock_rate=1.0, shock_size=1.0, shock_length=1.0)
    bought = strategy({"a": {2026: 50.0}})
    simulated = scenario_of(groups=(busy,), simulation=rules)
    assert oshopt.evaluate(simulated, bought) == oshopt.evaluate(scenario_of(groups=(plain,)), bought)


@given(seed=st.integers(0, 400), factor=st.sampled_from([1e-3, 10.0, 1e6]))
@settings(max_examples=25, deadline=None)
def test_currency_changes_nothing(seed: int, factor: float) -> None:
    scenario = random_scenario(seed)
    spend = {m: {y: scenario.full_cost(m) * 0.3 for y in scenario.years} for m in list(scenario.measures)[::2]}
    scaled = scenario.update(
        settings=scenario.settings.update(budget=Budget()),
        measures={n: m.update(full_cost=(m.full_cost or 0.0) * factor) for n, m in scenario.measures.items()},
        budgets=(),
    )
    one = oshopt.evaluate(scenario, strategy(spend))
    two = oshopt.evaluate(scaled, strategy({m: {y: z * factor for y, z in row.items()} for m, row in spend.items()}))
    for group in scenario.groups:
        assert np.allclose(list(one.epsilon[group].values()), list(two.epsilon[group].values()), rtol=1e-12)
        assert two.safe_service[group] == pytest.approx(one.safe_service[group], rel=1e-9)
    assert two.cost == pytest.approx(one.cost * factor, rel=1e-9)


def test_order_of_rows_changes_nothing() -> None:
    scenario = random_scenario(11)

    def turned(rows: Any) -> Any:
        return tuple(reversed(rows)) if isinstance(rows, tuple) else dict(reversed(list(rows.items())))

    tables = ("measures", "groups", "effects", "budgets", "levels", "strategies")
    other = Scenario(settings=scenario.settings, **{name: turned(getattr(scenario, name)) for name in tables})
    assert other == scenario
    assert other.fingerprint == scenario.fingerprint
    assert oshopt.evaluate(other, DO_NOTHING) == oshopt.evaluate(scenario, DO_NOTHING)


def test_strategy_rows_without_a_year_mean_every_year() -> None:
    rows = (StrategyEntry(strategy="s", measure="a", spend=10.0),)
    scenario = scenario_of(horizon=3, strategies=rows)
    assert dict(scenario.strategy("s").spend["a"]) == {2026: 10.0, 2027: 10.0, 2028: 10.0}
