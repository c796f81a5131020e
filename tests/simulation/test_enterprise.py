"""One enterprise, once: against the planner's path, against figures worked out by hand, and what the log says."""

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
    CostEntry,
    FrozenMap,
    Kind,
    Level,
    Measure,
    NoPlanError,
    Rule,
    RuleOn,
    Scenario,
    Shortfall,
    SimulationSettings,
    Strategy,
    WorkGroup,
)
from oshopt.risk.exposure import ExposurePath
from oshopt.simulation.draws import enterprise_draws
from oshopt.simulation.enterprise import EVERYBODY, INCREMENT, PROJECT, SHOCK, Enterprise, History
from oshopt.simulation.projects import Horizon, Purchase, force_over_time
from oshopt.simulation.remainder import Standing, what_is_left
from oshopt.simulation.replications import Job, Prepared
from oshopt.simulation.treasury import Treasury
from tests.allocation.integer_scenarios import integer_scenario
from tests.making import random_scenario, scenario_of

YEAR = 2026
GROUP = WorkGroup(id="g", risk_increment=0.01, acceptable_risk=0.1, headcount=50, max_effect=0.5)


def bought(spend: dict[str, dict[int, float]], **rest: Any) -> Strategy:
    return Strategy(id="s", spend=FrozenMap({m: FrozenMap(row) for m, row in spend.items()}), **rest)


def two_measures(**changes: Any) -> tuple[Measure, ...]:
    plain: dict[str, Any] = {"full_cost": 100.0, "lifetime": 10} | changes
    return (Measure(id="a", weight=0.5, **plain), Measure(id="b", weight=0.5, **plain))


def rate(path: ExposurePath, time: float) -> float:
    return float(path.rates[np.searchsorted(path.breaks, time, side="right") - 1])


def exposure(path: ExposurePath, until: float) -> float:
    edges = np.minimum(np.append(path.breaks, math.inf), until)
    return float(path.rates @ np.diff(edges))


def random_strategy(scenario: Scenario, seed: int) -> Strategy:
    """Return spending on a third of all measures and years, some of it too much, with some of the status quo let go."""
    rng = np.random.default_rng(seed + 1000)
    spend, kept = {}, {}
    for name, measure in scenario.measures.items():
        years = [year for year in scenario.years if rng.random() < 0.33]
        spend[name] = FrozenMap({year: float(rng.uniform(0, 1.2)) * scenario.full_cost(name) for year in years})
        if measure.status_quo > 0 and rng.random() < 0.5:
            kept[name] = FrozenMap({scenario.years[-1]: measure.status_quo * 0.5})
    return Strategy(id="random", spend=FrozenMap(spend), kept=FrozenMap(kept))


def without_limits(scenario: Scenario, *, whole: bool) -> Scenario:
    def lead(measure: Measure) -> float:
        return float(math.ceil(measure.lead_time)) if whole else measure.lead_time

    measures = {name: measure.update(lead_time=lead(measure)) for name, measure in scenario.measures.items()}
    return scenario.update(settings=scenario.settings.update(budget=Budget()), budgets=(), measures=FrozenMap(measures))


def same_as_evaluated(scenario: Scenario, strategy: Strategy, history: History) -> None:
    evaluation = oshopt.evaluate(scenario, strategy)
    for name, group in scenario.groups.items():
        for i, year in enumerate(scenario.years):
            expected = group.risk_increment * (1 - evaluation.epsilon[name][year])
            for part in (0.0, 0.5, 0.999):
                assert rate(history.paths[name], i + part) == pytest.approx(expected, rel=1e-9, abs=1e-14)
    assert history.spend == pytest.approx(list(evaluation.cost_by_year.values()), rel=1e-9, abs=1e-9)
    found = Prepared(Job(scenario, strategy, 0)).run(0, 1).service[0]
    assert found == pytest.approx(list(evaluation.safe_service.values()), rel=1e-9)


# --- nothing random: the planner's path ------------------------------------------------------------------------------


@given(seed=st.integers(0, 10_000))
@settings(max_examples=40, deadline=None)
def test_without_chance_the_path_is_the_planners(seed: int) -> None:
    scenario = without_limits(random_scenario(seed), whole=True)
    strategy = random_strategy(scenario, seed)
    same_as_evaluated(scenario, strategy, Enterprise.of(scenario, strategy).run(0))
    same_as_evaluated(scenario, DO_NOTHING, Enterprise.of(scenario, DO_NOTHING).run(0))


