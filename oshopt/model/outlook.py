"""Answers of the forecast: outcomes ahead with their proof, the choice of a decision, and lines for the allocator.

Outcomes are in their own unit: of a count that is its rate, or the number of events where it names no rate. Maps are
keyed by id.
"""

from __future__ import annotations

import math

from oshopt.language import say, sayable
from oshopt.model.base import Frozen, FrozenMap, Id, Result, Unbounded
from oshopt.model.history import Form, Rate, Simulated

_METHODS = {
    "components": sayable("components"),
    "last value": sayable("last value"),
    "mean": sayable("mean"),
    "drift": sayable("drift"),
    "ols": sayable("ols"),
    "ridge": sayable("ridge"),
}


def method_words(name: str) -> str:
    """Return what a method of forecasting is called."""
    return say(_METHODS[name])


class OutcomeLine(Frozen):
    """A forecast outcome as a straight line in the changes of indicators: what an allocator needs of it.

    η = base + Σ coefficients·change, with changes against the last observed indicators. A linear outcome is y = η; a
    log-linear count is y = scale·exp(η), and y ≤ y_Γ exactly where η ≤ ln(y_Γ/scale).
    """

    outcome: Id
    """Outcome that is forecast."""
    form: Form
    """`linear` for y = η, `count` for y = scale·exp(η)."""
    base: float
    """η where nothing changes."""
    coefficients: FrozenMap[str, float]
    """Change of η per unit of each indicator; every indicator of the history is there."""
    scale: float = 1.0
    """Exposure that y stands for, in the unit of the exposure: the base of its rate, or the exposure expected; 1 for a
    linear outcome."""
    limit: float | None = None
    """y_Γ in the unit of the outcome."""

    def predictor(self, changes: FrozenMap[str, float]) -> float:
        """Return η at changes of indicators; indicators that are not named stay as they are."""
        return self.base + math.fsum(slope * changes.get(name, 0.0) for name, slope in self.coefficients.items())

    def value(self, changes: FrozenMap[str, float]) -> float:
        """Return y at changes of indicators, in the unit of the outcome."""
        return self.outcome_at(self.predictor(changes))

    def outcome_at(self, predictor: float) -> float:
        """Return y at a value of η."""
        return predictor if self.form is Form.LINEAR else self.scale * math.exp(min(predictor, 700.0))

    def predictor_at(self, outcome: float) -> float:
        """Return η at a value of y: y ≤ y_Γ exactly where η ≤ predictor_at(y_Γ). −∞ for a count of 0 or below."""
        if self.form is Form.LINEAR:
            return outcome
        return math.log(outcome / self.scale) if outcome > 0 else -math.inf


class Span(Result):
    """A value with the interval that is to hold the outcome."""

    value: float
    """Forecast."""
    low: float
    """Lower end of the interval."""
    high: Unbounded
    """Upper end."""


class HistoryPoint(Result):
    """An outcome as it was observed, and what the method would have said of it in its time."""

    value: float
    """Observed outcome."""
    forecast: float | None = None
    """What was forecast from the years known Δt earlier; empty where they were too few."""


class BacktestRow(Result):
    """Errors of one method over the rolling origins, in the unit of the outcome."""

    error: float
    """Mean absolute error."""
    low: float
    """Lower end of its 90 % interval (Student's t over the origins), 0 at least."""
    high: float
    """Upper end."""
    root_mean_square: float
    """Root mean square error."""
    excess: float
    """Mean absolute error less that of the last value."""
    excess_low: float
    """Lower end of the 90 % interval of that difference, origin by origin."""
    excess_high: float
    """Upper end."""


class Backtest(Result):
    """Forecasts made from what was known at each origin, held against what came."""

    origins: int
    """Number of years forecast in this way."""
    rows: FrozenMap[str, BacktestRow]
    """By method: `components`, `drift`, `last value`, `mean`, `ols`, `ridge`."""
    beats_last_value: bool | None
    """Whether components have the lower error, beyond chance; empty where they are lower, but not beyond chance."""
    verdict: str
    """The same in words."""


