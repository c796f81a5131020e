"""The answer in words, which stands first in the report: what the plan buys, under which condition, beside the rest."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from oshopt.model import Comparison, FrozenMap, Plan, Scenario
from oshopt.reporting.alternatives import Alternative, Role, alternatives, exceeded_groups, open_groups
from oshopt.reporting.numbers import close, decimals_apart, figure, listed, number, quoted, span, years
from oshopt.reporting.sentences import (
    amount,
    condition,
    duties,
    exceeded,
    increments,
    legal_minimum,
    objective_words,
    proof,
    unspent,
)
from oshopt.reporting.uncertainty import band_words, robust_sentences

_TOLD = 6
"""Given strategies that get a sentence each; the table has all of them."""
_LIMIT_FLAGS = ("over-budget", "renewal", "duty", "legal-minimum")


def headline(scenario: Scenario, comparison: Comparison) -> str:
    """Return the answer in one sentence, its conditions first."""
    found = alternatives(comparison)
    lead = leader(found)
    both = f"{condition(scenario, lead.evaluation)} and {increments(scenario)}"
    start = f"{both[0].upper()}{both[1:]}, "
    if not _any_open(found):
        return start + _all_exceeded(scenario, lead)
    if lead.role is Role.NOTHING:
        told = _service(lead.shortest[1], _decimals(found)) + _range(comparison, lead, found)
        return start + f"{_subject(scenario, lead)} is {told}."
    text = (
        start
        + _change(scenario, lead, found)
        + _range(comparison, lead, found)
        + _with(lead, found)
        + _money(scenario, lead)
    )
    rival = _rival(found, lead)
    return f"{text}; {_beside(scenario, rival, lead, _decimals(found))}." if rival else f"{text}."


def sentences(scenario: Scenario, comparison: Comparison) -> list[str]:
    """Return what a reader must know after the headline, most important first."""
    found = alternatives(comparison)
    plan = comparison.optimum
    told = _strategies(scenario, found) if _any_open(found) else []
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
    return f"{condition(scenario, alternative.evaluation)} and {increments(scenario)}"


def who(alternative: Alternative) -> str:
    """Return what a sentence calls an alternative."""
    return {Role.NOTHING: "doing nothing", Role.OPTIMUM: "the plan"}.get(alternative.role, quoted(alternative.label))


def capital(text: str) -> str:
    """Return a text with a capital first letter."""
    return text[:1].upper() + text[1:]


def _any_open(found: Sequence[Alternative]) -> bool:
    nothing = found[0].evaluation
    return len(exceeded_groups(nothing)) < len(nothing.safe_service)


def _decimals(found: Iterable[Alternative]) -> int:
    return decimals_apart(a.shortest[1] for a in found)


def _service(value: float, decimals: int) -> str:
    return "∞ (the threshold is never reached)" if math.isinf(value) else f"{years(value, decimals)} years"


def _subject(scenario: Scenario, alternative: Alternative) -> str:
    if len(scenario.groups) == 1:
        return "N"
    return f"the shortest N, that of {quoted(scenario.groups[alternative.shortest[0]].label)},"


def _range(comparison: Comparison, lead: Alternative, found: Sequence[Alternative]) -> str:
    return band_words(comparison, lead.evaluation, min(1, _decimals(found)))


def _change(scenario: Scenario, lead: Alternative, found: Sequence[Alternative]) -> str:
    decimals = _decimals(found)
    (first, before), (second, after) = found[0].shortest, lead.shortest
    if close(before, after):
        return f"{_subject(scenario, lead)} stays at {_service(after, decimals)}"
    verb = "rises" if after > before else "falls"
    if first == second or len(scenario.groups) == 1:
        return f"{_subject(scenario, lead)} {verb} from {years(before, decimals)} to {_service(after, decimals)}"
    labels = [quoted(scenario.groups[group].label) for group in (first, second)]
    steps = f"from {years(before, decimals)} ({labels[0]}) to {_service(after, decimals)} ({labels[1]})"
    return f"the shortest N {verb} {steps}"


def _with(lead: Alternative, found: Sequence[Alternative]) -> str:
    if lead.role is Role.OPTIMUM:
        return ""
    best = f", the best of {len(found) - 1} given strategies" if len(found) > 2 else ""
    return f" with {quoted(lead.label)}{best}"


def _money(scenario: Scenario, lead: Alternative) -> str:
    cost, total = lead.evaluation.cost, lead.money_in_all
    over = f"{amount(scenario, cost)} over {span(scenario.years)}"
    if math.isinf(total):
        return f", {over} and the yearly money without end"
    return f", {over}" if close(cost, total) else f", {amount(scenario, total)} in all"


def _rival(found: Sequence[Alternative], lead: Alternative) -> Alternative | None:
    given = [a for a in found if a.role is Role.STRATEGY and a is not lead]
    return max(given, key=lambda a: a.shortest[1]) if given else None


def _beside(scenario: Scenario, rival: Alternative, lead: Alternative, decimals: int) -> str:
    value = rival.shortest[1]
    reaches = "never reaches the threshold either" if math.isinf(value) else f"reaches {years(value, decimals)}"
    own = condition(scenario, rival.evaluation)
    same = own == condition(scenario, lead.evaluation)
    return f"{quoted(rival.label)} {reaches} {'on the same condition' if same else own}"


def _all_exceeded(scenario: Scenario, lead: Alternative) -> str:
    text = "no group has safe service left: each is at or past its threshold"
    if lead.role is Role.NOTHING:
        return f"{text}."
    drop = number(lead.evaluation.mean_effect * 100, 1)
    return (
        f"{text}; {who(lead)} makes risk grow {drop}\u202f% slower over {span(scenario.years)}{_money(scenario, lead)}."
    )


def _strategies(scenario: Scenario, found: Sequence[Alternative]) -> list[str]:
    lead, decimals = leader(found), _decimals(found)
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
        told.append(f"{len(given)} more of the {left} strategies stand in the table below.")
    return told


def _strategy(scenario: Scenario, given: Alternative, decimals: int) -> str:
    """Say what a given strategy does against doing nothing: gain, loss, or money without gain."""
    name, own = quoted(given.label), condition(scenario, given.evaluation)
    before = min(given.nothing.safe_service[group] for group in open_groups(given.nothing))
    after, extra = given.shortest[1], given.extra_money
    subject = "N" if len(scenario.groups) == 1 else "the shortest N"
    if close(before, after):
        if extra <= 0:
            return f"{name} leaves {subject} where doing nothing leaves it, at {_service(after, decimals)}, {own}."
        return (
            f"{name} is worse than doing nothing: {own}, it costs {amount(scenario, extra)} more in all, and {subject} "
            f"stays at {_service(after, decimals)}."
        )
    if after < before:
        money = f"although it costs {amount(scenario, extra)} more in all" if extra > 0 else ""
        money = money or (f"for {amount(scenario, -extra)} less in all" if extra < 0 else "for the same money")
        return (
            f"{name} is worse than doing nothing: {own}, {subject} falls from {years(before, decimals)} to "
            f"{_service(after, decimals)}, {money}."
        )
    price = given.money_per_year_gained
    per_year = f", {amount(scenario, price)} for each year gained" if price and price > 0 else ""
    total = _money(scenario, given).removeprefix(", ")
    return f"{name} brings {subject} to {_service(after, decimals)} {own}: {total}{per_year}."


def _tie(scenario: Scenario, tied: Sequence[Alternative], decimals: int) -> str:
    """Say that strategies reach the same N, each with its condition, and which is the cheapest."""
    names = listed([quoted(a.label) for a in tied])
    subject = "N" if len(scenario.groups) == 1 else "a shortest N"
    each = "; ".join(
        f"{quoted(a.label)} {condition(scenario, a.evaluation)}{_money(scenario, a)}" for a in tied[:_TOLD]
    )
    cheapest = min(tied, key=lambda a: a.money_in_all)
    dearest = max(a.money_in_all for a in tied)
    if close(cheapest.money_in_all, dearest):
        end = "Their money is the same too."
    else:
        end = f"{capital(quoted(cheapest.label))} is the cheapest of them."
    return f"{names} tie at {subject} = {_service(tied[0].shortest[1], decimals)}: {each}. {end}"


def _against_plan(scenario: Scenario, given: Alternative, plan: Alternative) -> str:
    """Say where a strategy is the plan itself, reaches as much, or reaches more and why that may be."""
    name = quoted(given.label)
    if _same_money(scenario, given, plan):
        return f"The plan is {name}: the same money on the same measures in the same years."
    mine, best = given.shortest[1], plan.shortest[1]
    if close(mine, best):
        return f"{name} reaches the same N as the plan with other money."
    if mine < best:
        return ""
    broken = sorted({flag.code for flag in given.evaluation.flags if flag.code in _LIMIT_FLAGS})
    why = (
        f"it does not keep limits that the plan keeps ({', '.join(broken)})" if broken else "the plan sought other ends"
    )
    return f"{name} reaches a longer N than the plan: {why}."


def _same_money(scenario: Scenario, first: Alternative, second: Alternative) -> bool:
    for measure in scenario.measures:
        mine, other = (a.evaluation.spend.get(measure, FrozenMap[int, float]()) for a in (first, second))
        scale = max(scenario.full_cost(measure), 1e-12)
        if any(abs(mine.get(year, 0.0) - other.get(year, 0.0)) > 1e-6 * scale for year in scenario.years):
            return False
    return True


def _cases(scenario: Scenario, found: Sequence[Alternative]) -> list[str]:
    people = sum(group.headcount for group in scenario.groups.values())
    lead = leader(found)
    if people < 10 or lead.role is Role.NOTHING:
        return []
    before, after = found[0].evaluation.cases, lead.evaluation.cases
    return [
        f"Expected cases among {number(people, 0)} people over {span(scenario.years)}: {figure(after, 3)} with "
        f"{who(lead)}, {figure(before, 3)} if nothing is done."
    ]


def _plan_notes(scenario: Scenario, plan: Plan) -> list[str]:
    notes = [
        duties(scenario, plan.evaluation, "The plan"),
        legal_minimum(scenario, plan.evaluation, "The plan"),
        proof(scenario, plan),
    ]
    if plan.objective not in ("safe_service", "remaining_service"):
        notes.insert(0, f"The plan was made for {objective_words(scenario, plan.objective)}, not for the longest N.")
    return notes
