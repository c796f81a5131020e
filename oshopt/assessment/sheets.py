"""Answer sheets to fill in: a row for each part of a scorecard, and for each factor and output of compliance."""

from __future__ import annotations

from oshopt.assessment.factors import catalogue
from oshopt.assessment.forms import standard_form, told
from oshopt.language import say, say_in
from oshopt.model import Answer, FactorEntry
from oshopt.model.form import Part, PartKind, ScorecardForm


def blank_answers(form: ScorecardForm | None = None) -> list[Answer]:
    """Return a row for each part of a scorecard, with what is asked and what is to be shown."""
    used = form or standard_form()
    return [
        Answer(
            indicator=indicator.id,
            part=part.id,
            question=f"{indicator.number}. {told(used, indicator.text)}: {told(used, part.text)} ({_how(used, part)})",
            evidence=told(used, indicator.evidence) if indicator.evidence else "",
        )
        for indicator in used.indicator
        for part in indicator.part
    ]


def _how(form: ScorecardForm, part: Part) -> str:
    if part.kind is PartKind.YES_NO:
        return say("yes or no")
    if not part.unit:
        return say("number")
    return say_in("unit", part.unit) if form is standard_form() else part.unit


def blank_factors() -> list[FactorEntry]:
    """Return a row for each factor and output of the compliance model."""
    found = catalogue()
    heads = [(group.text, group.factor) for group in found.input]
    heads += [(group.text, group.factor) for group in found.output]
    return [
        FactorEntry(factor=factor.id, question=f"{say(text)}: {say(factor.text)}")
        for text, group in heads
        for factor in group
    ]
