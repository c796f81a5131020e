"""Jackknife+ against a loop that leaves out each year in turn, its coverage, and the chance of passing a limit."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks.forecast import stationary
from oshopt.forecast import PrincipalComponentForecaster
from oshopt.forecast.components import Method
from oshopt.forecast.intervals import exceedance, interval, leave_out
from tests.forecast.test_estimator import collinear


@pytest.mark.parametrize("family", ["linear", "poisson"])
def test_it_is_what_a_loop_over_the_years_finds(family: str) -> None:
    rows, outcome = collinear(21, rows=19)
    hours = np.linspace(1.0, 2.0, 19)
    if family == "poisson":
        outcome = np.random.default_rng(2).poisson(20 * hours * np.exp(0.2 * outcome)).astype(float)
    exposure = hours if family == "poisson" else None
    ahead = rows[:1] * 1.1
    fitted = PrincipalComponentForecaster(components=2, family=family).fit(rows, outcome, exposure=exposure)
    low, high = [], []
    for left in range(19):
        kept = np.delete(np.arange(19), left)
        own = PrincipalComponentForecaster(components=2, family=family)
        own.fit(rows[kept], outcome[kept], exposure=None if exposure is None else exposure[kept])
        under = {} if exposure is None else {"exposure": hours[left : left + 1]}
        there = own.predict(rows[left : left + 1], **under)[0]
        at = own.predict(ahead)[0]
        scale = np.sqrt(at / there) if family == "poisson" else 1.0
        miss = abs(outcome[left] - there) * scale
        low.append(at - miss)
        high.append(at + miss)
    found = fitted.predict_interval(ahead, level=0.9)
    lowest = sorted(low)[1] if family == "linear" else max(0.0, sorted(low)[1])
    assert found[0] == pytest.approx([lowest], rel=1e-9)
    assert found[1] == pytest.approx([sorted(high)[17]], rel=1e-9)


def test_left_out_years_repeat_the_choice_of_components() -> None:
    rows, outcome = collinear(22, rows=18)
    left = leave_out(rows, outcome, Method())
    whole = PrincipalComponentForecaster().fit(rows, outcome)
    assert len(set(left.fits.components)) > 1
    fixed = leave_out(rows, outcome, Method(components=whole.n_components_))
    assert np.abs(left.misses).mean() > np.abs(fixed.misses).mean() * 0.9


def test_states_are_weighed_by_their_probabilities() -> None:
    rows, outcome = collinear(23, rows=19)
    left = leave_out(rows, outcome, Method(components=1))
    one = left.centres(rows[:2])
    both = np.stack([one, one + 100.0], axis=2)
    for end, alone in enumerate(interval(left, one, 0.9)):
        assert interval(left, both, 0.9, np.array([1.0, 0.0]))[end] == pytest.approx(alone)
        assert interval(left, both, 0.9, np.array([0.0, 1.0]))[end] == pytest.approx(alone + 100)
    middle = exceedance(left, both, float(one.mean()) + 50, np.array([0.5, 0.5]))
    assert middle == pytest.approx([0.5, 0.5])


def test_chance_of_passing_a_limit_is_never_certain() -> None:
    rows, outcome = collinear(24, rows=18)
    left = leave_out(rows, outcome, Method(components=2))
    centres = left.centres(rows[:1])
    assert exceedance(left, centres, -1e9) == pytest.approx([18.5 / 19])
    assert exceedance(left, centres, 1e9) == pytest.approx([0.5 / 19])
    median = float(np.median(centres[:, 0] + left.misses))
    assert 0.4 < exceedance(left, centres, median)[0] < 0.6


def test_too_few_years_for_the_level_are_refused() -> None:
    rows, outcome = collinear(25, rows=12)
    fitted = PrincipalComponentForecaster(components=1).fit(rows, outcome)
    low, high = fitted.predict_interval(rows, level=0.9)
    assert (low < high).all()
    with pytest.raises(ValueError, match="needs at least 19 rows"):
        fitted.predict_interval(rows, level=0.95)


def test_nine_intervals_of_ten_hold_the_outcome() -> None:
    rng = np.random.default_rng(26)
    held = []
    for _ in range(200):
        rows, outcome = stationary(rng, 20)
        left = leave_out(rows[:-1], outcome[:-1], Method())
        low, high = interval(left, left.centres(rows[-1:]), 0.9)
        held.append(low[0] <= outcome[-1] <= high[0])
    assert 0.84 < np.mean(held) < 0.96
