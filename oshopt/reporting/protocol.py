"""The protocol of a survey: what was done, step by step, and where it stands, as text that a chairman can read."""

from __future__ import annotations

from collections.abc import Iterator

from oshopt.model import Ending, Event, Expert, Journal, State, Step, SurveyResult
from oshopt.reporting.numbers import figure, listed, plain_name, quoted
from oshopt.reporting.survey_tables import survey_headline, survey_sentences

_TITLES = {
    Step.ORGANISER: "Organiser (block 1)",
    Step.GOALS: "Goals (block 2)",
    Step.WORKING_GROUP: "Working group (block 3)",
    Step.INDICATORS: "What is judged, and why (blocks 4–5)",
    Step.QUESTIONNAIRE: "Questionnaire (block 6)",
    Step.EXPERTS: "Expert group (block 7)",
    Step.TASK: "Task (block 8)",
    Step.SURVEY: "Survey (block 9)",
    Step.COMPETENCE: "Competence of the expert group",
    Step.RULES: "Change of the rules (loop B)",
    Step.DECISION: "Decision (block 16)",
}


def protocol(journal: Journal, state: State, result: SurveyResult | None = None) -> str:
    """Return the protocol of a survey as plain text: its steps with their dates, its holdings, and what comes next.

    `result` is what the survey says, where there are answers.
    """
    return "\n".join(_lines(journal, state, result)) + "\n"


def _lines(journal: Journal, state: State, result: SurveyResult | None) -> Iterator[str]:
    title = f"Protocol of the survey {quoted(journal.survey)} of {journal.subject.value}"
    yield from (title, "=" * len(title), "")
    yield _standing(state)
    yield (
        f"Loop A (experts replaced): {state.replacements} of at most {journal.most_replacements}. "
        f"Loop B (rules changed): {state.rule_changes} of at most {journal.most_rule_changes}."
    )
    for number, event in enumerate(journal.events, start=1):
        yield ""
        yield f"{number}. {event.date}  {_TITLES[event.step]}"
        for line in _event(event):
            yield f"   {line}"
    if state.passes:
        yield from ("", "Holdings of the survey", "----------------------")
        for number, held in enumerate(state.passes, start=1):
            stands = "stands" if held.valid else "void"
            yield f"{number}. {held.date}, round {held.round}, {held.experts} experts, {stands}: {held.outcome}"
    if result is not None:
        yield from ("", "What the answers say", "--------------------", survey_headline(result))
        yield from (f"- {text}" for text in survey_sentences(result))


def _standing(state: State) -> str:
    if state.ending is Ending.NO_AGREEMENT:
        return f"Ended without agreement: {state.why}"
    if state.next is None:
        return f"Ended with a decision: {state.why}."
    return f"Next: {_TITLES[state.next]}: {state.why.rstrip('.')}."


def _event(event: Event) -> Iterator[str]:
    if event.text:
        yield plain_name(event.text)
    if event.questions:
        names = [plain_name(question.label) for question in event.questions]
        yield f"{len(names)} factors: {'; '.join(names)}."
    if event.experts:
        yield f"{len(event.experts)} experts, under anonymous ids:"
        yield from (f"  {_expert(expert)}" for expert in event.experts)
    if event.step is Step.SURVEY:
        experts = sorted({entry.expert for entry in event.answers})
        yield f"Round {event.round}, answered by {listed(experts)}."
        rules = event.criteria
        yield f"Agreement: W at least {rules.agreement:g}, χ² significant at {rules.level:g}."
    if event.competence:
        methods = sorted({row.method.value for row in event.competence})
        points = f"{len(event.competence)} score{'s' if len(event.competence) != 1 else ''} by {listed(methods)}"
        yield f"Competence: {points}; at least {event.criteria.competence:g} of the points."
    for row in event.proposals:
        said = "adds the factor" if row.kind.value == "added" else "would change the interval of"
        yield f"{row.expert} {said} {quoted(row.factor)}{_interval(row.low, row.high, row.unit)}."


def _expert(expert: Expert) -> str:
    facts = [expert.group, expert.post, expert.education]
    facts += [
        f"age {expert.age}" if expert.age else "",
        f"{figure(expert.service)} years of service" if expert.service else "",
    ]
    facts.append("of the enterprise" if expert.staff else "from outside")
    return f"{expert.id}: {', '.join(plain_name(fact) for fact in facts if fact)}"


def _interval(low: float | None, high: float | None, unit: str) -> str:
    ends = [f"from {figure(low)}" if low is not None else "", f"to {figure(high)}" if high is not None else ""]
    said = " ".join(end for end in ends if end)
    return f" ({' '.join(filter(None, (said, plain_name(unit))))})" if said else ""
