"""What is measured: frozen specs, one per form of a phase. Drivers read them; nothing is timed here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np

from benchmarks.peers import arrays, compiled, loops, processes
from benchmarks.workload import Figures, Workload, run_oshopt
from oshopt.risk.kernel import accumulate

SIZES = (10_000, 100_000, 1_000_000, 10_000_000)
"""Numbers of workers."""

Job = Callable[[], object]

_CONTROL_STEPS = 10
"""Steps of the bare loop for each worker-year, so that it lasts as long as what it is held against."""


@dataclass(frozen=True, slots=True)
class Spec:
    """One way of doing one phase's work."""

    phase: str
    """`paths` (written), `years` (streaming), `lives`, or `control`, which is measured beside each of them."""
    form: str
    """`oshopt`, `oshopt 2 threads` or a peer."""
    prepare: Callable[[int], Job]
    """Takes a number of workers and returns the job to be timed."""
    most: int = SIZES[-1]
    """Largest number of workers that is worth its time; a larger size is read off this one, by the worker-year."""
    at_least: float | None = None
    """Wanted speed of this package, or of its two threads, as a multiple of this form's."""


def workload(phase: str, workers: int) -> Workload:
    """Return the work of a phase: yearly noise and no spread, or spread and no noise."""
    return Workload(workers, noise=0.6) if phase == "years" else Workload(workers, sigma=0.5)


def _paths(workers: int, form: str) -> Job:
    start, increment = np.full(workers, 0.03), np.full(workers, 0.003)
    effects = np.linspace(0.0, 0.3, 20)
    out = np.ones((workers, effects.size))
    if form == "copy":
        return partial(np.copyto, np.ones_like(out), out)
    if form == "numpy":
        return partial(arrays.accumulate, start, increment, np.cumsum(1 - effects), out)
    return partial(accumulate, start, increment, effects, out=out, threads=2 if form == "two" else 1)


def _simulate(workers: int, phase: str, run: Callable[..., Figures], **options: int) -> Job:
    return partial(run, workload(phase, workers), **options)


def _control(workers: int, threads: int) -> Job:
    return partial(loops.bare, workload("control", workers).worker_years * _CONTROL_STEPS, threads)


def _specs() -> tuple[Spec, ...]:
    specs = [
        Spec("control", "bare loop", partial(_control, threads=1), 1_000_000),
        Spec("control", "bare loop 2 threads", partial(_control, threads=2), 1_000_000),
        Spec("paths", "oshopt", partial(_paths, form="one")),
        Spec("paths", "oshopt 2 threads", partial(_paths, form="two")),
        Spec("paths", "memory copy", partial(_paths, form="copy"), at_least=0.9),
        Spec("paths", "numpy", partial(_paths, form="numpy")),
    ]
    for phase, numpy_target, simpy_target in (("years", 6.0, None), ("lives", 2.0, 60.0)):
        specs += [
            Spec(phase, "oshopt", partial(_simulate, phase=phase, run=run_oshopt), at_least=1.8),
            Spec(phase, "oshopt 2 threads", partial(_simulate, phase=phase, run=run_oshopt, threads=2)),
            Spec(phase, "numpy", partial(_simulate, phase=phase, run=arrays.run), 1_000_000, numpy_target),
            Spec(phase, "numba loop", partial(_simulate, phase=phase, run=loops.run), 1_000_000),
            Spec(phase, "simpy", partial(_simulate, phase=phase, run=processes.run), 10_000, simpy_target),
        ]
    if compiled.available():
        specs.append(Spec("years", "c", partial(_simulate, phase="years", run=compiled.run), at_least=0.8))
    return tuple(specs)


SPECS = _specs()
