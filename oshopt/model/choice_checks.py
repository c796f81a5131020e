"""Checks of how measures can be bought: levels and curves, prices by line and year, bounds, rules."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from itertools import pairwise

from oshopt.model.check_tools import Draft, outside_horizon, problem_at, unknown
from oshopt.model.measure import Category, Control, CostEntry, Kind, Level
from oshopt.model.problems import Problem
from oshopt.model.settings import Rule, RuleOn
from oshopt.model.tables import row_key

SAME_MONEY = 1e-9
"""Relative difference of two amounts that are meant to be the same."""


def bound_checks(draft: Draft) -> Iterator[Problem]:
    """Yield problems of `minimum` and `fixed_cost`."""
    scenario = draft.scenario
    for name, measure in scenario.measures.items():
        if measure.minimum > 0 and measure.kind is not Kind.DIVISIBLE:
            remedy = "Empty the cell: a whole measure is all or nothing, and levels have their own extent."
            yield problem_at("measures", name, "minimum", measure.minimum, "only a divisible measure has it", remedy)
        elif measure.minimum > 1 - measure.status_quo:
            remedy = f"Give at most {1 - measure.status_quo:g}, what status_quo leaves to buy."
            message = "the measure can never be undertaken at its minimum"
            yield problem_at("measures", name, "minimum", measure.minimum, message, remedy)
        if measure.fixed_cost > 0 and name in scenario.priced:
            remedy = "Empty the cell and add the money to the rows of costs."
            message = "fixed_cost beside rows of costs"
            yield problem_at("measures", name, "fixed_cost", measure.fixed_cost, message, remedy)


def level_checks(draft: Draft) -> Iterator[Problem]:
    """Yield problems of levels and of the points of curves."""
    scenario = draft.scenario
    points: dict[str, list[Level]] = {}
    for level in scenario.levels:
        row = row_key("levels", level)
        yield from unknown(draft, ("levels", row, "measure"), level.measure, scenario.measures, "measure")
        if level.measure in scenario.measures:
            points.setdefault(level.measure, []).append(level)
    for name, measure in scenario.measures.items():
        if ("levels", name) in draft.broken:
            continue
        if measure.kind is Kind.LEVELS and name not in points:
            remedy = "List its levels in the table levels, or make it divisible."
            yield problem_at("measures", name, "kind", "levels", "a measure of levels without any level", remedy)
        if measure.kind is Kind.WHOLE and name in points:
            remedy = "Take its rows out of levels, or set kind to levels or divisible."
            row = row_key("levels", points[name][0])
            yield problem_at("levels", row, "measure", name, "a whole measure has no levels", remedy)
        if measure.kind is Kind.DIVISIBLE and name in points:
            yield from _curve(points[name])
        if measure.kind is Kind.LEVELS:
            yield from _prices_of_levels(draft, name, points.get(name, []))


def _prices_of_levels(draft: Draft, name: str, levels: list[Level]) -> Iterator[Problem]:
    priced: Mapping[str, object] = draft.scenario.priced.get(name, {})
    misnamed = set(priced) - {level.level for level in levels}
    for level in levels:
        row = row_key("levels", level)
        if level.cost is None and level.level not in priced and not misnamed and ("costs", name) not in draft.broken:
            remedy = "Give its share of full cost, from 0 to 1, or rows of costs for this level."
            yield problem_at("levels", row, "cost", "", "a level without a price", remedy)
        if level.cost is not None and level.level in priced:
            remedy = "Empty the cell, or take the level's rows out of costs."
            yield problem_at("levels", row, "cost", level.cost, "the level is priced twice, here and in costs", remedy)


def _curve(points: list[Level]) -> Iterator[Problem]:
    for point in points:
        if point.cost is None:
            remedy = "Give the share of full cost at this point, from 0 to 1."
            row = row_key("levels", point)
            yield problem_at("levels", row, "cost", "", "a point of a curve without its cost", remedy)
    placed = sorted((p for p in points if p.cost is not None), key=lambda p: (p.cost or 0.0, p.effect))
    if len(placed) < len(points):
        return
    for before, after in pairwise(placed):
        row = row_key("levels", after)
        if before.cost == after.cost:
            remedy = "Keep one point for each cost."
            yield problem_at("levels", row, "cost", after.cost, "two points of a curve have the same cost", remedy)
        if after.effect < before.effect:
            remedy = f"Give an effect of at least {before.effect:g}: more money never does less."
            yield problem_at("levels", row, "effect", after.effect, "the curve falls", remedy)
    if placed[0].cost == 0 and placed[0].effect != 0:
        row = row_key("levels", placed[0])
        yield problem_at(
            "levels", row, "effect", placed[0].effect, "an effect without cost", "Give effect 0 at cost 0."
        )
    if (placed[-1].cost, placed[-1].effect) != (1.0, 1.0):
        row = row_key("levels", placed[-1])
        remedy = "End the curve with a point of cost 1 and effect 1."
        yield problem_at("levels", row, "cost", placed[-1].cost, "the curve does not reach the full measure", remedy)


def cost_checks(draft: Draft) -> Iterator[Problem]:
    """Yield problems of the rows of `costs`."""
    scenario = draft.scenario
    lines = {entry.line for entry in scenario.budgets}
    for entry in scenario.costs:
        row = row_key("costs", entry)
        yield from unknown(draft, ("costs", row, "measure"), entry.measure, scenario.measures, "measure")
        yield from unknown(draft, ("costs", row, "line"), entry.line, lines, "line")
        yield from _what_costs(draft, row, entry)
        if entry.year >= scenario.settings.horizon:
            remedy = f"Give a year from 0 to {scenario.settings.horizon - 1}, counted from the measure's start."
            message = "the payment falls after the horizon whenever the measure starts"
            yield problem_at("costs", row, "year", entry.year, message, remedy)
    for name in scenario.priced:
        measure = scenario.measures.get(name)
        if measure is not None and measure.full_cost is not None and ("costs", name) not in draft.broken:
            yield from _full_cost(draft, name, measure.full_cost)


def _what_costs(draft: Draft, row: str, entry: CostEntry) -> Iterator[Problem]:
    measure = draft.scenario.measures.get(entry.measure)
    if measure is None:
        return
    if measure.kind is Kind.DIVISIBLE:
        remedy = "Set its kind to whole or levels, or take the row out and give full_cost."
        yield problem_at(
            "costs", row, "measure", entry.measure, "costs prices whole and levelled measures only", remedy
        )
    elif measure.kind is Kind.WHOLE and entry.level is not None:
        yield problem_at("costs", row, "level", entry.level, "a whole measure has no levels", "Empty the cell.")
    elif measure.kind is Kind.LEVELS and entry.level is None:
        yield problem_at("costs", row, "level", "", "the row does not say which level costs this", "Name the level.")
    elif entry.level is not None and ("levels", entry.measure) not in draft.broken:
        names = [level.level for level in draft.scenario.levels if level.measure == entry.measure]
        yield from unknown(draft, ("costs", row, "level"), entry.level, names, "level")


def _full_cost(draft: Draft, name: str, own: float) -> Iterator[Problem]:
    totals = [math.fsum(entry.cost for entry in entries) for entries in draft.scenario.priced[name].values()]
    whole = draft.scenario.measures[name].kind is Kind.WHOLE
    away = abs(max(totals) - own) if whole else max(totals) - own
    if away > SAME_MONEY * max(own, max(totals)):
        remedy = f"Empty the cell, or write {max(totals):.15g}."
        message = f"the rows of costs come to {max(totals):.15g}"
        yield problem_at("measures", name, "full_cost", own, message, remedy)


def rule_checks(draft: Draft) -> Iterator[Problem]:
    """Yield problems of the named rules."""
    scenario = draft.scenario
    seen: set[str] = set()
    for rule in scenario.settings.rule:
        row = f"rule {rule.name}"
        if rule.name in seen:
            yield problem_at("scenario", row, "name", rule.name, "a second rule of this name", "Rename one of them.")
        seen.add(rule.name)
        yield from _rule_limits(rule, row)
        yield from _rule_measures(draft, rule, row)
        for year in rule.years:
            yield from outside_horizon(scenario, "scenario", row, year, "years")


def _rule_limits(rule: Rule, row: str) -> Iterator[Problem]:
    if rule.at_least is None and rule.at_most is None:
        yield problem_at("scenario", row, "at_least", "", "a rule without a limit", "Give at_least or at_most.")
    if rule.at_least is not None and rule.on in (RuleOn.PROJECTS, RuleOn.UNDER_WAY):
        remedy = "Give at_most, or a rule on spend or share."
        yield problem_at("scenario", row, "at_least", rule.at_least, "purchases can only be limited from above", remedy)
    if rule.at_least is not None and rule.at_most is not None and rule.at_least > rule.at_most:
        remedy = "Give at_least up to at_most."
        yield problem_at("scenario", row, "at_least", rule.at_least, f"above at_most {rule.at_most:g}", remedy)
    for column in ("at_least", "at_most"):
        value = getattr(rule, column)
        if rule.on is RuleOn.PART and value is not None and value > 1:
            remedy = "Give a part from 0 to 1: 0.1 for 10 %."
            yield problem_at("scenario", row, column, value, "a part of all money above 1", remedy)


def _rule_measures(draft: Draft, rule: Rule, row: str) -> Iterator[Problem]:
    scenario = draft.scenario
    known = {*scenario.measures, *(c.value for c in Category), *(c.value for c in Control)}
    for name in rule.measures:
        yield from unknown(draft, ("scenario", row, "measures"), name, known, "measure")
    if set(rule.measures) <= known and not scenario.selected(rule.measures) and not draft.broken:
        remedy = "Name measures, or categories or control levels that measures have."
        shown = ", ".join(rule.measures)
        yield problem_at("scenario", row, "measures", shown, "the rule is about no measure at all", remedy)
