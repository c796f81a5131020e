"""Folder → workbook → folder → workbook keeps every value, and nothing that is written runs as a formula."""

from __future__ import annotations

import csv
import string
import tempfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import oshopt.files
from oshopt.model import (
    AfterHorizon,
    Budget,
    BudgetEntry,
    Category,
    CompetenceMethod,
    CompetenceScore,
    Control,
    Effect,
    Expert,
    InputError,
    Kind,
    Level,
    Measure,
    Proposal,
    ProposalKind,
    Question,
    ReportSettings,
    Rule,
    RuleOn,
    Scenario,
    Settings,
    StrategyEntry,
    SurveyEntry,
    Target,
    WorkGroup,
)
from oshopt.model.base import FrozenMap

DANGEROUS = (
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\tx",
    "\rx",
    "'=1",
    "''x",
    "'x",
    "=",
    '"quoted", and; more',
    "a\nb",
    "a\r\nb",
)

names = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn"]), max_size=40) | st.sampled_from(
    DANGEROUS
)
texts = names.filter(lambda text: bool(text.strip()) == bool(text) and "_x0" not in text and "x005F_" not in text)
ids = st.text(string.ascii_letters + string.digits + "іїєґёжщ漢字ñ", min_size=1, max_size=12)
money = st.floats(0, 1e18) | st.sampled_from([0.1 + 0.2, 5e-324, 1e18, 1 / 3, 123456789.123456789])
shares = st.floats(0, 1)


def round_trip(scenario: Scenario, folder: Path) -> list[Scenario]:
    """Return the scenario as it comes back from a folder, a workbook, a folder again and a workbook again."""
    seen = []
    current = scenario
    for number in range(2):
        oshopt.files.save_folder(current, folder / f"folder{number}")
        current = oshopt.files.load(folder / f"folder{number}")
        seen.append(current)
        oshopt.files.save_workbook(current, folder / f"book{number}.xlsx")
        current = oshopt.files.load(folder / f"book{number}.xlsx")
        seen.append(current)
    return seen


def measures_of(draw: Any, keys: list[str]) -> FrozenMap[str, Measure]:
    """Draw a measure for each id."""
    made = {}
    for key in keys:
        made[key] = Measure(
            id=key,
            name=draw(texts),
            weight=draw(shares) if key != keys[0] else 1.0,
            full_cost=draw(money),
            category=draw(st.none() | st.sampled_from(Category)),
            control=draw(st.none() | st.sampled_from(Control)),
            kind=Kind.WHOLE if key == keys[-1] else Kind.DIVISIBLE,
            lifetime=draw(st.integers(1, 100)),
            lead_time=draw(st.floats(0, 50)),
            upkeep=draw(shares),
            legal_basis=draw(texts),
            excludes=tuple(keys[1:3]) if key == keys[0] else (),
        )
    return FrozenMap(made)


@st.composite
def scenarios(draw: Any) -> Scenario:
    keys = draw(st.lists(ids, min_size=2, max_size=5, unique=True))
    groups = draw(st.lists(ids, min_size=1, max_size=3, unique=True))
    years = range(2020, 2020 + draw(st.integers(1, 4)))
    return Scenario(
        settings=Settings(
            name=draw(texts.filter(bool)),
            currency=draw(st.sampled_from(["UAH", "₴", "сум"])),
            start_year=years[0],
            horizon=len(years),
            normalise_weights=True,
            after_horizon=draw(st.sampled_from(AfterHorizon)),
            discount_rate=draw(shares),
            encoding=draw(st.none() | st.just("cp1251")),
            budget=Budget(total=draw(st.none() | money), legal_share=draw(shares), legal_base=draw(money)),
            report=ReportSettings(organisation=draw(texts)),
            rule=(
                Rule(name="b.c", on=RuleOn.SHARE, measures=tuple(keys[:2]), years=tuple(years), at_most=draw(shares)),
                Rule(name="a", at_least=draw(st.floats(0, 1e9))),
            ),
        ),
        measures=measures_of(draw, keys),
        groups=FrozenMap(
            {
                key: WorkGroup(
                    id=key,
                    name=draw(texts),
                    headcount=draw(st.integers(1, 100_000_000)),
                    risk_increment=draw(shares),
                    acceptable_risk=draw(st.floats(0, 1, exclude_min=True)),
                    condition_class=draw(st.sampled_from([None, "3.1", "3.4"])),
                )
                for key in groups
            }
        ),
        effects=tuple(Effect(measure=keys[0], on=Target.GROUP, target=key, effect=draw(shares)) for key in groups),
        budgets=(
            BudgetEntry(line="own", year=years[0], amount=1 + draw(money) / 2, carry_over=True, source=draw(texts)),
            BudgetEntry(line="grant", amount=1.0, measures=(keys[0], "legal")),
        ),
        levels=(Level(measure=keys[0], level="half", cost=0.5, effect=0.75), full(keys[0])),
        strategies=tuple(
            StrategyEntry(strategy="last", measure=keys[0], year=year, spend=draw(money)) for year in years
        ),
        survey=answers_of(draw, keys),
        questionnaire=tuple(
            Question(factor=key, name=draw(texts), low=0.5, high=2.0, source=draw(texts)) for key in keys
        ),
        experts=FrozenMap({"e1": Expert(id="e1", group=draw(texts), age=44), "e2": Expert(id="e2", staff=False)}),
        competence=(
            CompetenceScore(expert="e1", method=CompetenceMethod.MUTUAL, assessor="e2", score=draw(shares)),
            CompetenceScore(expert="e2", method=CompetenceMethod.TEST, score=3.5, out_of=7.0, source=draw(texts)),
        ),
        proposals=(
            Proposal(expert="e1", kind=ProposalKind.ADDED, factor=draw(texts.filter(bool)), unit=draw(texts)),
            Proposal(expert="e2", kind=ProposalKind.INTERVAL, factor=keys[0], low=draw(st.floats(-1e18, 1e18))),
        ),
        about=draw(
            st.lists(texts.map(lambda t: t.replace("\r", "").replace("\n", "")), max_size=3).map("\n".join)
        ).rstrip("\n"),
    )


