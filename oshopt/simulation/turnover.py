"""Streaming kernel of groups in which only turnover and retirement end lives, and nobody's injuries are counted.

Risk then decides nothing, so each year is one vectorised pass over a block of positions, and a short list of those who
leave: known before the year, carried to their end and replaced in bulk. Draws, arithmetic and counts are those of
`oshopt.simulation.yearly`, bit for bit, which also knows cases and moves that end lives, and injuries.

Risk is held in units of 2⁻³² here: scaling by a power of two changes no digit, and sums need no multiplication. A list
takes one store for each thing noted, and stores are what limits the rest; so nothing is written that can be read again.
"""

from __future__ import annotations

import numpy as np

from oshopt.risk.exposure import BREAK, EXPOSURE, RATE, Floats, Integers, PathTable
from oshopt.risk.kernel import jit, merged, segment_at
from oshopt.risk.vectors import use_full_vectors
from oshopt.simulation.beginnings import (
    CARRIED,
    STAY,
    XI,
    draw_lives,
    draw_service,
    draw_susceptibility,
    padded,
    seat_block,
    stay_of,
)
from oshopt.simulation.draws import (
    FULL,
    INDEX,
    LIFE,
    LIFT,
    NOISE,
    WORKER,
    Stream,
    Words,
    fill_block,
    fill_words,
    lifted,
    uniform,
)
from oshopt.simulation.traits import ABOVE, BLOCK, CASES, HIRES, LEAVERS, MAX_LIVES, RISK, WIDTH, Counts, Traits
from oshopt.simulation.yearly import spread

ONSET = 3
"""Row of the state and of the changes: U."""
PACE, BEFORE, AFTER, REACHED, END = range(4, 9)
"""Rows of a year's changes, besides XI and ONSET of newcomers: for a newcomer who leaves in the same year, risk per
exposure and exposure at the start; exposure when the old life ends; risk of the newcomer at the year's end, and when
that life ends."""
_STATE_ROWS, _CHANGE_ROWS = 4, 9

COLUMN = 2
"""Row of the marks of newcomers, besides WORKER and INDEX: year in which they leave."""
_LIFE = 32
"""Bits of an entry of the lists of those who leave within a year: below it the position, above it the life's number."""

_BEYOND = 8
"""Lists of those who leave after the horizon: filled in turn, so that no list waits for its own last entry."""


