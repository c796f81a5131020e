"""The forecaster as a scikit-learn estimator, for use outside a scenario too."""

from __future__ import annotations

import numbers
from typing import Any, Literal, Self

import numpy as np
from sklearn.base import BaseEstimator, MultiOutputMixin, RegressorMixin
from sklearn.utils import Tags
from sklearn.utils.validation import check_array, check_is_fitted, check_non_negative, validate_data

from oshopt.forecast.components import Floats, Method, basis, effective, fit, scaling
from oshopt.forecast.diagnostics import condition_number, variance_inflation
from oshopt.forecast.intervals import interval, leave_out


class PrincipalComponentForecaster(MultiOutputMixin, RegressorMixin, BaseEstimator):  # type: ignore[misc]
    """Regression of outcomes on the principal components of standardised indicators (S3, eq. 2).

    Rows are years in order of time: row i has the indicators of year t_i and the outcome of year t_i + Δt.

    Parameters:
        components: number of components; or a float in (0, 1], the share of the indicators' variance that they explain
            at least; or "rolling": the fewest whose squared rolling-origin error no larger number cuts by a tenth. With
            all of them this is OLS.
        weights: experts' weights of the indicators, shape (p,), 0 or above; they scale the standardised indicators.
        strength: power of these weights; "rolling": of least rolling-origin error among 0 (the plain form), ½, 1 and
            2, where a power above 0 must cut the squared error by a tenth, so that useless opinions fade.
        family: "linear", or "poisson" for counts with the exposure as offset: the same components, chosen by the
            rolling error of the rate.
        ahead: Δt in rows. A rolling origin knows only outcomes that many rows back.

    Attributes:
        coef_: change of the outcome (of ln of the rate for counts) per unit of each indicator, shape (p,) or (q, p).
        intercept_: float or (q,).
        n_components_, strength_: as chosen.
        loadings_: part of each standardised indicator in each component used, shape (n_components_, p).
        explained_variance_ratio_: share of variance of every component, shape (min(n, p),).
        condition_number_: of the standardised indicators, ∞ where some follow from others.
        variance_inflation_: shape (p,).
        n_features_in_: p.

    """

    def __init__(
        self,
        components: int | float | Literal["rolling"] = "rolling",
        weights: Any = None,
        strength: float | Literal["rolling"] = "rolling",
        family: Literal["linear", "poisson"] = "linear",
        ahead: int = 1,
    ) -> None:
        self.components = components
        self.weights = weights
        self.strength = strength
        self.family = family
        self.ahead = ahead

    def __sklearn_tags__(self) -> Tags:
        tags = super().__sklearn_tags__()
        tags.target_tags.positive_only = self.family == "poisson"
        return tags

    def fit(self, X: Any, y: Any, exposure: Any = None) -> Self:  # noqa: N803
        """Fit to indicators X (n, p) and outcomes y (n,) or (n, q); for counts with their exposure (n,), above 0.

        Raises `ValueError` for wrong shapes and parameters, missing values, and too few rows to choose by.
        """
        rows, outcomes = validate_data(self, X, y, multi_output=True, y_numeric=True, dtype=np.float64)
        table = np.asarray(outcomes, dtype=np.float64).reshape(len(rows), -1)
        method = self._method(rows)
        against = self._exposure(exposure, len(rows))
        if method.counts:
            check_non_negative(table, "PrincipalComponentForecaster with family='poisson'")
        elif exposure is not None:
            raise ValueError("exposure belongs to family='poisson'")
        values = table / against[:, None] if method.counts else table
        found = fit(rows, values, np.ones((1, len(rows))), method, against if method.counts else None)
        single = np.ndim(outcomes) == 1
        self.coef_ = found.slopes[0, :, 0] if single else found.slopes[0].T
        self.intercept_ = float(found.intercept[0, 0]) if single else found.intercept[0]
        self.strength_ = float(found.strength[0])
        self._describe(rows, method, int(found.components[0]), against)
        self._seen = (rows, table, against, single)
        return self

    def _describe(self, rows: Floats, method: Method, chosen: int, against: Floats) -> None:
        row_weights = against / against.mean() if method.counts else np.ones(len(rows))
        made = basis(rows, row_weights[None], scaling(method, self.strength_))
        power = made.singular[0] ** 2
        self.n_components_ = min(chosen, int(effective(made, rows.shape).sum()))
        self.explained_variance_ratio_ = power / max(float(power.sum()), 1e-300)
        self.loadings_ = made.axes[0, : self.n_components_]
        self.condition_number_ = condition_number(rows)
        self.variance_inflation_ = variance_inflation(rows)

    def predict(self, X: Any, exposure: Any = None) -> Floats:  # noqa: N803
        """Return the outcomes at indicators X (m, p), shape (m,) or (m, q); counts under their exposure (m,), or 1."""
        check_is_fitted(self)
        rows = validate_data(self, X, reset=False, dtype=np.float64)
        predictor = rows @ np.asarray(self.coef_).T + self.intercept_
        if self.family != "poisson":
            return np.asarray(predictor)
        rate = np.exp(np.minimum(predictor, 700.0))
        return np.asarray((rate.T * self._exposure(exposure, len(rows))).T)

    def predict_interval(
        self,
        X: Any,  # noqa: N803
        level: float = 0.9,
        exposure: Any = None,
    ) -> tuple[Floats, Floats]:
        """Return the lower and upper ends of jackknife+ intervals at X (m, p), each (m,) or (m, q).

        The choice of components and strength is repeated without each row. Raises `ValueError` where there are fewer
        rows than level/(1 − level).
        """
        check_is_fitted(self)
        rows = validate_data(self, X, reset=False, dtype=np.float64)
        seen, outcomes, against, single = self._seen
        under = self._exposure(exposure, len(rows))
        ends = []
        for outcome in outcomes.T:
            left = leave_out(seen, outcome, self._method(seen), against)
            ends.append(interval(left, left.centres(rows) * under, level))
        low, high = (np.array(side).T for side in zip(*ends, strict=True))
        return (low[:, 0], high[:, 0]) if single else (low, high)

    def _method(self, rows: Floats) -> Method:
        wanted, power = self.components, self.strength
        if self.family not in ("linear", "poisson"):
            raise ValueError(f"family must be 'linear' or 'poisson', not {self.family!r}")
        if not isinstance(self.ahead, numbers.Integral) or self.ahead < 1:
            raise ValueError(f"ahead must be a whole number of at least 1, not {self.ahead!r}")
        if wanted != "rolling" and not _allowed(wanted, rows.shape[1]):
            raise ValueError(
                f"components must be 'rolling', a whole number from 1 to {rows.shape[1]} or a share in (0, 1], "
                f"not {wanted!r}"
            )
        if power != "rolling" and not (isinstance(power, numbers.Real) and power >= 0):
            raise ValueError(f"strength must be 'rolling' or 0 or above, not {power!r}")
        return Method(
            components=_plain(wanted),
            emphasis=self._emphasis(rows),
            strength=None if power == "rolling" else float(power),
            ahead=int(self.ahead),
            counts=self.family == "poisson",
        )

    def _emphasis(self, rows: Floats) -> Floats | None:
        if self.weights is None:
            return None
        weights = check_array(self.weights, ensure_2d=False, dtype=np.float64, input_name="weights")
        if weights.shape != (rows.shape[1],):
            raise ValueError(f"weights must have shape ({rows.shape[1]},), not {weights.shape}")
        if (weights < 0).any() or not weights.any():
            raise ValueError("weights must be 0 or above, and one of them above 0")
        return np.asarray(weights)

    def _exposure(self, exposure: Any, count: int) -> Floats:
        if exposure is None:
            return np.ones(count)
        against = check_array(exposure, ensure_2d=False, dtype=np.float64, input_name="exposure")
        if against.shape != (count,):
            raise ValueError(f"exposure must have shape ({count},), not {against.shape}")
        if not (against > 0).all():
            raise ValueError("every exposure must be above 0")
        return np.asarray(against)


def _allowed(wanted: object, most: int) -> bool:
    if isinstance(wanted, bool) or not isinstance(wanted, numbers.Real):
        return False
    return 1 <= int(wanted) <= most if isinstance(wanted, numbers.Integral) else 0 < float(wanted) <= 1


def _plain(wanted: Any) -> int | float | None:
    if wanted == "rolling":
        return None
    return int(wanted) if isinstance(wanted, numbers.Integral) else float(wanted)
