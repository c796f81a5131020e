"""`oshopt report`: the whole argument for a plan in one page, from every engine whose data the scenario has."""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from oshopt.cli.answers import comparison_answer, forecast_answer, progress_on, standing_of
from oshopt.cli.frontier import frontier_tables
from oshopt.cli.frontier_answers import frontier_answer
from oshopt.cli.opinions import draws_in_force, plan_bands, readable_results
from oshopt.cli.outlook import lines_of, outlook_of
from oshopt.cli.outputs import Figures, Tables, write_figures, write_tables
from oshopt.cli.plan import Limits, Objective, SolverName, Workbook, parse_limits, told
from oshopt.cli.simulate import Jobs, effort_of, study_tables
from oshopt.cli.terminal import JsonTarget, Language, ScenarioPath, open_scenario, placed, write_json

if TYPE_CHECKING:
    from collections.abc import Mapping

    from oshopt.model import (
        Assessment,
        Comparison,
        Frontier,
        Outlook,
        PlanBands,
        Scenario,
        SurveyResult,
    )
    from oshopt.reporting import Picture, Table

Out = Annotated[Path, typer.Option("--out", metavar="DIR", show_default=False, help="Write report.html there.")]
Replications = Annotated[int, typer.Option(metavar="N", help="Replications of the simulation.")]
Seed = Annotated[int, typer.Option(metavar="S", help="Seed of the simulation.")]


@dataclass(frozen=True, slots=True)
class Argument:
    """Everything that the engines say of a scenario."""

    comparison: Comparison
    bands: PlanBands | None
    frontier: Frontier | None
    outlook: Outlook | None
    assessment: Assessment | None
    surveys: list[SurveyResult]


def report(
    path: ScenarioPath,
    out: Out,
    objective: Objective = "safe_service",
    limit: Limits = None,
    solver: SolverName = "highs",
    replications: Replications = 200,
    seed: Seed = 1,
    jobs: Jobs = None,
    tables: Tables = None,
    figures: Figures = None,
    workbook: Workbook = False,
    json: JsonTarget = None,
    lang: Language = "en",
) -> None:
    """Write the whole argument for a plan as one page.

    The best plan with its reasons and proof, beside doing nothing and every strategy; what more or less money buys;
    plan and strategies simulated; forecast, assessment and surveys, where the scenario has them; the agreement annex.
    """
    from oshopt.reporting import write_report, write_results

    scenario = open_scenario(path)
    limits = parse_limits(limit)
    with placed(path):
        found = _argument(scenario, path, objective, limits, solver, (replications, seed, jobs))
    if json is not None:
        write_json(_answer(found), json)
    out.mkdir(parents=True, exist_ok=True)
    command = _command(path, objective, limit or [], solver, replications, seed, lang)
    with progress_on("Writing the report"):
        write_report(
            scenario,
            found.comparison,
            out / "report.html",
            outlook=found.outlook,
            assessment=found.assessment,
            surveys=found.surveys,
            bands=found.bands,
            frontier=found.frontier,
            command=command,
        )
        if workbook:
            write_results(scenario, found.comparison, out / "results.xlsx", command=command)
    told([out / "report.html", *([out / "results.xlsx"] if workbook else [])])
    if tables is not None:
        write_tables(lambda: _tables(scenario, found), tables)
    if figures is not None:
        write_figures(_pictures(scenario, found), figures)


def _tables(scenario: Scenario, found: Argument) -> list[Table]:
    from oshopt import reporting

    every = [
        *reporting.every_comparison_table(scenario, found.comparison),
        *reporting.plan_tables(scenario, found.comparison, found.bands),
    ]
    if found.frontier is not None:
        every += frontier_tables(scenario, found.frontier)
    if found.comparison.study is not None:
        every += study_tables(scenario, found.comparison.study, found.outlook)
    if found.outlook is not None:
        every += reporting.forecast_tables(scenario, found.outlook)
    if found.assessment is not None:
        every += reporting.assessed_tables(found.assessment)
    return [*every, *(table for result in found.surveys for table in reporting.survey_tables(scenario, result))]


