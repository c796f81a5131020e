"""A linear or mixed-integer program in plain arrays: what solvers are given and what their answers are checked against.

min c·v  subject to  low ≤ A·v ≤ high,  lower ≤ v ≤ upper. Every column is bounded and every row is divided by its
largest coefficient: variables are shares or shares of a money unit, so that all of it is of order 1.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from oshopt.risk.service import Floats

Ints = NDArray[np.int64]

CANCELLED = 1e-12
"""A sum of coefficients below this part of their sizes is none."""


@dataclass(frozen=True, slots=True, eq=False)
class Program:
    """Columns and rows of a linear or mixed-integer program; n columns, r rows."""

    columns: tuple[str, ...]
    lower: Floats
    upper: Floats
    integer: NDArray[np.bool_]
    """Which columns must be whole numbers, shape (n,)."""
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

        width = len(self.columns) + len(rows.columns)
        matrix = rows.matrix(width)
        if self.rows:
            old = self.matrix
            data, indices = np.append(old.data, matrix.data), np.append(old.indices, matrix.indices)
            ends = np.append(old.indptr, matrix.indptr[1:] + old.indptr[-1])
            matrix = sparse.csr_array((data, indices, ends), (len(self.rows) + len(rows.names), width))
        return replace(
            self,
            columns=(*self.columns, *rows.columns),
            lower=joined([self.lower, *rows.lower]),
            upper=joined([self.upper, *rows.upper]),
            integer=joined([self.integer, *rows.integer]).astype(bool),
            rows=(*self.rows, *rows.names),
            matrix=matrix,
            low=joined([self.low, *rows.low]),
            high=joined([self.high, *rows.high]),
            scale=joined([self.scale, *rows.scale]),
        )

    def fixed(self, values: Floats) -> Program:
        """Return the program with every whole-number column held at its rounded value: a linear one."""
        if not self.integer.any():
            return self
        whole = np.clip(np.rint(values), self.lower, self.upper)
        return replace(
            self,
            lower=np.where(self.integer, whole, self.lower),
            upper=np.where(self.integer, whole, self.upper),
            integer=np.zeros_like(self.integer),
        )

    def relaxed(self) -> Program:
        """Return the program without the demand for whole numbers."""
        return replace(self, integer=np.zeros_like(self.integer)) if self.integer.any() else self

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
            integer=np.append(self.integer, np.zeros(len(names), dtype=bool)),
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
        return float(self.dual_bounds(objective[None], duals)[0])

    def dual_bounds(self, objectives: Floats, duals: Floats) -> Floats:
        """Return the lower bounds that the same multipliers prove for k objectives, shape (k, n); shape (k,)."""
        # a multiplier on the side of a row that has no limit proves nothing: it is dropped, which keeps the bound valid
        used = np.where(duals > 0, np.isfinite(self.low), np.isfinite(self.high))
        y = np.where(used & np.isfinite(duals), duals, 0.0)
        side = np.where(y > 0, self.low, self.high)
        rows = np.sum(np.where(y == 0, 0.0, y * np.where(y == 0, 0.0, side)), dtype=np.longdouble)
        reduced = objectives - self.matrix.T @ y
        value = np.where(reduced > 0, reduced * self.lower, reduced * self.upper)
        return np.asarray(rows + value.sum(axis=1), dtype=float)


class Entries(NamedTuple):
    """Coefficients of many rows at once: three arrays of one length. What is named twice adds up."""

    row: Ints
    column: Ints
    value: Floats

    @classmethod
    def none(cls) -> Entries:
        """Return no coefficients."""
        return cls(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64), np.zeros(0))

    @classmethod
    def joined(cls, parts: Sequence[Entries]) -> Entries:
        """Return all coefficients of several."""
        return cls(*(np.concatenate(arrays) for arrays in zip(*parts, strict=True))) if parts else cls.none()

    def times(self, factor: Any) -> Entries:
        """Return the coefficients times a number, or times one for each."""
        return self._replace(value=self.value * factor)

    def to(self, rows: Ints) -> Entries:
        """Return the coefficients with each row i moved to rows[i]; those moved to −1 are left out."""
        moved = rows[self.row]
        kept = moved >= 0
        return Entries(moved[kept], self.column[kept], self.value[kept])

    def where(self, kept: Any) -> Entries:
        """Return the coefficients for which `kept` is true."""
        return Entries(self.row[kept], self.column[kept], self.value[kept])

    def summed(self) -> Entries:
        """Return the coefficients with what is named twice added up, without those that cancel to within rounding."""
        cell, place = np.unique(np.stack([self.row, self.column]), axis=1, return_inverse=True)
        place = place.ravel()
        total: Floats = np.bincount(place, self.value, len(cell[0])).astype(float)
        kept = np.abs(total) > CANCELLED * np.bincount(place, np.abs(self.value), len(cell[0]))
        return Entries(cell[0, kept], cell[1, kept], total[kept])

    def matrix(self, rows: int, width: int) -> Any:
        """Return the coefficients as a sparse CSR matrix of shape (rows, width)."""
        from scipy import sparse

        return sparse.csr_array((self.value, (self.row, self.column)), shape=(rows, width))


@dataclass(slots=True)
class Rows:
    """Rows being written down; each is divided by its largest coefficient as it is added."""

    width: int
    names: list[str] = field(default_factory=list)
    low: list[Floats] = field(default_factory=list)
    high: list[Floats] = field(default_factory=list)
    scale: list[Floats] = field(default_factory=list)
    columns: list[str] = field(default_factory=list)
    lower: list[Floats] = field(default_factory=list)
    upper: list[Floats] = field(default_factory=list)
    integer: list[Any] = field(default_factory=list)
    _entries: list[Entries] = field(default_factory=list)

    def add_columns(self, names: Sequence[str], lower: Any, upper: Any, *, integer: bool = False) -> Ints:
        """Return the positions of new columns."""
        first, count = self.width + len(self.columns), len(names)
        self.columns.extend(names)
        self.lower.append(np.broadcast_to(np.asarray(lower, dtype=float), (count,)))
        self.upper.append(np.broadcast_to(np.asarray(upper, dtype=float), (count,)))
        self.integer.append(np.full(count, integer))
        return np.arange(first, first + count)

    def add_column(self, name: str, lower: float, upper: float) -> int:
        """Return the position of a new column."""
        return int(self.add_columns([name], lower, upper)[0])

    def add_rows(self, names: Sequence[str], entries: Entries, low: Any, high: Any) -> None:
        """Write down low ≤ Σ value·column ≤ high for each name; the rows of `entries` count from 0."""
        count = len(names)
        kept = entries.value != 0
        row, column, value = entries.row[kept], entries.column[kept], entries.value[kept]
        low, high = (np.broadcast_to(np.asarray(side, dtype=float), (count,)) for side in (low, high))
        scale = np.zeros(count)
        np.maximum.at(scale, row, np.abs(value))
        sides = [np.where(np.isfinite(side), np.abs(side), 0.0) for side in (low, high)]
        scale = np.where(scale > 0, scale, np.maximum(1.0, np.maximum(*sides)))
        self._entries.append(Entries(row + len(self.names), column, value / scale[row]))
        self.names.extend(names)
        self.low.append(low / scale)
        self.high.append(high / scale)
        self.scale.append(scale)

    def add_vector(
        self, name: str, vector: Floats, low: float, high: float, extra: Sequence[tuple[int, float]] = ()
    ) -> None:
        """Write down a row given as a dense vector over the program's first columns, plus single coefficients."""
        place = np.flatnonzero(vector)
        columns = np.append(place, [column for column, _ in extra]).astype(np.int64)
        values = np.append(vector[place], [value for _, value in extra])
        self.add_rows([name], Entries(np.zeros(len(columns), dtype=np.int64), columns, values), low, high)

    def program(self) -> Program:
        """Return a program of the columns and rows written down so far."""
        nothing = np.zeros(0)
        empty = Program((), nothing, nothing, nothing.astype(bool), (), None, nothing, nothing, nothing)
        return empty.with_rows(self)

    def matrix(self, width: int) -> Any:
        """Return the rows as a sparse matrix with `width` columns."""
        return Entries.joined(self._entries).matrix(len(self.names), width)


def joined(parts: Sequence[Any]) -> Any:
    """Return arrays put one after the other."""
    return np.concatenate(parts) if parts else np.zeros(0)
