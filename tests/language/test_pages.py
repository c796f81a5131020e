"""The pages beside the report, told in Ukrainian: nothing of them is English, and figures have a decimal comma."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import unescape
from pathlib import Path

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner

from oshopt.allocation import allocate, frontier
from oshopt.assessment import assess, blank_answers, blank_factors, parse_form, score, standard_text
from oshopt.cli import application
from oshopt.experts import analyse, observed_weights, proceed, record, start
from oshopt.files import collect, load, write_questionnaires
from oshopt.forecast import predict
from oshopt.language import say, speaking
from oshopt.model import DO_NOTHING, AfterHorizon, Answer, Budget, NoPlanError, Scenario, Step
from oshopt.reporting import (
    assessed_headline,
    assessed_sentences,
    assessed_tables,
    forecast_headline,
    forecast_sentences,
    forecast_tables,
    frontier_entries,
    frontier_groups,
    frontier_headline,
    frontier_lacking,
    frontier_money,
    frontier_points,
    frontier_sentences,
    protocol,
    simulated_differences,
    simulated_groups,
    simulated_headline,
    simulated_log,
    simulated_projects,
    simulated_sentences,
    simulated_summary,
    simulated_years,
    survey_headline,
    survey_sentences,
    survey_tables,
    write_assessment,
    write_forecast,
    write_frontier,
    write_study,
)
from oshopt.reporting.figures import Picture, short
from oshopt.reporting.forecast import inside
from oshopt.reporting.survey_figures import survey_pictures
from oshopt.reporting.tables import Table
from oshopt.risk import evaluate
from oshopt.simulation import Effort, simulate_each
from tests.language.told import english_left, points_left
from tests.making import reference

FRAME = (
    "The answer",
    "Prepared by:",
    "Made with",
    "command that makes this page again",
    "scenario's fingerprint (SHA-256)",
)
"""What the frame of every page says."""
SYMBOLS = ("27-per-commission", "27-two", "LTIFR", "TRIR", "DART", "VIF", "jackknife", "seed", "units")
"""Names of rates, methods and readings that stay Latin, and the reference case's currency."""


_FRONTIER = (frontier_points, frontier_lacking, frontier_groups, frontier_entries, frontier_money)


@pytest.fixture(scope="module")
def plant(shipped_plant: Path) -> Scenario:
    return load(shipped_plant)


@pytest.fixture(scope="module")
def shipped_plant() -> Path:
    return Path(__file__).resolve().parents[2] / "scenarios" / "food-plant"


@pytest.fixture
def _ukrainian() -> Iterable[None]:
    with speaking("uk"):
        yield


def told(tables: Iterable[Table], *others: str) -> str:
    cells = [
        text
        for table in tables
        for text in (
            table.title,
            table.note,
            *(c.title for c in table.columns),
            *(c for row in table.rows for c in row),
        )
    ]
    return "\n".join([*others, *cells])


def shown(page: Path) -> str:
    """Return what a reader sees of a page, of its figures and of their descriptions."""
    text = re.sub(r"<style.*?</style>|<code>.*?</code>|<dl class=\"made\">.*?</dl>", "", page.read_text(), flags=re.S)
    labels = "\n".join(re.findall(r'aria-label="([^"]*)"', text))
    return unescape(re.sub(r"<[^>]+>", "\n", text.replace("<wbr>", "")) + labels)


def require_ukrainian(text: str, scenario: Scenario, *supplied: str) -> None:
    labels = [
        row.label for table in (scenario.measures, scenario.indicators, scenario.groups) for row in table.values()
    ]
    labels += [question.label for survey in scenario.surveys.values() for question in survey.questions.values()]
    names = {name for label in labels for name in (inside(label), short(label))}
    assert english_left(text, scenario, *SYMBOLS, *names, *supplied) == set()
    assert points_left(text, scenario, *supplied) == set()


@pytest.mark.usefixtures("_ukrainian")
def test_the_frontier_is_told_in_ukrainian(plant: Scenario, tmp_path: Path) -> None:
    cases = [
        (reference(), {"points": 4}),
        (reference(), {"targets": [40.0, 45.0], "entries": False}),
        (reference(), {"budgets": [2e5]}),
        (reference(horizon=2, total=6e5), {"budgets": [2e5, 2e5, 4e5], "objective": "effect", "entries": False}),
        (reference(after_horizon=AfterHorizon.LAPSE), {"targets": [36.7, 40.0], "entries": False}),
        (plant, {"budgets": [4e6, 6.2e6], "entries": False}),
        (reference(), {"budgets": [3e5], "objective": "remaining_service", "entries": False}),
    ]
    for scenario, options in cases:
        found = frontier(scenario, **options)
        tables = [make(scenario, found) for make in _FRONTIER]
        sentences = [frontier_headline(scenario, found), *frontier_sentences(scenario, found)]
        require_ukrainian(told(tables, *sentences), scenario)
        write_frontier(scenario, found, tmp_path / "frontier.html")
        require_ukrainian(shown(tmp_path / "frontier.html"), scenario, *FRAME)


