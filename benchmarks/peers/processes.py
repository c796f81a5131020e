"""SimPy: one process per position, an event at each end of a life (and of each year where the increment is noisy)."""

from __future__ import annotations

import math
import random
from bisect import bisect_right
from collections.abc import Generator
from typing import Any

import simpy

from benchmarks.workload import Figures, Workload


class _Tally:
    def __init__(self, work: Workload) -> None:
        self.risk = 0.0
        self.above = self.cases = self.leavers = 0
        self.times, self.corners = (values.tolist() for values in work.corners)

    def exposure(self, time: float) -> float:
        place = min(bisect_right(self.times, time), len(self.times) - 1)
        low, high = self.times[place - 1], self.times[place]
        share = min((time - low) / (high - low), 1.0)
        return self.corners[place - 1] + share * (self.corners[place] - self.corners[place - 1])


def run(work: Workload, seed: int = 1) -> Figures:
    """Run one process per position."""
    env, rng, tally = simpy.Environment(), random.Random(seed), _Tally(work)  # noqa: S311
    carry = _yearly if work.noise else _lives
    for _ in range(work.workers):
        env.process(carry(env, work, rng, tally))
    env.run()
    return Figures(tally.risk / work.workers, tally.above, tally.cases, tally.leavers)


def _lives(env: simpy.Environment, work: Workload, rng: random.Random, tally: _Tally) -> Generator[Any, None, None]:
    initial = work.served * work.increment
    while True:
        xi = rng.lognormvariate(-(work.sigma**2) / 2, work.sigma)
        risk = min(1 - 2**-33, xi * initial)
        onset = risk + (1 - risk) * rng.random()
        end = env.now + rng.expovariate(work.turnover)
        reached = risk + xi * (tally.exposure(end) - tally.exposure(env.now))
        tally.cases += onset <= reached
        if end > work.years:
            tally.risk += min(reached, 1.0)
            tally.above += reached >= work.limit
            return
        tally.leavers += 1
        initial = 0.0
        yield env.timeout(end - env.now)


def _yearly(env: simpy.Environment, work: Workload, rng: random.Random, tally: _Tally) -> Generator[Any, None, None]:
    risk = work.served * work.increment
    onset = risk + (1 - risk) * rng.random()
    leave = rng.expovariate(work.turnover)
    factor = rng.uniform(1 - work.noise, 1 + work.noise)
    while True:
        year_end = math.floor(env.now) + 1.0
        end = min(leave, year_end)
        reached = risk + factor * (tally.exposure(end) - tally.exposure(env.now))
        tally.cases += risk < onset <= reached
        risk = reached
        yield env.timeout(end - env.now)
        factor = rng.uniform(1 - work.noise, 1 + work.noise)
        if leave <= year_end:
            tally.leavers += 1
            risk, onset, leave = 0.0, rng.random(), leave + rng.expovariate(work.turnover)
        elif year_end >= work.years:
            tally.risk += min(risk, 1.0)
            tally.above += risk >= work.limit
            return
