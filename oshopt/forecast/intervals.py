"""Prediction intervals from left-out years (jackknife+), and the chance of passing a limit.

The whole method, its choices included, is repeated without each year in turn, so that an interval knows what choosing
the number of components costs. Barber, Candès, Ramdas, Tibshirani: Predictive inference with the jackknife+, 2021.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from oshopt.forecast.components import Fits, Floats, Method, fit


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Fits of one outcome without each row in turn, and how far each missed its row."""

    fits: Fits
    """n fits, one without each row."""
    misses: Floats
    """Observed less forecast of each left-out row, (n,); of a count in units of √forecast."""

    def centres(self, rows: Floats, exposure: float = 1.0) -> Floats:
        """Return the forecast at rows (m, p) by each fit, (n, m); of a count the number of events."""
        return self.fits.predict(rows)[:, :, 0] * exposure

    def unit(self, centres: Floats) -> Floats:
        """Return what a miss of 1 is at each forecast."""
        return np.sqrt(centres) if self.fits.counts else np.ones_like(centres)


def leave_out(rows: Floats, outcome: Floats, method: Method, exposure: Floats | None = None) -> LeftOut:
    """Return the fits of an outcome (n,) to rows (n, p) without each row in turn; of a count `outcome` is the number.

    Raises `ValueError` as `fit` does.
    """
    count = rows.shape[0]
    against = np.ones(count) if exposure is None else exposure
    values = outcome / against if method.counts else outcome
    fits = fit(rows, values[:, None], 1.0 - np.eye(count), method, against if method.counts else None)
    own = fits.predict(rows)[np.arange(count), np.arange(count), 0]
    if method.counts:
        own = own * against
        return LeftOut(fits, (outcome - own) / np.sqrt(np.maximum(own, 1e-300)))
    return LeftOut(fits, outcome - own)


def interval(
    left_out: LeftOut, centres: Floats, level: float, probabilities: Floats | None = None
) -> tuple[Floats, Floats]:
    """Return the jackknife+ interval from forecasts (n, m), or (n, m, s) over s states of given probabilities.

    The ends are the order statistics of rank level·(n + 1) of forecast ± absolute miss, interpolated between two
    where that is no whole number. With states each forecast counts by its state's probability. A count's lower end is
    0 at least. Raises `ValueError` where there are too few rows for the level.
    """
    count = centres.shape[0]
    if level * (count + 1) > count * (1 + 1e-12):
        least = int(np.ceil(level / (1 - level) - 1e-9))
        raise ValueError(f"an interval of level {level:g} needs at least {least} rows, not n_samples={count}")
    table = centres if centres.ndim == 3 else centres[:, :, None]
    shares = np.ones(1) if probabilities is None else probabilities
    width = np.abs(left_out.misses)[:, None, None] * left_out.unit(table)
    low, high = table - width, table + width
    if left_out.fits.counts:
        low = np.maximum(low, 0.0)
    rank = min(level * (count + 1), count)
    return 0.0 - _at_rank(-low, shares, rank), _at_rank(high, shares, rank)


def _at_rank(table: Floats, shares: Floats, rank: float) -> Floats:
    """Return the value of that rank among (n, m, s) values for each m, where one of state s counts as its share."""
    possible = shares > 0
    weight = np.broadcast_to(shares[possible], (table.shape[0], int(possible.sum()))).ravel()
    found = np.empty(table.shape[1])
    for m in range(table.shape[1]):
        values = table[:, m, possible].ravel()
        order = np.argsort(values, kind="stable")
        found[m] = np.interp(rank, np.cumsum(weight[order]), values[order])
    return found


def exceedance(left_out: LeftOut, centres: Floats, limit: float, probabilities: Floats | None = None) -> Floats:
    """Return P(y > limit) for forecasts (n, m) or (n, m, s): the share of left-out misses that would pass it.

    Half an observation is added above and below, so that n years never prove a chance of 0 or 1.
    """
    table = centres if centres.ndim == 3 else centres[:, :, None]
    shares = np.ones(1) if probabilities is None else probabilities
    would = table + left_out.misses[:, None, None] * left_out.unit(table)
    passed = ((would > limit) * shares).sum(axis=(0, 2))
    return np.asarray((passed + 0.5) / (table.shape[0] + 1))
