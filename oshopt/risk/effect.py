"""Money to effect: shares in force over the years, curves, upkeep and renewal, and eq. 7.

Arrays have the shape (measures, years), rows in the order of `ScenarioArrays.measures`.
"""

from __future__ import annotations

import numpy as np

from oshopt.risk.arrays import ScenarioArrays
from oshopt.risk.service import ZERO_RATE, Floats


def in_force(arrays: ScenarioArrays, shares: Floats, years: int, *, past_first: bool = False) -> Floats:
    """Return S, the bought share in force, shape (measures, years).

    A share of year s acts in the years t with s + lead ≤ t < s + lead + lifetime. Shares add up, but of levels the
    highest counts. With `past_first` only what has been in force for more than a year counts: the part that upkeep is
    paid on.
    """
    bought = shares.shape[1]
    age = np.arange(years)[None, :] - np.arange(bought)[:, None]
    active = (age[None] >= arrays.lead[:, None, None] + past_first) & (
        age[None] < (arrays.lead + arrays.lifetime)[:, None, None]
    )
    total: Floats = np.einsum("ms,mst->mt", shares, active)
    for row in arrays.levelled:
        total[row] = (shares[row][:, None] * active[row]).max(axis=0)
    return total


def effect_share(arrays: ScenarioArrays, force: Floats, kept: Floats) -> Floats:
    """Return E = min(1 − status quo, curve(S)), the share of the full effect that money adds, shape as `force`.

    `kept` (measures, years) is the share of the status quo still paid for; what is not leaves room to buy.
    """
    curved = np.minimum(force, 1.0)
    for row, points in arrays.curves.items():
        curved[row] = np.interp(curved[row], points[0], points[1])
    return np.minimum(curved, 1.0 - kept)


def effect(arrays: ScenarioArrays, shares_of_effect: Floats, kept: Floats) -> Floats:
    """Return ε = e_max·Σ_m k_m·reach·(E + kept − status quo), shape (groups, years) (eq. 7).

    It is negative where a strategy stops paying for what is in force today: the increment rises by the effect lost.
    Within 1e-12 of 1 it is 1, since weights that sum to 1 do so only up to rounding.
    """
    net = shares_of_effect + kept - arrays.status_quo[:, None]
    total = arrays.gain @ net
    return np.where(np.abs(1.0 - total) < ZERO_RATE, 1.0, total)


def upkeep(arrays: ScenarioArrays, shares: Floats, kept: Floats) -> Floats:
    """Return money that keeps the status quo and everything past its first year going, shape (measures, years)."""
    years = arrays.full_cost.shape[1]
    running = in_force(arrays, shares, years, past_first=True) + kept
    return arrays.upkeep[:, None] * arrays.full_cost * running
