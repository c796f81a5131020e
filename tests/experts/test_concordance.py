"""Kendall's W with ties against NAG's example, scipy, brute force and closed forms; what cannot be ranked."""

from __future__ import annotations

import itertools
import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from oshopt.experts import concordance
from oshopt.model import Concordance, InputError

NAG = (
    (1, 4.5, 2, 4.5, 3, 7.5, 6, 9, 7.5, 10),
    (2.5, 1, 2.5, 4.5, 4.5, 8, 9, 6.5, 10, 6.5),
    (2, 1, 4.5, 4.5, 4.5, 4.5, 8, 8, 8, 10),
)
"""Documented example of g08daf: three judges, ten objects, ties."""


def problems(answers: Any, **options: Any) -> list[str]:
    with pytest.raises(InputError) as caught:
        concordance(answers, **options)
    return [f"{problem.row}: {problem.message}" for problem in caught.value.problems]


def test_documented_example_with_ties() -> None:
    found = concordance(NAG)
    assert (found.s, found.tie_correction, found.df) == (591.0, 114, 9)
    assert found.w == pytest.approx(0.827731, abs=5e-7)
    assert found.chi2 == pytest.approx(22.3487, abs=5e-5)
    assert found.p_value == pytest.approx(0.007837, abs=5e-7)
    assert found.critical_value == pytest.approx(stats.chi2.ppf(0.95, 9))
    assert found.agreed
    assert found.notices == ()
    assert list(found.rank_sums.values()) == list(np.sum(NAG, axis=0))
    assert math.fsum(found.deviations.values()) == 0


def test_equals_scipy_on_tied_tables() -> None:
    rng = np.random.default_rng(1)
    compared = 0
    while compared < 500:
        m, n = int(rng.integers(3, 9)), int(rng.integers(3, 11))
        table = rng.integers(1, n + 1, size=(m, n)).astype(float)
        if all(np.ptp(row) == 0 for row in table):
            continue
        chi2, p = stats.friedmanchisquare(*table.T)
        found = concordance(table, permutations=1)
        assert found.chi2 == pytest.approx(chi2, rel=1e-12, abs=1e-12)
        assert found.w == pytest.approx(chi2 / (m * (n - 1)), rel=1e-12, abs=1e-12)
        assert found.p_value == pytest.approx(p, rel=1e-9, abs=1e-12)
        compared += 1


def test_extremes() -> None:
    order = np.arange(1.0, 7)
    assert concordance([order] * 4).w == 1
    opposite = concordance([order, order[::-1], order, order[::-1]])
    assert (opposite.w, opposite.chi2, opposite.p_value) == (0, 0, 1)
    assert not opposite.agreed
    assert "do not agree" in opposite.verdict


def test_three_by_three_has_its_exact_probability() -> None:
    found = concordance([[1, 2, 3], [1, 3, 2], [1, 2, 3]])
    assert found.chi2 == pytest.approx(4.667, abs=5e-4)
    assert found.permutation_p == pytest.approx(7 / 36, abs=1e-15)
    assert found.permutations == 0


@pytest.mark.parametrize(
    "table",
    [
        [[1, 2, 3], [1, 3, 2], [2, 1, 3]],
        [[1.5, 1.5, 3], [1, 2.5, 2.5], [1, 2, 3]],
        [[1, 2, 3, 4], [1.5, 1.5, 3, 4], [2, 1, 4, 3]],
        [[2, 2, 2], [1, 2, 3], [1, 2, 3]],
    ],
)
def test_exact_probability_is_a_count_of_all_tables(table: list[list[float]]) -> None:
    def spread(rows: Any) -> float:
        sums = np.sum(rows, axis=0)
        return float(((sums - sums.mean()) ** 2).sum())

    all_tables = list(itertools.product(*(list(itertools.permutations(row)) for row in table)))
    reached = sum(spread(rows) >= spread(table) - 1e-9 for rows in all_tables)
    found = concordance(table)
    assert found.permutations == 0
    assert found.permutation_p == pytest.approx(reached / len(all_tables), abs=1e-12)


def test_sampled_probability_is_near_the_counted_one() -> None:
    rng = np.random.default_rng(3)
    table = np.array([rng.permutation(4) + 1.0 for _ in range(5)])
    counted = concordance(table)
    assert counted.permutations == 0
    from oshopt.experts.permutation import _sampled, _spread

    doubled = np.rint(2 * table).astype(np.int64)
    sampled = _sampled(np.sort(doubled, axis=1), _spread(doubled.sum(axis=0)), 20_000, 1)
    assert sampled == pytest.approx(counted.permutation_p, abs=0.015)


def test_large_tables_are_sampled_and_never_impossible() -> None:
    found = concordance([np.arange(1.0, 13)] * 6, permutations=199)
    assert (found.permutations, found.permutation_p) == (199, 1 / 200)


def test_few_experts_show_both_probabilities() -> None:
    found = concordance([[1, 2, 3, 4], [1, 2, 3, 4]])
    assert found.w == 1
    assert found.p_value > 0.05
    assert found.permutation_p == pytest.approx(1 / 24)
    assert any("permutation test is the one to believe" in notice for notice in found.notices)
    assert "too few" in found.verdict


def test_large_panel_is_significant_at_a_weak_agreement() -> None:
    rng = np.random.default_rng(4)
    table = np.argsort(np.argsort(np.arange(8) * 0.7 + rng.normal(0, 4, size=(80, 8)), axis=1), axis=1) + 1.0
    found = concordance(table, permutations=99)
    assert found.chi2 > found.critical_value
    assert found.w < 0.5
    assert not found.agreed
    assert "weak" in found.verdict
    assert concordance(table, threshold=0.05, permutations=99).agreed


