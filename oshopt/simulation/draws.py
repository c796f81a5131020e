"""Random draws by counter: Philox4x32-10 and the one place where draws are keyed.

A draw depends on the seed, the replication, the id of its group or measure, the worker, the life and the purpose, and
on nothing else: not on threads, chunks or the order of rows, so that two strategies share every draw that neither
touches. Elementary functions are own polynomials (see `oshopt.risk.kernel` for why). No time, no path, no scenario.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from oshopt.risk.exposure import Floats
from oshopt.risk.kernel import inlined, jit
from oshopt.risk.vectors import use_full_vectors

Words = NDArray[np.uint32]
Rounds = NDArray[np.uint64]

LIFE, INJURY, NOISE = 0, 1, 2
"""Purposes of a worker's draws: traits of a life, arrivals of injuries, noise of the increment."""
ENTERPRISE = 128
"""Purposes of the enterprise's draws count from here, so that no counter is ever used twice."""

WORKER, INDEX = 0, 1
"""Rows of `marks`, which name the counter of each place of a block."""

_MULTIPLIER_0, _MULTIPLIER_1 = np.uint64(0xD2511F53), np.uint64(0xCD9E8D57)
_BUMP_0, _BUMP_1 = np.uint64(0x9E3779B9), np.uint64(0xBB67AE85)
_LOW, _HALF = np.uint64(0xFFFFFFFF), np.uint64(32)
_PURPOSES = np.uint64(256)

WORD = 2.0**-32
"""Width of the cell that a 32-bit word names in [0, 1]; a draw is the middle of its cell."""
_LN2_HIGH, _LN2_LOW = 6.93147180369123816490e-01, 1.90821492927058770002e-10
_LOG2_E = 1.4426950408889634
_SQRT2 = 1.4142135623730951
_ROUND = 6755399441055744.0
"""What is added to round a number to a whole one, which then stands in the last bits."""
LIFT = 4843621399236968448
"""The bits of the number that rounds."""
_MANTISSA, _ONE = 0x000FFFFFFFFFFFFF, 0x3FF0000000000000
FULL = 4294967296.0
"""Units of the fixed-point form of a risk, so that sums do not depend on their order."""


class Stream(NamedTuple):
    """Where draws are keyed: the seed is the key, (replication, subject) half of the counter."""

    key_0: np.uint64
    """Low word of the seed."""
    key_1: np.uint64
    """High word of the seed."""
    replication: np.uint64
    """Number of the replication."""
    subject: np.uint64
    """32-bit hash of the group's or measure's id."""


def stream(seed: int, replication: int, subject: str) -> Stream:
    """Return the stream of a group or measure; draws depend on its id, never on its place in a table.

    Raises `ValueError` unless 0 ≤ seed < 2⁶⁴ and 0 ≤ replication < 2³².
    """
    if not (0 <= seed < 1 << 64 and 0 <= replication < 1 << 32):
        raise ValueError("the seed must be in [0, 2**64) and the replication in [0, 2**32)")
    return Stream(np.uint64(seed & 0xFFFFFFFF), np.uint64(seed >> 32), np.uint64(replication), _digest(subject))


@lru_cache(maxsize=4096)
def _digest(subject: str) -> np.uint64:
    return np.uint64(int.from_bytes(hashlib.blake2b(subject.encode(), digest_size=4).digest(), "little"))


@inlined
def philox(
    counter_0: np.uint64,
    counter_1: np.uint64,
    counter_2: np.uint64,
    counter_3: np.uint64,
    key_0: np.uint64,
    key_1: np.uint64,
) -> tuple[np.uint64, np.uint64, np.uint64, np.uint64]:
    """Return four 32-bit words of Philox4x32-10 (Salmon et al. 2011), each in a uint64."""
    for _ in range(10):
        product_0 = _MULTIPLIER_0 * (counter_0 & _LOW)
        product_1 = _MULTIPLIER_1 * (counter_2 & _LOW)
        counter_0 = (product_1 >> _HALF) ^ counter_1 ^ key_0
        counter_1 = product_1
        counter_2 = (product_0 >> _HALF) ^ counter_3 ^ key_1
        counter_3 = product_0
        key_0 = (key_0 + _BUMP_0) & _LOW
        key_1 = (key_1 + _BUMP_1) & _LOW
    return counter_0 & _LOW, counter_1 & _LOW, counter_2 & _LOW, counter_3 & _LOW


