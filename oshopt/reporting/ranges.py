"""Ranges of figures as pages write them: `3 to 5`, and `4 (3 to 5)` around a figure."""

from __future__ import annotations

from oshopt.language import say
from oshopt.reporting.exact import Compound


def ranged(low: str, high: str) -> Compound:
    """Return a range of two written figures."""
    return Compound(say("{low} to {high}", low=low, high=high), {"low": low, "high": high})


def around(middle: str, low: str, high: str) -> Compound:
    """Return a written figure with its range behind it."""
    text = say("{middle} ({low} to {high})", middle=middle, low=low, high=high)
    return Compound(text, {"": middle, "low": low, "high": high})
