"""What is drawn when a life begins, in the same way for both kernels.

A block's state is a float64 array of one row per quantity, (rows, BLOCK); the first rows are those named here. No path
and no time enters.
"""

from __future__ import annotations

import numpy as np

from oshopt.risk.exposure import Floats
from oshopt.risk.kernel import inlined, jit
from oshopt.risk.vectors import use_full_vectors
from oshopt.simulation.draws import (
    INDEX,
    INJURY,
    LIFE,
    WORKER,
    Stream,
    Words,
    exponential,
    fill_words,
    lognormal,
    philox,
    uniform,
)
from oshopt.simulation.traits import NEARLY_CERTAIN, Traits

XI, STAY, CARRIED, GAP = range(4)
"""Own susceptibility; years until leaving or retiring; risk carried; expected injuries until the position's next."""

INJURED = 2
"""Row of `marks`: injuries that the position has seen."""

LANES = 16
"""Draws are made for a multiple of this many places, so that no loop ends in single steps; the rest is ignored."""


@inlined
def padded(places: int) -> int:
    """Return a multiple of `LANES` that is at least `places`."""
    return (places + LANES - 1) // LANES * LANES


@jit
def seat_block(
    begin: int, seated: int, traits: Traits, source: Stream, marks: Words, words: Words, state: Floats
) -> None:
    """Name the positions from `begin` on and draw the first gap to an injury of each."""
    use_full_vectors()
    for i in range(seated):
        marks[WORKER, i] = begin + i
        marks[INDEX, i] = 0
        marks[INJURED, i] = 0
    if traits.injured:
        fill_words(marks, seated, INJURY, source, words)
        _draw_gaps(seated, words, state)


@jit
def _draw_gaps(seated: int, words: Words, state: Floats) -> None:
    for i in range(seated):
        state[GAP, i] = exponential(words[0, i])


@jit
def draw_lives(seated: int, traits: Traits, source: Stream, marks: Words, words: Words, state: Floats) -> None:
    """Draw ξ and the stay of newcomers; word 1 is left for the onset, word 3 for whoever needs it."""
    places = padded(seated)
    fill_words(marks, places, LIFE, source, words)
    draw_stays(places, traits.mean_stay, traits.retirement, words, state)
    alike = places if traits.susceptibility == 0.0 else 0
    set_alike(alike, state)
    draw_susceptibility(places - alike, traits.susceptibility, words, state)


@inlined
def stay_of(word: np.uint32, mean_stay: float, retirement: float) -> float:
    """Return the years until a newcomer leaves or retires."""
    return min(mean_stay * exponential(word), retirement)


@jit
def draw_stays(places: int, mean_stay: float, retirement: float, words: Words, state: Floats) -> None:
    """Draw the stay of newcomers, ended by retirement."""
    use_full_vectors()
    for i in range(places):
        state[STAY, i] = stay_of(words[2, i], mean_stay, retirement)


@jit
def set_alike(places: int, state: Floats) -> None:
    """Give newcomers ξ = 1."""
    for i in range(places):
        state[XI, i] = 1.0


@jit
def draw_susceptibility(places: int, sigma: float, words: Words, state: Floats) -> None:
    """Draw ξ of newcomers."""
    use_full_vectors()
    for i in range(places):
        state[XI, i] = lognormal(words[0, i], sigma)


@jit
def draw_service(seated: int, traits: Traits, words: Words, state: Floats) -> None:
    """Draw the service of the workers of the start: it gives their risk and brings retirement nearer."""
    use_full_vectors()
    for i in range(seated):
        served = traits.served + traits.served_spread * (2.0 * uniform(words[3, i]) - 1.0)
        state[STAY, i] = min(state[STAY, i], max(0.0, traits.retirement - served))
        state[CARRIED, i] = min(state[XI, i] * (traits.initial_risk + traits.risk_increment * served), NEARLY_CERTAIN)


@jit
def next_gap(worker: np.uint32, number: np.uint32, source: Stream) -> float:
    """Draw the expected injuries between a position's injury `number` and the next one."""
    tag = np.uint64(number >> 2) * np.uint64(256) + np.uint64(INJURY)
    words = philox(np.uint64(worker), source.replication, source.subject, tag, source.key_0, source.key_1)
    return exponential(np.uint32(words[number & 3]))


@inlined
def sooner(end: float, cause: int, other: float, other_cause: int) -> tuple[float, int]:
    """Return the earlier of two ends with its cause, the first one if they coincide."""
    return (other, other_cause) if other < end else (end, cause)
