"""Robust plans: closed forms, grids, enumeration, draws made here that no search ever saw, and what is refused."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np
import pytest

import oshopt
from oshopt.model import AfterHorizon, Budget, Effect, InputError, Kind, Measure, Plan, Scenario, Target, WorkGroup
from oshopt.risk import Draws, draws_of, safe_service
from tests.making import reference, scenario_of

OPPOSED = ((0.8, 0.2), (0.2, 0.8))
UNSURE = ("m01", "m03", "m14")


def opposed(count: int, seed: int) -> Any:
    """Two opinions in turn: each measure is the better one in every second draw."""
    del seed
    return np.resize(OPPOSED, (count, 2))


def unsure(**changes: Any) -> Scenario:
    """The reference case, whose three best measures are the least certain."""
    scenario = reference(**({"weight_spread": 0.1} | changes))
    rows = {name: row.update(weight_spread=0.6) if name in UNSURE else row for name, row in scenario.measures.items()}
    return scenario.update(measures=rows)


def worst_mean(values: Any, level: float) -> float:
    """CVaR by its definition as a minimum over weights of the draws, solved greedily."""
    left, total, most = 1.0, 0.0, 1.0 / ((1 - level) * len(values))
    for value in sorted(values):
        taken = min(left, most)
        total, left = total + taken * value, left - taken
    return total


def services(scenario: Scenario, draws: Draws, shares: Any) -> Any:
    """Shortest N of each draw, from eq. 6 of the public function; shares of shape (measures, years)."""
    found = []
    for g, group in enumerate(scenario.groups.values()):
        reach = [_reach(scenario, name, group.id) for name in scenario.measures]
        epsilon = group.max_effect * (draws.weight * reach) @ shares
        begun = (group.acceptable_risk, group.served)
        after: Any = scenario.settings.after_horizon.value
        found.append(safe_service(draws.increment[:, g], epsilon, *begun, after_horizon=after))
    return np.min(found, axis=0)


def _reach(scenario: Scenario, measure: str, group: str) -> float:
    named = [e.effect for e in scenario.effects if (e.measure, e.target) == (measure, group)]
    return named[0] if named else 1.0


def bought(plan: Plan) -> Any:
    return np.array([list(row.values()) for row in plan.shares.values()])


@pytest.mark.parametrize(("objective", "value"), [("effect", 0.5), ("safe_service", 50.0), ("cases", 10 * 0.004 * 0.5)])
def test_two_opinions_share_the_money(objective: str, value: float) -> None:
    plan = oshopt.allocate(scenario_of(), objective, robust=("cvar", 0.5), draws=2, weights=opposed)
    assert plan.certificate.value == pytest.approx(value, rel=1e-9)
    assert plan.spend["a"][2026] == pytest.approx(50)
    assert plan.spend["b"][2026] == pytest.approx(50)
    found = plan.robustness
    assert found is not None
    nominal = {"effect": 0.2, "safe_service": 25 / 0.8, "cases": 10 * 0.004 * 0.8}[objective]
    assert found.start_value == pytest.approx(nominal)
    assert found.samples["judged"].advantage == pytest.approx(abs(value - nominal))
    assert found.nominal_spend["a"][2026] == 100
    assert found.price > 0
    assert found.weights_from == "survey"


def test_a_level_between_two_draws_takes_one_of_them_in_part() -> None:
    plan = oshopt.allocate(scenario_of(), "effect", robust=("cvar", 0.25), draws=2, weights=opposed)
    shares = np.linspace(0, 1, 1001)
    both = [(0.8 * x + 0.2 * (1 - x), 0.2 * x + 0.8 * (1 - x)) for x in shares]
    assert plan.certificate.value == pytest.approx(max(worst_mean(pair, 0.25) for pair in both), rel=1e-9)


def test_the_mean_of_opinions_is_the_plan_of_their_mean() -> None:
    def leaning(count: int, seed: int) -> Any:
        del seed
        return np.resize([(0.9, 0.1), (0.2, 0.8)], (count, 2))

    plan = oshopt.allocate(scenario_of(), "effect", robust="mean", draws=2, weights=leaning)
    assert plan.certificate.value == pytest.approx(0.55, rel=1e-9)
    assert plan.certificate.status == "optimal"
    assert plan.spend["a"][2026] == 100


def two_years(after: AfterHorizon) -> Scenario:
    measures = (
        Measure(id="a", weight=0.5, full_cost=100.0, weight_spread=0.8),
        Measure(id="b", weight=0.3, full_cost=100.0),
        Measure(id="c", weight=0.2, full_cost=60.0),
    )
    groups = (
        WorkGroup(id="g", risk_increment=0.02, acceptable_risk=0.1, risk_increment_spread=0.2, served=2.0),
        WorkGroup(id="h", risk_increment=0.018, acceptable_risk=0.1, risk_increment_spread=0.3, served=2.0),
    )
    effects = (Effect(measure="b", on=Target.GROUP, target="h", effect=0.2),)
    return scenario_of(
        measures=measures,
        groups=groups,
        effects=effects,
        horizon=2,
        after_horizon=after,
        budget=Budget(per_year=100.0),
    )


@pytest.mark.parametrize("after", list(AfterHorizon))
@pytest.mark.parametrize("level", [0.0, 0.8])
def test_no_plan_of_a_grid_has_better_service(after: AfterHorizon, level: float) -> None:
    scenario = two_years(after)
    robust = ("cvar", level) if level else "mean"
    plan = oshopt.allocate(scenario, robust=robust, draws=40, seed=3)
    draws = draws_of(scenario, 40, 3)
    assert worst_mean(services(scenario, draws, bought(plan)), level) == pytest.approx(plan.certificate.value, rel=1e-9)
    part = [
        (a, b, (100 - 100 * a - 100 * b) / 60)
        for a, b in itertools.product(np.linspace(0, 1, 7), repeat=2)
        if 0 <= 100 - 100 * a - 100 * b <= 60 + 1e-9
    ]
    best = max(
        worst_mean(services(scenario, draws, np.array(both).T), level) for both in itertools.product(part, repeat=2)
    )
    assert plan.certificate.value >= best * (1 - 1e-9)
    assert plan.certificate.bound >= plan.certificate.value
    assert plan.certificate.gap < 0.1


@pytest.mark.parametrize("seed", range(6))
def test_whole_measures_equal_enumeration(seed: int) -> None:
    rng = np.random.default_rng(seed)
    weights, costs = rng.dirichlet(np.ones(6)), rng.integers(20, 90, 6).astype(float)
    spreads = rng.choice([0.0, 0.3, 0.9], 6)
    measures = tuple(
        Measure(id=f"m{i}", weight=w, full_cost=c, kind=Kind.WHOLE, weight_spread=s)
        for i, (w, c, s) in enumerate(zip((weights / weights.sum()).tolist(), costs.tolist(), spreads, strict=True))
    )
    group = WorkGroup(id="g", risk_increment=0.004, acceptable_risk=0.1, risk_increment_spread=0.1)
    scenario = scenario_of(measures=measures, groups=(group,), budget=Budget(total=150.0), normalise_weights=True)
    draws = draws_of(scenario, 50, 1)
    affordable = [np.array(x) for x in itertools.product((0.0, 1.0), repeat=6) if np.array(x) @ costs <= 150]
    effects = oshopt.allocate(scenario, "effect", robust=("cvar", 0.8), draws=50)
    best = max(worst_mean(draws.weight @ x, 0.8) for x in affordable)
    assert effects.certificate.value == pytest.approx(best, rel=1e-7)
    assert effects.certificate.gap < 1e-6
    years = oshopt.allocate(scenario, robust=("cvar", 0.8), draws=50)
    best = max(worst_mean(services(scenario, draws, x[:, None]), 0.8) for x in affordable)
    assert years.robustness is not None
    assert years.robustness.start_value <= years.certificate.value <= best * (1 + 1e-9)
    assert years.certificate.value == pytest.approx(best, rel=0.02)
    assert years.certificate.bound >= best * (1 - 1e-9)


def own_draws(scenario: Scenario, count: int, *, wrong: bool = False) -> Any:
    """Weights from a generator and a formula of the test's own; gamma with twice the spread where they are wrong."""
    rng = np.random.default_rng(20260101)
    middle = np.array(list(scenario.weights.values()))
    spread = np.array([row.weight_spread or scenario.settings.weight_spread for row in scenario.measures.values()])
    deviation = np.sqrt(np.log(1 + spread**2))
    drawn = middle * np.exp(deviation * rng.standard_normal((count, len(middle))) - deviation**2 / 2)
    if wrong:
        shape = 1 / (2 * spread) ** 2
        drawn = middle * rng.gamma(shape, 1 / shape, (count, len(middle)))
    return drawn / drawn.sum(axis=1, keepdims=True)


