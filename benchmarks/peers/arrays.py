"""NumPy: whole arrays in place, SFC64, no temporaries in the yearly loop, chunks that stay in the second cache."""

from __future__ import annotations

import numpy as np

from benchmarks.workload import Figures, Workload
from oshopt.risk.exposure import Floats

CHUNK = 16_384


def accumulate(start: Floats, increment: Floats, service: Floats, out: Floats) -> None:
    """Write R_i for workers × years."""
    np.multiply(increment[:, None], service[None, :], out=out)
    out += start[:, None]


def run(work: Workload, seed: int = 1) -> Figures:
    """Run the yearly model where the workload is noisy, otherwise the one by lives."""
    rng = np.random.Generator(np.random.SFC64(seed))
    carry = _yearly if work.noise else _lives
    totals = np.zeros(4)
    for first in range(0, work.workers, CHUNK):
        totals += carry(work, min(CHUNK, work.workers - first), rng)
    return Figures(totals[0] / work.workers, int(totals[1]), int(totals[2]), int(totals[3]))


def _yearly(work: Workload, size: int, rng: np.random.Generator) -> Floats:
    times, corners = work.corners
    risk, step, leave, onset = (np.empty(size) for _ in range(4))
    one, two = np.empty(size, bool), np.empty(size, bool)
    risk[:] = work.served * work.increment
    rng.random(out=onset)
    onset *= 1 - risk[0]
    onset += risk[0]
    rng.standard_exponential(out=leave)
    leave /= work.turnover
    above = cases = leavers = 0
    summed = 0.0
    for year, (before, after) in enumerate(zip(work.ends[:-1], work.ends[1:], strict=True)):
        rng.random(out=step)
        step *= 2 * work.noise * (after - before)
        step += (1 - work.noise) * (after - before)
        np.less_equal(leave, year + 1, out=one)
        who = np.flatnonzero(one)
        pace, since = step[who] / (after - before), before
        while who.size:
            end = leave[who]
            exposure = np.interp(end, times, corners)
            reached = risk[who] + pace * (exposure - since)
            cases += np.count_nonzero((risk[who] < onset[who]) & (onset[who] <= reached))
            leavers += who.size
            pace = rng.random(who.size) * (2 * work.noise) + (1 - work.noise)
            leave[who] = end + rng.standard_exponential(who.size) / work.turnover
            onset[who] = rng.random(who.size)
            risk[who] = 0.0
            step[who] = pace * (after - exposure)
            again = leave[who] <= year + 1
            who, pace, since = who[again], pace[again], exposure[again]
        np.less(risk, onset, out=one)
        step += risk
        np.less_equal(onset, step, out=two)
        one &= two
        cases += np.count_nonzero(one)
        risk, step = step, risk
        np.greater_equal(risk, work.limit, out=one)
        above = np.count_nonzero(one)
        np.minimum(risk, 1.0, out=step)
        summed = float(step.sum())
    return np.array([summed, above, cases, leavers], dtype=float)


def _lives(work: Workload, size: int, rng: np.random.Generator) -> Floats:
    times, corners = work.corners
    ends, horizon = work.ends, work.years
    start, before = np.zeros(size), np.zeros(size)
    change = np.zeros((3, horizon + 2))
    cases = np.zeros(horizon + 2)
    leavers, first = 0, np.ones(size, np.intp)
    initial = work.served * work.increment
    while start.size:
        xi = rng.standard_normal(start.size)
        xi *= work.sigma
        xi -= work.sigma**2 / 2
        np.exp(xi, out=xi)
        risk = np.minimum(xi * initial, 1 - 2**-33)
        pace = 1 / xi
        origin = before - risk * pace
        onset = rng.random(start.size)
        onset *= 1 - risk
        onset += risk
        onset *= pace
        onset += origin
        limit = work.limit * pace
        limit += origin
        end = rng.standard_exponential(start.size)
        end /= work.turnover
        end += start
        after = np.interp(end, times, corners)
        last = np.ceil(np.minimum(end, horizon + 1.0)).astype(np.intp)
        ill = onset[onset <= after]
        cases += np.bincount(np.searchsorted(ends, ill), minlength=horizon + 2)
        over = limit <= after
        crossed = np.maximum(first[over], np.searchsorted(ends, limit[over]))
        change[0] += np.bincount(np.minimum(crossed, last[over]), minlength=horizon + 2)
        change[0] -= np.bincount(last[over], minlength=horizon + 2)
        origin *= xi
        for row, values in ((1, xi), (2, origin)):
            change[row] += np.bincount(first, values, minlength=horizon + 2)
            change[row] -= np.bincount(last, values, minlength=horizon + 2)
        again = last <= horizon
        leavers += np.count_nonzero(again)
        start, before, first, initial = end[again], after[again], last[again], 0.0
    above, xi_sum, origin_sum = np.cumsum(change, axis=1)[:, horizon]
    return np.array([xi_sum * ends[-1] - origin_sum, above, cases.sum(), leavers])
