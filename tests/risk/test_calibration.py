"""Increments from counts: exact intervals against scipy's chi-square form and against coverage by summation."""

from __future__ import annotations

import pytest
from scipy import stats

from oshopt.risk import calibrate


@pytest.mark.parametrize("cases", [0, 1, 3, 20, 400])
def test_interval_is_the_exact_one(cases: int) -> None:
    found = calibrate(cases, 5000.0, level=0.9)
    low = stats.chi2.ppf(0.05, 2 * cases) / 2 if cases else 0.0
    assert found.value == cases / 5000
    assert found.low == pytest.approx(low / 5000, rel=1e-10)
    assert found.high == pytest.approx(stats.chi2.ppf(0.95, 2 * cases + 2) / 2 / 5000, rel=1e-10)


@pytest.mark.parametrize("mean", [0.5, 2.0, 7.3, 30.0])
def test_interval_covers_at_least_its_level(mean: float) -> None:
    inside = [c for c in range(200) if calibrate(c, 1.0).low <= mean <= calibrate(c, 1.0).high]
    assert sum(stats.poisson.pmf(inside, mean)) >= 0.95


@pytest.mark.parametrize(
    ("cases", "years", "level"),
    [(-1, 10.0, 0.95), (1.5, 10.0, 0.95), (1, 0.0, 0.95), (1, 10.0, 1.0), (1, float("nan"), 0.9)],
)
def test_impossible_counts_are_refused(cases: int, years: float, level: float) -> None:
    with pytest.raises(ValueError, match="must"):
        calibrate(cases, years, level)
