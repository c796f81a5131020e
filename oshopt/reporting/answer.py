"""The answer in words, which stands first in the report: what the plan buys, under which condition, beside the rest."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from oshopt.language import say, say_count, say_in
from oshopt.model import Comparison, Plan, Scenario
from oshopt.reporting.alternatives import Alternative, Role, alternatives, exceeded_groups
from oshopt.reporting.numbers import THIN, close, decimals_apart, figure, number, quoted, years
from oshopt.reporting.sentences import (
    condition,
    duties,
    exceeded,
    increments,
    legal_minimum,
    objective_words,
    period,
    proof,
    unspent,
)
from oshopt.reporting.strategies import money_clause, service_words, strategies
from oshopt.reporting.uncertainty import band_words, robust_sentences


def headline(scenario: Scenario, comparison: Comparison) -> str:
    """Return the answer in one sentence, its conditions first."""
    found = alternatives(comparison)
    lead = leader(found)
    told = {"conditions": alternative_condition(scenario, lead)}
    if not _any_open(found):
        return capital(_all_exceeded(scenario, lead, **told))
    spread = _range(comparison, lead, found)
    if lead.role is Role.NOTHING:
        return capital(_as_today(scenario, lead, spread, _decimals(found), **told))
    told["change"] = f"{_change(scenario, lead, found)}{spread}{_chosen(lead, found)}"
    told["money"] = money_clause(scenario, lead)
    rival = _rival(found, lead)
    if rival is None:
        return capital(say("{conditions}, {change}, {money}.", **told))
    beside = _beside(scenario, rival, lead, _decimals(found))
    return capital(say("{conditions}, {change}, {money}; {rival}.", **told, rival=beside))


def sentences(scenario: Scenario, comparison: Comparison) -> list[str]:
    """Return what a reader must know after the headline, most important first."""
    found = alternatives(comparison)
    plan = comparison.optimum
    told = _strategies(scenario, found)
    told += exceeded(scenario, comparison.nothing)
    told += _cases(scenario, found)
    if plan is not None:
        told += robust_sentences(plan)[:1]
        told += [unspent(scenario, plan.certificate), *_plan_notes(scenario, plan)]
    return [text for text in told if text]


def strategy_sentences(scenario: Scenario, comparison: Comparison) -> list[str]:
    """Return what each given strategy does against doing nothing and the plan."""
    found = alternatives(comparison)
    return _strategies(scenario, found) if _any_open(found) else []


def case_sentences(scenario: Scenario, comparison: Comparison) -> list[str]:
    """Return how many cases are expected with the plan and without it; empty for a handful of people."""
    return _cases(scenario, alternatives(comparison))


def leader(found: Sequence[Alternative]) -> Alternative:
    """Return the alternative that the answer is about: the optimum, else the strategy of longest N, else nothing."""
    if found[-1].role is Role.OPTIMUM:
        return found[-1]
    given = [a for a in found if a.role is Role.STRATEGY]
    return max(given, key=lambda a: a.shortest[1]) if given else found[0]


def alternative_condition(scenario: Scenario, alternative: Alternative) -> str:
    """Return both conditions of an alternative's N in one line."""
    return say(
        "{condition} and {increments}",
        condition=condition(scenario, alternative.evaluation),
        increments=increments(scenario),
    )


def who(alternative: Alternative) -> str:
    """Return what a sentence calls an alternative that is its subject."""
    if alternative.role is Role.NOTHING:
        return say("doing nothing")
    if alternative.role is Role.OPTIMUM:
        return say("the plan")
    return say_in("subject", "{strategy}", strategy=quoted(alternative.label))


def capital(text: str) -> str:
    """Return a text with a capital first letter."""
    return text[:1].upper() + text[1:]


def _any_open(found: Sequence[Alternative]) -> bool:
    nothing = found[0].evaluation
    return len(exceeded_groups(nothing)) < len(nothing.safe_service)


def _decimals(found: Iterable[Alternative]) -> int:
    return decimals_apart(a.shortest[1] for a in found)


def _strategies(scenario: Scenario, found: Sequence[Alternative]) -> list[str]:
    return strategies(scenario, found, leader(found), _decimals(found)) if _any_open(found) else []


def _range(comparison: Comparison, lead: Alternative, found: Sequence[Alternative]) -> str:
    return band_words(comparison, lead.evaluation, min(1, _decimals(found)))


def _as_today(scenario: Scenario, lead: Alternative, spread: str, decimals: int, conditions: str) -> str:
    """Say what N is if nothing is done."""
    group, value = lead.shortest
    service = f"{service_words(value, decimals)}{spread}"
    if len(scenario.groups) == 1:
        return say("{conditions}, N is {service}.", conditions=conditions, service=service)
    return say(
        "{conditions}, the shortest N, that of {group}, is {service}.",
        conditions=conditions,
        group=quoted(scenario.groups[group].label),
        service=service,
    )


