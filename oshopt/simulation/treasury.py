"""The enterprise's money as the years go by: what each line has, what it may pay for, what is already spoken for.

Only amounts and positions of measures are known here; no risk, no time within a year.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from oshopt.risk.funding import TOLERANCE, Funding


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
        self._marked: list[list[float]] = []
        self._reserved: list[float] = []

    def open(self, year: int) -> float:
        """Begin a year: what lines without carry-over have left is lost, new money comes; return all there is."""
        for i, amount in enumerate(self._amount):
            self.balance[i] = amount[year] + (self.balance[i] if self._carried[i] else 0.0)
        self._year, self._left = year, self._per_year[year]
        return min(math.fsum(self.balance), self._left, self.total)

    def earmark(self, payments: Sequence[Sequence[float]]) -> None:
        """Set money of the open year aside: what each line is to pay for each measure, (lines, measures)."""
        self._marked = [list(row) for row in payments]
        self._reserved = [math.fsum(row) for row in self._marked]

    def release(self, measure: int) -> None:
        """Free what is still set aside for a measure."""
        for i, row in enumerate(self._marked):
            if row[measure] > 0:
                self._reserved[i] -= row[measure]
                row[measure] = 0.0

    def pay(self, measure: int, amount: float) -> float:
        """Pay a bill as far as money goes and return what was paid: first what is set aside for it, then free money.

        Free is what no other bill of the open year has set aside; lines without carry-over and with a narrower purpose
        come first.
        """
        need = amount
        for i, row in enumerate(self._marked):
            marked = row[measure]
            if marked > 0:
                take = need
                if need > marked or need > self.balance[i] or need > self._left or need > self.total:
                    take = max(0.0, min(marked, self.balance[i], self._left, self.total))
                row[measure] = marked - take
                self._reserved[i] -= take
                need -= self._take(i, take)
        if need > TOLERANCE * amount:
            own = [row[measure] for row in self._marked]
            free = min(self._left, self.total) - math.fsum(self._reserved) + math.fsum(own)
            for i in self._order:
                if self._eligible[i][measure]:
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
