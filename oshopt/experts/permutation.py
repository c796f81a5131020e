"""How often rankings at random agree as well as the experts do: counted in full where that is short, else sampled.

Ranks are doubled, so that every sum is a whole number and no tie is decided by rounding.
"""

from __future__ import annotations

from itertools import permutations

import numpy as np
from numpy.typing import NDArray

from oshopt.experts.ranks import Floats

Ints = NDArray[np.int64]

_LARGEST_ROW = 6
_MOST_SUMS = 200_000
_CHUNK = 2_000_000
"""Ranks that are permuted at a time."""
_MOST_RANKS = 200_000_000
"""Ranks that are permuted in all, as long as 199 tables come of it."""


def permutation_p(ranks: Floats, samples: int, seed: int) -> tuple[float, int]:
    """Return P(s ≥ observed) when each expert orders the factors at random, and the random tables behind it.

    The tables are all counted, and their number is 0, where few enough differ; else p is (b + 1)/(B + 1) over
    B = `samples` random ones, fewer where the table is immense. Every expert keeps the own pattern of ties. The order
    of experts and factors is of no account.
    """
    doubled = np.rint(2 * ranks).astype(np.int64)
    observed = _spread(doubled.sum(axis=0))
    rows = sorted((tuple(sorted(row)) for row in doubled.tolist()), key=lambda row: (-len(set(row)), row))
    exact = _exact(rows, observed)
    if exact is not None:
        return exact, 0
    tables = min(samples, max(199, _MOST_RANKS // doubled.size))
    return _sampled(np.array(rows), observed, tables, seed), tables


def _spread(sums: Ints) -> int:
    """Return n²·Σ(S − mean)² in whole numbers."""
    return int(len(sums) * (sums**2).sum() - sums.sum() ** 2)


def _exact(rows: list[tuple[int, ...]], observed: int) -> float | None:
    """Add one expert after another; only sorted sums are kept, since renaming factors changes nothing."""
    factors = len(rows[0])
    base = sum(max(row) for row in rows) + 1
    if factors > _LARGEST_ROW or base**factors > np.iinfo(np.int64).max:
        return None
    digits = np.array([base**power for power in range(factors)])
    sums: Ints = np.array([rows[0]], dtype=np.int64)
    chance: Floats = np.ones(1)
    effort = 0
    for row in rows[1:]:
        orders = np.array(sorted(set(permutations(row))), dtype=np.int64)
        effort += len(sums) * len(orders)
        if effort > _MOST_SUMS:
            return None
        added = np.sort((sums[:, None, :] + orders).reshape(-1, factors), axis=1)
        _, first, place = np.unique(added @ digits, return_index=True, return_inverse=True)
        shared = np.repeat(chance / len(orders), len(orders))
        chance = np.bincount(place.ravel(), weights=shared).astype(float)
        sums = added[first]
    spread = factors * (sums**2).sum(axis=1) - sums.sum(axis=1) ** 2
    return float(chance[spread >= observed].sum())


def _sampled(rows: Ints, observed: int, samples: int, seed: int) -> float:
    rng = np.random.Generator(np.random.Philox(key=seed))
    reached = done = 0
    experts, factors = rows.shape
    while done < samples:
        size = min(max(1, _CHUNK // rows.size), samples - done)
        tables = rng.permuted(np.broadcast_to(rows, (size, experts, factors)), axis=2)
        sums = tables.sum(axis=1)
        spread = factors * (sums**2).sum(axis=1) - sums.sum(axis=1) ** 2
        reached += int((spread >= observed).sum())
        done += size
    return (reached + 1) / (samples + 1)
