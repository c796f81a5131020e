"""The workbook of results: read by openpyxl, opened and recalculated by LibreOffice, edited and read back."""

from __future__ import annotations

import math
import re
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

import oshopt
from oshopt.allocation import allocate
from oshopt.comparison import compare
from oshopt.files import add_strategies
from oshopt.language import languages, speaking
from oshopt.model import Budget, Comparison, InputError, Measure, Scenario, WorkGroup
from oshopt.reporting import write_results
from tests.making import scenario_of
from tests.reporting.office import converted, needs_office

HOSTILE = (
    '=HYPERLINK("http://evil","x")',
    "@SUM(1)",
    "+1",
    "-1+2",
    "<script>alert(1)</script>",
    "\u202eabc\u200f",
    "\t=1",
)
Edit = Callable[[Any], None]


def hostile(count: int = 500) -> Scenario:
    """Return a scenario of many measures whose names mean harm, or are as long as names may be."""
    names = [*HOSTILE, "Я" * 300, *(f"Захід № {at}" for at in range(count))][:count]
    measures = tuple(
        Measure(id=f"m{at}", name=name, weight=1 / count, full_cost=1.0 + at, responsible=name, source=f"={name}")
        for at, name in enumerate(names)
    )
    group = WorkGroup(id="g", name="=1+1", risk_increment=0.004, acceptable_risk=0.1, headcount=10)
    return scenario_of(measures=measures, groups=(group,), normalise_weights=True, budget=Budget(total=100.0))


@pytest.fixture(scope="module")
def plant(shipped: Path) -> Scenario:
    return oshopt.load(shipped / "food-plant")


@pytest.fixture(scope="module")
def compared(plant: Scenario) -> Comparison:
    return compare(plant, optimum=allocate(plant, marginals=False))


