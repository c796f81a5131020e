"""`oshopt plan`: the best plan for an objective, with its proof."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from oshopt.cli.answers import plan_answer, progress_on, show, write_files
from oshopt.cli.opinions import Doubt, draws_in_force, plan_bands, readable_results, with_bands
from oshopt.cli.outputs import Figures, Tables, write_figures, write_tables
from oshopt.cli.terminal import JsonTarget, Language, ScenarioPath, open_scenario, placed, stoppable, write_json

if TYPE_CHECKING:
    from oshopt.model import Comparison, Plan, PlanBands, Scenario
    from oshopt.reporting import Table

Objective = Annotated[
    str,
    typer.Option(help="What to seek: safe_service, remaining_service, effect, cases, cost, net_benefit or outcome:ID."),
]
Limits = Annotated[
    list[str] | None,
    typer.Option(
        "--limit",
        metavar="NAME=VALUE",
        show_default=False,
        help="Demand beside the scenario's own limits, for one group as NAME=GROUP:VALUE. At least: effect, "
        "last_effect, safe_service, remaining_service, net_benefit, score, compliance (or =CATEGORY:VALUE), compliant; "
        "at most: cases, cost, outcome=ID:VALUE. May be repeated.",
    ),
]
SolverName = Annotated[str, typer.Option("--solver", help="highs or cbc.")]
Gap = Annotated[
    float, typer.Option("--gap", help="Gap between value and bound at which a plan with whole measures is good enough.")
]
TimeLimit = Annotated[
    float | None,
    typer.Option(
        "--time-limit",
        metavar="SECONDS",
        show_default=False,
        help="Take the best plan found by then, with its true gap. Ctrl-C does the same at any time.",
    ),
]
Decided = Annotated[
    str | None,
    typer.Option(
        "--decided",
        metavar="STRATEGY",
        show_default=False,
        help="Strategy whose money, on the measures and years that it names, is decided already.",
    ),
]
Robust = Annotated[
    str | None,
    typer.Option(
        "--robust",
        metavar="cvar:LEVEL|mean",
        show_default=False,
        help="Seek the best mean of the worst draws of weights and increments (cvar:0.9: of the worst tenth), or of "
        "all draws, and hold the plan against the nominal one on unseen draws.",
    ),
]
DrawCount = Annotated[int, typer.Option("--draws", help="With --robust: draws that the plan is sought on.")]
Seed = Annotated[int, typer.Option("--seed", help="With --robust: seed of every draw.")]
Explain = Annotated[
    bool,
    typer.Option(
        "--explain",
        help="Say why each measure is in or out, what it returns, and at which weight and cost that turns; what 10 % "
        "of each weight and increment does; and how the plan differs from each strategy.",
    ),
]
Out = Annotated[
    Path | None,
    typer.Option("--out", metavar="DIR", show_default=False, help="Write report.html and the answer's files there."),
]
Workbook = Annotated[
    bool,
    typer.Option("--workbook", help="With --out: write results.xlsx too, where the plan can be edited and read back."),
]


def plan(
    path: ScenarioPath,
    objective: Objective = "safe_service",
    limit: Limits = None,
    solver: SolverName = "highs",
    gap: Gap = 1e-6,
    time_limit: TimeLimit = None,
    decided: Decided = None,
    robust: Robust = None,
    draws: DrawCount = 1000,
    seed: Seed = 1,
    explain: Explain = False,
    out: Out = None,
    workbook: Workbook = False,
    tables: Tables = None,
    figures: Figures = None,
    json: JsonTarget = None,
    lang: Language = "en",
) -> None:
    """Find the best plan.

    Says which money goes on which measure in which year, what that brings, and how it is proven. With --out the report
    compares it with doing nothing and with every strategy of the scenario.
    """
    from oshopt.allocation import allocate
    from oshopt.comparison import compare

    scenario = open_scenario(path)
    with placed(path), stoppable() as stop, progress_on("Planning", "Why each measure is in or out") as progress:
        found = allocate(
            scenario,
            objective,
            limits=parse_limits(limit),
            solver=solver,
            gap=gap,
            time_limit=time_limit,
            stop=stop,
            decided=decided,
            robust=parse_robust(robust),
            draws=draws,
            seed=seed,
            explain=explain,
            progress=progress,
        )
        uncertain = draws_in_force(scenario)
        bands = plan_bands(scenario, found, uncertain)
    if json is not None:
        write_json(with_bands(plan_answer(found), bands), json)
    if (out, tables, figures) == (None, None, None) and json is not None:
        return
    comparison = compare(scenario, optimum=found, draws=uncertain)
    if out is not None:
        options = {"gap": gap, "time-limit": time_limit, "decided": decided, "robust": robust}
        options |= ({"draws": draws, "seed": seed} if robust else {}) | ({"lang": lang} if lang != "en" else {})
        command = _command(path, objective, limit or [], solver, explain, options)
        doubt = Doubt(readable_results(scenario, path), bands)
        told(write_files(scenario, comparison, out, doubt, workbook=workbook, command=command))
    write_parts(scenario, comparison, bands, tables, figures)
    if json != "-":
        show(scenario, comparison, _tables(scenario, comparison, found), bands)


def write_parts(
    scenario: Scenario, comparison: Comparison, bands: PlanBands | None, tables: Path | None, figures: Path | None
) -> None:
    """Write every table and every figure of a plan beside its strategies where they are asked for."""
    from oshopt import reporting

    if tables is not None:
        write_tables(lambda: reporting.plan_tables(scenario, comparison, bands), tables)
    if figures is not None:
        write_figures(reporting.plan_pictures(scenario, comparison), figures)


def told(files: list[Path]) -> None:
    """Say on standard error which files were written."""
    typer.echo("Written: " + ", ".join(map(str, files)), err=True)


def parse_limits(texts: list[str] | None) -> dict[str, float]:
    """Return limits by name from NAME=VALUE and NAME=GROUP:VALUE; raise `InputError` for other forms."""
    from oshopt.model import InputError, Problem

    limits, problems = {}, []
    for text in texts or []:
        name, _, rest = text.partition("=")
        group, colon, value = rest.rpartition(":")
        key = f"{name}:{group}" if colon else name
        try:
            limits[key] = float(value)
        except ValueError:
            remedy = "Write --limit NAME=VALUE or --limit NAME=GROUP:VALUE, for instance --limit safe_service=40."
            problems.append(Problem("options", "", "--limit", text, "the limit has no number", remedy))
    if problems:
        raise InputError(problems)
    return limits


def parse_robust(text: str | None) -> tuple[str, float] | str | None:
    """Return what a robust plan seeks from `mean` or `cvar:LEVEL`; raise `InputError` where the level is no number."""
    from oshopt.model import InputError, Problem

    if text is None or text == "mean":
        return text
    name, _, level = text.partition(":")
    try:
        return name, float(level)
    except ValueError:
        remedy = "Write --robust cvar:0.9 or --robust mean."
        raise InputError([Problem("options", "", "--robust", text, "the level is no number", remedy)]) from None


def _command(
    path: Path, objective: str, limits: list[str], solver: str, explain: bool, options: Mapping[str, object]
) -> str:
    parts = ["oshopt", "plan", str(path), "--objective", objective, "--solver", solver]
    for name, value in options.items():
        if value is not None and (name, value) != ("gap", 1e-6):
            parts += [f"--{name}", str(value)]
    for text in limits:
        parts += ["--limit", text]
    return shlex.join([*parts, *(["--explain"] if explain else []), "--out", "DIR"])


def _tables(scenario: Scenario, comparison: Comparison, found: Plan) -> list[Table]:
    from oshopt import reporting

    tables = [reporting.plan_money(scenario, found), reporting.groups(scenario, comparison)]
    tables += [reporting.yearly_money(scenario, found), reporting.legal_duties(scenario, comparison)]
    tables += [reporting.certificate(scenario, found), reporting.binding_limits(found.certificate)]
    tables += [reporting.marginal_values(scenario, found), reporting.alternative_bands(scenario, comparison)]
    if found.robustness is not None:
        tables += [reporting.robust_table(found), reporting.robust_money(scenario, found)]
    if found.explanation is not None:
        tables += [reporting.reasons(scenario, found), reporting.break_even(scenario, found.certificate)]
        tables += [reporting.sensitivity(scenario, found), *reporting.every_change(scenario, found)]
    return [*tables, reporting.flags(comparison)]
