"""Many replications of one or more strategies: over processes, in stages up to a wanted precision, resumable.

Every draw is keyed by seed, replication and id, and results are reduced in the order of replications, so that equal
inputs give equal bits whatever the processes, threads, pieces, interruptions or strategies beside. Memory is
8 bytes × replications × years × groups × quantities for each strategy, and nothing per worker.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import combinations, groupby
from pathlib import Path

import numpy as np

from oshopt.model import InputError, LogEntry, Outcome, Problem, Scenario, Strategy, Study
from oshopt.risk import evaluate
from oshopt.risk.pairs import HALF_WIDTH, standard_error
from oshopt.simulation.enterprise import Enterprise, Planner
from oshopt.simulation.outcome import difference_of, figures, outcome_of
from oshopt.simulation.replications import Clock, Job, Prepared, Samples, projects_of
from oshopt.simulation.store import Store

FIRST_STAGE = 100
"""Replications after which a wanted precision is first looked at; then after twice as many, and so on."""
PIECE = 25
"""Replications that are carried out and stored together."""
LIGHT = 200_000_000
"""Worker-years that one process carries faster than others start, where no chance touches the enterprise."""
MOST, MOST_JOBS = 1 << 24, 1024
"""Most replications; most processes or threads."""
REPLANNED = "re-planned"
"""Name of the alternative that is planned anew each year."""

Progress = Callable[[int, int], None]
"""Called with (replications done, replications in all)."""
Piece = tuple[int, int, int]
"""Number of the job, first replication, end."""
Done = tuple[Samples, tuple[float, float]]
"""Results of a piece, and the seconds that its enterprises and its people took."""


@dataclass(frozen=True, slots=True)
class Effort:
    """How much is simulated, and how the work is split, which changes no bit. Raises `InputError` for bad numbers."""

    replications: int = 1000
    """How many, at most where a precision is wanted."""
    seed: int = 1
    """Of every draw, in [0, 2⁶⁴)."""
    precision: float | None = None
    """Wanted half-width of the 95 % interval of each strategy's mean cases over the horizon, relative to that mean;
    looked at after 100, 200, 400 … replications only, so that chance does not choose when to stop."""
    processes: int = 1
    """How many to spread replications over; a script that asks for more than one must be importable."""
    threads: int = 1
    """How many to spread the people of one replication over."""
    piece: int = PIECE
    """Replications that are carried out and stored together."""
    resume: Path | None = None
    """Directory that results are written to as they come, and read from where a run was stopped."""

    def __post_init__(self) -> None:
        checks = (
            ("replications", 1 <= self.replications <= MOST, f"a whole number from 1 to {MOST}"),
            ("seed", 0 <= self.seed < 1 << 64, "a whole number from 0 to 2**64 − 1"),
            ("precision", self.precision is None or 0 < self.precision < 1, "a number above 0 and below 1"),
            ("processes", 1 <= self.processes <= MOST_JOBS, f"a whole number from 1 to {MOST_JOBS}"),
            ("threads", 1 <= self.threads <= MOST_JOBS, f"a whole number from 1 to {MOST_JOBS}"),
            ("piece", 1 <= self.piece <= MOST, f"a whole number from 1 to {MOST}"),
        )
        problems = [
            Problem("options", "", name, str(getattr(self, name)), "a value outside its limits", f"Give {right}.")
            for name, sound, right in checks
            if not sound
        ]
        if problems:
            raise InputError(problems)


USUAL = Effort()
"""A thousand replications in this process."""


def simulate(
    scenario: Scenario,
    strategy: Strategy | str,
    *,
    replications: int = USUAL.replications,
    seed: int = USUAL.seed,
    processes: int = 1,
    planner: Planner | None = None,
) -> Outcome:
    """Return what happens under a strategy, with its spread.

    `strategy` is a spend table, or the id of one of the scenario's. With a planner, what is left is planned anew each
    year, and the strategy holds until a plan is found. Other arguments as in `Effort`. Raises `InputError` for what
    cannot be used.
    """
    effort = Effort(replications=replications, seed=seed, processes=processes)
    table = scenario.strategy(strategy) if isinstance(strategy, str) else strategy
    return _study([Job(scenario, table, seed, planner)], effort, False, None, Clock()).outcomes[0]


def simulate_each(
    scenario: Scenario,
    strategies: Sequence[Strategy | str],
    *,
    planner: Planner | None = None,
    effort: Effort = USUAL,
    log: bool = False,
    every_pair: bool = False,
    progress: Progress | None = None,
    clock: Clock | None = None,
) -> Study:
    """Simulate strategies under the same draws and hold each against the first.

    Arguments:
        scenario: enterprise, people and rules.
        strategies: spend tables, or ids of the scenario's; at least one.
        planner: where given, an alternative more, `re-planned`: what is left is planned anew each year, and the last
            of the strategies holds until a plan is found. Importable by name, so that other processes find it.
        effort: how much is simulated and how the work is split.
        log: whether the events of each one's first replication are told.
        every_pair: whether each is held against every one before it.
        progress: called as replications are done.
        clock: counts the seconds of processor time; not those of what is read from `effort.resume`.

    Raises:
        InputError: for a scenario or strategy that cannot be used.

    """
    tables = [scenario.strategy(name) if isinstance(name, str) else name for name in strategies]
    jobs = [Job(scenario, table, effort.seed) for table in tables]
    if planner is not None:
        jobs.append(Job(scenario, tables[-1].update(id=REPLANNED), effort.seed, planner))
    return _study(jobs, effort, log, progress, clock or Clock(), every_pair=every_pair)


def _study(
    jobs: list[Job], effort: Effort, log: bool, progress: Progress | None, clock: Clock, *, every_pair: bool = False
) -> Study:
    planned = [evaluate(job.scenario, job.strategy) for job in jobs]
    run = _MonteCarlo(jobs, effort, progress, clock)
    count = 0
    processes = 1 if _light(jobs, effort.replications) else effort.processes
    with _carrier(jobs, processes, effort.threads) as carry:
        for count in _stages(effort.replications, effort.precision):
            run.extend(count, carry)
            if effort.precision is not None and all(
                _precise(job.scenario, s.head(count), effort.precision)
                for job, s in zip(jobs, run.samples, strict=True)
            ):
                break
    samples = [part.head(count) for part in run.samples]
    logs = [_events(job) if log else () for job in jobs]
    outcomes = tuple(outcome_of(*parts) for parts in zip(jobs, samples, planned, logs, strict=True))
    pairs = [pair for pair in combinations(range(len(jobs)), 2) if every_pair or pair[0] == 0]
    differences = tuple(difference_of(jobs[i], samples[i], jobs[j], samples[j]) for i, j in pairs)
    return Study(outcomes=outcomes, differences=differences)


def _light(jobs: Sequence[Job], replications: int) -> bool:
    """Tell whether the work is done before other processes would have begun it."""
    people = sum(group.headcount for group in jobs[0].scenario.groups.values())
    if people * len(jobs[0].scenario.years) * len(jobs) * replications > LIGHT:
        return False
    return all(Enterprise.of(job.scenario, job.strategy, job.planner).certain for job in jobs)


def _events(job: Job) -> tuple[LogEntry, ...]:
    return Enterprise.of(job.scenario, job.strategy, job.planner).run(job.seed, log=True).log


def _stages(replications: int, precision: float | None) -> Iterator[int]:
    count = FIRST_STAGE
    while precision is not None and count < replications:
        yield count
        count *= 2
    yield replications


def _precise(scenario: Scenario, samples: Samples, precision: float) -> bool:
    cases = figures(scenario, samples)["cases"]
    return bool(HALF_WIDTH * standard_error(cases) <= precision * np.mean(cases))


class _MonteCarlo:
    """Results of every job so far."""

    def __init__(self, jobs: Sequence[Job], effort: Effort, progress: Progress | None, clock: Clock) -> None:
        self.clock = clock
        self.piece, self.progress, self.most = effort.piece, progress, effort.replications * len(jobs)
        self.samples = [_room(job, effort.replications) for job in jobs]
        self.stores = [None if effort.resume is None else Store(effort.resume, job) for job in jobs]
        pairs = zip(self.stores, self.samples, strict=True)
        self.done = [set() if store is None else store.load(samples) for store, samples in pairs]

    def extend(self, count: int, carry: Callable[[list[Piece]], Iterator[tuple[Piece, Done]]]) -> None:
        """Carry out what is missing of the first `count` replications of every job."""
        for (job, first, last), (part, seconds) in carry(list(self._missing(count))):
            store = self.stores[job]
            if store is not None:
                store.save(first, part)
            self.samples[job].put(first, part)
            self.done[job].update(range(first, last))
            self.clock.add(*seconds)
            if self.progress is not None:
                self.progress(sum(map(len, self.done)), self.most)

    def _missing(self, count: int) -> Iterator[Piece]:
        for job, done in enumerate(self.done):
            numbers = [number for number in range(count) if number not in done]
            for _, run in groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0]):
                gap = [number for _, number in run]
                for at in range(0, len(gap), self.piece):
                    part = gap[at : at + self.piece]
                    yield job, part[0], part[-1] + 1


def _room(job: Job, replications: int) -> Samples:
    scenario = job.scenario
    return Samples.empty(replications, len(scenario.groups), len(scenario.years), len(projects_of(scenario)))


@contextmanager
def _carrier(
    jobs: list[Job], processes: int, threads: int
) -> Iterator[Callable[[list[Piece]], Iterator[tuple[Piece, Done]]]]:
    """Give a function that carries out pieces and yields them as they are done, in no order."""
    if processes == 1:
        prepared = [Prepared(job) for job in jobs]
        yield lambda pieces: ((piece, _carry_out(prepared, piece, threads)) for piece in pieces)
        return
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(processes, context, _prepare, (jobs, threads))

    def carry(pieces: list[Piece]) -> Iterator[tuple[Piece, Done]]:
        under_way = {pool.submit(_run, piece): piece for piece in pieces}
        for future in as_completed(under_way):
            yield under_way[future], future.result()

    try:
        yield carry
    finally:
        pool.shutdown(cancel_futures=True)


_prepared: list[Prepared] = []
_threads: list[int] = []


def _prepare(jobs: list[Job], threads: int) -> None:
    """Get a process ready: it leaves interrupts to its parent and goes when the parent goes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_leave_with_parent, daemon=True).start()
    _prepared[:] = [Prepared(job) for job in jobs]
    _threads[:] = [threads]


def _leave_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _run(piece: Piece) -> Done:
    return _carry_out(_prepared, piece, _threads[0])


def _carry_out(prepared: Sequence[Prepared], piece: Piece, threads: int) -> Done:
    job, first, last = piece
    return prepared[job].run(first, last, threads), prepared[job].clock.taken()
