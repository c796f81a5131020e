"""The independent check of a plan: every limit recomputed from shares and money, without the program that made them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from oshopt.allocation.formulation import Task
from oshopt.language import numeral, say
from oshopt.model import Evaluation, Scenario, limit_words
from oshopt.risk import ScenarioArrays, effect, purchases
from oshopt.risk.funding import renewal_lacking
from oshopt.risk.purchases import Purchases
from oshopt.risk.service import Floats

TIGHT = 1e-7
"""A relative slack below this is none."""


@dataclass(frozen=True, slots=True)
class Slack:
    """How far a plan is inside one limit, relative to the limit's size; negative if outside."""

    name: str
    text: str
    size: float


def slacks(scenario: Scenario, task: Task, bought: Purchases, payments: Floats, evaluation: Evaluation) -> list[Slack]:
    """Return the slack of every limit on money, duty, relation, rule and target.

    `payments` is money of lines, shape (L, M, T). Bounds of shares and the sums of lines are judged as limits too, so
    that a wrong answer of a solver shows.
    """
    cost = bought.cost + effect.upkeep(task.arrays, bought.share, _kept(task))
    return [
        *_share_slacks(task, bought),
        *_budget_slacks(task, cost),
        *_line_slacks(task, cost, bought, payments),
        *_after_slacks(task, bought),
        *_relation_slacks(task, bought),
        *_rule_slacks(task, bought),
        *_demand_slacks(scenario, task, evaluation),
    ]


def _kept(task: Task) -> Floats:
    arrays = task.arrays
    return np.repeat(arrays.status_quo[:, None], len(arrays.years), axis=1)


def _relative(limit: float, found: float) -> float:
    return (limit - found) / max(abs(limit), abs(found), 1e-300)


def _share_slacks(task: Task, bought: Purchases) -> list[Slack]:
    arrays = task.arrays
    low = float(bought.extent.min(initial=0.0))
    high = float((arrays.room[:, None] - bought.extent).min(initial=0.0))
    divisible = np.ones(len(arrays.measures), dtype=bool)
    divisible[list(arrays.choices)] = False
    small = np.where(bought.begun & divisible[:, None], bought.extent - arrays.least[:, None], 0.0)
    twice = int(bought.begun[arrays.once].sum(axis=1).max(initial=0)) - 1
    decided = [bought.extent[m, t] - extent for m, t, extent in task.decided]
    return [
        Slack("shares at least 0", "", low or 1.0),
        Slack("shares within room", "", high or 1.0),
        Slack("shares at least the minimum", "", float(small.min(initial=0.0)) or 1.0),
        Slack("bought once", "", float(-max(0, twice)) or 1.0),
        Slack("decided already", "", -float(np.abs(decided).max(initial=0.0)) or 1.0),
        Slack("ways to buy", "", _way_slack(arrays, bought)),
    ]


def _way_slack(arrays: ScenarioArrays, bought: Purchases) -> float:
    """Return how far purchases of whole and levelled measures are from a way that exists."""
    away = 0.0
    for row, choices in arrays.choices.items():
        known = np.append(choices.extent, 0.0)
        away = max(away, float(np.abs(bought.extent[row][:, None] - known).min(axis=1).max()))
    return -away or 1.0


def _budget_slacks(task: Task, cost: Floats) -> list[Slack]:
    funding, years = task.funding, task.arrays.years
    found = []
    for year, limit, spent in zip(years, funding.per_year.tolist(), cost.sum(axis=0).tolist(), strict=True):
        if np.isfinite(limit):
            text = say("the money of {year} is spent in full", year=year)
            found.append(Slack(f"budget {year}", text, _relative(limit, spent)))
        if funding.least_per_year > 0:
            text = say("{year} spends no more than the legal minimum", year=year)
            found.append(Slack(f"legal minimum {year}", text, -_relative(funding.least_per_year, spent)))
    if np.isfinite(funding.total):
        size = _relative(funding.total, float(cost.sum()))
        found.append(Slack("budget total", say("the money of the whole horizon is spent in full"), size))
    return found


def _line_slacks(task: Task, cost: Floats, bought: Purchases, payments: Floats) -> list[Slack]:
    funding, years = task.funding, task.arrays.years
    if not funding.lines:
        return []
    scale = max(float(cost.max(initial=0.0)), 1e-300)
    mismatch = float(np.abs(payments.sum(axis=0) - cost).max(initial=0.0)) / scale
    strayed = float(np.abs((payments - bought.named) * ~funding.eligible[:, :, None]).max(initial=0.0)) / scale
    below = float((payments - bought.named).min(initial=0.0)) / scale
    found = [Slack("lines pay every cost", "", -max(mismatch, strayed, -below) or 1.0)]
    for line, name in enumerate(funding.lines):
        for t, year in enumerate(years):
            first = 0 if funding.carry_over[line] else t
            limit = float(funding.amount[line, first : t + 1].sum())
            size = _relative(limit, float(payments[line, :, first : t + 1].sum()))
            if limit > 0 or size < 0:
                text = say("line {line} has nothing left in {year}", line=name, year=year)
                found.append(Slack(f"line {name} {year}", text, size))
    return found


def _after_slacks(task: Task, bought: Purchases) -> list[Slack]:
    if not task.keep:
        return []
    renewal, named = purchases.renewal(task.arrays, bought, _kept(task))
    need, last = float(renewal.sum()), task.funding.last_year
    lacking = renewal_lacking(task.funding, renewal, named)
    text = say("keeping the last year's effect takes all of the last year's money")
    size = _relative(last, need) if np.isfinite(last) else 1.0
    return [Slack("renewal", text, -lacking / need if lacking > 0 else max(0.0, size))]


def _relation_slacks(task: Task, bought: Purchases) -> list[Slack]:
    names = task.arrays.measures
    broken = [f"{names[row]} with {names[other]}" for row, other in purchases.conflicts(task.arrays, bought)]
    return [Slack(f"relation of {pair}", "", -1.0) for pair in broken]


def _rule_slacks(task: Task, bought: Purchases) -> list[Slack]:
    found = []
    for span in task.rules:
        over = span.over(task.arrays, bought, bought.cost)
        has, rule = span.found(task.arrays, bought, bought.cost), span.rule
        near = [_relative(limit, has) for limit in (rule.at_least, rule.at_most) if limit is not None]
        size = -over if over else min(abs(slack) for slack in near)
        found.append(Slack(f"rule {span.name}", say("the rule {rule} allows no more of this", rule=span.name), size))
    return found


def _demand_slacks(scenario: Scenario, task: Task, evaluation: Evaluation) -> list[Slack]:
    found = []
    for name, met in evaluation.duties.items():
        label = scenario.measures[name].label
        found.append(Slack(f"duty {name}", say("the law demands {measure}", measure=label), 0.0 if met else -1.0))
    for limit in task.limits:
        value = numeral(f"{limit.value:,.10g}")
        text = say("{limit} is just at its limit of {value}", limit=limit_words(limit.name), value=value)
        found.append(Slack(f"limit {limit.name}", text, limit.slack(task.found(limit, evaluation))))
    return found
