"""The page of a frontier: one HTML file that loads nothing, and its figures."""

from __future__ import annotations

import math
import platform
from importlib.metadata import version
from pathlib import Path

from oshopt.model import Frontier, Scenario, Sweep
from oshopt.reporting import frontier_tables
from oshopt.reporting.figures import Picture
from oshopt.reporting.frontier_figures import curve, entry_bars
from oshopt.reporting.frontier_words import frontier_headline, frontier_sentences, per, value_head, value_text
from oshopt.reporting.html import from_template, write_whole
from oshopt.reporting.numbers import listed, money
from oshopt.reporting.sentences import GUARANTEE

_SPOKEN = 8
"""Points read out in the description of the figure."""


def write_frontier(scenario: Scenario, frontier: Frontier, path: Path, *, command: str = "") -> None:
    """Write a frontier as one self-contained HTML page, whole or not at all.

    `command` is the command line that makes it again. Raises `OSError` where the file cannot be written.
    """
    tables = [
        frontier_tables.frontier_points(scenario, frontier),
        frontier_tables.frontier_lacking(scenario, frontier),
        frontier_tables.frontier_groups(scenario, frontier),
        frontier_tables.frontier_entries(scenario, frontier),
        frontier_tables.frontier_money(scenario, frontier),
    ]
    context = {
        "scenario": scenario,
        "settings": scenario.settings,
        "title": scenario.settings.report.title or scenario.name,
        "headline": frontier_headline(scenario, frontier),
        "sentences": frontier_sentences(scenario, frontier),
        "guarantee": GUARANTEE if frontier.objective in ("safe_service", "remaining_service") else "",
        "pictures": list(frontier_pictures(scenario, frontier).values()),
        "tables": [table for table in tables if table.rows],
        "versions": _versions(frontier),
        "command": command,
    }
    write_whole(from_template("frontier.html", context), path)


def _versions(frontier: Frontier) -> list[tuple[str, str]]:
    found = [("oshopt", version("oshopt")), ("Python", platform.python_version())]
    found += [(name, version(name)) for name in ("numpy", "pulp", "matplotlib")]
    solvers = {point.plan.certificate.solver for point in frontier.points if point.plan is not None}
    return [*found, *(("solver", name) for name in sorted(solvers))]


def frontier_pictures(scenario: Scenario, frontier: Frontier) -> dict[str, Picture]:
    """Return the figures of a frontier by name."""
    pictures = {}
    found = [point for point in frontier.points if point.plan is not None]
    if found:
        head = value_head(scenario, frontier)
        what = "least cost" if frontier.sweep is Sweep.TARGETS else "budget"
        title = f"{head[0].upper()}{head[1:]}, against {what} {per(scenario, frontier)}, {scenario.settings.currency}"
        spoken = found[:: max(1, math.ceil(len(found) / _SPOKEN))]
        pairs = listed([f"{money(point.money or 0.0)}: {value_text(frontier, point.value)}" for point in spoken])
        knee = "" if frontier.knee is None else f" The knee is at {money(frontier.knee.money)}."
        pictures["frontier"] = Picture(title, curve(scenario, frontier), f"{title}. {pairs}.{knee}")
    entering = [name for name, spans in frontier.funded.items() if any(found.enters is not None for found in spans)]
    if entering:
        title = f"Budgets {per(scenario, frontier)} whose plans spend on each measure, {scenario.settings.currency}"
        described = f"{title}: one bar a measure, those that enter first on top; the table has the budgets."
        pictures["entries"] = Picture(title, entry_bars(scenario, frontier), described)
    return pictures
