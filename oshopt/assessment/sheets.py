"""Answer sheets to fill in: a row for each part of a scorecard, and for each factor and output of compliance."""

from __future__ import annotations

from oshopt.assessment.factors import catalogue
from oshopt.assessment.forms import standard_form
from oshopt.model import Answer, FactorEntry
from oshopt.model.form import Part, PartKind, ScorecardForm


def blank_answers(form: ScorecardForm | None = None) -> list[Answer]:
    """Return a row for each part of a scorecard, with what is asked and what is to be shown."""
    return [
        Answer(
            indicator=indicator.id,
            part=part.id,
            question=f"{indicator.number}. {indicator.text}: {part.text} ({_how(part)})",
            evidence=indicator.evidence,
        )
        for indicator in (form or standard_form()).indicator
        for part in indicator.part
    ]


def _how(part: Part) -> str:
    if part.kind is PartKind.YES_NO:
        return "yes or no"
    return part.unit or "number"


def blank_factors() -> list[FactorEntry]:
    """Return a row for each factor and output of the compliance model."""
    found = catalogue()
    heads = [(group.text, group.factor) for group in found.input]
    heads += [(group.text, group.factor) for group in found.output]
    return [
        FactorEntry(factor=factor.id, question=f"{text}: {factor.text}") for text, group in heads for factor in group
    ]
