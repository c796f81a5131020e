"""Answers of the simulator: what happened to people, money and projects over many replications.

Lists run over the years of the horizon. Money is in the scenario's currency, times in years from the plan's start.
"""

from __future__ import annotations

from oshopt.model.base import FrozenMap, Result, Unbounded, Years
from oshopt.model.results import Flag


class Spread(Result):
    """A quantity over the replications, year by year; quantiles are values that occurred."""

    mean: tuple[Unbounded, ...]
    """Mean."""
    se: tuple[Unbounded, ...]
    """Standard error of the mean; ∞ where there is one replication."""
    p05: tuple[float, ...]
    """5 % of the replications are at or below."""
    p25: tuple[float, ...]
    """25 % of the replications are at or below."""
    p50: tuple[float, ...]
    """Median."""
    p75: tuple[float, ...]
    """75 % of the replications are at or below."""
    p95: tuple[float, ...]
    """95 % of the replications are at or below."""


class SingleSpread(Result):
    """A single figure over the replications; quantiles are values that occurred, ∞ among them."""

    mean: Unbounded
    """Mean; ∞ where any replication has ∞."""
    se: Unbounded
    """Standard error of the mean; ∞ where any replication has ∞, or there is only one."""
    p05: Unbounded
    """5 % of the replications are at or below."""
    p25: Unbounded
    """25 % of the replications are at or below."""
    p50: Unbounded
    """Median."""
    p75: Unbounded
    """75 % of the replications are at or below."""
    p95: Unbounded
    """95 % of the replications are at or below."""


class ProjectDates(Result):
    """A purchase with a lead time, as planned and as carried out."""

    measure: str
    """Measure bought."""
    year: int
    """Calendar year in which it is ordered and paid."""
    planned_start: Years
    """Start of the work by plan."""
    planned_done: Years
    """End of the work by plan, start + lead time."""
    carried_out: float
    """Share of the replications in which it was carried out."""
    start: Years
    """Start of the work, median over the replications that carried it out."""
    done_p05: Years
    """End of the work, 5 % of these replications are at or below."""
    done: Years
    """End of the work, their median."""
    done_p95: Years
    """End of the work, 95 % are at or below."""


class LogEntry(Result):
    """One event of one replication."""

    time: float
    """Years from the plan's start."""
    what: str
    """Kind of event, in words."""
    subject: str
    """Measure, strategy or year that it concerns."""
    money: Unbounded
    """Money paid, released or lacking; 0 where none is."""
    text: str
    """The event in words."""


class Outcome(Result):
    """What happens under a strategy, with its spread over replications."""

    scenario: str
    """Name of the scenario."""
    strategy: str
    """Name of the strategy."""
    replications: int
    """Replications carried out."""
    seed: int
    """Seed of every draw."""
    versions: FrozenMap[str, str]
    """Programs whose versions the figures depend on."""
    fingerprint: str
    """Fingerprint of the scenario."""
    replanned: bool
    """Whether the strategy was planned anew every year."""
    years: tuple[int, ...]
    """Calendar years that the lists run over."""
    groups: FrozenMap[str, FrozenMap[str, Spread]]
    """By group: `headcount`, `mean_risk`, `share_above` at each year's end; `cases`, `injuries`, `lost_days`,
    `leavers`, `moved` of each year."""
    everybody: FrozenMap[str, Spread]
    """The same over all groups: sums, and means over people."""
    safe_service: FrozenMap[str, SingleSpread]
    """Realised N by group: equivalent years from zero risk until a worker of mean susceptibility and the group's
    service reaches the acceptable risk, on each replication's own path."""
    planned_service: FrozenMap[str, Years]
    """N by group as the strategy is evaluated, without chance."""
    totals: FrozenMap[str, SingleSpread]
    """`cases`, `injuries`, `lost_days` and `spend` over the horizon, `share_above` at its end, over all groups;
    `safe_service` of the worst group. Where cases or injuries have a price also `losses`, their discounted money with
    that of lost days, indirect money included, and `burden`, the same with the discounted money paid."""
    spend: Spread
    """Money paid in each year."""
    planned_spend: tuple[float, ...]
    """Money of each year as the strategy is evaluated."""
    lacking: Spread
    """Money that the bills of each year lacked: less was bought, or effects lapsed for want of upkeep."""
    short: float
    """Share of the replications in which any bill lacked money."""
    flags: tuple[Flag, ...] = ()
    """`over-budget` where the strategy as written costs more than its money allows, by year, `short` where money ran
    short in any replication."""
    projects: tuple[ProjectDates, ...]
    """Purchases with a lead time, planned and done."""
    log: tuple[LogEntry, ...] = ()
    """Events of the first replication; empty where not asked for."""


class Contrast(Result):
    """Paired difference of one figure between two strategies under the same draws, second minus first."""

    mean: Unbounded
    """Mean difference."""
    low: Unbounded
    """Lower end of the 95 % interval of the mean difference."""
    high: Unbounded
    """Upper end."""
    better: float
    """Share of replications in which the second strategy is the better one."""
    worse: float
    """Share of replications in which the first one is."""
    p05: Unbounded
    """The difference of 5 % of the replications is at or below."""
    p50: Unbounded
    """Median of the differences."""
    p95: Unbounded
    """The difference of 95 % of the replications is at or below."""


class Difference(Result):
    """Two strategies held against each other, replication by replication, or draw by draw of what is uncertain."""

    first: str
    """Strategy that is held against."""
    second: str
    """Strategy that is judged."""
    count: int
    """Number of replications or draws."""
    figures: FrozenMap[str, Contrast]
    """As `Outcome.totals`; more is better where the name begins with `safe_service`, less for the rest."""
    dominates: float
    """Share of them in which the second strategy is at least as good by every figure, and better by one."""
    dominated: float
    """Share of them in which the first one is."""


class Study(Result):
    """Strategies simulated under the same draws."""

    outcomes: tuple[Outcome, ...]
    """Outcomes in the order asked for."""
    differences: tuple[Difference, ...]
    """Each strategy against the first one, or against every one before it."""
