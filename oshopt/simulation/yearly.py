"""Streaming kernel: a workforce whose increments vary from worker to worker and from year to year (eq. 1 in full).

The general form, with cases and moves that end lives and with injuries; `oshopt.simulation.turnover` is the faster one
for groups without them.

Blocks of positions stay in the nearest cache; the year loop is outside, the loop over positions inside, so that
nothing of the size workers × years is ever held and the inner loops are vectorised. A worker's increment of a year is
ξ·ν·(A(t) − A(year)), ν uniform on [1 − h, 1 + h]; inside the year risk is piecewise linear, and lives end and begin
exactly where they do. Draws of lives are those of `oshopt.simulation.lives`: with h = 0 both kernels count the same.
"""

from __future__ import annotations

import numpy as np

from oshopt.risk.exposure import BREAK, Floats, Grid, Integers, PathTable
from oshopt.risk.kernel import exposure_at, injuries_at, inlined, jit, segment_at, time_at
from oshopt.simulation.beginnings import (
    CARRIED,
    GAP,
    INJURED,
    STAY,
    XI,
    draw_lives,
    draw_service,
    next_gap,
    seat_block,
    sooner,
)
from oshopt.simulation.draws import INDEX, NOISE, WORD, WORKER, Stream, Words, fill_block, fixed_point, uniform
from oshopt.simulation.traits import (
    ABOVE,
    BLOCK,
    CASES,
    HIRES,
    INJURIES,
    LEAVERS,
    MAX_LIVES,
    MOVED,
    RISK,
    WIDTH,
    Counts,
    Traits,
)

LEAVE = STAY
"""Row of the state: time at which the worker would leave or retire, counted from the plan's start."""
ONSET, STEP, LOAD = range(4, 7)
"""Rows of the state: U; exposure of this year with its noise; expected injuries of this year at ξ = 1."""
PACE_NOW, SINCE, BEFORE, END, AFTER = range(5, 10)
"""Rows of the lives that end within the year, besides CARRIED and ONSET: risk per exposure; time and exposure from
which they are followed; time and exposure of their end."""
_STATE_ROWS, _EXIT_ROWS = 7, 10


