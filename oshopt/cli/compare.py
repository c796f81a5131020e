"""`oshopt compare`: strategies side by side, against doing nothing and the optimum."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from oshopt.cli.answers import comparison_answer, print_answer, progress_on, write_comparison_files
from oshopt.cli.opinions import draws_in_force, plan_bands
from oshopt.cli.outlook import lines_of
from oshopt.cli.outputs import Figures, Tables, write_figures, write_tables
from oshopt.cli.plan import Limits, Objective, SolverName, Workbook, parse_limits, told
from oshopt.cli.simulate import effort_of
from oshopt.cli.terminal import JsonTarget, Language, ScenarioPath, open_scenario, placed, write_json

if TYPE_CHECKING:
    from oshopt.model import Comparison, Plan, PlanBands, Scenario, Study
    from oshopt.risk import Draws

Named = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[STRATEGY]...",
        show_default=False,
        help="Strategies of the scenario, in the order to show them; all by default. Doing nothing, the optimum and, "
        "where there are such strategies, last-year and actual always stand beside them.",
    ),
]
With = Annotated[
    list[Path] | None,
    typer.Option(
        "--with",
        metavar="FILE",
        show_default=False,
        help="Compare the strategies of this file too: a plan.csv, or a results.xlsx whose plan you edited. May be "
        "repeated.",
    ),
]
Replications = Annotated[
    int | None,
    typer.Option(
        metavar="N",
        show_default=False,
        help="Simulate each alternative so many times under the same chances; without it nothing is simulated.",
    ),
]
Seed = Annotated[int, typer.Option(metavar="S", help="With --replications: seed of every draw.")]
Out = Annotated[
    Path | None,
    typer.Option(
        "--out",
        metavar="DIR",
        show_default=False,
        help="Write comparison.html, comparison.json and the optimum as plan.csv there.",
    ),
]


def compare(
    path: ScenarioPath,
    strategies: Named = None,
    extra: With = None,
    objective: Objective = "safe_service",
    limit: Limits = None,
    solver: SolverName = "highs",
    replications: Replications = None,
    seed: Seed = 1,
    out: Out = None,
    workbook: Workbook = False,
    tables: Tables = None,
    figures: Figures = None,
    json: JsonTarget = None,
    lang: Language = "en",
) -> None:
    """Compare strategies with doing nothing and the optimum: effect, people, money, and how sure the difference is."""
    from oshopt.allocation import allocate
    from oshopt.files import add_strategies
    from oshopt.model import RESERVED

    scenario = open_scenario(path)
    known = set(scenario.strategy_tables)
    for file in extra or []:
        scenario = add_strategies(scenario, file)
    named = [name for name in strategies or [] if name not in RESERVED]
    added = [name for name in scenario.strategy_tables if name not in known]
    chosen = [*named, *added] if strategies else None
    with placed(path), progress_on("Planning"):
        optimum = allocate(scenario, objective, limits=parse_limits(limit), solver=solver)
        draws = draws_in_force(scenario)
        bands = plan_bands(scenario, optimum, draws)
    study = None if replications is None else _study(scenario, path, chosen, optimum, replications, seed)
    with placed(path):
        comparison = _compared(scenario, chosen, optimum, draws, study)
    if json is not None:
        write_json(comparison_answer(comparison, bands), json)
    if out is not None:
        command = _command(path, named, extra or [], objective, limit or [], solver)
        command += [] if replications is None else ["--replications", str(replications), "--seed", str(seed)]
        command += [] if lang == "en" else ["--lang", lang]
        line = shlex.join([*command, "--out", "DIR"])
        told(write_comparison_files(scenario, comparison, out, bands, workbook=workbook, command=line))
    _write_parts(scenario, comparison, bands, tables, figures)
    if json != "-":
        _show(scenario, comparison)


def _study(
    scenario: Scenario, path: Path, names: list[str] | None, optimum: Plan, replications: int, seed: int
) -> Study:
    """Simulate everything that is compared, every pair of it held against each other."""
    from oshopt.comparison import compared
    from oshopt.simulation import simulate_each

    effort = effort_of(replications, seed)
    with placed(path), progress_on("Preparing", "Replications") as progress:
        tables = compared(scenario, names, optimum=optimum)
        return simulate_each(scenario, tables, effort=effort, every_pair=True, progress=progress)


def _compared(
    scenario: Scenario, names: list[str] | None, optimum: Plan, draws: Draws | None, study: Study | None
) -> Comparison:
    from oshopt.comparison import compare as side_by_side

    return side_by_side(
        scenario, names, optimum=optimum, draws=draws, study=study, standings=True, lines=lines_of(scenario)
    )


def _write_parts(
    scenario: Scenario, comparison: Comparison, bands: PlanBands | None, tables: Path | None, figures: Path | None
) -> None:
    from oshopt import reporting

    if tables is not None:
        write_tables(
            lambda: [
                *reporting.every_comparison_table(scenario, comparison),
                *reporting.plan_tables(scenario, comparison, bands),
            ],
            tables,
        )
    if figures is not None:
        pictures = reporting.plan_pictures(scenario, comparison) | reporting.comparison_pictures(scenario, comparison)
        write_figures(pictures, figures)


def _show(scenario: Scenario, comparison: Comparison) -> None:
    from oshopt import reporting

    sentences = [*reporting.sentences(scenario, comparison), *reporting.comparison_sentences(scenario, comparison)]
    tables = reporting.comparison_tables_of(scenario, comparison)
    print_answer(reporting.headline(scenario, comparison), sentences, tables)


def _command(
    path: Path, names: list[str], extra: list[Path], objective: str, limits: list[str], solver: str
) -> list[str]:
    parts = ["oshopt", "compare", str(path), *names]
    for file in extra:
        parts += ["--with", str(file)]
    parts += ["--objective", objective, "--solver", solver]
    for text in limits:
        parts += ["--limit", text]
    return parts
