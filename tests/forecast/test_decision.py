"""The choice of a decision against figures worked out by hand and by looking at every one of them."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import oshopt
from oshopt.forecast import PrincipalComponentForecaster, outcome_lines, predict
from oshopt.model import (
    Budget,
    BudgetEntry,
    Choice,
    DecisionEntry,
    Effect,
    ForecastSettings,
    InputError,
    Scenario,
    StrategyEntry,
    Target,
)
from tests.forecast.made import DAYS, INJURIES, change, values, with_history


def exact() -> dict[str, np.ndarray]:
    """Return series whose outcome is exactly 100 − guards + 2·overtime of the year before."""
    rng = np.random.default_rng(2)
    guards, overtime = rng.normal(50, 5, 20), rng.normal(10, 2, 20)
    outcome = 100 - guards + 2 * overtime
    return {"guards": guards, "overtime": overtime, "days": np.concatenate([[60.0], outcome[:-1]])}


def now() -> float:
    """Return the outcome ahead if nothing changes."""
    found = exact()
    return float(100 - found["guards"][-1] + 2 * found["overtime"][-1])


DECISIONS = (
    change("guards", 10.0, decision="guards", cost=40.0),
    change("guards", 10.0, decision="both", name="Guards and shifts", cost=200.0),
    change("overtime", -5.0, decision="both", name="Guards and shifts", cost=200.0),
    change("overtime", -2.0, decision="shifts", cost=30.0),
    change("overtime", 3.0, state="rush", probability=0.25),
    change(state="calm", probability=0.75),
)


def chosen(decisions: tuple[DecisionEntry, ...] = DECISIONS, limit: float | None = None, **forecast: object) -> Choice:
    settings = ForecastSettings(**{"components": 2, "minimise": "days", **forecast})
    outcome = DAYS.update(limit=limit)
    found = predict(with_history(exact(), (outcome,), decisions=decisions, forecast=settings)).choice
    assert found is not None
    return found


def test_outcomes_follow_the_changes_and_the_states() -> None:
    choice = chosen()
    by = {"do-nothing": 0.0, "guards": -10.0, "both": -20.0, "shifts": -4.0}
    assert {name: one.expected["days"].y.value for name, one in choice.alternatives.items()} == pytest.approx(
        {name: now() + moved + 0.25 * 6 for name, moved in by.items()}
    )
    for state, extra in {"rush": 6.0, "calm": 0.0}.items():
        values_ = {name: one.by_state[state]["days"].y.value for name, one in choice.alternatives.items()}
        assert values_ == pytest.approx({name: now() + moved + extra for name, moved in by.items()})


def test_the_least_outcome_within_the_budget_is_best() -> None:
    choice = chosen()
    assert choice.cost_limit == 100
    assert choice.best == "guards"
    assert choice.alternatives["both"].ruled_out == ("cost 200 above 100",)
    assert choice.alternatives["guards"].best == 1.0
    assert chosen(cost_limit=1000.0).best == "both"
    assert chosen(cost_limit=35.0).best == "shifts"


def test_limits_say_what_rules_out_whom() -> None:
    limit = now() - 5.0
    choice = chosen(limit=limit)
    broken = {name: one.ruled_out for name, one in choice.alternatives.items()}
    assert broken["guards"] == ()
    assert len(broken["do-nothing"]) == len(broken["shifts"]) == 1
    assert broken["shifts"][0] == f"Days lost {now() - 4 + 1.5:.4g} above {limit:.4g}"
    assert broken["both"] == ("cost 200 above 100",)
    assert choice.best_by_state == {"calm": "guards"}
    assert choice.alternatives["guards"].expected["days"].degree == pytest.approx((now() - 8.5) / limit)
    assert chosen(limit=1.0).best is None


def test_equal_decisions_go_to_the_cheaper_one() -> None:
    same = (
        change("guards", 10.0, decision="dear", cost=50.0),
        change("guards", 10.0, decision="cheap", cost=20.0),
        change("guards", 10.0, decision="also-dear", cost=50.0),
    )
    choice = chosen(same)
    assert choice.best == "cheap"
    assert choice.alternatives["cheap"].best == 1.0
    assert choice.states == {}
    assert choice.alternatives["cheap"].by_state == {}


def test_moves_beyond_anything_observed_are_marked() -> None:
    choice = chosen((change("guards", 500.0, decision="far"), change("guards", 0.01, decision="near")))
    assert choice.alternatives["far"].outside == ("guards",)
    assert choice.alternatives["near"].outside == ()


def test_money_of_the_first_year_is_the_limit() -> None:
    lines = (BudgetEntry(line="a", year=2026, amount=25.0), BudgetEntry(line="b", amount=10.0))
    scenario = with_history(exact(), decisions=DECISIONS, budgets=lines, budget=Budget())
    choice = predict(scenario).choice
    assert choice is not None
    assert choice.cost_limit == 35


@given(
    st.lists(st.tuples(st.floats(-8, 8), st.floats(-3, 3), st.floats(0, 200)), min_size=1, max_size=6),
    st.floats(30, 90),
)
@settings(max_examples=20, deadline=None)
def test_the_choice_is_what_looking_at_every_one_finds(moves: list[tuple[float, float, float]], limit: float) -> None:
    rows = [
        change(name, by, decision=f"d{at}", cost=cost)
        for at, (guards, overtime, cost) in enumerate(moves)
        for name, by in (("guards", guards), ("overtime", overtime))
    ]
    choice = chosen(tuple(rows), limit=limit)
    found = {f"d{at}": (now() - guards + 2 * overtime, cost) for at, (guards, overtime, cost) in enumerate(moves)}
    allowed = {n: v for n, v in {"do-nothing": (now(), 0.0), **found}.items() if v[0] <= limit and v[1] <= 100}
    if not allowed:
        assert choice.best is None
    else:
        assert choice.best is not None
        assert allowed[choice.best][0] == pytest.approx(min(y for y, _ in allowed.values()), abs=1e-6)


def test_chance_of_passing_a_limit_grows_with_the_outcome() -> None:
    found = values()
    rows = tuple(change("guards", 3.0 * step, decision=f"d{step}") for step in range(1, 5))
    scenario = with_history(found, (DAYS.update(limit=float(found["days"].mean())), INJURIES), decisions=rows)
    choice = predict(scenario).choice
    assert choice is not None
    order = sorted(choice.alternatives.values(), key=lambda one: one.expected["days"].y.value)
    chances = [one.expected["days"].exceedance or 0.0 for one in order]
    assert chances == sorted(chances)
    assert chances[0] < chances[-1]
    assert math.fsum(one.best for one in order) <= 1 + 1e-12
    assert all(one.expected["injuries"].exceedance is None for one in order)


def test_chance_of_being_best_is_near_that_of_new_histories() -> None:
    """Two decisions whose order hangs on the noise: the draws and fresh histories of the same kind agree on it."""
    rng = np.random.default_rng(7)
    guards, overtime = rng.normal(50, 5, 20), rng.normal(10, 2, 20)
    rows = (change("guards", 4.0, decision="a", cost=1.0), change("overtime", -2.1, decision="b", cost=1.0))

    def history_of(noise: np.ndarray) -> dict[str, np.ndarray]:
        outcome = 100 - guards + 2 * overtime + noise
        return {"guards": guards, "overtime": overtime, "days": np.concatenate([[60.0], outcome[:-1]])}

    told = []
    better = []
    for _ in range(60):
        found = history_of(4.0 * rng.normal(size=20))
        fitted = PrincipalComponentForecaster(components=2).fit(
            np.column_stack([guards, overtime])[:-1], found["days"][1:]
        )
        better.append(fitted.coef_[0] * 4.0 < -2.1 * fitted.coef_[1])
        if len(told) < 8:
            wanted = ForecastSettings(components=2, minimise="days")
            scenario = with_history(found, (DAYS.update(limit=None),), decisions=rows, forecast=wanted)
            choice = predict(scenario).choice
            assert choice is not None
            told.append(choice.alternatives["a"].best)
    assert abs(np.mean(told) - np.mean(better)) < 0.3
    assert all(0 < share < 1 for share in told)


def planned() -> Scenario:
    return with_history(exact()).update(
        effects=(
            Effect(measure="a", on=Target.INDICATOR, target="guards", effect=8.0),
            Effect(measure="b", on=Target.INDICATOR, target="overtime", effect=-1.0),
        ),
        strategies=(
            StrategyEntry(strategy="half", measure="a", spend=50.0),
            StrategyEntry(strategy="other", measure="b", spend=100.0),
        ),
    )


def test_plans_stand_among_the_decisions() -> None:
    scenario = planned()
    plans = [oshopt.evaluate(scenario.update(effects=()), name) for name in scenario.strategy_tables]
    choice = predict(scenario, plans=plans).choice
    assert choice is not None
    assert choice.alternatives["half"].changes == pytest.approx({"guards": 4.0, "overtime": 0.0})
    assert choice.alternatives["half"].cost == 50
    assert choice.alternatives["half"].expected["days"].y.value == pytest.approx(now() - 4)
    assert choice.alternatives["other"].expected["days"].y.value == pytest.approx(now() - 2)
    clash = scenario.update(decisions=(change("guards", 1.0, decision="half"),))
    with pytest.raises(InputError, match="a strategy has the same name"):
        predict(clash, plans=plans)


def test_a_change_of_what_was_never_observed_is_refused() -> None:
    scenario = with_history(exact(), decisions=(change("guards", 1.0, decision="d"),))
    bare = scenario.update(history=tuple(row for row in scenario.history if row.indicator != "guards"))
    with pytest.raises(InputError, match="decisions, d guards, indicator: the indicator has no history"):
        predict(bare)
    effect = Effect(measure="a", on=Target.INDICATOR, target="guards", effect=1.0)
    with pytest.raises(InputError, match="effects, a indicator guards, target: the indicator has no history"):
        outcome_lines(bare.update(decisions=(), effects=(effect,)))
