"""Every spec runs, untimed, and every form of a phase arrives at the same figures."""

from __future__ import annotations

import math
import os

import pytest

from benchmarks import run_simulation
from benchmarks.peers import compiled
from benchmarks.registry import SPECS, Spec, workload
from benchmarks.workload import Figures, run_oshopt

pytestmark = pytest.mark.skipif(os.environ.get("NUMBA_DISABLE_JIT") == "1", reason="peers are about compiled code")
WORKERS = 4000
SIMULATIONS = [spec for spec in SPECS if spec.phase in ("years", "lives")]


@pytest.mark.parametrize("spec", SIMULATIONS, ids=lambda spec: f"{spec.phase}-{spec.form}")
def test_forms_agree(spec: Spec) -> None:
    observed = spec.prepare(WORKERS)()
    assert isinstance(observed, Figures)
    expected = run_oshopt(workload(spec.phase, 1_000_000))
    for name in ("above", "cases", "leavers"):
        mean = getattr(expected, name) / 1_000_000
        assert abs(getattr(observed, name) / WORKERS - mean) <= 5 * math.sqrt(max(mean, 1e-4) / WORKERS), name
    assert observed.mean_risk == pytest.approx(expected.mean_risk, rel=0.1)


@pytest.mark.skipif(not compiled.available(), reason="no C compiler")
def test_c_counts_the_same_bits() -> None:
    work = workload("years", 5000)
    assert compiled.run(work, seed=9) == run_oshopt(work, seed=9)


def test_paths_and_the_control_run() -> None:
    for spec in SPECS:
        if spec not in SIMULATIONS:
            spec.prepare(100)()


def test_driver_writes_ratios(
    tmp_path: object, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    target = f"{tmp_path}/figures.json"
    monkeypatch.setattr("sys.argv", ["run", "--sizes", "500", "--turns", "1", "--json", target])
    monkeypatch.setattr(run_simulation, "_LEAST_SECONDS", 0.0)
    run_simulation.main()
    printed = capsys.readouterr().out
    assert "oshopt / numpy" in printed
    assert printed.count("the same of a bare loop") == 3
