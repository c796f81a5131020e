"""The model of lives once more, as one SimPy process per position. It shares no code with the kernels."""

from __future__ import annotations

import math
import random
from collections.abc import Generator
from dataclasses import dataclass, field

import simpy

QUANTITIES = ("risk", "above", "cases", "injuries", "leavers", "moved")


@dataclass
class Rules:
    """What a position lives by; rates a year, times in years."""

    breaks: list[float]
    rates: list[float]
    injury_rates: list[float]
    years: int
    limit: float
    initial: float = 0.0
    served: float = 0.0
    served_spread: float = 0.0
    turnover: float = 0.0
    retirement: float = math.inf
    sigma: float = 0.0
    noise: float = 0.0
    case_leaves: bool = False
    move_at_limit: bool = False
    increment: float = 0.0


@dataclass
class Tally:
    """Counts of one position by quantity and year."""

    rules: Rules
    rows: dict[str, list[float]] = field(init=False)

    def __post_init__(self) -> None:
        self.rows = {name: [0.0] * self.rules.years for name in QUANTITIES}

    def add(self, name: str, time: float) -> None:
        self.rows[name][min(max(math.ceil(time) - 1, 0), self.rules.years - 1)] += 1


def _rate(values: list[float], breaks: list[float], time: float) -> float:
    return values[max(k for k, start in enumerate(breaks) if start <= time)]


def _position(env: simpy.Environment, rules: Rules, rng: random.Random, tally: Tally) -> Generator[object, None, None]:
    first, clock = True, 0.0
    while True:
        xi = rng.lognormvariate(-(rules.sigma**2) / 2, rules.sigma) if rules.sigma else 1.0
        risk, retires = 0.0, clock + rules.retirement
        if first:
            served = rules.served + rng.uniform(-1, 1) * rules.served_spread
            risk = xi * (rules.initial + served * rules.increment)
            retires = max(0.0, rules.retirement - served)
        onset = rng.uniform(min(1.0, risk), 1.0)
        leaves = min(retires, clock + rng.expovariate(rules.turnover) if rules.turnover else math.inf)
        clock, cause = yield from _life(env, clock, rules, rng, tally, xi, risk, onset, leaves)
        if cause == "horizon":
            return
        tally.add("moved" if cause == "moved" else "leavers", clock)
        first = False


def _events(
    rules: Rules, rng: random.Random, now: float, pace: float, hurt: float, risk: float, onset: float
) -> list[tuple[float, str]]:
    year_end = float(math.floor(now) + 1)
    events = [(start, "break") for start in rules.breaks if now < start < year_end]
    if pace > 0:
        events.append((now + max(0.0, onset - risk) / pace, "ill"))
        if rules.move_at_limit:
            events.append((now + max(0.0, rules.limit - risk) / pace, "moved"))
    if hurt > 0:
        events.append((now + rng.expovariate(hurt), "hurt"))
    return [*events, (year_end, "year")]


def _life(
    env: simpy.Environment,
    now: float,
    rules: Rules,
    rng: random.Random,
    tally: Tally,
    xi: float,
    risk: float,
    onset: float,
    leaves: float,
) -> Generator[object, None, tuple[float, str]]:
    ill, factor, factor_year = False, 1.0, -1
    while True:
        if rules.noise and math.floor(now) != factor_year:
            factor_year = math.floor(now)
            factor = rng.uniform(1 - rules.noise, 1 + rules.noise)
        pace = xi * factor * _rate(rules.rates, rules.breaks, now)
        hurt = xi * _rate(rules.injury_rates, rules.breaks, now)
        events = [(leaves, "left"), *_events(rules, rng, now, pace, hurt, risk, math.inf if ill else onset)]
        time, what = min(events)
        yield env.timeout(time - now)
        risk += pace * (time - now)
        now = time
        if what == "ill":
            ill = True
            tally.add("cases", time)
            if rules.case_leaves:
                return now, "left"
        elif what == "hurt":
            tally.add("injuries", time)
        elif what in ("left", "moved"):
            return now, what
        elif what == "year":
            year = round(time) - 1
            tally.rows["risk"][year] += min(risk, 1.0)
            tally.rows["above"][year] += risk >= rules.limit
            if time >= rules.years:
                return now, "horizon"


def simulate_position(rules: Rules, seed: int) -> dict[str, list[float]]:
    """Run one position to the horizon and return its tally, one list over the years per quantity."""
    env = simpy.Environment()
    tally = Tally(rules)
    env.process(_position(env, rules, random.Random(seed), tally))  # noqa: S311
    env.run()
    return tally.rows
