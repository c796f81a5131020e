"""Safe service against eqs 3, 5 and 6 worked by hand, against small steps in time, and at every edge."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from oshopt.risk import accumulate, rates, safe_service, years_to

INCREMENTS = st.floats(1e-4, 0.05)
EFFECTS = st.lists(st.floats(0, 0.99), min_size=1, max_size=12)


@pytest.mark.parametrize(
    ("effect", "at_011", "at_005"),
    [
        (0.0, 36.666667, 16.666667),
        (0.2376, 44.977265, 18.744316),
        (0.210024, 43.756299, 18.439075),
        (0.272, 46.630037, 19.157509),
    ],
)
def test_reference_case(effect: float, at_011: float, at_005: float) -> None:
    assert safe_service(0.003, [effect], 0.11, served=10.0) == pytest.approx(at_011, abs=1e-6)
    assert safe_service(0.003, [effect], 0.05, served=10.0) == pytest.approx(at_005, abs=1e-6)


@given(increment=INCREMENTS, effect=st.floats(0, 0.99), share=st.floats(0, 0.99), initial=st.floats(0, 0.02))
def test_one_improvement_is_equation_5(increment: float, effect: float, share: float, initial: float) -> None:
    acceptable = 0.1
    served = share * (acceptable - initial) / increment
    reached = initial + served * increment
    expected = reached / increment + (acceptable - reached) / (increment * (1 - effect))
    found = safe_service(increment, [effect], acceptable, served, initial_risk=initial)
    assert found == pytest.approx(expected, rel=1e-9)


@given(increment=INCREMENTS, effects=EFFECTS, keep=st.booleans(), share=st.floats(0, 0.9))
def test_several_rounds_equal_small_steps(increment: float, effects: list[float], keep: bool, share: float) -> None:
    acceptable, served = 0.1, share * 0.1 / increment
    mode = "keep" if keep else "lapse"
    found = safe_service(increment, effects, acceptable, served, after_horizon=mode)
    remaining = found - served
    whole = np.minimum(np.maximum(remaining - np.arange(len(effects)), 0.0), 1.0)
    tail = effects[-1] if keep else 0.0
    risk = increment * (
        served + float(whole @ (1 - np.array(effects))) + max(0.0, remaining - len(effects)) * (1 - tail)
    )
    assert risk == pytest.approx(acceptable, rel=1e-9)


def test_first_crossing_counts() -> None:
    effects = [0.0, 1.0, 1.0]
    assert safe_service(0.1, effects, 0.05) == pytest.approx(0.5)
    assert safe_service(0.1, effects, 0.1) == pytest.approx(1.0)
    assert safe_service(0.1, effects, 0.1 + 1e-9, after_horizon="lapse") == pytest.approx(3.0, abs=1e-6)


@given(effects=EFFECTS, year=st.integers(0, 11), more=st.floats(0, 1))
def test_more_effect_never_shortens_service(effects: list[float], year: int, more: float) -> None:
    better = list(effects)
    better[year % len(effects)] += more * (1 - better[year % len(effects)])
    assert safe_service(0.01, better, 0.1) >= safe_service(0.01, effects, 0.1) * (1 - 1e-12)


def test_splitting_a_year_of_equal_effect_changes_nothing() -> None:
    assert safe_service(0.01, [0.3] * 7, 0.1) == pytest.approx(safe_service(0.01, [0.3], 0.1), rel=1e-12)


@pytest.mark.parametrize("effect", [1.0, 1.0 - 1e-13, 1.0 + 1e-13])
def test_whole_effect_is_never_reached(effect: float) -> None:
    assert safe_service(0.003, [effect], 0.11, 10.0) == math.inf
    assert safe_service(0.003, [effect], 0.11, 10.0, after_horizon="lapse") == pytest.approx(110 / 3 + 1)


def test_no_increment_is_never_reached() -> None:
    assert safe_service(0.0, [0.0], 0.11, 10.0) == math.inf


def test_more_than_a_billion_years_is_never() -> None:
    assert safe_service(1e-11, [0.0], 0.11) == math.inf
    assert safe_service(1e-9, [0.0], 0.11) == pytest.approx(1.1e8)


def test_group_over_its_threshold() -> None:
    assert safe_service(0.01, [0.5], 0.1, served=20.0) == pytest.approx(10.0)
    assert safe_service(0.01, [0.5], 0.1, served=10.0) == pytest.approx(10.0)
    assert safe_service(0.0, [0.5], 0.1, initial_risk=0.2) == 0.0


def test_initial_risk_is_not_calendar_service() -> None:
    found = safe_service(0.01, [0.5], 0.1, served=3.0, initial_risk=0.02)
    assert found == pytest.approx(5.0 + 5.0 / 0.5)


def test_negative_effect_shortens_service() -> None:
    assert safe_service(0.01, [-1.0], 0.1) == pytest.approx(5.0)


def test_groups_and_years_as_arrays() -> None:
    table = np.array([[0.0, 0.5], [0.2, 0.2]])
    found = safe_service([0.01, 0.02], table, [0.1, 0.1], [0.0, 2.0])
    assert found == pytest.approx([1 + 0.09 / 0.005, 2 + 0.06 / 0.016])


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"effects": [1.5]}, "above 1"),
        ({"effects": [math.nan]}, "above 1|not finite"),
        ({"risk_increment": -0.1}, "negative"),
        ({"acceptable_risk": 0.0}, "not positive"),
        ({"served": -1.0}, "negative"),
        ({"initial_risk": -1.0}, "negative"),
    ],
)
def test_wrong_arguments_are_named(arguments: dict[str, object], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        safe_service(**({"risk_increment": 0.01, "effects": [0.0], "acceptable_risk": 0.1} | arguments))


def test_accumulation_is_equation_1() -> None:
    path = accumulate([0.03], rates([0.003], [[0.0, 0.5, 1.0]]))
    assert path[0] == pytest.approx([0.03, 0.033, 0.0345, 0.0345])


def test_years_to_threshold_at_a_corner() -> None:
    assert years_to([0.02], [0.0], np.array([[0.01, 0.01, 0.0]]), [0.0]) == pytest.approx([2.0])
    assert years_to([0.03], [0.0], np.array([[0.01, 0.01, 0.0]]), [0.0]) == [math.inf]
    assert years_to([0.03], [0.05], np.array([[0.01]]), [0.01]) == [0.0]
