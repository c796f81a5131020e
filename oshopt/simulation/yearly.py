"""Streaming kernel: a workforce whose increments vary from worker to worker and from year to year (eq. 1 in full).

Blocks of positions stay in the nearest cache; the year loop is outside, the loop over positions inside, so that
nothing of the size workers × years is ever held and the inner loops are vectorised. A worker's increment of a year is
ξ·ν·(A(t) − A(year)), ν uniform on [1 − h, 1 + h]; inside the year risk is piecewise linear, and lives end and begin
exactly where they do. Draws of lives are those of `oshopt.simulation.lives`: with h = 0 both kernels count the same.
"""

from __future__ import annotations

import numpy as np

from oshopt.risk.exposure import Floats, Grid, Integers, PathTable
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
from oshopt.simulation.draws import INDEX, NOISE, WORKER, Stream, Words, fill_words, fixed_point, uniform
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
    Counts,
    Traits,
)

LEAVE = STAY
"""Row of the state: time at which the worker would leave or retire, counted from the plan's start."""
ONSET, STEP, LOAD = range(4, 7)
"""Rows of the state: U; exposure of this year with its noise; expected injuries of this year at ξ = 1."""
SINCE, FACTOR = 4, 5
"""Rows of the lives that end: start of what is followed (then its end), and factor ν of the year's increment."""
_STATE_ROWS = 7


@jit
def carry_years(first: int, last: int, traits: Traits, path: PathTable, source: Stream, counts: Counts) -> None:
    """Carry positions `first` to `last` along `path` with yearly noise and add what happens to `counts`.

    `counts` has shape (ROWS, years + 2). Raises `ValueError` where a position sees more lives than counters reach.
    """
    segments, ends, cells, grid = path
    years = ends.shape[1] - 1
    marks, words = np.zeros((3, BLOCK), np.uint32), np.empty((4, BLOCK), np.uint32)
    noise_marks, noise = np.zeros((2, BLOCK), np.uint32), np.empty((4, BLOCK), np.uint32)
    exit_marks = np.zeros((2, BLOCK), np.uint32)
    state, exits = np.empty((_STATE_ROWS, BLOCK)), np.empty((_STATE_ROWS, BLOCK))
    who, following, calendar = np.empty(BLOCK, np.int64), np.empty(BLOCK, np.int64), np.empty(years + 2, np.int64)
    for begin in range(first, last, BLOCK):
        size = min(BLOCK, last - begin)
        seat_block(begin, size, traits, source, marks, words, state)
        draw_lives(size, traits, source, marks, words, state)
        draw_service(size, traits, words, state)
        calendar[:] = -1
        for i in range(size):
            noise_marks[WORKER, i] = marks[WORKER, i]
            state[ONSET, i] = state[CARRIED, i] + (1.0 - state[CARRIED, i]) * uniform(words[1, i])
            _note(i, state[LEAVE, i], following, calendar)
        for year in range(years):
            if year % 4 == 0:
                noise_marks[INDEX] = year // 4
                fill_words(noise_marks, size, NOISE, source, noise)
            _set_steps(year, size, traits, ends, noise, state)
            ending = _find_exits(year, size, traits, noise, state, exits, who, following, calendar)
            while ending > 0:
                _end(year + 1, ending, traits, segments, cells, grid, who, state, exits, counts)
                _enlist(ending, who, marks, exit_marks)
                draw_lives(ending, traits, source, exit_marks, words, exits)
                ending = _join(
                    year + 1, ending, traits, segments, ends, cells, grid, words, who, state, exits, following, calendar
                )
            _advance(year + 1, size, traits.acceptable_risk, state, counts)
            if traits.injured:
                _injure(year + 1, size, source, marks, state, counts)


@jit
def _note(i: int, leave: float, following: Integers, calendar: Integers) -> None:
    """Put a position on the list of the year in which it leaves."""
    year = max(1, int(np.ceil(min(leave, calendar.size - 1.0))))
    following[i] = calendar[year]
    calendar[year] = i


@inlined
def _factor(word: np.uint32, noise: float) -> float:
    return (1.0 - noise) + 2.0 * noise * uniform(word)


@jit
def _set_steps(year: int, size: int, traits: Traits, ends: Floats, noise: Words, state: Floats) -> None:
    exposure = ends[0, year + 1] - ends[0, year]
    row = year % 4
    for i in range(size):
        state[STEP, i] = exposure * _factor(noise[row, i], traits.noise)
    if traits.injured:
        state[LOAD, :size] = ends[1, year + 1] - ends[1, year]


