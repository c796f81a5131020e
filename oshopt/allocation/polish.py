"""Answers of few digits made exact: the active set of a vertex solved again in float64."""

from __future__ import annotations

from typing import Any

import numpy as np

from oshopt.allocation.program import Program
from oshopt.risk.service import Floats

NEAR = (1e-6, 1e-7, 1e-8, 1e-9)
"""Distances within which a row is taken to lie on its limit, tried in turn until the vertex is exact."""
AT_BOUND = 1e-7
"""A column this near to its bound is taken to lie on it."""
FURTHEST = 1e-5
"""A correction larger than this is not one of digits, and is refused."""
PROVEN = 1e-9
"""Multipliers that leave a gap below this need no more digits."""
EXACT = 1e-13
"""A violation below this is rounding."""


def polish_values(program: Program, values: Floats) -> Floats:
    """Return the vertex that `values` stands for: columns on their bounds, tight rows solved for the others.

    Where no choice of tight rows gives a vertex that violates less, `values` come back as they are.
    """
    best, least = values, program.violation(values)
    snapped = np.clip(values, program.lower, program.upper)
    snapped = np.where(snapped - program.lower <= AT_BOUND, program.lower, snapped)
    snapped = np.where(program.upper - snapped <= AT_BOUND, program.upper, snapped)
    for near in NEAR:
        candidate = _on_tight_rows(program, snapped, near)
        violation = program.violation(candidate)
        if violation <= max(least, EXACT):
            best, least = candidate, violation
        if violation <= EXACT:
            break
    return best


def _on_tight_rows(program: Program, values: Floats, near: float) -> Floats:
    free = np.flatnonzero((values > program.lower) & (values < program.upper))
    activity = program.matrix @ values
    target = np.where(np.abs(activity - program.low) <= near, program.low, np.nan)
    target = np.where(np.abs(activity - program.high) <= near, program.high, target)
    target = np.where(activity > program.high, program.high, np.where(activity < program.low, program.low, target))
    tight = np.flatnonzero(np.isfinite(target))
    away = target[tight] - activity[tight]
    if not len(free) or np.abs(away).max(initial=0.0) <= EXACT:
        return values
    change = _least(program.matrix[tight][:, free], away)
    if np.abs(change).max(initial=0.0) > FURTHEST:
        return values
    moved = values.copy()
    moved[free] = np.clip(moved[free] + change, program.lower[free], program.upper[free])
    return moved


def polish_duals(program: Program, objective: Floats, values: Floats, duals: Floats) -> Floats:
    """Return the multipliers that prove the best bound: the solver's, none at all, or the solver's made exact.

    Exact ones leave columns between their bounds without reduced cost.
    """
    value = float(objective @ values)
    if value - program.dual_bound(objective, duals) <= PROVEN * max(1.0, abs(value)):
        return duals
    candidates = [duals, np.zeros_like(duals)]
    used = np.flatnonzero(np.abs(duals) > AT_BOUND * np.abs(duals).max(initial=0.0))
    free = np.flatnonzero((values > program.lower + AT_BOUND) & (values < program.upper - AT_BOUND))
    if len(free) and len(used):
        exact = np.zeros_like(duals)
        matrix = program.matrix[:, free].T.tocsr()[:, used]
        exact[used] = duals[used] + _least(matrix, objective[free] - matrix @ duals[used])
        candidates.append(exact)
    return max(candidates, key=lambda y: program.dual_bound(objective, y))


def _least(matrix: Any, right: Floats) -> Floats:
    """Return the smallest correction that solves matrix·change = right, in the sense of least squares."""
    from scipy.sparse.linalg import lsqr

    change: Floats = lsqr(matrix, right, atol=1e-15, btol=1e-15, conlim=0, iter_lim=10 * sum(matrix.shape))[0]
    return change
