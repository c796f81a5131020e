"""Streaming kernel of groups in which only turnover and retirement end lives, and nobody's injuries are counted.

Risk then decides nothing, so each year is one vectorised pass over a block of positions, and a short list of those who
leave: known before the year, carried to their end and replaced in bulk. Draws, arithmetic and counts are those of
`oshopt.simulation.yearly`, bit for bit, which also knows cases and moves that end lives, and injuries.
"""

from __future__ import annotations

import math

import numpy as np

from oshopt.risk.exposure import BREAK, EXPOSURE, RATE, Floats, Integers, PathTable
from oshopt.risk.kernel import jit, segment_at
from oshopt.simulation.beginnings import (
    CARRIED,
    STAY,
    XI,
    draw_lives,
    draw_service,
    draw_stays,
    draw_susceptibility,
    padded,
    seat_block,
)
from oshopt.simulation.draws import INDEX, LIFE, NOISE, WORKER, Stream, Words, fill_words, fixed_point, uniform
from oshopt.simulation.traits import ABOVE, BLOCK, CASES, HIRES, LEAVERS, MAX_LIVES, RISK, WIDTH, Counts, Traits
from oshopt.simulation.yearly import spread

ONSET = 3
"""Row of the state and of the lives that end: U."""
PACE, BEFORE, END, AFTER = range(4, 8)
"""Rows of the lives that end within the year, besides XI, STAY, CARRIED and ONSET: risk per exposure; exposure from
which they are followed; time and exposure of their end."""
_STATE_ROWS, _EXIT_ROWS = 4, 8

COLUMN = 2
"""Row of the marks of newcomers, besides WORKER and INDEX: year in which they leave."""
_LIFE = 32
"""Bits of an entry of the lists of those who leave within a year: below it the position, above it the life's number."""

_BEYOND = 8
"""Lists of those who leave after the horizon: filled in turn, so that no list waits for its own last entry."""
_GONE = -math.inf
"""Risk, in the pass over a block, of a position whose worker leaves within the year."""


