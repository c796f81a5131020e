"""Surveys of experts: what is asked, who answers, what they answered, and how competent they are (S3, S2).

Rows of the tables `survey`, `questionnaire`, `experts`, `competence` and `proposals`, and the surveys that they add up
to. Nothing is computed here but look-ups.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from oshopt.language import say, sayable
from oshopt.model.base import Frozen, FrozenMap, Id, Label, Name, NonNegative, Text
from oshopt.model.problems import InputError, Problem, nearest

if TYPE_CHECKING:
    from oshopt.model.scenario import Scenario

Bound = Annotated[float, Field(ge=-1e18, le=1e18)]
"""An end of a variation interval, in the factor's unit."""
Round = Annotated[int, Field(ge=1, le=2)]


class Subject(StrEnum):
    """What a survey asks about."""

    MEASURES = "measures"
    """Measures, for their efficiency weights k_m (S2); only such a survey writes weights."""
    INDICATORS = "indicators"
    """Indicators that drive injuries, for the forecast (S3)."""
    FACTORS = "factors"
    """Other factors that endanger people at work (S3)."""
    TOPICS = "topics"
    """Topics of OSH knowledge (S3)."""


class CompetenceMethod(StrEnum):
    """How competence was assessed (S3)."""

    MUTUAL = "mutual"
    """Experts score each other."""
    COMMISSION = "commission"
    """A commission scores them."""
    TEST = "test"
    """Points gained in a test."""


_METHODS = {
    CompetenceMethod.MUTUAL: sayable("mutual"),
    CompetenceMethod.COMMISSION: sayable("commission"),
    CompetenceMethod.TEST: sayable("test"),
}


def method_name(method: str) -> str:
    """Return what a way of establishing competence is called."""
    return say(_METHODS[CompetenceMethod(method)])


class ProposalKind(StrEnum):
    """What an expert proposes beside the answers."""

    ADDED = "added"
    """A factor that the questionnaire leaves out."""
    INTERVAL = "interval"
    """Another variation interval of a factor."""


class SurveyEntry(Frozen):
    """What one expert says of one factor in one round: a cell of S3's table 1."""

    survey: Id | None = None
    """Name of the survey; its subject where empty."""
    subject: Subject = Subject.MEASURES
    """What the survey asks about."""
    round: Round = 1
    """Round: 1 asks for ranks, 2 for the numeric significance and the place."""
    expert: Id
    """Anonymous id of the expert, never a name."""
    factor: Id
    """Factor that is judged: a measure's id in a survey of measures."""
    rank: NonNegative | None = None
    """Place from 1, the most important, to n; equal factors may share a place."""
    significance: NonNegative | None = None
    """Numeric significance, more for what matters more, on any scale of the expert's own."""
    source: Text = ""
    """Where the row comes from."""


class Question(Frozen):
    """A factor as the questionnaire shows it (S3, block 6)."""

    survey: Id | None = None
    """Name of the survey; its subject where empty."""
    subject: Subject = Subject.MEASURES
    """What the survey asks about."""
    factor: Id
    """Id of the factor."""
    name: Name = ""
    """What the questionnaire calls it; the id where empty."""
    unit: Name = ""
    """Unit of the factor."""
    low: Bound | None = None
    """Lower end of its variation interval."""
    high: Bound | None = None
    """Upper end of its variation interval."""
    source: Text = ""
    """Why the factor is asked about, and where its interval comes from."""

    @property
    def label(self) -> Label:
        """Name to show to people."""
        return Label(self.name or self.factor, self.factor)


class Expert(Frozen):
    """A member of the expert group: anonymous, with what reports may tell."""

    id: Id
    """Anonymous id, never a name."""
    group: Name = ""
    """Expert group: safety service, engineers, scientists …"""
    age: Annotated[int, Field(ge=14, le=120)] | None = None
    """Age, years."""
    service: Annotated[float, Field(ge=0, le=100)] | None = None
    """Service in the branch, years."""
    post: Name = ""
    """Post."""
    education: Name = ""
    """Education."""
    staff: bool = True
    """Whether the expert works at the enterprise itself."""
    surveys: tuple[Id, ...] = ()
    """Surveys that the expert is asked in; all where empty."""
    source: Text = ""
    """Where the row comes from, personal records rather than taste."""


class CompetenceScore(Frozen):
    """A score of one expert's competence."""

    expert: Id
    """Expert who is assessed."""
    method: CompetenceMethod
    """Mutual, commission or test."""
    assessor: Id | None = None
    """Who scores: an expert for mutual, a member for commission, empty for test."""
    score: NonNegative
    """Points."""
    out_of: Annotated[float, Field(gt=0, le=1e9)] = 1.0
    """Most points possible."""
    source: Text = ""
    """Where the score comes from."""


