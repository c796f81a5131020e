"""The workforce against closed forms, against a process per worker, and against itself under any split."""

from __future__ import annotations

import math
import os
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import integrate

from oshopt.model import SimulationSettings, WorkGroup
from oshopt.risk.exposure import ExposurePath, tabulate
from oshopt.risk.kernel import first_passage
from oshopt.simulation.draws import stream
from oshopt.simulation.lives import carry_lives
from oshopt.simulation.traits import ROWS
from oshopt.simulation.turnover import carry_turnover
from oshopt.simulation.workforce import QUANTITIES, Workforce, simulate_workforce, warm_up
from oshopt.simulation.yearly import carry_years
from tests.simulation.exact import assert_share, lognormal_mean, run, share_above_lognormal
from tests.simulation.process_model import Rules, simulate_position

WORKERS = 1_000_000
SMALL = 3000 if os.environ.get("NUMBA_DISABLE_JIT") != "1" else 100
needs_jit = pytest.mark.skipif(os.environ.get("NUMBA_DISABLE_JIT") == "1", reason="a million lives need compiled code")
STEPS = ExposurePath.of([0.0, 1.5, 4.0, 6.25], [0.02, 0.015, 0.0, 0.03], [0.05, 0.04, 0.0, 0.1])
BUSY = {"turnover": 0.15, "susceptibility": 0.6, "served": 4.0, "served_spread": 2.0, "injury_rate": 0.05}


@pytest.fixture(scope="session", autouse=True)
def _compiled() -> None:
    warm_up()


# --- nothing random: exact -------------------------------------------------------------------------------------------


def test_without_spread_everybody_crosses_when_eq_6_says() -> None:
    path = ExposurePath.yearly(0.01, [0.0, 0.5, 0.5, 0.2])
    crossing = first_passage(0.03, 1.0, 0.05, path)[()]
    assert crossing == pytest.approx(3.0, abs=1e-12)
    outcome = run(path, years=6, workers=SMALL, limit=0.0501, rate=0.01, served=3.0)
    assert outcome["above"].tolist() == [0, 0, 0, SMALL, SMALL, SMALL]
    assert outcome.mean_risk == pytest.approx([0.04, 0.045, 0.05, 0.058, 0.066, 0.074], abs=1e-9)


def test_retirement_is_exact() -> None:
    outcome = run(years=10, workers=SMALL, served=6.0, retirement_service=9.5, rate=0.01, limit=0.05)
    assert outcome["leavers"].tolist() == [0, 0, 0, SMALL, 0, 0, 0, 0, 0, 0]
    assert outcome["above"].tolist() == [SMALL] * 3 + [0] * 5 + [SMALL] * 2
    assert outcome.mean_risk[[2, 3, 9]] == pytest.approx([0.09, 0.005, 0.065], abs=1e-9)


def test_moves_are_exact() -> None:
    outcome = run(years=8, workers=SMALL, rate=0.02, limit=0.05, move_at_limit=True)
    assert outcome["moved"].tolist() == [0, 0, SMALL, 0, SMALL, 0, 0, SMALL]
    assert outcome["above"].sum() == 0


def test_already_above_moves_at_once() -> None:
    outcome = run(years=2, workers=SMALL, rate=0.02, limit=0.05, served=5.0, move_at_limit=True)
    assert outcome["moved"].tolist() == [SMALL, 0]
    assert outcome.mean_risk == pytest.approx([0.02, 0.04], abs=1e-9)


def test_risk_never_exceeds_one() -> None:
    outcome = run(years=4, workers=SMALL, rate=0.4, limit=0.5)
    assert outcome.mean_risk == pytest.approx([0.4, 0.8, 1.0, 1.0], abs=1e-9)
    assert outcome["cases"].sum() == SMALL


def test_rounding_makes_no_risk_negative() -> None:
    path = ExposurePath.of([0.0, 1.0], [0.32856517206051356, 0.0])
    outcome = run(path, years=2, workers=2, limit=1.0, turnover=1.0, served=3.0)
    assert outcome["risk"][1] == 0


@pytest.mark.parametrize("noise", [0.0, 1e-9])
def test_certain_risk_is_a_case_of_the_first_year(noise: float) -> None:
    outcome = run(years=2, workers=SMALL, rate=0.2, served=6.0, yearly_noise=noise)
    assert outcome["cases"].tolist() == [SMALL, 0]


# --- closed forms within four standard errors at a million lives -----------------------------------------------------


