"""The estimator: certified figures, plain linear algebra, scikit-learn's own checks, and clear refusals."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.decomposition import PCA
from sklearn.linear_model import LinearRegression, PoissonRegressor
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.utils.estimator_checks import parametrize_with_checks

from oshopt.forecast import PrincipalComponentForecaster
from tests.forecast.longley import COEFFICIENTS, INDICATORS, INTERCEPT, OUTCOME


@parametrize_with_checks(
    [PrincipalComponentForecaster(), PrincipalComponentForecaster(components=0.99)],
)
def test_scikit_learn_accepts_it(estimator: Any, check: Any) -> None:
    check(estimator)


def collinear(seed: int, rows: int = 18, columns: int = 6) -> tuple[np.ndarray, np.ndarray]:
    """Return indicators of two hidden courses with errors, and an outcome of these courses with noise."""
    rng = np.random.default_rng(seed)
    hidden = rng.normal(size=(rows, 2))
    indicators = hidden @ rng.normal(size=(2, columns)) + 0.3 * rng.normal(size=(rows, columns))
    return 50 + 10 * indicators, hidden @ rng.normal(size=2) + 0.5 * rng.normal(size=rows)


def test_all_components_reach_the_certified_coefficients() -> None:
    fitted = PrincipalComponentForecaster(components=6).fit(INDICATORS, OUTCOME)
    assert fitted.coef_ == pytest.approx(COEFFICIENTS, rel=1e-8)
    assert fitted.intercept_ == pytest.approx(INTERCEPT, rel=1e-8)
    assert fitted.condition_number_ > 100
    assert fitted.variance_inflation_[[1, 4, 5]] == pytest.approx([1788.5, 399.2, 759.0], rel=1e-3)


@pytest.mark.parametrize("number", [1, 2, 3, 5])
def test_fewer_components_equal_a_plain_decomposition(number: int) -> None:
    rows, outcome = collinear(1)
    fitted = PrincipalComponentForecaster(components=number).fit(rows, outcome)
    standard = (rows - rows.mean(axis=0)) / rows.std(axis=0)
    _, axes = np.linalg.eigh(standard.T @ standard)
    kept = axes[:, ::-1][:, :number]
    scores = standard @ kept
    slopes = kept @ np.linalg.solve(scores.T @ scores, scores.T @ (outcome - outcome.mean())) / rows.std(axis=0)
    assert np.abs(fitted.coef_ - slopes).max() < 1e-10
    assert np.abs(fitted.predict(rows) - (outcome.mean() + (rows - rows.mean(axis=0)) @ slopes)).max() < 1e-10


def test_it_equals_the_pipeline_of_the_library() -> None:
    rows, outcome = collinear(2)
    two = np.column_stack([outcome, rows[:, 0] - outcome])
    chain = make_pipeline(StandardScaler(), PCA(3, svd_solver="full"), LinearRegression()).fit(rows, two)
    fitted = PrincipalComponentForecaster(components=3).fit(rows, two)
    assert fitted.predict(rows) == pytest.approx(chain.predict(rows), abs=1e-10)
    assert np.abs(fitted.loadings_) == pytest.approx(np.abs(chain[1].components_), abs=1e-10)
    assert fitted.explained_variance_ratio_[:3] == pytest.approx(chain[1].explained_variance_ratio_)


@pytest.mark.parametrize("number", [1, 3, 6])
def test_counts_equal_the_poisson_regression_of_the_library(number: int) -> None:
    rows, outcome = collinear(3)
    rng = np.random.default_rng(3)
    hours = rng.uniform(1e6, 2e6, len(rows))
    counts = rng.poisson(20e-6 * hours * np.exp(0.3 * outcome)).astype(float)
    fitted = PrincipalComponentForecaster(components=number, family="poisson").fit(rows, counts, exposure=hours)
    weight = hours / hours.mean()
    mean = np.average(rows, axis=0, weights=weight)
    spread = np.sqrt(np.average((rows - mean) ** 2, axis=0, weights=weight))
    scores = (rows - mean) / spread @ fitted.loadings_.T
    peer = PoissonRegressor(alpha=0, solver="newton-cholesky", tol=1e-12, max_iter=500)
    peer.fit(scores, counts / weight, sample_weight=weight)
    assert fitted.predict(rows, exposure=hours) == pytest.approx(peer.predict(scores) * weight, rel=1e-8)
    slopes = peer.coef_ @ fitted.loadings_ / spread
    assert fitted.coef_ == pytest.approx(slopes, rel=1e-6, abs=1e-10)


def test_poisson_gradient_is_nothing_with_the_offset() -> None:
    rows, _ = collinear(4, columns=2)
    hours = np.linspace(1.0, 3.0, len(rows))
    counts = np.random.default_rng(4).poisson(5 * hours).astype(float)
    fitted = PrincipalComponentForecaster(components=2, family="poisson").fit(rows, counts, exposure=hours)
    expected = hours * np.exp(fitted.intercept_ + rows @ fitted.coef_)
    assert counts.sum() == pytest.approx(expected.sum())
    assert rows.T @ counts == pytest.approx(rows.T @ expected)


def test_rolling_choice_is_what_a_loop_finds() -> None:
    rows, outcome = collinear(5, rows=16)
    for ahead in (1, 3):
        errors = []
        for number in range(1, 7):
            misses = []
            for origin in range(8 + ahead - 1, 16):
                known = origin - ahead + 1
                own = PrincipalComponentForecaster(components=number).fit(rows[:known], outcome[:known])
                misses.append(own.predict(rows[origin : origin + 1])[0] - outcome[origin])
            errors.append(np.mean(np.square(misses)))
        fewest = next(at for at, error in enumerate(errors, start=1) if 0.9 * error <= min(errors))
        assert PrincipalComponentForecaster(ahead=ahead).fit(rows, outcome).n_components_ == fewest


def test_a_share_of_the_variance_takes_as_many_as_it_needs() -> None:
    rows, outcome = collinear(6)
    whole = PrincipalComponentForecaster(components=1.0).fit(rows, outcome)
    assert whole.n_components_ == 6
    part = PrincipalComponentForecaster(components=0.9).fit(rows, outcome)
    shares = np.cumsum(part.explained_variance_ratio_)
    assert shares[part.n_components_ - 1] >= 0.9
    assert part.n_components_ == 1 or shares[part.n_components_ - 2] < 0.9


def test_strength_of_opinions_scales_the_standardised_indicators() -> None:
    rows, outcome = collinear(7)
    weights = np.array([0.4, 0.3, 0.1, 0.1, 0.05, 0.05])
    fitted = PrincipalComponentForecaster(components=2, weights=weights, strength=1.0).fit(rows, outcome)
    scaled = (rows - rows.mean(axis=0)) / rows.std(axis=0) * weights
    chain = make_pipeline(PCA(2, svd_solver="full"), LinearRegression()).fit(scaled, outcome)
    assert fitted.predict(rows) == pytest.approx(chain.predict(scaled), abs=1e-10)
    plain = PrincipalComponentForecaster(components=2).fit(rows, outcome)
    none = PrincipalComponentForecaster(components=2, weights=weights, strength=0.0).fit(rows, outcome)
    assert none.predict(rows) == pytest.approx(plain.predict(rows), abs=1e-12)


def test_good_opinions_are_used_and_equal_ones_are_not() -> None:
    rng = np.random.default_rng(8)
    rows = rng.normal(size=(20, 8))
    outcome = 2 * rows[:, 2] + 0.3 * rng.normal(size=20)
    good = np.full(8, 0.02)
    good[2] = 0.86
    assert PrincipalComponentForecaster(weights=good).fit(rows, outcome).strength_ > 0
    assert PrincipalComponentForecaster(weights=np.ones(8)).fit(rows, outcome).strength_ == 0


@given(st.integers(0, 10_000), st.floats(0.1, 1000), st.floats(-1000, 1000))
@settings(max_examples=25, deadline=None)
def test_units_of_indicators_change_no_forecast(seed: int, unit: float, zero: float) -> None:
    rows, outcome = collinear(seed)
    first = PrincipalComponentForecaster().fit(rows, outcome)
    second = PrincipalComponentForecaster().fit(rows * unit + zero, outcome)
    assert second.predict(rows * unit + zero) == pytest.approx(first.predict(rows), rel=1e-6, abs=1e-6)


def test_constant_and_repeated_columns_are_harmless() -> None:
    rows, outcome = collinear(9)
    plain = PrincipalComponentForecaster(components=2).fit(rows, outcome)
    wide = np.column_stack([rows, np.full(len(rows), 7.0)])
    fitted = PrincipalComponentForecaster(components=2).fit(wide, outcome)
    assert fitted.coef_[-1] == 0
    assert fitted.predict(wide) == pytest.approx(plain.predict(rows))
    assert fitted.condition_number_ == np.inf
    twice = PrincipalComponentForecaster().fit(np.column_stack([rows, rows[:, 0]]), outcome)
    assert twice.condition_number_ == np.inf
    assert twice.variance_inflation_[[0, 6]] == pytest.approx([np.inf, np.inf])
    assert np.isfinite(twice.variance_inflation_[1:6]).all()


def test_variance_inflation_is_that_of_the_textbook() -> None:
    rows, _ = collinear(10)
    found = PrincipalComponentForecaster(components=1).fit(rows, rows[:, 0]).variance_inflation_
    for at in range(6):
        others = np.delete(rows, at, axis=1)
        share = LinearRegression().fit(others, rows[:, at]).score(others, rows[:, at])
        assert found[at] == pytest.approx(1 / (1 - share), rel=1e-6)


def test_fewer_years_than_indicators_are_fitted_by_components() -> None:
    rows, outcome = collinear(11, rows=8, columns=12)
    fitted = PrincipalComponentForecaster().fit(rows, outcome)
    assert fitted.n_components_ <= 7
    assert np.isfinite(fitted.predict(rows)).all()
    assert fitted.condition_number_ == np.inf


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        ({"components": 0}, "from 1 to 6"),
        ({"components": 7}, "from 1 to 6"),
        ({"components": 1.5}, "a share in (0, 1]"),
        ({"components": True}, "not True"),
        ({"strength": -1.0}, "0 or above"),
        ({"family": "gamma"}, "'linear' or 'poisson'"),
        ({"ahead": 0}, "at least 1"),
        ({"weights": [1.0, 2.0]}, "shape (6,)"),
        ({"weights": [0.0] * 6}, "one of them above 0"),
        ({"weights": [-1.0, 1, 1, 1, 1, 1]}, "0 or above"),
    ],
)
def test_wrong_parameters_are_named(parts: dict[str, Any], words: str) -> None:
    with pytest.raises(ValueError, match=re.escape(words)):
        PrincipalComponentForecaster(**parts).fit(*collinear(12))


def test_bad_data_is_refused() -> None:
    rows, outcome = collinear(13)
    with pytest.raises(ValueError, match="at least 5 rows"):
        PrincipalComponentForecaster().fit(rows[:4], outcome[:4])
    with pytest.raises(ValueError, match="NaN"):
        PrincipalComponentForecaster().fit(np.where(rows == rows[0, 0], np.nan, rows), outcome)
    counts = PrincipalComponentForecaster(family="poisson", components=1)
    with pytest.raises(ValueError, match="Negative"):
        counts.fit(rows, -np.abs(outcome))
    with pytest.raises(ValueError, match="exposure must be above 0"):
        counts.fit(rows, np.abs(outcome), exposure=np.zeros(len(rows)))
    with pytest.raises(ValueError, match="no event"):
        counts.fit(rows, np.zeros(len(rows)))
    with pytest.raises(ValueError, match="belongs to family"):
        PrincipalComponentForecaster().fit(rows, outcome, exposure=np.ones(len(rows)))
    single = np.zeros(len(rows))
    single[np.argmax(rows[:, 0])] = 1.0
    with pytest.raises(ValueError, match="too few for a Poisson regression"):
        PrincipalComponentForecaster(family="poisson", components=6).fit(rows, single)
