"""The workforce of a group carried along its exposure path: who leaves, who falls ill, who passes the threshold.

Chooses the kernel (by lives, or year by year where the increment is noisy), cuts the positions into chunks over
threads, and turns counts into what a year's figures mean. Sums are of integers and draws are keyed by counter, so any
cut gives equal bits. The enterprise, replications and scenarios' files stay outside.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from oshopt.model import SimulationSettings, WorkGroup
from oshopt.risk.exposure import ExposurePath, Floats, PathTable, tabulate
from oshopt.risk.kernel import in_chunks
from oshopt.risk.kernel import warm_up as warm_up_risk
from oshopt.simulation.draws import FULL, Stream, stream
from oshopt.simulation.lives import carry_lives
from oshopt.simulation.traits import (
    ABOVE,
    CASES,
    HIRES,
    INJURIES,
    LEAVERS,
    MOVED,
    PACE,
    RISK,
    ROWS,
    Counts,
    Traits,
)
from oshopt.simulation.turnover import carry_turnover
from oshopt.simulation.yearly import carry_years

QUANTITIES = ("headcount", "risk", "above", "cases", "injuries", "leavers", "moved", "hires")
"""Rows of `WorkforceYears.table`."""

Kernel = Callable[[int, int, Traits, PathTable, Stream, Counts], None]

MAX_HORIZON = 100
MAX_SUSCEPTIBILITY = 2.5
"""Beyond it the largest ξ has no fixed-point form."""


@dataclass(frozen=True, slots=True)
class Workforce:
    """People of one group at the plan's start, and the rules under which they come and go."""

    group: str
    """Id of the group; keys the draws."""
    headcount: int
    """Positions; each is filled again as soon as it is left."""
    traits: Traits
    """Increment, threshold, service, turnover and rules."""
    lost_days: float = 0.0
    """Days lost per injury."""

    def __post_init__(self) -> None:
        if not 0 < self.headcount < 1 << 32:
            raise ValueError("headcount must be in [1, 2**32)")
        if not 0 <= self.traits.susceptibility <= MAX_SUSCEPTIBILITY:
            raise ValueError(f"susceptibility must be in [0, {MAX_SUSCEPTIBILITY:g}]")
        if self.traits.mean_stay <= 0 or self.traits.retirement <= 0 or self.traits.acceptable_risk <= 0:
            raise ValueError("turnover, retirement_service and acceptable_risk must be positive")

    @classmethod
    def of(cls, group: WorkGroup, acceptable_risk: float, rules: SimulationSettings | None = None) -> Workforce:
        """Return the workforce of a group, whose R_acc is resolved already.

        `served_spread` is the half-width of a uniform spread, at most `served` itself.
        """
        rules = rules or SimulationSettings()
        traits = Traits(
            acceptable_risk=acceptable_risk,
            initial_risk=group.initial_risk,
            risk_increment=group.risk_increment,
            served=group.served,
            served_spread=min(group.served_spread, group.served),
            mean_stay=1.0 / group.turnover if group.turnover > 0 else math.inf,
            retirement=math.inf if group.retirement_service is None else group.retirement_service,
            susceptibility=group.susceptibility,
            noise=group.yearly_noise,
            case_leaves=rules.case_leaves,
            move_at_limit=rules.move_at_limit,
            injured=group.injury_rate > 0,
        )
        return cls(group.id, group.headcount, traits, group.lost_days)


