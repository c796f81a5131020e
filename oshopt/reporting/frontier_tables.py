"""Tables of a frontier: its points, the groups' N, where each measure enters, what is lacking, money by measure."""

from __future__ import annotations

import math

from oshopt.language import say, say_in
from oshopt.model import Basis, Crossing, Frontier, FrontierPoint, FundedSpan, Scenario, Sweep
from oshopt.model.words import status_words
from oshopt.reporting.frontier_words import (
    budget_head,
    least_cost_head,
    marginal_text,
    step_unit,
    value_head,
    value_text,
)
from oshopt.reporting.numbers import NOTHING, close, money, money_words, number, span, years
from oshopt.reporting.tables import Column, Table


def frontier_points(scenario: Scenario, frontier: Frontier) -> Table:
    """Return each point: money, the objective's value, what more money brings, effect, cases, cost, proof."""
    currency, over = scenario.settings.currency, span(scenario.years)
    targets = frontier.sweep is Sweep.TARGETS
    rows = []
    for i, point in enumerate(frontier.points):
        asked = value_text(frontier, point.asked) if targets else money(point.asked)
        first = [asked, NOTHING if point.money is None else money(point.money)] if targets else [asked]
        found = point.plan.evaluation if point.plan is not None else None
        figures = [NOTHING] * 3 if found is None else _figures(found.mean_effect, found.cases, found.cost)
        value = value_text(frontier, point.value)
        rows.append((*first, value, marginal_text(frontier, point), *figures, _proof(point), _mark(frontier, i)))
    step = money_words(step_unit(frontier))
    first = [_asked_head(scenario, frontier), *([least_cost_head(scenario)] if targets else [])]
    cost = say("cost {years}, {currency}", years=over, currency=currency)
    more = say("{money} more brings", money=step)
    heads = [*first, value_head(scenario, frontier), more, say("mean ε"), say("expected cases"), cost]
    others = (Column(head, numeric=True) for head in heads[1:])
    columns = (Column(heads[0]), *others, Column(say("proof")), Column(say("mark")))
    note = say(
        "What {money} {currency} more would bring is measured by solving once more with a little more money. Between "
        "two points nothing is said: only the points themselves are proven.",
        money=step,
        currency=currency,
    )
    title = say("The least cost of each target") if targets else say("The best plan for each budget")
    return Table(title, columns, tuple(rows), note)


def _proof(point: FrontierPoint) -> str:
    return say("infeasible") if point.plan is None else status_words(point.plan.certificate.status)


def _figures(effect: float, cases: float, cost: float) -> list[str]:
    return [number(effect, 4), number(cases, 2), money(cost)]


def _mark(frontier: Frontier, position: int) -> str:
    marks = []
    if frontier.sweep is Sweep.BUDGETS and close(frontier.points[position].asked, frontier.today):
        marks.append(say("today"))
    if frontier.knee is not None and frontier.knee.point == position:
        marks.append(say("knee"))
    return ", ".join(marks)


def frontier_groups(scenario: Scenario, frontier: Frontier) -> Table:
    """Return N of every group at each point; no rows where there is one group."""
    rows = []
    for point in frontier.points if len(scenario.groups) > 1 else ():
        table = None if point.plan is None else point.plan.evaluation.safe_service
        cells = [NOTHING if table is None else years(table[name], 2) for name in scenario.groups]
        rows.append((_asked(frontier, point.asked), *cells))
    heads = [group.label for group in scenario.groups.values()]
    columns = (Column(_asked_head(scenario, frontier)), *(Column(head, numeric=True) for head in heads))
    return Table(say("N of each group, years"), columns, tuple(rows))


def _asked(frontier: Frontier, asked: float) -> str:
    return money(asked) if frontier.sweep is Sweep.BUDGETS else value_text(frontier, asked)


def _asked_head(scenario: Scenario, frontier: Frontier) -> str:
    if frontier.sweep is Sweep.TARGETS:
        return say("target: {value}", value=value_head(scenario, frontier))
    return budget_head(scenario, frontier)


