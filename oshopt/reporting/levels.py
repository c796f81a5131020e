"""Levels of control and categories of measures, and where the money of an alternative goes among them."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from oshopt.language import say, sayable
from oshopt.model import Category, Control, Scenario, category_words, control_words
from oshopt.reporting.alternatives import Alternative
from oshopt.reporting.numbers import percent

NOT_STATED = sayable("not stated")
"""Control level or category of a measure that names none."""
_LEANS = 0.5

_PROTECTIVE = sayable(
    "{who} leans on protective equipment: {protective} of its money goes to this weakest level of control, "
    "{administrative} to administrative measures, {strong} to eliminating, substituting or engineering the hazard away."
)
_PROTECTIVE_PARTLY = sayable(
    "{who} leans on protective equipment: {protective} of its money goes to this weakest level of control, "
    "{administrative} to administrative measures, {strong} to eliminating, substituting or engineering the hazard away"
    ", {unknown} to measures whose level is not stated."
)
_WEAK = sayable(
    "{who} leans on the two weakest levels of control: {protective} of its money goes to protective equipment and "
    "{administrative} to administrative measures, {strong} to eliminating, substituting or engineering the hazard away."
)
_WEAK_PARTLY = sayable(
    "{who} leans on the two weakest levels of control: {protective} of its money goes to protective equipment and "
    "{administrative} to administrative measures, {strong} to eliminating, substituting or engineering the hazard away"
    ", {unknown} to measures whose level is not stated."
)
_STRONG = sayable(
    "{who}: {protective} of its money goes to protective equipment and {administrative} to administrative measures, "
    "{strong} to eliminating, substituting or engineering the hazard away."
)
_STRONG_PARTLY = sayable(
    "{who}: {protective} of its money goes to protective equipment and {administrative} to administrative measures, "
    "{strong} to eliminating, substituting or engineering the hazard away, {unknown} to measures whose level is not "
    "stated."
)


def control_levels(scenario: Scenario) -> dict[str, str]:
    """Return the control level of each measure, `NOT_STATED` where it has none."""
    return {name: m.control.value if m.control else NOT_STATED for name, m in scenario.measures.items()}


def categories(scenario: Scenario) -> dict[str, str]:
    """Return the category of each measure, `NOT_STATED` where it has none."""
    return {name: m.category.value if m.category else NOT_STATED for name, m in scenario.measures.items()}


def level_label(level: str) -> str:
    """Return what a value of `control_levels` is called."""
    return say(NOT_STATED) if level == NOT_STATED else control_words(Control(level))


def category_label(category: str) -> str:
    """Return what a value of `categories` is called."""
    return say(NOT_STATED) if category == NOT_STATED else category_words(Category(category))


def control(scenario: Scenario, spenders: Sequence[tuple[str, Alternative]]) -> list[str]:
    """Return what the money of each named alternative says about its place in the hierarchy of controls."""
    key = control_levels(scenario)
    told = []
    for who, alternative in spenders:
        sums = alternative.money_by(key)
        total = math.fsum(sums.values())
        if sums.get(NOT_STATED, 0.0) < total * (1 - 1e-9):
            told.append(_leaning(who, {name: value / total for name, value in sums.items()}))
    return told or [say("No measure that gets money states its level of control.")]


def _leaning(who: str, share: dict[str, float]) -> str:
    protective, administrative = (share.get(level.value, 0.0) for level in (Control.PROTECTIVE, Control.ADMINISTRATIVE))
    unknown = share.get(NOT_STATED, 0.0)
    if protective >= _LEANS:
        whole, partly = _PROTECTIVE, _PROTECTIVE_PARTLY
    elif protective + administrative >= _LEANS:
        whole, partly = _WEAK, _WEAK_PARTLY
    else:
        whole, partly = _STRONG, _STRONG_PARTLY
    return say(
        partly if unknown > 0 else whole,
        who=who,
        protective=percent(protective),
        administrative=percent(administrative),
        strong=percent(_strong(share)),
        unknown=percent(unknown),
    )


def _strong(share: dict[str, float]) -> float:
    levels: Iterable[Control] = (Control.ELIMINATION, Control.SUBSTITUTION, Control.ENGINEERING)
    return math.fsum(share.get(level.value, 0.0) for level in levels)
