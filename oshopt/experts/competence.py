"""Competence of experts: by each other, by a commission, by a test; who is to be replaced, whose word weighs more."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from oshopt.language import say
from oshopt.model import CompetenceMethod, CompetenceScore, ExpertCompetence, FrozenMap, InputError, Problem
from oshopt.model.survey import method_name


def competence(
    experts: Sequence[str], scores: Iterable[CompetenceScore], *, threshold: float
) -> FrozenMap[str, ExpertCompetence]:
    """Return the competence of each of the experts of whom any score is known.

    By each method an expert has the mean share of the possible points, opinions of oneself and of people outside
    `experts` left out of the mutual ones. An expert is competent whose share reaches `threshold` by every method that
    was used. The weight of an opinion is the mean share over the methods, beside a mean of 1 over the experts; 0 where
    nobody has a point.
    """
    rows, panel = tuple(scores), set(experts)
    shares = {expert: _shares(expert, panel, rows) for expert in experts}
    known = {expert: row for expert, row in shares.items() if row}
    means = {expert: math.fsum(row.values()) / len(row) for expert, row in known.items()}
    whole = math.fsum(means.values()) / len(means) if means else 0.0
    return FrozenMap(
        {
            expert: ExpertCompetence(
                shares=FrozenMap(row),
                competent=all(share >= threshold for share in row.values()),
                weight=means[expert] / whole if whole else 0.0,
            )
            for expert, row in known.items()
        }
    )


def says(experts: Sequence[str], found: FrozenMap[str, ExpertCompetence]) -> list[float]:
    """Return the weight of each expert's opinion by competence, mean 1 over `experts`.

    Raises `InputError` for experts of whom no score is known, and where nobody has a point.
    """
    problems = [
        Problem(
            "competence",
            "",
            "expert",
            expert,
            f"no score of {expert}, while opinions are weighed by competence",
            "Add scores of the expert, or set survey.competence_weights to false.",
        )
        for expert in experts
        if expert not in found
    ]
    total = math.fsum(found[expert].weight for expert in experts if expert in found)
    if not problems and total <= 0:
        remedy = "Give scores above 0, or set survey.competence_weights to false."
        problems = [Problem("competence", "", "score", "0", "no expert has any point", remedy)]
    if problems:
        raise InputError(problems)
    return [found[expert].weight * len(experts) / total for expert in experts]


def unscored(experts: Sequence[str], found: FrozenMap[str, ExpertCompetence]) -> list[str]:
    """Return a sentence for each method that left some experts without a score."""
    used = {method for row in found.values() for method in row.shares}
    said = []
    for method in sorted(used):
        left = [expert for expert in experts if expert not in found or method not in found[expert].shares]
        if left:
            experts_left = ", ".join(left)
            said.append(
                say("Without a score by {method}: {experts}.", method=method_name(method), experts=experts_left)
            )
    return said


def _shares(expert: str, panel: set[str], scores: tuple[CompetenceScore, ...]) -> dict[str, float]:
    found: dict[str, list[float]] = {}
    for row in scores:
        own = row.method is CompetenceMethod.MUTUAL and (row.assessor == expert or row.assessor not in panel)
        if row.expert == expert and not own:
            found.setdefault(row.method.value, []).append(row.score / row.out_of)
    return {method: math.fsum(values) / len(values) for method, values in found.items()}
