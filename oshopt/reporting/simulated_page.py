"""The page of a simulation: one HTML file that loads nothing, and its figures as files of their own."""

from __future__ import annotations

import re
from pathlib import Path

from oshopt.language import say
from oshopt.model import Outcome, Outlook, Scenario, Study
from oshopt.reporting import simulated
from oshopt.reporting.figures import Picture
from oshopt.reporting.held_against import held_sentences, held_table
from oshopt.reporting.html import from_template, write_whole
from oshopt.reporting.numbers import quoted
from oshopt.reporting.simulated_figures import fan, gantt, share_above


def write_study(
    scenario: Scenario, study: Study, path: Path, *, outlook: Outlook | None = None, command: str = ""
) -> None:
    """Write a simulation as one self-contained HTML page, whole or not at all.

    `outlook` is the scenario's forecast, which the first year is held against, and `command` the command line that
    makes the page again. Raises `OSError` where the file cannot be written.
    """
    tables = [
        simulated.simulated_summary(scenario, study),
        simulated.simulated_differences(scenario, study),
        *([held_table(scenario, study, outlook)] if outlook is not None else []),
        simulated.simulated_groups(scenario, study),
        simulated.simulated_years(scenario, study),
        *(simulated.simulated_projects(scenario, outcome) for outcome in study.outcomes),
        *(simulated.simulated_log(scenario, outcome) for outcome in study.outcomes),
    ]
    context = {
        "scenario": scenario,
        "settings": scenario.settings,
        "title": scenario.settings.report.title or scenario.name,
        "headline": simulated.simulated_headline(scenario, study),
        "sentences": [
            *simulated.simulated_sentences(scenario, study),
            *(held_sentences(scenario, study, outlook) if outlook is not None else []),
        ],
        "pictures": list(study_pictures(scenario, study).values()),
        "tables": [table for table in tables if table.rows],
        "versions": [*study.outcomes[0].versions.items(), (say("seed"), str(study.outcomes[0].seed))],
        "command": command,
    }
    write_whole(from_template("simulation.html", context), path)


def study_pictures(scenario: Scenario, study: Study) -> dict[str, Picture]:
    """Return the figures of a simulation by name: `share_above`, `cases-NAME` and `projects-NAME`."""
    title = say("Workers above acceptable risk")
    described = say(
        "Share of all workers above acceptable risk at the end of each year, by strategy; the table has the values."
    )
    pictures = {"share_above": Picture(title, share_above(scenario, study), described)}
    for outcome in study.outcomes:
        pictures |= _of_strategy(scenario, outcome)
    return pictures


def _of_strategy(scenario: Scenario, outcome: Outcome) -> dict[str, Picture]:
    name, said = file_name(outcome.strategy), quoted(simulated.strategy_name(outcome.strategy))
    described = say(
        "Cases of disease in each year under {strategy}: mean, half of the replications, nine of ten.", strategy=said
    )
    title = say("Cases under {strategy}", strategy=said)
    pictures = {f"cases-{name}": Picture(title, fan(outcome), described)}
    if outcome.projects:
        described = say("Projects of {strategy} over time, planned and done; the table has the dates.", strategy=said)
        title = say("Projects of {strategy}", strategy=said)
        pictures[f"projects-{name}"] = Picture(title, gantt(scenario, outcome), described)
    return pictures


def file_name(strategy: str) -> str:
    """Return what the figures of a strategy are called."""
    return re.sub(r"[^\w.\-]", "-", strategy)
