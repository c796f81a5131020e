"""Drivers for pytest-benchmark, one per phase: `pytest benchmarks/bench_simulation.py`."""

from __future__ import annotations

from typing import Any

import pytest

from benchmarks.registry import SIZES, SPECS, Spec
from oshopt.simulation.workforce import warm_up

WORKERS = SIZES[:3]


@pytest.fixture(scope="session", autouse=True)
def _compiled() -> None:
    warm_up()


def _of(phase: str) -> Any:
    specs = [spec for spec in SPECS if spec.phase == phase]
    return pytest.mark.parametrize("spec", specs, ids=lambda spec: spec.form.replace(" ", "-"))


def _run(benchmark: Any, spec: Spec, workers: int) -> None:
    if workers > spec.most:
        pytest.skip("larger than this form is worth")
    benchmark.group = f"{spec.phase} {workers}"
    benchmark(spec.prepare(workers))


@pytest.mark.parametrize("workers", WORKERS)
@_of("paths")
def test_paths(benchmark: Any, spec: Spec, workers: int) -> None:
    """Paths of risk written for every worker and year."""
    _run(benchmark, spec, workers)


@pytest.mark.parametrize("workers", WORKERS)
@_of("control")
def test_control(benchmark: Any, spec: Spec, workers: int) -> None:
    """A bare loop."""
    _run(benchmark, spec, workers)


@pytest.mark.parametrize("workers", WORKERS)
@_of("years")
def test_years(benchmark: Any, spec: Spec, workers: int) -> None:
    """The streaming kernel."""
    _run(benchmark, spec, workers)


@pytest.mark.parametrize("workers", WORKERS)
@_of("lives")
def test_lives(benchmark: Any, spec: Spec, workers: int) -> None:
    """The kernel by lives."""
    _run(benchmark, spec, workers)
