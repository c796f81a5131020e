"""Ranges of figures as pages write them: `3 to 5`, and `4 (3 to 5)` around a figure."""

from __future__ import annotations

from oshopt.language import say


def ranged(low: str, high: str) -> str:
    """Return a range of two written figures."""
    return say("{low} to {high}", low=low, high=high)


def around(middle: str, low: str, high: str) -> str:
    """Return a written figure with its range behind it."""
    return say("{middle} ({low} to {high})", middle=middle, low=low, high=high)
