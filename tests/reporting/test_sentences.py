from __future__ import annotations

import math
import re

import pytest

import oshopt
from oshopt.model import (
    AfterHorizon,
    Budget,
    Comparison,
    Control,
    Effect,
    Flag,
    FrozenMap,
    Measure,
    Scenario,
    Status,
    StrategyEntry,
    Target,
    WorkGroup,
)
from oshopt.reporting import flags, headline, sentences
from oshopt.reporting.alternatives import alternatives
from oshopt.reporting.levels import control
from tests.making import reference, scenario_of
from tests.reporting import cases


def plain(text: str) -> str:
    return text.replace("\u202f", " ").replace("\u00a0", " ")


def answer(scenario: Scenario, comparison: Comparison) -> str:
    return plain(headline(scenario, comparison))


def told(scenario: Scenario, comparison: Comparison) -> str:
    return plain(" ".join(sentences(scenario, comparison)))


def test_reference_case_answers_with_its_conditions() -> None:
    scenario = reference()
    comparison = cases.planned(scenario)
    assert answer(scenario, comparison) == (
        "If 300 000 units a year goes on and dR = 0.003 a year holds, N rises from 36.7 to 46.6 years, "
        "11.0 million units in all; “strategy-1” reaches 45.0 on the same condition."
    )
    rest = told(scenario, comparison)
    assert (
        "“strategy-2” brings N to 43.8 years if 300 000 units a year goes on: 10.1 million units in all, "
        "1.43 million units for each year gained." in rest
    )
    assert "The plan is proven the best for its objective, the longest safe service: it reaches 46.63003" in rest


@pytest.mark.parametrize("scale", [1e-3, 1e6])
def test_years_do_not_change_with_the_currency(scale: float) -> None:
    scenario = reference(scale=scale)
    text = answer(scenario, cases.planned(scenario))
    assert "N rises from 36.7 to 46.6 years" in text
    assert f"If {'300' if scale < 1 else '300 billion'} units a year goes on" in text


def test_every_headline_of_n_names_money_and_increment() -> None:
    for scenario in (reference(), reference(after_horizon=AfterHorizon.LAPSE), cases.two_groups()):
        for comparison in (cases.planned(scenario), oshopt.compare(scenario), oshopt.compare(scenario, [])):
            text = answer(scenario, comparison)
            assert text.startswith("If ")
            assert "dR" in text.split(",")[0]
            assert re.search(r"\bN\b", text)


def test_lapse_says_that_nothing_is_renewed() -> None:
    scenario = reference(after_horizon=AfterHorizon.LAPSE)
    text = answer(scenario, cases.planned(scenario))
    assert text.startswith(
        "If nothing is renewed after 2014 and dR = 0.003 a year holds, N rises from 36.67 to 36.94 years, "
        "300 000 units over 2014; “strategy-1” reaches 36.90 on the same condition."
    )
    assert "goes on" not in text


def test_keep_over_years_names_the_money_after_them() -> None:
    scenario = reference(horizon=5, total=1.5e6)
    text = answer(scenario, cases.planned(scenario))
    assert text.startswith("If 300 000 units a year goes on after 2018 and dR = 0.003 a year holds, N rises")


def test_tie_of_two_strategies_names_the_cheaper() -> None:
    measures = tuple(Measure(id=name, weight=0.5, full_cost=cost) for name, cost in (("a", 100.0), ("b", 60.0)))
    scenario = scenario_of(measures=measures)
    comparison = cases.given(scenario, dear={"a": 50.0}, cheap={"b": 30.0})
    rest = told(scenario, comparison)
    assert "“cheap” and “dear” tie at N = 33.3 years: “cheap” if 30 EUR a year goes on" in rest
    assert "“cheap” is the cheapest of them." in rest
    assert rest.count("tie at") == 1


def test_tie_at_the_same_money_says_so() -> None:
    scenario = scenario_of(measures=tuple(Measure(id=name, weight=0.5, full_cost=100.0) for name in "ab"))
    rest = told(scenario, cases.given(scenario, one={"a": 50.0}, two={"b": 50.0}))
    assert "tie at N" in rest
    assert "Their money is the same too." in rest


def test_nearly_equal_years_are_written_apart() -> None:
    scenario = scenario_of()
    text = told(scenario, cases.given(scenario, one={"a": 50.0}, two={"a": 50.02}))
    assert "tie" not in text
    assert "35.71 years" in text
    assert "35.72 years" in text