@pytest.mark.usefixtures("_ukrainian")
def test_the_simulation_is_told_in_ukrainian(plant: Scenario, tmp_path: Path) -> None:
    poor = plant.update(budgets=(), settings=plant.settings.update(budget=Budget(per_year=4.5e6)))
    for scenario, names in (
        (poor, [DO_NOTHING, "last-year", "as-planned"]),
        (reference(), ["strategy-1", "strategy-2"]),
    ):
        study = simulate_each(scenario, names, effort=Effort(replications=6), log=True)
        tables = [
            *(simulated_summary(scenario, study), simulated_groups(scenario, study), simulated_years(scenario, study)),
            simulated_differences(scenario, study),
            *(simulated_projects(scenario, outcome) for outcome in study.outcomes),
            *(simulated_log(scenario, outcome) for outcome in study.outcomes),
        ]
        sentences = [simulated_headline(scenario, study), *simulated_sentences(scenario, study)]
        require_ukrainian(told(tables, *sentences), scenario)
        write_study(scenario, study, tmp_path / "simulation.html")
        require_ukrainian(shown(tmp_path / "simulation.html"), scenario, *FRAME)


def test_why_there_is_no_plan_is_an_error_in_english() -> None:
    with speaking("uk"), pytest.raises(NoPlanError, match="is the best reachable while all else holds"):
        allocate(reference(), limits={"safe_service": 60.0})


def test_a_simulation_has_the_same_figures_in_every_language() -> None:
    scenario, effort = reference(), Effort(replications=4)
    english = simulate_each(scenario, ["strategy-1"], effort=effort, log=True).outcomes[0]
    with speaking("uk"):
        ukrainian = simulate_each(scenario, ["strategy-1"], effort=effort, log=True).outcomes[0]
    assert [(entry.time, entry.money) for entry in english.log] == [(e.time, e.money) for e in ukrainian.log]
    assert {entry.what for entry in english.log}.isdisjoint({entry.what for entry in ukrainian.log})
    assert english.model_copy(update={"log": ()}) == ukrainian.model_copy(update={"log": ()})


def test_results_kept_on_disk_serve_every_language(tmp_path: Path) -> None:
    effort = Effort(replications=4, resume=tmp_path)
    simulate_each(reference(), ["strategy-1"], effort=effort)
    kept = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*.npz")}
    with speaking("uk"):
        simulate_each(reference(), ["strategy-1"], effort=effort)
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*.npz")} == kept


@pytest.mark.usefixtures("_ukrainian")
def test_the_forecast_is_told_in_ukrainian(plant: Scenario, tmp_path: Path) -> None:
    weights, _ = observed_weights(plant)
    bare = plant.update(decisions=())
    for scenario, found in (
        (plant, predict(plant, weights=weights, plans=[evaluate(plant, "last-year")])),
        (bare, predict(bare)),
    ):
        sentences = [forecast_headline(scenario, found), *forecast_sentences(scenario, found)]
        require_ukrainian(told(forecast_tables(scenario, found), *sentences), scenario)
        write_forecast(scenario, found, tmp_path / "forecast.html")
        require_ukrainian(shown(tmp_path / "forecast.html"), scenario, *FRAME)


@pytest.mark.usefixtures("_ukrainian")
def test_surveys_are_told_in_ukrainian(plant: Scenario) -> None:
    for name in plant.surveys:
        result = analyse(plant, name)
        pictures = survey_pictures(plant, result).values()
        require_ukrainian(told(survey_tables(plant, result), *survey_sentences(result), survey_headline(result)), plant)
        require_ukrainian("\n".join(words(picture) for picture in pictures), plant)


def words(picture: Picture) -> str:
    return f"{picture.title}\n{picture.described}\n" + unescape(re.sub(r"<[^>]+>", "\n", picture.svg))


