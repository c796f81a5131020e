"""A linear program in plain arrays: what solvers are given and what their answers are checked against.

min c·v  subject to  low ≤ A·v ≤ high,  lower ≤ v ≤ upper. Every column is bounded and every row is divided by its
largest coefficient: variables are shares or shares of a money unit, so that all of it is of order 1.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from oshopt.risk.service import Floats

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Program:
    """Columns and rows of a linear program; n columns, r rows."""

    columns: tuple[str, ...]
    lower: Floats
    upper: Floats
    rows: tuple[str, ...]
    matrix: Any
    """Coefficients, scipy sparse CSR of shape (r, n)."""
    low: Floats
    high: Floats
    scale: Floats
    """What each row was divided by, in the row's own unit (money, risk …), shape (r,)."""

    def with_rows(self, rows: Rows) -> Program:
        """Return the program with more rows, and with columns that `rows` brought along."""
        from scipy import sparse

        extra = len(rows.new_columns)
        width = len(self.columns) + extra
        wider = sparse.csr_array((self.matrix.data, self.matrix.indices, self.matrix.indptr), (len(self.rows), width))
        return replace(
            self,
            columns=self.columns + tuple(name for name, _, _ in rows.new_columns),
            lower=np.append(self.lower, [low for _, low, _ in rows.new_columns]),
            upper=np.append(self.upper, [high for _, _, high in rows.new_columns]),
            rows=self.rows + tuple(rows.names),
            matrix=sparse.vstack([wider, rows.matrix(width)], format="csr") if rows.names else wider,
            low=np.append(self.low, rows.low),
            high=np.append(self.high, rows.high),
            scale=np.append(self.scale, rows.scale),
        )

    def loosened(self, names: Sequence[str], matrix: Any, most: Floats) -> Program:
        """Return the program with columns that loosen rows: A·v − matrix·s, 0 ≤ s ≤ most, rows in their own units.

        `matrix` has shape (r, len(names)); positive entries raise a row's upper limit, negative ones lower its lower.
        """
        from scipy import sparse

        scaled = sparse.csr_array(sparse.diags_array(1.0 / self.scale) @ matrix)
        return replace(
            self,
            columns=self.columns + tuple(names),
            lower=np.append(self.lower, np.zeros(len(names))),
            upper=np.append(self.upper, most),
            matrix=sparse.hstack([self.matrix, -scaled], format="csr"),
        )

    def violation(self, values: Floats) -> float:
        """Return the largest violation of any row or bound, rows being of order 1."""
        activity = self.matrix @ values
        parts = (self.low - activity, activity - self.high, self.lower - values, values - self.upper)
        return max(float(part.max(initial=0.0)) for part in parts)

    def dual_bound(self, objective: Floats, duals: Floats) -> float:
        """Return the lower bound on c·v that multipliers of the rows prove (weak duality), for any signs of theirs.

        Σ_i min(y_i·low_i, y_i·high_i) side that y's sign selects, plus Σ_j of the least reduced cost times bound.
        """
        # a multiplier on the side of a row that has no limit proves nothing: it is dropped, which keeps the bound valid
        used = np.where(duals > 0, np.isfinite(self.low), np.isfinite(self.high))
        y = np.where(used, duals, 0.0)
        side = np.where(y > 0, self.low, self.high)
        reduced = objective - self.matrix.T @ y
        value = np.where(reduced > 0, reduced * self.lower, reduced * self.upper)
        return float(np.sum(np.where(y == 0, 0.0, y * np.where(y == 0, 0.0, side)), dtype=np.longdouble) + value.sum())


@dataclass(slots=True)
class Rows:
    """Rows being written down; each is divided by its largest coefficient as it is added."""

    width: int
    names: list[str] = field(default_factory=list)
    low: list[float] = field(default_factory=list)
    high: list[float] = field(default_factory=list)
    scale: list[float] = field(default_factory=list)
    new_columns: list[tuple[str, float, float]] = field(default_factory=list)
    _columns: list[Any] = field(default_factory=list)
    _values: list[Any] = field(default_factory=list)

    def add_column(self, name: str, lower: float, upper: float) -> int:
        """Return the position of a new column."""
        self.new_columns.append((name, lower, upper))
        return self.width + len(self.new_columns) - 1

    def add(self, name: str, columns: Any, values: Any, low: float, high: float) -> None:
        """Write down low ≤ Σ values·columns ≤ high; columns named twice are summed, negative ones left out."""
        column = np.asarray(columns, dtype=np.int64).ravel()
        value = np.asarray(values, dtype=float).ravel()
        kept = (column >= 0) & (value != 0)
        column, value = column[kept], value[kept]
        scale = float(np.abs(value).max(initial=0.0)) or max(1.0, *(abs(v) for v in (low, high) if np.isfinite(v)))
        self.names.append(name)
        self.low.append(low / scale)
        self.high.append(high / scale)
        self.scale.append(scale)
        self._columns.append(column)
        self._values.append(value / scale)

    def add_vector(
        self, name: str, vector: Floats, low: float, high: float, extra: Sequence[tuple[int, float]] = ()
    ) -> None:
        """Write down a row given as a dense vector over the program's first columns, plus single coefficients."""
        place = np.flatnonzero(vector)
        columns = np.append(place, [column for column, _ in extra]).astype(np.int64)
        self.add(name, columns, np.append(vector[place], [value for _, value in extra]), low, high)

    def matrix(self, width: int) -> Any:
        """Return the rows as a sparse matrix with `width` columns."""
        from scipy import sparse

        counts = [len(column) for column in self._columns]
        row = np.repeat(np.arange(len(counts)), counts)
        column = np.concatenate(self._columns) if counts else np.array([], dtype=np.int64)
        value = np.concatenate(self._values) if counts else np.array([])
        return sparse.csr_array(sparse.coo_array((value, (row, column)), shape=(len(counts), width)))

    def program(self) -> Program:
        """Return a program of the columns and rows written down so far."""
        width = self.width + len(self.new_columns)
        return Program(
            columns=tuple(name for name, _, _ in self.new_columns),
            lower=np.array([low for _, low, _ in self.new_columns]),
            upper=np.array([high for _, _, high in self.new_columns]),
            rows=tuple(self.names),
            matrix=self.matrix(width),
            low=np.array(self.low),
            high=np.array(self.high),
            scale=np.array(self.scale),
        )
