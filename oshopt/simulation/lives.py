"""Kernel by lives: each position of a workforce, life after life, exactly along a piecewise linear exposure path.

Within a life of susceptibility ξ that begins at time s, risk is R_s + ξ·(A(t) − A(s)), where A is the exposure of the
path. So whatever does not end a life is decided in exposure, by comparison, and only ends need the path's inverse.
No yearly noise here (`oshopt.simulation.yearly`), no scenario, no threads.
"""

from __future__ import annotations

import numpy as np

from oshopt.risk.exposure import CELLS, Floats, Grid, Integers, PathTable
from oshopt.risk.kernel import exposure_at, injuries_at, jit, segment_at, time_at
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
from oshopt.simulation.draws import FULL, INDEX, WORKER, Stream, Words, fixed_point, uniform
from oshopt.simulation.traits import (
    ABOVE,
    BLOCK,
    CASES,
    HIRES,
    INJURIES,
    LEAVERS,
    MAX_LIVES,
    MOVED,
    PACE,
    RISK,
    WIDTH,
    Counts,
    Traits,
)

START, END, BEFORE, AFTER, CLOCK = range(4, 9)
"""Rows of the state: time at which the life begins and ends (years), exposure of the path at both, and expected
injuries at susceptibility 1 up to the start."""
_STATE_ROWS = 9

FIRST, LAST = 0, 1
"""Rows of `seen`: first year's end that the life sees, first one after that it does not see."""


@jit
def carry_lives(first: int, last: int, traits: Traits, path: PathTable, source: Stream, counts: Counts) -> None:
    """Carry positions `first` to `last` along `path` and add what happens to `counts`.

    `counts` has shape (ROWS, years + 2). Raises `ValueError` where a position sees more lives than counters reach.
    """
    segments, ends, cells, grid = path
    marks, words = np.zeros((3, WIDTH), np.uint32), np.empty((4, WIDTH), np.uint32)
    state, seen = np.empty((_STATE_ROWS, WIDTH)), np.empty((2, WIDTH), np.int64)
    for begin in range(first, last, BLOCK):
        seated = min(BLOCK, last - begin)
        seat_block(begin, seated, traits, source, marks, words, state)
        state[START, :seated] = 0.0
        state[BEFORE, :seated] = 0.0
        state[CLOCK, :seated] = 0.0
        seen[FIRST, :seated] = 1
        life = 0
        while seated > 0:
            if life >= MAX_LIVES:
                raise ValueError("a position sees more than 2**24 lives: turnover or moves are too frequent")
            draw_lives(seated, traits, source, marks, words, state)
            state[CARRIED, :seated] = 0.0
            if life == 0:
                draw_service(seated, traits, words, state)
            _live(seated, traits, segments, ends, cells, grid, words, state, seen, counts)
            if traits.injured:
                _injure(seated, segments, ends, cells, grid, source, marks, state, seen, counts)
            life += 1
            seated = _succeed(seated, life, marks, state, seen, counts)


@jit
def _live(
    seated: int,
    traits: Traits,
    segments: Floats,
    ends: Floats,
    cells: Integers,
    grid: Grid,
    words: Words,
    state: Floats,
    seen: Integers,
    counts: Counts,
) -> None:
    """Find the end of each life, and count it with all that happens before it."""
    years = ends.shape[1] - 2
    for i in range(seated):
        start, risk, pace = state[START, i], state[CARRIED, i], 1.0 / state[XI, i]
        origin = state[BEFORE, i] - risk * pace
        onset = origin + (risk + (1.0 - risk) * uniform(words[1, i])) * pace
        limit = origin + traits.acceptable_risk * pace
        end, cause = start + state[STAY, i], LEAVERS
        if traits.move_at_limit:
            end, cause = sooner(end, cause, max(start, time_at(limit, segments, cells, grid)), MOVED)
        if traits.case_leaves:
            end, cause = sooner(end, cause, max(start, time_at(onset, segments, cells, grid)), CASES)
        until = min(end, np.float64(years))
        gathered = exposure_at(until, segment_at(until, segments, cells, grid), segments)
        first, last = seen[FIRST, i], max(1, int(np.ceil(min(end, years + 1.0))))
        state[END, i], state[AFTER, i], seen[LAST, i] = end, gathered, last
        counts[MOVED if cause == MOVED else LEAVERS, last] += 1
        if cause == CASES:
            counts[CASES, last] += 1
        elif onset <= gathered and not traits.case_leaves:
            counts[CASES, max(first, _year_of(onset, ends, cells, grid))] += 1
        if not traits.move_at_limit:
            counts[ABOVE, min(last, max(first, _year_of(limit, ends, cells, grid)))] += 1
            counts[ABOVE, last] -= 1
        steady, offset = fixed_point(state[XI, i]), fixed_point(-state[XI, i] * origin)
        counts[PACE, first] += steady
        counts[RISK, first] += offset
        if origin + pace <= gathered:
            full = min(last, max(first, _year_of(origin + pace, ends, cells, grid)))
            counts[PACE, full] -= steady
            counts[RISK, full] += int(FULL) - offset
            steady, offset = 0, int(FULL)
        counts[PACE, last] -= steady
        counts[RISK, last] -= offset


@jit
def _year_of(exposure: float, ends: Floats, cells: Integers, grid: Grid) -> int:
    """Return the first year's end by which `exposure` has been reached, years + 1 where none has."""
    year = int(cells[2, int(max(0.0, min(exposure * grid.year_scale, CELLS)))])
    for _ in range(grid.year_hops):
        year += ends[0, year] < exposure
    return year


@jit
def _injure(
    seated: int,
    segments: Floats,
    ends: Floats,
    cells: Integers,
    grid: Grid,
    source: Stream,
    marks: Words,
    state: Floats,
    seen: Integers,
    counts: Counts,
) -> None:
    """Count the injuries of each life: arrivals at rate 1 on the clock of expected injuries."""
    years = ends.shape[1] - 2
    for i in range(seated):
        until, clock = min(state[END, i], np.float64(years)), state[CLOCK, i]
        stop = injuries_at(until, segment_at(until, segments, cells, grid), segments)
        xi, year = state[XI, i], seen[FIRST, i]
        while state[GAP, i] <= xi * (stop - clock):
            clock += state[GAP, i] / xi
            marks[INJURED, i] += 1
            state[GAP, i] = next_gap(marks[WORKER, i], marks[INJURED, i], source)
            while year < years and ends[1, year] < clock:
                year += 1
            counts[INJURIES, year] += 1
        state[GAP, i] -= xi * (stop - clock)
        state[CLOCK, i] = stop


@jit
def _succeed(seated: int, life: int, marks: Words, state: Floats, seen: Integers, counts: Counts) -> int:
    """Seat a newcomer wherever a life ended within the horizon; return how many."""
    beyond = counts.shape[1] - 1
    again = 0
    for i in range(seated):
        last = seen[LAST, i]
        marks[WORKER, again] = marks[WORKER, i]
        marks[INDEX, again] = life
        marks[INJURED, again] = marks[INJURED, i]
        state[START, again] = state[END, i]
        state[BEFORE, again] = state[AFTER, i]
        state[GAP, again] = state[GAP, i]
        state[CLOCK, again] = state[CLOCK, i]
        seen[FIRST, again] = last
        counts[HIRES, last] += 1
        again += last < beyond
    counts[HIRES, beyond] = 0
    return again