def _change(scenario: Scenario, lead: Alternative, found: Sequence[Alternative]) -> str:
    """Say what becomes of the shortest N, and of which group it is where there are several."""
    decimals = _decimals(found)
    (first, before), (second, after) = found[0].shortest, lead.shortest
    names = [quoted(scenario.groups[group].label) for group in (first, second)]
    told = {"before": years(before, decimals), "after": service_words(after, decimals)}
    if len(scenario.groups) == 1:
        if close(before, after):
            return say("N stays at {after}", **told)
        if after > before:
            return say("N rises from {before} to {after}", **told)
        return say("N falls from {before} to {after}", **told)
    if close(before, after):
        return say("the shortest N, that of {group}, stays at {after}", **told, group=names[1])
    if first == second:
        if after > before:
            return say("the shortest N, that of {group}, rises from {before} to {after}", **told, group=names[1])
        return say("the shortest N, that of {group}, falls from {before} to {after}", **told, group=names[1])
    told |= {"first": names[0], "second": names[1]}
    if after > before:
        return say("the shortest N rises from {before} ({first}) to {after} ({second})", **told)
    return say("the shortest N falls from {before} ({first}) to {after} ({second})", **told)


def _chosen(lead: Alternative, found: Sequence[Alternative]) -> str:
    """Return by which strategy, where the answer is about a given one."""
    name = quoted(lead.label)
    if lead.role is Role.OPTIMUM:
        return ""
    if len(found) == 2:
        return say(" with {strategy}", strategy=name)
    return say_count(
        " with {strategy}, the best of {n} given strategy",
        " with {strategy}, the best of {n} given strategies",
        len(found) - 1,
        strategy=name,
        n=len(found) - 1,
    )


def _rival(found: Sequence[Alternative], lead: Alternative) -> Alternative | None:
    given = [a for a in found if a.role is Role.STRATEGY and a is not lead]
    return max(given, key=lambda a: a.shortest[1]) if given else None


def _beside(scenario: Scenario, rival: Alternative, lead: Alternative, decimals: int) -> str:
    """Say what the best other strategy reaches, and on which condition."""
    value, own = rival.shortest[1], condition(scenario, rival.evaluation)
    told = {"strategy": quoted(rival.label), "service": years(value, decimals), "condition": own}
    if own == condition(scenario, lead.evaluation):
        if math.isinf(value):
            return say("{strategy} never reaches the threshold either on the same condition", **told)
        return say("{strategy} reaches {service} on the same condition", **told)
    if math.isinf(value):
        return say("{strategy} never reaches the threshold either {condition}", **told)
    return say("{strategy} reaches {service} {condition}", **told)


def _all_exceeded(scenario: Scenario, lead: Alternative, conditions: str) -> str:
    """Say that no group has safe service left, and what the answer's alternative still does."""
    if lead.role is Role.NOTHING:
        return say(
            "{conditions}, no group has safe service left: each is at or past its threshold.", conditions=conditions
        )
    return say(
        "{conditions}, no group has safe service left: each is at or past its threshold; {who} makes risk grow {drop} "
        "slower over {years}, {money}.",
        conditions=conditions,
        who=who(lead),
        drop=f"{number(lead.evaluation.mean_effect * 100, 1)}{THIN}%",
        years=period(scenario),
        money=money_clause(scenario, lead),
    )


def _cases(scenario: Scenario, found: Sequence[Alternative]) -> list[str]:
    people = sum(group.headcount for group in scenario.groups.values())
    lead = leader(found)
    if people < 10 or lead.role is Role.NOTHING:
        return []
    before, after = found[0].evaluation.cases, lead.evaluation.cases
    told = {
        "people": number(people, 0),
        "years": period(scenario),
        "after": figure(after, 3),
        "before": figure(before, 3),
    }
    if lead.role is Role.OPTIMUM:
        text = say(
            "Expected cases among {people} people over {years}: {after} with the plan, {before} if nothing is done.",
            **told,
        )
    else:
        text = say(
            "Expected cases among {people} people over {years}: {after} with {strategy}, {before} if nothing is done.",
            **told,
            strategy=quoted(lead.label),
        )
    return [text]


def _plan_notes(scenario: Scenario, plan: Plan) -> list[str]:
    name = say("the plan")
    notes = [
        duties(scenario, plan.evaluation, name),
        legal_minimum(scenario, plan.evaluation, name),
        proof(scenario, plan),
    ]
    if plan.objective not in ("safe_service", "remaining_service"):
        sought = objective_words(scenario, plan.objective)
        notes.insert(0, say("The plan was made for {objective}, not for the longest N.", objective=sought))
    return notes
