"""Answers of few digits made exact: the active set of a vertex solved again in float64."""

from __future__ import annotations

from typing import Any

import numpy as np

from oshopt.allocation.program import Program
from oshopt.risk.service import Floats

NEAR = 1e-6
"""A column this near to its bound, or a row to its limit, is taken to lie on it."""
FURTHEST = 1e-5
"""A correction larger than this is not one of digits, and is refused."""


def polish_values(program: Program, values: Floats) -> Floats:
    """Return the vertex that `values` stands for: columns on their bounds, tight rows solved for the others."""
    snapped = np.clip(values, program.lower, program.upper)
    snapped = np.where(snapped - program.lower <= NEAR * 1e-2, program.lower, snapped)
    snapped = np.where(program.upper - snapped <= NEAR * 1e-2, program.upper, snapped)
    free = np.flatnonzero((snapped > program.lower) & (snapped < program.upper))
    activity = program.matrix @ snapped
    target = np.where(np.abs(activity - program.low) <= NEAR, program.low, np.nan)
    target = np.where(np.abs(activity - program.high) <= NEAR, program.high, target)
    tight = np.flatnonzero(np.isfinite(target))
    if len(free) and len(tight):
        change = _least(program.matrix[tight][:, free], target[tight] - activity[tight])
        if np.abs(change).max(initial=0.0) <= FURTHEST:
            snapped[free] = np.clip(snapped[free] + change, program.lower[free], program.upper[free])
    return snapped if program.violation(snapped) <= max(1e-9, program.violation(values)) else values


def polish_duals(program: Program, objective: Floats, values: Floats, duals: Floats) -> Floats:
    """Return multipliers under which columns between their bounds have no reduced cost."""
    free = np.flatnonzero((values > program.lower + NEAR) & (values < program.upper - NEAR))
    used = np.flatnonzero(duals)
    if not len(free) or not len(used):
        return duals
    matrix = program.matrix[:, free].T.tocsr()[:, used]
    change = _least(matrix, objective[free] - matrix @ duals[used])
    better = duals.copy()
    better[used] += change
    if program.dual_bound(objective, better) >= program.dual_bound(objective, duals):
        return better
    return duals


def _least(matrix: Any, right: Floats) -> Floats:
    """Return the smallest correction that solves matrix·change = right, in the sense of least squares."""
    from scipy.sparse.linalg import lsqr

    change: Floats = lsqr(matrix, right, atol=1e-15, btol=1e-15, conlim=0, iter_lim=10 * sum(matrix.shape))[0]
    return change
