"""Columns that the model knows but no engine of this version obeys. A scenario that uses one is refused by name."""

from __future__ import annotations

from collections.abc import Iterator

from oshopt.model.problems import InputError, Problem, as_shown
from oshopt.model.scenario import Scenario

_ECONOMICS = "the economics"


def require_built(scenario: Scenario) -> None:
    """Raise `InputError` that names every column, table and setting in use that no engine of this version obeys."""
    problems = list(_settings(scenario))
    if problems:
        raise InputError(problems)


def _refusal(table: str, row: str, column: str, value: object, engine: str) -> Problem:
    message = f"{column} needs {engine}, which this version does not have"
    return Problem(table, row, column, as_shown(value), message, "Empty the cell to plan without it.")


def _settings(scenario: Scenario) -> Iterator[Problem]:
    settings = scenario.settings
    fine = settings.costs.per_fine
    if fine is not None:
        yield _refusal("scenario", "costs", "costs.per_fine", fine, _ECONOMICS)
