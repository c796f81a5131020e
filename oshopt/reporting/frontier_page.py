"""The page of a frontier: one HTML file that loads nothing, and its figures."""

from __future__ import annotations

import math
import platform
from importlib.metadata import version
from pathlib import Path

from oshopt.language import say
from oshopt.model import Basis, Frontier, Plan, Scenario
from oshopt.reporting import frontier_tables
from oshopt.reporting.figures import Picture
from oshopt.reporting.frontier_figures import curve, entry_bars
from oshopt.reporting.frontier_words import (
    frontier_headline,
    frontier_sentences,
    head,
    money_head,
    value_head,
    value_text,
)
from oshopt.reporting.html import from_template, write_whole
from oshopt.reporting.numbers import listed, money, span
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
        "guarantee": say(GUARANTEE) if frontier.objective in ("safe_service", "remaining_service") else "",
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
    return [*found, *((say("solver"), name) for name in sorted(solvers))]


def frontier_pictures(scenario: Scenario, frontier: Frontier, *, chosen: Plan | None = None) -> dict[str, Picture]:
    """Return the figures of a frontier by name: `frontier`, with the chosen plan marked, and `entries`."""
    pictures = {}
    found = [point for point in frontier.points if point.plan is not None]
    if found:
        value = head(value_head(scenario, frontier))
        title = say("{value}, against {money}", value=value, money=money_head(scenario, frontier))
        spoken = found[:: max(1, math.ceil(len(found) / _SPOKEN))]
        pairs = listed([f"{money(point.money or 0.0)}: {value_text(frontier, point.value)}" for point in spoken])
        knee = [] if frontier.knee is None else [say("The knee is at {money}.", money=money(frontier.knee.money))]
        described = " ".join([f"{title}. {pairs}.", *knee])
        pictures["frontier"] = Picture(title, curve(scenario, frontier, chosen), described)
    entering = [name for name, spans in frontier.funded.items() if any(found.enters is not None for found in spans)]
    if entering:
        title = _entries_title(scenario, frontier)
        described = say(
            "{title}: one bar a measure, those that enter first on top; the table has the budgets.", title=title
        )
        pictures["entries"] = Picture(title, entry_bars(scenario, frontier), described)
    return pictures


def _entries_title(scenario: Scenario, frontier: Frontier) -> str:
    currency = scenario.settings.currency
    if frontier.basis is Basis.YEAR:
        return say("Budgets a year whose plans spend on each measure, {currency}", currency=currency)
    if len(scenario.years) == 1:
        year = scenario.years[0]
        return say("Budgets in {year} whose plans spend on each measure, {currency}", year=year, currency=currency)
    years = span(scenario.years)
    return say("Budgets over {years} whose plans spend on each measure, {currency}", years=years, currency=currency)
