"""Checks of surveys that need more than one row: whole rankings, one list of factors, known experts and factors."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Mapping
from typing import TYPE_CHECKING

from oshopt.model.problems import Problem, as_shown, nearest
from oshopt.model.survey import (
    CompetenceMethod,
    Proposal,
    ProposalKind,
    Question,
    Subject,
    SurveyEntry,
    survey_name,
)
from oshopt.model.tables import row_key

if TYPE_CHECKING:
    from oshopt.model.scenario import Scenario

_TOLD = 6


def survey_problems(scenario: Scenario, broken: Collection[tuple[str, str]]) -> Iterator[Problem]:
    """Yield every problem of a scenario's surveys; tables with broken rows are not judged as wholes."""
    unsound = {table for table, _ in broken}
    yield from _subjects(scenario)
    yield from _experts(scenario, unsound)
    yield from _factors(scenario, unsound)
    yield from _intervals(scenario)
    if "survey" not in unsound:
        yield from _answers(scenario)
    yield from _competence(scenario)


def ranking_problems(
    answers: Mapping[str, Mapping[str, float | None]], *, column: str = "rank", rows: Mapping[str, str] | None = None
) -> Iterator[Problem]:
    """Yield what keeps answers by expert and factor from being rankings of one list of factors.

    Missing and NaN entries, ranks outside 1 … n, significances that are negative or all 0, and an expert who judged
    another list than the first. `rows` gives the key of each expert's row in a table; the expert's id where silent.
    """
    lead = _most_common_list(answers)
    for expert, row in answers.items():
        place = (rows or {}).get(expert, expert)
        yield from _other_list(place, expert, row, lead)
        for factor, value in row.items():
            fault = _fault(value, len(lead), column)
            if fault:
                shown = "" if value is None else as_shown(value)
                yield Problem("survey", f"{place} {factor}", column, shown, f"{expert}, {factor}: {fault[0]}", fault[1])
        if column == "significance" and row and all(value == 0 for value in row.values()):
            remedy = "Give each factor its significance, more for what matters more."
            yield Problem("survey", place, column, "0", f"{expert}: every significance is 0", remedy)


def _most_common_list(answers: Mapping[str, Mapping[str, float | None]]) -> tuple[str, ...]:
    lists = [tuple(sorted(row)) for row in answers.values()]
    return max(sorted(set(lists)), key=lists.count, default=())


def _other_list(place: str, expert: str, row: Mapping[str, object], lead: tuple[str, ...]) -> Iterator[Problem]:
    missing, extra = sorted(set(lead) - set(row)), sorted(set(row) - set(lead))
    if missing or extra:
        parts = ([f"without {_some(missing)}"] if missing else []) + ([f"with {_some(extra)}"] if extra else [])
        remedy = "Let every expert of a round judge the same factors, each of them once."
        message = f"{expert} judged another list than the others, {' and '.join(parts)}"
        yield Problem("survey", place, "factor", "", message, remedy)


def _some(names: list[str]) -> str:
    return ", ".join(names[:_TOLD]) + (f" and {len(names) - _TOLD} more" if len(names) > _TOLD else "")


def _fault(value: float | None, factors: int, column: str) -> tuple[str, str] | None:
    if value is None or math.isnan(value):
        return f"the {column} is missing", f"Give the {column}, or leave the expert out of the round."
    if column == "rank" and not 1 <= value <= factors:
        return f"a rank outside 1 … {factors}", f"Give a place from 1, the most important, to {factors}."
    if column == "significance" and not 0 <= value < math.inf:
        return "a significance that is no number from 0", "Give a number from 0, more for what matters more."
    return None


def _subjects(scenario: Scenario) -> Iterator[Problem]:
    found: dict[str, Subject] = {}
    tables: dict[str, tuple[SurveyEntry | Question | Proposal, ...]] = {
        "questionnaire": scenario.questionnaire,
        "survey": scenario.survey,
        "proposals": scenario.proposals,
    }
    for table, rows in tables.items():
        told = set()
        for row in rows:
            name = survey_name(row)
            known = found.setdefault(name, row.subject)
            if known is not row.subject and name not in told:
                told.add(name)
                remedy = f"Write the subject {known.value} in every row of the survey {name!r}, or name another survey."
                message = f"the survey {name!r} has two subjects"
                yield Problem(table, row_key(table, row), "subject", row.subject.value, message, remedy)


