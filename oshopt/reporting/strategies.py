"""What each given strategy does against doing nothing and against the plan: a sentence or two for each."""

from __future__ import annotations

import math
from collections.abc import Sequence

from oshopt.language import say, say_count
from oshopt.model import FrozenMap, Scenario, flag_words
from oshopt.reporting.alternatives import Alternative, Role
from oshopt.reporting.numbers import close, listed, quoted, years
from oshopt.reporting.sentences import amount, condition, in_years, period

_TOLD = 6
"""Given strategies that get a sentence each; the table has all of them."""
_LIMIT_FLAGS = ("over-budget", "renewal", "duty", "legal-minimum")


def strategies(scenario: Scenario, found: Sequence[Alternative], lead: Alternative, decimals: int) -> list[str]:
    """Return what the given strategies do, those of longest N first; `lead` is what the answer is about."""
    given = sorted((a for a in found if a.role is Role.STRATEGY), key=lambda a: (-a.shortest[1], a.label))
    told: list[str] = []
    left = len(given)
    while given and len(told) < _TOLD:
        tied = [a for a in given if close(a.shortest[1], given[0].shortest[1])]
        given = [a for a in given if a not in tied]
        text = _tie(scenario, tied, decimals) if len(tied) > 1 else _strategy(scenario, tied[0], decimals)
        notes = [_against_plan(scenario, a, lead) for a in tied] if lead.role is Role.OPTIMUM else []
        told.append(" ".join(part for part in (text, *notes) if part))
    if given:
        text = say_count(
            "{n} more of the {all} strategies stands in the table below.",
            "{n} more of the {all} strategies stand in the table below.",
            len(given),
            n=len(given),
            all=left,
        )
        told.append(text)
    return told


def service_words(value: float, decimals: int) -> str:
    """Return N with its unit, or that the threshold is never reached."""
    return say("∞ (the threshold is never reached)") if math.isinf(value) else in_years(years(value, decimals))


def money_clause(scenario: Scenario, alternative: Alternative) -> str:
    """Return what an alternative costs in all, or over the horizon where there is no more or no end to it."""
    cost, total = alternative.evaluation.cost, alternative.economics.cost_in_all
    money, when = amount(scenario, cost), period(scenario)
    if math.isinf(total):
        return say("{money} over {years} and the yearly money without end", money=money, years=when)
    if close(cost, total):
        return say("{money} over {years}", money=money, years=when)
    return say("{money} in all", money=amount(scenario, total))


def _strategy(scenario: Scenario, given: Alternative, decimals: int) -> str:
    """Say what a given strategy does against doing nothing: gain, loss, or money without gain."""
    before = given.shortest_today
    after, extra = given.shortest[1], given.economics.extra_cost_in_all
    told = {
        "strategy": quoted(given.label),
        "condition": condition(scenario, given.evaluation),
        "n": say("N") if len(scenario.groups) == 1 else say("the shortest N"),
        "before": years(before, decimals),
        "after": service_words(after, decimals),
    }
    if close(before, after) and extra <= 0:
        return say("{strategy} leaves {n} where doing nothing leaves it, at {after}, {condition}.", **told)
    if close(before, after):
        return say(
            "{strategy} is worse than doing nothing: {condition}, it costs {money} more in all, and {n} stays at "
            "{after}.",
            **told,
            money=amount(scenario, extra),
        )
    if after < before:
        return _loss(told, amount(scenario, abs(extra)), extra)
    told["money"] = money_clause(scenario, given)
    price = given.economics.per_year_gained
    if price and price > 0:
        return say(
            "{strategy} brings {n} to {after} {condition}: {money}, {price} for each year gained.",
            **told,
            price=amount(scenario, price),
        )
    return say("{strategy} brings {n} to {after} {condition}: {money}.", **told)


def _loss(told: dict[str, str], money: str, extra: float) -> str:
    """Say that a strategy shortens N, and whether it costs more or less than doing nothing."""
    if extra > 0:
        return say(
            "{strategy} is worse than doing nothing: {condition}, {n} falls from {before} to {after}, although it "
            "costs {money} more in all.",
            **told,
            money=money,
        )
    if extra < 0:
        return say(
            "{strategy} is worse than doing nothing: {condition}, {n} falls from {before} to {after}, for {money} less "
            "in all.",
            **told,
            money=money,
        )
    return say(
        "{strategy} is worse than doing nothing: {condition}, {n} falls from {before} to {after}, for the same money.",
        **told,
    )


def _tie(scenario: Scenario, tied: Sequence[Alternative], decimals: int) -> str:
    """Say that strategies reach the same N, each with its condition, and which is the cheapest."""
    each = [
        say(
            "{strategy} {condition}, {money}",
            strategy=quoted(a.label),
            condition=condition(scenario, a.evaluation),
            money=money_clause(scenario, a),
        )
        for a in tied[:_TOLD]
    ]
    told = {
        "strategies": listed([quoted(a.label) for a in tied]),
        "n": say("N") if len(scenario.groups) == 1 else say("a shortest N"),
        "service": service_words(tied[0].shortest[1], decimals),
        "each": "; ".join(each),
    }
    cheapest = min(tied, key=lambda a: a.economics.cost_in_all)
    dearest = max(a.economics.cost_in_all for a in tied)
    if close(cheapest.economics.cost_in_all, dearest):
        return say("{strategies} tie at {n} = {service}: {each}. Their money is the same too.", **told)
    return say(
        "{strategies} tie at {n} = {service}: {each}. {cheapest} is the cheapest of them.",
        **told,
        cheapest=quoted(cheapest.label),
    )


def _against_plan(scenario: Scenario, given: Alternative, plan: Alternative) -> str:
    """Say where a strategy is the plan itself, reaches as much, or reaches more and why that may be."""
    name = quoted(given.label)
    if _same_money(scenario, given, plan):
        return say("The plan is {strategy}: the same money on the same measures in the same years.", strategy=name)
    mine, best = given.shortest[1], plan.shortest[1]
    if close(mine, best):
        return say("{strategy} reaches the same N as the plan with other money.", strategy=name)
    if mine < best:
        return ""
    broken = sorted({flag.code for flag in given.evaluation.flags if flag.code in _LIMIT_FLAGS})
    if broken:
        return say(
            "{strategy} reaches a longer N than the plan: it does not keep limits that the plan keeps ({limits}).",
            strategy=name,
            limits=", ".join(map(flag_words, broken)),
        )
    return say("{strategy} reaches a longer N than the plan: the plan sought other ends.", strategy=name)


def _same_money(scenario: Scenario, first: Alternative, second: Alternative) -> bool:
    for measure in scenario.measures:
        mine, other = (a.evaluation.spend.get(measure, FrozenMap[int, float]()) for a in (first, second))
        scale = max(scenario.full_cost(measure), 1e-12)
        if any(abs(mine.get(year, 0.0) - other.get(year, 0.0)) > 1e-6 * scale for year in scenario.years):
            return False
    return True
