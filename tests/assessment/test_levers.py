"""What measures move: the linear pieces that a planner gets must say the same as scoring the changed answers."""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import Bounds, LinearConstraint, milp

from oshopt.assessment import (
    compliance_after,
    compliance_levers,
    comply,
    examine_assessment,
    score,
    score_after,
    score_levers,
)
from oshopt.model import AssessmentSettings, Effect, FactorEntry, InputError, Measure, Scenario, Target, WorkGroup
from oshopt.model.assessment import Direction
from oshopt.model.levers import ComplianceLevers, ScoreLever, ScoreLevers
from tests.assessment.sheets import Values, answers, card
from tests.making import scenario_of

ANSWERS: Values = {
    "1.commission": True, "1.members": 8, "2.trained": 4, "8.found": 40, "8.remedied": 20, "14.entitled": 64,
    "14.provided": 32, "15.stage-1": True, "15.stage-2": False, "15.stage-3": False, "16.due": 8, "16.done": 4,
    "18.due": 16, "18.done": 0, "20.men": 30, "20.showers-men": 0, "21.insured": True, "21.valid": False,
}  # fmt: skip
SHARES = [i / 8 for i in range(9)]


def scored(*effects: tuple[str, str, float], values: Values = ANSWERS, **settings_: Any) -> Scenario:
    """Measures a, b, c that move parts of a scorecard."""
    rows = tuple(Effect(measure=m, on=Target.SCORE, target=t, effect=e) for m, t, e in effects)
    measures = tuple(Measure(id=name, weight=w, full_cost=100.0) for name, w in (("a", 0.5), ("b", 0.3), ("c", 0.2)))
    made = scenario_of(measures=measures, effects=rows, **settings_)
    return made.update(scorecard=tuple(answers(values)))


def by_levers(levers: ScoreLevers, shares: Mapping[str, float]) -> float:
    """The greatest total that the brackets allow."""
    return levers.fixed + math.fsum(max(open_brackets(lever, shares)) for lever in levers.levers)


def open_brackets(lever: ScoreLever, shares: Mapping[str, float]) -> list[float]:
    values = {
        ref: part.present + math.fsum(effect * shares.get(name, 0.0) for name, effect in part.effect.items())
        for ref, part in lever.parts.items()
    }
    return [b.points for b in lever.brackets if all(values[ref] >= need - 1e-9 for ref, need in b.at_least.items())]


EFFECTS = (
    ("a", "8", 8.0), ("b", "8.remedied", 16.0), ("a", "14", 32.0), ("b", "16.done", 4.0), ("c", "2.trained", 4.0),
    ("c", "15.stage-2", 1.0), ("a", "15.stage-3", 0.5), ("b", "15.stage-3", 0.5), ("c", "18", 16.0),
    ("b", "20.showers-men", 4.0), ("c", "21.valid", 1.0),
)  # fmt: skip


@pytest.mark.parametrize("shares", [*itertools.product(SHARES[::4], repeat=3)])
def test_brackets_say_what_scoring_says(shares: tuple[float, ...]) -> None:
    scenario = scored(*EFFECTS)
    force = dict(zip("abc", shares, strict=True))
    assert by_levers(score_levers(scenario), force) == score_after(scenario, force).low


def test_nothing_in_force_leaves_the_scorecard() -> None:
    scenario = scored(*EFFECTS)
    assert score_after(scenario, {}) == score(scenario.scorecard)
    assert by_levers(score_levers(scenario), {}) == card(ANSWERS).low


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_brackets_say_what_scoring_says_for_any_sheet(data: st.DataObject) -> None:
    values: dict[str, bool | int] = {}
    effects = []
    for name, done, due in (("8", "remedied", "found"), ("14", "provided", "entitled"), ("18", "done", "due")):
        values[f"{name}.{due}"] = data.draw(st.integers(0, 120))
        values[f"{name}.{done}"] = data.draw(st.integers(0, values[f"{name}.{due}"]))
        effects += [
            (m, f"{name}.{done}", data.draw(st.floats(0.5, 150))) for m in data.draw(st.sets(st.sampled_from("ab")))
        ]
    scenario = scored(*effects, values=values)
    force = {name: data.draw(st.sampled_from(SHARES)) for name in "abc"}
    assert by_levers(score_levers(scenario), force) == score_after(scenario, force).low


