"""Streaming kernel of groups in which only turnover and retirement end lives, and nobody's injuries are counted.

Risk then decides nothing, so each year is one vectorised pass over a block of positions, and a short list of those who
leave: known before the year, carried to their end and replaced in bulk. Draws, arithmetic and counts are those of
`oshopt.simulation.yearly`, bit for bit, which also knows cases and moves that end lives, and injuries.
"""

from __future__ import annotations

import numpy as np

from oshopt.risk.exposure import BREAK, EXPOSURE, RATE, Floats, Integers, PathTable
from oshopt.risk.kernel import jit, segment_at
from oshopt.simulation.beginnings import (
    CARRIED,
    LANES,
    STAY,
    XI,
    draw_lives,
    draw_service,
    draw_stays,
    draw_susceptibility,
    seat_block,
    set_alike,
)
from oshopt.simulation.draws import INDEX, LIFE, NOISE, WORKER, Stream, Words, fill_words, fixed_point, uniform
from oshopt.simulation.traits import ABOVE, BLOCK, CASES, HIRES, LEAVERS, MAX_LIVES, RISK, WIDTH, Counts, Traits
from oshopt.simulation.yearly import spread

LEAVE = STAY
"""Row of the state: time at which the worker leaves or retires."""
ONSET = 4
"""Row of the state and of the lives that end: U."""
PACE, BEFORE, END, AFTER = range(5, 9)
"""Rows of the lives that end within the year, besides XI, STAY, CARRIED and ONSET: risk per exposure; exposure from
which they are followed; time and exposure of their end."""
_STATE_ROWS, _EXIT_ROWS = 5, 9

_GONE = -1e300
"""Risk, in the pass over a block, of a position whose worker leaves within the year: below any threshold."""