@pytest.mark.parametrize("seed", [0, 1, 2, 5, 6, 7])
def test_a_plan_within_its_budget_is_carried_out_in_full(seed: int) -> None:
    scenario = random_scenario(seed)
    whole = {name: m.update(lead_time=float(math.ceil(m.lead_time))) for name, m in scenario.measures.items()}
    scenario = scenario.update(measures=FrozenMap(whole))
    plan = oshopt.allocate(scenario).as_strategy()
    same_as_evaluated(scenario, plan, Enterprise.of(scenario, plan).run(0))


@given(seed=st.integers(0, 10_000))
@settings(max_examples=25, deadline=None)
def test_a_lead_time_of_half_a_year_acts_from_the_middle_of_a_year(seed: int) -> None:
    """ε at any time from shares in force by their own dates: s + lead ≤ t < s + lead + lifetime, all of it afresh."""
    scenario = without_limits(random_scenario(seed), whole=False)
    if scenario.levels:
        scenario = scenario.update(levels=())
    scenario = scenario.update(settings=scenario.settings.update(after_horizon=AfterHorizon.LAPSE))
    strategy = random_strategy(scenario, seed).update(kept=FrozenMap())
    history = Enterprise.of(scenario, strategy).run(0)
    reach = {(effect.target, effect.measure): effect.effect for effect in scenario.effects}
    growth = 1 + scenario.settings.price_growth
    for time in np.random.default_rng(seed).uniform(0, len(scenario.years) + 3, 6):
        for name, group in scenario.groups.items():
            epsilon = 0.0
            for m, measure in scenario.measures.items():
                force, room = 0.0, 1 - measure.status_quo
                for i, year in enumerate(scenario.years):
                    cost = scenario.full_cost(m) * growth**i
                    share = strategy.spend[m].get(year, 0.0) / cost if cost > 0 else room
                    begin = i + measure.lead_time
                    force += min(share, room) if begin <= time < begin + measure.lifetime else 0.0
                epsilon += group.max_effect * scenario.weights[m] * reach.get((name, m), 1.0) * min(force, room)
            expected = group.risk_increment * (1 - epsilon)
            assert rate(history.paths[name], float(time)) == pytest.approx(expected, rel=1e-9, abs=1e-12)


def test_half_a_years_lead_and_a_years_life_by_hand() -> None:
    measures = two_measures(lead_time=0.5, lifetime=1)
    scenario = scenario_of(measures=measures, groups=(GROUP,), horizon=2, budget=Budget())
    path = Enterprise.of(scenario, bought({"a": {YEAR: 100.0}})).run(0).paths["g"]
    assert (path.breaks.tolist(), path.rates.tolist()) == ([0, 0.5, 1.5], [0.01, 0.0075, 0.01])


# --- crews, overruns, shocks, upkeep: worked out by hand -------------------------------------------------------------


def worth(scenario: Scenario, strategy: Strategy, seed: int = 0) -> tuple[float, list[float]]:
    """Return realised N and mean risk at each year's end, people being all alike."""
    samples = Prepared(Job(scenario, strategy, seed)).run(0, 1)
    return float(samples.service[0, 0]), samples.people[0, 0, 1].tolist()


def test_with_one_crew_the_second_project_starts_when_the_first_ends() -> None:
    both = bought({"a": {YEAR: 100.0}, "b": {YEAR: 100.0}})
    parts: dict[str, Any] = {"measures": two_measures(lead_time=1.0), "groups": (GROUP,), "horizon": 4}
    free = scenario_of(**parts, budget=Budget(total=200.0))
    queued = scenario_of(**parts, budget=Budget(total=200.0), simulation=SimulationSettings(crews=1))
    first, second = Enterprise.of(queued, both).run(0).purchases
    assert (first.started, first.done, second.started, second.done) == (0, 1, 1, 2)
    # 0.01 in year 1, then 0.005: (0.1 − 0.01)/0.005 = 18 years more
    assert worth(free, both)[0] == pytest.approx(19.0, abs=1e-12)
    # 0.01, 0.0075, then 0.005: (0.1 − 0.0175)/0.005 = 16.5 years more
    service, risk = worth(queued, both)
    assert service == pytest.approx(18.5, abs=1e-12)
    assert risk == pytest.approx([0.01, 0.0175, 0.0225, 0.0275], abs=1e-9)


