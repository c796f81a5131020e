"""The forecast of a scenario: which years it uses, that its lines say the same, and what it refuses in words."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

import oshopt
from oshopt.forecast import PrincipalComponentForecaster, outcome_lines, predict
from oshopt.model import (
    ForecastSettings,
    Form,
    FrozenMap,
    HistoryEntry,
    Indicator,
    InputError,
    OutcomeLine,
    Rate,
    Role,
    Scenario,
)
from tests.forecast.made import DAYS, FIRST, INDICATORS, INJURIES, values, with_history


@pytest.fixture(scope="module")
def both() -> Scenario:
    return with_history(outcomes=(DAYS, INJURIES))


def matrix(found: dict[str, np.ndarray], names: tuple[str, ...] = INDICATORS) -> np.ndarray:
    return np.column_stack([found[name] for name in names])


@pytest.mark.parametrize("ahead", [1, 2])
def test_it_is_the_estimator_on_years_and_those_after_them(ahead: int) -> None:
    found = values()
    scenario = with_history(forecast=ForecastSettings(ahead=ahead))
    one = predict(scenario).outcomes["days"]
    fitted = PrincipalComponentForecaster(ahead=ahead).fit(matrix(found)[:-ahead], found["days"][ahead:])
    last = matrix(found)[-1:]
    assert one.year == FIRST + 19 + ahead
    assert one.rows == 20 - ahead
    assert one.components == fitted.n_components_
    assert one.y.value == pytest.approx(fitted.predict(last)[0])
    assert (one.y.low, one.y.high) == pytest.approx([end[0] for end in fitted.predict_interval(last)])
    assert one.condition_number == pytest.approx(fitted.condition_number_)
    assert list(one.line.coefficients.values()) == pytest.approx(fitted.coef_)


def test_counts_come_with_their_rate_and_exposure(both: Scenario) -> None:
    found = values()
    one = predict(both).outcomes["injuries"]
    fitted = PrincipalComponentForecaster(family="poisson")
    fitted.fit(matrix(found)[:-1], found["injuries"][1:], exposure=found["hours"][1:])
    count = fitted.predict(matrix(found)[-1:], exposure=found["hours"][-1:])[0]
    assert one.count is not None
    assert one.count.value == pytest.approx(count, rel=1e-8)
    assert one.y.value == pytest.approx(count / found["hours"][-1] * 1e6, rel=1e-8)
    low, high = fitted.predict_interval(matrix(found)[-1:], exposure=found["hours"][-1:])
    assert (one.count.low, one.count.high) == pytest.approx([low[0], high[0]], rel=1e-8)
    assert one.history[FIRST].value == pytest.approx(found["injuries"][0] / found["hours"][0] * 1e6)


@pytest.mark.parametrize(
    ("rate", "base"),
    [(Rate.LTIFR, 1e6), (Rate.TRIR, 2e5), (Rate.DART, 2e5), (Rate.FREQUENCY, 1e3), (Rate.SEVERITY, 1.0)],
)
def test_rates_are_counts_by_their_exposure(rate: Rate, base: float) -> None:
    found = values()
    one = predict(with_history(found, (INJURIES.update(rate=rate),))).outcomes["injuries"]
    assert one.history[FIRST + 3].value == pytest.approx(found["injuries"][3] / found["hours"][3] * base)
    assert one.count is not None
    assert one.y.value == pytest.approx(one.count.value / found["hours"][-1] * base)


def test_a_count_without_rate_stays_a_count() -> None:
    found = values()
    one = predict(with_history(found, (INJURIES.update(rate=None),))).outcomes["injuries"]
    assert one.count is not None
    assert one.y == one.count
    bare = predict(with_history(found, (INJURIES.update(rate=None, exposure=None),))).outcomes["injuries"]
    assert bare.y.value == pytest.approx(one.y.value, rel=0.2)


def test_lines_are_the_forecast_at_changed_indicators(both: Scenario) -> None:
    found = values()
    changes = {"guards": 2.5, "overtime": -1.0}
    moved = matrix(found)[-1:] + np.array([[2.5, 0.0, -1.0]])
    lines = outcome_lines(both)
    assert lines == FrozenMap({name: one.line for name, one in predict(both).outcomes.items()})
    plain = PrincipalComponentForecaster().fit(matrix(found)[:-1], found["days"][1:])
    assert lines["days"].value(FrozenMap(changes)) == pytest.approx(plain.predict(moved)[0])
    counts = PrincipalComponentForecaster(family="poisson")
    counts.fit(matrix(found)[:-1], found["injuries"][1:], exposure=found["hours"][1:])
    rate = counts.predict(moved, exposure=[1e6])[0]
    assert lines["injuries"].value(FrozenMap(changes)) == pytest.approx(rate, rel=1e-8)


def test_a_limit_on_a_count_is_one_on_the_predictor() -> None:
    line = OutcomeLine(outcome="o", form=Form.COUNT, base=1.0, coefficients=FrozenMap({"x": 0.5}), scale=2.0, limit=9.0)
    for by in np.linspace(-3, 3, 25):
        changes = FrozenMap({"x": float(by)})
        within = line.value(changes) <= 9.0
        assert within == (line.predictor(changes) <= line.predictor_at(9.0))
    assert line.predictor_at(9.0) == pytest.approx(math.log(9.0 / 2.0))
    assert line.outcome_at(line.predictor_at(3.0)) == pytest.approx(3.0)
    assert line.predictor_at(0.0) == -math.inf


def test_order_of_rows_changes_nothing(both: Scenario) -> None:
    rows = list(both.history)
    np.random.default_rng(3).shuffle(rows)
    assert predict(both.update(history=tuple(rows))) == predict(both)


def test_seed_moves_only_the_draws(both: Scenario) -> None:
    first, second = predict(both, seed=1), predict(both, seed=2)
    assert first.outcomes == second.outcomes
    assert predict(both, seed=1) == first


def test_gaps_and_missing_values_are_left_out_and_named() -> None:
    found = values(24)
    found["overtime"][:] = 12.0
    found["guards"][3] = np.nan
    found["days"][10] = np.nan
    for name in found:
        found[name][15] = np.nan
    one = predict(with_history(found)).outcomes["days"]
    used = [t for t in range(23) if t not in (3, 15) and t + 1 not in (10, 15)]
    assert one.rows == len(used)
    fitted = PrincipalComponentForecaster().fit(matrix(found)[used], found["days"][[t + 1 for t in used]])
    assert one.y.value == pytest.approx(fitted.predict(matrix(found)[-1:])[0])
    text = " ".join(one.notes)
    for words in (f"{FIRST + 3} is left out: guards", f"indicator: {FIRST + 15}", "any say in the forecast: overtime"):
        assert words in text
    assert f"No Days lost 1 year later for the indicators of: {FIRST + 9}" in text
    assert one.line.coefficients["overtime"] == 0


def test_rare_events_keep_their_interval_above_nothing() -> None:
    found = values(18)
    found["injuries"] = np.random.default_rng(0).poisson(0.8, 18).astype(float)
    one = predict(with_history(found, (INJURIES,))).outcomes["injuries"]
    assert one.count is not None
    assert one.count.low == 0 <= one.count.value < one.count.high
    assert math.copysign(1.0, one.count.low) == 1.0


def test_an_exposure_of_nothing_leaves_its_year_out() -> None:
    found = values()
    found["lost"] = 12 * found["injuries"]
    found["injuries"][-1] = found["lost"][-1] = 0
    severity = Indicator(id="lost", role=Role.OUTCOME, form=Form.COUNT, exposure="injuries", rate=Rate.SEVERITY)
    one = predict(with_history(found, (INJURIES, severity))).outcomes["lost"]
    assert one.rows == 18
    assert one.exposure == found["injuries"][-2]
    assert one.y.value == pytest.approx(12)
    assert one.notes == (f"No lost 1 year later for the indicators of: {FIRST + 18}.",)


def test_fewer_years_than_indicators_are_named() -> None:
    found = values(11)
    rng = np.random.default_rng(1)
    more = {f"x{i:02d}": rng.normal(size=11) for i in range(12)}
    scenario = with_history(found)
    rows = tuple(
        HistoryEntry(indicator=k, year=FIRST + i, value=float(v)) for k, r in more.items() for i, v in enumerate(r)
    )
    series = dict(scenario.indicators) | {name: Indicator(id=name) for name in more}
    one = predict(scenario.update(indicators=FrozenMap(series), history=(*scenario.history, *rows))).outcomes["days"]
    assert any("Fewer years (10) than indicators (15)" in note for note in one.notes)
    assert one.condition_number == math.inf


def test_opinions_are_keyed_by_indicator() -> None:
    scenario = with_history()
    plain = predict(scenario)
    assert predict(scenario, weights={"guards": 1.0, "hazards": 1.0, "overtime": 1.0}).outcomes == plain.outcomes
    told = predict(scenario, weights={"overtime": 0.9, "guards": 0.1, "hazards": 0.1})
    assert told == predict(scenario, weights={"guards": 0.1, "hazards": 0.1, "overtime": 0.9})
    assert told.weights["overtime"] == 0.9
    with pytest.raises(InputError, match="Did you mean 'guards'"):
        predict(scenario, weights={"guard": 1.0})
    with pytest.raises(InputError, match="below 0"):
        predict(scenario, weights={"guards": -1.0})


def no_outcome() -> Scenario:
    scenario = with_history()
    return scenario.update(
        indicators=FrozenMap({**scenario.indicators, "days": DAYS.update(role=Role.INDICATOR, limit=None)}),
        settings=scenario.settings.update(forecast=ForecastSettings()),
    )


def events(years: int) -> Scenario:
    found = values()
    found["injuries"] = np.zeros(20)
    found["injuries"][5 : 5 + years] = 3.0
    return with_history(found, (INJURIES,))


@pytest.mark.parametrize(
    ("scenario", "words"),
    [
        (
            with_history(values(9)),
            "8 years have every indicator and 'Days lost' 1 year later; intervals of level 0.9 need 9",
        ),
        (with_history(forecast=ForecastSettings(level=0.97)), "need 33"),
        (with_history(values(9), forecast=ForecastSettings(level=0.5, ahead=4)), "lower forecast.level"),
        (no_outcome(), "there is no outcome to forecast"),
        (events(0), "none of 19 years had any event"),
        (events(1), "1 of 19 years had any event; a rate needs two"),
        (with_history({"days": values()["days"]}), "there is no indicator to forecast from"),
    ],
)
def test_what_cannot_be_forecast_is_said(scenario: Scenario, words: str) -> None:
    with pytest.raises(InputError) as caught:
        predict(scenario)
    assert words in str(caught.value)
    assert all(problem.remedy for problem in caught.value.problems)
    with pytest.raises(InputError):
        outcome_lines(scenario)


def test_a_lower_level_narrows_the_interval_and_needs_fewer_years() -> None:
    wide = predict(with_history()).outcomes["days"].y
    narrow = predict(with_history(forecast=ForecastSettings(level=0.6))).outcomes["days"].y
    assert wide.low < narrow.low < narrow.high < wide.high
    assert predict(with_history(values(9), forecast=ForecastSettings(level=0.8))).outcomes["days"].rows == 8


def test_a_fixed_number_of_components_is_kept() -> None:
    for number in (1, 2, 3):
        settings = ForecastSettings(components=number)
        assert predict(with_history(forecast=settings)).outcomes["days"].components == number


def test_the_plant_of_the_package_is_forecast(shipped: Any) -> None:
    outlook = predict(oshopt.load(shipped / "food-plant"))
    assert set(outlook.outcomes) == {"lost-time-injuries", "incapacity"}
    assert all(one.year == 2026 and not one.notes for one in outlook.outcomes.values())
    assert outlook.choice is not None
    assert len(outlook.choice.alternatives) == 4
    assert len(outlook.choice.states) == 2