def by_hand(a: float, b: float, c: float) -> int:
    """Points of the items that `CHEAP` moves, counted from the source's table."""

    def whole(value: float) -> int:
        return math.floor(value + 1e-5)

    remedied, provided = 100 * (20 + whole(20 * a)) / 40, 100 * (32 + whole(32 * a)) / 64
    done, covered = 100 * (4 + whole(4 * b)) / 8, 100 * whole(16 * c) / 16
    points = sum(remedied >= edge - 0.5 for edge in (51, 61, 71, 81, 91))
    points += sum(covered >= edge - 0.5 for edge in (1, 21, 41, 61, 81))
    points += sum(2 * sum(share >= edge for edge in (50, 60, 70, 80, 90, 100)) - 6 for share in (provided, done))
    points += 2 if whole(4 * c) == 4 else -2
    points += 3 if b >= 1 and c >= 1 else 0
    return points + (2 if whole(4 * b) >= 2 else 0) + (3 if a >= 1 else -3)


CHEAP = (
    ("a", "8", 20.0), ("a", "14", 32.0), ("b", "16.done", 4.0), ("c", "2.trained", 4.0), ("c", "15.stage-2", 1.0),
    ("b", "15.stage-3", 1.0), ("c", "18", 16.0), ("b", "20.showers-men", 4.0), ("a", "21.valid", 1.0),
)  # fmt: skip
WHOLE_COUNTS = (
    sorted({k / 20 for k in range(21)} | {k / 32 for k in range(33)}),
    [k / 4 for k in range(5)],
    [k / 16 for k in range(17)],
)
"""Shares of each measure at which some count becomes whole: a cheapest plan is among them."""


@pytest.mark.parametrize("gain", [0, 1, 2, 5, 9, 14, 20, 27, 33, 34, 35, 40])
@pytest.mark.parametrize("costs", [(7.0, 5.0, 3.0), (1.0, 4.0, 9.0)])
def test_the_cheapest_shares_for_a_score_by_brute_force(gain: int, costs: tuple[float, float, float]) -> None:
    scenario = scored(*CHEAP)
    today = by_hand(0, 0, 0)
    able = [s for s in itertools.product(*WHOLE_COUNTS) if by_hand(*s) >= today + gain]
    best = min((math.fsum(c * s for c, s in zip(costs, shares, strict=True)) for shares in able), default=math.inf)
    wanted = card(ANSWERS).low + gain
    cost, force = cheapest(score_levers(scenario), costs, wanted)
    assert cost == pytest.approx(best, abs=1e-4)
    if able:
        assert score_after(scenario, force).low >= wanted
        assert score_after(scenario, force).low == wanted - gain - today + by_hand(*force.values())


def cheapest(levers: ScoreLevers, costs: tuple[float, ...], wanted: float) -> tuple[float, dict[str, float]]:
    """Shares of least cost for a total, as a mixed-integer program built from the levers alone."""
    binaries = [(k, b) for k, lever in enumerate(levers.levers) for b in range(len(lever.brackets))]
    size = 3 + len(binaries)
    rows, low, high = [], [], []
    for k, lever in enumerate(levers.levers):
        one = np.zeros(size)
        one[[3 + i for i, (owner, _) in enumerate(binaries) if owner == k]] = 1
        rows.append(one), low.append(1), high.append(1)
        for ref, part in lever.parts.items():
            row = np.zeros(size)
            for i, name in enumerate("abc"):
                row[i] = part.effect.get(name, 0.0)
            for i, (owner, b) in enumerate(binaries):
                if owner == k:
                    row[3 + i] = -max(0.0, lever.brackets[b].at_least[ref])
            rows.append(row), low.append(-part.present), high.append(np.inf)
    total = np.zeros(size)
    for i, (owner, b) in enumerate(binaries):
        total[3 + i] = levers.levers[owner].brackets[b].points
    rows.append(total), low.append(wanted - levers.fixed), high.append(np.inf)
    found = milp(
        np.array([*costs, *[0.0] * len(binaries)]),
        constraints=LinearConstraint(np.array(rows), low, high),
        integrality=np.array([0] * 3 + [1] * len(binaries)),
        bounds=Bounds(0, 1),
    )
    if found.x is None:
        return math.inf, {}
    return float(found.fun), dict(zip("abc", map(float, found.x[:3]), strict=True))


