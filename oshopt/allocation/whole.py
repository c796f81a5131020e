"""PuLP's HiGHS given whole matrices: no Python for each coefficient, and the solver's bound read back."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import highspy
import numpy as np
import pulp

from oshopt.allocation.effort import FEASIBILITY, Effort
from oshopt.allocation.program import Program
from oshopt.risk.service import Floats


class WholeMatrix(pulp.HiGHS):  # type: ignore[misc]
    """HiGHS by way of PuLP, for one program, whose rows and columns go in and come out as arrays."""

    def __init__(self, program: Program, objective: Floats, start: Floats | None, effort: Effort) -> None:
        self.program, self.objective, self.start = program, objective, start
        integer = bool(program.integer.any())
        super().__init__(
            msg=False,
            timeLimit=effort.seconds,
            gapAbs=effort.absolute if integer else None,
            gapRel=effort.relative if integer else None,
            callbackTuple=(_ask(effort.stop), None),
            callbacksToActivate=[highspy.cb.HighsCallbackType.kCallbackMipInterrupt] if integer else None,
            primal_feasibility_tolerance=FEASIBILITY,
            dual_feasibility_tolerance=FEASIBILITY,
            mip_feasibility_tolerance=FEASIBILITY,
            threads=1,
        )
        self.values: Floats = np.zeros(0)
        self.duals: Floats = np.zeros(0)
        self.bound = -math.inf

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
        if self.start is not None and program.integer.any():
            solution = highspy.HighsSolution()
            solution.col_value = self.start.tolist()
            lp.solverModel.setSolution(solution)

    def findSolutionValues(self, lp: Any) -> Any:  # noqa: N802
        """Read the answer back as arrays, and PuLP's status."""
        solution = lp.solverModel.getSolution()
        self.values, self.duals = np.array(solution.col_value), np.array(solution.row_dual)
        if self.program.integer.any():
            self.bound = float(lp.solverModel.getInfo().mip_dual_bound)
            self.duals = np.zeros(len(self.program.rows))
        return super().findSolutionValues(lp)


def _ask(stop: Callable[[], bool]) -> Callable[..., None]:
    def callback(_: Any, __: str, data_out: Any, data_in: Any, ___: Any) -> None:
        del data_out
        if stop():
            data_in.user_interrupt = True

    return callback
