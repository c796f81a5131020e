"""Sentences that several parts of the report share: conditions, duties, money left, proof.

Every figure in them comes from a result; nothing is solved or evaluated here.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from oshopt.language import say, say_count, say_in, sayable
from oshopt.model import AfterHorizon, Certificate, Evaluation, Plan, Robustness, Scenario, Status
from oshopt.reporting.alternatives import exceeded_groups
from oshopt.reporting.numbers import SPACE, THIN, figure, listed, money_words, number, percent, quoted, span, years

GUARANTEE = sayable(
    "Years of safe service are a model's figure, never a guarantee: risk is taken to grow evenly, and N is the length "
    "of service, counted from zero risk, at which it reaches the acceptable value."
)

_OBJECTIVES = {
    "safe_service": sayable("the longest safe service of the group that reaches its threshold first"),
    "remaining_service": sayable("the longest remaining service of the group with least time left"),
    "effect": sayable("the largest mean effect on the growth of risk"),
    "cases": sayable("the fewest expected cases over the horizon"),
    "cost": sayable("the least cost"),
    "net_benefit": sayable("the greatest net benefit"),
    "outcome": sayable("the lowest forecast outcome"),
}
_OF_ONE_GROUP = {
    "safe_service": sayable("the longest safe service"),
    "remaining_service": sayable("the longest remaining service"),
}
_LISTED = 8


def amount(scenario: Scenario, value: float) -> str:
    """Return money in words with the scenario's currency."""
    return f"{money_words(value)}{SPACE}{scenario.settings.currency}"


def period(scenario: Scenario) -> str:
    """Return the years that a plan covers, for a sentence: `2014` or `2026–2030`."""
    years_ = span(scenario.years)
    if len(scenario.years) == 1:
        return say_in("one year", "{years}", years=years_)
    return say_in("several years", "{years}", years=years_)


def in_years(written: str) -> str:
    """Return years of service, already written, with their unit."""
    if say_in("decimal mark", ".") in written:
        return say_in("with decimals", "{n} years", n=written)
    return say_in("whole", "{n} years", n=written)


def condition(scenario: Scenario, evaluation: Evaluation) -> str:
    """Return the money condition under which an evaluation's N holds: `if 300 000 units a year goes on`."""
    last = scenario.years[-1]
    if scenario.settings.after_horizon is AfterHorizon.LAPSE:
        return say("if nothing is renewed after {last}", last=last)
    renewal = evaluation.yearly_renewal
    if renewal <= 0:
        bought = any(value > 0 for row in evaluation.in_force.values() for value in row.values())
        if bought:
            return say("if what is in force in {last} stays so without money", last=last)
        return say("if things go on as today")
    one_round = len(scenario.years) == 1 and math.isclose(renewal, evaluation.cost, rel_tol=1e-3)
    money = amount(scenario, renewal)
    if one_round:
        return say("if {money} a year goes on", money=money)
    return say("if {money} a year goes on after {last}", money=money, last=last)


def increments(scenario: Scenario) -> str:
    """Return the second condition of every N: today's increment holds."""
    if len(scenario.groups) == 1:
        group = next(iter(scenario.groups.values()))
        return say("dR = {increment} a year holds", increment=figure(group.risk_increment, 6))
    return say("today's yearly increments dR hold")


def objective_words(scenario: Scenario, objective: str) -> str:
    """Return what a plan was made for, in words."""
    if len(scenario.groups) == 1 and objective in _OF_ONE_GROUP:
        return say(_OF_ONE_GROUP[objective])
    return say(_OBJECTIVES[objective])


def objective_value(scenario: Scenario, objective: str, value: float) -> str:
    """Return a value of the objective with its unit."""
    if math.isinf(value):
        return say("∞ (never reached)")
    if objective in ("safe_service", "remaining_service"):
        return in_years(figure(value, 8))
    if objective in ("cost", "net_benefit"):
        return f"{figure(value, 8)} {scenario.settings.currency}"
    if objective != "cases":
        return figure(value, 6)
    written = figure(value, 6)
    if say_in("decimal mark", ".") in written:
        return say_in("with decimals", "{n} cases", n=written)
    return say_count("{n} case", "{n} cases", round(value), n=written)


def exceeded(scenario: Scenario, evaluation: Evaluation) -> list[str]:
    """Return a sentence for each group that is at or past its threshold when the plan begins."""
    sentences = []
    for group in exceeded_groups(evaluation):
        service, path = evaluation.safe_service[group], evaluation.risk_path[group]
        told = {
            "group": quoted(scenario.groups[group].label),
            "risk": figure(path[0][1]),
            "threshold": figure(evaluation.acceptable_risk[group]),
        }
        if service > 0:
            text = say(
                "{group} has no safe service left: its accumulated risk is {risk} when the plan begins, and its "
                "threshold is {threshold}, already at N = {service} years of equivalent service. Measures only slow "
                "the further growth of its risk.",
                **told,
                service=years(service),
            )
        else:
            text = say(
                "{group} has no safe service left: its accumulated risk is {risk} when the plan begins, and its "
                "threshold is {threshold}. Measures only slow the further growth of its risk.",
                **told,
            )
        sentences.append(text)
    return sentences


def unspent(scenario: Scenario, certificate: Certificate) -> str:
    """Return how much of the budget is left, in which years and why; empty where nothing is left."""
    left = {year: value for year, value in certificate.unspent.items() if value > 0}
    total = math.fsum(left.values())
    if not certificate.unspent_reason and total < 1e-9:
        return ""
    money, why = amount(scenario, total), sentence(certificate.unspent_reason)
    if 0 < len(left) < len(scenario.years):
        when = listed([str(year) for year in left])
        return say("{money} of the budget stays unspent ({years}). {why}", money=money, years=when, why=why).strip()
    return say("{money} of the budget stays unspent. {why}", money=money, why=why).strip()


