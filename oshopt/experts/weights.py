"""From opinions to weights: rank sums or numeric significance, competence, insignificant factors, bootstrap draws.

Arrays have the shape (experts, factors), in the order of their ids.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from oshopt.experts.ranks import Floats, Rankings
from oshopt.model import SurveySettings

LOW, HIGH = 0.05, 0.95
"""Quantiles of the draws between which a band lies."""


@dataclass(frozen=True, slots=True, eq=False)
class Opinions:
    """What weights are made from: a row an expert, a column a factor."""

    experts: tuple[str, ...]
    factors: tuple[str, ...]
    values: Floats
    """Mid-ranks, or each expert's significances divided by their sum."""
    by_significance: bool
    say: Floats
    """Weight of each expert's opinion, shape (experts,), mean 1."""


class Weighing(NamedTuple):
    """Weights of the factors and the draws around them."""

    weights: Floats
    """Shape (factors,), sums to 1."""
    draws: Floats
    """Shape (draws, factors), each row sums to 1."""
    insignificant: NDArray[np.bool_]
    """Shape (factors,)."""


def opinions_from_ranks(table: Rankings, say: Floats) -> Opinions:
    """Return opinions by mid-ranks."""
    return Opinions(table.experts, table.factors, table.ranks, False, say)


def opinions_from_significance(table: Rankings, significance: Floats, say: Floats) -> Opinions:
    """Return opinions by numeric significance, shape (experts, factors); each expert's sum to 1."""
    shares = significance / significance.sum(axis=1, keepdims=True)
    return Opinions(table.experts, table.factors, shares, True, say)


def weigh(opinions: Opinions, rules: SurveySettings, *, draws: int | None = None, seed: int | None = None) -> Weighing:
    """Return weights and bootstrap draws; insignificant factors are treated as the rules say.

    A factor is insignificant where even the 95 % quantile of its drawn weight lies below `insignificant`/n, by the
    rules' own number of draws and seed, so that it depends on the survey alone. Where the rules exclude them, such
    factors weigh nothing, in the weights and in every draw, and the others sum to 1. `draws` and `seed` replace those
    of the rules in what is returned.
    """
    weights = weights_of(opinions, opinions.say[None, :])[0]
    drawn = weights_of(opinions, _resampled(opinions.say, rules.draws, rules.seed))
    insignificant = np.quantile(drawn, HIGH, axis=0) < rules.insignificant / len(opinions.factors)
    if draws is not None or seed is not None:
        size, key = rules.draws if draws is None else draws, rules.seed if seed is None else seed
        drawn = weights_of(opinions, _resampled(opinions.say, size, key))
    if rules.exclude_insignificant and not insignificant.all():
        kept = np.where(insignificant, 0.0, 1.0)
        weights, drawn = _normalised(weights * kept), _normalised(drawn * kept)
    return Weighing(weights, drawn, insignificant)


def weights_of(opinions: Opinions, say: Floats) -> Floats:
    """Return weights under different says of the experts, shape (cases, factors), for `say` of (cases, experts).

    From ranks k_i = 2(M(n + 1) − S_i)/(M n(n + 1)), where M is the sum of the says and S_i the weighted rank sum; with
    equal says M is the number of experts. From significance the weighted mean of the experts' shares.
    """
    total = say.sum(axis=1, keepdims=True)
    if opinions.by_significance:
        return _normalised(say @ opinions.values)
    n = len(opinions.factors)
    sums = say @ opinions.values
    weights: Floats = 2 * (total * (n + 1) - sums) / (total * n * (n + 1))
    return weights


def _resampled(say: Floats, draws: int, seed: int) -> Floats:
    """Return the says of experts drawn with replacement from those who have any, shape (draws, experts)."""
    rng = np.random.Generator(np.random.Philox(key=seed))
    heard = np.flatnonzero(say > 0)
    chosen = heard[rng.integers(len(heard), size=(draws, len(heard)))]
    counts = np.zeros((draws, len(say)))
    np.add.at(counts, (np.arange(draws)[:, None], chosen), 1.0)
    return counts * say


def _normalised(weights: Floats) -> Floats:
    total = weights.sum(axis=1, keepdims=True) if weights.ndim == 2 else weights.sum()
    result: Floats = weights / total
    return result