@pytest.fixture(scope="module")
def books(plant: Scenario, compared: Comparison, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Workbooks of the plant in every language and of the hostile scenario, by name."""
    folder = tmp_path_factory.mktemp("books")
    found = {}
    for code in languages():
        with speaking(code):
            found[code] = folder / f"{code}.xlsx"
            write_results(plant, compared, found[code], command="oshopt plan food-plant")
    found["hostile"] = folder / "hostile.xlsx"
    scenario = hostile()
    write_results(scenario, compare(scenario, optimum=allocate(scenario, marginals=False)), found["hostile"])
    return found


@pytest.fixture(scope="module")
def saved(books: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The same workbooks as LibreOffice saves them, every formula computed anew."""
    return dict(zip(books, converted(list(books.values()), tmp_path_factory.mktemp("office")), strict=True))


def formulas(path: Path) -> dict[tuple[str, str], str]:
    book = openpyxl.load_workbook(path)
    cells = (cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row)
    return {(cell.parent.title, cell.coordinate): cell.value for cell in cells if cell.data_type == "f"}


def test_sheets_answer_one_question_each(books: dict[str, Path]) -> None:
    book = openpyxl.load_workbook(books["en"])
    asked = ["Alternatives", "What to fund", "What begins when", "What it brings", "Money by year", "Where money goes"]
    asked += ["What the money is worth", "Legal duties", "Proof", "Inputs", "About"]
    assert [name for name in asked if name in book.sheetnames] == book.sheetnames
    assert {"What to fund", "About"} <= set(book.sheetnames)
    for sheet in book.worksheets:
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert not sheet.merged_cells.ranges
    drawn = {sheet.title: len(sheet._charts) for sheet in openpyxl.load_workbook(books["en"]).worksheets}
    assert drawn["Alternatives"] == 1
    assert drawn["Money by year"] == 3
    assert drawn["Where money goes"] == 1
    for title in ("Alternatives", "What to fund", "What it brings", "Legal duties"):
        assert book[title].freeze_panes is not None


def test_sheet_names_are_safe_in_every_language(books: dict[str, Path]) -> None:
    names = {code: openpyxl.load_workbook(books[code], read_only=True).sheetnames for code in languages()}
    for found in names.values():
        assert len({name.casefold() for name in found}) == len(found) == len(names["en"])
        assert all(0 < len(name) <= 31 and not re.search(r"[\[\]:*?/\\']", name) for name in found)
    assert names["uk"] != names["en"]


def test_the_plan_stands_there_with_all_its_digits(books: dict[str, Path], compared: Comparison) -> None:
    sheet = openpyxl.load_workbook(books["en"], data_only=True)["What to fund"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    head = next(row for row in rows if row[0] == "id")
    years = [value for value in head if isinstance(value, int)]
    assert compared.optimum is not None
    spend = compared.optimum.spend
    found = {str(row[0]): row for row in rows if row[0] in spend}
    assert found.keys() == spend.keys()
    for name, row in found.items():
        assert [row[head.index(year)] for year in years] == [spend[name].get(year, 0.0) for year in years]
        assert row[len(head) - 1] == math.fsum(spend[name].values())
    totals = {str(row[1]): row for row in rows if row[0] == "—"}
    assert totals["money in all"][len(head) - 1] == pytest.approx(compared.optimum.evaluation.cost, rel=1e-12)
    assert totals["does the money suffice?"][head.index(years[0])] == "yes"


@needs_office
def test_libreoffice_computes_the_same(books: dict[str, Path], saved: dict[str, Path]) -> None:
    for name, path in books.items():
        wanted, found = (openpyxl.load_workbook(each, data_only=True) for each in (path, saved[name]))
        live = formulas(path)
        assert len(live) > 40
        for title, place in live:
            before, after = wanted[title][place].value, found[title][place].value
            if isinstance(before, int | float):
                assert after == pytest.approx(before, rel=1e-9, abs=1e-6), (name, title, place)
            else:
                assert after == before, (name, title, place)


@needs_office
def test_what_libreoffice_saved_reads_back(plant: Scenario, compared: Comparison, saved: dict[str, Path]) -> None:
    assert compared.optimum is not None
    wanted = compared.optimum.evaluation
    for code in languages():
        again = oshopt.evaluate(add_strategies(plant, saved[code]), code)
        assert again.cost == pytest.approx(wanted.cost, rel=1e-12)
        for group, service in wanted.safe_service.items():
            assert again.safe_service[group] == pytest.approx(service, rel=1e-9)
        assert [flag.code for flag in again.flags] == [flag.code for flag in wanted.flags]


def test_whole_measures_read_back(tmp_path: Path) -> None:
    rows = [
        {"id": "robots", "weight": 0.6, "full_cost": 60.0, "kind": "whole", "lifetime": 5},
        {"id": "fans", "weight": 0.3, "full_cost": 40.0, "kind": "whole"},
        {"id": "drills", "weight": 0.1, "full_cost": 0.0},
    ]
    measures = tuple(Measure.model_validate(row, strict=False) for row in rows)
    scenario = scenario_of(measures=measures, horizon=3, budget=Budget(per_year=60.0))
    plan = allocate(scenario, marginals=False)
    assert set(plan.begun) & {"robots", "fans"}
    path = tmp_path / "mine.xlsx"
    write_results(scenario, compare(scenario, optimum=plan), path)
    again = oshopt.evaluate(add_strategies(scenario, path), "mine")
    assert again.safe_service == plan.evaluation.safe_service
    assert again.cost == plan.evaluation.cost


def edited(source: Path, target: Path, edit: Edit, sheet: str = "What to fund") -> Path:
    book = openpyxl.load_workbook(source)
    edit(book[sheet])
    book.save(target)
    return target


def at(sheet: Any, measure: str, year: int) -> Any:
    head = next(row for row in sheet.iter_rows() if row[0].value == "id")
    column = next(cell.column for cell in head if cell.value == year)
    row = next(row[0].row for row in sheet.iter_rows() if row[0].value == measure)
    return sheet.cell(row, column)


def test_an_edited_plan_is_another_strategy(plant: Scenario, books: dict[str, Path], tmp_path: Path) -> None:
    def edit(sheet: Any) -> None:
        at(sheet, "training", 2027).value = 200000
        at(sheet, "training", 2028).value = None
        at(sheet, "floors", 2030).value = 0

    path = edited(books["uk"], tmp_path / "Наш план 2.xlsx", edit, "Що фінансувати")
    scenario = add_strategies(plant, path)
    strategy = scenario.strategy("Наш-план-2")
    assert strategy.spend["training"][2027] == 200000
    assert strategy.spend["training"][2028] == strategy.spend["floors"][2030] == 0
    assert strategy.spend["training"][2026] == 155000
    assert "Наш-план-2" in compare(scenario, ["Наш-план-2"]).strategies


def test_moved_columns_and_rows_do_not_matter(plant: Scenario, books: dict[str, Path], tmp_path: Path) -> None:
    book = openpyxl.load_workbook(books["en"])
    sheet = book["What to fund"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    start = next(i for i, row in enumerate(rows) if row[0] == "id")
    body = [row[::-1] for row in [rows[start], *sorted((r for r in rows[start + 1 :] if r[0]), key=str)]]
    sheet.delete_rows(1, sheet.max_row)
    for row in body:
        sheet.append(["my notes", *row])
    book.save(tmp_path / "moved.xlsx")
    shutil.copy(books["en"], tmp_path / "kept.xlsx")
    both = add_strategies(add_strategies(plant, tmp_path / "moved.xlsx"), tmp_path / "kept.xlsx")
    moved, kept = both.strategy("moved").spend, both.strategy("kept").spend
    assert moved.keys() == kept.keys()
    for name, row in kept.items():
        assert dict(moved[name]) == pytest.approx(dict(row), rel=1e-15)  # openpyxl writes 16 digits


def test_every_mistake_is_told_with_its_cell(plant: Scenario, books: dict[str, Path], tmp_path: Path) -> None:
    def edit(sheet: Any) -> None:
        at(sheet, "training", 2026).value = "155 000 грн"
        at(sheet, "training", 2027).value = -5
        at(sheet, "floors", 2026).value = "=1+1"
        at(sheet, "floors", 2027).value = True
        sheet.cell(at(sheet, "warm-rooms", 2026).row, 1).value = "warm-room"
        sheet.cell(at(sheet, "knife-service", 2026).row, 1).value = None
        sheet.cell(at(sheet, "glycol-loop", 2026).row, 1).value = "floors"

    path = edited(books["en"], tmp_path / "broken.xlsx", edit)
    with pytest.raises(InputError) as caught:
        add_strategies(plant, path)
    told = {problem.cell.partition("!")[2]: problem for problem in caught.value.problems}
    sheet = openpyxl.load_workbook(path)["What to fund"]
    for measure, year, words in (
        ("training", 2026, "text in place of a number"),
        ("training", 2027, "below nothing"),
        ("floors", 2026, "a formula whose value was never computed"),
        ("floors", 2027, "text in place of a number"),
    ):
        problem = told[at(sheet, measure, year).coordinate]
        assert words in problem.message
        assert problem.remedy
        assert problem.file == str(path)
    messages = " ".join(problem.message for problem in caught.value.problems)
    assert "no measure of this id" in messages
    assert "figures in a row without an id" in messages
    assert "a second row of this measure" in messages
    assert any("warm-rooms" in problem.remedy for problem in caught.value.problems)
    assert all(problem.cell.startswith("What to fund!") for problem in caught.value.problems)


def test_lost_rows_years_and_sheets_are_told(plant: Scenario, books: dict[str, Path], tmp_path: Path) -> None:
    def lose_row(sheet: Any) -> None:
        sheet.delete_rows(at(sheet, "training", 2026).row)

    def lose_year(sheet: Any) -> None:
        head = at(sheet, "id", 2027)
        head.value = 2099

    def rename(sheet: Any) -> None:
        sheet.title = "Mine"

    for edit, words in (
        (lose_row, "there is no row of the measure training"),
        (lose_year, "a year outside the scenario's horizon"),
        (lose_year, "there is no column of the year 2027"),
        (rename, "there is no sheet of a plan"),
    ):
        path = edited(books["en"], tmp_path / "lost.xlsx", edit)
        with pytest.raises(InputError) as caught:
            add_strategies(plant, path)
        assert words in " ".join(problem.message for problem in caught.value.problems)


def test_a_file_named_like_a_strategy_is_refused(plant: Scenario, books: dict[str, Path], tmp_path: Path) -> None:
    path = tmp_path / "as-planned.xlsx"
    shutil.copy(books["en"], path)
    with pytest.raises(InputError, match="there is a strategy of this name"):
        add_strategies(plant, path)


def test_hostile_names_are_texts_and_nothing_else(books: dict[str, Path]) -> None:
    book = openpyxl.load_workbook(books["hostile"])
    names = {cell.value for row in book["What to fund"].iter_rows(min_col=2, max_col=2) for cell in row}
    assert {HOSTILE[0], "@SUM(1)", "+1", "-1+2", "<script>alert(1)</script>", "abc", "Я" * 300} <= names
    with zipfile.ZipFile(books["hostile"]) as archive:
        texts = {name: archive.read(name).decode() for name in archive.namelist()}
    for name, text in texts.items():
        assert "HYPERLINK" not in "".join(re.findall(r"<f>.*?</f>", text)), name
        assert "<hyperlink" not in text
        assert "TargetMode" not in text
        assert "<script" not in text
        assert "\u202e" not in text
    for formula in formulas(books["hostile"]).values():
        assert re.match(r"=(SUM|ROUND|MAX|MIN|IF|0$|'|[A-Z]+\d+\+)", formula), formula


def test_equal_results_give_equal_bytes(
    plant: Scenario, compared: Comparison, books: dict[str, Path], tmp_path: Path
) -> None:
    write_results(plant, compared, tmp_path / "again.xlsx", command="oshopt plan food-plant")
    assert (tmp_path / "again.xlsx").read_bytes() == books["en"].read_bytes()