def frontier_entries(scenario: Scenario, frontier: Frontier) -> Table:
    """Return for every measure the budgets at which it enters and leaves the plan, those that enter first in front."""
    rows = []
    for name in sorted(frontier.funded, key=lambda name: (_first(frontier.funded[name]), name)):
        measure, spans = scenario.measures[name], frontier.funded[name]
        head = (measure.label, number(scenario.weights[name], 4))
        if not spans:
            rows.append((*head, _why_never(scenario, name), NOTHING, NOTHING))
        for found in spans:
            enters = say("from the least budget on") if found.enters is None else money(found.enters.at)
            leaves = NOTHING if found.leaves is None else money(found.leaves.at)
            rows.append((*head, enters, leaves, _verified(found)))
    columns = (
        Column(say("measure")),
        Column(say("weight k"), numeric=True),
        Column(_from_head(scenario, frontier), numeric=True),
        Column(say_in("budget", "until"), numeric=True),
        Column(say("plans differ between"), prose=True),
    )
    note = say(
        "Each change of the answer is narrowed down to {precision} {currency} and verified by solving on both sides; "
        "a measure that is in the plan only within a step of {step} or less may be missed. Of measures of equal worth "
        "the one first by its id goes first.",
        precision=money(frontier.precision),
        currency=scenario.settings.currency,
        step=money(frontier.resolution),
    )
    return Table(say("From which budget each measure gets money"), columns, tuple(rows), note)


def _from_head(scenario: Scenario, frontier: Frontier) -> str:
    currency = scenario.settings.currency
    if frontier.basis is Basis.YEAR:
        return say("gets money from, {currency} a year", currency=currency)
    if len(scenario.years) == 1:
        return say("gets money from, {currency} in {year}", currency=currency, year=scenario.years[0])
    return say("gets money from, {currency} over {years}", currency=currency, years=span(scenario.years))


def _first(spans: tuple[FundedSpan, ...]) -> float:
    if not spans:
        return math.inf
    return -1.0 if spans[0].enters is None else spans[0].enters.at


def _why_never(scenario: Scenario, name: str) -> str:
    if scenario.full_cost(name) == 0:
        return say("costs nothing")
    return say("in force in full already") if scenario.measures[name].status_quo >= 1 else say("never")


def _verified(found: FundedSpan) -> str:
    sides = [_sides(crossing) for crossing in (found.enters, found.leaves) if crossing is not None]
    return "; ".join(sides) or NOTHING


def _sides(crossing: Crossing) -> str:
    return say("{low} and {high}", low=money(crossing.below), high=money(crossing.above))


def frontier_lacking(scenario: Scenario, frontier: Frontier) -> Table:
    """Return the points without a plan and what each lacks."""
    rows = [(_asked(frontier, point.asked), " ".join(point.lacking)) for point in frontier.points if point.plan is None]
    columns = (Column(_asked_head(scenario, frontier)), Column(say("what is lacking"), prose=True))
    return Table(say("Points without a plan"), columns, tuple(rows))


def frontier_money(scenario: Scenario, frontier: Frontier) -> Table:
    """Return money for new shares of every measure at each point that has a plan, over the horizon."""
    shown = [point for point in frontier.points if point.plan is not None]
    rows = []
    for name, measure in scenario.measures.items():
        cells = [money(math.fsum(point.plan.spend[name].values())) for point in shown if point.plan is not None]
        rows.append((measure.label, *cells))
    columns = (Column(say("measure")), *(Column(_asked(frontier, point.asked), numeric=True) for point in shown))
    return Table(_money_title(scenario, frontier), columns, tuple(rows) if shown else ())


def _money_title(scenario: Scenario, frontier: Frontier) -> str:
    values = {"years": span(scenario.years), "currency": scenario.settings.currency}
    if frontier.sweep is Sweep.TARGETS:
        return say("Money for new shares over {years} by measure and target, {currency}", **values)
    if frontier.basis is Basis.YEAR:
        return say("Money for new shares over {years} by measure and budget a year, {currency}", **values)
    return say("Money for new shares over {years} by measure and budget, {currency}", **values)