def nominal_shares(plan: Plan) -> Any:
    assert plan.robustness is not None
    return np.array([row[2014] for row in plan.robustness.nominal_spend.values()]) / 5e4


@pytest.mark.parametrize("seed", [1, 2])
def test_unseen_draws_bear_the_prediction_out(seed: int) -> None:
    scenario = unsure()
    plan = oshopt.allocate(scenario, robust=("cvar", 0.9), seed=seed)
    assert plan.robustness is not None
    weights = own_draws(scenario, 5000)
    years = [10 + (0.11 / 0.003 - 10) / (1 - weights @ x) for x in (bought(plan)[:, 0], nominal_shares(plan))]
    gain = worst_mean(years[0], 0.9) - worst_mean(years[1], 0.9)
    judged, predicted = plan.robustness.samples["judged"], plan.robustness.samples["held_out"]
    error = np.hypot(predicted.standard_error, judged.standard_error)
    assert gain > 4 * judged.standard_error
    assert abs(gain - predicted.advantage) < 4 * error
    assert abs(judged.advantage - predicted.advantage) < 4 * error
    assert plan.robustness.agrees
    assert judged.draws == 5000
    assert judged.standard_error == pytest.approx(_bootstrap(years, 0.9), rel=0.2)
    assert "better than the nominal one" in plan.robustness.verdict
    assert plan.robustness.price == pytest.approx(46.63003663 - plan.evaluation.safe_service["workers"])


