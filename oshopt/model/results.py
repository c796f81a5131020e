"""Answers: what a strategy is worth (`Evaluation`), and a plan with its proof (`Plan`, `Certificate`).

Maps are keyed by id, then by calendar year. Money is in the scenario's currency, service in years.
"""

from __future__ import annotations

from enum import StrEnum

from oshopt.model.base import FrozenMap, Result, Unbounded, Years
from oshopt.model.money import Strategy
from oshopt.model.uncertainty import Robustness


class Flag(Result):
    """Something that a reader of an evaluation must know."""

    code: str
    """`exceeded`, `never-reached`, `over-funded`, `under-funded`, `over-budget`, `renewal`, `duty`, `legal-minimum`,
    `requires`, `excludes`, `rule`, `classes`."""
    subject: str
    """Id of the group, measure or line, or a calendar year."""
    text: str
    """The same in words."""


class Evaluation(Result):
    """What a strategy does: effect, safe service, cost, and the path of risk, all by eqs 1 to 7."""

    strategy: str
    """Name of the strategy."""
    epsilon: FrozenMap[str, FrozenMap[int, float]]
    """ε by group and calendar year."""
    safe_service: FrozenMap[str, Years]
    """N by group, equivalent years counted from zero risk."""
    remaining_service: FrozenMap[str, Years]
    """max(0, N − N_x) by group, years from the plan's start."""
    equivalent_service: FrozenMap[str, Years]
    """N_x = R_x/dR by group, years."""
    acceptable_risk: FrozenMap[str, float]
    """R_acc by group."""
    risk_path: FrozenMap[str, tuple[tuple[float, float], ...]]
    """Corners of the risk curve by group: (years from the plan's start, accumulated risk), straight in between."""
    cases: float
    """Σ headcount·(R(H) − R(0)) over the horizon, at most one a person."""
    mean_effect: float
    """Headcount-weighted mean of ε over the horizon."""
    in_force: FrozenMap[str, FrozenMap[int, float]]
    """Share of the full effect in force by measure and year, without the status quo."""
    cost: float
    """Spend and upkeep over the horizon."""
    discounted_cost: float
    """The same, each year's money discounted from the year's end."""
    avoided_cost: float
    """Discounted money of cases, injuries, fines and other losses that the strategy avoids over the horizon, indirect
    money included, where they have a price."""
    net_benefit: float
    """`avoided_cost` less `discounted_cost`."""
    spend: FrozenMap[str, FrozenMap[int, float]]
    """Money for new shares by measure and year."""
    upkeep: FrozenMap[str, FrozenMap[int, float]]
    """Money that keeps what is in force going, by measure and year."""
    cost_by_year: FrozenMap[int, float]
    """Spend and upkeep by year."""
    yearly_renewal: float
    """Money a year after the horizon that `keep` needs (0 under `lapse`)."""
    money_after_horizon: Unbounded
    """Money after the horizon: `yearly_renewal` until the worst group reaches its threshold (under `lapse`: upkeep of
    what is still in force)."""
    duties: FrozenMap[str, bool]
    """Whether each mandatory measure is in full force from its deadline on."""
    flags: tuple[Flag, ...] = ()
    """What a reader must know."""


class Status(StrEnum):
    """How far a plan is proven."""

    OPTIMAL = "optimal"
    WITHIN_GAP = "within gap"
    FEASIBLE = "feasible"


class BindingLimit(Result):
    """A limit that stops the plan from being better."""

    name: str
    """Name of the limit."""
    text: str
    """The same in words."""


class MarginalValue(Result):
    """What more money in one year would bring, found by solving again."""

    step: float
    """Money added."""
    value: Unbounded
    """Objective with that money."""
    per_unit: Unbounded
    """Change of the objective per unit of money."""


class BreakEven(Result):
    """Where a measure enters or leaves the plan, the rest unchanged; each verified by solving on both sides."""

    in_plan: bool
    """Whether the plan spends on it."""
    weight: float | None
    """k_m at which it enters or leaves; empty where no weight up to 1 changes the answer, 0 where even a hundredth of
    today's weight leaves it in the plan, but none at all does not."""
    cost: float | None
    """Full cost at which it enters or leaves; empty where none from a hundredth to a hundred times today's does."""
    verified: bool
    """Whether solving just below and just above gave the two answers."""