def test_a_share_taken_away_lowers_the_score() -> None:
    scenario = scored(("a", "8", 20.0))
    assert score_after(scenario, {"a": -0.5}).low == card({**ANSWERS, "8.remedied": 10}).low
    assert score_after(scenario, {"a": -4.0}).low == card({**ANSWERS, "8.remedied": 0}).low


def test_counts_come_whole_and_never_above_what_is_due() -> None:
    scenario = scored(("a", "14", 320.0), ("b", "20.showers-men", 1.0))
    after = {i.id: i for i in score_after(scenario, {"a": 1.0, "b": 1.0 - 1e-9}).indicators}
    assert after["14"].items[0].said.startswith("64 of 64")
    assert {item.item: item.said for item in after["20"].items}["20.showers-men"].startswith("1,")


def test_a_closed_or_empty_indicator_moves_nothing() -> None:
    closed: Values = {
        **ANSWERS,
        "1.commission": False,
        "1.members": 0,
        "2.trained": 0,
        "14.entitled": 0,
        "14.provided": 0,
    }
    scenario = scored(("a", "2", 4.0), ("a", "14", 4.0), values=closed)
    assert score_levers(scenario).levers == ()
    assert score_after(scenario, {"a": 1.0}).low == card(closed).low


def problem(*effects: tuple[str, str, float], values: Values = ANSWERS, **settings_: Any) -> str:
    found = examine_assessment(scored(*effects, values=values, **settings_))
    return " / ".join(f"{one.row}, {one.column}: {one.message}" for one in found)


def test_rows_that_fit_nothing_are_told() -> None:
    assert problem(("a", "8", 4.0)) == ""
    assert problem(("a", "28", 4.0)) == "a score 28, target: measures move no such part of the scorecard"
    assert problem(("a", "8.found", 4.0)) == "a score 8.found, target: measures move no such part of the scorecard"
    assert problem(("a", "9", 4.0)) == "a score 9, target: money does not buy this indicator"
    assert problem(("a", "15", 1.0)) == "a score 15, target: the indicator has several parts"
    assert problem(("a", "8", 0.0), ("b", "8", -1.0)).count("raises nothing") == 2
    assert "does not answer 17.done, 17.due" in problem(("a", "17", 3.0))
    assert "does not answer" in problem(("a", "2", 3.0), values={"2.trained": 0})
    assert "no reading of this id" in problem(assessment=AssessmentSettings(readings=("2-na",)))


def test_levers_of_rows_that_fit_nothing_are_refused() -> None:
    with pytest.raises(InputError, match="money does not buy"):
        score_levers(scored(("a", "9", 4.0)))
    with pytest.raises(InputError, match="no such factor"):
        compliance_levers(levelled(("a", "trainings", 4.0)))


TABLE = (
    FactorEntry(factor="training", required=100.0, actual=60.0, mandatory=True),
    FactorEntry(factor="process-safety", workplace="g", required=80.0, actual=86.0, worst=100.0,
                direction=Direction.AT_MOST, mandatory=True),
    FactorEntry(factor="process-safety", workplace="h", required=80.0, actual=75.0, direction=Direction.AT_MOST),
    FactorEntry(factor="work-and-rest", required=18.0, upper=22.0, actual=16.0, worst=10.0, direction=Direction.WITHIN),
    FactorEntry(factor="equipment", required=4.0, actual=1.0),
    FactorEntry(factor="materials", required=4.0, actual=1.0, mandatory=True),
    FactorEntry(factor="injuries", direction=Direction.AT_MOST, before=4.0, actual=3.0),
)  # fmt: skip


def levelled(*effects: tuple[str, str, float], table: tuple[FactorEntry, ...] = TABLE) -> Scenario:
    rows = tuple(Effect(measure=m, on=Target.FACTOR, target=t, effect=e) for m, t, e in effects)
    groups = (
        WorkGroup(id="g", risk_increment=0.004, acceptable_risk=0.1, headcount=30),
        WorkGroup(id="h", risk_increment=0.004, acceptable_risk=0.1, headcount=10),
    )
    return scenario_of(groups=groups, effects=rows).update(compliance=table)


MOVES = (
    ("a", "training", 30.0), ("b", "training", 30.0), ("a", "process-safety", -8.0), ("b", "process-safety.g", -2.0),
    ("b", "work-and-rest", 10.0), ("a", "equipment", 1.5),
)  # fmt: skip