@needs_jit
@pytest.mark.parametrize("noise", [0.0, 1e-9])
@pytest.mark.parametrize("sigma", [0.0, 0.7, 1.4])
def test_cases_are_the_mean_of_min_one_and_risk(sigma: float, noise: float) -> None:
    outcome = run(years=12, susceptibility=sigma, rate=0.03, yearly_noise=noise)
    for year in (0, 5, 11):
        expected = lognormal_mean(lambda xi, t=year + 1: min(1.0, 0.03 * xi * t), sigma)
        assert_share(int(outcome["cases"][: year + 1].sum()), WORKERS, expected)
        assert outcome.mean_risk[year] == pytest.approx(expected, rel=0.01)


@needs_jit
@pytest.mark.parametrize("noise", [0.0, 1e-9])
def test_turnover_thins_those_above(noise: float) -> None:
    outcome = run(years=60, turnover=0.2, rate=0.02, limit=0.1, yearly_noise=noise)
    for year in (20, 59):
        assert_share(int(outcome["above"][year]), WORKERS, math.exp(-0.2 * 5))
    assert_share(int(outcome["above"][3]), WORKERS, 0.0)
    assert outcome["leavers"].sum() / WORKERS == pytest.approx(12.0, abs=4 * math.sqrt(12 / WORKERS))


@needs_jit
@pytest.mark.parametrize("noise", [0.0, 1e-9])
def test_turnover_with_retirement(noise: float) -> None:
    outcome = run(years=100, turnover=0.1, retirement_service=8.0, rate=0.02, limit=0.1, yearly_noise=noise)
    a, b, c = (math.exp(-0.1 * t) for t in (5.0, 8.0, 0.0))
    assert_share(int(outcome["above"][99]), WORKERS, (a - b) / (c - b))


@needs_jit
@pytest.mark.parametrize("noise", [0.0, 1e-9])
def test_susceptibility_spreads_the_crossing(noise: float) -> None:
    outcome = run(years=10, susceptibility=0.5, rate=0.02, limit=0.1, yearly_noise=noise)
    for year in range(10):
        assert_share(int(outcome["above"][year]), WORKERS, share_above_lognormal(year + 1.0, 0.02, 0.1, 0.5))


@needs_jit
@pytest.mark.parametrize("noise", [0.0, 1e-9])
def test_cases_that_leave_are_a_renewal_process(noise: float) -> None:
    outcome = run(years=10, rate=0.1, case_leaves=True, limit=1.0, yearly_noise=noise)
    for year in (2, 9):
        expected = math.expm1(0.1 * (year + 1))
        observed = outcome["cases"][: year + 1].sum() / WORKERS
        assert observed == pytest.approx(expected, abs=4 * math.sqrt(expected / WORKERS))


@needs_jit
@pytest.mark.parametrize("noise", [0.0, 1e-9])
def test_cases_that_leave_under_turnover(noise: float) -> None:
    rate, leaving, limit = 0.1, 0.2, 0.4
    outcome = run(years=100, rate=rate, turnover=leaving, limit=limit, case_leaves=True, yearly_noise=noise)
    density = [
        integrate.quad(lambda t: math.exp(-leaving * t) * (1 - rate * t), start, 1 / rate)[0]
        for start in (limit / rate, 0.0)
    ]
    assert_share(int(outcome["above"][99]), WORKERS, density[0] / density[1])


@needs_jit
def test_injuries_are_poisson_with_own_pace() -> None:
    outcome = run(STEPS, years=8, susceptibility=0.8, turnover=0.3, injury_rate=0.1, lost_days=11.0)
    table = tabulate(STEPS, 8)
    expected = np.diff(table.ends[1, :9])
    for year in range(8):
        slack = 4 * math.sqrt(expected[year] * (1 + 2 * expected[year]) / WORKERS)
        assert abs(outcome["injuries"][year] / WORKERS - expected[year]) <= slack
    assert outcome.lost_days.tolist() == (outcome["injuries"] * 11.0).tolist()


@needs_jit
def test_noise_keeps_the_mean_and_spreads_the_crossing() -> None:
    outcome = run(years=3, rate=0.02, limit=0.06, yearly_noise=0.6)
    assert outcome.mean_risk == pytest.approx([0.02, 0.04, 0.06], rel=0.002)
    assert_share(int(outcome["above"][2]), WORKERS, 0.5)
    assert_share(int(outcome["above"][1]), WORKERS, (2 * 1.6 - 3.0) ** 2 / 2 / 1.2**2)


# --- a process per worker --------------------------------------------------------------------------------------------

PROCESSES = 4000
CASES = {
    "plain": {},
    "moves": {"move_at_limit": True},
    "cases leave": {"case_leaves": True},
    "both": {"move_at_limit": True, "case_leaves": True},
    "noise": {"noise": 0.6},
    "noise and both": {"noise": 0.6, "move_at_limit": True, "case_leaves": True},
}


