"""Batch kernel of risk accumulation: the JIT switch, look-ups on a path, eq. 1 and first passage for many workers.

Everything compiled, here and in `oshopt.simulation`, uses +, −, ×, ÷, √, comparisons and the bits of a float64 only,
never fast-math and never a library's `exp` or `log`, so that results are equal bit for bit on every IEEE machine. No
scenario, no random number, no file enters here.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from typing import Literal, TypeVar, cast

import numba
import numpy as np
from numpy.typing import ArrayLike

from oshopt.risk.exposure import (
    BREAK,
    CELLS,
    DURATION,
    EXPOSURE,
    INJURIES,
    INJURY_RATE,
    RATE,
    ExposurePath,
    Floats,
    Grid,
    Integers,
    PathTable,
    tabulate,
)
from oshopt.risk.stores import LINE, lead, store_lines

F = TypeVar("F", bound=Callable[..., object])
T = TypeVar("T")

_BEYOND_CACHE = 1 << 25
"""Bytes of paths from which on they are stored past the cache."""
_BUFFER = 320
"""Floats that are gathered before they are stored."""

_REMEDY = "set NUMBA_CACHE_DIR to a directory that can be written"


class CacheError(RuntimeError):
    """Compiled code cannot be kept anywhere."""


def jit(function: F) -> F:
    """Compile on first call and keep the result on disk; plain Python where NUMBA_DISABLE_JIT is set.

    The interpreter's lock is released, and division by zero gives ∞ or NaN as in NumPy. Raises `CacheError` where no
    directory for compiled code can be written.
    """
    return _compile(function, inline="never")


def inlined(function: F) -> F:
    """Like `jit`, for a small function that its callers take in whole, so that their loops can be vectorised."""
    return _compile(function, inline="always")


def merged(function: F) -> F:
    """Like `jit`, for a part of a kernel that is called for little work: its code goes into its caller's.

    Its loops are vectorised before that, as they stand in it.
    """
    return _compile(function, forceinline=True)


def _compile(function: F, inline: Literal["never", "always"] = "never", forceinline: bool = False) -> F:
    compiler = numba.njit(cache=True, nogil=True, error_model="numpy", inline=inline, forceinline=forceinline)
    try:
        return cast(F, compiler(function))
    except RuntimeError as error:
        raise CacheError(f"compiled code of {function.__module__} cannot be cached ({error}): {_REMEDY}") from error


@jit
def segment_at(time: float, segments: Floats, cells: Integers, grid: Grid) -> int:
    """Return the segment that holds at `time` ≥ 0 (years); arguments as in `PathTable`."""
    segment = int(cells[0, int(min(time * grid.time_scale, CELLS))])
    for _ in range(grid.time_hops):
        segment += segments[segment + 1, BREAK] <= time
    return segment


@jit
def exposure_at(time: float, segment: int, segments: Floats) -> float:
    """Return the exposure gathered from 0 to `time`, which lies in `segment`."""
    return float(segments[segment, EXPOSURE] + segments[segment, RATE] * (time - segments[segment, BREAK]))


@jit
def injuries_at(time: float, segment: int, segments: Floats) -> float:
    """Return the injuries expected per person from 0 to `time`, which lies in `segment`."""
    return float(segments[segment, INJURIES] + segments[segment, INJURY_RATE] * (time - segments[segment, BREAK]))


@jit
def time_at(exposure: float, segments: Floats, cells: Integers, grid: Grid) -> float:
    """Return the first time at which `exposure` is reached, in years: 0 where it is not positive, ∞ where never."""
    if exposure <= 0.0:
        return 0.0
    segment = int(cells[1, int(min(exposure * grid.exposure_scale, CELLS))])
    for _ in range(grid.exposure_hops):
        segment += segments[segment + 1, EXPOSURE] < exposure
    return float(segments[segment, BREAK] + (exposure - segments[segment, EXPOSURE]) * segments[segment, DURATION])


def accumulate(
    initial_risk: ArrayLike,
    risk_increment: ArrayLike,
    effects: ArrayLike,
    *,
    out: Floats | None = None,
    threads: int = 1,
) -> Floats:
    """Return accumulated risk at the end of each year, R_i = R_{i−1} + dR·(1 − ε_i) (eqs 1 and 4), worker by worker.

    `initial_risk` and `risk_increment` have shape (workers,), `effects` (years,); the result, written into `out` where
    given, has shape (workers, years). Raises `ValueError` where shapes disagree.
    """
    start = np.ascontiguousarray(initial_risk, dtype=np.float64)
    increment = np.ascontiguousarray(risk_increment, dtype=np.float64)
    service = np.cumsum(1.0 - np.asarray(effects, dtype=np.float64))
    shape = (start.size, service.size)
    paths = np.empty(shape) if out is None else out
    if start.shape != increment.shape or start.ndim != 1 or service.ndim != 1 or paths.shape != shape:
        raise ValueError("accumulate needs vectors over workers and years, and out of shape (workers, years)")

    def chunk(first: int, last: int) -> None:
        written = paths[first:last]
        if written.nbytes < _BEYOND_CACHE or not written.flags.carray:
            _accumulate(start[first:last], increment[first:last], service, written)
        else:
            flat = written.reshape(-1)
            _accumulate_past_cache(start[first:last], increment[first:last], service, flat, lead(flat))

    in_chunks(chunk, start.size, threads)
    return paths


@jit
def _accumulate(start: Floats, increment: Floats, service: Floats, paths: Floats) -> None:
    for worker in range(start.size):
        for year in range(service.size):
            paths[worker, year] = start[worker] + increment[worker] * service[year]


@jit
def _accumulate_past_cache(start: Floats, increment: Floats, service: Floats, flat: Floats, before: int) -> None:
    """Write rows of paths by way of a small buffer whose full lines are stored past the cache.

    `flat` holds workers × years; its first full line begins after `before` floats.
    """
    rows = max(1, _BUFFER // service.size)
    buffer = np.empty(LINE + rows * service.size)
    _fill(0, min(rows, start.size), start, increment, service, buffer)
    for place in range(before):
        flat[place] = buffer[LINE + place]
    written, begin = before, LINE + before
    for first in range(0, start.size, rows):
        end = _fill(first, min(first + rows, start.size), start, increment, service, buffer)
        lines = (end - begin) // LINE
        store_lines(flat, written, buffer, begin, lines)
        written += lines * LINE
        rest = end - begin - lines * LINE
        begin = LINE - rest
        for place in range(rest):
            buffer[begin + place] = buffer[end - rest + place]
    for place in range(flat.size - written):
        flat[written + place] = buffer[begin + place]


@jit
def _fill(first: int, last: int, start: Floats, increment: Floats, service: Floats, buffer: Floats) -> int:
    """Write the paths of some workers behind the buffer's first line; return where they end."""
    place = LINE
    for worker in range(first, last):
        for year in range(service.size):
            buffer[place + year] = start[worker] + increment[worker] * service[year]
        place += service.size
    return place


