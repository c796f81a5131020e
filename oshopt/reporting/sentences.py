"""Sentences that several parts of the report share: conditions, duties, money left, proof, control levels.

Every figure in them comes from a result; nothing is solved or evaluated here.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from oshopt.language import sayable
from oshopt.model import AfterHorizon, Certificate, Control, Evaluation, Plan, Robustness, Scenario, Status
from oshopt.reporting.alternatives import Alternative, exceeded_groups
from oshopt.reporting.numbers import SPACE, THIN, figure, listed, money_words, number, percent, quoted, span, years

NOT_STATED = "not stated"
"""Control level or category of a measure that names none."""
GUARANTEE = sayable(
    "Years of safe service are a model's figure, never a guarantee: risk is taken to grow evenly, and N is the length "
    "of service, counted from zero risk, at which it reaches the acceptable value."
)

_OBJECTIVES = {
    "safe_service": "the longest safe service of the group that reaches its threshold first",
    "remaining_service": "the longest remaining service of the group with least time left",
    "effect": "the largest mean effect on the growth of risk",
    "cases": "the fewest expected cases over the horizon",
    "cost": "the least cost",
}
_LEANS = 0.5
_LISTED = 8


def amount(scenario: Scenario, value: float) -> str:
    """Return money in words with the scenario's currency."""
    return f"{money_words(value)}{SPACE}{scenario.settings.currency}"


def condition(scenario: Scenario, evaluation: Evaluation) -> str:
    """Return the money condition under which an evaluation's N holds: `if 300 000 units a year goes on`."""
    last = scenario.years[-1]
    if scenario.settings.after_horizon is AfterHorizon.LAPSE:
        return f"if nothing is renewed after {last}"
    renewal = evaluation.yearly_renewal
    if renewal <= 0:
        bought = any(value > 0 for row in evaluation.in_force.values() for value in row.values())
        return f"if what is in force in {last} stays so without money" if bought else "if things go on as today"
    one_round = len(scenario.years) == 1 and math.isclose(renewal, evaluation.cost, rel_tol=1e-3)
    return f"if {amount(scenario, renewal)} a year goes on" + ("" if one_round else f" after {last}")


def increments(scenario: Scenario) -> str:
    """Return the second condition of every N: today's increment holds."""
    if len(scenario.groups) == 1:
        group = next(iter(scenario.groups.values()))
        return f"dR = {figure(group.risk_increment, 6)} a year holds"
    return "today's yearly increments dR hold"


def objective_words(scenario: Scenario, objective: str) -> str:
    """Return what a plan was made for, in words."""
    if len(scenario.groups) == 1 and objective in ("safe_service", "remaining_service"):
        return f"the longest {objective.replace('_', ' ')}"
    return _OBJECTIVES.get(objective, objective.replace("_", " "))


def objective_value(scenario: Scenario, objective: str, value: float) -> str:
    """Return a value of the objective with its unit."""
    if math.isinf(value):
        return "∞ (never reached)"
    if objective in ("safe_service", "remaining_service"):
        return f"{figure(value, 8)} years"
    if objective in ("cost", "net_benefit"):
        return f"{figure(value, 8)} {scenario.settings.currency}"
    return f"{figure(value, 6)} cases" if objective == "cases" else figure(value, 6)


def exceeded(scenario: Scenario, evaluation: Evaluation) -> list[str]:
    """Return a sentence for each group that is at or past its threshold when the plan begins."""
    sentences = []
    for group in exceeded_groups(evaluation):
        service, path = evaluation.safe_service[group], evaluation.risk_path[group]
        at = f", already at N = {years(service)} years of equivalent service" if service > 0 else ""
        sentences.append(
            f"{quoted(scenario.groups[group].label)} has no safe service left: its accumulated risk is "
            f"{figure(path[0][1])} when the plan begins, and its threshold is "
            f"{figure(evaluation.acceptable_risk[group])}{at}. Measures only slow the further growth of its risk."
        )
    return sentences


def unspent(scenario: Scenario, certificate: Certificate) -> str:
    """Return how much of the budget is left, in which years and why; empty where nothing is left."""
    left = {year: value for year, value in certificate.unspent.items() if value > 0}
    total = math.fsum(left.values())
    if not certificate.unspent_reason and total < 1e-9:
        return ""
    when = f" ({listed([str(year) for year in left])})" if 0 < len(left) < len(scenario.years) else ""
    return (
        f"{amount(scenario, total)} of the budget stays unspent{when}. {sentence(certificate.unspent_reason)}".strip()
    )


def sentence(text: str) -> str:
    """Return a text that begins with a capital and ends with a full stop."""
    text = text.strip()
    if not text:
        return ""
    return text[0].upper() + text[1:] + ("" if text[-1] in ".!?" else ".")


def duties(scenario: Scenario, evaluation: Evaluation, who: str) -> str:
    """Return whether the legal duties are met, naming those that are not; empty where there are none."""
    missed = [scenario.measures[name].label for name, met in evaluation.duties.items() if not met]
    total = len(evaluation.duties)
    if not total:
        return ""
    if not missed:
        return f"{who} meets the one legal duty." if total == 1 else f"{who} meets all {total} legal duties."
    return f"{who} does not meet {len(missed)} of {total} legal duties: {_names(missed)}."


