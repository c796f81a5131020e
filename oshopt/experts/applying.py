"""Weights of a survey of measures on their way into the scenario: whether they may, and what the source then says."""

from __future__ import annotations

import re

from oshopt.model import (
    Ending,
    FrozenMap,
    InputError,
    Problem,
    Scenario,
    Step,
    Subject,
    SurveyResult,
)

SOURCE_MARK = "weight: survey"
"""Start of the words in a measure's source that name the survey its weight comes from."""

_EARLIER = re.compile(rf"{SOURCE_MARK} [^;]*?SHA-256 [0-9a-f]{{64}}(?:; )?")


def apply_weights(scenario: Scenario, result: SurveyResult) -> Scenario:
    """Return the scenario with the weights of a survey of measures; each measure's source names the survey's SHA-256.

    Raises `InputError` where the survey is of another subject or leaves out a measure, where its experts do not agree
    or are not competent, and where a procedure is kept whose results do not stand.
    """
    problems = [*_forbidden(result)]
    if problems:
        raise InputError(problems)
    require_every_measure(scenario, tuple(result.weights))
    source = source_of(result)
    return scenario.update(
        measures=FrozenMap(
            {
                name: measure.update(weight=result.weights[name].weight, source=_sourced(measure.source, source))
                for name, measure in scenario.measures.items()
            }
        )
    )


def source_of(result: SurveyResult) -> str:
    """Return the words that a measure's source gets with a weight of the survey."""
    by = ", weighed by competence" if result.competence_weighted else ""
    head = f"{SOURCE_MARK} {result.survey} round {result.round}"
    return f"{head}, {result.weights_from}{by}, SHA-256 {result.fingerprint}"


def names_survey(source: str, survey: str) -> bool:
    """Tell whether a measure's source says that its weight comes from a survey."""
    return f"{SOURCE_MARK} {survey} " in source


def require_every_measure(scenario: Scenario, factors: tuple[str, ...]) -> None:
    """Raise `InputError` that names the measures which a survey of measures leaves out."""
    left = [name for name in scenario.measures if name not in factors]
    if left:
        shown = ", ".join(left[:12]) + (" …" if len(left) > 12 else "")
        remedy = "Ask about every measure of the scenario, or take the others out of it."
        message = f"the survey leaves out {len(left)} of {len(scenario.measures)} measures, so it gives no weights"
        raise InputError([Problem("survey", "", "factor", shown, message, remedy)])


def _sourced(before: str, source: str) -> str:
    rest = _EARLIER.sub("", before)
    return f"{source}; {rest}" if rest else source


def _forbidden(result: SurveyResult) -> list[Problem]:
    found = []

    def refuse(value: str, message: str, remedy: str) -> None:
        found.append(Problem("survey", "", "", value, f"the weights cannot be applied: {message}", remedy))

    if result.subject is not Subject.MEASURES:
        refuse(result.subject.value, "only a survey of measures has weights of measures", "Name a survey of measures.")
        return found
    if not result.agreed:
        remedy = "Change the rules and ask again, or lower survey.agreement in the settings and say why."
        refuse("", result.concordance.verdict, remedy)
    if result.incompetent:
        remedy = "Replace them and ask again, or lower survey.competence in the settings and say why."
        refuse(", ".join(result.incompetent), "some experts are not competent", remedy)
    state = result.procedure
    if state is not None and state.ending is not Ending.AGREEMENT and state.next is not Step.DECISION:
        refuse(
            "", f"the procedure has no results: {state.why}", "Go through its steps first, or take the journal away."
        )
    return found