@jit
def carry_years(first: int, last: int, traits: Traits, path: PathTable, source: Stream, counts: Counts) -> None:
    """Carry positions `first` to `last` along `path` with yearly noise and add what happens to `counts`.

    `counts` has shape (ROWS, years + 2). Raises `ValueError` where a position sees more lives than counters reach.
    """
    segments, ends, cells, grid = path
    years = ends.shape[1] - 2
    marks, words = np.zeros((3, WIDTH), np.uint32), np.empty((4, WIDTH), np.uint32)
    exit_marks, exits = np.zeros((2, WIDTH), np.uint32), np.empty((_EXIT_ROWS, WIDTH))
    noise = np.empty((4, WIDTH), np.uint32)
    state = np.empty((_STATE_ROWS, WIDTH))
    due, waiting = np.empty((years + 2, WIDTH), np.uint32), np.empty(years + 2, np.int64)
    for begin in range(first, last, BLOCK):
        size = min(BLOCK, last - begin)
        seat_block(begin, size, traits, source, marks, words, state)
        draw_lives(size, traits, source, marks, words, state)
        draw_service(size, traits, words, state)
        _settle_in(size, words, state, due, waiting)
        for year in range(years):
            if year % 4 == 0:
                fill_block(begin, size, year // 4, NOISE, source, noise)
            _set_steps(year, size, traits, ends, noise, state)
            if traits.case_leaves or traits.move_at_limit:
                waiting[year + 1] = _find_stops(year + 1, size, traits, state, due)
            ending = waiting[year + 1]
            _gather(year, ending, traits, ends, noise, state, exits, due)
            while ending > 0:
                if traits.case_leaves or traits.move_at_limit:
                    _bring_forward(year + 1, ending, traits, segments, cells, grid, exits, counts)
                _end(year + 1, ending, segments, cells, grid, exits, counts)
                if traits.injured:
                    _injure_leavers(year + 1, ending, segments, cells, grid, state, exits, due)
                _enlist(year + 1, ending, marks, exit_marks, due)
                draw_lives(ending, traits, source, exit_marks, words, exits)
                ending = _join(year + 1, ending, traits, segments, ends, cells, grid, words, state, exits, due, waiting)
            _advance(year + 1, size, traits.acceptable_risk, state, counts)
            if traits.injured:
                _injure(year + 1, size, source, marks, state, counts)


@jit
def _settle_in(size: int, words: Words, state: Floats, due: Words, waiting: Integers) -> None:
    """Draw the onset of the workers of the start and note when each of them leaves."""
    waiting[:] = 0
    for i in range(size):
        state[ONSET, i] = state[CARRIED, i] + (1.0 - state[CARRIED, i]) * uniform(words[1, i])
    for i in range(size):
        _note(i, state[LEAVE, i], due, waiting)


@jit
def _note(i: int, leave: float, due: Words, waiting: Integers) -> None:
    """Put a position on the list of the year in which it leaves."""
    column = max(1, int(np.ceil(min(leave, waiting.size - 1.0))))
    due[column, waiting[column]] = i
    waiting[column] += 1


@inlined
def spread(scale: float, noise: float) -> tuple[float, float]:
    """Return the least of an increment of mean `scale`, and what each unit of a word adds to it."""
    return scale * ((1.0 - noise) + noise * WORD), scale * (2.0 * noise * WORD)


@jit
def _set_steps(year: int, size: int, traits: Traits, ends: Floats, noise: Words, state: Floats) -> None:
    exposure = ends[0, year + 1] - ends[0, year]
    row = year % 4
    least, unit = spread(exposure, traits.noise)
    for i in range(size):
        state[STEP, i] = least + unit * np.float64(noise[row, i])
    if traits.injured:
        state[LOAD, :size] = ends[1, year + 1] - ends[1, year]


@jit
def _find_stops(column: int, size: int, traits: Traits, state: Floats, due: Words) -> int:
    """List the positions whose life ends within the year where risk can end one; return how many."""
    found = 0
    for i in range(size):
        due[column, found] = i
        found += state[LEAVE, i] <= column or _stops(i, traits, state)
    return found


@jit
def _stops(i: int, traits: Traits, state: Floats) -> bool:
    reached = state[CARRIED, i] + state[XI, i] * state[STEP, i]
    moves = traits.move_at_limit and reached >= traits.acceptable_risk
    return moves or (traits.case_leaves and reached >= state[ONSET, i])


@jit
def _gather(
    year: int, ending: int, traits: Traits, ends: Floats, noise: Words, state: Floats, exits: Floats, due: Words
) -> None:
    row = year % 4
    least, unit = spread(1.0, traits.noise)
    for j in range(ending):
        i = due[year + 1, j]
        exits[CARRIED, j] = state[CARRIED, i]
        exits[ONSET, j] = state[ONSET, i]
        exits[PACE_NOW, j] = state[XI, i] * (least + unit * np.float64(noise[row, i]))
        exits[END, j] = state[LEAVE, i]
    exits[SINCE, :ending] = year
    exits[BEFORE, :ending] = ends[0, year]


@jit
def _bring_forward(
    column: int,
    ending: int,
    traits: Traits,
    segments: Floats,
    cells: Integers,
    grid: Grid,
    exits: Floats,
    counts: Counts,
) -> None:
    """Bring ends forward to the threshold or the onset, where those end a life, and count them."""
    for j in range(ending):
        since, before, carried, pace = exits[SINCE, j], exits[BEFORE, j], exits[CARRIED, j], exits[PACE_NOW, j]
        end, cause = exits[END, j], LEAVERS
        if traits.move_at_limit:
            limit = before + (traits.acceptable_risk - carried) / pace
            end, cause = sooner(end, cause, max(since, time_at(limit, segments, cells, grid)), MOVED)
        if traits.case_leaves:
            onset = before + (exits[ONSET, j] - carried) / pace
            end, cause = sooner(end, cause, max(since, time_at(onset, segments, cells, grid)), CASES)
            exits[ONSET, j] = np.inf
        exits[END, j] = min(end, np.float64(column))
        if cause == CASES:
            counts[CASES, column] += 1
        elif cause == MOVED:
            counts[MOVED, column] += 1
            counts[LEAVERS, column] -= 1


@jit
def _end(
    column: int, ending: int, segments: Floats, cells: Integers, grid: Grid, exits: Floats, counts: Counts
) -> None:
    """Carry the listed lives to their end within the year."""
    segment = segment_at(column - 1.0, segments, cells, grid)
    for j in range(ending):
        exits[AFTER, j] = exposure_at(exits[END, j], segment, segments)
    while segments[segment + 1, BREAK] < column:
        segment += 1
        for j in range(ending):
            if exits[END, j] >= segments[segment, BREAK]:
                exits[AFTER, j] = exposure_at(exits[END, j], segment, segments)
    cases = 0
    for j in range(ending):
        reached = exits[CARRIED, j] + exits[PACE_NOW, j] * (exits[AFTER, j] - exits[BEFORE, j])
        cases += (exits[CARRIED, j] < exits[ONSET, j]) & (exits[ONSET, j] <= reached)
    counts[CASES, column] += cases
    counts[LEAVERS, column] += ending
    counts[HIRES, column] += ending


@jit
def _injure_leavers(
    column: int,
    ending: int,
    segments: Floats,
    cells: Integers,
    grid: Grid,
    state: Floats,
    exits: Floats,
    due: Words,
) -> None:
    for j in range(ending):
        i, since, end = due[column, j], exits[SINCE, j], exits[END, j]
        expected = injuries_at(end, segment_at(end, segments, cells, grid), segments)
        expected -= injuries_at(since, segment_at(since, segments, cells, grid), segments)
        state[GAP, i] -= state[XI, i] * expected


@jit
def _enlist(column: int, ending: int, marks: Words, exit_marks: Words, due: Words) -> None:
    longest = 0
    for j in range(ending):
        i = due[column, j]
        index = marks[INDEX, i] + 1
        marks[INDEX, i] = index
        exit_marks[WORKER, j] = marks[WORKER, i]
        exit_marks[INDEX, j] = index
        longest = max(longest, index)
    if longest >= MAX_LIVES:
        raise ValueError("a position sees more than 2**24 lives: turnover or moves are too frequent")


@jit
def _join(
    column: int,
    ending: int,
    traits: Traits,
    segments: Floats,
    ends: Floats,
    cells: Integers,
    grid: Grid,
    words: Words,
    state: Floats,
    exits: Floats,
    due: Words,
    waiting: Integers,
) -> int:
    """Begin the lives that follow; list those that end within the year too and return how many."""
    exposure, again = ends[0, column], 0
    least, unit = spread(1.0, traits.noise)
    for j in range(ending):
        i, start, after = due[column, j], exits[END, j], exits[AFTER, j]
        pace, onset, leave = least + unit * words[3, j], uniform(words[1, j]), start + exits[STAY, j]
        state[XI, i] = exits[XI, j]
        state[LEAVE, i] = leave
        state[CARRIED, i] = 0.0
        state[ONSET, i] = onset
        state[STEP, i] = pace * (exposure - after)
        if traits.injured:
            state[LOAD, i] = ends[1, column] - injuries_at(start, segment_at(start, segments, cells, grid), segments)
        if leave <= column or _stops(i, traits, state):
            due[column, again] = i
            exits[CARRIED, again], exits[ONSET, again], exits[PACE_NOW, again] = 0.0, onset, exits[XI, j] * pace
            exits[SINCE, again], exits[BEFORE, again], exits[END, again] = start, after, leave
            again += 1
        elif not (traits.case_leaves or traits.move_at_limit):
            _note(i, leave, due, waiting)
    return again


@jit
def _advance(column: int, size: int, acceptable_risk: float, state: Floats, counts: Counts) -> None:
    """Let everybody in service reach the year's end."""
    above = cases = summed = 0
    for i in range(size):
        before = state[CARRIED, i]
        after = before + state[XI, i] * state[STEP, i]
        state[CARRIED, i] = after
        above += after >= acceptable_risk
        cases += (before < state[ONSET, i]) & (state[ONSET, i] <= after)
        summed += fixed_point(min(after, 1.0))
    counts[ABOVE, column] += above
    counts[CASES, column] += cases
    counts[RISK, column] += summed


@jit
def _injure(column: int, size: int, source: Stream, marks: Words, state: Floats, counts: Counts) -> None:
    due = 0
    for i in range(size):
        state[GAP, i] -= state[XI, i] * state[LOAD, i]
        due += state[GAP, i] <= 0.0
    if due == 0:
        return
    for i in range(size):
        while state[GAP, i] <= 0.0:
            marks[INJURED, i] += 1
            state[GAP, i] += next_gap(marks[WORKER, i], marks[INJURED, i], source)
            counts[INJURIES, column] += 1
