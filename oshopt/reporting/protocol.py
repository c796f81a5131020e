"""The protocol of a survey: what was done, step by step, and where it stands, as text that a chairman can read."""

from __future__ import annotations

from collections.abc import Iterator

from oshopt.language import say, say_count, sayable
from oshopt.model import Ending, Event, Expert, Journal, Pass, ProposalKind, State, Step, Subject, SurveyResult
from oshopt.model.survey import method_name
from oshopt.reporting.numbers import figure, listed, plain_name, quoted
from oshopt.reporting.survey_tables import survey_headline, survey_sentences

_TITLES = {
    Step.ORGANISER: sayable("Organiser (block 1)"),
    Step.GOALS: sayable("Goals (block 2)"),
    Step.WORKING_GROUP: sayable("Working group (block 3)"),
    Step.INDICATORS: sayable("What is judged, and why (blocks 4–5)"),
    Step.QUESTIONNAIRE: sayable("Questionnaire (block 6)"),
    Step.EXPERTS: sayable("Expert group (block 7)"),
    Step.TASK: sayable("Task (block 8)"),
    Step.SURVEY: sayable("Survey (block 9)"),
    Step.COMPETENCE: sayable("Competence of the expert group"),
    Step.RULES: sayable("Change of the rules (loop B)"),
    Step.DECISION: sayable("Decision (block 16)"),
}
_PROTOCOLS = {
    Subject.MEASURES: sayable("Protocol of the survey {survey} of measures"),
    Subject.INDICATORS: sayable("Protocol of the survey {survey} of indicators"),
    Subject.FACTORS: sayable("Protocol of the survey {survey} of factors"),
    Subject.TOPICS: sayable("Protocol of the survey {survey} of topics"),
}


def protocol(journal: Journal, state: State, result: SurveyResult | None = None) -> str:
    """Return the protocol of a survey as plain text: its steps with their dates, its holdings, and what comes next.

    `result` is what the survey says, where there are answers.
    """
    return "\n".join(_lines(journal, state, result)) + "\n"


def _lines(journal: Journal, state: State, result: SurveyResult | None) -> Iterator[str]:
    title = say(_PROTOCOLS[journal.subject], survey=quoted(journal.survey))
    yield from (title, "=" * len(title), "")
    yield _standing(state)
    yield say(
        "Loop A (experts replaced): {replaced} of at most {replacements}. Loop B (rules changed): {changed} of at most "
        "{changes}.",
        replaced=state.replacements,
        replacements=journal.most_replacements,
        changed=state.rule_changes,
        changes=journal.most_rule_changes,
    )
    for number, event in enumerate(journal.events, start=1):
        yield ""
        yield f"{number}. {event.date}  {say(_TITLES[event.step])}"
        for line in _event(event):
            yield f"   {line}"
    if state.passes:
        yield from _headed(say("Holdings of the survey"))
        for number, held in enumerate(state.passes, start=1):
            yield f"{number}. {_held(held)}"
    if result is not None:
        yield from (*_headed(say("What the answers say")), survey_headline(result))
        yield from (f"- {text}" for text in survey_sentences(result))


def _headed(title: str) -> tuple[str, ...]:
    return "", title, "-" * len(title)


def _held(held: Pass) -> str:
    values = {"date": held.date, "round": held.round, "outcome": held.outcome}
    experts = say_count("{n} expert", "{n} experts", held.experts, n=held.experts)
    if held.valid:
        return say("{date}, round {round}, {experts}, stands: {outcome}", experts=experts, **values)
    return say("{date}, round {round}, {experts}, void: {outcome}", experts=experts, **values)


def _standing(state: State) -> str:
    if state.ending is Ending.NO_AGREEMENT:
        return say("Ended without agreement: {why}", why=state.why)
    if state.next is None:
        return say("Ended with a decision: {why}.", why=state.why)
    return say("Next: {step}: {why}.", step=say(_TITLES[state.next]), why=state.why.rstrip("."))


def _event(event: Event) -> Iterator[str]:
    if event.text:
        yield plain_name(event.text)
    if event.questions:
        names = "; ".join(plain_name(question.label) for question in event.questions)
        count = len(event.questions)
        yield say_count("{n} factor: {names}.", "{n} factors: {names}.", count, n=count, names=names)
    if event.experts:
        count = len(event.experts)
        yield say_count("{n} expert, under an anonymous id:", "{n} experts, under anonymous ids:", count, n=count)
        yield from (f"  {_expert(expert)}" for expert in event.experts)
    if event.step is Step.SURVEY:
        experts = sorted({entry.expert for entry in event.answers})
        yield say("Round {round}, answered by {experts}.", round=event.round, experts=listed(experts))
        w, level = figure(event.criteria.agreement), figure(event.criteria.level)
        yield say("Agreement: W at least {w}, χ² significant at {level}.", w=w, level=level)
    if event.competence:
        methods = sorted({row.method.value for row in event.competence})
        yield say_count(
            "Competence: {n} score by {methods}; at least {least} of the points.",
            "Competence: {n} scores by {methods}; at least {least} of the points.",
            len(event.competence),
            n=len(event.competence),
            methods=listed([method_name(method) for method in methods]),
            least=figure(event.criteria.competence),
        )
    for row in event.proposals:
        factor = f"{quoted(row.factor)}{_interval(row.low, row.high, row.unit)}"
        if row.kind is ProposalKind.ADDED:
            yield say("{expert} adds the factor {factor}.", expert=row.expert, factor=factor)
        else:
            yield say("{expert} would change the interval of {factor}.", expert=row.expert, factor=factor)


def _expert(expert: Expert) -> str:
    facts = [expert.group, expert.post, expert.education]
    facts += [
        say("age {years}", years=expert.age) if expert.age else "",
        say("{years} years of service", years=figure(expert.service)) if expert.service else "",
    ]
    facts.append(say("of the enterprise") if expert.staff else say("from outside"))
    return f"{expert.id}: {', '.join(plain_name(fact) for fact in facts if fact)}"


def _interval(low: float | None, high: float | None, unit: str) -> str:
    if low is not None and high is not None:
        ends = say("from {low} to {high}", low=figure(low), high=figure(high))
    elif low is not None:
        ends = say("from {low}", low=figure(low))
    else:
        ends = say("to {high}", high=figure(high)) if high is not None else ""
    return f" ({' '.join(filter(None, (ends, plain_name(unit))))})" if ends else ""