@jit
def fill_words(marks: Words, places: int, purpose: int, source: Stream, words: Words) -> None:
    """Draw four words for each place: counter (worker, replication, subject, index·256 + purpose).

    `marks` has a row of workers and a row of indices, shape (2 or more, n), `words` the shape (4, n); the first
    `places` are drawn. The index is a life, or a block of four years or injuries, and stays below 2²⁴.
    """
    use_full_vectors()
    for i in range(places):
        tag = np.uint64(marks[INDEX, i]) * _PURPOSES + np.uint64(purpose)
        first, second, third, fourth = philox(
            np.uint64(marks[WORKER, i]), source.replication, source.subject, tag, source.key_0, source.key_1
        )
        words[0, i] = first
        words[1, i] = second
        words[2, i] = third
        words[3, i] = fourth


@jit
def fill_block(first: int, places: int, index: int, purpose: int, source: Stream, words: Words) -> None:
    """Draw as `fill_words` does for the workers from `first` on, all of one index."""
    use_full_vectors()
    tag = np.uint64(index) * _PURPOSES + np.uint64(purpose)
    for i in range(places):
        words[0, i], words[1, i], words[2, i], words[3, i] = philox(
            np.uint64(first + i), source.replication, source.subject, tag, source.key_0, source.key_1
        )


def enterprise_draws(seed: int, replication: int, subject: str, round_: int, purpose: int) -> Floats:
    """Return four uniforms in (0, 1) of the enterprise: counter (replication, hash of `subject`, round, purpose).

    `purpose` is in [0, 128). Shape (4,).
    """
    draws: Floats = enterprise_table(seed, replication, name_rounds([(subject, round_)]), purpose)[0]
    return draws


def name_rounds(rounds: Sequence[tuple[str, int]]) -> Rounds:
    """Return the two middle words of the counters of (subject, round), to be drawn in any replication, shape (n, 2)."""
    if not all(0 <= round_ < 1 << 32 for _, round_ in rounds):
        raise ValueError("the round must be in [0, 2**32)")
    return np.array([(_digest(subject), round_) for subject, round_ in rounds], np.uint64).reshape(-1, 2)


def enterprise_table(seed: int, replication: int, rounds: Rounds, purpose: int) -> Floats:
    """Return four uniforms in (0, 1) for each of `rounds`, shape (n, 4), as `enterprise_draws` does for one."""
    if not 0 <= purpose < ENTERPRISE:
        raise ValueError("the purpose must be in [0, 128)")
    source = stream(seed, replication, "")
    draws = np.empty((len(rounds), 4))
    _fill_rounds(rounds, np.uint64(ENTERPRISE + purpose), source, draws)
    return draws


@jit
def _fill_rounds(rounds: Rounds, tag: np.uint64, source: Stream, draws: Floats) -> None:
    for i in range(rounds.shape[0]):
        words = philox(source.replication, rounds[i, 0], rounds[i, 1], tag, source.key_0, source.key_1)
        for k in range(4):
            draws[i, k] = (np.float64(words[k]) + 0.5) * WORD


@inlined
def uniform(word: np.uint32) -> float:
    """Return the middle of the word's cell in (0, 1)."""
    return (np.float64(word) + 0.5) * WORD


@inlined
def exponential(word: np.uint32) -> float:
    """Return −ln of the word's uniform: a draw from the exponential distribution of mean 1."""
    return -_log(np.float64(word) + 0.5, 32.0)