def test_an_overrun_buys_less_where_money_is_short() -> None:
    rules = SimulationSettings(cost_overrun=0.5)
    parts: dict[str, Any] = {"measures": two_measures(), "groups": (GROUP,), "horizon": 2, "simulation": rules}
    dear = 1 + 0.5 * float(enterprise_draws(7, 0, "a", YEAR, PROJECT)[1])
    assert 1 < dear < 1.5
    service, risk = worth(scenario_of(**parts, budget=Budget(total=100.0)), bought({"a": {YEAR: 100.0}}), seed=7)
    left = 0.01 * (1 - 0.25 / dear)
    assert service == pytest.approx(0.1 / left, rel=1e-12)
    assert risk == pytest.approx([left, 2 * left], abs=1e-9)
    rich = scenario_of(**parts, budget=Budget(total=150.0))
    history = Enterprise.of(rich, bought({"a": {YEAR: 100.0}})).run(7)
    assert history.spend == pytest.approx([100 * dear, 0.0])
    assert history.paths["g"].rates[0] == pytest.approx(0.0075)


def test_an_overrun_leaves_alone_what_others_need_this_year() -> None:
    rules = SimulationSettings(cost_overrun=1.0)
    scenario = scenario_of(measures=two_measures(), groups=(GROUP,), budget=Budget(per_year=200.0), simulation=rules)
    history = Enterprise.of(scenario, bought({"a": {YEAR: 100.0}, "b": {YEAR: 100.0}})).run(3)
    factors = [1 + float(enterprise_draws(3, 0, name, YEAR, PROJECT)[1]) for name in "ab"]
    assert [purchase.share for purchase in history.purchases] == pytest.approx([1 / factor for factor in factors])
    assert history.spend.sum() == pytest.approx(200.0)
    assert history.lacking.sum() == pytest.approx(100 * sum(factors) - 200.0)


def test_shocks_raise_the_increment_while_they_last() -> None:
    rules = SimulationSettings(shock_rate=0.8, shock_size=0.4, shock_length=0.75)
    scenario = scenario_of(groups=(GROUP,), horizon=5, budget=Budget(), simulation=rules)
    begin, begins = 0.0, []
    for number in range(50):
        begin -= math.log(enterprise_draws(11, 2, EVERYBODY, number, SHOCK)[0]) / 0.8
        begins.append(begin)
    lasted = sum(min(5.0, begin + 0.75) - begin for begin in begins if begin < 5)
    assert lasted > 0.75
    path = Enterprise.of(scenario, DO_NOTHING).run(11, 2).paths["g"]
    assert exposure(path, 5.0) == pytest.approx(0.01 * (5 + 0.4 * lasted), rel=1e-12)
    assert rate(path, begins[0] + 0.01) >= 0.014 - 1e-15
    assert rate(path, 100.0) == 0.01


def test_unpaid_upkeep_of_the_status_quo_raises_the_increment_for_good() -> None:
    measures = (Measure(id="a", weight=1.0, full_cost=100.0, status_quo=0.5, upkeep=1.0),)
    lines = tuple(BudgetEntry(line="own", year=YEAR + i, amount=money) for i, money in enumerate((50.0, 30.0, 50.0)))
    scenario = scenario_of(measures=measures, groups=(GROUP,), horizon=3, budget=Budget(), budgets=lines)
    history = Enterprise.of(scenario, DO_NOTHING).run(0, log=True)
    # 30 of 50 in the second year: 0.4·0.5 of the measure is lost, e_max·k·0.2 = 0.1
    assert [rate(history.paths["g"], t) for t in (0.5, 1.5, 2.5, 9.0)] == pytest.approx([0.01, 0.011, 0.011, 0.011])
    assert history.spend.tolist() == pytest.approx([50.0, 30.0, 30.0])
    assert [(entry.time, entry.subject, entry.money) for entry in history.log if entry.what == "lapsed"] == [
        (1.0, "a", pytest.approx(20.0))
    ]
    service, risk = worth(scenario, DO_NOTHING)
    assert risk == pytest.approx([0.01, 0.021, 0.032], abs=1e-9)
    assert service == pytest.approx(1 + 0.09 / 0.011)


def test_unpaid_upkeep_of_a_purchase_lets_it_lapse() -> None:
    measures = two_measures(upkeep=0.2, lifetime=5)
    lines = tuple(BudgetEntry(line="own", year=YEAR + i, amount=money) for i, money in enumerate((100.0, 15.0, 15.0)))
    scenario = scenario_of(measures=measures, groups=(GROUP,), horizon=3, budget=Budget(), budgets=lines)
    history = Enterprise.of(scenario, bought({"a": {YEAR: 100.0}})).run(0)
    # 15 of 20: three quarters stay; their upkeep is 15 in the third year
    assert [rate(history.paths["g"], t) for t in (0.5, 1.5, 2.5)] == pytest.approx([0.0075, 0.008125, 0.008125])


