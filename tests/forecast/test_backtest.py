"""Rolling origins against a plain loop over the years, and the verdict on what they show."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats
from sklearn.linear_model import LinearRegression

from oshopt.forecast import PrincipalComponentForecaster, predict
from oshopt.model import Backtest, ForecastSettings
from tests.forecast.made import FIRST, INJURIES, values, with_history
from tests.forecast.test_predict import matrix


def misses_of(ahead: int) -> dict[str, list[float]]:
    """Return the misses of each method from a loop that knows, in year t, outcomes up to t."""
    found = values()
    rows, days = matrix(found), found["days"]
    pairs = 20 - ahead
    misses: dict[str, list[float]] = {name: [] for name in ("last value", "mean", "drift", "ols", "components")}
    for t in range((pairs + 1) // 2 + ahead - 1, pairs):
        known = t - ahead + 1
        told = {
            "last value": days[t],
            "mean": days[: t + 1].mean(),
            "drift": days[t] + ahead * (days[t] - days[0]) / t,
            "ols": LinearRegression().fit(rows[:known], days[ahead : known + ahead]).predict(rows[t : t + 1])[0],
            "components": PrincipalComponentForecaster(ahead=ahead)
            .fit(rows[:known], days[ahead : known + ahead])
            .predict(rows[t : t + 1])[0],
        }
        for name, value in told.items():
            misses[name].append(value - days[t + ahead])
    return misses


@pytest.mark.parametrize("ahead", [1, 2])
def test_errors_are_those_of_a_loop(ahead: int) -> None:
    found = predict(with_history(forecast=ForecastSettings(ahead=ahead))).outcomes["days"]
    tested, misses = found.backtest, misses_of(ahead)
    for name, own in misses.items():
        row, size = tested.rows[name], np.abs(own)
        assert row.error == pytest.approx(size.mean())
        assert row.root_mean_square == pytest.approx(np.sqrt(np.mean(np.square(own))))
        low, high = stats.t.interval(0.9, len(own) - 1, size.mean(), stats.sem(size))
        assert (row.low, row.high) == pytest.approx((max(0.0, low), high))
        excess = size - np.abs(misses["last value"])
        assert row.excess == pytest.approx(excess.mean())
    assert tested.origins == len(misses["mean"])
    told = [point.forecast for point in found.history.values() if point.forecast is not None]
    assert np.array(told) - values()["days"][-len(told) :] == pytest.approx(misses["components"])
    assert found.history[FIRST].forecast is None


def verdict_on(days: np.ndarray) -> Backtest:
    found = values() | {"days": days}
    return predict(with_history(found)).outcomes["days"].backtest


def test_a_strong_tie_beats_the_last_value() -> None:
    tested = verdict_on(values()["days"])
    assert tested.beats_last_value is True
    assert "beat the last value" in tested.verdict
    assert tested.rows["components"].excess_high < 0


def test_a_walk_without_tie_does_not() -> None:
    walk = np.cumsum(np.random.default_rng(5).normal(size=20)) + 50
    tested = verdict_on(walk)
    assert tested.beats_last_value is False
    assert tested.verdict.startswith("These data do not beat the last value")
    assert tested.rows["last value"].excess == 0


def test_a_small_gain_is_not_called_more() -> None:
    tested = verdict_on(values()["days"] + 5 * np.random.default_rng(2).normal(size=20))
    row = tested.rows["components"]
    assert row.excess < 0 < row.excess_high
    assert tested.beats_last_value is None
    assert "not beyond chance" in tested.verdict


def test_counts_are_tested_as_rates() -> None:
    found = values()
    tested = predict(with_history(found, (INJURIES,))).outcomes["injuries"].backtest
    rate = found["injuries"] / found["hours"] * 1e6
    assert tested.rows["last value"].error == pytest.approx(np.abs(np.diff(rate))[10:].mean())
