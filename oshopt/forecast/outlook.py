"""The forecast of a scenario: every outcome Δt ahead with its proof, the choice among decisions, and outcome lines."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np

from oshopt.forecast.backtest import backtest
from oshopt.forecast.components import Fits, Floats, Method, basis, effective, fit, scaling
from oshopt.forecast.decision import Fitted, choose
from oshopt.forecast.diagnostics import condition_number, variance_inflation
from oshopt.forecast.intervals import interval, leave_out
from oshopt.forecast.series import Sample, samples
from oshopt.language import say
from oshopt.model import (
    Evaluation,
    Form,
    FrozenMap,
    HistoryPoint,
    InputError,
    OutcomeForecast,
    OutcomeLine,
    Outlook,
    Problem,
    Scenario,
    Span,
    nearest,
)

DRAWS = 400
"""Draws of the Bayesian bootstrap."""


def predict(
    scenario: Scenario,
    *,
    weights: Mapping[str, float] = FrozenMap(),
    plans: Sequence[Evaluation] = (),
    seed: int = 1,
) -> Outlook:
    """Return the forecast of every outcome of a scenario, and the choice among its decisions.

    Arguments:
        scenario: with `indicators` and `history`, and `decisions` for a choice.
        weights: experts' weights by indicator, 0 or above; they count only where they lower the rolling error. An
            indicator that they do not name keeps their mean.
        plans: evaluated strategies that stand among the decisions, by what their measures do to indicators.
        seed: of the draws that say how likely each decision is to be the best.

    Raises:
        InputError: for a history that cannot be used (too few years, no outcome, counts that are all 0), and weights
            that name no indicator.

    """
    found = samples(scenario)
    methods = {name: _method(scenario, sample, weights) for name, sample in found.items()}
    fitted, problems = {}, []
    draws = _draws(found, seed)
    for name, sample in found.items():
        try:
            fitted[name] = _fitted(sample, methods[name], draws)
        except ValueError as error:
            problems.append(Problem("history", name, "value", "", str(error), "Choose another outcome or more years."))
    if problems:
        raise InputError(problems)
    outcomes = {name: _outcome(scenario, one, methods[name]) for name, one in fitted.items()}
    wanted = scenario.decisions or plans
    return Outlook(
        scenario=scenario.name,
        ahead=scenario.settings.forecast.ahead,
        level=scenario.settings.forecast.level,
        seed=seed,
        weights=FrozenMap(weights),
        outcomes=FrozenMap(outcomes),
        choice=choose(scenario, fitted, plans) if wanted else None,
    )


def outcome_lines(scenario: Scenario, *, weights: Mapping[str, float] = FrozenMap()) -> FrozenMap[str, OutcomeLine]:
    """Return every outcome as a line in the changes of indicators, for the allocator; the same lines as `predict`.

    Raises `InputError` as `predict` does.
    """
    found, problems = {}, []
    for name, sample in samples(scenario).items():
        try:
            fits = _fit(sample, _method(scenario, sample, weights), np.ones((1, len(sample.years))))
        except ValueError as error:
            problems.append(Problem("history", name, "value", "", str(error), "Choose another outcome or more years."))
        else:
            found[name] = _line(sample, fits)
    if problems:
        raise InputError(problems)
    return FrozenMap(found)


def _method(scenario: Scenario, sample: Sample, weights: Mapping[str, float]) -> Method:
    settings = scenario.settings.forecast
    emphasis = None
    if weights:
        unknown = [name for name in weights if name not in sample.names]
        below = [name for name, weight in weights.items() if not 0 <= weight < math.inf]
        if unknown or below or not any(weights.values()):
            name = next(iter([*unknown, *below]), "")
            message = "no indicator of the history has this id" if unknown else "a weight below 0, or none above 0"
            remedy = nearest(name, sample.names) if unknown else "Give weights of 0 or above."
            raise InputError([Problem("weights", name, "weight", name, message, remedy)])
        mean = math.fsum(weights.values()) / len(weights)
        emphasis = np.array([weights.get(name, mean) for name in sample.names], dtype=float)
    most = min(len(sample.names), len(sample.years) - 1)
    components = None if settings.components is None else min(settings.components, most)
    return Method(components, emphasis, None, settings.ahead, sample.outcome.form is Form.COUNT)


def _draws(found: Mapping[str, Sample], seed: int) -> dict[int, Floats]:
    """Return exponential weights by year, the same for every outcome: Rubin's Bayesian bootstrap."""
    years = sorted({year for sample in found.values() for year in sample.years})
    table = np.random.Generator(np.random.Philox(seed)).standard_exponential((DRAWS, years[-1] - years[0] + 1))
    return {year: table[:, year - years[0]] for year in years}


