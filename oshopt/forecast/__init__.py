"""Forecasts: indicators that hang together, noisy years, few of them; outcomes Δt ahead, and the choice of a decision.

Names are resolved when first used: the estimator brings scikit-learn with it.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from oshopt.forecast.estimator import PrincipalComponentForecaster
    from oshopt.forecast.outlook import outcome_lines, predict

_HOMES = {
    "PrincipalComponentForecaster": "oshopt.forecast.estimator",
    "outcome_lines": "oshopt.forecast.outlook",
    "predict": "oshopt.forecast.outlook",
}

__all__ = ["PrincipalComponentForecaster", "outcome_lines", "predict"]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'oshopt.forecast' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
