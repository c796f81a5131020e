"""The work that this package and its peers do: one group, one path, and the figures that all must agree on."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from oshopt.model import WorkGroup
from oshopt.risk.exposure import ExposurePath, Floats
from oshopt.simulation.workforce import Workforce, WorkforceYears, simulate_workforce


@dataclass(frozen=True, slots=True)
class Workload:
    """A group with turnover, onset thresholds and a threshold R_acc, for 20 years under a plan with delays."""

    workers: int
    noise: float = 0.0
    """h of the yearly factor; 0 is the model by lives."""
    sigma: float = 0.0
    """σ of ln ξ."""
    turnover: float = 0.1
    increment: float = 0.003
    served: float = 10.0
    limit: float = 0.05
    years: int = 20
    breaks: tuple[float, ...] = (0.0, 1.5, 3.0, 7.25, 12.0)
    rates: tuple[float, ...] = (0.003, 0.0026, 0.0022, 0.0020, 0.0024)

    @property
    def ends(self) -> Floats:
        """Exposure at the end of each year from 0 on, shape (years + 1,)."""
        return self.exposure(np.arange(self.years + 1.0))

    @property
    def corners(self) -> tuple[Floats, Floats]:
        """Times and exposures between which the exposure is straight, up to the horizon."""
        times = np.array([*self.breaks, float(self.years)])
        return times, np.concatenate(([0.0], np.cumsum(np.diff(times) * self.rates)))

    def exposure(self, times: Floats) -> Floats:
        """Return the exposure at `times` within the horizon, same shape."""
        return np.interp(times, *self.corners)

    @property
    def worker_years(self) -> int:
        """Workers times years."""
        return self.workers * self.years


@dataclass(frozen=True, slots=True)
class Figures:
    """What every form counts."""

    mean_risk: float
    """At the end of the last year."""
    above: int
    """At the end of the last year."""
    cases: int
    """Over all years."""
    leavers: int
    """Over all years."""


def run_oshopt(work: Workload, threads: int = 1, seed: int = 1) -> Figures:
    """Run this package's kernel: the streaming one with noise, the one by lives without."""
    group = WorkGroup(
        id="group",
        headcount=work.workers,
        risk_increment=work.increment,
        served=work.served,
        turnover=work.turnover,
        susceptibility=work.sigma,
        yearly_noise=work.noise,
    )
    path = ExposurePath.of(work.breaks, work.rates)
    return figures(
        simulate_workforce(Workforce.of(group, work.limit), path, years=work.years, seed=seed, threads=threads)
    )


def figures(outcome: WorkforceYears) -> Figures:
    """Return the figures of an outcome."""
    totals = (int(outcome[name].sum()) for name in ("cases", "leavers"))
    return Figures(float(outcome.mean_risk[-1]), int(outcome["above"][-1]), *totals)
