"""What experts have to do with a plan: the surveys that a report shows, and the bands that their doubt gives it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from oshopt.cli.terminal import legible

if TYPE_CHECKING:
    from oshopt.model import Plan, PlanBands, Scenario, SurveyResult
    from oshopt.risk import Draws


@dataclass(frozen=True, slots=True)
class Doubt:
    """What a report shows of the experts."""

    surveys: list[SurveyResult]
    """What each answered survey says."""
    bands: PlanBands | None
    """What their doubt does to the plan."""


def survey_results(scenario: Scenario, path: Path, names: list[str]) -> list[SurveyResult]:
    """Return what each of the surveys says, together with where its procedure stands; raise `InputError` where none."""
    from oshopt.experts import analyse, attach
    from oshopt.files import load_journal

    found = []
    for name in names:
        result = analyse(scenario, name)
        journal = load_journal(path, name)
        found.append(result if journal is None else attach(result, scenario, journal))
    return found


def readable_results(scenario: Scenario, path: Path, names: list[str] | None = None) -> list[SurveyResult]:
    """Return what answered surveys say, those of measures first; say on standard error which are left aside.

    All of the scenario's answered surveys where no `names` are given.
    """
    from oshopt.experts import answered_surveys
    from oshopt.model import InputError, Subject

    found: list[SurveyResult] = []
    for name in answered_surveys(scenario) if names is None else names:
        try:
            found += survey_results(scenario, path, [name])
        except InputError as error:
            reasons = " ".join(problem.message for problem in error.problems)
            typer.echo(legible(f"The survey {name} is left aside: {reasons}."), err=True)
    return sorted(found, key=lambda result: (result.subject is not Subject.MEASURES, result.survey))


def draws_in_force(scenario: Scenario) -> Draws | None:
    """Return draws of what is uncertain, of the weights from their survey if they have one; None where nothing is."""
    from oshopt.experts import survey_draws
    from oshopt.risk import draws_of, uncertain

    weights, rules = survey_draws(scenario), scenario.settings.survey
    if weights is None and not uncertain(scenario):
        return None
    return draws_of(scenario, rules.draws, rules.seed, weights=weights)


def plan_bands(scenario: Scenario, plan: Plan, draws: Draws | None) -> PlanBands | None:
    """Return what the doubt does to a plan; None where nothing is uncertain."""
    from oshopt.risk import bands

    return None if draws is None else bands(scenario, plan.as_strategy(), draws)


def with_bands(answer: dict[str, Any], bands: PlanBands | None) -> dict[str, Any]:
    """Return a plan's answer with its bands, where there are any."""
    return answer if bands is None else answer | {"bands": bands.model_dump(mode="json", exclude={"strategy"})}