def _fit(sample: Sample, method: Method, weights: Floats) -> Fits:
    values = sample.values / sample.exposure if method.counts else sample.values
    return fit(sample.rows, values[:, None], weights, method, sample.exposure if method.counts else None)


def _fitted(sample: Sample, method: Method, draws: Mapping[int, Floats]) -> Fitted:
    weights = np.stack([draws[year] for year in sample.years], axis=1)
    return Fitted(
        sample=sample,
        fits=_fit(sample, method, np.ones((1, len(sample.years)))),
        left_out=leave_out(sample.rows, sample.values, method, sample.exposure if method.counts else None),
        draws=_fit(sample, method, weights),
    )


def _line(sample: Sample, fits: Fits) -> OutcomeLine:
    slopes = fits.slopes[0, :, 0]
    return OutcomeLine(
        outcome=sample.outcome.id,
        form=sample.outcome.form,
        base=float(fits.intercept[0, 0] + sample.now @ slopes),
        coefficients=FrozenMap({name: float(slopes[at]) for at, name in enumerate(sample.names)}),
        scale=sample.scale,
        limit=sample.outcome.limit,
    )


def _outcome(scenario: Scenario, fitted: Fitted, method: Method) -> OutcomeForecast:
    sample, counts = fitted.sample, fitted.fits.counts
    exposure = sample.next_exposure if counts else 1.0
    centres = fitted.left_out.centres(sample.now[None], exposure)
    low, high = interval(fitted.left_out, centres, scenario.settings.forecast.level)
    value = float(fitted.fits.predict(sample.now[None])[0, 0, 0]) * exposure
    count = Span(value=value, low=float(low[0]), high=float(high[0]))
    unit = sample.scale / exposure if counts else 1.0
    strength = float(fitted.fits.strength[0])
    weights = sample.exposure / sample.exposure.mean() if counts else np.ones(len(sample.years))
    made = basis(sample.rows, weights[None], scaling(method, strength))
    used = min(int(fitted.fits.components[0]), int(effective(made, sample.rows.shape).sum()))
    power = made.singular[0] ** 2
    tested, path = backtest(sample, method)
    year = sample.now_year + method.ahead
    return OutcomeForecast(
        outcome=sample.outcome.id,
        form=sample.outcome.form,
        rate=sample.outcome.rate,
        year=year,
        y=Span(value=value * unit, low=count.low * unit, high=count.high * unit),
        count=count if counts else None,
        exposure=sample.next_exposure if counts else None,
        simulated=sample.outcome.simulated,
        history=FrozenMap(
            {when: HistoryPoint(value=seen, forecast=path.get(when)) for when, seen in sample.observed.items()}
        ),
        rows=len(sample.years),
        components=used,
        strength=strength,
        explained=tuple(float(part) for part in power / max(float(power.sum()), 1e-300)),
        loadings=FrozenMap(
            {name: tuple(float(v) for v in made.axes[0, :used, at]) for at, name in enumerate(sample.names)}
        ),
        condition_number=condition_number(sample.rows),
        variance_inflation=FrozenMap(
            {name: float(v) for name, v in zip(sample.names, variance_inflation(sample.rows), strict=True)}
        ),
        line=_line(sample, fitted.fits),
        backtest=tested,
        notes=(*sample.notes, *_later(sample, year)),
    )


def _later(sample: Sample, year: int) -> list[str]:
    if year not in sample.observed:
        return []
    return [say("{year} was observed already; the indicators end in {last}.", year=year, last=sample.now_year)]
