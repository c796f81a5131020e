"""Draws: Random123's known answers, the keys, and the distributions against SciPy."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import special

from oshopt.simulation.draws import (
    ENTERPRISE,
    LIFE,
    LIFT,
    NOISE,
    enterprise_draws,
    enterprise_table,
    exponential,
    fill_block,
    fill_words,
    fixed_point,
    lifted,
    lognormal,
    name_rounds,
    normal,
    philox,
    stream,
    uniform,
)

KNOWN_ANSWERS = [
    ("00000000 00000000 00000000 00000000 00000000 00000000", "6627e8d5 e169c58d bc57ac4c 9b00dbd8"),
    ("ffffffff ffffffff ffffffff ffffffff ffffffff ffffffff", "408f276d 41c83b0e a20bc7c6 6d5451fd"),
    ("243f6a88 85a308d3 13198a2e 03707344 a4093822 299f31d0", "d16cfe09 94fdcceb 5001e420 24126ea1"),
]
WORDS = np.concatenate([np.linspace(0, 2**32 - 1, 2001), [1, 2, 3, 2**31, 2**32 - 2]]).astype(np.uint32)


@pytest.mark.parametrize(("given", "answer"), KNOWN_ANSWERS)
def test_philox_gives_the_known_answers(given: str, answer: str) -> None:
    words = [np.uint64(int(word, 16)) for word in given.split()]
    assert [f"{int(word):08x}" for word in philox(*words)] == answer.split()


def test_counters_are_keyed_as_the_design_says() -> None:
    source = stream(0x0123456789ABCDEF, 77, "цех № 1")
    marks = np.array([[5, 2**32 - 1], [3, 9]], np.uint32)
    words = np.zeros((4, 2), np.uint32)
    fill_words(marks, 2, NOISE, source, words)
    for place, (worker, index) in enumerate(marks.T.tolist()):
        counter = (worker, 77, int(source.subject), index * 256 + NOISE, 0x89ABCDEF, 0x01234567)
        assert words[:, place].tolist() == [int(word) for word in philox(*map(np.uint64, counter))]


def test_a_block_s_draws_are_those_of_its_workers() -> None:
    first, places, source = 2**32 - 40, 37, stream(11, 3, "people")
    marks = np.array([np.arange(first, first + places), np.full(places, 6)], np.uint32)
    one_by_one, block = np.zeros((2, 4, places), np.uint32)
    fill_words(marks, places, NOISE, source, one_by_one)
    fill_block(first, places, 6, NOISE, source, block)
    assert np.array_equal(block, one_by_one)


def test_subjects_are_told_apart_by_id() -> None:
    assert stream(1, 0, "a").subject != stream(1, 0, "b").subject
    assert len({LIFE, NOISE, ENTERPRISE}) == 3


@pytest.mark.parametrize(("seed", "replication"), [(-1, 0), (1 << 64, 0), (0, -1), (0, 1 << 32)])
def test_seeds_out_of_range_are_refused(seed: int, replication: int) -> None:
    with pytest.raises(ValueError, match="seed"):
        stream(seed, replication, "a")


def test_enterprise_draws_are_uniform_and_keyed() -> None:
    draws = np.array([enterprise_draws(3, r, "guards", round_=k, purpose=1) for r in range(200) for k in range(5)])
    assert draws.shape == (1000, 4)
    assert np.unique(draws).size == draws.size
    assert abs(draws.mean() - 0.5) < 4 * math.sqrt(1 / 12 / draws.size)
    assert not np.array_equal(enterprise_draws(3, 0, "guards", 0, 1), enterprise_draws(3, 0, "guards", 0, 2))
    rounds = name_rounds([("guards", 7), ("цех", 3)])
    singles = [enterprise_draws(3, 5, "guards", 7, 1), enterprise_draws(3, 5, "цех", 3, 1)]
    assert np.array_equal(enterprise_table(3, 5, rounds, 1), singles)
    counter = (np.uint64(5), rounds[0, 0], np.uint64(7), np.uint64(ENTERPRISE + 1), np.uint64(3), np.uint64(0))
    assert singles[0].tolist() == [(int(word) + 0.5) / 2**32 for word in philox(*counter)]
    with pytest.raises(ValueError, match="round"):
        name_rounds([("guards", 1 << 32)])
    with pytest.raises(ValueError, match="purpose"):
        enterprise_draws(3, 0, "guards", 0, 128)


def test_distributions_are_scipy_s_quantiles() -> None:
    u = (WORDS.astype(np.float64) + 0.5) / 2**32
    assert np.array([uniform(word) for word in WORDS]) == pytest.approx(u, rel=0)
    assert np.array([exponential(word) for word in WORDS]) == pytest.approx(-np.log(u), rel=1e-14)
    assert np.array([normal(word) for word in WORDS]) == pytest.approx(special.ndtri(u), rel=1e-13, abs=1e-15)
    for sigma in (0.1, 0.8, 2.5):
        expected = np.exp(sigma * special.ndtri(u) - sigma**2 / 2)
        assert np.array([lognormal(word, sigma) for word in WORDS]) == pytest.approx(expected, rel=1e-13)


def test_fixed_point_rounds_to_nearest() -> None:
    values = np.array([0.0, 1.0, 0.3, 2.0**-33, 3 * 2.0**-33, -0.7, 310_000.3])
    assert [int(fixed_point(value)) for value in values] == np.rint(values * 2**32).astype(np.int64).tolist()


def test_lifted_whole_numbers_can_be_summed() -> None:
    values = np.array([0.0, 0.5, 1.5, 4_294_967_295.75, 2.0**50 + 0.25])
    whole = [int(lifted(value)) - LIFT for value in values]
    assert whole == np.rint(values).astype(np.int64).tolist()
