"""What the procedure of a survey says: what its blocks are, and why it stands where it stands."""

from __future__ import annotations

from oshopt.language import numeral, say, say_count, sayable
from oshopt.model import Step

BLOCKS = {
    Step.ORGANISER: (sayable("block 1"), sayable("the decision maker organises the survey")),
    Step.GOALS: (sayable("block 2"), sayable("the goals of the survey are set")),
    Step.WORKING_GROUP: (sayable("block 3"), sayable("the working group is chosen and approved")),
    Step.INDICATORS: (
        sayable("blocks 4–5"),
        sayable("the working group chooses what is to be judged and justifies it"),
    ),
    Step.QUESTIONNAIRE: (sayable("block 6"), sayable("the questionnaire is drawn up")),
    Step.EXPERTS: (sayable("block 7"), sayable("the expert group is chosen, from personal records rather than taste")),
    Step.TASK: (sayable("block 8"), sayable("the experts get their task")),
    Step.SURVEY: (sayable("block 9"), sayable("the experts answer")),
    Step.COMPETENCE: (
        sayable("check of competence"),
        sayable("the competence of the expert group must be established"),
    ),
    Step.RULES: (sayable("loop B, to block 9"), sayable("the decision maker changes the rules")),
    Step.DECISION: (sayable("blocks 15–16"), sayable("the results stand; a decision is taken on them")),
}
"""Block and content of each step of figure 1."""


def after(following: Step, done: Step) -> str:
    """Return why a step of the preparation follows another."""
    what, block = say(BLOCKS[following][1]), say(BLOCKS[done][0])
    if done is Step.INDICATORS:
        return say("{what}, now that {blocks} are done", what=what, blocks=block)
    return say("{what}, now that {block} is done", what=what, block=block)


def tasked(members: int) -> str:
    """Return why the task follows the choice of the expert group."""
    return say_count(
        "the expert group has {n} member, who gets the task",
        "the expert group has {n} members, who get their task",
        members,
        n=members,
    )


def to_be_replaced(experts: str, least: float, *, void: bool) -> str:
    """Return why the experts are chosen anew; `void` says that answers fall with them."""
    share = numeral(f"{least:g}")
    if void:
        return say(
            "loop A, back to block 7: not competent: {experts} (below {least} of the points); they are to be replaced; "
            "all answers are void",
            experts=experts,
            least=share,
        )
    return say(
        "loop A, back to block 7: not competent: {experts} (below {least} of the points); they are to be replaced",
        experts=experts,
        least=share,
    )


def replaced_too_often(experts: str, least: float, times: int) -> str:
    """Return why loop A ends the procedure."""
    return say(
        "not competent: {experts} (below {least} of the points), and experts were replaced {n} times already, the "
        "limit: the procedure ends without agreement.",
        experts=experts,
        least=numeral(f"{least:g}"),
        n=times,
    )


def changed_too_often(verdict: str, times: int) -> str:
    """Return why loop B ends the procedure."""
    return say(
        "{verdict} The rules were changed {n} times already, the limit: the procedure ends without agreement.",
        verdict=verdict,
        n=times,
    )


def rules_changed(change: str, number: int) -> str:
    """Return why a round is held again."""
    return say("the rules have changed ({change}): round {round} is held again", change=change, round=number)


def next_round(verdict: str, number: int) -> str:
    """Return what the second round asks for."""
    return say("{verdict} Round {round} asks for numeric significance and added factors", verdict=verdict, round=number)


def later(before: str, outcome: str) -> str:
    """Return what became of answers that stood first and fell later."""
    return say("{before} Later {outcome}.", before=before, outcome=outcome)
