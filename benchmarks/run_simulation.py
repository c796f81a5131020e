"""Measure the kernel and the workforce simulator beside their peers in one run: a table of ratios, and JSON.

Forms of a phase take turns, and the best of their turns counts, so that other load on the machine falls on all alike.
Forms of one thread are timed by the processor, two threads by the clock on the wall. `benchmarks/README.md` says what
limits what.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import time
from pathlib import Path

import numba
import numpy as np

from benchmarks.registry import SIZES, SPECS, Job, workload
from oshopt.simulation.workforce import warm_up

_LEAST_SECONDS, _LONG_SECONDS = 0.05, 1.0


def measure(phase: str, workers: int, turns: int) -> tuple[dict[str, float], dict[str, float]]:
    """Return million worker-years a second of every form of a phase, by the processor and by the clock on the wall.

    Each is the best of `turns` turns; what takes longer than a second has a quarter of them after the second.
    """
    jobs: dict[str, tuple[Job, int]] = {}
    for spec in SPECS:
        if spec.phase in (phase, "control"):
            size = min(workers, spec.most)
            jobs[spec.form] = (spec.prepare(size), size)
    speeds, by_the_wall, lasted = dict.fromkeys(jobs, 0.0), dict.fromkeys(jobs, 0.0), dict.fromkeys(jobs, 0.0)
    for turn in range(turns):
        for form, (job, size) in jobs.items():
            if turn >= 2 and turn % 4 and lasted[form] > _LONG_SECONDS:
                continue
            repeats, began, spent = 0, time.perf_counter(), time.process_time()
            while repeats == 0 or time.perf_counter() - began < _LEAST_SECONDS:
                job()
                repeats += 1
            lasted[form] = (time.perf_counter() - began) / repeats
            done = workload(phase, size).worker_years * repeats / 1e6
            speeds[form] = max(speeds[form], done / (time.process_time() - spent))
            by_the_wall[form] = max(by_the_wall[form], done / (time.perf_counter() - began))
    return speeds, by_the_wall


def ratios(
    phase: str, speeds: dict[str, float], by_the_wall: dict[str, float]
) -> dict[str, tuple[float, float | None]]:
    """Return this package's speed as a multiple of each form's, with the wanted multiple where there is one.

    Forms of one thread are held against each other by processor time. The last three are what a second thread is worth:
    to this package by the clock on the wall, to a loop that shares nothing, and to this package if the second core were
    its own, which is what the processor time of two threads says.
    """
    wanted = {spec.form: spec.at_least for spec in SPECS if spec.phase == phase}
    result = {
        form: (speeds["oshopt"] / speed, wanted[form])
        for form, speed in speeds.items()
        if form in wanted and not form.startswith("oshopt")
    }
    for form, label in (("oshopt", "one thread (2 threads)"), ("bare loop", "the same of a bare loop")):
        result[label] = by_the_wall[f"{form} 2 threads"] / by_the_wall[form], wanted.get(form)
    result["the same by processor time"] = (2 * speeds["oshopt 2 threads"] / speeds["oshopt"], None)
    return result


def main() -> None:
    """Measure, print and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=list(SIZES), help="numbers of workers")
    parser.add_argument("--turns", type=int, default=16, help="turns of each form; the best counts")
    parser.add_argument("--json", type=Path, default=Path("out/simulation.json"), help="where the figures go")
    arguments = parser.parse_args()
    os.environ.setdefault("NUMBA_NUM_THREADS", "2")
    warm_up()
    rows = []
    for phase in ("paths", "years", "lives"):
        for workers in arguments.sizes:
            speeds, by_the_wall = measure(phase, workers, arguments.turns)
            compared = ratios(phase, speeds, by_the_wall)
            rows.append(
                {
                    "phase": phase,
                    "workers": workers,
                    "million_worker_years_a_second": speeds,
                    "by_the_wall": by_the_wall,
                    "ratios": compared,
                }
            )
            shown = {form: by_the_wall[form] if "2 threads" in form else speed for form, speed in speeds.items()}
            print(f"\n{phase}, {workers:,} workers, million worker-years a second:")
            print("  " + ", ".join(f"{form} {speed:.4g}" for form, speed in shown.items() if "bare" not in form))
            for form, (ratio, least) in compared.items():
                verdict = "" if least is None else f"  wanted {least:g}: {'met' if ratio >= least else 'MISSED'}"
                label = form if form.startswith("the same") else f"oshopt / {form}"
                print(f"  {label:<33}{ratio:8.2f}{verdict}")
    versions = {"python": platform.python_version(), "numpy": np.__version__, "numba": numba.__version__}
    arguments.json.parent.mkdir(parents=True, exist_ok=True)
    arguments.json.write_text(json.dumps({"versions": versions, "cores": os.cpu_count(), "runs": rows}, indent=1))


if __name__ == "__main__":
    main()