@dataclass(frozen=True, slots=True, eq=False)
class WorkforceYears:
    """What happened to one workforce in one replication, year by year. Every figure is an integer."""

    table: Counts
    """Rows as in `QUANTITIES`, shape (quantities, years); headcount, risk and above are of the year's end, the rest
    of the year. An event at a year's very end belongs to that year."""
    lost_days_per_injury: float

    def __getitem__(self, quantity: str) -> Counts:
        """Return one row by its name, shape (years,)."""
        row: Counts = self.table[QUANTITIES.index(quantity)]
        return row

    @property
    def mean_risk(self) -> Floats:
        """Mean accumulated risk at the end of each year, at most 1 a person, shape (years,)."""
        return np.asarray(self["risk"] / FULL / self["headcount"], dtype=np.float64)

    @property
    def share_above(self) -> Floats:
        """Share of workers at or above R_acc at the end of each year, shape (years,)."""
        return np.asarray(self["above"] / self["headcount"], dtype=np.float64)

    @property
    def lost_days(self) -> Floats:
        """Days lost to injuries in each year, shape (years,)."""
        return np.asarray(self["injuries"] * self.lost_days_per_injury, dtype=np.float64)


def simulate_workforce(
    workforce: Workforce, path: ExposurePath, *, years: int, seed: int, replication: int = 0, threads: int = 1
) -> WorkforceYears:
    """Carry every position of `workforce` along `path` for `years` years.

    Exact between break times; the same seed and replication give equal bits whatever the threads. Raises `ValueError`
    for a horizon outside [1, 100], a seed outside [0, 2⁶⁴) or a replication outside [0, 2³²).
    """
    if not 1 <= years <= MAX_HORIZON:
        raise ValueError(f"years must be in [1, {MAX_HORIZON}]")
    return carry_workforce(
        workforce, tabulate(path, years), years=years, seed=seed, replication=replication, threads=threads
    )


def carry_workforce(
    workforce: Workforce, table: PathTable, *, years: int, seed: int, replication: int, threads: int
) -> WorkforceYears:
    """Carry every position of `workforce` along a tabulated path; arguments and errors as of `simulate_workforce`."""
    source = stream(seed, replication, workforce.group)
    carry = _kernel(workforce.traits)

    def chunk(first: int, last: int) -> Counts:
        counts = np.zeros((ROWS, years + 2), np.int64)
        carry(first, last, workforce.traits, table, source, counts)
        return counts

    counts = np.sum(in_chunks(chunk, workforce.headcount, threads), axis=0)
    if carry is carry_lives:
        _settle(counts, table, workforce.headcount)
    return WorkforceYears(_by_quantity(counts, workforce.headcount), workforce.lost_days)


def _kernel(traits: Traits) -> Kernel:
    """Return the kernel by lives without yearly noise; with it, the one by turnover wherever risk ends no life."""
    if traits.noise == 0:
        return carry_lives
    return carry_years if traits.case_leaves or traits.move_at_limit or traits.injured else carry_turnover


def _settle(counts: Counts, table: PathTable, headcount: int) -> None:
    """Turn changes from one year's end to the next into the figures of each year's end.

    Rounding, a unit of 2⁻³² a life, must not carry the summed risk below 0 or above the headcount.
    """
    running = np.cumsum(counts[[ABOVE, RISK, PACE]], axis=1)
    counts[ABOVE] = running[0]
    summed = running[1, :-1] + np.rint(running[2, :-1] * table.ends[0, :-1]).astype(np.int64)
    counts[RISK, :-1] = np.clip(summed, 0, headcount * int(FULL))


def _by_quantity(counts: Counts, headcount: int) -> Counts:
    inside = counts[:, 1:-1]
    present = headcount + np.cumsum(inside[HIRES] - inside[LEAVERS] - inside[MOVED])
    rows = [inside[row] for row in (RISK, ABOVE, CASES, INJURIES, LEAVERS, MOVED, HIRES)]
    return np.vstack([present, *rows])


def warm_up() -> None:
    """Compile, or load from the cache, everything that a simulation of workforces runs."""
    warm_up_risk()
    path = ExposurePath.of([0.0], [0.1], 0.1)
    for noise, injuries in ((0.0, 0.1), (0.5, 0.1), (0.5, 0.0)):
        group = WorkGroup(id="warm-up", risk_increment=0.1, yearly_noise=noise, turnover=0.5, injury_rate=injuries)
        simulate_workforce(Workforce.of(group, 0.1), path, years=1, seed=0)
