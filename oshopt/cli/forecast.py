"""`oshopt forecast`: outcomes ahead from the history of indicators, and the best decision among the alternatives."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import Annotated

import typer

from oshopt.cli.answers import forecast_answer, print_answer, write_forecast_files
from oshopt.cli.outlook import opinions_of, plans_of
from oshopt.cli.outputs import Figures, Tables, write_figures, write_tables
from oshopt.cli.plan import told
from oshopt.cli.terminal import JsonTarget, Language, ScenarioPath, language_option, open_scenario, placed, write_json

Out = Annotated[
    Path | None,
    typer.Option("--out", metavar="DIR", show_default=False, help="Write forecast.html and its data there."),
]


def forecast(
    path: ScenarioPath,
    seed: Annotated[int, typer.Option(metavar="S", help="Seed of every draw.")] = 1,
    out: Out = None,
    tables: Tables = None,
    figures: Figures = None,
    json: JsonTarget = None,
    lang: Language = "en",
) -> None:
    """Forecast outcomes and choose a decision.

    Says what is to be expected if nothing changes, how far that can be trusted beside plain methods, and which decision
    of the scenario is best within every limit.
    """
    from oshopt import reporting
    from oshopt.forecast import predict

    del lang
    scenario = open_scenario(path)
    with placed(path):
        outlook = predict(scenario, weights=opinions_of(scenario), plans=plans_of(scenario), seed=seed)
    if json is not None:
        write_json(forecast_answer(outlook), json)
    if out is not None:
        command = shlex.join(["oshopt", "forecast", str(path), "--seed", str(seed), *language_option(), "--out", "DIR"])
        told(write_forecast_files(scenario, outlook, out, command=command))
    if tables is not None:
        write_tables(lambda: reporting.forecast_tables(scenario, outlook), tables)
    if figures is not None:
        write_figures(reporting.forecast_pictures(scenario, outlook), figures)
    if json != "-":
        sentences = reporting.forecast_sentences(scenario, outlook)
        shown = reporting.forecast_tables(scenario, outlook)
        print_answer(reporting.forecast_headline(scenario, outlook), sentences, shown)