class Proposal(Frozen):
    """What an expert added to a questionnaire: a further factor, or another variation interval."""

    survey: Id | None = None
    """Name of the survey; its subject where empty."""
    subject: Subject = Subject.MEASURES
    """What the survey asks about."""
    round: Round = 1
    """Round in which it was made."""
    expert: Id
    """Expert who made it."""
    kind: ProposalKind
    """Added factor or changed interval."""
    factor: Annotated[str, Field(min_length=1, max_length=300)]
    """Name of the added factor, or id of the one whose interval is to change."""
    unit: Name = ""
    """Unit of an added factor."""
    low: Bound | None = None
    """Lower end of the interval."""
    high: Bound | None = None
    """Upper end of the interval."""
    significance: NonNegative | None = None
    """Significance of an added factor on the expert's own scale."""
    source: Text = ""
    """Where the row comes from."""


class Survey(Frozen):
    """One survey as its rows add up to it."""

    id: Id
    """Name."""
    subject: Subject
    """What it asks about."""
    questions: FrozenMap[str, Question]
    """Factors by id, as the questionnaire shows them."""
    panel: tuple[Id, ...]
    """Experts who are asked, by the table `experts`."""
    answers: FrozenMap[int, FrozenMap[str, FrozenMap[str, SurveyEntry]]]
    """Answers by round, expert and factor."""

    @property
    def latest(self) -> int | None:
        """Last round that anybody answered; None before the first."""
        return max(self.answers, default=None)

    def values(self, column: str, round_: int) -> dict[str, dict[str, float | None]]:
        """Return `rank` or `significance` by expert and factor, of the experts who gave any."""
        found = {
            expert: {factor: getattr(entry, column) for factor, entry in row.items()}
            for expert, row in self.answers.get(round_, FrozenMap()).items()
        }
        return {expert: row for expert, row in found.items() if any(value is not None for value in row.values())}

    def labels(self) -> dict[str, str]:
        """Return what people call each factor."""
        return {factor: question.label for factor, question in self.questions.items()}


def survey_name(row: SurveyEntry | Question | Proposal) -> str:
    """Return the name of the survey that a row belongs to."""
    return row.survey or row.subject.value


def surveys_from(scenario: Scenario) -> dict[str, Survey]:
    """Return the surveys of a scenario by name.

    Besides those with rows there is one of each subject that an expert is to be asked in by its name; a scenario with
    experts and no survey at all has one of its measures.
    """
    subjects: dict[str, Subject] = {}
    rows: list[Question | SurveyEntry] = [*scenario.questionnaire, *scenario.survey]
    for row in rows:
        subjects.setdefault(survey_name(row), row.subject)
    for expert in scenario.experts.values():
        subjects |= {name: Subject(name) for name in expert.surveys if name in list(Subject) and name not in subjects}
    if scenario.experts and not subjects:
        subjects[Subject.MEASURES.value] = Subject.MEASURES
    return {name: _survey(scenario, name, subject) for name, subject in subjects.items()}


def _survey(scenario: Scenario, name: str, subject: Subject) -> Survey:
    answers: dict[int, dict[str, dict[str, SurveyEntry]]] = {}
    for entry in scenario.survey:
        if survey_name(entry) == name:
            answers.setdefault(entry.round, {}).setdefault(entry.expert, {})[entry.factor] = entry
    questions = {row.factor: row for row in scenario.questionnaire if survey_name(row) == name}
    return Survey(
        id=name,
        subject=subject,
        questions=FrozenMap(questions or _usual_questions(scenario, name, subject)),
        panel=tuple(key for key, expert in scenario.experts.items() if not expert.surveys or name in expert.surveys),
        answers=FrozenMap(
            {
                number: FrozenMap({expert: FrozenMap(row) for expert, row in rows.items()})
                for number, rows in answers.items()
            }
        ),
    )


def _usual_questions(scenario: Scenario, name: str, subject: Subject) -> Mapping[str, Question]:
    """Return every measure up to its full cost for a survey of measures, else the factors that somebody judged."""
    if subject is Subject.MEASURES:
        currency = scenario.settings.currency
        return {
            key: Question(survey=name, factor=key, name=row.name, unit=currency, low=0.0, high=scenario.full_cost(key))
            for key, row in scenario.measures.items()
        }
    judged = {row.factor for row in scenario.survey if survey_name(row) == name}
    return {factor: Question(survey=name, subject=subject, factor=factor) for factor in judged}


def choose_survey(surveys: Mapping[str, Survey], name: str | None, subject: Subject | None = None) -> Survey:
    """Return the survey of that name, or the only one (of a subject) where no name is given.

    Raises `InputError` where there is none, or more than one to choose from.
    """
    found = {key: survey for key, survey in surveys.items() if subject is None or survey.subject is subject}
    if name is not None:
        if name in found:
            return found[name]
        problem = Problem("survey", "", "survey", name, "there is no such survey", nearest(name, found))
    elif len(found) == 1:
        return next(iter(found.values()))
    elif found:
        remedy = f"Name one of them: {', '.join(found)}."
        problem = Problem("survey", "", "survey", "", f"there are {len(found)} surveys to choose from", remedy)
    else:
        what = f" of {subject.value}" if subject else ""
        remedy = "Add the table experts to write questionnaires, or the table survey with the experts' answers."
        problem = Problem("survey", "", "", "", f"the scenario has no survey{what}", remedy)
    raise InputError([problem])