def test_increments_and_lead_times_are_drawn_around_their_values() -> None:
    group = GROUP.update(risk_increment_spread=0.3)
    measures = two_measures(lead_time=2.0, lead_time_spread=0.5)
    scenario = scenario_of(measures=measures, groups=(group,), horizon=3, budget=Budget())
    enterprise = Enterprise.of(scenario, bought({"a": {YEAR: 50.0}}))
    runs = [enterprise.run(5, replication) for replication in range(400)]
    for values, middle, spread in (
        ([run.purchases[0].done for run in runs], 2.0, 0.5),
        ([float(run.increments[0]) for run in runs], 0.01, 0.3),
    ):
        assert np.mean(values) == pytest.approx(middle, rel=4 * spread / math.sqrt(3 * 400))
        assert min(values) >= middle * (1 - spread)
        assert max(values) <= middle * (1 + spread)
    draw = float(enterprise_draws(5, 9, "g", 0, INCREMENT)[0])
    assert runs[9].increments[0] == pytest.approx(0.01 * (1 + 0.3 * (2 * draw - 1)))
    assert rate(runs[9].paths["g"], 0.0) == pytest.approx(float(runs[9].increments[0]))


def test_what_two_strategies_share_is_drawn_alike() -> None:
    rules = SimulationSettings(cost_overrun=0.4, shock_rate=1.0, shock_size=0.2, shock_length=0.1)
    group = GROUP.update(risk_increment_spread=0.2)
    measures = two_measures(lead_time=0.8, lead_time_spread=0.9)
    scenario = scenario_of(measures=measures, groups=(group,), horizon=3, budget=Budget(), simulation=rules)
    one = Enterprise.of(scenario, bought({"b": {YEAR + 1: 60.0}})).run(1, 4, log=True)
    two = Enterprise.of(scenario, bought({"a": {YEAR: 30.0}, "b": {YEAR + 1: 60.0}})).run(1, 4, log=True)
    assert one.increments == two.increments
    shared = [entry for entry in two.log if entry.subject != "a"]
    assert shared == list(one.log)
    assert len({entry.what for entry in shared}) >= 5


def test_the_log_tells_events_in_order() -> None:
    scenario = oshopt.load("scenarios/food-plant")
    log = Enterprise.of(scenario, scenario.strategy("as-planned")).run(1, log=True).log
    times = [entry.time for entry in log]
    assert times == sorted(times)
    assert {"money released", "upkeep", "ordered", "started", "in force", "ended"} <= {entry.what for entry in log}
    assert all(entry.subject in scenario.measures for entry in log if entry.what == "ordered")


# --- money ---------------------------------------------------------------------------------------------------------


def test_a_line_without_carry_over_loses_what_is_left() -> None:
    lines = (
        BudgetEntry(line="kept", amount=10.0, carry_over=True, measures=("a",)),
        BudgetEntry(line="lost", amount=10.0),
    )
    scenario = scenario_of(horizon=2, budget=Budget(total=33.0), budgets=lines)
    enterprise = Enterprise.of(scenario, DO_NOTHING)
    treasury = Treasury(enterprise.funding, 2)
    assert treasury.open(0) == 20.0
    treasury.earmark([[0.0, 0.0], [0.0, 4.0]])
    assert treasury.pay(0, 9.0) == 9.0
    assert treasury.balance == [7.0, 4.0]
    assert treasury.pay(1, 6.0) == 4.0
    assert treasury.open(1) == 20.0
    treasury.earmark([[0.0, 0.0], [0.0, 0.0]])
    assert (treasury.balance, treasury.total) == ([17.0, 10.0], 20.0)
    assert treasury.pay(0, 30.0) == 20.0
    assert treasury.spent == [13.0, 20.0]
    assert treasury.lacking == [2.0, 10.0]


# --- planning anew -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", [1, 2, 3, 4])
def test_before_anything_is_bought_what_is_left_is_everything(seed: int) -> None:
    scenario = random_scenario(seed)
    strategy = random_strategy(scenario, seed).update(kept=FrozenMap())
    enterprise = Enterprise.of(scenario, strategy)
    treasury = Treasury(enterprise.funding, len(scenario.measures))
    treasury.open(0)
    standing = Standing(0, enterprise.arrays.status_quo, [], [], treasury)
    left = what_is_left(scenario, enterprise.arrays, standing)
    first, second = oshopt.evaluate(scenario, strategy), oshopt.evaluate(left, strategy)
    assert second.cost == pytest.approx(first.cost)
    for name in scenario.groups:
        assert second.safe_service[name] == pytest.approx(first.safe_service[name], rel=1e-9)


