"""`oshopt compare`: strategies side by side, against doing nothing and the optimum."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import Annotated

import typer

from oshopt.cli.answers import comparison_answer, progress_on, show, write_files
from oshopt.cli.opinions import Doubt, draws_in_force, plan_bands, readable_results
from oshopt.cli.outputs import Figures, Tables
from oshopt.cli.plan import Limits, Objective, Out, SolverName, Workbook, parse_limits, told, write_parts
from oshopt.cli.terminal import JsonTarget, ScenarioPath, open_scenario, placed, write_json


def compare(
    path: ScenarioPath,
    strategies: Annotated[
        list[str] | None,
        typer.Argument(metavar="[STRATEGY]...", show_default=False, help="Strategies of the scenario; all by default."),
    ] = None,
    extra: Annotated[
        list[Path] | None,
        typer.Option(
            "--with",
            metavar="FILE",
            show_default=False,
            help="Compare the strategies of this file too: a plan.csv, or a results.xlsx whose plan you edited. May be "
            "repeated.",
        ),
    ] = None,
    objective: Objective = "safe_service",
    limit: Limits = None,
    solver: SolverName = "highs",
    out: Out = None,
    workbook: Workbook = False,
    tables: Tables = None,
    figures: Figures = None,
    json: JsonTarget = None,
) -> None:
    """Compare strategies with doing nothing and the optimum."""
    from oshopt import reporting
    from oshopt.allocation import allocate
    from oshopt.comparison import compare as side_by_side
    from oshopt.files import add_strategies
    from oshopt.model import RESERVED

    scenario = open_scenario(path)
    known = set(scenario.strategy_tables)
    for file in extra or []:
        scenario = add_strategies(scenario, file)
    named = [name for name in strategies or [] if name not in RESERVED]
    added = [name for name in scenario.strategy_tables if name not in known]
    with placed(path), progress_on("Planning"):
        optimum = allocate(scenario, objective, limits=parse_limits(limit), solver=solver)
        draws = draws_in_force(scenario)
        comparison = side_by_side(scenario, [*named, *added] if strategies else None, optimum=optimum, draws=draws)
        bands = plan_bands(scenario, optimum, draws)
    if json is not None:
        write_json(comparison_answer(comparison, bands), json)
    if out is not None:
        command = _command(path, named, extra or [], objective, limit or [], solver)
        name = "comparison.json"
        doubt = Doubt(readable_results(scenario, path), bands)
        told(write_files(scenario, comparison, out, doubt, name=name, workbook=workbook, command=command))
    write_parts(scenario, comparison, bands, tables, figures)
    if json != "-":
        shown = [reporting.summary(scenario, comparison), reporting.groups(scenario, comparison)]
        shown.append(reporting.alternative_bands(scenario, comparison))
        show(scenario, comparison, [*shown, reporting.flags(comparison)], bands)


def _command(path: Path, names: list[str], extra: list[Path], objective: str, limits: list[str], solver: str) -> str:
    parts = ["oshopt", "compare", str(path), *names]
    for file in extra:
        parts += ["--with", str(file)]
    parts += ["--objective", objective, "--solver", solver]
    for text in limits:
        parts += ["--limit", text]
    return shlex.join([*parts, "--out", "DIR"])
