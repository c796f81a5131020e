"""Tables of a frontier: its points, the groups' N, where each measure enters, what is lacking, money by measure."""

from __future__ import annotations

import math

from oshopt.model import Crossing, Frontier, FundedSpan, Scenario, Sweep
from oshopt.reporting.frontier_words import least_cost, marginal_text, per, step_unit, value_head, value_text
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
        rows.append((*first, value, marginal_text(frontier, point), *figures, point.status, _mark(frontier, i)))
    unit = f"{money_words(step_unit(frontier))} more brings"
    first = (
        [f"target: {value_head(scenario, frontier)}", f"{least_cost(scenario)}, {currency}"]
        if targets
        else [f"budget {per(scenario, frontier)}, {currency}"]
    )
    heads = [*first, value_head(scenario, frontier), unit, "mean ε", "expected cases", f"cost {over}, {currency}"]
    others = (Column(head, numeric=True) for head in heads[1:])
    columns = (Column(heads[0]), *others, Column("proof"), Column("mark"))
    note = (
        f"What {money_words(step_unit(frontier))} {currency} more would bring is measured by solving once more with a "
        "little more money. Between two points nothing is said: only the points themselves are proven."
    )
    title = "The least cost of each target" if targets else "The best plan for each budget"
    return Table(title, columns, tuple(rows), note)


def _figures(effect: float, cases: float, cost: float) -> list[str]:
    return [number(effect, 4), number(cases, 2), money(cost)]


def _mark(frontier: Frontier, position: int) -> str:
    marks = []
    if frontier.sweep is Sweep.BUDGETS and close(frontier.points[position].asked, frontier.today):
        marks.append("today")
    if frontier.knee is not None and frontier.knee.point == position:
        marks.append("knee")
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
    return Table("N of each group, years", columns, tuple(rows))


def _asked(frontier: Frontier, asked: float) -> str:
    return money(asked) if frontier.sweep is Sweep.BUDGETS else value_text(frontier, asked)


def _asked_head(scenario: Scenario, frontier: Frontier) -> str:
    if frontier.sweep is Sweep.TARGETS:
        return f"target: {value_head(scenario, frontier)}"
    return f"budget {per(scenario, frontier)}, {scenario.settings.currency}"


def frontier_entries(scenario: Scenario, frontier: Frontier) -> Table:
    """Return for every measure the budgets at which it enters and leaves the plan, those that enter first in front."""
    rows = []
    for name in sorted(frontier.funded, key=lambda name: (_first(frontier.funded[name]), name)):
        measure, spans = scenario.measures[name], frontier.funded[name]
        head = (measure.label, number(scenario.weights[name], 4))
        if not spans:
            rows.append((*head, _why_never(scenario, name), NOTHING, NOTHING))
        for found in spans:
            enters = "from the least budget on" if found.enters is None else money(found.enters.at)
            leaves = NOTHING if found.leaves is None else money(found.leaves.at)
            rows.append((*head, enters, leaves, _verified(found)))
    currency = f"{scenario.settings.currency} {per(scenario, frontier)}"
    columns = (
        Column("measure"),
        Column("weight k", numeric=True),
        Column(f"gets money from, {currency}", numeric=True),
        Column("until", numeric=True),
        Column("plans differ between", prose=True),
    )
    note = (
        f"Each change of the answer is narrowed down to {money(frontier.precision)} {scenario.settings.currency} and "
        f"verified by solving on both sides; a measure that is in the plan only within a step of "
        f"{money(frontier.resolution)} or less may be missed. Of measures of equal worth the one first by its id goes "
        "first."
    )
    return Table("From which budget each measure gets money", columns, tuple(rows), note)


def _first(spans: tuple[FundedSpan, ...]) -> float:
    if not spans:
        return math.inf
    return -1.0 if spans[0].enters is None else spans[0].enters.at


def _why_never(scenario: Scenario, name: str) -> str:
    if scenario.full_cost(name) == 0:
        return "costs nothing"
    return "in force in full already" if scenario.measures[name].status_quo >= 1 else "never"


def _verified(found: FundedSpan) -> str:
    sides = [_sides(crossing) for crossing in (found.enters, found.leaves) if crossing is not None]
    return "; ".join(sides) or NOTHING


def _sides(crossing: Crossing) -> str:
    return f"{money(crossing.below)} and {money(crossing.above)}"


def frontier_lacking(scenario: Scenario, frontier: Frontier) -> Table:
    """Return the points without a plan and what each lacks."""
    rows = [(_asked(frontier, point.asked), " ".join(point.lacking)) for point in frontier.points if point.plan is None]
    columns = (Column(_asked_head(scenario, frontier)), Column("what is lacking", prose=True))
    return Table("Points without a plan", columns, tuple(rows))


def frontier_money(scenario: Scenario, frontier: Frontier) -> Table:
    """Return money for new shares of every measure at each point that has a plan, over the horizon."""
    shown = [point for point in frontier.points if point.plan is not None]
    rows = []
    for name, measure in scenario.measures.items():
        cells = [money(math.fsum(point.plan.spend[name].values())) for point in shown if point.plan is not None]
        rows.append((measure.label, *cells))
    columns = (Column("measure"), *(Column(_asked(frontier, point.asked), numeric=True) for point in shown))
    what = "target" if frontier.sweep is Sweep.TARGETS else f"budget {per(scenario, frontier)}"
    title = f"Money for new shares over {span(scenario.years)} by measure and {what}, {scenario.settings.currency}"
    return Table(title, columns, tuple(rows) if shown else ())