def test_what_is_left_after_two_years_by_hand() -> None:
    measures = (
        Measure(id="a", weight=0.5, full_cost=100.0, lifetime=10, upkeep=0.1),
        Measure(id="b", weight=0.5, full_cost=100.0, lifetime=1),
    )
    scenario = scenario_of(measures=measures, groups=(GROUP,), horizon=4, budget=Budget(total=300.0), price_growth=0.1)
    enterprise = Enterprise.of(scenario, DO_NOTHING)
    treasury = Treasury(enterprise.funding, 2)
    treasury.open(0)
    treasury.earmark([[0.0, 0.0]])
    treasury.pay(0, 80.0)
    purchase = Purchase(0, 0, 0.0, 10, 0.8)
    purchase.finish(0.0)
    ended = Purchase(1, 0, 0.0, 1, 1.0)
    ended.finish(0.0)
    treasury.open(2)
    left = what_is_left(scenario, enterprise.arrays, Standing(2, np.zeros(2), [purchase, ended], [], treasury))
    assert list(left.years) == [YEAR + 2, YEAR + 3]
    assert left.settings.budget.total == 220.0
    assert left.measures["a"].status_quo == pytest.approx(0.8)
    assert left.measures["b"].status_quo == 0.0
    assert left.full_cost("b") == pytest.approx(121.0)
    group = left.groups["g"]
    # ε was 0.2 + 0.25 in the first year and 0.2 in the second
    assert group.initial_risk == pytest.approx(0.01 * (0.55 + 0.8))
    assert group.risk_increment == pytest.approx(0.008)
    assert group.risk_increment * group.max_effect == pytest.approx(0.01 * 0.5)


def test_planning_anew_each_year_sees_what_is_left_and_survives_without_a_plan() -> None:
    scenario = scenario_of(measures=two_measures(lifetime=1), groups=(GROUP,), horizon=3, budget=Budget(per_year=100.0))
    seen = []

    def planner(left: Scenario) -> Strategy:
        seen.append(list(left.years))
        if left.settings.start_year == YEAR + 1:
            raise NoPlanError([Shortfall("budget", 1.0, "EUR", "There is not enough money.")])
        name = "a" if left.settings.start_year == YEAR else "b"
        return bought({name: dict.fromkeys(left.years, 100.0)})

    history = Enterprise.of(scenario, DO_NOTHING, planner).run(0, log=True)
    assert seen == [[YEAR, YEAR + 1, YEAR + 2], [YEAR + 1, YEAR + 2], [YEAR + 2]]
    assert [(purchase.row, purchase.year) for purchase in history.purchases] == [(0, 0), (0, 1), (1, 2)]
    assert [entry.what for entry in history.log if "plan" in entry.what] == ["planned anew", "no plan", "planned anew"]


def test_with_everything_as_planned_planning_anew_changes_little() -> None:
    scenario = scenario_of(
        measures=two_measures(lead_time=1.0), groups=(GROUP,), horizon=4, budget=Budget(per_year=60.0)
    )
    plan = oshopt.allocate(scenario)
    replanned = Prepared(Job(scenario, plan.as_strategy(), 0, _allocate)).run(0, 1)
    assert replanned.service[0, 0] == pytest.approx(min(plan.evaluation.safe_service.values()), rel=0.02)
    assert replanned.spend.sum() <= 240.0 + 1e-9


def _allocate(scenario: Scenario) -> Strategy:
    return oshopt.allocate(scenario).as_strategy()


def test_the_kept_part_of_late_work_counts_from_its_end() -> None:
    purchase = Purchase(0, 2, 2.5, 10, 1.0)
    purchase.finish(4.5)
    scenario = scenario_of(groups=(GROUP,), horizon=3)
    arrays = Enterprise.of(scenario, DO_NOTHING).arrays
    force = force_over_time(arrays, [purchase], [], Horizon(3, True))
    assert (force.breaks.tolist(), force.bought[0].tolist()) == ([0.0, 4.5], [0.0, 1.0])