@jit
def carry_turnover(first: int, last: int, traits: Traits, path: PathTable, source: Stream, counts: Counts) -> None:
    """Carry positions `first` to `last` along `path` with yearly noise and add what happens to `counts`.

    `counts` has shape (ROWS, years + 2). Raises `ValueError` where a position sees more lives than counters reach.
    """
    segments, ends, cells, grid = path
    years, alike = ends.shape[1] - 2, traits.susceptibility == 0.0
    marks, words = np.zeros((3, WIDTH), np.uint32), np.empty((4, WIDTH), np.uint32)
    exit_marks, noise = np.zeros((3, WIDTH), np.uint32), np.empty((4, WIDTH), np.uint32)
    state, exits = np.ones((_STATE_ROWS, WIDTH)), np.ones((_EXIT_ROWS, WIDTH))
    due, leave = np.zeros((years + 1 + _BEYOND, WIDTH), np.int64), np.zeros((years + 1 + _BEYOND, WIDTH))
    waiting = np.empty(years + 1 + _BEYOND, np.uint32)
    for begin in range(first, last, BLOCK):
        size = min(BLOCK, last - begin)
        seat_block(begin, size, traits, source, marks, words, state)
        draw_lives(size, traits, source, marks, words, state)
        draw_service(size, traits, words, state)
        ill = _settle_in(size, years, words, state, exit_marks, due, leave, waiting)
        for year in range(years):
            if year % 4 == 0:
                _name_noise(size, year // 4, marks)
                fill_words(marks, size, NOISE, source, noise)
            column, ending = year + 1, int(np.int64(waiting[year + 1]))
            _release(column, ending, noise, state, exits, words, due)
            _take_xi(column, 0 if alike else ending, state, exits, due)
            _set_out(column, ending, begin, traits.noise, ends, words, exits, exit_marks, due, leave)
            counts[CASES, column] -= ill
            if alike:
                ill = _advance_alike(column, size, ending, traits, ends, noise, state, counts)
            else:
                ill = _advance(column, size, ending, traits, ends, noise, state, counts)
            while ending > 0:
                _expose(segment_at(np.float64(year), segments, cells, grid), column, ending, segments, exits)
                _end(column, ending, exits, counts)
                places = padded(ending)
                fill_words(exit_marks, places, LIFE, source, words)
                draw_stays(places, traits.mean_stay, traits.retirement, words, exits)
                draw_susceptibility(0 if alike else places, traits.susceptibility, words, exits)
                ill += _begin(column, ending, traits, ends, words, exits, exit_marks, counts)
                _give_xi(column, 0 if alike else ending, state, exits, due)
                ending = _join(column, ending, begin, state, exits, exit_marks, due, leave, waiting)
            counts[CASES, column] += ill


@jit
def _settle_in(
    size: int, years: int, words: Words, state: Floats, columns: Words, due: Integers, leave: Floats, waiting: Words
) -> int:
    """Draw the onset of the workers of the start and list each under the year in which it leaves.

    Returns how many have reached U at once, by rounding.
    """
    ill, beyond = 0, years + 1
    for i in range(size):
        onset = state[CARRIED, i] + (1.0 - state[CARRIED, i]) * uniform(words[1, i])
        state[ONSET, i] = onset
        ill += onset <= state[CARRIED, i]
        columns[COLUMN, i] = np.uint32(max(1.0, np.ceil(min(state[STAY, i], np.float64(beyond + i % _BEYOND)))))
    waiting[:] = 0
    for i in range(size):
        column = columns[COLUMN, i]
        place = waiting[column]
        due[column, place] = i
        leave[column, place] = state[STAY, i]
        waiting[column] = place + 1
    return ill


@jit
def _name_noise(size: int, index: int, marks: Words) -> None:
    for i in range(size):
        marks[INDEX, i] = index


@jit
def _release(column: int, ending: int, noise: Words, state: Floats, exits: Floats, words: Words, due: Integers) -> None:
    """Take those who leave within the year out of the block."""
    row = (column - 1) % 4
    for j in range(ending):
        i = np.uint32(due[column, j])
        exits[CARRIED, j] = state[CARRIED, i]
        exits[ONSET, j] = state[ONSET, i]
        words[3, j] = noise[row, i]
        state[CARRIED, i] = _GONE


@jit
def _take_xi(column: int, ending: int, state: Floats, exits: Floats, due: Integers) -> None:
    for j in range(ending):
        exits[XI, j] = state[XI, np.uint32(due[column, j])]


@jit
def _give_xi(column: int, ending: int, state: Floats, exits: Floats, due: Integers) -> None:
    for j in range(ending):
        state[XI, np.uint32(due[column, j])] = exits[XI, j]


@jit
def _set_out(
    column: int,
    ending: int,
    begin: int,
    noise: float,
    ends: Floats,
    words: Words,
    exits: Floats,
    exit_marks: Words,
    due: Integers,
    leave: Floats,
) -> None:
    """Say from where those who leave are followed, and whose draws come after them."""
    least, unit = spread(1.0, noise)
    before, worker = ends[0, column - 1], np.uint32(begin)
    for j in range(padded(ending)):
        exits[PACE, j] = exits[XI, j] * (least + unit * np.float64(words[3, j]))
        exits[BEFORE, j] = before
        exits[END, j] = leave[column, j]
        exit_marks[WORKER, j] = np.uint32(due[column, j]) + worker
        exit_marks[INDEX, j] = np.uint32(due[column, j] >> _LIFE) + np.uint32(1)


@jit
def _advance(
    column: int, size: int, gone: int, traits: Traits, ends: Floats, noise: Words, state: Floats, counts: Counts
) -> int:
    """Let everybody who stays through the year reach its end; return how many have reached U.

    The `gone`, who do not stay, count for nothing: no threshold is below their risk, and what they add is taken off.
    """
    row, acceptable_risk = (column - 1) % 4, traits.acceptable_risk
    least, unit = spread(ends[0, column] - ends[0, column - 1], traits.noise)
    above = ill = summed = 0
    for i in range(size):
        after = state[CARRIED, i] + state[XI, i] * (least + unit * np.float64(noise[row, i]))
        state[CARRIED, i] = after
        above += after >= acceptable_risk
        ill += state[ONSET, i] <= after
        summed += fixed_point(min(after, 1.0))
    counts[ABOVE, column] += above
    counts[RISK, column] += summed - gone * fixed_point(_GONE)
    return ill


@jit
def _advance_alike(
    column: int, size: int, gone: int, traits: Traits, ends: Floats, noise: Words, state: Floats, counts: Counts
) -> int:
    """Do what `_advance` does where ξ is 1 for all."""
    row, acceptable_risk = (column - 1) % 4, traits.acceptable_risk
    least, unit = spread(ends[0, column] - ends[0, column - 1], traits.noise)
    above = ill = summed = 0
    for i in range(size):
        after = state[CARRIED, i] + (least + unit * np.float64(noise[row, i]))
        state[CARRIED, i] = after
        above += after >= acceptable_risk
        ill += state[ONSET, i] <= after
        summed += fixed_point(min(after, 1.0))
    counts[ABOVE, column] += above
    counts[RISK, column] += summed - gone * fixed_point(_GONE)
    return ill


@jit
def _expose(segment: int, column: int, ending: int, segments: Floats, exits: Floats) -> None:
    """Find the exposure of the ends within a year that begins in `segment`."""
    since = 0.0
    while since < column:
        start, before, rate = segments[segment, BREAK], segments[segment, EXPOSURE], segments[segment, RATE]
        for j in range(padded(ending)):
            gathered = before + rate * (exits[END, j] - start)
            exits[AFTER, j] = gathered if exits[END, j] >= since else exits[AFTER, j]
        segment += 1
        since = segments[segment, BREAK]


@jit
def _end(column: int, ending: int, exits: Floats, counts: Counts) -> None:
    """Carry the listed lives to their end within the year."""
    cases = 0
    for j in range(padded(ending)):
        carried, onset = exits[CARRIED, j], exits[ONSET, j]
        reached = carried + exits[PACE, j] * (exits[AFTER, j] - exits[BEFORE, j])
        cases += (j < ending) & ((onset <= carried) | (onset <= reached))
    counts[CASES, column] += cases
    counts[LEAVERS, column] += ending
    counts[HIRES, column] += ending


@jit
def _begin(
    column: int,
    ending: int,
    traits: Traits,
    ends: Floats,
    words: Words,
    exits: Floats,
    exit_marks: Words,
    counts: Counts,
) -> int:
    """Begin the lives that follow; count those that see the year's end, and return how many have reached U then."""
    acceptable_risk, exposure, above, ill, summed = traits.acceptable_risk, ends[0, column], 0, 0, 0
    least, unit = spread(1.0, traits.noise)
    beyond = ends.shape[1] - 1
    for j in range(padded(ending)):
        factor = least + unit * np.float64(words[3, j])
        onset = uniform(words[1, j])
        leave = min(exits[END, j] + exits[STAY, j], np.float64(beyond + j % _BEYOND))
        reached = exits[XI, j] * (factor * (exposure - exits[AFTER, j]))
        exits[PACE, j] = exits[XI, j] * factor
        exits[ONSET, j] = onset
        exits[CARRIED, j] = reached
        exits[END, j] = leave
        exit_marks[COLUMN, j] = np.uint32(np.ceil(leave))
        stays = (leave > column) & (j < ending)
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
    begin: int,
    state: Floats,
    exits: Floats,
    exit_marks: Words,
    due: Integers,
    leave: Floats,
    waiting: Words,
) -> int:
    """Put newcomers in their places and list each under the year in which it leaves; return how many leave in this."""
    again, longest = 0, 0
    for j in range(ending):
        i, year, life = np.uint32(due[column, j]), exit_marks[COLUMN, j], exit_marks[INDEX, j]
        state[ONSET, i] = exits[ONSET, j]
        state[CARRIED, i] = exits[CARRIED, j]
        if year > column:
            place = waiting[year]
            due[year, place] = np.int64(i) | (np.int64(life) << _LIFE)
            leave[year, place] = exits[END, j]
            waiting[year] = place + 1
        else:
            longest = max(longest, life + 1)
            exit_marks[WORKER, again] = begin + i
            exit_marks[INDEX, again] = life + 1
            due[column, again] = np.int64(i)
            exits[ONSET, again] = exits[ONSET, j]
            exits[PACE, again] = exits[PACE, j]
            exits[BEFORE, again] = exits[AFTER, j]
            exits[END, again] = exits[END, j]
            exits[CARRIED, again] = 0.0
            again += 1
    if longest >= MAX_LIVES:
        raise ValueError("a position sees more than 2**24 lives: turnover or moves are too frequent")
    return again