class Certificate(Result):
    """Proof of a plan: everything recomputed outside the solver."""

    solver: str
    """Solver and version."""
    status: Status
    """Optimal, within gap or feasible."""
    reason: str
    """Why the solver stopped."""
    objective: str
    """What was sought."""
    value: Unbounded
    """The objective as the risk model gives it for the plan's money."""
    bound: Unbounded
    """No plan does better than this."""
    bound_source: str
    """How the bound was proven."""
    gap: Unbounded
    """|bound − value|/max(1, |value|), 0 when both are infinite."""
    violation: float
    """Largest relative violation of any limit, recomputed from money and shares."""
    binding: tuple[BindingLimit, ...]
    """Limits without slack."""
    unspent: FrozenMap[int, float]
    """Money left by year."""
    unspent_reason: str
    """Why money is left; empty where none is."""
    marginal_value: FrozenMap[int, MarginalValue]
    """What more money in each year would bring; empty where it was not asked for."""
    break_even: FrozenMap[str, BreakEven] = FrozenMap()
    """Where each measure enters or leaves; empty where it was not asked for."""
    rounds: int
    """Programs solved in stage 1."""


class Reason(Result):
    """Why a measure is in a plan or out of it. Gains are of the objective, positive where it becomes better."""

    in_plan: bool
    """Whether the plan carries it out at all."""
    code: str
    """In: `free`, `duty`, `decided`, `needed`, `pays`, `cases`, `cheapest`. Out: `in-force`, `decided`, `late`,
    `no-line`, `no-effect`, `excluded`, `requires`, `rule`, `whole`, `not-needed`, `other-group`, `dearer`."""
    text: str
    """The same in words."""
    binding: tuple[str, ...]
    """Limits without slack that stop more of it."""
    money: float
    """Its money over the horizon, upkeep included: what the plan spends on it, or what all of it takes if it is out."""
    gain: Unbounded | None
    """What that money brings while all other money stays as it is; empty where it cannot be told."""
    rate: Unbounded | None
    """The same per unit of money: its rate of return."""
    forced_money: float | None
    """Its money where it is forced: out of the plan, or a small share (all of a whole one) into it."""
    forced_gain: Unbounded | None
    """What the objective gains by having it (if in) or by taking it in (if out), all other money planned anew."""
    forced_rate: Unbounded | None
    """The same per unit of that money; empty, like the two above, where there is no such plan."""


class Sensitivity(Result):
    """What the objective becomes if one figure of the scenario is lower or higher."""

    of: str
    """`weight` (k_m; the other weights give way in proportion, so that the sum stays 1) or `increment` (dR)."""
    id: str
    """Measure or group."""
    low: float
    """The figure lowered."""
    high: float
    """The figure raised."""
    held: tuple[Unbounded, Unbounded]
    """Objective of the plan as it is, at the lowered and at the raised figure."""
    replanned: tuple[Unbounded, Unbounded] | None
    """Objective of the best plan at each; empty where there is none."""


class Change(Result):
    """A plan against a strategy, in one measure."""

    money: FrozenMap[int, float]
    """Money of the plan above that of the strategy by year, upkeep included; negative where it is less."""
    gain: Unbounded
    """What the plan's objective would lose if this measure alone were done as in the strategy; negative: would gain."""


class Explanation(Result):
    """Why a plan is as it is."""

    reasons: FrozenMap[str, Reason]
    """By measure: every one of them, unless the time was over before."""
    sensitivity: tuple[Sensitivity, ...]
    """By weight and by increment, what matters most first."""
    changes: FrozenMap[str, FrozenMap[str, Change]]
    """By strategy of the scenario and by measure."""


class Plan(Result):
    """A strategy that the allocator made, with its certificate and evaluation."""

    scenario: str
    """Name of the scenario."""
    objective: str
    """What was sought."""
    limits: FrozenMap[str, float]
    """Limits beside the scenario's own."""
    reached: FrozenMap[str, Unbounded] = FrozenMap()
    """What the plan reaches of each of them, recomputed."""
    spend: FrozenMap[str, FrozenMap[int, float]]
    """Z by measure and year; every measure is there."""
    shares: FrozenMap[str, FrozenMap[int, float]]
    """Share of full cost bought, by measure and year."""
    begun: FrozenMap[str, FrozenMap[int, float]] = FrozenMap()
    """Share of the full extent that begins, by measure and year, where money does not tell it alone: of measures bought
    whole, by levels, or without cost where other limits leave a choice."""
    lines: FrozenMap[str, FrozenMap[str, FrozenMap[int, float]]]
    """Money of each budget line by measure and year; empty without lines."""
    certificate: Certificate
    """Proof."""
    evaluation: Evaluation
    """What the plan does."""
    robustness: Robustness | None = None
    """How it fares under uncertainty beside the nominal plan; empty unless it was made robust."""
    explanation: Explanation | None = None
    """Why it is so; empty where it was not asked for."""

    def as_strategy(self, name: str = "optimum") -> Strategy:
        """Return the plan's money as a strategy, which evaluates to the same figures."""
        return Strategy(id=name, spend=self.spend, shares=self.begun)