def test_money_without_gain_is_worse_than_doing_nothing() -> None:
    measures = (Measure(id="a", weight=1.0, full_cost=100.0), Measure(id="b", weight=0.0, full_cost=100.0))
    scenario = scenario_of(measures=measures)
    comparison = cases.given(scenario, idle={"b": 40.0})
    assert "“idle” is worse than doing nothing: if 40 EUR a year goes on, it costs 1 000 EUR more in all" in told(
        scenario, comparison
    )
    assert "N stays at 25.0 years" in answer(scenario, comparison)


def stopping(spend: float) -> Scenario:
    measures = (
        Measure(id="a", weight=0.6, full_cost=100.0, status_quo=0.5, upkeep=0.1),
        Measure(id="b", weight=0.4, full_cost=100.0),
    )
    rows = (
        StrategyEntry(strategy="stop", measure="a", spend=0.0, kept=0.0),
        StrategyEntry(strategy="stop", measure="b", spend=spend),
    )
    return scenario_of(measures=measures, strategies=rows)


def test_strategy_that_stops_upkeep_is_worse_although_cheaper() -> None:
    scenario = stopping(spend=0.0)
    comparison = oshopt.compare(scenario)
    assert comparison.strategies["stop"].mean_effect < 0
    rest = told(scenario, comparison)
    assert "“stop” is worse than doing nothing" in rest
    assert "N falls from 25.0 to 19.2 years, for 125 EUR less in all." in rest
    assert "N falls from 25.0 to 19.2 years with “stop”" in answer(scenario, comparison)


def test_strategy_that_stops_upkeep_and_spends_is_worse_on_both_counts() -> None:
    scenario = stopping(spend=40.0)
    rest = told(scenario, oshopt.compare(scenario))
    assert "N falls from 25.0 to 21.9 years, although it costs 752 EUR more in all." in rest


def test_never_reached_is_said_with_its_condition() -> None:
    scenario = reference(total=31 * 5e4)
    comparison = cases.planned(scenario)
    assert comparison.optimum is not None
    assert math.isinf(min(comparison.optimum.evaluation.safe_service.values()))
    text = answer(scenario, comparison)
    assert "a year goes on and dR = 0.003 a year holds, N rises from 36.7 to ∞ (the threshold is never reached)" in text
    assert "and the yearly money without end" in text
    assert "∞ years" not in told(scenario, comparison)


def test_exceeded_group_is_named_and_left_out_of_the_headline() -> None:
    groups = (
        WorkGroup(id="g", name="Press shop", risk_increment=0.004, acceptable_risk=0.1),
        WorkGroup(id="h", name="Paint shop", risk_increment=0.005, acceptable_risk=0.1, served=22),
    )
    scenario = scenario_of(groups=groups)
    comparison = cases.planned(scenario)
    assert "that of “Press shop”, rises from 25.0" in answer(scenario, comparison)
    rest = told(scenario, comparison)
    assert "“Paint shop” has no safe service left: its accumulated risk is 0.11 when the plan begins" in rest
    assert "its threshold is 0.1, already at N = 20.0 years" in rest


def test_all_groups_exceeded() -> None:
    scenario = reference(group={"served": 40.0})
    text = answer(scenario, cases.planned(scenario, objective="effect"))
    assert "no group has safe service left" in text
    assert "27.2 % slower" in text


def test_worst_group_is_named_where_it_changes() -> None:
    measures = (Measure(id="a", weight=1.0, full_cost=100.0),)
    effects = (Effect(measure="a", on=Target.GROUP, target="g", effect=0.0),)
    scenario = cases.two_groups(measures=measures, effects=effects)
    text = answer(scenario, cases.planned(scenario))
    assert "the shortest N rises from 20.0 (“Paint shop”) to 25.0 years (“Press shop”)" in text


def test_expected_cases_are_told_for_groups_of_people() -> None:
    scenario = cases.two_groups()
    assert "Expected cases among 40 people over 2026:" in told(scenario, cases.planned(scenario))
    assert "Expected cases" not in told(reference(), cases.planned(reference()))


def test_plan_that_is_a_given_strategy() -> None:
    scenario = reference()
    plan = oshopt.allocate(scenario)
    spend = {measure: row[2014] for measure, row in plan.spend.items()}
    comparison = cases.given(scenario, plan, best=spend)
    assert "The plan is “best”: the same money on the same measures" in told(scenario, comparison)


def test_strategy_beyond_the_budget_reaches_more_and_says_why() -> None:
    scenario = scenario_of()
    plan = oshopt.allocate(scenario)
    rest = told(scenario, cases.given(scenario, plan, rich={"a": 100.0, "b": 50.0}))
    assert "“rich” reaches a longer N than the plan: it does not keep limits that the plan keeps (over budget" in rest