@jit
def carry_turnover(first: int, last: int, traits: Traits, path: PathTable, source: Stream, counts: Counts) -> None:
    """Carry positions `first` to `last` along `path` with yearly noise and add what happens to `counts`.

    `counts` has shape (ROWS, years + 2). Raises `ValueError` where a position sees more lives than counters reach.
    """
    ends = path.ends
    years, alike = ends.shape[1] - 2, traits.susceptibility == 0.0
    marks, words = np.zeros((3, WIDTH), np.uint32), np.empty((4, WIDTH), np.uint32)
    new_marks, noise = np.zeros((3, WIDTH), np.uint32), np.empty((4, WIDTH), np.uint32)
    state, changes = np.ones((_STATE_ROWS, WIDTH)), np.ones((_CHANGE_ROWS, WIDTH))
    due, leave = np.zeros((years + 1 + _BEYOND, WIDTH), np.int64), np.zeros((years + 1 + _BEYOND, WIDTH))
    waiting, brief = np.empty(years + 1 + _BEYOND, np.uint32), np.zeros(WIDTH, np.uint32)
    for begin in range(first, last, BLOCK):
        size = min(BLOCK, last - begin)
        seat_block(begin, size, traits, source, marks, words, state)
        draw_lives(size, traits, source, marks, words, state)
        draw_service(size, traits, words, state)
        ill = _settle_in(size, years, words, state, new_marks, due, leave, waiting)
        for year in range(years):
            if year % 4 == 0:
                fill_block(begin, size, year // 4, NOISE, source, noise)
            column, ending = year + 1, int(np.int64(waiting[year + 1]))
            counts[CASES, column] -= ill
            if not alike:
                _take_xi(column, ending, state, due, changes)
            _follow(column, ending, begin, path, due, leave, changes, new_marks)
            ill = -_leave(column, ending, traits, ends, noise, state, due, changes, counts)
            if alike:
                ill += _advance_alike(column, size, traits, ends, noise, state, counts)
            else:
                ill += _advance(column, size, traits, ends, noise, state, counts)
            while ending > 0:
                fill_words(new_marks, padded(ending), LIFE, source, words)
                if not alike:
                    draw_susceptibility(padded(ending), traits.susceptibility, words, changes)
                    _give_xi(column, ending, state, due, changes)
                ill += _begin(column, ending, traits, ends, words, leave, changes, new_marks, counts)
                ending = _join(column, ending, state, due, leave, changes, new_marks, waiting, brief)
                if ending > 0:
                    _set_brief(ending, traits.noise, brief, words, changes, new_marks)
                    _follow(column, ending, begin, path, due, leave, changes, new_marks)
                    _leave_again(column, ending, changes, counts)
            counts[CASES, column] += ill


@merged
def _settle_in(
    size: int, years: int, words: Words, state: Floats, marks: Words, due: Integers, leave: Floats, waiting: Words
) -> int:
    """Draw the onset of the workers of the start and list each under the year in which it leaves.

    Returns how many have reached U at once, by rounding.
    """
    use_full_vectors()
    ill, beyond = 0, years + 1
    for i in range(size):
        carried = FULL * state[CARRIED, i]
        onset = carried + (FULL - carried) * uniform(words[1, i])
        state[CARRIED, i] = carried
        state[ONSET, i] = onset
        ill += onset <= carried
        marks[COLUMN, i] = np.uint32(max(1.0, np.ceil(min(state[STAY, i], np.float64(beyond + i % _BEYOND)))))
    waiting[:] = 0
    for i in range(size):
        column = marks[COLUMN, i]
        place = waiting[column]
        due[column, place] = i
        leave[column, place] = state[STAY, i]
        waiting[column] = place + 1
    return ill


@merged
def _take_xi(column: int, ending: int, state: Floats, due: Integers, changes: Floats) -> None:
    for j in range(ending):
        changes[XI, j] = state[XI, np.uint32(due[column, j])]


@merged
def _give_xi(column: int, ending: int, state: Floats, due: Integers, changes: Floats) -> None:
    for j in range(ending):
        state[XI, np.uint32(due[column, j])] = changes[XI, j]


@merged
def _follow(
    column: int,
    ending: int,
    begin: int,
    path: PathTable,
    due: Integers,
    leave: Floats,
    changes: Floats,
    new_marks: Words,
) -> None:
    """Find the exposure at the ends of the listed lives, and name those that come after them."""
    use_full_vectors()
    segments, _, cells, grid = path
    segment, since = segment_at(column - 1.0, segments, cells, grid), 0.0
    while since < column:
        start, before, rate = segments[segment, BREAK], segments[segment, EXPOSURE], segments[segment, RATE]
        for j in range(padded(ending)):
            gathered = before + rate * (leave[column, j] - start)
            changes[AFTER, j] = gathered if leave[column, j] >= since else changes[AFTER, j]
        segment += 1
        since = segments[segment, BREAK]
    worker = np.uint32(begin)
    for j in range(padded(ending)):
        new_marks[WORKER, j] = np.uint32(due[column, j]) + worker
        new_marks[INDEX, j] = np.uint32(due[column, j] >> _LIFE) + np.uint32(1)


@merged
def _leave(
    column: int,
    ending: int,
    traits: Traits,
    ends: Floats,
    noise: Words,
    state: Floats,
    due: Integers,
    changes: Floats,
    counts: Counts,
) -> int:
    """Count the cases of the lives that the year began with and that end within it.

    The pass over the block takes them for people who stay, so what it will count of them is taken off in advance;
    returns how many of them it will find to have reached U. Nothing is stored in the loop: look-ups would forbid it.
    """
    use_full_vectors()
    row, acceptable_risk, before = (column - 1) % 4, FULL * traits.acceptable_risk, ends[0, column - 1]
    least, unit = spread(FULL, traits.noise)
    least_year, unit_year = spread(FULL * (ends[0, column] - before), traits.noise)
    cases = above = ill = summed = 0
    for j in range(ending):
        i = np.uint32(due[column, j])
        carried, onset, word = state[CARRIED, i], state[ONSET, i], np.float64(noise[row, i])
        reached = carried + changes[XI, j] * (least + unit * word) * (changes[AFTER, j] - before)
        passed = carried + changes[XI, j] * (least_year + unit_year * word)
        cases += (onset <= carried) | (onset <= reached)
        above += passed >= acceptable_risk
        ill += onset <= passed
        summed += lifted(min(passed, FULL))
    counts[CASES, column] += cases
    counts[LEAVERS, column] += ending
    counts[HIRES, column] += ending
    counts[ABOVE, column] -= above
    counts[RISK, column] -= summed - ending * LIFT
    return ill


@merged
def _leave_again(column: int, ending: int, changes: Floats, counts: Counts) -> None:
    """Count the cases of lives that began and end within the year."""
    cases = 0
    for j in range(ending):
        cases += changes[ONSET, j] <= changes[PACE, j] * (changes[AFTER, j] - changes[BEFORE, j])
    counts[CASES, column] += cases
    counts[LEAVERS, column] += ending
    counts[HIRES, column] += ending


@merged
def _advance(column: int, size: int, traits: Traits, ends: Floats, noise: Words, state: Floats, counts: Counts) -> int:
    """Let everybody reach the year's end; return how many have reached U."""
    use_full_vectors()
    row, acceptable_risk = (column - 1) % 4, FULL * traits.acceptable_risk
    least, unit = spread(FULL * (ends[0, column] - ends[0, column - 1]), traits.noise)
    above = ill = summed = 0
    for i in range(size):
        after = state[CARRIED, i] + state[XI, i] * (least + unit * np.float64(noise[row, i]))
        state[CARRIED, i] = after
        above += after >= acceptable_risk
        ill += state[ONSET, i] <= after
        summed += lifted(min(after, FULL))
    counts[ABOVE, column] += above
    counts[RISK, column] += summed - size * LIFT
    return ill


@merged
def _advance_alike(
    column: int, size: int, traits: Traits, ends: Floats, noise: Words, state: Floats, counts: Counts
) -> int:
    """Do what `_advance` does where ξ is 1 for all."""
    use_full_vectors()
    row, acceptable_risk = (column - 1) % 4, FULL * traits.acceptable_risk
    least, unit = spread(FULL * (ends[0, column] - ends[0, column - 1]), traits.noise)
    above = ill = summed = 0
    for i in range(size):
        after = state[CARRIED, i] + (least + unit * np.float64(noise[row, i]))
        state[CARRIED, i] = after
        above += after >= acceptable_risk
        ill += state[ONSET, i] <= after
        summed += lifted(min(after, FULL))
    counts[ABOVE, column] += above
    counts[RISK, column] += summed - size * LIFT
    return ill


@merged
def _begin(
    column: int,
    ending: int,
    traits: Traits,
    ends: Floats,
    words: Words,
    leave: Floats,
    changes: Floats,
    new_marks: Words,
    counts: Counts,
) -> int:
    """Begin the lives that follow; count those that see the year's end, and return how many have reached U then."""
    use_full_vectors()
    acceptable_risk, exposure, above, ill, summed = FULL * traits.acceptable_risk, ends[0, column], 0, 0, 0
    least, unit = spread(FULL, traits.noise)
    beyond = ends.shape[1] - 1
    for j in range(padded(ending)):
        onset = np.float64(words[1, j]) + 0.5
        stay = stay_of(words[2, j], traits.mean_stay, traits.retirement)
        end = min(leave[column, j] + stay, np.float64(beyond + j % _BEYOND))
        reached = changes[XI, j] * ((least + unit * np.float64(words[3, j])) * (exposure - changes[AFTER, j]))
        changes[ONSET, j] = onset
        changes[REACHED, j] = reached
        changes[END, j] = end
        new_marks[COLUMN, j] = np.uint32(np.ceil(end))
        stays = (end > column) & (j < ending)
        above += stays & (reached >= acceptable_risk)
        ill += stays & (onset <= reached)
        summed += lifted(min(reached, FULL)) - LIFT if stays else 0
    counts[ABOVE, column] += above
    counts[RISK, column] += summed
    return ill


@merged
def _join(
    column: int,
    ending: int,
    state: Floats,
    due: Integers,
    leave: Floats,
    changes: Floats,
    new_marks: Words,
    waiting: Words,
    brief: Words,
) -> int:
    """Put newcomers in their places and list each under the year in which it leaves.

    The list of this year is read no further than it is written anew. Returns how many leave in this year again;
    `brief` says which.
    """
    again = 0
    waiting[column] = 0
    for j in range(ending):
        i, year = np.uint32(due[column, j]), new_marks[COLUMN, j]
        state[ONSET, i] = changes[ONSET, j]
        state[CARRIED, i] = changes[REACHED, j]
        place = waiting[year]
        due[year, place] = np.int64(i) | (np.int64(new_marks[INDEX, j]) << _LIFE)
        leave[year, place] = changes[END, j]
        waiting[year] = place + 1
        brief[again] = j
        again += year <= column
    return again


@merged
def _set_brief(ending: int, noise: float, brief: Words, words: Words, changes: Floats, new_marks: Words) -> None:
    """Move the newcomers who leave in the same year to the front of the changes."""
    least, unit = spread(FULL, noise)
    longest = 0
    for k in range(ending):
        j = brief[k]
        changes[PACE, k] = changes[XI, j] * (least + unit * np.float64(words[3, j]))
        changes[ONSET, k] = changes[ONSET, j]
        changes[BEFORE, k] = changes[AFTER, j]
        longest = max(longest, new_marks[INDEX, j] + 1)
    if longest >= MAX_LIVES:
        raise ValueError("a position sees more than 2**24 lives: turnover or moves are too frequent")
