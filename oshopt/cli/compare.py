"""`oshopt compare`: strategies side by side, against doing nothing and the optimum."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import Annotated

import typer

from oshopt.cli.answers import comparison_answer, show, write_files
from oshopt.cli.plan import Limits, Objective, Out, SolverName, Workbook, parse_limits, told
from oshopt.cli.terminal import JsonTarget, ScenarioPath, open_scenario, placed, write_json


def compare(
    path: ScenarioPath,
    strategies: Annotated[
        list[str] | None,
        typer.Argument(metavar="[STRATEGY]...", show_default=False, help="Strategies of the scenario; all by default."),
    ] = None,
    objective: Objective = "safe_service",
    limit: Limits = None,
    solver: SolverName = "highs",
    out: Out = None,
    workbook: Workbook = False,
    json: JsonTarget = None,
) -> None:
    """Compare strategies with doing nothing and the optimum."""
    from oshopt import reporting
    from oshopt.allocation import allocate
    from oshopt.comparison import compare as side_by_side

    scenario = open_scenario(path)
    names = [name for name in strategies or [] if name not in ("do-nothing", "optimum")]
    with placed(path):
        optimum = allocate(scenario, objective, limits=parse_limits(limit), solver=solver)
        comparison = side_by_side(scenario, names if strategies else None, optimum=optimum)
    if json is not None:
        write_json(comparison_answer(comparison), json)
    if json != "-":
        tables = [reporting.summary(scenario, comparison), reporting.groups(scenario, comparison)]
        show(scenario, comparison, [*tables, reporting.flags(comparison)])
    if out is not None:
        command = shlex.join(["oshopt", "compare", str(path), *names, "--objective", objective, "--out", "DIR"])
        told(write_files(scenario, comparison, out, workbook=workbook, command=command))