# --- whole, levelled, phased, least and fixed ------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(24))
def test_without_chance_a_plan_of_whole_and_levelled_measures_is_the_planners(seed: int) -> None:
    scenario = integer_scenario(seed)
    whole = {name: m.update(lead_time=float(math.ceil(m.lead_time))) for name, m in scenario.measures.items()}
    scenario = scenario.update(measures=FrozenMap(whole))
    try:
        plan = oshopt.allocate(scenario, marginals=False).as_strategy()
    except NoPlanError:
        plan = DO_NOTHING
    same_as_evaluated(scenario, plan, Enterprise.of(scenario, plan).run(0))


def money_of(*amounts: float, line: str = "own", carry_over: bool = False) -> tuple[BudgetEntry, ...]:
    return tuple(BudgetEntry(line=line, year=YEAR + i, amount=a, carry_over=carry_over) for i, a in enumerate(amounts))


def events(history: History) -> list[tuple[float, str, float]]:
    told = {"not begun", "stopped", "paid", "ordered", "cut"}
    return [(entry.time, entry.what, pytest.approx(entry.money)) for entry in history.log if entry.what in told]


def test_a_whole_measure_that_is_not_paid_in_full_is_not_begun_and_its_money_is_kept() -> None:
    whole = Measure(id="a", weight=0.5, full_cost=100.0, lifetime=10, kind=Kind.WHOLE)
    measures = (whole, Measure(id="b", weight=0.5, full_cost=100.0, lifetime=10))
    scenario = scenario_of(
        measures=measures, groups=(GROUP,), horizon=2, budget=Budget(), budgets=money_of(90.0, 0.0, carry_over=True)
    )
    strategy = bought({"a": {YEAR: 100.0}, "b": {YEAR + 1: 90.0}})
    history = Enterprise.of(scenario, strategy).run(0, log=True)
    assert events(history) == [(0.0, "not begun", 0.0), (1.0, "ordered", 90.0)]
    assert history.spend.tolist() == pytest.approx([0.0, 90.0])
    assert history.lacking.tolist() == pytest.approx([10.0, 0.0])
    # nothing of a; b to 0.9: 0.5·0.5·0.9
    assert [rate(history.paths["g"], t) for t in (0.5, 1.5)] == pytest.approx([0.01, 0.01 * (1 - 0.225)])


def test_too_little_for_a_whole_measure_is_not_paid_at_all() -> None:
    whole = Measure(id="a", weight=1.0, full_cost=100.0, lifetime=10, kind=Kind.WHOLE)
    scenario = scenario_of(measures=(whole,), groups=(GROUP,), horizon=1, budget=Budget())
    history = Enterprise.of(scenario, bought({"a": {YEAR: 60.0}})).run(0, log=True)
    assert (events(history), history.spend.tolist()) == ([(0.0, "not begun", 0.0)], [0.0])


def test_an_overrun_stops_a_whole_measure_from_beginning() -> None:
    whole = Measure(id="a", weight=1.0, full_cost=100.0, lifetime=10, kind=Kind.WHOLE)
    rules = SimulationSettings(cost_overrun=0.5)
    dear = 1 + 0.5 * float(enterprise_draws(7, 0, "a", YEAR, PROJECT)[1])
    for money, paid in ((100 * dear - 0.01, 0.0), (100 * dear + 0.01, 100 * dear)):
        scenario = scenario_of(
            measures=(whole,), groups=(GROUP,), horizon=1, budget=Budget(total=money), simulation=rules
        )
        history = Enterprise.of(scenario, bought({"a": {YEAR: 100.0}})).run(7)
        assert history.spend.tolist() == pytest.approx([paid])
        assert len(history.purchases) == (paid > 0)


def test_the_fixed_cost_comes_first_and_a_share_below_the_minimum_is_not_begun() -> None:
    measure = Measure(id="a", weight=1.0, full_cost=100.0, lifetime=10, fixed_cost=20.0)
    # money, least share: what is paid, share
    cases = ((120.0, 0.0, 120.0, 1.0), (70.0, 0.0, 70.0, 0.5), (70.0, 0.6, 0.0, 0.0), (15.0, 0.0, 0.0, 0.0))
    for money, least, paid, share in cases:
        scenario = scenario_of(
            measures=(measure.update(minimum=least),), groups=(GROUP,), horizon=1, budget=Budget(total=money)
        )
        history = Enterprise.of(scenario, bought({"a": {YEAR: 120.0}})).run(0)
        assert history.spend.tolist() == pytest.approx([paid])
        assert [purchase.share for purchase in history.purchases] == ([pytest.approx(share)] if share else [])
    rules = SimulationSettings(cost_overrun=0.5)
    dear = 1 + 0.5 * float(enterprise_draws(7, 0, "a", YEAR, PROJECT)[1])
    scenario = scenario_of(measures=(measure,), groups=(GROUP,), horizon=1, budget=Budget(total=70.0), simulation=rules)
    purchase = Enterprise.of(scenario, bought({"a": {YEAR: 70.0}})).run(7).purchases[0]
    # of a planned share of 0.5 at 50·dear, what is left after 20·dear
    assert purchase.share == pytest.approx(0.5 * (70 - 20 * dear) / (50 * dear))


