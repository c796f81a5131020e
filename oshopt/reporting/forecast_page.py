"""The page of a forecast: one HTML file that loads nothing, and its figures as files of their own."""

from __future__ import annotations

import platform
from importlib.metadata import version
from pathlib import Path

from oshopt.language import say
from oshopt.model import Outlook, Scenario
from oshopt.reporting.forecast import forecast_headline, forecast_sentences, forecast_tables
from oshopt.reporting.forecast_figures import forecast_pictures
from oshopt.reporting.html import from_template, write_whole


def write_forecast(scenario: Scenario, outlook: Outlook, path: Path, *, command: str = "") -> None:
    """Write a forecast as one self-contained HTML page, whole or not at all.

    `command` is the command line that makes it again. Raises `OSError` where the file cannot be written.
    """
    versions = [("oshopt", version("oshopt")), ("Python", platform.python_version())]
    versions += [(name, version(name)) for name in ("numpy", "scikit-learn", "matplotlib")]
    context = {
        "scenario": scenario,
        "settings": scenario.settings,
        "title": scenario.settings.report.title or scenario.name,
        "headline": forecast_headline(scenario, outlook),
        "sentences": forecast_sentences(scenario, outlook),
        "pictures": list(forecast_pictures(scenario, outlook).values()),
        "tables": [table for table in forecast_tables(scenario, outlook) if table.rows],
        "versions": [*versions, (say("seed"), str(outlook.seed))],
        "command": command,
    }
    write_whole(from_template("forecast.html", context), path)
