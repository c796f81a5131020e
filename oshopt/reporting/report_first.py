"""The first page of the report: what a director reads in a minute, each point with its condition and range."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from oshopt.language import say, say_count
from oshopt.model import (
    AfterHorizon,
    Assessment,
    Comparison,
    Economics,
    Outcome,
    Plan,
    PlanBands,
    Scenario,
    Status,
    Study,
)
from oshopt.reporting import answer
from oshopt.reporting.alternatives import Alternative, Role, alternatives
from oshopt.reporting.annex import annex
from oshopt.reporting.money_tables import is_priced
from oshopt.reporting.numbers import decimals_apart, money_words, number, percent, quoted, span, years
from oshopt.reporting.sentences import amount, duties, exceeded, legal_minimum, unspent
from oshopt.reporting.survey_tables import bands_sentence

_TILES = 4


@dataclass(frozen=True, slots=True)
class Tile:
    """One alternative at a glance, its condition beside its N."""

    label: str
    service: str
    unit: str
    condition: str
    money: str
    optimum: bool


@dataclass(frozen=True, slots=True)
class Point:
    """One point of the summary: what it answers, and the answer."""

    term: str
    texts: tuple[str, ...]


def tiles(scenario: Scenario, found: Sequence[Alternative]) -> list[Tile]:
    """Return doing nothing, the best given strategies, and the optimum: as many as stand in a row."""
    fixed = [a for a in found if a.role is not Role.STRATEGY]
    given = sorted((a for a in found if a.role is Role.STRATEGY), key=lambda a: (-a.shortest[1], a.label))
    shown = [*fixed, *given[: _TILES - len(fixed)]]
    decimals = decimals_apart(a.shortest[1] for a in shown)
    currency = scenario.settings.currency
    return [
        Tile(
            label=a.label,
            service=years(a.shortest[1], decimals),
            unit=say("years, shortest N") if len(scenario.groups) > 1 else say("years, N"),
            condition=answer.alternative_condition(scenario, a),
            money=say(
                "{money} {currency} over {years}",
                money=money_words(a.evaluation.cost),
                currency=currency,
                years=span(scenario.years),
            ),
            optimum=a.role is Role.OPTIMUM,
        )
        for a in found
        if a in shown
    ]


def summary_points(
    scenario: Scenario,
    comparison: Comparison,
    *,
    bands: PlanBands | None = None,
    study: Study | None = None,
    assessment: Assessment | None = None,
) -> list[Point]:
    """Return what is asked for, what it costs and brings, how sure that is, and what happens without it."""
    found = alternatives(comparison)
    lead, plan = answer.leader(found), comparison.optimum
    simulated = {outcome.strategy: outcome for outcome in study.outcomes} if study is not None else {}
    mine, nothing = simulated.get(lead.evaluation.strategy), simulated.get("do-nothing")
    points = [
        (say("What is asked"), _asked(scenario, lead, plan)),
        (say("What it costs"), _costs(scenario, lead, plan, comparison.economics.get(lead.evaluation.strategy))),
        (say("What it brings"), _brings(scenario, comparison, lead, mine, nothing)),
        (say("How sure it is"), _sure(scenario, plan, bands, mine)),
        (say("If nothing is done"), _nothing(scenario, found[0], lead, nothing)),
        (say("What law demands"), _legal(scenario, lead, assessment)),
    ]
    return [Point(term, texts) for term, told in points if (texts := tuple(text for text in told if text))]


def _asked(scenario: Scenario, lead: Alternative, plan: Plan | None) -> Iterator[str]:
    if lead.role is Role.NOTHING:
        return
    last, cost = scenario.years[-1], amount(scenario, lead.evaluation.cost)
    first = amount(scenario, lead.evaluation.cost_by_year.get(scenario.years[0], 0.0))
    if plan is None:
        yield say(
            "Choose {strategy}: {money} for {years}.",
            strategy=quoted(lead.label),
            money=cost,
            years=span(scenario.years),
        )
    elif len(scenario.years) > 1:
        yield say(
            "Approve {money} for {years}, {first} of it in {year}.",
            money=cost,
            years=span(scenario.years),
            first=first,
            year=scenario.years[0],
        )
    else:
        yield say("Approve {money} for {year}.", money=cost, year=last)
    if plan is not None:
        done = len(annex(scenario, plan).rows)
        yield say_count(
            "The plan carries out {n} measure of {all}; the agreement annex has it for signature.",
            "The plan carries out {n} measures of {all}; the agreement annex has them for signature.",
            done,
            n=done,
            all=len(scenario.measures),
        )
    renewal = lead.evaluation.yearly_renewal
    if scenario.settings.after_horizon is AfterHorizon.KEEP and renewal > 0:
        yield say(
            "To keep what it brings takes {money} in each year after {year}.",
            money=amount(scenario, renewal),
            year=last,
        )


def _costs(scenario: Scenario, lead: Alternative, plan: Plan | None, worth: Economics | None) -> Iterator[str]:
    if lead.role is Role.NOTHING:
        return
    extra = lead.evaluation.cost - lead.nothing.cost
    values = {"money": amount(scenario, abs(extra)), "years": span(scenario.years)}
    if lead.nothing.cost > 0 and extra > 0:
        yield say("{money} more than doing nothing costs over {years}.", **values)
    elif lead.nothing.cost > 0:
        yield say("{money} less than doing nothing costs over {years}.", **values)
    price = lead.economics.per_year_gained
    if price is not None and price > 0:
        yield say("Each year gained costs {money}, the years after the plan counted.", money=amount(scenario, price))
    if worth is not None and is_priced(scenario):
        present = amount(scenario, worth.net_present_value)
        if math.isfinite(worth.payback):
            payback = years(worth.payback)
            yield say("Net present value: {money}; payback in {years} years.", money=present, years=payback)
        else:
            yield say("Net present value: {money}; avoided losses do not pay the cost back.", money=present)
    if plan is not None:
        yield unspent(scenario, plan.certificate)


def _brings(
    scenario: Scenario, comparison: Comparison, lead: Alternative, mine: Outcome | None, nothing: Outcome | None
) -> Iterator[str]:
    if lead.role is Role.NOTHING:
        return
    gains = [lead.gain(group) for group in scenario.groups]
    if len(gains) > 1 and min(gains) > 0:
        least, most = years(min(gains)), years(max(gains))
        yield say("N becomes longer in every group, by {least} to {most} years.", least=least, most=most)
    elif len(gains) > 1:
        count = sum(gain > 0 for gain in gains)
        yield say_count(
            "N becomes longer in {n} group of {all}.",
            "N becomes longer in {n} groups of {all}.",
            count,
            n=count,
            all=len(gains),
        )
    if mine is None or nothing is None:
        yield from answer.case_sentences(scenario, comparison)
        return
    texts = {
        "cases": say(
            "Cases of disease over {years}, simulated: {after} in place of {before}.",
            years=span(scenario.years),
            **_pair(mine, nothing, "cases"),
        )
    }
    if nothing.totals["injuries"].mean > 0:
        texts["injuries"] = say("Injuries: {after} in place of {before}.", **_pair(mine, nothing, "injuries"))
    yield from texts.values()


def _pair(mine: Outcome, nothing: Outcome, name: str) -> dict[str, str]:
    """Return a simulated total under a plan and without it, each with the range of nine replications of ten."""
    return {"after": _ranged(mine, name), "before": _ranged(nothing, name)}


def _ranged(outcome: Outcome, name: str) -> str:
    one = outcome.totals[name]
    decimals = 1 if one.mean < 100 else 0
    mean, low, high = number(one.mean, decimals), number(one.p05, 0), number(one.p95, 0)
    return mean if low == high else say("{value} ({low} to {high})", value=mean, low=low, high=high)


def _sure(scenario: Scenario, plan: Plan | None, bands: PlanBands | None, mine: Outcome | None) -> Iterator[str]:
    if bands is not None:
        yield bands_sentence(scenario, bands)
    service = None if mine is None else mine.totals["safe_service"]
    if service is not None and service.p05 < service.p95:
        yield say(
            "With delays, overruns, shocks and chance, as simulated, it comes to {value} years ({low} to {high}).",
            value=years(service.mean),
            low=years(service.p05),
            high=years(service.p95),
        )
    if plan is None:
        return
    if plan.certificate.status is Status.OPTIMAL:
        yield say("For its aim the plan is proven the best; the proof is in the appendix.")
    elif plan.certificate.status is Status.WITHIN_GAP:
        missing = percent(plan.certificate.gap, 4)
        yield say("For its aim at most {share} is missing to the best plan; see the appendix.", share=missing)
    else:
        yield say("The plan keeps every limit, but it is not proven the best; see the appendix.")


def _nothing(scenario: Scenario, nothing: Alternative, lead: Alternative, simulated: Outcome | None) -> Iterator[str]:
    if lead.role is Role.NOTHING:
        return
    group, service = nothing.shortest
    if math.isfinite(service) and len(scenario.groups) > 1:
        label = quoted(scenario.groups[group].label)
        yield say("The shortest N stays at {years} years, that of {group}.", years=years(service), group=label)
    elif math.isfinite(service):
        yield say("N stays at {years} years.", years=years(service))
    yield from exceeded(scenario, nothing.evaluation)
    above = None if simulated is None else simulated.everybody["share_above"]
    if above is not None and above.p95[-1] > 0:
        yield say(
            "At the end of {year} {share} of the workers are above the acceptable risk ({low} to {high}).",
            year=scenario.years[-1],
            share=percent(above.mean[-1], 1),
            low=percent(above.p05[-1], 1),
            high=percent(above.p95[-1], 1),
        )
    missed, total = sum(not met for met in nothing.evaluation.duties.values()), len(nothing.evaluation.duties)
    if missed:
        yield say("Legal duties not met: {n} of {all}.", n=missed, all=total)


def _legal(scenario: Scenario, lead: Alternative, assessment: Assessment | None) -> Iterator[str]:
    who = answer.capital(answer.who(lead))
    yield duties(scenario, lead.evaluation, who)
    yield legal_minimum(scenario, lead.evaluation, who)
    if assessment is not None and assessment.compliance is not None:
        rows = [row for row in assessment.compliance.factors if row.entry.mandatory]
        missed = sum(row.met is False for row in rows)
        if missed:
            yield say(
                "Mandatory requirements missed today, by the compliance table: {n} of {all}.", n=missed, all=len(rows)
            )
