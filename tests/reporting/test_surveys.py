"""What a report and the terminal say of surveys: sentences, tables, figures, protocol; hostile names stay text."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import oshopt
from oshopt.allocation import allocate
from oshopt.comparison import compare
from oshopt.experts import analyse, weight_draws
from oshopt.model import PlanBands, Question, Scenario, Subject, SurveyResult
from oshopt.reporting import (
    bands_sentence,
    survey_headline,
    survey_pictures,
    survey_sentences,
    survey_tables,
    write_report,
)
from oshopt.risk import Draws, bands
from tests.experts.surveys import entries, orders, panel, scores, surveyed
from tests.reporting.cases import Page

HOSTILE = "<script>alert(1)</script> & $x^2$"


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    experts = ("e1", "e2", "e3", "e4")
    people = panel(experts, {"e1": HOSTILE, "e2": HOSTILE, "e3": "engineers", "e4": "engineers"})
    rows = entries(orders(experts, {"e1": (2, 9), "e4": (0, 3)}))
    base = surveyed(rows, experts=people, competence=scores(dict.fromkeys(experts, 9) | {"e3": 1}))
    measures = dict(base.measures) | {"m01": base.measures["m01"].update(name=HOSTILE)}
    return base.update(measures=measures)


@pytest.fixture(scope="module")
def result(scenario: Scenario) -> SurveyResult:
    return analyse(scenario)


@pytest.fixture(scope="module")
def page(scenario: Scenario, result: SurveyResult, tmp_path_factory: pytest.TempPathFactory) -> Page:
    path = tmp_path_factory.mktemp("report") / "report.html"
    plan = allocate(scenario)
    doubt = bands(scenario, plan.as_strategy(), Draws.of_weights(scenario, weight_draws(scenario)))
    write_report(scenario, compare(scenario, optimum=plan), path, surveys=[result], bands=doubt)
    return Page(path.read_text(encoding="utf-8"))


def test_report_shows_the_survey_and_the_bands(page: Page, result: SurveyResult, scenario: Scenario) -> None:
    assert survey_headline(result) in page.text
    for table in survey_tables(scenario, result):
        assert table.title in page.text
    assert "As far as the experts' opinions differ, N of the plan" in page.text
    assert "The plan as far as the experts' opinions differ" in page.text
    named = [found["aria-label"] for found in page.named("div") if found.get("role") == "img"]
    assert any("Rank sum of each factor" in (name or "") for name in named)
    assert not page.named("script")
    assert HOSTILE in page.text


def test_report_without_survey_has_no_section(scenario: Scenario, tmp_path: Path) -> None:
    write_report(scenario, compare(scenario), tmp_path / "report.html")
    assert "What the experts say" not in (tmp_path / "report.html").read_text(encoding="utf-8")


def test_sentences_name_who_and_what(result: SurveyResult) -> None:
    told = " ".join(survey_sentences(result))
    assert "Not competent by the threshold, to be replaced: e3." in told
    assert "are not those of this survey; oshopt survey PATH --survey measures --apply writes them" in told
    assert "permutation test, 9\u202f999 random tables" in told


def test_tables_have_every_factor_and_expert(scenario: Scenario, result: SurveyResult) -> None:
    tables = {table.title.partition(",")[0]: table for table in survey_tables(scenario, result)}
    assert len(tables["Weights"].rows) == 31
    assert [row[0] for row in tables["Experts"].rows] == ["e1", "e2", "e3", "e4"]
    assert tables["Experts"].rows[2][-1] == "no: to be replaced"
    assert {row[0] for row in tables["Expert groups"].rows} == {HOSTILE, "engineers"}
    assert "Holdings of the survey" not in tables
    weights = [float(row[4]) for row in tables["Weights"].rows]
    assert weights == sorted(weights, reverse=True)


def test_figures_are_the_same_bytes_each_time_and_load_nothing(scenario: Scenario, result: SurveyResult) -> None:
    first, again = survey_pictures(scenario, result), survey_pictures(scenario, result)
    assert first == again
    assert set(first) == {"ranks-measures", "weights-measures", "agreement-measures"}
    for svg in (picture.svg for picture in first.values()):
        assert "<script" not in svg
        assert not re.search(r'(href|src)="(?!#)', svg)
        assert "<image" not in svg


def test_bars_of_the_rank_diagram_are_in_order(scenario: Scenario, result: SurveyResult) -> None:
    svg = survey_pictures(scenario, result)["ranks-measures"].svg
    order = sorted(result.concordance.rank_sums, key=lambda f: (result.concordance.rank_sums[f], f))
    places = [svg.index(f">{result.weights[name].label}<") for name in order if name != "m01"]
    assert places == sorted(places)


def test_a_band_without_width_is_said_so(scenario: Scenario) -> None:
    plan = allocate(scenario)
    draws = weight_draws(scenario)[:1]
    doubt: PlanBands = bands(scenario, plan.as_strategy(), Draws.of_weights(scenario, draws))
    assert re.search(r"N of the plan is [\d.]+ years", bands_sentence(scenario, doubt))


def test_two_factors_and_two_experts_can_be_shown() -> None:
    rows = entries({"a": {"x": 1.0, "y": 2.0}, "b": {"x": 1.5, "y": 1.5}}, subject=Subject.FACTORS)
    small = surveyed(rows).update(
        questionnaire=(
            Question(subject=Subject.FACTORS, factor="x", name="Шум"),
            Question(subject=Subject.FACTORS, factor="y"),
        )
    )
    result = analyse(small)
    assert "Шум" in survey_pictures(small, result)["weights-factors"].svg
    assert any("b gave all factors one place" in text for text in survey_sentences(result))


def test_food_plant_carries_bands_of_its_survey(shipped: Path) -> None:
    scenario = oshopt.load(shipped / "food-plant")
    measures, indicators = analyse(scenario, "measures"), analyse(scenario, "indicators")
    assert (len(measures.concordance.ranks), len(measures.weights)) == (12, 24)
    assert len(indicators.concordance.ranks) == 12
    assert measures.agreed
    assert indicators.agreed
    assert measures.weights_in_force == "applied"
    for name, row in scenario.measures.items():
        assert row.weight == measures.values[name]
        assert measures.fingerprint in row.source
    doubt = bands(scenario, "as-planned", Draws.of_weights(scenario, weight_draws(scenario)))
    worst = min(oshopt.evaluate(scenario, "as-planned").safe_service.values())
    assert doubt.shortest.low < worst < doubt.shortest.high
