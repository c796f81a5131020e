"""Checks that need more than one row: dangling ids, sums, cycles, years outside the horizon.

`cross_check` works on a scenario of which some rows may be missing because they were broken themselves: `broken` names
them, so that one mistake is not reported twice.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from oshopt.model.measure import Category, Control, Kind, Level, Target
from oshopt.model.money import RESERVED, BudgetEntry
from oshopt.model.problems import Problem, as_shown, nearest
from oshopt.model.tables import KEYS, TABLES, row_key

if TYPE_CHECKING:
    from oshopt.model.scenario import Scenario

WEIGHT_TOLERANCE = 1e-6
"""How far Σ k_m may be from 1 before it is an error."""


_MIXED_YEARS = "a row for every year stands beside rows for single years"
_HOME = {"measure": "measures", "group": "groups", "line": "budgets"}


@dataclass(frozen=True, slots=True)
class _Draft:
    scenario: Scenario
    broken: frozenset[tuple[str, str]]


def cross_check(scenario: Scenario, broken: Collection[tuple[str, str]] = ()) -> list[Problem]:
    """Return every problem that shows only across rows or tables.

    `broken` holds (table, id) of measures, groups and lines whose own rows could not be read: references to them are
    not reported, and sums over an incomplete table are not judged.
    """
    draft = _Draft(scenario, frozenset(broken))
    checks: tuple[Callable[[_Draft], Iterable[Problem]], ...] = (
        _duplicates,
        _weights,
        _measures,
        _requires_cycles,
        _groups,
        _effects,
        _budget,
        _lines,
        _levels,
        _costs,
        _strategies,
        _rules,
    )
    return [problem for check in checks for problem in check(draft)]


def _problem(table: str, row: str, column: str, value: object, message: str, remedy: str) -> Problem:
    return Problem(table, row, column, as_shown(value), message, remedy)


def _unknown(
    draft: _Draft, place: tuple[str, str, str], name: str, known: Collection[str], what: str
) -> Iterator[Problem]:
    table, row, column = place
    if name not in known and (_HOME.get(what, ""), name) not in draft.broken:
        yield _problem(table, row, column, name, f"there is no {what} of this id", nearest(name, known))


def _duplicates(draft: _Draft) -> Iterator[Problem]:
    scenario = draft.scenario
    for table in TABLES:
        if KEYS[table] == ("id",):
            continue
        seen: set[str] = set()
        for row in getattr(scenario, table):
            key = row_key(table, row)
            if key in seen:
                columns = ", ".join(KEYS[table])
                remedy = f"Keep one row for each {columns}."
                yield _problem(table, key, KEYS[table][0], key, "a second row of the same key", remedy)
            seen.add(key)


def _weights(draft: _Draft) -> Iterator[Problem]:
    scenario = draft.scenario
    if any(table == "measures" for table, _ in draft.broken) or not scenario.measures:
        return
    total = math.fsum(measure.weight for measure in scenario.measures.values())
    if total <= 0:
        remedy = "Give at least one measure a weight above 0."
        yield _problem("measures", "", "weight", total, "no measure has any weight", remedy)
    elif abs(total - 1) > WEIGHT_TOLERANCE and not scenario.settings.normalise_weights:
        remedy = "Make the weights sum to 1, or set normalise_weights = true to divide them by their sum."
        yield _problem("measures", "", "weight", f"{total:.9g}", f"the weights sum to {total:.9g}, not 1", remedy)


def _measures(draft: _Draft) -> Iterator[Problem]:
    scenario = draft.scenario
    settings = scenario.settings
    priced = {entry.measure for entry in scenario.costs}
    for name, measure in scenario.measures.items():
        unpriced = name not in priced and ("costs", name) not in draft.broken
        if unpriced and measure.full_cost is None and settings.full_cost is None:
            remedy = "Give its full_cost (0 if it costs nothing), or full_cost in scenario.toml for all measures."
            yield _problem("measures", name, "full_cost", "", "the measure has no full cost", remedy)
        if measure.deadline is not None:
            yield from _deadline(scenario, name)
        for column in ("requires", "excludes"):
            for other in getattr(measure, column):
                yield from _unknown(draft, ("measures", name, column), other, scenario.measures, "measure")
                if other == name:
                    remedy = "Take its own id out of the cell."
                    yield _problem("measures", name, column, other, f"the measure {column} itself", remedy)
        for other in sorted(set(measure.requires) & set(measure.excludes)):
            remedy = "Keep it in one of the two."
            yield _problem("measures", name, "excludes", other, "required and excluded at once", remedy)


def _deadline(scenario: Scenario, name: str) -> Iterator[Problem]:
    measure, years = scenario.measures[name], scenario.years
    if not measure.mandatory:
        remedy = "Set mandatory to yes, or empty the deadline."
        yield _problem("measures", name, "deadline", measure.deadline, "a deadline without a duty", remedy)
    elif measure.deadline not in years:
        remedy = f"Give a year from {years[0]} to {years[-1]}, or empty the cell."
        yield _problem("measures", name, "deadline", measure.deadline, "the year is outside the horizon", remedy)


def _requires_cycles(draft: _Draft) -> Iterator[Problem]:
    scenario = draft.scenario
    state: dict[str, int] = {}
    for start in scenario.measures:
        path: list[str] = []
        stack = [(start, False)]
        while stack:
            name, leaving = stack.pop()
            if leaving:
                state[name] = 2
                path.pop()
                continue
            if state.get(name) == 1:
                cycle = " → ".join([*path[path.index(name) :], name])
                remedy = "Take one of these requirements out."
                yield _problem("measures", name, "requires", cycle, "measures require each other in a circle", remedy)
            if name in state or name not in scenario.measures:
                continue
            state[name] = 1
            path.append(name)
            stack.append((name, True))
            stack.extend((other, False) for other in scenario.measures[name].requires if other != name)


def _groups(draft: _Draft) -> Iterator[Problem]:
    scenario = draft.scenario
    for name, group in scenario.groups.items():
        if group.acceptable_risk is None and group.condition_class is None:
            remedy = "Give acceptable_risk (a number in (0, 1]) or condition_class (3.1 to 3.4)."
            yield _problem("groups", name, "acceptable_risk", "", "the group has no acceptable risk", remedy)


def _effects(draft: _Draft) -> Iterator[Problem]:
    scenario = draft.scenario
    for effect in scenario.effects:
        row = row_key("effects", effect)
        yield from _unknown(draft, ("effects", row, "measure"), effect.measure, scenario.measures, "measure")
        if effect.on is Target.GROUP:
            yield from _unknown(draft, ("effects", row, "target"), effect.target, scenario.groups, "group")
            if not 0 <= effect.effect <= 1:
                remedy = "Give the share of the measure's weight that reaches the group, from 0 to 1."
                yield _problem("effects", row, "effect", effect.effect, "a share outside [0, 1]", remedy)


def _budget(draft: _Draft) -> Iterator[Problem]:
    scenario = draft.scenario
    budget = scenario.settings.budget
    if budget.legal_minimum is not None and budget.legal_share is not None:
        remedy = "Keep legal_minimum, or legal_share with legal_base."
        message = "the legal minimum is given twice"
        yield _problem("scenario", "budget", "budget.legal_share", budget.legal_share, message, remedy)
    if (budget.legal_share is None) != (budget.legal_base is None):
        missing = "legal_base" if budget.legal_base is None else "legal_share"
        remedy = f"Give budget.{missing} too."
        yield _problem("scenario", "budget", f"budget.{missing}", "", "legal_share and legal_base go together", remedy)


def _lines(draft: _Draft) -> Iterator[Problem]:
    scenario = draft.scenario
    known = {*scenario.measures, *(category.value for category in Category)}
    first: dict[str, BudgetEntry] = {}
    for entry in scenario.budgets:
        row = row_key("budgets", entry)
        lead = first.setdefault(entry.line, entry)
        for column in ("carry_over", "measures"):
            if getattr(entry, column) != getattr(lead, column):
                remedy = f"Write the same {column} in every row of line {entry.line!r}."
                found = getattr(entry, column)
                yield _problem("budgets", row, column, found, "rows of one line disagree", remedy)
        if entry is lead:
            for name in entry.measures:
                yield from _unknown(draft, ("budgets", row, "measures"), name, known, "measure")
        yield from _year(scenario, "budgets", row, entry.year)
    for line in {entry.line: None for entry in scenario.budgets}:
        years = [entry.year for entry in scenario.budgets if entry.line == line]
        if None in years and len(years) > 1:
            remedy = "Either name the year in every row of the line, or keep the one row without a year."
            yield _problem(
                "budgets", line, "year", "", "a row for every year stands beside rows for single years", remedy
            )
        incomplete = ("budgets", line) in draft.broken
        if not incomplete and sum(entry.amount for entry in scenario.budgets if entry.line == line) <= 0:
            row = row_key("budgets", first[line])
            remedy = "Give it an amount in some year, or take the line out."
            yield _problem("budgets", row, "amount", 0, f"the line {line!r} has no money in any year", remedy)


def _year(scenario: Scenario, table: str, row: str, year: int | None, column: str = "year") -> Iterator[Problem]:
    years = scenario.years
    if year is not None and year not in years:
        remedy = f"Give a year from {years[0]} to {years[-1]}, or change start_year or horizon."
        yield _problem(table, row, column, year, "the year is outside the horizon", remedy)


def _levels(draft: _Draft) -> Iterator[Problem]:
    scenario = draft.scenario
    points: dict[str, list[Level]] = {}
    for level in scenario.levels:
        row = row_key("levels", level)
        yield from _unknown(draft, ("levels", row, "measure"), level.measure, scenario.measures, "measure")
        if level.measure in scenario.measures:
            points.setdefault(level.measure, []).append(level)
    for name, measure in scenario.measures.items():
        if measure.kind is Kind.LEVELS and name not in points and ("levels", name) not in draft.broken:
            remedy = "List its levels in the table levels, or make it divisible."
            yield _problem("measures", name, "kind", "levels", "a measure of levels without any level", remedy)
        if measure.kind is Kind.WHOLE and name in points:
            remedy = "Take its rows out of levels, or set kind to levels or divisible."
            yield _problem(
                "levels", row_key("levels", points[name][0]), "measure", name, "a whole measure has no levels", remedy
            )
        if measure.kind is Kind.DIVISIBLE and name in points and ("levels", name) not in draft.broken:
            yield from _curve(points[name])


def _curve(points: list[Level]) -> Iterator[Problem]:
    for point in points:
        if point.cost is None:
            remedy = "Give the share of full cost at this point, from 0 to 1."
            row = row_key("levels", point)
            yield _problem("levels", row, "cost", "", "a point of a curve without its cost", remedy)
    placed = sorted((p for p in points if p.cost is not None), key=lambda p: (p.cost or 0.0, p.effect))
    if len(placed) < len(points):
        return
    for before, after in pairwise(placed):
        row = row_key("levels", after)
        if before.cost == after.cost:
            remedy = "Keep one point for each cost."
            yield _problem("levels", row, "cost", after.cost, "two points of a curve have the same cost", remedy)
        if after.effect < before.effect:
            remedy = f"Give an effect of at least {before.effect:g}: more money never does less."
            yield _problem("levels", row, "effect", after.effect, "the curve falls", remedy)
    if placed[0].cost == 0 and placed[0].effect != 0:
        row = row_key("levels", placed[0])
        yield _problem("levels", row, "effect", placed[0].effect, "an effect without cost", "Give effect 0 at cost 0.")
    if (placed[-1].cost, placed[-1].effect) != (1.0, 1.0):
        row = row_key("levels", placed[-1])
        remedy = "End the curve with a point of cost 1 and effect 1."
        yield _problem("levels", row, "cost", placed[-1].cost, "the curve does not reach the full measure", remedy)


def _costs(draft: _Draft) -> Iterator[Problem]:
    scenario = draft.scenario
    lines = {entry.line for entry in scenario.budgets}
    known_levels = {(level.measure, level.level) for level in scenario.levels}
    for entry in scenario.costs:
        row = row_key("costs", entry)
        yield from _unknown(draft, ("costs", row, "measure"), entry.measure, scenario.measures, "measure")
        yield from _unknown(draft, ("costs", row, "line"), entry.line, lines, "line")
        readable = ("levels", entry.measure) not in draft.broken
        if readable and entry.level is not None and (entry.measure, entry.level) not in known_levels:
            names = [level for measure, level in known_levels if measure == entry.measure]
            yield from _unknown(draft, ("costs", row, "level"), entry.level, names, "level")


def _strategies(draft: _Draft) -> Iterator[Problem]:
    scenario = draft.scenario
    for entry in scenario.strategies:
        row = row_key("strategies", entry)
        yield from _unknown(draft, ("strategies", row, "measure"), entry.measure, scenario.measures, "measure")
        yield from _year(scenario, "strategies", row, entry.year)
        if entry.strategy in RESERVED:
            remedy = f"Choose another name: {' and '.join(RESERVED)} stand beside the strategies in every comparison."
            yield _problem("strategies", row, "strategy", entry.strategy, "the name is reserved", remedy)
        measure = scenario.measures.get(entry.measure)
        if measure is not None and entry.kept is not None and entry.kept > measure.status_quo:
            remedy = f"Give at most the measure's status_quo, {measure.status_quo:g}, or empty the cell."
            yield _problem("strategies", row, "kept", entry.kept, "more is kept than is in force", remedy)
    pairs: dict[tuple[str, str], list[int | None]] = {}
    for entry in scenario.strategies:
        pairs.setdefault((entry.strategy, entry.measure), []).append(entry.year)
    for (strategy, name), years in pairs.items():
        if None in years and len(years) > 1:
            remedy = "Either name the year in every row of the measure, or keep the one row without a year."
            yield _problem("strategies", f"{strategy} {name}", "year", "", _MIXED_YEARS, remedy)


def _rules(draft: _Draft) -> Iterator[Problem]:
    scenario = draft.scenario
    known = {*scenario.measures, *(c.value for c in Category), *(c.value for c in Control)}
    seen: set[str] = set()
    for rule in scenario.settings.rule:
        row = f"rule {rule.name}"
        if rule.name in seen:
            yield _problem("scenario", row, "name", rule.name, "a second rule of this name", "Rename one of them.")
        seen.add(rule.name)
        if rule.at_least is None and rule.at_most is None:
            yield _problem("scenario", row, "at_least", "", "a rule without a limit", "Give at_least or at_most.")
        for name in rule.measures:
            yield from _unknown(draft, ("scenario", row, "measures"), name, known, "measure")
        for year in rule.years:
            yield from _year(scenario, "scenario", row, year, "years")
