"""Forecasts made from what was known at each origin, held against what came: components beside plain methods."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from oshopt.forecast.components import Floats, Method, first_origin, fit
from oshopt.forecast.series import Sample
from oshopt.language import numeral, say, say_count
from oshopt.model import Backtest, BacktestRow, Form, FrozenMap
from oshopt.model.outlook import method_words

LEVEL = 0.9
"""Level of the intervals of errors."""
LAST = "last value"
COMPONENTS = "components"

_ALPHAS = np.logspace(-3, 3, 13)


def backtest(sample: Sample, method: Method) -> tuple[Backtest, dict[int, float]]:
    """Return the errors of every method over the rolling origins, and the forecasts of components by calendar year.

    At the origin of year t every method knows the outcomes up to t and the indicators up to t, and forecasts year
    t + Δt. All choices are made anew from what was known.
    """
    count, delay = len(sample.years), method.ahead - 1
    told: dict[str, list[float]] = {name: [] for name in (COMPONENTS, *_PLAIN)}
    came, path = [], {}
    for row in range(first_origin(count) + delay, count):
        known = row - delay
        forecast = _components(sample, method, known, row)
        target = sample.years[row] + method.ahead
        path[target] = forecast
        came.append(sample.observed[target])
        told[COMPONENTS].append(forecast)
        for name, plain in _PLAIN.items():
            told[name].append(plain(sample, method.ahead, known, row))
    misses = {name: np.array(values) - np.array(came) for name, values in told.items()}
    rows = {name: _row(own, misses[LAST]) for name, own in misses.items()}
    beats, verdict = _verdict(rows, len(came))
    return Backtest(origins=len(came), rows=FrozenMap(rows), beats_last_value=beats, verdict=verdict), path


def _components(sample: Sample, method: Method, known: int, row: int) -> float:
    against = sample.exposure[:known]
    values = sample.values[:known] / against
    if method.counts and not values.any():
        return 0.0
    own = Method(_at_most(method.components, known), method.emphasis, method.strength, method.ahead, method.counts)
    if known <= first_origin(known) + method.ahead - 1 and own.components is None:
        own = Method(1, None, None, method.ahead, method.counts)
    fits = fit(sample.rows[:known], values[:, None], np.ones((1, known)), own, against if method.counts else None)
    rate = float(fits.predict(sample.rows[row : row + 1])[0, 0, 0])
    if sample.outcome.form is Form.LINEAR:
        return rate
    return rate * (sample.outcome.base if sample.outcome.rate is not None else float(against[-1]))


def _at_most(components: int | float | None, known: int) -> int | float | None:
    return min(components, known - 1) if isinstance(components, int) else components


def _known_outcomes(sample: Sample, row: int) -> tuple[Floats, Floats]:
    """Return years and outcomes observed up to the year of a row's indicators."""
    years = np.array([year for year in sample.observed if year <= sample.years[row]])
    return years.astype(float), np.array([sample.observed[int(year)] for year in years])


def _last(sample: Sample, ahead: int, known: int, row: int) -> float:
    del ahead, known
    return float(_known_outcomes(sample, row)[1][-1])


def _mean(sample: Sample, ahead: int, known: int, row: int) -> float:
    del ahead, known
    return float(_known_outcomes(sample, row)[1].mean())


def _drift(sample: Sample, ahead: int, known: int, row: int) -> float:
    del known
    years, values = _known_outcomes(sample, row)
    slope = (values[-1] - values[0]) / (years[-1] - years[0]) if len(years) > 1 else 0.0
    return float(values[-1] + slope * (sample.years[row] + ahead - years[-1]))


def _pairs(sample: Sample, ahead: int, known: int, row: int) -> tuple[Floats, Floats, Floats]:
    """Return standardised indicators and outcomes known at a row, and the row's own indicators."""
    rows = sample.rows[:known]
    spread = rows.std(axis=0)
    unit = np.where(spread > 0, spread, 1.0)
    values = np.array([sample.observed[year + ahead] for year in sample.years[:known]])
    return (rows - rows.mean(axis=0)) / unit, values, (sample.rows[row] - rows.mean(axis=0)) / unit


def _ols(sample: Sample, ahead: int, known: int, row: int) -> float:
    rows, values, own = _pairs(sample, ahead, known, row)
    slopes = np.linalg.lstsq(rows, values - values.mean(), rcond=None)[0]
    return float(values.mean() + own @ slopes)


def _ridge(sample: Sample, ahead: int, known: int, row: int) -> float:
    from sklearn.linear_model import RidgeCV

    rows, values, own = _pairs(sample, ahead, known, row)
    return float(RidgeCV(alphas=_ALPHAS).fit(rows, values).predict(own[None])[0])


_PLAIN: dict[str, Callable[[Sample, int, int, int], float]] = {
    LAST: _last,
    "mean": _mean,
    "drift": _drift,
    "ols": _ols,
    "ridge": _ridge,
}
"""Plain methods by name: from a sample, Δt, the number of rows known and the row forecast."""


def _row(misses: Floats, last: Floats) -> BacktestRow:
    size, excess = np.abs(misses), np.abs(misses) - np.abs(last)
    low, high = _t_interval(size)
    excess_low, excess_high = _t_interval(excess)
    return BacktestRow(
        error=float(size.mean()),
        low=max(0.0, low),
        high=high,
        root_mean_square=float(np.sqrt((misses**2).mean())),
        excess=float(excess.mean()),
        excess_low=excess_low,
        excess_high=excess_high,
    )


def _t_interval(values: Floats) -> tuple[float, float]:
    from scipy.special import stdtrit

    count = len(values)
    half = float(stdtrit(count - 1, (1 + LEVEL) / 2)) * float(values.std(ddof=1)) / np.sqrt(count)
    return float(values.mean() - half), float(values.mean() + half)


def _verdict(rows: dict[str, BacktestRow], origins: int) -> tuple[bool | None, str]:
    own, last = rows[COMPONENTS], rows[LAST]
    best = min(rows, key=lambda name: (rows[name].error, name))
    sizes = {
        "error": numeral(f"{own.error:.4g}"),
        "plain": numeral(f"{last.error:.4g}"),
        "years": say_count("{n} year", "{n} years", origins, n=origins),
    }
    if own.error >= last.error:
        text, beats = (
            say(
                "These data do not beat the last value: mean error {error} against {plain} over {years}.",
                **sizes,
            ),
            False,
        )
    elif own.excess_high < 0:
        text, beats = (
            say(
                "Principal components beat the last value: mean error {error} against {plain} over {years}, beyond "
                "chance.",
                **sizes,
            ),
            True,
        )
    else:
        text, beats = (
            say(
                "Principal components come nearer than the last value, but not beyond chance: mean error {error} "
                "against {plain} over {years}.",
                **sizes,
            ),
            None,
        )
    if best != COMPONENTS:
        least = numeral(f"{rows[best].error:.4g}")
        text += " " + say("Least error: {method}, {error}.", method=method_words(best), error=least)
    return beats, text
