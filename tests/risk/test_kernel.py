"""The batch kernel against eqs 1 to 6 in plain Python, and its behaviour where nothing can be cached."""

from __future__ import annotations

import math
import os

import numba
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oshopt.risk import kernel
from oshopt.risk.exposure import ExposurePath, tabulate
from oshopt.risk.kernel import CacheError, accumulate, first_passage, jit, time_at, warm_up

without_jit = os.environ.get("NUMBA_DISABLE_JIT") == "1"


def crossing_by_eq_6(risk: float, pace: float, limit: float, breaks: list[float], rates: list[float]) -> float:
    for start, rate, end in zip(breaks, rates, [*breaks[1:], math.inf], strict=True):
        if risk >= limit:
            return start
        step = pace * rate
        if step > 0 and risk + step * (end - start) >= limit:
            return start + (limit - risk) / step
        risk += step * (end - start) if step > 0 else 0.0
    return math.inf


def test_reference_case() -> None:
    path = ExposurePath.of([0.0], [0.003 * (1 - 0.2376)])
    remaining = first_passage([0.03, 0.03, 0.03], [1.0, 1.0, 1.0], [0.11, 0.05, 0.02], path)
    assert remaining + 10 == pytest.approx([44.977265, 18.744316, 10.0], abs=1e-6)


def test_accumulate_is_eq_1_year_by_year() -> None:
    rng = np.random.default_rng(1)
    start, increment, effects = rng.random(57) * 0.1, rng.random(57) * 0.01, rng.random(13)
    risk, expected = start.copy(), np.empty((57, 13))
    for year, effect in enumerate(effects):
        risk = risk + increment * (1 - effect)
        expected[:, year] = risk
    out = np.empty((57, 13))
    for threads in (1, 2, 5):
        paths = accumulate(start, increment, effects, out=out, threads=threads)
        assert paths is out
        assert paths == pytest.approx(expected, rel=1e-14)


@pytest.mark.parametrize("years", [1, 7, 20, 400])
@pytest.mark.parametrize("offset", range(8))
def test_large_paths_are_the_same_wherever_they_begin(monkeypatch: pytest.MonkeyPatch, years: int, offset: int) -> None:
    rng = np.random.default_rng(2)
    start, increment, effects = rng.random(91), rng.random(91), rng.random(years)
    expected = accumulate(start, increment, effects)
    monkeypatch.setattr(kernel, "_BEYOND_CACHE", 256)
    memory = np.full(91 * years + 16, -1.0)
    out = memory[offset : offset + 91 * years].reshape(91, years)
    for threads in (1, 3):
        out[:] = 0.0
        assert np.array_equal(accumulate(start, increment, effects, out=out, threads=threads), expected)
    assert np.all(memory[:offset] == -1)
    assert np.all(memory[offset + 91 * years :] == -1)


def test_accumulate_refuses_shapes_that_disagree() -> None:
    with pytest.raises(ValueError, match="shape"):
        accumulate([0.0, 0.0], [0.1], [0.0])


@settings(max_examples=200, deadline=None)
@given(
    widths=st.lists(st.floats(0.01, 10), min_size=0, max_size=40),
    rates=st.lists(st.sampled_from([0.0, 0.001, 0.02, 0.3]), min_size=41, max_size=41),
    risk=st.floats(0, 0.5),
    pace=st.floats(0.05, 20),
    limit=st.floats(0.01, 1),
)
def test_first_passage_is_eq_6(widths: list[float], rates: list[float], risk: float, pace: float, limit: float) -> None:
    breaks = [0.0, *np.cumsum(widths).tolist()]
    path = ExposurePath.of(breaks, rates[: len(breaks)])
    expected = crossing_by_eq_6(risk, pace, limit, breaks, rates[: len(breaks)])
    crossing = first_passage(risk, pace, limit, path)[()]
    lengths = np.clip(crossing - path.breaks, 0, [*np.diff(path.breaks), math.inf])
    met_at_a_break = risk + pace * np.sum(path.rates * np.nan_to_num(lengths)) == pytest.approx(limit)
    assert crossing == pytest.approx(expected, rel=1e-9, abs=1e-9) or met_at_a_break


def test_a_threshold_met_as_a_standstill_begins_is_met_at_once() -> None:
    path = ExposurePath.of([0.0, 2.0, 5.0], [0.25, 0.0, 0.25])
    assert first_passage(0.0, 1.0, [0.5, 0.75], path).tolist() == [2.0, 6.0]


def test_never_reached_is_infinite() -> None:
    path = ExposurePath.of([0.0, 1.0], [0.1, 0.0])
    assert first_passage(0.0, 1.0, 0.2, path)[()] == math.inf


def test_crowded_breaks_are_found() -> None:
    breaks = [0.0, *(50 + np.arange(60) * 1e-5), 100.0]
    path = ExposurePath.of(breaks, np.linspace(0.001, 0.01, len(breaks)))
    segments, _, cells, grid = tabulate(path, 10)
    exposures = np.linspace(0.0, 2.0, 500)
    known = np.interp(exposures, segments[:-1, 1], segments[:-1, 0], right=np.nan)
    found = np.array([time_at(value, segments, cells, grid) for value in exposures])
    inside = ~np.isnan(known)
    assert found[inside] == pytest.approx(known[inside], abs=1e-9)


@pytest.mark.parametrize(
    ("breaks", "rates"),
    [([0.0, 1.0], [0.1]), ([1.0], [0.1]), ([0.0, 0.0], [0.1, 0.1]), ([0.0], [-0.1]), ([0.0], [math.nan])],
)
def test_broken_paths_are_refused(breaks: list[float], rates: list[float]) -> None:
    with pytest.raises(ValueError, match="must"):
        ExposurePath.of(breaks, rates)


@pytest.mark.skipif(without_jit, reason="nothing is cached without compiling")
def test_no_place_for_the_cache_is_said_with_the_remedy() -> None:
    namespace: dict[str, object] = {"__name__": "somewhere"}
    exec("def nowhere(x):\n    return x", namespace)  # noqa: S102
    with pytest.raises(CacheError, match="NUMBA_CACHE_DIR"):
        jit(namespace["nowhere"])  # type: ignore[type-var]


def test_a_full_disk_is_said_with_the_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(kernel, "accumulate", refuse)
    with pytest.raises(CacheError, match="NUMBA_CACHE_DIR"):
        warm_up()


def test_one_switch_turns_compiling_off(monkeypatch: pytest.MonkeyPatch) -> None:
    def plain(x: float) -> float:
        return x

    monkeypatch.setattr(numba.config, "DISABLE_JIT", 1)
    assert jit(plain) is plain