@needs_jit
@pytest.mark.parametrize("name", CASES)
def test_agrees_with_a_process_per_worker(name: str) -> None:
    extra = CASES[name]
    rules = Rules(
        breaks=STEPS.breaks.tolist(),
        rates=(STEPS.rates * 3).tolist(),
        injury_rates=(STEPS.injury_rates * 3).tolist(),
        years=9,
        limit=0.2,
        initial=0.01,
        served=4.0,
        served_spread=3.0,
        turnover=0.15,
        retirement=8.7,
        sigma=0.6,
        increment=0.02,
        **extra,
    )
    samples = [simulate_position(rules, seed) for seed in range(PROCESSES)]
    path = ExposurePath(STEPS.breaks, STEPS.rates * 3, STEPS.injury_rates * 3)
    group = WorkGroup(
        id="people",
        headcount=400_000,
        risk_increment=0.02,
        initial_risk=0.01,
        served=4.0,
        served_spread=3.0,
        turnover=0.15,
        retirement_service=8.7,
        susceptibility=0.6,
        injury_rate=0.15,
        yearly_noise=extra.get("noise", 0.0),
    )
    rules_of_group = SimulationSettings(
        case_leaves=extra.get("case_leaves", False), move_at_limit=extra.get("move_at_limit", False)
    )
    outcome = simulate_workforce(Workforce.of(group, 0.2, rules_of_group), path, years=9, seed=3)
    for quantity in ("risk", "above", "cases", "injuries", "leavers", "moved"):
        rows = np.array([sample[quantity] for sample in samples])
        observed = outcome[quantity] / group.headcount / (2**32 if quantity == "risk" else 1)
        error = rows.std(axis=0, ddof=1) / math.sqrt(PROCESSES) + 0.5 / PROCESSES
        assert np.all(np.abs(rows.mean(axis=0) - observed) <= 4.5 * error), (quantity, rows.mean(axis=0), observed)


# --- bits ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("noise", [0.0, 0.4])
def test_any_split_gives_equal_bits(noise: float) -> None:
    whole = run(STEPS, years=9, workers=SMALL, yearly_noise=noise, **BUSY)
    for threads in (2, 3, 7):
        split = run(STEPS, years=9, workers=SMALL, yearly_noise=noise, threads=threads, **BUSY)
        assert np.array_equal(whole.table, split.table)


@pytest.mark.parametrize("carry", [carry_lives, carry_turnover, carry_years])
@pytest.mark.parametrize("step", [1, 17, 1024, 2500])
def test_any_chunk_gives_equal_bits(carry: object, step: int) -> None:
    size = min(SMALL, 60 * step)
    group = WorkGroup(id="people", headcount=size, risk_increment=0.02, yearly_noise=0.3, **BUSY)
    traits = Workforce.of(group, 0.1).traits
    table, source = tabulate(STEPS, 9), stream(5, 2, "people")
    whole, chunks = np.zeros((ROWS, 11), np.int64), np.zeros((ROWS, 11), np.int64)
    carry(0, size, traits, table, source, whole)  # type: ignore[operator]
    for first in range(0, size, step):
        carry(first, min(size, first + step), traits, table, source, chunks)  # type: ignore[operator]
    assert np.array_equal(whole, chunks)


@settings(max_examples=60 if SMALL > 100 else 5, deadline=None)
@given(
    turnover=st.floats(0, 4.0),
    retirement=st.none() | st.floats(0.2, 20.0),
    served=st.floats(0, 12.0),
    sigma=st.sampled_from([0.0, 0.6, 2.5]),
    noise=st.floats(0.01, 1.0),
    rate=st.floats(0.001, 0.5),
)
def test_both_streaming_kernels_give_equal_bits(
    turnover: float, retirement: float | None, served: float, sigma: float, noise: float, rate: float
) -> None:
    group = WorkGroup(
        id="people",
        risk_increment=rate,
        turnover=turnover,
        retirement_service=retirement,
        served=served,
        served_spread=served / 2,
        susceptibility=sigma,
        yearly_noise=noise,
    )
    traits, size = Workforce.of(group, 0.1).traits, min(SMALL, 1500)
    table, source = (
        tabulate(ExposurePath(STEPS.breaks, STEPS.rates * 20 * rate, STEPS.injury_rates), 9),
        stream(1, 0, ""),
    )
    general, plain = np.zeros((ROWS, 11), np.int64), np.zeros((ROWS, 11), np.int64)
    carry_years(0, size, traits, table, source, general)
    carry_turnover(0, size, traits, table, source, plain)
    assert np.array_equal(general, plain)


