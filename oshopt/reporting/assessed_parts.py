"""What pages show of one enterprise: its answer in words, pictures and tables."""

from __future__ import annotations

from dataclasses import dataclass

from oshopt.language import say
from oshopt.model import Assessment
from oshopt.reporting import assessed, assessed_figures, assessed_tables
from oshopt.reporting.figures import Picture
from oshopt.reporting.tables import Table


@dataclass(frozen=True, slots=True)
class Standing:
    """One enterprise on a page."""

    name: str
    headline: str
    sentences: tuple[str, ...]
    pictures: tuple[Picture, ...]
    tables: tuple[Table, ...]


def standing(found: Assessment) -> Standing:
    """Return what a page shows of one enterprise."""
    return Standing(
        name=found.name,
        headline=assessed.assessed_headline(found),
        sentences=tuple(assessed.assessed_sentences(found)),
        pictures=tuple(assessed_pictures(found).values()),
        tables=tuple(assessed_tables.assessed_tables(found)),
    )


def assessed_pictures(found: Assessment) -> dict[str, Picture]:
    """Return the figures of an assessment by name."""
    pictures = {}
    if found.scorecard is not None:
        title = say("Points of each indicator")
        described = say("Points of each indicator inside what is possible; the table has the values.")
        pictures["scorecard_points"] = Picture(title, assessed_figures.scorecard_points(found.scorecard), described)
    if found.compliance is not None:
        title = say("Level of compliance by input group")
        described = say("{title}; see the table.", title=title)
        pictures["group_levels"] = Picture(title, assessed_figures.group_levels(found.compliance), described)
    if found.money:
        title = say("Money against gap by input group")
        described = say(
            "Each input group's part of the gaps beside its part of new money; the table {title} has the values.",
            title=title,
        )
        pictures["gap_money"] = Picture(title, assessed_figures.gap_money(found), described)
    return pictures
