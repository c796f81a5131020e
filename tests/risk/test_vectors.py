"""Width of vectors: the mark reaches the compiler, and changes no result."""

from __future__ import annotations

import os
from typing import Any, cast

import numba
import numpy as np
import pytest

from oshopt.risk.exposure import Floats
from oshopt.risk.kernel import jit
from oshopt.risk.vectors import use_full_vectors


@jit
def _plain(values: Floats, scaled: Floats) -> None:
    for place in range(values.size):
        scaled[place] = 3.0 * values[place]


@jit
def _wide(values: Floats, scaled: Floats) -> None:
    use_full_vectors()
    for place in range(values.size):
        scaled[place] = 3.0 * values[place]


@pytest.mark.skipif(os.environ.get("NUMBA_DISABLE_JIT") == "1", reason="only compiled code has vectors")
def test_only_a_function_that_asks_gets_full_vectors() -> None:
    values = np.linspace(-1.0, 1.0, 101)
    for function, asks in ((_plain, False), (_wide, True)):
        fresh = numba.njit(cast(Any, function).py_func)
        fresh(values, np.empty_like(values))
        (code,) = fresh.inspect_llvm().values()
        assert ('"prefer-vector-width"="512"' in code) == asks


def test_asking_changes_no_result() -> None:
    values = np.linspace(-1.0, 1.0, 101)
    plain, wide = np.empty_like(values), np.empty_like(values)
    _plain(values, plain)
    _wide(values, wide)
    assert np.array_equal(wide, plain)
