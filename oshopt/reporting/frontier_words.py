"""What a frontier says, in sentences: what money buys, where it bends, which measures come next."""

from __future__ import annotations

import math
from collections.abc import Sequence

from oshopt.language import say, say_count, sayable
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
from oshopt.reporting.sentences import amount

_NEXT = 3
"""Measures named that enter next."""
_NOTHING = 1e-6
"""A gain below this is none."""

_SHORTEST = {
    "safe_service": sayable("shortest N"),
    "remaining_service": sayable("shortest remaining service"),
    "effect": sayable("mean ε"),
    "cases": sayable("expected cases"),
    "net_benefit": sayable("net benefit"),
}
"""What each objective's value is called where there are several groups."""
_ALONE = _SHORTEST | {"safe_service": sayable("N"), "remaining_service": sayable("remaining service")}
"""What it is called where there is one group."""
_IN_YEARS = ("safe_service", "remaining_service")


def value_name(scenario: Scenario, frontier: Frontier) -> str:
    """Return what the objective's value is called: `shortest N`, or `N` where there is one group."""
    return say((_ALONE if len(scenario.groups) == 1 else _SHORTEST)[frontier.objective])


def value_head(scenario: Scenario, frontier: Frontier) -> str:
    """Return the head of a column or axis of values, with the unit."""
    name = value_name(scenario, frontier)
    if frontier.objective == "net_benefit":
        return f"{name}, {scenario.settings.currency}"
    return say("{name}, years", name=name) if frontier.objective in _IN_YEARS else name


def head(text: str) -> str:
    """Return a head with a capital, to begin a title with."""
    return text[0].upper() + text[1:]


def value_text(frontier: Frontier, value: float | None) -> str:
    """Return a value without its unit, for a table."""
    if value is None:
        return say("no plan")
    if frontier.objective == "net_benefit":
        return money(value)
    if frontier.objective == "effect":
        return number(value, 4)
    return number(value, 2 if abs(value) < 1000 else 0)


def budget_head(scenario: Scenario, frontier: Frontier) -> str:
    """Return the head of budgets: a year, or over the horizon."""
    currency = scenario.settings.currency
    if frontier.basis is Basis.YEAR:
        return say("budget a year, {currency}", currency=currency)
    if len(scenario.years) == 1:
        return say("budget in {year}, {currency}", year=scenario.years[0], currency=currency)
    return say("budget over {years}, {currency}", years=span(scenario.years), currency=currency)


def least_cost_head(scenario: Scenario) -> str:
    """Return what the money of a target is called, with its currency."""
    currency = scenario.settings.currency
    if scenario.settings.discount_rate > 0:
        return say("discounted least cost, {currency}", currency=currency)
    return say("least cost, {currency}", currency=currency)


def money_head(scenario: Scenario, frontier: Frontier) -> str:
    """Return the head of the axis of money."""
    if frontier.sweep is Sweep.BUDGETS:
        return budget_head(scenario, frontier)
    currency, years = scenario.settings.currency, span(scenario.years)
    if scenario.settings.discount_rate > 0:
        return say("discounted least cost over {years}, {currency}", years=years, currency=currency)
    return say("least cost over {years}, {currency}", years=years, currency=currency)


def priced(scenario: Scenario, frontier: Frontier, value: float) -> str:
    """Return money of a frontier in words: `300 000 units a year`."""
    told = amount(scenario, value)
    if frontier.basis is Basis.YEAR:
        return say("{money} a year", money=told)
    if len(scenario.years) == 1:
        return say("{money} in {year}", money=told, year=scenario.years[0])
    return say("{money} over {years}", money=told, years=span(scenario.years))


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
        return say("None of these points has a plan.")
    told = (
        _targets(scenario, frontier, found) if frontier.sweep is Sweep.TARGETS else _budgets(scenario, frontier, found)
    )
    if frontier.objective not in _IN_YEARS:
        return say("{answer}.", answer=told)
    return say("{answer}, {condition}.", answer=told, condition=_condition(scenario))


