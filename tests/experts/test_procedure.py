"""The procedure of S3's figure 1: what comes next and why, both loops, their limits, and the ways it ends."""

from __future__ import annotations

from typing import Any

import pytest

import oshopt
from oshopt.experts import analyse, apply_weights, attach, proceed, record, start
from oshopt.model import Ending, InputError, Journal, Scenario, State, Step
from oshopt.reporting import protocol
from tests.experts.surveys import MEASURES, both, entries, orders, panel, scores, surveyed

PANEL = ("e1", "e2", "e3", "e4")
WORDS = {
    Step.ORGANISER: "the director",
    Step.GOALS: "weights for the plan of 2027",
    Step.WORKING_GROUP: "chief engineer, head of the safety service; approved by order 12",
    Step.INDICATORS: "every measure of the draft programme",
    Step.TASK: "rank all measures by how much they lower risk",
}
GOOD, POOR = 9.0, 2.0


def contrary() -> dict[str, dict[str, float]]:
    rows = orders(PANEL)
    for name in PANEL[:2]:
        rows[name] = {factor: 32 - rank for factor, rank in rows[name].items()}
    return rows


def take(journal: Journal, scenario: Scenario, *steps: Step, day: int = 1, **words: str) -> Journal:
    for step in steps:
        text = words.get("text", WORDS.get(step, ""))
        journal = record(journal, scenario, step, date=f"2026-03-{day:02d}", text=text)
    return journal


def prepared(scenario: Scenario) -> Journal:
    journal = start(scenario, scenario.surveys["measures"])
    return take(journal, scenario, *list(Step)[:7])


def numbers(ranks: dict[str, dict[str, float]]) -> dict[str, dict[str, float]]:
    return {expert: {factor: 40 - rank for factor, rank in row.items()} for expert, row in ranks.items()}


def test_steps_come_in_their_order_and_say_why() -> None:
    scenario = surveyed((), experts=panel(PANEL))
    journal = start(scenario, scenario.surveys["measures"])
    seen = []
    for _ in range(7):
        state = proceed(journal)
        assert state.next is not None
        seen.append((state.next.value, state.block))
        journal = take(journal, scenario, state.next)
    assert [name for name, _ in seen] == [
        *("organiser", "goals", "working-group", "indicators", "questionnaire", "experts", "task"),
    ]
    assert [block for _, block in seen] == [
        *("block 1", "block 2", "block 3", "blocks 4–5", "block 6", "block 7", "block 8"),
    ]
    assert proceed(journal).next is Step.SURVEY
    with pytest.raises(InputError, match="nobody has answered round 1"):
        take(journal, scenario, Step.SURVEY)


