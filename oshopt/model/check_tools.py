"""What every check of a scenario uses: the draft it looks at, and problems at their places."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from oshopt.model.problems import Problem, as_shown, nearest

if TYPE_CHECKING:
    from oshopt.model.scenario import Scenario

_HOME = {"measure": "measures", "group": "groups", "line": "budgets"}


@dataclass(frozen=True, slots=True)
class Draft:
    """A scenario of which some rows may be missing because they could not be read."""

    scenario: Scenario
    broken: frozenset[tuple[str, str]]
    """(table, id) of measures, groups, lines and levels that could not be read."""


def problem_at(table: str, row: str, column: str, value: object, message: str, remedy: str) -> Problem:
    """Return a problem of a row's column."""
    return Problem(table, row, column, as_shown(value), message, remedy)


def unknown(
    draft: Draft, place: tuple[str, str, str], name: str, known: Collection[str], what: str
) -> Iterator[Problem]:
    """Yield the problem of an id that names nothing; silent where its row could not be read."""
    table, row, column = place
    if name not in known and (_HOME.get(what, ""), name) not in draft.broken:
        yield problem_at(table, row, column, name, f"there is no {what} of this id", nearest(name, known))


def outside_horizon(
    scenario: Scenario, table: str, row: str, year: int | None, column: str = "year"
) -> Iterator[Problem]:
    """Yield the problem of a year outside the horizon."""
    years = scenario.years
    if year is not None and year not in years:
        remedy = f"Give a year from {years[0]} to {years[-1]}, or change start_year or horizon."
        yield problem_at(table, row, column, year, "the year is outside the horizon", remedy)
