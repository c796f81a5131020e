"""Strategies side by side: what each is worth, and how any two of them differ."""

from __future__ import annotations

from oshopt.model.base import FrozenMap, Result
from oshopt.model.economics import Economics
from oshopt.model.money import DO_NOTHING, OPTIMUM
from oshopt.model.outcome import Difference, Study
from oshopt.model.results import Evaluation, Plan
from oshopt.model.survey_results import PlanBands


class Standing(Result):
    """What is measured beyond risk once a strategy's last year is in force; empty where the scenario has no data."""

    score: tuple[float, float] | None = None
    """Ends of the scorecard's total."""
    compliance: float | None = None
    """Mean level of compliance, low end, in [0, 1]."""
    failures: tuple[str, ...] | None = None
    """Mandatory requirements that are missed then."""
    outcomes: FrozenMap[str, float] = FrozenMap()
    """Forecast of each outcome that measures move, in its unit."""


class Verdict(Result):
    """What can be said of two strategies taken together: whether one is as good by every figure and better by one."""

    first: str
    """Strategy that is held against."""
    second: str
    """Strategy that is judged."""
    stated: int
    """By the figures as stated: 1 where the second dominates, −1 where the first does, 0 where neither."""
    draws: tuple[float, float] | None
    """Share of the draws of weights and increments in which the second dominates, and in which the first does; empty
    where nothing is uncertain."""
    replications: tuple[float, float] | None
    """The same of the replications; empty where nothing was simulated."""
    dominates: bool
    """Whether the second dominates as stated and in every draw and replication."""
    dominated: bool
    """Whether the first one does."""


class Comparison(Result):
    """Strategies side by side, against doing nothing and the optimum."""

    scenario: str
    """Name of the scenario."""
    nothing: Evaluation
    """Doing nothing: things go on as today."""
    strategies: FrozenMap[str, Evaluation]
    """Evaluations of the given strategies by id."""
    optimum: Plan | None
    """The allocator's plan; empty where it was not asked for."""
    order: tuple[str, ...] = ()
    """Names of everything compared as they were asked for, doing nothing first, the optimum last."""
    bands: FrozenMap[str, PlanBands] = FrozenMap()
    """Bands of doing nothing, of each strategy and of the optimum, by name; empty where nothing is uncertain."""
    economics: FrozenMap[str, Economics] = FrozenMap()
    """Money of each, by name."""
    drawn: tuple[Difference, ...] = ()
    """Paired differences on draws of weights and increments: `safe_service` of the worst group and of each group
    (`safe_service:ID`), `cases`, `cost`."""
    study: Study | None = None
    """Simulation of each, with paired differences on common random numbers; empty where none was made."""
    verdicts: tuple[Verdict, ...] = ()
    """One for every pair that is held against each other."""
    lines: FrozenMap[str, FrozenMap[str, float]] = FrozenMap()
    """Money that each budget line pays over the horizon, by name of the alternative, then of the line; empty without
    lines."""
    standings: FrozenMap[str, Standing] = FrozenMap()
    """What is measured beyond risk, by name; empty where it was not asked for."""

    def evaluation(self, name: str) -> Evaluation:
        """Return the evaluation of one of `order`."""
        if name == DO_NOTHING.id:
            return self.nothing
        return self.optimum.evaluation if name == OPTIMUM and self.optimum is not None else self.strategies[name]