def answers_of(draw: Any, keys: list[str]) -> tuple[SurveyEntry, ...]:
    """Draw a place of each measure by two experts, and in round 2 its significance."""
    places = st.integers(1, len(keys)).map(float)
    first = [SurveyEntry(expert=e, factor=key, rank=draw(places)) for e in ("e1", "e2") for key in keys]
    numbers = st.floats(0.001, 1e9)
    return (*first, *(SurveyEntry(round=2, expert="e1", factor=key, significance=draw(numbers)) for key in keys))


def full(measure: str) -> Level:
    """Return the last point of a curve."""
    return Level(measure=measure, level="full", cost=1.0, effect=1.0)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(scenarios())
def test_every_value_survives(scenario: Scenario) -> None:
    with tempfile.TemporaryDirectory() as folder:
        for seen in round_trip(scenario, Path(folder)):
            assert seen == scenario
            assert seen.fingerprint == scenario.fingerprint


def test_shipped_scenarios_survive(tmp_path: Path) -> None:
    for name, path in oshopt.files.shipped_scenarios().items():
        scenario = oshopt.files.load(path)
        (tmp_path / name).mkdir()
        assert all(seen == scenario for seen in round_trip(scenario, tmp_path / name))


def test_a_table_by_itself_loads_back(tmp_path: Path) -> None:
    oshopt.files.new_folder(tmp_path / "mine")
    scenario = oshopt.files.load(tmp_path / "mine")
    plan = [StrategyEntry(strategy="plan", measure="noise", year=2026, spend=1 / 3, source="=computed")]
    oshopt.files.save_table("strategies", plan, tmp_path / "mine" / "strategies.csv")
    assert oshopt.files.load(tmp_path / "mine") == scenario.update(strategies=tuple(plan))


@pytest.fixture
def dangerous(tmp_path: Path) -> tuple[Scenario, Path]:
    """A scenario whose every text starts as a formula would, and the folder it was made in."""
    oshopt.files.new_folder(tmp_path / "start")
    scenario = oshopt.files.load(tmp_path / "start")
    measures = {
        key: measure.update(name=text, hazard=text, source=text)
        for (key, measure), text in zip(
            scenario.measures.items(), ("=1+1", "+cmd|' /C calc'!A0", "-1", "@x"), strict=True
        )
    }
    return scenario.update(measures=FrozenMap(measures), about='=HYPERLINK("http://x")'), tmp_path


def test_csv_text_cannot_run_as_a_formula(dangerous: tuple[Scenario, Path]) -> None:
    scenario, folder = dangerous
    oshopt.files.save_folder(scenario, folder / "out")
    with (folder / "out" / "measures.csv").open(encoding="utf-8-sig", newline="") as stream:
        cells = [cell for row in csv.reader(stream) for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    assert oshopt.files.load(folder / "out") == scenario


def test_workbook_text_cannot_run_as_a_formula(dangerous: tuple[Scenario, Path]) -> None:
    scenario, folder = dangerous
    oshopt.files.save_workbook(scenario, folder / "out.xlsx")
    book = openpyxl.load_workbook(folder / "out.xlsx")
    assert {cell.data_type for sheet in book for row in sheet for cell in row} <= {"s", "n"}
    assert not [sheet for sheet in book if sheet._hyperlinks]
    assert oshopt.files.load(folder / "out.xlsx") == scenario


def test_what_cannot_be_kept_is_refused(dangerous: tuple[Scenario, Path]) -> None:
    scenario, folder = dangerous
    for text in ("a\x00b", "a\x1bb"):
        broken = scenario.update(settings=scenario.settings.update(name=text))
        with pytest.raises(InputError, match="cannot be written"):
            oshopt.files.save_folder(broken, folder / "out")
    for text in ("_x000D_", "x005F_"):
        broken = scenario.update(settings=scenario.settings.update(name=text))
        with pytest.raises(InputError, match="cannot be written"):
            oshopt.files.save_workbook(broken, folder / "out.xlsx")
    with pytest.raises(InputError, match="cannot be written"):
        oshopt.files.save_workbook(scenario.update(about="x" * 40_000), folder / "out.xlsx")
    with pytest.raises(InputError, match="cannot write"):
        oshopt.files.save_folder(scenario.update(unread=("decisions",)), folder / "out")
    assert sorted(path.name for path in folder.iterdir()) == ["start"]


def test_a_full_folder_is_never_overwritten(dangerous: tuple[Scenario, Path]) -> None:
    scenario, folder = dangerous
    before = (folder / "start" / "measures.csv").read_bytes()
    with pytest.raises(InputError, match="exists already"):
        oshopt.files.save_folder(scenario, folder / "start")
    assert (folder / "start" / "measures.csv").read_bytes() == before
