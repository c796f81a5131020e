"""`oshopt frontier`: what more or less money would bring, and from which budget each measure gets money."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from oshopt.cli.answers import print_answer, progress_on
from oshopt.cli.frontier_answers import frontier_answer, write_frontier_files
from oshopt.cli.outputs import Figures, Tables, write_figures, write_tables
from oshopt.cli.plan import Limits, Objective, SolverName, parse_limits, told
from oshopt.cli.terminal import (
    NO_PLAN,
    JsonTarget,
    Language,
    ScenarioPath,
    language_option,
    open_scenario,
    placed,
    write_json,
)

if TYPE_CHECKING:
    from oshopt.model import Frontier, Scenario
    from oshopt.reporting import Table

_ABREAST = 8
"""Columns of a table that a terminal has room for."""

Budgets = Annotated[
    str | None,
    typer.Option(
        metavar="A,B,C",
        show_default=False,
        help="Budgets to plan for: a year, or over the horizon where the scenario gives a mere total.",
    ),
]
Points = Annotated[
    int | None,
    typer.Option(metavar="N", show_default=False, help="Choose about N budgets, from the least to the most; 12."),
]
Targets = Annotated[
    str | None,
    typer.Option(
        metavar="A,B,C", show_default=False, help="Find the least cost for each of these values of the objective."
    ),
]
Entries = Annotated[
    bool,
    typer.Option("--entries/--no-entries", help="Whether the budgets are found at which measures enter the plan."),
]
Out = Annotated[
    Path | None,
    typer.Option(
        "--out", metavar="DIR", show_default=False, help="Write frontier.html, its figures, CSV and data there."
    ),
]


def frontier(
    path: ScenarioPath,
    budgets: Budgets = None,
    points: Points = None,
    targets: Targets = None,
    objective: Objective = "safe_service",
    limit: Limits = None,
    solver: SolverName = "highs",
    entries: Entries = True,
    out: Out = None,
    tables: Tables = None,
    figures: Figures = None,
    json: JsonTarget = None,
    lang: Language = "en",
) -> None:
    """Find what more or less money would bring.

    Plans for a row of budgets, or finds the least cost of a row of targets; says what more money brings at each, where
    it begins to bring less, and from which budget each measure gets money.
    """
    from oshopt import reporting
    from oshopt.allocation import POINTS
    from oshopt.allocation import frontier as sweep

    del lang
    scenario = open_scenario(path)
    amounts, demands = numbers("--budgets", budgets), numbers("--targets", targets)
    _require_one_question(points, budgets, targets)
    with placed(path), progress_on("Finding the range of money", "Plans and measures") as progress:
        found = sweep(
            scenario,
            objective,
            budgets=amounts,
            targets=demands,
            points=POINTS if points is None else points,
            limits=parse_limits(limit),
            solver=solver,
            entries=entries,
            progress=progress,
        )
    if json is not None:
        write_json(frontier_answer(found), json)
    if out is not None:
        command = _command(path, budgets, points, targets, objective, limit or [], solver, entries)
        told(write_frontier_files(scenario, found, out, command=command))
    if tables is not None:
        write_tables(lambda: frontier_tables(scenario, found), tables)
    if figures is not None:
        write_figures(reporting.frontier_pictures(scenario, found), figures)
    if json != "-":
        every = frontier_tables(scenario, found)
        shown = [table for table in every[:-1] if table.rows]
        shown += [table for table in every[-1:] if len(table.columns) <= _ABREAST]
        print_answer(reporting.frontier_headline(scenario, found), reporting.frontier_sentences(scenario, found), shown)
    if all(point.plan is None for point in found.points):
        raise typer.Exit(NO_PLAN)


def frontier_tables(scenario: Scenario, found: Frontier) -> list[Table]:
    """Return every table of a frontier; money by measure, which may be wide, is the last."""
    from oshopt import reporting

    return [
        reporting.frontier_points(scenario, found),
        reporting.frontier_lacking(scenario, found),
        reporting.frontier_groups(scenario, found),
        reporting.frontier_entries(scenario, found),
        reporting.frontier_money(scenario, found),
    ]


def numbers(option: str, text: str | None) -> list[float] | None:
    """Return the numbers of an option, separated by commas; None without it. Raises `InputError` for what is none."""
    from oshopt.model import InputError, Problem

    if text is None:
        return None
    found, problems = [], []
    for part in text.split(","):
        try:
            found.append(float(part.replace(" ", "")))
        except ValueError:
            remedy = f"Write numbers with commas between them, for instance {option} 100000,200000."
            problems.append(Problem("options", "", option, part, "not a number", remedy))
    if problems:
        raise InputError(problems)
    return found


def _require_one_question(points: int | None, budgets: str | None, targets: str | None) -> None:
    from oshopt.model import InputError, Problem

    if points is not None and (budgets is not None or targets is not None):
        remedy = "Leave --points out, or leave the budgets and targets to it."
        problem = Problem("options", "", "--points", str(points), "budgets or targets are given too", remedy)
        raise InputError([problem])


def _command(
    path: Path,
    budgets: str | None,
    points: int | None,
    targets: str | None,
    objective: str,
    limits: list[str],
    solver: str,
    entries: bool,
) -> str:
    parts = ["oshopt", "frontier", str(path)]
    for option, value in (("--budgets", budgets), ("--points", points), ("--targets", targets)):
        parts += [] if value is None else [option, str(value)]
    parts += ["--objective", objective, "--solver", solver, *([] if entries else ["--no-entries"])]
    for text in limits:
        parts += ["--limit", text]
    return shlex.join([*parts, *language_option(), "--out", "DIR"])
