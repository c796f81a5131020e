"""Checks that need more than one row: dangling ids, sums, cycles, years outside the horizon.

`cross_check` works on a scenario of which some rows may be missing because they were broken themselves: `broken` names
them, so that one mistake is not reported twice.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterable, Iterator
from typing import TYPE_CHECKING

from oshopt.model.check_tools import Draft, outside_horizon, problem_at, unknown
from oshopt.model.choice_checks import bound_checks, cost_checks, level_checks, rule_checks
from oshopt.model.history_checks import history_checks, unknown_indicator
from oshopt.model.measure import Category, Kind, Target
from oshopt.model.money import RESERVED, BudgetEntry
from oshopt.model.money_checks import indirect_checks, loss_checks
from oshopt.model.problems import Problem
from oshopt.model.survey_checks import survey_problems
from oshopt.model.tables import KEYED, KEYS, TABLES, row_key

if TYPE_CHECKING:
    from oshopt.model.scenario import Scenario

WEIGHT_TOLERANCE = 1e-6
"""How far Σ k_m may be from 1 before it is an error."""


_MIXED_YEARS = "a row for every year stands beside rows for single years"


def cross_check(scenario: Scenario, broken: Collection[tuple[str, str]] = ()) -> list[Problem]:
    """Return every problem that shows only across rows or tables.

    `broken` holds (table, id) of measures, groups and lines whose own rows could not be read: references to them are
    not reported, and sums over an incomplete table are not judged.
    """
    draft = Draft(scenario, frozenset(broken))
    checks: tuple[Callable[[Draft], Iterable[Problem]], ...] = (
        _duplicates,
        _weights,
        _measures,
        _requires_cycles,
        _groups,
        _effects,
        _budget,
        _lines,
        bound_checks,
        level_checks,
        cost_checks,
        indirect_checks,
        loss_checks,
        _strategies,
        rule_checks,
        lambda draft: survey_problems(draft.scenario, draft.broken),
        history_checks,
    )
    return [problem for check in checks for problem in check(draft)]


def _duplicates(draft: Draft) -> Iterator[Problem]:
    scenario = draft.scenario
    for table in TABLES:
        if table in KEYED:
            continue
        seen: set[str] = set()
        for row in getattr(scenario, table):
            key = row_key(table, row)
            if key in seen:
                columns = ", ".join(KEYS[table])
                remedy = f"Keep one row for each {columns}."
                yield problem_at(table, key, KEYS[table][0], key, "a second row of the same key", remedy)
            seen.add(key)


def _weights(draft: Draft) -> Iterator[Problem]:
    scenario = draft.scenario
    if any(table == "measures" for table, _ in draft.broken) or not scenario.measures:
        return
    total = math.fsum(measure.weight for measure in scenario.measures.values())
    if total <= 0:
        remedy = "Give at least one measure a weight above 0."
        yield problem_at("measures", "", "weight", total, "no measure has any weight", remedy)
    elif abs(total - 1) > WEIGHT_TOLERANCE and not scenario.settings.normalise_weights:
        remedy = "Make the weights sum to 1, or set normalise_weights = true to divide them by their sum."
        yield problem_at("measures", "", "weight", f"{total:.9g}", f"the weights sum to {total:.9g}, not 1", remedy)


def _measures(draft: Draft) -> Iterator[Problem]:
    scenario = draft.scenario
    settings = scenario.settings
    priced = {entry.measure for entry in scenario.costs}
    for name, measure in scenario.measures.items():
        unpriced = name not in priced and ("costs", name) not in draft.broken
        if unpriced and measure.full_cost is None and settings.full_cost is None:
            remedy = "Give its full_cost (0 if it costs nothing), or full_cost in scenario.toml for all measures."
            yield problem_at("measures", name, "full_cost", "", "the measure has no full cost", remedy)
        if measure.deadline is not None:
            yield from _deadline(scenario, name)
        for column in ("requires", "excludes"):
            for other in getattr(measure, column):
                yield from unknown(draft, ("measures", name, column), other, scenario.measures, "measure")
                if other == name:
                    remedy = "Take its own id out of the cell."
                    yield problem_at("measures", name, column, other, f"the measure {column} itself", remedy)
        for other in sorted(set(measure.requires) & set(measure.excludes)):
            remedy = "Keep it in one of the two."
            yield problem_at("measures", name, "excludes", other, "required and excluded at once", remedy)


def _deadline(scenario: Scenario, name: str) -> Iterator[Problem]:
    measure, years = scenario.measures[name], scenario.years
    if not measure.mandatory:
        remedy = "Set mandatory to yes, or empty the deadline."
        yield problem_at("measures", name, "deadline", measure.deadline, "a deadline without a duty", remedy)
    elif measure.deadline not in years:
        remedy = f"Give a year from {years[0]} to {years[-1]}, or empty the cell."
        yield problem_at("measures", name, "deadline", measure.deadline, "the year is outside the horizon", remedy)


def _requires_cycles(draft: Draft) -> Iterator[Problem]:
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
                yield problem_at("measures", name, "requires", cycle, "measures require each other in a circle", remedy)
            if name in state or name not in scenario.measures:
                continue
            state[name] = 1
            path.append(name)
            stack.append((name, True))
            stack.extend((other, False) for other in scenario.measures[name].requires if other != name)


def _groups(draft: Draft) -> Iterator[Problem]:
    scenario = draft.scenario
    for name, group in scenario.groups.items():
        if group.acceptable_risk is None and group.condition_class is None:
            remedy = "Give acceptable_risk (a number in (0, 1]) or condition_class (3.1 to 3.4)."
            yield problem_at("groups", name, "acceptable_risk", "", "the group has no acceptable risk", remedy)


def _effects(draft: Draft) -> Iterator[Problem]:
    scenario = draft.scenario
    for effect in scenario.effects:
        row = row_key("effects", effect)
        yield from unknown(draft, ("effects", row, "measure"), effect.measure, scenario.measures, "measure")
        if effect.on is Target.GROUP:
            yield from unknown(draft, ("effects", row, "target"), effect.target, scenario.groups, "group")
            if not 0 <= effect.effect <= 1:
                remedy = "Give the share of the measure's weight that reaches the group, from 0 to 1."
                yield problem_at("effects", row, "effect", effect.effect, "a share outside [0, 1]", remedy)
        if effect.on is Target.INDICATOR:
            yield from unknown_indicator(draft, ("effects", row, "target"), effect.target)


def _budget(draft: Draft) -> Iterator[Problem]:
    scenario = draft.scenario
    budget = scenario.settings.budget
    if budget.legal_minimum is not None and budget.legal_share is not None:
        remedy = "Keep legal_minimum, or legal_share with legal_base."
        message = "the legal minimum is given twice"
        yield problem_at("scenario", "budget", "budget.legal_share", budget.legal_share, message, remedy)
    if (budget.legal_share is None) != (budget.legal_base is None):
        missing = "legal_base" if budget.legal_base is None else "legal_share"
        remedy = f"Give budget.{missing} too."
        yield problem_at(
            "scenario", "budget", f"budget.{missing}", "", "legal_share and legal_base go together", remedy
        )


def _lines(draft: Draft) -> Iterator[Problem]:
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
                yield problem_at("budgets", row, column, found, "rows of one line disagree", remedy)
        if entry is lead:
            for name in entry.measures:
                yield from unknown(draft, ("budgets", row, "measures"), name, known, "measure")
        yield from outside_horizon(scenario, "budgets", row, entry.year)
    for line in {entry.line: None for entry in scenario.budgets}:
        years = [entry.year for entry in scenario.budgets if entry.line == line]
        if None in years and len(years) > 1:
            remedy = "Either name the year in every row of the line, or keep the one row without a year."
            yield problem_at(
                "budgets", line, "year", "", "a row for every year stands beside rows for single years", remedy
            )
        incomplete = ("budgets", line) in draft.broken
        if not incomplete and sum(entry.amount for entry in scenario.budgets if entry.line == line) <= 0:
            row = row_key("budgets", first[line])
            remedy = "Give it an amount in some year, or take the line out."
            yield problem_at("budgets", row, "amount", 0, f"the line {line!r} has no money in any year", remedy)


def _strategies(draft: Draft) -> Iterator[Problem]:
    scenario = draft.scenario
    for entry in scenario.strategies:
        row = row_key("strategies", entry)
        yield from unknown(draft, ("strategies", row, "measure"), entry.measure, scenario.measures, "measure")
        yield from outside_horizon(scenario, "strategies", row, entry.year)
        if entry.strategy in RESERVED:
            remedy = f"Choose another name: {' and '.join(RESERVED)} stand beside the strategies in every comparison."
            yield problem_at("strategies", row, "strategy", entry.strategy, "the name is reserved", remedy)
        measure = scenario.measures.get(entry.measure)
        if measure is not None and entry.kept is not None and entry.kept > measure.status_quo:
            remedy = f"Give at most the measure's status_quo, {measure.status_quo:g}, or empty the cell."
            yield problem_at("strategies", row, "kept", entry.kept, "more is kept than is in force", remedy)
        if measure is not None and entry.share is not None and not _takes_share(draft, entry.measure):
            remedy = "Empty the cell: what money buys follows from spend."
            yield problem_at("strategies", row, "share", entry.share, "the measure costs money", remedy)
    pairs: dict[tuple[str, str], list[int | None]] = {}
    for entry in scenario.strategies:
        pairs.setdefault((entry.strategy, entry.measure), []).append(entry.year)
    for (strategy, name), years in pairs.items():
        if None in years and len(years) > 1:
            remedy = "Either name the year in every row of the measure, or keep the one row without a year."
            yield problem_at("strategies", f"{strategy} {name}", "year", "", _MIXED_YEARS, remedy)


def _takes_share(draft: Draft, measure: str) -> bool:
    """Tell whether a strategy may say which share of a measure begins; true where its full cost is not known."""
    if draft.scenario.measures[measure].kind is not Kind.DIVISIBLE:
        return True
    try:
        return draft.scenario.full_cost(measure) == 0
    except KeyError:
        return True
