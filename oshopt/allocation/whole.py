"""PuLP's HiGHS given whole matrices: no Python for each coefficient, and the solver's bound read back."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import highspy
import numpy as np
import pulp

from oshopt.allocation.effort import FEASIBILITY, Effort, Start, never
from oshopt.allocation.program import Program
from oshopt.risk.service import Floats

DUAL, PRIMAL = 1, 4
"""Simplex methods: dual from nothing, primal from a basis that fits."""


class WholeMatrix(pulp.HiGHS):  # type: ignore[misc]
    """HiGHS by way of PuLP, for one program, whose rows and columns go in and come out as arrays."""

    def __init__(self, program: Program, objective: Floats, start: Start | None, effort: Effort) -> None:
        self.program, self.objective, self.start = program, objective, start
        integer = bool(program.integer.any())
        self.warm = None if integer or start is None else _basis(program, start)
        interrupts = highspy.cb.HighsCallbackType
        asks = [interrupts.kCallbackMipInterrupt] if integer else [interrupts.kCallbackSimplexInterrupt]
        super().__init__(
            msg=False,
            timeLimit=effort.seconds,
            gapAbs=effort.absolute if integer else None,
            gapRel=effort.relative if integer else None,
            callbackTuple=None if effort.stop is never else (_ask(effort.stop), None),
            callbacksToActivate=None if effort.stop is never else asks,
            simplex_strategy=PRIMAL if self.warm is not None else DUAL,
            primal_feasibility_tolerance=FEASIBILITY,
            dual_feasibility_tolerance=FEASIBILITY,
            mip_feasibility_tolerance=FEASIBILITY,
            threads=1,
        )
        self.values: Floats = np.zeros(0)
        self.duals: Floats = np.zeros(0)
        self.bound = -math.inf
        self.basis: Any = None

    def buildSolverModel(self, lp: Any) -> None:  # noqa: N802
        """Hand the program over as one sparse matrix."""
        program = self.program
        model = highspy.HighsLp()
        model.num_col_, model.num_row_ = len(program.columns), len(program.rows)
        model.col_cost_, model.col_lower_, model.col_upper_ = self.objective, program.lower, program.upper
        model.row_lower_, model.row_upper_ = program.low, program.high
        model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        model.a_matrix_.start_ = program.matrix.indptr
        model.a_matrix_.index_ = program.matrix.indices
        model.a_matrix_.value_ = program.matrix.data
        if program.integer.any():
            kinds = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
            model.integrality_ = [kinds[whole] for whole in program.integer.tolist()]
        lp.solverModel.passModel(model)
        if self.warm is not None:
            lp.solverModel.setBasis(self.warm)
        elif self.start is not None and program.integer.any():
            solution = highspy.HighsSolution()
            values = self.start.values[: len(program.columns)].tolist()
            solution.col_value = values + [0.0] * (len(program.columns) - len(values))
            lp.solverModel.setSolution(solution)

    def findSolutionValues(self, lp: Any) -> Any:  # noqa: N802
        """Read the answer back as arrays, and PuLP's status."""
        solution = lp.solverModel.getSolution()
        self.values, self.duals = np.array(solution.col_value), np.array(solution.row_dual)
        if self.program.integer.any():
            self.bound = float(lp.solverModel.getInfo().mip_dual_bound)
            self.duals = np.zeros(len(self.program.rows))
        else:
            self.basis = lp.solverModel.getBasis()
        return super().findSolutionValues(lp)


def _basis(program: Program, start: Start) -> Any:
    """Return the earlier basis with later columns at their lower bounds and later rows slack; None if it cannot fit."""
    if start.basis is None:
        return None
    status = highspy.HighsBasisStatus
    columns = list(start.basis.col_status)[: len(program.columns)]
    columns += [status.kLower] * (len(program.columns) - len(columns))
    rows = list(start.basis.row_status)[: len(program.rows)]
    rows += [status.kBasic] * (len(program.rows) - len(rows))
    lacking = len(rows) - sum(kind == status.kBasic for kind in (*columns, *rows))
    for row in range(len(rows) - 1, -1, -1):
        if lacking > 0 and rows[row] != status.kBasic:
            rows[row], lacking = status.kBasic, lacking - 1
    if lacking != 0:
        return None
    basis = highspy.HighsBasis()
    basis.col_status, basis.row_status, basis.valid = columns, rows, True
    return basis


def _ask(stop: Callable[[], bool]) -> Callable[..., None]:
    def callback(_: Any, __: str, data_out: Any, data_in: Any, ___: Any) -> None:
        del data_out
        if stop():
            data_in.user_interrupt = True

    return callback
