"""Agreement of experts on an order: Kendall's W with ties, its χ² and permutation p, who disagrees (S3, eqs 4 to 7)."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np

from oshopt.experts.permutation import permutation_p
from oshopt.experts.ranks import Floats, Rankings, Table, mid_ranks, rankings
from oshopt.language import numeral, say
from oshopt.model import Concordance, FrozenMap, GroupAgreement, InputError, Problem

PERMUTATIONS = 9999
"""Random tables behind a permutation p that is too long to count."""


def concordance(
    ranks: Table | Any,
    *,
    significance: bool = False,
    threshold: float = 0.5,
    level: float = 0.05,
    permutations: int = PERMUTATIONS,
    seed: int = 1,
) -> Concordance:
    """Return how far experts agree on the order of factors.

    `ranks` maps experts to factors to ranks, or is an array (experts, factors); with `significance` its numbers are
    scores, of which more means more important. Equal places become mid-ranks, dense ranks are converted, and a notice
    says so. Agreement means W ≥ `threshold` and χ² above critical at `level`: a large group is significant at a trivial
    W. Raises `InputError` for whatever cannot be ranked, and where every expert tied all factors.
    """
    table = rankings(ranks, significance=significance)
    return agreement(table, threshold=threshold, level=level, permutations=permutations, seed=seed)


def agreement(table: Rankings, *, threshold: float, level: float, permutations: int, seed: int) -> Concordance:
    """Return the concordance of mid-ranks (eqs 4 to 7)."""
    from scipy.special import chdtrc, chdtri

    m, n = table.ranks.shape
    ties = _ties(table.ranks)
    w, s = _coefficient(table.ranks, ties)
    if w is None:
        message = "every expert gave all factors one place: there is no order to agree on"
        remedy = "Ask the experts to tell the factors apart."
        raise InputError([Problem("survey", "", "rank", "", message, remedy)])
    sums = table.ranks.sum(axis=0)
    mean = m * (n + 1) / 2
    chi2 = 12 * s / (m * n * (n + 1) - sum(ties) / (n - 1))
    critical = float(chdtri(n - 1, level))
    p_value = float(chdtrc(n - 1, chi2))
    random_p, sampled = permutation_p(table.ranks, permutations, seed)
    agreed = w >= threshold and chi2 > critical
    with_rest = _with_rest(table)
    notices = [*table.notices, *_contradiction(p_value, random_p, level)]
    return Concordance(
        ranks=FrozenMap({e: _by_factor(table, row) for e, row in zip(table.experts, table.ranks, strict=True)}),
        rank_sums=_by_factor(table, sums),
        mean_rank_sum=mean,
        deviations=_by_factor(table, sums - mean),
        s=s,
        ties=FrozenMap(dict(zip(table.experts, ties, strict=True))),
        tie_correction=sum(ties),
        w=w,
        chi2=chi2,
        df=n - 1,
        p_value=p_value,
        level=level,
        critical_value=critical,
        permutation_p=random_p,
        permutations=sampled,
        threshold=threshold,
        agreed=agreed,
        verdict=_verdict(w, threshold, chi2, critical),
        with_rest=FrozenMap(with_rest),
        between=_between(table),
        w_without=FrozenMap(_without(table, ties)),
        dissenters=tuple(expert for expert, value in with_rest.items() if value <= 0),
        notices=tuple(notices),
    )


def group_agreement(table: Rankings, groups: Mapping[str, str]) -> FrozenMap[str, GroupAgreement]:
    """Return agreement inside each expert group and with the others; empty where fewer than two groups are named.

    `groups` has the group of each expert; experts without one stand outside all groups.
    """
    members: dict[str, list[int]] = {}
    for row, expert in enumerate(table.experts):
        if groups.get(expert):
            members.setdefault(groups[expert], []).append(row)
    if len(members) < 2:
        return FrozenMap()
    found = {}
    for name, rows in members.items():
        inside = table.ranks[rows]
        outside = np.delete(table.ranks, rows, axis=0)
        found[name] = GroupAgreement(
            experts=tuple(table.experts[row] for row in rows),
            rank_sums=_by_factor(table, inside.sum(axis=0)),
            w=_coefficient(inside, _ties(inside))[0] if len(rows) > 1 else None,
            with_rest=_correlation(inside.sum(axis=0), outside.sum(axis=0)) if len(outside) else None,
        )
    return FrozenMap(found)


def _by_factor(table: Rankings, values: Floats) -> FrozenMap[str, float]:
    return FrozenMap(dict(zip(table.factors, values.tolist(), strict=True)))


def _ties(ranks: Floats) -> list[int]:
    """Return T_j = Σ(t³ − t) over the sets of equal ranks of each expert."""
    counts = [np.unique(row, return_counts=True)[1].tolist() for row in ranks]
    return [sum(t**3 - t for t in row) for row in counts]


def _coefficient(ranks: Floats, ties: list[int]) -> tuple[float | None, float]:
    """Return W (None where every row is tied throughout) and s, from whole numbers only (eqs 5 and 6)."""
    m, n = ranks.shape
    doubled = np.rint(2 * ranks.sum(axis=0)).astype(np.int64).tolist()
    four_s = sum((total - m * (n + 1)) ** 2 for total in doubled)
    whole = m * m * (n**3 - n) - m * sum(ties)
    return (3 * four_s / whole if whole else None), four_s / 4


def _correlation(first: Floats, second: Floats) -> float | None:
    """Return Spearman's coefficient with ties; None where one side is tied throughout."""
    a, b = mid_ranks(np.array([first, second])) - (len(first) + 1) / 2
    size = math.sqrt(float(a @ a) * float(b @ b))
    return max(-1.0, min(1.0, float(a @ b) / size)) if size else None