def phased(second: float, lead_time: float, **rest: Any) -> Scenario:
    """Return a whole measure of 60 at once and 40 a year later, from a line that has `second` in that year."""
    whole = Measure(id="a", weight=1.0, lifetime=10, kind=Kind.WHOLE, lead_time=lead_time)
    costs = tuple(CostEntry(measure="a", line="own", year=i, cost=cost) for i, cost in enumerate((60.0, 40.0)))
    return scenario_of(
        measures=(whole,),
        groups=(GROUP,),
        horizon=3,
        budget=Budget(),
        budgets=money_of(60.0, second, 0.0),
        costs=costs,
        **rest,
    )


@pytest.mark.parametrize(
    ("second", "lead_time", "spend", "rates"),
    [
        (40.0, 0.0, [60.0, 40.0, 0.0], [0.005, 0.005, 0.005]),
        (39.0, 0.0, [60.0, 0.0, 0.0], [0.005, 0.01, 0.01]),
        (40.0, 2.0, [60.0, 40.0, 0.0], [0.01, 0.01, 0.005]),
        (39.0, 2.0, [60.0, 0.0, 0.0], [0.01, 0.01, 0.01]),
    ],
)
def test_a_phased_project_is_paid_in_its_years_or_stops(
    second: float, lead_time: float, spend: list[float], rates: list[float]
) -> None:
    scenario = phased(second, lead_time)
    history = Enterprise.of(scenario, bought({"a": {YEAR: 60.0, YEAR + 1: 40.0}})).run(0, log=True)
    assert history.spend.tolist() == pytest.approx(spend)
    assert [rate(history.paths["g"], t + 0.5) for t in range(3)] == pytest.approx(rates)
    assert rate(history.paths["g"], 50.0) == pytest.approx(rates[-1])
    later = (1.0, "paid", 40.0) if second == 40 else (1.0, "stopped", 0.0)
    assert events(history) == [(0.0, "ordered", 60.0), later]


def test_a_stopped_project_frees_its_crew() -> None:
    scenario = phased(39.0, 2.0, simulation=SimulationSettings(crews=1))
    other = Measure(id="b", weight=1.0, full_cost=0.0, lifetime=10, lead_time=0.5)
    scenario = scenario.update(
        measures=FrozenMap({**scenario.measures, "b": other}),
        settings=scenario.settings.update(normalise_weights=True),
    )
    strategy = bought({"a": {YEAR: 60.0, YEAR + 1: 40.0}}, shares=FrozenMap({"b": FrozenMap({YEAR: 1.0})}))
    first, second = Enterprise.of(scenario, strategy).run(0).purchases
    assert (first.started, first.done) == (0.0, math.inf)
    assert (second.started, second.done) == (1.0, 1.5)


def test_a_bill_that_names_a_line_is_paid_by_that_line_alone() -> None:
    scenario = phased(39.0, 0.0)
    scenario = scenario.update(budgets=(*scenario.budgets, *money_of(100.0, 100.0, 100.0, line="rich")))
    history = Enterprise.of(scenario, bought({"a": {YEAR: 60.0, YEAR + 1: 40.0}})).run(0)
    assert history.spend.tolist() == pytest.approx([60.0, 0.0, 0.0])


def levelled(lifetime: int, upkeep: float) -> Scenario:
    measure = Measure(id="a", weight=1.0, full_cost=100.0, lifetime=lifetime, upkeep=upkeep, kind=Kind.LEVELS)
    levels = (
        Level(measure="a", level="low", cost=0.3, effect=0.6),
        Level(measure="a", level="high", cost=1.0, effect=0.8),
    )
    return scenario_of(measures=(measure,), groups=(GROUP,), horizon=3, budget=Budget(total=300.0), levels=levels)