def _names(labels: Sequence[str]) -> str:
    shown = [quoted(label) for label in labels[:_LISTED]]
    return listed(shown) if len(labels) <= _LISTED else f"{', '.join(shown)} and {len(labels) - _LISTED} more"


def legal_minimum(scenario: Scenario, evaluation: Evaluation, who: str) -> str:
    """Return whether the legal minimum of spending is kept in every year; empty where law sets none."""
    least = scenario.settings.budget.least_per_year
    if least <= 0:
        return ""
    start = f"Law wants at least {amount(scenario, least)} a year; {_lower(who)} spends"
    below = _below(scenario, evaluation)
    if below:
        return f"{start} less in {below}."
    lowest = min(evaluation.cost_by_year.values())
    return f"{start} {amount(scenario, lowest)} or more in every year of {span(scenario.years)}."


def shortcomings(scenario: Scenario, evaluation: Evaluation, who: str) -> list[str]:
    """Return what law demands and a strategy does not do: duties missed, years below the legal minimum."""
    found = [] if all(evaluation.duties.values()) else [duties(scenario, evaluation, who)]
    return [*found, legal_minimum(scenario, evaluation, who)] if _below(scenario, evaluation) else found


def _below(scenario: Scenario, evaluation: Evaluation) -> str:
    least = scenario.settings.budget.least_per_year
    return listed([str(year) for year, cost in evaluation.cost_by_year.items() if cost < least * (1 - 1e-9)])


def _lower(who: str) -> str:
    return who[0].lower() + who[1:]


def proof(scenario: Scenario, plan: Plan) -> str:
    """Return how far the plan is proven to be the best, in words."""
    certificate = plan.certificate
    sought = f"for its objective, {objective_words(scenario, certificate.objective)}"
    if plan.robustness is not None:
        sought += f" {sought_words(plan.robustness)}"
    value = objective_value(scenario, certificate.objective, certificate.value)
    bound = objective_value(scenario, certificate.objective, certificate.bound)
    if certificate.status is Status.OPTIMAL:
        return f"The plan is proven the best {sought}: it reaches {value}, and nothing within the limits does better."
    if certificate.status is Status.WITHIN_GAP:
        return (
            f"The plan reaches {value} {sought}; nothing within the limits goes beyond {bound}, so at most "
            f"{percent(certificate.gap, 4)} is missing."
        )
    stopped = "search" if plan.robustness is not None else "solver"
    return (
        f"The plan keeps every limit, but it is not proven the best: it reaches {value} {sought}, and the bound is "
        f"{bound}. The {stopped} stopped because: {certificate.reason}."
    )


def sought_words(found: Robustness) -> str:
    """Return over which draws a robust plan was sought."""
    draws = f"{number(found.draws, 0)} draws of what is uncertain"
    return (
        f"in the mean of {draws}" if found.measure == "mean" else f"in the mean of the worst {tail(found)} of {draws}"
    )


def tail(found: Robustness) -> str:
    """Return the share of the worst draws that a robust plan was sought for."""
    return percent_of(1 - found.level)


def percent_of(share: float) -> str:
    """Return a share as a percentage of up to four digits."""
    return f"{figure(100 * share, 4)}{THIN}%"


def control_levels(scenario: Scenario) -> dict[str, str]:
    """Return the control level of each measure, `not stated` where it has none."""
    return {name: m.control.value if m.control else NOT_STATED for name, m in scenario.measures.items()}


def categories(scenario: Scenario) -> dict[str, str]:
    """Return the category of each measure, `not stated` where it has none."""
    return {name: m.category.value if m.category else NOT_STATED for name, m in scenario.measures.items()}


def control(scenario: Scenario, spenders: Sequence[tuple[str, Alternative]]) -> list[str]:
    """Return what the money of each named alternative says about its place in the hierarchy of controls."""
    key = control_levels(scenario)
    told = []
    for who, alternative in spenders:
        sums = alternative.money_by(key)
        total = math.fsum(sums.values())
        if sums.get(NOT_STATED, 0.0) < total * (1 - 1e-9):
            share = {name: value / total for name, value in sums.items()}
            weak = [share.get(level.value, 0.0) for level in (Control.PROTECTIVE, Control.ADMINISTRATIVE)]
            told.append(_leaning(who, weak, _strong(share), share.get(NOT_STATED, 0.0)))
    return told or ["No measure that gets money states its level of control."]


def _strong(share: dict[str, float]) -> float:
    levels: Iterable[Control] = (Control.ELIMINATION, Control.SUBSTITUTION, Control.ENGINEERING)
    return math.fsum(share.get(level.value, 0.0) for level in levels)


def _leaning(who: str, weak: Sequence[float], strong: float, unknown: float) -> str:
    protective, administrative = weak
    rest = f", {percent(strong)} to eliminating, substituting or engineering the hazard away"
    rest += f", {percent(unknown)} to measures whose level is not stated." if unknown > 0 else "."
    if protective >= _LEANS:
        return (
            f"{who} leans on protective equipment: {percent(protective)} of its money goes to this weakest level of "
            f"control, {percent(administrative)} to administrative measures{rest}"
        )
    both = f"{percent(protective)} of its money goes to protective equipment and {percent(administrative)} to "
    if protective + administrative >= _LEANS:
        return f"{who} leans on the two weakest levels of control: {both}administrative measures{rest}"
    return f"{who}: {both}administrative measures{rest}"