def _pictures(scenario: Scenario, found: Argument) -> dict[str, Picture]:
    from oshopt import reporting

    every = reporting.plan_pictures(scenario, found.comparison)
    every |= reporting.comparison_pictures(scenario, found.comparison)
    if found.frontier is not None:
        every |= reporting.frontier_pictures(scenario, found.frontier)
    if found.comparison.study is not None:
        every |= reporting.study_pictures(scenario, found.comparison.study)
    if found.outlook is not None:
        every |= reporting.forecast_pictures(scenario, found.outlook)
    if found.assessment is not None:
        every |= reporting.assessed_pictures(found.assessment)
    for result in found.surveys:
        every |= reporting.survey_pictures(scenario, result)
    return every


def _argument(
    scenario: Scenario,
    path: Path,
    objective: str,
    limits: Mapping[str, float],
    solver: str,
    effort: tuple[int, int, int | None],
) -> Argument:
    from oshopt.allocation import allocate
    from oshopt.comparison import compare, compared
    from oshopt.simulation import simulate_each

    replications, seed, jobs = effort
    asked = effort_of(replications, seed, jobs=jobs)
    with progress_on("Planning", "Why each measure is in or out") as progress:
        plan = allocate(scenario, objective, limits=limits, solver=solver, explain=True, progress=progress)
    frontier = _frontier(scenario, objective, limits, solver)
    with progress_on("Preparing the simulation", "Replications") as progress:
        beside = compared(scenario, optimum=plan)
        study = simulate_each(scenario, beside, effort=asked, every_pair=True, progress=progress)
    with progress_on("Comparison, forecast, assessment and surveys"):
        draws = draws_in_force(scenario)
        lines = lines_of(scenario)
        comparison = compare(scenario, optimum=plan, draws=draws, study=study, standings=True, lines=lines)
        return Argument(
            comparison=comparison,
            bands=plan_bands(scenario, plan, draws),
            frontier=frontier,
            outlook=outlook_of(scenario),
            assessment=standing_of(scenario, comparison),
            surveys=readable_results(scenario, path),
        )


def _frontier(scenario: Scenario, objective: str, limits: Mapping[str, float], solver: str) -> Frontier | None:
    """Return what other budgets bring of the plan's aim, of the longest N where the plan is the cheapest.

    A scenario without money limits has no budget to vary: None.
    """
    from oshopt.allocation import frontier

    given = scenario.settings.budget
    if given.total is None and given.per_year is None and not scenario.lines:
        return None
    cheapest = objective == "cost"
    aim = "safe_service" if cheapest else objective
    kept = {name: value for name, value in limits.items() if not (cheapest and name.partition(":")[0] == aim)}
    with progress_on("Finding the range of money", "Plans and measures") as progress:
        return frontier(scenario, aim, limits=kept, solver=solver, progress=progress)


def _answer(found: Argument) -> dict[str, Any]:
    """Return everything as data, each part as its own verb gives it."""
    parts: dict[str, Any] = {"comparison": comparison_answer(found.comparison, found.bands)}
    if found.frontier is not None:
        parts["frontier"] = frontier_answer(found.frontier)
    if found.outlook is not None:
        parts["forecast"] = forecast_answer(found.outlook)
    if found.assessment is not None:
        parts["assessment"] = found.assessment.model_dump(mode="json", exclude_none=True)
    return parts | {"surveys": [result.model_dump(mode="json") for result in found.surveys]}


def _command(
    path: Path, objective: str, limits: list[str], solver: str, replications: int, seed: int, lang: str
) -> str:
    parts = ["oshopt", "report", str(path), "--objective", objective, "--solver", solver]
    for text in limits:
        parts += ["--limit", text]
    parts += ["--replications", str(replications), "--seed", str(seed), *([] if lang == "en" else ["--lang", lang])]
    return shlex.join([*parts, "--out", "DIR"])
