"""A small edition of the forecaster's benchmark: below ordinary regression, opinions help and do little harm."""

from __future__ import annotations

import pytest

from benchmarks.forecast import against_ordinary, coverage, of_opinions


@pytest.mark.parametrize("condition", [1e2, 1e6])
@pytest.mark.parametrize("rows", [15, 20])
def test_components_err_less_than_ordinary_regression(rows: int, condition: float) -> None:
    own, plain = against_ordinary(rows, 6, condition, histories=40)
    assert own < plain


def test_good_opinions_help_and_random_ones_cost_little() -> None:
    good, random = of_opinions(20, 6, histories=100)
    assert good < 0.97
    assert random < 1.05


def test_intervals_cover() -> None:
    assert 0.8 < coverage(15, 150) < 0.98
