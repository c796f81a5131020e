"""The page of assessments: one HTML file that loads nothing, for one enterprise or several ranked."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from oshopt.language import say, say_count
from oshopt.model import Assessment, Scenario
from oshopt.model.assessment import Place
from oshopt.reporting.assessed import points
from oshopt.reporting.assessed_parts import Standing, standing
from oshopt.reporting.assessed_tables import ranking
from oshopt.reporting.drawing import Drawing
from oshopt.reporting.figures import Picture
from oshopt.reporting.html import from_template, versions_of, write_whole
from oshopt.reporting.numbers import plain_name


def write_assessment(
    found: Sequence[Assessment],
    path: Path,
    *,
    places: Sequence[Place] = (),
    scenario: Scenario | None = None,
    command: str = "",
) -> None:
    """Write where enterprises stand as one self-contained HTML page, whole or not at all.

    `places` are given where several are ranked, `scenario` where the one enterprise has one; `command` is the command
    line that makes the page again. Raises `OSError` where the file cannot be written.
    """
    standings = [standing(one) for one in found]
    several = len(standings) > 1
    count = len(standings)
    leads = say_count("{n} enterprise side by side.", "{n} enterprises side by side.", count, n=count)
    if places:
        first = places[0]
        values = {"enterprise": plain_name(first.name), "points": points(first.low)}
        if first.high > first.low:
            leads = say("{enterprise} leads with at least {points} points.", **values)
        else:
            leads = say("{enterprise} leads with {points} points.", **values)
    context = {
        "scenario": scenario,
        "settings": scenario.settings if scenario is not None else None,
        "title": say_count("{n} enterprise", "{n} enterprises", count, n=count) if several else standings[0].name,
        "headline": leads if several else standings[0].headline,
        "standings": [_apart(one, at) for at, one in enumerate(standings)] if several else standings,
        "ranking": ranking(places) if places else None,
        "versions": versions_of("matplotlib"),
        "command": command,
    }
    write_whole(from_template("assessment.html", context), path)


def _apart(one: Standing, at: int) -> Standing:
    """Give the ids inside the pictures of one enterprise among several names of their own."""
    pictures = tuple(Picture(p.title, Drawing(p.svg.sheet, f"e{at}-{p.svg.salt}"), p.described) for p in one.pictures)
    return Standing(one.name, one.headline, one.sentences, pictures, one.tables)