def test_other_objective_is_said() -> None:
    scenario = scenario_of()
    rest = told(scenario, cases.planned(scenario, objective="effect"))
    assert "The plan was made for the largest mean effect on the growth of risk, not for the longest N." in rest


def test_unspent_money_is_told_with_its_reason() -> None:
    scenario = reference(total=40 * 5e4)
    comparison = cases.planned(scenario)
    assert comparison.optimum is not None
    left = sum(comparison.optimum.certificate.unspent.values())
    assert left >= 4.5e5
    reason = comparison.optimum.certificate.unspent_reason
    assert "units of the budget stays unspent. " + plain(reason[0].upper() + reason[1:]) in told(scenario, comparison)


def test_duties_and_legal_minimum() -> None:
    measures = (
        Measure(id="a", name="Fume hood", weight=0.6, full_cost=100.0, mandatory=True),
        Measure(id="b", weight=0.4, full_cost=100.0),
    )
    scenario = scenario_of(measures=measures, budget=Budget(total=150.0, legal_minimum=120.0))
    plan = oshopt.allocate(scenario)
    rest = told(scenario, cases.given(scenario, plan, poor={"b": 50.0}))
    assert "The plan meets the one legal duty." in rest
    assert "Law wants at least 120 EUR a year; the plan spends 150 EUR or more in every year of 2026." in rest


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (Status.WITHIN_GAP, "so at most 0.1000 % is missing"),
        (Status.FEASIBLE, "it is not proven the best"),
    ],
)
def test_unproven_plans_say_how_far(status: Status, words: str) -> None:
    scenario = reference()
    comparison = cases.with_certificate(
        cases.planned(scenario), status=status, gap=0.001, bound=46.7, reason="time limit"
    )
    assert words in told(scenario, comparison)


@pytest.mark.parametrize(
    ("control_of_a", "control_of_b", "words"),
    [
        (Control.PROTECTIVE, Control.ENGINEERING, "The plan leans on protective equipment: 80 % of its money"),
        (Control.ADMINISTRATIVE, Control.PROTECTIVE, "The plan leans on the two weakest levels of control: 20 %"),
        (Control.ENGINEERING, Control.PROTECTIVE, "80 % to eliminating, substituting or engineering the hazard away."),
        (Control.ENGINEERING, None, "20 % to measures whose level is not stated."),
        (None, None, "No measure that gets money states its level of control."),
    ],
)
def test_share_of_control_levels(control_of_a: Control | None, control_of_b: Control | None, words: str) -> None:
    measures = (
        Measure(id="a", weight=0.6, full_cost=80.0, control=control_of_a),
        Measure(id="b", weight=0.4, full_cost=80.0, control=control_of_b),
    )
    scenario = scenario_of(measures=measures)
    plan = alternatives(cases.planned(scenario))[-1]
    assert words in plain(" ".join(control(scenario, [("The plan", plan)])))


def test_names_of_any_direction_stay_inside_their_quotes() -> None:
    group = WorkGroup(id="g", name="\u202eעובדים", risk_increment=0.004, acceptable_risk=0.1)
    other = WorkGroup(id="h", name="Office", risk_increment=0.001, acceptable_risk=0.1)
    scenario = scenario_of(groups=(group, other))
    text = answer(scenario, cases.planned(scenario))
    assert "“\u2068עובדים\u2069”" in text
    assert "\u202e" not in text


def test_flags_that_all_alternatives_share_stand_once() -> None:
    flag = Flag(code="classes", subject="3.1,3.2", text="Groups of different classes.")
    scenario = reference()
    comparison = oshopt.compare(scenario)
    shared = comparison.model_copy(
        update={
            "nothing": comparison.nothing.model_copy(update={"flags": (flag,)}),
            "strategies": FrozenMap(
                {name: e.model_copy(update={"flags": (flag,)}) for name, e in comparison.strategies.items()}
            ),
        }
    )
    assert flags(shared).rows == (("classes", "Groups of different classes.", "all"),)


def test_many_flags_of_a_kind_are_gathered() -> None:
    scenario = scenario_of(horizon=6, budget=Budget(per_year=10.0))
    spend = FrozenMap({"a": FrozenMap(dict.fromkeys(scenario.years, 50.0))})
    comparison = cases.beside(scenario, oshopt.Strategy(id="rich", spend=spend))
    gathered = [row for row in flags(comparison).rows if row[0] == "over budget"]
    assert len(gathered) == 1
    assert "And 3 more of this kind." in gathered[0][1]
    assert gathered[0][2] == "rich"
