"""Money on the table: the budget, its lines, and strategies that spend it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from oshopt.model.base import Frozen, FrozenMap, Id, Money, Share, Text, Year


class Budget(Frozen):
    """Limits on cost as a whole (C_Γ)."""

    total: Money | None = None
    """Money for the whole horizon."""
    per_year: Money | None = None
    """Money for each year."""
    legal_minimum: Money | None = None
    """Money that law wants spent in each year, at least."""
    legal_share: Share | None = None
    """Share of `legal_base` that law wants spent in each year, in place of `legal_minimum`."""
    legal_base: Money | None = None
    """Base of `legal_share`, for instance the year's payroll."""

    @property
    def least_per_year(self) -> float:
        """Money that must be spent in each year: `legal_minimum`, or `legal_share` of `legal_base`, or 0."""
        if self.legal_minimum is not None:
            return self.legal_minimum
        return (self.legal_share or 0.0) * (self.legal_base or 0.0)


class BudgetEntry(Frozen):
    """Money of one line in one year: a row of `budgets`."""

    line: Id
    """Line of the budget."""
    year: Year | None = None
    """Calendar year; every year of the horizon where empty."""
    amount: Money
    """Money of that line in that year."""
    carry_over: bool = False
    """Whether money left goes on to the next year; the same in every row of a line."""
    measures: tuple[Id, ...] = ()
    """Ids or categories it may pay for, all where empty; the same in every row of a line."""
    source: Text = ""
    """Where the row's figures come from."""


class BudgetLine(Frozen):
    """Money of one source over the years."""

    amount: FrozenMap[int, Money]
    """Money by calendar year; 0 in a year not named."""
    carry_over: bool = False
    """Whether money left goes on to the next year."""
    measures: tuple[Id, ...] = ()
    """Ids or categories it may pay for; all where empty."""


class StrategyEntry(Frozen):
    """Money of a strategy on one measure in one year: a row of `strategies`."""

    strategy: Id
    """Strategy that spends."""
    measure: Id
    """Measure that gets the money."""
    year: Year | None = None
    """Calendar year; every year of the horizon where empty."""
    spend: Money
    """Z_jm, money for new shares of the measure; upkeep comes on top by itself."""
    kept: Share | None = None
    """Share of the measure's full extent that stays paid for out of the status quo; all of it where empty."""
    share: Share | None = None
    """Share of the full extent that begins in that year, for measures bought whole, by levels or without cost; where
    empty it follows from the money, and what costs nothing is carried out as far as its other limits allow."""
    source: Text = ""
    """Where the row's figures come from."""


class Strategy(Frozen):
    """A named spend table. `spend` is keyed by measure, then by calendar year; what is not named gets nothing."""

    id: Id
    """Name of the strategy."""
    spend: FrozenMap[str, FrozenMap[int, Money]] = FrozenMap()
    """Z_jm by measure and calendar year."""
    kept: FrozenMap[str, FrozenMap[int, Share]] = FrozenMap()
    """Share of the status quo kept, where it is less than what is in force."""
    shares: FrozenMap[str, FrozenMap[int, Share]] = FrozenMap()
    """Share of the full extent that begins in a year, where it does not follow from the money."""
    free_measures: bool = True
    """Whether measures of full cost 0 are carried out; false only for doing nothing."""


OPTIMUM = "optimum"
"""Id of the allocator's plan where it stands among strategies."""
RESERVED = ("do-nothing", OPTIMUM)
"""Names that no strategy of a scenario may have."""

DO_NOTHING = Strategy(id=RESERVED[0], free_measures=False)
"""Things go on as today: nothing new is bought, what is in force stays paid for."""


def lines_from(entries: Iterable[BudgetEntry], years: Sequence[int]) -> dict[str, BudgetLine]:
    """Gather rows of `budgets` into lines; a row without a year stands for every year of `years`."""
    rows: dict[str, list[BudgetEntry]] = {}
    for entry in entries:
        rows.setdefault(entry.line, []).append(entry)
    lines = {}
    for line, members in rows.items():
        amount = {year: e.amount for e in members for year in ([e.year] if e.year is not None else years)}
        lines[line] = BudgetLine(
            amount=FrozenMap(amount),
            carry_over=members[0].carry_over,
            measures=tuple(sorted(members[0].measures)),
        )
    return lines


def strategies_from(entries: Iterable[StrategyEntry], years: Sequence[int]) -> dict[str, Strategy]:
    """Gather rows of `strategies`; a row without a year stands for every year of `years`."""
    spend: dict[str, dict[str, dict[int, float]]] = {}
    others: dict[str, dict[str, dict[str, dict[int, float]]]] = {"kept": {}, "share": {}}
    for entry in entries:
        row = spend.setdefault(entry.strategy, {}).setdefault(entry.measure, {})
        for year in [entry.year] if entry.year is not None else years:
            row[year] = entry.spend
            for column, tables in others.items():
                value = getattr(entry, column)
                if value is not None:
                    tables.setdefault(entry.strategy, {}).setdefault(entry.measure, {})[year] = value
    return {
        name: Strategy(
            id=name,
            spend=_by_measure(table),
            kept=_by_measure(others["kept"].get(name, {})),
            shares=_by_measure(others["share"].get(name, {})),
        )
        for name, table in spend.items()
    }


def _by_measure(table: dict[str, dict[int, float]]) -> FrozenMap[str, FrozenMap[int, float]]:
    return FrozenMap({measure: FrozenMap(row) for measure, row in table.items()})
