"""Tables, sentences and figures of a forecast: they say what the objects hold, and hostile names do no harm."""

from __future__ import annotations

import pytest

from oshopt.forecast import predict
from oshopt.model import DO_NOTHING, FrozenMap, Outlook, Scenario, WorkGroup
from oshopt.reporting import (
    Table,
    decision_situation,
    forecast_headline,
    forecast_pictures,
    forecast_sentences,
    forecast_tables,
    held_sentences,
    held_table,
    write_forecast,
)
from oshopt.simulation import Effort, simulate_each
from tests.forecast.made import DAYS, INJURIES, change, with_history
from tests.reporting.cases import Page

DECISIONS = (
    change("guards", 3.0, decision="more", name="More guards", cost=40.0),
    change("overtime", -2.0, decision="shifts", name="New shifts", cost=400.0),
    change("overtime", 2.0, state="rush", name="Rush", probability=0.25),
    change(state="calm", name="Calm", probability=0.75),
)


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    return with_history(outcomes=(DAYS, INJURIES), decisions=DECISIONS)


@pytest.fixture(scope="module")
def outlook(scenario: Scenario) -> Outlook:
    return predict(scenario)


def cells(table: Table) -> dict[str, str]:
    """Return the last cell of each row by the first one."""
    return {row[0]: row[-1] for row in table.rows}


def test_the_situation_is_made_from_the_objects(scenario: Scenario, outlook: Outlook) -> None:
    table = decision_situation(scenario, outlook)
    assert "".join(row[0] for row in table.rows) == "XYQRZSECT"
    before = cells(table)
    assert before["Z"] == "Days lost at most 60; cost at most 100 EUR"
    assert before["S"] == "Calm (75\u202f%); Rush (25\u202f%)"
    assert before["T"] == "observed 2006–2025; forecast 2026, 1 year after the indicators"
    changed = scenario.update(
        indicators=FrozenMap({**scenario.indicators, "days": DAYS.update(name="Lost days", limit=55.0)}),
        decisions=(*DECISIONS, change("hazards", -1.0, decision="tidy", name="Tidy floors", cost=7.0)),
        settings=scenario.settings.update(forecast=scenario.settings.forecast.update(cost_limit=77.0, ahead=2)),
    )
    after = cells(decision_situation(changed, predict(changed)))
    assert after["Y"] == before["Y"].replace("Days lost", "Lost days")
    assert after["Q"] == before["Q"] + "; Tidy floors"
    assert after["R"] == before["R"].replace("days lost", "lost days")
    assert after["Z"] == "Lost days at most 55; cost at most 77 EUR"
    assert after["S"] == before["S"]
    assert "Tidy floors: 7" in after["C"]
    assert after["E"] != before["E"]
    assert "forecast 2027, 2 years after" in after["T"]


def test_another_state_is_seen_in_the_situation(scenario: Scenario) -> None:
    calm = scenario.update(decisions=DECISIONS[:2])
    assert cells(decision_situation(calm, predict(calm)))["S"] == "one, as last observed"
    bare = scenario.update(decisions=())
    assert "".join(row[0] for row in decision_situation(bare, predict(bare)).rows) == "XYT"


def test_tables_have_a_row_for_everything(scenario: Scenario, outlook: Outlook) -> None:
    tables = {table.title: table for table in forecast_tables(scenario, outlook)}
    assert [len(table.rows) for table in tables.values()] == [2, 3, 6, 12, 6, 9]
    assert all({len(row) for row in table.rows} == {len(table.columns)} for table in tables.values())
    decisions = {row[0]: row for row in tables["Decisions"].rows}
    assert "cost 400 above 100" in decisions["New shifts"][-2]
    marked = [name for name in decisions if name.endswith(" (best)")]
    assert outlook.choice is not None
    assert len(marked) == (outlook.choice.best is not None)


def test_sentences_say_how_far_to_trust_it(scenario: Scenario, outlook: Outlook) -> None:
    text = " ".join(forecast_sentences(scenario, outlook))
    for one in outlook.outcomes.values():
        assert one.backtest.verdict in text
    assert "LTIFR, injuries per 1 000 000 hours" in text
    bare = scenario.update(decisions=())
    assert forecast_headline(bare, predict(bare)).startswith("If nothing changes: days lost ")
    strict = scenario.update(indicators=FrozenMap({**scenario.indicators, "days": DAYS.update(limit=1.0)}))
    assert "No decision keeps every limit" in forecast_headline(strict, predict(strict))


def test_opinions_that_fade_are_said_to(scenario: Scenario) -> None:
    told = predict(scenario, weights={"guards": 0.34, "hazards": 0.33, "overtime": 0.33})
    assert any("the forecast does without them" in text for text in forecast_sentences(scenario, told))


def test_equal_forecasts_give_equal_figures(scenario: Scenario, outlook: Outlook) -> None:
    figures = forecast_pictures(scenario, outlook)
    assert set(figures) == {"forecast-days", "forecast-injuries", "loadings-days", "loadings-injuries"}
    assert forecast_pictures(scenario, outlook) == figures


def test_hostile_names_stay_text(scenario: Scenario, tmp_path_factory: pytest.TempPathFactory) -> None:
    hostile = '<script>alert("x")</script>'
    rows = (change("guards", 1.0, decision="d", name=hostile, cost=1.0),)
    series = FrozenMap({**scenario.indicators, "days": DAYS.update(name=hostile, unit="$x$ <b>")})
    changed = scenario.update(indicators=series, decisions=rows)
    path = tmp_path_factory.mktemp("page") / "forecast.html"
    write_forecast(changed, predict(changed), path, command="oshopt forecast")
    page = Page(path.read_text(encoding="utf-8"))
    assert not page.named("script")
    assert hostile in page.text


def people(scenario: Scenario, rate: float) -> FrozenMap[str, WorkGroup]:
    """Return the groups with so many injuries a person and year."""
    return FrozenMap({"g": scenario.groups["g"].update(headcount=1000, injury_rate=rate)})


@pytest.mark.parametrize(("rate", "words"), [(0.03, "agree on"), (0.3, "above what the history"), (0.0, "below what")])
def test_the_first_year_is_held_against_the_forecast(
    scenario: Scenario, outlook: Outlook, rate: float, words: str
) -> None:
    study = simulate_each(scenario.update(groups=people(scenario, rate)), [DO_NOTHING], effort=Effort(replications=5))
    table = held_table(scenario, study, outlook)
    assert [row[-1] for row in table.rows] == ["agree" if words == "agree on" else "disagree"]
    assert any(words in text for text in held_sentences(scenario, study, outlook))


def test_another_year_is_not_compared(scenario: Scenario) -> None:
    later = scenario.update(settings=scenario.settings.update(start_year=2028))
    study = simulate_each(later, [DO_NOTHING], effort=Effort(replications=2))
    outlook = predict(later)
    assert held_table(later, study, outlook).rows == ()
    assert "not compared" in held_sentences(later, study, outlook)[0]
