"""Increment of risk from observed cases."""

from __future__ import annotations

from typing import NamedTuple


class Increment(NamedTuple):
    """dR with its exact interval, 1/year."""

    value: float
    low: float
    high: float


def calibrate(cases: int, person_years: float, level: float = 0.95) -> Increment:
    """Return dR = cases/person_years with the exact (Garwood) interval of a Poisson count.

    Arguments:
        cases: observed cases of occupational disease, a count.
        person_years: people times years under observation, above 0.
        level: probability that the interval covers the true increment, at least.

    Raises:
        ValueError: for a negative or fractional count, person-years not above 0, or a level outside (0, 1).

    """
    if cases < 0 or cases != int(cases):
        raise ValueError(f"cases must be a count of 0 or more, not {cases!r}")
    if not 0 < person_years < float("inf"):
        raise ValueError(f"person-years must be above 0, not {person_years!r}")
    if not 0 < level < 1:
        raise ValueError(f"the level must lie between 0 and 1, not {level!r}")
    from scipy.special import gammaincinv

    tail = (1 - level) / 2
    low = float(gammaincinv(cases, tail)) if cases else 0.0
    high = float(gammaincinv(cases + 1, 1 - tail))
    return Increment(cases / person_years, low / person_years, high / person_years)