def _bootstrap(years: Any, level: float) -> float:
    rng = np.random.default_rng(1)
    gains = []
    for _ in range(200):
        chosen = rng.integers(0, len(years[0]), len(years[0]))
        tails = [np.sort(each[chosen])[: round((1 - level) * len(chosen))].mean() for each in years]
        gains.append(tails[0] - tails[1])
    return float(np.std(gains))


def test_a_wider_spread_is_reported_as_it_is() -> None:
    scenario = unsure()
    plan = oshopt.allocate(scenario, "effect", robust=("cvar", 0.9))
    assert plan.robustness is not None
    weights = own_draws(scenario, 5000, wrong=True)
    shares = (bought(plan)[:, 0], nominal_shares(plan))
    gain = worst_mean(weights @ shares[0], 0.9) - worst_mean(weights @ shares[1], 0.9)
    wrong, judged = plan.robustness.samples["misspecified"], plan.robustness.samples["judged"]
    assert abs(wrong.advantage - gain) < 4 * np.sqrt(2) * wrong.standard_error
    assert wrong.nominal.p95 - wrong.nominal.p05 > 1.5 * (judged.nominal.p95 - judged.nominal.p05)
    assert "gamma" in wrong.source


def test_a_plan_that_loses_is_called_so() -> None:
    scenario = reference(weight_spread=0.3, group={"risk_increment_spread": 0.2})
    plan = oshopt.allocate(scenario, robust=("cvar", 0.5), draws=4)
    assert plan.robustness is not None
    judged, seen = plan.robustness.samples["judged"], plan.robustness.samples["in_sample"]
    assert seen.advantage > 0
    assert judged.advantage < -3 * judged.standard_error
    assert plan.robustness.regret == judged.advantage
    assert "prefer the nominal plan" in plan.robustness.verdict


