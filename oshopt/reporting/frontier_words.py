"""What a frontier says, in sentences: what money buys, where it bends, which measures come next."""

from __future__ import annotations

import math

from oshopt.model import AfterHorizon, Basis, Bend, Frontier, FrontierPoint, Scenario, Sweep
from oshopt.reporting.numbers import (
    NOTHING,
    close,
    figure,
    listed,
    money,
    money_words,
    number,
    percent,
    quoted,
    signed,
    span,
)
from oshopt.reporting.sentences import amount, increments

_NEXT = 3
"""Measures named that enter next."""
_NOTHING = 1e-6
"""A gain below this is none."""

VALUES = {
    "safe_service": ("shortest N", "years"),
    "remaining_service": ("shortest remaining service", "years"),
    "effect": ("mean ε", ""),
    "cases": ("expected cases", ""),
    "net_benefit": ("net benefit", ""),
}
"""What each objective's value is called, and its unit."""


def value_name(scenario: Scenario, frontier: Frontier) -> str:
    """Return what the objective's value is called: `shortest N`, or `N` where there is one group."""
    name = VALUES[frontier.objective][0]
    return name.removeprefix("shortest ") if len(scenario.groups) == 1 else name


def value_head(scenario: Scenario, frontier: Frontier) -> str:
    """Return the head of a column or axis of values, with the unit."""
    unit = scenario.settings.currency if frontier.objective == "net_benefit" else VALUES[frontier.objective][1]
    return value_name(scenario, frontier) + (f", {unit}" if unit else "")


def value_text(frontier: Frontier, value: float | None) -> str:
    """Return a value without its unit, for a table."""
    if value is None:
        return "no plan"
    if frontier.objective == "net_benefit":
        return money(value)
    if frontier.objective == "effect":
        return number(value, 4)
    return number(value, 2 if abs(value) < 1000 else 0)


def per(scenario: Scenario, frontier: Frontier) -> str:
    """Return what money is counted by: `a year`, or `over 2026–2030`."""
    if frontier.basis is Basis.YEAR:
        return "a year"
    return f"in {scenario.years[0]}" if len(scenario.years) == 1 else f"over {span(scenario.years)}"


def least_cost(scenario: Scenario) -> str:
    """Return what the money of a target is called."""
    return "discounted least cost" if scenario.settings.discount_rate > 0 else "least cost"


def priced(scenario: Scenario, frontier: Frontier, value: float) -> str:
    """Return money of a frontier in words."""
    return f"{amount(scenario, value)} {per(scenario, frontier)}"


def step_unit(frontier: Frontier) -> float:
    """Return the round amount of money for which marginal values are told."""
    money = [point.money for point in frontier.points if point.money]
    most = max([frontier.most or 0.0, *money])
    return 10.0 ** math.floor(math.log10(most / 5)) if most > 0 else 1.0


def marginal_text(frontier: Frontier, point: FrontierPoint) -> str:
    """Return what one more unit of `step_unit` brings at a point."""
    if point.marginal is None:
        return NOTHING
    unit = step_unit(frontier)
    gains = [abs(p.marginal.per_unit * unit) for p in frontier.points if p.marginal is not None]
    small = min((gain for gain in gains if gain > _NOTHING), default=1.0) < 0.1
    return signed(point.marginal.per_unit * unit, 4 if small else 2)


def frontier_headline(scenario: Scenario, frontier: Frontier) -> str:
    """Return the answer in one sentence."""
    found = [point for point in frontier.points if point.plan is not None]
    if not found:
        return "None of these points has a plan."
    first, last = found[0], found[-1]
    subject = _subject(scenario, frontier)
    if frontier.sweep is Sweep.TARGETS:
        least = priced(scenario, frontier, first.money or 0)
        text = f"{_capital(value_name(scenario, frontier))} of {_value(frontier, first.value)} costs {least}"
        if last is not first:
            text += f", {_value(frontier, last.value)} costs {amount(scenario, last.money or 0)}"
    elif (today := _today(frontier)) is not None:
        own, best = priced(scenario, frontier, frontier.today), _value(frontier, frontier.best)
        text = f"Today's budget of {own} brings {subject} to {_value(frontier, today.value)}; "
        if close(today.value or 0.0, frontier.best or 0.0):
            text += "no money brings it further"
        else:
            text += f"the most that money can bring is {best}, at {amount(scenario, frontier.most or 0)}"
            text += f" {per(scenario, frontier)}"
    elif first is last:
        text = (
            f"A budget of {priced(scenario, frontier, first.asked)} brings {subject} to {_value(frontier, first.value)}"
        )
    else:
        text = (
            f"From {priced(scenario, frontier, first.asked)} to {amount(scenario, last.asked)}, {subject} goes from "
            f"{_value(frontier, first.value)} to {_value(frontier, last.value)}"
        )
    service = frontier.objective in ("safe_service", "remaining_service")
    return f"{text}, {_condition(scenario)}." if service else f"{text}."


def _subject(scenario: Scenario, frontier: Frontier) -> str:
    name = value_name(scenario, frontier)
    return name if name == "N" else f"the {name}"


def _today(frontier: Frontier) -> FrontierPoint | None:
    if frontier.sweep is Sweep.TARGETS:
        return None
    return next((p for p in frontier.points if close(p.asked, frontier.today) and p.plan is not None), None)