def test_survey_walks_both_loops_then_round_two_into_a_plan() -> None:
    scenario = surveyed((), experts=panel(PANEL), rounds=2)
    journal = prepared(scenario)

    first = scenario.update(
        survey=entries(orders(PANEL)), competence=scores({"e1": GOOD, "e2": POOR, "e3": GOOD, "e4": GOOD})
    )
    journal = take(journal, first, Step.SURVEY, day=2)
    state = proceed(journal)
    assert (state.next, state.incompetent) == (Step.EXPERTS, ("e2",))
    assert "loop A, back to block 7" in state.why
    assert "all answers are void" in state.why
    assert [held.valid for held in state.passes] == [False]
    with pytest.raises(InputError, match="still in the group"):
        take(journal, first, Step.EXPERTS, day=3)

    people = panel(("e1", "e3", "e4", "e5"))
    able = scores(dict.fromkeys(people, GOOD))
    renewed = first.update(experts=people, competence=able, survey=())
    journal = take(journal, renewed, Step.EXPERTS, Step.TASK, day=3)
    state = proceed(journal)
    assert (state.replacements, state.next) == (1, Step.SURVEY)
    stale = renewed.update(survey=first.survey, experts=people | panel(("e2",)))
    with pytest.raises(InputError, match="e2"):
        take(journal, stale, Step.SURVEY, day=4)

    rows = orders(tuple(people))
    for name in ("e1", "e5"):
        rows[name] = {factor: 32 - rank for factor, rank in rows[name].items()}
    apart = renewed.update(survey=entries(rows))
    journal = take(journal, apart, Step.SURVEY, day=4)
    state = proceed(journal)
    assert state.next is Step.RULES
    assert "Loop B" in state.why
    assert state.passes[-1].w == pytest.approx(0)
    with pytest.raises(InputError, match="needs words"):
        take(journal, apart, Step.RULES, day=5)
    journal = take(journal, apart, Step.RULES, day=5, text="judge over ten years, not one")
    state = proceed(journal)
    assert (state.rule_changes, state.next, state.round) == (1, Step.SURVEY, 1)
    with pytest.raises(InputError, match="which do not count any more"):
        take(journal, apart, Step.SURVEY, day=6)

    agreed = renewed.update(survey=entries(orders(tuple(people), {"e5": (3, 8)})))
    journal = take(journal, agreed, Step.SURVEY, day=6)
    state = proceed(journal)
    assert (state.next, state.round) == (Step.SURVEY, 2)
    assert state.passes[-1].valid
    with pytest.raises(InputError, match="the procedure has no results"):
        apply_weights(agreed, attach(analyse(agreed), agreed, journal))

    ranks = orders(tuple(people), {"e1": (5, 6)})
    only_ranks = agreed.update(survey=(*agreed.survey, *entries(ranks, round_=2)))
    with pytest.raises(InputError, match="numeric significance"):
        take(journal, only_ranks, Step.SURVEY, day=7)
    second = agreed.update(survey=(*agreed.survey, *both(ranks, numbers(ranks))))
    journal = take(journal, second, Step.SURVEY, day=7)
    state = proceed(journal)
    assert (state.next, state.ending) == (Step.DECISION, Ending.OPEN)

    result = attach(analyse(second), second, journal)
    assert (result.weights_from, result.round, result.notices) == ("significance", 2, ())
    applied = apply_weights(second, result)
    before, after = oshopt.allocate(second), oshopt.allocate(applied)
    assert applied.weights["m01"] == max(applied.weights.values())
    assert before.spend != after.spend
    journal = take(journal, applied, Step.DECISION, day=8, text="plan with these weights")
    state = proceed(journal)
    assert (state.next, state.ending) == (None, Ending.AGREEMENT)
    with pytest.raises(InputError, match="has ended"):
        take(journal, applied, Step.DECISION, day=9)
    told = protocol(journal, state, result)
    for words in (
        "void",
        "judge over ten years",
        "W = 0.000",
        "Loop A (experts replaced): 1 of at most 2",
        "approved by order 12",
    ):
        assert words in told


def ended_by_rules() -> tuple[Journal, State]:
    scenario = surveyed((), experts=panel(PANEL), most_rule_changes=1)
    journal = prepared(scenario)
    able = scores(dict.fromkeys(PANEL, GOOD))
    apart = scenario.update(survey=entries(contrary()), competence=able)
    journal = take(journal, apart, Step.SURVEY, day=2)
    journal = take(journal, apart, Step.RULES, day=3, text="new wording")
    rows = contrary()
    rows["e1"] |= {"m01": rows["e1"]["m02"], "m02": rows["e1"]["m01"]}
    journal = take(journal, apart.update(survey=entries(rows)), Step.SURVEY, day=4)
    return journal, proceed(journal)


def test_survey_ends_in_no_agreement_after_the_limit() -> None:
    journal, state = ended_by_rules()
    assert (state.next, state.ending) == (None, Ending.NO_AGREEMENT)
    assert "changed 1 times already, the limit" in state.why
    assert [held.valid for held in state.passes] == [False, False]
    assert "Ended without agreement" in protocol(journal, state)