def test_order_of_rows_and_new_rows_change_no_draw() -> None:
    scenario = unsure()
    plan = oshopt.allocate(scenario, "effect", robust=("cvar", 0.9), draws=60)
    rows = list(scenario.measures.items())[::-1]
    rows = rows[10:] + rows[:10]
    assert oshopt.allocate(scenario.update(measures=dict(rows)), "effect", robust=("cvar", 0.9), draws=60) == plan
    more = dict(rows) | {"m00": Measure(id="m00", weight=0.0, full_cost=1.0)}
    first, second = (draws_of(each, 60, 1).weight for each in (scenario, scenario.update(measures=more)))
    assert second[:, 1:] == pytest.approx(first, rel=1e-12)


def test_another_seed_is_another_sample_and_the_same_seed_the_same_plan() -> None:
    plans = [oshopt.allocate(unsure(), "effect", robust=("cvar", 0.9), draws=60, seed=seed) for seed in (7, 7, 8)]
    assert plans[0] == plans[1]
    assert plans[0].certificate.value != plans[2].certificate.value


@pytest.mark.parametrize("objective", ["effect", "safe_service"])
def test_more_money_never_hurts(objective: str) -> None:
    reached = [
        oshopt.allocate(unsure(total=money), objective, robust=("cvar", 0.9), draws=80).certificate.value
        for money in (1e5, 2e5, 3e5)
    ]
    assert all(more >= less * (1 - 1e-7) for less, more in itertools.pairwise(reached))


def test_money_for_everything_never_reaches_the_threshold_in_any_draw() -> None:
    plan = oshopt.allocate(unsure(total=1.6e6), robust=("cvar", 0.9), draws=30)
    assert plan.certificate.value == plan.certificate.bound == float("inf")
    assert plan.robustness is not None
    assert plan.robustness.samples["judged"].advantage == 0
    assert "alike in every draw" in plan.robustness.verdict


def test_a_search_without_time_keeps_the_nominal_plan_and_says_so() -> None:
    plan = oshopt.allocate(unsure(), robust=("cvar", 0.9), draws=30, stop=lambda: True)
    assert plan.certificate.status == "feasible"
    assert plan.certificate.reason == "interrupted"
    assert plan.certificate.bound == float("inf")
    assert plan.robustness is not None
    assert plan.robustness.start_value == pytest.approx(plan.certificate.value)


def test_a_group_over_its_threshold_in_some_draws_only() -> None:
    group = WorkGroup(id="g", risk_increment=0.004, acceptable_risk=0.1, served=22.0, risk_increment_spread=0.3)
    scenario = scenario_of(groups=(group,), weight_spread=0.3)
    for objective, draws in itertools.product(("safe_service", "remaining_service"), (20, 200)):
        plan = oshopt.allocate(scenario, objective, robust=("cvar", 0.5), draws=draws)
        assert plan.certificate.bound >= plan.certificate.value
        drawn = draws_of(scenario, draws, 1)
        years = np.array(services(scenario, drawn, bought(plan)))
        if objective == "remaining_service":
            years = np.maximum(years - 22, 0)
        assert plan.certificate.value == pytest.approx(worst_mean(years, 0.5), rel=1e-9)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"robust": "median"}, "no such measure"),
        ({"robust": ("cvar", 1.0)}, "no such level"),
        ({"robust": ("mean", 0.5)}, "has no level"),
        ({"robust": "mean", "draws": 1}, "so many draws"),
        ({"robust": "mean", "seed": -1}, "no such seed"),
        ({"robust": "mean", "explain": True}, "break-evens"),
        ({"robust": "mean", "objective": "cost"}, "money does not depend"),
    ],
)
def test_refused(asked: dict[str, Any], said: str) -> None:
    with pytest.raises(InputError, match=said):
        oshopt.allocate(scenario_of(weight_spread=0.2), **asked)


def test_a_certain_scenario_is_refused_with_what_to_give() -> None:
    with pytest.raises(InputError, match=r"nothing is uncertain(.|\n)*weight_spread in scenario.toml"):
        oshopt.allocate(scenario_of(), robust="mean")


def test_cases_that_may_pass_one_person_each_are_refused() -> None:
    group = WorkGroup(id="g", risk_increment=0.4, acceptable_risk=0.9, risk_increment_spread=0.9)
    with pytest.raises(InputError, match="in some draw"):
        oshopt.allocate(scenario_of(groups=(group,), horizon=2), "cases", robust="mean")
