"""Tables and sentences of a simulation: what they say of a study, and that they stay readable with many strategies."""

from __future__ import annotations

import pytest

from oshopt.model import DO_NOTHING, Budget, Scenario, Study
from oshopt.reporting import (
    simulated_differences,
    simulated_groups,
    simulated_sentences,
    simulated_summary,
    simulated_years,
    study_pictures,
)
from oshopt.simulation import Effort, simulate_each
from tests.making import reference


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    return reference(horizon=3, total=9e5, group={"headcount": 400, "susceptibility": 0.5, "served": 30.0})


@pytest.fixture(scope="module")
def study(scenario: Scenario) -> Study:
    return simulate_each(scenario, [DO_NOTHING, "strategy-1", "strategy-2"], effort=Effort(replications=40))


def test_every_figure_stands_with_its_range(scenario: Scenario, study: Study) -> None:
    table = simulated_summary(scenario, study)
    cells = {row[0]: row[1:] for row in table.rows}
    assert [column.title for column in table.columns] == ["", "do nothing", "strategy-1", "strategy-2"]
    assert cells["shortest N, years"] == ("36.7", "38.7", "38.4")
    assert cells["shortest N by plan, years"] == cells["shortest N, years"]
    assert cells["money paid, units"] == ("0", "900\u202f000", "900\u202f000")
    assert all(" to " in cell for cell in cells["share above acceptable risk at the end"])
    assert "40 replications, seed 1" in table.note


def test_differences_say_which_is_better(scenario: Scenario, study: Study) -> None:
    table = simulated_differences(scenario, study)
    assert len(table.rows) == 12
    service = next(row for row in table.rows if row[:2] == ("strategy-1", "shortest N, years"))
    assert service[2:] == ("+2.08", "+2.08 to +2.08", "100\u202f%", "0\u202f%")


def test_sentences_name_the_interval(scenario: Scenario, study: Study) -> None:
    texts = simulated_sentences(scenario, study)
    assert len(texts) == 5
    assert "where the plan says 36.7" in texts[0]
    assert all("95\u202f% interval" in text for text in texts[3:])


def test_many_strategies_stand_below_each_other(scenario: Scenario, study: Study) -> None:
    many = Study(outcomes=study.outcomes * 3, differences=())
    for table in (simulated_summary(scenario, many), simulated_years(scenario, many)):
        assert len(table.rows) == 9
        assert {len(row) for row in table.rows} == {len(table.columns)}
    assert len(simulated_groups(scenario, many).rows) == 9


def test_equal_studies_give_equal_figures(scenario: Scenario, study: Study) -> None:
    assert study_pictures(scenario, study) == study_pictures(scenario, study)
    assert set(study_pictures(scenario, study)) == {
        "share_above",
        "cases-do-nothing",
        "cases-strategy-1",
        "cases-strategy-2",
    }


def test_a_strategy_over_its_budget_is_flagged(scenario: Scenario) -> None:
    poor = scenario.update(settings=scenario.settings.update(budget=Budget(total=6e5)))
    found = simulate_each(poor, ["strategy-1", DO_NOTHING], effort=Effort(replications=5))
    texts = simulated_sentences(poor, found)
    assert len(texts) == 4
    assert "“strategy-1” exceeds its budget" in texts[1]
    assert "300\u202f000 more than the total budget" in texts[1]
    assert "in 5 of 5 replications, where it does on average by 300\u202f000 units" in texts[1]
    cells = {row[0]: row[1:] for row in simulated_summary(poor, found).rows}
    assert cells["money lacking, units"] == ("300\u202f000", "0")
    assert cells["replications short of money"] == ("100\u202f%", "0\u202f%")
    first, second = found.outcomes
    assert [flag.code for flag in first.flags] == ["over-budget", "short"]
    assert (second.flags, second.short) == ((), 0.0)


def test_enough_money_is_not_mentioned(scenario: Scenario, study: Study) -> None:
    assert not any(outcome.flags for outcome in study.outcomes)
    assert "replications short of money" not in {row[0] for row in simulated_summary(scenario, study).rows}
