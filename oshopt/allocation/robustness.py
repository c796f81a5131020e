"""A robust plan held against the nominal one, on draws that the search saw and on draws that it never saw."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from oshopt.allocation.robust import Measure, RobustSearch
from oshopt.allocation.search import Found, Search
from oshopt.allocation.tangents import Aim, influences
from oshopt.allocation.targets import Objective
from oshopt.language import numeral, say, sayable
from oshopt.model import FrozenMap, InputError, Problem, Reached, Robustness, RobustSample, Scenario, nearest
from oshopt.risk import Draws, Part, WeightDraws, draws_of, uncertain
from oshopt.risk.bands import quantiles
from oshopt.risk.draws import weight_spread
from oshopt.risk.service import Floats

JUDGES = 5000
"""Draws that plans are judged on."""
SURE = 3.0
"""Standard errors beyond which a difference is taken for one."""
FEWEST, MOST = 2, 20_000
"""Draws that a search may use."""
SEEDS = 2**63
"""Seeds are below this."""

SOUGHT = (Objective.SAFE_SERVICE, Objective.REMAINING_SERVICE, Objective.EFFECT, Objective.CASES)
_AS_PREDICTED = {
    1: sayable("{where} the robust plan is better than the nominal one, as the prediction says; {other}."),
    -1: sayable(
        "{where} the robust plan is worse than the nominal one: prefer the nominal plan, as the prediction says; "
        "{other}."
    ),
}
_NOT_AS_PREDICTED = {
    1: sayable("{where} the robust plan is better than the nominal one, and not by the amount predicted; {other}."),
    0: sayable("{where} the two plans cannot be told apart, and not by the amount predicted; {other}."),
    -1: sayable(
        "{where} the robust plan is worse than the nominal one: prefer the nominal plan, and not by the amount "
        "predicted; {other}."
    ),
}
_AS_LIKELY = {
    True: sayable("{where} the two plans cannot be told apart, as the prediction allows; {other}."),
    False: sayable("{where} the two plans cannot be told apart, within the error of the prediction; {other}."),
}
_ELSEWHERE = {
    1: sayable("it stays better where the spread is twice as wide and of another shape"),
    0: sayable("where the spread is twice as wide and of another shape nothing sets them apart"),
    -1: sayable("where the spread is twice as wide and of another shape it is the worse one"),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What a robust plan is asked for."""

    measure: Measure
    draws: int
    seed: int
    weights: WeightDraws | None
    """Gives the weights where a survey tells them."""


def asked_for(
    scenario: Scenario,
    objective: Objective,
    robust: tuple[str, float] | str,
    draws: int,
    seed: int,
    weights: WeightDraws | None,
    explain: bool,
) -> Asked:
    """Return what is asked; raise `InputError` with every reason why it cannot be had.

    Without `weights` the survey in force gives the draws of the weights, where there is one.
    """
    from oshopt.experts import survey_draws

    weights = weights or survey_draws(scenario)
    name, level = (robust, 0.0) if isinstance(robust, str) else robust
    problems = _wrong_measure(name, level)
    if not FEWEST <= draws <= MOST:
        remedy = f"Give {FEWEST} to {MOST} draws."
        problems.append(Problem("options", "", "draws", str(draws), "so many draws cannot be used", remedy))
    if not 0 <= seed < SEEDS:
        problems.append(Problem("options", "", "seed", str(seed), "there is no such seed", "Give 0 up to below 2^63."))
    if explain:
        remedy = "Ask for one of the two."
        problems.append(Problem("options", "", "explain", "", "break-evens are of plans that are not robust", remedy))
    if objective not in SOUGHT:
        remedy = f"Choose one of: {', '.join(SOUGHT)}."
        message = "money does not depend on weights and increments, so that no plan for it is robust"
        if objective is Objective.NET_BENEFIT:
            message = "a robust plan for net benefit is not offered"
        problems.append(Problem("options", "", "objective", objective.value, message, remedy))
    if weights is None and not uncertain(scenario):
        remedy = (
            "Give weight_spread in scenario.toml or in measures, risk_increment_spread in groups, or a survey of the "
            "measures by experts."
        )
        problems.append(Problem("scenario", "", "weight_spread", "0", "nothing is uncertain in this scenario", remedy))
    if problems:
        raise InputError(problems)
    return Asked(Measure(level), draws, seed, weights)


def _wrong_measure(name: str, level: float) -> list[Problem]:
    if name not in ("mean", "cvar"):
        remedy = nearest(name, ("mean", "cvar"))
        return [Problem("options", "", "robust", name, "there is no such measure", remedy)]
    if name == "cvar" and not 0 < level < 1:
        remedy = "Give a level above 0 and below 1, for instance 0.9."
        return [Problem("options", "", "robust", f"{level:g}", "CVaR has no such level", remedy)]
    if name == "mean" and level != 0:
        return [Problem("options", "", "robust", f"{level:g}", "the mean has no level", 'Give "mean" alone.')]
    return []


def robust_plan(scenario: Scenario, search: Search, nominal: Found, asked: Asked) -> tuple[Found, RobustSearch]:
    """Return the robust plan, and the search that found it. Raises `InputError` where risk may pass 1 in a draw."""
    draws = _draws(scenario, asked, Part.SEARCH, asked.draws)
    if search.objective is Objective.CASES:
        _require_linear(search, draws)
    climbing = RobustSearch(search, nominal, asked.measure, draws)
    return climbing.run(), climbing


