"""The enterprise's money as the years go by: what each line has, what it may pay for, what is already spoken for.

Only amounts and positions of measures are known here; no risk, no time within a year.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from oshopt.risk.funding import TOLERANCE, Funding


class _State(NamedTuple):
    """Money and marks of the open year at one moment."""

    balance: list[float]
    total: float
    spent: float
    left: float
    reserved: list[float]
    marked: list[list[float]]
    named: list[list[float]]


class Treasury:
    """Money of one enterprise in one replication. Without budget lines, one line without an own limit pays for all."""

    def __init__(self, funding: Funding, measures: int) -> None:
        years = len(funding.per_year)
        lines = len(funding.lines)
        self._amount = funding.amount.tolist() if lines else [[math.inf] * years]
        self._carried = funding.carry_over.tolist() if lines else [False]
        self._eligible = funding.eligible.tolist() if lines else [[True] * measures]
        self._per_year = funding.per_year.tolist()
        self._order = sorted(range(len(self._amount)), key=lambda i: (self._carried[i], sum(self._eligible[i])))
        self.balance = [0.0] * len(self._amount)
        """Money of each line now, carried over and new."""
        self.total = funding.total
        """Money left of the total."""
        self.spent = [0.0] * years
        """Money paid in each year."""
        self.lacking = [0.0] * years
        """Money that the bills of each year lacked."""
        self._year = -1
        self._left = math.inf
        self._measures = measures
        self._marked: list[list[float]] = []
        self._named: list[list[float]] = []
        self._reserved: list[float] = []

    def open(self, year: int) -> float:
        """Begin a year: what lines without carry-over have left is lost, new money comes; return all there is."""
        for i, amount in enumerate(self._amount):
            self.balance[i] = amount[year] + (self.balance[i] if self._carried[i] else 0.0)
        self._year, self._left = year, self._per_year[year]
        return min(math.fsum(self.balance), self._left, self.total)

    def earmark(self, payments: Sequence[Sequence[float]], named: Sequence[Sequence[float]] = ()) -> None:
        """Set money of the open year aside: what each line is to pay for each measure, (lines, measures).

        `named` is set aside for bills that ask a line by name.
        """
        self._marked = [list(row) for row in payments]
        self._named = [list(row) for row in named] or [[0.0] * self._measures for _ in self._amount]
        self._reserved = [math.fsum([*row, *own]) for row, own in zip(self._marked, self._named, strict=True)]

    def release(self, measure: int) -> None:
        """Free what is still set aside for a measure."""
        for table in (self._marked, self._named):
            for i, row in enumerate(table):
                if row[measure] > 0:
                    self._reserved[i] -= row[measure]
                    row[measure] = 0.0

    def state(self) -> _State:
        """Return where things stand, for `restore`."""
        tables = [list(row) for row in self._marked], [list(row) for row in self._named]
        return _State(list(self.balance), self.total, self.spent[self._year], self._left, list(self._reserved), *tables)

    def restore(self, state: _State) -> None:
        """Undo every payment since `state` was taken; what bills lacked stays on record."""
        self.balance, self.total, self.spent[self._year], self._left = state[:4]
        self._reserved, self._marked, self._named = state[4:]

    def pay_all(self, measure: int, bills: Sequence[tuple[int | None, float]]) -> bool:
        """Pay every one of the bills, each a line (or None for any) and an amount, in full, or nothing at all."""
        state = self.state()
        paid = [self.pay(measure, amount, line) >= amount for line, amount in bills]
        if not all(paid):
            self.restore(state)
        return all(paid)

    def pay(self, measure: int, amount: float, line: int | None = None) -> float:
        """Pay a bill as far as money goes and return what was paid: first what is set aside for it, then free money.

        Free is what no other bill of the open year has set aside; lines without carry-over and with a narrower purpose
        come first. A bill that asks a `line` by name is paid by that line alone, whatever it is there for.
        """
        need = amount
        table = self._marked if line is None else self._named
        lines: Sequence[int] = range(len(table)) if line is None else (line,)
        for i in lines:
            row = table[i]
            marked = row[measure]
            if marked > 0:
                take = need
                if need > marked or need > self.balance[i] or need > self._left or need > self.total:
                    take = max(0.0, min(marked, self.balance[i], self._left, self.total))
                row[measure] = marked - take
                self._reserved[i] -= take
                need -= self._take(i, take)
        if need > TOLERANCE * amount:
            own = {i: table[i][measure] for i in lines}
            free = min(self._left, self.total) - math.fsum(self._reserved) + math.fsum(own.values())
            for i in self._order if line is None else lines:
                if line is not None or self._eligible[i][measure]:
                    spare = self.balance[i] - self._reserved[i] + own[i]
                    take = max(0.0, min(need, spare, free))
                    free -= take
                    need -= self._take(i, take)
        if need <= TOLERANCE * amount:
            return amount
        self.lacking[self._year] += need
        return amount - need

    def _take(self, line: int, amount: float) -> float:
        self.balance[line] -= amount
        self._left -= amount
        self.total -= amount
        self.spent[self._year] += amount
        return amount