def _with_rest(table: Rankings) -> dict[str, float]:
    total = table.ranks.sum(axis=0)
    found = {e: _correlation(row, total - row) for e, row in zip(table.experts, table.ranks, strict=True)}
    return {expert: value for expert, value in found.items() if value is not None}


def _between(table: Rankings) -> FrozenMap[str, FrozenMap[str, float]]:
    """Return Spearman's coefficient with ties of every two experts who told some factors apart."""
    told = np.ptp(table.ranks, axis=1) > 0
    experts = [expert for expert, tells in zip(table.experts, told, strict=True) if tells]
    centred = table.ranks[told] - (table.ranks.shape[1] + 1) / 2
    size = np.sqrt((centred**2).sum(axis=1))
    found = np.clip(centred @ centred.T / np.outer(size, size), -1.0, 1.0)
    np.fill_diagonal(found, 1.0)
    return FrozenMap(
        {e: FrozenMap(dict(zip(experts, row.tolist(), strict=True))) for e, row in zip(experts, found, strict=True)}
    )


def _without(table: Rankings, ties: list[int]) -> dict[str, float]:
    if len(table.experts) < 3:
        return {}
    found = {
        expert: _coefficient(np.delete(table.ranks, row, axis=0), ties[:row] + ties[row + 1 :])[0]
        for row, expert in enumerate(table.experts)
    }
    return {expert: value for expert, value in found.items() if value is not None}


def _verdict(w: float, threshold: float, chi2: float, critical: float) -> str:
    enough, significant = w >= threshold, chi2 > critical
    beside = say(
        "W = {w} (at least {threshold}), χ² = {chi2} (critical {critical})",
        w=numeral(f"{w:.3f}"),
        threshold=numeral(f"{threshold:g}"),
        chi2=numeral(f"{chi2:.2f}"),
        critical=numeral(f"{critical:.2f}"),
    )
    if enough and significant:
        return say("The experts agree: {figures}.", figures=beside)
    if significant:
        return say(
            "The experts do not agree enough: {figures}; agreement is more than chance, but weak.", figures=beside
        )
    if enough:
        return say(
            "Agreement cannot be told from chance: {figures}; there are too few experts or factors.", figures=beside
        )
    return say("The experts do not agree: {figures}.", figures=beside)


def _contradiction(p_value: float, random_p: float, level: float) -> list[str]:
    if (p_value < level) == (random_p < level):
        return []
    told = say(
        "χ² (p = {chi}) and the permutation test (p = {random}) fall on two sides of the level {level}: with few "
        "experts the permutation test is the one to believe.",
        chi=numeral(f"{p_value:.3g}"),
        random=numeral(f"{random_p:.3g}"),
        level=numeral(f"{level:g}"),
    )
    return [told]