def levels_by_levers(levers: ComplianceLevers, shares: Mapping[str, float]) -> tuple[float, dict[str, float]]:
    """Levels in all and by group as a linear program would have them: each row the least of 1 and its pieces."""
    total, groups = levers.fixed, dict(levers.group_fixed)
    for lever in levers.levers:
        lines = [p.constant + sum(s * shares.get(m, 0.0) for m, s in p.slope.items()) for p in lever.pieces]
        level = min(1.0, *lines) if lines else 1.0
        total += lever.weight * level
        groups[lever.group.value] += lever.group_weight * level
    return total, groups


@pytest.mark.parametrize("shares", [*itertools.product([0.0, 0.25, 0.5, 0.6, 1.0], repeat=2)])
def test_pieces_say_what_judging_says(shares: tuple[float, float]) -> None:
    scenario = levelled(*MOVES)
    force = dict(zip("ab", shares, strict=True))
    after = compliance_after(scenario, force)
    total, groups = levels_by_levers(compliance_levers(scenario), force)
    assert after.total.low == pytest.approx(total, abs=1e-12)
    assert {name: level.low for name, level in after.groups.items()} == pytest.approx(groups, abs=1e-12)


def test_no_mandatory_failure_is_every_piece_at_one() -> None:
    scenario = levelled(*MOVES)
    levers = compliance_levers(scenario)
    assert levers.failing == ("materials",)
    for force, left in (
        ({}, {"training", "process-safety.g", "materials"}),
        ({"a": 0.75}, {"training", "materials"}),
        ({"a": 1.0}, {"training", "materials"}),
        ({"a": 0.7, "b": 0.7}, {"materials"}),
        ({"a": 0.7 - 1e-8, "b": 0.7 - 1e-8}, {"materials"}),
    ):
        failing = {
            lever.key
            for lever in levers.levers
            if lever.mandatory
            and any(
                p.constant + sum(s * force.get(m, 0.0) for m, s in p.slope.items()) < 1 - 1e-6 for p in lever.pieces
            )
        }
        assert failing | set(levers.failing) == left
        assert set(compliance_after(scenario, force).total.failures) == left


def test_too_much_of_a_range_is_a_failure_again() -> None:
    scenario = levelled(("a", "work-and-rest", 4.0), ("b", "work-and-rest", 40.0))
    levels = [compliance_after(scenario, {"a": a, "b": b}).groups["safety"].low for a, b in ((0, 0), (1, 0), (0, 1))]
    assert levels[1] > levels[0] > levels[2]


def test_what_is_not_moved_stays() -> None:
    scenario = levelled()
    assert compliance_levers(scenario).levers == ()
    people = {"g": 30, "h": 10}
    assert compliance_after(scenario, {"a": 1.0}) == comply(TABLE, people)
    assert compliance_levers(scenario).fixed == comply(TABLE, people).total.low


def wrong(*effects: tuple[str, str, float], table: tuple[FactorEntry, ...] = TABLE) -> str:
    return " / ".join(f"{one.column}: {one.message}" for one in examine_assessment(levelled(*effects, table=table)))


def test_rows_that_fit_no_factor_are_told() -> None:
    assert wrong(*MOVES) == ""
    assert wrong(("a", "trainin", 1.0)) == "target: there is no such factor"
    assert wrong(("a", "injuries", -1.0)) == "target: an output, which no measure sets"
    assert wrong(("a", "discipline", -1.0)) == "target: compliance has no row of it that applies"
    assert wrong(("a", "process-safety.x", -1.0)) == "target: compliance has no row of it that applies"
    assert wrong(("a", "training", -1.0)).startswith("effect: it moves training away from its requirement")
    assert wrong(("a", "process-safety.g", 1.0)).startswith("effect: it moves process-safety.g away")
    assert wrong(("a", "work-and-rest", -1.0)).startswith("effect: it moves work-and-rest away")
    blank = (FactorEntry(factor="training", required=100.0),)
    assert "no actual and required level of training" in wrong(("a", "training", 1.0), table=blank)
    inside = (TABLE[3].update(actual=20.0),)
    assert wrong(("a", "work-and-rest", 1.0), table=inside) == "target: work-and-rest is within its range already"