def _draws(scenario: Scenario, asked: Asked, part: Part, count: int) -> Draws:
    return draws_of(scenario, count, asked.seed, part=part, weights=asked.weights)


def _require_linear(search: Search, draws: Draws) -> None:
    arrays = search.task.arrays
    begin = arrays.initial + arrays.served * draws.increment
    passing = ((begin < 1) & (begin + draws.increment * len(arrays.years) > 1)).any(axis=0)
    message = "risk passes 1 inside the horizon in some draw, where cases are no longer linear in the effect"
    remedy = "Plan for another objective, lower risk_increment_spread, or shorten the horizon."
    problems = [
        Problem("groups", arrays.groups[g], "risk_increment", f"{arrays.increment[g]:g}", message, remedy)
        for g in np.flatnonzero(passing)
    ]
    if problems:
        raise InputError(problems)


def robustness(
    scenario: Scenario, climbing: RobustSearch, found: Found, asked: Asked, nominal: tuple[float, float]
) -> Robustness:
    """Return how a robust plan fares; `nominal` are the objective of the nominal and of the robust plan as stated."""
    search, measure = climbing.search, asked.measure
    sign = -1.0 if search.objective is Objective.CASES else 1.0
    samples = {
        name: _sample(scenario, climbing, found, asked, part)
        for name, part in (
            ("in_sample", Part.SEARCH),
            ("held_out", Part.HELD_OUT),
            ("judged", Part.JUDGED),
            ("misspecified", Part.MISSPECIFIED),
        )
    }
    predicted, judged = samples["held_out"], samples["judged"]
    apart = abs(_minus(judged.advantage, predicted.advantage))
    agrees = apart <= SURE * math.hypot(judged.standard_error, predicted.standard_error) + 1e-12
    spreads = [weight_spread(scenario, name) for name in scenario.measures]
    return Robustness(
        measure=measure.name,
        level=measure.level,
        draws=asked.draws,
        seed=asked.seed,
        weight_spread=0.0 if asked.weights else max(spreads),
        weights_from="survey" if asked.weights else "spread",
        start_value=sign * climbing.start,
        samples=FrozenMap(samples),
        nominal_best=nominal[0],
        nominal_value=nominal[1],
        price=sign * _minus(nominal[0], nominal[1]),
        regret=judged.advantage,
        agrees=agrees,
        nominal_spend=search.task.arrays.by_measure(climbing.nominal.bought.cost),
        verdict=_verdict(measure, samples, agrees),
    )


def _sample(scenario: Scenario, climbing: RobustSearch, found: Found, asked: Asked, part: Part) -> RobustSample:
    count = asked.draws if part is Part.SEARCH else JUDGES
    aim = Aim(climbing.search.task, climbing.search.objective, _draws(scenario, asked, part, count))
    robust, nominal = (aim.values(aim.drawn(plan.bought)) for plan in (found, climbing.nominal))
    level, measure = asked.measure.level, asked.measure
    with np.errstate(invalid="ignore"):
        noise = influences(robust, level) - influences(nominal, level)
    error = float(noise.std()) / math.sqrt(count)
    near = np.where(np.isfinite(nominal), 1e-9 * np.maximum(1.0, np.abs(nominal)), 0.0)
    sign = -1.0 if climbing.search.objective is Objective.CASES else 1.0
    return RobustSample(
        draws=count,
        seed=asked.seed,
        source=part.words(surveyed=asked.weights is not None),
        robust=_reached(robust, measure, sign),
        nominal=_reached(nominal, measure, sign),
        advantage=_minus(measure.of(robust), measure.of(nominal)),
        standard_error=error if math.isfinite(error) else math.inf,
        better=float((robust > nominal + near).mean()),
        worse=float((robust < nominal - near).mean()),
    )


def _reached(values: Floats, measure: Measure, sign: float) -> Reached:
    shown = sign * values
    low, middle, high = quantiles(shown, (0.05, 0.5, 0.95))
    return Reached(
        mean=float(shown.mean()),
        cvar=sign * measure.of(values),
        p05=low,
        p50=middle,
        p95=high,
        quantiles=tuple(quantiles(shown, tuple(i / 100 for i in range(101)))),
    )


def _minus(first: float, second: float) -> float:
    return 0.0 if first == second else first - second


def _verdict(measure: Measure, samples: dict[str, RobustSample], agrees: bool) -> str:
    predicted, judged, wrong = (samples[name] for name in ("held_out", "judged", "misspecified"))
    if judged.better == 0 and judged.worse == 0:
        return say("The robust plan and the nominal plan fare alike in every draw.")
    if measure.level == 0:
        where = say("In the mean of the draws that the search never saw")
    else:
        tail = numeral(f"{100 * (1 - measure.level):.4g}")
        where = say("In the mean of the worst {tail} % of the draws that the search never saw", tail=tail)
    return say(_judgement(_side(predicted), _side(judged), agrees), where=where, other=say(_ELSEWHERE[_side(wrong)]))


def _judgement(predicted: int, judged: int, agrees: bool) -> str:
    """Return what to say of a side of unseen draws, held against the side that the search predicted."""
    if judged == 0 and agrees:
        return _AS_LIKELY[predicted == 0]
    return (_AS_PREDICTED if agrees else _NOT_AS_PREDICTED)[judged]


def _side(sample: RobustSample) -> int:
    """Return 1 where the robust plan is better beyond doubt, −1 where it is worse, else 0."""
    if abs(sample.advantage) <= SURE * sample.standard_error:
        return 0
    return 1 if sample.advantage > 0 else -1
