"""The streaming kernel's algorithm in C, built with gcc where there is one."""

from __future__ import annotations

import ctypes
import platform
import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path
from typing import ClassVar

import numpy as np

from benchmarks.workload import Figures, Workload
from oshopt.risk.exposure import BREAK, EXPOSURE, RATE, ExposurePath, tabulate
from oshopt.simulation.draws import FULL, stream

SOURCE = Path(__file__).with_name("yearly.c")
FLAGS = (
    *("-O3", "-march=native", "-ffp-contract=off", "-fno-trapping-math", "-shared", "-fPIC"),
    *(("-mprefer-vector-width=512",) if platform.machine() in ("x86_64", "AMD64") else ()),
)
"""Contraction is off so that the arithmetic, and so every count, is the same as in the kernel; vectors may be full."""

_LEAVERS, _CASES, _ABOVE, _RISK = range(4)


class _Model(ctypes.Structure):
    _fields_: ClassVar = [
        *((name, ctypes.c_double) for name in ("limit", "initial", "mean_stay", "noise")),
        *((name, ctypes.c_uint64) for name in ("key_0", "key_1", "replication", "subject")),
        *((name, ctypes.c_int64) for name in ("years", "segments")),
        *((name, ctypes.c_void_p) for name in ("breaks", "exposure", "rates", "ends")),
    ]


def available() -> bool:
    """Tell whether there is a compiler."""
    return shutil.which("gcc") is not None


@cache
def _library() -> ctypes.CDLL:
    target = Path(tempfile.mkdtemp(prefix="oshopt-peer-")) / "yearly.so"
    subprocess.run(["gcc", *FLAGS, "-o", str(target), str(SOURCE), "-lm"], check=True)  # noqa: S607
    return ctypes.CDLL(str(target))


def run(work: Workload, seed: int = 1) -> Figures:
    """Run the yearly model on one thread; σ must be 0."""
    table = tabulate(ExposurePath.of(work.breaks, work.rates), work.years)
    columns = [np.ascontiguousarray(table.segments[:-1, column]) for column in (BREAK, EXPOSURE, RATE)]
    columns.append(np.ascontiguousarray(table.ends[0]))
    source = stream(seed, 0, "group")
    model = _Model(
        work.limit,
        work.served * work.increment,
        1.0 / work.turnover,
        work.noise,
        *(int(part) for part in (source.key_0, source.key_1, source.replication, source.subject)),
        work.years,
        columns[0].size,
        *(column.ctypes.data for column in columns),
    )
    counts = np.zeros((work.years + 2, 4), np.int64)
    _library().carry(ctypes.byref(model), ctypes.c_int64(work.workers), counts.ctypes.data_as(ctypes.c_void_p))
    return Figures(
        float(counts[-2, _RISK] / FULL / work.workers),
        int(counts[-2, _ABOVE]),
        int(counts[:, _CASES].sum()),
        int(counts[:, _LEAVERS].sum()),
    )