def _targets(scenario: Scenario, frontier: Frontier, found: Sequence[FrontierPoint]) -> str:
    first, last = found[0], found[-1]
    values = {
        "name": head(value_name(scenario, frontier)),
        "value": _value(frontier, first.value),
        "cost": priced(scenario, frontier, first.money or 0),
    }
    if last is first:
        return say("{name} of {value} costs {cost}", **values)
    return say(
        "{name} of {value} costs {cost}, {last_value} costs {last_cost}",
        **values,
        last_value=_value(frontier, last.value),
        last_cost=amount(scenario, last.money or 0),
    )


def _budgets(scenario: Scenario, frontier: Frontier, found: Sequence[FrontierPoint]) -> str:
    subject, first, last = _subject(scenario, frontier), found[0], found[-1]
    today = _today(frontier)
    if today is not None:
        own, value = priced(scenario, frontier, frontier.today), _value(frontier, today.value)
        if close(today.value or 0.0, frontier.best or 0.0):
            return say(
                "Today's budget of {budget} brings {subject} to {value}; no money brings it further",
                budget=own,
                subject=subject,
                value=value,
            )
        return say(
            "Today's budget of {budget} brings {subject} to {value}; the most that money can bring is {best}, at "
            "{most}",
            budget=own,
            subject=subject,
            value=value,
            best=_value(frontier, frontier.best),
            most=priced(scenario, frontier, frontier.most or 0),
        )
    if first is last:
        return say(
            "A budget of {budget} brings {subject} to {value}",
            budget=priced(scenario, frontier, first.asked),
            subject=subject,
            value=_value(frontier, first.value),
        )
    return say(
        "From {first} to {last}, {subject} goes from {low} to {high}",
        first=priced(scenario, frontier, first.asked),
        last=amount(scenario, last.asked),
        subject=subject,
        low=_value(frontier, first.value),
        high=_value(frontier, last.value),
    )


def _subject(scenario: Scenario, frontier: Frontier) -> str:
    """Return the objective's value as the middle of a sentence names it."""
    name = value_name(scenario, frontier)
    alone = len(scenario.groups) == 1 and frontier.objective == "safe_service"
    return name if alone else say("the {name}", name=name)


def _today(frontier: Frontier) -> FrontierPoint | None:
    if frontier.sweep is Sweep.TARGETS:
        return None
    return next((p for p in frontier.points if close(p.asked, frontier.today) and p.plan is not None), None)


def _condition(scenario: Scenario) -> str:
    """Return the two conditions of every N: what is in force goes on being paid for, and increments hold."""
    last, groups = scenario.years[-1], list(scenario.groups.values())
    lapse = scenario.settings.after_horizon is AfterHorizon.LAPSE
    if len(groups) > 1 and lapse:
        return say("if nothing is renewed after {year} and today's yearly increments dR hold", year=last)
    if len(groups) > 1:
        return say(
            "if what is in force in {year} goes on being paid for and today's yearly increments dR hold", year=last
        )
    increment = figure(groups[0].risk_increment, 6)
    if lapse:
        return say(
            "if nothing is renewed after {year} and dR = {increment} a year holds", year=last, increment=increment
        )
    return say(
        "if what is in force in {year} goes on being paid for and dR = {increment} a year holds",
        year=last,
        increment=increment,
    )


def _value(frontier: Frontier, value: float | None) -> str:
    if value is None:
        return say("no plan")
    if math.isinf(value):
        return say("∞ (never reached)")
    if frontier.objective == "net_benefit":
        return money_words(value)
    if frontier.objective == "effect":
        return figure(value, 4)
    shown = number(value, 1 if abs(value) < 1000 else 0)
    return say("{figure} years", figure=shown) if frontier.objective in _IN_YEARS else shown


def frontier_sentences(scenario: Scenario, frontier: Frontier) -> list[str]:
    """Return what the points mean: the ends of the range, today's budget, the knee, what enters next."""
    told = [*_ends(scenario, frontier), _bend(scenario, frontier)]
    told += [*_next(scenario, frontier), *_left(scenario, frontier), *_missing(frontier)]
    return [text for text in (*told, *frontier.notes) if text]