@jit
def _find_exits(
    year: int,
    size: int,
    traits: Traits,
    noise: Words,
    state: Floats,
    exits: Floats,
    who: Integers,
    following: Integers,
    calendar: Integers,
) -> int:
    """List the positions whose life ends within the year; return how many."""
    found = 0
    if traits.case_leaves or traits.move_at_limit:
        for i in range(size):
            who[found] = i
            found += state[LEAVE, i] <= year + 1 or _stops(i, traits, state)
    else:
        i = calendar[year + 1]
        while i >= 0:
            who[found] = i
            found += 1
            i = following[i]
    for j in range(found):
        exits[SINCE, j] = year
        exits[FACTOR, j] = _factor(noise[year % 4, who[j]], traits.noise)
    return found


@jit
def _stops(i: int, traits: Traits, state: Floats) -> bool:
    reached = state[CARRIED, i] + state[XI, i] * state[STEP, i]
    moves = traits.move_at_limit and reached >= traits.acceptable_risk
    return moves or (traits.case_leaves and reached >= state[ONSET, i])


@jit
def _end(
    column: int,
    ending: int,
    traits: Traits,
    segments: Floats,
    cells: Integers,
    grid: Grid,
    who: Integers,
    state: Floats,
    exits: Floats,
    counts: Counts,
) -> None:
    """Follow the listed lives to their end within the year."""
    cases = moved = 0
    for j in range(ending):
        i, since = who[j], exits[SINCE, j]
        risk, onset, xi = state[CARRIED, i], state[ONSET, i], state[XI, i]
        pace = xi * exits[FACTOR, j]
        begun = segment_at(since, segments, cells, grid)
        exposure = exposure_at(since, begun, segments)
        end, cause = state[LEAVE, i], LEAVERS
        if traits.move_at_limit:
            limit = exposure + (traits.acceptable_risk - risk) / pace
            end, cause = sooner(end, cause, max(since, time_at(limit, segments, cells, grid)), MOVED)
        if traits.case_leaves:
            limit = exposure + (onset - risk) / pace
            end, cause = sooner(end, cause, max(since, time_at(limit, segments, cells, grid)), CASES)
        end = min(end, np.float64(column))
        segment = segment_at(end, segments, cells, grid)
        reached = risk + pace * (exposure_at(end, segment, segments) - exposure)
        moved += cause == MOVED
        cases += cause == CASES or (not traits.case_leaves and risk < onset <= reached)
        if traits.injured:
            state[GAP, i] -= xi * (injuries_at(end, segment, segments) - injuries_at(since, begun, segments))
        exits[SINCE, j] = end
    counts[MOVED, column] += moved
    counts[LEAVERS, column] += ending - moved
    counts[HIRES, column] += ending
    counts[CASES, column] += cases


@jit
def _enlist(ending: int, who: Integers, marks: Words, exit_marks: Words) -> None:
    for j in range(ending):
        marks[INDEX, who[j]] += 1
        exit_marks[WORKER, j] = marks[WORKER, who[j]]
        exit_marks[INDEX, j] = marks[INDEX, who[j]]
        if exit_marks[INDEX, j] >= MAX_LIVES:
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
    who: Integers,
    state: Floats,
    exits: Floats,
    following: Integers,
    calendar: Integers,
) -> int:
    """Begin the lives that follow; list those that end within the year too and return how many."""
    again = 0
    for j in range(ending):
        i, start, factor = who[j], exits[SINCE, j], _factor(words[3, j], traits.noise)
        segment = segment_at(start, segments, cells, grid)
        leave = start + exits[STAY, j]
        state[XI, i] = exits[XI, j]
        state[LEAVE, i] = leave
        state[CARRIED, i] = 0.0
        state[ONSET, i] = uniform(words[1, j])
        state[STEP, i] = factor * (ends[0, column] - exposure_at(start, segment, segments))
        if traits.injured:
            state[LOAD, i] = ends[1, column] - injuries_at(start, segment, segments)
        if leave <= column or _stops(i, traits, state):
            who[again], exits[SINCE, again], exits[FACTOR, again] = i, start, factor
            again += 1
        else:
            _note(i, leave, following, calendar)
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