class OutcomeForecast(Result):
    """One outcome Δt after the last observed indicators, everything left as it is."""

    outcome: str
    """Id of the outcome."""
    form: Form
    """Linear or count."""
    rate: Rate | None
    """Rate in which it stands."""
    year: int
    """Calendar year that is forecast."""
    y: Span
    """The outcome with its prediction interval (jackknife+)."""
    count: Span | None
    """Of a count: the number of events with its interval, under the exposure of the last year."""
    exposure: float | None
    """Of a count: the exposure taken for the year forecast, that of the last year observed."""
    simulated: Simulated | None
    """Quantity of the simulator that counts the same events."""
    history: FrozenMap[int, HistoryPoint]
    """The outcome by calendar year."""
    rows: int
    """Years whose indicators and outcome were used."""
    components: int
    """Number of principal components."""
    strength: float
    """Power of the experts' weights that scales the indicators; 0 where there are none, or they did not help."""
    explained: tuple[float, ...]
    """Share of the variance of the indicators in each component, all of them, largest first."""
    loadings: FrozenMap[str, tuple[float, ...]]
    """By indicator: its part in each component used."""
    condition_number: Unbounded
    """Of the standardised indicators: largest over smallest singular value."""
    variance_inflation: FrozenMap[str, Unbounded]
    """Variance inflation factor by indicator: ∞ where the others determine it."""
    line: OutcomeLine
    """The forecast as a line in the changes of indicators, with its coefficients in the indicators' units."""
    backtest: Backtest
    """Errors beside those of plain methods."""
    notes: tuple[str, ...]
    """What a reader must know: years left out, indicators that never change, a short history."""


class Prospect(Result):
    """One outcome under one alternative."""

    y: Span
    """The outcome with its interval."""
    degree: float | None
    """Degree of risk y/y_Γ; empty without a limit."""
    exceedance: float | None
    """P(y > y_Γ); empty without a limit."""


class Alternative(Result):
    """One decision: what it costs, what is to be expected of it, and what rules it out."""

    name: str
    """Name to show."""
    cost: float
    """C."""
    changes: FrozenMap[str, float]
    """Change of each indicator that it acts on."""
    expected: FrozenMap[str, Prospect]
    """By outcome: over the external states, by their probabilities."""
    by_state: FrozenMap[str, FrozenMap[str, Prospect]]
    """By state, then outcome; empty without states."""
    ruled_out: tuple[str, ...]
    """Limits that it breaks over all states, in words; empty where it may be chosen."""
    ruled_out_by_state: FrozenMap[str, tuple[str, ...]]
    """The same in each state."""
    outside: tuple[str, ...]
    """Indicators that it moves beyond anything observed: the forecast extrapolates."""
    best: float
    """Probability that it is the best one that may be chosen (Bayesian bootstrap over the years)."""


class Choice(Result):
    """Which decision is best (eq. 3): least outcome among those within every y_Γ and C_Γ."""

    minimised: str
    """Outcome that is minimised."""
    limits: FrozenMap[str, float]
    """y_Γ by outcome."""
    cost_limit: float | None
    """C_Γ; empty where there is none."""
    alternatives: FrozenMap[str, Alternative]
    """By decision; doing nothing and plans among them."""
    states: FrozenMap[str, float]
    """Probability of each external state; empty without states."""
    state_names: FrozenMap[str, str]
    """Name of each state."""
    best: str | None
    """q_opt over all states; empty where every decision is ruled out."""
    best_by_state: FrozenMap[str, str]
    """q_opt in each state; a state in which every decision is ruled out is not there."""
    draws: int
    """Draws behind the probabilities of being best."""


class Outlook(Result):
    """Every outcome ahead, and the choice among decisions where there are any."""

    scenario: str
    """Name of the scenario."""
    ahead: int
    """Δt, years."""
    level: float
    """Level of the intervals."""
    seed: int
    """Seed of every draw."""
    weights: FrozenMap[str, float]
    """The experts' weights of indicators; empty where there were none."""
    outcomes: FrozenMap[str, OutcomeForecast]
    """By outcome."""
    choice: Choice | None
    """The choice; empty without decisions."""
