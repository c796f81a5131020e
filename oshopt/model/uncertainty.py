"""How a robust plan fares beside the nominal one."""

from __future__ import annotations

from oshopt.model.base import FrozenMap, Result, Unbounded


class Reached(Result):
    """What one plan reaches of the objective under a set of draws."""

    mean: Unbounded
    """Mean over the draws."""
    cvar: Unbounded
    """Mean of the worst draws, 1 − level of them; the mean where that is sought."""
    p05: Unbounded
    """5 % quantile of the draws."""
    p50: Unbounded
    """Median."""
    p95: Unbounded
    """95 % quantile."""
    quantiles: tuple[Unbounded, ...]
    """Quantiles at 0, 1, … 100 %."""


class RobustSample(Result):
    """The robust and the nominal plan under one set of draws."""

    draws: int
    """Number of draws."""
    seed: int
    """Seed of the draws."""
    source: str
    """Generator and distribution, in words."""
    robust: Reached
    """The robust plan."""
    nominal: Reached
    """The nominal plan."""
    advantage: Unbounded
    """What the robust plan gains over the nominal one in what was sought; negative where it loses."""
    standard_error: Unbounded
    """Standard error of `advantage`, from the paired draws."""
    better: float
    """Share of the draws in which the robust plan is better."""
    worse: float
    """Share of the draws in which it is worse."""


class Robustness(Result):
    """How a robust plan was sought, what it costs, and what it brought on draws that the search never saw."""

    measure: str
    """`cvar` or `mean`."""
    level: float
    """α: the worst 1 − α of the draws count; 0 for the mean."""
    draws: int
    """Draws that the search used."""
    seed: int
    """Seed of every draw."""
    weight_spread: float
    """Relative standard deviation of the weights; 0 where they are certain or drawn from a survey."""
    weights_from: str
    """`spread`, or `survey` where the weights are drawn from one."""
    start_value: Unbounded
    """What the nominal plan reaches of the measure on the search's own draws, where the search began."""
    samples: FrozenMap[str, RobustSample]
    """`in_sample`: the search's draws, which flatter it; `held_out`: fresh ones of the same generator, the prediction;
    `judged`: fresh ones of another generator; `misspecified`: twice the spread and another shape."""
    nominal_best: Unbounded
    """Objective of the nominal plan where all figures are as stated."""
    nominal_value: Unbounded
    """Objective of the robust plan where all figures are as stated."""
    price: Unbounded
    """Price of robustness: what the robust plan loses of the objective where all figures are as stated."""
    regret: Unbounded
    """What following the nominal plan loses of the measure on the judged draws; negative where it is the better one."""
    agrees: bool
    """Whether the advantage on the judged draws is the predicted one within three standard errors."""
    nominal_spend: FrozenMap[str, FrozenMap[int, float]]
    """Money of the nominal plan by measure and year."""
    verdict: str
    """What follows, in words."""
