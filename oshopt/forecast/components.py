"""Regression on principal components, many fits at once: arrays in, arrays out, no scenario.

Shapes: n rows (years, in order of time), p indicators, q outcomes, b fits of the same rows under different weights of
the rows. Leaving a row out is weight 0, so that jackknife and bootstrap are weights too.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

STRENGTHS = (0.0, 0.5, 1.0, 2.0)
"""Powers of the experts' weights that are tried; 0 is the plain form."""
WORTH = 0.9
"""What is added, a component or the experts' weights, must bring the squared rolling error below this share."""
LEAST_ROWS = 4
"""Rows that the first origin is fitted on, at least; half of all rows where that is more."""
_NEWTON_STEPS = 60
_NEWTON_CLOSE = 1e-9
_HALVINGS = 20


@dataclass(frozen=True, slots=True)
class Method:
    """How components are made and chosen."""

    components: int | float | None = None
    """Number of components, or share of the variance that they explain, or None: the fewest whose rolling-origin error
    no larger number cuts by a tenth."""
    emphasis: Floats | None = None
    """Experts' weights of the indicators, shape (p,), 0 or above with a sum above 0; None where there are none."""
    strength: float | None = None
    """Power of these weights; None: by rolling-origin error."""
    ahead: int = 1
    """Δt in rows: an outcome is known only so many rows after its indicators."""
    counts: bool = False
    """Whether outcomes are rates of events, to be fitted by Poisson regression on the same components."""


@dataclass(frozen=True, slots=True)
class Basis:
    """Standardised indicators and their principal components; leading axis b."""

    centre: Floats
    """Weighted means, (b, p)."""
    gain: Floats
    """What a standardised and scaled indicator is multiplied by, (b, p); 0 for one that does not vary."""
    axes: Floats
    """Components in rows, largest first, each with its largest part above 0, (b, r, p)."""
    singular: Floats
    """Singular values, (b, r)."""
    left: Floats
    """Scores in units of their own length, (b, n, r)."""

    def scores(self, rows: Floats) -> Floats:
        """Return the scores of rows (m, p) in every fit, (b, m, r)."""
        scaled = (rows[None] - self.centre[:, None]) * self.gain[:, None]
        return np.asarray(scaled @ self.axes.transpose(0, 2, 1))


@dataclass(frozen=True, slots=True)
class Fits:
    """Fitted forms in the units of the indicators: η = intercept + x · slopes, y = η or exp(η)."""

    intercept: Floats
    """(b, q)."""
    slopes: Floats
    """(b, p, q)."""
    components: Ints
    """Number of components of each fit, (b,)."""
    strength: Floats
    """Power of the experts' weights in each fit, (b,)."""
    counts: bool

    def predict(self, rows: Floats) -> Floats:
        """Return y, or the expected rate, at rows (m, p) by every fit, (b, m, q)."""
        predictor = self.intercept[:, None] + rows[None] @ self.slopes
        return np.exp(np.minimum(predictor, 700.0)) if self.counts else predictor


def basis(rows: Floats, weights: Floats, emphasis: Floats | None = None) -> Basis:
    """Return the components of rows (n, p) under weights of the rows (b, n), indicators scaled by `emphasis` (p,)."""
    total = weights.sum(axis=1, keepdims=True)
    centre = weights @ rows / total
    apart = rows[None] - centre[:, None]
    spread = np.sqrt(np.einsum("bn,bnp->bp", weights, apart * apart) / total)
    varies = spread > 1e-12 * np.abs(rows).max(axis=0, initial=0.0)
    gain = np.where(varies, 1.0 / np.where(varies, spread, 1.0), 0.0)
    if emphasis is not None:
        gain = gain * emphasis
    scaled = np.sqrt(weights)[:, :, None] * apart * gain[:, None]
    left, singular, axes = np.linalg.svd(scaled, full_matrices=False)
    largest = np.take_along_axis(axes, np.abs(axes).argmax(axis=2)[:, :, None], axis=2)[:, :, 0]
    sign = np.where(largest < 0, -1.0, 1.0)
    return Basis(centre, gain, axes * sign[:, :, None], singular, left * sign[:, None])


def effective(found: Basis, shape: tuple[int, int]) -> NDArray[np.bool_]:
    """Tell which components are more than rounding, (b, r), for rows of that shape."""
    threshold = max(shape) * np.finfo(float).eps * found.singular[:, :1]
    return np.asarray((found.singular > threshold) & (found.singular > 0))