def test_replacement_has_its_limit_too() -> None:
    scenario = surveyed((), experts=panel(PANEL), most_replacements=1)
    journal = prepared(scenario)
    journal = take(
        journal, scenario.update(survey=entries(orders(PANEL)), competence=scores({"e1": POOR})), Step.SURVEY, day=2
    )
    people = panel(("e2", "e3", "e4", "e9"))
    tested = scenario.update(experts=people, competence=scores({"e9": POOR}))
    journal = take(journal, tested, Step.EXPERTS, day=3)
    state = proceed(journal)
    assert (state.ending, state.replacements, state.incompetent) == (Ending.NO_AGREEMENT, 1, ("e9",))


def test_competence_must_be_established_before_answers_are_processed() -> None:
    scenario = surveyed(entries(orders(PANEL)), experts=panel(PANEL), rounds=1)
    journal = take(prepared(scenario), scenario, Step.SURVEY, day=2)
    state = proceed(journal)
    assert (state.next, state.passes) == (Step.COMPETENCE, ())
    failed = take(journal, scenario.update(competence=scores({"e4": POOR})), Step.COMPETENCE, day=3)
    assert proceed(failed).next is Step.EXPERTS
    assert [held.outcome for held in proceed(failed).passes] == ["void: e4 not competent"]
    passed = take(journal, scenario, Step.COMPETENCE, day=3, text="by personal records")
    assert proceed(passed).next is Step.DECISION


def test_test_scores_can_stop_the_group_before_it_is_asked() -> None:
    scenario = surveyed((), experts=panel(PANEL), competence=scores({"e1": POOR}))
    journal = start(scenario, scenario.surveys["measures"])
    journal = take(journal, scenario, *list(Step)[:6])
    state = proceed(journal)
    assert (state.next, state.incompetent, state.replacements) == (Step.EXPERTS, ("e1",), 0)
    assert "void" not in state.why


def test_rounds_keep_date_anonymous_ids_and_attributes() -> None:
    journal, _ = ended_by_rules()
    (chosen,) = [event for event in journal.events if event.step is Step.EXPERTS]
    assert [(expert.id, expert.age, expert.post) for expert in chosen.experts] == [(e, 40, "engineer") for e in PANEL]
    held = [event for event in journal.events if event.step is Step.SURVEY]
    assert [event.date for event in held] == ["2026-03-02", "2026-03-04"]
    assert {len(event.answers) for event in held} == {len(PANEL) * len(MEASURES)}
    assert Journal.model_validate_json(journal.model_dump_json()) == journal


@pytest.mark.parametrize(
    ("step", "options", "message"),
    [
        (Step.GOALS, {}, "another step is next, organiser"),
        (Step.ORGANISER, {"text": " "}, "needs words"),
        (Step.ORGANISER, {"text": "x"}, ""),
    ],
)
def test_steps_out_of_turn_are_refused(step: Step, options: dict[str, Any], message: str) -> None:
    scenario = surveyed((), experts=panel(PANEL))
    journal = start(scenario, scenario.surveys["measures"])
    if message:
        with pytest.raises(InputError, match=message):
            record(journal, scenario, step, date="2026-03-01", **options)
    else:
        journal = record(journal, scenario, step, date="2026-03-02", **options)
        with pytest.raises(InputError, match="before that of the last step"):
            record(journal, scenario, Step.GOALS, date="2026-03-01", text="x")


def test_forged_journal_is_refused() -> None:
    journal, _ = ended_by_rules()
    with pytest.raises(InputError, match="where 'organiser' follows"):
        proceed(journal.update(events=journal.events[1:]))


def test_answers_that_changed_after_they_were_recorded_are_noticed() -> None:
    scenario = surveyed(
        entries(orders(PANEL)), experts=panel(PANEL), competence=scores(dict.fromkeys(PANEL, GOOD)), rounds=1
    )
    journal = take(prepared(scenario), scenario, Step.SURVEY, day=2)
    assert attach(analyse(scenario), scenario, journal).notices == ()
    moved = scenario.update(survey=entries(orders(PANEL, {"e1": (0, 1)})))
    assert (
        "no longer those that the procedure recorded on 2026-03-02" in attach(analyse(moved), moved, journal).notices[0]
    )
    assert "is not recorded" in attach(analyse(scenario), scenario, prepared(scenario)).notices[0]