@inlined
def _log(value: float, scale: float) -> float:
    bits = np.float64(value).view(np.int64)
    mantissa = np.int64((bits & _MANTISSA) | _ONE).view(np.float64)
    exponent = np.float64((bits >> 52) - 1023) - scale
    large = mantissa > _SQRT2
    fraction = (0.5 * mantissa if large else mantissa) - 1.0
    exponent = exponent + 1.0 if large else exponent
    s = fraction / (2.0 + fraction)
    z = s * s
    series = 2.222219843214978396e-01 + z * (
        1.818357216161805012e-01 + z * (1.531383769920937332e-01 + z * 1.479819860511658591e-01)
    )
    series = 6.666666666666735130e-01 + z * (3.999999999940941908e-01 + z * (2.857142874366239149e-01 + z * series))
    return exponent * _LN2_HIGH + (s * (2.0 + z * series) + exponent * _LN2_LOW)


@inlined
def _exp(value: float) -> float:
    shifted = value * _LOG2_E + _ROUND
    whole = shifted - _ROUND
    r = (value - whole * _LN2_HIGH) - whole * _LN2_LOW
    series = 1 / 5040 + r * (
        1 / 40320 + r * (1 / 362880 + r * (1 / 3628800 + r * (1 / 39916800 + r * (1 / 479001600))))
    )
    series = 1.0 + r * (1.0 + r * (0.5 + r * (1 / 6 + r * (1 / 24 + r * (1 / 120 + r * (1 / 720 + r * series))))))
    power = np.float64(shifted).view(np.int64) - LIFT + 1023
    return series * np.int64(power << 52).view(np.float64)


@inlined
def normal(word: np.uint32) -> float:
    """Return the standard normal quantile of the word's uniform (Wichura 1988, AS 241, to 1e-15)."""
    p = uniform(word)
    q = p - 0.5
    tail = 0.5 - abs(q)
    r = 0.180625 - q * q
    s = np.sqrt(-_log(tail, 0.0)) - 1.6
    above = 4.5921953931549871457e4 + r * (
        6.7265770927008700853e4 + r * (3.3430575583588128105e4 + r * 2.5090809287301226727e3)
    )
    above = 3.3871328727963666080e0 + r * (
        1.3314166789178437745e2 + r * (1.9715909503065514427e3 + r * (1.3731693765509461125e4 + r * above))
    )
    below = 2.1213794301586595867e4 + r * (
        3.9307895800092710610e4 + r * (2.8729085735721942674e4 + r * 5.2264952788528545610e3)
    )
    below = 1.0 + r * (
        4.2313330701600911252e1 + r * (6.8718700749205790830e2 + r * (5.3941960214247511077e3 + r * below))
    )
    far = 1.27045825245236838258e0 + s * (
        2.41780725177450611770e-1 + s * (2.27238449892691845833e-2 + s * 7.74545014278341407640e-4)
    )
    far = 1.42343711074968357734e0 + s * (
        4.63033784615654529590e0 + s * (5.76949722146069140550e0 + s * (3.64784832476320460504e0 + s * far))
    )
    under = 1.48103976427480074590e-1 + s * (
        1.51986665636164571966e-2 + s * (5.47593808499534494600e-4 + s * 1.05075007164441684324e-9)
    )
    under = 1.0 + s * (
        2.05319162663775882187e0 + s * (1.67638483018380384940e0 + s * (6.89767334985100004550e-1 + s * under))
    )
    inside = abs(q) <= 0.425
    sign = q if inside else (-1.0 if q < 0 else 1.0)
    return sign * (above if inside else far) / (below if inside else under)


@inlined
def lognormal(word: np.uint32, sigma: float) -> float:
    """Return exp(σz − σ²/2) of the word's normal z: a draw from the lognormal distribution of mean 1."""
    return _exp(sigma * normal(word) - 0.5 * sigma * sigma)


@inlined
def lifted(value: float) -> int:
    """Return rint(value) + LIFT, for |value| < 2⁵¹; a sum takes LIFT off once for all its terms."""
    return int(np.float64(value + _ROUND).view(np.int64))


@inlined
def fixed_point(value: float) -> int:
    """Return rint(value·2³²) as an integer, for |value| < 2¹⁹."""
    return lifted(value * FULL) - LIFT
