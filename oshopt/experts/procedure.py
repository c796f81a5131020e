"""The procedure of S3's figure 1: from a journal of steps to the state that says what comes next, and why.

The state is computed by going through the journal from its first step, so that nothing but the journal need be kept.
Loop A: an incompetent expert is replaced, the answers are void, back to block 7. Loop B: no agreement, the rules
change, back to block 9. Each has a limit, beyond which the procedure ends without agreement.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from oshopt.experts import procedure_words as words
from oshopt.experts.competence import competence
from oshopt.experts.concordance import agreement
from oshopt.experts.ranks import rankings
from oshopt.language import say
from oshopt.model import (
    CompetenceScore,
    Concordance,
    Criteria,
    Ending,
    Event,
    FrozenMap,
    InputError,
    Journal,
    Pass,
    Problem,
    Scenario,
    State,
    Step,
    Survey,
    SurveyResult,
    survey_name,
)

_PREPARATION = (
    Step.ORGANISER,
    Step.GOALS,
    Step.WORKING_GROUP,
    Step.INDICATORS,
    Step.QUESTIONNAIRE,
    Step.EXPERTS,
    Step.TASK,
    Step.SURVEY,
)
_TEXT_NEEDED = (Step.ORGANISER, Step.GOALS, Step.WORKING_GROUP, Step.INDICATORS, Step.TASK, Step.RULES, Step.DECISION)


def start(scenario: Scenario, survey: Survey) -> Journal:
    """Return the empty journal of a survey, with the limits that the scenario sets today."""
    rules = scenario.settings.survey
    return Journal(
        survey=survey.id,
        subject=survey.subject,
        rounds=rules.rounds,
        most_replacements=rules.most_replacements,
        most_rule_changes=rules.most_rule_changes,
    )


def proceed(journal: Journal) -> State:
    """Return where the procedure stands after everything in its journal.

    Raises `InputError` where the journal's steps do not follow each other.
    """
    walk = _Walk(journal)
    for position, event in enumerate(journal.events):
        if event.step is not walk.next:
            due = walk.next.value if walk.next else "nothing"
            message = f"step {position + 1} of the journal is {event.step.value!r}, where {due!r} follows"
            remedy = "Restore the journal from a copy, or take it away and begin anew."
            raise InputError([Problem("procedure", f"step {position + 1}", "step", event.step.value, message, remedy)])
        walk.take(position, event)
    return walk.state()


def record(journal: Journal, scenario: Scenario, step: Step, *, date: str, text: str = "") -> Journal:
    """Return the journal with a step taken, and with what the scenario holds of it today.

    Raises `InputError` where another step is next, where the step lacks its words, experts, scores or answers, and
    where its date is before the last one's.
    """
    state = proceed(journal)
    problems = [*_out_of_turn(journal, state, step, date, text)]
    if not problems:
        problems = [*_lacking(journal, state, scenario, step)]
    if problems:
        raise InputError(problems)
    return journal.update(events=(*journal.events, _event(journal, state, scenario, step, date, text)))


def attach(result: SurveyResult, scenario: Scenario, journal: Journal) -> SurveyResult:
    """Return what a survey says together with where its procedure stands, and whether the two agree."""
    state = proceed(journal)
    notices = list(result.notices)
    survey = scenario.surveys[result.survey]
    entries = {entry for row in survey.answers[result.round].values() for entry in row.values()}
    held = [event for event in journal.events if event.step is Step.SURVEY and event.round == result.round]
    if not held:
        told = say(
            "The procedure does not know of these answers: round {round} is not recorded in it.", round=result.round
        )
        notices.append(told)
    elif set(held[-1].answers) != entries:
        told = say("The answers are no longer those that the procedure recorded on {date}.", date=held[-1].date)
        notices.append(told)
    elif result.round not in state.results:
        notices.append(say("The answers of round {round} do not stand: {why}", round=result.round, why=state.why))
    return result.model_copy(update={"procedure": state, "notices": tuple(notices)})


def concordance_of(event: Event) -> Concordance:
    """Return the agreement of the answers that a step of the journal holds; the permutation test is left out."""
    column = "rank" if any(entry.rank is not None for entry in event.answers) else "significance"
    answers: dict[str, dict[str, float | None]] = {}
    for entry in event.answers:
        answers.setdefault(entry.expert, {})[entry.factor] = getattr(entry, column)
    table = rankings(answers, significance=column == "significance")
    rules = event.criteria
    return agreement(table, threshold=rules.agreement, level=rules.level, permutations=1, seed=0)


@dataclass(slots=True)
class _Walk:
    """Where the procedure is on its way through the journal."""

    journal: Journal
    next: Step | None = Step.ORGANISER
    why: str = field(default_factory=lambda: say("the decision maker organises the survey; nothing has been done yet"))
    round: int = 1
    replacements: int = 0
    rule_changes: int = 0
    ending: Ending = Ending.OPEN
    panel: tuple[str, ...] = ()
    scores: tuple[CompetenceScore, ...] = ()
    established: bool = False
    incompetent: tuple[str, ...] = ()
    passes: list[Pass] = field(default_factory=list)
    results: dict[int, int] = field(default_factory=dict)
    pending: int | None = None
    """Position of answers that wait for the check of competence."""

    def take(self, position: int, event: Event) -> None:
        match event.step:
            case Step.EXPERTS:
                self._choose(event)
            case Step.SURVEY:
                self._hold(position, event)
            case Step.COMPETENCE:
                self.established = True
                self.scores = event.competence
                if not self._replace_if_incompetent(event) and self.pending is not None:
                    self._process(self.pending)
            case Step.RULES:
                self.rule_changes += 1
                why = words.rules_changed(event.text, self.round)
                self._to(Step.SURVEY, why)
            case Step.DECISION:
                self.next, self.ending, self.why = (
                    None,
                    Ending.AGREEMENT,
                    say("decided: {decision}", decision=event.text),
                )
            case _:
                following = _PREPARATION[_PREPARATION.index(event.step) + 1]
                self._to(following, words.after(following, event.step))

    def _to(self, step: Step, why: str) -> None:
        self.next, self.why = step, why

    def _choose(self, event: Event) -> None:
        if self.incompetent:
            self.replacements += 1
        self.panel = tuple(expert.id for expert in event.experts)
        self.scores = event.competence
        self.established = bool(event.competence)
        self.incompetent = ()
        if not self._replace_if_incompetent(event):
            self._to(Step.TASK, words.tasked(len(self.panel)))

    def _replace_if_incompetent(self, event: Event) -> bool:
        found = competence(self.panel, self.scores, threshold=event.criteria.competence)
        self.incompetent = tuple(expert for expert, row in found.items() if not row.competent)
        if not self.incompetent:
            return False
        who, outcome = (
            ", ".join(self.incompetent),
            say("void: {experts} not competent", experts=", ".join(self.incompetent)),
        )
        held = self.pending is not None or any(done.valid for done in self.passes)
        self._void(outcome)
        if self.pending is not None:
            self._add(self.journal.events[self.pending], None, outcome, valid=False)
        self.pending, self.results, self.round = None, {}, 1
        least = event.criteria.competence
        if self.replacements >= self.journal.most_replacements:
            self._give_up(words.replaced_too_often(who, least, self.replacements))
        else:
            self._to(Step.EXPERTS, words.to_be_replaced(who, least, void=held))
        return True

    def _hold(self, position: int, event: Event) -> None:
        if event.competence:
            self.scores, self.established = event.competence, True
        self.pending = position
        if self._replace_if_incompetent(event):
            return
        if self.established:
            self._process(position)
        else:
            why = say("the answers are in; before they are processed, competence must be established")
            self._to(Step.COMPETENCE, why)

    def _process(self, position: int) -> None:
        event = self.journal.events[position]
        self.pending = None
        found = concordance_of(event)
        if not found.agreed:
            self._add(event, found, found.verdict, valid=False)
            if self.rule_changes >= self.journal.most_rule_changes:
                self._give_up(words.changed_too_often(found.verdict, self.rule_changes))
            else:
                why = say("{verdict} Loop B: the decision maker changes the rules", verdict=found.verdict)
                self._to(Step.RULES, why)
            return
        self._add(event, found, found.verdict, valid=True)
        self.results[self.round] = position
        if self.round < self.journal.rounds:
            self.round += 1
            why = words.next_round(found.verdict, self.round)
            self._to(Step.SURVEY, why)
        else:
            self._to(Step.DECISION, say("{verdict} The results are ready for a decision", verdict=found.verdict))

    def _void(self, outcome: str) -> None:
        self.passes = [
            done.model_copy(
                update={
                    "valid": False,
                    "outcome": say("{before} Later {outcome}.", before=done.outcome, outcome=outcome),
                }
            )
            if done.valid
            else done
            for done in self.passes
        ]

    def _add(self, event: Event, found: Concordance | None, outcome: str, *, valid: bool) -> None:
        self.passes.append(
            Pass(
                date=event.date,
                round=self.round,
                experts=len({entry.expert for entry in event.answers}),
                w=found.w if found else None,
                p_value=found.p_value if found else None,
                outcome=outcome,
                valid=valid,
            )
        )

    def _give_up(self, why: str) -> None:
        self.next, self.ending, self.why = None, Ending.NO_AGREEMENT, why

    def state(self) -> State:
        return State(
            next=self.next,
            block=say(words.BLOCKS[self.next][0]) if self.next else "",
            why=self.why,
            round=self.round,
            ending=self.ending,
            replacements=self.replacements,
            rule_changes=self.rule_changes,
            incompetent=self.incompetent,
            passes=tuple(self.passes),
            results=FrozenMap(self.results),
        )


def _problem(column: str, value: str, message: str, remedy: str) -> Problem:
    return Problem("procedure", "", column, value, message, remedy)


def _out_of_turn(journal: Journal, state: State, step: Step, date: str, text: str) -> Sequence[Problem]:
    if state.next is None:
        message = f"the procedure has ended: {state.why}"
        return [_problem("step", step.value, message, "Take the journal away to begin anew.")]
    if step is not state.next:
        message = f"another step is next, {state.next.value} ({state.block}): {state.why}"
        return [_problem("step", step.value, message, f"Record {state.next.value} first.")]
    found = []
    if journal.events and date < journal.events[-1].date:
        message = f"the date is before that of the last step, {journal.events[-1].date}"
        found.append(_problem("date", date, message, "Give a date on or after it."))
    if step in _TEXT_NEEDED and not text.strip():
        remedy = f"Say in words how {words.BLOCKS[step][1]}."
        found.append(_problem("text", "", f"the step {step.value} needs words", remedy))
    return found


def _lacking(journal: Journal, state: State, scenario: Scenario, step: Step) -> list[Problem]:
    survey = scenario.surveys.get(journal.survey)
    if survey is None or survey.subject is not journal.subject:
        remedy = "Give its rows back to the scenario, or take the journal away."
        return [_problem("survey", journal.survey, "the scenario has no such survey any more", remedy)]
    if step is Step.QUESTIONNAIRE and len(survey.questions) < 2:
        return [_problem("step", step.value, "the questionnaire has fewer than two factors", "Fill in questionnaire.")]
    if step is Step.EXPERTS:
        return _panel_problems(survey, state)
    return _answer_problems(journal, state, survey) if step is Step.SURVEY else []


def _panel_problems(survey: Survey, state: State) -> list[Problem]:
    found = []
    if len(survey.panel) < 2:
        remedy = "Add a row for each expert to the table experts."
        found.append(_problem("experts", "", "the expert group has fewer than two members", remedy))
    for expert in state.incompetent:
        if expert in survey.panel:
            remedy = "Take the expert out of the table experts, and add the successor under another id."
            found.append(_problem("experts", expert, "an expert who is not competent is still in the group", remedy))
    return found


def _answer_problems(journal: Journal, state: State, survey: Survey) -> list[Problem]:
    rows = survey.answers.get(state.round)
    if rows is None:
        remedy = "Collect the questionnaires with --collect DIR, or fill in the table survey."
        return [_problem("round", str(state.round), f"nobody has answered round {state.round}", remedy)]
    chosen = next(event for event in reversed(journal.events) if event.step is Step.EXPERTS)
    panel = {expert.id for expert in chosen.experts}
    found = [
        _problem("expert", expert, "this expert answered without being in the expert group", "Take the answers out.")
        for expert in rows
        if expert not in panel
    ]
    held = [event for event in journal.events if event.step is Step.SURVEY and event.round == state.round]
    last = held[-1] if held else None
    if last is not None and set(last.answers) == {entry for row in rows.values() for entry in row.values()}:
        message = f"these are the answers of {last.date}, which do not count any more"
        found.append(_problem("round", str(state.round), message, "Ask the experts again, then collect their answers."))
    if state.round == 2 and not survey.values("significance", 2):
        message = "round 2 asks for the numeric significance of each factor, and nobody gave any"
        found.append(_problem("round", "2", message, "Fill in the column significance."))
    return found


def _event(journal: Journal, state: State, scenario: Scenario, step: Step, date: str, text: str) -> Event:
    survey, rules = scenario.surveys[journal.survey], scenario.settings.survey
    experts = tuple(scenario.experts[key] for key in survey.panel)
    held = step is Step.SURVEY
    wanted = step in (Step.EXPERTS, Step.SURVEY, Step.COMPETENCE)
    members = set(survey.panel)
    event = Event(
        step=step,
        date=date,
        text=text,
        criteria=Criteria(agreement=rules.agreement, level=rules.level, competence=rules.competence),
        round=state.round if held else None,
        questions=tuple(survey.questions.values()) if step is Step.QUESTIONNAIRE else (),
        experts=experts if step is Step.EXPERTS else (),
        competence=tuple(row for row in scenario.competence if row.expert in members) if wanted else (),
        answers=tuple(e for row in survey.answers[state.round].values() for e in row.values()) if held else (),
        proposals=tuple(
            row for row in scenario.proposals if survey_name(row) == journal.survey and row.round == state.round
        )
        if held
        else (),
    )
    if held:
        concordance_of(event)
    return event