def _ends(scenario: Scenario, frontier: Frontier) -> list[str]:
    if frontier.least is None or frontier.most is None or frontier.best is None:
        return [_own_money(scenario, frontier)]
    told = []
    if frontier.least > 0:
        told.append(
            say(
                "No plan exists with less than {money}: duties, upkeep and the other demands take that much.",
                money=priced(scenario, frontier, frontier.least),
            )
        )
    told.append(
        say(
            "Beyond {money} more money brings nothing more: {subject} is then {value}.",
            money=priced(scenario, frontier, frontier.most),
            subject=_subject(scenario, frontier),
            value=_value(frontier, frontier.best),
        )
    )
    own = priced(scenario, frontier, frontier.today)
    if frontier.today < frontier.least:
        return [*told, say("The scenario's own budget comes to {money}, less than the least.", money=own)]
    if frontier.today > frontier.most:
        return [*told, say("The scenario's own budget comes to {money}, more than can be used.", money=own)]
    return [*told, _today_brings(frontier, own)]


def _own_money(scenario: Scenario, frontier: Frontier) -> str:
    if math.isinf(frontier.today):
        return say("Each target is met at least cost within the scenario's own money.")
    return say(
        "Each target is met at least cost within the scenario's own money: {money} over {years}.",
        money=amount(scenario, frontier.today),
        years=span(scenario.years),
    )


def _today_brings(frontier: Frontier, own: str) -> str:
    point = _today(frontier)
    if point is None or point.marginal is None:
        return say("The scenario's own budget comes to {money}.", money=own)
    unit = step_unit(frontier)
    if close(point.marginal.per_unit * unit, 0.0):
        return say("The scenario's own budget comes to {money}; a little more money brings nothing there.", money=own)
    step, gain = money_words(unit), marginal_text(frontier, point)
    if frontier.objective in _IN_YEARS:
        return say(
            "The scenario's own budget comes to {money}; each further {step} would bring {gain} years there.",
            money=own,
            step=step,
            gain=gain,
        )
    return say(
        "The scenario's own budget comes to {money}; each further {step} would bring {gain} there.",
        money=own,
        step=step,
        gain=gain,
    )


def _bend(scenario: Scenario, frontier: Frontier) -> str:
    if frontier.bend is Bend.KNEE and frontier.knee is not None:
        knee = frontier.knee
        first, last = _finite(frontier)
        gain = (knee.value - (first.value or 0.0)) / ((last.value or 0.0) - (first.value or 0.0))
        paid = (knee.money - (first.money or 0.0)) / ((last.money or 0.0) - (first.money or 0.0))
        return say(
            "The knee is at {money} ({value}): {gain} of the whole gain for {paid} of the extra money. It is the point "
            "furthest above the straight line between the first and the last point of finite value, both axes from 0 "
            "to 1.",
            money=priced(scenario, frontier, knee.money),
            value=_value(frontier, knee.value),
            gain=percent(gain),
            paid=percent(paid),
        )
    if frontier.bend is Bend.RISING:
        return say("There is no knee: over these points later money brings more than earlier money.")
    if frontier.bend is Bend.STRAIGHT:
        return say("There is no knee: over these points every amount of money brings nearly the same.")
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
    named = [
        say("{measure} at {money}", measure=quoted(scenario.measures[name].label), money=money_words(at))
        for at, name in entering[:_NEXT]
    ]
    return [say("Above today's budget the next to get money are {measures}.", measures=listed(named))]


def _left(scenario: Scenario, frontier: Frontier) -> list[str]:
    """Return which measures leave the plan again where there is more money."""
    names = [name for name, spans in frontier.funded.items() if any(found.leaves is not None for found in spans)]
    if not names:
        return []
    shown = listed([quoted(scenario.measures[name].label) for name in names[:_NEXT]])
    more = len(names) - _NEXT
    if more <= 0:
        return [
            say(
                "More money takes {measures} out of the plan again where something better can be paid for.",
                measures=shown,
            )
        ]
    return [
        say_count(
            "More money takes {measures} and {n} more out of the plan again where something better can be paid for.",
            "More money takes {measures} and {n} more out of the plan again where something better can be paid for.",
            more,
            measures=shown,
            n=more,
        )
    ]


def _missing(frontier: Frontier) -> list[str]:
    without = sum(point.plan is None for point in frontier.points)
    if not without:
        return []
    values = {"without": without, "all": len(frontier.points)}
    if frontier.sweep is Sweep.BUDGETS:
        return [say("For {without} of {all} budgets there is no plan; the table says what is lacking.", **values)]
    return [say("For {without} of {all} targets there is no plan; the table says what is lacking.", **values)]