@pytest.mark.usefixtures("_ukrainian")
def test_the_procedure_of_a_survey_is_told_in_ukrainian(plant: Scenario) -> None:
    survey = plant.surveys["measures"]
    journal = start(plant, survey)
    seen = []
    for step in Step:
        if step not in (Step.RULES, Step.COMPETENCE, Step.DECISION):
            journal = record(journal, plant, step, date="2026-03-01", text="Слово")
            seen.append(protocol(journal, proceed(journal)))
    require_ukrainian("\n".join(seen), plant)
    strict = plant.update(settings=plant.settings.update(survey=plant.settings.survey.update(competence=0.99)))
    journal = start(strict, survey)
    for step in (Step.ORGANISER, Step.GOALS, Step.WORKING_GROUP, Step.INDICATORS, Step.QUESTIONNAIRE, Step.EXPERTS):
        journal = record(journal, strict, step, date="2026-03-01", text="Слово")
    state = proceed(journal)
    assert "цикл А" in state.why
    require_ukrainian(protocol(journal, state), strict)


@pytest.mark.usefixtures("_ukrainian")
def test_the_assessment_is_told_in_ukrainian(plant: Scenario, tmp_path: Path) -> None:
    evaluations = {name: evaluate(plant, name) for name in plant.strategy_tables}
    found = assess(plant, evaluations, evaluate(plant, DO_NOTHING))
    for one in (found, assess(plant.update(scorecard=())), assess(plant.update(scorecard=plant.scorecard[:3]))):
        require_ukrainian(told(assessed_tables(one), assessed_headline(one), *assessed_sentences(one)), plant)
    write_assessment([found], tmp_path / "assessment.html", scenario=plant)
    require_ukrainian(shown(tmp_path / "assessment.html"), plant, *FRAME)


@pytest.mark.usefixtures("_ukrainian")
def test_answer_sheets_ask_in_ukrainian(plant: Scenario) -> None:
    asked = [text for row in blank_answers() for text in (row.question, row.evidence)]
    asked += [row.question for row in blank_factors()]
    require_ukrainian("\n".join(asked), plant)


@pytest.mark.usefixtures("_ukrainian")
def test_a_form_of_ones_own_is_shown_as_it_is() -> None:
    form = parse_form(standard_text().replace("An OSH commission exists in the organisation", "Own words"), "own.toml")
    card = score([Answer(indicator="1", part="commission", value=True)], form)
    assert card.indicators[0].text == "Own words"
    assert card.form == form.name


@pytest.mark.usefixtures("_ukrainian")
def test_questionnaires_are_worded_in_ukrainian_and_read_back(plant: Scenario, tmp_path: Path) -> None:
    survey = plant.surveys["indicators"]
    paths = write_questionnaires(survey, 1, tmp_path / "out")
    for path in paths:
        book = load_workbook(path)
        sheet = book["questionnaire"]
        assert sheet["A5"].value.startswith("Тур 1.")
        assert [cell.value for cell in sheet[6]][1:3] == ["чинник", "одиниця"]
        for place, row in enumerate(range(8, 8 + len(survey.questions)), start=1):
            sheet.cell(row, 6).value = place
        more = book["more factors"]
        more["A4"].value = "Освітлення"
        book.save(path)
    found = collect(survey, 1, tmp_path / "out")
    assert len(found.answered) == len(paths)
    assert {row.factor for row in found.proposals} == {"Освітлення"}
    assert all(row.rank is not None for row in found.entries)


def test_verbs_take_the_language_and_pages_print_it(shipped_plant: Path, tmp_path: Path) -> None:
    run = CliRunner().invoke
    done = run(application(), ["forecast", str(shipped_plant), "--lang", "uk", "--out", str(tmp_path)])
    assert done.exit_code == 0
    assert say("Outcomes ahead") not in done.stdout
    assert "Прогноз показників" in done.stdout
    assert "--lang uk --out DIR" in unescape((tmp_path / "forecast.html").read_text())
    done = run(application(), ["assess", str(shipped_plant), "--lang", "uk"])
    assert "оціночною карткою" in done.stdout
    done = run(application(), ["survey", str(shipped_plant), "--lang", "tlh"])
    assert done.exit_code == 2


def test_parts_of_a_scorecard_have_their_words(plant: Scenario) -> None:
    card = score(plant.scorecard)
    assert card.parts["20.lockers-men"] == "lockers for men"
    with speaking("uk"):
        assert score(plant.scorecard).parts["20.lockers-men"] == "шафки для чоловіків"