def test_dense_ranks_are_recognised_and_converted() -> None:
    found = concordance([[4, 4, 2, 1, 3, 5], [4.5, 4.5, 2, 1, 3, 6]])
    assert found.w == 1
    assert list(found.ranks["e1"].values()) == [4.5, 4.5, 2, 1, 3, 6]
    assert found.notices[0].startswith("e1: dense ranks")


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ([1, 2, 2, 4], "first of their places"),
        ([1, 3, 3, 4], "last of their places"),
        ([1, 1, 4, 4], "leave places out"),
    ],
)
def test_other_ways_to_number_ties_are_converted(row: list[float], words: str) -> None:
    found = concordance([row, [1, 2, 3, 4]])
    assert words in found.notices[0]
    assert list(found.ranks["e1"].values()) == stats.rankdata(row).tolist()


def test_all_tied_row_is_said_and_counts_as_in_scipy() -> None:
    table = [[2.5, 2.5, 2.5, 2.5], [1, 2, 3, 4], [1, 2, 4, 3]]
    found = concordance(table)
    assert "e1 gave all factors one place" in found.notices[0]
    assert "e1" not in found.with_rest
    assert "e1" not in found.between
    assert found.chi2 == pytest.approx(stats.friedmanchisquare(*np.transpose(table))[0])


def test_what_cannot_be_ranked_is_refused_by_name() -> None:
    nan = float("nan")
    assert problems([[2, 2, 2], [2, 2, 2]]) == [
        ": every expert gave all factors one place: there is no order to agree on"
    ]
    assert problems([[1, 2, 3]]) == [": agreement needs at least two experts, here is one"]
    assert problems([[1], [1]]) == [": an order needs at least two factors, here is one"]
    assert problems([[1, nan, 3], [1, 2, 3]]) == ["e1 x2: e1, x2: the rank is missing"]
    assert problems([[0, 2, 3], [1, 2, 4]]) == [
        "e1 x1: e1, x1: a rank outside 1 … 3",
        "e2 x3: e2, x3: a rank outside 1 … 3",
    ]
    assert problems({"a": {"x": 1, "y": 2}, "b": {"x": 1, "z": 2}, "c": {"x": 1, "y": 2}}) == [
        "b: b judged another list than the others, without y and with z"
    ]
    assert problems({"a": {"x": 1, "y": None}, "b": {"x": 1, "y": 2}}) == ["a y: a, y: the rank is missing"]
    assert problems([1, 2, 3])[0].endswith("not 1 dimensions")
    assert problems([[0, 0], [1, 2]], significance=True) == ["e1: e1: every significance is 0"]
    assert problems([[-1, 2], [1, 2]], significance=True)[0].endswith("a significance that is no number from 0")
    assert problems({}) == [": agreement needs at least two experts, here are none"]


def test_scores_are_ranked_from_the_largest() -> None:
    scores = concordance([[90, 50, 50, 10], [8, 5, 4, 1]], significance=True)
    ranks = concordance([[1, 2.5, 2.5, 4], [1, 2, 3, 4]])
    assert scores.ranks == ranks.ranks


def test_who_disagrees_is_named() -> None:
    order = list(range(1, 9))
    found = concordance(
        {f"e{i}": dict(zip("abcdefgh", order, strict=True)) for i in range(4)}
        | {"odd": dict(zip("abcdefgh", order[::-1], strict=True))}
    )
    assert found.dissenters == ("odd",)
    assert found.with_rest["odd"] == -1
    assert found.w_without["odd"] == 1
    assert found.between["e0"]["odd"] == -1
    assert found.between["e0"]["e1"] == 1


def test_correlation_with_the_rest_is_spearmans() -> None:
    rng = np.random.default_rng(5)
    table = np.array([stats.rankdata(rng.integers(0, 5, 7)) for _ in range(5)])
    found = concordance(table, permutations=1)
    for row, (expert, value) in enumerate(found.with_rest.items()):
        rest = np.delete(table, row, axis=0).sum(axis=0)
        assert value == pytest.approx(stats.spearmanr(table[row], rest)[0]), expert


tables = st.integers(2, 6).flatmap(
    lambda n: st.lists(
        st.lists(st.integers(1, n), min_size=n, max_size=n).filter(lambda row: len(set(row)) > 1),
        min_size=2,
        max_size=6,
    )
)


def judged(rows: list[list[int]], experts: list[str], factors: list[str]) -> Concordance:
    answers = {e: dict(zip(factors, map(float, row), strict=True)) for e, row in zip(experts, rows, strict=True)}
    return concordance(answers, permutations=99)


@settings(max_examples=60, deadline=None)
@given(tables, st.randoms(use_true_random=False))
def test_order_of_experts_and_factors_is_of_no_account(rows: list[list[int]], random: Any) -> None:
    experts = [f"e{i}" for i in range(len(rows))]
    factors = [f"f{i}" for i in range(len(rows[0]))]
    plain = judged(rows, experts, factors)
    lines, columns = list(range(len(experts))), list(range(len(factors)))
    random.shuffle(lines)
    random.shuffle(columns)
    shuffled = judged(
        [[rows[i][j] for j in columns] for i in lines], [experts[i] for i in lines], [factors[j] for j in columns]
    )
    assert shuffled == plain
    assert 0 <= plain.w <= 1
    renamed = judged([[row[j] for j in columns] for row in rows], experts, factors)
    assert (renamed.w, renamed.chi2, renamed.permutation_p) == (plain.w, plain.chi2, plain.permutation_p)