def _regress(found: Basis, outcomes: Floats, weights: Floats) -> tuple[Floats, Floats]:
    """Return means (b, q) and the coefficient of each component (b, r, q), which do not depend on each other."""
    mean = weights @ outcomes / weights.sum(axis=1, keepdims=True)
    apart = np.sqrt(weights)[:, :, None] * (outcomes[None] - mean[:, None])
    used = effective(found, (outcomes.shape[0], found.axes.shape[2]))
    inverse = np.where(used, 1.0 / np.where(used, found.singular, 1.0), 0.0)
    return mean, found.left.transpose(0, 2, 1) @ apart * inverse[:, :, None]


def first_origin(rows: int) -> int:
    """Return how many rows the first rolling origin is fitted on."""
    return max(LEAST_ROWS, (rows + 1) // 2)


def rolling_errors(rows: Floats, outcomes: Floats, weights: Floats, method: Method, emphasis: Floats | None) -> Floats:
    """Return the weighted mean squared rolling-origin error for 1, 2, … components, (b, k).

    At each origin the rows whose outcome was known then are fitted, and the next one is forecast; outcomes count in
    units of their own variance. Raises `ValueError` where there are too few rows for any origin.
    """
    count = rows.shape[0]
    delay, start = method.ahead - 1, first_origin(count)
    most = min(rows.shape[1], count - 1)
    if start + delay >= count:
        least = next(n for n in range(LEAST_ROWS, count + method.ahead + LEAST_ROWS) if first_origin(n) + delay < n)
        raise ValueError(f"rolling origins need at least {least} rows, not n_samples={count}")
    variance = outcomes.var(axis=0)
    unit = np.where(variance > 0, variance, 1.0)
    total = np.zeros((weights.shape[0], most))
    for row in range(start + delay, count):
        known = row - delay
        found = basis(rows[:known], weights[:, :known], emphasis)
        mean, parts = _regress(found, outcomes[:known], weights[:, :known])
        scores = found.scores(rows[row : row + 1])[:, 0]
        told = mean[:, None] + np.cumsum(scores[:, :, None] * parts, axis=1)
        error = ((told - outcomes[row]) ** 2 / unit).sum(axis=2)
        error = np.concatenate([error, np.repeat(error[:, -1:], max(0, most - error.shape[1]), axis=1)], axis=1)
        total += weights[:, row : row + 1] * error[:, :most]
    return np.asarray(total / np.maximum(weights[:, start + delay :].sum(axis=1, keepdims=True), 1e-300))


def fit(rows: Floats, outcomes: Floats, weights: Floats, method: Method, exposure: Floats | None = None) -> Fits:
    """Return the fits of outcomes (n, q) to indicators (n, p) under each of the weights of the rows (b, n).

    For counts `outcomes` are rates and `exposure` (n,) what they are set against: components are chosen by the rolling
    error of the rate in the linear form, with rows weighted by exposure, then a Poisson regression with the exposure
    as offset is made on these components. Raises `ValueError` for too few rows and for counts that cannot be fitted.
    """
    unit = 1.0 if exposure is None else float(exposure.mean())
    by_exposure = weights if exposure is None else weights * (exposure / unit)
    outcomes = outcomes * unit
    strengths, chosen = _select(rows, outcomes, by_exposure, method)
    slopes = np.empty((weights.shape[0], rows.shape[1], outcomes.shape[1]))
    intercept = np.empty((weights.shape[0], outcomes.shape[1]))
    for strength in np.unique(strengths):
        at = np.nonzero(strengths == strength)[0]
        found = basis(rows, by_exposure[at], scaling(method, float(strength)))
        if method.counts:
            centre, parts = _poisson(found, rows, outcomes, by_exposure[at], chosen[at])
        else:
            centre, parts = _regress(found, outcomes, by_exposure[at])
        kept = np.arange(parts.shape[1])[None] < chosen[at][:, None]
        own = found.gain[:, :, None] * (found.axes.transpose(0, 2, 1) @ np.where(kept[:, :, None], parts, 0.0))
        slopes[at] = own
        intercept[at] = centre - np.einsum("bp,bpq->bq", found.centre, own)
    if method.counts:
        intercept -= np.log(unit)
    return Fits(intercept, slopes, chosen, strengths, method.counts)


def scaling(method: Method, strength: float) -> Floats | None:
    """Return what standardised indicators are multiplied by, (p,): the experts' weights to a power, 1 on average."""
    if method.emphasis is None or strength == 0:
        return None
    return np.asarray((method.emphasis / method.emphasis.mean()) ** strength, dtype=float)


def _select(rows: Floats, outcomes: Floats, weights: Floats, method: Method) -> tuple[Floats, Ints]:
    """Return strength and number of components of each fit, both (b,)."""
    count = weights.shape[0]
    if method.emphasis is None:
        tried: tuple[float, ...] = (0.0,)
    else:
        tried = STRENGTHS if method.strength is None else (method.strength,)
    if len(tried) == 1 and method.components is not None:
        return np.full(count, tried[0]), _number(rows, weights, method, tried[0])
    errors, numbers = [], []
    for strength in tried:
        found = rolling_errors(rows, outcomes, weights, method, scaling(method, strength))
        number = 1 + (WORTH * found <= found.min(axis=1, keepdims=True)).argmax(axis=1)
        if method.components is not None:
            number = np.minimum(_number(rows, weights, method, strength), found.shape[1])
        errors.append(found[np.arange(count), number - 1])
        numbers.append(number)
    table = np.array(errors)
    best = table.argmin(axis=0)
    if len(tried) > 1:
        best = np.where(table.min(axis=0) < WORTH * table[0], best, 0)
    return np.array(tried)[best], np.array(numbers, dtype=np.int64)[best, np.arange(count)]


def _number(rows: Floats, weights: Floats, method: Method, strength: float) -> Ints:
    """Return the number of components where it is given, or follows from a share of the variance, (b,)."""
    wanted = method.components or 1
    if isinstance(wanted, int):
        return np.full(weights.shape[0], wanted, dtype=np.int64)
    found = basis(rows, weights, scaling(method, strength))
    power = found.singular**2
    share = np.cumsum(power, axis=1) / np.maximum(power.sum(axis=1, keepdims=True), 1e-300)
    return np.asarray(1 + (share < wanted * (1 - 1e-12)).sum(axis=1), dtype=np.int64).clip(1, power.shape[1])


def _poisson(found: Basis, rows: Floats, rates: Floats, weights: Floats, chosen: Ints) -> tuple[Floats, Floats]:
    """Return ln of the rate at the centre (b, q) and the coefficient of each component (b, r, q).

    A rate weighted by its exposure has the likelihood of the count with ln(exposure) as offset. Newton's method on all
    fits at once, each step halved until the likelihood does not fall.
    """
    scores, used = found.scores(rows), effective(found, rows.shape)
    length = np.where(used, found.singular, 1.0) / np.sqrt(weights.sum(axis=1, keepdims=True))
    kept = used & (np.arange(used.shape[1])[None] < chosen[:, None])
    design = np.where(kept[:, None], scores / length[:, None], 0.0)
    design = np.concatenate([np.ones((*design.shape[:2], 1)), design], axis=2)
    share = (weights / weights.sum(axis=1, keepdims=True))[:, :, None]
    found_at = np.empty((design.shape[0], design.shape[2], rates.shape[1]))
    for q in range(rates.shape[1]):
        found_at[:, :, q] = _newton(design, rates[:, q][None, :, None], share)
    return found_at[:, 0], found_at[:, 1:] / length[:, :, None]


def _newton(design: Floats, rates: Floats, share: Floats) -> Floats:
    """Return the coefficients (b, k) of greatest Poisson likelihood for designs (b, n, k); columns of 0 get 0."""
    mean = (share * rates).sum(axis=1)
    if not (mean > 0).all():
        raise ValueError("no event was ever counted, so no rate can be fitted")
    at = np.zeros((design.shape[0], design.shape[2], 1))
    at[:, 0] = np.log(mean)
    empty = np.asarray((design == 0).all(axis=1))
    idle = np.eye(design.shape[2]) * empty[:, :, None]

    def likelihood(where: Floats) -> Floats:
        told = design @ where
        return np.asarray((share * (rates * told - np.exp(np.minimum(told, 700.0)))).sum(axis=1, keepdims=True))

    reached = likelihood(at)
    for _ in range(_NEWTON_STEPS):
        expected = np.exp(np.minimum(design @ at, 700.0))
        slope = design.transpose(0, 2, 1) @ (share * (rates - expected))
        try:
            step = np.linalg.solve((design * share * expected).transpose(0, 2, 1) @ design + idle, slope)
        except np.linalg.LinAlgError:
            break
        length, tried = np.ones((len(at), 1, 1)), likelihood(at + step)
        for _ in range(_HALVINGS):
            worse = np.asarray(tried < reached - 1e-12 * np.abs(reached))
            if not worse.any():
                break
            length = np.where(worse, length / 2, length)
            tried = likelihood(at + length * step)
        at, reached = at + length * step, tried
        if np.abs(step).max() < _NEWTON_CLOSE:
            return at[:, :, 0]
    raise ValueError("the counts are too few for a Poisson regression on these components")
