"""The survey as a procedure (S3, figure 1): its steps, the journal of what was done, and the state that follows."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from oshopt.model.base import Frozen, FrozenMap, Id, Result, Share, Text
from oshopt.model.survey import CompetenceScore, Expert, Proposal, Question, Subject, SurveyEntry


class Step(StrEnum):
    """What somebody does in the procedure, in its order; the blocks are those of figure 1."""

    ORGANISER = "organiser"
    """Block 1: the decision maker organises the survey."""
    GOALS = "goals"
    """Block 2: its goals."""
    WORKING_GROUP = "working-group"
    """Block 3: the working group is chosen and approved."""
    INDICATORS = "indicators"
    """Blocks 4 and 5: what is to be judged is chosen and justified."""
    QUESTIONNAIRE = "questionnaire"
    """Block 6: the questionnaire is drawn up."""
    EXPERTS = "experts"
    """Block 7: the expert group is chosen."""
    TASK = "task"
    """Block 8: the experts get their task."""
    SURVEY = "survey"
    """Block 9: the experts answer under the rules; agreement follows (blocks 12 to 14)."""
    COMPETENCE = "competence"
    """The competence of the expert group is established; the figure's check that leads back to block 7 (loop A)."""
    RULES = "rules"
    """Loop B: the decision maker changes the rules; back to block 9."""
    DECISION = "decision"
    """Block 16: a decision is taken on the results (block 15)."""


Date = Annotated[str, Field(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$")]
"""A calendar date: 2026-03-31."""


class Criteria(Frozen):
    """What agreement and competence were judged by when a step was recorded."""

    agreement: Share
    """Least W."""
    level: Annotated[float, Field(gt=0, le=0.5)]
    """Level of significance."""
    competence: Share
    """Least share of the possible points."""


class Event(Frozen):
    """One step as it was taken, with everything it rested on at that moment."""

    step: Step
    """What was done."""
    date: Date
    """When."""
    text: Text = ""
    """In words: the goals, the reason, the change."""
    criteria: Criteria
    """What agreement and competence were judged by."""
    round: Annotated[int, Field(ge=1, le=2)] | None = None
    """Round of the answers."""
    questions: tuple[Question, ...] = ()
    """What is asked."""
    experts: tuple[Expert, ...] = ()
    """The expert group, anonymous."""
    competence: tuple[CompetenceScore, ...] = ()
    """Scores known of its members."""
    answers: tuple[SurveyEntry, ...] = ()
    """What was answered."""
    proposals: tuple[Proposal, ...] = ()
    """What the experts added."""


class Journal(Frozen):
    """Everything that was done in one survey, in its order. The state follows from it and is stored nowhere."""

    survey: Id
    """Name of the survey."""
    subject: Subject
    """What it asks about."""
    rounds: Annotated[int, Field(ge=1, le=2)] = 2
    """Rounds that are wanted."""
    most_replacements: Annotated[int, Field(ge=0, le=20)] = 2
    """Passes of loop A before the end."""
    most_rule_changes: Annotated[int, Field(ge=0, le=20)] = 2
    """Passes of loop B before the end."""
    events: tuple[Event, ...] = ()
    """Steps taken."""


class Ending(StrEnum):
    """How a procedure ended."""

    OPEN = "open"
    """It goes on."""
    AGREEMENT = "agreement"
    """Results stand and a decision was taken on them."""
    NO_AGREEMENT = "no agreement"
    """A loop reached its limit."""


class Pass(Result):
    """One holding of the survey and what became of it."""

    date: str
    """When."""
    round: int
    """Round."""
    experts: int
    """Experts who answered."""
    w: float | None = None
    """W; None where it was not computed, because the expert group was not competent or nothing could be ranked."""
    p_value: float | None = None
    """Upper tail of χ²."""
    outcome: str
    """What followed, in words."""
    valid: bool
    """Whether its answers stand; those of an incompetent group, and those a repeated round replaced, are void."""


class State(Result):
    """Where a procedure stands: what comes next, and why."""

    next: Step | None
    """Step that comes next; None at the end."""
    block: str
    """Blocks of figure 1 that it stands for."""
    why: str
    """Reason, in words."""
    round: int
    """Round that is being held, or was held last."""
    ending: Ending
    """Whether and how it ended."""
    replacements: int
    """Passes of loop A so far."""
    rule_changes: int
    """Passes of loop B so far."""
    incompetent: tuple[str, ...] = ()
    """Experts who are to be replaced."""
    passes: tuple[Pass, ...] = ()
    """Every holding of the survey, in its order."""
    results: FrozenMap[int, int] = FrozenMap()
    """Position in the journal of the event whose answers stand, by round."""
