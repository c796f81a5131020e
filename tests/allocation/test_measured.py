"""Outcomes, score and compliance in plans: the best of every combination, judged by the forecast and scoring anew."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest

import oshopt
from oshopt.assessment import compliance_after, score_after
from oshopt.forecast import outcome_lines
from oshopt.model import (
    Effect,
    Evaluation,
    FrozenMap,
    HistoryEntry,
    Indicator,
    InputError,
    Kind,
    Measure,
    NoPlanError,
    Role,
    Scenario,
    Strategy,
    Target,
)
from tests.making import scenario_of

PLANT = oshopt.load("scenarios/food-plant")


def in_force(evaluation: Evaluation) -> dict[str, float]:
    return {measure: list(row.values())[-1] for measure, row in evaluation.in_force.items()}


@pytest.mark.parametrize("points", [80.0, 94.0, 101.0])
def test_a_plan_for_a_score_reaches_it_when_scored_anew(points: float) -> None:
    plan = oshopt.allocate(PLANT, "cost", limits={"score": points}, marginals=False)
    assert plan.certificate.status == "optimal"
    assert score_after(PLANT, in_force(plan.evaluation)).low >= points
    assert plan.reached["score"] >= points


@pytest.mark.parametrize(("name", "value"), [("compliance", 0.85), ("compliance:safety", 0.6), ("compliant", 1.0)])
def test_a_plan_for_compliance_reaches_it_when_judged_anew(name: str, value: float) -> None:
    plan = oshopt.allocate(PLANT, "cost", limits={name: value}, marginals=False)
    after = compliance_after(PLANT, in_force(plan.evaluation))
    reached = {
        "compliance": after.total.low,
        "compliance:safety": after.groups["safety"].low,
        "compliant": float(not after.total.failures),
    }
    assert reached[name] >= value - 1e-9
    cheaper = oshopt.allocate(PLANT, "cost", marginals=False).certificate.value
    assert plan.certificate.value >= cheaper - 1e-6


def whole(names: list[str], costs: list[float]) -> tuple[Measure, ...]:
    weight = 1 / len(names)
    return tuple(
        Measure(id=name, weight=weight, full_cost=cost, kind=Kind.WHOLE)
        for name, cost in zip(names, costs, strict=True)
    )


@pytest.mark.parametrize("seed", range(12))
def test_the_plan_for_a_score_is_the_cheapest_of_all(seed: int) -> None:
    rng = np.random.default_rng(seed)
    rows = [row for row in PLANT.effects if row.on is Target.SCORE]
    chosen = sorted({str(name) for name in rng.choice(sorted({row.measure for row in rows}), size=6, replace=False)})
    costs = [float(rng.integers(10, 100)) for _ in chosen]
    scenario = scenario_of(
        measures=whole(chosen, costs),
        effects=tuple(row for row in rows if row.measure in chosen),
        budget=PLANT.settings.budget.update(total=1000.0, per_year=None, legal_share=None, legal_base=None),
    ).update(scorecard=PLANT.scorecard, form=PLANT.form)
    totals = {}
    for taken in itertools.product((0.0, 1.0), repeat=len(chosen)):
        shares = dict(zip(chosen, taken, strict=True))
        money = math.fsum(cost * share for cost, share in zip(costs, taken, strict=True))
        totals[taken] = (score_after(scenario, shares).low, money)
    best = max(points for points, _ in totals.values())
    for wanted in {*(points for points, _ in totals.values())}:
        cheapest = min(money for points, money in totals.values() if points >= wanted)
        plan = oshopt.allocate(scenario, "cost", limits={"score": wanted}, marginals=False)
        assert plan.certificate.value == pytest.approx(cheapest)
    with pytest.raises(NoPlanError):
        oshopt.allocate(scenario, "cost", limits={"score": best + 1})


def with_history(measures: tuple[Measure, ...], effects: tuple[Effect, ...], **parts: object) -> Scenario:
    """Return a small scenario with a linear outcome y that follows two indicators, and some noise."""
    rng = np.random.default_rng(3)
    years = range(2010, 2026)
    a, b = rng.normal(10, 2, len(years)), rng.normal(5, 1, len(years))
    y = 3 * np.roll(a, 1) - 2 * np.roll(b, 1) + rng.normal(0, 0.1, len(years))
    series = {"a": a, "b": b, "y": y}
    return scenario_of(measures=measures, **parts).update(
        effects=effects,
        indicators=FrozenMap(
            {
                "a": Indicator(id="a"),
                "b": Indicator(id="b"),
                "y": Indicator(id="y", role=Role.OUTCOME),
            }
        ),
        history=tuple(
            HistoryEntry(indicator=name, year=year, value=float(value))
            for name, values in series.items()
            for year, value in zip(years, values, strict=True)
        ),
    )


def moves(measure: str, indicator: str, effect: float) -> Effect:
    return Effect(measure=measure, on=Target.INDICATOR, target=indicator, effect=effect)


def test_the_least_outcome_is_the_best_of_all_combinations() -> None:
    measures = whole(["p", "q", "r"], [60.0, 50.0, 40.0])
    scenario = with_history(measures, (moves("p", "a", -2.0), moves("q", "b", 1.5), moves("r", "a", 1.0)))
    line = outcome_lines(scenario)["y"]
    values = {}
    for taken in itertools.product((0, 1), repeat=3):
        money = sum(cost * share for cost, share in zip((60, 50, 40), taken, strict=True))
        changes = FrozenMap({"a": -2.0 * taken[0] + 1.0 * taken[2], "b": 1.5 * taken[1]})
        values[taken] = (line.value(changes), money)
    affordable = min(value for value, money in values.values() if money <= 100)
    plan = oshopt.allocate(scenario, "outcome", marginals=False)
    assert plan.certificate.value == pytest.approx(affordable)
    assert plan.certificate.gap <= 1e-6
    for limit in sorted(value for value, _ in values.values()):
        cheapest = min(money for value, money in values.values() if value <= limit + 1e-9)
        if cheapest > 100:
            with pytest.raises(NoPlanError):
                oshopt.allocate(scenario, "cost", limits={"outcome:y": limit + 1e-9})
            continue
        found = oshopt.allocate(scenario, "cost", limits={"outcome:y": limit + 1e-9}, marginals=False)
        assert found.certificate.value == pytest.approx(cheapest)


@pytest.mark.parametrize("lifetime", [1, 3])
def test_what_a_measure_makes_worse_is_not_left_out_of_the_count(lifetime: int) -> None:
    measures = (
        Measure(id="p", weight=0.9, full_cost=100.0, lifetime=lifetime),
        Measure(id="q", weight=0.1, full_cost=100.0),
    )
    scenario = with_history(measures, (moves("p", "a", 2.0),), horizon=2)
    line = outcome_lines(scenario)["y"]
    half = line.value(FrozenMap({"a": 1.0}))
    plan = oshopt.allocate(scenario, "effect", limits={"outcome:y": half}, marginals=False)
    assert in_force(plan.evaluation)["p"] == pytest.approx(0.5, abs=1e-6)
    assert plan.reached["outcome:y"] == pytest.approx(half)


def test_counts_are_limited_by_their_logarithm() -> None:
    today = oshopt.allocate(PLANT, "cost", marginals=False)
    least = oshopt.allocate(PLANT, "outcome:lost-time-injuries", marginals=False).certificate.value
    line = outcome_lines(PLANT)["lost-time-injuries"]
    assert least < line.value(FrozenMap({}))
    middle = (least + line.value(FrozenMap({}))) / 2
    plan = oshopt.allocate(PLANT, "cost", limits={"outcome:lost-time-injuries": middle}, marginals=False)
    assert plan.reached["outcome:lost-time-injuries"] <= middle * (1 + 1e-9)
    assert plan.certificate.value >= today.certificate.value - 1e-6


@pytest.mark.parametrize(
    ("objective", "limits", "words"),
    [
        ("outcome", {}, "several outcomes"),
        ("outcome:injuries", {}, "no outcome of this id"),
        ("effect:packing", {}, "no such objective"),
        ("cost", {"outcome": 1.0}, "names no outcome"),
        ("cost", {"outcome:x": 1.0}, "no outcome of this id"),
        ("cost", {"compliance:x": 1.0}, "no input group of this id"),
        ("cost", {"score:x": 1.0}, "whole enterprise"),
    ],
)
def test_wrong_names_are_refused(objective: str, limits: dict[str, float], words: str) -> None:
    with pytest.raises(InputError, match=words):
        oshopt.allocate(PLANT, objective, limits=limits)


@pytest.mark.parametrize("limit", ["score", "compliance", "compliant"])
def test_without_answers_there_is_nothing_to_judge_by(limit: str) -> None:
    with pytest.raises(InputError, match="nothing to judge"):
        oshopt.allocate(scenario_of(), "cost", limits={limit: 1.0})


def test_strategies_are_judged_by_the_same_figures() -> None:
    plan = oshopt.allocate(PLANT, "cost", limits={"score": 94.0}, marginals=False)
    again = oshopt.evaluate(PLANT, Strategy(id="again", spend=plan.spend, shares=plan.begun))
    assert score_after(PLANT, in_force(again)).low == plan.reached["score"]


@pytest.mark.parametrize(
    ("name", "value", "best"),
    [
        ("score", 102.0, 101.0),
        ("compliance:personnel", 0.9, 0.8622222222),
        ("outcome:incapacity", 600.0, 601.6434309),
        ("outcome:lost-time-injuries", 15.0, 15.62284326),
    ],
)
def test_without_a_plan_the_best_reachable_is_told(name: str, value: float, best: float) -> None:
    with pytest.raises(NoPlanError) as caught:
        oshopt.allocate(PLANT, "cost", limits={name: value})
    told = [shortfall.text for shortfall in caught.value.shortfalls if f"{value:g} is demanded" in shortfall.text]
    assert [f"{best:.10g} is the best reachable" in text for text in told] == [True]
    changed = [shortfall for shortfall in caught.value.shortfalls if shortfall.text.startswith("Demand")]
    assert len(changed) == 1
    assert changed[0].amount == pytest.approx(abs(value - best), abs=1e-4)
    reachable = best * (1 + 1e-6) if name.startswith("outcome") else best * (1 - 1e-6)
    assert oshopt.allocate(PLANT, "cost", limits={name: reachable}, marginals=False).certificate.status == "optimal"
