"""Where an enterprise stands, in words and tables: scorecard, compliance, goals, outputs, money against gaps."""

from __future__ import annotations

import math

from oshopt.language import say, say_count, say_in, sayable
from oshopt.model import Assessment, Category, Compliance, Scorecard, category_words
from oshopt.model.assessment import (
    Compliant,
    GroupLevel,
)
from oshopt.reporting.numbers import figure, listed, number, percent, plain_name, quoted
from oshopt.reporting.simulated import strategy_name

_TOLD = 5
_STATUSES = {
    Compliant.YES: sayable("compliant"),
    Compliant.NO: sayable("not compliant"),
    Compliant.UNKNOWN: sayable("not known"),
}


def points(value: float) -> str:
    """Return points: whole where they are, ∞ without an upper end."""
    return number(value, 0) if math.isinf(value) or float(value).is_integer() else figure(value)


def assessed_headline(found: Assessment) -> str:
    """Return where the enterprise stands in one sentence."""
    parts = []
    if found.scorecard is not None:
        parts.append(_points_in_all(found.scorecard))
    if found.compliance is not None:
        parts.append(_level_in_all(found.compliance.total))
    text = "; ".join(parts) or say("there is nothing to assess")
    return f"{text[:1].upper()}{text[1:]}."


def _in_list(group: Category) -> str:
    return say_in("list of groups", "{group}", group=category_words(group))


def _points_in_all(card: Scorecard) -> str:
    values = {"points": points(card.low), "most": points(card.greatest)}
    if not card.unbounded:
        return say("the scorecard gives {points} points of at most {most}", **values)
    return say(
        "the scorecard gives {points} points of at most {most} (beside {indicators}, which have no upper end)",
        **values,
        indicators=listed(card.unbounded),
    )


def _level_in_all(total: GroupLevel) -> str:
    level = percent(total.low)
    if total.status is Compliant.YES:
        return say(
            "compliance, the initial level of safety, is at {level}, and every mandatory requirement is met",
            level=level,
        )
    if total.status is Compliant.NO:
        count = len(total.failures)
        return say_count(
            "compliance, the initial level of safety, is at {level}, and {n} mandatory requirement missed makes it not "
            "compliant",
            "compliance, the initial level of safety, is at {level}, and {n} mandatory requirements missed make it not "
            "compliant",
            count,
            level=level,
            n=count,
        )
    count = len(total.missing)
    return say_count(
        "compliance, the initial level of safety, is at {level}, and {n} level that is not known leaves open whether "
        "it is compliant",
        "compliance, the initial level of safety, is at {level}, and {n} levels that are not known leave open whether "
        "it is compliant",
        count,
        level=level,
        n=count,
    )


def assessed_sentences(found: Assessment) -> list[str]:
    """Return what a reader must know after the headline."""
    told: list[str] = []
    if found.scorecard is not None:
        told += _of_scorecard(found.scorecard)
    if found.compliance is not None:
        told += _of_compliance(found.compliance)
    for name, rows in found.money.items():
        left = [_in_list(row.group) for row in rows if row.neglected]
        if left:
            told.append(
                say(
                    "{strategy} neglects {groups}: {gap} of the gaps, {share} of the new money.",
                    strategy=quoted(strategy_name(name)),
                    groups=listed(left),
                    gap=percent(math.fsum(row.gap_share for row in rows if row.neglected)),
                    share=percent(math.fsum(row.money_share for row in rows if row.neglected)),
                )
            )
    return told


def _of_scorecard(card: Scorecard) -> list[str]:
    told = [say("Possible are {least} to {most} points.", least=points(card.least), most=points(card.greatest))]
    if card.readings:
        told.append(say("Points that the source leaves open are read by {readings}.", readings=listed(card.readings)))
    if card.missing:
        told.append(_unanswered(card))
    lost = sorted((i for i in card.indicators if i.lost), key=lambda i: (-(i.lost or 0.0), i.number))
    able = [i for i in lost if i.plannable][:_TOLD]
    if able:
        named = [f"{i.number} ({points(i.lost or 0.0)})" for i in able]
        told.append(
            say("Most points that money can win are lost with indicators {indicators}.", indicators=listed(named))
        )
    return told


def _unanswered(card: Scorecard) -> str:
    count = len(card.missing)
    if math.isinf(card.high):
        return say_count(
            "{n} answer is missing; the best ones would bring the total without an upper end.",
            "{n} answers are missing; the best ones would bring the total without an upper end.",
            count,
            n=count,
        )
    return say_count(
        "{n} answer is missing; the best ones would bring the total up to {points}.",
        "{n} answers are missing; the best ones would bring the total up to {points}.",
        count,
        n=count,
        points=points(card.high),
    )


def _of_compliance(found: Compliance) -> list[str]:
    told, total = [], found.total
    if total.failures:
        shown = "; ".join(named(found, key) for key in total.failures[:_TOLD])
        rest = len(total.failures) - _TOLD
        if rest > 0:
            told.append(say("Mandatory and missed: {factors}, and {n} more.", factors=shown, n=rest))
        else:
            told.append(say("Mandatory and missed: {factors}.", factors=shown))
    if total.missing:
        count = len(total.missing)
        told.append(
            say_count(
                "{n} level is not known; the best ones would bring compliance to {level}.",
                "{n} levels are not known; the best ones would bring compliance to {level}.",
                count,
                n=count,
                level=percent(total.high),
            )
        )
    weakest = min(Category, key=lambda group: found.groups[group.value].low)
    low = found.groups[weakest.value].low
    if low < 1:
        group = category_words(weakest)
        told.append(say("The weakest input group is {group}, at {level}.", group=group, level=percent(low)))
    if found.goals:
        reached = sum(goal.met is True for goal in found.goals)
        told.append(say("{reached} of {all} goals are reached.", reached=reached, all=len(found.goals)))
    return told


def named(found: Compliance, key: str) -> str:
    """Return what a row of compliance is about, with its workplace."""
    texts = {factor.key: factor.text for factor in found.factors}
    text, workplace = plain_name(texts.get(key, key)), key.partition(".")[2]
    return f"{text} ({plain_name(workplace)})" if workplace else text


def status_name(status: Compliant) -> str:
    """Return whether every mandatory requirement is met, in words."""
    return say(_STATUSES[status])
