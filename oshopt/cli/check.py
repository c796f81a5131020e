"""`oshopt check`: read a scenario, say what is in it, or list everything that is wrong."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from oshopt.cli.terminal import JsonTarget, ScenarioPath, legible, open_scenario, write_json

if TYPE_CHECKING:
    from oshopt.model import Scenario, Survey


def check(
    path: ScenarioPath,
    json: JsonTarget = None,
) -> None:
    """Check a scenario.

    Says what was read, or lists every problem with its file, cell, value and remedy.
    """
    from oshopt.model import InputError

    try:
        scenario = open_scenario(path)
    except InputError as error:
        if json is not None:
            write_json({"valid": False, "problems": [_as_data(problem) for problem in error.problems]}, json)
        raise
    if json is None:
        typer.echo("\n".join(_in_words(path, scenario)))
    else:
        write_json(_summary(scenario), json)


def _as_data(problem: Any) -> dict[str, str]:
    names = ("file", "cell", "table", "row", "column", "value", "message", "remedy")
    return {name: getattr(problem, name) for name in names}


def _summary(scenario: Scenario) -> dict[str, object]:
    from oshopt.model import TABLES

    settings = scenario.settings
    return {
        "valid": True,
        "scenario": scenario.name,
        "currency": settings.currency,
        "years": list(scenario.years),
        "headcount": sum(group.headcount for group in scenario.groups.values()),
        "rows": {table: len(getattr(scenario, table)) for table in TABLES},
        "budget": {
            **settings.budget.model_dump(include={"total", "per_year"}, exclude_none=True),
            "legal_minimum": settings.budget.least_per_year,
            "lines": {line: dict(content.amount) for line, content in scenario.lines.items()},
        },
        "strategies": list(scenario.strategy_tables),
        "rules": [rule.name for rule in settings.rule],
        "fingerprint": scenario.fingerprint,
    }


def _in_words(path: Path, scenario: Scenario) -> list[str]:
    settings, currency = scenario.settings, scenario.settings.currency
    years = scenario.years
    people = sum(group.headcount for group in scenario.groups.values())
    duties = sum(measure.mandatory for measure in scenario.measures.values())
    facts = {
        "scenario": scenario.name,
        "years": f"{years[0]} to {years[-1]}" if len(years) > 1 else str(years[0]),
        "measures": f"{len(scenario.measures)}, of them {duties} demanded by law",
        "groups": f"{len(scenario.groups)}, {people:,} people",
    }
    for table in ("effects", "levels", "costs", "indicators", "history", "decisions", "scorecard", "compliance"):
        if getattr(scenario, table):
            count = len(getattr(scenario, table))
            facts[table] = f"{count} row{'s' if count != 1 else ''}"
    budget = settings.budget
    limits = {"in all": budget.total, "a year": budget.per_year, "a year at least": budget.least_per_year or None}
    said = [f"{amount:,.2f} {currency} {what}" for what, amount in limits.items() if amount is not None]
    facts["budget"] = "; ".join(said) or ("by line" if scenario.lines else "no limit")
    for line, content in scenario.lines.items():
        facts[f"line {line}"] = f"{sum(content.amount.values()):,.2f} {currency} over the horizon"
    if scenario.strategy_tables:
        facts["strategies"] = ", ".join(scenario.strategy_tables)
    for name, survey in scenario.surveys.items():
        answered = max((len(rows) for rows in survey.answers.values()), default=0)
        asked = f"{len(survey.questions)} {survey.subject.value}"
        facts[f"survey {name}"] = f"{asked}, {answered} expert{'s' if answered != 1 else ''}, {_rounds(survey)}"
    if settings.rule:
        facts["rules"] = ", ".join(rule.name for rule in settings.rule)
    width = max(map(len, facts))
    return [f"{path}: valid", *(f"  {name:<{width}}  {legible(text)}" for name, text in facts.items())]


def _rounds(survey: Survey) -> str:
    return f"round {survey.latest}" if survey.latest else "nobody has answered yet"
