"""`oshopt simulate`: what happens to people, money and projects under strategies, with its range."""

from __future__ import annotations

import os
import shlex
from functools import lru_cache
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Annotated

import typer

from oshopt.cli.answers import print_answer, progress_on, study_answer, write_study_files
from oshopt.cli.outlook import outlook_of
from oshopt.cli.outputs import Figures, Tables, write_figures, write_tables
from oshopt.cli.plan import told
from oshopt.cli.terminal import JsonTarget, Language, ScenarioPath, language_option, open_scenario, placed, write_json

if TYPE_CHECKING:
    from oshopt.model import Outlook, Scenario, Strategy, Study
    from oshopt.reporting import Table
    from oshopt.simulation import Clock, Effort


Strategies = Annotated[
    list[str] | None,
    typer.Option(
        "--strategy",
        metavar="NAME",
        show_default=False,
        help="Strategy of the scenario, or do-nothing. May be repeated; the others are held against the first. All of "
        "the scenario by default.",
    ),
]
Optimum = Annotated[bool, typer.Option("--optimum", help="Simulate the best plan too.")]
Replan = Annotated[
    bool,
    typer.Option("--replan", help="Simulate the best plan, and planning anew each January with what is left, too."),
]
Precision = Annotated[
    float | None,
    typer.Option(
        metavar="X",
        show_default=False,
        help="Stop after 100, 200, 400 … replications once the 95 % interval of mean cases is within ± this share.",
    ),
]
Jobs = Annotated[
    int | None,
    typer.Option(metavar="N", show_default=False, help="Processes to use; as many as there are processors by default."),
]
Resume = Annotated[
    Path | None,
    typer.Option(
        metavar="DIR", show_default=False, help="Keep results there as they come; go on where a run was stopped."
    ),
]
Out = Annotated[
    Path | None,
    typer.Option("--out", metavar="DIR", show_default=False, help="Write simulation.html and its data there."),
]


def simulate(
    path: ScenarioPath,
    strategies: Strategies = None,
    optimum: Optimum = False,
    replan: Replan = False,
    replications: Annotated[int, typer.Option(metavar="N", help="Replications; at most, with --precision.")] = 1000,
    seed: Annotated[int, typer.Option(metavar="S", help="Seed of every draw.")] = 1,
    precision: Precision = None,
    jobs: Jobs = None,
    resume: Resume = None,
    log: Annotated[bool, typer.Option("--log", help="Tell the events of each one's first replication.")] = False,
    out: Out = None,
    tables: Tables = None,
    figures: Figures = None,
    json: JsonTarget = None,
    lang: Language = "en",
) -> None:
    """Simulate strategies.

    Says what happens to people under each, how far it may vary, how that compares, and whether projects end in time.
    """
    from oshopt.reporting import study_pictures
    from oshopt.simulation import Clock, simulate_each

    del lang
    scenario = open_scenario(path)
    effort, clock, begin = effort_of(replications, seed, precision, jobs, resume), Clock(), perf_counter()
    with placed(path), progress_on("Preparing", "Replications") as progress:
        simulated = _tables(scenario, strategies or [], optimum or replan)
        planner = plan_anew if replan else None
        study = simulate_each(
            scenario, simulated, planner=planner, effort=effort, log=log, progress=progress, clock=clock
        )
    _tell_time(study, clock, perf_counter() - begin)
    if json is not None:
        write_json(study_answer(study), json)
    outlook = outlook_of(scenario) if out is not None or tables is not None or json != "-" else None
    if out is not None:
        command = _command(path, strategies or [], optimum, replan, effort, log)
        told(write_study_files(scenario, study, out, outlook=outlook, command=command))
    if tables is not None:
        write_tables(lambda: study_tables(scenario, study, outlook), tables)
    if figures is not None:
        write_figures(study_pictures(scenario, study), figures)
    if json != "-":
        _show(scenario, study, outlook)


@lru_cache(maxsize=32)
def plan_anew(scenario: Scenario) -> Strategy:
    """Return the best plan of what is left of a scenario: the planner of `--replan`.

    The first January is the same in every replication, so that plans are remembered.
    """
    from oshopt.allocation import allocate

    return allocate(scenario, marginals=False).as_strategy("plan")


def effort_of(
    replications: int,
    seed: int,
    precision: float | None = None,
    jobs: int | None = None,
    resume: Path | None = None,
) -> Effort:
    """Return the effort: processes where there is a share of replications for each, threads where there is not."""
    from oshopt.simulation import Effort

    wanted = _processors() if jobs is None else jobs
    alone = replications < 2 * wanted
    return Effort(
        replications=replications,
        seed=seed,
        precision=precision,
        processes=1 if alone else wanted,
        threads=wanted if alone else 1,
        resume=resume,
    )


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _tables(scenario: Scenario, names: list[str], optimum: bool) -> list[Strategy]:
    """Return the strategies to simulate, the best plan last; the best plan alone where the scenario has none."""
    from oshopt.allocation import allocate
    from oshopt.model import DO_NOTHING

    named = names or ([] if optimum else list(scenario.strategy_tables))
    tables = [DO_NOTHING if name == DO_NOTHING.id else scenario.strategy(name) for name in dict.fromkeys(named)]
    if optimum or not tables:
        tables.append(allocate(scenario, marginals=False).as_strategy())
    return tables


def _tell_time(study: Study, clock: Clock, elapsed: float) -> None:
    """Say on standard error, if it is a terminal, how long it took and what took it; results know no time."""
    from oshopt.cli.terminal import error_console

    console, whole = error_console(), clock.enterprise + clock.people
    if console.is_terminal and whole > 0:
        count = sum(outcome.replications for outcome in study.outcomes)
        console.print(
            f"{count} replications in {elapsed:.1f} s: {whole:.1f} s of processor time, "
            f"{clock.enterprise / whole:.0%} of it the enterprise, {clock.people / whole:.0%} its people.",
            markup=False,
        )


def study_tables(scenario: Scenario, study: Study, outlook: Outlook | None) -> list[Table]:
    """Return every table of a simulation, the forecast beside it where there is one."""
    from oshopt import reporting

    return [
        reporting.simulated_summary(scenario, study),
        reporting.simulated_groups(scenario, study),
        reporting.simulated_years(scenario, study),
        reporting.simulated_differences(scenario, study),
        *([reporting.held_table(scenario, study, outlook)] if outlook is not None else []),
        *(reporting.simulated_projects(scenario, outcome) for outcome in study.outcomes),
        *(reporting.simulated_log(scenario, outcome) for outcome in study.outcomes),
    ]


def _show(scenario: Scenario, study: Study, outlook: Outlook | None) -> None:
    from oshopt import reporting

    sentences = reporting.simulated_sentences(scenario, study)
    if outlook is not None:
        sentences += reporting.held_sentences(scenario, study, outlook)
    print_answer(reporting.simulated_headline(scenario, study), sentences, study_tables(scenario, study, outlook))


def _command(path: Path, names: list[str], optimum: bool, replan: bool, effort: Effort, log: bool) -> str:
    parts = ["oshopt", "simulate", str(path)]
    for name in names:
        parts += ["--strategy", name]
    parts += [flag for flag, wanted in (("--optimum", optimum), ("--replan", replan), ("--log", log)) if wanted]
    parts += ["--replications", str(effort.replications), "--seed", str(effort.seed)]
    if effort.precision is not None:
        parts += ["--precision", str(effort.precision)]
    return shlex.join([*parts, *language_option(), "--out", "DIR"])
