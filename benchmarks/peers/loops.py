"""Numba as one would first write it: a loop over workers, `np.random` inside, one worker at a time.

And a bare loop, which shows what a second thread is worth on this machine.
"""

from __future__ import annotations

import numba
import numpy as np

from benchmarks.workload import Figures, Workload
from oshopt.risk.exposure import Floats
from oshopt.risk.kernel import in_chunks


def run(work: Workload, seed: int = 1) -> Figures:
    """Run one worker after another."""
    times, corners = work.corners
    carry = _yearly if work.noise else _lives
    last = work.sigma if not work.noise else work.noise
    initial = work.served * work.increment
    risk, above, cases, leavers = carry(
        seed, work.workers, work.years, initial, work.limit, work.turnover, last, times, corners
    )
    return Figures(risk / work.workers, above, cases, leavers)


def bare(steps: int, threads: int) -> None:
    """Do a multiplication and an addition `steps` times, in the nearest cache, vectorised, nothing shared."""
    in_chunks(lambda first, last: _bare(last - first), steps, threads)


@numba.njit(error_model="numpy", nogil=True)
def _bare(steps: int) -> float:
    values = np.full(1024, 0.5)
    for _ in range(steps // values.size):
        for i in range(values.size):
            values[i] = values[i] * 0.999 + 0.001
    return values[0]


@numba.njit(error_model="numpy")
def _exposure(time: float, times: Floats, corners: Floats) -> float:
    place = 1
    while place < times.size - 1 and times[place] <= time:
        place += 1
    share = min((time - times[place - 1]) / (times[place] - times[place - 1]), 1.0)
    return corners[place - 1] + share * (corners[place] - corners[place - 1])


@numba.njit(error_model="numpy")
def _lives(
    seed: int,
    workers: int,
    years: int,
    initial: float,
    limit: float,
    turnover: float,
    sigma: float,
    times: Floats,
    corners: Floats,
) -> tuple[float, int, int, int]:
    np.random.seed(seed)
    ends = np.array([_exposure(float(year), times, corners) for year in range(years + 1)])
    risks, above = np.zeros(years + 1), np.zeros(years + 1, np.int64)
    cases = leavers = 0
    for _ in range(workers):
        start, before, began, carried = 0.0, 0.0, 1, initial
        while start <= years:
            xi = np.exp(sigma * np.random.normal() - sigma**2 / 2)
            risk = min(1 - 2**-33, xi * carried)
            onset = risk + (1 - risk) * np.random.random()
            end = start + np.random.exponential() / turnover
            after = _exposure(end, times, corners)
            cases += onset <= risk + xi * (after - before)
            for year in range(began, years + 1):
                if year >= end:
                    break
                reached = risk + xi * (ends[year] - before)
                risks[year] += min(reached, 1.0)
                above[year] += reached >= limit
                began = year + 1
            leavers += end <= years
            start, before, carried = end, after, 0.0
    return risks[years], above[years], cases, leavers


@numba.njit(error_model="numpy")
def _yearly(
    seed: int,
    workers: int,
    years: int,
    initial: float,
    limit: float,
    turnover: float,
    noise: float,
    times: Floats,
    corners: Floats,
) -> tuple[float, int, int, int]:
    np.random.seed(seed)
    ends = np.array([_exposure(float(year), times, corners) for year in range(years + 1)])
    risks, above = np.zeros(years + 1), np.zeros(years + 1, np.int64)
    cases = leavers = 0
    for _ in range(workers):
        risk = initial
        onset = risk + (1 - risk) * np.random.random()
        leave = np.random.exponential() / turnover
        for year in range(years):
            before = ends[year]
            pace = 1 - noise + 2 * noise * np.random.random()
            while leave <= year + 1:
                exposure = _exposure(leave, times, corners)
                cases += risk < onset <= risk + pace * (exposure - before)
                leavers += 1
                risk, onset, before = 0.0, np.random.random(), exposure
                leave += np.random.exponential() / turnover
                pace = 1 - noise + 2 * noise * np.random.random()
            reached = risk + pace * (ends[year + 1] - before)
            cases += risk < onset <= reached
            risk = reached
            risks[year + 1] += min(risk, 1.0)
            above[year + 1] += risk >= limit
    return risks[years], above[years], cases, leavers
