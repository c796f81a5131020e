"""Accumulated risk and safe service: eqs 1 to 6, exact in continuous time, for arrays of groups and years.

Risk is piecewise linear in time: year t of the plan is the interval [t, t + 1), in which a group's risk rises at
dR·(1 − ε_t). Nothing here knows money or measures.
"""

from __future__ import annotations

from typing import Any, Literal, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]

ZERO_RATE = 1e-12
"""1 − ε below this counts as 0."""
NEVER = 1e9
"""A safe service above this many years is infinite."""


class Start(NamedTuple):
    """Where each group stands when the plan begins; arrays of shape (groups,)."""

    risk: Floats
    """R_x = R_0 + served·dR."""
    service: Floats
    """N_x = R_x/dR, equivalent years; 0 where dR = 0."""
    exceeded: NDArray[np.bool_]
    """R_x ≥ R_acc."""


def start(risk_increment: ArrayLike, acceptable_risk: ArrayLike, served: ArrayLike, initial_risk: ArrayLike) -> Start:
    """Return R_x, N_x and who is over the threshold already, each of shape (groups,) (design, section 2)."""
    increment, acceptable, years, initial = np.broadcast_arrays(
        *(np.asarray(a, dtype=float) for a in (risk_increment, acceptable_risk, served, initial_risk))
    )
    risk = initial + years * increment
    service = np.divide(risk, increment, out=np.zeros_like(risk), where=increment > 0)
    return Start(risk, service, risk >= acceptable)


def rates(risk_increment: ArrayLike, effects: ArrayLike) -> Floats:
    """Return dR·(1 − ε) per group and year, shape (groups, years), 1/year; 1 − ε below 1e-12 counts as 0 (eq. 4)."""
    left = 1.0 - np.asarray(effects, dtype=float)
    left = np.where(np.abs(left) < ZERO_RATE, 0.0, left)
    return np.asarray(np.asarray(risk_increment, dtype=float)[:, None] * left, dtype=float)


def accumulate(initial: ArrayLike, yearly_rates: ArrayLike) -> Floats:
    """Return R at the start of every year and at the end of the last, shape (groups, years + 1) (eq. 1)."""
    increments = np.asarray(yearly_rates, dtype=float)
    first = np.asarray(initial, dtype=float)[:, None]
    return np.concatenate([first, first + np.cumsum(increments, axis=1)], axis=1)


def years_to(threshold: ArrayLike, initial: ArrayLike, yearly_rates: Floats, tail_rate: ArrayLike) -> Floats:
    """Return the time at which risk first reaches the threshold, shape (groups,), years from the plan's start.

    `yearly_rates` (groups, years) hold inside their year, `tail_rate` (groups,) after the last. ∞ where the threshold
    is never reached, 0 where it is reached already (eqs 5 and 6).
    """
    limit = np.asarray(threshold, dtype=float)
    risk = accumulate(initial, yearly_rates)
    groups, years = yearly_rates.shape
    rate = np.column_stack([yearly_rates, np.broadcast_to(np.asarray(tail_rate, dtype=float), (groups,))])
    reached = np.column_stack([risk[:, 1:] >= limit[:, None], np.ones(groups, dtype=bool)])
    year = np.argmax(reached, axis=1)
    row = np.arange(groups)
    left, speed = limit - risk[row, year], rate[row, year]
    inside = np.divide(left, speed, out=np.full(groups, np.inf), where=speed > 0)
    inside = np.where(year < years, np.minimum(inside, 1.0), inside)
    time = np.where(risk[:, 0] >= limit, 0.0, year + inside)
    return np.where(time > NEVER, np.inf, time)


def safe_service(
    risk_increment: ArrayLike,
    effects: ArrayLike,
    acceptable_risk: ArrayLike,
    served: ArrayLike = 0.0,
    *,
    initial_risk: ArrayLike = 0.0,
    after_horizon: Literal["keep", "lapse"] = "keep",
) -> Any:
    """Return N, equivalent years from zero risk until risk reaches the threshold (eqs 3, 5 and 6).

    `effects` has shape (groups, years), or (years,) for one group; the rest (groups,) or one number. After the last
    year its effect goes on (`keep`) or the increment returns (`lapse`). ∞ where the threshold is never reached. A group
    over the threshold already has N = R_acc/dR, or 0 where dR = 0. Returns shape (groups,), or a float for one group.
    Raises `ValueError` for an effect above 1, a negative increment or service, or a threshold that is not positive.
    """
    table = np.atleast_2d(np.asarray(effects, dtype=float))
    groups = max(table.shape[0], *(np.size(a) for a in (risk_increment, acceptable_risk, served, initial_risk)))
    table = np.broadcast_to(table, (groups, table.shape[1]))
    increment, acceptable, years, initial = (
        np.broadcast_to(np.asarray(a, dtype=float), (groups,))
        for a in (risk_increment, acceptable_risk, served, initial_risk)
    )
    _require(table, increment, acceptable, years, initial)
    begin = start(increment, acceptable, years, initial)
    yearly = rates(increment, table)
    tail = yearly[:, -1] if after_horizon == "keep" and table.shape[1] else increment
    total = service_at(begin, increment, acceptable, years_to(acceptable, begin.risk, yearly, tail))
    single = np.ndim(effects) < 2 and groups == 1
    return float(total[0]) if single else total


def service_at(begin: Start, increment: Floats, acceptable: Floats, time: Floats) -> Floats:
    """Return N of groups that reach their threshold `time` years after the plan's start, shape (groups,)."""
    spent = np.divide(acceptable, increment, out=np.zeros_like(acceptable, dtype=float), where=increment > 0)
    reached = np.where(increment > 0, begin.service + time, np.inf)
    total = np.where(begin.exceeded, spent, reached)
    return np.where(total > NEVER, np.inf, total)


def _require(table: Floats, increment: Floats, acceptable: Floats, served: Floats, initial: Floats) -> None:
    checks = (
        (table <= 1.0 + ZERO_RATE, "an effect is above 1"),
        (np.isfinite(table), "an effect is not finite"),
        (increment >= 0, "a risk increment is negative"),
        (acceptable > 0, "an acceptable risk is not positive"),
        (served >= 0, "a length of service is negative"),
        (initial >= 0, "an initial risk is negative"),
    )
    for holds, message in checks:
        if not np.all(holds):
            raise ValueError(message)