def test_upkeep_of_a_level_is_charged_on_its_share_of_full_cost() -> None:
    history = Enterprise.of(levelled(10, 0.2), bought({"a": {YEAR: 30.0}})).run(0)
    # 0.2 of 30 a year, not of 60; e_max·k·0.6 = 0.3
    assert history.spend.tolist() == pytest.approx([30.0, 6.0, 6.0])
    assert [rate(history.paths["g"], t + 0.5) for t in range(3)] == pytest.approx([0.007] * 3)


def test_of_levels_in_force_at_once_the_highest_counts() -> None:
    arrays = Enterprise.of(levelled(10, 0.0), DO_NOTHING).arrays
    low, high = Purchase(0, 0, 0.0, 3, 0.6), Purchase(0, 0, 1.0, 1, 0.8)
    low.finish(0.0)
    high.finish(1.0)
    force = force_over_time(arrays, [low, high], [], Horizon(3, False))
    assert force.breaks.tolist() == [0.0, 1.0, 2.0, 3.0]
    assert force.bought[0].tolist() == [0.6, 0.8, 0.6, 0.0]


def left_after(scenario: Scenario, strategy: Strategy) -> list[Scenario]:
    """Return what a planner is asked in each year while the strategy goes on."""
    seen: list[Scenario] = []

    def planner(left: Scenario) -> Strategy:
        seen.append(left)
        raise NoPlanError([Shortfall("budget", 1.0, "EUR", "There is not enough money.")])

    Enterprise.of(scenario, strategy, planner).run(0)
    return seen


def test_payments_due_are_not_there_for_new_plans() -> None:
    scenario = phased(50.0, 0.0)
    scenario = scenario.update(settings=scenario.settings.update(budget=Budget(total=200.0, per_year=70.0)))
    first, second, _ = left_after(scenario, bought({"a": {YEAR: 60.0, YEAR + 1: 40.0}}))
    assert (first.settings.budget.total, first.settings.budget.per_year) == (200.0, 70.0)
    assert len(first.costs) == 2
    assert (second.settings.budget.total, second.settings.budget.per_year) == (100.0, 30.0)
    assert second.lines["own"].amount[YEAR + 1] == 10.0
    assert second.measures["a"].status_quo == 1.0


def test_a_project_goes_on_being_paid_when_planned_anew() -> None:
    scenario = phased(40.0, 0.0, after_horizon=AfterHorizon.LAPSE)
    strategy = bought({"a": {YEAR: 60.0, YEAR + 1: 40.0}})
    history = Enterprise.of(scenario, strategy, _allocate).run(0)
    assert history.spend.tolist() == pytest.approx([60.0, 40.0, 0.0])
    assert [purchase.year for purchase in history.purchases] == [0]


def test_a_level_in_force_is_not_bought_again_and_costs_its_own_upkeep() -> None:
    scenario = levelled(10, 0.2)
    _, second, _ = left_after(scenario, bought({"a": {YEAR: 30.0}}))
    assert second.measures["a"].status_quo == pytest.approx(0.6)
    assert oshopt.evaluate(second, DO_NOTHING).cost == pytest.approx(12.0)
    assert oshopt.allocate(second).as_strategy().spend.get("a", FrozenMap()) in (
        FrozenMap(),
        FrozenMap(dict.fromkeys(second.years, 0.0)),
    )


def test_planning_anew_does_not_buy_what_excludes_a_purchase_in_force() -> None:
    a, b = two_measures(lifetime=2)
    whole = {"a": a.update(kind=Kind.WHOLE), "b": b.update(kind=Kind.WHOLE, excludes=("a",))}
    scenario = scenario_of(measures=tuple(whole.values()), groups=(GROUP,), horizon=4, budget=Budget())
    lefts = left_after(scenario, bought({"a": {YEAR: 100.0}}))
    closed = [{year for rule in left.settings.rule if rule.measures == ("b",) for year in rule.years} for left in lefts]
    assert closed == [set(), {YEAR + 1}, set(), set()]


def test_rules_of_what_is_left_lack_what_was_bought() -> None:
    rules = (Rule(name="few", on=RuleOn.PROJECTS, at_most=2.0), Rule(name="cap", at_most=150.0, each_year=True))
    scenario = scenario_of(measures=two_measures(), groups=(GROUP,), horizon=2, budget=Budget(), rule=rules)
    second = left_after(scenario, bought({"a": {YEAR: 100.0}}))[1].settings.rule
    assert [(rule.on, rule.at_most, rule.years) for rule in second] == [
        (RuleOn.PROJECTS, 1.0, (YEAR + 1,)),
        (RuleOn.SPEND, 150.0, (YEAR + 1,)),
    ]
