"""What more or less money would bring: a row of plans over budgets or targets, and where each measure enters.

Money of a frontier is counted by its `basis`: a year (the mean over the horizon) where the scenario gives money by
year, for the whole horizon where it gives a mere total.
"""

from __future__ import annotations

from enum import StrEnum

from oshopt.model.base import FrozenMap, Result, Unbounded
from oshopt.model.results import MarginalValue, Plan


class Sweep(StrEnum):
    """What the points of a frontier are asked for."""

    BUDGETS = "budgets"
    """The best plan for each budget."""
    TARGETS = "targets"
    """The plan of least cost for each value demanded of the objective."""


class Basis(StrEnum):
    """What money of a frontier is counted by."""

    YEAR = "a year"
    """Mean of the money of the horizon's years."""
    HORIZON = "in all"
    """Money of the whole horizon."""


class FrontierPoint(Result):
    """One budget or target and the best plan for it."""

    asked: float
    """Budget in the frontier's basis, or target in the objective's unit."""
    money: float | None
    """The budget; of a target the least discounted cost over the horizon; empty where no plan exists."""
    value: Unbounded | None
    """Objective that the plan reaches; empty where no plan exists."""
    marginal: MarginalValue | None
    """What more money brings, found by solving again: the objective gained per unit of money in the same terms."""
    plan: Plan | None
    """The plan with its certificate; empty where no plan exists."""
    lacking: tuple[str, ...] = ()
    """Why no plan exists, each limit in words; empty where one does."""

    @property
    def status(self) -> str:
        """`optimal`, `within gap` or `feasible` as the certificate says, or `infeasible`."""
        return "infeasible" if self.plan is None else self.plan.certificate.status.value


class Crossing(Result):
    """A budget at which a measure enters or leaves the plan, verified by solving on both sides."""

    at: float
    """The roundest budget from `below` to `above`."""
    below: float
    """Budget solved just below."""
    above: float
    """Budget solved just above, with the other answer."""


class FundedSpan(Result):
    """Budgets between which plans spend on a measure."""

    enters: Crossing | None
    """Where it enters; empty where the least budget with which a plan exists has it."""
    leaves: Crossing | None
    """Where it leaves again; empty where it stays to the end of the range."""


class Knee(Result):
    """The point at which more money begins to bring less than on the average of the whole range.

    Both axes are brought to [0, 1] between the first and the last point of finite value; the knee is the point furthest
    above the straight line between these two.
    """

    point: int
    """Position of the point, counted from 0."""
    money: float
    """Its money."""
    value: float
    """Its value."""
    height: float
    """Its distance above the line, upwards, as a share of the gain over the whole range."""


class Bend(StrEnum):
    """How value grows with money over the points."""

    KNEE = "knee"
    """It grows ever less from the knee on."""
    STRAIGHT = "straight"
    """It lies near the straight line everywhere."""
    RISING = "rising"
    """It lies below the line: later money brings more than earlier money."""
    UNKNOWN = "unknown"
    """There are fewer than three points of finite, different money and value."""


class Frontier(Result):
    """A row of plans over budgets or targets, in rising order."""

    scenario: str
    """Name of the scenario."""
    objective: str
    """What is sought, or demanded by the targets."""
    limits: FrozenMap[str, float]
    """Limits beside the scenario's own."""
    sweep: Sweep
    """Whether the points are budgets or targets."""
    basis: Basis
    """What money is counted by; of targets the whole horizon."""
    today: Unbounded
    """The scenario's own budget; of targets, ∞ where it has none."""
    least: float | None
    """Least budget with which a plan exists; empty for targets."""
    most: float | None
    """Budget beyond which the objective gains nothing; empty for targets."""
    best: Unbounded | None
    """The objective with that budget; empty for targets."""
    points: tuple[FrontierPoint, ...]
    """The points."""
    bend: Bend
    """How value grows with money."""
    knee: Knee | None
    """The knee; empty unless `bend` says that there is one."""
    funded: FrozenMap[str, tuple[FundedSpan, ...]]
    """Spans of budgets, from `least` to `most`, in which plans spend on each measure; every measure is there, with no
    span where it never gets money. Empty for targets."""
    precision: float
    """Width, in money, to which crossings are found."""
    resolution: float
    """Widest step between budgets solved: a span shorter than this can be missed."""
    notes: tuple[str, ...] = ()
    """What a reader must know of the points."""