def _experts(scenario: Scenario, unsound: set[str]) -> Iterator[Problem]:
    known = scenario.experts
    if "experts" in unsound or not known:
        return
    for table, rows in (("survey", scenario.survey), ("proposals", scenario.proposals)):
        told = set()
        for row in rows:
            if row.expert not in known and row.expert not in told:
                told.add(row.expert)
                message = "there is no expert of this id"
                yield Problem(table, row_key(table, row), "expert", row.expert, message, nearest(row.expert, known))
    yield from _assessed(scenario)
    surveys = {survey_name(row) for row in scenario.survey} | {survey_name(row) for row in scenario.questionnaire}
    surveys |= {subject.value for subject in Subject}
    for key, expert in known.items():
        for name in expert.surveys:
            if name not in surveys:
                yield Problem("experts", key, "surveys", name, "there is no such survey", nearest(name, surveys))


def _assessed(scenario: Scenario) -> Iterator[Problem]:
    for score in scenario.competence:
        row = row_key("competence", score)
        by_expert = score.assessor if score.method is CompetenceMethod.MUTUAL else None
        for column, name in (("expert", score.expert), ("assessor", by_expert)):
            if name is not None and name not in scenario.experts:
                remedy = nearest(name, scenario.experts)
                yield Problem("competence", row, column, name, "there is no expert of this id", remedy)


def _factors(scenario: Scenario, unsound: set[str]) -> Iterator[Problem]:
    asked: dict[str, set[str]] = {}
    for question in scenario.questionnaire:
        asked.setdefault(survey_name(question), set()).add(question.factor)
        if question.subject is Subject.MEASURES and "measures" not in unsound:
            yield from _unknown_factor("questionnaire", question, question.factor, scenario.measures, "measure")
    told: set[tuple[str, str]] = set()
    for entry in scenario.survey:
        name = survey_name(entry)
        if (name, entry.factor) in told:
            continue
        told.add((name, entry.factor))
        if name in asked:
            if "questionnaire" not in unsound:
                yield from _unknown_factor("survey", entry, entry.factor, asked[name], "factor in the questionnaire")
        elif entry.subject is Subject.MEASURES and "measures" not in unsound:
            yield from _unknown_factor("survey", entry, entry.factor, scenario.measures, "measure")


def _unknown_factor(
    table: str, row: SurveyEntry | Question, factor: str, known: Collection[str], what: str
) -> Iterator[Problem]:
    if factor not in known:
        message = f"there is no {what} of this id"
        yield Problem(table, row_key(table, row), "factor", factor, message, nearest(factor, known))


def _intervals(scenario: Scenario) -> Iterator[Problem]:
    tables: dict[str, tuple[Question | Proposal, ...]] = {
        "questionnaire": scenario.questionnaire,
        "proposals": scenario.proposals,
    }
    for table, rows in tables.items():
        for row in rows:
            if row.low is not None and row.high is not None and row.low > row.high:
                remedy = "Give the lower end in low and the upper end in high."
                message = "the variation interval ends below its beginning"
                yield Problem(table, row_key(table, row), "high", as_shown(row.high), message, remedy)
    for proposal in scenario.proposals:
        if proposal.kind is ProposalKind.INTERVAL and proposal.low is None and proposal.high is None:
            row_name = row_key("proposals", proposal)
            message = "a proposed interval without an end"
            yield Problem("proposals", row_name, "low", "", message, "Give low, high or both.")


def _answers(scenario: Scenario) -> Iterator[Problem]:
    rounds: dict[tuple[str, int], dict[str, dict[str, SurveyEntry]]] = {}
    for entry in scenario.survey:
        key = (survey_name(entry), entry.round)
        rounds.setdefault(key, {}).setdefault(entry.expert, {})[entry.factor] = entry
    for answers in rounds.values():
        rows = {expert: _place(row) for expert, row in answers.items()}
        for column in ("rank", "significance"):
            given = {
                expert: {factor: getattr(entry, column) for factor, entry in row.items()}
                for expert, row in answers.items()
                if any(getattr(entry, column) is not None for entry in row.values())
                or (column == "rank" and not _judged(row))
            }
            yield from ranking_problems(given, column=column, rows=rows)


def _judged(row: Mapping[str, SurveyEntry]) -> bool:
    return any(entry.rank is not None or entry.significance is not None for entry in row.values())


def _place(row: Mapping[str, SurveyEntry]) -> str:
    entry = next(iter(row.values()))
    return row_key("survey", entry).removesuffix(f" {entry.factor}")


def _competence(scenario: Scenario) -> Iterator[Problem]:
    for score in scenario.competence:
        row = row_key("competence", score)
        if score.score > score.out_of:
            remedy = f"Give at most {score.out_of:g} points, or raise out_of."
            yield Problem("competence", row, "score", as_shown(score.score), "more points than possible", remedy)
        if score.method is CompetenceMethod.MUTUAL and score.assessor is None:
            remedy = "Give the id of the expert who assesses."
            yield Problem("competence", row, "assessor", "", "a mutual score without the one who gave it", remedy)