def sentence(text: str) -> str:
    """Return a text that begins with a capital and ends with a full stop."""
    text = text.strip()
    if not text:
        return ""
    return text[0].upper() + text[1:] + ("" if text[-1] in ".!?" else ".")


def duties(scenario: Scenario, evaluation: Evaluation, who: str) -> str:
    """Return whether the legal duties are met, naming those that are not; empty where there are none.

    `who` is what a sentence calls the alternative.
    """
    missed = [scenario.measures[name].label for name, met in evaluation.duties.items() if not met]
    total = len(evaluation.duties)
    if not total:
        return ""
    if missed:
        names, count = _names(missed), len(missed)
        text = say(
            "{who} does not meet {missed} of {total} legal duties: {names}.",
            who=who,
            missed=count,
            total=total,
            names=names,
        )
    elif total == 1:
        text = say("{who} meets the one legal duty.", who=who)
    else:
        text = say("{who} meets all {total} legal duties.", who=who, total=total)
    return sentence(text)


def _names(labels: Sequence[str]) -> str:
    shown = [quoted(label) for label in labels[:_LISTED]]
    if len(labels) <= _LISTED:
        return listed(shown)
    return say("{names} and {n} more", names=", ".join(shown), n=len(labels) - _LISTED)


def legal_minimum(scenario: Scenario, evaluation: Evaluation, who: str) -> str:
    """Return whether the legal minimum of spending is kept in every year; empty where law sets none."""
    least = scenario.settings.budget.least_per_year
    if least <= 0:
        return ""
    told = {"least": amount(scenario, least), "who": who[0].lower() + who[1:]}
    below = _below(scenario, evaluation)
    if below:
        return say("Law wants at least {least} a year; {who} spends less in {years}.", **told, years=below)
    lowest = amount(scenario, min(evaluation.cost_by_year.values()))
    return say(
        "Law wants at least {least} a year; {who} spends {lowest} or more in every year of {years}.",
        **told,
        lowest=lowest,
        years=span(scenario.years),
    )


def shortcomings(scenario: Scenario, evaluation: Evaluation, who: str) -> list[str]:
    """Return what law demands and a strategy does not do: duties missed, years below the legal minimum."""
    found = [] if all(evaluation.duties.values()) else [duties(scenario, evaluation, who)]
    return [*found, legal_minimum(scenario, evaluation, who)] if _below(scenario, evaluation) else found


def _below(scenario: Scenario, evaluation: Evaluation) -> str:
    least = scenario.settings.budget.least_per_year
    return listed([str(year) for year, cost in evaluation.cost_by_year.items() if cost < least * (1 - 1e-9)])


_OPTIMAL = sayable(
    "The plan is proven the best for its objective, {objective}: it reaches {value}, and nothing within the limits "
    "does better."
)
_OPTIMAL_ROBUST = sayable(
    "The plan is proven the best for its objective, {objective} {sought}: it reaches {value}, and nothing within the "
    "limits does better."
)
_WITHIN = sayable(
    "The plan reaches {value} for its objective, {objective}; nothing within the limits goes beyond {bound}, so at "
    "most {gap} is missing."
)
_WITHIN_ROBUST = sayable(
    "The plan reaches {value} for its objective, {objective} {sought}; nothing within the limits goes beyond {bound}, "
    "so at most {gap} is missing."
)
_STOPPED = sayable(
    "The plan keeps every limit, but it is not proven the best: it reaches {value} for its objective, {objective}, and "
    "the bound is {bound}. The solver stopped because: {reason}."
)
_STOPPED_ROBUST = sayable(
    "The plan keeps every limit, but it is not proven the best: it reaches {value} for its objective, {objective} "
    "{sought}, and the bound is {bound}. The search stopped because: {reason}."
)
_PROOFS = {
    Status.OPTIMAL: (_OPTIMAL, _OPTIMAL_ROBUST),
    Status.WITHIN_GAP: (_WITHIN, _WITHIN_ROBUST),
    Status.FEASIBLE: (_STOPPED, _STOPPED_ROBUST),
}
"""What to say of a plan by its status, of a plain one and of a robust one."""


def proof(scenario: Scenario, plan: Plan) -> str:
    """Return how far the plan is proven to be the best, in words."""
    certificate = plan.certificate
    plain, robust = _PROOFS[certificate.status]
    told = {
        "objective": objective_words(scenario, certificate.objective),
        "value": objective_value(scenario, certificate.objective, certificate.value),
        "bound": objective_value(scenario, certificate.objective, certificate.bound),
        "gap": percent(certificate.gap, 4),
        "reason": certificate.reason,
    }
    if plan.robustness is None:
        return say(plain, **told)
    return say(robust, **told, sought=sought_words(plan.robustness))


def sought_words(found: Robustness) -> str:
    """Return over which draws a robust plan was sought."""
    draws = number(found.draws, 0)
    if found.measure == "mean":
        return say("in the mean of {draws} draws of what is uncertain", draws=draws)
    return say("in the mean of the worst {tail} of {draws} draws of what is uncertain", tail=tail(found), draws=draws)


def tail(found: Robustness) -> str:
    """Return the share of the worst draws that a robust plan was sought for."""
    return percent_of(1 - found.level)


def percent_of(share: float) -> str:
    """Return a share as a percentage of up to four digits."""
    return f"{figure(100 * share, 4)}{THIN}%"
