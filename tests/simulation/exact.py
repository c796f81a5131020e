"""Closed forms of the model of lives, by numerical integration, and a check of counts against them."""

from __future__ import annotations

import math

import numpy as np
from scipy import integrate, stats

from oshopt.model import SimulationSettings, WorkGroup
from oshopt.risk.exposure import ExposurePath
from oshopt.simulation.workforce import Workforce, WorkforceYears, simulate_workforce


def run(
    path: ExposurePath | None = None,
    *,
    years: int,
    workers: int = 1_000_000,
    limit: float = 0.1,
    rate: float = 0.02,
    seed: int = 7,
    replication: int = 0,
    threads: int = 1,
    case_leaves: bool = False,
    move_at_limit: bool = False,
    **group: float,
) -> WorkforceYears:
    """Simulate a group whose increment is `rate` on a constant path, or along `path`."""
    people = WorkGroup(id="people", headcount=workers, risk_increment=rate, **group)
    rules = SimulationSettings(case_leaves=case_leaves, move_at_limit=move_at_limit)
    path = path or ExposurePath.of([0.0], [rate], group.get("injury_rate", 0.0))
    workforce = Workforce.of(people, limit, rules)
    return simulate_workforce(workforce, path, years=years, seed=seed, replication=replication, threads=threads)


def assert_share(count: int, trials: int, probability: float) -> None:
    """Hold a binomial count within 4 standard errors of its probability."""
    error = math.sqrt(max(probability * (1 - probability), 1e-12) / trials)
    assert abs(count / trials - probability) <= 4 * error, (count / trials, probability, error)


def lognormal_mean(function: object, sigma: float) -> float:
    """Return E[function(ξ)] for lognormal ξ of mean 1."""
    if sigma == 0:
        return float(function(1.0))  # type: ignore[operator]
    density = stats.norm.pdf
    value, _ = integrate.quad(
        lambda z: function(math.exp(sigma * z - sigma**2 / 2)) * density(z),  # type: ignore[operator]
        -9,
        9,
        limit=400,
        points=[0.0, 1.0, 2.0, 3.0],
    )
    return float(value)


def share_above_lognormal(tenure: float, rate: float, limit: float, sigma: float) -> float:
    """Return Φ((ln(r·τ/R_acc) − σ²/2)/σ), the share above the threshold at one tenure."""
    return float(stats.norm.cdf((np.log(rate * tenure / limit) - sigma**2 / 2) / sigma))