def _condition(scenario: Scenario) -> str:
    if scenario.settings.after_horizon is AfterHorizon.LAPSE:
        return f"if nothing is renewed after {scenario.years[-1]} and {increments(scenario)}"
    return f"if what is in force in {scenario.years[-1]} goes on being paid for and {increments(scenario)}"


def _value(frontier: Frontier, value: float | None) -> str:
    if value is None:
        return "no plan"
    if math.isinf(value):
        return "∞ (never reached)"
    if frontier.objective == "net_benefit":
        return money_words(value)
    unit = VALUES[frontier.objective][1]
    shown = figure(value, 4) if frontier.objective == "effect" else number(value, 1 if abs(value) < 1000 else 0)
    return f"{shown} {unit}".strip()


def frontier_sentences(scenario: Scenario, frontier: Frontier) -> list[str]:
    """Return what the points mean: the ends of the range, today's budget, the knee, what enters next."""
    told = [*_ends(scenario, frontier), _bend(scenario, frontier)]
    told += [*_next(scenario, frontier), *_left(scenario, frontier), *_missing(frontier)]
    return [text for text in (*told, *frontier.notes) if text]


def _ends(scenario: Scenario, frontier: Frontier) -> list[str]:
    if frontier.least is None or frontier.most is None or frontier.best is None:
        money = (
            "" if math.isinf(frontier.today) else f": {amount(scenario, frontier.today)} over {span(scenario.years)}"
        )
        return [f"Each target is met at least cost within the scenario's own money{money}."]
    told = []
    if frontier.least > 0:
        told.append(
            f"No plan exists with less than {priced(scenario, frontier, frontier.least)}: duties, upkeep and the other "
            "demands take that much."
        )
    told.append(
        f"Beyond {priced(scenario, frontier, frontier.most)} more money brings nothing more: "
        f"{_subject(scenario, frontier)} is then {_value(frontier, frontier.best)}."
    )
    own = f"The scenario's own budget comes to {priced(scenario, frontier, frontier.today)}"
    if frontier.today < frontier.least:
        return [*told, f"{own}, less than the least."]
    if frontier.today > frontier.most:
        return [*told, f"{own}, more than can be used."]
    return [*told, own + _today_brings(frontier)]


def _today_brings(frontier: Frontier) -> str:
    point = _today(frontier)
    if point is None or point.marginal is None:
        return "."
    unit = step_unit(frontier)
    gain = point.marginal.per_unit * unit
    shown = marginal_text(frontier, point)
    unit_name = f" {VALUES[frontier.objective][1]}".rstrip()
    if close(gain, 0.0):
        return "; a little more money brings nothing there."
    return f"; each further {money_words(unit)} would bring {shown}{unit_name} there."


def _bend(scenario: Scenario, frontier: Frontier) -> str:
    if frontier.bend is Bend.KNEE and frontier.knee is not None:
        knee = frontier.knee
        first, last = _finite(frontier)
        gain = (knee.value - (first.value or 0.0)) / ((last.value or 0.0) - (first.value or 0.0))
        paid = (knee.money - (first.money or 0.0)) / ((last.money or 0.0) - (first.money or 0.0))
        return (
            f"The knee is at {priced(scenario, frontier, knee.money)} ({_value(frontier, knee.value)}): "
            f"{percent(gain)} of the whole gain for {percent(paid)} of the extra money. It is the point furthest "
            "above the straight line between the first and the last point of finite value, both axes from 0 to 1."
        )
    if frontier.bend is Bend.RISING:
        return "There is no knee: over these points later money brings more than earlier money."
    if frontier.bend is Bend.STRAIGHT:
        return "There is no knee: over these points every amount of money brings nearly the same."
    return ""


def _finite(frontier: Frontier) -> tuple[FrontierPoint, FrontierPoint]:
    found = [p for p in frontier.points if p.value is not None and math.isfinite(p.value)]
    return found[0], found[-1]


def _next(scenario: Scenario, frontier: Frontier) -> list[str]:
    """Return which measures enter next above today's budget, the nearest first."""
    entering = sorted(
        (found.enters.at, name)
        for name, spans in frontier.funded.items()
        for found in spans
        if found.enters is not None and found.enters.at >= frontier.today * (1 - 1e-9)
    )
    if not entering:
        return []
    named = [f"{quoted(scenario.measures[name].label)} at {money_words(at)}" for at, name in entering[:_NEXT]]
    return [f"Above today's budget the next to get money are {listed(named)}."]


def _left(scenario: Scenario, frontier: Frontier) -> list[str]:
    """Return which measures leave the plan again where there is more money."""
    names = [name for name, spans in frontier.funded.items() if any(found.leaves is not None for found in spans)]
    if not names:
        return []
    shown = listed([quoted(scenario.measures[name].label) for name in names[:_NEXT]])
    rest = f" and {len(names) - _NEXT} more" if len(names) > _NEXT else ""
    return [f"More money takes {shown}{rest} out of the plan again where something better can be paid for."]


def _missing(frontier: Frontier) -> list[str]:
    without = sum(point.plan is None for point in frontier.points)
    if not without:
        return []
    what = "budgets" if frontier.sweep is Sweep.BUDGETS else "targets"
    return [f"For {without} of {len(frontier.points)} {what} there is no plan; the table says what is lacking."]


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]