def first_passage(
    initial_risk: ArrayLike, susceptibility: ArrayLike, acceptable_risk: ArrayLike, path: ExposurePath
) -> Floats:
    """Return the years until each worker's risk reaches the threshold, in continuous time (eqs 5 and 6).

    Risk is `initial_risk` + `susceptibility`·(exposure along `path`). The three have shape (workers,) or broadcast to
    it. The result is 0 where the threshold is already reached and ∞ where it never is.
    """
    start, pace, limit = np.broadcast_arrays(
        np.asarray(initial_risk, dtype=np.float64),
        np.asarray(susceptibility, dtype=np.float64),
        np.asarray(acceptable_risk, dtype=np.float64),
    )
    passage = np.empty(start.shape)
    _first_passage(start.ravel(), pace.ravel(), limit.ravel(), tabulate(path, 0), passage.reshape(-1))
    return passage


@jit
def _first_passage(start: Floats, pace: Floats, limit: Floats, path: PathTable, passage: Floats) -> None:
    segments, _, cells, grid = path
    for worker in range(start.size):
        gap = limit[worker] - start[worker]
        passage[worker] = time_at(gap / pace[worker], segments, cells, grid) if gap > 0.0 else 0.0


def in_chunks(work: Callable[[int, int], T], size: int, threads: int) -> list[T]:
    """Run `work(first, last)` over [0, size) cut into one piece a thread; return the answers in order."""
    pieces = list(pairwise(size * piece // threads for piece in range(threads + 1)))
    if threads == 1:
        return [work(0, size)]
    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(lambda piece: work(*piece), pieces))


def warm_up() -> None:
    """Compile, or load from the cache, the kernel for the types it is used with."""
    try:
        accumulate([0.0], [0.0], [0.0])
        paths = np.empty(2 * LINE)
        _accumulate_past_cache(np.zeros(2 * LINE), np.zeros(2 * LINE), np.zeros(1), paths, lead(paths))
        first_passage([0.0], [1.0], [1.0], ExposurePath.of([0.0], [1.0]))
    except OSError as error:
        raise CacheError(f"compiled code cannot be cached ({error}): {_REMEDY}") from error
