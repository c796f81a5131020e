"""Columns that the model knows but no engine of this version obeys. A scenario that uses one is refused by name."""

from __future__ import annotations

from collections.abc import Iterator

from oshopt.model.base import Frozen
from oshopt.model.measure import Kind, Target
from oshopt.model.problems import InputError, Problem, as_shown
from oshopt.model.scenario import Scenario
from oshopt.model.tables import row_key

_INTEGER = "the allocator of whole measures and levels"
_OTHER_TARGETS = "the forecast and the assessment"
_ECONOMICS = "the economics"

_COLUMNS: dict[str, dict[str, str]] = {
    "measures": {
        "minimum": _INTEGER,
        "fixed_cost": _INTEGER,
        "requires": _INTEGER,
        "excludes": _INTEGER,
    },
}


def require_built(scenario: Scenario) -> None:
    """Raise `InputError` that names every column, table and setting in use that no engine of this version obeys."""
    problems = [*_rows(scenario), *_tables(scenario), *_settings(scenario)]
    if problems:
        raise InputError(problems)


def _refusal(table: str, row: str, column: str, value: object, engine: str) -> Problem:
    message = f"{column or table} needs {engine}, which this version does not have"
    remedy = "Empty the cell to plan without it." if column else "Take the table out to plan without it."
    return Problem(table, row, column, as_shown(value), message, remedy)


def _changed(row: Frozen, column: str) -> bool:
    return bool(getattr(row, column) != type(row).model_fields[column].get_default())


def _rows(scenario: Scenario) -> Iterator[Problem]:
    for table, columns in _COLUMNS.items():
        for name, row in getattr(scenario, table).items():
            for column, engine in columns.items():
                if _changed(row, column):
                    yield _refusal(table, name, column, getattr(row, column), engine)


def _tables(scenario: Scenario) -> Iterator[Problem]:
    for name, measure in scenario.measures.items():
        if measure.kind is not Kind.DIVISIBLE:
            yield _refusal("measures", name, "kind", measure.kind.value, _INTEGER)
    for effect in scenario.effects:
        if effect.on is not Target.GROUP:
            yield _refusal("effects", row_key("effects", effect), "on", effect.on.value, _OTHER_TARGETS)
    for entry in scenario.costs:
        yield _refusal("costs", row_key("costs", entry), "cost", entry.cost, _INTEGER)
    for table in scenario.unread:
        yield _refusal(table, "", "", "", f"the engine of {table}")


def _settings(scenario: Scenario) -> Iterator[Problem]:
    settings = scenario.settings
    for column in type(settings.costs).model_fields:
        if _changed(settings.costs, column):
            yield _refusal("scenario", "costs", f"costs.{column}", getattr(settings.costs, column), _ECONOMICS)
    for rule in settings.rule:
        yield _refusal("scenario", f"rule {rule.name}", "rule", rule.name, _INTEGER)
