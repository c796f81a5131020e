"""Scenarios with surveys, made for tests."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from oshopt.model import (
    CompetenceMethod,
    CompetenceScore,
    Expert,
    Scenario,
    Subject,
    SurveyEntry,
    SurveySettings,
)
from tests.making import reference

MEASURES = tuple(f"m{i:02d}" for i in range(1, 32))


def entries(
    rows: Mapping[str, Mapping[str, float]],
    *,
    round_: int = 1,
    column: str = "rank",
    subject: Subject = Subject.MEASURES,
    survey: str | None = None,
) -> tuple[SurveyEntry, ...]:
    """Answers by expert and factor as rows of a table."""
    return tuple(
        SurveyEntry(
            survey=survey, subject=subject, round=round_, expert=expert, factor=factor, **{column: float(value)}
        )
        for expert, row in rows.items()
        for factor, value in row.items()
    )


def both(
    ranks: Mapping[str, Mapping[str, float]], numbers: Mapping[str, Mapping[str, float]], **more: Any
) -> tuple[SurveyEntry, ...]:
    """Answers of round 2: place and significance."""
    places = entries(ranks, round_=2, **more)
    return tuple(row.update(significance=float(numbers[row.expert][row.factor])) for row in places)


def scores(points: Mapping[str, float], *, out_of: float = 10.0) -> tuple[CompetenceScore, ...]:
    """Test scores by expert."""
    return tuple(
        CompetenceScore(expert=expert, method=CompetenceMethod.TEST, score=float(value), out_of=out_of)
        for expert, value in points.items()
    )


def panel(names: Iterable[str], groups: Mapping[str, str] | None = None) -> dict[str, Expert]:
    """Experts by id."""
    return {name: Expert(id=name, group=(groups or {}).get(name, ""), post="engineer", age=40) for name in names}


def orders(experts: Sequence[str], swaps: Mapping[str, tuple[int, int]] | None = None) -> dict[str, dict[str, float]]:
    """The order m01 … m31 for each expert, with two places exchanged for some."""
    rows = {}
    for expert in experts:
        order = list(MEASURES)
        if swaps and expert in swaps:
            a, b = swaps[expert]
            order[a], order[b] = order[b], order[a]
        rows[expert] = {name: float(place) for place, name in enumerate(order, start=1)}
    return rows


def surveyed(
    rows: Iterable[SurveyEntry],
    *,
    experts: Mapping[str, Expert] | None = None,
    competence: Iterable[CompetenceScore] = (),
    scenario: Scenario | None = None,
    **rules: Any,
) -> Scenario:
    """The reference case with a survey; `rules` are keys of `[survey]`."""
    base = scenario or reference()
    settings = base.settings.update(survey=SurveySettings(**rules))
    return base.update(settings=settings, survey=tuple(rows), experts=dict(experts or {}), competence=tuple(competence))
