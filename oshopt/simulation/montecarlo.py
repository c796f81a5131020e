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
from itertools import groupby
from pathlib import Path

import numpy as np

from oshopt.model import InputError, Outcome, Problem, Scenario, Strategy, Study
from oshopt.risk import evaluate
from oshopt.simulation.enterprise import Enterprise, Planner
from oshopt.simulation.outcome import HALF_WIDTH, difference_of, figures, outcome_of, standard_error
from oshopt.simulation.replications import Job, Prepared, Samples, projects_of
from oshopt.simulation.store import Store

FIRST_STAGE = 100
"""Replications after which a wanted precision is first looked at; then after twice as many, and so on."""
PIECE = 25
"""Replications that are carried out and stored together."""
MOST = 1 << 24
"""Most replications."""

Progress = Callable[[int, int], None]
"""Called with (replications done, replications in all)."""
Piece = tuple[int, int, int]
"""Number of the job, first replication, end."""


def simulate(
    scenario: Scenario,
    strategy: Strategy | str,
    *,
    replications: int = 1000,
    seed: int = 1,
    precision: float | None = None,
    processes: int = 1,
    threads: int = 1,
    piece: int = PIECE,
    resume: Path | None = None,
    planner: Planner | None = None,
    log: bool = False,
    progress: Progress | None = None,
) -> Outcome:
    """Return what happens under a strategy, with its spread.

    Arguments and errors are those of `simulate_each`.
    """
    study = simulate_each(
        scenario,
        [strategy],
        replications=replications,
        seed=seed,
        precision=precision,
        processes=processes,
        threads=threads,
        piece=piece,
        resume=resume,
        planner=planner,
        log=log,
        progress=progress,
    )
    return study.outcomes[0]


def simulate_each(
    scenario: Scenario,
    strategies: Sequence[Strategy | str],
    *,
    replications: int = 1000,
    seed: int = 1,
    precision: float | None = None,
    processes: int = 1,
    threads: int = 1,
    piece: int = PIECE,
    resume: Path | None = None,
    planner: Planner | None = None,
    log: bool = False,
    progress: Progress | None = None,
) -> Study:
    """Simulate strategies under the same draws and hold each against the first.

    Arguments:
        scenario: enterprise, people and rules.
        strategies: spend tables, or ids of the scenario's.
        replications: how many, at most where a precision is wanted.
        seed: of every draw, in [0, 2⁶⁴).
        precision: wanted half-width of the 95 % interval of each strategy's mean cases over the horizon, relative to
            that mean; looked at after 100, 200, 400 … replications only, so that chance does not choose when to stop.
        processes: how many to spread replications over; a script that asks for more than one must be importable.
        threads: how many to spread the people of one replication over.
        piece: replications carried out and stored together.
        resume: directory that results are written to as they come, and read from where a run was stopped.
        planner: plans what is left anew each year, `Planner`; importable by name. The strategies then hold until it
            first finds a plan.
        log: whether the events of the first replication are told.
        progress: called as replications are done.

    Raises:
        InputError: for a scenario, strategy or number that cannot be used.

    """
    _require_sound(replications, seed, precision, processes, threads, piece)
    tables = [scenario.strategy(name) if isinstance(name, str) else name for name in strategies]
    planned = [evaluate(scenario, table) for table in tables]
    jobs = [Job(scenario, table, seed, planner) for table in tables]
    run = _MonteCarlo(jobs, replications, piece, resume, progress)
    with _carrier(jobs, processes, threads) as carry:
        for count in _stages(replications, precision):
            run.extend(count, carry)
            if precision is not None and all(_precise(part.head(count), precision) for part in run.samples):
                break
    samples = [part.head(count) for part in run.samples]
    logs = [Enterprise.of(scenario, table, planner).run(seed, log=True).log if log else () for table in tables]
    outcomes = tuple(outcome_of(*parts) for parts in zip(jobs, samples, planned, logs, strict=True))
    differences = tuple(
        difference_of(jobs[0], samples[0], job, part) for job, part in zip(jobs[1:], samples[1:], strict=True)
    )
    return Study(outcomes=outcomes, differences=differences)


def _require_sound(
    replications: int, seed: int, precision: float | None, processes: int, threads: int, piece: int
) -> None:
    checks = (
        ("replications", replications, 1 <= replications <= MOST, f"a whole number from 1 to {MOST}"),
        ("seed", seed, 0 <= seed < 1 << 64, "a whole number from 0 to 2**64 − 1"),
        ("precision", precision, precision is None or 0 < precision < 1, "a number above 0 and below 1"),
        ("processes", processes, 1 <= processes <= 1024, "a whole number from 1 to 1024"),
        ("threads", threads, 1 <= threads <= 1024, "a whole number from 1 to 1024"),
        ("piece", piece, 1 <= piece <= MOST, f"a whole number from 1 to {MOST}"),
    )
    problems = [
        Problem("options", "", name, str(value), "a value outside its limits", f"Give {right}.")
        for name, value, sound, right in checks
        if not sound
    ]
    if problems:
        raise InputError(problems)


def _stages(replications: int, precision: float | None) -> Iterator[int]:
    count = FIRST_STAGE
    while precision is not None and count < replications:
        yield count
        count *= 2
    yield replications


def _precise(samples: Samples, precision: float) -> bool:
    cases = figures(samples)["cases"]
    return bool(HALF_WIDTH * standard_error(cases) <= precision * np.mean(cases))


class _MonteCarlo:
    """Results of every job so far."""

    def __init__(
        self, jobs: Sequence[Job], replications: int, piece: int, resume: Path | None, progress: Progress | None
    ) -> None:
        self.piece, self.progress, self.most = piece, progress, replications * len(jobs)
        self.samples = [_room(job, replications) for job in jobs]
        self.stores = [None if resume is None else Store(resume, job) for job in jobs]
        pairs = zip(self.stores, self.samples, strict=True)
        self.done = [set() if store is None else store.load(samples) for store, samples in pairs]

    def extend(self, count: int, carry: Callable[[list[Piece]], Iterator[tuple[Piece, Samples]]]) -> None:
        """Carry out what is missing of the first `count` replications of every job."""
        for (job, first, last), part in carry(list(self._missing(count))):
            store = self.stores[job]
            if store is not None:
                store.save(first, part)
            self.samples[job].put(first, part)
            self.done[job].update(range(first, last))
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
) -> Iterator[Callable[[list[Piece]], Iterator[tuple[Piece, Samples]]]]:
    """Give a function that carries out pieces and yields them as they are done, in no order."""
    if processes == 1:
        prepared = [Prepared(job) for job in jobs]
        yield lambda pieces: (((job, a, b), prepared[job].run(a, b, threads)) for job, a, b in pieces)
        return
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(processes, context, _prepare, (jobs, threads))

    def carry(pieces: list[Piece]) -> Iterator[tuple[Piece, Samples]]:
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


def _run(piece: Piece) -> Samples:
    job, first, last = piece
    return _prepared[job].run(first, last, _threads[0])
