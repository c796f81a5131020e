"""The money side of a strategy: its cash flow year by year, and the figures that follow from it (design, section 12).

Amounts are in the scenario's currency and in the money of each year. Nothing is computed here beyond sums.
"""

from __future__ import annotations

import math

from oshopt.model.base import FrozenMap, Result, Unbounded, Years


class LossYear(Result):
    """What is lost in a year: expected numbers, and the money that they cost."""

    cases: float = 0.0
    """Expected cases of disease."""
    injuries: float = 0.0
    """Expected injuries."""
    lost_days: float = 0.0
    """Expected days lost to injuries."""
    case_money: float = 0.0
    """Direct money of the cases."""
    injury_money: float = 0.0
    """Direct money of the injuries, without their lost days."""
    lost_day_money: float = 0.0
    """Direct money of the lost days."""
    indirect_money: float = 0.0
    """Indirect money of cases and injuries; 0 unless the scenario says how much."""
    fines: float = 0.0
    """Money of fines."""
    stoppages: float = 0.0
    """Money of stoppages."""
    others: float = 0.0
    """Money of other losses."""

    @property
    def of_people(self) -> float:
        """Money of cases, injuries and lost days, direct and indirect."""
        return math.fsum((self.case_money, self.injury_money, self.lost_day_money, self.indirect_money))

    @property
    def money(self) -> float:
        """Money of everything that is lost."""
        return math.fsum((self.of_people, self.fines, self.stoppages, self.others))


class MoneyYear(Result):
    """One row of a cash flow: amounts and numbers a year, and for how many years the row stands."""

    year: int
    """Calendar year, the first that the row stands for."""
    length: Unbounded
    """Years that the row stands for: 1; less at the end of a safe service; in a last row all years that remain."""
    factor: Unbounded
    """Discounted worth of 1 a year over these years, each year's money counted at the year's end."""
    spend: float
    """Money for new shares."""
    upkeep: float
    """Money that keeps what is in force going."""
    renewal: float
    """Money after the horizon that keeps the last year's effect, upkeep included."""
    unchanged: float
    """Cost of that year if nothing is done."""
    losses: LossYear
    """What is still lost under the strategy."""
    today: LossYear
    """What is lost if nothing is done."""

    @property
    def cost(self) -> float:
        """Money that the strategy takes."""
        return self.spend + self.upkeep + self.renewal

    @property
    def extra(self) -> float:
        """Money that it takes beyond doing nothing."""
        return self.cost - self.unchanged

    @property
    def avoided(self) -> float:
        """Money of the losses that it avoids."""
        return self.today.money - self.losses.money

    @property
    def net(self) -> float:
        """Avoided losses less extra cost."""
        return self.avoided - self.extra


class CashFlow(Result):
    """The one table that every money figure of a strategy follows from."""

    strategy: str
    """Name of the strategy."""
    currency: str
    """Currency of every amount."""
    base_year: int
    """Year at whose beginning discounted money is worth its face value."""
    discount_rate: float
    """Rate a year; each year's money counts at the year's end."""
    horizon: int
    """Number of the first rows, which are the years that the plan covers."""
    rows: tuple[MoneyYear, ...]
    """Years of the horizon, then those after it up to the N of the group that reaches its threshold first."""

    @property
    def planned(self) -> tuple[MoneyYear, ...]:
        """Rows of the horizon."""
        return self.rows[: self.horizon]

    @property
    def repeated(self) -> tuple[MoneyYear, ...]:
        """Rows after the horizon."""
        return self.rows[self.horizon :]


class Economics(Result):
    """What a strategy's cash flow comes to, beside doing nothing. Over the horizon unless said otherwise."""

    flow: CashFlow
    """The table behind every figure."""
    cost: float
    """Spend and upkeep."""
    discounted_cost: float
    """The same, discounted."""
    cost_in_all: Unbounded
    """Cost over the horizon and after it, until the group of shortest N reaches its threshold."""
    discounted_cost_in_all: Unbounded
    """The same, discounted."""
    extra_cost_in_all: Unbounded
    """Cost in all beyond that of doing nothing, renewal until its own N counted."""
    years_after: Years
    """Years after the horizon that this counts."""
    extra_cost: float
    """Discounted cost beyond that of doing nothing."""
    avoided_cases: float
    """Cases avoided."""
    avoided_injuries: float
    """Injuries avoided."""
    avoided_lost_days: float
    """Lost days avoided."""
    avoided_cost: float
    """Discounted money of all losses avoided."""
    net_present_value: float
    """`avoided_cost` less `extra_cost`."""
    net_present_value_in_all: Unbounded
    """The same with the years after the horizon that `cost_in_all` counts."""
    benefit_cost_ratio: float | None
    """`avoided_cost` over `extra_cost`; empty where nothing more is spent than by doing nothing."""
    payback: Years
    """Years from the plan's start after which avoided losses cover the extra cost for good, renewal after the horizon
    counted; 0 where there never is any, ∞ where they never do within the safe service."""
    discounted_payback: Years
    """The same with discounted money."""
    per_case_avoided: float | None
    """Discounted extra cost for each case avoided; empty where none is."""
    years_gained: Years
    """Years that the shortest N gains over that of doing nothing."""
    per_year_gained: float | None
    """Extra cost in all for each of them; empty where none is gained or either is infinite."""
    remaining: float
    """Money of all losses that remain over the horizon."""
    remaining_of_people: float
    """Money of the cases, injuries and lost days among them, direct and indirect."""
    sales_needed: float | None
    """Sales over the horizon whose profit at the given margin pays for these; empty without a margin."""
    bands: FrozenMap[str, tuple[Unbounded, Unbounded]] = FrozenMap()
    """Ends of the range of nine replications of ten, of `net_present_value`, `losses`, `cost`, where simulated."""
