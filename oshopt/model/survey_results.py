"""Answers of surveys: concordance, weights with their bands, competence, and what the experts' doubt does to a plan.

Maps are keyed by the ids of experts, factors and expert groups. What cannot be computed is left out of a map.
"""

from __future__ import annotations

from oshopt.model.base import FrozenMap, Result, Unbounded
from oshopt.model.procedure import State
from oshopt.model.survey import CompetenceMethod, Subject


class Concordance(Result):
    """Agreement of m experts on the order of n factors (S3, eqs 4 to 7)."""

    ranks: FrozenMap[str, FrozenMap[str, float]]
    """Mid-ranks a_ij by expert and factor, 1 the most important."""
    rank_sums: FrozenMap[str, float]
    """Σ_j a_ij by factor."""
    mean_rank_sum: float
    """m(n + 1)/2."""
    deviations: FrozenMap[str, float]
    """Δ_i by factor (eq. 4)."""
    s: float
    """Σ_i Δ_i² (eq. 5)."""
    ties: FrozenMap[str, int]
    """T_j = Σ(t³ − t) by expert."""
    tie_correction: int
    """Σ_j T_j."""
    w: float
    """Coefficient of concordance W, ω of the source, in [0, 1] (eq. 6)."""
    chi2: float
    """χ² (eq. 7)."""
    df: int
    """n − 1."""
    p_value: float
    """Upper tail of the χ² distribution; off for few experts."""
    level: float
    """Level of significance."""
    critical_value: float
    """χ² of that level."""
    permutation_p: float
    """Share of random rankings that agree at least as well."""
    permutations: int
    """Random tables behind it; 0 where every table was counted."""
    threshold: float
    """Least W that counts as agreement."""
    agreed: bool
    """W at or above the threshold, and χ² above critical."""
    verdict: str
    """The same in words."""
    with_rest: FrozenMap[str, float]
    """Rank correlation of each expert with the rank sums of the others; without those who tied all factors."""
    between: FrozenMap[str, FrozenMap[str, float]]
    """Rank correlation of every two experts; without those who tied all factors."""
    w_without: FrozenMap[str, float]
    """W of the others without that expert, where there are three or more."""
    dissenters: tuple[str, ...]
    """Experts whose correlation with the others is not positive."""
    notices: tuple[str, ...] = ()
    """What was converted, and what a reader must know."""


class GroupAgreement(Result):
    """Agreement inside one expert group, and with everybody else."""

    experts: tuple[str, ...]
    """Its experts."""
    rank_sums: FrozenMap[str, float]
    """Σ_j a_ij over them."""
    w: float | None = None
    """W among them; None for a single expert, or where all tied everything."""
    with_rest: float | None = None
    """Rank correlation of its rank sums with those of the others; None where there are no others."""


class FactorWeight(Result):
    """What a survey says of one factor."""

    label: str
    """What people call it."""
    weight: float
    """k_i; the weights of a survey sum to 1."""
    low: float
    """5 % of the bootstrap draws lie below."""
    high: float
    """5 % of them lie above."""
    mean_rank: float
    """Mean of its mid-ranks."""
    place: int
    """Place by rank sum, 1 the most important; equal sums share a place."""
    insignificant: bool
    """Whether it is marked for exclusion by the stated rule."""


class ExpertCompetence(Result):
    """How competent one expert is."""

    shares: FrozenMap[str, float]
    """Mean share of the possible points by method."""
    competent: bool
    """Whether every share reaches the threshold."""
    weight: float
    """Weight of the expert's opinion beside the others', mean 1."""

    @property
    def methods(self) -> tuple[CompetenceMethod, ...]:
        """Methods by which the expert was assessed."""
        return tuple(CompetenceMethod(name) for name in self.shares)


class SurveyResult(Result):
    """Everything that one survey says, as far as it was answered."""

    survey: str
    """Name of the survey."""
    subject: Subject
    """What it asks about."""
    round: int
    """Round that is judged."""
    fingerprint: str
    """SHA-256 of what the survey asks and what was answered, of competence, and of the rules that weights follow."""
    concordance: Concordance
    """Agreement on the order of the factors."""
    weights: FrozenMap[str, FactorWeight]
    """Weights by factor."""
    weights_from: str
    """`rank sums`, or `significance` of round 2."""
    competence_weighted: bool
    """Whether opinions are weighed by competence."""
    rule: str
    """Which factors are insignificant, and what becomes of them, in words."""
    draws: int
    """Bootstrap draws."""
    seed: int
    """Seed of the draws."""
    competence: FrozenMap[str, ExpertCompetence] = FrozenMap()
    """Competence by expert, where anything is known of it."""
    incompetent: tuple[str, ...] = ()
    """Experts to be replaced."""
    absent: tuple[str, ...] = ()
    """Experts of the panel who gave no answer in this round."""
    groups: FrozenMap[str, GroupAgreement] = FrozenMap()
    """Agreement by expert group, where there are several."""
    weights_in_force: str = ""
    """For a survey of measures, whether the scenario's weights are the survey's: `applied`, `outdated` or `other`."""
    notices: tuple[str, ...] = ()
    """What a reader must know."""
    procedure: State | None = None
    """Where the procedure stands, if one is kept."""

    @property
    def agreed(self) -> bool:
        """Whether the experts agree."""
        return self.concordance.agreed

    @property
    def values(self) -> FrozenMap[str, float]:
        """Weights by factor as plain numbers."""
        return FrozenMap({factor: row.weight for factor, row in self.weights.items()})


class Band(Result):
    """A figure under draws of what is uncertain."""

    low: Unbounded
    """5 % of the draws lie below."""
    median: Unbounded
    """Half of the draws lie below."""
    high: Unbounded
    """5 % of the draws lie above."""


class PlanBands(Result):
    """What a strategy is worth under draws of weights and increments."""

    strategy: str
    """Name of the strategy."""
    draws: int
    """Number of draws."""
    surveyed: bool
    """Whether the weights are bootstrap draws of a survey's experts; else they have their stated spread."""
    safe_service: FrozenMap[str, Band]
    """N by group, years."""
    shortest: Band
    """N of the worst group of each draw, years."""
    epsilon: FrozenMap[str, FrozenMap[int, Band]]
    """ε by group and calendar year."""
    mean_effect: Band
    """Headcount-weighted mean of ε over the horizon."""
    cases: Band
    """Cases over the horizon, at most one a person."""