@jit
def carry_turnover(first: int, last: int, traits: Traits, path: PathTable, source: Stream, counts: Counts) -> None:
    """Carry positions `first` to `last` along `path` with yearly noise and add what happens to `counts`.

    `counts` has shape (ROWS, years + 2). Raises `ValueError` where a position sees more lives than counters reach.
    """
    segments, ends, cells, grid = path
    years = ends.shape[1] - 2
    marks, words = np.zeros((3, WIDTH), np.uint32), np.empty((4, WIDTH), np.uint32)
    noise_marks, noise = np.zeros((2, WIDTH), np.uint32), np.empty((4, WIDTH), np.uint32)
    exit_marks, exits = np.zeros((2, WIDTH), np.uint32), np.empty((_EXIT_ROWS, WIDTH))
    state = np.empty((_STATE_ROWS, WIDTH))
    due, waiting = np.empty((years + 2, WIDTH), np.uint32), np.empty(years + 2, np.int64)
    for begin in range(first, last, BLOCK):
        size = min(BLOCK, last - begin)
        seat_block(begin, size, traits, source, marks, words, state)
        draw_lives(size, traits, source, marks, words, state)
        draw_service(size, traits, words, state)
        waiting[:] = 0
        alike = size if traits.susceptibility == 0.0 else 0
        ill = _settle_in(size, years, words, state, due, waiting)
        for year in range(years):
            if year % 4 == 0:
                _name_noise(size, year // 4, marks, noise_marks)
                fill_words(noise_marks, size, NOISE, source, noise)
            ending = waiting[year + 1]
            _gather(year, ending, traits.noise, ends, noise, marks, state, exits, exit_marks, due)
            counts[CASES, year + 1] -= ill
            ill = _advance_alike(year, alike, traits, ends, noise, state, counts)
            ill += _advance(year, size - alike, traits, ends, noise, state, counts)
            while ending > 0:
                _expose(segment_at(np.float64(year), segments, cells, grid), year + 1, ending, segments, exits)
                _end(year + 1, ending, exits, counts)
                padded = (ending + LANES - 1) // LANES * LANES
                fill_words(exit_marks, padded, LIFE, source, words)
                draw_stays(padded, traits.mean_stay, traits.retirement, words, exits)
                draw_susceptibility(0 if alike else padded, traits.susceptibility, words, exits)
                set_alike(padded if alike else 0, exits)
                ill += _begin(year + 1, ending, traits, ends, words, exits, counts)
                ending = _join(year + 1, ending, marks, state, exits, exit_marks, due, waiting)
            counts[CASES, year + 1] += ill


@jit
def _settle_in(size: int, years: int, words: Words, state: Floats, due: Words, waiting: Integers) -> int:
    """Draw the onset of the workers of the start and list each under the year in which it leaves.

    Returns how many have reached U at once, by rounding.
    """
    ill = 0
    for i in range(size):
        onset = state[CARRIED, i] + (1.0 - state[CARRIED, i]) * uniform(words[1, i])
        state[ONSET, i] = onset
        ill += onset <= state[CARRIED, i]
    for i in range(size):
        column = np.uint32(max(1.0, np.ceil(min(state[LEAVE, i], years + 1.0))))
        due[column, waiting[column]] = i
        waiting[column] += 1
    return ill


@jit
def _name_noise(size: int, index: int, marks: Words, noise_marks: Words) -> None:
    for i in range(size):
        noise_marks[WORKER, i] = marks[WORKER, i]
        noise_marks[INDEX, i] = index


@jit
def _gather(
    year: int,
    ending: int,
    noise: float,
    ends: Floats,
    words: Words,
    marks: Words,
    state: Floats,
    exits: Floats,
    exit_marks: Words,
    due: Words,
) -> None:
    """Take those who leave within the year out of the block."""
    row, before = year % 4, ends[0, year]
    least, unit = spread(1.0, noise)
    for j in range(ending):
        i = due[year + 1, j]
        index = marks[INDEX, i] + 1
        marks[INDEX, i] = index
        exit_marks[WORKER, j] = marks[WORKER, i]
        exit_marks[INDEX, j] = index
        exits[CARRIED, j] = state[CARRIED, i]
        exits[ONSET, j] = state[ONSET, i]
        exits[PACE, j] = state[XI, i] * (least + unit * np.float64(words[row, i]))
        exits[END, j] = state[LEAVE, i]
        exits[BEFORE, j] = before
        state[CARRIED, i] = _GONE


@jit
def _advance(year: int, size: int, traits: Traits, ends: Floats, words: Words, state: Floats, counts: Counts) -> int:
    """Let everybody who stays through the year reach its end; return how many have reached U."""
    row, acceptable_risk = year % 4, traits.acceptable_risk
    least, unit = spread(ends[0, year + 1] - ends[0, year], traits.noise)
    above = ill = summed = 0
    for i in range(size):
        after = state[CARRIED, i] + state[XI, i] * (least + unit * np.float64(words[row, i]))
        state[CARRIED, i] = after
        above += after >= acceptable_risk
        ill += state[ONSET, i] <= after
        summed += fixed_point(max(0.0, min(after, 1.0)))
    counts[ABOVE, year + 1] += above
    counts[RISK, year + 1] += summed
    return ill


@jit
def _advance_alike(
    year: int, size: int, traits: Traits, ends: Floats, words: Words, state: Floats, counts: Counts
) -> int:
    """Do what `_advance` does where ξ is 1 for all."""
    row, acceptable_risk = year % 4, traits.acceptable_risk
    least, unit = spread(ends[0, year + 1] - ends[0, year], traits.noise)
    above = ill = summed = 0
    for i in range(size):
        after = state[CARRIED, i] + (least + unit * np.float64(words[row, i]))
        state[CARRIED, i] = after
        above += after >= acceptable_risk
        ill += state[ONSET, i] <= after
        summed += fixed_point(max(0.0, min(after, 1.0)))
    counts[ABOVE, year + 1] += above
    counts[RISK, year + 1] += summed
    return ill


@jit
def _expose(segment: int, column: int, ending: int, segments: Floats, exits: Floats) -> None:
    """Find the exposure of the ends within a year that begins in `segment`."""
    since = 0.0
    while since < column:
        start, before, rate = segments[segment, BREAK], segments[segment, EXPOSURE], segments[segment, RATE]
        for j in range(ending):
            gathered = before + rate * (exits[END, j] - start)
            exits[AFTER, j] = gathered if exits[END, j] >= since else exits[AFTER, j]
        segment += 1
        since = segments[segment, BREAK]


@jit
def _end(column: int, ending: int, exits: Floats, counts: Counts) -> None:
    """Carry the listed lives to their end within the year."""
    cases = 0
    for j in range(ending):
        carried, onset = exits[CARRIED, j], exits[ONSET, j]
        reached = carried + exits[PACE, j] * (exits[AFTER, j] - exits[BEFORE, j])
        cases += (onset <= carried) | (onset <= reached)
    counts[CASES, column] += cases
    counts[LEAVERS, column] += ending
    counts[HIRES, column] += ending


@jit
def _begin(column: int, ending: int, traits: Traits, ends: Floats, words: Words, exits: Floats, counts: Counts) -> int:
    """Begin the lives that follow; count those that see the year's end, and return how many have reached U then."""
    acceptable_risk, exposure, above, ill, summed = traits.acceptable_risk, ends[0, column], 0, 0, 0
    least, unit = spread(1.0, traits.noise)
    for j in range(ending):
        factor, onset, leave = (
            least + unit * np.float64(words[3, j]),
            uniform(words[1, j]),
            exits[END, j] + exits[STAY, j],
        )
        reached = exits[XI, j] * (factor * (exposure - exits[AFTER, j]))
        exits[PACE, j] = exits[XI, j] * factor
        exits[ONSET, j] = onset
        exits[CARRIED, j] = reached
        exits[END, j] = leave
        stays = leave > column
        above += stays & (reached >= acceptable_risk)
        ill += stays & (onset <= reached)
        summed += fixed_point(min(reached, 1.0)) if stays else 0
    counts[ABOVE, column] += above
    counts[RISK, column] += summed
    return ill


@jit
def _join(
    column: int,
    ending: int,
    marks: Words,
    state: Floats,
    exits: Floats,
    exit_marks: Words,
    due: Words,
    waiting: Integers,
) -> int:
    """Put newcomers in their places and list each under the year in which it leaves; return how many leave in this."""
    again, beyond, longest = 0, waiting.size - 1.0, 0
    for j in range(ending):
        i, leave = due[column, j], exits[END, j]
        state[XI, i] = exits[XI, j]
        state[LEAVE, i] = leave
        state[ONSET, i] = exits[ONSET, j]
        state[CARRIED, i] = exits[CARRIED, j]
        year = np.uint32(np.ceil(min(leave, beyond)))
        if year > column:
            due[year, waiting[year]] = i
            waiting[year] += 1
        else:
            index = marks[INDEX, i] + 1
            marks[INDEX, i] = index
            longest = max(longest, index)
            exit_marks[WORKER, again] = marks[WORKER, i]
            exit_marks[INDEX, again] = index
            due[column, again] = i
            exits[ONSET, again] = exits[ONSET, j]
            exits[PACE, again] = exits[PACE, j]
            exits[BEFORE, again] = exits[AFTER, j]
            exits[END, again] = leave
            exits[CARRIED, again] = 0.0
            again += 1
    if longest >= MAX_LIVES:
        raise ValueError("a position sees more than 2**24 lives: turnover or moves are too frequent")
    return again
