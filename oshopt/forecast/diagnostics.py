"""How far indicators hang together: condition number and variance inflation."""

from __future__ import annotations

import numpy as np

from oshopt.forecast.components import Floats, basis, effective


def condition_number(rows: Floats) -> float:
    """Return the largest over the smallest singular value of the standardised indicators (n, p); ∞ where one follows
    from the others or does not vary."""
    found = basis(rows, np.ones((1, rows.shape[0])))
    used = effective(found, rows.shape)[0]
    if used.sum() < rows.shape[1]:
        return float("inf")
    return float(found.singular[0, 0] / found.singular[0, -1])


def variance_inflation(rows: Floats) -> Floats:
    """Return the variance inflation factor 1/(1 − R²) of each indicator on the others, (p,).

    ∞ for one that the others determine, as with fewer rows than indicators; 1 for one that does not vary.
    """
    found = basis(rows, np.ones((1, rows.shape[0])))
    used = effective(found, rows.shape)[0]
    axes, singular = found.axes[0], found.singular[0]
    inverse = np.where(used, 1.0 / np.where(used, singular, 1.0) ** 2, 0.0)
    factors = rows.shape[0] * inverse @ axes**2
    varies = found.gain[0] > 0
    captured = (axes[used] ** 2).sum(axis=0)
    factors = np.where(captured < 1 - 1e-9, np.inf, factors)
    return np.asarray(np.where(varies, factors, 1.0))