@pytest.mark.parametrize("rules", [{}, {"move_at_limit": True}, {"case_leaves": True}])
def test_both_kernels_live_the_same_lives(rules: dict[str, bool]) -> None:
    path = ExposurePath(STEPS.breaks, STEPS.rates * 3, STEPS.injury_rates)
    by_lives = run(path, years=9, workers=SMALL, retirement_service=9.0, **BUSY, **rules)
    yearly = run(path, years=9, workers=SMALL, retirement_service=9.0, yearly_noise=1e-14, **BUSY, **rules)
    for quantity in QUANTITIES:
        if quantity != "risk":
            assert np.array_equal(by_lives[quantity], yearly[quantity]), quantity
    assert by_lives.mean_risk == pytest.approx(yearly.mean_risk, abs=1e-9)


def test_common_random_numbers() -> None:
    better = ExposurePath(STEPS.breaks, STEPS.rates * 0.8, STEPS.injury_rates * 0.8)
    base, less = (run(path, years=9, workers=SMALL, **BUSY) for path in (STEPS, better))
    assert np.array_equal(base["leavers"], less["leavers"])
    assert np.all(np.cumsum(less["cases"]) <= np.cumsum(base["cases"]))
    assert np.all(np.cumsum(less["injuries"]) <= np.cumsum(base["injuries"]))
    assert np.all(less["above"] <= base["above"])


def test_replications_groups_and_seeds_differ() -> None:
    base = run(STEPS, years=5, workers=SMALL, **BUSY)
    for change in ({"seed": 8}, {"replication": 1}):
        assert not np.array_equal(base.table, run(STEPS, years=5, workers=SMALL, **BUSY, **change).table)


# --- conservation ----------------------------------------------------------------------------------------------------


@settings(max_examples=60 if SMALL > 100 else 10, deadline=None)
@given(
    workers=st.integers(1, 300),
    years=st.integers(1, 30),
    rates=st.lists(st.floats(0, 0.5), min_size=1, max_size=6),
    width=st.floats(0.05, 4.0),
    turnover=st.floats(0, 3.0),
    retirement=st.none() | st.floats(0.2, 40.0),
    sigma=st.floats(0, 2.5),
    noise=st.sampled_from([0.0, 0.5, 1.0]),
    limit=st.floats(0.01, 1.0),
    rules=st.tuples(st.booleans(), st.booleans()),
)
def test_every_life_ends_once(
    workers: int,
    years: int,
    rates: list[float],
    width: float,
    turnover: float,
    retirement: float | None,
    sigma: float,
    noise: float,
    limit: float,
    rules: tuple[bool, bool],
) -> None:
    path = ExposurePath.of(np.arange(len(rates)) * width, rates, 0.2)
    outcome = run(
        path,
        years=years,
        workers=workers,
        limit=limit,
        turnover=turnover,
        retirement_service=retirement,
        susceptibility=sigma,
        yearly_noise=noise,
        injury_rate=0.2,
        served=3.0,
        case_leaves=rules[0],
        move_at_limit=rules[1],
    )
    assert np.all(outcome.table >= 0)
    assert np.all(outcome["headcount"] == workers)
    assert np.array_equal(outcome["hires"], outcome["leavers"] + outcome["moved"])
    assert np.all(outcome["above"] <= workers)
    assert np.all((outcome.mean_risk >= 0) & (outcome.mean_risk <= 1))
    lives = workers + outcome["hires"].sum()
    assert outcome["cases"].sum() <= lives
    if rules[1]:
        assert outcome["above"].sum() == 0


# --- limits ----------------------------------------------------------------------------------------------------------


def test_bad_input_is_refused() -> None:
    group = WorkGroup(id="people", risk_increment=0.1)
    for years in (0, 101):
        with pytest.raises(ValueError, match="years"):
            simulate_workforce(Workforce.of(group, 0.1), STEPS, years=years, seed=1)
    with pytest.raises(ValueError, match="seed"):
        simulate_workforce(Workforce.of(group, 0.1), STEPS, years=1, seed=1 << 64)
    with pytest.raises(ValueError, match="susceptibility"):
        Workforce.of(group.update(susceptibility=3.0), 0.1)


@needs_jit
def test_without_jit_the_bits_are_the_same() -> None:
    program = (
        "from tests.simulation.exact import run\n"
        "from tests.simulation.test_workforce import STEPS, BUSY\n"
        "for noise in (0.0, 0.4):\n"
        "    print(run(STEPS, years=5, workers=40, yearly_noise=noise, **BUSY).table.tolist())\n"
    )
    outputs = [
        subprocess.run(
            [sys.executable, "-W", "error", "-c", program],
            env={**os.environ, "NUMBA_DISABLE_JIT": disabled},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for disabled in ("0", "1")
    ]
    assert outputs[0] == outputs[1]
    assert outputs[0].count("[[") == 2
