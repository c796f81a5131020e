"""The forecast of a scenario for every verb that shows it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import typer

from oshopt.cli.terminal import legible

if TYPE_CHECKING:
    from oshopt.model import Evaluation, OutcomeLine, Outlook, Scenario


def plans_of(scenario: Scenario) -> list[Evaluation]:
    """Return the strategies that change indicators, evaluated: they stand among the decisions."""
    from oshopt.model import Target
    from oshopt.risk import evaluate

    if not any(effect.on is Target.INDICATOR for effect in scenario.effects):
        return []
    return [evaluate(scenario, name) for name in scenario.strategy_tables]


def opinions_of(scenario: Scenario) -> dict[str, float]:
    """Return the experts' weights of indicators that have a history; say on standard error which are left aside."""
    from oshopt.experts import observed_weights
    from oshopt.model import InputError

    try:
        weights, strange = observed_weights(scenario)
    except InputError as error:
        reasons = " ".join(problem.message for problem in error.problems)
        typer.echo(legible(f"The survey of indicators is left aside: {reasons}."), err=True)
        return {}
    if strange:
        typer.echo(legible(f"Without history, so without say in the forecast: {', '.join(strange)}."), err=True)
    return dict(weights)


def lines_of(scenario: Scenario) -> Mapping[str, OutcomeLine]:
    """Return outcomes as lines in what measures change; none without a history, or where it cannot be used."""
    from oshopt.forecast import outcome_lines
    from oshopt.model import InputError, Target

    if not scenario.history or not any(effect.on is Target.INDICATOR for effect in scenario.effects):
        return {}
    try:
        return outcome_lines(scenario, weights=opinions_of(scenario))
    except InputError as error:
        typer.echo("\n".join(legible(f"No forecast: {problem}") for problem in error.problems), err=True)
        return {}


def outlook_of(scenario: Scenario) -> Outlook | None:
    """Return the forecast for a report; None without a history, and where it cannot be used, which is told."""
    from oshopt.forecast import predict
    from oshopt.model import InputError

    if not scenario.history:
        return None
    try:
        return predict(scenario, weights=opinions_of(scenario), plans=plans_of(scenario))
    except InputError as error:
        reasons = [legible(f"No forecast: {problem}") for problem in error.problems]
        typer.echo("\n".join(reasons), err=True)
        return None
